// Why something is refused, asked or stopped: structured reasons tied to a clause, in sentences a citizen understands. Pure; domain §3.1 rule 1, P13.

import type { FieldError } from '#core/errors.ts'
import { fold } from '#core/text/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { commonReasons, paperWords } from './law.ts'
import type { Reason, ReasonAct } from './schema.ts'

/** A reason as an officer gives it: which one, what of it in this case, and which part or question it is about. */
export interface GivenReason {
  readonly code: string
  readonly detail?: string | null
  /** 'parts.<id>' or 'form.<key>' */
  readonly concerns?: string | null
}

export interface ListedReason {
  readonly code: string
  readonly text: string
  readonly clause: string
  readonly needsDetail: boolean
  /** From the province-wide list, not the procedure's own. */
  readonly common: boolean
}

type Record = Pick<ProcedureRecord, 'reasons'> & Partial<Pick<ProcedureRecord, 'parts' | 'form' | 'conditions'>>

/** The reasons an officer may choose from on a day: the procedure's own, completed by the province-wide ones. */
export function reasonsFor(record: Record, act: ReasonAct, on: string): ListedReason[] {
  const { refusal, supplement, unresolved } = record.reasons
  const own = act === 'refusal' ? refusal : act === 'supplement' ? supplement : act === 'unresolved' ? (unresolved ?? refusal) : []
  const listed = own.map((one) => ({ code: one.code, text: one.text, clause: one.clause, needsDetail: false, common: false }))
  const common = commonReasons(act, on).map((one) => ({ code: one.code, text: one.text, clause: one.clause, needsDetail: one.needsDetail, common: true }))
  return [...listed, ...common.filter((one) => !listed.some((known) => known.code === one.code))]
}

/** What may be at fault: every part and every question, by key and name. */
export const thingsOf = (record: Pick<ProcedureRecord, 'parts' | 'form'>): { key: string; name: string }[] => [
  ...record.parts.map((part) => ({ key: `parts.${part.id}`, name: part.name })),
  ...record.form.sections.flatMap((section) => section.questions.map((question) => ({ key: `form.${question.key}`, name: question.label }))),
]

// Signs of a machine speaking: codes of errors, of programs and of databases, identifiers, traces. A citizen can do nothing with them.
const TECHNICAL: readonly RegExp[] = [
  /\b(?:HTTP|ORA|SQLSTATE|ERR|ERROR|EXC|LOI|LỖI)[-_ :#]*\d{2,}\b/iu,
  /\bE-?\d{3,}\b/,
  /\b0x[0-9a-f]{2,}\b/i,
  /\b[\w.]*(?:Exception|NullPointer|Traceback|StackTrace|undefined|NaN|null)\b/,
  /\b[a-z]+_[a-z0-9_]+\b/,
  /\b[A-Z]{2,}(?:_[A-Z0-9]+)+\b/,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/i,
  /[{}<>]|\\n|=>|::|\b(?:select|insert|update|delete)\s+\w+\s+(?:from|into|set|where)\b/i,
  /\b(?:timeout|stack ?trace|server error|invalid (?:token|input|request)|not found|forbidden|unauthorized)\b/i,
]

/** The technical words in a sentence that is meant for a citizen, or null. */
export function technicalWords(text: string): string | null {
  for (const pattern of TECHNICAL) {
    const found = pattern.exec(text)
    if (found) return found[0]
  }
  return null
}

const folded = (text: string): string => ` ${fold(text).replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()} `

/** Everything the procedure itself says, as one folded text: a paper named there may be spoken of. */
function published(record: Required<Record>): string {
  const { parts, form, conditions, reasons } = record
  const texts = [
    ...parts.flatMap((part) => [part.name, part.help, part.formNo, part.documentType, part.reuse?.note]), form.title,
    ...form.sections.flatMap((section) => [section.title, section.intro, ...section.questions.flatMap((question) => [question.label, question.official, question.help])]),
    ...(conditions ?? []).map((one) => one.text), ...reasons.supplement.map((one) => one.text), ...reasons.refusal.map((one) => one.text),
  ]
  return folded(texts.filter(Boolean).join(' . '))
}

const LONGEST_NAME = 5
const STOP = new Set(`và hoặc của cho do để tại đã chưa bị thì rồi này đó được không trong theo từ đến có là mờ sai thiếu lại rõ kèm nộp gửi bổ ông bà một các những trang với ghi
  số khác còn phải ở đây đủ thêm trước sau bằng nào kia gốc riêng mới cũ hợp lệ hết hạn`.split(/\s+/))
/** Two words after the head that many papers share: what follows them makes the paper. */
const GENERIC = new Set(['xác nhận', 'chứng nhận', 'chứng minh', 'đề nghị', 'thông báo', 'cam kết', 'cam đoan'])

/**
 * Papers that a text asks for and the procedure does not know: the request linter (P13: "a request for a paper outside the published list is
 * blocked"). A phrase that begins with a word for papers ("giấy …", "sổ …", "hợp đồng …") must occur in what the procedure publishes.
 */
export function unlawfulPapers(record: Required<Record>, text: string, on: string): { readonly words: string; readonly why: string }[] {
  const words = paperWords(on)
  const said = folded(text)
  const known = published(record)
  const found: { words: string; why: string }[] = []
  for (const never of words.never) {
    if (said.includes(folded(never.words)) && !known.includes(folded(never.words))) found.push({ words: never.words, why: `${never.why} (${never.clause})` })
  }
  if (found.length > 0) return found
  const plain = words.plain.map(folded)
  const list = said.trim().split(' ')
  const heads = words.heads.map((head) => folded(head).trim().split(' ')).sort((a, b) => b.length - a.length)
  const original = text.normalize('NFC').replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim().split(' ')
  const spoken = original.map((word) => word.toLocaleLowerCase('vi'))
  for (let at = 0; at < list.length; at++) {
    const head = heads.find((one) => one.every((word, i) => list[at + i] === word) && isHead(words.heads, original.slice(at, at + one.length)))
    if (!head) continue
    if (plain.some((phrase) => ` ${list.slice(at, at + 3).join(' ')} `.includes(phrase))) continue
    let end = at + head.length
    while (end < list.length && end - at < head.length + LONGEST_NAME && !STOP.has(spoken[end]!) && !/\d/.test(list[end]!)) end++
    const name = list.slice(at, end)
    // "giấy" alone, or with nothing that names it, is any paper of the procedure
    if (name.length <= 1 || (name.length === head.length && head.length === 1)) continue
    const generic = GENERIC.has(spoken.slice(at + head.length, at + head.length + 2).join(' '))
    // the first words after the head are what makes the paper this paper and no other
    const core = name.slice(0, head.length + (generic ? 4 : 2)).join(' ')
    if (known.includes(` ${core} `)) {
      at = end - 1
      continue
    }
    found.push({ words: original.slice(at, end).join(' '), why: 'không có trong thành phần hồ sơ được công bố của thủ tục này' })
    at = end - 1
  }
  return found
}

/** Accents tell "sổ" (book) from "số" (number), "đơn" (application) from "đơn vị". */
const isHead = (heads: readonly string[], words: readonly string[]): boolean => heads.includes(words.join(' ').toLocaleLowerCase('vi'))

export interface Checked {
  readonly reasons: readonly Reason[]
  readonly faults: readonly FieldError[]
}

const WHAT: Readonly<{ [act in ReasonAct]?: string }> = {
  refusal: 'từ chối tiếp nhận', supplement: 'yêu cầu bổ sung', stop: 'dừng giải quyết', unresolved: 'trả hồ sơ không giải quyết',
  financial: 'yêu cầu nghĩa vụ tài chính', apology: 'gửi văn bản xin lỗi', extension: 'gia hạn', uphold: 'giữ nguyên', overturn: 'hủy quyết định cũ',
}

export interface GivenInput {
  readonly act: ReasonAct
  readonly reasons: readonly GivenReason[]
  /** words of the officer's own to the citizen, beside the reasons */
  readonly note: string | null
  readonly on: string
}

/** The field in which a reason's case was written: beside the part or question it is about, else beside the reason. */
const at = (one: Pick<GivenReason, 'code' | 'concerns'>): string => (one.concerns ? `say.${one.concerns.trim()}` : `detail.${one.code}`)

/** The reasons as they will be printed, or all that is wrong with them at once. A bare note is no reason. */
export function checkReasons(record: Required<Record>, { act, reasons: given, note, on }: GivenInput): Checked {
  const list = reasonsFor(record, act, on)
  const known = new Map(list.map((one) => [one.code, one]))
  const things = new Map(thingsOf(record).map((one) => [one.key, one.name]))
  const faults: FieldError[] = []
  const reasons: Reason[] = []
  if (given.length === 0) {
    const free = note?.trim() ? 'Lời ghi tự do chưa phải là lý do. ' : ''
    faults.push({ key: 'reasons', message: `${free}Chọn ít nhất một lý do trong danh sách, mỗi lý do có điều khoản của nó, trước khi ${WHAT[act]}; lời ghi thêm thì giữ nguyên bên cạnh.` })
  }
  for (const one of given) {
    const reason = known.get(one.code)
    if (!reason) {
      faults.push({ key: 'reasons', message: `Không có lý do “${one.code}”. Chọn một trong: ${list.map(({ code }) => code).join(', ')}.` })
      continue
    }
    const detail = one.detail?.trim().normalize('NFC') || null
    const key = one.concerns?.trim() || null
    if (key && !things.has(key)) {
      faults.push({ key: 'reasons', message: `Thủ tục này không có giấy tờ hay câu hỏi “${key}”, nên không được yêu cầu. Chỉ chọn trong thành phần hồ sơ được công bố.` })
      continue
    }
    if (reason.needsDetail && !detail && !key && !note?.trim()) {
      faults.push({ key: at(one), message: `Lý do “${reason.text}” cần ghi rõ trường hợp này: thiếu gì, sai ở đâu.` })
    }
    reasons.push({ code: reason.code, text: reason.text, clause: reason.clause, detail, concerns: key ? { key, name: things.get(key)! } : null })
  }
  const spoken = [['note', note], ...reasons.map((one) => [at({ code: one.code, concerns: one.concerns?.key }), one.detail])] as [string, string | null][]
  for (const [key, text] of spoken) {
    if (!text) continue
    const odd = technicalWords(text)
    if (odd) faults.push({ key, message: `“${odd}” là lời của máy, người dân không hiểu được. Viết lại bằng lời thường: sai ở đâu, ông/bà làm gì.` })
    if (act !== 'supplement' && act !== 'financial') continue
    for (const paper of unlawfulPapers(record, text, on)) {
      faults.push({ key, message: `Không được yêu cầu “${paper.words}”: ${paper.why}. Bỏ yêu cầu này, hoặc chọn giấy tờ có trong danh sách.` })
    }
  }
  return { reasons, faults }
}

/** A reason as the line of a notice: what it is about, the reason, this case. */
export function reasonLine(reason: Reason): string {
  const about = reason.concerns ? `${reason.concerns.name}: ` : ''
  const detail = reason.detail ? ` Cụ thể: ${/[.!?…]$/.test(reason.detail) ? reason.detail : `${reason.detail}.`}` : ''
  return `${about}${reason.text}${detail}`
}
