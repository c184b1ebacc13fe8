// A paper as it would look if the step were finished now: set for the officer to read before it is issued, kept nowhere.

import type { Ctx } from '#core/ctx.ts'
import { Conflict, orThrow } from '#core/errors.ts'
import { canComplete } from '#modules/work/index.ts'
import { paperOfEffect, previewPaper } from './prints-preview.ts'
import { workItem } from './queries.ts'
import type { GivenReason } from './reasons.ts'

/** The draft as a PDF, for whoever may finish the item. Throws NotFound, Forbidden, Conflict('dossiers.no_draft') when the outcome issues no paper. */
export async function draftOf(ctx: Ctx, input: { item: string; outcome: string; reasons: readonly GivenReason[]; note: string | null }): Promise<Uint8Array> {
  const { item, dossier } = await workItem(ctx, input.item)
  orThrow(canComplete(item, ctx.actor))
  const kind = paperOfEffect(item.outcomes.find((one) => one.key === input.outcome)?.effect)
  if (!kind) throw new Conflict('dossiers.no_draft', 'Việc này không phát hành giấy tờ nào để xem trước.')
  return previewPaper(ctx, { dossier: dossier.id, kind, reasons: input.reasons, note: input.note, item: item.id })
}
