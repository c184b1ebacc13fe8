// What a plan means for who is competent: keys of departments and levels of procedures that nobody would bear any more.

import type { Tx } from '#core/db/index.ts'
import { listUnits, type ReorgFault } from '#modules/org/index.ts'
import { competenceKeys } from '#modules/procedures/index.ts'
import type { Workout } from './workout.ts'

const LEVELS = { tinh: 'cấp tỉnh', huyen: 'cấp huyện', xa: 'cấp xã' } as const

/** Rules and procedures that would name a department or a level that is gone. */
export async function placeFaults(tx: Tx, { resolved, moving }: Workout): Promise<ReorgFault[]> {
  if (resolved.ending.length === 0) return []
  const gone = new Set(resolved.ending.map((unit) => unit.id))
  const staying = [...(await listUnits(tx, { limit: 1_000_000 })).filter((unit) => !gone.has(unit.id)), ...resolved.created]
  const keys = new Set(staying.map((unit) => unit.key))
  const levels = new Set<string>(staying.map((unit) => unit.level))
  const lostKeys = new Set(resolved.ending.flatMap((unit) => (unit.key && !keys.has(unit.key) ? [unit.key] : [])))
  const lostLevels = (['huyen', 'xa'] as const).filter((level) => !levels.has(level) && resolved.ending.some((unit) => unit.level === level))
  if (lostKeys.size === 0 && lostLevels.length === 0) return []
  const faults: ReorgFault[] = []
  const named = await competenceKeys(tx, moving.day)
  for (const key of lostKeys) {
    const procedures = named.departments.filter((one) => one.key === key)
    if (procedures.length === 0) continue
    const unit = resolved.ending.find((one) => one.key === key)!
    faults.push({ code: 'reorg.key_gone', severity: 'warns', unitId: unit.id, message: `${procedures.length} thủ tục, quy tắc thẩm quyền nêu ${unit.name}; sau ngày thi hành chúng về ${moving.heir.get(unit.id)?.name ?? 'đơn vị kế tục'} chỉ khi sửa lại, ví dụ ${procedures.slice(0, 3).map((one) => one.name).join('; ')}.` })
  }
  for (const level of lostLevels) {
    const procedures = named.levels.filter((one) => one.level === level)
    if (procedures.length > 0) faults.push({ code: 'reorg.level_gone', severity: 'warns', message: `Không còn đơn vị ${LEVELS[level]} nào, nhưng ${procedures.length} thủ tục, quy tắc còn giao cho ${LEVELS[level]}: công bố phiên bản mới, hoặc thêm quy tắc thẩm quyền từ ngày thi hành.` })
  }
  return faults
}
