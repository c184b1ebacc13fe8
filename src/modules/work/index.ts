// The face of work: processes on the move and everybody's worklist.

export { claim, complete, fireTimer, type Fired, lockItem, orRedirect, release, start, type StartInput, terminate } from './actions.ts'
export { type Call, type Calls, deliver, endProcess, itemsOnUnits, listProcesses, moveItem, openUnits, type ProcessView, startBeside, subjectOfProcess } from './calls.ts'
export { assign, AssignInput, type Assignable, assignItem, assignNext, deskOfficers, handItemOn, heldAt, mayAssign, reassign, workJobs, workReactions } from './assign.ts'
export { desksTouched } from './touched.ts'
export { type Board, type BoardFilter, boardItems, boardOf, headedBy, type OfficerTally, type StepTally, type Tally, WAITING, type Waiting } from './board.ts'
export { countDesk, type DeskCounts, deskFacets, elementsNow, type Facet, type TabCounts } from './desk.ts'
export { involvedIn, worksOn } from './involved.ts'
export { type Keepsake, markOf, putBack, takeDown } from './keepsake.ts'
export { relocate, type Relocation, type Standing, whereStands } from './relocate.ts'
export { type Passed, passedSteps } from './passed.ts'
export { reschedule, type Rescheduled } from './reschedule.ts'
export { setAside } from './restart.ts'
export { type StandingStep, standingOf } from './standing.ts'
export { canClaim, canComplete, canRelease, canSeeItem, canStandBeside, deskOf, rolesFor, stepRolesOf } from './rules.ts'
export { type Item, ITEM_STATES, type ItemState, type Link, type Moved, type OutcomeChoice } from './schema.ts'
export {
  countWorklist, findItem, itemsOf as listItems, setDue as setItemDue, setPlaces, worklist as listWorklist, type WorklistFilter,
} from './store.ts'
export { workReorg } from './reorg-part.ts'
