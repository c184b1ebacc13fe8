// SQL of drafts: the record being written, every save of it, and who has it open.

import { sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { DraftPart, DraftRecord, PartValue } from './draft-parts.ts'

export type DraftState = 'open' | 'published' | 'dropped'
export type DraftOrigin = 'version' | 'scratch' | 'copy' | 'file'

export interface DraftRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly record: DraftRecord
  readonly revision: number
  readonly state: DraftState
  readonly origin: DraftOrigin
  readonly baseVersion: string | null
  readonly sourceVersion: string | null
  readonly begunAt: Date
  readonly begunByName: string
  readonly touchedAt: Date
  readonly touchedByName: string
  readonly submitted: { readonly at: Date; readonly byName: string } | null
  readonly closedAt: Date | null
  readonly closedByName: string | null
  readonly closedNote: string | null
  readonly versionId: string | null
}

type Row = {
  id: string; code: string; record: unknown; revision: number; state: string; origin: string; base_version: string | null; source_version: string | null; begun_at: Date; begun_by_name: string; touched_at: Date
  touched_by_name: string; submitted_revision: number | null; submitted_at: Date | null; submitted_by_name: string | null; closed_at: Date | null; closed_by_name: string | null
  closed_note: string | null; version_id: string | null
}

function draftOf(row: Row): DraftRow {
  const record = row.record as DraftRecord
  const { submitted_at: at, submitted_by_name: byName } = row
  return {
    id: row.id, code: row.code, record, name: typeof record.name === 'string' && record.name ? record.name : `Thủ tục ${row.code}`, revision: row.revision, state: row.state as DraftState,
    origin: row.origin as DraftOrigin, baseVersion: row.base_version, sourceVersion: row.source_version, begunAt: row.begun_at, begunByName: row.begun_by_name, touchedAt: row.touched_at, touchedByName: row.touched_by_name,
    submitted: row.submitted_revision === row.revision && at && byName ? { at, byName } : null,
    closedAt: row.closed_at, closedByName: row.closed_by_name, closedNote: row.closed_note, versionId: row.version_id,
  }
}

const isUuid = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)

export async function find(reader: Reader, id: string): Promise<DraftRow | null> {
  if (!isUuid(id)) return null
  const row = await reader.selectFrom('procedures.draft').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? draftOf(row) : null
}

/** The same, held until the transaction ends: saves of one draft come one after the other. */
export async function lock(tx: Tx, id: string): Promise<DraftRow | null> {
  if (!isUuid(id)) return null
  const row = await tx.selectFrom('procedures.draft').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? draftOf(row) : null
}

export async function findOpen(reader: Reader, code: string): Promise<DraftRow | null> {
  const row = await reader.selectFrom('procedures.draft').selectAll().where('code', '=', code).where('state', '=', 'open').executeTakeFirst()
  return row ? draftOf(row) : null
}

/** Open drafts first, the last touched at the top. */
export async function list(reader: Reader, { code, limit = 200 }: { code?: string; limit?: number } = {}): Promise<DraftRow[]> {
  const rows = await reader.selectFrom('procedures.draft').selectAll().$if(code !== undefined, (query) => query.where('code', '=', code!))
    .orderBy(sql`state = 'open'`, 'desc').orderBy('touched_at', 'desc').limit(limit).execute()
  return rows.map(draftOf)
}

export interface Who {
  readonly id: string | null
  readonly name: string
}

export async function insert(tx: Tx, draft: { code: string; record: DraftRecord; origin: DraftOrigin; baseVersion: string | null; sourceVersion: string | null; at: Date; who: Who }): Promise<DraftRow> {
  const { code, record, origin, baseVersion, sourceVersion, at, who } = draft
  const row = await tx.insertInto('procedures.draft')
    .values({
      code, record: JSON.stringify(record), origin, base_version: baseVersion, source_version: sourceVersion, begun_at: at, begun_by: who.id, begun_by_name: who.name, touched_at: at, touched_by: who.id, touched_by_name: who.name,
    })
    .returningAll().executeTakeFirstOrThrow()
  await tx.insertInto('procedures.draft_edit').values({ draft_id: row.id, revision: 0, part: WHOLE, value: JSON.stringify(record), at, by_id: who.id, by_name: who.name }).execute()
  return draftOf(row)
}

const WHOLE = 'record'

/** What a part was at a revision: its last save up to then, else what the draft began with. */
export async function partAtRevision(reader: Reader, id: string, part: DraftPart, revision: number): Promise<{ value: unknown; whole: boolean } | null> {
  const row = await reader.selectFrom('procedures.draft_edit').select(['value', 'part']).where('draft_id', '=', id).where('part', 'in', [part, WHOLE]).where('revision', '<=', revision)
    .orderBy('revision', 'desc').limit(1).executeTakeFirst()
  return row ? { value: row.value, whole: row.part === WHOLE } : null
}

/** The last revision at which a part was changed; 0 when it is as it began. */
export async function lastOf(reader: Reader, id: string, part: DraftPart): Promise<number> {
  const row = await reader.selectFrom('procedures.draft_edit').select('revision').where('draft_id', '=', id).where('part', 'in', [part, WHOLE]).orderBy('revision', 'desc').limit(1).executeTakeFirst()
  return row?.revision ?? 0
}

export async function findSave(reader: Reader, id: string, key: string): Promise<{ revision: number; merged: boolean } | null> {
  return (await reader.selectFrom('procedures.draft_edit').select(['revision', 'merged']).where('draft_id', '=', id).where('save_key', '=', key).executeTakeFirst()) ?? null
}

export interface Edit {
  readonly revision: number
  readonly part: string
  readonly value: PartValue | DraftRecord
  readonly merged: boolean
  readonly key?: string | undefined
  readonly record: DraftRecord
  readonly at: Date
  readonly who: Who
}

export async function save(tx: Tx, id: string, { revision, part, value, merged, key, record, at, who }: Edit): Promise<void> {
  await tx.insertInto('procedures.draft_edit')
    .values({ draft_id: id, revision, part, value: JSON.stringify(value), merged, save_key: key ?? null, at, by_id: who.id, by_name: who.name }).execute()
  await tx.updateTable('procedures.draft').set({ record: JSON.stringify(record), revision, touched_at: at, touched_by: who.id, touched_by_name: who.name }).where('id', '=', id).execute()
}

/** The whole record written at once, as bringing in a newer version does. */
export const saveWhole = (tx: Tx, id: string, edit: Omit<Edit, 'part' | 'value' | 'merged'>): Promise<void> => save(tx, id, { ...edit, part: WHOLE, value: edit.record, merged: true })

export interface EditLine {
  readonly revision: number
  readonly part: string
  readonly merged: boolean
  readonly at: Date
  readonly byId: string | null
  readonly byName: string
}

export async function edits(reader: Reader, id: string): Promise<EditLine[]> {
  const rows = await reader.selectFrom('procedures.draft_edit').select(['revision', 'part', 'merged', 'at', 'by_id', 'by_name']).where('draft_id', '=', id).orderBy('revision').execute()
  return rows.map((row) => ({ revision: row.revision, part: row.part, merged: row.merged, at: row.at, byId: row.by_id, byName: row.by_name }))
}

export async function submit(tx: Tx, id: string, revision: number, at: Date, name: string): Promise<void> {
  await tx.updateTable('procedures.draft').set({ submitted_revision: revision, submitted_at: at, submitted_by_name: name }).where('id', '=', id).execute()
}

export async function close(tx: Tx, id: string, state: 'published' | 'dropped', more: { at: Date; name: string; note?: string | null; versionId?: string | null }): Promise<void> {
  await tx.updateTable('procedures.draft').set({ state, closed_at: more.at, closed_by_name: more.name, closed_note: more.note ?? null, version_id: more.versionId ?? null }).where('id', '=', id).execute()
  await tx.deleteFrom('procedures.draft_presence').where('draft_id', '=', id).execute()
}

export interface Present {
  readonly officerId: string
  readonly name: string
  readonly part: string
}

/** Notes that somebody has a page open, and tells who else has had one in the last minute. */
export async function here(reader: Reader, id: string, me: { id: string; name: string }, part: string, now: Date): Promise<Present[]> {
  await reader.insertInto('procedures.draft_presence').values({ draft_id: id, officer_id: me.id, name: me.name, part, seen_at: now })
    .onConflict((conflict) => conflict.columns(['draft_id', 'officer_id']).doUpdateSet({ part, seen_at: now, name: me.name })).execute()
  const rows = await reader.selectFrom('procedures.draft_presence').select(['officer_id', 'name', 'part']).where('draft_id', '=', id).where('officer_id', '!=', me.id)
    .where('seen_at', '>', new Date(now.getTime() - 60_000)).orderBy('name').execute()
  return rows.map((row) => ({ officerId: row.officer_id, name: row.name, part: row.part }))
}

type Coded = { readonly code: string; readonly name: string }

/** Fields and ministries that versions name, by name: offered to whoever writes the next. */
export async function knownHeads(reader: Reader): Promise<{ fields: Coded[]; ministries: Coded[] }> {
  const of = async (key: 'field' | 'ministry') => {
    const rows = await reader.selectFrom('procedures.version').select([sql<string>`record -> ${sql.lit(key)} ->> 'code'`.as('code'), sql<string>`max(record -> ${sql.lit(key)} ->> 'name')`.as('name')]).groupBy(sql`1`).execute()
    return rows.filter((row) => row.code && row.name).sort((a, b) => a.name.localeCompare(b.name, 'vi'))
  }
  return { fields: await of('field'), ministries: await of('ministry') }
}

/** The draft now follows this version. */
export async function follow(tx: Tx, id: string, version: string): Promise<void> {
  await tx.updateTable('procedures.draft').set({ base_version: version }).where('id', '=', id).execute()
}
