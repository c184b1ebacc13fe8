// HTTP of golden cases: run, add by filling in, mend, take out, and take what comes now as what must come.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, NotFound } from '#core/errors.ts'
import { evaluateForm, readBody } from '#core/form/index.ts'
import type { Question, Values } from '#core/form/types.ts'
import { formatDate } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { type CaseRun, type Draft, EXPECTATIONS, getDraft, type GoldenCase, type ProcedureRecord, runCases, saveDraftPart } from '#modules/procedures/index.ts'
import { type Body, bodyOf, many, one } from '../../desk/answers.tsx'
import { say } from '../../desk/flash.ts'
import { seeOther } from '../../page.tsx'
import { CaseForm, type CaseFormView, CasesScreen } from './cases.tsx'
import { Notice } from '#ui/index.ts'
import { sendDraftTab } from './frame.tsx'
import { draftHref } from './tab-list.ts'

type Id = { Params: { id: string } }
type CaseId = { Params: { id: string; at: string } }

const casesOf = (draft: Draft): readonly GoldenCase[] => (Array.isArray(draft.record.cases) ? (draft.record.cases as unknown as GoldenCase[]) : [])

/** The place of the case meant: by its title, because numbers move when others add or take out. */
function placeOf(draft: Draft, at: number, was: string): number {
  const cases = casesOf(draft)
  if (cases[at]?.title === was || was === '') return at
  const found = cases.findIndex((one) => one.title === was)
  if (found < 0) throw new Conflict('procedures.case_gone', `Ca “${was}” vừa được người khác bỏ hoặc đổi tên. Tải lại tab Ca mẫu rồi làm lại.`)
  return found
}

const questionsOf = (record: ProcedureRecord): readonly Question[] => (record.form?.sections ?? []).flatMap((section) => section.questions as readonly Question[])

/** Whether a case can be filled in at all: there is a form and a channel. */
const fillable = (record: ProcedureRecord): boolean => Array.isArray(record.channels) && record.channels.length > 0 && Array.isArray(record.form?.sections) && record.form.sections.every((section) => Array.isArray(section.questions))

async function runOne(request: FastifyRequest, draft: Draft, one: GoldenCase): Promise<CaseRun | null> {
  const [run] = await runCases({ ...draft.record, cases: [one] as never }, request.ctx)
  return run ?? null
}

interface Typed {
  readonly title: string
  readonly on: string
  readonly time: string
  readonly channel: string
  readonly form: Values
  readonly expect: Readonly<Record<string, unknown>>
}

/** 24/11/2026 and 9:05 as an instant of Vietnam; null when either is none. */
function instantOf(on: string, time: string): string | null {
  const day = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(on)
  const clock = /^(\d{1,2})[:gh](\d{2})$/.exec(time)
  if (!day || !clock) return null
  const iso = `${day[3]}-${day[2]!.padStart(2, '0')}-${day[1]!.padStart(2, '0')}T${clock[1]!.padStart(2, '0')}:${clock[2]}:00+07:00`
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) || localDate(at) !== iso.slice(0, 10) ? null : iso
}

const typedOf = (one: GoldenCase): Typed => ({
  title: one.title, channel: one.channel, form: one.form as Values, expect: one.expect ?? {}, on: formatDate(localDate(new Date(one.receivedAt))), time: clockOf(new Date(one.receivedAt)),
})
const clockOf = (at: Date): string => at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' })

async function sendForm(request: FastifyRequest, reply: FastifyReply, at: number | 'new', typed: Typed, more: { faults?: CaseFormView['faults']; was: string; base?: number; spareRows?: CaseFormView['spareRows'] | undefined }): Promise<FastifyReply> {
  const { ctx } = request
  const status = more.faults && Object.keys(more.faults).length > 0 ? 422 : 200
  return sendDraftTab(request, reply, 'cases', async (draft) => {
    const record = draft.record as unknown as ProcedureRecord
    if (!fillable(record)) return <Notice tone="warn" title="Chưa điền ca mẫu được"><p>Thủ tục chưa có tờ khai hoặc chưa có kênh nộp. Soạn hai phần đó trước.</p></Notice>
    const receivedAt = instantOf(typed.on, typed.time) ?? ctx.now.toISOString()
    const channel = typed.channel as GoldenCase['channel']
    const state = evaluateForm(record.form, typed.form, { channel, receivedOn: localDate(new Date(receivedAt)), applicant: null, catalogs: ctx.catalogs })
    const run = await runOne(request, draft, { title: typed.title, form: typed.form, receivedAt, channel, expect: typed.expect } as GoldenCase)
    return (
      <CaseForm
        draft={draft} at={at} record={record} title={typed.title} was={more.was} channel={channel} on={typed.on} time={typed.time} expect={typed.expect} state={state} values={typed.form}
        catalogs={ctx.catalogs} run={run} faults={more.faults ?? {}} base={more.base ?? draft.revision} spareRows={more.spareRows}
      />
    )
  }, status)
}

function readTyped(draft: Draft, body: Body): Typed {
  let expect: Record<string, unknown> = {}
  try {
    expect = JSON.parse(one(body, '_expect') || '{}') as Record<string, unknown>
  } catch {}
  return { title: one(body, '_title'), on: one(body, '_on'), time: one(body, '_time'), channel: one(body, '_channel'), form: readBody(questionsOf(draft.record as unknown as ProcedureRecord), body), expect }
}

/** A row of a table was added or taken out by its button. */
function rowsPressed(form: Values, body: Body): { form: Values; spare: Readonly<Record<string, number>> } | null {
  const [add, drop] = [one(body, '_addRow'), /^(.+)\.(\d+)$/.exec(one(body, '_removeRow'))]
  if (add) return { form, spare: { [add]: 1 } }
  if (!drop) return null
  const rows = form[drop[1]!]
  return { form: { ...form, [drop[1]!]: Array.isArray(rows) ? rows.filter((_, i) => i !== Number(drop[2])) : rows }, spare: {} }
}

/** Saves the list of cases with one changed; what others did meanwhile to other cases is merged in. */
const saveCases = (request: FastifyRequest, draft: Draft, base: number, cases: readonly GoldenCase[]) =>
  saveDraftPart(request.ctx, { draft: draft.id, part: 'cases', base, value: { cases: cases as never } })

export async function caseRoutes(app: FastifyInstance): Promise<void> {
  app.get<Id>('/procedures/drafts/:id/cases', (request, reply) =>
    sendDraftTab(request, reply, 'cases', async (draft, write) => <CasesScreen draft={draft} write={write} runs={await runCases(draft.record, request.ctx)} />))

  app.get<CaseId>('/procedures/drafts/:id/cases/:at', async (request, reply) => {
    const draft = await getDraft(request.ctx.db, request.params.id)
    if (request.params.at === 'new') {
      const { now } = request.ctx
      return sendForm(request, reply, 'new', { title: '', on: formatDate(localDate(now)), time: '09:00', channel: (draft.record as unknown as ProcedureRecord).channels?.[0]?.channel ?? 'truc_tiep', form: {}, expect: {} }, { was: '' })
    }
    const found = casesOf(draft)[Number(request.params.at)]
    if (!found) throw new NotFound('procedures.no_case', 'Không có ca mẫu này. Xem lại ở tab Ca mẫu.')
    return sendForm(request, reply, Number(request.params.at), typedOf(found), { was: found.title })
  })

  app.post<CaseId>('/procedures/drafts/:id/cases/:at', { bodyLimit: 2 * 1024 * 1024 }, async (request, reply) => {
    const draft = await getDraft(request.ctx.db, request.params.id)
    const body = bodyOf(request)
    const typed = readTyped(draft, body)
    const [at, was, base] = [request.params.at === 'new' ? ('new' as const) : Number(request.params.at), one(body, '_was'), Number(one(body, '_base')) || 0]
    const rows = rowsPressed(typed.form, body)
    if (rows || one(body, '_refresh')) return sendForm(request, reply, at, { ...typed, form: rows?.form ?? typed.form }, { was, base, spareRows: rows?.spare })
    const receivedAt = instantOf(typed.on, typed.time)
    const taken = typed.title !== was && casesOf(draft).some((one) => one.title === typed.title)
    const faults: Record<string, string> = {
      ...(typed.title === '' ? { title: 'Đặt tên cho ca mẫu.' } : taken ? { title: 'Tên này đã dùng cho ca khác; đặt tên khác.' } : {}), ...(receivedAt ? {} : { on: 'Ghi ngày có thật, ví dụ 24/11/2026, và giờ, ví dụ 09:10.' }),
    }
    if (Object.keys(faults).length > 0) return sendForm(request, reply, at, typed, { faults, was, base })
    const plain = { title: typed.title, form: typed.form, receivedAt: receivedAt!, channel: typed.channel, expect: {} } as GoldenCase
    const run = await runOne(request, draft, plain)
    const fixed = many(body, '_fix')
    const expect = Object.fromEntries(EXPECTATIONS.flatMap((key) => (fixed.includes(key) && run?.outcome?.[key] !== undefined ? [[key, run.outcome[key]]] : [])))
    const cases = [...casesOf(draft)]
    const place = at === 'new' ? cases.length : placeOf(draft, at, was)
    const applicant = at === 'new' ? undefined : cases[place]?.applicant
    cases[place] = { ...plain, ...(applicant ? { applicant } : {}), expect }
    await saveCases(request, draft, draft.revision, cases)
    say(request, reply, { message: `Đã lưu ca “${typed.title}”.`, tone: 'good' })
    return seeOther(reply, draftHref(draft.id, 'cases'))
  })

  app.post<CaseId>('/procedures/drafts/:id/cases/:at/outcome', async (request, reply) => {
    const draft = await getDraft(request.ctx.db, request.params.id)
    const place = placeOf(draft, Number(request.params.at), one(bodyOf(request), '_was'))
    const cases = [...casesOf(draft)]
    const found = cases[place]
    const run = found ? await runOne(request, draft, found) : null
    if (!found || !run?.outcome) throw new Conflict('procedures.case_broken', run?.broken ?? 'Ca này chưa tính được kết quả.')
    const keys = EXPECTATIONS.filter((key) => found.expect?.[key] !== undefined)
    const expect = Object.fromEntries((keys.length > 0 ? keys : EXPECTATIONS.filter((key) => key !== 'errors')).map((key) => [key, run.outcome![key]]))
    cases[place] = { ...found, expect }
    await saveCases(request, draft, draft.revision, cases)
    say(request, reply, { message: `Đã ghi kết quả nay ra làm kết quả phải ra của ca “${found.title}”.`, tone: 'good' })
    return seeOther(reply, draftHref(draft.id, 'cases'))
  })

  app.post<CaseId>('/procedures/drafts/:id/cases/:at/removal', async (request, reply) => {
    const draft = await getDraft(request.ctx.db, request.params.id)
    const place = placeOf(draft, Number(request.params.at), one(bodyOf(request), '_was'))
    const gone = casesOf(draft)[place]
    await saveCases(request, draft, draft.revision, casesOf(draft).filter((_, i) => i !== place))
    say(request, reply, { message: `Đã bỏ ca “${gone?.title ?? ''}”.`, tone: 'good' })
    return seeOther(reply, draftHref(draft.id, 'cases'))
  })
}
