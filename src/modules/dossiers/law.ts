// The dated numbers (the register of rules) and the province-wide reasons (the pack) of a dossier's life: each with its clause and days in force.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import type { ReasonAct } from './schema.ts'

const day = z.iso.date()
const dated = { from: day, to: day.nullable(), clause: z.string().min(1), sure: z.enum(['found', 'memory']) }

const commonReason = z.strictObject({
  act: z.enum(['refusal', 'supplement', 'stop', 'unresolved', 'financial', 'apology', 'extension', 'uphold', 'overturn']),
  code: z.string().regex(/^[a-z][a-z0-9_]*$/), text: z.string().min(1), needsDetail: z.boolean().default(false), ...dated,
})
const reasonsFile = z.object({
  reasons: z.array(commonReason).min(1),
  papers: z.object({
    heads: z.array(z.string()), plain: z.array(z.string()),
    never: z.array(z.strictObject({ words: z.string(), why: z.string(), ...dated })),
  }),
})

const RULES = [
  'receptionHours', 'supplementsInProcessing', 'supplementShare', 'apologyWorkingDaysBefore', 'dueAlertWorkingHoursBefore', 'deliveryWorkingDays', 'appealWithinDays', 'appealWorkingDays',
  'transferCutoffHour', 'transferMorningHours',
] as const
export type RuleName = (typeof RULES)[number]

const lifecycleFile = z.object({
  appeals: z.object({ departments: z.record(z.string(), z.string()), province: z.string() }),
})

const read = <S extends z.ZodType>(name: string, schema: S): z.output<S> =>
  schema.parse(JSON.parse(readFileSync(new URL(`../../../packs/vn/${name}`, import.meta.url), 'utf8')))

const reasons = read('reasons.json', reasonsFile)
const lifecycle = read('lifecycle.json', lifecycleFile)

const inForce = (on: string) => (one: { from: string; to: string | null }): boolean => one.from <= on && (one.to === null || on <= one.to)

export interface DatedRule {
  readonly value: number
  readonly clause: string
  /** name in addresses: /can-cu/<id> */
  readonly id: string
}

/** The number in force for what began on a day, with its clause. `now`: a later one that binds all that is open by then wins. */
export function ruleOn({ law }: Pick<Ctx, 'law'>, name: RuleName, since: string, now?: string): DatedRule {
  const { value, clause, id } = law.on(name, since, now)
  return { value: Number(value), clause, id }
}

export type CommonReason = z.output<typeof commonReason>

/** Province-wide reasons for an act, in force on a day. */
export const commonReasons = (act: ReasonAct, on: string): CommonReason[] => reasons.reasons.filter((one) => one.act === act && inForce(on)(one))

/** Words that name papers, and the papers that nobody may ask for any more. */
export const paperWords = (on: string) => ({ ...reasons.papers, never: reasons.papers.never.filter(inForce(on)) })

/** Key of the department that looks again at what a commune decided under a ministry's procedure; the province's own committee otherwise. */
export const appealDepartment = (ministry: string): string | null => lifecycle.appeals.departments[ministry] ?? null
export const APPEAL_PROVINCE = lifecycle.appeals.province
