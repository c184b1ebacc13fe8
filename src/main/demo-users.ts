// Every login of the demo province, from the same data that seeds it.

import { DEFAULT_PACK, demoCitizens, loadProvinceSeed } from './pack.ts'

export interface DemoUser {
  readonly login: string
  readonly kind: 'citizen' | 'officer'
  readonly fullName: string
  readonly posts: readonly { readonly id: string; readonly role: string; readonly unitCode: string; readonly unitName: string }[]
}

/** Citizens first, then officers with the posts they hold today; the few who have left hold none. */
export function demoUsers(pack: string = DEFAULT_PACK): DemoUser[] {
  const { units, officers, posts } = loadProvinceSeed(pack)
  const unitOf = new Map(units.map((unit) => [unit.id, unit]))
  const held = new Map<string, DemoUser['posts'][number][]>()
  for (const post of posts) {
    const unit = unitOf.get(post.unitId)!
    for (const holder of post.holders) {
      if (holder.to) continue
      held.set(holder.officer, [...(held.get(holder.officer) ?? []), { id: post.id, role: post.role, unitCode: unit.code, unitName: unit.name }])
    }
  }
  return [
    ...demoCitizens.map((one) => ({ login: one.login!, kind: 'citizen' as const, fullName: one.fullName, posts: [] })),
    ...officers.map((one) => ({ login: one.login, kind: 'officer' as const, fullName: one.fullName, posts: held.get(one.id) ?? [] })),
  ]
}
