// Where many subjects stand: their open steps counted, for those who ask what a change would touch; no single case is shown.

import { type SqlBool, sql } from 'kysely'
import type { Reader } from '#core/db/index.ts'

export interface StandingStep {
  /** Key of the step in its drawing, and what people call it. */
  readonly step: string
  readonly name: string
  /** How many of the subjects stand there; one that stands at two steps counts at both. */
  readonly count: number
}

/** The open steps of the subjects' own processes, the fullest first. */
export async function standingOf(reader: Reader, subjects: readonly string[]): Promise<StandingStep[]> {
  if (subjects.length === 0) return []
  return reader
    .selectFrom('work.item')
    .select(['step', sql<string>`min(name)`.as('name'), sql<number>`count(distinct subject)::int`.as('count')])
    .where(sql<SqlBool>`subject = any(${[...subjects]}::text[])`)
    .where('state', 'in', ['open', 'claimed'])
    .where('link', 'is', null)
    .groupBy('step')
    .orderBy('count', 'desc')
    .orderBy('step')
    .execute()
}
