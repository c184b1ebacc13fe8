// A step of the drawing as the panel knows it, and the acts on it; each act is one step of undo.

import type { Business, Drawn, Easel } from './types.ts'

export interface OutcomeModel {
  readonly key: string
  readonly label: string
  readonly effect: string
  readonly arrow: Drawn | null
}

const STEPS = new Set(['bpmn:UserTask', 'bpmn:ManualTask', 'bpmn:Task', 'bpmn:CallActivity'])

/** What the guard below has seen; a mark for the types only. */
export type StepShape = Drawn & { readonly stepShape: true }

export const isStep = (element: Drawn | undefined): element is StepShape => element !== undefined && STEPS.has(element.type) && !element.labelTarget
export const isDecision = (element: Drawn | undefined): boolean => element?.type === 'bpmn:ExclusiveGateway'
export const textOf = (business: Business, name: string): string => {
  const value = business.get(name)
  return value === undefined || value === null ? '' : String(value)
}

/** The diamond right behind a step, at which its outcome decides. */
export function decisionOf(step: Drawn): Drawn | null {
  const [arrow, another] = step.outgoing
  const gateway = another ? undefined : arrow?.target
  if (!gateway || !isDecision(gateway)) return null
  return gateway.outgoing.length > 1 || gateway.outgoing.some((one) => textOf(one.businessObject, 'outcome')) || gateway.outgoing.length === 0 ? gateway : null
}

export const arrowsOf = (step: Drawn): readonly Drawn[] => (decisionOf(step) ?? step).outgoing

/** The step whose outcome an arrow stands for. */
export function stepOfArrow(arrow: Drawn): Drawn | null {
  const { source } = arrow
  if (isStep(source)) return source
  if (!isDecision(source)) return null
  const before = source!.incoming.map((one) => one.source).filter((one): one is StepShape => isStep(one))
  return before.length === 1 && source!.incoming.length === 1 ? before[0]! : null
}

interface Listed {
  key: string
  label: string
  effect: string
}

const extension = (business: Business, type: string): readonly Business[] => (business.extensionElements?.values ?? []).filter((one) => one.$type === type)

export function listedOutcomes(step: Drawn): Listed[] {
  return extension(step.businessObject, 'tinhso:Outcomes').flatMap((one) => (one.get('outcomes') as readonly Business[] | undefined) ?? []).map((one) => ({ key: textOf(one, 'key'), label: textOf(one, 'label'), effect: textOf(one, 'effect') }))
}

export const linesOf = (step: Drawn, type: 'tinhso:Does' | 'tinhso:Prints'): string[] => extension(step.businessObject, type).map((one) => textOf(one, 'text'))

/** Outcomes as listed, then arrows that name none of them. */
export function outcomesOf(step: Drawn): OutcomeModel[] {
  const arrows = arrowsOf(step)
  const listed = listedOutcomes(step)
  const only = arrows.length === 1 && !textOf(arrows[0]!.businessObject, 'outcome') ? arrows[0]! : null
  const found = listed.map((one): OutcomeModel => ({ ...one, arrow: arrows.find((arrow) => textOf(arrow.businessObject, 'outcome') === one.key) ?? only }))
  const strangers = arrows.filter((arrow) => !found.some((one) => one.arrow === arrow))
  return [...found, ...strangers.map((arrow) => ({ key: textOf(arrow.businessObject, 'outcome'), label: arrow.businessObject.name ?? '', effect: textOf(arrow.businessObject, 'effect'), arrow }))]
}

const keyFrom = (words: string): string =>
  words.toLowerCase().replaceAll('đ', 'd').normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 40)

function unused(plain: string, taken: readonly string[]): string {
  let key = plain
  for (let n = 2; taken.includes(key); n++) key = `${plain}_${n}`
  return key
}

export class Hand {
  readonly easel: Easel
  constructor(easel: Easel) {
    this.easel = easel
  }

  get steps(): Drawn[] {
    return this.easel.get('elementRegistry').filter(isStep)
  }

  /** A step drawn at several places is one: what is written on one is written on all. */
  private twins(step: Drawn): Drawn[] {
    const id = textOf(step.businessObject, 'stepId')
    return id ? this.steps.filter((one) => textOf(one.businessObject, 'stepId') === id) : [step]
  }

  write(step: Drawn, properties: object): void {
    for (const one of this.twins(step)) this.easel.get('modeling').updateProperties(one, properties)
  }

  /** After the name was written on the drawing itself. */
  nameTwins(step: Drawn): void {
    const { name } = step.businessObject
    for (const one of this.twins(step)) if (one.businessObject.name !== name) this.easel.get('modeling').updateProperties(one, { name })
  }

  writeLines(step: Drawn, type: 'tinhso:Does' | 'tinhso:Prints', lines: readonly string[]): void {
    for (const one of this.twins(step)) this.writeExtension(one, type, lines.map((text) => this.easel.get('moddle').create(type, { text })))
  }

  private writeExtension(element: Drawn, type: string, values: readonly Business[]): void {
    const moddle = this.easel.get('moddle')
    const { businessObject } = element
    const others = (businessObject.extensionElements?.values ?? []).filter((one) => one.$type !== type)
    const extensionElements = moddle.create('bpmn:ExtensionElements', { values: [...others, ...values] })
    extensionElements.$parent = businessObject
    for (const one of values) one.$parent = extensionElements
    this.easel.get('modeling').updateProperties(element, { extensionElements })
  }

  writeOutcomes(step: Drawn, outcomes: readonly Listed[]): void {
    const moddle = this.easel.get('moddle')
    for (const one of this.twins(step)) {
      const list = outcomes.map(({ key, label, effect }) => moddle.create('tinhso:Outcome', { key, label, ...(effect ? { effect } : {}) }))
      const held = moddle.create('tinhso:Outcomes', { outcomes: list })
      for (const outcome of list) outcome.$parent = held
      this.writeExtension(one, 'tinhso:Outcomes', list.length > 0 ? [held] : [])
    }
  }

  /** Changes words or meaning of one outcome, on the list and on its arrow. */
  writeOutcome(step: Drawn, key: string, change: Partial<Listed>): void {
    const listed = this.whole(step).map((one) => (one.key === key ? { ...one, ...change } : one))
    this.writeOutcomes(step, listed)
    const now = listed.find((one) => one.key === key)
    for (const twin of this.twins(step)) {
      const arrow = outcomesOf(twin).find((one) => one.key === key)?.arrow
      if (arrow && now) this.nameArrow(arrow, now)
    }
  }

  nameArrow(arrow: Drawn, { key, label, effect }: Listed): void {
    const name = arrow.businessObject.name === label ? {} : { name: label }
    this.easel.get('modeling').updateProperties(arrow, { outcome: key, label, effect: effect || undefined, ...name })
  }

  /** The list with the outcomes that so far only stand on arrows. */
  private whole(step: Drawn): Listed[] {
    return outcomesOf(step).filter((one) => one.key).map(({ key, label, effect }) => ({ key, label, effect }))
  }

  addOutcome(step: Drawn, label: string): string {
    const listed = this.whole(step)
    const key = unused(keyFrom(label) || 'ket_qua', listed.map((one) => one.key))
    const only = listed.length === 1 ? outcomesOf(step)[0] : undefined
    this.writeOutcomes(step, [...listed, { key, label, effect: '' }])
    if (only?.arrow) this.nameArrow(only.arrow, only)
    return key
  }

  removeOutcome(step: Drawn, key: string): void {
    const arrow = outcomesOf(step).find((one) => one.key === key)?.arrow
    const shared = arrow ? outcomesOf(step).filter((one) => one.arrow === arrow).length > 1 : false
    this.writeOutcomes(step, this.whole(step).filter((one) => one.key !== key))
    if (arrow && !shared) this.easel.get('modeling').removeElements([arrow])
  }

  moveOutcome(step: Drawn, key: string, by: 1 | -1): void {
    const listed = this.whole(step)
    const at = listed.findIndex((one) => one.key === key)
    const [one] = listed.splice(at, 1)
    if (one) listed.splice(at + by, 0, one)
    this.writeOutcomes(step, listed)
  }

  /** Leads an outcome to an element, by its arrow or a new one. */
  lead(step: Drawn, key: string, target: Drawn): void {
    const modeling = this.easel.get('modeling')
    const outcome = outcomesOf(step).find((one) => one.key === key)
    if (!outcome) return
    const centre = { x: target.x + target.width / 2, y: target.y + target.height / 2 }
    if (outcome.arrow) return modeling.reconnectEnd(outcome.arrow, target, centre)
    const source = decisionOf(step) ?? step
    this.nameArrow(modeling.connect(source, target, { type: 'bpmn:SequenceFlow' }), outcome)
  }

  silenceOf(step: Drawn): Drawn | null {
    return step.attachers?.find((one) => one.type === 'bpmn:BoundaryEvent' && ((one.businessObject.get('eventDefinitions') as readonly Business[] | undefined) ?? [])[0]?.$type === 'bpmn:TimerEventDefinition') ?? null
  }

  /** Sets, changes or (days 0) takes away the mark after which silence counts as an outcome; its arrow leads where that outcome's does. */
  writeSilence(step: Drawn, days: number, unit: string, key: string): void {
    const modeling = this.easel.get('modeling')
    const known = this.silenceOf(step)
    if (days < 1) return known ? modeling.removeElements([known]) : undefined
    const target = outcomesOf(step).find((one) => one.key === key)?.arrow?.target
    const mark =
      known ??
      modeling.createShape({ type: 'bpmn:BoundaryEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' }, { x: step.x + step.width - 24, y: step.y + step.height }, step, { attach: true })
    modeling.updateProperties(mark, { silenceValue: days, silenceUnit: unit, outcome: key, name: 'Im lặng quá hạn' })
    const definition = (mark.businessObject.get('eventDefinitions') as readonly Business[])[0]!
    const timeDuration = unit === 'ngay' ? this.easel.get('moddle').create('bpmn:FormalExpression', { body: `P${days}D` }) : undefined
    modeling.updateModdleProperties(mark, definition, { timeDuration })
    const [arrow] = mark.outgoing
    if (!target) return
    if (!arrow) modeling.connect(mark, target, { type: 'bpmn:SequenceFlow' })
    else if (arrow.target !== target) modeling.reconnectEnd(arrow, target, { x: target.x + target.width / 2, y: target.y + target.height / 2 })
  }

  /** An arrow that was just drawn out of a step or its decision stands for the next outcome without a place to go, else for a new one. */
  adopt(arrow: Drawn): void {
    const step = stepOfArrow(arrow)
    if (!step || textOf(arrow.businessObject, 'outcome')) return
    const modeling = this.easel.get('modeling')
    if (isDecision(arrow.target) && isStep(arrow.source)) {
      // A diamond set behind a step takes over its arrows.
      const others = step.outgoing.filter((one) => one !== arrow)
      const gateway = arrow.target!
      if (others.length > 0 && gateway.incoming.length === 1) for (const one of others) modeling.reconnectStart(one, gateway, { x: gateway.x + gateway.width / 2, y: gateway.y + gateway.height / 2 })
      if (gateway.incoming.length === 1) return
    }
    const others = arrowsOf(step).filter((other) => other !== arrow)
    const listed = listedOutcomes(step)
    // So far one arrow stood for the only outcome without saying so.
    if (listed.length === 1 && others.length === 1 && !textOf(others[0]!.businessObject, 'outcome')) this.nameArrow(others[0]!, listed[0]!)
    const free = listed.find((one) => !others.some((other) => textOf(other.businessObject, 'outcome') === one.key))
    if (free) return this.nameArrow(arrow, free)
    const label = arrow.businessObject.name || (listed.length === 0 ? 'Xong' : `Kết quả ${listed.length + 1}`)
    const key = this.addOutcome(step, label)
    this.nameArrow(arrow, { key, label, effect: '' })
  }
}
