// The versions that a change of a procedure's figure publishes: one for each version that carries the figure on, from its own day; nothing later is hidden, nothing abolished revived.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { Conflict, Invalid } from '#core/errors.ts'
import { formatDate } from '#core/text/index.ts'
import { checkFurther, type ProcedureRecord } from '#modules/procedures/index.ts'
import { type CaseDifference, patched } from './procedure-rules.ts'
import type { Change } from './schema.ts'
import { type Held, type Spread, spreadFrom } from './timeline.ts'

export const notOne = (on: string): Conflict => new Conflict('rules.not_one', `Ngày ${formatDate(on)} khoản này không phải một con số cố định (tính theo bảng, hoặc không còn); đổi trong bản nháp của thủ tục.`)

export interface FigureDraft extends Held {
  readonly record: ProcedureRecord
  readonly cases: readonly CaseDifference[]
}

export interface FigureDrafts extends Omit<Spread, 'follow'> {
  readonly drafts: readonly FigureDraft[]
}

/** What would be published; null for rules that no procedure carries. Throws Invalid naming every fault of a record that does not pass, Conflict when the figure is no
 *  single one on the first day, Abolished when the procedure is no more. */
export async function draftsOf(reader: Reader, ctx: Ctx, change: Pick<Change, 'target' | 'value' | 'document' | 'clause' | 'validFrom'>): Promise<FigureDrafts | null> {
  const { target } = change
  if (target.kind !== 'term' && target.kind !== 'fee') return null
  const { follow, stop, abolished } = await spreadFrom(reader, target, change.validFrom, change.value)
  if (follow.some((one) => one.value === null)) throw notOne(change.validFrom)
  const drafts = follow.map((one) => ({ ...one, ...patched(one.version, target, change.value, { no: change.document, clause: change.clause, from: one.from }, { calendar: ctx.calendar, catalogs: ctx.catalogs }) }))
  const faults = (await Promise.all(drafts.map(async ({ record, from, version }) => (await checkFurther(ctx, record)).map((fault) => ({ key: fault.path, message: `Phiên bản ${version.number}, từ ${formatDate(from)}: ${fault.message}` }))))).flat()
  if (faults.length > 0) throw new Invalid(faults, 'Thủ tục với giá trị mới không qua được kiểm tra.')
  return { drafts, stop, abolished }
}
