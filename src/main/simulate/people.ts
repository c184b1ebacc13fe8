// How people of the month behave: what an officer decides at a step and how long it takes, what a citizen does when asked.

import type { Item, OutcomeChoice } from '#modules/work/index.ts'
import { chance, happens, weigh } from './chance.ts'

/** How often each kind of outcome is chosen where the process offers it; what is not named is the plain way on. */
const WEIGHTS: Readonly<Record<string, number>> = { refuse: 3, request_supplement: 8, reject: 3, suspend_financial: 30 }
const PLAIN = 86

/** The outcome of a step: mostly the first, at times one of the others. */
export function decide(item: Item, ...words: readonly (string | number)[]): OutcomeChoice {
  const [usual, ...others] = item.outcomes
  return weigh([[usual!, PLAIN], ...others.map((one) => [one, WEIGHTS[one.effect ?? ''] ?? 6] as const)], ...words, item.step, item.openedAt.getTime())
}

/** Working hours until somebody gets to the step: most in a part of its share, some few beyond it. */
export function patience(item: Item, ...words: readonly (string | number)[]): number {
  const share = Math.max(item.hours, 0.5)
  const hurry = chance(...words, item.step, 'patience')
  return share * (hurry < 0.94 ? 0.1 + 0.75 * hurry : 0.9 + hurry * 0.6)
}

export type CitizenMove = 'mend' | 'withdraw' | 'nothing'

/** What an applicant does who is asked for something. */
export const answer = (...words: readonly (string | number)[]): CitizenMove => weigh([['mend', 88], ['withdraw', 6], ['nothing', 6]], ...words, 'answer')

export const withdraws = (code: string, seed: string): boolean => happens(0.01, seed, code, 'withdraws')
export const appeals = (code: string, seed: string): boolean => happens(0.5, seed, code, 'appeals')
export const apologises = (code: string, seed: string): boolean => happens(0.3, seed, code, 'apologises')
export const consults = (item: Item, code: string, seed: string): boolean => item.role === 'chuyen_vien' && happens(0.05, seed, code, item.step, 'consults')
