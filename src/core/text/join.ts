// Joining words the Vietnamese way.

/** a, b và c. The joining word can be another: listVi(['a', 'b'], 'hoặc'). */
export function listVi(items: readonly string[], last = 'và'): string {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`
}
