// Puts in order what an official leaves open when drawing: codes of steps and outcomes, the conditions on arrows; the drawing then runs as it reads.

import type { ModdleElement } from 'bpmn-moddle'
import { bpmnModdle, parseBpmn, readXml } from '#core/bpmn/index.ts'
import { isStep, Ways } from './landing.ts'
import { keyFrom, keyOf, stepsOf } from './read-drawing.ts'
import type { Outcome, Step } from './record.ts'

const KEY = /^[a-z][a-z0-9_]*$/

/** The same drawing with every step coded and every arrow naming its outcome. Throws BpmnError when the file cannot be read. Twice is as once. */
export async function tidyDrawing(xml: string): Promise<string> {
  const coded = await edited(xml, codeSteps)
  const { definition } = await parseBpmn(coded)
  const { steps } = stepsOf(definition)
  const ways = new Ways(definition)
  const byId = new Map(steps.map((step) => [step.id, step]))
  return edited(coded, (elements, moddle) => {
    for (const process of elements.values()) if (process.$type === 'bpmn:Process' && process.id === definition.main) process.isExecutable = true
    for (const element of Object.values(definition.elements)) {
      const step = isStep(element) ? byId.get(element.attributes.stepId ?? element.id) : undefined
      const drawn = elements.get(element.id)
      if (!step || !drawn) continue
      writeOutcomes(drawn, step, moddle)
      const own = ways.flowsOf(element)
      const decision = own.length === 1 ? ways.follow(own[0]!, true).decision : undefined
      const arrows = decision ? ways.flowsOf(decision) : own
      const shared = arrows.length === 1 && step.outcomes.length > 1 && keyOf(arrows[0]!) === null
      for (const flow of shared ? [] : arrows) {
        const arrow = elements.get(flow.id)
        const outcome = step.outcomes.find((one) => one.key === keyOf(flow)) ?? step.outcomes.find((one) => one.label === flow.name) ?? (arrows.length === 1 ? step.outcomes[0] : undefined)
        if (arrow && outcome && !(flow.condition && keyOf(flow) === null)) writeArrow(arrow, outcome, arrows.length > 1, moddle)
      }
      for (const id of element.boundary ?? []) {
        const timer = definition.elements[id]
        const outcome = step.silence && step.outcomes.find((one) => one.key === step.silence!.outcome)
        if (timer?.event?.kind !== 'timer' || timer.interrupting === false || !outcome) continue
        const border = elements.get(id)!
        Object.assign(border, { silenceValue: step.silence!.value, silenceUnit: step.silence!.unit, outcome: outcome.key })
        for (const flow of ways.flowsOf(timer)) Object.assign(elements.get(flow.id)!, { outcome: outcome.key, label: outcome.label, effect: outcome.effect })
      }
    }
  })
}

/** The file with its elements changed in place. */
export async function edited(xml: string, change: (elements: ReadonlyMap<string, ModdleElement>, moddle: ReturnType<typeof bpmnModdle>) => void): Promise<string> {
  const { rootElement, elementsById } = await readXml(xml)
  const moddle = bpmnModdle()
  change(new Map(Object.entries(elementsById)), moddle)
  return (await moddle.toXML(rootElement, { format: true })).xml
}

const STEPS = new Set(['bpmn:UserTask', 'bpmn:ManualTask', 'bpmn:Task', 'bpmn:CallActivity'])

function codeSteps(elements: ReadonlyMap<string, ModdleElement>): void {
  const steps = [...elements.values()].filter((element) => STEPS.has(element.$type))
  const taken = new Set(['end', ...steps.map((step) => step.stepId)])
  for (const step of steps) {
    if (typeof step.stepId === 'string' && KEY.test(step.stepId)) continue
    const plain = (KEY.test(step.id ?? '') ? step.id : keyFrom(step.name ?? '')) || 'buoc'
    let key = plain
    for (let n = 2; taken.has(key); n++) key = `${plain}_${n}`
    taken.add(key)
    step.stepId = key
  }
}

/** Writes the outcomes of a step on its element, beside whatever else stands in its extensions. */
export function writeOutcomes(drawn: ModdleElement, step: Pick<Step, 'outcomes'>, moddle: ReturnType<typeof bpmnModdle>): void {
  const outcomes = step.outcomes.map(({ key, label, effect }) => moddle.create('tinhso:Outcome', { key, label, effect }))
  writeExtension(drawn, 'tinhso:Outcomes', outcomes.length > 0 ? [moddle.create('tinhso:Outcomes', { outcomes })] : [], moddle)
}

export function writeExtension(drawn: ModdleElement, type: string, values: readonly ModdleElement[], moddle: ReturnType<typeof bpmnModdle>): void {
  const others = ((drawn.extensionElements?.values ?? []) as ModdleElement[]).filter((one) => one.$type !== type)
  const all = [...others, ...values]
  drawn.extensionElements = all.length > 0 ? moddle.create('bpmn:ExtensionElements', { values: all }) : undefined
  if (drawn.extensionElements) Object.assign(drawn.extensionElements, { $parent: drawn })
  for (const one of all) Object.assign(one, { $parent: drawn.extensionElements })
}

export function writeArrow(arrow: ModdleElement, outcome: Outcome, choice: boolean, moddle: ReturnType<typeof bpmnModdle>): void {
  Object.assign(arrow, { name: outcome.label, outcome: outcome.key, label: outcome.label, effect: outcome.effect })
  const condition = choice ? moddle.create('bpmn:FormalExpression', { body: `outcome = "${outcome.key}"` }) : undefined
  if (condition) Object.assign(condition, { $parent: arrow })
  arrow.conditionExpression = condition
}
