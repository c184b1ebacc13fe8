// The engine's refusals: a stable code for programs and a Vietnamese sentence for people.
import { AppError } from '../errors.ts'

export type BpmnErrorCode =
  | 'bpmn.unreadable'
  | 'bpmn.too_large'
  | 'bpmn.entities'
  | 'bpmn.no_process'
  | 'bpmn.no_start'
  | 'bpmn.already_started'
  | 'bpmn.not_started'
  | 'bpmn.ended'
  | 'bpmn.unknown_token'
  | 'bpmn.not_waiting'
  | 'bpmn.not_awaited'
  | 'bpmn.outcome_missing'
  | 'bpmn.unknown_outcome'
  | 'bpmn.no_flow'
  | 'bpmn.bad_condition'
  | 'bpmn.bad_collection'
  | 'bpmn.unsupported'
  | 'bpmn.unknown_element'
  | 'bpmn.endless'
  | 'bpmn.stuck'

const ofTheFile = new Set<BpmnErrorCode>(['bpmn.unreadable', 'bpmn.too_large', 'bpmn.entities', 'bpmn.no_process'])

/** 422 when the file is at fault, 409 when the input does not fit the state. `element` is the drawn element concerned, if any. */
export class BpmnError extends AppError {
  declare readonly code: BpmnErrorCode
  readonly element: string | null
  constructor(code: BpmnErrorCode, message: string, element: string | null = null, options?: ErrorOptions) {
    super(ofTheFile.has(code) ? 422 : 409, code, message, options)
    this.element = element
  }
}
