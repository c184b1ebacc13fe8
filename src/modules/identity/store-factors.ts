// SQL of second factors, challenges, devices, former passwords and the history of signing in; nothing here decides.

import { sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'

// — codes by time —

export const totpOf = (reader: Reader, officerId: string) => reader.selectFrom('identity.totp').selectAll().where('officer_id', '=', officerId).executeTakeFirst()

/** A new secret that waits to be confirmed; one confirmed already is left alone. Returns whether it was kept. */
export async function proposeTotp(tx: Tx, officerId: string, secret: string, at: Date): Promise<boolean> {
  const done = await tx
    .insertInto('identity.totp')
    .values({ officer_id: officerId, secret, created_at: at })
    .onConflict((c) => c.column('officer_id').doUpdateSet({ secret, created_at: at }).where('identity.totp.confirmed_at', 'is', null))
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export const confirmTotp = (tx: Tx, officerId: string, step: number, at: Date) =>
  tx.updateTable('identity.totp').set({ confirmed_at: at, last_step: step }).where('officer_id', '=', officerId).execute()

/** False when this step, or a later one, has been used: whoever comes second is refused. */
export async function useStep(tx: Tx, officerId: string, step: number): Promise<boolean> {
  const done = await tx
    .updateTable('identity.totp')
    .set({ last_step: step })
    .where('officer_id', '=', officerId)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export const removeTotp = async (tx: Tx, officerId: string): Promise<boolean> =>
  (await tx.deleteFrom('identity.totp').where('officer_id', '=', officerId).executeTakeFirst()).numDeletedRows > 0n

// — passkeys —

export const passkeysOf = (reader: Reader, officerId: string) =>
  reader.selectFrom('identity.passkey').selectAll().where('officer_id', '=', officerId).orderBy('created_at').execute()

export const passkeyById = (reader: Reader, id: string) => reader.selectFrom('identity.passkey').selectAll().where('id', '=', id).executeTakeFirst()

export const addPasskey = (
  tx: Tx, key: { id: string; officerId: string; name: string; publicKey: string; counter: number; transports: readonly string[]; at: Date },
) =>
  tx
    .insertInto('identity.passkey')
    .values({ id: key.id, officer_id: key.officerId, name: key.name, public_key: key.publicKey, counter: key.counter, transports: [...key.transports], created_at: key.at })
    .execute()

/** False when the counter has gone on meanwhile: the same answer came twice, or the key was copied. */
export async function passkeyUsed(tx: Tx, id: string, before: number, counter: number, at: Date): Promise<boolean> {
  const done = await tx.updateTable('identity.passkey').set({ counter, used_at: at }).where('id', '=', id).where('counter', '=', before).executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export const removePasskey = async (tx: Tx, officerId: string, id: string): Promise<boolean> =>
  (await tx.deleteFrom('identity.passkey').where('officer_id', '=', officerId).where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n

export const removePasskeys = (tx: Tx, officerId: string) => tx.deleteFrom('identity.passkey').where('officer_id', '=', officerId).execute()

/** Whether the officer has a factor that works. */
export async function hasFactor(reader: Reader, officerId: string): Promise<{ totp: boolean; passkeys: number }> {
  const { rows } = await sql<{ totp: boolean; passkeys: number }>`select
    exists (select 1 from identity.totp where officer_id = ${officerId} and confirmed_at is not null) as totp,
    (select count(*)::int from identity.passkey where officer_id = ${officerId}) as passkeys`.execute(reader)
  return rows[0]!
}

// — recovery codes —

export async function setCodes(tx: Tx, officerId: string, hashes: readonly string[]): Promise<void> {
  await tx.deleteFrom('identity.recovery_code').where('officer_id', '=', officerId).execute()
  if (hashes.length > 0) await tx.insertInto('identity.recovery_code').values(hashes.map((hash) => ({ officer_id: officerId, hash }))).execute()
}

export const countCodes = async (reader: Reader, officerId: string): Promise<number> =>
  Number((await reader.selectFrom('identity.recovery_code').select(sql<number>`count(*)`.as('n')).where('officer_id', '=', officerId).where('used_at', 'is', null).executeTakeFirstOrThrow()).n)

/** Whether the code was there and unused; used from now on. */
export async function useCode(tx: Tx, officerId: string, hash: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable('identity.recovery_code')
    .set({ used_at: at })
    .where('officer_id', '=', officerId)
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

// — challenges —

export type ChallengeKind = 'second_factor' | 'passkey_sign_in' | 'passkey_enrol' | 'passkey_confirm'

export const addChallenge = (
  tx: Tx | Reader,
  row: { id: string; kind: ChallengeKind; officerId: string | null; login: string | null; challenge: string | null; at: Date; expiresAt: Date },
) =>
  tx
    .insertInto('identity.challenge')
    .values({ id: row.id, kind: row.kind, officer_id: row.officerId, login: row.login, challenge: row.challenge, created_at: row.at, expires_at: row.expiresAt })
    .execute()

export const findChallenge = (reader: Reader, id: string, kind: ChallengeKind, now: Date) =>
  reader.selectFrom('identity.challenge').selectAll().where('id', '=', id).where('kind', '=', kind).where('expires_at', '>', now).executeTakeFirst()

/** Takes the challenge away: it serves one answer, right or wrong. Undefined when it is not there (any more). */
export const takeChallenge = async (reader: Reader, id: string, kind: ChallengeKind, now: Date) =>
  (await reader.deleteFrom('identity.challenge').where('id', '=', id).where('kind', '=', kind).where('expires_at', '>', now).returningAll().execute())[0]

// — devices and history —

/** Marks the device as seen. `fresh`: never seen with this owner; `others`: how many devices the owner had before. */
export async function seeDevice(tx: Tx, device: { id: string; owner: string; userAgent: string | null; at: Date }): Promise<{ fresh: boolean; others: number }> {
  const { rows } = await sql<{ fresh: boolean; others: number }>`
    with before as (select count(*)::int as n, coalesce(bool_or(id = ${device.id}), false) as known from identity.device where owner = ${device.owner}),
    seen as (
      insert into identity.device (id, owner, user_agent, first_at, last_at)
      values (${device.id}, ${device.owner}, ${device.userAgent}, ${device.at}::timestamptz, ${device.at}::timestamptz)
      on conflict (id) do update set last_at = excluded.last_at, user_agent = excluded.user_agent)
    select not known as fresh, n as others from before`.execute(tx)
  return rows[0]!
}

export type SignInOutcome = 'in' | 'wrong_password' | 'wrong_factor' | 'locked' | 'disabled'

export const addSignIn = (
  tx: Tx, row: { owner: string; at: Date; outcome: SignInOutcome; proof: string | null; ip: string | null; userAgent: string | null; newDevice: boolean },
) =>
  tx
    .insertInto('identity.sign_in')
    .values({ owner: row.owner, at: row.at, outcome: row.outcome, proof: row.proof, ip: row.ip, user_agent: row.userAgent, new_device: row.newDevice })
    .execute()

export const signInsOf = (reader: Reader, owner: string, limit: number) =>
  reader.selectFrom('identity.sign_in').selectAll().where('owner', '=', owner).orderBy('id', 'desc').limit(limit).execute()

// — passwords —

export const keepPasswordPast = (tx: Tx, officerId: string, hash: string, at: Date) =>
  tx.insertInto('identity.password_past').values({ officer_id: officerId, password_hash: hash, replaced_at: at }).execute()

export const passwordPastHashes = async (reader: Reader, officerId: string, limit: number): Promise<string[]> =>
  (await reader.selectFrom('identity.password_past').select('password_hash').where('officer_id', '=', officerId).orderBy('id', 'desc').limit(limit).execute()).map((row) => row.password_hash)

// — accounts —

export const setDisabled = async (tx: Tx, officerId: string, at: Date, why: string): Promise<boolean> =>
  (await tx.updateTable('identity.credential').set({ disabled_at: at, disabled_why: why }).where('officer_id', '=', officerId).where('disabled_at', 'is', null).executeTakeFirst()).numUpdatedRows > 0n

export const setEnabled = async (tx: Tx, officerId: string, at: Date): Promise<boolean> =>
  (await tx.updateTable('identity.credential').set({ disabled_at: null, disabled_why: null, enabled_at: at }).where('officer_id', '=', officerId).where('disabled_at', 'is not', null)
    .executeTakeFirst()).numUpdatedRows > 0n

/** Disables accounts that nobody has used since `before`, and that no program uses by a token. Returns them. */
export async function disableUnused(tx: Tx, before: Date, at: Date): Promise<{ officerId: string; login: string }[]> {
  const { rows } = await sql<{ officer_id: string; login: string }>`
    update identity.credential c set disabled_at = ${at}::timestamptz, disabled_why = 'unused'
    where disabled_at is null and greatest(coalesce(signed_in_at, changed_at), changed_at, coalesce(enabled_at, changed_at)) < ${before}::timestamptz
      and not exists (select 1 from identity.token t where t.officer_id = c.officer_id and t.revoked_at is null and t.expires_at > ${at}::timestamptz)
    returning officer_id, login`.execute(tx)
  return rows.map((row) => ({ officerId: row.officer_id, login: row.login }))
}

export const officersByLogin = async (reader: Reader, login: string, limit: number): Promise<string[]> =>
  (await reader.selectFrom('identity.credential').select('officer_id').where('login', 'like', `${login.trim().toLowerCase().replaceAll(/[%_\\]/g, '\\$&')}%`).orderBy('login').limit(limit).execute())
    .map((row) => row.officer_id)

export const accountsOf = (reader: Reader, officerIds: readonly string[]) =>
  officerIds.length === 0
    ? Promise.resolve([])
    : reader
        .selectFrom('identity.credential as c')
        .leftJoin('identity.failure as f', 'f.login', 'c.login')
        .select(['c.officer_id', 'c.login', 'c.changed_at', 'c.signed_in_at', 'c.disabled_at', 'c.disabled_why', 'f.locked_until', 'f.tries'])
        .select((eb) => [
          eb.exists(eb.selectFrom('identity.totp as t').select('t.officer_id').whereRef('t.officer_id', '=', 'c.officer_id').where('t.confirmed_at', 'is not', null)).as('totp'),
          eb.selectFrom('identity.passkey as p').select(sql<number>`count(*)::int`.as('n')).whereRef('p.officer_id', '=', 'c.officer_id').as('passkeys'),
        ])
        .where('c.officer_id', 'in', [...officerIds])
        .orderBy('c.login')
        .execute()
