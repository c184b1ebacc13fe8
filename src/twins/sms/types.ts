// What the simulated gateway keeps of each message, and what can be made to go wrong with it.

export interface SmsFaults {
  /** Every request is answered 503 before anything is looked at. */
  down: boolean
  /** The message is taken, but the line breaks before the answer. */
  answersLost: boolean
  /** 500 although the message was taken. */
  errorsAfterTaking: boolean
  /** 500 and nothing was taken. */
  errorsBeforeTaking: boolean
  /** The same id sent twice is taken twice, as gateways do that forget. */
  doubles: boolean
  /** Questions by id are answered 503. */
  mute: boolean
  /** Every answer waits so long, in milliseconds. */
  slowMs: number
  /** Messages a second; above it 429. 0: no limit. */
  perSecond: number
  /** Phones are off: reports say undelivered. */
  undelivered: boolean
}

export const noSmsFaults = (): SmsFaults => ({
  down: false, answersLost: false, errorsAfterTaking: false, errorsBeforeTaking: false, doubles: false, mute: false, slowMs: 0, perSecond: 0, undelivered: false,
})

/** One message as it went to a phone. */
export interface TakenSms {
  readonly id: string
  readonly ref: string
  readonly to: string
  readonly from: string
  readonly text: string
  readonly coding: 'gsm7' | 'ucs2'
  /** The text as the network splits it. */
  readonly parts: readonly string[]
  readonly at: Date
  readonly reportAt: Date
  readonly delivered: boolean
}
