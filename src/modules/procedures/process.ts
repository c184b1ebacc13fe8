// Draws the steps of a record as BPMN 2.0, so that one engine runs what an official wrote as a plain list and any BPMN tool can show it.

import { tinhsoUri } from '#core/bpmn/tinhso-moddle.ts'
import { Drawing, Scope } from './drawing.ts'
import { END, Flow, nextKey, type Region } from './flow.ts'
import type { Outcome, ProcedureRecord, Step, StepCall } from './record.ts'
import { type Xml, xml } from './xml.ts'

/**
 * BPMN 2.0 XML of a record's internal process (quy trình điện tử, NĐ 118/2025), pretty-printed, with a diagram.
 *
 * Each step is a user task (one that calls another process: a call activity) whose `tinhso:stepId` is the step's id; so is the task's id, except that a step which can be met both inside
 * and outside a parallel region is drawn once for each place (`tham_dinh`, `tham_dinh__2`). Choices are exclusive gateways with
 * `outcome = "key"`; silence is an interrupting timer; a branch that may leave its region without waiting puts the region into a
 * subprocess, which an error event ends for all branches. The record must be free of faults (check.ts); otherwise the outcome is undefined.
 */
export async function buildBpmn(record: Drawn): Promise<string> {
  return new ProcessDrawing(record).text()
}

/** What runs: the drawing as an official made it, else one made of the steps. */
export const bpmnOf = async (record: Drawn & Pick<ProcedureRecord, 'bpmn'>): Promise<string> => record.bpmn ?? buildBpmn(record)

/** What of a record is drawn. */
export type Drawn = Pick<ProcedureRecord, 'code' | 'name' | 'steps'>

/** Deeper than any internal process; regions that open each other without end stop here. */
const DEEPEST = 3

/** A region as opened at one place of the drawing. */
interface Opened {
  readonly region: Region
  readonly scope: Scope
  readonly entry: string
  readonly join: string
  /** The place it was opened from. */
  readonly at: Branch | null
  /** Id of the subprocess when branches may leave. */
  readonly subprocess: string | null
  readonly exits: Map<string, string>
}

interface Branch {
  readonly opened: Opened
  readonly index: number
}

class ProcessDrawing {
  private readonly flow: Flow
  private readonly drawing = new Drawing()
  private readonly record: Drawn
  private readonly tasks = new Map<string, string>()
  private readonly reached = new Set<string>()
  private readonly entries = new Map<string, string>()
  private readonly order: ReadonlyMap<string, number>
  private readonly used = new Map<string, number>()
  private readonly todo: { id: string; step: Step; at: Branch | null }[] = []
  private readonly joining: { branch: Branch; mark: string }[] = []

  constructor(record: Drawn) {
    this.record = record
    this.flow = new Flow(record.steps)
    this.order = new Map(record.steps.map((step, index) => [step.id, index + 1]))
  }

  text(): string {
    const { root } = this.drawing
    this.drawing.node(root, 'bpmn:startEvent', 'Start', { name: 'Nộp hồ sơ' })
    this.drawing.flow(root, 'Start', this.task(this.flow.first, null))
    this.drawOn()
    // In an unfinished list steps may not be reached yet: they are drawn all the same, for none to be lost.
    for (const { id } of this.record.steps) {
      if (this.reached.has(id)) continue
      this.task(id, null)
      this.drawOn()
    }
    this.closeJoins()
    return this.drawing.text({ id: processId(this.record.code), name: this.record.name }, tinhsoUri, {
      'xmlns:tinhso': tinhsoUri,
    })
  }

  private drawOn(): void {
    for (let next = this.todo.shift(); next; next = this.todo.shift()) this.outcomes(next.id, next.step, next.at)
  }

  /** The user task of a step at a place; drawn when first asked for. */
  private task(stepId: string, at: Branch | null): string {
    const key = `${placeKey(at)}/${stepId}`
    const drawn = this.tasks.get(key)
    if (drawn) return drawn
    const step = this.flow.steps.get(stepId)
    if (!step) throw new Error(`${this.record.code}: bước "${stepId}" không có; hãy kiểm tra bản ghi trước khi vẽ quy trình.`)
    const id = this.unused(stepId)
    this.tasks.set(key, id)
    this.reached.add(stepId)
    const [tag, called] = step.call ? ['bpmn:callActivity', { calledElement: calleeOf(step.call) }] : ['bpmn:userTask', {}]
    this.drawing.node(scopeOf(at, this.drawing), tag, id, { ...attributesOf(step), 'tinhso:order': this.order.get(stepId), ...called }, { before: [extensionsOf(step)] })
    this.todo.push({ id, step, at })
    return id
  }

  private outcomes(task: string, step: Step, at: Branch | null): void {
    const scope = scopeOf(at, this.drawing)
    const single = step.outcomes.length === 1
    const from = single ? task : this.drawing.node(scope, 'bpmn:exclusiveGateway', `Choice_${task}`)
    if (!single) this.drawing.flow(scope, task, from)
    for (const outcome of step.outcomes) {
      const said = { name: outcome.label, 'tinhso:outcome': outcome.key, 'tinhso:label': outcome.label, 'tinhso:effect': outcome.effect }
      this.drawing.flow(scope, from, this.destination(step, outcome, at), said, single ? undefined : `outcome = "${outcome.key}"`)
    }
    const silent = step.silence && step.outcomes.find((outcome) => outcome.key === step.silence?.outcome)
    if (silent) this.silence(task, step, silent, at)
  }

  private silence(task: string, step: Step, outcome: Outcome, at: Branch | null): void {
    const scope = scopeOf(at, this.drawing)
    const { value, unit } = step.silence!
    const attributes = { 'tinhso:silenceValue': value, 'tinhso:silenceUnit': unit, 'tinhso:outcome': outcome.key }
    // ISO 8601 has no working days: there the attributes alone carry the time.
    const duration = unit === 'ngay' ? [xml('bpmn:timeDuration', { 'xsi:type': 'bpmn:tFormalExpression' }, `P${value}D`)] : []
    const id = this.drawing.node(
      scope,
      'bpmn:boundaryEvent',
      `Silence_${task}`,
      { name: 'Im lặng quá hạn', cancelActivity: 'true', ...attributes },
      {
        host: task,
        after: [xml('bpmn:timerEventDefinition', { id: `Timer_${task}` }, duration)],
      },
    )
    this.drawing.flow(scope, id, this.destination(step, outcome, at), {
      'tinhso:outcome': outcome.key,
      'tinhso:label': outcome.label,
      'tinhso:effect': outcome.effect,
    })
  }

  /** The node, in the scope of `at`, to which an outcome leads. */
  private destination(step: Step, outcome: Outcome, at: Branch | null): string {
    if (!at) return this.landing(step, outcome, null)
    if (outcome.joins) return this.meeting(at)
    return this.flow.inside(at.opened.region, at.index, outcome, step.id)
      ? this.landing(step, outcome, at)
      : this.leaving(step, outcome, at)
  }

  private landing(step: Step, outcome: Outcome, at: Branch | null): string {
    const region = this.flow.region(step.id, outcome)
    if (region) return this.open(region, at)
    return this.place(String(outcome.next), at)
  }

  private place(id: string, at: Branch | null): string {
    if (id !== END) return this.task(id, at)
    if (!this.tasks.has(END)) this.tasks.set(END, this.drawing.node(this.drawing.root, 'bpmn:endEvent', 'End', { name: 'Kết thúc' }))
    return 'End'
  }

  /** Where a region begins at a place; drawn once: an outcome and its silence, or two branches that leave, open the same one. */
  private open(region: Region, at: Branch | null): string {
    const key = `${placeKey(at)}/${region.step}/${region.outcome}`
    const drawn = this.entries.get(key) ?? this.openNew(region, at)
    this.entries.set(key, drawn)
    return drawn
  }

  private openNew(region: Region, at: Branch | null): string {
    if (depthOf(at) >= DEEPEST)
      throw new Error(`${this.record.code}: các nhánh song song lồng nhau quá ${DEEPEST} lớp ở bước "${region.step}"; hãy tách bớt.`)
    const name = this.unused(`${region.step}_${region.outcome}`)
    const outer = scopeOf(at, this.drawing)
    const apart = this.flow.exits(region).length > 0
    const scope = apart ? new Scope() : outer
    const fork = this.drawing.node(scope, 'bpmn:parallelGateway', `Fork_${name}`)
    const join = `Join_${name}`
    const entry = apart ? this.drawing.node(outer, 'bpmn:subProcess', `Region_${name}`, { name: 'Làm song song' }, { inner: scope }) : fork
    const opened: Opened = { region, scope, entry, join, at, subprocess: apart ? entry : null, exits: new Map() }
    if (apart) this.drawing.flow(scope, this.drawing.node(scope, 'bpmn:startEvent', `Start_${name}`), fork)
    for (const [index, head] of region.heads.entries()) this.drawing.flow(scope, fork, this.task(head, { opened, index }))
    this.drawing.node(scope, 'bpmn:parallelGateway', join)
    if (apart) this.drawing.flow(scope, join, this.drawing.node(scope, 'bpmn:endEvent', `Met_${name}`, { name: 'Các nhánh đã xong' }))
    this.drawing.flow(outer, apart ? entry : join, this.place(region.target ?? END, at))
    return entry
  }

  /** A mark for the meeting place of a branch: whether a merge is needed there is known only when all is drawn. */
  private meeting(branch: Branch): string {
    const mark = `Merge_${branch.opened.join}_${branch.index}`
    if (!this.joining.some((other) => other.mark === mark)) this.joining.push({ branch, mark })
    return mark
  }

  private closeJoins(): void {
    for (const { branch, mark } of this.joining) {
      const { scope, join } = branch.opened
      const flows = scope.flows.filter((flow) => flow.target === mark)
      if (flows.length === 1) flows[0]!.target = join
      else this.drawing.flow(scope, this.drawing.node(scope, 'bpmn:exclusiveGateway', mark), join)
    }
  }

  /** Out of the region without waiting: an error that ends all its branches, caught on the border of the subprocess. */
  private leaving(step: Step, outcome: Outcome, at: Branch): string {
    const { exits, scope, subprocess, at: outside } = at.opened
    const key = nextKey(outcome.next)
    const drawn = exits.get(key)
    if (drawn) return drawn
    const code = `roi_${subprocess}_${exits.size + 1}`
    const error = this.drawing.error(code, outcome.label)
    const definition = (id: string) => ({ after: [xml('bpmn:errorEventDefinition', { id, errorRef: error })] })
    const end = this.drawing.node(scope, 'bpmn:endEvent', `Leave_${code}`, { name: outcome.label }, definition(`Thrown_${code}`))
    exits.set(key, end)
    const outer = scopeOf(outside, this.drawing)
    const caught = this.drawing.node(
      outer,
      'bpmn:boundaryEvent',
      `Left_${code}`,
      { name: outcome.label },
      {
        host: String(subprocess),
        ...definition(`Caught_${code}`),
      },
    )
    this.drawing.flow(outer, caught, this.destination(step, outcome, outside))
    return end
  }

  private unused(name: string): string {
    const count = (this.used.get(name) ?? 0) + 1
    this.used.set(name, count)
    return count === 1 ? name : `${name}__${count}`
  }
}

/** How a called process is named in drawings: a shared one by its name, another procedure's by its code. */
const calleeOf = (call: StepCall): string => call.process ?? processId(call.procedure ?? '')

/** Id of the process drawn of a procedure. */
export const processId = (code: string): string => `Process_${code.replace('.', '_')}`

const placeKey = (at: Branch | null): string => (at ? `${at.opened.join}/${at.index}` : '')

const depthOf = (at: Branch | null): number => (at ? 1 + depthOf(at.opened.at) : 0)

const scopeOf = (at: Branch | null, drawing: Drawing): Scope => at?.opened.scope ?? drawing.root

const attributesOf = (step: Step) => ({
  name: step.name,
  'tinhso:stepId': step.id,
  'tinhso:role': step.role,
  'tinhso:unit': step.unit,
  'tinhso:hours': step.hours,
  'tinhso:clock': step.clock,
  'tinhso:status': step.status,
  'tinhso:answers': step.call?.outcomes && JSON.stringify(step.call.outcomes),
})

function extensionsOf(step: Step): Xml {
  const lines = (tag: string, texts: readonly string[] = []) => texts.map((text) => xml(tag, {}, text))
  const outcomes = step.outcomes.map(({ key, label, effect }) => xml('tinhso:outcome', { key, label, effect }))
  return xml('bpmn:extensionElements', {}, [
    ...lines('tinhso:does', step.does),
    ...lines('tinhso:prints', step.prints),
    xml('tinhso:outcomes', {}, outcomes),
  ])
}
