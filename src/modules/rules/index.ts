// The face of rules: planned changes of the register, by whom they are made, and the rules that procedures carry.

export { confirmChange, currentValue, mayOf as mayConfirmRules, planChange, refreshLaw, retryChange, sayChange, titleOf as titleOfRule, weighPlan, withdrawChange } from './actions.ts'
export { applyChange, ruleJobs } from './apply.ts'
export { draftsOf, type FigureDrafts } from './drafts.ts'
export { heldUntil, type Spread } from './timeline.ts'
export { type CaseDifference, type ProcedureRule, rulesOf as rulesOfProcedure, TERM_UNITS, underChange } from './procedure-rules.ts'
export { type Citing, rulesCiting } from './citing.ts'
export { canConfirm as canConfirmRule, canPlan as canPlanRule, canRetry as canRetryRule, canWithdraw as canWithdrawRule } from './rules.ts'
export { type Change as RuleChange, CHANGE_STATES, type ChangeValue, PlanInput, type Target, targetOf, type Term, TRANSITIONS } from './schema.ts'
export { reactions as ruleReactions } from './reacts.ts'
export { find as findRuleChange, laidOf, list as listRuleChanges } from './store.ts'
