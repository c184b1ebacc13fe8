// Words of a procedure's own: templates of its printed forms and sentences of its notices, checked by trying them on its own golden cases.

import { createHash } from 'node:crypto'
import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { feel } from '#core/feel/index.ts'
import { fieldType } from '#core/fields/index.ts'
import { sampleAnswers } from '#core/form/build/index.ts'
import type { Catalogs, Channel, FormDefinition, Question, Values } from '#core/form/types.ts'
import type { NoticeBook } from '#core/notices/types.ts'
import { type Printer, sayTemplateFault, samples, type TrialAnswer } from '#core/print/index.ts'
import { formatDate } from '#core/text/index.ts'
import { localDate, termText } from '#core/workdays/index.ts'
import { type OwnNotice, ownNoticeFaults } from '#modules/notify/index.ts'
import type { Fault } from './faults.ts'
import type { OwnPrint, ProcedureRecord } from './record.ts'
import * as store from './store.ts'

/** What each printed form is called, for those who write its words. */
export const PRINT_NAMES: Readonly<Record<OwnPrint, string>> = {
  receipt: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả', 'supplement-request': 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ', refusal: 'Phiếu từ chối tiếp nhận hồ sơ', result: 'Kết quả giải quyết',
  'unresolved-notice': 'Thông báo không giải quyết', apology: 'Thư xin lỗi và hẹn lại ngày trả', 'stop-notice': 'Thông báo dừng giải quyết', 'withdrawal-confirmation': 'Xác nhận rút hồ sơ',
  'financial-notice': 'Thông báo nghĩa vụ tài chính', 'appeal-decision': 'Văn bản giải quyết kiến nghị',
}

export interface TextDeps {
  readonly catalogs: Catalogs
  readonly book: NoticeBook
  readonly tryPdf: Printer['tryPdf']
}

/** A filing on which a template is tried or shown. */
export interface Sample {
  readonly form: Values
  readonly applicant?: Values | null
  readonly channel: Channel
  readonly receivedAt: Date
}

/** What a check of texts needs, of the one who asks. */
export const textDeps = (ctx: Pick<Ctx, 'catalogs' | 'notices' | 'printer'>): TextDeps => ({ catalogs: ctx.catalogs, book: ctx.notices.book, tryPdf: ctx.printer.tryPdf })

const questionsOf = (form: FormDefinition): readonly Question[] => form.sections.flatMap((section) => section.questions)

/** Every answer as people read it, by key; null where there is none. What a template names `answers.key`. */
export const shownAnswers = (form: FormDefinition, values: Values, catalogs: Catalogs): Record<string, string | null> =>
  Object.fromEntries(questionsOf(form).filter(({ type }) => type !== 'statement').map((question) => {
    const type = fieldType(question.type)
    const value = values[question.key] ?? null
    return [question.key, value === null ? null : type.show(question, type.read(value, question), catalogs) || null]
  }))

/** What the record writes into its main result, as label and value. */
export function resultLines(record: Pick<ProcedureRecord, 'form' | 'results'>, filing: Omit<Sample, 'receivedAt'> & { readonly receivedOn: string }, catalogs: Catalogs): { label: string; value: string }[] {
  const questions = new Map(questionsOf(record.form).map((question) => [question.key, question]))
  const unanswered = Object.fromEntries([...questions.keys()].map((key) => [key, null]))
  const scope = { form: { ...unanswered, ...filing.form }, applicant: filing.applicant ?? null, channel: filing.channel, receivedOn: filing.receivedOn, parts: [] }
  return (record.results[0]?.fields ?? []).map((field) => ({ label: field.label, value: shown(questions, field.value, scope, catalogs) || '—' }))
}

function shown(questions: ReadonlyMap<string, Question>, expression: string, scope: Values, catalogs: Catalogs): string {
  const plain = /^form\.([a-z][a-z0-9_]*)$/.exec(expression.trim())
  const question = plain ? questions.get(plain[1]!) : undefined
  const { value } = feel(expression, scope)
  if (question) return fieldType(question.type).show(question, value ?? null, catalogs)
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value) : value
  if (typeof value === 'number') return value.toLocaleString('vi-VN')
  return typeof value === 'boolean' ? (value ? 'Có' : 'Không') : ''
}

/** The data of a printed form as a dossier with these answers would have them; what only an officer adds is from the specimen. */
export function sampleData(record: ProcedureRecord, template: OwnPrint, sample: Sample, catalogs: Catalogs): object {
  const base = samples[template] as Record<string, unknown>
  const answers = shownAnswers(record.form, sample.form, catalogs)
  const name = (sample.applicant?.['fullName'] as string | undefined) ?? answers['applicant_full_name'] ?? (base['applicant'] as { name: string } | undefined)?.name ?? 'Nguyễn Thị Hường'
  const lines = resultLines(record, { ...sample, receivedOn: localDate(sample.receivedAt) }, catalogs)
  const [main] = record.results
  return {
    ...base, answers,
    ...('procedure' in base ? { procedure: record.name } : {}),
    ...('applicant' in base ? { applicant: { ...(base['applicant'] as object), name } } : {}),
    ...('statutoryTerm' in base ? { statutoryTerm: termText(record.term) } : {}),
    ...(template === 'result' && main
      ? {
          title: main.name, legalBasis: record.legalBasis.slice(0, 3).map((basis) => `${basis.name} số ${basis.no}${basis.articles ? `, ${basis.articles}` : ''}`),
          rows: lines.length > 0 ? lines : [{ label: 'Người nộp hồ sơ', value: name }], validity: main.validity ? { note: main.validity } : null,
        }
      : {}),
  }
}

/** Answers to show a template with: a golden case by its place, or made up. */
export function sampleOf(record: ProcedureRecord, at: number | null, catalogs: Catalogs, now: Date): Sample {
  const golden = at === null ? undefined : record.cases[at]
  if (golden) return { form: golden.form, applicant: golden.applicant ?? null, channel: golden.channel, receivedAt: new Date(golden.receivedAt) }
  const channel = record.channels[0]?.channel ?? 'truc_tuyen'
  return { form: sampleAnswers(record.form, { channel, receivedOn: localDate(now), applicant: null, catalogs }), applicant: null, channel, receivedAt: now }
}

// The same template on the same data is tried once.
const tried = new Map<string, Promise<TrialAnswer>>()
const KEEP = 60

function tryOnce(deps: TextDeps, template: OwnPrint, data: object, source: string): Promise<TrialAnswer> {
  const key = createHash('sha256').update(`${template}\n${source}\n${JSON.stringify(data)}`).digest('base64')
  const known = tried.get(key)
  if (known) return known
  if (tried.size >= KEEP) tried.delete(tried.keys().next().value!)
  const answer = deps.tryPdf(template, data as never, { source }).then((got) => ('pdf' in got ? { pdf: new Uint8Array() } : got))
  tried.set(key, answer)
  answer.catch(() => tried.delete(key))
  return answer
}

const CASES_TRIED = 3
const SPECIMEN_DAY = new Date('2026-11-21T08:05:00+07:00')

/** Faults of the record's own templates and sentences: each is set with made-up answers and with its first golden cases. */
export async function textFaults(record: ProcedureRecord, deps: TextDeps): Promise<Fault[]> {
  const { prints = [], notices = [] } = record.texts ?? {}
  const found: Fault[] = []
  for (const [i, { template, source }] of prints.entries()) {
    const path = `texts.prints[${i}]`
    if (prints.findIndex((one) => one.template === template) < i) {
      found.push({ path: `${path}.template`, message: `${PRINT_NAMES[template]} đã có mẫu riêng ở trên; mỗi giấy một mẫu` })
      continue
    }
    for (const at of [null, ...record.cases.slice(0, CASES_TRIED).keys()]) {
      const answer = await tryOnce(deps, template, sampleData(record, template, sampleOf(record, at, deps.catalogs, SPECIMEN_DAY), deps.catalogs), source)
      if (!('faults' in answer)) continue
      const where = at === null ? '' : ` (với ca mẫu “${record.cases[at]!.title}”)`
      found.push(...answer.faults.map((fault) => ({ path: `${path}.source`, message: `${PRINT_NAMES[template]}: ${sayTemplateFault(fault)}${where}` })))
      break
    }
  }
  for (const [i, own] of notices.entries()) {
    if (notices.findIndex((one) => one.key === own.key) < i) found.push({ path: `texts.notices[${i}].key`, message: `tin “${own.key}” đã có lời riêng ở trên` })
    found.push(...ownNoticeFaults(deps.book, own, record.effectiveFrom).map(({ channel, message }) => ({ path: `texts.notices[${i}]${channel ? `.${channel}` : ''}`, message })))
  }
  return found
}

/** The source of a version's own template of a printed form; null: the shared one. */
export async function ownPrint(reader: Reader, versionId: string, template: string): Promise<string | null> {
  const { prints = [] } = await store.textsOf(reader, versionId)
  return prints.find((one) => one.template === template)?.source ?? null
}

/** The own words of a version for what people are told of its dossiers. */
export async function ownNotices(reader: Reader, versionId: string): Promise<readonly OwnNotice[]> {
  return (await store.textsOf(reader, versionId)).notices ?? []
}
