// The organisation's face: units, successors, posts and their holders.

export { endHolding, EndHoldingInput, giveHolding, GiveHoldingInput } from './actions.ts'
export { AbsenceInput, endAbsence, recordAbsence } from './absences.ts'
export { delegate, DelegateInput, revokeDelegation } from './delegations.ts'
export { handOver, HandOverInput, type HandoverPart, type HeldGroup, heldBy, type HeldLine, type Leaving, type Minutes, registerHandovers } from './handover.ts'
export { orgJobs } from './jobs.ts'
export { type Absence, absentOn, type Delegation, findAbsence, findDelegation, listAbsences, listDelegations } from './lent-store.ts'
export { canLend, canRecordAbsence, canRevoke, headsOver, isLeader, LEADERS, PREFIXES, type Prefix, scopeCovers, SCOPES } from './lent-rules.ts'
export { listUnmanned, type Unmanned } from './manning.ts'
export { findOfficers, getPost, type Holding, holdingsOf, listPosts, officerNames, type OfficerRow, type PostFilter, type PostRow, unitKeys } from './register.ts'
export { formersOf, heirsWithRules } from './former.ts'
export { changeStaff, planStaff, rolesAt, type Seated, seatedAt, type StaffAsk, type Staffing } from './reorg-staff.ts'
export { changeUnits, hangsOn, type UnitChanges } from './reorg-units.ts'
export { type Moving, type PartReport, registerReorgParts, type ReorgFault, type ReorgLine, type ReorgPart, reorgParts, type Staffed } from './reorg.ts'
export { canGive as canGiveHolding, canKeepPost, canPlaceSeat, keeps } from './rules.ts'
export { type Desk, distanceKm, FAR_KM, type Ground, nearest as nearestDesk, type Point, type Travel, travel, type Way } from './distance.ts'
export { findSeat, listSeats, loadSeats, placeSeat, type Seat, SeatInput, type SeatSeed, type Sure, SURE } from './seats.ts'
export type { OfficerSeed, PostSeed, ProvinceSeed, Resolution, SuccessionSeed, Unit, UnitLevel, UnitSeed } from './schema.ts'
export { UNIT_LEVELS } from './schema.ts'
export { type Became, becameOf, calledName, cameFrom } from './became.ts'
export { historyOf, type Passage } from './history.ts'
export { deskFor, doersOf, getOfficer, getUnit, liveHeir, liveUnit, resolveUnit } from './queries.ts'
export type { UnitFilter } from './store.ts'
export {
  byIds as listUnitsById,
  byCode as listBearers,
  byKey as findUnitByKey,
  count as countUnits,
  holders as listHolders,
  list as listUnits,
  load as loadProvince,
  findHandover,
  handoversOf,
  ownPosts,
  postsHeldBy,
  postsOfUnit,
  predecessors as listPredecessors,
  successors as listSuccessors,
} from './store.ts'
