// Trials as the workshop shows them: figures for whoever may read drafts; cases by their code, without anything of the person.

import type { Ctx } from '#core/ctx.ts'
import { Forbidden, NotFound } from '#core/errors.ts'
import { holds } from '#core/policy/actor.ts'
import { historySpan } from '#modules/dossiers/index.ts'
import { PROCEDURE_READERS } from '#modules/procedures/index.ts'
import type { Trial, TrialCase } from './schema.ts'
import * as store from './store.ts'

function needReader(ctx: Ctx): void {
  if (ctx.actor.kind === 'system' || holds(ctx.actor, PROCEDURE_READERS)) return
  throw new Forbidden('trials.not_reader', 'Kết quả thử dành cho cán bộ kiểm soát thủ tục hành chính và quản trị hệ thống.')
}

/** A trial of this draft. Throws NotFound, Forbidden. */
export async function getTrial(ctx: Ctx, draftId: string, id: string): Promise<Trial> {
  needReader(ctx)
  const trial = await store.find(ctx.db, id)
  if (!trial || trial.draftId !== draftId) throw new NotFound('trials.none', 'Không có lần thử này. Xem các lần thử ở thẻ Lịch sử của bản nháp.')
  return trial
}

export async function listTrials(ctx: Ctx, draftId: string): Promise<Trial[]> {
  needReader(ctx)
  return store.listOf(ctx.db, draftId)
}

/** The cases behind a figure. Throws Forbidden. */
export async function trialCases(ctx: Ctx, id: string, tag: string, page: { readonly limit: number; readonly offset: number }): Promise<{ cases: TrialCase[]; total: number }> {
  needReader(ctx)
  return store.casesOf(ctx.db, id, tag, page)
}

/** When dossiers of this procedure came, and how many. */
export async function pastOf(ctx: Ctx, code: string): Promise<{ first: Date | null; last: Date | null; count: number }> {
  needReader(ctx)
  return historySpan(ctx.db, code)
}
