// Two people at one process: their steps are merged as steps, and the drawing follows them; nobody is asked to choose between two drawings.

import { parseBpmn, BpmnError } from '#core/bpmn/index.ts'
import type { PartValue } from './draft-parts.ts'
import { sameJson, type Merged } from './merge.ts'
import { stepsOf } from './read-drawing.ts'
import { redraw, sameSteps } from './redraw.ts'
import type { Step } from './record.ts'

/** The merged process part with a drawing that says what its steps say. What only one of the two has drawn keeps that one's layout; drawn by both, mine. */
export async function settleDrawing(merged: Merged, mine: PartValue, theirs: PartValue, names: { readonly code: string; readonly name: string }): Promise<Merged> {
  const conflicts = merged.conflicts.filter(({ path }) => path[0] !== 'bpmn')
  const value = merged.value as PartValue
  const layout = [value.bpmn, mine.bpmn, theirs.bpmn].find((one) => typeof one === 'string') as string | undefined
  const whole = sameJson(value, mine) || sameJson(value, theirs) // one of the two as it was sent
  if (layout === undefined || (whole && merged.conflicts.length === conflicts.length)) return { value, conflicts }
  const steps = (Array.isArray(value.steps) ? value.steps : []) as unknown as Step[]
  for (const bpmn of [mine.bpmn, value.bpmn, theirs.bpmn]) if (typeof bpmn === 'string' && (await says(bpmn, steps))) return { value: { ...value, bpmn }, conflicts }
  const drawn = await redraw(layout, { ...names, steps })
  const { bpmn: _, ...rest } = value
  return { value: drawn ? { ...rest, bpmn: drawn.bpmn } : rest, conflicts }
}

async function says(bpmn: string, steps: readonly Step[]): Promise<boolean> {
  try {
    return sameSteps(stepsOf((await parseBpmn(bpmn)).definition).steps, steps)
  } catch (error) {
    if (error instanceof BpmnError) return false
    throw error
  }
}
