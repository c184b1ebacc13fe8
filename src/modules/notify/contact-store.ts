// SQL of where and how a citizen wants to be told: verified numbers and addresses, choices by kind and channel.

import type { Reader, Tx } from '#core/db/index.ts'

export type Reach = 'sms' | 'email'

export interface Contact {
  readonly channel: Reach
  readonly address: string | null
  readonly verifiedAt: Date | null
  readonly claimed: string | null
  readonly codeDigest: string | null
  readonly codeUntil: Date | null
  readonly codeTries: number
  readonly claimsToday: number
  readonly claimedOn: string | null
}

/** `kind.channel` of what was chosen away. */
export async function choicesOff(reader: Reader, citizenId: string): Promise<Set<string>> {
  const rows = await reader.selectFrom('notify.choice').select(['kind', 'channel']).where('citizen_id', '=', citizenId).where('wanted', '=', false).execute()
  return new Set(rows.map((row) => `${row.kind}.${row.channel}`))
}

export async function verified(reader: Reader, citizenId: string): Promise<{ sms?: string; email?: string }> {
  const rows = await reader.selectFrom('notify.contact').select(['channel', 'address']).where('citizen_id', '=', citizenId).where('verified_at', 'is not', null).execute()
  return Object.fromEntries(rows.map((row) => [row.channel, row.address]))
}

const columns = ['channel', 'address', 'verified_at', 'claimed_address', 'code_digest', 'code_until', 'code_tries', 'claims_today', 'claimed_on'] as const

export async function contactsOf(reader: Reader, citizenId: string): Promise<Contact[]> {
  const rows = await reader.selectFrom('notify.contact').select(columns).where('citizen_id', '=', citizenId).execute()
  return rows.map((row) => ({
    channel: row.channel as Reach, address: row.address, verifiedAt: row.verified_at, claimed: row.claimed_address, codeDigest: row.code_digest, codeUntil: row.code_until,
    codeTries: row.code_tries, claimsToday: row.claims_today, claimedOn: row.claimed_on as string | null,
  }))
}

/** The row, made when missing, held until the transaction ends. */
export async function holdContact(tx: Tx, citizenId: string, channel: Reach): Promise<Contact> {
  await tx.insertInto('notify.contact').values({ citizen_id: citizenId, channel }).onConflict((c) => c.doNothing()).execute()
  await tx.selectFrom('notify.contact').select('channel').where('citizen_id', '=', citizenId).where('channel', '=', channel).forUpdate().execute()
  return (await contactsOf(tx, citizenId)).find((one) => one.channel === channel)!
}

export const claim = (tx: Tx, citizenId: string, channel: Reach, claimed: { address: string; digest: string; until: Date; on: string; count: number }) =>
  tx
    .updateTable('notify.contact')
    .set({ claimed_address: claimed.address, code_digest: claimed.digest, code_until: claimed.until, code_tries: 0, claimed_on: claimed.on, claims_today: claimed.count })
    .where('citizen_id', '=', citizenId).where('channel', '=', channel).execute()

export const countTry = (tx: Tx, citizenId: string, channel: Reach, tries: number) =>
  tx.updateTable('notify.contact').set({ code_tries: tries }).where('citizen_id', '=', citizenId).where('channel', '=', channel).execute()

export const keep = (tx: Tx, citizenId: string, channel: Reach, address: string, at: Date) =>
  tx
    .updateTable('notify.contact').set({ address, verified_at: at, claimed_address: null, code_digest: null, code_until: null, code_tries: 0 })
    .where('citizen_id', '=', citizenId).where('channel', '=', channel).execute()

export const forget = (tx: Tx, citizenId: string, channel: Reach) =>
  tx.updateTable('notify.contact').set({ address: null, verified_at: null, claimed_address: null, code_digest: null, code_until: null }).where('citizen_id', '=', citizenId).where('channel', '=', channel).execute()

/** The whole choice anew. */
export async function choose(tx: Tx, citizenId: string, off: readonly { kind: string; channel: Reach }[], at: Date): Promise<void> {
  await tx.deleteFrom('notify.choice').where('citizen_id', '=', citizenId).execute()
  if (off.length > 0) await tx.insertInto('notify.choice').values(off.map((one) => ({ citizen_id: citizenId, ...one, wanted: false, chosen_at: at }))).execute()
}
