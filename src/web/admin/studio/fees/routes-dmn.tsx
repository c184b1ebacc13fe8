// HTTP of the fee tables as DMN: show, save what was drawn, give out as a file, look over and take a file of another tool.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DmnError, type Survey, surveyDmn } from '#core/dmn/index.ts'
import { Invalid } from '#core/errors.ts'
import { adoptDmn, buildDmn, type ColumnIs, type Draft, type Fee, FEES, feeView, getDraft, tabledRecord, takeTable } from '#modules/procedures/index.ts'
import { bodyOf, one } from '../../../desk/answers.tsx'
import { asDownload } from '../../../download.ts'
import { received } from '../../../received.ts'
import { sendDraftTab } from '../frame.tsx'
import { DmnScreen, MOST_BYTES, ReportScreen } from './dmn.tsx'
import { saveFees } from './save.tsx'
import { feesHref } from './screen.tsx'

type Id = { Params: { id: string } }
const BASE = '/procedures/drafts/:id/fees/dmn'
const limit = { bodyLimit: 12 * 1024 * 1024 }

const draftOf = (request: FastifyRequest): Promise<Draft> => getDraft(request.ctx.db, (request.params as Id['Params']).id)

/** The tables as a file; null where there is nothing to draw, or what there is cannot be drawn. */
async function fileOf(draft: Draft): Promise<string | null> {
  const { record, broken } = await feeView(draft.record)
  if (record.feeDmn !== undefined) return record.feeDmn
  return record.fees.length === 0 || broken ? null : buildDmn(tabledRecord(record))
}

async function page(request: FastifyRequest, reply: FastifyReply, more: { xml?: string; faults?: readonly string[] } = {}): Promise<FastifyReply> {
  return sendDraftTab(request, reply, 'fees', async (draft, write) => <DmnScreen draft={draft} view={await feeView(draft.record)} xml={more.xml ?? (await fileOf(draft))} write={write} faults={more.faults} />, more.faults ? 422 : 200)
}

async function uploaded(request: FastifyRequest): Promise<{ name: string; xml: string }> {
  const { file } = await received(request, { largest: MOST_BYTES, tooLarge: 'Tệp lớn hơn 2 MB; bảng phí không bao giờ lớn như vậy. Xuất riêng bảng phí thành một tệp rồi nhập lại.' })
  if (!file) throw new Invalid([{ key: 'file', message: 'Chọn một tệp .dmn rồi bấm lại.' }])
  return { name: file.name.slice(0, 120), xml: file.bytes.toString('utf8') }
}

const faultsOf = (error: unknown): readonly string[] => {
  if (error instanceof DmnError) return error.faults
  if (error instanceof Invalid) return error.fields.map(({ message }) => message)
  throw error
}

const report = (request: FastifyRequest, reply: FastifyReply, file: { name: string; xml: string }, survey: Survey, faults?: readonly string[]): Promise<FastifyReply> =>
  sendDraftTab(request, reply, 'fees', async (draft) => (
    <ReportScreen draft={draft} view={await feeView(draft.record)} fileName={file.name} survey={survey} xml={file.xml} whole={survey.decisions.some((each) => each.id === FEES)} faults={faults} />
  ), faults ? 422 : 200)

async function take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const body = bodyOf(request)
  const draft = await draftOf(request)
  const file = { name: one(body, 'file') || 'tệp DMN', xml: one(body, 'xml') }
  let survey: Survey
  try {
    survey = await surveyDmn(file.xml)
  } catch (error) {
    return page(request, reply, { faults: faultsOf(error) })
  }
  const found = survey.decisions.find((each) => each.id === one(body, 'decision'))
  if (!found?.table || found.faults.length > 0) throw new Invalid([], 'Bảng này không nhận được; xem lại báo cáo của tệp.')
  const view = await feeView(draft.record)
  const columns = found.table.inputs.map((_, i): ColumnIs => {
    const said = one(body, `column.${i}`)
    return said === '' ? null : said === '@channel' ? 'channel' : said === '@receivedOn' ? 'receivedOn' : { question: said }
  })
  const { rates, faults } = takeTable(view.record, found.table, columns, Number(one(body, 'amount')) || 0)
  if (faults.length > 0) return report(request, reply, file, survey, faults)
  const own = view.part.feeDmn !== undefined
  const code = one(body, 'fee')
  const target = own ? undefined : view.part.fees.find((fee) => fee.code === code)
  const fresh: Fee = { code: freeCode(view.part.fees), name: found.name, kind: 'phi', collectAt: 'tiep_nhan', rates: [...rates] }
  const { amount: _a, formula: _f, channelAmounts: _c, until: _u, ...rest } = target ?? fresh
  const fees = target ? view.part.fees.map((fee) => (fee === target ? { ...rest, rates: [...rates] } : fee)) : [...view.part.fees, fresh]
  if (own) throw new Invalid([], 'Bản nháp đang dùng tệp DMN riêng; bỏ tệp đó trước khi nhận từng bảng.')
  return saveFees(request, reply, draft, { ...view.part, fees }, { message: `Đã nhận ${rates.length} dòng từ ${file.name}. Xem lại tên khoản, căn cứ và chỗ hở, chỗ chồng.`, to: feesHref(draft) })
}

function freeCode(fees: readonly Fee[]): string {
  for (let n = 1; ; n++) if (!fees.some((fee) => fee.code === `P-NHAP-${n}`)) return `P-NHAP-${n}`
}

export async function dmnRoutes(app: FastifyInstance): Promise<void> {
  app.get<Id>(BASE, (request, reply) => page(request, reply))

  app.get<Id>(`${BASE}/bang-phi.dmn`, async (request, reply) => {
    const draft = await draftOf(request)
    const xml = await fileOf(draft)
    if (xml === null) throw new Invalid([], 'Bản nháp chưa có bảng phí để tải về.')
    return reply.type('application/xml; charset=utf-8').header('content-disposition', asDownload(`phi-${draft.code}-ban-nhap.dmn`)).send(xml)
  })

  app.post<Id>(BASE, limit, async (request, reply) => {
    const draft = await draftOf(request)
    // forms send every line end as two signs
    const xml = one(bodyOf(request), 'xml').replaceAll('\r\n', '\n')
    const { record } = await feeView(draft.record)
    let adopted: Awaited<ReturnType<typeof adoptDmn>>
    try {
      adopted = await adoptDmn(tabledRecord(record), xml)
    } catch (error) {
      return page(request, reply, { xml, faults: faultsOf(error) })
    }
    const { plain, ...part } = adopted
    return saveFees(request, reply, draft, part, { message: plain ? 'Đã lưu; bảng thường cũng đổi theo.' : 'Đã lưu. Bảng này nói nhiều hơn bảng thường nên từ nay do tệp DMN quyết định.', to: feesHref(draft, '/dmn') })
  })

  app.post<Id>(`${BASE}/removal`, async (request, reply) => {
    const draft = await draftOf(request)
    const { part } = await feeView(draft.record)
    return saveFees(request, reply, draft, { fees: part.fees }, { message: 'Đã bỏ tệp DMN. Ghi lại mức thu của từng khoản.', to: feesHref(draft) })
  })

  app.post<Id>(`${BASE}/files`, { config: { csrf: 'in-body' } }, async (request, reply) => {
    try {
      const file = await uploaded(request)
      return await report(request, reply, file, await surveyDmn(file.xml))
    } catch (error) {
      return page(request, reply, { faults: faultsOf(error) })
    }
  })

  app.post<Id>(`${BASE}/taking`, limit, take)
}
