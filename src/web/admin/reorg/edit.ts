// Changing a plan that others may be changing too: what is asked for is done to the plan as it stands, so two editors lose nothing.

import type { Ctx } from '#core/ctx.ts'
import { Conflict } from '#core/errors.ts'
import { contentOf, getPlan, type PlanContent, savePlan, type Step } from '#modules/reorg/index.ts'

const TRIES = 5

/** Does `change` to the plan of this moment; when somebody saved in between, to the next one. Throws what `savePlan` throws. */
export async function editPlan(ctx: Ctx, id: string, change: (content: PlanContent) => PlanContent): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const plan = await getPlan(ctx, id)
    const before = contentOf(plan)
    const after = change(before)
    if (JSON.stringify(after) === JSON.stringify(before)) return
    try {
      await savePlan(ctx, { plan: id, revision: plan.revision, content: after })
      return
    } catch (error) {
      const moved = error instanceof Conflict && attempt < TRIES && (await getPlan(ctx, id)).revision !== plan.revision
      if (!moved) throw error
    }
  }
}

/** Keys in one order: the database keeps them in another than forms send them. */
const ordered = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value

/** What a step is known by whatever its place in the list. */
export const markOf = (step: Step): string => {
  const text = JSON.stringify(step, ordered)
  let hash = 5381
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 33) ^ text.charCodeAt(at)) >>> 0
  return `${hash.toString(36)}-${text.length.toString(36)}`
}

/** The same plan without one step; a step that somebody else has taken out already is gone all the same. */
export const without = (mark: string) => (content: PlanContent): PlanContent => {
  const at = content.steps.findIndex((step) => markOf(step) === mark)
  return at < 0 ? content : { ...content, steps: content.steps.toSpliced(at, 1) }
}

/** The same plan with steps at its end; those that are there already are not drawn twice (a double click). */
export const withSteps = (steps: readonly Step[]) => (content: PlanContent): PlanContent => {
  const known = new Set(content.steps.map(markOf))
  return { ...content, steps: [...content.steps, ...steps.filter((step) => !known.has(markOf(step)))] }
}

export const BASICS = ['title', 'day', 'decisionNo', 'decisionOn', 'note', 'follow', 'windowDays'] as const
export type Basic = (typeof BASICS)[number]
export type Basics = Pick<PlanContent, Basic>

/** Fields that I changed and that somebody else has changed to something else since I opened the form. */
export function clashes(seen: Basics, mine: Basics, now: Basics): Basic[] {
  return BASICS.filter((key) => mine[key] !== seen[key] && now[key] !== seen[key] && now[key] !== mine[key])
}

/** What I changed goes over what is there; what I left alone stays as others made it. */
export const merged = (seen: Basics, mine: Basics, now: Basics): Basics => Object.fromEntries(BASICS.map((key) => [key, mine[key] === seen[key] ? now[key] : mine[key]])) as unknown as Basics
