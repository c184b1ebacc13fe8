// Faults of a draft for a clerk who has never seen a record: the place by the names on the screen, the matter without codes.

import { DRAFT_PARTS, type DraftPart, type DraftRecord, PART_KEYS } from './draft-parts.ts'
import { codeWord, keyWord, nameOf } from './draft-words.ts'
import { partLabels } from './diff.ts'
import type { Fault } from './faults.ts'
import { isObject, type Json } from './merge.ts'

export interface ClerkFault {
  readonly part: DraftPart
  readonly partLabel: string
  /** `steps[3].role`: where an editor finds it. */
  readonly path: string
  /** Bước “Ký kết quả” › Ai làm */
  readonly where: string
  readonly message: string
}

const ONE: Readonly<Record<string, string>> = {
  steps: 'Bước', outcomes: 'kết quả', sections: 'Mục', questions: 'câu hỏi', columns: 'cột', options: 'lựa chọn', parts: 'Giấy tờ', partCases: 'Trường hợp', fees: 'Khoản thu', exemptions: 'Diện miễn, giảm', legalBasis: 'Văn bản', results: 'Kết quả',
  conditions: 'Điều kiện', channels: 'Kênh', refusal: 'Lý do từ chối', supplement: 'Lý do bổ sung', unresolved: 'Lý do không giải quyết', cases: 'Ca mẫu',
}

/** One fault in a clerk's words. */
export function clerkFault(fault: Fault, draft: DraftRecord): ClerkFault {
  const steps = [...fault.path.matchAll(/[^.[\]]+/g)].map(([step]) => step)
  const part = DRAFT_PARTS.find((one) => PART_KEYS[one].includes(steps[0] ?? '')) ?? 'basics'
  return { part, partLabel: partLabels[part], path: fault.path, where: placeOf(steps, draft), message: plain(fault.message, steps.at(-1) ?? '', draft) }
}

function placeOf(steps: readonly string[], draft: DraftRecord): string {
  const words: string[] = []
  let at: Json | undefined = draft
  steps.forEach((step, i) => {
    if (/^\d+$/.test(step) && Array.isArray(at)) {
      at = (at as readonly Json[])[Number(step)]
      const list = steps[i - 1] ?? ''
      const name = isObject(at) ? nameOf(at) : typeof at === 'string' ? at : ''
      words.push(`${ONE[list] ?? keyWord(list)} ${name && !name.startsWith('{') ? `“${short(name)}”` : `thứ ${Number(step) + 1}`}`)
      return
    }
    at = isObject(at) ? at[step] : undefined
    if (!/^\d+$/.test(steps[i + 1] ?? '') && !(step === 'reasons' && i === 0)) words.push(keyWord(step))
  })
  return words.join(' › ')
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)

/** Words of the format, and what an official calls them. Order matters: the longer first. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/^thiếu mục bắt buộc này; .*$/, 'còn trống; hãy ghi vào'],
  [/^phải là (chữ|số|danh sách|một nhóm mục), đang là .*$/, 'chưa ghi đúng; hãy ghi lại'],
  [/^phải có ít nhất (\d+) mục.*$/, 'cần ít nhất $1 mục'],
  [/một kết quả mang effect "accept" \(tiếp nhận hồ sơ\)/, 'một kết quả có tác dụng “Tiếp nhận hồ sơ”'],
  [/ \((sign|reject|finish|approve|return|return_unresolved|refuse|number|accept|mot_cua|feeDmn)\)/g, ''],
  [/hãy đặt joins: true ở cuối nhánh/, 'hãy đánh dấu “chờ các nhánh khác” ở kết quả cuối nhánh'],
  [/hãy bỏ joins hoặc mở các nhánh bằng next là danh sách/, 'hãy bỏ dấu “chờ các nhánh khác”, hoặc cho một kết quả mở nhiều bước song song'],
  [/các kết quả joins dẫn tới/, 'các kết quả cuối nhánh dẫn tới'], [/ \(joins\)/g, ''], [/kết quả joins nào/, 'kết quả cuối nhánh nào'], [/\bjoins\b/g, '“chờ các nhánh khác”'],
  [/clock: stops|có clock: stops/g, 'đồng hồ tạm dừng'], [/thường phải là stops/, 'thường phải tạm dừng'],
  [/phải có điều kiện when/, 'phải có điều kiện'], [/ \(at_filing\)/g, ''], [/khi mode là same_day; hãy bỏ đi hoặc sửa mode/, 'khi trả trong ngày; hãy bỏ đi hoặc sửa cách tính'],
  [/hãy ghi amount \(đồng\), formula \(FEEL\) hoặc channelAmounts/, 'hãy ghi mức thu, công thức, hoặc mức theo từng kênh'], [/đã có amount thì không ghi formula/, 'đã có mức thu thì không ghi công thức'],
  [/dùng reject hoặc return_unresolved/, 'dùng “Từ chối giải quyết” hoặc “Trả hồ sơ không giải quyết”'],
  [/"end"|\bend\b(?= hoặc)/g, '“Kết thúc”'],
  [/mà biểu thức đọc qua form\.\S+/, 'mà điều kiện này đọc tới'],
  [/^ca mẫu "[^"]*": /, ''],
]

function plain(message: string, key: string, draft: DraftRecord): string {
  const list = /^(.*phải là một trong: )([a-z_, ]+)$/.exec(message)
  const listed = list ? `${list[1]}${list[2]!.split(', ').map((code) => codeWord(key, code)).join(', ')}` : message
  const said = PLAIN.reduce((text, [from, to]) => text.replace(from, to), listed)
  const names = stepNames(draft)
  const named = said.replace(/"([a-z][a-z0-9_]*)"/g, (whole, id: string) => (names.has(id) ? `“${names.get(id)}”` : whole === `"${id}"` ? `“${codeWord(key, id)}”` : whole))
  const inList = named.replace(/(: |→ |, )([a-z][a-z0-9_]*)(?=,| →|$)/g, (whole, before: string, id: string) => (names.has(id) ? `${before}${names.get(id)}` : whole))
  return inList.replaceAll(/\b(mot_cua|chuyen_vien|lanh_dao_phong|lanh_dao_don_vi|van_thu|thu_phi|cong_dan|truc_tuyen|truc_tiep)\b/g, (code) => codeWord('role', code) === code ? codeWord('channel', code) : codeWord('role', code))
}

const stepNames = (draft: DraftRecord): ReadonlyMap<string, string> =>
  new Map(Array.isArray(draft.steps) ? (draft.steps as readonly Json[]).flatMap((step) => (isObject(step) && typeof step.id === 'string' && typeof step.name === 'string' ? [[step.id, step.name] as const] : [])) : [])
