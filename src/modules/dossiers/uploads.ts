// Files that came in pieces: whether one may come at all, and making a whole one a paper or an answer of the dossier, exactly once.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { Invalid, orThrow } from '#core/errors.ts'
import { dropBytes, getUpload, holdUpload, keepFile, settleUpload, type Staged, stageUpload, type Upload, type UploadResult } from '#modules/files/index.ts'
import { getVersion, type Version } from '#modules/procedures/index.ts'
import { placeAnswer, placePart } from './placing.ts'
import { needDossier } from './reading.ts'
import { canEdit } from './rules.ts'
import type { Dossier } from './schema.ts'

/** `file.<part>` is a paper, anything else the key of a question of type `file`. */
const PART = /^file\.(.+)$/

export const uploadSubject = (dossier: Pick<Dossier, 'id'>): string => `dossier:${dossier.id}`

function mustKnow(version: Version, field: string): void {
  const part = PART.exec(field)?.[1]
  const known = part
    ? version.record.parts.some((one) => one.id === part)
    : version.record.form.sections.some(({ questions }) => questions.some(({ key, type }) => key === field && type === 'file'))
  if (!known) throw new Invalid([{ key: 'field', message: 'Hồ sơ này không có chỗ nhận tệp đó. Tải lại trang rồi chọn lại tệp.' }])
}

/** The dossier, when this actor may send a file for `field` into it now. Throws NotFound for strangers, Forbidden, Conflict, Invalid. */
export async function mayUpload(ctx: Ctx, ref: string, field?: string): Promise<Dossier> {
  const dossier = await needDossier(ctx.db, ctx, ref)
  orThrow(canEdit(dossier, ctx.actor))
  if (field !== undefined) mustKnow(await getVersion(ctx.db, dossier.versionId), field)
  return dossier
}

/**
 * Makes a whole upload what it was sent for, or remembers the sentence that refuses it; asked again, answers the same. Throws
 * Conflict('files.unfinished') before the last byte, and as `mayUpload` when the dossier may no longer be edited.
 */
export async function takeUpload(ctx: Ctx, ref: string, id: string): Promise<UploadResult> {
  const dossier = await mayUpload(ctx, ref)
  const upload = await getUpload(ctx, id, uploadSubject(dossier))
  if (upload.result) return upload.result
  const staged = await judged(ctx, upload)
  const result = await inTransaction(ctx.db, async (tx) => {
    const locked = await needDossier(tx, ctx, dossier.id, 'lock')
    const before = await holdUpload(tx, id)
    if (before) return before
    orThrow(canEdit(locked, ctx.actor))
    const made = 'refused' in staged ? { ok: false, id: null, message: staged.refused } : await make(tx, ctx, locked, upload, staged)
    await settleUpload(tx, ctx, id, made)
    return made
  })
  await dropBytes(ctx.dataDir, id)
  return result
}

async function judged(ctx: Ctx, upload: Upload): Promise<Staged | { refused: string }> {
  try {
    return await stageUpload(ctx, upload)
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return { refused: `${upload.name}: ${error.fields[0]?.message ?? error.message}` }
  }
}

async function make(tx: Tx, ctx: Ctx, dossier: Dossier, upload: Upload, staged: Staged): Promise<UploadResult> {
  mustKnow(await getVersion(tx, dossier.versionId), upload.field)
  const file = await keepFile(tx, ctx, staged, uploadSubject(dossier))
  const message = [`Đã nhận ${file.name}.`, staged.note].filter(Boolean).join(' ')
  const part = PART.exec(upload.field)?.[1]
  if (!part) {
    await placeAnswer(tx, ctx, dossier, upload.field, file)
    return { ok: true, id: file.id, message }
  }
  return { ok: true, id: (await placePart(tx, ctx, dossier, { part, file, by: upload.by })).id, message }
}
