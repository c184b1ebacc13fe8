// What the applicant changes while a supplement waits: kept apart, seen by nobody else, sent as a whole or given up without loss.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import { orThrow } from '#core/errors.ts'
import * as facts from './events.ts'
import { needDossier } from './reading.ts'
import { canEdit, isOwner } from './rules.ts'
import type { Dossier } from './schema.ts'
import * as store from './store.ts'

/** Sent already and waiting to be mended: changes are kept apart until they are sent. */
export const isWaiting = (dossier: Pick<Dossier, 'state'>): boolean => dossier.state === 'YC_BO_SUNG' || dossier.state === 'YC_BS_TIEP_NHAN'

/** The dossier as it will be when the changes under way are sent; as it is when there are none. */
export async function withPending(reader: Reader, dossier: Dossier): Promise<Dossier> {
  if (!isWaiting(dossier)) return dossier
  const change = await store.pending(reader, dossier.id)
  return change ? { ...dossier, form: change.form, applicant: change.applicant } : dossier
}

/** Which parts this reader is shown: whoever prepares the supplement sees them as they will be. */
export const partsAs = (dossier: Dossier, ctx: Ctx, preparing: boolean): 'sent' | 'pending' => (isWaiting(dossier) && (preparing || isOwner(dossier, ctx.actor)) ? 'pending' : 'sent')

/** Whether anything was changed and not sent yet. */
export async function hasPending(reader: Reader, dossier: Dossier): Promise<boolean> {
  if (!isWaiting(dossier)) return false
  if (await store.pending(reader, dossier.id)) return true
  const [sent, next] = [await store.parts(reader, dossier.id), await store.parts(reader, dossier.id, 'pending')]
  return sent.length !== next.length || sent.some((one) => !next.some((other) => other.id === one.id))
}

/** The changes become the dossier's own, and now the facts are told. */
export async function sendPending(tx: Tx, ctx: Ctx, dossier: Dossier): Promise<Dossier> {
  const change = await store.pending(tx, dossier.id)
  const { added, removed } = await store.sendParts(tx, dossier.id, ctx.now)
  for (const one of added) await emit(tx, ctx, facts.partAdded, dossier.id, { part: one.part, source: one.source, file: one.file_id, sha256: null })
  for (const one of removed) await emit(tx, ctx, facts.partRemoved, dossier.id, { part: one.part, file: one.file_id })
  if (!change) return dossier
  await store.dropPending(tx, dossier.id)
  return store.update(tx, dossier, { form: change.form, applicant: change.applicant }, ctx.now)
}

/** Gives up the changes under way; what was handed in before stands as it was. */
export const cancelPending = act(z.object({ dossier: z.string() }), async (ctx, tx, input): Promise<Dossier> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  orThrow(canEdit(dossier, ctx.actor))
  if (!isWaiting(dossier)) return dossier
  await store.dropPending(tx, dossier.id)
  await store.dropParts(tx, dossier.id, ctx.now)
  return store.update(tx, dossier, {}, ctx.now)
})
