// SQL on the tables of identity; nothing here decides.

import { sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Failures } from './rules.ts'
import type { CitizenClaims, Proof, SessionRow } from './schema.ts'

export const credentialByLogin = (reader: Reader, login: string) =>
  reader.selectFrom('identity.credential').select(['officer_id', 'login', 'password_hash', 'disabled_at', 'disabled_why', 'changed_at']).where('login', '=', login).executeTakeFirst()

export const credentialOf = (reader: Reader, officerId: string) =>
  reader
    .selectFrom('identity.credential')
    .select(['officer_id', 'login', 'password_hash', 'disabled_at', 'disabled_why', 'changed_at'])
    .where('officer_id', '=', officerId)
    .executeTakeFirst()

/** Adds the credentials that are not there yet; returns how many were added. */
export async function addCredentials(
  tx: Tx,
  rows: readonly { officerId: string; login: string }[],
  passwordHash: string,
  at: Date,
): Promise<number> {
  let added = 0
  for (let from = 0; from < rows.length; from += 2000) {
    const chunk = rows.slice(from, from + 2000)
    const done = await tx
      .insertInto('identity.credential')
      .values(chunk.map(({ officerId, login }) => ({ officer_id: officerId, login, password_hash: passwordHash, changed_at: at })))
      .onConflict((conflict) => conflict.column('officer_id').doNothing())
      .executeTakeFirst()
    added += Number(done.numInsertedOrUpdatedRows ?? 0)
  }
  return added
}

/** A credential whose password somebody else knows: its owner changes it first. */
export const addGivenOut = (tx: Tx, one: { officerId: string; login: string; passwordHash: string; at: Date }) =>
  tx.insertInto('identity.credential').values({ officer_id: one.officerId, login: one.login, password_hash: one.passwordHash, changed_at: one.at, given_out: true }).execute()

/** Of these officers those who have a password that was given out and have never signed in. */
export const neverIn = (reader: Reader, officers: readonly string[]) =>
  reader.selectFrom('identity.credential').select(['officer_id', 'login', 'changed_at']).where('officer_id', 'in', officers.length > 0 ? [...officers] : ['']).where('given_out', '=', true).where('signed_in_at', 'is', null).where('disabled_at', 'is', null).execute()

/** Another password for somebody who has still never signed in; false when they have. */
export const giveOutAgain = async (tx: Tx, officerId: string, passwordHash: string, at: Date): Promise<boolean> =>
  (await tx.updateTable('identity.credential').set({ password_hash: passwordHash, changed_at: at }).where('officer_id', '=', officerId).where('given_out', '=', true).where('signed_in_at', 'is', null).returning('login').executeTakeFirst()) !== undefined

export const setHash = (tx: Tx, officerId: string, passwordHash: string, at: Date, givenOut: boolean) =>
  tx.updateTable('identity.credential').set({ password_hash: passwordHash, changed_at: at, given_out: givenOut }).where('officer_id', '=', officerId).execute()

export const credentialUsed = (tx: Tx, officerId: string, at: Date) =>
  tx.updateTable('identity.credential').set({ signed_in_at: at }).where('officer_id', '=', officerId).execute()

export async function failures(reader: Reader, login: string): Promise<Failures | null> {
  const row = await reader.selectFrom('identity.failure').selectAll().where('login', '=', login).executeTakeFirst()
  return row ? { tries: row.tries, lastAt: row.last_at, lockedUntil: row.locked_until } : null
}

/** One login at a time, also when it has no row yet. Held until the transaction ends. */
export const holdLogin = (tx: Tx, login: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`identity.login:${login}`}, 0))`.execute(tx)

export const setFailures = (tx: Tx, login: string, tries: number, lockedUntil: Date | null, at: Date) =>
  tx
    .insertInto('identity.failure')
    .values({ login, tries, last_at: at, locked_until: lockedUntil })
    .onConflict((conflict) => conflict.column('login').doUpdateSet({ tries, last_at: at, locked_until: lockedUntil }))
    .execute()

export const clearFailures = (tx: Tx, login: string) => tx.deleteFrom('identity.failure').where('login', '=', login).execute()

export async function upsertCitizen(tx: Tx, claims: CitizenClaims, at: Date, signedInAt: Date | null): Promise<string> {
  const told = {
    personal_id: claims.personal_id,
    full_name: claims.full_name,
    birth_date: claims.birth_date,
    level: claims.level,
    claims: JSON.stringify(claims),
  }
  const row = await tx
    .insertInto('identity.citizen')
    .values({ subject: claims.sub, ...told, created_at: at, signed_in_at: signedInAt })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet({ ...told, ...(signedInAt && { signed_in_at: signedInAt }) }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

const citizenColumns = ['id', 'personal_id', 'full_name', 'birth_date', 'level', 'claims', 'signed_in_at'] as const

export const citizenById = (reader: Reader, id: string) =>
  reader.selectFrom('identity.citizen').select(citizenColumns).where('id', '=', id).executeTakeFirst()

/** By personal number or by the login that VNeID told; the one who was last there when a number changed accounts. */
export const citizenByLogin = (reader: Reader, login: string) =>
  reader
    .selectFrom('identity.citizen')
    .select(citizenColumns)
    .where((eb) => eb.or([eb('personal_id', '=', login), eb(sql<string>`claims ->> 'preferred_username'`, '=', login)]))
    .orderBy(sql`signed_in_at desc nulls last`)
    .limit(1)
    .executeTakeFirst()

export interface NewSession {
  readonly id: string
  readonly citizenId: string | null
  readonly officerId: string | null
  readonly postId: string | null
  readonly level: number | null
  readonly at: Date
  readonly expiresAt: Date
  readonly userAgent: string | null
  readonly ip: string | null
  readonly proof: Proof
  readonly deviceId: string | null
}

export const addSession = (tx: Tx, s: NewSession) =>
  tx
    .insertInto('identity.session')
    .values({
      id: s.id,
      citizen_id: s.citizenId,
      officer_id: s.officerId,
      post_id: s.postId,
      level: s.level,
      created_at: s.at,
      seen_at: s.at,
      expires_at: s.expiresAt,
      user_agent: s.userAgent,
      ip: s.ip,
      proof: s.proof,
      device_id: s.deviceId,
      confirmed_at: s.at,
    })
    .execute()

/** The session with the citizen it belongs to, in one statement: this runs at every request. */
export const sessionById = (reader: Reader, id: string) =>
  reader
    .selectFrom('identity.session as s')
    .leftJoin('identity.citizen as c', 'c.id', 's.citizen_id')
    .leftJoin('identity.credential as k', 'k.officer_id', 's.officer_id')
    .select(['s.id', 's.citizen_id', 's.officer_id', 's.post_id', 's.level', 's.seen_at', 's.expires_at', 's.confirmed_at', 's.proof', 'c.full_name', 'c.personal_id',
      'k.changed_at', 'k.disabled_at', 'k.given_out'])
    .select((eb) => eb.or([
      eb.exists(eb.selectFrom('identity.totp as t').select('t.officer_id').whereRef('t.officer_id', '=', 's.officer_id').where('t.confirmed_at', 'is not', null)),
      eb.exists(eb.selectFrom('identity.passkey as p').select('p.id').whereRef('p.officer_id', '=', 's.officer_id')),
    ]).as('has_factor'))
    .where('s.id', '=', id)
    .where('s.revoked_at', 'is', null)
    .executeTakeFirst()

export const touch = (reader: Reader, id: string, before: Date, at: Date) =>
  reader.updateTable('identity.session').set({ seen_at: at }).where('id', '=', id).where('seen_at', '=', before).execute()

export const setAwake = (tx: Tx, id: string, at: Date, confirmed: boolean) =>
  tx.updateTable('identity.session').set({ seen_at: at, ...(confirmed && { confirmed_at: at }) }).where('id', '=', id).execute()

export const setPost = (tx: Tx, id: string, postId: string) =>
  tx.updateTable('identity.session').set({ post_id: postId }).where('id', '=', id).execute()

export interface Owner {
  readonly citizenId: string | null
  readonly officerId: string | null
}

export async function sessionsOf(reader: Reader, owner: Owner, now: Date): Promise<SessionRow[]> {
  const rows = await reader
    .selectFrom('identity.session')
    .select(['id', 'created_at', 'seen_at', 'expires_at', 'user_agent', 'ip', 'proof'])
    .where(owner.citizenId ? 'citizen_id' : 'officer_id', '=', owner.citizenId ?? owner.officerId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    userAgent: row.user_agent,
    ip: row.ip,
    proof: row.proof as Proof,
  }))
}

/** Ends sessions of the owner: the one named, or all but the one named. Returns the ids ended. */
export async function revokeSessions(
  tx: Tx,
  owner: Owner,
  which: { only: string } | { except: string | null },
  at: Date,
): Promise<string[]> {
  let query = tx
    .updateTable('identity.session')
    .set({ revoked_at: at })
    .where(owner.citizenId ? 'citizen_id' : 'officer_id', '=', owner.citizenId ?? owner.officerId)
    .where('revoked_at', 'is', null)
  if ('only' in which) query = query.where('id', '=', which.only)
  else if (which.except !== null) query = query.where('id', '!=', which.except)
  return (await query.returning('id').execute()).map((row) => row.id)
}

/** Ends a session whoever holds it; only for the browser that showed its secret. */
export const endSession = (tx: Tx, id: string, at: Date) =>
  tx.updateTable('identity.session').set({ revoked_at: at }).where('id', '=', id).where('revoked_at', 'is', null).execute()

export interface NewToken extends Owner {
  readonly id: string
  readonly postId: string | null
  readonly label: string
  readonly at: Date
  readonly expiresAt: Date
}

export const addToken = (tx: Tx, t: NewToken) =>
  tx
    .insertInto('identity.token')
    .values({
      id: t.id,
      citizen_id: t.citizenId,
      officer_id: t.officerId,
      post_id: t.postId,
      label: t.label,
      created_at: t.at,
      expires_at: t.expiresAt,
    })
    .execute()

export const tokenById = (reader: Reader, id: string, now: Date) =>
  reader
    .selectFrom('identity.token as t')
    .leftJoin('identity.citizen as c', 'c.id', 't.citizen_id')
    .leftJoin('identity.credential as k', 'k.officer_id', 't.officer_id')
    .select(['t.id', 't.citizen_id', 't.officer_id', 't.post_id', 'c.full_name', 'c.personal_id', 'c.level'])
    .where('t.id', '=', id)
    .where('t.revoked_at', 'is', null)
    .where('t.expires_at', '>', now)
    .where('k.disabled_at', 'is', null)
    .executeTakeFirst()

export async function revokeToken(tx: Tx, id: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable('identity.token')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Removes what no longer matters: ended sessions, tokens and the history of signing in after 90 days, wrong tries and challenges after a day. The facts about them stay. */
export async function forget(tx: Tx, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await tx.deleteFrom('identity.session').where('expires_at', '<', before(90)).execute()
  await tx.deleteFrom('identity.token').where('expires_at', '<', before(90)).execute()
  await tx.deleteFrom('identity.sign_in').where('at', '<', before(90)).execute()
  await tx.deleteFrom('identity.challenge').where('expires_at', '<', before(1)).execute()
  await tx.deleteFrom('identity.failure').where('last_at', '<', before(1)).execute()
}
