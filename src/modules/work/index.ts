// The face of work: processes on the move and everybody's worklist.

export { claim, complete, fireTimer, lockItem, release, start, type StartInput, terminate } from './actions.ts'
export { countDesk, type DeskCounts, deskFacets, elementsNow, type Facet, type TabCounts } from './desk.ts'
export { canClaim, canComplete, canRelease, canSeeItem, deskOf, rolesFor, stepRolesOf } from './rules.ts'
export { type Item, ITEM_STATES, type ItemState, type Moved, type OutcomeChoice } from './schema.ts'
export {
  countWorklist, findItem, itemsOf as listItems, setDue as setItemDue, setPlaces, worklist as listWorklist, type WorklistFilter,
} from './store.ts'
