// Shapes of money that is asked for and comes in: orders, transactions, receipts, suspense, refunds, closings; and their words.

export const ORDER_STATES = { open: 'Chưa nộp', paid: 'Đã nộp', void: 'Không còn hiệu lực' } as const
export type OrderState = keyof typeof ORDER_STATES

export interface Payee {
  readonly unitId: string
  /** Six digits of the bank. */
  readonly bin: string
  readonly bank: string
  readonly account: string
  readonly holder: string
}

export interface OrderLine {
  readonly code: string
  readonly name: string
  readonly kind: 'phi' | 'le_phi'
  readonly collectAt: string
  /** Before the exemption, đồng. */
  readonly fullVnd: number
  readonly amountVnd: number
  /** Why it is here, or why it is lower. */
  readonly note: string | null
}

/** What receipts say of the dossier; taken down when the order opens. */
export interface About {
  readonly superiorAgency: string | null
  readonly issuingAgency: string
  readonly place: string
  readonly dossier: { readonly code: string; readonly trackingUrl: string }
  readonly applicant: { readonly name: string; readonly maskedId: string | null; readonly address: string | null; readonly phone: string | null; readonly email: string | null }
  readonly procedure: string
}

export interface Order {
  readonly id: string
  /** What the payer's bank writes: TS and ten signs. */
  readonly reference: string
  /** The dossier. */
  readonly subject: string
  readonly subjectCode: string
  /** The collecting unit. */
  readonly unitId: string
  /** null where the unit has no account yet: cash only. */
  readonly payee: Payee | null
  readonly payerName: string
  readonly citizenId: string | null
  readonly about: About
  readonly lines: readonly OrderLine[]
  readonly totalVnd: number
  readonly state: OrderState
  readonly expiresAt: Date
  readonly openedAt: Date
  readonly closedAt: Date | null
  readonly voidReason: string | null
}

export type ReceiptMethod = 'cash' | 'transfer'
export const METHOD_LABELS: Readonly<Record<ReceiptMethod, string>> = { cash: 'Tiền mặt', transfer: 'Chuyển khoản' }

/** Books of receipts: cash taken at counters, transfers taken in by the platform. */
export const SERIES: Readonly<Record<ReceiptMethod, string>> = { cash: 'TM', transfer: 'CK' }

export interface Receipt {
  readonly id: string
  readonly unitId: string
  readonly year: number
  readonly series: string
  readonly number: number
  readonly orderId: string
  readonly method: ReceiptMethod
  readonly amountVnd: number
  readonly givenVnd: number | null
  readonly data: Readonly<Record<string, unknown>>
  readonly state: 'valid' | 'cancelled'
  readonly issuedAt: Date
  /** 'YYYY-MM-DD', local */
  readonly issuedOn: string
  readonly issuedBy: string | null
  readonly issuedName: string | null
  readonly cancelledAt: Date | null
  readonly cancelledName: string | null
  readonly cancelReason: string | null
}

/** '2026/TM-0000123' */
export const receiptNo = (receipt: Pick<Receipt, 'year' | 'series' | 'number'>): string => `${receipt.year}/${receipt.series}-${String(receipt.number).padStart(7, '0')}`

export const SUSPENSE_REASONS = {
  unknown_reference: 'Nội dung chuyển khoản không có mã khoản thu nào của tỉnh',
  wrong_account: 'Chuyển vào tài khoản khác với tài khoản của khoản thu',
  already_paid: 'Khoản thu này đã được nộp trước đó',
  order_void: 'Khoản thu không còn hiệu lực (hồ sơ đã kết thúc hoặc mức thu đã đổi)',
  late: 'Chuyển sau khi mã thanh toán hết hạn',
  less: 'Chuyển thiếu so với số phải nộp',
  more: 'Phần chuyển thừa so với số phải nộp',
} as const
export type SuspenseReason = keyof typeof SUSPENSE_REASONS

export const SUSPENSE_STATES = { open: 'Chờ xử lý', matched: 'Đã ghép vào khoản thu', refunding: 'Đã quyết định hoàn trả', refunded: 'Đã hoàn trả' } as const
export type SuspenseState = keyof typeof SUSPENSE_STATES

export interface Suspense {
  readonly id: string
  readonly transactionId: string
  readonly unitId: string
  readonly amountVnd: number
  readonly reason: SuspenseReason
  readonly state: SuspenseState
  readonly openedAt: Date
  readonly orderId: string | null
  readonly provider: string
  readonly providerRef: string
  readonly description: string | null
  readonly payerBank: string | null
  readonly paidAt: Date
}

export const REFUND_STATES = { proposed: 'Chờ quyết định', ordered: 'Đã quyết định, chờ chuyển trả', paid: 'Đã chuyển trả', refused: 'Không hoàn trả' } as const
export type RefundState = keyof typeof REFUND_STATES

export interface Refund {
  readonly id: string
  readonly unitId: string
  readonly subject: string | null
  readonly suspenseId: string | null
  readonly orderId: string | null
  readonly lineCode: string | null
  readonly amountVnd: number
  readonly reason: string
  readonly state: RefundState
  readonly proposedAt: Date
  readonly decisionNo: string | null
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  readonly decidedName: string | null
  readonly payBy: Date | null
  readonly paidAt: Date | null
  readonly paidRef: string | null
}

export interface Closing {
  readonly unitId: string
  readonly day: string
  readonly state: 'counted' | 'closed'
  readonly expectedVnd: number
  readonly countedVnd: number
  readonly differenceReason: string | null
  readonly receipts: number
  readonly cancelled: number
  readonly countedAt: Date
  readonly countedBy: string
  readonly countedName: string
  readonly signedAt: Date | null
  readonly signedName: string | null
}

/** A transfer as a bank tells it, by call-back or on its statement. */
export interface Told {
  readonly provider: string
  /** The bank's own number: one transfer, one number. */
  readonly providerRef: string
  readonly amountVnd: number
  readonly account: string
  /** What the payer's bank wrote; the order's reference stands in it. */
  readonly description: string
  readonly payerBank: string | null
  readonly paidAt: Date
}
