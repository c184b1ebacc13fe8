// The small signs inside BPMN shapes, drawn around a centre in a box of about 16 units.
const line = (path: string, width = 1.4, stroke = 'currentColor') =>
  `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`
const solid = (path: string) => `<path d="${path}" fill="currentColor" stroke="currentColor" stroke-width="1.2" stroke-linejoin="round"/>`

const envelope = 'M-8 -5.5H8V5.5H-8ZM-8 -5.5L0 1L8 -5.5'
const shapes = {
  signal: 'M0 -7L7.5 6H-7.5Z',
  error: 'M-7 6L-2.5 -5L2 2L7 -7L3 6.5L-1.5 0Z',
  escalation: 'M0 -8L5.5 7L0 1.5L-5.5 7Z',
  link: 'M-8 -3.5H1V-7L8 0L1 7V3.5H-8Z',
}

/** What an event waits for (outline) or throws (filled). */
export function eventMark(kind: string | null, throwing: boolean): string {
  switch (kind) {
    case 'timer':
      return `<circle r="8.5" fill="none" stroke="currentColor" stroke-width="1.4"/>${line('M0 -5V0L4 2.5')}`
    case 'message':
      return throwing ? `${solid(envelope)}${line('M-8 -5.5L0 1L8 -5.5', 1.4, 'var(--bpmn-fill, #fff)')}` : line(envelope)
    case 'signal':
    case 'error':
    case 'escalation':
    case 'link':
      return throwing ? solid(shapes[kind]) : line(shapes[kind])
    case 'terminate':
      return '<circle r="9" fill="currentColor"/>'
    default:
      return ''
  }
}

export function gatewayMark(type: string, races: string): string {
  if (type === 'exclusiveGateway') return line('M-6 -7.5L6 7.5M6 -7.5L-6 7.5', 2.6)
  if (type === 'parallelGateway') return line('M0 -10V10M-10 0H10', 2.6)
  if (type === 'inclusiveGateway') return '<circle r="9.5" fill="none" stroke="currentColor" stroke-width="2.4"/>'
  if (type === 'eventGateway') return `<circle r="11" fill="none" stroke="currentColor"/>${line(races)}`
  return ''
}

export const pentagon = 'M0 -6L6 -1.5L3.7 5.5H-3.7L-6 -1.5Z'

export function taskMark(bpmnType: string): string {
  switch (bpmnType) {
    case 'bpmn:UserTask':
      return `<circle cy="-3.5" r="3.2" fill="none" stroke="currentColor" stroke-width="1.3"/>${line('M-6.5 7C-6.5 2 -3.5 1 0 1S6.5 2 6.5 7Z')}`
    case 'bpmn:ServiceTask':
      return `<circle r="2.2" fill="none" stroke="currentColor" stroke-width="1.3"/><circle r="5.6" fill="none" stroke="currentColor" stroke-width="2.6" stroke-dasharray="2.2 2.2"/>`
    case 'bpmn:BusinessRuleTask':
      return line('M-7 -5.5H7V5.5H-7ZM-7 -2H7M-2.5 -2V5.5M-7 2H7')
    case 'bpmn:SendTask':
      return eventMark('message', true)
    case 'bpmn:ReceiveTask':
      return eventMark('message', false)
    case 'bpmn:ManualTask':
      return line('M-7 1V-3.5C-7 -5 -5.5 -5.5 -4 -5.5H6.5M-1 -3H8M-1 -0.5H8M-1 2H7M-7 1C-7 4.5 -4.5 5 -1 5H5.5')
    default:
      return ''
  }
}

export function loopMark(loop: string | null): string {
  if (loop === 'parallel') return line('M-4 -5V5M0 -5V5M4 -5V5', 2)
  if (loop === 'sequential') return line('M-5 -4H5M-5 0H5M-5 4H5', 2)
  if (loop === 'while') return line('M-3.5 3.6A5 5 0 1 1 1.5 5M-3.5 3.6H-6.8M-3.5 3.6V6.8')
  return ''
}

export const plusMark = line('M-5.5 -5.5H5.5V5.5H-5.5ZM0 -3.5V3.5M-3.5 0H3.5')
export const tickMark = line('M-4 0L-1 3L4.5 -3.5', 2.2)
