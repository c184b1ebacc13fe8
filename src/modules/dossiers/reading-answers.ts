// Sensitive answers stay covered for officers until they are asked for one by one; each asking is a look of its own.

import type { Ctx } from '#core/ctx.ts'
import type { Question, Values } from '#core/form/types.ts'
import type { DossierView } from './queries.ts'
import { recordView } from './views.ts'

const sensitive = (question: Question): boolean =>
  question.sensitive === 'nhay_cam' || ((question as { columns?: readonly Question[] }).columns ?? []).some((column) => column.sensitive === 'nhay_cam')

/** Keys of the record's questions whose answers are sensitive personal data (`nhay_cam`). */
export const sensitiveKeys = ({ version }: Pick<DossierView, 'version'>): Set<string> =>
  new Set(version.record.form.sections.flatMap((section) => section.questions).filter(sensitive).map((question) => question.key))

export interface ShownAnswers {
  readonly form: Values
  /** Keys that have an answer which this reader does not see. */
  readonly hidden: readonly string[]
}

/** The answers as this reader sees them, those named in `reveal` (or all by 'all') taken down as looked at. Applicants see their own whole. */
export async function answersFor(ctx: Ctx, view: Pick<DossierView, 'dossier' | 'access' | 'version'>, reveal: readonly string[] | 'all' = []): Promise<ShownAnswers> {
  const { form } = view.dossier
  if (view.access.ground === 'own' || view.dossier.state === 'NHAP') return { form, hidden: [] }
  const covered = [...sensitiveKeys(view)].filter((key) => form[key] !== undefined && form[key] !== null && form[key] !== '')
  const opened = covered.filter((key) => reveal === 'all' || reveal.includes(key))
  for (const key of opened) await recordView(ctx, view, 'value', key)
  const hidden = covered.filter((key) => !opened.includes(key))
  return { form: Object.fromEntries(Object.entries(form).filter(([key]) => !hidden.includes(key))), hidden }
}
