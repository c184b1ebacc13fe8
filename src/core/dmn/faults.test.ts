// Holes, overlaps and idle rows of decision tables: examples with their words of FEEL, and a property against every case of small domains.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { feel } from '../feel/index.ts'
import type { Domain } from './domains.ts'
import { type Given, type TableFault, tableFaults } from './faults.ts'
import type { DecisionTable, HitPolicy } from './types.ts'
import { unaryCondition } from './unary.ts'

const DOMAINS = new Map<string, Domain>([
  ['form.n', { kind: 'number', integer: true, min: 0, max: 6 }],
  ['form.k', { kind: 'string', values: ['x', 'y', 'z'] }],
  ['form.b', { kind: 'boolean' }],
  ['form.m', { kind: 'number', integer: true, min: 0, max: 3, nullable: true }],
  ['receivedOn', { kind: 'date', min: '2026-12-29', max: '2027-01-03' }],
])
const DAYS = ['2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03']
const EVERY = [0, 1, 2, 3, 4, 5, 6].flatMap((n) => ['x', 'y', 'z'].flatMap((k) => [true, false].flatMap((b) => [0, 1, 2, 3, null].flatMap((m) => DAYS.map((receivedOn) => ({ form: { n, k, b, m }, receivedOn }))))))
type Case = (typeof EVERY)[number]

const INPUTS = ['form.n', 'form.k', 'form.m', 'date(receivedOn)', 'true'] as const
const table = (hitPolicy: HitPolicy, rules: readonly { when: readonly string[]; gives: string }[], values: readonly string[] = []): DecisionTable => ({
  kind: 'table', hitPolicy, inputs: INPUTS.map((expression) => ({ label: expression, expression, values: null })),
  outputs: [{ name: '', label: 'Mức', values, fallback: null }], annotations: [], rules: rules.map((rule, i) => ({ id: `r${i}`, when: rule.when, gives: [rule.gives], notes: [] })),
})
/** Every case by its number, for each cell once. */
const known = new Map<string, boolean[]>()
function cellHolds(tests: string, at: number): boolean[] {
  const key = `${at} ${tests}`
  const held = known.get(key) ?? EVERY.map((one) => feel(unaryCondition(tests, INPUTS[at]!), one).value === true)
  known.set(key, held)
  return held
}
const NUMBER = new Map(EVERY.map((one, i) => [JSON.stringify(one), i]))
const numberOf = (one: Case): number => PLACE.get(one) ?? NUMBER.get(JSON.stringify(one))!
const PLACE = new Map(EVERY.map((one, i) => [one, i]))
const matches = (rule: { readonly when: readonly string[] }, one: Case): boolean => rule.when.every((tests, at) => cellHolds(tests, at)[numberOf(one)]!)

/** The case that an example's full sample stands for; what no rule reads may be anything. */
function caseOf(sample: readonly Given[]): Case {
  const said = new Map(sample.map((one) => [one.term, one.is.sample]))
  return {
    form: { n: (said.get('form.n') ?? 0) as number, k: (said.get('form.k') ?? 'x') as string, b: (said.get('form.b') ?? true) as boolean, m: (said.has('form.m') ? said.get('form.m') : 0) as number | null },
    receivedOn: (said.get('date(receivedOn)') ?? '2026-12-29') as string,
  }
}

const number = fc.constantFrom('-', '3', '> 2', '<= 2', '[1..4)', '(2..6]', '1, 5', 'not(3)', 'not(> 2)', '< 1, >= 5', '? > 1 and ? < 4')
const words = fc.constantFrom('-', '"x"', '"x", "y"', 'not("z")', '["y","z"]', '"z"')
const maybe = fc.constantFrom('-', '> 1', '<= 1', 'null', 'not(null)', '2', 'not(> 1)')
const day = fc.constantFrom('-', '<= date("2026-12-31")', '> date("2026-12-31")', '[date("2026-12-30")..date("2027-01-02")]', '>= date("2027-01-01")')
const free = fc.constantFrom(
  '-', '(form.b = true)', '(not(form.b))', '(form.n > 3 or form.b)', '(form.k = "x" and form.n < 4)', '(list contains(["x","z"], form.k))', '(form.m != null and form.m > 1)', '(not(form.m > 1))',
  '(if form.b then form.n > 2 else form.k = "y")', '(form.n between 2 and 4)', '(form.m in [1..2])', '(not(form.m in [1..2]) and form.b != true)', '(form.b)', '(date(receivedOn) > date("2026-12-30"))',
)
const rule = fc.record({ when: fc.tuple(number, words, maybe, day, free), gives: fc.constantFrom('10', '20', '30') })
const rules = fc.array(rule, { minLength: 1, maxLength: 5 })
const kinds = (found: readonly TableFault[], kind: TableFault['kind']) => found.filter((one) => one.kind === kind)

describe('against every case of small domains', () => {
  test('holes: found when there is one, and each example is one', () => {
    fc.assert(fc.property(rules, (given) => {
      const found = kinds(tableFaults(table('U', given), { domains: DOMAINS }), 'hole')
      const open = EVERY.some((one) => !given.some((row) => matches(row, one)))
      expect(found.length > 0).toBe(open)
      for (const hole of found) expect(given.some((row) => matches(row, caseOf(hole.sample)))).toBe(false)
    }), { numRuns: 60 })
  })

  test('overlaps: the same pairs of rows, and each example meets both', () => {
    fc.assert(fc.property(rules, (given) => {
      const pairs = given.flatMap((one, i) => given.flatMap((other, j) => (i < j && EVERY.some((c) => matches(one, c) && matches(other, c)) ? [`${i + 1},${j + 1}`] : [])))
      const found = kinds(tableFaults(table('U', given), { domains: DOMAINS }), 'overlap')
      expect(found.map((one) => one.rows.join(',')).sort()).toEqual(pairs.sort())
      for (const one of found) for (const row of one.rows) expect(matches(given[row - 1]!, caseOf(one.sample))).toBe(true)
      const differing = found.filter((one) => given[one.rows[0]! - 1]!.gives !== given[one.rows[1]! - 1]!.gives)
      expect(kinds(tableFaults(table('A', given), { domains: DOMAINS }), 'overlap').map((one) => one.rows)).toEqual(differing.map((one) => one.rows))
    }), { numRuns: 60 })
  })

  test('idle rows: those that no case comes to, under F and P', () => {
    const ORDER = ['30', '10', '20']
    fc.assert(fc.property(rules, (given) => {
      const met = given.map((row) => EVERY.filter((one) => matches(row, one)))
      const never = met.flatMap((cases, at) => (cases.length === 0 ? [at + 1] : []))
      const first = met.flatMap((cases, at) => (cases.length > 0 && cases.every((one) => given.slice(0, at).some((row) => matches(row, one))) ? [at + 1] : []))
      const best = met.flatMap((cases, at) => {
        const rank = (i: number) => ORDER.indexOf(given[i]!.gives)
        return cases.length > 0 && cases.every((one) => given.some((row, i) => (rank(i) < rank(at) || (rank(i) === rank(at) && i < at)) && matches(row, one))) ? [at + 1] : []
      })
      const byFirst = tableFaults(table('F', given), { domains: DOMAINS })
      expect(kinds(byFirst, 'never').map((one) => one.rows[0])).toEqual(never)
      expect(kinds(byFirst, 'shadowed').map((one) => one.rows[0])).toEqual(first)
      expect(kinds(tableFaults(table('P', given, ORDER), { domains: DOMAINS }), 'shadowed').map((one) => one.rows[0])).toEqual(best)
    }), { numRuns: 60 })
  })
})

const rows = (...all: readonly (readonly [cells: readonly string[], gives?: string])[]) => all.map(([cells, gives = '1']) => ({ when: [...cells, ...Array<string>(INPUTS.length - cells.length).fill('-')], gives }))
const said = (found: readonly TableFault[]) => found.map((one) => `${one.kind} ${one.rows.join(',')} ${one.example.map(({ term, is }) => `${term}=${is.sample}`).join(' ')}`.trim())

describe('in words of FEEL', () => {
  test.each<[string, ReturnType<typeof rows>, string[]]>([
    ['everything covered', rows([['<= 2']], [['> 2']]), []],
    ['a value between two stretches', rows([['< 3']], [['> 3']]), ['hole  form.n=3']],
    ['both ends', rows([['[0..3]']], [['[3..6]']]), ['overlap 1,2 form.n=3']],
    ['a missing answer', rows([['-', '-', '<= 2']], [['-', '-', '> 2']]), ['hole  form.m=null']],
    ['what is left of the year', rows([['-', '-', '-', '< date("2026-12-31")']], [['-', '-', '-', '> date("2026-12-31")']]), ['hole  date(receivedOn)=2026-12-31']],
    ['a row that contradicts itself', rows([['-']], [['> 2', '-', '-', '-', '(form.n < 1)']]), ['never 2']],
  ])('%s', (_, given, expected) => expect(said(tableFaults(table('U', given), { domains: DOMAINS }))).toEqual(expected))

  test('what cannot be is no hole, and no overlap', () => {
    const given = rows([['-', '"x"']], [['<= 3', '"y"']], [['> 3', 'not("x")']], [['<= 3', '"z"']])
    expect(said(tableFaults(table('U', given), { domains: DOMAINS }))).toEqual([])
    const open = given.slice(0, 3)
    expect(said(tableFaults(table('U', open), { domains: DOMAINS }))).toEqual(['hole  form.k=z form.n=2'])
    expect(said(tableFaults(table('U', open), { domains: DOMAINS, impossible: ['form.k = "z" and form.n <= 3'] }))).toEqual([])
  })

  test('two terms set against each other are three cases', () => {
    const late = 'date(receivedOn) > date(form.born) + duration("P60D")'
    expect(tableFaults(table('U', rows([['-', '-', '-', '-', `(${late})`]], [['-', '-', '-', '-', `(not(${late}))`]])), { domains: DOMAINS })).toEqual([])
    const intime = rows([['-', '-', '-', '-', `(${late})`]], [['-', '-', '-', '-', `(${late.replace('>', '<')})`]])
    expect(tableFaults(table('U', intime), { domains: DOMAINS })).toMatchObject([{ kind: 'hole', example: [{ kind: 'compared', is: { sample: '=' } }], sure: true }])
  })

  test('a default fills holes, null does not; collecting tables have none', () => {
    const given = table('U', rows([['> 2']]))
    const filled = (fallback: string | null) => ({ ...given, outputs: [{ ...given.outputs[0]!, fallback }] })
    expect(kinds(tableFaults(filled('0'), { domains: DOMAINS }), 'hole')).toEqual([])
    expect(kinds(tableFaults(filled('null'), { domains: DOMAINS }), 'hole')).toHaveLength(1)
    expect(tableFaults({ ...given, hitPolicy: 'C+' }, { domains: DOMAINS })).toEqual([])
  })

  test('120 rows are checked in under a second; beyond reckoning is said', () => {
    const many = Array.from({ length: 120 }, (_, i) => rows([[`[${i * 10}..${i * 10 + 10})`]])[0]!)
    const began = performance.now()
    expect(said(tableFaults(table('U', many), { domains: new Map([['form.n', { kind: 'number', min: 0 }]]) }))).toEqual(['hole  form.n=1400'])
    expect(performance.now() - began).toBeLessThan(1000)
    const wild = rows(...Array.from({ length: 12 }, (_, i) => [['-', '-', '-', '-', `(${Array.from({ length: 12 }, (_unused, j) => `form.q${i}_${j} = "a"`).join(' or ')}) and (${Array.from({ length: 12 }, (_unused, j) => `form.p${i}_${j} = "a"`).join(' or ')}) and (${Array.from({ length: 12 }, (_unused, j) => `form.r${i}_${j} = "a"`).join(' or ')})`]] as const))
    expect(said(tableFaults(table('U', wild)))).toEqual(['complex'])
  })
})
