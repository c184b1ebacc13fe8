// The face of decisions: DMN 1.3 read, run and written.

export { DmnError, type DmnErrorCode } from './errors.ts'
export { decide, type Decided, type Hit } from './evaluate.ts'
export { parseDmn } from './parse.ts'
export type { Decision, Decisions, DecisionTable, HitPolicy, InputClause, LiteralExpression, OutputClause, Rule } from './types.ts'
export { writeDmn } from './write.ts'
