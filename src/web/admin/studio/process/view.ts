// What the list of steps and the form of one step are drawn from.

import type { ReportEntry } from '#core/bpmn/index.ts'
import type { Draft, DraftProcess, Step } from '#modules/procedures/index.ts'
import { draftHref } from '../tab-list.ts'
import type { ProcessOffers } from './words.ts'

export interface ListView {
  readonly draft: Pick<Draft, 'id' | 'revision'>
  readonly process: Pick<DraftProcess, 'steps' | 'faults'>
  readonly offers: ProcessOffers
  readonly write: boolean
  /** Step whose form is open. */
  readonly open?: string
  readonly typed?: Step
  readonly said?: readonly string[]
}

export const stepsHref = (id: string): string => draftHref(id, 'process/steps')

/** Faults of one step: by its own id, or that of its element. */
export const faultsOf = (step: Step, faults: readonly ReportEntry[]): ReportEntry[] => faults.filter(({ element, message }) => element === step.id || element.startsWith(`${step.id}__`) || message.includes(`ước “${step.name}”`))
