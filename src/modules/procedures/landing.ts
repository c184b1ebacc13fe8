// Where an arrow of a drawing comes to in the words of a record: a step, the end, several steps side by side, or the place where branches meet.

import type { Definition, ElementDef, FlowDef, ReportEntry } from '#core/bpmn/index.ts'
import { END } from './flow.ts'
import type { Next } from './record.ts'

export interface Landing {
  /** '' when the arrow leads nowhere that a list of steps could name; then a fault says why. */
  readonly next: Next | ''
  readonly joins: boolean
  /** Diamonds passed on the way that offer a choice: the one at which the outcome of a step decides. */
  readonly decision?: ElementDef
}

const NOWHERE: Landing = { next: '', joins: false }

/** A step of a person, or one that calls another process. */
export const isStep = (element: ElementDef): boolean => element.type === 'callActivity' || (element.type === 'task' && (element.task === 'user' || element.task === 'manual'))

export const stepIdOf = (element: ElementDef): string => element.attributes.stepId ?? element.id

const nameOf = (element: ElementDef): string => element.name || element.id

/** Reads the ways of one drawing; what it cannot follow it says once. */
export class Ways {
  readonly faults = new Map<string, ReportEntry>()
  private readonly definition: Definition
  constructor(definition: Definition) {
    this.definition = definition
  }

  fault(element: string, message: string): Landing {
    if (!this.faults.has(`${element}\0${message}`)) this.faults.set(`${element}\0${message}`, { level: 'error', element, message })
    return NOWHERE
  }

  flowsOf(element: ElementDef): FlowDef[] {
    return element.outgoing.map((id) => this.definition.flows[id]).filter((flow) => flow !== undefined)
  }

  /** Where a flow leads. With `deciding`, a diamond on the way with several arrows is given back as the place of decision. */
  follow(flow: FlowDef, deciding = false, seen: readonly string[] = []): Landing {
    const element = this.definition.elements[flow.target]
    if (!element) return NOWHERE
    return this.enter(element, deciding, seen)
  }

  private enter(element: ElementDef, deciding: boolean, seen: readonly string[]): Landing {
    if (seen.includes(element.id)) return this.fault(element.id, `Đường đi vòng quanh “${nameOf(element)}” mà không qua bước nào; nối ra một bước hoặc điểm kết thúc.`)
    const on = [...seen, element.id]
    if (isStep(element)) return { next: stepIdOf(element), joins: false }
    switch (element.type) {
      case 'endEvent':
        return this.end(element, on)
      case 'exclusiveGateway': {
        const flows = this.flowsOf(element)
        // With one arrow left that names an outcome it is still the place of decision.
        const named = flows[0]?.attributes.outcome !== undefined || flows[0]?.condition !== undefined
        if (flows.length === 1 && !(deciding && named)) return this.follow(flows[0]!, deciding, on)
        if (flows.length === 0) return this.fault(element.id, `Ô quyết định “${nameOf(element)}” không có mũi tên ra; nối tới bước tiếp theo.`)
        if (deciding) return { ...NOWHERE, decision: element }
        return this.fault(element.id, `Ô quyết định “${nameOf(element)}” không đứng ngay sau một bước, nên chưa rõ ai chọn. Đặt trước nó một bước có người quyết định.`)
      }
      case 'parallelGateway':
        return this.parallel(element, on)
      case 'subProcess': {
        if (element.byEvent) return NOWHERE
        const start = this.definition.elements[this.definition.containers[element.id]?.starts[0] ?? '']
        const flows = start ? this.flowsOf(start) : []
        return flows.length === 1 ? this.follow(flows[0]!, deciding, on) : this.fault(element.id, `Khung “${nameOf(element)}” phải có một điểm bắt đầu với một mũi tên ra.`)
      }
      case 'throwEvent': {
        if (element.linkTo) return this.onward(this.definition.elements[element.linkTo]!, deciding, on)
        return element.event?.kind === 'none' ? this.onward(element, deciding, on) : NOWHERE
      }
      default:
        return NOWHERE // strange.ts names what is not of our kinds
    }
  }

  private onward(element: ElementDef, deciding: boolean, on: readonly string[]): Landing {
    const flows = this.flowsOf(element)
    return flows.length === 1 ? this.follow(flows[0]!, deciding, on) : NOWHERE
  }

  private end(element: ElementDef, on: readonly string[]): Landing {
    if (element.parent === this.definition.main) return { next: END, joins: false }
    const frame = this.definition.elements[element.parent]
    if (!frame) return NOWHERE
    if (element.event?.kind === 'error') return this.thrown(element.event.code, frame, on)
    if (element.event?.kind !== 'terminate' && this.leavesUnmet(frame, on)) {
      return this.fault(element.id, `Trong khung “${nameOf(frame)}”, các nhánh song song phải gặp nhau ở một ô gom trước điểm kết thúc “${nameOf(element)}”.`)
    }
    return this.onward(frame, false, on)
  }

  /** Whether a way that opened branches side by side in this frame comes to its end without having met the others. */
  private leavesUnmet(frame: ElementDef, on: readonly string[]): boolean {
    const gateways = Object.values(this.definition.elements).filter((one) => one.type === 'parallelGateway' && one.parent === frame.id)
    return gateways.some((one) => one.outgoing.length > 1) && !gateways.some((one) => one.incoming.length > 1 && on.includes(one.id))
  }

  /** An error leaves its frame, and every frame around that does not catch it. */
  private thrown(code: string | undefined, frame: ElementDef, on: readonly string[]): Landing {
    const caught = (frame.boundary ?? []).map((id) => this.definition.elements[id]).find((event) => {
      const spec = event?.event
      return spec?.kind === 'error' && (spec.code === undefined || spec.code === code)
    })
    if (caught) return this.onward(caught, false, on)
    const outer = this.definition.elements[frame.parent]
    return outer ? this.thrown(code, outer, on) : this.fault(frame.id, `Khung “${nameOf(frame)}” có nhánh đi ra mà không nối tới đâu; nối điểm ra trên viền khung.`)
  }

  private parallel(element: ElementDef, on: readonly string[]): Landing {
    const flows = this.flowsOf(element)
    const opens = flows.length > 1
    const meets = element.incoming.length > 1
    if (opens && meets) return this.fault(element.id, `“${nameOf(element)}” vừa gom vừa tách nhánh song song; tách thành hai ô: một ô gom, một ô tách.`)
    if (opens) {
      const heads = flows.map((flow) => this.follow(flow, false, on))
      if (heads.every((head) => typeof head.next === 'string' && head.next !== '' && head.next !== END && !head.joins)) return { next: heads.map((head) => String(head.next)), joins: false }
      return this.fault(element.id, `Mỗi nhánh song song sau “${nameOf(element)}” phải bắt đầu ngay bằng một bước.`)
    }
    if (flows.length === 0) return this.fault(element.id, `“${nameOf(element)}” không có mũi tên ra; nối tới bước tiếp theo.`)
    const ahead = this.follow(flows[0]!, false, on)
    if (!meets) return ahead
    if (ahead.joins || typeof ahead.next !== 'string') return this.fault(element.id, `Sau chỗ gom nhánh “${nameOf(element)}” phải là một bước hoặc điểm kết thúc, không phải một chỗ gom hay tách khác.`)
    return { next: ahead.next, joins: ahead.next !== '' }
  }
}
