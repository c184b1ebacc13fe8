// Who is at the other end of a request: by cookie or by bearer token; and where else somebody is signed in.

import type { Reader } from '#core/db/index.ts'
import type { Actor, Citizen, Officer } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/local.ts'
import { getOfficer, postsHeldBy } from '#modules/org/index.ts'
import { lives, postHeld, shouldTouch } from './rules.ts'
import type { Recognised, RecognisedSession, SessionRow } from './schema.ts'
import { digest, looksLikeSecret, looksLikeToken } from './secrets.ts'
import * as store from './store.ts'

/** The officer with the posts held on the day of `now`, acting in `postId` alone, or in all of them when `everywhere`. */
export async function recogniseOfficer(
  reader: Reader,
  officerId: string,
  postId: string | null,
  now: Date,
  everywhere = false,
): Promise<Recognised> {
  const { id, fullName } = await getOfficer(reader, officerId)
  const posts = await postsHeldBy(reader, id, localDate(now))
  const post = postHeld(posts, postId)
  const actor: Officer = { kind: 'officer', id, name: fullName, posts: everywhere ? posts : post ? [post] : [] }
  return { actor, posts, post }
}

interface CitizenRow {
  readonly citizen_id: string | null
  readonly full_name: string | null
  readonly personal_id: string | null
  readonly level: number | null
}

const asCitizen = (row: CitizenRow): Citizen => ({
  kind: 'citizen',
  id: row.citizen_id!,
  name: row.full_name!,
  personalId: row.personal_id!,
  level: row.level === 2 ? 2 : 1,
})

/** Who holds the cookie's secret, or null when nobody does (any more). Keeps the session awake. */
export async function actorOfSession(reader: Reader, secret: string, now: Date): Promise<RecognisedSession | null> {
  if (!looksLikeSecret(secret)) return null
  const row = await store.sessionById(reader, digest(secret))
  if (!row || !lives({ kind: row.citizen_id ? 'citizen' : 'officer', seenAt: row.seen_at, expiresAt: row.expires_at }, now)) return null
  if (shouldTouch(row.seen_at, now)) await store.touch(reader, row.id, row.seen_at, now)
  if (row.citizen_id) return { sessionId: row.id, actor: asCitizen(row), posts: [], post: null }
  return { sessionId: row.id, ...(await recogniseOfficer(reader, row.officer_id!, row.post_id, now)) }
}

/** Whom a bearer token `ts_…` speaks for, or null. Without a post of its own it acts in every post that its officer holds. */
export async function actorOfToken(reader: Reader, token: string, now: Date): Promise<(Recognised & { tokenId: string }) | null> {
  if (!looksLikeToken(token)) return null
  const row = await store.tokenById(reader, digest(token), now)
  if (!row) return null
  if (row.citizen_id) return { tokenId: row.id, actor: asCitizen(row), posts: [], post: null }
  return { tokenId: row.id, ...(await recogniseOfficer(reader, row.officer_id!, row.post_id, now, row.post_id === null)) }
}

/** Whose sessions an actor may see and end: their own. */
export const ownerOf = (actor: Actor): store.Owner | null =>
  actor.kind === 'citizen'
    ? { citizenId: actor.id, officerId: null }
    : actor.kind === 'officer'
      ? { citizenId: null, officerId: actor.id }
      : null

/** Where the actor is signed in now, the latest first. */
export async function listSessions(reader: Reader, actor: Actor, now: Date): Promise<SessionRow[]> {
  const owner = ownerOf(actor)
  if (!owner) return []
  const kind = owner.citizenId ? 'citizen' : 'officer'
  return (await store.sessionsOf(reader, owner, now)).filter((row) => lives({ kind, seenAt: row.seenAt, expiresAt: row.expiresAt }, now))
}

export interface CitizenProfile {
  readonly id: string
  readonly personalId: string
  readonly fullName: string
  readonly birthDate: string | null
  readonly level: 1 | 2
  /** Everything VNeID said at the last sign-in; see `CitizenClaims`. */
  readonly claims: Record<string, unknown>
}

/** What VNeID last said about a citizen, to prefill forms; null when unknown. */
export async function findCitizen(reader: Reader, id: string): Promise<CitizenProfile | null> {
  const row = await store.citizenById(reader, id)
  if (!row) return null
  return {
    id: row.id,
    personalId: row.personal_id,
    fullName: row.full_name,
    birthDate: row.birth_date,
    level: row.level === 2 ? 2 : 1,
    claims: row.claims as Record<string, unknown>,
  }
}

/** Whether any officer has an account yet. */
export const hasCredentials = async (reader: Reader): Promise<boolean> =>
  (await reader.selectFrom('identity.credential').select('officer_id').limit(1).executeTakeFirst()) !== undefined
