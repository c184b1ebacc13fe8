// What must hold for any answers: a posted form comes back the same, evaluation stands still on its own values, nothing throws.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  evaluateForm,
  flatten,
  QUESTION_TYPES,
  readBody,
  type FormDefinition,
  type FormEnv,
  type Question,
  type QuestionType,
} from './index.ts'
import { stubCatalogs } from './stub.ts'

const env: FormEnv = { channel: 'truc_tiep', receivedOn: '2026-11-20', applicant: null, catalogs: stubCatalogs }
const options = ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() }))

const column = (type: QuestionType): Question => ({ key: `c_${type}`, label: type, type, options, catalog: 'dan_toc' })
const ASKED: readonly Question[] = QUESTION_TYPES.map((type) => ({
  key: `q_${type}`,
  label: type,
  type,
  ...(type === 'select' || type === 'radio' || type === 'multiselect' ? { options } : {}),
  ...(type === 'catalog' ? { catalog: 'dan_toc' } : {}),
  ...(type === 'computed' ? { value: 'form.q_integer' } : {}),
  ...(type === 'table' ? { columns: (['text', 'integer', 'date', 'checkbox', 'address', 'multiselect'] as const).map(column) } : {}),
}))
const def: FormDefinition = {
  title: 'Mọi kiểu',
  sections: [
    { key: 's1', title: '1', questions: ASKED.slice(0, 12) },
    {
      key: 's2',
      title: '2',
      visibleWhen: 'form.q_integer = null or form.q_integer > 3',
      questions: ASKED.slice(12).map((question) =>
        question.type === 'radio' ? { ...question, visibleWhen: 'form.q_select = "a"', required: true } : question,
      ),
    },
  ],
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
const address = fc.record({ province: fc.constantFrom('38', '01'), commune: digits(5), detail: fc.option(words) })
const cell = {
  text: words,
  integer: fc.integer(),
  date: day,
  checkbox: fc.boolean(),
  address,
  multiselect: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
}

const valid: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  text: words,
  longtext: fc.array(words, { maxLength: 4 }).map((lines) => lines.join('\n')),
  number: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.integer({ min: -999_999, max: 999_999 }).map((thousandths) => thousandths / 1000),
  ),
  integer: fc.integer(),
  money: fc.nat(),
  date: day,
  partial_date: fc.oneof(
    day,
    day.map((iso) => iso.slice(0, 7)),
    day.map((iso) => iso.slice(0, 4)),
  ),
  year: fc.integer({ min: 1900, max: 2100 }),
  time: fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
  phone: digits(9).map((rest) => `0${rest}`),
  email: fc.emailAddress(),
  personal_id: digits(9).map((rest) => `038${rest}`),
  business_id: digits(10),
  address,
  select: fc.constantFrom('a', 'b', 'c'),
  radio: fc.constantFrom('a', 'b', 'c'),
  checkbox: fc.boolean(),
  multiselect: cell.multiselect,
  catalog: fc.constantFrom('01', '54'),
  id_document: fc.record({
    kind: fc.constantFrom('cmnd', 'ho_chieu'),
    number: digits(9),
    issuedOn: fc.option(day),
    issuedBy: fc.option(words),
  }),
  person: fc.record({ full_name: words, birth_date: fc.option(day), personal_id: fc.option(digits(12)), phone: fc.constant(null) }),
  file: words,
  table: fc.array(fc.record(Object.fromEntries(Object.entries(cell).map(([type, one]) => [`c_${type}`, one])), { requiredKeys: [] }), {
    maxLength: 5,
  }),
}
const answers = fc.record(Object.fromEntries(Object.entries(valid).map(([type, one]) => [`q_${type}`, one])), { requiredKeys: [] })

/** As urlencoded forms do: names and texts only, repeated names as lists, one as a plain text. */
function overTheWire(flat: Record<string, string | string[]>): Record<string, string | string[]> {
  const sent = new URLSearchParams(Object.entries(flat).flatMap(([name, text]) => [text].flat().map((one) => [name, one])))
  return Object.fromEntries(
    [...new Set(sent.keys())].map((name) => [name, sent.getAll(name).length > 1 ? sent.getAll(name) : (sent.get(name) ?? '')]),
  )
}

describe('for any answers', () => {
  test('readBody is the inverse of flatten', () => {
    fc.assert(
      fc.property(answers, (raw) => {
        const { values } = evaluateForm(
          { title: '', sections: [{ key: 's', title: '', questions: ASKED.filter(({ type }) => type !== 'computed') }] },
          raw,
          env,
        )
        expect(readBody(ASKED, overTheWire(flatten(ASKED, values)))).toEqual(values)
      }),
      { numRuns: 200 },
    )
  })

  test('evaluateForm stands still on its own values', () => {
    fc.assert(
      fc.property(
        fc.oneof(answers, fc.dictionary(fc.constantFrom(...ASKED.map(({ key }) => key)), fc.jsonValue({ maxDepth: 4 }))),
        (raw) => {
          const once = evaluateForm(def, raw, env)
          const twice = evaluateForm(def, once.values, env)
          expect(twice).toEqual(once)
          expect(evaluateForm(def, JSON.parse(JSON.stringify(once.values)), env).values).toEqual(once.values)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('nothing throws, and hidden questions keep no value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.object(), (json, object) => {
        for (const raw of [json, object, ...Object.values(object).map((one) => Object.fromEntries(ASKED.map(({ key }) => [key, one])))]) {
          const state = evaluateForm(def, raw as never, env)
          expect(Object.keys(state.values).every((key) => state.visible.has(key))).toBe(true)
          expect(state.errors.every(({ key, path }) => state.visible.has(key) && path.startsWith(key))).toBe(true)
          readBody(ASKED, raw as never)
          flatten(ASKED, raw as never)
        }
      }),
      { numRuns: 200 },
    )
  })
})
