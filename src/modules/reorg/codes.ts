// Codes under a plan: from its day on each code, of whichever scheme, means one unit. Pure.

import { formatDate } from '#core/text/index.ts'
import { bearingsOf, clashesOf, type ReorgFault, schemeOf, type Unit } from '#modules/org/index.ts'

/** New and changed codes that another unit, new or living on, bears from the day on. `staying`: units as they will be. */
export function codeFaults(created: readonly Unit[], renamed: readonly { readonly before: Unit; readonly after: Unit }[], staying: readonly Unit[], gone: ReadonlySet<string>, plan: { readonly day: string }): ReorgFault[] {
  const changed = [...created, ...renamed.map((one) => one.after)]
  const borne = staying.filter((unit) => !gone.has(unit.id)).flatMap((unit) => bearingsOf(unit, plan.day))
  return clashesOf(changed.flatMap((unit) => bearingsOf(unit, plan.day)), borne).map(({ wanted, other }) => ({
    code: 'reorg.code_taken', severity: 'stops', unitId: wanted.unitId,
    message: `${schemeOf(changed.find((unit) => unit.id === wanted.unitId)!, wanted.code)} ${wanted.code} của ${wanted.name} cũng là của ${other.name} từ ${formatDate(plan.day)}; mỗi mã chỉ một đơn vị mang.`,
  }))
}
