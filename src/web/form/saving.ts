// Writing a page's answers into the draft: compared with what stands there now, under its revision, so that nothing is lost between two writers.

import type { Ctx } from '#core/ctx.ts'
import { Conflict } from '#core/errors.ts'
import { fieldType } from '#core/fields/index.ts'
import type { Catalogs, Question, Values } from '#core/form/types.ts'
import { type Dossier, save } from '#modules/dossiers/index.ts'
import { written } from '#ui/fields/written.ts'
import { contactIn } from './answers.ts'
import { type Filing, mustBeEditable } from './filing.ts'
import { type Merged, merge, type Was, wasOf } from './merge.ts'
import { type FilingPage, questionsOf } from './pages.ts'

export interface SavedPage extends Merged {
  readonly before: Filing
  readonly dossier: Dossier
}

/** The draft's answers to these questions in their normal shape: what digests are taken of. */
export const standing = (questions: readonly Question[], form: Values): Values =>
  Object.fromEntries(questions.map((question) => [question.key, fieldType(question.type).read(form[question.key], question)]))

const ATTEMPTS = 6

/** Saves under the revision it compared with; when another writer was faster, compares anew. Throws as `save`. */
export async function savePage(
  ctx: Ctx,
  given: { first: Filing; load: () => Promise<Filing>; page: FilingPage; posted: Values; was: Was | null; marks: (filing: Filing) => Values },
): Promise<SavedPage> {
  const { load, page, posted, was, marks } = given
  for (let attempt = 1, before = given.first; ; attempt++, before = await load()) {
    mustBeEditable(before)
    const merged = merge(posted, standing(questionsOf(page), before.dossier.form), was)
    try {
      const dossier = await save(ctx, {
        dossier: before.dossier.id,
        revision: before.dossier.revision,
        applicant: contactIn(page, merged.answers, before.dossier.applicant),
        form: { ...merged.answers, ...marks(before) },
      })
      return { ...merged, before, dossier }
    } catch (error) {
      if (!(error instanceof Conflict && error.code === 'dossiers.changed') || attempt >= ATTEMPTS) throw error
    }
  }
}

type Inputs = Readonly<Record<string, string | readonly string[]>>

/** What stands in a question's inputs for an answer; null for tables, whose rows only the page itself can draw. */
function inputsOf(question: Question, value: unknown): Inputs | null {
  if (question.type === 'table' || question.type === 'file') return null
  return Object.fromEntries(Object.entries(written(question, value)).map(([part, text]) => [part ? `${question.key}.${part}` : question.key, text]))
}

/** For the script: digests to go on from, answers to take over, and those between which somebody must choose. */
export function mergeReport(page: FilingPage, { dossier, newer, conflicts }: SavedPage, catalogs: Catalogs) {
  const questions = questionsOf(page)
  const now = standing(questions, dossier.form)
  const was = wasOf(questions, now)
  const of = (key: string) => questions.find((question) => question.key === key)!
  const held = new Set([...conflicts, ...newer.filter((key) => inputsOf(of(key), now[key]) === null)])
  return {
    was: Object.fromEntries(Object.entries(was).filter(([key]) => !held.has(key))),
    newer: Object.fromEntries(newer.map((key) => [key, inputsOf(of(key), now[key])])),
    conflicts: conflicts.map((key) => ({
      key,
      theirs: fieldType(of(key).type).show(of(key), now[key] ?? null, catalogs),
      inputs: inputsOf(of(key), now[key]),
      was: was[key] ?? '',
    })),
  }
}

/** The same for a reader without script, as a fault beside the question. */
export const conflictFault = (question: Question, now: unknown, catalogs: Catalogs) => ({
  key: question.key,
  path: question.key,
  message: `Câu này vừa được sửa ở thẻ hoặc máy khác thành “${fieldType(question.type).show(question, now ?? null, catalogs) || 'để trống'}” trong lúc ông/bà đang viết. Để câu trả lời đúng trong ô rồi bấm “Tiếp tục”.`,
})
