// The face of reorganisation: plans that end, divide, rename and move units, with everything that lies there.

export {
  cancelPlan, confirmPlan, contentOf, countPlansWaiting, draftPlan, type Executed, executePlan, getPlan, howFar, listPlans, madeByPlan, previewContent, previewPlan, previewRollBack, returnPlan, rollBackPlan, savePlan, sealsOfPlan, sendPlan, settleSeal,
} from './actions.ts'
export { reorgJobs } from './jobs.ts'
export { type Look, lookAt } from './looks.ts'
export { canCancel, canConfirm, canEdit, canExecute, canPlan, canRead as canReadPlans, canReturn, canRollBack, triesByItself } from './rules.ts'
export {
  AppointmentInput, NewUnitInput, type PartReport, type Plan, PLAN_STATES, type PlanContent, PlanInput, type PlanState, type Preview, type ReorgFault, type ReorgLine, RollBackInput, type RollBackPreview, type RollBackAsk, RuleInput,
  type SplitRule, type Step, STEP_KINDS, StepInput, type StepKind, type StepOf, type Undone, type UnitFate,
} from './schema.ts'
export { expectedMs } from './running.ts'
export type { Seal } from './store.ts'
