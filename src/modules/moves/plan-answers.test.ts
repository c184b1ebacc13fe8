// Answers, papers and fees under another form: nothing that was written is lost, what does not fit is asked about.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FormEnv, Question } from '#core/form/types.ts'
import { loadCatalogs } from '#main/pack.ts'
import { lowest } from '#modules/dossiers/index.ts'
import { answerFaults, mapAnswers, pairFees, pairParts, pairQuestions, questionsOf } from './plan-answers.ts'
import type { AnswerChoices } from './schema.ts'
import { waitsAlike } from './plan-steps.ts'

const env: FormEnv = { channel: 'truc_tuyen', receivedOn: '2026-11-16', applicant: null, catalogs: loadCatalogs() }
const form = (...questions: Question[]) => ({ form: { title: '', sections: [{ key: 's', title: '', questions }] } }) as never
const text = (key: string, label = key): Question => ({ key, label, type: 'text' })
const pick = (key: string, ...values: string[]): Question => ({ key, label: key, type: 'radio', options: values.map((value) => ({ value, label: value })) })

describe('answers', () => {
  const map = (from: Question[], to: Question[], values: Record<string, unknown>, choices = {}) => {
    const [a, b] = [form(...from), form(...to)]
    return mapAnswers(values, pairQuestions(a, b), choices, questionsOf(b), env)
  }
  test('the same question keeps its answer', () => expect(map([text('a')], [text('a')], { a: 'x' })).toMatchObject({ form: { a: 'x' }, left: [], conflicts: [] }))
  test('the only new one of that label takes it over', () => expect(map([text('a', 'Họ tên')], [text('b', 'Họ  Tên')], { a: 'x' })).toMatchObject({ form: { b: 'x' }, keys: { b: 'a' }, renamed: ['Họ tên → Họ  Tên'] }))
  test('one that is not asked any more stays where it lies', () => expect(map([text('a')], [text('b', 'khác')], { a: 'x' })).toMatchObject({ form: { a: 'x' }, left: ['a'] }))
  test('a choice that is gone is asked about', () => expect(map([pick('a', 'x', 'y')], [pick('a', 'y', 'z')], { a: 'x' })).toMatchObject({ conflicts: [{ key: 'a' }] }))
  test('a choice that is still there is not', () => expect(map([pick('a', 'x', 'y')], [pick('a', 'y', 'z')], { a: 'y' })).toMatchObject({ form: { a: 'y' }, conflicts: [] }))
  test('exchanged, kept or left as the official says', () => {
    const [from, to] = [[pick('a', 'x', 'y')], [pick('a', 'y', 'z')]]
    expect(map(from, to, { a: 'x' }, { a: { to: 'a', values: { x: 'z' } } })).toMatchObject({ form: { a: 'z' }, conflicts: [] })
    expect(map(from, to, { a: 'x' }, { a: { to: 'a', keep: true } })).toMatchObject({ form: { a: 'x' }, conflicts: [], left: [] })
    expect(map(from, to, { a: 'x' }, { a: { to: null } })).toMatchObject({ form: { a: null }, left: ['a'] })
  })
  test('another type: what fits is kept, what does not is asked about', () => {
    const [from, to]: [Question[], Question[]] = [[text('a')], [{ key: 'a', label: 'a', type: 'integer' }]]
    expect(map(from, to, { a: '12' })).toMatchObject({ conflicts: [] })
    expect(map(from, to, { a: 'mười hai' })).toMatchObject({ conflicts: [{ key: 'a', label: 'a' }] })
  })
  test('two questions never become one: neither is written, both are named', () => {
    const [from, to] = [[text('a', 'Số nhà'), text('c', 'Tên đường')], [text('x', 'Địa chỉ')]]
    const found = map(from, to, { a: 'ANSWER A', c: 'ANSWER C' }, { a: { to: 'x' }, c: { to: 'x' } })
    expect(found.form).toEqual({ a: 'ANSWER A', c: 'ANSWER C' })
    expect(found.renamed).toEqual([])
    expect(found.conflicts.map(({ key, why }) => [key, why])).toEqual([['a', 'doubled'], ['c', 'doubled']])
    expect(found.conflicts[0]!.message).toContain('“Tên đường” cũng đưa sang câu “Địa chỉ”')
    // where only one of them was answered there is nothing to lose
    expect(map(from, to, { c: 'C' }, { a: { to: 'x' }, c: { to: 'x' } })).toMatchObject({ form: { x: 'C' }, conflicts: [] })
  })
  test('the choice itself is at fault, beside both questions; so is a target that is none', () => {
    const [a, b] = [form(text('a', 'Số nhà'), text('c', 'Tên đường'), text('s')), form(text('x', 'Địa chỉ'), text('s'))]
    const faults = (choices: AnswerChoices) => answerFaults(pairQuestions(a, b), choices, questionsOf(b)).map(({ key }) => key).sort()
    expect(faults({ a: { to: 'x' }, c: { to: 'x' } })).toEqual(['answer.a', 'answer.c'])
    expect(faults({ a: { to: 's' } })).toEqual(['answer.a', 'answer.s'])
    expect(faults({ a: { to: 'x' }, c: { to: null } })).toEqual([])
    expect(faults({ a: { to: 'nowhere' } })).toEqual(['answer.a'])
  })
  test('two of one label are not taken to the one new of that label by themselves', () => {
    expect(pairQuestions(form(text('a', 'Ghi chú'), text('b', 'Ghi chú')), form(text('x', 'Ghi chú'))).map(({ how }) => how)).toEqual(['gone', 'gone'])
  })
  test('exchanged places', () => {
    const both = [text('a'), text('b')]
    expect(map(both, both, { a: 'A', b: 'B' }, { a: { to: 'b' }, b: { to: 'a' } })).toMatchObject({ form: { a: 'B', b: 'A' }, conflicts: [] })
    // taken away from where it was: the question is empty, not answered twice
    expect(map(both, [...both, text('x')], { a: 'A', b: 'B' }, { a: { to: 'x' } }).form).toEqual({ a: null, b: 'B', x: 'A' })
    // left behind, and another takes its place
    expect(map(both, both, { a: 'A', b: 'B' }, { a: { to: 'b' }, b: { to: null } })).toMatchObject({ form: { a: null, b: 'A' }, left: ['b'] })
  })
  test('no answer disappears but those said to be left, and none is written from two', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd')
    const question = (keys: fc.Arbitrary<string>) => fc.record({ key: keys, label: fc.constantFrom('một', 'hai', 'ba'), type: fc.constantFrom('text', 'integer', 'computed') }).map((one) => ({ ...one, ...(one.type === 'computed' ? { value: '1' } : {}) }) as Question)
    const questions = (keys: fc.Arbitrary<string>) => fc.uniqueArray(question(keys), { selector: (one) => one.key, minLength: 1 })
    const choice = fc.record({ to: fc.option(fc.constantFrom('a', 'b', 'x', 'y', 'z'), { nil: null }), keep: fc.boolean() })
    const seen = { moved: 0, doubled: 0, left: 0 }
    fc.assert(fc.property(questions(key), questions(fc.constantFrom('a', 'b', 'x', 'y')), fc.dictionary(key, choice), fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'x'), fc.constant(true)), fc.boolean(), (from, to, choices, answered, digits) => {
      const values = Object.fromEntries(Object.keys(answered).map((one, i) => [one, digits ? String(100 + i) : `ANSWER ${one}`]))
      const found = map(from, to, values, choices)
      if (found.conflicts.length > 0) {
        if (found.conflicts.some(({ why }) => why === 'doubled')) seen.doubled++
        return
      }
      const lost = Object.entries(values).filter(([, value]) => !Object.values(found.form).includes(value)).map(([one]) => one)
      // who is lost is an answer that was said to be left, or of a version before the last, or what was only reckoned
      for (const one of lost) {
        const asked = from.find((each) => each.key === one)
        if (!asked) expect(found.left.some((label) => label.endsWith('(câu trả lời từ phiên bản trước)'))).toBe(true)
        else if (asked.type !== 'computed') expect(found.left).toContain(asked.label)
      }
      expect(lost.filter((one) => from.some((each) => each.key === one && each.type !== 'computed')).length).toBeLessThanOrEqual(found.left.length)
      expect(new Set(Object.values(found.keys)).size).toBe(Object.keys(found.keys).length)
      expect(found.renamed).toHaveLength(Object.keys(found.keys).length)
      for (const [target, source] of Object.entries(found.keys)) expect(found.form[target]).toBe(values[source])
      seen.moved += found.renamed.length
      seen.left += found.left.length
    }), { numRuns: 800 })
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20)
  })
  test('there and back by name loses nothing', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.constantFrom('một', 'hai', 'ba', 'bốn'), { minLength: 1 }), fc.dictionary(fc.constantFrom('a0', 'a1', 'a2', 'a3'), fc.string({ minLength: 1, maxLength: 8 }).filter((one) => one.trim() === one)), (labels, values) => {
      const [one, other] = [labels.map((label, i) => text(`a${i}`, label)), labels.map((label, i) => text(`b${i}`, label))]
      const known = Object.fromEntries(Object.entries(values).filter(([key]) => one.some((question) => question.key === key)))
      expect(map(other, one, map(one, other, known).form).form).toEqual(known)
    }))
  })
})

test('papers and fees are paired by what they are called, then by being the only ones of a kind', () => {
  const parts = (...rows: [string, string][]) => ({ parts: rows.map(([id, name]) => ({ id, name })) }) as never
  expect(pairParts(parts(['a', 'Giấy ủy quyền'], ['b', 'Tờ khai']), parts(['a', 'Giấy ủy quyền'], ['c', 'Tờ  khai'], ['d', 'Ảnh']))).toEqual(new Map([['a', 'a'], ['b', 'c']]))
  const fees = (...rows: [string, string, string][]) => ({ fees: rows.map(([code, name, kind]) => ({ code, name, kind })) }) as never
  expect(pairFees(fees(['A', 'Lệ phí', 'le_phi'], ['B', 'Phí', 'phi']), fees(['A2', 'Lệ phí mới', 'le_phi'], ['B', 'Phí', 'phi']))).toEqual({ A2: 'A' })
})

test('no line costs more than any version that is kept would ask; a line one of them does not know costs nothing', () => {
  const line = fc.record({ code: fc.constantFrom('a', 'b', 'c'), amount: fc.nat(100), fullAmount: fc.constant(100) })
  const lines = fc.uniqueArray(line, { selector: (one) => one.code })
  fc.assert(fc.property(lines, fc.array(lines, { minLength: 1, maxLength: 3 }), (now, others) => {
    const found = lowest(now, others)
    for (const one of found) {
      expect(one.amount).toBeLessThanOrEqual(now.find(({ code }) => code === one.code)!.amount)
      for (const other of others) expect(one.amount).toBeLessThanOrEqual(other.find(({ code }) => code === one.code)!.amount)
    }
    expect(lowest(found, others)).toEqual(found)
  }))
})

test('a step that waits for the applicant never stands for one that does not', () => {
  const step = { key: 'a', name: 'A', role: 'chuyen_vien', hours: 1, clock: 'runs' as const, status: 4, kind: 'task' as const }
  expect(waitsAlike(step, { ...step, role: 'cong_dan', status: 5 })).toBe(false)
  expect(waitsAlike({ ...step, role: 'cong_dan', status: 5 }, { ...step, role: 'cong_dan', status: 5 })).toBe(true)
})
