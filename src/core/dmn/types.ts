// The shapes of decisions as data: what DMN 1.3 says in XML, in the words of the standard.

/** Unique, any, priority, first, rule order, output order, collect; a collect may be summed up, counted, or give its least or greatest. */
export const HIT_POLICIES = ['U', 'A', 'P', 'F', 'R', 'O', 'C', 'C+', 'C#', 'C<', 'C>'] as const
export type HitPolicy = (typeof HIT_POLICIES)[number]

export interface InputClause {
  readonly label: string
  /** FEEL over the inputs of the graph and the decisions required. */
  readonly expression: string
  /** Unary tests naming what may come in; anything else is an error of the data. Null: anything. */
  readonly values: string | null
}

export interface OutputClause {
  /** Key of the result's context; '' in a table of one output, whose result is the value itself. */
  readonly name: string
  readonly label: string
  /** FEEL expressions, best first; the order of P and O. */
  readonly values: readonly string[]
  readonly fallback: string | null
}

export interface Rule {
  readonly id: string
  /** Unary tests, one for each input; '-' means anything. */
  readonly when: readonly string[]
  /** FEEL, one for each output. */
  readonly gives: readonly string[]
  readonly notes: readonly string[]
}

export interface DecisionTable {
  readonly kind: 'table'
  readonly hitPolicy: HitPolicy
  readonly inputs: readonly InputClause[]
  readonly outputs: readonly OutputClause[]
  readonly annotations: readonly string[]
  readonly rules: readonly Rule[]
}

export interface LiteralExpression {
  readonly kind: 'literal'
  readonly text: string
}

export interface Decision {
  readonly id: string
  /** For people. */
  readonly name: string
  /** Name under which later decisions read its result. */
  readonly variable: string
  /** Ids of the decisions whose results it reads. */
  readonly requires: readonly string[]
  /** Names of the inputs it reads. */
  readonly reads: readonly string[]
  readonly logic: DecisionTable | LiteralExpression
}

/** A decision requirement graph. */
export interface Decisions {
  readonly id: string
  readonly name: string
  readonly inputs: readonly string[]
  readonly decisions: readonly Decision[]
}
