// The shape of the 12-digit personal number and what it says of birth and sex. Shape never proves who somebody is.

import { nfc } from './fold.ts'

/** A stable code and a Vietnamese sentence that says what to do. */
export interface Problem {
  readonly code: string
  readonly message: string
}

export type Sex = 'male' | 'female'

// Provinces of birth as numbered before the mergers of 2025 (NĐ 137/2015, TT 59/2021/TT-BCA); numbers given at birth are never changed.
const PROVINCES = new Set(
  (
    '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 ' +
    '052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'
  ).split(' '),
)
const FIRST_COUNTRY = 101

const problem = (code: string, message: string): Problem => ({ code: `personal_id.${code}`, message })

/** The digits as typed, without the spaces, dots and hyphens people put between them; full-width digits made plain. */
export const cleanPersonalId = (id: string): string =>
  nfc(id)
    .normalize('NFKC')
    .replace(/[\s.\-–]/g, '')

/** What is wrong with a personal number, or null: 12 digits, a province or country of birth, a century digit of 0–3 (20th and 21st). */
export function checkPersonalId(id: string): Problem | null {
  const digits = cleanPersonalId(id)
  if (digits === '') return problem('empty', 'Nhập số định danh cá nhân gồm 12 chữ số, ghi trên thẻ căn cước.')
  if (!/^\d+$/.test(digits)) return problem('not_digits', 'Số định danh cá nhân chỉ gồm chữ số; xóa chữ và dấu rồi nhập lại.')
  if (digits.length === 9) return problem('old_number', 'Đây là số CMND 9 số; nhập số định danh cá nhân 12 số trên thẻ căn cước.')
  if (digits.length !== 12) return problem('length', `Số định danh cá nhân có 12 chữ số; bạn đã nhập ${digits.length} chữ số.`)
  const place = digits.slice(0, 3)
  if (!PROVINCES.has(place) && Number(place) < FIRST_COUNTRY)
    return problem('birthplace', `Ba số đầu ${place} không phải mã tỉnh, thành phố hay quốc gia; đối chiếu lại với thẻ căn cước.`)
  if (Number(digits[3]) > 3)
    return problem('century', `Chữ số thứ tư phải từ 0 đến 3, bạn đã nhập ${digits[3]}; đối chiếu lại với thẻ căn cước.`)
  return null
}

/** Sex and year of birth a well-formed personal number carries; null when it is not well formed. */
export function readPersonalId(id: string): { sex: Sex; birthYear: number } | null {
  if (checkPersonalId(id)) return null
  const digits = cleanPersonalId(id)
  const sign = Number(digits[3])
  return { sex: sign % 2 === 0 ? 'male' : 'female', birthYear: (sign < 2 ? 1900 : 2000) + Number(digits.slice(4, 6)) }
}

const SEXES: Readonly<Record<string, Sex>> = { male: 'male', nam: 'male', female: 'female', nu: 'female' }

export interface AgainstPersonalId {
  readonly id: string
  /** 'YYYY-MM-DD', 'YYYY-MM' or 'YYYY' */
  readonly birthDate?: string | null
  /** as the records write it: male, nam, female, nu; anything else is not compared */
  readonly sex?: string | null
}

/** Where a personal number contradicts the declared birth or sex, or null. Faults of shape are `checkPersonalId`'s and give null here.
 *  A ground to look again, not to refuse: sex may have been re-determined and old registers hold wrong years. */
export function checkPersonalIdAgainst({ id, birthDate, sex }: AgainstPersonalId): Problem | null {
  const read = readPersonalId(id)
  if (!read) return null
  const year = /^(\d{4})(?:-|$)/.exec(birthDate?.trim() ?? '')?.[1]
  if (year && Number(year) !== read.birthYear)
    return problem('birth_year', `Số định danh ghi năm sinh ${read.birthYear}, khác năm sinh đã khai ${year}; kiểm tra lại hai mục này.`)
  const declared = SEXES[sex?.trim().toLowerCase() ?? '']
  if (declared && declared !== read.sex)
    return problem(
      'sex',
      `Số định danh ghi giới tính ${read.sex === 'male' ? 'nam' : 'nữ'}, khác giới tính đã khai; kiểm tra lại hai mục này.`,
    )
  return null
}
