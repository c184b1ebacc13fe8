// Faults of golden cases as the publish tab says them: one line a case, in words; what came out stands at the case itself.

import type { ClerkFault } from '#modules/procedures/index.ts'

const OF_CASE = /^(cases\[\d+\])\.expect\.\w+$/

/** Every case that comes out wrong once, with the names of what is wrong; other faults stay as they are. */
export function oneLineACase(faults: readonly ClerkFault[]): readonly ClerkFault[] {
  const wrong = new Map<string, string[]>()
  for (const fault of faults) {
    const at = OF_CASE.exec(fault.path)?.[1]
    if (at) wrong.set(at, [...(wrong.get(at) ?? []), (fault.where.split(' › ').at(-1) ?? '').toLowerCase()])
  }
  const said = new Set<string>()
  return faults.flatMap((fault) => {
    const at = OF_CASE.exec(fault.path)?.[1]
    if (!at) return [fault]
    if (said.has(at)) return []
    said.add(at)
    return [{ ...fault, path: at, where: fault.where.split(' › ')[0] ?? '', message: `nay ra khác: ${wrong.get(at)!.join('; ')}. Mở ca này để đọc cạnh nhau và chọn.` }]
  })
}
