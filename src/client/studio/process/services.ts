// Our palette, our pad beside a selected element, our Vietnamese and our habits, in place of those of bpmn-js.

import { Hand, isStep, listedOutcomes, stepOfArrow, textOf } from './model.ts'
import { newStepId, PIECES } from './pieces.ts'
import { makeRoom } from './room.ts'
import type { Bus, Drawn, Easel } from './types.ts'
import { VIETNAMESE } from './vietnamese.ts'

type Starter = { start(event: Event, element: Drawn | object, context?: object): void }
type Tool = { activateSelection?(event: Event): void; activateHand?(event: Event): void; start?(event: Event): void }
interface Entry {
  readonly group: string
  readonly className?: string
  readonly title?: string
  readonly separator?: boolean
  readonly action?: object
}

class Palette {
  static $inject = ['palette', 'create', 'lassoTool', 'handTool', 'globalConnect', 'injector']
  private readonly create: Starter
  private readonly lasso: Tool
  private readonly hand: Tool
  private readonly join: Tool
  private readonly easel: Easel
  constructor(palette: { registerProvider(provider: object): void }, create: Starter, lasso: Tool, hand: Tool, join: Tool, injector: Easel) {
    this.create = create
    this.lasso = lasso
    this.hand = hand
    this.join = join
    this.easel = injector
    palette.registerProvider(this)
  }
  getPaletteEntries(): Record<string, Entry> {
    const entries: Record<string, Entry> = {
      'hand-tool': { group: 'tools', className: 'bpmn-icon-hand-tool', title: 'Kéo cả hình (H)', action: { click: (event: Event) => this.hand.activateHand?.(event) } },
      'lasso-tool': { group: 'tools', className: 'bpmn-icon-lasso-tool', title: 'Chọn nhiều ô (L)', action: { click: (event: Event) => this.lasso.activateSelection?.(event) } },
      'connect-tool': { group: 'tools', className: 'bpmn-icon-connection-multi', title: 'Nối hai ô (C)', action: { click: (event: Event) => this.join.start?.(event) } },
    }
    let group = 'tools'
    for (const piece of PIECES) {
      if (piece.group !== group) entries[`line-${piece.group}`] = { group, separator: true }
      group = piece.group
      const start = (event: Event) => this.create.start(event, piece.make(this.easel))
      entries[`piece-${piece.key}`] = { group, className: piece.icon, title: piece.title, action: { dragstart: start, click: start } }
    }
    return entries
  }
}

class Pad {
  static $inject = ['contextPad', 'autoPlace', 'create', 'connect', 'modeling', 'injector']
  private readonly place: { append(source: Drawn, shape: Drawn): void }
  private readonly create: Starter
  private readonly join: Starter
  private readonly remove: (element: Drawn) => void
  private readonly easel: Easel
  constructor(pad: { registerProvider(provider: object): void }, place: { append(source: Drawn, shape: Drawn): void }, create: Starter, join: Starter, modeling: { removeElements(list: readonly Drawn[]): void }, injector: Easel) {
    this.place = place
    this.create = create
    this.join = join
    this.remove = (element) => modeling.removeElements([element])
    this.easel = injector
    pad.registerProvider(this)
  }
  getContextPadEntries(element: Drawn): Record<string, Entry> {
    const entries: Record<string, Entry> = {}
    const flows = !element.labelTarget && element.type !== 'bpmn:SequenceFlow' && element.type !== 'bpmn:EndEvent' && element.type !== 'bpmn:Process'
    if (flows) {
      for (const piece of PIECES.filter((one) => one.beside)) {
        const append = () => this.place.append(element, piece.make(this.easel))
        const drag = (event: Event) => this.create.start(event, piece.make(this.easel), { source: element })
        entries[`append-${piece.key}`] = { group: 'model', className: piece.icon, title: `Thêm sau ô này: ${piece.title.toLowerCase()}`, action: { click: append, dragstart: drag } }
      }
      const start = (event: Event) => this.join.start(event, element)
      entries.connect = { group: 'connect', className: 'bpmn-icon-connection-multi', title: 'Nối tới ô khác', action: { click: start, dragstart: start } }
    }
    if (/^bpmn:(?!User)\w*Task$/.test(element.type)) {
      entries.turn = { group: 'edit', className: 'bpmn-icon-user-task', title: 'Đổi thành bước của một người', action: { click: (_event: Event, target: Drawn) => void this.easel.get('bpmnReplace').replaceElement(target, { type: 'bpmn:UserTask' }) } }
    }
    entries.delete = { group: 'edit', className: 'bpmn-icon-trash', title: 'Xóa (Delete)', action: { click: (_event: Event, target: Drawn) => this.remove(target) } }
    return entries
  }
}

/** What follows of an act of the hand, within the same step of undo. */
class Habits {
  static $inject = ['eventBus', 'injector']
  constructor(bus: Bus, injector: Easel) {
    const hand = new Hand(injector)
    bus.on('commandStack.connection.create.postExecuted', 500, ({ context }) => {
      if (context?.connection?.type === 'bpmn:SequenceFlow') hand.adopt(context.connection)
    })
    bus.on('commandStack.shape.create.postExecuted', 500, ({ context }) => {
      const shape = context?.shape
      if (isStep(shape) && !textOf(shape.businessObject, 'stepId')) injector.get('modeling').updateProperties(shape, { stepId: newStepId() })
    })
    bus.on('commandStack.element.updateLabel.postExecuted', 500, ({ context }) => {
      const element = context?.element?.labelTarget ?? context?.element
      if (!element) return
      if (isStep(element)) return hand.nameTwins(element)
      const step = element.type === 'bpmn:SequenceFlow' ? stepOfArrow(element) : null
      const key = textOf(element.businessObject, 'outcome')
      const listed = step && listedOutcomes(step).find((one) => one.key === key)
      const label = element.businessObject.name || 'Xong'
      if (step && listed && listed.label !== label) hand.writeOutcome(step, key, { label })
    })
    // The words of an arrow lie over it: what is dropped on them is dropped on the arrow.
    bus.on(['create.hover', 'create.move', 'create.end', 'shape.move.hover', 'shape.move.move', 'shape.move.end'], 2000, (event) => {
      const flow = event.hover?.labelTarget
      if (flow?.type !== 'bpmn:SequenceFlow') return
      event.hover = flow
      event.hoverGfx = injector.get('elementRegistry').getGraphics(flow)
    })
    // After bpmn-js has led the arrow through the new box.
    bus.on('commandStack.shape.create.postExecuted', 400, ({ context }) => {
      if (context?.targetFlow && context.shape) makeRoom(injector, context.shape)
    })
    // A copy is a step of its own.
    bus.on('moddleCopy.canCopyProperty', 2000, ({ propertyName }) => (propertyName === 'stepId' || propertyName === 'order' || propertyName === 'tinhso:stepId' || propertyName === 'tinhso:order' ? false : undefined))
    // The menus of bpmn-js offer what our processes do not know.
    bus.on('keyboard.keydown', 5000, ({ keyEvent }) => (keyEvent && /^[rsn]$/i.test(keyEvent.key) && !keyEvent.ctrlKey && !keyEvent.metaKey ? false : undefined))
  }
}

const translate = (template: string, values: Readonly<Record<string, string>> = {}): string =>
  (VIETNAMESE[template] ?? template).replace(/\{([^}]+)\}/g, (_, key: string) => values[key] ?? `{${key}}`)

export const ourServices = {
  __init__: ['habits'],
  paletteProvider: ['type', Palette],
  contextPadProvider: ['type', Pad],
  habits: ['type', Habits],
  translate: ['value', translate],
}
