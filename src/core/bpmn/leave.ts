// Which flows are taken when an element is left, and the taking of them.
import { BpmnError } from './errors.ts'
import type { Run } from './run.ts'
import type { ElementDef, FlowDef } from './types.ts'

export function leave(run: Run, id: string, scope: string, outcome: string | null): void {
  const element = run.element(id)
  if (element.linkTo) {
    run.queue.push({ to: 'enter', element: element.linkTo, scope, via: null, outcome })
    return
  }
  for (const flow of choose(run, element, scope, outcome)) take(run, flow, scope, outcome)
}

export function take(run: Run, flow: FlowDef, scope: string, outcome: string | null): void {
  run.emit({ type: 'flow.taken', flow: flow.id, source: flow.source, target: flow.target, outcome, attributes: flow.attributes })
  run.queue.push({ to: 'enter', element: flow.target, scope, via: flow.id, outcome })
}

/** Without a drawn condition, a flow that names an outcome stands for that outcome; any other flow is free. */
function open(run: Run, flow: FlowDef, scope: string, outcome: string | null): boolean {
  if (flow.condition) return run.holds(flow.condition, scope, outcome, flow.id)
  return flow.attributes.outcome === undefined || flow.attributes.outcome === outcome
}

const conditional = (flow: FlowDef): boolean => flow.condition !== undefined || flow.attributes.outcome !== undefined

function choose(run: Run, element: ElementDef, scope: string, outcome: string | null): FlowDef[] {
  const flows = element.outgoing.map((id) => run.definition.flows[id]).filter((flow) => flow !== undefined)
  if (flows.length === 0 || element.type === 'parallelGateway') return flows
  const fallback = flows.filter((flow) => flow.id === element.default)
  const others = flows.filter((flow) => flow.id !== element.default)
  if (element.type === 'exclusiveGateway') {
    const found =
      others.find((flow) => conditional(flow) && open(run, flow, scope, outcome)) ??
      fallback[0] ??
      others.find((flow) => !conditional(flow))
    if (found) return [found]
  } else {
    const found = others.filter((flow) => open(run, flow, scope, outcome))
    if (found.length > 0) return found
    if (fallback.length > 0) return fallback
  }
  const name = element.name || element.id
  const given = outcome === null ? 'chưa có kết quả nào được chọn' : `kết quả “${outcome}”`
  throw new BpmnError(
    'bpmn.no_flow',
    `Không có đường đi tiếp từ “${name}” với ${given}; kiểm tra điều kiện trên các luồng hoặc chọn kết quả khác.`,
    element.id,
  )
}
