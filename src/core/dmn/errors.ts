// What can be wrong with a decision, drawn or run, in words for the person who drew it.

export type DmnErrorCode = 'dmn.unreadable' | 'dmn.faults' | 'dmn.overlap' | 'dmn.hole' | 'dmn.any' | 'dmn.input' | 'dmn.priority' | 'dmn.expression' | 'dmn.no_decision'

export class DmnError extends Error {
  readonly code: DmnErrorCode
  /** Every fault of the file, one sentence each; one of a running decision. */
  readonly faults: readonly string[]

  constructor(code: DmnErrorCode, faults: string | readonly string[], options?: ErrorOptions) {
    const all = typeof faults === 'string' ? [faults] : faults
    super(all.join(' '), options)
    this.name = 'DmnError'
    this.code = code
    this.faults = all
  }
}
