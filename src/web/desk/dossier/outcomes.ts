// What may come of the work on one's desk, as addresses and looks: which outcome is one press, which asks for reasons first.

import type { DossierView, ReasonAct } from '#modules/dossiers/index.ts'
import { canComplete, type Item, type OutcomeChoice } from '#modules/work/index.ts'
import type { Actor } from '#core/policy/actor.ts'
import { dossierHref } from '../words.tsx'

/** Acts of the one-stop desk by the effect of the outcome that is them. */
export const NOUNS: Readonly<Record<string, readonly string[]>> = {
  acceptance: ['accept'], refusal: ['refuse'], 'supplement-request': ['request_supplement'], return: ['return', 'return_unresolved'],
}

/** Outcomes that the citizen must be told the reasons of. */
const REASONED = ['refuse', 'request_supplement', 'reject', 'return_unresolved', 'suspend_financial']

/** The applicant's own step is recorded at the counter in the applicant's words: it needs no reason of ours. */
export const asksReasons = (view: Pick<DossierView, 'dossier'>, item: Pick<Item, 'role'>, outcome: OutcomeChoice): boolean =>
  item.role !== 'cong_dan' && REASONED.includes(outcome.effect ?? '')
  // a signed notice has its reasons: handing it over is one press
  && !(outcome.effect === 'return_unresolved' && view.dossier.rejection === 'signed')

/** What the reasons of an outcome are given for. */
export const actOf = (effect: string): ReasonAct =>
  effect === 'refuse' ? 'refusal' : effect === 'request_supplement' ? 'supplement' : effect === 'suspend_financial' ? 'financial' : 'unresolved'

const openOf = (view: DossierView): readonly Item[] => view.items.filter((item) => item.state === 'open' || item.state === 'claimed')

/** The one open outcome that an act of the desk would choose; null when there is none or more than one. */
export function onlyWay(view: DossierView, noun: string): { item: Item; outcome: OutcomeChoice } | null {
  const effects = NOUNS[noun] ?? []
  const ways = openOf(view).flatMap((item) => item.outcomes.filter((outcome) => effects.includes(outcome.effect ?? '')).map((outcome) => ({ item, outcome })))
  return ways.length === 1 ? ways[0]! : null
}

/** Where an outcome is posted, and where its page of reasons stands. */
export function outcomeHref(view: DossierView, item: Item, outcome: OutcomeChoice): string {
  const noun = Object.keys(NOUNS).find((name) => {
    const way = onlyWay(view, name)
    return way?.item.id === item.id && way.outcome.key === outcome.key
  })
  return noun ? dossierHref(view.dossier, `/${noun}`) : `/desk/work/${item.id}/completion`
}

/** The page that asks for the reasons of an outcome: the address it is posted to, read. */
export const reasonsHref = (href: string, outcome: OutcomeChoice): string => (href.endsWith('/completion') ? `${href}?outcome=${encodeURIComponent(outcome.key)}` : href)

export interface Offer {
  readonly outcome: OutcomeChoice
  readonly href: string
  readonly reasoned: boolean
}

export const offersOf = (view: DossierView, item: Item): Offer[] =>
  item.outcomes.map((outcome) => ({ outcome, href: outcomeHref(view, item, outcome), reasoned: asksReasons(view, item, outcome) }))

/** Work of this desk that this officer may finish now, own work first. */
export const doable = (view: DossierView, actor: Actor): Item[] =>
  view.mine.filter((item) => canComplete(item, actor) === null).sort((a, b) => Number(b.state === 'claimed') - Number(a.state === 'claimed'))

/** Outcomes whose paper can be read before it is issued. */
export const hasDraft = (outcome: OutcomeChoice): boolean => ['accept', 'refuse', 'request_supplement', 'reject', 'return_unresolved', 'approve', 'sign', 'number'].includes(outcome.effect ?? '')
