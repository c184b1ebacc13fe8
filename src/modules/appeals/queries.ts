// What screens and programs ask about appeals, always under the policy.

import type { Ctx } from '#core/ctx.ts'
import { NotFound, type Refusal } from '#core/errors.ts'
import { type Actor, holds } from '#core/policy/actor.ts'
import { canContest, contested, type Contested, type Dossier, listPapers, needDossier, type Paper, trailOf } from '#modules/dossiers/index.ts'
import { canDecide, canSee, JUDGES } from './rules.ts'
import type { Appeal } from './schema.ts'
import * as store from './store.ts'

/** Whether the actor's posts ever judge appeals: the entry on the rail. */
export const judges = (actor: Actor): boolean => holds(actor, JUDGES)

/** Appeals this reader may see: open ones first, the most urgent on top. */
export const listAppeals = (ctx: Ctx, filter: { open?: boolean; limit?: number } = {}): Promise<Appeal[]> =>
  store.list(ctx.db, ctx.actor, { open: filter.open, limit: Math.min(filter.limit ?? 100, 500) })

export const countAppeals = (ctx: Ctx): Promise<{ total: number; late: number }> => store.countOpen(ctx.db, ctx.actor, ctx.now)

/** One appeal, with whether this reader may decide it. Throws NotFound for strangers. */
export async function viewAppeal(ctx: Ctx, id: string): Promise<{ appeal: Appeal; decide: Refusal | null }> {
  const appeal = /^[0-9a-f-]{36}$/i.test(id) ? await store.find(ctx.db, { id }) : null
  if (!appeal || !canSee(appeal, ctx.actor)) throw new NotFound('appeals.none', 'Không có đề nghị này, hoặc ông/bà không được xem.')
  return { appeal, decide: canDecide(appeal, ctx.actor) }
}

/** Appeals about a dossier, and what could be appealed against now. For whoever may read the dossier. */
export async function appealsOf(ctx: Ctx, ref: string): Promise<{ appeals: Appeal[]; open: Contested | null; lodge: Refusal | null }> {
  const dossier = await needDossier(ctx.db, ctx, ref)
  const [appeals, papers] = [await store.ofDossier(ctx.db, dossier.id), await listPapers(ctx.db, dossier)]
  const found = contested(ctx, dossier, papers)
  const known = found && appeals.find((one) => one.paperId === found.paper.id)
  const refused = canContest(ctx, dossier, papers)
  return { appeals, open: known ? null : found, lodge: known ? { code: 'appeals.lodged', message: 'Đề nghị xem xét lại đã được gửi.', kind: 'conflict' } : refused }
}

/** The trail of the dossier that an appeal is about, for whoever may see the appeal at the unit above. Throws NotFound for strangers. */
export async function appealFile(ctx: Ctx, id: string) {
  const found = await viewAppeal(ctx, id)
  if (ctx.actor.kind !== 'officer') throw new NotFound('appeals.none', 'Không có đề nghị này, hoặc ông/bà không được xem.')
  const file = await trailOf(ctx, found.appeal.dossierId)
  return { ...found, ...file, paper: file.papers.find((one) => one.id === found.appeal.paperId) ?? null }
}

/** The contested paper as PDF data, for whoever may see the appeal. */
export async function appealPaper(ctx: Ctx, id: string, paper: string): Promise<{ dossier: Dossier; paper: Paper }> {
  const file = await appealFile(ctx, id)
  const found = file.papers.find((one) => one.id === paper)
  if (!found) throw new NotFound('dossiers.no_paper', 'Hồ sơ chưa có giấy tờ này.')
  return { dossier: file.dossier, paper: found }
}
