// HTTP of the tab of a procedure's own words: templates with their PDF, sentences with their length.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { AppError, Invalid, NotFound } from '#core/errors.ts'
import { readDraftForm, questionsIn } from '#core/form/build/index.ts'
import { PACK_TEMPLATES, sayTemplateFault, type TemplateFault } from '#core/print/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { ownNoticeFaults, templateOn } from '#modules/notify/index.ts'
import { type Draft, DraftConflict, getDraft, OWN_PRINTS, type OwnPrint, type ProcedureRecord, sampleData, sampleOf, saveDraftPart } from '#modules/procedures/index.ts'
import { EmptyState } from '#ui/index.ts'
import { bodyOf, one, queryOf } from '../../../desk/answers.tsx'
import { say } from '../../../desk/flash.ts'
import { seeOther, sendPage } from '../../../page.tsx'
import { guardedFile } from '../../../portal/files.ts'
import { ChooseSides } from '../form-tabs.tsx'
import { sendDraftTab } from '../frame.tsx'
import { draftHref } from '../tab-list.ts'
import { actOnTexts, keptTexts, readTexts } from './text-acts.ts'
import { type OfferedField, TextsScreen } from './texts-screen.tsx'

type Id = { Params: { id: string } }
const path = '/procedures/drafts/:id/texts'
const PREVIEW = { mark: 'BẢN XEM TRƯỚC', stamp: 'Mẫu của bản nháp, chưa có giá trị' } as const

/** The pack's template: what a template of one's own begins from. */
const shared = (template: OwnPrint): string => readFileSync(join(PACK_TEMPLATES, `${template}.typ`), 'utf8').replace(/^\/\/.*\n/, '')

/** A record with whatever of it a template needs; a draft may lack the rest. */
function sampled(draft: Draft): ProcedureRecord {
  const { record } = draft
  const list = (name: string): never => (Array.isArray(record[name]) ? record[name] : []) as never
  return {
    ...(record as unknown as ProcedureRecord), name: draft.name, form: readDraftForm(record['form']) as never, results: list('results'), legalBasis: list('legalBasis'), cases: list('cases'), channels: list('channels'),
    term: (record['term'] ?? { value: 1, unit: 'ngay_lam_viec' }) as never,
  }
}

const sampleAt = (text: string): number | null => (/^\d{1,3}$/.test(text) ? Number(text) : null)

async function trial({ ctx }: FastifyRequest, draft: Draft, template: OwnPrint, sample: string, source: string | undefined) {
  const record = sampled(draft)
  const data = sampleData(record, template, sampleOf(record, sampleAt(sample), ctx.catalogs, ctx.now), ctx.catalogs)
  return ctx.printer.tryPdf(template, data as never, { ...PREVIEW, ...(source === undefined ? {} : { source }), createdAt: ctx.now })
}

const NAMES: Readonly<Record<string, string>> = {
  applicant: 'người nộp (name, address, phone…)', procedure: 'tên thủ tục', number: 'số văn bản', issuedOn: 'ngày phát hành', place: 'nơi phát hành', issuingAgency: 'cơ quan phát hành', superiorAgency: 'cơ quan chủ quản',
  dossier: 'mã hồ sơ, địa chỉ tra cứu', receivedAt: 'lúc tiếp nhận', dueAt: 'hạn trả', title: 'tên văn bản', rows: 'các dòng nội dung kết quả', reasons: 'các lý do', items: 'các việc phải bổ sung', fees: 'phí, lệ phí', papers: 'giấy tờ đã nộp',
  signer: 'người ký', legalBasis: 'căn cứ', validity: 'giá trị sử dụng', recipients: 'nơi nhận', contact: 'người liên hệ', statutoryTerm: 'thời hạn', derivation: 'cách tính hạn', resultDelivery: 'cách trả kết quả',
}

/** What this template may name: the answers of the form, then what the dossier itself gives. */
function fieldsOf(draft: Draft, template: OwnPrint, request: FastifyRequest): { title: string; fields: OfferedField[] }[] {
  const record = sampled(draft)
  const answers = questionsIn(record.form).filter(({ type }) => type !== 'statement').map(({ key, label }) => ({ insert: `#answers.${key}`, label }))
  const data = sampleData(record, template, sampleOf(record, null, request.ctx.catalogs, request.ctx.now), request.ctx.catalogs)
  const inner = Object.entries(data).flatMap(([name, value]): OfferedField[] => {
    if (name === 'answers' || name === 'formSet') return []
    if (value && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)) return Object.keys(value).map((key) => ({ insert: `#data.${name}.${key}`, label: NAMES[name] ?? name }))
    const dated = name.endsWith('At') ? `#moment(data.${name})` : name.endsWith('On') ? `#long-date(data.${name})` : `#data.${name}`
    return Array.isArray(value) ? [] : [{ insert: dated, label: NAMES[name] ?? name }]
  })
  return [{ title: 'Câu trả lời trong tờ khai', fields: answers }, { title: 'Của hồ sơ', fields: inner }]
}

/** Messages to applicants about their dossiers, in the book's order. */
const bookFor = ({ ctx }: FastifyRequest) => {
  const today = localDate(ctx.now)
  const keys = [...new Set(ctx.notices.book.templates.map(({ key }) => key))].filter((key) => key.startsWith('dossiers.'))
  return keys.flatMap((key) => templateOn(ctx.notices.book, key, today) ?? [])
}

async function screen(request: FastifyRequest, draft: Draft, write: boolean, at: string | null, sample: string, fault?: string): Promise<ComponentChildren> {
  const { ctx } = request
  const texts = readTexts(draft.record)
  const template = OWN_PRINTS.find((name) => `print:${name}` === at)
  const own = texts.prints.find((print) => print.template === template)
  let faults: readonly TemplateFault[] = []
  if (template && own) {
    const answer = await trial(request, draft, template, sample, own.source)
    faults = 'faults' in answer ? answer.faults : []
  }
  const record = sampled(draft)
  const today = localDate(ctx.now)
  return (
    <TextsScreen
      texts={texts} at={at} action={draftHref(draft.id, 'texts')} write={write} book={bookFor(request)} faults={faults} shared={shared} sample={sample} fault={fault}
      noticeFaults={new Map(texts.notices.map((notice) => [notice.key, ownNoticeFaults(ctx.notices.book, notice, today)]))}
      fields={template ? fieldsOf(draft, template, request) : []} cases={record.cases.map((one, no) => one.title || `Ca ${no + 1}`)}
    />
  )
}

export async function textsBuilderRoutes(app: FastifyInstance): Promise<void> {
  app.get<Id>(path, (request, reply) => {
    const query = queryOf(request)
    return sendDraftTab(request, reply, 'texts', (draft, write) => screen(request, draft, write, one(query, 'q') || null, one(query, 'sample')))
  })

  app.post<Id>(path, { bodyLimit: 1024 * 1024 }, async (request, reply) => {
    const { ctx } = request
    const body = bodyOf(request)
    const draft = await getDraft(ctx.db, request.params.id)
    const sample = one(queryOf(request), 'sample')
    const show = (status: number, at: string | null, fault?: string): Promise<FastifyReply> => sendDraftTab(request, reply, 'texts', (now, write) => screen(request, now, write, at, sample, fault), status)
    try {
      const acted = actOnTexts(readTexts(draft.record), body, shared, (key) => templateOn(ctx.notices.book, key, localDate(ctx.now)))
      const { merged } = await saveDraftPart(ctx, { draft: draft.id, part: 'texts', base: draft.revision, before: keptTexts(acted.before) as never, value: keptTexts(acted.after) as never })
      if (request.headers['x-requested-with'] === 'studio') return await show(200, acted.at)
      say(request, reply, { message: acted.said ?? (merged ? 'Đã lưu, cùng với chỗ người khác vừa sửa.' : 'Đã lưu.'), tone: 'good' })
      return await seeOther(reply, `${draftHref(draft.id, 'texts')}?q=${encodeURIComponent(acted.at)}`)
    } catch (error) {
      if (error instanceof DraftConflict) {
        const now = await getDraft(ctx.db, draft.id)
        return await sendDraftTab(request, reply, 'texts', () => <ChooseSides draft={now} part="texts" base={String(now.revision)} conflict={error} />, 409)
      }
      if (!(error instanceof AppError) || error.status >= 500 || error.status === 403) throw error
      return await show(error.status, one(body, 'place') || null, error instanceof Invalid ? error.fields.map(({ message }) => message).join(' ') || error.message : error.message)
    }
  })

  /** The paper as it comes out now, of the draft's own template or of the shared one. */
  app.get<{ Params: { id: string; file: string } }>(`${path}/prints/:file`, async (request, reply) => {
    const template = OWN_PRINTS.find((name) => `${name}.pdf` === request.params.file)
    if (!template) throw new NotFound('procedures.no_print', 'Không có giấy tờ in này.')
    const draft = await getDraft(request.ctx.db, request.params.id)
    const own = readTexts(draft.record).prints.find((print) => print.template === template)
    const answer = await trial(request, draft, template, one(queryOf(request), 'sample'), own?.source)
    if ('pdf' in answer) return guardedFile(reply, 'application/pdf', `xem-truoc-${template}.pdf`).send(Buffer.from(answer.pdf))
    return sendPage(request, reply, { title: 'Mẫu chưa in được', body: 'desk', status: 422 }, <main class="frame"><EmptyState icon="alert" title="Mẫu chưa in được"><ul>{answer.faults.map((fault) => <li>{sayTemplateFault(fault)}</li>)}</ul></EmptyState></main>)
  })
}
