// Everything that cites a legal document: rules of the register, procedures with the place in them, reasons, forms; so that one changed term lights up all it touches.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { listPublished, getProcedure } from '#modules/procedures/index.ts'

export interface Citing {
  readonly rules: readonly { readonly id: string; readonly title: string; readonly clause: string; readonly from: string; readonly to: string | null }[]
  readonly procedures: readonly { readonly code: string; readonly name: string; readonly places: readonly string[] }[]
  /** Sets of printed forms and messages. */
  readonly texts: readonly string[]
}

const has = (text: string | undefined, no: string): boolean => text?.includes(no) === true

/** All that is in force on a day and names the document by its number. */
export async function rulesCiting(reader: Reader, ctx: Ctx, no: string, on: string): Promise<Citing> {
  const rules = ctx.law.list().flatMap((rule) => rule.rows.filter((row) => row.document === no || has(row.clause, no)).map((row) => ({ id: rule.id, title: rule.title, clause: row.clause, from: row.from, to: row.to })))
  const procedures: { code: string; name: string; places: string[] }[] = []
  for (const one of await listPublished(reader, on)) {
    const { record } = await getProcedure(reader, one.code, on)
    const places = [
      ...record.legalBasis.filter((basis) => basis.no === no).map((basis) => `Căn cứ pháp lý${basis.articles ? ` (${basis.articles})` : ''}`),
      ...record.fees.filter((fee) => has(fee.legal, no)).map((fee) => `Mức thu: ${fee.name}`),
      ...record.parts.filter((part) => has(part.formNo, no)).map((part) => `Mẫu giấy tờ: ${part.name}`),
      ...(has(record.form.formNo, no) ? [`Tờ khai: ${record.form.title}`] : []),
      ...Object.entries(record.reasons).flatMap(([kind, list]) => list.filter((reason) => has(reason.clause, no)).map((reason) => `Lý do ${kind === 'refusal' ? 'từ chối' : kind === 'supplement' ? 'bổ sung' : 'không giải quyết'}: ${reason.text.slice(0, 80)}`)),
    ]
    if (places.length > 0) procedures.push({ code: record.code, name: record.name, places })
  }
  const texts = [
    ...ctx.forms.filter((set) => has(set.legalBasis, no)).flatMap((set) => Object.values(set.forms).map((form) => `${form.no} (${set.legalBasis})`)),
    ...ctx.notices.book.templates.filter((one) => has(JSON.stringify(one), no)).map((one) => `Mẫu tin ${one.key}`),
  ]
  return { rules, procedures, texts: [...new Set(texts)] }
}
