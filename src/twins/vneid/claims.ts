// What VNeID hands over about a person, by scope, in the names that the platform reads (domain reference, section 10).

import { createHash } from 'node:crypto'
import type { VneidCitizen, VneidOptions } from './types.ts'

/** Scope → claims. `optional` ones the citizen may keep back on the consent screen. */
export const SCOPES: Readonly<Record<string, { readonly claims: readonly string[]; readonly label: string; readonly optional: boolean }>> =
  {
    openid: { claims: ['sub'], label: 'Mã tài khoản', optional: false },
    identity: {
      claims: ['personal_id', 'full_name', 'birth_date', 'gender', 'nationality', 'ethnicity', 'level', 'preferred_username'],
      label: 'Thông tin định danh',
      optional: false,
    },
    address: { claims: ['address'], label: 'Nơi thường trú', optional: true },
    phone: { claims: ['phone'], label: 'Số điện thoại', optional: true },
    email: { claims: ['email'], label: 'Thư điện tử', optional: true },
    organization: { claims: ['organization'], label: 'Tổ chức mà bạn đại diện', optional: true },
  }

/** The account's own name, the same in every run, saying nothing about the person. */
export const subjectOf = (personalId: string): string =>
  `vneid-${createHash('sha256').update(`tinhso-twin:${personalId}`).digest('hex').slice(0, 32)}`

/** All claims of a person; also what `identity.knowCitizen` takes when demo data are made. */
export const claimsOf = (citizen: VneidCitizen, level: 1 | 2 = citizen.level): { sub: string } & Record<string, unknown> => ({
  sub: subjectOf(citizen.personalId),
  personal_id: citizen.personalId,
  full_name: citizen.fullName,
  birth_date: citizen.birthOn,
  gender: citizen.sex,
  phone: citizen.phone ?? undefined,
  email: citizen.email ?? undefined,
  address: { ...citizen.address },
  nationality: citizen.nationality,
  ethnicity: citizen.ethnicity,
  level,
  preferred_username: citizen.login ?? undefined,
  organization: citizen.business ?? undefined,
})

export interface Shown {
  readonly scope: string
  readonly label: string
  readonly optional: boolean
  /** In words, as the citizen reads them before agreeing. */
  readonly lines: readonly string[]
}

/** What is about to be handed over, in words, scope by scope; scopes that would be empty are left out. */
export function describe(citizen: VneidCitizen, level: 1 | 2, scopes: readonly string[], nameOf: VneidOptions['nameOf']): Shown[] {
  const name = (catalog: string, code: string) => nameOf?.(catalog, code) ?? code
  const place = ({ detail, commune, province }: VneidCitizen['address']) =>
    [detail, name('xa', commune), name('tinh', province)].filter(Boolean).join(', ')
  const [year, month, day] = citizen.birthOn.split('-')
  const lines: Record<string, string[]> = {
    identity: [
      `Số định danh cá nhân: ${citizen.personalId}`,
      `Họ tên: ${citizen.fullName}`,
      `Ngày sinh: ${day}/${month}/${year}`,
      `Giới tính: ${citizen.sex === 'male' ? 'Nam' : 'Nữ'}`,
      `Dân tộc: ${name('dan_toc', citizen.ethnicity)}`,
      `Quốc tịch: ${name('quoc_tich', citizen.nationality)}`,
      `Mức tài khoản định danh: ${level}`,
    ],
    address: [place(citizen.address)],
    phone: citizen.phone ? [citizen.phone] : [],
    email: citizen.email ? [citizen.email] : [],
    organization: citizen.business ? [`${citizen.business.name} (mã số ${citizen.business.code})`, citizen.business.role] : [],
  }
  return scopes
    .filter((scope) => (lines[scope]?.length ?? 0) > 0)
    .map((scope) => ({ scope, label: SCOPES[scope]!.label, optional: SCOPES[scope]!.optional, lines: lines[scope]! }))
}
