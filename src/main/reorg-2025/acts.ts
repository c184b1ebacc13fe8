// Hands of the run: real acts by whoever may do them where the work lies now, at a clock that is moved by hand.

import { type Ctx, type Env, makeCtx } from '#core/ctx.ts'
import type { Officer, Role } from '#core/policy/actor.ts'
import { addWorkingTime, localDate } from '#core/workdays/index.ts'
import { completeStep, type Dossier, reasonsFor, supplement } from '#modules/dossiers/index.ts'
import { doersOf, listHolders, postsHeldBy } from '#modules/org/index.ts'
import { getVersion } from '#modules/procedures/index.ts'
import { type Item, listItems } from '#modules/work/index.ts'

/** A clock that is moved by hand. */
export interface Hands {
  now(): Date
  to(at: Date): void
}

export function hands(at: string): Hands {
  let now = new Date(at)
  return {
    now: () => new Date(now),
    to(next) {
      now = next
    },
  }
}

const isOpen = (item: Item): boolean => item.state === 'open' || item.state === 'claimed'
const REASONED = { refuse: 'refusal', request_supplement: 'supplement', reject: 'unresolved', return_unresolved: 'unresolved', suspend_financial: 'financial' } as const

/** `citizen` gives the applicant of a dossier that has an account. */
export function openHands(env: Env, clock: Hands, citizen: (dossier: Dossier) => Promise<Ctx>) {
  const officers = new Map<string, Promise<Officer | null>>()
  const today = (): string => localDate(clock.now())

  async function find(unitId: string, stepRole: string): Promise<Officer | null> {
    for (const role of stepRole === 'cong_dan' ? ['mot_cua'] : doersOf(stepRole)) {
      const [holder] = await listHolders(env.db, unitId, role as Role, today())
      if (holder) return { kind: 'officer', id: holder.id, name: holder.fullName, posts: (await postsHeldBy(env.db, holder.id, today())).filter((post) => post.unitId === unitId) }
    }
    return null
  }

  /** Somebody who may do steps of the role in the unit, acting now; null when nobody is there. */
  async function officer(unitId: string, role: string): Promise<Ctx | null> {
    const key = `${unitId} ${role} ${today()}`
    const known = officers.get(key) ?? find(unitId, role)
    officers.set(key, known)
    const actor = await known
    return actor && makeCtx(env, actor)
  }

  const later = (hours: number): void => clock.to(addWorkingTime(clock.now(), hours, env.calendar))
  const openItems = async (id: string): Promise<Item[]> => (await listItems(env.db, id)).filter(isOpen)
  const offers = async (dossier: Dossier, effect: string): Promise<boolean> => (await openItems(dossier.id)).some((item) => item.outcomes.some((one) => one.effect === effect))

  async function said(dossier: Dossier, item: Item, outcome: string) {
    const act = REASONED[item.outcomes.find((one) => one.key === outcome)?.effect as keyof typeof REASONED]
    const note = 'Theo quy định.'
    if (!act) return { note }
    const { record } = await getVersion(env.db, dossier.versionId)
    const [first] = reasonsFor(record as never, act, today())
    return { note, reasons: first ? [{ code: first.code, detail: first.needsDetail ? 'Thiếu chữ ký của người nộp.' : null }] : [], explanation: 'Đến bước này mới phát hiện.' }
  }

  /** Does the first open step that somebody here may do; the outcome by its key or effect, else the first. False when there is none. */
  async function step(dossier: Dossier, wanted?: string): Promise<boolean> {
    for (const item of await openItems(dossier.id)) {
      if (item.waits > 0) continue
      const outcome = wanted ? item.outcomes.find((one) => one.effect === wanted || one.key === wanted) : item.outcomes[0]
      if (!outcome) continue
      const owner = item.role === 'cong_dan' && dossier.citizenId !== null
      const ctx = owner ? await citizen(dossier) : await officer(item.unitId ?? dossier.receivedUnitId, item.role)
      if (!ctx) continue
      later(Math.max(0.1, Math.min(item.hours * 0.3, 3)))
      const at = makeCtx(env, ctx.actor)
      if (item.role === 'cong_dan' && wanted === undefined) await supplement(at, { dossier: dossier.id })
      else await completeStep(at, { item: item.id, outcome: outcome.key, ...(await said(dossier, item, outcome.key)) })
      return true
    }
    return false
  }

  return { officer, later, openItems, offers, step }
}
