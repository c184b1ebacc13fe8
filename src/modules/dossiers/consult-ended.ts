// Questions whose process has ended with the dossier or with the step that asked: they are closed too, so that nobody answers into the void.

import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { findItem } from '#modules/work/index.ts'
import * as store from './consult-store.ts'
import { consultationWithdrawn } from './events.ts'
import { receive } from './handover.ts'
import type { Dossier } from './schema.ts'

/** Closes every open question of the dossier that is on nobody's desk any more. */
export async function closeEnded(tx: Tx, ctx: Ctx, dossier: Pick<Dossier, 'id' | 'code'>, reason: string): Promise<void> {
  for (const one of await store.consultations(tx, dossier.id)) {
    if (one.state !== 'open') continue
    const item = await findItem(tx, one.answerItemId)
    if (item?.state !== 'cancelled') continue
    await store.changeConsultation(tx, one.id, { state: 'withdrawn', settledAt: ctx.now, withdrawnReason: reason })
    await receive(tx, item, { officer: null, name: null }, ctx.now)
    const unit = await getUnit(tx, one.unitId)
    await emit(tx, ctx, consultationWithdrawn, dossier.id, { code: dossier.code!, consultation: one.id, unit: one.unitId, unitName: unit.name, reason })
  }
}
