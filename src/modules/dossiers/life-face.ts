// The part of the face that carries the turns of a dossier's life: reasons, leaders' decisions, duties, alerts, what appeals need.

export { type Around, aroundOf, leaderUnitOf } from './around.ts'
export { dutyCode, noticeDuty, settleDuty } from './duty.ts'
export { apologise, clauseOf, extendTerm, leaderDraft, permitSupplement, stop as stopDossier } from './leaders.ts'
export {
  AGAINST, type Against, aboveKeys, canContest, checkDecision, contested, contestedBy, type Contested, decisionReasons, holdDossier, issueDecision, joinUnit, overturn, trailOf,
} from './contest.ts'
export { ruleOn } from './law.ts'
export { countWatched, listWatched, reasonCounts, type ReasonCount, listPapers, watches, type Watched } from './watched.ts'
export { cancelPending } from './pending.ts'
export { type GivenReason, type ListedReason, reasonLine, reasonsFor, technicalWords, thingsOf } from './reasons.ts'
export { leads } from './rules-life.ts'
export { type Alert, ALERTS, type DutyLine } from './store-life.ts'
export { type ClockLine, clockLines } from './clocks.ts'
export { wakeAgain } from './watch.ts'
export { decidedExtension, dueOf, type Stretch } from './deadlines.ts'
export { histories, type History, historyIds, historySpan } from './histories.ts'
