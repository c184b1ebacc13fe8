// HTTP of the process tab: the page, what a drawing says before it is saved, acts on the list, files of other tools.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderToString } from 'preact-render-to-string'
import { BpmnError, digestOf } from '#core/bpmn/index.ts'
import { Forbidden, Invalid, NotFound } from '#core/errors.ts'
import { formatDateTime } from '#core/text/index.ts'
import {
  bringDrawing, type Draft, DraftConflict, draftPartAt, editDraftSteps, getBrought, getDraft, isProcedureAuthor, LARGEST_DRAWING, listBrought, processOfDraft, readDrawing, redrawDraft, type Step, type StepAct, stepsIn, takeBrought,
} from '#modules/procedures/index.ts'
import { SurroundContext, WORDS } from '#ui/index.ts'
import { bodyOf, one, queryOf } from '../../../desk/answers.tsx'
import { processSvg } from '../../../desk/dossier/course.tsx'
import { say } from '../../../desk/flash.ts'
import { asDownload } from '../../../download.ts'
import { seeOther } from '../../../page.tsx'
import { received } from '../../../received.ts'
import { ChooseSides } from '../form-tabs.tsx'
import { sendDraftTab } from '../frame.tsx'
import { draftHref } from '../tab-list.ts'
import { StepList } from './list.tsx'
import { readStep } from './read-step.ts'
import { ImportReport } from './report.tsx'
import { Faults, ProcessScreen, Sum } from './screen.tsx'
import { processOffers, termOf } from './words.ts'

const BASE = '/procedures/drafts/:id/process'
type Id = { Params: { id: string } }
type FileId = { Params: { id: string; file: string } }

async function needAuthor(request: FastifyRequest): Promise<void> {
  if (await isProcedureAuthor(request.ctx.db, request.ctx.actor)) return
  throw new Forbidden('procedures.not_publisher', 'Chỉ cán bộ kiểm soát thủ tục hành chính cấp tỉnh và quản trị hệ thống soạn và công bố được thủ tục.')
}

/** The drawing without a script; what cannot be drawn has none. */
async function stillOf(bpmn: string | null): Promise<string | null> {
  if (bpmn === null) return null
  try {
    return await processSvg({ bpmn, bpmnDigest: digestOf(bpmn) }, [])
  } catch (error) {
    if (error instanceof BpmnError) return null
    throw error
  }
}

interface Typed {
  readonly step: Step
  readonly said: readonly string[]
}

const sendTab = (request: FastifyRequest, reply: FastifyReply, typed?: Typed): Promise<FastifyReply> =>
  sendDraftTab(request, reply, 'process', async (draft, write) => {
    const { ctx } = request
    const [process, offers, brought] = await Promise.all([processOfDraft(draft), processOffers(ctx), listBrought(ctx.db, draft.id)])
    return (
      <ProcessScreen
        draft={draft} process={process} offers={offers} write={write} still={await stillOf(process.bpmn)} open={typed?.step.id ?? one(queryOf(request), 'step')} typed={typed?.step} said={typed?.said}
        brought={brought.map(({ id, fileName, byName, at }) => ({ id, fileName, byName, when: formatDateTime(at) }))}
      />
    )
  }, typed ? 422 : 200)

const base = (request: FastifyRequest): number => Number(one(bodyOf(request), '_base')) || 0

/** Runs an act on the part; when two have changed the same, both sides are shown. */
async function saving(request: FastifyRequest, reply: FastifyReply, id: string, run: () => Promise<string>): Promise<FastifyReply> {
  try {
    return seeOther(reply, await run())
  } catch (error) {
    if (!(error instanceof DraftConflict)) throw error
    const draft = await getDraft(request.ctx.db, id)
    return sendDraftTab(request, reply, 'process', () => <ChooseSides draft={draft} part="process" base={String(base(request))} conflict={error} />, 409)
  }
}

async function actOf(request: FastifyRequest, id: string): Promise<{ act: StepAct; faults: readonly string[]; step?: Step }> {
  const body = bodyOf(request)
  const [name, step] = [one(body, '_act'), one(body, '_id')]
  if (name === 'up' || name === 'down') return { act: { act: 'move', id: step, by: name === 'up' ? -1 : 1 }, faults: [] }
  if (name === 'remove') return { act: { act: 'remove', id: step }, faults: [] }
  if (name === 'call') return { act: { act: 'add', after: null, step: { id: 'goi_quy_trinh', name: 'Gọi quy trình khác', role: 'chuyen_vien', call: { process: '' } } }, faults: [] }
  if (name !== 'write') return { act: { act: 'add', after: step || null, step: { id: '', name: 'Bước mới', role: '' as Step['role'] } }, faults: [] }
  const list = stepsIn(await draftPartAt(request.ctx.db, id, 'process', base(request)))
  const before = list.find((found) => found.id === one(body, 'id'))
  if (!before) throw new NotFound('procedures.no_step', 'Bước này không còn trong bản nháp; tải lại trang để xem danh sách hiện nay.')
  const read = readStep(body, before)
  return { act: { act: 'write', step: read.step }, faults: read.faults, step: read.step }
}

export async function processTabRoutes(app: FastifyInstance): Promise<void> {
  app.get<Id>(BASE, (request, reply) => sendTab(request, reply))

  app.get<Id>(`${BASE}/drawing.bpmn`, async (request, reply) => {
    const draft = await getDraft(request.ctx.db, request.params.id)
    const { bpmn } = await processOfDraft(draft)
    if (bpmn === null) throw new NotFound('procedures.no_drawing', 'Quy trình này chưa vẽ được; sửa các bước trong danh sách trước.')
    return reply.header('cache-control', 'no-store').header('content-disposition', asDownload(`${draft.code}.bpmn`)).type('application/xml; charset=utf-8').send(bpmn)
  })

  /** What a drawing says, asked after every change at the easel; changes nothing. */
  app.post<Id>(`${BASE}/readings`, { bodyLimit: 8 * 1024 * 1024, preHandler: needAuthor, config: { passive: true } }, async (request, reply) => {
    const draft = await getDraft(request.ctx.db, request.params.id)
    const bpmn = bodyOf(request).bpmn
    if (typeof bpmn !== 'string') throw new Invalid([{ key: 'bpmn', message: 'Không có hình nào được gửi.' }])
    const read = await readDrawing(draft, bpmn)
    const steps = read.steps ?? []
    const view = { draft, process: { steps, faults: read.faults }, offers: await processOffers(request.ctx), write: true }
    const html = (content: Parameters<typeof renderToString>[0]) => renderToString(<SurroundContext.Provider value={{ lang: 'vi', words: WORDS.vi, csrf: request.csrfToken }}>{content}</SurroundContext.Provider>)
    return reply.header('cache-control', 'no-store').send({
      bpmn: read.bpmn, steps: read.steps, faults: read.faults,
      list: read.steps ? html(<StepList {...view} />) : null,
      said: html(<Faults faults={read.faults} steps={steps} />),
      sum: read.steps ? html(<Sum steps={steps} hours={read.hours} term={termOf(draft.record, read.hours)} faults={read.faults} />) : null,
    })
  })

  app.post<Id>(`${BASE}/steps`, { preHandler: needAuthor }, async (request, reply) => {
    const { id } = request.params
    const { act, faults, step } = await actOf(request, id)
    if (step && faults.length > 0) return sendTab(request, reply, { step, said: faults })
    return saving(request, reply, id, async () => {
      const saved = await editDraftSteps(request.ctx, { draft: id, base: base(request), act })
      const message = act.act === 'remove' ? 'Đã bỏ bước. Những gì dẫn tới bước này nay dẫn tới bước sau nó.' : act.act === 'add' ? 'Đã thêm bước; ghi ai làm và bao lâu.' : 'Đã lưu.'
      say(request, reply, { message: saved.kept ? message : `${message} Hình được vẽ lại cho khớp danh sách.`, tone: 'good' })
      return act.act === 'remove' ? `${draftHref(id, 'process')}#at-steps` : `${draftHref(id, 'process')}${act.act === 'add' ? `?step=${saved.id}` : ''}#step-${saved.id}`
    })
  })

  app.post<Id>(`${BASE}/redrawing`, { preHandler: needAuthor }, (request, reply) =>
    saving(request, reply, request.params.id, async () => {
      await redrawDraft(request.ctx, { draft: request.params.id, base: base(request) })
      say(request, reply, { message: 'Đã vẽ lại ngay ngắn theo danh sách các bước.', tone: 'good' })
      return draftHref(request.params.id, 'process')
    }))

  app.post<Id>(`${BASE}/files`, { preHandler: needAuthor, config: { csrf: 'in-body' } }, async (request, reply) => {
    const { id } = request.params
    try {
      const file = await uploaded(request)
      const brought = await bringDrawing(request.ctx, { draft: id, fileName: file.name, content: file.text })
      return seeOther(reply, draftHref(id, `process/files/${brought.id}`))
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      say(request, reply, { message: error.fields[0]?.message ?? error.message, tone: 'bad' })
      return seeOther(reply, draftHref(id, 'process'))
    }
  })

  app.get<FileId>(`${BASE}/files/:file`, async (request, reply) =>
    sendDraftTab(request, reply, 'process', async (draft: Draft, write) => {
      const { row, found } = await getBrought(request.ctx.db, draft, request.params.file, one(queryOf(request), 'pool') || undefined)
      return (
        <ImportReport
          draft={draft} file={{ id: row.id, fileName: row.fileName, byName: row.byName, when: formatDateTime(row.at) }} report={found.report} pools={found.pools} chosen={found.chosen}
          steps={found.steps.length} still={await stillOf(found.bpmn)} write={write} usable={found.bpmn !== null && found.steps.length > 0}
        />
      )
    }))

  app.get<FileId>(`${BASE}/files/:file/original`, async (request, reply) => {
    const draft = await getDraft(request.ctx.db, request.params.id)
    const { row } = await getBrought(request.ctx.db, draft, request.params.file)
    return reply.header('cache-control', 'no-store').header('content-disposition', asDownload(`tep-goc-${draft.code}.bpmn`)).type('application/octet-stream').send(row.content)
  })

  app.post<FileId>(`${BASE}/files/:file/taking`, { preHandler: needAuthor }, (request, reply) =>
    saving(request, reply, request.params.id, async () => {
      const { id, file } = request.params
      await takeBrought(request.ctx, { draft: id, id: file, pool: one(bodyOf(request), 'pool') || undefined, base: base(request) })
      say(request, reply, { message: 'Đã lấy quy trình từ tệp vào bản nháp. Sửa nốt những chỗ được nêu bên dưới.', tone: 'good' })
      return draftHref(id, 'process')
    }))
}

async function uploaded(request: FastifyRequest): Promise<{ name: string; text: string }> {
  const { file } = await received(request, { largest: LARGEST_DRAWING, tooLarge: 'Tệp lớn hơn 5 MB. Bỏ hình ảnh nhúng, hoặc xuất riêng quy trình của thủ tục này rồi tải lại. Bản nháp vẫn như cũ.' })
  if (!file) throw new Invalid([{ key: 'file', message: 'Chọn một tệp rồi bấm lại.' }])
  return { name: file.name, text: textOf(file.bytes) }
}

/** Older tools write UTF-16. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return bytes.toString('utf8')
}
