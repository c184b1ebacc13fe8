// The face of reorganisation: plans that end, divide, rename and move units, with everything that lies there.

export {
  AppointmentInput, NewUnitInput, type Plan, PLAN_STATES, type PlanContent, PlanInput, type PlanState, type Preview, RollBackInput, type RollBackPreview, RuleInput, type SplitRule, type Step,
  STEP_KINDS, StepInput, type StepKind, type StepOf, type Undone, type UnitFate,
} from './schema.ts'
