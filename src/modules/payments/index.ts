// The face of payments: what is owed, what came in, its receipts, what is set aside and given back.

export { type FetchStatement, statementOf } from './bank.ts'
export { cancelReceipt, collectCash, CollectInput, type Collected, countDay, CountInput, signDay } from './counter.ts'
export { paymentsHandover } from './handover.ts'
export { type Knock, providerOf, receiveCallback } from './intake.ts'
export { jobs, RECONCILE_CRON } from './jobs.ts'
export { type DueInput, renewOrder, settleDue } from './orders.ts'
export {
  type AsideView, type CashDesk, cashDesk, cashUnit, closingPdf, dayAtDesk, type DayView, orderAtDesk, orderOfLink, type OrderView, paymentsOf, payPath, receiptAtDesk, receiptPdf, type ReceiptView,
  reconciliationAtDesk, seesCash, type SubjectPayments, suspenseAtDesk, vietQrOf,
} from './queries.ts'
export { type Reconciled, reconcile, reconcile as reconcilePayments, resolveMismatch } from './reconcile.ts'
export {
  canCancel as canCancelReceipt, canCollect, canCount, canDecideRefund, canMatch, canPayRefund, canProposeRefund, cannotTransfer, canSign, CASH_ROLES, COLLECTORS, isExpired,
} from './rules.ts'
export {
  type About, type Closing, METHOD_LABELS, type Order, type OrderLine, type OrderState, ORDER_STATES, type Payee, type Receipt, receiptNo, type Refund, REFUND_STATES, type Suspense,
  SUSPENSE_REASONS, SUSPENSE_STATES, type Told,
} from './schema.ts'
export { loadPayees } from './seed.ts'
export { matchSuspense, orderRefund, payRefund, proposeOrderRefund, proposeRefund, refuseRefund } from './suspense.ts'
export { moneyTallies, type MoneyPeriod, ordersOf, paidWithin, receiptSeries } from './tallies.ts'
export { paymentsReorg } from './reorg-part.ts'
