// What an official can put on the drawing, in the words of the office; each is one of the few BPMN elements that our processes know.

import type { Drawn, Easel } from './types.ts'

export interface Piece {
  readonly key: string
  readonly title: string
  /** Class of the picture, of bpmn-js's own font. */
  readonly icon: string
  readonly group: string
  /** Offered beside a selected element. */
  readonly beside: boolean
  readonly make: (easel: Easel) => Drawn
}

function made(easel: Easel, type: string, properties: object, more: object = {}): Drawn {
  const shape = easel.get('elementFactory').createShape({ type, ...more })
  for (const [name, value] of Object.entries(properties)) shape.businessObject.set(name, value)
  return shape
}

export const newStepId = (): string => `step_${Math.floor(Math.random() * 1e9).toString(36)}`

export const PIECES: readonly Piece[] = [
  { key: 'step', title: 'Bước của một người', icon: 'bpmn-icon-user-task', group: 'steps', beside: true, make: (easel) => made(easel, 'bpmn:UserTask', { stepId: newStepId() }) },
  { key: 'ask', title: 'Hỏi ý kiến đơn vị khác', icon: 'bpmn-icon-send-task', group: 'steps', beside: false, make: (easel) => made(easel, 'bpmn:UserTask', { stepId: newStepId(), name: 'Hỏi ý kiến', role: 'co_quan_phoi_hop' }) },
  { key: 'wait', title: 'Chờ người nộp', icon: 'bpmn-icon-receive-task', group: 'steps', beside: false, make: (easel) => made(easel, 'bpmn:UserTask', { stepId: newStepId(), name: 'Chờ người nộp', role: 'cong_dan', clock: 'stops', hours: 0 }) },
  { key: 'call', title: 'Gọi quy trình dùng chung', icon: 'bpmn-icon-call-activity', group: 'steps', beside: false, make: (easel) => made(easel, 'bpmn:CallActivity', { stepId: newStepId(), name: 'Gọi quy trình', role: 'chuyen_vien' }) },
  { key: 'decision', title: 'Quyết định', icon: 'bpmn-icon-gateway-xor', group: 'ways', beside: true, make: (easel) => made(easel, 'bpmn:ExclusiveGateway', {}) },
  { key: 'parallel', title: 'Tách, gom nhánh song song', icon: 'bpmn-icon-gateway-parallel', group: 'ways', beside: true, make: (easel) => made(easel, 'bpmn:ParallelGateway', {}) },
  { key: 'start', title: 'Bắt đầu', icon: 'bpmn-icon-start-event-none', group: 'ends', beside: false, make: (easel) => made(easel, 'bpmn:StartEvent', { name: 'Nộp hồ sơ' }) },
  { key: 'end', title: 'Kết thúc', icon: 'bpmn-icon-end-event-none', group: 'ends', beside: true, make: (easel) => made(easel, 'bpmn:EndEvent', { name: 'Kết thúc' }) },
]
