// Why somebody may look at a dossier that is not their work: a list of reasons, each with its law. Data of the pack.

export interface AccessReason {
  readonly code: string
  readonly text: string
  readonly clause: string
  /** Whether the reader must add words of their own. */
  readonly words: boolean
}

/** packs/vn/access-reasons.json. */
export interface AccessRules {
  readonly reasons: readonly AccessReason[]
  /** How long a reason lets in, and within which looking again is the same look. */
  readonly minutes: number
  /** What the access log points out: more than so many strangers' dossiers, or looks at night, by one officer on one day. */
  readonly unusual: { readonly strangersADay: number; readonly nightsADay: number; readonly nightFrom: string; readonly nightTo: string }
}
