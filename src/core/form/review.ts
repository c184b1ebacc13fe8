// Answers as a person reads them: the page before sending, the officer's view, the printed form.

import { fieldType } from '../fields/index.ts'
import type { Catalogs, FormDefinition, FormState, Question } from './types.ts'

export interface ReviewRow {
  readonly key: string
  readonly label: string
  /** The paper form's wording, which officers know; the label when the record gives none. */
  readonly official: string
  /** '' when unanswered; lines separated by \n */
  readonly text: string
  readonly sensitive: Question['sensitive'] | null
}

export interface ReviewSection {
  readonly section: { readonly key: string; readonly title: string }
  readonly rows: readonly ReviewRow[]
}

/** Every visible question that has an answer or could have one, in the order of the form; sections without any are left out. */
export function review(def: FormDefinition, state: Pick<FormState, 'values' | 'visible'>, catalogs: Catalogs): readonly ReviewSection[] {
  return def.sections
    .map(({ key, title, questions }) => ({
      section: { key, title },
      rows: questions
        .filter((question) => state.visible.has(question.key) && question.type !== 'statement')
        .map((question) => ({
          key: question.key,
          label: question.label,
          official: question.official ?? question.label,
          text: fieldType(question.type).show(question, state.values[question.key] ?? null, catalogs),
          sensitive: question.sensitive ?? null,
        })),
    }))
    .filter(({ rows }) => rows.length > 0)
}
