// Reading one dossier under the policy: a stranger is told that it does not exist.

import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { NotFound } from '#core/errors.ts'
import { canRead } from './rules.ts'
import type { Dossier } from './schema.ts'
import * as store from './store.ts'

const none = () => new NotFound('dossiers.none', 'Không có hồ sơ này, hoặc ông/bà không được xem. Xem lại mã hồ sơ.')

/** The dossier by id or code, when the actor may read it; locked until the transaction ends when asked. Throws NotFound. */
export async function needDossier(reader: Reader, ctx: Ctx, ref: string, hold?: 'lock'): Promise<Dossier> {
  const dossier = hold === 'lock' ? await store.lock(reader as Tx, ref) : await store.find(reader, ref)
  if (!dossier) throw none()
  if (!canRead({ ...dossier, parties: await store.parties(reader, dossier.id) }, ctx.actor)) throw none()
  return dossier
}
