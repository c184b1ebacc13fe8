// The part of the face that serves changes of rules: looked at before, applied once, what was over listed.

export { binds as ruleBinds, type Counted } from './rule-count.ts'
export { SEEN_WORDS as RULE_WHAT } from './rule-reads.ts'
export { keepPromise } from './calendar-moves.ts'
export { noImpact as noRuleImpact, previewRule, type OpenCase, type OverCase, type RuleImpact, type UnitImpact } from './rule-impact.ts'
export { ruleBatch, settleRuleFinding } from './rule-moves.ts'
export { type Finding as RuleFinding, findings as ruleFindings, outcomeOf as ruleOutcome } from './rule-store.ts'
