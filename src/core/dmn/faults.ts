// What is wrong with a decision table as a whole: a case that no row covers, rows that contradict each other, rows that never come to bear.

import { feel } from '../feel/index.ts'
import { type Formula, isCondition, readCondition, TRUE } from './condition.ts'
import { meet, type Region, rest, TooComplex, widened } from './cover.ts'
import type { Class, Domain } from './domains.ts'
import { Regions, type Term, termsOf } from './logic.ts'
import type { DecisionTable, HitPolicy } from './types.ts'
import { isConstantTest, readTests, unaryCondition } from './unary.ts'

/** One thing of the example: a term and what it is in this case. */
export interface Given {
  /** `form.area`, `date(receivedOn)`, or a whole condition that is (not) met */
  readonly term: string
  readonly kind: Term['kind']
  readonly is: Class
  /** Further named values of which the same holds: two channels without a row are one hole. */
  readonly also?: readonly string[]
}

export interface TableFault {
  /** hole: no row · overlap: two rows at once · never: the row contradicts itself · shadowed: rows before it take all its cases · complex: not checked */
  readonly kind: 'hole' | 'overlap' | 'never' | 'shadowed' | 'complex'
  /** From 1, as the table shows them: those that meet, or the one that never comes to bear and those that take its cases. */
  readonly rows: readonly number[]
  /** A case in which it happens; only what matters for it. */
  readonly example: readonly Given[]
  /** The same case with a value for every term. */
  readonly sample: readonly Given[]
  /** False when the example rests on conditions of which it is not known whether they can be so at once. */
  readonly sure: boolean
}

export interface Surroundings {
  /** What is known of the names that the table reads. */
  readonly domains?: ReadonlyMap<string, Domain>
  /** FEEL conditions that no case can meet: an answer to a question that is not asked. */
  readonly impossible?: readonly string[]
  /** Of a collecting table: the rows that must not come together, instead of its own policy. */
  readonly as?: HitPolicy
}

const MOST_HOLES = 6

/** A cell as logic over its input. */
function cell(tests: string, input: string): Formula {
  const { negated, pieces } = readTests(tests)
  if (pieces === null) return TRUE
  const either: Formula = { op: 'or', parts: pieces.map((piece) => test(piece, input)) }
  return negated ? { op: 'not', part: either } : either
}

function test(piece: string, input: string): Formula {
  const plain = /^true$/.test(input.trim())
  if (!isConstantTest(piece) && (plain || (isCondition(piece) && !piece.includes('?')))) return readCondition(piece)
  if (!isConstantTest(piece) && !piece.includes('?')) return readCondition(`(${input}) in (${piece})`)
  return readCondition(unaryCondition(piece, input))
}

interface Checked {
  readonly regions: Regions
  readonly rules: readonly (readonly Region[])[]
  readonly impossible: readonly Region[]
}

function read(table: DecisionTable, { domains = new Map(), impossible = [] }: Surroundings): Checked {
  const formulas = table.rules.map((rule): Formula => ({ op: 'and', parts: rule.when.map((tests, at) => cell(tests, table.inputs[at]!.expression)) }))
  const never = [
    ...impossible.map(readCondition),
    ...table.inputs.flatMap((input): Formula[] => (input.values === null ? [] : [{ op: 'if', when: cell(input.values, input.expression), yes: { op: 'const', value: false }, no: TRUE }])),
  ]
  const terms = termsOf([...formulas, ...never], domains)
  // what is impossible only matters over terms that the rules read
  const read = new Set(termsOf(formulas, domains).map((term) => term.key))
  const regions = new Regions(terms)
  const mattering = never.flatMap((formula) => regions.of(formula)).filter((region) => region.some((mask, at) => mask !== regions.whole[at] && read.has(terms[at]!.key)))
  return { regions, rules: formulas.map((formula) => regions.of(formula)), impossible: mattering }
}

/** All faults of a table, holes first. Pure. Tables beyond reckoning give one fault, `complex`. */
export function tableFaults(table: DecisionTable, around: Surroundings = {}): TableFault[] {
  try {
    const checked = read(table, around)
    const policy = around.as ?? table.hitPolicy
    const filled = table.outputs.some((output) => output.fallback !== null && output.fallback !== 'null')
    return [
      ...(['U', 'A', 'P', 'F'].includes(policy) && !filled ? holes(checked) : []),
      ...(policy === 'U' ? overlaps(checked, () => 'differ') : policy === 'A' ? overlaps(checked, (i, j) => compared(table, i, j)) : []),
      ...idle(checked, table, policy),
    ]
  } catch (error) {
    if (error instanceof TooComplex) return [{ kind: 'complex', rows: [], example: [], sample: [], sure: false }]
    throw error
  }
}

function holes({ regions, rules, impossible }: Checked): TableFault[] {
  const taken = [...rules.flat(), ...impossible]
  const found: Region[] = []
  while (found.length < MOST_HOLES) {
    const [open] = rest(regions.whole, [...taken, ...found])
    if (!open) break
    found.push(widened(open, regions.whole, taken))
  }
  return found.map((region) => fault(regions, 'hole', [], region))
}

function compared(table: DecisionTable, i: number, j: number): 'same' | 'differ' | 'unknown' {
  const [one, other] = [table.rules[i]!.gives, table.rules[j]!.gives]
  if (one.every((text, at) => text.trim() === other[at]!.trim())) return 'same'
  const constant = (text: string) => /^(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null|-|)$/.test(text.trim())
  if (![...one, ...other].every(constant)) return 'unknown'
  const values = (texts: readonly string[]) => JSON.stringify(texts.map((text) => feel(text).value))
  return values(one) === values(other) ? 'same' : 'differ'
}

function overlaps({ regions, rules, impossible }: Checked, differ: (i: number, j: number) => 'same' | 'differ' | 'unknown'): TableFault[] {
  const found: TableFault[] = []
  for (let i = 0; i < rules.length; i++) {
    for (let j = i + 1; j < rules.length; j++) {
      const how = differ(i, j)
      if (how === 'same') continue
      const both = regions.product(rules[i]!, rules[j]!)
      const shared = both.flatMap((region) => rest(region, impossible))[0]
      if (!shared) continue
      const made = fault(regions, 'overlap', [i + 1, j + 1], shared)
      found.push(how === 'unknown' ? { ...made, sure: false } : made)
    }
  }
  return found
}

/** Rows that contradict themselves, and rows whose every case is taken by a better one. */
function idle({ regions, rules, impossible }: Checked, table: DecisionTable, policy: HitPolicy): TableFault[] {
  const ranks = policy === 'P' ? priorities(table) : null
  return rules.flatMap((own, at): TableFault[] => {
    const possible = own.flatMap((region) => rest(region, impossible))
    if (possible.length === 0) return [{ kind: 'never', rows: [at + 1], example: [], sample: [], sure: true }]
    if (policy !== 'F' && !(policy === 'P' && ranks)) return []
    const better = rules.flatMap((_, other) => ((ranks ? before(ranks[other]!, ranks[at]!) || (same(ranks[other]!, ranks[at]!) && other < at) : other < at) ? [other] : []))
    const taken = better.flatMap((other) => rules[other]!)
    if (own.some((region) => rest(region, [...impossible, ...taken]).length > 0)) return []
    const guilty = better.filter((other) => rules[other]!.some((region) => own.some((mine) => meet(region, mine) !== null)))
    return [{ ...fault(regions, 'shadowed', [at + 1, ...guilty.map((other) => other + 1)], possible[0]!), sure: true }]
  })
}

/** Place of each row's results in the order of values; null when a result has none there. */
function priorities(table: DecisionTable): number[][] | null {
  const rows = table.rules.map((rule) => rule.gives.map((text, at) => {
    const values = table.outputs[at]!.values.map((value) => value.trim())
    return values.length === 0 ? 0 : values.indexOf(text.trim())
  }))
  return rows.flat().includes(-1) ? null : rows
}
const same = (one: readonly number[], other: readonly number[]): boolean => one.every((rank, at) => rank === other[at])
function before(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((rank, i) => rank !== other[i])
  return at >= 0 && one[at]! < other[at]!
}

const held = (term: Term, mask: bigint): Class[] => term.classes.filter((_, at) => (mask >> BigInt(at)) & 1n)

const named = ({ kind, sample, members = [] }: Class): readonly string[] => (kind === 'value' && typeof sample === 'string' ? [sample] : members)

const classAt = (term: Term, mask: bigint): Class => {
  // an ordinary value says more to people than an end of a range or a missing answer
  const order = { value: 1, stretch: 0, other: 2, none: 3 }
  return held(term, mask).toSorted((one, other) => (term.kind === 'term' ? order[one.kind] - order[other.kind] : 0))[0]!
}

function fault({ terms, whole }: Regions, kind: TableFault['kind'], rows: readonly number[], region: Region): TableFault {
  const given = terms.map((term, at): Given => {
    const is = classAt(term, region[at]!)
    const also = held(term, region[at]!).flatMap(named).filter((one) => one !== is.sample)
    return { term: term.key, kind: term.kind, is, ...(named(is).length > 0 && also.length > 0 ? { also } : {}) }
  })
  const matters = terms.map((_, at) => region[at] !== whole[at])
  const names = terms.flatMap((term, at) => (matters[at] ? term.names : []))
  const guessed = terms.some((term, at) => matters[at] && term.kind !== 'term')
  const shared = new Set(names).size < names.length
  return { kind, rows, example: given.filter((_, at) => matters[at]), sample: given, sure: !(shared || (guessed && terms.filter((term, at) => matters[at] && term.kind !== 'term').length > 1)) }
}
