// A paper that a citizen has handed in once need not be photographed again: offered from their own earlier dossiers, taken over with one press.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { NotFound, orThrow } from '#core/errors.ts'
import { getFile, keepFile, listFiles, type StoredFile } from '#modules/files/index.ts'
import { getVersion, type Version } from '#modules/procedures/index.ts'
import { partsAs } from './pending.ts'
import { placePart } from './placing.ts'
import { needDossier } from './reading.ts'
import { canEdit } from './rules.ts'
import type { Dossier, DossierPart } from './schema.ts'
import * as store from './store.ts'

/** Of so many of the newest earlier papers; older ones are seldom what an office wants. */
const LOOKED_AT = 60
/** Offered for one paper. */
const OFFERED = 3

export interface Reusable {
  /** id of the part it was in the earlier dossier */
  readonly from: string
  /** part of this dossier that it would answer */
  readonly part: string
  readonly file: StoredFile
  readonly dossierCode: string
  readonly procedureName: string
  readonly addedAt: Date
}

/** The kind of document that a part is, where the record names one; the form of the dossier itself is written anew each time. */
const kindsOf = (version: Version): ReadonlyMap<string, string> =>
  new Map(version.record.parts.flatMap((part) => (part.documentType && !part.formNo ? [[part.id, part.documentType] as const] : [])))

async function earlierParts(reader: Reader, citizen: string, except: string) {
  return reader
    .selectFrom('dossiers.part as p')
    .innerJoin('dossiers.dossier as d', 'd.id', 'p.dossier_id')
    .select(['p.id', 'p.part', 'p.file_id', 'p.added_at', 'd.code', 'd.procedure_name', 'd.version_id'])
    .where('d.citizen_id', '=', citizen)
    .where('d.id', '!=', except)
    .where('d.submitted_at', 'is not', null)
    .where('p.file_id', 'is not', null)
    .where('p.removed_at', 'is', null)
    .where('p.pending', '=', false)
    .orderBy('p.added_at', 'desc')
    .limit(LOOKED_AT)
    .execute()
}

/**
 * Papers of the signed-in citizen's own dossiers, already handed in, of the same kind of document as a part of this one; newest first, the
 * same content once. Nothing for officers: another person's papers are not theirs to hand in.
 */
export async function listReusable(ctx: Ctx, dossier: Dossier, version: Version): Promise<Reusable[]> {
  if (ctx.actor.kind !== 'citizen' || dossier.citizenId !== ctx.actor.id) return []
  const wanted = kindsOf(version)
  if (wanted.size === 0) return []
  const rows = await earlierParts(ctx.db, ctx.actor.id, dossier.id)
  const [files, versions, mine] = await Promise.all([
    listFiles(ctx.db, rows.map((row) => row.file_id!)),
    Promise.all([...new Set(rows.map((row) => row.version_id))].map(async (id) => [id, kindsOf(await getVersion(ctx.db, id))] as const)).then((all) => new Map(all)),
    store.parts(ctx.db, dossier.id, partsAs(dossier, ctx, true)),
  ])
  const have = new Set([...(await listFiles(ctx.db, mine.flatMap(({ fileId }) => fileId ?? []))).values()].map(({ sha256 }) => sha256))
  return [...wanted].flatMap(([part, kind]) => {
    const seen = new Set(have)
    return rows
      .filter((row) => versions.get(row.version_id)?.get(row.part) === kind)
      .flatMap((row) => {
        const file = files.get(row.file_id!)
        if (!file || seen.has(file.sha256)) return []
        seen.add(file.sha256)
        return [{ from: row.id, part, file, dossierCode: row.code ?? '', procedureName: row.procedure_name, addedAt: row.added_at }]
      })
      .slice(0, OFFERED)
  })
}

export const ReuseInput = z.object({ dossier: z.string(), part: z.string(), from: z.uuid() })

/** Takes an offered paper over: the same content, a file of this dossier. Throws NotFound unless it is offered to this actor now. */
export const reusePart = act(ReuseInput, async (ctx, tx, input): Promise<DossierPart> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  orThrow(canEdit(dossier, ctx.actor))
  const offered = await listReusable({ ...ctx, db: tx as unknown as Ctx['db'] }, dossier, await getVersion(tx, dossier.versionId))
  const found = offered.find((one) => one.from === input.from && one.part === input.part)
  if (!found) throw new NotFound('dossiers.no_reuse', 'Không còn giấy tờ này để dùng lại. Tải lại trang, hoặc chụp và gửi giấy tờ mới.')
  const { name, type, size, sha256 } = await getFile(tx, found.file.id)
  const file = await keepFile(tx, ctx, { name, type, size, sha256 }, `dossier:${dossier.id}`)
  return placePart(tx, ctx, dossier, { part: input.part, file, by: `citizen:${dossier.citizenId}`, reusedFrom: found.from })
})
