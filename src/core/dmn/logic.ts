// Turns the logic of conditions into regions over classes, by FEEL's own three values: true, false and unknown.

import { feel } from '../feel/index.ts'
import { type AtomOfOne, type Constant, type Formula, namesIn } from './condition.ts'
import { type Region, TooComplex } from './cover.ts'
import { type Class, classesOf, type Domain } from './domains.ts'

/** A term that tables compare, or a comparison of two terms, or a condition that nothing is known of. */
export interface Term {
  readonly key: string
  readonly kind: 'term' | 'compared' | 'opaque'
  /** Names that it reads. */
  readonly names: readonly string[]
  readonly classes: readonly Class[]
}

/** What a condition must be: true, false, not true, not false. */
type Wanted = 'T' | 'F' | 'nT' | 'nF'

const MOST_REGIONS = 400
const DATE = /^date\((.+)\)$/
const pairKey = (left: string, right: string): string => `${left} ⋛ ${right}`

/** Classes of a comparison of two terms: below, equal, above, and not to be compared. */
const COMPARED: readonly Class[] = [{ kind: 'value', sample: '<' }, { kind: 'value', sample: '=' }, { kind: 'value', sample: '>' }]
const UNKNOWN: Class = { kind: 'none', sample: null }

function walk(formula: Formula, see: (atom: Formula) => void): void {
  if (formula.op === 'and' || formula.op === 'or') for (const part of formula.parts) walk(part, see)
  else if (formula.op === 'not') walk(formula.part, see)
  else if (formula.op === 'if') for (const part of [formula.when, formula.yes, formula.no]) walk(part, see)
  else see(formula)
}

/** All terms of these conditions with their classes. */
export function termsOf(formulas: readonly Formula[], domains: ReadonlyMap<string, Domain>): Term[] {
  const compared = new Map<string, Constant[]>()
  const found = new Map<string, Term>()
  const mayMiss = (key: string) => namesIn(key).some((name) => domains.get(name)?.nullable ?? false)
  for (const formula of formulas) {
    walk(formula, (atom) => {
      if (atom.op === 'one') compared.set(atom.term, [...(compared.get(atom.term) ?? []), ...atom.constants])
      if (atom.op === 'two') {
        const key = pairKey(atom.left, atom.right)
        found.set(key, { key, kind: 'compared', names: namesIn(key), classes: mayMiss(key) ? [...COMPARED, UNKNOWN] : COMPARED })
      }
      if (atom.op === 'opaque') found.set(atom.text, { key: atom.text, kind: 'opaque', names: namesIn(atom.text), classes: [{ kind: 'value', sample: true }, { kind: 'value', sample: false }] })
    })
  }
  for (const [key, constants] of compared) {
    const name = DATE.exec(key)?.[1] ?? key
    const known = domains.get(name) ?? null
    const domain: Domain | null = known && DATE.test(key) ? { ...known, kind: 'date' } : known ?? (namesIn(key).length > 0 && mayMiss(key) ? { kind: kindOf(constants), nullable: true } : null)
    found.set(key, { key, kind: 'term', names: namesIn(key), classes: classesOf(constants, domain) })
  }
  return [...found.values()]
}

const kindOf = (constants: readonly Constant[]): Domain['kind'] => {
  for (const { kind } of constants) if (kind !== 'null') return kind
  return 'boolean'
}

/** The regions in which a condition holds. Regions may meet one another. Throws TooComplex. */
export class Regions {
  readonly terms: readonly Term[]
  readonly whole: Region
  private readonly at: ReadonlyMap<string, number>
  private readonly truths = new Map<string, readonly [yes: bigint, no: bigint]>()

  constructor(terms: readonly Term[]) {
    this.terms = terms
    this.whole = terms.map(({ classes }) => (1n << BigInt(classes.length)) - 1n)
    this.at = new Map(terms.map(({ key }, at) => [key, at]))
  }

  of(formula: Formula, wanted: Wanted = 'T'): Region[] {
    switch (formula.op) {
      case 'const':
        return this.holds(formula.value === true, formula.value === false, wanted) ? [this.whole] : []
      case 'and':
      case 'or': {
        const all = formula.parts.map((part) => this.of(part, wanted))
        const together = (formula.op === 'and') === (wanted === 'T' || wanted === 'nF')
        return together ? all.reduce((one, other) => this.product(one, other), [this.whole]) : all.flat()
      }
      case 'not':
        return this.of(formula.part, ({ T: 'F', F: 'T', nT: 'nF', nF: 'nT' } as const)[wanted])
      case 'if':
        return [
          ...this.product(this.of(formula.when, 'T'), this.of(formula.yes, wanted)),
          ...this.product(this.of(formula.when, 'nT'), this.of(formula.no, wanted)),
        ]
      default: {
        const [at, yes, no] = this.truth(formula)
        const all = this.whole[at]!
        const mask = { T: yes, F: no, nT: all & ~yes, nF: all & ~no }[wanted]
        return mask === 0n ? [] : [this.whole.with(at, mask)]
      }
    }
  }

  private holds(yes: boolean, no: boolean, wanted: Wanted): boolean {
    return { T: yes, F: no, nT: !yes, nF: !no }[wanted]
  }

  product(one: readonly Region[], other: readonly Region[]): Region[] {
    const both = one.flatMap((a) => other.flatMap((b) => {
      const region = a.map((mask, at) => mask & b[at]!)
      return region.some((mask) => mask === 0n) ? [] : [region]
    }))
    if (both.length > MOST_REGIONS) throw new TooComplex()
    return both
  }

  private truth(atom: Formula): readonly [at: number, yes: bigint, no: bigint] {
    if (atom.op === 'opaque') return [this.at.get(atom.text)!, 1n, 2n]
    if (atom.op === 'two') {
      const yes = { '<': 1n, '<=': 3n, '>': 4n, '>=': 6n, '=': 2n, '!=': 5n }[atom.sign]
      return [this.at.get(pairKey(atom.left, atom.right))!, yes, 7n & ~yes]
    }
    const one = atom as AtomOfOne
    const at = this.at.get(one.term)!
    const key = `${one.term}\n${one.text}`
    const known = this.truths.get(key) ?? truthOf(one, this.terms[at]!.classes)
    this.truths.set(key, known)
    return [at, ...known]
  }
}

/** What FEEL itself says of each class's sample. */
function truthOf(atom: AtomOfOne, classes: readonly Class[]): readonly [bigint, bigint] {
  const dated = DATE.test(atom.term) || atom.constants.some((one) => one.kind === 'date')
  const text = dated ? atom.text.replace('(v)', '(date(v))') : atom.text
  let [yes, no] = [0n, 0n]
  for (const [at, { sample }] of classes.entries()) {
    const said = feel(text, { v: sample }).value
    if (said === true) yes |= 1n << BigInt(at)
    if (said === false) no |= 1n << BigInt(at)
  }
  return [yes, no]
}
