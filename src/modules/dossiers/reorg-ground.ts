// What a reorganisation asks about dossiers: of which place and field each is (a divided unit's go different ways), and who is told that theirs has moved.

import { sql } from 'kysely'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { emitMany } from '#core/events/index.ts'
import { unitMoved } from './events.ts'
import { UNFINISHED } from './reorg-part.ts'

/** An open dossier of a divided unit. `places`: communes it names, those of the answers before that of the applicant. */
export interface Grounded {
  readonly id: string
  readonly procedure: string
  readonly versionId: string
  readonly receivedUnitId: string
  /** Every unit that has it, or had it on a desk. */
  readonly units: readonly string[]
  readonly places: readonly { readonly codes: readonly string[]; readonly detail: string }[]
}

interface RawPlace {
  readonly commune?: unknown
  readonly detail?: unknown
  readonly old?: { readonly code?: unknown; readonly text?: unknown } | null
}

const placeOf = (raw: RawPlace) => ({
  codes: [raw.old?.code, raw.commune].filter((code): code is string => typeof code === 'string' && code !== ''),
  detail: [raw.detail, raw.old?.text].filter((text): text is string => typeof text === 'string').join(' '),
})

/** Open dossiers that lie at the units, or on a desk of theirs. */
export async function groundsOf(reader: Reader, units: readonly string[]): Promise<Grounded[]> {
  const { rows } = await sql<{ id: string; procedure: string; version: string; received: string; units: string[]; answers: RawPlace[] | null; applicant: RawPlace | null }>`
    select t.id, t.procedure_code as procedure, t.version_id as version, t.received_unit_id as received,
      array(select p.unit_id from dossiers.party p where p.dossier_id = t.id union select t.received_unit_id union select t.decided_unit_id where t.decided_unit_id is not null) as units,
      (select jsonb_agg(a) from jsonb_path_query(t.form, 'strict $.** ? (exists (@.commune))', '{}', true) a) as answers, t.applicant -> 'address' as applicant
    from dossiers.dossier t where ${sql.raw(UNFINISHED)} and (t.received_unit_id = any(${units}::text[]) or t.decided_unit_id = any(${units}::text[])
      or exists (select 1 from dossiers.party p where p.dossier_id = t.id and p.unit_id = any(${units}::text[]))) order by t.id`.execute(reader)
  return rows.map((row) => ({
    id: row.id, procedure: row.procedure, versionId: row.version, receivedUnitId: row.received, units: row.units,
    places: [...(row.answers ?? []), ...(row.applicant && typeof row.applicant === 'object' ? [row.applicant] : [])].map(placeOf).filter((place) => place.codes.length > 0),
  }))
}

/** How many people have open dossiers or drafts at the units; a draft typed at a counter is its officer's. */
export async function citizensAt(reader: Reader, units: readonly string[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(distinct coalesce(t.citizen_id::text, t.applicant ->> 'personalId', t.applicant ->> 'phone', t.id::text))::int as n from dossiers.dossier t
    where ${sql.raw(UNFINISHED)} and (t.code is not null or t.citizen_id is not null) and (t.received_unit_id = any(${units}::text[]) or t.decided_unit_id = any(${units}::text[]))`.execute(reader)
  return rows[0]!.n
}

interface Named {
  readonly id: string
  readonly name: string
}

/** Leaves one fact for every dossier and draft that a run has moved; whoever runs it has them told in batches. Null when none moved.
 *  `back`: the run was undone, so each went the other way. */
export async function noteMoved(
  tx: Tx, ctx: Ctx, moved: { readonly run: string; readonly plan: string; readonly day: string; readonly decision: string; readonly unit: (id: string) => Named | undefined; readonly back?: boolean },
): Promise<{ from: number; to: number } | null> {
  const { rows } = await sql<{ id: string; code: string | null; received: string; decided: string | null; decided_from: string | null; received_from: string | null }>`
    with changed as (
      select (j.key ->> 'id')::uuid as id, max(j.before ->> 'decided_unit_id') as decided_before, max(j.after ->> 'decided_unit_id') as decided_after,
        max(j.before ->> 'received_unit_id') as received_before, max(j.after ->> 'received_unit_id') as received_after
      from core.journal j where j.run = ${moved.run}::uuid and j.table_name = 'dossiers.dossier' and (j.before ? 'decided_unit_id' or j.before ? 'received_unit_id') group by 1
    ) select t.id, t.code, t.received_unit_id as received, t.decided_unit_id as decided,
        ${moved.back ? sql`c.decided_after` : sql`c.decided_before`} as decided_from, ${moved.back ? sql`c.received_after` : sql`c.received_before`} as received_from
    from changed c join dossiers.dossier t on t.id = c.id where ${sql.raw(UNFINISHED)}
      and (c.decided_before is distinct from c.decided_after or c.received_before is distinct from c.received_after) order by t.id`.execute(tx)
  const name = (id: string | null) => (id ? (moved.unit(id)?.name ?? id) : '')
  const facts = rows.flatMap((row) => {
    // a draft has not been handed in: only where it will be concerns its holder
    const decides = row.code !== null && row.decided_from !== null && row.decided_from !== row.decided
    const [from, to] = decides ? [row.decided_from!, row.decided!] : [row.received_from ?? row.received, row.received]
    if (from === to) return []
    return [{
      subject: row.id,
      data: { code: row.code, from, fromName: name(from), to, toName: name(to), desk: row.received, deskName: name(row.received), decides, day: moved.day, decision: moved.decision, plan: moved.plan, back: moved.back ?? false },
    }]
  })
  return emitMany(tx, ctx, unitMoved, facts)
}
