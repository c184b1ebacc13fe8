// The face of moves: dossiers under way go on by another version of their procedure, by trial, case by case, and back.

export { AskInput, askMove, askUndo, beginPlan, ChoicesInput, choose, confirmMove, confirmUndo, dropPlan, dropUndo, sendBack, tryAgain } from './actions.ts'
export { answerFaults, type QuestionPair } from './plan-answers.ts'
export { freshSteps, type Pair, type StepCard } from './plan-steps.ts'
export type { Sides } from './plan.ts'
export { findCase, listCases, listPlans, type PlanRow, type PlanView, viewPlan } from './queries.ts'
export { reactions } from './reacts.ts'
export { canAsk, canConfirm, canConfirmUndo, canUndo, moverPost, needsSecond, undoUntil } from './rules.ts'
export { jobs } from './run.ts'
export { type AnswerChoice, type Case, type CasePreview, CASE_STATES, type CaseState, type Clauses, type DueHow, FALLS_AWAY, type Plan, PLAN_STATES, type PlanState, STAYS, UNDO_DAYS, type Verdict, VERDICTS } from './schema.ts'
export type { Counts } from './store.ts'
