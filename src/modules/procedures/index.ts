// The face of procedures: versions as dated data, their check, their process and what they say of one filing.

export { importRecord, type Imported } from './actions.ts'
export { type CheckDeps, type Checked, checkRecord, checkRecordText } from './check.ts'
export { type DecidedBy, evaluate, type Evaluation, type Filing } from './evaluate.ts'
export { explain, type Explanation, type PartWords, type StepWords, type UnitNames } from './explain.ts'
export { buildBpmn } from './process.ts'
export { getProcedure, getVersion, listVersions, searchProcedures } from './queries.ts'
export type { Part, ProcedureRecord, Step } from './record.ts'
export type { Version, VersionSummary } from './store.ts'
