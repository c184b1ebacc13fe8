// Decision tables by every hit policy, unary tests, graphs, faults in words, and files that come back as they were written.

import fc from 'fast-check'
import { unaryTest } from 'feelin'
import { describe, expect, test } from 'vitest'
import { feel } from '../feel/index.ts'
import { decide, type Decisions, type DecisionTable, DmnError, type HitPolicy, parseDmn, writeDmn } from './index.ts'
import { unaryCondition } from './unary.ts'

const table = (hitPolicy: HitPolicy, rules: readonly (readonly [when: string, then: string])[], more: { values?: string[]; fallback?: string } = {}): DecisionTable => ({
  kind: 'table', hitPolicy, inputs: [{ label: 'Trang', expression: 'form.pages', values: null }],
  outputs: [{ name: 'fee', label: 'Phí', values: more.values ?? [], fallback: more.fallback ?? null }], annotations: [],
  rules: rules.map(([when, then], i) => ({ id: `r${i + 1}`, when: [when], gives: [then], notes: [] })),
})
const graph = (logic: DecisionTable): Decisions => ({ id: 'd', name: 'Thử', inputs: ['form'], decisions: [{ id: 'fee', name: 'Phí', variable: 'fee', requires: [], reads: ['form'], logic }] })
const run = (logic: DecisionTable, pages: unknown) => decide(graph(logic), 'fee', { form: { pages } })
const codeOf = (act: () => unknown): string => {
  try {
    act()
    return 'none'
  } catch (error) {
    return error instanceof DmnError ? error.code : String(error)
  }
}

describe('hit policies', () => {
  const rows = [['> 0', '10'], ['> 5', '30'], ['> 3', '20']] as const
  test.each<[HitPolicy, number, unknown]>([
    ['F', 7, 10],
    ['P', 7, 30],
    ['R', 7, [10, 30, 20]],
    ['O', 7, [30, 20, 10]],
    ['C', 4, [10, 20]],
    ['C+', 7, 60],
    ['C<', 7, 10],
    ['C>', 7, 30],
    ['C#', 7, 3],
    ['R', 0, []],
    ['C+', 0, 0],
    ['C#', 0, 0],
    ['C>', 0, null],
    ['U', 2, 10],
  ])('%s of %i pages', (policy, pages, expected) => expect(run(table(policy, rows, { values: ['30', '20', '10'] }), pages).value).toEqual(expected))

  test('U refuses an overlap, naming the rows', () => {
    expect(() => run(table('U', rows), 7)).toThrow(/dòng 1, 2, 3 cùng khớp/)
    expect(codeOf(() => run(table('U', rows), 7))).toBe('dmn.overlap')
  })
  test('A wants one result', () => {
    expect(run(table('A', [['> 0', '5'], ['> 1', '2 + 3']]), 3).value).toBe(5)
    expect(codeOf(() => run(table('A', rows), 7))).toBe('dmn.any')
  })
  test('a hole is told, a default fills it', () => {
    expect(() => run(table('U', rows), -1)).toThrow(/không có dòng nào cho Trang = -1/)
    expect(run(table('U', rows, { fallback: '99' }), -1).value).toBe(99)
  })
  test('a result outside the order of P is told', () => expect(codeOf(() => run(table('P', rows, { values: ['30'] }), 7))).toBe('dmn.priority'))
  test('an input that may not come in is told', () => {
    const strict = { ...table('U', [['-', '1']]), inputs: [{ label: 'Kênh', expression: 'form.pages', values: '"a", "b"' }] }
    expect(run(strict, 'a').value).toBe(1)
    expect(codeOf(() => run(strict, 'c'))).toBe('dmn.input')
  })
  test('which rows held is told', () => expect(run(table('R', rows), 4).hits.map((hit) => hit.at)).toEqual([1, 3]))

  test('U, A, F, R agree wherever at most one row holds', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 30 }), (bounds, pages) => {
      const sorted = [...bounds].sort((one, other) => one - other)
      const apart = sorted.map((from, i) => [i + 1 < sorted.length ? `[${from}..${sorted[i + 1]!})` : `>= ${from}`, String(i)] as const)
      const found = run(table('R', apart), pages).value as number[]
      expect(found).toEqual(pages < sorted[0]! ? [] : [sorted.findLastIndex((from) => from <= pages)])
      if (found.length === 0) return
      for (const policy of ['U', 'A', 'F'] as const) expect(run(table(policy, apart), pages).value).toBe(found[0])
    }))
  })
})

describe('unary tests', () => {
  test.each<[string, unknown, boolean]>([
    ['-', 1, true], ['', null, true], ['5', 5, true], ['5', 6, false], ['"a"', 'a', true], ['"a", "b"', 'b', true], ['"a, b"', 'a, b', true], ['not("a")', 'b', true],
    ['not("a", "b")', 'b', false], ['not(> 5)', 5, true], ['> 5', 6, true], ['>= 5, < 2', 1, true], ['[1..3]', 3, true], ['[1..3)', 3, false], [']1..3]', 1, false], ['= 4', 4, true],
    ['!= 4', 4, false], ['null', null, true], ['null', 1, false], ['? > 2 and ? < 5', 3, true], ['? > 2 and ? < 5', 5, false], ['list contains(["x","y"], ?)', 'x', true], ['["x","y"]', 'y', true],
    ['(other in [1..9])', true, true], ['(other in [1..3])', true, false], ['other', 7, true], ['other', 8, false], ['other + 1', 8, true], ['other = 7', 'whatever', true], ['other = 7', true, true], ['other = 8', true, false], ['"?"', '?', true], ['true', true, true],
    ['false', true, false], ['not(true)', false, true], ['not(other = 7)', true, false],
  ])('%s of %j: %s', (tests, input, expected) => expect(feel(unaryCondition(tests, 'input'), { input, other: 7 }).value === true).toBe(expected))

  test('a second reader of the standard says the same', () => {
    const tests = fc.constantFrom('> 5', '< 5', '[1..5]', '(1..5)', '1, 2, 3', 'not(1, 2)', 'not(> 5)', '<= 3, 9', '? * 2 > 9', '-', 'x', 'x, 2', '? = x')
    fc.assert(fc.property(tests, fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 }), (text, input, x) => {
      expect(feel(unaryCondition(text, 'input'), { input, x }).value === true).toBe(unaryTest(text, { '?': input, x }).value === true)
    }))
  })
})

const chain: Decisions = {
  id: 'phi', name: 'Phí', inputs: ['form'],
  decisions: [
    { id: 'base', name: 'Mức', variable: 'base', requires: [], reads: ['form'], logic: table('U', [['<= 2', 'form.pages * 2000'], ['> 2', '4000 + (form.pages - 2) * 1000']]) },
    { id: 'capped', name: 'Trần', variable: 'capped', requires: ['base'], reads: [], logic: { kind: 'literal', text: 'min(200000, base)' } },
    { id: 'all', name: 'Cả', variable: 'all', requires: ['capped', 'base'], reads: ['form'], logic: { kind: 'literal', text: '{ each: capped, sum: capped * form.copies, base: base }' } },
  ],
}

describe('graphs', () => {
  test.each([[1, 2000], [2, 4000], [3, 5000], [1000, 200_000]])('%i pages cost %i', (pages, each) =>
    expect(decide(chain, 'all', { form: { pages, copies: 3 } }).value).toMatchObject({ each, sum: each * 3 }))

  test('a file comes back as it was written, twice the same', async () => {
    const xml = await writeDmn(chain)
    expect(await parseDmn(xml)).toEqual(chain)
    expect(await writeDmn(await parseDmn(xml))).toBe(xml)
    expect(xml).toContain('https://www.omg.org/spec/DMN/20191111/MODEL/')
    expect(xml).toContain('DMNShape')
    for (const policy of ['U', 'A', 'P', 'F', 'R', 'O', 'C', 'C+', 'C#', 'C<', 'C>'] as const) {
      const one = graph({ ...table(policy, [['"a & <b>"', '1'], ['-', '2']], { values: ['2', '1'], fallback: '3' }), annotations: ['Căn cứ'], rules: [{ id: 'r1', when: ['> 1'], gives: ['1'], notes: ['Điều 4'] }] })
      expect(await parseDmn(await writeDmn(one))).toEqual(one)
    }
  })
})

describe('faults of a file', () => {
  const faultsOf = async (xml: string): Promise<string> => parseDmn(xml).then(() => '', (error: Error) => error.message)
  test.each<[string, (xml: string) => string, RegExp]>([
    ['an unknown hit policy', (xml) => xml.replace('id="Table_base"', 'id="Table_base" hitPolicy="LAST"'), /không có cách chọn dòng “LAST”/],
    ['a requirement into nothing', (xml) => xml.replace('#base', '#nowhere'), /cần “nowhere”/],
    ['an expression that breaks off', (xml) => xml.replace('min(200000, base)', 'min(200000,'), /Trần.*FEEL/],
    ['a cell that cannot be read', (xml) => xml.replace('&lt;= 2', '&lt;= (2'), /dòng 1, cột “Trang”/],
    ['the wall clock', (xml) => xml.replace('min(200000, base)', 'today()'), /receivedOn/],
    ['a circle', (xml) => xml.replace('<dmn:decision id="base" name="Mức">', '<dmn:decision id="base" name="Mức"><dmn:informationRequirement><dmn:requiredDecision href="#capped" /></dmn:informationRequirement>'), /đi vòng/],
    ['entities', (xml) => xml.replace('<dmn:definitions', '<!DOCTYPE x><dmn:definitions'), /DOCTYPE/],
    ['no XML', () => 'abc', /DMN 1.3/],
    ['no decision', () => '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="x" namespace="u" />', /không có quyết định/],
  ])('%s', async (_name, spoil, message) => {
    const xml = await writeDmn(chain)
    expect(spoil(xml)).not.toBe(xml)
    expect(await faultsOf(spoil(xml))).toMatch(message)
  })
})
