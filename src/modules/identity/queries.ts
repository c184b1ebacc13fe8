// Who is at the other end of a request: by cookie or by bearer token; and where else somebody is signed in.

import type { Reader } from '#core/db/index.ts'
import type { Actor, Citizen, Officer } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/local.ts'
import { getOfficer, postsHeldBy } from '#modules/org/index.ts'
import { type SignInRules, STANDARD_SIGN_IN } from '#core/policy/sign-in.ts'
import type { Ctx } from '#core/ctx.ts'
import { deviceWords } from './devices.ts'
import { idleTooLong, isAdministrator, lives, mustHaveFactor, passwordTooOld, postHeld, shouldTouch } from './rules.ts'
import * as factors from './store-factors.ts'
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

export const rulesOf = (ctx: Pick<Ctx, 'signIn'>): SignInRules => ctx.signIn ?? STANDARD_SIGN_IN

/** Who holds the cookie's secret, or null when nobody does (any more). Keeps the session awake, unless it is locked or the request is one that a
 *  page sends by itself (`passive`). A locked session is known, but whoever asks must see to it that nothing is read or done with it. */
export async function actorOfSession(
  reader: Reader, secret: string, now: Date, { rules = STANDARD_SIGN_IN, passive = false }: { rules?: SignInRules; passive?: boolean } = {},
): Promise<RecognisedSession | null> {
  if (!looksLikeSecret(secret)) return null
  const row = await store.sessionById(reader, digest(secret))
  if (!row || !lives({ kind: row.citizen_id ? 'citizen' : 'officer', seenAt: row.seen_at, expiresAt: row.expires_at }, now)) return null
  const awake = () => (!passive && shouldTouch(row.seen_at, now) ? store.touch(reader, row.id, row.seen_at, now) : undefined)
  const plain = { sessionId: row.id, locked: false, administrator: false, mustEnrol: false, mustChange: false, hasFactor: false, confirmedAt: row.confirmed_at, idleMinutes: null }
  if (row.citizen_id) {
    await awake()
    return { ...plain, actor: asCitizen(row), posts: [], post: null }
  }
  if (row.disabled_at) return null
  const known = await recogniseOfficer(reader, row.officer_id!, row.post_id, now)
  const administrator = isAdministrator(known.post ? [known.post] : [], rules)
  const idleMinutes = rules.idleMinutes[administrator ? 'administrator' : 'officer']
  const locked = idleTooLong(row.seen_at, idleMinutes, now)
  if (!locked) await awake()
  const hasFactor = Boolean(row.has_factor)
  return {
    ...plain, ...known, locked, administrator, idleMinutes, hasFactor,
    mustEnrol: !hasFactor && mustHaveFactor(known.posts, rules, now),
    mustChange: row.given_out === true || (row.changed_at !== null && passwordTooOld(known.posts, row.changed_at, rules, now)),
  }
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

export interface SignInRow {
  readonly at: Date
  readonly outcome: factors.SignInOutcome
  readonly proof: string | null
  readonly device: string
  readonly ip: string | null
  readonly newDevice: boolean
}

/** The last tries on the actor's account, good and bad, the latest first. */
export async function listSignIns(reader: Reader, actor: Actor, limit = 30): Promise<SignInRow[]> {
  if (actor.kind !== 'officer' && actor.kind !== 'citizen') return []
  return (await factors.signInsOf(reader, actor.id, limit)).map((row) => ({
    at: row.at, outcome: row.outcome as factors.SignInOutcome, proof: row.proof, device: deviceWords(row.user_agent), ip: row.ip, newDevice: row.new_device,
  }))
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
