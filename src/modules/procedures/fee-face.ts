// The part of the face that carries fee tables: their faults, their rows, cases tried on them.

export { termOf } from './evaluate.ts'
export { FEES } from './dmn.ts'
export { feeConditionWords } from './fee-conditions.ts'
export { type FeeFault, feeFaults } from './fee-faults.ts'
export { feeKeys, feesAsOf, type FeeTrace, published, traceFees, type TracedLine } from './fee-trace.ts'
export { adoptDmn, asTable, type FeePart, ratesFrom, tabledRecord } from './rates-from.ts'
export { rateAmount, ratesOf, rateTableId } from './rates.ts'
export type { Exemption, Rate } from './record.ts'
export { dropRate, feePartOf, feeRecord, feeValue, feeView, type FeeView, freeRateId, moveRate, putRate } from './fee-draft.ts'
export { amountColumn, type ColumnIs, guessColumn, policyNote, takeTable } from './foreign.ts'
export { amountWords, channelWords, daysWords, perWords, rateWords, whoWords } from './rate-words.ts'
