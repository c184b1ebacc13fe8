// Shapes of the catalogue: an entry of the national list, as files and pages give it.

import { z } from 'zod'

export const ENTRY_LEVELS = ['bo', 'tinh', 'xa', 'khac'] as const
export type EntryLevel = (typeof ENTRY_LEVELS)[number]

/** The portal's words for who decides and who may ask, and our codes for them. */
const LEVEL_WORDS: Readonly<Record<string, EntryLevel>> = { 'cấp bộ': 'bo', 'cấp tỉnh': 'tinh', 'cấp xã': 'xa', 'cơ quan khác': 'khac', 'cấp huyện': 'xa' }
const TARGET_WORDS: readonly (readonly [RegExp, string])[] = [
  [/công dân việt nam|người việt nam định cư/, 'cong_dan'],
  [/doanh nghiệp(?!,)/, 'doanh_nghiep'],
  [/hợp tác xã/, 'hop_tac_xa'],
  [/tổ chức/, 'to_chuc'],
  [/cán bộ|đảng viên/, 'co_quan'],
  [/người nước ngoài/, 'nguoi_nuoc_ngoai'],
]

const text = (message: string) => z.string(message).transform((given) => given.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()).pipe(z.string().min(1, message).max(2000, `${message} Không dài quá 2.000 ký tự.`))

const wordsIn = (given: string): string[] => given.split(/[,;|]/u).map((one) => one.trim().toLowerCase()).filter(Boolean)

export function targetsOf(given: string): string[] {
  // "Tổ chức (không bao gồm doanh nghiệp, HTX)" names doanh nghiệp only to leave it out
  const said = given.toLowerCase().replaceAll(/\([^)]*\)/gu, '')
  return TARGET_WORDS.filter(([words]) => words.test(said)).map(([, code]) => code)
}

/** A row as the national portal's lists give it: `level` and `applicants` in words. */
export const entryRow = z.object({
  code: z.string('Thiếu mã thủ tục.').trim().regex(/^\d\.\d{6}$/, 'Mã thủ tục gồm 7 chữ số dạng 1.001193.'),
  name: text('Thiếu tên thủ tục.'),
  ministry: text('Thiếu bộ, ngành.'),
  field: text('Thiếu lĩnh vực.'),
  level: text('Thiếu cấp thực hiện.').transform((given, ctx) => {
    const levels = wordsIn(given).map((word) => LEVEL_WORDS[word])
    if (levels.length > 0 && levels.every((one) => one !== undefined)) return [...new Set(levels)]
    ctx.addIssue({ code: 'custom', message: `Cấp thực hiện “${given}” chưa hiểu được; dùng Cấp bộ, Cấp tỉnh, Cấp xã, Cơ quan khác, cách nhau bằng dấu phẩy.` })
    return z.NEVER
  }),
  decision: z.string().nullish().transform((given) => given?.normalize('NFC').trim() || null),
  type: z.string().nullish().transform((given) => given?.normalize('NFC').trim() || null),
  applicants: z.string().nullish().transform((given) => targetsOf(given?.normalize('NFC') ?? '')),
})
export type EntryRow = z.output<typeof entryRow>

/** A procedure that is known here by name only. */
export interface CatalogueEntry {
  readonly code: string
  readonly name: string
  readonly field: string
  readonly ministry: string
  readonly levels: readonly EntryLevel[]
  readonly targets: readonly string[]
  readonly decision: string | null
  readonly kind: string | null
  readonly source: string
  readonly changedAt: Date
  readonly goneAt: Date | null
}

export const CHANGE_LABELS = { moi: 'Mới có', doi: 'Đã đổi', het: 'Không còn' } as const
export type ChangeKind = keyof typeof CHANGE_LABELS
