// What a new unit begins with: parts and posts by its kind, as the pack suggests them.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ROLES, type Role } from '#core/policy/actor.ts'
import { UNIT_LEVELS, type UnitLevel } from './schema.ts'

const roles = Object.keys(ROLES) as [Role, ...Role[]]
const levels = Object.keys(UNIT_LEVELS) as [UnitLevel, ...UnitLevel[]]
const post = z.strictObject({ role: z.enum(roles), title: z.string().min(1), n: z.number().int().min(1).max(20).default(1) })
const shape = {
  key: z.string().optional(), aliases: z.array(z.string()).default([]), kind: z.string().min(1), level: z.enum(levels), outside: z.boolean().default(false),
  name: z.string().includes('{name}'), shortName: z.string().min(1), posts: z.array(post),
}
const template = z.strictObject({
  id: z.string(), label: z.string(), about: z.string(), under: z.array(z.enum(levels)).min(1),
  /** division: the five digits of the commune; own: a short code of its own under the parent's. */
  code: z.enum(['division', 'own']), receives: z.boolean(), ...shape,
  parts: z.array(z.strictObject({ suffix: z.string().regex(/^[A-Z]+$/), ...shape })).default([]),
})
const file = z.object({ templates: z.array(template).min(1) })

export type UnitTemplate = z.output<typeof template>

export const UNIT_TEMPLATES: readonly UnitTemplate[] = file.parse(JSON.parse(readFileSync(new URL('../../../packs/vn/establishments.json', import.meta.url), 'utf8'))).templates

export const templateOf = (id: string): UnitTemplate | undefined => UNIT_TEMPLATES.find((one) => one.id === id)
