// HTTP of the form's tab: the builder, each act on it, and the preview beside it.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { AppError } from '#core/errors.ts'
import { findQuestion, formFaultNotes, formWarnings, keyChanges, knownQuestions, questionsIn, readDraftForm } from '#core/form/build/index.ts'
import { runningIds } from '#modules/dossiers/index.ts'
import { answerUses, type Draft, DraftConflict, getDraft, getVersion, renameAnswer, saveDraftPart } from '#modules/procedures/index.ts'
import { Alert, Notice } from '#ui/index.ts'
import { type Body, bodyOf, one, queryOf } from '../../../desk/answers.tsx'
import { say } from '../../../desk/flash.ts'
import { seeOther } from '../../../page.tsx'
import { ChooseSides } from '../form-tabs.tsx'
import { sendDraftTab } from '../frame.tsx'
import { draftHref } from '../tab-list.ts'
import { type Acted, actOn } from './acts.ts'
import { Outline } from './outline.tsx'
import { previewHref, type PreviewView, sendPreview } from './preview.tsx'
import { QuestionEditor } from './question.tsx'
import { changeWords, FormOverview, SectionEditor } from './section.tsx'

type Id = { Params: { id: string } }

const viewOf = (text: string): PreviewView => (text === 'whole' ? 'whole' : 'single')

/** Versions with dossiers under way whose answers would not mean the same under this form. */
async function changesFor(request: FastifyRequest, draft: Draft) {
  const { ctx } = request
  const form = readDraftForm(draft.record['form'])
  const running = await runningIds(ctx.db, draft.code)
  const found = await Promise.all([...running].map(async ([id, dossiers]) => {
    const { record, number } = await getVersion(ctx.db, id)
    return keyChanges(record.form, form).map((change) => ({ ...change, version: number, dossiers: dossiers.length }))
  }))
  return found.flat()
}

async function screen(request: FastifyRequest, draft: Draft, write: boolean, at: string | null, acted?: Acted, fault?: string): Promise<ComponentChildren> {
  const form = readDraftForm(draft.record['form'])
  const notes = formFaultNotes(form)
  const warnings = formWarnings(form)
  const usesOf = (key: string) => answerUses(draft.record, key).map(({ words }) => words)
  const known = knownQuestions(form, usesOf)
  const changes = await changesFor(request, draft)
  const view = viewOf(one(queryOf(request), 'view'))
  const action = draftHref(draft.id, 'form')
  const hrefOf = (place: string | null) => `${action}?q=${encodeURIComponent(place ?? 'form')}${view === 'whole' ? '&view=whole' : ''}`
  const section = form.sections.find(({ key }) => `section:${key}` === at)
  const here = at && (section || findQuestion(form, at)) ? at : 'form'
  const common = { form, action: `${action}${view === 'whole' ? '?view=whole' : ''}`, write, notes, warnings, hrefOf }
  const change = changes.find(({ key }) => key === here)
  return (
    <div class={`builder ${view}`} data-builder-page={here === 'form' ? 'form' : 'item'}>
      <link rel="stylesheet" href="/assets/heavy/builder.css" />
      <Outline {...common} here={here} known={new Set(known.map(({ question }) => question.key))} mark={randomUUID()} />
      <div class="builder-main" data-b-main>
        <a class="to-list" href="#outline">Danh sách câu hỏi</a>
        {fault && <div data-b-fault><Alert><p>{fault}</p></Alert></div>}
        {here === 'form' ? <FormOverview {...common} known={known} changes={changes} />
          : section ? <SectionEditor {...common} section={section} posted={acted?.pending?.conditions['visibleWhen']} />
            : <QuestionEditor {...common} place={here} known={known} usedBy={usesOf(here.split('.')[0]!)} posted={acted?.pending} changed={change && `${change.dossiers.toLocaleString('vi-VN')} hồ sơ của phiên bản ${change.version}: ${changeWords(change)}.`} />}
      </div>
      <aside class="builder-preview" aria-label="Xem trước">
        <div class="preview-tabs">
          <h2>Xem trước</h2>
          <a href={`${action}?q=${encodeURIComponent(here)}`} aria-current={view === 'single' ? 'true' : undefined}>Điện thoại, từng câu</a>
          <a href={`${action}?q=${encodeURIComponent(here)}&view=whole`} aria-current={view === 'whole' ? 'true' : undefined}>Máy tính, cả tờ</a>
        </div>
        {questionsIn(form).length === 0
          ? <Notice><p>Thêm câu hỏi đầu tiên để xem trước.</p></Notice>
          : <iframe title="Tờ khai như người dân thấy" name="preview" src={previewHref(draft, view, here.includes(':') || here === 'form' ? undefined : here.split('.')[0])} data-b-preview={here.split('.')[0]} loading="lazy" />}
      </aside>
      <script type="module" src="/assets/heavy/builder.js" />
    </div>
  )
}

/** Keeps what the act did; whatever else has changed meanwhile stays. Returns where the reader goes. */
async function keep(request: FastifyRequest, draft: Draft, acted: Acted, mark: string): Promise<boolean> {
  const { ctx } = request
  const saved = await saveDraftPart(ctx, { draft: draft.id, part: 'form', base: draft.revision, before: { form: acted.before as never }, value: { form: acted.after as never }, ...(mark ? { key: mark } : {}) })
  if (!acted.rename) return saved.merged
  const now = await getDraft(ctx.db, draft.id)
  for (const [part, value] of renameAnswer(now.record, acted.rename.from, acted.rename.to)) await saveDraftPart(ctx, { draft: draft.id, part, base: now.revision, value })
  return saved.merged
}

export async function formBuilderRoutes(app: FastifyInstance): Promise<void> {
  const path = '/procedures/drafts/:id/form'
  app.get<Id>(path, (request, reply) => sendDraftTab(request, reply, 'form', (draft, write) => screen(request, draft, write, one(queryOf(request), 'q') || null)))

  app.post<Id>(path, { bodyLimit: 2 * 1024 * 1024 }, async (request, reply) => {
    const { ctx, params } = request
    const body: Body = bodyOf(request)
    const draft = await getDraft(ctx.db, params.id)
    const scripted = request.headers['x-requested-with'] === 'studio'
    const show = (status: number, place: string | null, acted?: Acted, fault?: string): Promise<FastifyReply> =>
      sendDraftTab(request, reply, 'form', (now, write) => screen(request, now, write, place, acted, fault), status)
    try {
      const acted = actOn(draft.record['form'], body)
      const merged = await keep(request, draft, acted, one(body, '_key').slice(0, 80))
      if (scripted || acted.pending) return await show(200, acted.place, acted)
      say(request, reply, { message: acted.said ?? (merged ? 'Đã lưu, cùng với chỗ người khác vừa sửa.' : 'Đã lưu.'), tone: 'good' })
      const view = one(queryOf(request), 'view') === 'whole' ? '&view=whole' : ''
      return await seeOther(reply, `${draftHref(draft.id, 'form')}?q=${encodeURIComponent(acted.place ?? 'form')}${view}`)
    } catch (error) {
      if (error instanceof DraftConflict) {
        const now = await getDraft(ctx.db, draft.id)
        return await sendDraftTab(request, reply, 'form', () => <ChooseSides draft={now} part="form" base={String(now.revision)} conflict={error} />, 409)
      }
      if (!(error instanceof AppError) || error.status >= 500 || error.status === 403) throw error
      return await show(error.status, one(body, 'place') || null, undefined, error.message)
    }
  })

  app.get<Id>(`${path}/preview`, async (request, reply) => {
    const query = queryOf(request)
    return sendPreview(request, reply, await getDraft(request.ctx.db, request.params.id), viewOf(one(query, 'view')), one(query, 'at'))
  })

  /** Answers typed into the preview: evaluated and drawn again, kept nowhere. */
  app.post<Id>(`${path}/preview`, { bodyLimit: 2 * 1024 * 1024 }, async (request, reply) => {
    const query = queryOf(request)
    return sendPreview(request, reply, await getDraft(request.ctx.db, request.params.id), viewOf(one(query, 'view')), one(query, 'at'), bodyOf(request))
  })
}
