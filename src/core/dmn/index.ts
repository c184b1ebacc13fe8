// The face of decisions: DMN 1.3 read, run and written.

export { DmnError, type DmnErrorCode } from './errors.ts'
export { namesIn } from './condition.ts'
export type { Class, Domain } from './domains.ts'
export { decide, type Decided, type Hit } from './evaluate.ts'
export { readTests } from './unary.ts'
export { type Given, type Surroundings, type TableFault, tableFaults } from './faults.ts'
export { parseDmn } from './parse.ts'
export { type Survey, surveyDmn, type SurveyedDecision } from './survey.ts'
export type { Decision, Decisions, DecisionTable, HitPolicy, InputClause, LiteralExpression, OutputClause, Rule } from './types.ts'
export { writeDmn } from './write.ts'
