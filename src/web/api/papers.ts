// Papers and files of a dossier, and its timeline: always under the policy of the dossier itself.

import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { NotFound } from '#core/errors.ts'
import { ROLES } from '#core/policy/actor.ts'
import {
  dossierEvents, dossierFile, getPaper, isPaperHidden, type Opened, PAPER_LABELS, type Paper, paperFileName, paperPdf, recordView, viewDossier,
} from '#modules/dossiers/index.ts'
import { getFile, openFile } from '#modules/files/index.ts'
import { disposition } from '../download.ts'
import { Ref } from './inputs.ts'
import { fileRoute, route, type Route } from './route.ts'
import * as shapes from './shapes.ts'
import * as show from './show.ts'

const UUID = z.uuid()

interface Content {
  readonly type: string
  readonly name: string
  readonly kind: 'inline' | 'attachment'
}

const sendContent = (reply: FastifyReply, { type, name, kind }: Content, body: Readable | Buffer, size?: number): FastifyReply => {
  reply.type(type).header('content-disposition', disposition(kind, name)).header('x-content-type-options', 'nosniff')
  reply.header('cache-control', 'private, no-store').header('content-security-policy', "default-src 'none'; sandbox")
  if (size !== undefined) reply.header('content-length', size)
  return reply.send(body)
}

/** The kept print, or one set on the spot from the same data. */
async function sendPaper(ctx: Ctx, reply: FastifyReply, opened: Opened & { paper: Paper }): Promise<FastifyReply> {
  const { dossier, paper } = opened
  await recordView(ctx, opened, 'paper', paper.kind)
  const content = { type: 'application/pdf', name: paperFileName(dossier, paper), kind: 'inline' } as const
  if (paper.fileId) {
    const kept = await openFile(ctx, await getFile(ctx.db, paper.fileId)).catch(() => null)
    if (kept) return sendContent(reply, content, kept.stream, kept.size)
  }
  return sendContent(reply, content, Buffer.from(await paperPdf(ctx, paper)))
}

const HIDDEN_FROM_APPLICANT = new Set(['file', 'sha256', 'receivedUnit', 'decidedUnit'])

/** Applicants read what happened, not what officers wrote to each other. */
function dataFor(ctx: Ctx, name: string, data: Record<string, unknown>): Record<string, unknown> {
  if (ctx.actor.kind !== 'citizen') return data
  return Object.fromEntries(Object.entries(data).filter(([key]) => !HIDDEN_FROM_APPLICANT.has(key) && !(name === 'dossiers.step_completed' && key === 'note')))
}

export const paperRoutes: readonly Route[] = [
  fileRoute({
    id: 'getReceipt', method: 'GET', path: '/dossiers/{id}/receipt.pdf', tag: 'Giấy tờ in', access: 'signed-in', summary: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu 01); có sau khi tiếp nhận.',
    params: Ref, file: 'application/pdf', problems: { 401: 'chưa đăng nhập' },
    handle: async ({ ctx, params, reply }) => sendPaper(ctx, reply, await getPaper(ctx, params.id, { kind: 'receipt' })),
  }),
  route({
    id: 'listPapers', method: 'GET', path: '/dossiers/{id}/papers', tag: 'Giấy tờ in', access: 'signed-in', summary: 'Các mẫu, phiếu, kết quả đã lập cho hồ sơ.',
    params: Ref, problems: { 401: 'chưa đăng nhập' }, answer: z.strictObject({ items: z.array(shapes.Paper) }),
    async handle({ ctx, params }) {
      const view = await viewDossier(ctx, params.id)
      const { dossier, papers } = view
      await recordView(ctx, view, 'dossier')
      const items = papers.filter((paper) => !isPaperHidden(ctx, dossier, paper)).map((paper) => ({
        id: paper.id, kind: paper.kind, label: PAPER_LABELS[paper.kind], number: paper.number, createdAt: paper.createdAt.toISOString(),
        cancelledAt: paper.cancelledAt?.toISOString() ?? null, cancelReason: paper.cancelReason,
        href: `${show.BASE}/dossiers/${encodeURIComponent(dossier.code ?? dossier.id)}/papers/${paper.id}.pdf`,
      }))
      return { items }
    },
  }),
  fileRoute({
    id: 'getPaper', method: 'GET', path: '/dossiers/{id}/papers/{paper}.pdf', tag: 'Giấy tờ in', access: 'signed-in', summary: 'Một mẫu, phiếu hoặc kết quả, dạng PDF.',
    params: Ref.extend({ paper: z.string().max(100) }), file: 'application/pdf', problems: { 401: 'chưa đăng nhập' },
    handle: async ({ ctx, params, reply }) => sendPaper(ctx, reply, await getPaper(ctx, params.id, { id: params.paper })),
  }),
  fileRoute({
    id: 'getFile', method: 'GET', path: '/files/{id}', tag: 'Giấy tờ', access: 'signed-in', summary: 'Nội dung một tệp của hồ sơ mà người gọi được xem.',
    params: z.object({ id: z.string().max(100) }), file: 'application/octet-stream', problems: { 401: 'chưa đăng nhập' },
    async handle({ ctx, params, reply }) {
      if (!UUID.safeParse(params.id).success) throw new NotFound('files.none', 'Không có tệp này.')
      const opened = await dossierFile(ctx, params.id)
      const { file } = opened
      await recordView(ctx, opened, 'file', file.id)
      const { stream, size } = await openFile(ctx, file)
      return sendContent(reply, { type: file.type, name: file.name, kind: 'attachment' }, stream, size)
    },
  }),
  route({
    id: 'listEvents', method: 'GET', path: '/dossiers/{id}/events', tag: 'Hồ sơ', access: 'signed-in', summary: 'Điều gì đã xảy ra với hồ sơ, bằng câu, cũ nhất trước.',
    params: Ref, problems: { 401: 'chưa đăng nhập' }, answer: z.strictObject({ items: z.array(shapes.Event) }),
    async handle({ ctx, params }) {
      const view = await viewDossier(ctx, params.id)
      const { timeline } = view
      await recordView(ctx, view, 'events')
      const facts = await dossierEvents(ctx, params.id)
      const units = await show.unitsOf(ctx, facts.map((fact) => fact.unitId))
      const known = new Map(facts.map((fact) => [fact.id, fact]))
      const items = timeline.flatMap((entry) => {
        const fact = known.get(entry.id)
        if (!fact) return []
        const unit = units.get(fact.unitId ?? '')
        const named = fact.role && fact.role in ROLES ? fact.role : null
        return [{
          id: fact.id, name: fact.name, at: fact.at.toISOString(), actor: fact.actorKind === 'citizen' ? 'Người nộp' : fact.actorName, role: named, unit: unit?.code ?? null,
          unitName: unit?.name ?? null, sentence: entry.sentence, details: [...entry.details], data: dataFor(ctx, fact.name, fact.data),
        }]
      })
      return { items }
    },
  }),
]
