// The contract every field type fulfils: one file per type, with its reading, its checks and all its Vietnamese sentences.

import type { Catalogs, Question } from '../form/types.ts'

/** A fault inside one answer. `path` is relative to the question: '' for the whole, 'commune', '0.count'. */
export interface Fault {
  readonly path: string
  readonly message: string
}

export interface FieldEnv {
  readonly catalogs: Catalogs
}

export type JsonSchema = Record<string, unknown>

export interface FieldType {
  /**
   * What a form post, a JSON API or a stored draft gives → the normal value; nothing said → null.
   * What cannot be understood stays as cleaned text, so that the person sees it again beside the error. Idempotent; never throws.
   */
  read(raw: unknown, question: Question): unknown
  /** Faults of a normal value that is not null. */
  check(question: Question, value: unknown, env: FieldEnv): readonly Fault[]
  /** The sentence for a required question without an answer. */
  missing(question: Question): string
  jsonSchema(question: Question, catalogs: Catalogs): JsonSchema
  /** What a person reads in the review and on paper; '' for null. Lines are separated by \n. */
  show(question: Question, value: unknown, catalogs: Catalogs): string
  /** Names of the sub-inputs a web form may use (`key.province`); empty when the field is one input. */
  inputs(question: Question): readonly string[]
  /** Normal value → what stands in the inputs ('' is the input named by the key itself). The inverse of read. */
  write(question: Question, value: unknown): Readonly<Record<string, string | readonly string[]>>
}

export const fault = (message: string, path = ''): readonly Fault[] => [{ path, message }]
export const NO_FAULT: readonly Fault[] = []

/** Label as the end of a sentence: full stop unless it ends in a mark of its own. */
export const sentence = (lead: string, label: string): string => `${lead}: ${label}${/[?.!]$/.test(label) ? '' : '.'}`

/**
 * The question's own `error` speaks of its pattern, or of its `check`. When it has a check and no pattern, a fault of the type
 * (30 February) is another matter and gets the type's own sentence.
 */
export const typeError = (question: Question, own: string): string =>
  question.error && (question.pattern !== undefined || question.check === undefined) ? question.error : own
