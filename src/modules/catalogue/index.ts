// The face of the catalogue: what is known of procedures at large, how people ask for them, what they ask for most, where the province means to get.

export { addSaying, type Book, dropSaying, readBook, SayingInput } from './book.ts'
export { countedAs, demand, type Demand, DemandInput, demandJob, type DemandLine, essentials, noteSearch, SHOWN_FROM } from './demand.ts'
export { type EntryNews, entryNews, findEntry, importEntries, type ImportReport, ManyEnd, seeChange } from './entries.ts'
export { loadEssentials, MarkInput, markEssential, unmarkEssential } from './essential.ts'
export { countCatalogue, type Field, type Found, findProcedures, findPublished, listFields, whatIsMeant } from './finder.ts'
export { confirmIntake, dropIntake, listIntakes, NATIONAL_DATABASE, syncJob, syncNational, takeFile, type Taken as IntakeTaken, viewIntake, type WaitingIntake } from './intake.ts'
export { type Intake, INTAKE_STATES } from './intake-store.ts'
export { type LevelLine, type Levels, levelsOn, levelsOverTime, TARGET_LEVELS } from './levels.ts'
export {
  addTarget, approveRoadmap, ApproveInput, discardRoadmap, draftRoadmap, dropTarget, listRoadmaps, type Roadmap, RoadmapInput, ROADMAP_STATES, type RoadmapView, TargetInput, type TargetRow, viewRoadmap,
} from './roadmaps.ts'
export { PROGRESS_LABELS } from './roadmap-rules.ts'
export { mayKeep as mayKeepCatalogue } from './rules.ts'
export { type CatalogueEntry, CHANGE_LABELS } from './schema.ts'
export type { ChangeRow, SayingRow } from './store.ts'
export { ministryOf } from './ministries.ts'
export { type Decider, whoDecides, type WhoAnswer, type WhoAsk } from './who.ts'
