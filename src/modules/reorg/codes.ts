// Codes under a plan: on any day each code means one unit of its scheme. Pure.

import { formatDate } from '#core/text/index.ts'
import type { ReorgFault, Unit } from '#modules/org/index.ts'

const SCHEMES = [
  ['code', 'Mã'], ['identifier', 'Mã định danh'], ['qcvn', 'Mã theo QCVN 102:2016'],
] as const

/** New and changed codes that another unit bears from the day on, or bore until now while it lives. */
export function codeFaults(created: readonly Unit[], renamed: readonly { readonly before: Unit; readonly after: Unit }[], staying: readonly Unit[], gone: ReadonlySet<string>, plan: { readonly day: string }): ReorgFault[] {
  const faults: ReorgFault[] = []
  const changed = [...created, ...renamed.map((one) => one.after)]
  for (const [scheme, title] of SCHEMES) {
    const bearers = new Map<string, Unit[]>()
    for (const unit of staying) {
      const code = unit[scheme]
      if (code && !gone.has(unit.id)) bearers.set(code, [...(bearers.get(code) ?? []), unit])
    }
    for (const unit of changed) {
      const code = unit[scheme]
      const other = code ? bearers.get(code)?.find((one) => one.id !== unit.id) : undefined
      if (!other) continue
      faults.push({ code: 'reorg.code_taken', severity: 'stops', unitId: unit.id, message: `${title} ${code} của ${unit.name} cũng là của ${other.name} từ ${formatDate(plan.day)}; mỗi mã chỉ một đơn vị mang.` })
    }
  }
  return faults
}
