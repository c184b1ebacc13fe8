// An address of the two-tier Viet Nam: province, commune, the rest in words, and how an old paper calls the place.

import type { Catalogs } from '../form/types.ts'
import { showDay } from './calendar.ts'
import { cleanText, isObject, own, ownAny } from './clean.ts'
import { dateFault, readDate } from './date.ts'
import { LAST_OLD_DAY, NO_OLD_PLACES, oldFault, oldName } from './old-places.ts'
import { NO_FAULT, sentence, type Fault, type FieldType } from './types.ts'

export interface Address {
  readonly province: string | null
  readonly commune: string | null
  readonly detail: string | null
  /** The same place as an old paper has it; absent when nobody said so. Both are kept. */
  readonly old?: OldAddress
}

export interface OldAddress {
  /** code of the commune of before 1/7/2025; null while only its name is known */
  readonly code: string | null
  readonly text: string | null
  /** day on which the paper called it so, 'YYYY-MM-DD' */
  readonly asOf: string | null
}

const LIMIT = 300

/** Typed as `old`, `old_on`; chosen among successors as `old_pick` ('14815>14797'); or the object itself. */
function readOld(raw: unknown): OldAddress | null {
  const given = own(raw, 'old')
  const text = cleanText(isObject(given) ? own(given, 'text') : given)
  const asOf = readDate(ownAny(given, ['asOf', 'as_of']) ?? own(raw, 'old_on'))
  const [picked] = (cleanText(own(raw, 'old_pick')) ?? '').split('>')
  // An input that was emptied: whoever takes the old name away takes its code away too.
  if (typeof given === 'string' && text === null && !picked) return null
  const code = picked || cleanText(ownAny(given, ['code'])) || cleanText(own(raw, 'old_code'))
  const old = { code: code && /^\d{1,6}$/.test(code) ? code : null, text, asOf: text || code ? asOf : null }
  return old.code || old.text ? old : null
}

export function readAddress(raw: unknown): Address | null {
  const place = readPlace(raw)
  const old = readOld(raw)
  const picked = (cleanText(own(raw, 'old_pick')) ?? '').split('>')[1]
  if (!old) return place
  return { ...(place ?? { province: null, commune: null, detail: null }), ...(picked && { commune: picked }), old }
}

function readPlace(raw: unknown): Address | null {
  const address = isObject(raw)
    ? {
        province: cleanText(ownAny(raw, ['province', 'tinh'])),
        commune: cleanText(ownAny(raw, ['commune', 'xa'])),
        detail: cleanText(ownAny(raw, ['detail', 'chi_tiet'])),
      }
    : { province: null, commune: null, detail: cleanText(raw) }
  return address.province === null && address.commune === null && address.detail === null ? null : address
}

function placeFaults(value: Partial<Address>, catalogs: Catalogs): readonly Fault[] {
  const { province, commune } = value
  if (!province) return [{ path: 'province', message: 'Chọn tỉnh, thành phố của địa chỉ.' }]
  if (catalogs.name('tinh', province) === null && catalogs.list('tinh').length > 0) {
    return [{ path: 'province', message: 'Tỉnh, thành phố này không có trong danh mục; hãy chọn lại.' }]
  }
  if (!commune) return [{ path: 'commune', message: 'Chọn xã, phường của địa chỉ.' }]
  const communes = catalogs.list('xa', province)
  if (communes.length > 0 ? !communes.some(({ code }) => code === commune) : isUnknown(catalogs, commune)) {
    return [{ path: 'commune', message: 'Xã, phường này không thuộc tỉnh, thành phố đã chọn; hãy chọn lại xã, phường.' }]
  }
  return NO_FAULT
}

const isUnknown = (catalogs: Catalogs, commune: string): boolean => catalogs.name('xa', commune) === null && catalogs.list('xa').length > 0

const oldDayFault = (asOf: string): string | null =>
  dateFault(asOf) ??
  (asOf > LAST_OLD_DAY ? `Từ 01/07/2025 giấy tờ đã ghi tên xã mới; ngày của tên cũ phải từ ${showDay(LAST_OLD_DAY)} trở về trước.` : null)

export const address: FieldType = {
  read: readAddress,
  check(_question, value, { catalogs }) {
    const given: Partial<Address> = isObject(value) ? value : {}
    const places = catalogs.oldPlaces ?? NO_OLD_PLACES
    const unsettled = oldFault(given, places)
    const wrong = unsettled ? [{ path: 'commune', message: unsettled }] : placeFaults(given, catalogs)
    const faultOfDay = given.old?.asOf ? oldDayFault(given.old.asOf) : null
    if (faultOfDay) return [...wrong, { path: 'old_on', message: faultOfDay }]
    if ((given.old?.text?.length ?? 0) > LIMIT) return [...wrong, { path: 'old', message: `Tên cũ dài quá ${LIMIT} ký tự; hãy rút gọn.` }]
    if (wrong.length > 0) return wrong
    if ((given.detail?.length ?? 0) > LIMIT)
      return [{ path: 'detail', message: `Số nhà, đường, thôn dài quá ${LIMIT} ký tự; hãy rút gọn.` }]
    return NO_FAULT
  },
  missing: (question) => sentence('Xin ghi địa chỉ', question.label),
  jsonSchema: () => ({
    type: 'object',
    properties: {
      province: { type: 'string', title: 'Tỉnh, thành phố', 'x-catalog': 'tinh' },
      commune: { type: 'string', title: 'Xã, phường, đặc khu', 'x-catalog': 'xa' },
      detail: { type: ['string', 'null'], title: 'Số nhà, đường, thôn, tổ dân phố', maxLength: LIMIT },
      old: {
        type: 'object',
        title: 'Nơi đó theo giấy tờ cũ, trước 01/07/2025',
        properties: {
          code: { type: ['string', 'null'], title: 'Mã xã cũ' },
          text: { type: ['string', 'null'], title: 'Tên xã, huyện cũ', maxLength: LIMIT },
          asOf: { type: ['string', 'null'], format: 'date', title: 'Ngày của giấy tờ' },
        },
        additionalProperties: false,
      },
    },
    required: ['province', 'commune'],
    additionalProperties: false,
  }),
  show(_question, value, catalogs) {
    const { province, commune, detail, old }: Partial<Address> = isObject(value) ? value : {}
    const named = [
      detail,
      commune && (catalogs.name('xa', String(commune)) ?? `mã xã ${commune}`),
      province && (catalogs.name('tinh', String(province)) ?? `mã tỉnh ${province}`),
    ]
    const now = named.filter(Boolean).join(', ')
    const place = old?.code ? (catalogs.oldPlaces ?? NO_OLD_PLACES).get(old.code) : null
    const before = old?.text ?? (place ? oldName(place) : null)
    if (!before) return now
    const day = old?.asOf ? `, ngày ${showDay(old.asOf)}` : ''
    return now ? `${now} (giấy tờ cũ ghi: ${before}${day})` : `${before} (tên cũ${day})`
  },
  inputs: () => ['province', 'commune', 'detail', 'old', 'old_code', 'old_on', 'old_pick'],
  write(_question, value) {
    if (!isObject(value)) return {}
    const { old, ...place } = value as unknown as Address
    const told = { ...place, ...(old && { old: old.text, old_code: old.code, old_on: old.asOf }) }
    return Object.fromEntries(
      Object.entries(told)
        .filter(([, part]) => part !== null && part !== undefined)
        .map(([key, part]) => [key, String(part)]),
    )
  },
}
