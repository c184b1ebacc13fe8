// What every question's view is handed, and the small readings all of them share.

import type { Catalogs, Question } from '#core/form/types.ts'
import { errorPath, type ShownError } from '../error-summary.tsx'
import { written } from './written.ts'

export interface FieldProps {
  readonly question: Question
  readonly value?: unknown
  /** Faults of the whole form; each view takes those that name it. */
  readonly errors?: readonly ShownError[]
  /** Dotted path of the answer, which is also the input's name and id; the question's key unless it stands in a table. */
  readonly name?: string
  readonly catalogs?: Catalogs
  readonly required?: boolean
  readonly visible?: boolean
  /** Show the wording of the official form in small. On unless said otherwise. */
  readonly officialWording?: boolean
  /** Province whose communes are listed when none is chosen. */
  readonly province?: string
  /** For the columns of a table, by dotted path: whether asked and whether required. */
  readonly visibleAt?: (path: string) => boolean
  readonly requiredAt?: (path: string) => boolean
  /** A table's number of empty rows to offer beyond those with answers. */
  readonly spareRows?: number
  /** Where files that answer questions are sent in pieces. */
  readonly tusHref?: string
  /** Where the answer comes from, when the State knows it already. */
  readonly source?: FieldSource
}

/** As VNeID has it, or otherwise: then how VNeID has it, for people. */
export type FieldSource = { readonly from: 'vneid' } | { readonly from: 'other'; readonly known: string }

/** Props after `FieldView` has filled in what may be left out. */
export type ReadyProps = Omit<FieldProps, 'name' | 'errors' | 'catalogs'> & Required<Pick<FieldProps, 'name' | 'errors' | 'catalogs'>>

const NO_CATALOGS: Catalogs = { list: () => [], name: () => null }

export function ready(props: FieldProps): ReadyProps {
  return { ...props, name: props.name ?? props.question.key, errors: props.errors ?? [], catalogs: props.catalogs ?? NO_CATALOGS }
}

export const messagesAt = (errors: readonly ShownError[], path: string): readonly string[] =>
  errors.filter((error) => errorPath(error) === path).map((error) => error.message)

/** The texts standing in the inputs, by sub-name; '' is the input named by the question itself. */
export const texts = ({ question, value }: { question: Question; value?: unknown }): Readonly<Record<string, string | readonly string[]>> =>
  written(question, value)

export const text = (props: { question: Question; value?: unknown }, part = ''): string => {
  const found = texts(props)[part]
  return typeof found === 'string' ? found : (found?.[0] ?? '')
}

/** Ids of the texts that describe an input, in the order they are read. */
export const describedBy = (...ids: (string | false | undefined)[]): string | undefined => ids.filter(Boolean).join(' ') || undefined
