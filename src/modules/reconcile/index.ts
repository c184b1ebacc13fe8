// The face of reconciliation: the same things counted along different ways.

export { reconcile, type ReconcileInput } from './queries.ts'
export { reckoningPost, RECKONERS } from './rules.ts'
export { type Check, type Count, GROUPS, MEASURES, type Reconciliation } from './schema.ts'
