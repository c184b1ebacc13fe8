// Edits the list of steps as a list: add, move, take out, rewrite; what led to a step that goes leads to what came after it.

import { END } from './flow.ts'
import type { Next, Outcome, Step } from './record.ts'

export type StepAct =
  | { readonly act: 'add'; readonly after: string | null; readonly step: Pick<Step, 'id' | 'name' | 'role'> & Partial<Step> }
  | { readonly act: 'write'; readonly step: Step }
  | { readonly act: 'remove'; readonly id: string }
  | { readonly act: 'move'; readonly id: string; readonly by: 1 | -1 }

/** The list after one act. Acts that name a step which is not there change nothing. */
export function editSteps(steps: readonly Step[], act: StepAct): Step[] {
  switch (act.act) {
    case 'add':
      return add(steps, act.after, act.step)
    case 'write':
      return steps.map((step) => (step.id === act.step.id ? act.step : step))
    case 'remove':
      return take(steps, act.id)
    case 'move': {
      const at = steps.findIndex((step) => step.id === act.id)
      const to = at + act.by
      // The first receives: it stays the first.
      if (at < 1 || to < 1 || to >= steps.length) return [...steps]
      const moved = steps.filter((step) => step.id !== act.id)
      return [...moved.slice(0, to), steps[at]!, ...moved.slice(to)]
    }
  }
}

/** A new step takes over where the one before it led when all goes well. */
function add(steps: readonly Step[], after: string | null, step: Pick<Step, 'id' | 'name' | 'role'> & Partial<Step>): Step[] {
  const at = steps.findIndex((one) => one.id === after)
  const before = at < 0 ? steps.at(-1) : steps[at]
  const first = before?.outcomes[0]
  const on = { next: first?.next ?? END, ...(first?.joins ? { joins: true } : {}) }
  const made: Step = { hours: 0, ...step, outcomes: step.outcomes ?? [{ key: 'xong', label: 'Xong', ...on }] }
  const list = steps.map((one) => (one !== before || !first ? one : { ...one, outcomes: one.outcomes.map((outcome, i) => (i === 0 ? led(outcome, step.id) : outcome)) }))
  const place = before ? steps.indexOf(before) + 1 : 0
  return [...list.slice(0, place), made, ...list.slice(place)]
}

function led({ joins: _, ...outcome }: Outcome, next: Next): Outcome {
  return { ...outcome, next }
}

function take(steps: readonly Step[], id: string): Step[] {
  const gone = steps.find((step) => step.id === id)
  if (!gone) return [...steps]
  const on = gone.outcomes.find((outcome) => outcome.next !== id)
  const rest = steps.filter((step) => step.id !== id)
  return rest.map((step) => {
    const outcomes = step.outcomes.map((outcome): Outcome => {
      if (outcome.next === id) return { ...outcome, next: on?.next ?? END, ...(on?.joins ? { joins: true } : {}) }
      if (!Array.isArray(outcome.next) || !outcome.next.includes(id)) return outcome
      const heads = outcome.next.flatMap((head) => (head !== id ? [head] : on && !on.joins && typeof on.next === 'string' && on.next !== END ? [on.next] : []))
      const unique = [...new Set(heads)]
      return { ...outcome, next: unique.length > 1 ? unique : (unique[0] ?? END) }
    })
    return { ...step, outcomes }
  })
}

/** A code for a new step that none of these has. */
export function newStepId(steps: readonly Pick<Step, 'id'>[], plain: string): string {
  const base = plain || 'buoc'
  let id = base
  for (let n = 2; id === END || steps.some((step) => step.id === id); n++) id = `${base}_${n}`
  return id
}
