// Two writers of one draft: nothing typed is lost unseen, nothing is written over unseen, whoever saves first.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Question, Section } from '#core/form/types.ts'
import { digestOf, merge, readWas, wasOf } from './merge.ts'
import { groupsOf, pagesOf, sameIn } from './pages.ts'

const text = (key: string, more: Partial<Question> = {}): Question => ({ key, type: 'text', label: key, ...more })
const questions = [text('a'), text('b'), text('c')]

describe('merge', () => {
  const was = wasOf(questions, { a: '1', b: '1', c: null })
  const cases: readonly [string, Record<string, unknown>, Record<string, unknown>, unknown][] = [
    ['only here', { a: '2' }, { a: '1' }, { answers: { a: '2' }, newer: [], conflicts: [] }],
    ['only elsewhere', { a: '1' }, { a: '3' }, { answers: {}, newer: ['a'], conflicts: [] }],
    ['both, the same', { a: '3' }, { a: '3' }, { answers: { a: '3' }, newer: [], conflicts: [] }],
    ['both, different', { a: '2' }, { a: '3' }, { answers: {}, newer: [], conflicts: ['a'] }],
    ['emptied here, changed elsewhere', { a: null }, { a: '3' }, { answers: {}, newer: [], conflicts: ['a'] }],
    ['a box that stays empty is no answer', { c: false }, { c: 'x' }, { answers: {}, newer: ['c'], conflicts: [] }],
    ['a question that was not on the page', { d: 'x' }, { d: 'y' }, { answers: { d: 'x' }, newer: [], conflicts: [] }],
  ]
  test.each(cases)('%s', (_name, posted, stored, expected) => expect(merge(posted, stored, was)).toEqual(expected))

  test('a program without digests means what it sends', () => expect(merge({ a: '2' }, { a: '3' }, null).answers).toEqual({ a: '2' }))

  test('whatever two tabs write, each answer of both is either written, the same, taken over or asked about', () => {
    const value = fc.constantFrom(null, '', 'x', 'y', false, true)
    const form = fc.record({ a: value, b: value, c: value })
    fc.assert(
      fc.property(form, form, form, (start, one, two) => {
        const base = wasOf(questions, start)
        const stored = { ...start, ...merge(one, start, base).answers }
        const second = merge(two, stored, base)
        for (const key of ['a', 'b', 'c'] as const) {
          const [mine, theirs] = [digestOf(two[key]) !== base[key], digestOf(stored[key]) !== base[key]]
          if (theirs && !mine) expect(key in second.answers).toBe(false)
          if (theirs && mine && digestOf(two[key]) !== digestOf(stored[key])) expect(second.conflicts).toContain(key)
          if (mine && !theirs) expect(second.answers[key]).toBe(two[key])
        }
      }),
    )
  })

  test.each([undefined, '', 'không phải JSON', '[1]', '"x"', 'x'.repeat(200_000), 7])('digests that cannot be read are none: %j', (raw) =>
    expect(readWas(raw)).toBeNull())
  test('the order of parts and empty parts make no difference', () =>
    expect(digestOf({ province: '38', commune: '1', detail: null })).toBe(digestOf({ commune: '1', province: '38' })))
})

describe('pages', () => {
  const section = (key: string, ...all: Question[]): Section => ({ key, title: key, intro: 'Lời dẫn', questions: all })
  const own = { prefill: 'identity.full_name' }
  const form = {
    title: 'Tờ khai',
    sections: [
      section('ai', text('ten', own), text('so', { prefill: 'identity.personal_id' }), text('nghe')),
      section('gi', text('loi', { type: 'statement' }), text('viec'), text('tien', { type: 'money' }), text('tong', { type: 'computed' })),
    ],
  }

  test('one question each; what the State knows together, what is only read with its question', () => {
    expect(pagesOf(form, 'single').map(({ key }) => key)).toEqual(['ai.ten', 'ai.nghe', 'gi.viec', 'gi.tien'])
    expect(groupsOf(form.sections[1]!).map((group) => group.map(({ key }) => key))).toEqual([['loi', 'viec'], ['tien', 'tong']])
  })
  test('every question stands on exactly one page of each style', () => {
    const all = form.sections.flatMap(({ questions: own }) => own.map(({ key }) => key))
    for (const style of ['whole', 'parts', 'single'] as const)
      expect(pagesOf(form, style).flatMap(({ sections }) => sections.flatMap(({ questions: own }) => own.map(({ key }) => key)))).toEqual(all)
  })
  test('the introduction is read once', () =>
    expect(pagesOf(form, 'single').map(({ sections }) => sections[0]!.intro)).toEqual(['Lời dẫn', undefined, 'Lời dẫn', undefined]))
  test('changing the style stays at the same question', () => {
    expect(sameIn(form, pagesOf(form, 'single')[3]!, 'parts')?.key).toBe('gi')
    expect(sameIn(form, pagesOf(form, 'parts')[1]!, 'single')?.key).toBe('gi.viec')
  })
})
