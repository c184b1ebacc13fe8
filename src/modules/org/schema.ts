// The shapes of the administration: units with validity, their successors, posts and who holds them.

export const UNIT_LEVELS = { tinh: 'Cấp tỉnh', huyen: 'Cấp huyện', xa: 'Cấp xã', phong: 'Đơn vị trực thuộc', ngoai: 'Cơ quan ngành dọc' } as const
export type UnitLevel = keyof typeof UNIT_LEVELS

export interface Unit {
  /** Stable key; never shown. */
  readonly id: string
  /** The code on screens and in the API; unique among live units. */
  readonly code: string
  /** Key by which procedure records name a department (so_xay_dung …), or null. */
  readonly key: string | null
  readonly name: string
  readonly shortName: string
  readonly kind: string
  readonly level: UnitLevel
  readonly parentId: string | null
  /** ltree, root first */
  readonly path: string
  readonly validFrom: string
  readonly validTo: string | null
  /** Identifier by QĐ 20/2020/QĐ-TTg, e.g. H56.07 */
  readonly identifier: string | null
  /** Identifier by QCVN 102:2016, e.g. 000.00.07.H56; kept beside the new one, never computed from it */
  readonly qcvn: string | null
  /** Code of administrative divisions (2, 3 or 5 digits) */
  readonly adminCode: string | null
  /** Vertical bodies not under provincial command */
  readonly outside: boolean
}

/** One unit as the pack files give it. */
export interface UnitSeed {
  readonly id: string
  readonly code: string
  readonly key?: string | null
  readonly aliases?: readonly string[]
  readonly name: string
  readonly shortName: string
  readonly kind: string
  readonly level: UnitLevel
  readonly parent: string | null
  readonly validFrom: string
  readonly validTo?: string | null
  readonly identifier?: string | null
  readonly qcvn?: string | null
  readonly adminCode?: string | null
  readonly outside?: boolean
}

export interface SuccessionSeed {
  readonly from: string
  readonly to: string
  readonly on: string
  readonly partial: boolean
  readonly main: boolean
  readonly act?: string | null
  readonly note?: string | null
}

export interface OfficerSeed {
  readonly id: string
  readonly fullName: string
  readonly login: string
  readonly phone?: string | null
}

export interface PostSeed {
  readonly id: string
  readonly unitId: string
  readonly role: string
  readonly title: string
  readonly from: string
  /** Holders one after the other; `to` empty for the present one. */
  readonly holders: readonly { readonly officer: string; readonly from: string; readonly to?: string | null }[]
}

export interface ProvinceSeed {
  readonly units: readonly UnitSeed[]
  readonly successions: readonly SuccessionSeed[]
  readonly officers: readonly OfficerSeed[]
  readonly posts: readonly PostSeed[]
}

/** What a code or name meant and who is in charge of it today. */
export interface Resolution {
  /** The unit that bore the code, as it was. */
  readonly asked: Unit
  /** The unit in charge today, of what was said of the matter; the same as `asked` when that one lives on. */
  readonly live: Unit
  /** Every unit that took over a part, the main one first; empty when `asked` lives on. */
  readonly successors: readonly { readonly unit: Unit; readonly partial: boolean; readonly main: boolean; readonly on: string }[]
  /** Villages by which the rules of its division part the ground: saying which one tells the heir. */
  readonly villages?: readonly string[]
}
