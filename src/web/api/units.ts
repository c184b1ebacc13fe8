// Units for programs: whom a code or name of any date means today. And the public look-up of a dossier by its code.

import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { AppError } from '#core/errors.ts'
import { track } from '#modules/dossiers/index.ts'
import { createLimiter } from '#modules/identity/index.ts'
import { deskFor, listPredecessors, listUnits, type Resolution, resolveUnit, type Said } from '#modules/org/index.ts'
import { Code } from './procedures.ts'
import { byOffset, page, paged } from './paging.ts'
import { route, type Route } from './route.ts'
import * as shapes from './shapes.ts'
import * as show from './show.ts'

const ofPart = {
  village: z.string().max(200).optional().describe('Thôn, tổ dân phố: đơn vị đã chia thì ra đúng nơi kế tục'), commune: z.string().max(60).optional().describe('Mã xã, phường bất kỳ, khi đơn vị hỏi là huyện, sở'),
  procedure: z.string().max(60).optional().describe('Mã thủ tục'), field: z.string().max(60).optional().describe('Mã lĩnh vực'),
}
type OfPart = { readonly [K in keyof typeof ofPart]?: string | undefined }

/** What is said of the matter; undefined when nothing is. */
function saidIn({ village, commune, procedure, field }: OfPart): Said | undefined {
  const said = { ...(village ? { words: village } : {}), ...(commune ? { commune } : {}), ...(procedure ? { procedure } : {}), ...(field ? { field } : {}) }
  return Object.keys(said).length === 0 ? undefined : said
}

async function resolvedOrNone(ctx: Ctx, text: string, on: string | undefined, said?: Said): Promise<Resolution[]> {
  try {
    return await resolveUnit(ctx.db, text, on, said)
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return []
    throw error
  }
}

/** Those whom the words mean exactly, the ended ones included; then living units whose names contain the words. */
async function find(ctx: Ctx, q: string | undefined, on: string | undefined, most: number): Promise<Resolution[]> {
  const exact = q ? await resolvedOrNone(ctx, q, on) : []
  const seen = new Set(exact.map((one) => one.asked.id))
  const alike = await listUnits(ctx.db, { q: q || undefined, limit: most + exact.length })
  const living = alike.filter((unit) => !seen.has(unit.id) && (on === undefined || unit.validFrom <= on))
  return [...exact, ...living.map((unit) => ({ asked: unit, live: unit, successors: [] }))].slice(0, most)
}

export const unitRoutes: readonly Route[] = [
  route({
    id: 'listUnits', method: 'GET', path: '/units', tag: 'Đơn vị', access: 'anyone', summary: 'Tìm đơn vị theo tên hoặc mã của bất kỳ thời nào; đơn vị nào nay chịu trách nhiệm.',
    query: z.object({
      q: z.string().max(300).optional().describe('Tên hoặc mã'), code: z.string().max(200).optional().describe('Đúng mã này'),
      on: z.iso.date().optional().describe('Mã, tên hiểu theo ngày này'), ...ofPart, ...paged,
    }),
    answer: page(shapes.UnitResolved),
    async handle({ ctx, query: { q, code, on, village, commune, procedure, field, ...paging } }) {
      const said = saidIn({ village, commune, procedure, field })
      const found = await byOffset(paging, (most) => (code ? resolvedOrNone(ctx, code, on, said) : find(ctx, q?.trim(), on, most)))
      return { items: found.items.map(show.resolved), next: found.next }
    },
  }),
  route({
    id: 'getUnit', method: 'GET', path: '/units/{code}', tag: 'Đơn vị', access: 'anyone', summary: 'Một đơn vị theo mã bất kỳ: nay là ai, từ đâu mà thành, nộp hồ sơ ở đâu.',
    params: Code, query: z.object({ on: z.iso.date().optional(), ...ofPart }),
    answer: z.strictObject({
      ...shapes.UnitResolved.shape,
      predecessors: z.array(z.strictObject({ ...shapes.Named.shape, partial: z.boolean(), on: shapes.Day })),
      receivedBy: shapes.Named.describe('Bộ phận một cửa nhận hồ sơ cho đơn vị'),
    }),
    async handle({ ctx, params, query }) {
      const found = (await resolveUnit(ctx.db, params.code, query.on, saidIn(query)))[0]!
      const [before, desk] = await Promise.all([listPredecessors(ctx.db, found.asked.id), deskFor(ctx.db, found.live, 'mot_cua')])
      return {
        ...show.resolved(found), receivedBy: { code: desk.code, name: desk.name },
        predecessors: before.map(({ unit, partial, on }) => ({ code: unit.code, name: unit.name, partial, on })),
      }
    },
  }),
]

const Tracked = z.strictObject({
  code: z.string(), procedure: z.string(), procedureName: z.string(), state: z.string(), stateLabel: z.string(), portalStatus: z.number().int().nullable(),
  applicant: z.string().describe('Đã che'), receivedByUnitName: z.string(), decidedByUnitName: z.string().nullable(), submittedAt: shapes.Instant.nullable(),
  acceptedAt: shapes.Instant.nullable(), dueAt: shapes.Instant.nullable(), finishedAt: shapes.Instant.nullable(), returnedAt: shapes.Instant.nullable(), clocks: shapes.Clocks,
})

const iso = (at: Date | null) => at?.toISOString() ?? null

/** Made once for each server: it counts the callers of this one. */
export function trackRoute(): Route {
  const limiter = createLimiter({ limit: 60, windowMs: 60_000 })
  return route({
    id: 'trackDossier', method: 'GET', path: '/track/{code}', tag: 'Hồ sơ', access: 'anyone', summary: 'Tra cứu công khai theo mã hồ sơ: trạng thái, ngày, cơ quan; họ tên được che.',
    params: Code, problems: { 429: 'quá 60 lần trong một phút từ một địa chỉ' }, answer: Tracked,
    async handle({ ctx, params, request, reply }) {
      const seconds = limiter.take(request.ip, ctx.now)
      if (seconds > 0) {
        reply.header('retry-after', String(seconds))
        throw new AppError(429, 'too_many', `Quá nhiều lần tra cứu. Xin chờ ${seconds} giây rồi thử lại.`)
      }
      const { procedureCode, versionId: _version, receivedBy, decidedBy, ...found } = await track(ctx, params.code)
      return {
        ...found, procedure: procedureCode, receivedByUnitName: receivedBy, decidedByUnitName: decidedBy, submittedAt: iso(found.submittedAt), acceptedAt: iso(found.acceptedAt),
        dueAt: iso(found.dueAt), finishedAt: iso(found.finishedAt), returnedAt: iso(found.returnedAt),
        clocks: show.clocks({ ...found.clocks, legal: { ...found.clocks.legal, pauseReason: null } }),
      }
    },
  })
}
