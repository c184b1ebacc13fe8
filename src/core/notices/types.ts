// The shapes of telling people: the book of templates with its dated rules, and the senders of each channel; data and doors, no deeds.

export type NoticeChannel = 'sms' | 'email' | 'inapp'

/** What a message is for; citizens choose channels by kind. `account` messages (codes, new devices) cannot be chosen away. */
export type NoticeKind = 'action' | 'progress' | 'result' | 'money' | 'account' | 'office'

export interface NoticeText {
  readonly title: string
  readonly body: string
}

/** The words for one fact, in force from a date until the next of the same key. */
export interface NoticeTemplate {
  readonly key: string
  /** What it is called before administrators, who never see the case itself. */
  readonly label: string
  readonly kind: NoticeKind
  /** Goes out at night and past the daily number: codes of a few minutes' life. */
  readonly urgent: boolean
  /** The law asks that the person is told: the copy in the portal cannot be chosen away. */
  readonly legal: boolean
  readonly basis: string | null
  readonly effectiveFrom: string
  /** Example values, shown in the preview; also the list of what the texts may name. */
  readonly example: Readonly<Record<string, string>>
  /** Unsent messages of these keys about the same thing become pointless when this one is written. */
  readonly supersedes: readonly string[]
  /** Not worth sending later than so many hours after it was written; null: it always is. */
  readonly usefulHours: number | null
  readonly texts: Readonly<Partial<Record<NoticeChannel, NoticeText>>>
}

/** Hours in which phones are left alone, 'HH:MM' in Vietnam; `to` may lie on the next day. */
export interface QuietHours {
  readonly from: string
  readonly to: string
}

/** The rules of sending in force from a date. */
export interface NoticeRules {
  readonly effectiveFrom: string
  readonly quiet: QuietHours
  /** On public holidays and Tết. */
  readonly quietOnHolidays: QuietHours
  readonly quietChannels: readonly NoticeChannel[]
  /** At most so many short messages a day to one number, urgent ones apart. */
  readonly smsPerDay: number
  /** From so many waiting for one number on, they go as one. */
  readonly mergeFrom: number
  readonly maxSmsParts: number
  /** Minutes before each new try; after the last one the message is dead. */
  readonly retryMinutes: readonly number[]
  /** A message that could not leave for so long needs a person. */
  readonly deadAfterHours: number
}

export interface NoticeBook {
  readonly templates: readonly NoticeTemplate[]
  readonly rules: readonly NoticeRules[]
}

/** One message as a sender is given it. */
export interface Outgoing {
  /** Stable: the provider must take a second message of the same id for the first one. */
  readonly id: string
  readonly to: string
  readonly title: string
  readonly body: string
}

/** What became of a try. `unknown`: the answer was lost, it may have been taken. `later` was surely not taken; `outage`: nobody's messages
 *  are taken just now. `refused` will never be taken. */
export type Sent =
  | { readonly kind: 'accepted'; readonly ref: string; readonly parts: number | null }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'later'; readonly why: string; readonly outage: boolean; readonly afterMs: number | null }
  | { readonly kind: 'unknown'; readonly why: string }

/** What the provider says of an id when asked. */
export type Asked =
  | { readonly kind: 'accepted'; readonly ref: string; readonly parts: number | null }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unanswered'; readonly why: string }

/** A message that reached the phone, or did not. */
export interface DeliveryReport {
  readonly id: string
  readonly delivered: boolean
  readonly at: Date
}

/** A channel's way out of the house. Never throws: a fault is an outcome. */
export interface Sender {
  send(outgoing: Outgoing): Promise<Sent>
  /** null where the protocol has no such question (SMTP): what is unknown then stays unknown and is never sent again by itself. */
  readonly ask: ((id: string) => Promise<Asked>) | null
  /** Reports since the mark, and the next mark; null where there are none. */
  readonly reports: ((mark: string) => Promise<{ reports: DeliveryReport[]; mark: string } | null>) | null
  /** The most it takes in a second. */
  readonly perSecond: number
}

export interface Notices {
  readonly book: NoticeBook
  /** null: no provider is set up, messages of this channel wait. */
  readonly senders: Readonly<Record<'sms' | 'email', Sender | null>>
}
