// The part of the face that serves changes of a procedure: what is under way, and moving a dossier from one version to another.

export { feesBy, type Kept, keptFees, keptOrNull, type KeptTerm, lowest, NOTHING_KEPT, recoded, termsAfter } from './kept.ts'
export { changeVersion, type MovingCase, movingCase, type TermUnder, termsUnder, type VersionChange } from './moving.ts'
export { type DossierKeepsake, dossierMark, keepDossier, restoreDossier, touchedSince } from './moving-back.ts'
export { answersAt, type AnswersAt, countRunning, runningIds, type RunningVersion } from './running.ts'
export { find as runningDossier } from './store.ts'
