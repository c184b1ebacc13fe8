// The rules of signing in as data: what proof is asked of whom, since when, and how long a session may rest.

import type { Role } from './actor.ts'

/** packs/vn/sign-in.json, with what the province changes. The numbers are those of TCVN 14423:2026. */
export interface SignInRules {
  /** Day from which a second factor, the age of administrators' passwords and the end of unused accounts are enforced. */
  readonly from: string
  /** Posts whose holders must have a second factor. */
  readonly factorRoles: readonly Role[]
  /** Whether every officer must. */
  readonly everybody: boolean
  /** Characters of a password beside a second factor, and alone. */
  readonly withFactor: number
  readonly alone: number
  /** How many former passwords may not come back. */
  readonly remember: number
  readonly administratorsChangeAfterMonths: number
  readonly unusedDays: number
  readonly wrongTries: number
  readonly lockMinutes: number
  readonly idleMinutes: { readonly officer: number; readonly administrator: number }
  readonly warnSeconds: number
  /** How long a proof is fresh enough for a sensitive act. */
  readonly confirmMinutes: number
}

/** Where nobody has told otherwise: the standard's own numbers. */
export const STANDARD_SIGN_IN: SignInRules = {
  from: '2026-01-01',
  factorRoles: ['quan_tri_don_vi', 'quan_tri_he_thong', 'an_toan_tt'],
  everybody: false,
  withFactor: 8,
  alone: 14,
  remember: 10,
  administratorsChangeAfterMonths: 2,
  unusedDays: 45,
  wrongTries: 5,
  lockMinutes: 15,
  idleMinutes: { officer: 15, administrator: 5 },
  warnSeconds: 60,
  confirmMinutes: 10,
}
