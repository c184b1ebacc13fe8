// The face of procedures: versions as dated data, their check, their process and what they say of one filing.

export { drawMissingFeeTables, importRecord, type Imported, knowsRecord } from './actions.ts'
export { type CheckDeps, type Checked, checkRecord, checkRecordText } from './check.ts'
export { competence, type Competence, type CompetenceAsk, competenceOf, importCompetence } from './competence.ts'
export { isAuthor as isProcedureAuthor } from './authors.ts'
export { DRAFT_PARTS, type DraftPart, type DraftRecord, isDraftPart, partOf, type PartValue } from './draft-parts.ts'
export { beginDraft, type BeginDraft, checkDraft, type Draft, type DraftCheck, DraftConflict, draftEdits, draftHere, dropDraft, getDraft, listDrafts, saveDraftPart } from './drafts.ts'
export { sayPath, sayValue } from './draft-words.ts'
export { type DecidedBy, evaluate, type EvaluateDeps, type Evaluation, type Filing } from './evaluate.ts'
export { explain, type Explanation, feeWords, type PartWords, type StepWords, termWords, type UnitNames } from './explain.ts'
export { isPlace, unitRule, type UnitRule } from './expressions.ts'
export { type Fault, sayFault } from './faults.ts'
export { buildDmn, feeDecisions } from './dmn.ts'
export { type FeeTableWords, feeTableWords } from './dmn-words.ts'
export type { FeeLine, Published } from './fees.ts'
export { goldenCases } from './golden.ts'
export {
  channelLabels,
  collectAtLabels,
  decisionKindLabels,
  feeKindLabels,
  levelLabels,
  onlineLevelLabels,
  registerLabels,
  roleLabels,
  targetLabels,
} from './labels.ts'
export { buildBpmn } from './process.ts'
export { type Called, calledBy, type CalledStep, importProcess, type ImportedProcess, knowsProcess, shared as sharedProcess } from './processes.ts'
export { listShared as listSharedProcesses } from './processes-store.ts'
export { getProcedure, getVersion, listVersions, namesBlank, searchProcedures } from './queries.ts'
export type { Fee, GoldenCase, Outcome, Part, ProcedureRecord, Reason, Step } from './record.ts'
export { mainRoute } from './route.ts'
export type { Version, VersionSummary } from './store.ts'
