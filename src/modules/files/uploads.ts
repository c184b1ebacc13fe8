// Uploads that may stop and go on: a row each, from the first byte until the file is somebody's, exactly once; bytes so far in DATA_DIR.

import { createReadStream } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { addMinutes } from './rules.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Conflict, NotFound } from '#core/errors.ts'
import * as rules from './rules.ts'
import * as storage from './storage.ts'

/** What became of an upload: the id of the thing it was made (a part, an answer's file), or the sentence that refuses it. */
export interface UploadResult {
  readonly ok: boolean
  readonly id: string | null
  readonly message: string
}

export interface Upload {
  readonly id: string
  /** e.g. `dossier:<id>` */
  readonly subject: string
  readonly field: string
  readonly name: string
  readonly size: number
  readonly by: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly result: UploadResult | null
}

const columns = ['id', 'subject', 'field', 'name', 'size', 'created_by', 'created_at', 'expires_at', 'result'] as const

interface Row {
  id: string
  subject: string
  field: string
  name: string
  size: string | number | bigint
  created_by: string
  created_at: Date
  expires_at: Date
  result: unknown
}

const uploadOf = (row: Row): Upload => ({
  id: row.id, subject: row.subject, field: row.field, name: row.name, size: Number(row.size), by: row.created_by, createdAt: row.created_at,
  expiresAt: row.expires_at, result: row.result as UploadResult | null,
})

/** Where the bytes so far lie; all server processes must share this folder. */
export const partialDir = (dataDir: string): string => join(dataDir, 'files', 'partial')

export const ownerOf = (ctx: Ctx): string => (ctx.actor.kind === 'citizen' || ctx.actor.kind === 'officer' ? `${ctx.actor.kind}:${ctx.actor.id}` : ctx.actor.kind)

/** Notes the beginning of an upload. Throws Invalid: empty, larger than allowed, or too many begun and not finished. */
export async function beginUpload(ctx: Ctx, given: { id: string; subject: string; field: string; name: string; size: number }): Promise<void> {
  if (given.size === 0) throw rules.empty()
  if (given.size > rules.MAX_FILE_BYTES) throw rules.tooLarge()
  const by = ownerOf(ctx)
  const open = await ctx.db
    .selectFrom('files.upload')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('created_by', '=', by)
    .where('done_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .executeTakeFirstOrThrow()
  if (Number(open.n) >= rules.MOST_OPEN_UPLOADS) throw rules.tooManyOpen()
  await ctx.db
    .insertInto('files.upload')
    .values({
      id: given.id, subject: given.subject, field: given.field, name: given.name.normalize('NFC').slice(0, 300), size: given.size, created_by: by, created_at: ctx.now,
      expires_at: addMinutes(ctx.now, rules.PARTIAL_MINUTES),
    })
    .execute()
}

/** An upload of this actor for this subject. Throws NotFound for anybody else's, so that a stranger learns nothing. */
export async function getUpload(ctx: Ctx, id: string, subject: string): Promise<Upload> {
  const row = await ctx.db.selectFrom('files.upload').select(columns).where('id', '=', id).where('subject', '=', subject).where('created_by', '=', ownerOf(ctx)).executeTakeFirst()
  if (!row || row.expires_at <= ctx.now) throw new NotFound('files.no_upload', 'Lần gửi tệp này đã hết hạn hoặc không có. Chọn lại tệp để gửi.')
  return uploadOf(row)
}

export interface OpenUpload extends Upload {
  /** Bytes that have come. */
  readonly offset: number
}

/** Begun by this actor for the subject and not finished, oldest first: to be gone on with. */
export async function listOpenUploads(ctx: Ctx, subject: string): Promise<OpenUpload[]> {
  const rows = await ctx.db
    .selectFrom('files.upload')
    .select(columns)
    .where('subject', '=', subject)
    .where('created_by', '=', ownerOf(ctx))
    .where('done_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .orderBy('created_at')
    .execute()
  return Promise.all(rows.map(async (row) => ({ ...uploadOf(row), offset: await offsetOf(ctx.dataDir, row.id) })))
}

const offsetOf = (dataDir: string, id: string): Promise<number> => stat(join(partialDir(dataDir), id)).then(({ size }) => size, () => 0)

/** Judges and stores the whole content. Throws Conflict('files.unfinished') before the last byte, Invalid as `stageFile`. */
export async function stageUpload(ctx: Ctx, upload: Upload): Promise<storage.Staged> {
  if ((await offsetOf(ctx.dataDir, upload.id)) !== upload.size) {
    throw new Conflict('files.unfinished', 'Tệp chưa gửi xong. Chọn lại đúng tệp đó để gửi tiếp từ chỗ dở.')
  }
  return storage.stage(ctx.dataDir, createReadStream(join(partialDir(ctx.dataDir), upload.id)), upload.name)
}

/** Holds the upload until the transaction ends; what became of it already, or null when it is this caller's to settle. */
export async function holdUpload(tx: Tx, id: string): Promise<UploadResult | null> {
  const row = await tx.selectFrom('files.upload').select('result').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new NotFound('files.no_upload', 'Lần gửi tệp này đã hết hạn hoặc không có. Chọn lại tệp để gửi.')
  return row.result as UploadResult | null
}

export async function settleUpload(tx: Tx, ctx: Ctx, id: string, result: UploadResult): Promise<void> {
  await tx
    .updateTable('files.upload')
    .set({ done_at: ctx.now, result: JSON.stringify(result), expires_at: addMinutes(ctx.now, rules.DONE_MINUTES) })
    .where('id', '=', id)
    .execute()
}

/** The bytes of a settled or abandoned upload; the row of a settled one stays a day, so that a lost answer can be asked for again. */
export async function dropBytes(dataDir: string, id: string): Promise<void> {
  await Promise.all([rm(join(partialDir(dataDir), id), { force: true }), rm(join(partialDir(dataDir), `${id}.json`), { force: true })])
}

/** The person gives an upload up. */
export async function abandonUpload(ctx: Ctx, upload: Upload): Promise<void> {
  await ctx.db.deleteFrom('files.upload').where('id', '=', upload.id).where('done_at', 'is', null).execute()
  await dropBytes(ctx.dataDir, upload.id)
}

/** Removes what nobody goes on with: rows past their time with their bytes, and side files of requests that broke off long ago. Idempotent. */
export async function sweepUploads(ctx: Ctx): Promise<number> {
  const gone = await ctx.db.deleteFrom('files.upload').where('expires_at', '<=', ctx.now).returning('id').execute()
  for (const { id } of gone) await dropBytes(ctx.dataDir, id)
  const incoming = join(ctx.dataDir, 'files', 'incoming')
  for (const name of await readdir(incoming).catch(() => [])) {
    const path = join(incoming, name)
    const age = await stat(path).then(({ mtimeMs }) => ctx.now.getTime() - mtimeMs, () => 0)
    if (age > rules.DONE_MINUTES * 60_000) await rm(path, { force: true })
  }
  return gone.length
}
