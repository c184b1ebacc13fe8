// The register of rules: read from the pack, changed by officials, asked by everything that shows or counts a figure.

import { z } from 'zod'
import { inOrder, layChanges, rowOn } from './layers.ts'
import { type LaidChange, type LawBook, MOVES, RULE_UNITS, type Rule, type RuleRow } from './types.ts'

export { inOrder, layChanges, rowOn } from './layers.ts'
export { sayPlain, sayValue, UNIT_NAMES } from './say.ts'
export { type InForce, type LaidChange, type LawBook, MOVES, type Moves, RULE_UNITS, type Rule, type RuleRow, type RuleUnit } from './types.ts'

const day = z.iso.date()
const value = z.union([z.number(), z.string().min(1)])
const sure = z.enum(['found', 'memory'])
const row = z.strictObject({ value, from: day, to: day.nullable(), document: z.string().min(1), clause: z.string().min(1), sure })
const rule = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z]*$/), id: z.string().regex(/^[a-z0-9-]+$/), group: z.string(), title: z.string().min(1), plain: z.string().min(1), unit: z.enum(RULE_UNITS),
  /** Code asks for it by day, so that a change on the page takes hold; others are changed in their calendar, procedure or file. */
  changeable: z.boolean().default(false),
  note: z.string().optional(), moves: z.enum(MOVES).optional(), feeds: z.array(z.string()).optional(),
  usedIn: z.array(z.strictObject({ text: z.string(), href: z.string() })),
  values: z.array(row).min(1).optional(),
  /** The value stands in another file of the pack. */
  source: z.strictObject({ part: z.string(), path: z.string(), document: z.string(), clause: z.string(), from: day }).optional(),
})
const file = z.object({
  format: z.literal('tinhso.rules/1'), groups: z.record(z.string(), z.string()), documents: z.record(z.string(), z.string()),
  replaced: z.array(z.strictObject({ document: z.string(), by: z.string(), on: day })), rules: z.array(rule).min(1),
})

const at = (whole: unknown, path: string): unknown => path.split('.').reduce<unknown>((here, step) => (here as Record<string, unknown> | undefined)?.[step], whole)

/** Throws with the rule at fault when values have a gap or overlap, or one names a value that is not there. `parts` gives the pack's other files. */
export function readRules(json: unknown, parts: (name: string) => unknown): Pick<LawBook, 'groups' | 'replaced'> & { readonly rules: readonly Rule[]; readonly documents: Readonly<Record<string, string>> } {
  const read = file.parse(json)
  const rules = read.rules.map((one): Rule => {
    const rows: RuleRow[] = (one.values ?? []).map((each) => ({ ...each, transition: 'filed_after', change: null }))
    if (one.source) {
      const found = at(parts(one.source.part), one.source.path)
      if (typeof found !== 'number' && typeof found !== 'string') throw new Error(`Quy định ${one.key}: không có ${one.source.part}.${one.source.path}.`)
      rows.push({ value: found, from: one.source.from, to: null, document: one.source.document, clause: one.source.clause, sure: 'memory', transition: 'filed_after', change: null })
    }
    const ordered = inOrder(rows)
    for (const [n, each] of rows.entries()) if (ordered[n]?.from !== each.from || ordered[n]?.to !== each.to) throw new Error(`Quy định ${one.key}: các ngày hiệu lực từ ${each.from} bị hở hoặc chồng nhau.`)
    if (!(one.group in read.groups)) throw new Error(`Quy định ${one.key}: không có nhóm ${one.group}.`)
    return {
      key: one.key, id: one.id, group: one.group, title: one.title, plain: one.plain, unit: one.unit, moves: one.moves ?? null, feeds: one.feeds ?? [], usedIn: one.usedIn,
      changeable: one.changeable, rows: ordered,
    }
  })
  const names = rules.flatMap(({ key, id }) => [key, id])
  if (new Set(names).size !== names.length) throw new Error('Sổ quy định có tên trùng nhau.')
  return { rules, documents: read.documents, groups: read.groups, replaced: read.replaced }
}

const ASK_MS = 1000

/** A book over the pack's rules. */
export function openLaw(base: ReturnType<typeof readRules>, laid: readonly LaidChange[] = []): LawBook {
  let revision = 0
  let asked: number | null = null
  let rules: readonly Rule[] = []
  let byName = new Map<string, Rule>()
  const set = (changes: readonly LaidChange[]): void => {
    rules = base.rules.map((one) => ({ ...one, rows: layChanges(one.rows, changes.filter((change) => change.rule === one.key)) }))
    byName = new Map(rules.flatMap((one) => [[one.key, one], [one.id, one]] as const))
  }
  let changes = laid
  set(laid)
  const book: LawBook = {
    groups: base.groups,
    get replaced() {
      const told = changes.filter((one) => one.rule.startsWith('document:')).map((one) => ({ document: one.rule.slice('document:'.length), by: String(one.value), on: one.from }))
      return [...base.replaced.filter((one) => !told.some((each) => each.document === one.document)), ...told]
    },
    documentName: (no) => base.documents[no] ?? null,
    list: () => rules,
    find: (name) => byName.get(name) ?? null,
    on(name, since, now) {
      const found = byName.get(name)
      if (!found) throw new RangeError(`Không có quy định ${name}.`)
      return { ...rowOn(found.rows, since, now), id: found.id, key: found.key, unit: found.unit }
    },
    number(name, since, now) {
      const { value } = book.on(name, since, now)
      if (typeof value !== 'number') throw new RangeError(`Quy định ${name} không phải là số.`)
      return value
    },
    revision: () => revision,
    lay(next, number) {
      changes = next
      revision = number
      set(next)
    },
    mayAsk(at) {
      if (asked !== null && Math.abs(at.getTime() - asked) < ASK_MS) return false
      asked = at.getTime()
      return true
    },
    with: (more) => openLaw(base, [...changes, ...more]),
  }
  return book
}

/** The book with one change more. */
export const inBook = (law: LawBook, change: LaidChange): LawBook => law.with([change])
