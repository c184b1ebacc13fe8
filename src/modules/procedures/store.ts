// SQL of procedure versions: a code never changes, each change of its text is a further version.

import { type SqlBool, sql } from 'kysely'
import type { Decisions } from '#core/dmn/index.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { fold } from '#core/text/index.ts'
import { feeDecisions, feeTablesOf } from './dmn.ts'
import type { ProcedureRecord, Texts } from './record.ts'

/** A version as lists show it. */
export interface VersionSummary {
  readonly id: string
  readonly code: string
  readonly number: number
  readonly name: string
  readonly fieldCode: string
  readonly fieldName: string
  readonly levels: readonly string[]
  readonly targets: readonly string[]
  readonly onlineLevel: string
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly importedAt: Date
  /** Who published it in the workshop; null when it came as a file. */
  readonly publishedByName: string | null
  /** Taken back before it came into force: never in force. */
  readonly withdrawn: { readonly at: Date; readonly byName: string; readonly reason: string } | null
  /** Ends the procedure: from its day on nothing is in force. */
  readonly abolishes: boolean
  /** Code of what is done instead, when it was abolished. */
  readonly replacedBy: string | null
}

export interface Version extends VersionSummary {
  readonly record: ProcedureRecord
  readonly bpmn: string
  readonly bpmnDigest: string
  /** The fee tables as DMN 1.3, and as they are run; drawn from the record for a version older than the tables. */
  readonly dmn: string | null
  readonly feeTables: Decisions
}

const summary = ['id', 'code', 'number', 'name', 'field_code', 'field_name', 'levels', 'targets', 'online_level', 'effective_from', 'effective_to', 'imported_at',
  'published_by_name', 'withdrawn_at', 'withdrawn_by_name', 'withdrawn_reason', 'abolishes', 'replaced_by'] as const
const whole = [...summary, 'record', 'bpmn', 'bpmn_digest', 'dmn', 'dmn_digest'] as const

interface SummaryRow {
  id: string
  code: string
  number: number
  name: string
  field_code: string
  field_name: string
  levels: string[]
  targets: string[]
  online_level: string
  effective_from: unknown
  effective_to: unknown
  imported_at: Date
  published_by_name: string | null
  withdrawn_at: Date | null
  withdrawn_by_name: string | null
  withdrawn_reason: string | null
  abolishes: boolean | null
  replaced_by: string | null
}

const summaryOf = (row: SummaryRow): VersionSummary => ({
  id: row.id, code: row.code, number: row.number, name: row.name, fieldCode: row.field_code, fieldName: row.field_name, levels: row.levels, targets: row.targets,
  onlineLevel: row.online_level, effectiveFrom: row.effective_from as string, effectiveTo: row.effective_to as string | null, importedAt: row.imported_at,
  publishedByName: row.published_by_name, abolishes: row.abolishes === true, replacedBy: row.replaced_by,
  withdrawn: row.withdrawn_at ? { at: row.withdrawn_at, byName: row.withdrawn_by_name ?? '', reason: row.withdrawn_reason ?? '' } : null,
})

async function versionOf(row: SummaryRow & { record: unknown; bpmn: string; bpmn_digest: string; dmn: string | null; dmn_digest: string | null }): Promise<Version> {
  const record = row.record as ProcedureRecord
  const feeTables = row.dmn && row.dmn_digest ? await feeTablesOf(row.dmn_digest, row.dmn) : feeDecisions(record)
  return { ...summaryOf(row), record, bpmn: row.bpmn, bpmnDigest: row.bpmn_digest, dmn: row.dmn, feeTables }
}

export interface NewVersion {
  readonly record: ProcedureRecord
  readonly digest: string
  readonly bpmn: string
  readonly bpmnDigest: string
  readonly dmn: string
  readonly dmnDigest: string
  readonly importedAt: Date
  /** Set by the workshop. */
  readonly publishedByName?: string
  readonly draftId?: string
  readonly backdatedReason?: string | null
}

/** Folded, and blind to the two spellings of one sound: kí and ký, lí and lý. */
const spelling = (text: string): string => fold(text).replaceAll('y', 'i')

const searchText = (record: ProcedureRecord): string =>
  `|${[record.code, record.name, ...(record.keywords ?? []), record.field.name, record.summary].map(spelling).join('|')}|`

/** Locks the code, so that two imports of one procedure come one after the other. */
export async function lockCode(tx: Tx, code: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`procedure:${code}`}))`.execute(tx)
}

export const hasDigest = async (reader: Reader, digest: string): Promise<boolean> =>
  (await reader.selectFrom('procedures.version').select('id').where('digest', '=', digest).executeTakeFirst()) !== undefined

/** The newest version of its procedure when it is the one with this digest: then there is nothing to import. */
export async function latestWithDigest(reader: Reader, digest: string): Promise<VersionSummary | null> {
  const row = await reader
    .selectFrom('procedures.version as v')
    .select(summary)
    .where('digest', '=', digest)
    .where(sql<SqlBool>`not exists (select 1 from procedures.version later where later.code = v.code and later.number > v.number)`)
    .executeTakeFirst()
  return row ? summaryOf(row) : null
}

export async function latestNumber(tx: Tx, code: string): Promise<number> {
  const row = await tx.selectFrom('procedures.version').select((eb) => eb.fn.max('number').as('last')).where('code', '=', code).executeTakeFirst()
  return row?.last ?? 0
}

export async function insertVersion(tx: Tx, number: number, version: NewVersion): Promise<VersionSummary> {
  const { record } = version
  const row = await tx
    .insertInto('procedures.version')
    .values({
      code: record.code, number, name: record.name, field_code: record.field.code, field_name: record.field.name, levels: [...record.levels],
      targets: [...record.targets], online_level: record.online.level, record: JSON.stringify(record), digest: version.digest, bpmn: version.bpmn,
      bpmn_digest: version.bpmnDigest, dmn: version.dmn, dmn_digest: version.dmnDigest, effective_from: record.effectiveFrom, effective_to: record.effectiveTo ?? null, search: searchText(record),
      imported_at: version.importedAt, published_by_name: version.publishedByName ?? null, draft_id: version.draftId ?? null, backdated_reason: version.backdatedReason ?? null,
    })
    .returning(summary)
    .executeTakeFirstOrThrow()
  return summaryOf(row)
}

/** Of those that hold on a day the one whose own day came last, of one day the one with the highest number: what is published for an earlier day never
 *  hides a later one. One that abolishes leaves nothing in force, one taken back never was. */
export const inForce = (on: string) =>
  sql<SqlBool>`id in (select id from (select distinct on (code) id, abolishes from procedures.version
    where withdrawn_at is null and effective_from <= ${on}::date and (effective_to is null or effective_to >= ${on}::date) order by code, effective_from desc, number desc) newest where abolishes is not true)`

export async function findInForce(reader: Reader, code: string, on: string): Promise<Version | null> {
  const row = await reader.selectFrom('procedures.version').select(whole).where('code', '=', code).where(inForce(on)).executeTakeFirst()
  return row ? versionOf(row) : null
}

/** The text of a procedure whose day is the last and that was not taken back, in force or not. */
export async function findLatest(reader: Reader, code: string): Promise<Version | null> {
  const row = await reader.selectFrom('procedures.version').select(whole).where('code', '=', code).orderBy(sql`withdrawn_at is null`, 'desc').orderBy('effective_from', 'desc').orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row ? versionOf(row) : null
}

/** The version by which a procedure is abolished on a day, if it is. */
export async function findAbolition(reader: Reader, code: string, on: string): Promise<VersionSummary | null> {
  const row = await reader.selectFrom('procedures.version').select(summary).where('code', '=', code).where('withdrawn_at', 'is', null)
    .where(sql<SqlBool>`effective_from <= ${on}::date and (effective_to is null or effective_to >= ${on}::date)`).orderBy('effective_from', 'desc').orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row?.abolishes ? summaryOf(row) : null
}

/** Takes a version back; only one that is not taken back yet. */
export async function withdraw(tx: Tx, id: string, by: { at: Date; name: string; reason: string; decision: string | null }): Promise<void> {
  await tx.updateTable('procedures.version').set({ withdrawn_at: by.at, withdrawn_by_name: by.name, withdrawn_reason: by.reason, withdrawn_decision: by.decision }).where('id', '=', id).where('withdrawn_at', 'is', null).execute()
}

export async function findVersion(reader: Reader, id: string): Promise<Version | null> {
  const row = await reader.selectFrom('procedures.version').select(whole).where('id', '=', id).executeTakeFirst()
  return row ? versionOf(row) : null
}

/** Versions published before fees were drawn as tables. */
export async function withoutDmn(reader: Reader): Promise<{ id: string; record: ProcedureRecord }[]> {
  const rows = await reader.selectFrom('procedures.version').select(['id', 'record']).where('dmn', 'is', null).execute()
  return rows.map((row) => ({ id: row.id, record: row.record as unknown as ProcedureRecord }))
}

/** Pins the tables of a version that has none; those it has never change. */
export async function setDmn(reader: Reader, id: string, dmn: string, digest: string): Promise<void> {
  await reader.updateTable('procedures.version').set({ dmn, dmn_digest: digest }).where('id', '=', id).where('dmn', 'is', null).execute()
}

/** Whether some version of the procedure gives this file as a blank form. */
export async function namesBlank(reader: Reader, code: string, file: string): Promise<boolean> {
  const wanted = JSON.stringify({ parts: [{ blank: { file } }] })
  return (await reader.selectFrom('procedures.version').select('id').where('code', '=', code).where(sql<SqlBool>`record @> ${wanted}::jsonb`).limit(1).executeTakeFirst()) !== undefined
}

/** Words of a version's own. */
export async function textsOf(reader: Reader, version: string): Promise<Texts> {
  const row = await reader.selectFrom('procedures.version').select(sql<Texts | null>`record -> 'texts'`.as('texts')).where('id', '=', version).executeTakeFirst()
  return row?.texts ?? {}
}

export async function versionsOf(reader: Reader, code: string): Promise<VersionSummary[]> {
  const rows = await reader.selectFrom('procedures.version').select(summary).where('code', '=', code).orderBy('number', 'desc').execute()
  return rows.map(summaryOf)
}

/** Published and still to come into force, the nearest first. */
export async function coming(reader: Reader, on: string): Promise<VersionSummary[]> {
  const rows = await reader.selectFrom('procedures.version').select(summary).where('withdrawn_at', 'is', null).where(sql<SqlBool>`effective_from > ${on}::date`).orderBy('effective_from').orderBy('name').orderBy('code').limit(200).execute()
  return rows.map(summaryOf)
}

export interface SearchFilter {
  readonly q?: string
  readonly on: string
  readonly target?: string
  readonly level?: string
  readonly field?: string
  readonly limit?: number
}

/** Versions in force, best match first: every word of the query must occur, or the whole must be alike (a typing error). */
export async function search(reader: Reader, { q, on, target, level, field, limit = 200 }: SearchFilter): Promise<(VersionSummary & { readonly about: string })[]> {
  const folded = spelling(q ?? '').replaceAll(/[^a-z0-9.]+/g, ' ').trim()
  const words = folded.split(' ').filter(Boolean).slice(0, 12)
  const everyWord = words.length === 0 ? sql<SqlBool>`true` : sql.join(words.map((word) => sql<SqlBool>`search like ${`%${word}%`}`), sql` and `)
  const alike = sql<number>`word_similarity(${folded}, search)`
  const rows = await reader
    .selectFrom('procedures.version')
    .select(summary)
    .select(sql<string>`record ->> 'summary'`.as('about'))
    .where(inForce(on))
    .$if(target !== undefined, (query) => query.where(sql<SqlBool>`${target} = any(targets)`))
    .$if(level !== undefined, (query) => query.where(sql<SqlBool>`${level} = any(levels)`))
    .$if(field !== undefined, (query) => query.where('field_code', '=', field!))
    .$if(words.length > 0, (query) => query.where(sql<SqlBool>`((${everyWord}) or ${alike} > 0.5)`))
    .$if(words.length > 0, (query) =>
      query
        .orderBy(sql`(search like ${`%|${folded}%`}) desc`)
        .orderBy(sql`(${everyWord}) desc`)
        .orderBy(alike, 'desc'))
    .orderBy('name')
    .orderBy('code')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...summaryOf(row), about: row.about }))
}
