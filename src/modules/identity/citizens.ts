// Citizens come in by VNeID: its claims make or mend the citizen, and a session begins.

import { parseInput } from '#core/act.ts'
import { as, type Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import type { Citizen } from '#core/policy/actor.ts'
import { citizenSignedIn } from './events.ts'
import { CitizenClaims, type Device, type SignedIn } from './schema.ts'
import { shortId } from './secrets.ts'
import { openSession } from './sessions.ts'
import * as store from './store.ts'

const namesOf = (claims: CitizenClaims): string[] =>
  Object.entries(claims)
    .filter(([name, value]) => value !== null && name !== 'sub')
    .map(([name]) => name)

const asActor = (id: string, claims: CitizenClaims): Citizen => ({
  kind: 'citizen',
  id,
  name: claims.full_name,
  personalId: claims.personal_id,
  level: claims.level,
})

/** Signs in the citizen whom VNeID vouches for. Name, number and level follow the claims; the account is known by `sub`.
 *  Throws Invalid when the claims lack what is needed, the personal number above all. */
export async function signInCitizen(ctx: Ctx, claims: unknown, device: Device = {}): Promise<SignedIn> {
  const told = parseInput(CitizenClaims, claims)
  return inTransaction(ctx.db, async (tx) => {
    const id = await store.upsertCitizen(tx, told, ctx.now, ctx.now)
    const actor = asActor(id, told)
    const session = await openSession(tx, ctx, { actor, posts: [], post: null }, device, 'vneid')
    await emit(tx, as(ctx, actor), citizenSignedIn, id, { level: told.level, received: namesOf(told), session: shortId(session.sessionId) })
    return session
  })
}

/** Makes a citizen known without a sign-in, for demo data and imports. Idempotent by `sub`. Returns the actor. */
export async function knowCitizen(ctx: Ctx, claims: unknown): Promise<Citizen> {
  const told = parseInput(CitizenClaims, claims)
  return inTransaction(ctx.db, async (tx) => asActor(await store.upsertCitizen(tx, told, ctx.now, null), told))
}
