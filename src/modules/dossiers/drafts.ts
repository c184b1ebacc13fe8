// A paper as it would look if the step were finished now: set for the officer to read before it is issued, kept nowhere.

import type { Ctx } from '#core/ctx.ts'
import { Conflict, orThrow } from '#core/errors.ts'
import { renderPdf } from '#core/print/index.ts'
import { getVersion } from '#modules/procedures/index.ts'
import { canComplete } from '#modules/work/index.ts'
import * as papers from './papers.ts'
import { workItem } from './queries.ts'
import type { Reason } from './schema.ts'
import { reasonsOf } from './steps.ts'

/** The draft as a PDF, for whoever may finish the item. Throws NotFound, Forbidden, Conflict('dossiers.no_draft') when the outcome issues no paper. */
export async function draftOf(ctx: Ctx, input: { item: string; outcome: string; reasons: readonly string[]; note: string | null }): Promise<Uint8Array> {
  const { item, dossier } = await workItem(ctx, input.item)
  orThrow(canComplete(item, ctx.actor))
  const version = await getVersion(ctx.db, dossier.versionId)
  const said: Reason[] = reasonsOf(version, input.reasons)
  const reasons = said.length > 0 ? said : [{ code: 'khac', text: input.note?.trim() || '(chưa chọn lý do)', clause: null }]
  const look = { createdAt: ctx.now }
  switch (item.outcomes.find((one) => one.key === input.outcome)?.effect) {
    case 'refuse':
      return renderPdf('refusal', await papers.refusalData(ctx, ctx.db, dossier, reasons), look)
    case 'request_supplement':
      return renderPdf('supplement-request', await papers.supplementData(ctx, ctx.db, dossier, item.unitId ?? dossier.receivedUnitId, reasons), look)
    case 'reject':
      return renderPdf('unresolved-notice', await papers.unresolvedData(ctx, ctx.db, dossier, reasons), look)
    case 'approve':
    case 'sign':
    case 'number':
      return renderPdf('result', await papers.resultData(ctx, ctx.db, dossier, version, '……/……'), look)
    default:
      throw new Conflict('dossiers.no_draft', 'Việc này không phát hành giấy tờ nào để xem trước.')
  }
}
