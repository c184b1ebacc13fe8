// The shapes of a form: what a procedure record says, and what filling it in gives. Format: tinhso.procedure/1.

import type { FieldError } from '#core/errors.ts'
import type { OldPlaces } from '../fields/old-places.ts'

export const QUESTION_TYPES = [
  'text', 'longtext', 'number', 'integer', 'money', 'date', 'partial_date', 'year', 'time', 'phone', 'email',
  'personal_id', 'business_id', 'address', 'select', 'radio', 'checkbox', 'multiselect', 'catalog', 'id_document',
  'person', 'file', 'table', 'computed', 'statement',
] as const
export type QuestionType = (typeof QUESTION_TYPES)[number]

export interface Option {
  readonly value: string
  readonly label: string
}

/** One question. Conditions are FEEL over {form, applicant, channel, receivedOn, parts}; `check` also sees `value`. */
export interface Question {
  readonly key: string
  readonly label: string
  readonly official?: string
  readonly help?: string
  readonly example?: string
  readonly type: QuestionType
  readonly required?: boolean
  readonly visibleWhen?: string
  readonly requiredWhen?: string
  readonly min?: unknown
  readonly max?: unknown
  readonly maxLength?: number
  readonly pattern?: string
  readonly check?: string
  readonly error?: string
  readonly options?: readonly Option[]
  readonly catalog?: string
  readonly prefill?: string
  readonly value?: string
  readonly columns?: readonly Question[]
  readonly sensitive?: 'noi_bo' | 'co_ban' | 'nhay_cam'
}

export interface Section {
  readonly key: string
  readonly title: string
  readonly intro?: string
  readonly visibleWhen?: string
  readonly questions: readonly Question[]
}

export interface FormDefinition {
  readonly title: string
  readonly formNo?: string
  readonly sections: readonly Section[]
}

export type Channel = 'truc_tuyen' | 'truc_tiep' | 'bcci'

/** Answers by question key, as plain JSON (dates 'YYYY-MM-DD', amounts whole đồng, addresses {province, commune, detail}). */
export type Values = Record<string, unknown>

export interface CatalogEntry {
  readonly code: string
  readonly name: string
}

/** Look-up of the catalogues that questions name (dan_toc, quoc_tich, tinh, xa …). */
export interface Catalogs {
  /** Entries in Vietnamese order; an empty list for a catalogue nobody keeps. `parent` narrows communes to a province. */
  list(catalog: string, parent?: string): readonly CatalogEntry[]
  /** Name of a code, or null when the catalogue has no such code. */
  name(catalog: string, code: string): string | null
  /** Communes of before 1/7/2025; absent where nobody keeps them. */
  readonly oldPlaces?: OldPlaces
}

/** What conditions can see beside the form itself. */
export interface FormEnv {
  readonly channel: Channel
  /** 'YYYY-MM-DD' */
  readonly receivedOn: string
  readonly applicant: Values | null
  /** ids of the parts handed in so far */
  readonly parts?: readonly string[]
  readonly catalogs: Catalogs
}

export interface FormState {
  /** Answers normalised (NFC, trimmed, numbers as numbers), computed ones filled in, those of hidden questions removed. */
  readonly values: Values
  readonly visible: ReadonlySet<string>
  readonly visibleSections: ReadonlySet<string>
  readonly required: ReadonlySet<string>
  /** In the order of the form. Keys: question key, or `address.commune`-like paths only in `path`. */
  readonly errors: readonly (FieldError & { readonly path: string })[]
}
