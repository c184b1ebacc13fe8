// The whole register of field types at once: none without its view, its sentences, its text for review and print, its place in the gallery.

import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { fieldType } from '#core/fields/index.ts'
import { readBody, review } from '#core/form/index.ts'
import { strictCatalogs } from '#core/form/stub.ts'
import { QUESTION_TYPES, type Question, type QuestionType } from '#core/form/types.ts'
import { SAMPLES } from '../gallery/fields.tsx'
import { FieldView } from './field.tsx'

const sampleOf = (type: QuestionType) => SAMPLES.find((one) => one.type === type)!
const questionOf = (type: QuestionType): Question => {
  const { answer: _answer, fault: _fault, at: _at, source: _source, ...question } = sampleOf(type)
  return { official: 'Lời văn của mẫu đơn', help: 'Lời giải thích.', example: 'Một ví dụ', ...question }
}
/** Only read, not answered. */
const SILENT = new Set<QuestionType>(['computed', 'statement'])
/** Answers that need no writing, so no example. */
const CHOSEN = new Set<QuestionType>(['statement', 'computed'])
const draw = (question: Question, more: object = {}) => renderToString(<FieldView question={question} catalogs={strictCatalogs} {...more} />)

const NASTY: readonly [string, unknown][] = [
  ['NFD', 'Nguye\u0302\u0303n Thi\u0323 A\u0302\u0309n'],
  ['zero width', 'A\u200bB\u200d\ufeffC'],
  ['10,000 characters', 'ă'.repeat(10_000)],
  ['emoji', '👨‍👩‍👧‍👦 🍜 1️⃣'],
  ['right to left', '\u202eمرحبا\u202c 123'],
  ['markup', '<script>alert(1)</script>"\' onfocus=x'],
  ['half a character', 'a\ud83d'],
  ['figures of another script', '０３８０８５００１１２２'],
  ['only blanks', ' \u00a0\u2003 '],
  ['several of one', ['a', 'b']],
  ['an object', { __proto__: null, province: '<blink>', number: '\u0000', full_name: '\u202e', old: '🍜', day: '31' }],
  ['rows', [{ full_name: '<blink>', species: '\u200b' }, null, 'x']],
]
/** What nobody can see and breaks every comparison: nothing of it may be kept. */
const UNSEEN = /[\u0000-\u0008\u200b-\u200f\u202a-\u202e\ufeff\ud800-\udfff]/u
const texts = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []

describe.each(QUESTION_TYPES.map((type) => [type] as const))('%s', (type) => {
  const question = questionOf(type)
  const field = fieldType(type)

  test('has an entry in the gallery, with an answer that is right and a fault that says what to do', () => {
    const { answer, fault } = sampleOf(type)
    if (type === 'statement') return
    expect(answer).toBeDefined()
    if (type === 'computed') return
    expect(fault).toMatch(/[.]$/)
    const value = field.read(answer, question)
    expect(field.read(value, question)).toEqual(value)
  })

  test('has a schema, and a sentence for no answer that asks for one', () => {
    expect(Object.keys(field.jsonSchema(question, strictCatalogs)).length).toBeGreaterThan(0)
    if (!SILENT.has(type)) expect(field.missing({ ...question, error: undefined })).toMatch(/^Xin .+[.?]$/)
  })

  test('shows label, official wording, help and example, tied to its control', () => {
    const html = draw(question)
    expect(html).toContain(question.label)
    if (type === 'statement') return
    expect(html).toContain(question.help)
    if (CHOSEN.has(type)) return
    for (const said of [question.official, question.example]) expect(html).toContain(said!)
    expect(html).toMatch(new RegExp(`aria-describedby="[^"]*${question.key}--hint`))
    expect(html).toContain(`id="${question.key}--hint"`)
  })

  test('says how to write it even when the record gives neither help nor example', () => {
    if (!['number', 'integer', 'money', 'date', 'partial_date', 'year', 'time', 'phone', 'email', 'personal_id', 'business_id'].includes(type)) return
    expect(draw({ key: 'q', type, label: 'Câu hỏi', required: true })).toMatch(/class="hint"[^>]*><p>[^<]*\d|class="hint"[^>]*><p>Ví dụ/)
  })

  test('shows a fault as a sentence, tied to the control it is about', () => {
    if (SILENT.has(type)) return
    const { at, fault } = sampleOf(type)
    const path = at ? `${question.key}.${at}` : question.key
    const html = draw(question, { value: sampleOf(type).answer, errors: [{ key: question.key, path, message: fault }] })
    expect(html).toContain(`id="${path}--error"`)
    expect(html).toContain(fault!)
    expect(html).toMatch(/aria-invalid/)
  })

  test('is read in the review and on paper: by the citizen in plain words, by the officer in those of the form', () => {
    if (type === 'statement') return
    const { answer } = sampleOf(type)
    const value = type === 'computed' ? answer : field.read(answer, question)
    const def = { title: 'Tờ khai', sections: [{ key: 's', title: 'Phần', questions: [question] }] }
    const rows = review(def, { values: { [question.key]: value }, visible: new Set([question.key]) }, strictCatalogs)[0]!.rows
    expect(rows[0]).toMatchObject({ label: question.label, official: question.official })
    expect(rows[0]!.text).not.toBe('')
    expect(rows[0]!.text).not.toMatch(/undefined|null|\[object|NaN/)
    expect(field.show(question, null, strictCatalogs)).toBe('')
  })

  test.each(NASTY)('stands %s: nothing unseen is kept, every fault is a sentence, the page shows it again and runs nothing', (_name, raw) => {
    const value = field.read(raw, question)
    expect(field.read(value, question)).toEqual(value)
    for (const text of texts(value)) {
      expect(text).toBe(text.normalize('NFC'))
      expect(text).not.toMatch(UNSEEN)
    }
    const faults = value === null ? [] : field.check(question, value, { catalogs: strictCatalogs })
    for (const { message } of faults) expect(message).toMatch(/\S.{10,}[.?]$|[.?”)]$/)
    const html = draw(question, { value, errors: faults.map(({ path, message }) => ({ key: question.key, path: path ? `${question.key}.${path}` : question.key, message })) })
    expect(html).not.toMatch(/<script|<blink|" onfocus/)
    expect(field.show(question, value, strictCatalogs)).not.toMatch(/undefined|\[object/)
  })

  test('too long is said, never cut unseen', () => {
    if (!['text', 'longtext', 'email', 'phone', 'personal_id', 'business_id', 'catalog', 'number', 'date'].includes(type)) return
    const value = field.read('x'.repeat(10_500), { key: 'q', type, label: 'Q' })
    expect(field.check({ key: 'q', type, label: 'Q', catalog: 'dan_toc' }, value, { catalogs: strictCatalogs }).length).toBeGreaterThan(0)
  })

  test('a browser that posts it empty takes the answer away, and one that does not post it leaves it', () => {
    if (SILENT.has(type)) return
    const blank = { [question.key]: '', [`${question.key}__present`]: '1' }
    expect(readBody([question], type === 'table' ? { [`${question.key}__present`]: '1' } : blank)[question.key] ?? null).toBe(type === 'checkbox' ? null : null)
    expect(readBody([question], {})).toEqual({})
  })
})
