// Which step of one drawing corresponds to which of another: what can be seen by itself, and where an official has to choose. Pure.

import { type Definition, keyOfElement } from '#core/bpmn/index.ts'
import { fold } from '#core/text/index.ts'

/** A step as an official knows it. */
export interface StepCard {
  readonly key: string
  readonly name: string
  readonly role: string
  readonly hours: number
  readonly clock: 'runs' | 'stops'
  readonly status: number | null
  readonly kind: 'task' | 'call'
}

export interface Pair {
  readonly from: StepCard
  readonly to: StepCard | null
  /** `same`: by its key; `alike`: by role and name; `none`: nothing is suggested. */
  readonly how: 'same' | 'alike' | 'none'
}

/** Tasks and calls of a drawing, each key once, in the order drawn. */
export function stepsOf(definition: Definition): StepCard[] {
  const cards = new Map<string, StepCard>()
  for (const element of Object.values(definition.elements)) {
    if (element.type !== 'task' && element.type !== 'callActivity') continue
    const key = keyOfElement(element)
    if (cards.has(key)) continue
    const { role = 'chuyen_vien', hours = 0, clock = 'runs', status } = element.attributes
    cards.set(key, { key, name: element.name || key, role, hours, clock, status: status ?? null, kind: element.type === 'task' ? 'task' : 'call' })
  }
  return [...cards.values()]
}

/** A step that waits for somebody outside (for papers 5, money 6, or to fetch the result 9) is not the same as one that does not. */
export const OUTSIDE = [5, 6, 9]
export const waitsAlike = (one: StepCard, other: StepCard): boolean => {
  const waits = (card: StepCard) => (card.status !== null && OUTSIDE.includes(card.status) ? card.status : card.role === 'cong_dan' ? 0 : null)
  return waits(one) === waits(other)
}

/** A counterpart for every step where one can be seen: the same key, else the one step of that role and name. */
export function suggest(from: Definition, to: Definition): Pair[] {
  const there = stepsOf(to)
  const here = stepsOf(from)
  const taken = new Set(here.filter((step) => there.some((one) => one.key === step.key && one.kind === step.kind)).map((step) => step.key))
  return here.map((step): Pair => {
    const same = there.find((one) => one.key === step.key && one.kind === step.kind && waitsAlike(step, one))
    if (same) return { from: step, to: same, how: 'same' }
    const alike = there.filter((one) => !taken.has(one.key) && one.kind === step.kind && one.role === step.role && fold(one.name) === fold(step.name) && waitsAlike(step, one))
    return alike.length === 1 ? { from: step, to: alike[0]!, how: 'alike' } : { from: step, to: null, how: 'none' }
  })
}

/** Steps of the new drawing that nothing leads to. */
export const freshSteps = (to: Definition, pairs: readonly Pair[]): StepCard[] => stepsOf(to).filter((step) => !pairs.some((pair) => pair.to?.key === step.key))
