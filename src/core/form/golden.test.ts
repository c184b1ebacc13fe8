// The golden cases of the twenty procedure records: the same answers must give the same errors.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  checkForm,
  evaluateForm,
  flatten,
  readBody,
  review,
  toJsonSchema,
  type Channel,
  type FormDefinition,
  type FormEnv,
  type Values,
} from './index.ts'
import { stubCatalogs } from './stub.ts'

interface GoldenCase {
  readonly title: string
  readonly form: Values
  readonly applicant?: Values
  readonly receivedAt: string
  readonly channel: Channel
  readonly expect: { readonly valid?: boolean; readonly errors?: readonly string[] }
}
interface GoldenRecord {
  readonly code: string
  readonly form: FormDefinition
  readonly cases: readonly GoldenCase[]
}

const folder = new URL('../../../../shared/procedures/', import.meta.url)
const records: readonly GoldenRecord[] = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => /^\d.*\.json$/.test(name))
      .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
  : []

const envOf = (one: GoldenCase): FormEnv => ({
  channel: one.channel,
  receivedOn: new Date(Date.parse(one.receivedAt) + 7 * 3600_000).toISOString().slice(0, 10),
  applicant: one.applicant ?? null,
  catalogs: stubCatalogs,
})

describe.skipIf(records.length === 0)('golden cases of ../shared/procedures', () => {
  test('all twenty records are there', () => expect(records.length).toBe(20))

  for (const record of records) {
    describe(record.code, () => {
      for (const one of record.cases) {
        test(one.title, () => {
          const state = evaluateForm(record.form, one.form, envOf(one))
          const order = record.form.sections.flatMap(({ questions }) => questions.map(({ key }) => key))
          const expected = [...(one.expect.errors ?? [])].sort((a, b) => order.indexOf(a) - order.indexOf(b))
          expect([...new Set(state.errors.map(({ key }) => key))], JSON.stringify(state.errors, null, 1)).toEqual(expected)
          expect(state.errors.length === 0).toBe(one.expect.valid ?? true)
          const again = evaluateForm(record.form, state.values, envOf(one))
          expect(again.values).toEqual(state.values)
          expect(again.errors).toEqual(state.errors)
          expect(again.visible).toEqual(state.visible)
        })
      }
    })
  }
})

describe.skipIf(records.length === 0)('the twenty forms', () => {
  test.each(records.map((record) => [record.code, record] as const))('%s: all its cases within 15 ms once warm', (_code, record) => {
    const rounds = Array.from({ length: 5 }, () => {
      const from = performance.now()
      for (const one of record.cases) evaluateForm(record.form, one.form, envOf(one))
      return performance.now() - from
    })
    expect(Math.min(...rounds)).toBeLessThan(15)
  })

  test.each(records.map((record) => [record.code, record] as const))(
    '%s has no fault, is described, reviewed and posted back',
    (_code, record) => {
      expect(checkForm(record.form)).toEqual([])
      const questions = record.form.sections.flatMap((section) => section.questions)
      expect(Object.keys(toJsonSchema(record.form, stubCatalogs).properties as object)).toEqual(
        questions.filter(({ type }) => type !== 'statement').map(({ key }) => key),
      )
      for (const one of record.cases) {
        const state = evaluateForm(record.form, one.form, envOf(one))
        const posted = readBody(questions, flatten(questions, state.values))
        expect(evaluateForm(record.form, posted, envOf(one))).toEqual(state)
        const rows = review(record.form, state, stubCatalogs).flatMap((section) => section.rows)
        expect(rows.filter(({ text }) => text !== '').map(({ key }) => key)).toEqual(Object.keys(state.values))
      }
    },
  )
})
