// Work in hand for programs: the caller's own worklist, taking, giving back and finishing a piece.

import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { Invalid, NotFound, orThrow } from '#core/errors.ts'
import { completeStep, workItem, worklist, type WorkRow } from '#modules/dossiers/index.ts'
import { canComplete, claim, listItems, release } from '#modules/work/index.ts'
import { reasonsAndNote } from './acts.ts'
import { ActBody } from './inputs.ts'
import { decodeCursor, encodeCursor, page, paged } from './paging.ts'
import { patiently } from '#core/db/patience.ts'
import { route, type Route } from './route.ts'
import * as shapes from './shapes.ts'
import * as show from './show.ts'

const Mark = z.tuple([z.literal('w'), z.iso.datetime().nullable(), z.uuid()])
const Item = z.object({ id: z.string().max(100) })

const PROBLEMS = { 401: 'chưa đăng nhập', 403: 'việc không thuộc vị trí công tác này', 409: 'người khác đã làm trước' }

/** Throws NotFound for an item whose dossier the caller may not read. */
async function needItem(ctx: Ctx, id: string): Promise<WorkRow> {
  if (!z.uuid().safeParse(id).success) throw new NotFound('work.no_item', 'Không có việc này, hoặc việc không thuộc bàn của ông/bà.')
  return patiently(() => workItem(ctx, id))
}

const one = async (ctx: Ctx, id: string) => (await show.workItems(ctx, [await needItem(ctx, id)]))[0]!

const Next = z.strictObject({ id: z.uuid(), step: z.string(), name: z.string(), role: z.string(), unit: z.string().nullable(), unitName: z.string().nullable(), dueAt: shapes.Instant.nullable() })

async function nextOf(ctx: Ctx, dossierId: string): Promise<z.input<typeof Next>[]> {
  const open = (await patiently(() => listItems(ctx.db, dossierId))).filter((item) => item.state === 'open' || item.state === 'claimed')
  const units = await show.unitsOf(ctx, open.map((item) => item.unitId))
  return open.map((item) => {
    const unit = units.get(item.unitId ?? '')
    return { id: item.id, step: item.step, name: item.name, role: item.role, unit: unit?.code ?? null, unitName: unit?.name ?? null, dueAt: item.dueAt?.toISOString() ?? null }
  })
}

export const workRoutes: readonly Route[] = [
  route({
    id: 'listWork', method: 'GET', path: '/work', tag: 'Việc', access: 'signed-in', summary: 'Việc đang chờ người gọi, đến hạn trước xếp trước.',
    query: z.object({ dossier: z.string().max(200).optional().describe('Chỉ việc của hồ sơ này'), claimed: z.enum(['mine', 'nobody']).optional(), ...paged }),
    problems: { 401: 'chưa đăng nhập' }, answer: page(shapes.WorkItem),
    async handle({ ctx, query: { dossier, claimed, cursor, limit } }) {
      const mark = decodeCursor(Mark, cursor)
      const after = mark && { dueAt: mark[1] === null ? null : new Date(mark[1]), id: mark[2] }
      const rows = await worklist(ctx, { dossier: dossier || undefined, claimed, limit: limit + 1, after })
      const items = rows.slice(0, limit)
      const last = items.at(-1)?.item
      return { items: await show.workItems(ctx, items), next: rows.length > limit && last ? encodeCursor(['w', last.dueAt?.toISOString() ?? null, last.id]) : null }
    },
  }),
  route({
    id: 'completeWork', method: 'POST', path: '/work/{id}/completion', tag: 'Việc', access: 'signed-in', summary: 'Làm xong một việc với một trong các kết quả của nó.',
    params: Item, before: async (ctx, params) => orThrow(canComplete((await needItem(ctx, params.id)).item, ctx.actor)),
    body: ActBody.extend({ outcome: z.string('Chọn một kết quả (outcome) trong outcomes của việc.').min(1, 'Chọn một kết quả (outcome) trong outcomes của việc.').max(100) }),
    problems: PROBLEMS,
    answer: z.strictObject({ id: z.uuid(), dossier: z.string(), state: z.string(), stateLabel: z.string(), outcome: z.string(), next: z.array(Next) }),
    async handle({ ctx, params, body }) {
      const { item, dossier } = await needItem(ctx, params.id)
      if (!item.outcomes.some((outcome) => outcome.key === body.outcome)) {
        const known = item.outcomes.map((outcome) => `${outcome.key} (${outcome.label})`).join(', ')
        throw new Invalid([{ key: 'outcome', message: `Bước “${item.name}” không có kết quả “${body.outcome}”. Chọn một trong: ${known}.` }])
      }
      const after = await completeStep(ctx, { item: item.id, outcome: body.outcome, ...(await reasonsAndNote(ctx, dossier.versionId, body)) })
      const { code, state, stateLabel } = show.brief(after)
      return { id: item.id, dossier: code ?? after.id, state, stateLabel, outcome: body.outcome, next: await nextOf(ctx, after.id) }
    },
  }),
  route({
    id: 'claimWork', method: 'POST', path: '/work/{id}/claim', tag: 'Việc', access: 'signed-in', summary: 'Nhận một việc về bàn mình.', params: Item, problems: PROBLEMS, answer: shapes.WorkItem,
    async handle({ ctx, params }) {
      await claim(ctx, { item: (await needItem(ctx, params.id)).item.id })
      return one(ctx, params.id)
    },
  }),
  route({
    id: 'releaseWork', method: 'POST', path: '/work/{id}/release', tag: 'Việc', access: 'signed-in', summary: 'Trả một việc đã nhận về danh sách chung.', params: Item, problems: PROBLEMS, answer: shapes.WorkItem,
    async handle({ ctx, params }) {
      await release(ctx, { item: (await needItem(ctx, params.id)).item.id })
      return one(ctx, params.id)
    },
  }),
]
