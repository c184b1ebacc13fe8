// SQL of looks at other people's data: reasons given, looks taken, questions about them.

import { sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Actor, Post } from '#core/policy/actor.ts'

/** A reason given and still good. */
export interface Pass {
  readonly code: string
  readonly note: string | null
}

export async function findPass(reader: Reader, dossierId: string, actor: Actor, post: Post | null, now: Date): Promise<Pass | null> {
  if (actor.kind !== 'officer' || !post) return null
  const row = await reader
    .selectFrom('dossiers.access')
    .select(['reason_code', 'note'])
    .where('dossier_id', '=', dossierId)
    .where('officer_id', '=', actor.id)
    .where('post_id', '=', post.id)
    .where('until', '>', now)
    .executeTakeFirst()
  return row ? { code: row.reason_code, note: row.note } : null
}

/** False when the same reason is good already: a second press changes nothing. */
export async function keepPass(
  tx: Tx, pass: { dossierId: string; officerId: string; postId: string; code: string; note: string | null; at: Date; until: Date },
): Promise<boolean> {
  const done = await tx
    .insertInto('dossiers.access')
    .values({
      dossier_id: pass.dossierId, officer_id: pass.officerId, post_id: pass.postId, reason_code: pass.code, note: pass.note, given_at: pass.at, until: pass.until,
    })
    .onConflict((c) => c
      .columns(['dossier_id', 'officer_id', 'post_id'])
      .doUpdateSet({ reason_code: pass.code, note: pass.note, given_at: pass.at, until: pass.until })
      .where((eb) => eb.or([
        eb('dossiers.access.until', '<=', pass.at), eb('dossiers.access.reason_code', '!=', pass.code), sql<boolean>`dossiers.access.note is distinct from ${pass.note}`,
      ])))
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export type What = 'dossier' | 'file' | 'paper' | 'events' | 'value' | 'search' | 'list' | 'export'

export interface Look {
  readonly dossierId: string
  readonly what: What
  readonly detail: string
  readonly ground: 'work' | 'filed' | 'desk' | 'reason' | 'list'
  readonly reason: Pass | null
  readonly post: Post
}

/** Writes those looks that are not the same as one within the last half hour; one statement, whatever comes at the same time. Returns which. */
export async function addLooks(
  reader: Reader, by: { officerId: string; officerName: string; at: Date; viewMarkMinutes: number; requestId: string }, looks: readonly Look[],
): Promise<{ id: number; dossierId: string }[]> {
  if (looks.length === 0) return []
  const rows = JSON.stringify(looks.map((look) => ({
    dossier_id: look.dossierId, what: look.what, detail: look.detail, ground: look.ground, reason_code: look.reason?.code ?? null, note: look.reason?.note ?? null,
    post_id: look.post.id, post_title: look.post.title, role: look.post.role, unit_id: look.post.unitId, unit_path: look.post.unitPath,
  })))
  const since = new Date(by.at.getTime() - by.viewMarkMinutes * 60_000)
  const { rows: added } = await sql<{ id: number; dossier_id: string }>`
    with given as (
      select distinct on (dossier_id, post_id, what, detail) *
      from jsonb_to_recordset(${rows}::jsonb) as g (dossier_id uuid, what text, detail text, ground text, reason_code text, note text,
        post_id text, post_title text, role text, unit_id text, unit_path text)
      order by dossier_id, post_id, what, detail),
    mark as (
      insert into dossiers.view_mark as m (dossier_id, officer_id, post_id, what, detail, since)
      select dossier_id, ${by.officerId}, post_id, what, detail, ${by.at}::timestamptz from given
      on conflict (dossier_id, officer_id, post_id, what, detail) do update set since = excluded.since where m.since <= ${since}::timestamptz
      returning dossier_id, post_id, what, detail)
    insert into dossiers.view (dossier_id, at, officer_id, officer_name, post_id, post_title, role, unit_id, unit_path, what, detail, ground, reason_code, note, request_id)
    select g.dossier_id, ${by.at}::timestamptz, ${by.officerId}, ${by.officerName}, g.post_id, g.post_title, g.role, g.unit_id, g.unit_path::ltree, g.what, g.detail,
      g.ground, g.reason_code, g.note, ${by.requestId}
    from given g join mark using (dossier_id, post_id, what, detail)
    returning id, dossier_id`.execute(reader)
  return added.map((row) => ({ id: row.id, dossierId: row.dossier_id }))
}

export interface ViewRow {
  readonly id: number
  readonly dossierId: string
  readonly dossierCode: string | null
  readonly procedureName: string
  readonly at: Date
  readonly officerId: string
  readonly officerName: string
  readonly postTitle: string
  readonly role: string
  readonly unitId: string
  readonly what: What
  readonly detail: string
  readonly ground: Look['ground']
  readonly reasonCode: string | null
  readonly note: string | null
  readonly question: { readonly askedAt: Date; readonly note: string | null; readonly answer: string | null; readonly answeredAt: Date | null; readonly answeredName: string | null } | null
}

/** Looks at the dossiers of one citizen, newest first, up to `before`. */
export async function looksAtCitizen(
  reader: Reader, citizenId: string, { dossier, unit, before, limit }: { dossier?: string; unit?: string; before?: number; limit: number },
): Promise<ViewRow[]> {
  const rows = await reader
    .selectFrom('dossiers.view as v')
    .innerJoin('dossiers.dossier as d', 'd.id', 'v.dossier_id')
    .leftJoin('dossiers.view_question as q', 'q.view_id', 'v.id')
    .select(['v.id', 'v.dossier_id', 'd.code', 'd.procedure_name', 'v.at', 'v.officer_id', 'v.officer_name', 'v.post_title', 'v.role', 'v.unit_id', 'v.what', 'v.detail',
      'v.ground', 'v.reason_code', 'v.note', 'q.asked_at', 'q.note as asked', 'q.answer', 'q.answered_at', 'q.answered_name'])
    .where('d.citizen_id', '=', citizenId)
    .$if(dossier !== undefined, (q) => q.where('v.dossier_id', '=', dossier!))
    .$if(unit !== undefined, (q) => q.where('v.unit_id', '=', unit!))
    .$if(before !== undefined, (q) => q.where('v.id', '<', before!))
    .orderBy('v.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id, dossierId: row.dossier_id, dossierCode: row.code, procedureName: row.procedure_name, at: row.at, officerId: row.officer_id, officerName: row.officer_name,
    postTitle: row.post_title, role: row.role, unitId: row.unit_id, what: row.what as What, detail: row.detail, ground: row.ground as Look['ground'], reasonCode: row.reason_code,
    note: row.note,
    question: row.asked_at ? { askedAt: row.asked_at, note: row.asked, answer: row.answer, answeredAt: row.answered_at, answeredName: row.answered_name } : null,
  }))
}

/** Units whose officers have looked at this citizen's dossiers, and the dossiers looked at: what the page may be narrowed to. */
export async function facetsOfCitizen(reader: Reader, citizenId: string) {
  const { rows } = await sql<{ unit_id: string; dossier_id: string; code: string | null; procedure_name: string; count: number }>`
    select v.unit_id, v.dossier_id, d.code, d.procedure_name, count(*)::int as count from dossiers.view v join dossiers.dossier d on d.id = v.dossier_id
    where d.citizen_id = ${citizenId}::uuid group by 1, 2, 3, 4`.execute(reader)
  return rows
}

export interface OfficerDay {
  readonly officerId: string
  readonly officerName: string
  readonly postTitle: string
  readonly unitId: string
  readonly on: string
  readonly looks: number
  readonly dossiers: number
  readonly strangers: number
  readonly nights: number
}

/** Looks by officer and day in a tree of units. No code of a dossier, no name of an applicant. */
export async function looksByDay(
  reader: Reader, tree: string, { from, to, nightFrom, nightTo, unit }: { from: Date; to: Date; nightFrom: string; nightTo: string; unit?: string },
): Promise<OfficerDay[]> {
  const { rows } = await sql<{ officer_id: string; officer_name: string; post_title: string; unit_id: string; on: string; looks: number; dossiers: number; strangers: number; nights: number }>`
    select officer_id, max(officer_name) as officer_name, max(post_title) as post_title, unit_id, to_char(at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as on,
      count(*)::int as looks, count(distinct dossier_id)::int as dossiers, (count(distinct dossier_id) filter (where ground = 'reason'))::int as strangers,
      (count(*) filter (where (at at time zone 'Asia/Ho_Chi_Minh')::time >= ${nightFrom}::time or (at at time zone 'Asia/Ho_Chi_Minh')::time < ${nightTo}::time))::int as nights
    from dossiers.view where unit_path <@ ${tree}::ltree and at >= ${from}::timestamptz and at < ${to}::timestamptz
      and (${unit ?? null}::text is null or unit_id = ${unit ?? null}::text)
    group by officer_id, unit_id, 5 order by 5 desc, strangers desc, looks desc, officer_id limit 500`.execute(reader)
  return rows.map((row) => ({
    officerId: row.officer_id, officerName: row.officer_name, postTitle: row.post_title, unitId: row.unit_id, on: row.on, looks: row.looks, dossiers: row.dossiers,
    strangers: row.strangers, nights: row.nights,
  }))
}

/** One officer's looks on one day: when, what kind, on which ground; not whose. */
export async function looksOfDay(reader: Reader, tree: string, officerId: string, from: Date, to: Date) {
  const { rows } = await sql<{ id: number; at: Date; what: What; ground: Look['ground']; reason_code: string | null; note: string | null; dossier: number }>`
    select id, at, what, ground, reason_code, note, dense_rank() over (order by dossier_id)::int as dossier from dossiers.view
    where unit_path <@ ${tree}::ltree and officer_id = ${officerId} and at >= ${from}::timestamptz and at < ${to}::timestamptz order by id limit 500`.execute(reader)
  return rows.map((row) => ({ id: row.id, at: row.at, what: row.what, ground: row.ground, reasonCode: row.reason_code, note: row.note, dossier: row.dossier }))
}

export interface QuestionRow {
  readonly id: string
  readonly viewId: number
  readonly dossierId: string
  readonly dossierCode: string | null
  readonly citizenId: string
  readonly unitId: string
  readonly unitPath: string
  readonly officerId: string
  readonly officerName: string
  readonly postTitle: string
  readonly viewedAt: Date
  readonly what: What
  readonly ground: Look['ground']
  readonly reasonCode: string | null
  readonly reasonNote: string | null
  readonly askedAt: Date
  readonly note: string | null
  readonly answer: string | null
  readonly answeredAt: Date | null
  readonly answeredName: string | null
}

const questions = (reader: Reader) =>
  reader
    .selectFrom('dossiers.view_question as q')
    .innerJoin('dossiers.view as v', 'v.id', 'q.view_id')
    .innerJoin('dossiers.dossier as d', 'd.id', 'q.dossier_id')
    .select(['q.id', 'q.view_id', 'q.dossier_id', 'd.code', 'q.citizen_id', 'q.unit_id', 'q.unit_path', 'q.officer_id', 'v.officer_name', 'v.post_title', 'v.at', 'v.what', 'v.ground',
      'v.reason_code', 'v.note as reason_note', 'q.asked_at', 'q.note', 'q.answer', 'q.answered_at', 'q.answered_name'])

const questionOf = (row: Awaited<ReturnType<ReturnType<typeof questions>['executeTakeFirstOrThrow']>>): QuestionRow => ({
  id: row.id, viewId: row.view_id, dossierId: row.dossier_id, dossierCode: row.code, citizenId: row.citizen_id, unitId: row.unit_id, unitPath: row.unit_path as string,
  officerId: row.officer_id, officerName: row.officer_name, postTitle: row.post_title, viewedAt: row.at, what: row.what as What, ground: row.ground as Look['ground'],
  reasonCode: row.reason_code, reasonNote: row.reason_note, askedAt: row.asked_at, note: row.note, answer: row.answer, answeredAt: row.answered_at, answeredName: row.answered_name,
})

export async function listQuestions(reader: Reader, where: { trees: readonly string[]; units: readonly string[]; notBy: string }): Promise<QuestionRow[]> {
  const rows = await questions(reader)
    .where(sql<boolean>`(q.unit_path <@ any(${where.trees}::ltree[]) or q.unit_id = any(${where.units}::text[]))`)
    .where('q.officer_id', '!=', where.notBy)
    .orderBy(sql`q.answered_at is not null`)
    .orderBy('q.asked_at', 'desc')
    .limit(100)
    .execute()
  return rows.map(questionOf)
}

export async function countOpenQuestions(reader: Reader, where: { trees: readonly string[]; units: readonly string[]; notBy: string }): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from dossiers.view_question
    where answered_at is null and officer_id <> ${where.notBy} and (unit_path <@ any(${where.trees}::ltree[]) or unit_id = any(${where.units}::text[]))`.execute(reader)
  return rows[0]!.n
}

export async function findQuestion(reader: Reader, id: string): Promise<QuestionRow | null> {
  const row = await questions(reader).where('q.id', '=', id).executeTakeFirst()
  return row ? questionOf(row) : null
}

/** Null when the view is not one of this citizen's dossiers. */
export async function viewForQuestion(reader: Reader, viewId: number, citizenId: string) {
  return reader
    .selectFrom('dossiers.view as v')
    .innerJoin('dossiers.dossier as d', 'd.id', 'v.dossier_id')
    .select(['v.id', 'v.dossier_id', 'v.unit_id', 'v.unit_path', 'v.officer_id'])
    .where('v.id', '=', viewId)
    .where('d.citizen_id', '=', citizenId)
    .executeTakeFirst()
}

/** The id of a new question, or null when this look has been asked about already. */
export async function addQuestion(
  tx: Tx, q: { viewId: number; dossierId: string; citizenId: string; unitId: string; unitPath: string; officerId: string; note: string | null; at: Date },
): Promise<string | null> {
  const row = await tx
    .insertInto('dossiers.view_question')
    .values({
      view_id: q.viewId, dossier_id: q.dossierId, citizen_id: q.citizenId, unit_id: q.unitId, unit_path: q.unitPath, officer_id: q.officerId, note: q.note, asked_at: q.at,
    })
    .onConflict((c) => c.column('view_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

/** False when it was answered already. */
export async function setAnswer(tx: Tx, id: string, answer: string, by: { id: string; name: string }, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable('dossiers.view_question')
    .set({ answer, answered_at: at, answered_by: by.id, answered_name: by.name })
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
