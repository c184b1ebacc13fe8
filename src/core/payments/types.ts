// What the platform is told about money before it runs: which banks tell of payments, and how long orders and refunds may take.

/** A bank or payment platform that tells of transfers and keeps statements. */
export interface BankProvider {
  /** In the address of its call-back: /payments/callbacks/{id}. */
  readonly id: string
  readonly name: string
  /** Signs call-backs and our questions (HMAC-SHA256 over `timestamp.body`). */
  readonly secret: string
  /** Answers GET ?day=YYYY-MM-DD with the statement of that day. */
  readonly statementUrl: string
  /** Where a code can be paid by hand; only the demo's simulator has such a page. */
  readonly payPage?: string
}

export interface PaymentSettings {
  readonly providers: readonly BankProvider[]
  /** Days in which an order may be paid by its code. */
  readonly orderDays: number
  /** Working hours in which a decided refund must be paid out. */
  readonly refundHours: number
  /** The unit that owns money sent to an account of nobody's. */
  readonly fallbackUnit: string
}
