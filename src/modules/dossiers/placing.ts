// A file put in its place, as a paper or as an answer: at once in a draft, beside the dossier while its supplement is being prepared.

import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import type { StoredFile } from '#modules/files/index.ts'
import * as facts from './events.ts'
import { isWaiting, withPending } from './pending.ts'
import type { Dossier, DossierPart } from './schema.ts'
import * as store from './store.ts'

interface Placed {
  readonly part: string
  readonly file: StoredFile
  readonly by: string
  readonly reusedFrom?: string
}

export async function placePart(tx: Tx, ctx: Ctx, dossier: Dossier, { part, file, by, reusedFrom }: Placed): Promise<DossierPart> {
  const pending = isWaiting(dossier)
  const row = await store.addPart(tx, { dossierId: dossier.id, part, source: 'file', fileId: file.id, by, at: ctx.now, pending })
  if (!pending) await emit(tx, ctx, facts.partAdded, dossier.id, { part, source: 'file', file: file.id, sha256: file.sha256, reusedFrom })
  return row
}

export async function placeAnswer(tx: Tx, ctx: Ctx, dossier: Dossier, key: string, file: StoredFile): Promise<void> {
  const known = await withPending(tx, dossier)
  const form = { ...known.form, [key]: file.id }
  if (isWaiting(dossier)) await store.setPending(tx, dossier.id, { form, applicant: known.applicant }, ctx.now)
  await store.update(tx, dossier, isWaiting(dossier) ? {} : { form }, ctx.now)
}
