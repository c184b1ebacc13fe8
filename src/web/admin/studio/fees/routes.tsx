// HTTP of the fee tab: the tables, one row, one khoản, one ground of exemption, a case tried; each works as a plain form.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, NotFound } from '#core/errors.ts'
import { readBody } from '#core/form/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { type Draft, dropRate, feeView, freeRateId, getDraft, moveRate, putRate, ratesFrom } from '#modules/procedures/index.ts'
import { type Body, bodyOf, day, one, queryOf } from '../../../desk/answers.tsx'
import { sendDraftTab } from '../frame.tsx'
import { dmnRoutes } from './routes-dmn.tsx'
import { feeSubjects, readExemption, readItem, readRate, readWhen, seenOf, typedItem, typedRate } from './read.ts'
import { saveFees } from './save.tsx'
import { ExemptionScreen, exemptionTyped, ItemScreen, RateScreen, typedOf } from './row.tsx'
import { feesHref, FeesScreen, rowHref } from './screen.tsx'
import { feeQuestions, type Tried, TryPanel } from './try.tsx'

type Id = { Params: { id: string } }
type ItemId = { Params: { id: string; code: string } }
type RowId = { Params: { id: string; code: string; row: string } }
type AtId = { Params: { id: string; at: string } }
const BASE = '/procedures/drafts/:id/fees'
const NEW = 'moi'

function triedOf(body: Body, view: Awaited<ReturnType<typeof feeView>>, today: string): Tried {
  const on = day(body, '_on')
  const channel = one(body, '_channel')
  const offered: readonly string[] = view.record.channels.map((each) => each.channel)
  const given = Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith('_')))
  return { channel: offered.includes(channel) ? channel : (offered[0] ?? 'truc_tuyen'), on: /^\d{4}-\d\d-\d\d$/.test(on) ? on : today, values: readBody(feeQuestions(view), given) }
}

/** A draft whose tables live in DMN only has no rows to change here. */
function needRows(draft: Draft): void {
  if (typeof draft.record.feeDmn === 'string') throw new Conflict('procedures.fees_in_dmn', 'Mức thu của bản nháp này nằm trong tệp DMN; sửa ở dạng DMN, hoặc bỏ tệp DMN để dùng bảng thường.')
}

async function tab(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { ctx } = request
  return sendDraftTab(request, reply, 'fees', async (draft, write) => {
    const view = await feeView(draft.record)
    const tried = triedOf(queryOf(request), view, localDate(ctx.now))
    return <FeesScreen draft={draft} view={view} write={write} tryPanel={<TryPanel draft={draft} view={view} tried={tried} catalogs={ctx.catalogs} />} />
  })
}

async function row(request: FastifyRequest, reply: FastifyReply, { code, row: name }: RowId['Params'], way: 'open' | 'draw' | 'save'): Promise<FastifyReply> {
  const body = way === 'open' ? {} : bodyOf(request)
  const draft = await getDraft(request.ctx.db, (request.params as Id['Params']).id)
  needRows(draft)
  const now = await feeView(draft.record)
  const seen = way === 'open' ? now.part : seenOf(body, now.part)
  const view = await feeView(draft.record, seen)
  const fee = seen.fees.find((each) => each.code === code)
  if (!fee) throw new NotFound('procedures.no_fee', 'Khoản thu này không còn trong bản nháp. Quay lại bảng phí để xem các khoản đang có.')
  const rates = ratesFrom(fee, view.record.channels.map((each) => each.channel))
  const id = name === NEW ? null : name
  const before = rates.find((each) => each.id === id)
  if (id && !before) throw new NotFound('procedures.no_rate', 'Dòng này không còn trong bảng. Quay lại bảng phí để xem các dòng đang có.')
  const subjects = feeSubjects(view)
  const act = one(body, '_act')
  if (way === 'save' && id && act === 'drop') return saveFees(request, reply, draft, dropRate(view.record, seen, code, id), { message: 'Đã bỏ dòng.', to: feesHref(draft) })
  if (way === 'save' && id && (act === 'up' || act === 'down')) return saveFees(request, reply, draft, moveRate(view.record, seen, code, id, act === 'up' ? -1 : 1), { message: 'Đã đổi thứ tự.', to: feesHref(draft) })
  const typed = way === 'open' ? typedOf(before ?? { legal: rates.at(-1)?.legal ?? fee.legal }) : typedRate(body)
  const when = readWhen(body, subjects, before?.when)
  const read = readRate(typed, when, view, id ?? freeRateId(rates))
  const changed = putRate(view.record, seen, code, id, read.rate)
  if (way === 'save' && !one(body, '_redraw') && read.faults.length === 0) return saveFees(request, reply, draft, changed, { message: id ? 'Đã lưu dòng.' : 'Đã thêm dòng.', to: feesHref(draft) })
  const whole = (await feeView(draft.record, way === 'open' && !id ? seen : changed)).faults.filter((fault) => fault.table === `rates_${seen.fees.indexOf(fee) + 1}`)
  const faults = way === 'save' && !one(body, '_redraw') ? read.faults : read.faults.filter((fault) => fault.key !== 'amount')
  return sendDraftTab(request, reply, 'fees', () => (
    <RateScreen draft={draft} view={view} fee={fee} id={id} no={rates.findIndex((each) => each.id === id) + 1} seen={seen} typed={typed} feel={when.feel} posted={when.posted} subjects={subjects} faults={way === 'open' ? [] : faults} whole={whole} />
  ), way === 'save' && faults.length > 0 ? 422 : 200)
}

async function item(request: FastifyRequest, reply: FastifyReply, { code }: ItemId['Params'], way: 'open' | 'draw' | 'save'): Promise<FastifyReply> {
  const body = way === 'open' ? {} : bodyOf(request)
  const draft = await getDraft(request.ctx.db, (request.params as Id['Params']).id)
  needRows(draft)
  const now = await feeView(draft.record)
  const seen = way === 'open' ? now.part : seenOf(body, now.part)
  const view = await feeView(draft.record, seen)
  const before = code === NEW ? null : seen.fees.find((fee) => fee.code === code)
  if (before === undefined) throw new NotFound('procedures.no_fee', 'Khoản thu này không còn trong bản nháp. Quay lại bảng phí để xem các khoản đang có.')
  if (way === 'save' && before && one(body, '_act') === 'drop') {
    const exemptions = seen.exemptions?.map((each) => (each.fees ? { ...each, fees: each.fees.filter((each2) => each2 !== code) } : each)).filter((each) => !each.fees || each.fees.length > 0)
    return saveFees(request, reply, draft, { ...seen, fees: seen.fees.filter((fee) => fee !== before), ...(exemptions ? { exemptions } : {}) }, { message: `Đã bỏ khoản “${before.name}”.`, to: feesHref(draft) })
  }
  const subjects = feeSubjects(view)
  const typed = way === 'open' ? { code: before?.code ?? '', name: before?.name ?? '', kind: before?.kind ?? 'le_phi', collectAt: before?.collectAt ?? 'tiep_nhan', legal: before?.legal ?? '', whenText: before?.whenText ?? '' } : typedItem(body)
  const when = readWhen(body, subjects, before?.when)
  const { fee, faults } = readItem(typed, when, before, seen)
  const saving = way === 'save' && !one(body, '_redraw')
  if (saving && faults.length === 0) {
    const fees = before ? seen.fees.map((each) => (each === before ? fee : each)) : [...seen.fees, fee]
    return saveFees(request, reply, draft, { ...seen, fees }, { message: before ? 'Đã lưu khoản thu.' : 'Đã thêm khoản thu. Ghi mức thu của khoản này.', to: before ? feesHref(draft) : rowHref(draft, fee.code, NEW) })
  }
  return sendDraftTab(request, reply, 'fees', () => <ItemScreen draft={draft} seen={seen} isNew={!before} typed={before ? { ...typed, code: before.code } : typed} feel={when.feel} posted={when.posted} subjects={subjects} faults={saving ? faults : []} />, saving ? 422 : 200)
}

async function exemption(request: FastifyRequest, reply: FastifyReply, { at }: AtId['Params'], way: 'open' | 'draw' | 'save'): Promise<FastifyReply> {
  const body = way === 'open' ? {} : bodyOf(request)
  const draft = await getDraft(request.ctx.db, (request.params as Id['Params']).id)
  needRows(draft)
  const now = await feeView(draft.record)
  const seen = way === 'open' ? now.part : seenOf(body, now.part)
  const all = seen.exemptions ?? []
  const before = at === NEW ? null : all[Number(at)]
  if (before === undefined) throw new NotFound('procedures.no_exemption', 'Diện này không còn trong bản nháp. Quay lại bảng phí để xem các diện đang có.')
  if (way === 'save' && before && one(body, '_act') === 'drop') return saveFees(request, reply, draft, { ...seen, exemptions: all.filter((each) => each !== before) }, { message: 'Đã bỏ diện miễn, giảm.', to: feesHref(draft) })
  const subjects = feeSubjects(now)
  const when = readWhen(body, subjects, before?.when)
  const read = way === 'open' ? null : readExemption(body, when, seen)
  const saving = way === 'save' && !one(body, '_redraw')
  if (saving && read && read.faults.length === 0) {
    const exemptions = before ? all.map((each) => (each === before ? read.exemption : each)) : [...all, read.exemption]
    return saveFees(request, reply, draft, { ...seen, exemptions }, { message: 'Đã lưu diện miễn, giảm.', to: feesHref(draft) })
  }
  return sendDraftTab(request, reply, 'fees', () => <ExemptionScreen draft={draft} seen={seen} at={before ? Number(at) : NEW} typed={read?.typed ?? exemptionTyped(before ?? {})} feel={when.feel} posted={when.posted} subjects={subjects} faults={saving ? (read?.faults ?? []) : []} />, saving ? 422 : 200)
}

export async function feeRoutes(app: FastifyInstance): Promise<void> {
  const limit = { bodyLimit: 4 * 1024 * 1024 }
  app.get<Id>(BASE, tab)
  app.get<ItemId>(`${BASE}/items/:code`, (request, reply) => item(request, reply, request.params, 'open'))
  app.post<ItemId>(`${BASE}/items/:code`, limit, (request, reply) => item(request, reply, request.params, 'save'))
  app.post<ItemId>(`${BASE}/items/:code/drawing`, limit, (request, reply) => item(request, reply, request.params, 'draw'))
  app.get<RowId>(`${BASE}/items/:code/rows/:row`, (request, reply) => row(request, reply, request.params, 'open'))
  app.post<RowId>(`${BASE}/items/:code/rows/:row`, limit, (request, reply) => row(request, reply, request.params, 'save'))
  app.post<RowId>(`${BASE}/items/:code/rows/:row/drawing`, limit, (request, reply) => row(request, reply, request.params, 'draw'))
  app.get<AtId>(`${BASE}/exemptions/:at`, (request, reply) => exemption(request, reply, request.params, 'open'))
  app.post<AtId>(`${BASE}/exemptions/:at`, limit, (request, reply) => exemption(request, reply, request.params, 'save'))
  app.post<AtId>(`${BASE}/exemptions/:at/drawing`, limit, (request, reply) => exemption(request, reply, request.params, 'draw'))
  await app.register(dmnRoutes)
}

