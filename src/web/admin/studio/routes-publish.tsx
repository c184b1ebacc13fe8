// HTTP of comparing and publishing a draft.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Invalid } from '#core/errors.ts'
import { localDate } from '#core/workdays/index.ts'
import { countRunning, filedByProcedure } from '#modules/dossiers/index.ts'
import {
  canPublish, checkDraft, clerkFault, diffRecords, type Draft, draftEdits, type DraftRecord, effortOf, followed, getVersion, inForceOn, listVersions, newestOf, type ProcedureRecord, publishDraft, runCases, sayPath, submitDraft, takeInVersion, waiting,
} from '#modules/procedures/index.ts'
import { bodyOf, one, queryOf } from '../../desk/answers.tsx'
import { say } from '../../desk/flash.ts'
import { seeOther } from '../../page.tsx'
import { oneLineACase } from './case-faults.ts'
import { DiffScreen } from './diff.tsx'
import { sendDraftTab } from './frame.tsx'
import { PublishScreen, type PublishView } from './publish.tsx'
import { publishWarnings } from './publish-warnings.ts'
import { draftHref } from './tab-list.ts'

type Id = { Params: { id: string } }

/** Dossiers of one procedure handed in within the year that ends today, all channels. */
async function filedInYear(request: FastifyRequest, code: string): Promise<number> {
  const { db, now } = request.ctx
  const today = localDate(now)
  const found = (await filedByProcedure(db, `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`.replace('-02-29', '-02-28'), today)).get(code)
  return found ? found.truc_tuyen + found.truc_tiep + found.bcci : 0
}

async function publishView(request: FastifyRequest, draft: Draft, write: boolean): Promise<PublishView> {
  const { ctx } = request
  const [check, versions, edits, eyes, runs, running] = await Promise.all([
    checkDraft(ctx, draft.id), listVersions(ctx.db, draft.code), draftEdits(ctx.db, draft.id), canPublish(ctx.db, ctx, draft.id), runCases(draft.record, ctx), countRunning(ctx.db, draft.code),
  ])
  const latest = newestOf(versions)
  const late = followed(draft, latest)
  const record = draft.record as unknown as Partial<ProcedureRecord>
  return {
    draft, write, faults: oneLineACase(check.faults.map((fault) => clerkFault(fault, draft.record))), warnings: [...publishWarnings(draft.record, (draft.source?.record ?? null) as unknown as DraftRecord | null), ...check.warnings.map((fault) => clerkFault(fault, draft.record))],
    cases: { all: runs.length, wrong: runs.filter((run) => !run.ok).length }, eyes, followed: late && latest ? { refusal: late, number: latest.number } : null,
    waiting: record.effectiveFrom ? waiting({ effectiveFrom: record.effectiveFrom }, versions) : null, today: localDate(ctx.now), running: running.reduce((sum, version) => sum + version.total, 0), writers: [...new Set(edits.map((edit) => edit.byName))],
  }
}

export async function publishRoutes(app: FastifyInstance): Promise<void> {
  app.get<Id>('/procedures/drafts/:id/diff', (request, reply) =>
    sendDraftTab(request, reply, 'diff', async (draft) => {
      const { ctx } = request
      const versions = (await listVersions(ctx.db, draft.code)).filter((version) => version.id !== draft.versionId)
      const asked = Number(one(queryOf(request), 'against'))
      const against = versions.find((version) => version.number === asked) ?? inForceOn(versions, localDate(ctx.now)) ?? versions[0] ?? null
      const before = against ? ((await getVersion(ctx.db, against.id)).record as unknown as DraftRecord) : null
      return (
        <DiffScreen
          draft={draft} versions={versions} against={against} parts={diffRecords(before, draft.record)} before={before && effortOf(before)} after={effortOf(draft.record)} perYear={await filedInYear(request, draft.code)}
        />
      )
    }))

  const publishPage = (request: FastifyRequest, reply: FastifyReply, more: Pick<PublishView, 'errors' | 'typed'> = {}) =>
    sendDraftTab(request, reply, 'publish', async (draft, write) => <PublishScreen {...await publishView(request, draft, write)} {...more} />, more.errors ? 422 : 200)

  app.get<Id>('/procedures/drafts/:id/publish', (request, reply) => publishPage(request, reply))

  app.post<Id>('/procedures/drafts/:id/publication', { config: { confirm: true } }, async (request, reply) => {
    const body = bodyOf(request)
    const backdated = one(body, 'backdated')
    try {
      const done = await publishDraft(request.ctx, { draft: request.params.id, revision: Number(one(body, 'revision')) || 0, backdated: backdated || undefined })
      say(request, reply, { message: done.already ? `Bản nháp này đã được ${done.already} công bố thành phiên bản ${done.version}; không công bố thêm lần nữa.` : `Đã công bố phiên bản ${done.version}.${done.version > 1 ? ' Hồ sơ đang giải quyết giữ phiên bản cũ.' : ''}`, tone: done.already ? 'info' : 'good', ...(done.version > 1 ? { link: { href: `/admin/procedures/${done.code}/moves?to=${done.version}`, label: 'Chuyển hồ sơ sang phiên bản này' } } : {}) })
      return seeOther(reply, `/admin/procedures/${done.code}?version=${done.version}`)
    } catch (error) {
      if (error instanceof Invalid) return publishPage(request, reply, { errors: error.fields, typed: { backdated } })
      throw error
    }
  })

  app.post<Id>('/procedures/drafts/:id/submission', async (request, reply) => {
    try {
      await submitDraft(request.ctx, { draft: request.params.id })
      say(request, reply, { message: 'Đã trình. Cán bộ khác mở bản nháp này, đọc lại rồi công bố; sửa thêm thì phải trình lại.', tone: 'good' })
    } catch (error) {
      if (error instanceof Invalid) return publishPage(request, reply, { errors: error.fields })
      throw error
    }
    return seeOther(reply, draftHref(request.params.id, 'publish'))
  })

  app.post<Id>('/procedures/drafts/:id/following', async (request, reply) => {
    const taken = await takeInVersion(request.ctx, { draft: request.params.id })
    if (!taken) throw new Conflict('procedures.nothing_followed', 'Bản nháp này đã theo phiên bản mới nhất.')
    const both = taken.both.map((path) => sayPath(path)).join('; ')
    say(request, reply, both
      ? { message: `Đã lấy thay đổi của phiên bản ${taken.version} vào. Những chỗ cả hai cùng sửa thì giữ lời của bản nháp, xin đọc lại: ${both}`.slice(0, 1200), tone: 'warn' }
      : { message: `Đã lấy thay đổi của phiên bản ${taken.version} vào; không có chỗ nào cả hai cùng sửa.`, tone: 'good' })
    return seeOther(reply, draftHref(request.params.id, 'diff'))
  })
}
