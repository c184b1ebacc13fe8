// An address of the two-tier Viet Nam: province, commune, and the rest in words.

import type { Catalogs } from '../form/types.ts'
import { cleanText, isObject, ownAny } from './clean.ts'
import { NO_FAULT, sentence, type Fault, type FieldType } from './types.ts'

export interface Address {
  readonly province: string | null
  readonly commune: string | null
  readonly detail: string | null
}

const LIMIT = 300

export function readAddress(raw: unknown): Address | null {
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

export const address: FieldType = {
  read: readAddress,
  check(_question, value, { catalogs }) {
    const given: Partial<Address> = isObject(value) ? value : {}
    const wrong = placeFaults(given, catalogs)
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
    },
    required: ['province', 'commune'],
    additionalProperties: false,
  }),
  show(_question, value, catalogs) {
    const { province, commune, detail }: Partial<Address> = isObject(value) ? value : {}
    const named = [
      detail,
      commune && (catalogs.name('xa', String(commune)) ?? `mã xã ${commune}`),
      province && (catalogs.name('tinh', String(province)) ?? `mã tỉnh ${province}`),
    ]
    return named.filter(Boolean).join(', ')
  },
  inputs: () => ['province', 'commune', 'detail'],
  write: (_question, value) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, part]) => part !== null)
            .map(([key, part]) => [key, String(part)]),
        )
      : {},
}
