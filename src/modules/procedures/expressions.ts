// Finds every FEEL expression of a record outside its form, with the place where it stands, so that none is left unchecked.

import type { ProcedureRecord, Step } from './record.ts'

export interface Expression {
  /** `fees[0].formula` */
  readonly path: string
  readonly text: string
}

/** Who handles a step: the place of filing, the deciding unit, a unit known by a key, or a unit code that FEEL gives. */
export type UnitRule =
  | { readonly kind: 'noi_nop' }
  | { readonly kind: 'tham_quyen' }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'feel'; readonly expression: string }

/** Reads `unit` of a step. A single plain word is a key, never an expression; nothing given means the deciding unit. */
export function unitRule(step: Pick<Step, 'unit'>): UnitRule {
  const unit = step.unit ?? 'tham_quyen'
  if (unit === 'noi_nop' || unit === 'tham_quyen') return { kind: unit }
  return /^[a-z][a-z0-9_]*$/.test(unit) ? { kind: 'key', key: unit } : { kind: 'feel', expression: unit }
}

/** `competence.by` is one of two words or an expression. */
export const isPlace = (by: string): by is 'noi_nop' | 'tinh' => by === 'noi_nop' || by === 'tinh'

/** Every expression that this module evaluates; those inside the form belong to core/form. */
export function expressionsOf(record: ProcedureRecord): Expression[] {
  const found: { path: string; text: string | undefined }[] = [
    { path: 'competence.by', text: isPlace(record.competence.by) ? undefined : record.competence.by },
    { path: 'extension.when', text: record.extension?.when },
    ...(record.conditions ?? []).map((condition, i) => ({ path: `conditions[${i}].check`, text: condition.check })),
    ...record.parts.map((part, i) => ({ path: `parts[${i}].requiredWhen`, text: part.requiredWhen })),
    ...(record.partCases ?? []).map((one, i) => ({ path: `partCases[${i}].when`, text: one.when })),
    ...record.fees.flatMap((fee, i) => [
      { path: `fees[${i}].formula`, text: fee.formula },
      { path: `fees[${i}].when`, text: fee.when },
      ...(fee.rates ?? []).flatMap((rate, j) => [{ path: `fees[${i}].rates[${j}].when`, text: rate.when }, { path: `fees[${i}].rates[${j}].formula`, text: rate.formula }]),
    ]),
    ...(record.exemptions ?? []).map((exemption, i) => ({ path: `exemptions[${i}].when`, text: exemption.when })),
    ...record.steps.map((step, i) => {
      const rule = unitRule(step)
      return { path: `steps[${i}].unit`, text: rule.kind === 'feel' ? rule.expression : undefined }
    }),
    ...record.results.flatMap((result, i) =>
      (result.fields ?? []).map((field, j) => ({ path: `results[${i}].fields[${j}].value`, text: field.value })),
    ),
  ]
  return found.filter((one): one is Expression => one.text !== undefined)
}

/** Keys read as `form.x`, texts in quotes left out. */
export function formKeysIn(expression: string): string[] {
  const bare = expression.replace(/"(?:[^"\\]|\\.)*"/g, '""')
  return [...new Set([...bare.matchAll(/(?<![\w.])form\.([A-Za-z_]\w*)/g)].map((match) => match[1]!))]
}

/** Keys of all questions, those of table columns left out: a column is not an answer of the form itself. */
export const questionKeys = (record: ProcedureRecord): string[] =>
  record.form.sections.flatMap((section) => section.questions.map((question) => question.key))
