// Which heir of a divided unit a matter goes to: the rules of the division in their order, over the one place the matter is of. Pure.

import { z } from 'zod'
import { fold } from '#core/text/index.ts'
import type { Unit } from './schema.ts'

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,59}$/, 'Mã nội bộ của đơn vị chỉ gồm chữ không dấu, số, gạch ngang.')
const needed = (most: number, message: string) => z.string(message).trim().min(1, message).max(most, `Không dài quá ${most} ký tự.`).transform((text) => text.normalize('NFC'))

/** Which dossiers of a divided unit go to which of its heirs; the first rule that fits decides, else the main heir. */
export const RuleInput = z.discriminatedUnion('by', [
  /** Old communes by any of their codes; villages by name, when only a part of the commune is meant. */
  z.object({ by: z.literal('place'), places: z.array(needed(40, 'Nhập mã xã.')).min(1, 'Chọn ít nhất một địa bàn.').max(400), villages: z.array(needed(120, 'Nhập tên thôn.')).max(400).default([]), to: id }),
  /** The unit in charge of the commune the dossier is of, whichever it is after the plan. */
  z.object({ by: z.literal('commune') }),
  z.object({ by: z.literal('field'), fields: z.array(needed(40, 'Chọn lĩnh vực.')).min(1, 'Chọn ít nhất một lĩnh vực.').max(400), to: id }),
  z.object({ by: z.literal('procedure'), procedures: z.array(needed(60, 'Chọn thủ tục.')).min(1, 'Chọn ít nhất một thủ tục.').max(3000), to: id }),
])
export type SplitRule = z.output<typeof RuleInput>

/** What decides where a matter goes. */
export interface Case {
  readonly procedure: string
  readonly field: string | null
  readonly receivedUnitId: string
  readonly places: readonly { readonly codes: readonly string[]; readonly detail: string }[]
}

export interface Atlas {
  /** Other codes of the same commune. */
  readonly alike: (code: string) => readonly string[]
  /** The unit in charge of a commune after the division, by any of its codes. */
  readonly commune: (code: string) => Unit | null
  /** The commune after the division that a desk belongs to. */
  readonly communeOf: (unitId: string) => Unit | null
}

const worded = (text: string): string => ` ${fold(text).replaceAll(/[^a-z0-9]+/g, ' ').trim()} `

/** Whether words name a village, whole: “Thôn 12” is not “Thôn 1”. */
export const saysVillage = (words: string, village: string): boolean => worded(words).includes(worded(village))

/** Where the matter goes; null: it stays with the main heir, or with the unit that lives on. */
export function heirFor({ unit, rules }: { readonly unit: Pick<Unit, 'id'>; readonly rules: readonly SplitRule[] }, one: Case, atlas: Atlas): string | null {
  const grounds = rules.flatMap((rule) => (rule.by === 'place' ? [new Set(rule.places.flatMap((code) => [code, ...atlas.alike(code)]))] : []))
  const covered = one.places.filter((place) => grounds.length === 0 || place.codes.some((code) => grounds.some((ground) => ground.has(code))))
  // of several addresses the first that lies on the divided ground says where the matter belongs
  const place = covered[0] ?? one.places[0]
  let nth = 0
  for (const rule of rules) {
    if (rule.by === 'field') {
      if (one.field !== null && rule.fields.includes(one.field)) return rule.to
    } else if (rule.by === 'procedure') {
      if (rule.procedures.includes(one.procedure)) return rule.to
    } else if (rule.by === 'place') {
      const ground = grounds[nth++]!
      if (!place?.codes.some((code) => ground.has(code))) continue
      if (rule.villages.length === 0) return rule.to
      if (rule.villages.some((village) => saysVillage(place.detail, village))) return rule.to
    } else {
      const commune = place?.codes.map(atlas.commune).find((found) => found !== null) ?? atlas.communeOf(one.receivedUnitId)
      if (commune && commune.id !== unit.id) return commune.id
    }
  }
  return null
}

/** A rule as a succession keeps it: at its place among all rules of the division, which are kept with the heirs they name. */
export type KeptRule = SplitRule & { readonly nth: number }

/** The rules of a division in their order, from what its successions keep; what cannot be read says nothing. */
export function rulesOf(kept: readonly unknown[]): SplitRule[] {
  const nth = (raw: unknown): number => Number((raw as { nth?: unknown } | null)?.nth ?? 0)
  return kept.flatMap((raw) => (Array.isArray(raw) ? (raw as unknown[]) : [])).toSorted((a, b) => nth(a) - nth(b)).flatMap((raw) => {
    const parsed = RuleInput.safeParse(raw)
    return parsed.success ? [parsed.data] : []
  })
}

/** Villages by which a division parts the ground, as its rules name them. */
export const villagesIn = (rules: readonly SplitRule[]): string[] => [...new Set(rules.flatMap((rule) => (rule.by === 'place' ? rule.villages : [])))]
