// Communes of before 1/7/2025: found in what a person writes or reads off an old paper, and led over to the commune of today.

import { isObject } from './clean.ts'
import type { Address } from './address.ts'

/** The last day on which communes belonged to districts (QĐ 19/2025/QĐ-TTg, Luật Tổ chức chính quyền địa phương 72/2025/QH15). */
export const LAST_OLD_DAY = '2025-06-30'

export interface NewPlace {
  readonly code: string
  readonly name: string
  readonly province: string
}

export interface OldPlace {
  readonly code: string
  /** 'Xã Quảng Tâm' */
  readonly name: string
  /** 'Thành phố Thanh Hóa' */
  readonly district: string
  /** 'Tỉnh Thanh Hóa' as it then was */
  readonly province: string
  /** What it became; several: each took a part; none: not known. */
  readonly to: readonly NewPlace[]
}

/** Look-up of old communes, kept beside the catalogues of today. */
export interface OldPlaces {
  get(code: string): OldPlace | null
  /** Those that a text names, the surest first; `strict` asks for the district too, for texts that speak of other things as well. */
  find(text: string, strict?: boolean): readonly OldPlace[]
}

export const NO_OLD_PLACES: OldPlaces = { get: () => null, find: () => [] }

export const oldName = ({ name, district, province }: OldPlace): string => `${name}, ${district}, ${province}`

export interface Choice {
  readonly old: OldPlace
  readonly to: NewPlace
}

/** Ways on from what is told of an old address; empty when nothing is, or it is settled. */
export function choicesFor(value: Partial<Address>, places: OldPlaces): readonly Choice[] {
  const known = value.old?.code ? places.get(value.old.code) : null
  if (known) return value.commune && known.to.some(({ code }) => code === value.commune) ? [] : known.to.map((to) => ({ old: known, to }))
  const found = value.old?.text ? places.find(value.old.text) : value.old || !value.detail ? [] : places.find(value.detail, true)
  return found.slice(0, 8).flatMap((old) => old.to.map((to) => ({ old, to })))
}

/**
 * Puts in what follows by itself: the only old commune that a text names, its only successor, the province of a chosen one. What a person
 * has chosen is never changed. Idempotent.
 */
export function settleOld(given: Address | null, places: OldPlaces): Address | null {
  if (!given?.old) return given
  const value = outgrown(given, places)
  const old = value.old!
  const known = old.code ? places.get(old.code) : only(old.text ? places.find(old.text) : [])
  if (!known) return value
  const named = { ...value, old: { ...old, code: known.code, text: old.text ?? oldName(known) } }
  const chosen = known.to.find(({ code }) => code === value.commune) ?? (value.commune ? undefined : only(known.to))
  return chosen ? { ...named, province: chosen.province, commune: chosen.code } : named
}

/** When the text has come to name another place, the code of the one before goes, and the commune that it had brought. */
function outgrown(value: Address, places: OldPlaces): Address {
  const { old, commune } = value
  if (!old?.code || !old.text) return value
  const named = places.find(old.text)
  if (named.length === 0 || named.some(({ code }) => code === old.code)) return value
  const brought = places.get(old.code)?.to.some(({ code }) => code === commune)
  return { ...value, commune: brought ? null : commune, old: { ...old, code: null } }
}

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)

/** The sentence for an address that names an old commune and no new one; null when there is nothing to say. */
export function oldFault(value: unknown, places: OldPlaces): string | null {
  if (!isObject(value) || !value['old'] || value['commune']) return null
  const choices = choicesFor(value as Partial<Address>, places)
  const olds = [...new Set(choices.map(({ old }) => old))]
  if (olds.length === 0) return 'Không tìm thấy tên xã cũ đã ghi; chọn tỉnh và xã, phường hiện nay trong danh sách.'
  if (olds.length > 1) return `Có ${olds.length} nơi cũ cùng tên; chọn đúng nơi ở phần “tên xã, huyện cũ”.`
  return `${olds[0]!.name} cũ nay chia về ${choices.map(({ to }) => to.name).join(' hoặc ')}; chọn nơi mình đang ở.`
}
