// What of a procedure is under way: how many dossiers by version and step, and how its questions were answered; figures only, no case is shown.

import { type SqlBool, sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'
import { getVersion, listVersions } from '#modules/procedures/index.ts'
import { type StandingStep, standingOf } from '#modules/work/index.ts'

/** Handed in and not over: what a change of the procedure may touch. */
const underWay = sql<SqlBool>`submitted_at is not null and closed_at is null and state <> 'NHAP'`

/** Ids of dossiers under way, by the version they run by. */
export async function runningIds(reader: Reader, code: string, version?: string): Promise<Map<string, string[]>> {
  const rows = await reader
    .selectFrom('dossiers.dossier').select(['id', 'version_id']).where('procedure_code', '=', code).where(underWay)
    .$if(version !== undefined, (q) => q.where('version_id', '=', version!)).orderBy('submitted_at').orderBy('id').execute()
  const found = new Map<string, string[]>()
  for (const row of rows) found.set(row.version_id, [...(found.get(row.version_id) ?? []), row.id])
  return found
}

export interface RunningVersion {
  readonly versionId: string
  readonly number: number
  readonly total: number
  /** Open steps of the dossiers' own process; one at two steps counts at both. */
  readonly steps: readonly StandingStep[]
}

/** How many dossiers of a procedure are under way, by version and step, the newest version first; versions with none are left out. */
export async function countRunning(reader: Reader, code: string): Promise<RunningVersion[]> {
  const rows = await reader
    .selectFrom('dossiers.dossier').select(['version_id', sql<string[]>`array_agg(id::text)`.as('ids')]).where('procedure_code', '=', code).where(underWay).groupBy('version_id').execute()
  const numbers = new Map((await listVersions(reader, code)).map((version) => [version.id, version.number]))
  const counted = await Promise.all(rows.map(async ({ version_id, ids }) => ({ versionId: version_id, number: numbers.get(version_id) ?? 0, total: ids.length, steps: await standingOf(reader, ids) })))
  return counted.sort((one, other) => other.number - one.number)
}

/** Question types whose answers are one of a list; of others only how many were given is told. */
const CHOICES = ['select', 'radio', 'multiselect', 'checkbox', 'catalog']

export interface AnswersAt {
  readonly versionId: string
  readonly number: number
  /** Type and label the question has in that version; null when it does not ask it. */
  readonly type: string | null
  readonly label: string | null
  /** Dossiers under way, and those of them that have answered. */
  readonly total: number
  readonly answered: number
  /** JSON kinds of the answers as they lie there: string, number, boolean, array, object. */
  readonly kinds: readonly string[]
  /** For choices: what was chosen, and how often. */
  readonly choices: readonly { readonly value: string; readonly count: number }[]
}

/** How dossiers under way have answered one question, by the version they run by. Figures; texts that people wrote are never given out. */
export async function answersAt(reader: Reader, code: string, key: string): Promise<AnswersAt[]> {
  const answer = sql`form -> ${key}`
  const given = sql<SqlBool>`coalesce(${answer}, 'null'::jsonb) not in ('null'::jsonb, '""'::jsonb, '[]'::jsonb)`
  const rows = await reader
    .selectFrom('dossiers.dossier')
    .select(['version_id', sql<number>`count(*)::int`.as('total'), sql<number>`(count(*) filter (where ${given}))::int`.as('answered'),
      sql<string[] | null>`array_agg(distinct jsonb_typeof(${answer})) filter (where ${given})`.as('kinds')])
    .where('procedure_code', '=', code).where(underWay).groupBy('version_id').execute()
  const found: AnswersAt[] = []
  for (const row of rows) {
    const { record, number } = await getVersion(reader, row.version_id)
    const question = record.form.sections.flatMap((section) => section.questions).find((one) => one.key === key) ?? null
    const choices = question && CHOICES.includes(question.type) ? await chosen(reader, code, row.version_id, key) : []
    found.push({ versionId: row.version_id, number, type: question?.type ?? null, label: question?.label ?? null, total: row.total, answered: row.answered, kinds: row.kinds ?? [], choices })
  }
  return found.sort((one, other) => other.number - one.number)
}

const chosen = (reader: Reader, code: string, version: string, key: string): Promise<{ value: string; count: number }[]> =>
  reader
    .selectFrom('dossiers.dossier')
    .innerJoin(sql<{ value: string }>`lateral (select e #>> '{}' as value from jsonb_array_elements(
      case jsonb_typeof(form -> ${key}) when 'array' then form -> ${key} when 'string' then jsonb_build_array(form -> ${key}) when 'boolean' then jsonb_build_array(form -> ${key}) else '[]'::jsonb end) e)`.as('a'), (join) => join.onTrue())
    .select(['a.value', sql<number>`count(*)::int`.as('count')])
    .where('procedure_code', '=', code).where('version_id', '=', version).where(underWay)
    .where('a.value', '<>', '')
    .groupBy('a.value').orderBy('count', 'desc').orderBy('a.value').limit(200).execute()
