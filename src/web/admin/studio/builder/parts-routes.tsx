// HTTP of the papers' tab: the list, one paper or case, and the blank forms that come with them.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { inTransaction } from '#core/db/index.ts'
import { AppError, Forbidden, Invalid, NotFound } from '#core/errors.ts'
import { questionsIn, readDraftForm, subjectsOf } from '#core/form/build/index.ts'
import { getFile, keepFile, openFile, stageFile } from '#modules/files/index.ts'
import { type Draft, DraftConflict, getDraft, isProcedureAuthor, partNotes, saveDraftPart } from '#modules/procedures/index.ts'
import { bodyOf, one, queryOf } from '../../../desk/answers.tsx'
import { say } from '../../../desk/flash.ts'
import { seeOther } from '../../../page.tsx'
import { guardedFile } from '../../../portal/files.ts'
import { checkCsrf } from '../../../session/index.ts'
import { ChooseSides } from '../form-tabs.tsx'
import { sendDraftTab } from '../frame.tsx'
import { draftHref } from '../tab-list.ts'
import { actOnPapers, type DraftPaper, keptPapers, type PapersActed, readPapers } from './part-acts.ts'
import { PartsScreen } from './parts-screen.tsx'

type Id = { Params: { id: string } }
const MOST = 20 * 1024 * 1024
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const path = '/procedures/drafts/:id/parts'

const subjectsIn = (draft: Draft) => subjectsOf(questionsIn(readDraftForm(draft.record['form'])))

function screen(draft: Draft, write: boolean, at: string | null, acted?: PapersActed, fault?: string): ComponentChildren {
  const action = draftHref(draft.id, 'parts')
  const papers = readPapers(draft.record)
  return (
    <PartsScreen
      papers={papers} at={at} action={action} write={write} subjects={subjectsIn(draft)} {...partNotes(draft.record)} pending={acted?.pending} fault={fault} mark={randomUUID()}
      blankHref={(file) => `${action}/blanks/${file}`}
    />
  )
}

const save = (request: FastifyRequest, draft: Draft, acted: PapersActed, mark = '') =>
  saveDraftPart(request.ctx, { draft: draft.id, part: 'parts', base: draft.revision, before: keptPapers(acted.before) as never, value: keptPapers(acted.after) as never, ...(mark ? { key: mark } : {}) })

export async function partsBuilderRoutes(app: FastifyInstance): Promise<void> {
  app.get<Id>(path, (request, reply) => sendDraftTab(request, reply, 'parts', (draft, write) => screen(draft, write, one(queryOf(request), 'q') || null)))

  app.post<Id>(path, { bodyLimit: 1024 * 1024 }, async (request, reply) => {
    const body = bodyOf(request)
    const draft = await getDraft(request.ctx.db, request.params.id)
    const show = (status: number, at: string | null, acted?: PapersActed, fault?: string): Promise<FastifyReply> => sendDraftTab(request, reply, 'parts', (now, write) => screen(now, write, at, acted, fault), status)
    try {
      const acted = actOnPapers(readPapers(draft.record), body, subjectsIn(draft))
      const { merged } = await save(request, draft, acted, one(body, '_key').slice(0, 80))
      if (request.headers['x-requested-with'] === 'studio' || acted.pending) return await show(200, acted.at, acted)
      say(request, reply, { message: acted.said ?? (merged ? 'Đã lưu, cùng với chỗ người khác vừa sửa.' : 'Đã lưu.'), tone: 'good' })
      return await seeOther(reply, `${draftHref(draft.id, 'parts')}${acted.at ? `?q=${encodeURIComponent(acted.at)}` : ''}`)
    } catch (error) {
      if (error instanceof DraftConflict) {
        const now = await getDraft(request.ctx.db, draft.id)
        return await sendDraftTab(request, reply, 'parts', () => <ChooseSides draft={now} part="parts" base={String(now.revision)} conflict={error} />, 409)
      }
      if (!(error instanceof AppError) || error.status >= 500 || error.status === 403) throw error
      const said = error instanceof Invalid ? error.fields.map((field) => field.message).join(' ') || error.message : error.message
      return await show(error.status, one(body, 'place') || null, undefined, said)
    }
  })

  /** A blank form for a paper: kept with the draft, given out once a version names it. */
  app.post<Id>(`${path}/blanks`, { config: { csrf: 'in-body' } }, async (request, reply) => {
    const { ctx, params } = request
    if (!request.isMultipart()) throw new Invalid([], 'Chọn tệp mẫu rồi gửi bằng biểu mẫu.')
    if (!(await isProcedureAuthor(ctx.db, ctx.actor))) throw new Forbidden('procedures.not_publisher', 'Chỉ cán bộ kiểm soát thủ tục hành chính cấp tỉnh và quản trị hệ thống soạn được thủ tục.')
    const draft = await getDraft(ctx.db, params.id)
    const fields: Record<string, unknown> = {}
    for await (const part of request.parts({ limits: { fileSize: MOST, files: 1 } })) {
      if (part.type === 'field') {
        fields[part.fieldname] = part.value
        continue
      }
      checkCsrf(request, fields['_csrf'])
      if (!part.filename) {
        part.file.resume()
        break
      }
      const staged = await stageFile(ctx, part.file, part.filename)
      if (part.file.truncated) throw new Invalid([{ key: 'file', message: 'Tệp mẫu lớn hơn 20 MB; hãy thu gọn.' }], 'Tệp mẫu lớn hơn 20 MB; hãy thu gọn rồi gửi lại.')
      const papers = readPapers(draft.record)
      const paper = papers.parts.find(({ id }) => id === String(fields['place'] ?? ''))
      if (!paper) throw new NotFound('procedures.no_paper', 'Giấy tờ này vừa được người khác xóa hoặc đổi mã. Xem lại danh sách.')
      const file = await inTransaction(ctx.db, (tx) => keepFile(tx, ctx, staged, `draft:${draft.id}`))
      const now: DraftPaper = { ...paper, blank: { name: file.name, file: file.id } }
      await save(request, draft, { before: papers, after: { ...papers, parts: papers.parts.map((one) => (one === paper ? now : one)) }, at: paper.id })
      say(request, reply, { message: `Đã thêm mẫu “${file.name}”.`, tone: 'good' })
      return seeOther(reply, `${draftHref(draft.id, 'parts')}?q=${encodeURIComponent(paper.id)}`)
    }
    checkCsrf(request, fields['_csrf'])
    say(request, reply, { message: 'Chưa chọn tệp nào.', tone: 'warn' })
    return seeOther(reply, `${draftHref(draft.id, 'parts')}?q=${encodeURIComponent(String(fields['place'] ?? ''))}`)
  })

  app.get<{ Params: { id: string; file: string } }>(`${path}/blanks/:file`, async (request, reply) => {
    const { ctx, params } = request
    const draft = await getDraft(ctx.db, params.id)
    const known = readPapers(draft.record).parts.some((paper) => (paper['blank'] as { file?: string } | undefined)?.file === params.file)
    if (!known || !UUID.test(params.file)) throw new NotFound('procedures.no_blank', 'Bản nháp không có mẫu này.')
    const file = await getFile(ctx.db, params.file)
    const { stream, size } = await openFile(ctx, file)
    return guardedFile(reply, file.type, file.name).header('content-length', size).send(stream)
  })
}
