// SQL of absences and delegations.

import { type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { DelegationScope, OnBehalfOf, Post, Role } from '#core/policy/actor.ts'
import type { Prefix } from './lent-rules.ts'

export interface Absence {
  readonly id: string
  readonly officerId: string
  readonly officerName: string
  readonly deputyId: string | null
  readonly deputyName: string | null
  readonly from: string
  readonly to: string
  readonly reason: string
  readonly recordedAt: Date
  readonly recordedByName: string
  readonly endedAt: Date | null
  readonly endedByName: string | null
}

const absences = (reader: Reader) =>
  reader
    .selectFrom('org.absence as a')
    .innerJoin('org.officer as o', 'o.id', 'a.officer_id')
    .leftJoin('org.officer as d', 'd.id', 'a.deputy_id')
    .select(['a.id', 'a.officer_id', 'o.full_name', 'a.deputy_id', 'd.full_name as deputy_name', 'a.from_on', 'a.to_on', 'a.reason', 'a.recorded_at',
      'a.recorded_by_name', 'a.ended_at', 'a.ended_by_name'])

type AbsenceRow = Awaited<ReturnType<ReturnType<typeof absences>['execute']>>[number]

const absenceOf = (row: AbsenceRow): Absence => ({
  id: row.id, officerId: row.officer_id, officerName: row.full_name, deputyId: row.deputy_id, deputyName: row.deputy_name, from: row.from_on as unknown as string,
  to: row.to_on as unknown as string, reason: row.reason, recordedAt: row.recorded_at, recordedByName: row.recorded_by_name, endedAt: row.ended_at, endedByName: row.ended_by_name,
})

/** Somebody who works, or is to work, at or under this path. */
const worksIn = (path: string, officer: string) => sql<SqlBool>`exists (select 1 from org.holding h join org.post p on p.id = h.post_id join org.unit u on u.id = p.unit_id
  where h.officer_id = ${sql.ref(officer)} and u.path <@ ${path}::ltree)`

export interface LentFilter {
  /** ltree path; null for the whole province */
  readonly within: string | null
  readonly officer?: string
  /** only what has not ended before this day */
  readonly since: string
  readonly limit?: number
}

/** Absences not yet over, the earliest first; ended ones only when `since` lies before. */
export async function listAbsences(reader: Reader, filter: LentFilter): Promise<Absence[]> {
  const rows = await absences(reader)
    .where('a.to_on', '>=', filter.since)
    .where('a.ended_at', 'is', null)
    .$if(filter.within !== null, (q) => q.where(worksIn(filter.within!, 'a.officer_id')))
    .$if(filter.officer !== undefined, (q) => q.where((eb) => eb.or([eb('a.officer_id', '=', filter.officer!), eb('a.deputy_id', '=', filter.officer!)])))
    .orderBy('a.from_on')
    .orderBy('o.full_name')
    .limit(filter.limit ?? 300)
    .execute()
  return rows.map(absenceOf)
}

export async function findAbsence(reader: Reader, id: string): Promise<Absence | null> {
  const row = await absences(reader).where('a.id', '=', id).executeTakeFirst()
  return row ? absenceOf(row) : null
}

export async function lockOfficer(tx: Tx, id: string): Promise<void> {
  await tx.selectFrom('org.officer').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
}

export interface Recorded {
  readonly at: Date
  readonly by: string | null
  readonly byName: string
}

export async function addAbsence(tx: Tx, absence: { officer: string; deputy: string | null; from: string; to: string; reason: string }, by: Recorded): Promise<string> {
  const { id } = await tx
    .insertInto('org.absence')
    .values({ officer_id: absence.officer, deputy_id: absence.deputy, from_on: absence.from, to_on: absence.to, reason: absence.reason, recorded_at: by.at, recorded_by: by.by, recorded_by_name: by.byName })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Ends an absence: from that day on the officer is there again. */
export async function endAbsence(tx: Tx, id: string, by: Recorded): Promise<void> {
  await tx.updateTable('org.absence').set({ ended_at: by.at, ended_by_name: by.byName }).where('id', '=', id).execute()
}

export async function cutAbsence(tx: Tx, id: string, to: string): Promise<void> {
  await tx.updateTable('org.absence').set({ to_on: to }).where('id', '=', id).execute()
}

export async function setDeputy(tx: Tx, id: string, deputy: string | null): Promise<void> {
  await tx.updateTable('org.absence').set({ deputy_id: deputy }).where('id', '=', id).execute()
}

/** Who of these officers is away on the day, with who stands in. */
export async function absentOn(reader: Reader, officers: readonly string[], on: string): Promise<Map<string, { until: string; deputyId: string | null; deputyName: string | null }>> {
  if (officers.length === 0) return new Map()
  const rows = await absences(reader).where('a.ended_at', 'is', null).where('a.from_on', '<=', on).where('a.to_on', '>=', on).where('a.officer_id', 'in', [...new Set(officers)]).execute()
  return new Map(rows.map((row) => [row.officer_id, { until: row.to_on as unknown as string, deputyId: row.deputy_id, deputyName: row.deputy_name }]))
}

export interface Delegation {
  readonly id: string
  readonly postId: string
  readonly postTitle: string
  readonly role: string
  readonly unitId: string
  readonly unitName: string
  readonly unitPath: string
  readonly fromOfficer: string
  readonly fromName: string
  readonly toOfficer: string
  readonly toName: string
  readonly from: string
  readonly to: string
  readonly prefix: Prefix | null
  readonly scope: DelegationScope
  readonly note: string | null
  readonly basis: string
  readonly recordedAt: Date
  readonly recordedByName: string
  readonly revokedAt: Date | null
  readonly revokedByName: string | null
}

const delegations = (reader: Reader) =>
  reader
    .selectFrom('org.delegation as g')
    .innerJoin('org.post as p', 'p.id', 'g.post_id')
    .innerJoin('org.unit as u', 'u.id', 'p.unit_id')
    .innerJoin('org.officer as f', 'f.id', 'g.from_officer_id')
    .innerJoin('org.officer as t', 't.id', 'g.to_officer_id')
    .select(['g.id', 'g.post_id', 'p.title', 'p.role', 'u.id as unit_id', 'u.code', 'u.name', 'u.path', 'g.from_officer_id', 'f.full_name as from_name', 'g.to_officer_id',
      't.full_name as to_name', 'g.from_on', 'g.to_on', 'g.prefix', 'g.scope', 'g.note', 'g.basis', 'g.recorded_at', 'g.recorded_by_name', 'g.revoked_at', 'g.revoked_by_name'])

type DelegationRow = Awaited<ReturnType<ReturnType<typeof delegations>['execute']>>[number]

const delegationOf = (row: DelegationRow): Delegation => ({
  id: row.id, postId: row.post_id, postTitle: row.title, role: row.role, unitId: row.unit_id, unitName: row.name, unitPath: row.path as string,
  fromOfficer: row.from_officer_id, fromName: row.from_name, toOfficer: row.to_officer_id, toName: row.to_name, from: row.from_on as unknown as string,
  to: row.to_on as unknown as string, prefix: row.prefix as Prefix | null, scope: row.scope as DelegationScope, note: row.note, basis: row.basis,
  recordedAt: row.recorded_at, recordedByName: row.recorded_by_name, revokedAt: row.revoked_at, revokedByName: row.revoked_by_name,
})

/** Delegations not yet over and not revoked, the earliest first. */
export async function listDelegations(reader: Reader, filter: LentFilter & { post?: string; now?: Date }): Promise<Delegation[]> {
  const rows = await delegations(reader)
    .where('g.to_on', '>=', filter.since)
    .where('g.revoked_at', 'is', null)
    .$if(filter.within !== null, (q) => q.where(sql<SqlBool>`u.path <@ ${filter.within}::ltree`))
    .$if(filter.officer !== undefined, (q) => q.where((eb) => eb.or([eb('g.from_officer_id', '=', filter.officer!), eb('g.to_officer_id', '=', filter.officer!)])))
    .$if(filter.post !== undefined, (q) => q.where('g.post_id', '=', filter.post!))
    .orderBy('g.from_on')
    .orderBy('g.id')
    .limit(filter.limit ?? 300)
    .execute()
  return rows.map(delegationOf)
}

export async function findDelegation(reader: Reader, id: string): Promise<Delegation | null> {
  const row = await delegations(reader).where('g.id', '=', id).executeTakeFirst()
  return row ? delegationOf(row) : null
}

export interface NewDelegation {
  readonly post: string
  readonly fromOfficer: string
  readonly toOfficer: string
  readonly from: string
  readonly to: string
  readonly prefix: Prefix | null
  readonly scope: DelegationScope
  readonly note: string | null
  readonly basis: string
}

export async function addDelegation(tx: Tx, one: NewDelegation, by: Recorded): Promise<string> {
  const { id } = await tx
    .insertInto('org.delegation')
    .values({
      post_id: one.post, from_officer_id: one.fromOfficer, to_officer_id: one.toOfficer, from_on: one.from, to_on: one.to, prefix: one.prefix, scope: one.scope, note: one.note,
      basis: one.basis, recorded_at: by.at, recorded_by: by.by, recorded_by_name: by.byName,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function revokeDelegation(tx: Tx, id: string, by: Recorded): Promise<void> {
  await tx.updateTable('org.delegation').set({ revoked_at: by.at, revoked_by_name: by.byName }).where('id', '=', id).where('revoked_at', 'is', null).execute()
}

const RANK: readonly string[] = ['chu_tich', 'lanh_dao_don_vi', 'chanh_van_phong', 'lanh_dao_phong']

/** Posts lent to an officer on the day, marked with whose they are. They last only while the lender holds them. */
export async function postsLentTo(reader: Reader, officerId: string, on: string, own: readonly Post[]): Promise<Post[]> {
  const rows = await delegations(reader)
    .where('g.to_officer_id', '=', officerId)
    .where('g.revoked_at', 'is', null)
    .where('g.from_on', '<=', on)
    .where('g.to_on', '>=', on)
    .where((eb) => eb.or([eb('p.valid_to', 'is', null), eb('p.valid_to', '>=', on)]))
    .where((eb) => eb.or([eb('u.valid_to', 'is', null), eb('u.valid_to', '>=', on)]))
    .where(sql<SqlBool>`exists (select 1 from org.holding h where h.post_id = g.post_id and h.officer_id = g.from_officer_id and org.held_on(h.from_on, h.to_on, h.ended_at, ${on}::date))`)
    .orderBy('g.from_on')
    .orderBy('g.id')
    .execute()
  return rows.filter((row) => !own.some((post) => post.id === row.post_id)).map((row) => {
    const titles = [...own].sort((a, b) => Number(b.unitId === row.unit_id) - Number(a.unitId === row.unit_id) || RANK.indexOf(a.role) - RANK.indexOf(b.role))
    const lead = titles.find((post) => RANK.includes(post.role)) ?? titles[0]
    const onBehalfOf: OnBehalfOf = {
      delegationId: row.id, officerId: row.from_officer_id, officerName: row.from_name, prefix: row.prefix as Prefix | null, scope: row.scope as DelegationScope,
      ownTitle: lead?.title ?? null, until: row.to_on as unknown as string,
    }
    return { id: row.post_id, role: row.role as Role, title: row.title, unitId: row.unit_id, unitCode: row.code, unitName: row.name, unitPath: row.path as string, onBehalfOf }
  })
}
