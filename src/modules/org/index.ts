// The organisation's face: units, successors, posts and their holders.

export { endHolding, EndHoldingInput, giveHolding, GiveHoldingInput } from './actions.ts'
export { findOfficers, getPost, type Holding, holdingsOf, listPosts, officerNames, type OfficerRow, type PostFilter, type PostRow, unitKeys } from './register.ts'
export { canGive as canGiveHolding, canKeepPost, keeps } from './rules.ts'
export type { OfficerSeed, PostSeed, ProvinceSeed, Resolution, SuccessionSeed, Unit, UnitLevel, UnitSeed } from './schema.ts'
export { UNIT_LEVELS } from './schema.ts'
export { deskFor, doersOf, getOfficer, getUnit, liveUnit, resolveUnit } from './queries.ts'
export type { UnitFilter } from './store.ts'
export {
  byIds as listUnitsById,
  byKey as findUnitByKey,
  count as countUnits,
  holders as listHolders,
  list as listUnits,
  load as loadProvince,
  postsHeldBy,
  postsOfUnit,
  predecessors as listPredecessors,
  successors as listSuccessors,
} from './store.ts'
