// Brings a drawing after a changed list of steps: in place where only words and numbers changed, so that the official's layout stays; else drawn anew.

import type { ModdleElement } from 'bpmn-moddle'
import { type bpmnModdle, BpmnError, parseBpmn } from '#core/bpmn/index.ts'
import { isStep, stepIdOf, Ways } from './landing.ts'
import { buildBpmn, type Drawn } from './process.ts'
import { keyOf, stepsOf } from './read-drawing.ts'
import type { Outcome, Step } from './record.ts'
import { edited, writeArrow, writeExtension, writeOutcomes } from './tidy.ts'

/** The drawing of these steps. `kept`: the layout of `bpmn` stayed. Null when the steps cannot be drawn yet (a step leads to one that is not there). */
export async function redraw(bpmn: string | null, record: Drawn): Promise<{ bpmn: string; kept: boolean } | null> {
  const patched = bpmn === null ? null : await inPlace(bpmn, record.steps)
  if (patched) return { bpmn: patched, kept: true }
  const fresh = await drawAnew(record)
  return fresh === null ? null : { bpmn: fresh, kept: false }
}

/** As `buildBpmn`, for steps that may be unfinished: arrows that lead nowhere are left out. Null when even that cannot be drawn. */
export async function drawAnew({ code, name, steps }: Drawn): Promise<string | null> {
  if (steps.length === 0) return null
  const known = new Set([...steps.map((step) => step.id), 'end'])
  const missing = steps.flatMap((step) => step.outcomes.filter((outcome) => ![outcome.next].flat().every((id) => known.has(id))).map((outcome) => `${step.id}/${outcome.key}`))
  const open = (step: Step, outcome: Outcome) => missing.includes(`${step.id}/${outcome.key}`)
  // What leads nowhere is drawn to the end and the arrow rubbed out again, so that the rest has its place.
  const whole = steps.map((step) => ({ ...step, outcomes: step.outcomes.map((outcome) => (open(step, outcome) ? { ...outcome, next: 'end' } : outcome)) }))
  try {
    const drawn = await buildBpmn({ code, name, steps: whole })
    return missing.length === 0 ? drawn : await rubOut(drawn, missing)
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

async function rubOut(bpmn: string, missing: readonly string[]): Promise<string> {
  const { definition } = await parseBpmn(bpmn)
  const ways = new Ways(definition)
  const gone = new Set<string>()
  for (const element of Object.values(definition.elements).filter(isStep)) {
    const own = ways.flowsOf(element)
    const decision = own.length === 1 ? ways.follow(own[0]!, true).decision : undefined
    for (const flow of decision ? ways.flowsOf(decision) : own) if (missing.includes(`${stepIdOf(element)}/${keyOf(flow) ?? element.outcomes[0]?.key}`)) gone.add(flow.id)
  }
  return edited(bpmn, (elements) => remove(elements, gone))
}

/** Takes elements out of a file, with their shapes and what hangs on their ends. */
export function remove(elements: ReadonlyMap<string, ModdleElement>, gone: ReadonlySet<string>): void {
  const isGone = (one: ModdleElement | undefined) => one?.id !== undefined && gone.has(one.id)
  for (const element of elements.values()) {
    for (const key of ['flowElements', 'incoming', 'outgoing', 'artifacts', 'laneSets', 'flowNodeRef', 'rootElements'] as const) {
      if (Array.isArray(element[key])) element[key] = element[key].filter((one: ModdleElement) => !isGone(one))
    }
    if (isGone(element.default)) element.default = undefined
    if (Array.isArray(element.planeElement)) element.planeElement = element.planeElement.filter((one: ModdleElement) => !isGone(one.bpmnElement))
  }
}

const shapeOf = (steps: readonly Step[]) =>
  JSON.stringify([
    steps[0]?.id,
    [...steps].sort((a, b) => (a.id < b.id ? -1 : 1)).map((step) => [step.id, step.call ?? null, step.silence?.outcome, step.outcomes.map(({ key, next, joins }) => [key, next, joins ?? false]).sort()]),
  ])

/** Only words and numbers differ: they are written into the drawing as it lies. Null when more differs. */
async function inPlace(bpmn: string, steps: readonly Step[]): Promise<string | null> {
  try {
    const { definition } = await parseBpmn(bpmn)
    const reading = stepsOf(definition)
    if (sameSteps(reading.steps, steps)) return bpmn
    if (shapeOf(reading.steps) !== shapeOf(steps)) return null
    const ways = new Ways(definition)
    const order = new Map(steps.map((step, index) => [step.id, index + 1]))
    const patched = await edited(bpmn, (elements, moddle) => {
      for (const element of Object.values(definition.elements).filter(isStep)) {
        const step = steps.find((one) => one.id === stepIdOf(element))
        const drawn = elements.get(element.id)
        if (step && drawn) patchStep(drawn, step, order.get(step.id)!, moddle)
        if (!step) continue
        const own = ways.flowsOf(element)
        const decision = own.length === 1 ? ways.follow(own[0]!, true).decision : undefined
        const arrows = decision ? ways.flowsOf(decision) : own
        for (const flow of arrows) {
          const outcome = step.outcomes.find((one) => one.key === keyOf(flow))
          if (outcome && elements.get(flow.id)) writeArrow(elements.get(flow.id)!, outcome, arrows.length > 1, moddle)
        }
        for (const id of element.boundary ?? []) if (step.silence && definition.elements[id]?.event?.kind === 'timer') patchSilence(elements.get(id)!, step.silence, moddle)
      }
    })
    return sameSteps(stepsOf((await parseBpmn(patched)).definition).steps, steps) ? patched : null
  } catch (error) {
    if (error instanceof BpmnError) return null
    throw error
  }
}

function patchStep(drawn: ModdleElement, step: Step, order: number, moddle: ReturnType<typeof bpmnModdle>): void {
  const { name, role, unit, hours, clock, status, id } = step
  Object.assign(drawn, { name, role: role || undefined, unit, hours, clock, status, stepId: id, order, answers: step.call?.outcomes && JSON.stringify(step.call.outcomes) })
  writeExtension(drawn, 'tinhso:Does', (step.does ?? []).map((text) => moddle.create('tinhso:Does', { text })), moddle)
  writeExtension(drawn, 'tinhso:Prints', (step.prints ?? []).map((text) => moddle.create('tinhso:Prints', { text })), moddle)
  writeOutcomes(drawn, step, moddle)
}

function patchSilence(drawn: ModdleElement, silence: NonNullable<Step['silence']>, moddle: ReturnType<typeof bpmnModdle>): void {
  Object.assign(drawn, { silenceValue: silence.value, silenceUnit: silence.unit, outcome: silence.outcome })
  const timer = (drawn.eventDefinitions as ModdleElement[] | undefined)?.[0]
  if (timer) timer.timeDuration = silence.unit === 'ngay' ? moddle.create('bpmn:FormalExpression', { body: `P${silence.value}D` }) : undefined
}

/** The same process, whatever way empty things are written. */
export const sameSteps = (a: readonly Step[], b: readonly Step[]): boolean => JSON.stringify(a.map(plain)) === JSON.stringify(b.map(plain))

const lines = (texts: readonly string[] = []) => texts.flatMap((text) => text.split('\n')).map((line) => line.trim()).filter(Boolean)

const plain = (step: Step) => [
  step.id, step.name, step.role, step.unit || null, step.hours, step.clock ?? 'runs', step.status ?? null, lines(step.does), lines(step.prints),
  step.silence ? [step.silence.value, step.silence.unit, step.silence.outcome] : null,
  step.call ? [step.call.process ?? null, step.call.procedure ?? null, Object.entries(step.call.outcomes ?? {}).sort()] : null,
  step.outcomes.map(({ key, label, next, joins, effect }) => [key, label, next, joins ?? false, effect ?? null]),
]
