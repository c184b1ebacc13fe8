// Files that are somebody's: received, kept once by their content, one row for each use.

import { Readable } from 'node:stream'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { NotFound } from '#core/errors.ts'
import * as storage from './storage.ts'


export interface StoredFile {
  readonly id: string
  readonly sha256: string
  readonly name: string
  readonly type: string
  readonly size: number
  /** Whose file it is, e.g. `dossier:<id>`; the module that owns the subject decides who may read it. */
  readonly subject: string
  readonly createdAt: Date
}

/** Receives a file before any transaction. What nobody keeps afterwards is only space, never a fault. */
export const stageFile = (ctx: Ctx, stream: Readable, name: string) => storage.stage(ctx.dataDir, stream, name)

/** Receives bytes that the platform itself made. */
export const stageBytes = (ctx: Ctx, bytes: Uint8Array, name: string) => storage.stage(ctx.dataDir, Readable.from([Buffer.from(bytes)]), name)

/** Makes a received file the subject's own. */
export async function keepFile(tx: Tx, ctx: Ctx, staged: storage.Staged, subject: string): Promise<StoredFile> {
  await tx
    .insertInto('files.blob')
    .values({ sha256: staged.sha256, size: staged.size, created_at: ctx.now })
    .onConflict((c) => c.column('sha256').doNothing())
    .execute()
  const by = ctx.actor.kind === 'citizen' || ctx.actor.kind === 'officer' ? `${ctx.actor.kind}:${ctx.actor.id}` : ctx.actor.kind
  const { id } = await tx
    .insertInto('files.file')
    .values({ sha256: staged.sha256, name: staged.name, type: staged.type, size: staged.size, subject, created_at: ctx.now, created_by: by })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { sha256: staged.sha256, name: staged.name, type: staged.type, size: staged.size, id, subject, createdAt: ctx.now }
}

/** The row of a file. Throws NotFound. Says nothing on who may read it. */
export async function getFile(reader: Reader, id: string): Promise<StoredFile> {
  const row = await reader.selectFrom('files.file').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound('files.none', 'Không có tệp này.')
  return { id: row.id, sha256: row.sha256, name: row.name, type: row.type, size: row.size, subject: row.subject, createdAt: row.created_at }
}

export async function listFiles(reader: Reader, ids: readonly string[]): Promise<Map<string, StoredFile>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.selectFrom('files.file').selectAll().where('id', 'in', [...ids]).execute()
  return new Map(rows.map((row) => [row.id, { id: row.id, sha256: row.sha256, name: row.name, type: row.type, size: row.size, subject: row.subject, createdAt: row.created_at }]))
}

/** The content as a stream. */
export const openFile = (ctx: Ctx, file: Pick<StoredFile, 'sha256'>) => storage.read(ctx.dataDir, file.sha256)
