// What the simulator of VNeID is given, and what can be made to go wrong in it.

import type { Clock } from '#core/clock.ts'

export interface VneidAddress {
  /** Codes of the national catalogues. */
  readonly province: string
  readonly commune: string
  readonly detail: string
}

/** A person of the demo; `packs/<province>/citizens.ts` has them. */
export interface VneidCitizen {
  readonly login: string | null
  readonly personalId: string
  readonly fullName: string
  readonly birthOn: string
  readonly sex: 'male' | 'female'
  readonly phone: string | null
  readonly email: string | null
  readonly address: VneidAddress
  readonly ethnicity: string
  readonly nationality: string
  readonly level: 1 | 2
  /** The organisation whose electronic identity this person may use. */
  readonly business?: {
    readonly code: string
    readonly name: string
    readonly kind: string
    readonly role: string
    readonly address: VneidAddress
  } | null
}

export interface Faults {
  /** Every answer waits so long, in milliseconds. */
  slowMs: number
  /** Every sign-in ends in access_denied. */
  refuses: boolean
  /** The ID token carries another nonce than the one asked for. */
  wrongNonce: boolean
  /** The ID token ended long ago. */
  expiredToken: boolean
  /** Nobody gets beyond level 1. */
  levelOneOnly: boolean
  /** Every answer is 503. */
  down: boolean
}

export const noFaults = (): Faults => ({
  slowMs: 0,
  refuses: false,
  wrongNonce: false,
  expiredToken: false,
  levelOneOnly: false,
  down: false,
})

export interface VneidOptions {
  /** The address citizens see, without a trailing slash; the issuer is `${publicUrl}/twins/vneid`. */
  readonly publicUrl: string
  /** Keys and the client's secret are kept in `vneid-twin.json` here. */
  readonly dataDir: string
  readonly citizens: readonly VneidCitizen[]
  readonly clock: Clock
  /** Names of codes for the consent screen: catalogues `tinh`, `xa`, `dan_toc`, `quoc_tich`. Without it codes are shown. */
  readonly nameOf?: (catalog: string, code: string) => string | null
}

/** One hand-over of data, as the page of faults shows it. */
export interface HandOver {
  readonly at: Date
  readonly name: string
  readonly scopes: readonly string[]
}
