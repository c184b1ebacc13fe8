// Building forms: conditions go to FEEL and back unchanged, every record's conditions survive, acts keep a form whole, faults are seen while writing.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordTexts } from '../../../modules/procedures/testing/packs.ts'
import { holds } from '../../feel/index.ts'
import { evaluateForm } from '../evaluate.ts'
import { stubCatalogs } from '../stub.ts'
import { type FormDefinition, type Question, QUESTION_TYPES } from '../types.ts'
import {
  type Test, addQuestion, addSection, asKind, type Condition, conditionSentence, copyQuestion, findQuestion, formFaultNotes, formWarnings, keyChanges, keyFrom, KINDS, knownQuestions, listed, moveQuestion, OPS,
  placeQuestion, postedFeel, questionsIn, readCondition, readDraftForm, readOptions, readPosted, removeSection, renameQuestion, sampleAnswers, subjectsOf, writeCondition, writeOptions,
} from './index.ts'

const env = { channel: 'truc_tuyen', receivedOn: '2026-11-22', applicant: null, catalogs: stubCatalogs } as const
const q = (key: string, more: Partial<Question> = {}): Question => ({ key, label: `Câu ${key}`, type: 'text', ...more })
const form = (...questions: Question[]): FormDefinition => ({ title: 'Tờ khai', sections: [{ key: 'p1', title: 'Phần 1', questions }] })

// — conditions —

const subject = fc.constantFrom('form.loai', 'form.so', 'form.ngay', 'channel', 'value', 'applicant.kind', 'form.noi_o.commune')
const span = fc.tuple(fc.integer({ min: 0, max: 999 }), fc.constantFrom('D', 'M', 'Y')).map(([n, unit]) => ({ span: `P${n}${unit}` }))
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.normalize('NFC')), fc.integer({ min: -9999, max: 999999 }), fc.boolean(), subject.map((ref) => ({ ref })),
)
const day = fc.oneof(fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((at) => at.toISOString().slice(0, 10)), subject.filter((one) => one !== 'channel').map((ref) => ({ ref })))
const oneTest = fc.tuple(subject, fc.constantFrom(...OPS)).chain(([about, op]): fc.Arbitrary<Test> => {
  if (op === 'answered' || op === 'open') return fc.constant({ subject: about, op })
  const operand = /^(count|length)/.test(op) ? fc.integer({ min: 0, max: 500 }) : op.startsWith('date') ? day : ['past', 'within', 'aged', 'under'].includes(op) ? span : op === 'has' || op === 'has_not' ? fc.string({ maxLength: 8 }) : scalar
  return operand.map((value) => ({ subject: about, op, operand: value }))
})
const condition = fc.record({ join: fc.constantFrom('all' as const, 'any' as const), groups: fc.array(fc.array(oneTest, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }) })

/** One way of writing for what is the same: a single group of the other word is a list of single ones. */
const plain = ({ join, groups }: Condition): Condition => {
  const other = join === 'all' ? 'any' : 'all'
  if (groups.length === 1 && groups[0]!.length > 1) return plain({ join: other, groups: groups[0]!.map((one) => [one]) })
  return groups.length === 1 && groups[0]!.length === 1 ? { join: 'all', groups } : { join, groups }
}

describe('a condition', () => {
  test('comes back from FEEL as it was put together', () => {
    fc.assert(fc.property(condition, (made) => {
      const back = readCondition(writeCondition(made as Condition))
      expect(back && plain(back)).toEqual(plain(made as Condition))
    }), { numRuns: 600 })
  })

  test('FEEL written once is written the same again', () => {
    fc.assert(fc.property(condition, (made) => {
      const feel = writeCondition(made as Condition)
      expect(writeCondition(readCondition(feel)!)).toBe(feel)
    }), { numRuns: 300 })
  })

  test('any text at all is read or kept, never thrown at', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => void readCondition(text)), { numRuns: 500 })
  })

  test.each([
    'count(form.bang[a = 1]) >= 1', 'some r in form.bang satisfies r.x = 1', 'if form.a = 1 then true else false', 'form.a = 1 and (form.b = 2 or (form.c = 3 and form.d = 4))', 'not(form.a > 3)', 'form.a + 1 = 2', 'matches(value, "^[0-9]+$")',
  ])('what lists cannot show stays FEEL: %s', (feel) => {
    expect(readCondition(feel)).toBeNull()
  })

  test('of every record: read and written again it decides the same on golden cases, and most can be shown in words', () => {
    let [all, shown] = [0, 0]
    for (const text of recordTexts.values()) {
      const record = JSON.parse(text) as { form: FormDefinition; cases: { form: Record<string, unknown> }[]; parts: { requiredWhen?: string }[] }
      const subjects = subjectsOf(questionsIn(record.form))
      const nothing = Object.fromEntries(questionsIn(record.form).map(({ key }) => [key, null]))
      for (const feel of [...questionsIn(record.form).flatMap(({ visibleWhen, requiredWhen }) => [visibleWhen, requiredWhen]), ...record.parts.map((part) => part.requiredWhen)]) {
        if (!feel) continue
        all++
        const read = listed(feel, subjects)
        if (!read) continue
        shown++
        expect(conditionSentence(feel, subjects)).toMatch(/\S/)
        for (const one of record.cases) {
          const scope = { form: { ...nothing, ...one.form }, applicant: null, channel: 'truc_tuyen', receivedOn: '2026-11-22', parts: [], value: null }
          expect([feel, holds(writeCondition(read), scope)]).toEqual([feel, holds(feel, scope)])
        }
      }
    }
    expect(all).toBeGreaterThan(200)
    expect(shown / all).toBeGreaterThan(0.9)
  })

  test('is said in Vietnamese and put together from what a page posts', () => {
    const subjects = subjectsOf([q('loai', { label: 'Loại', type: 'radio', options: [{ value: 'moi', label: 'Cấp mới' }] }), q('ngay', { label: 'Ngày sinh', type: 'date' }), q('so', { label: 'Số bản', type: 'integer' })])
    const posted = readPosted({ 'v.mode': 'words', 'v.join': 'all', 'v.0.0.subject': 'form.loai', 'v.0.0.op': '=', 'v.0.0.value': 'moi', 'v.1.0.subject': 'form.ngay', 'v.1.0.op': 'aged', 'v.1.0.value': '18', 'v.1.0.unit': 'Y', 'v.1.1.subject': 'form.so', 'v.1.1.op': '>=', 'v.1.1.value': '3', 'v.2.0.subject': '' }, 'v')!
    const feel = postedFeel(posted, subjects)
    expect(feel).toBe('form.loai = "moi" and (date(form.ngay) <= date(receivedOn) - duration("P18Y") or form.so >= 3)')
    expect(conditionSentence(feel, subjects)).toBe('“Loại” là “Cấp mới” và (“Ngày sinh” đến ngày nộp đã đủ 18 năm hoặc “Số bản” từ 3 trở lên)')
  })
})

// — acts —

describe('acts on a form', () => {
  const start = form(q('a'), q('b', { visibleWhen: 'form.a = "form.a"' }), q('c', { type: 'computed', value: 'form.a + form.ab' }))

  test('keys come of labels, unlike all others, whatever the label is made of', () => {
    expect(keyFrom('Họ, chữ đệm và tên của cháu')).toBe('ho_chu_dem_ten_chau')
    expect(keyFrom('Họ tên'.normalize('NFD'))).toBe('ho_ten')
    expect(keyFrom('😀')).toBe('cau')
    const keys = ['Họ tên', 'Họ tên', '12 tháng', '—'].reduce((now, label) => addQuestion(now, { section: 'p1', label, type: 'text' }).form, form())
    expect(questionsIn(keys).map(({ key }) => key)).toEqual(['ho_ten', 'ho_ten_2', 'cau_12_thang', 'cau'])
    expect(formFaultNotes(keys)).toEqual([])
  })

  test('a key is renamed wherever it is read, and in no text', () => {
    const now = renameQuestion(start, 'a', 'ten')
    expect(questionsIn(now).map((one) => [one.key, one.visibleWhen ?? one.value])).toEqual([['ten', undefined], ['b', 'form.ten = "form.a"'], ['c', 'form.ten + form.ab']])
  })

  test('moving never loses or doubles a question', () => {
    const two = addSection(form(q('a'), q('b'), q('c')), 'Phần 2')
    const act = fc.oneof(
      fc.record({ key: fc.constantFrom('a', 'b', 'c'), step: fc.constantFrom('up' as const, 'down' as const) }),
      fc.record({ key: fc.constantFrom('a', 'b', 'c'), section: fc.constantFrom('p1', two.key, 'x'), at: fc.integer({ min: -2, max: 9 }) }),
    )
    fc.assert(fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const end = acts.reduce((now, one) => ('step' in one ? moveQuestion(now, one.key, one.step) : placeQuestion(now, one.key, one)), two.form)
      expect(questionsIn(end).map(({ key }) => key).sort()).toEqual(['a', 'b', 'c'])
    }))
    expect(questionsIn(removeSection(placeQuestion(two.form, 'b', { section: two.key, at: 0 }), 'p1')).map(({ key }) => key).sort()).toEqual(['a', 'b', 'c'])
    expect(copyQuestion(start, 'b').key).toBe('b_2')
  })

  test('every kind can be begun, shown and answered', () => {
    expect(KINDS.map(({ type }) => type).sort()).toEqual([...QUESTION_TYPES].sort())
    for (const { type } of KINDS) {
      const { form: made, key } = addQuestion(form(q('goc')), { section: 'p1', label: 'Thử', type })
      expect([type, formFaultNotes(type === 'catalog' ? { ...made, sections: [{ ...made.sections[0]!, questions: made.sections[0]!.questions.map((one) => (one.key === key ? { ...one, catalog: 'dan_toc' } : one)) }] } : made)]).toEqual([type, []])
      expect(evaluateForm(made, sampleAnswers(made, env), env).errors.filter((one) => one.key === key && !['file', 'catalog'].includes(type))).toEqual([])
    }
    expect(asKind(q('a', { type: 'integer', min: 1, max: 5, example: '3' }), 'date')).toEqual({ key: 'a', label: 'Câu a', type: 'date' })
    expect(asKind(q('a', { type: 'integer', min: 1 }), 'money').min).toBe(1)
  })

  test('a list pasted from Word becomes choices; those that were there keep their codes', () => {
    const options = readOptions('• Cấp mới\n2. Cấp lại | cap_lai\n  a) Đổi\t\n\n– Đổi', [{ value: 'cu', label: 'Cấp mới' }])
    expect(options).toEqual([{ value: 'cu', label: 'Cấp mới' }, { value: 'cap_lai', label: 'Cấp lại' }, { value: 'doi', label: 'Đổi' }, { value: 'doi_2', label: 'Đổi' }])
    expect(readOptions(writeOptions(options), options)).toEqual(options)
  })

  test('what is not a form is read as far as it is one', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const read = readDraftForm(value)
      formFaultNotes(read)
      formWarnings(read)
    }), { numRuns: 200 })
    expect(readDraftForm({ sections: [{ questions: [null, { label: 1 }] }] }).sections[0]!.questions).toHaveLength(1)
  })
})

// — faults while writing —

describe('seen while writing', () => {
  const yes = { type: 'radio', options: [{ value: 'co', label: 'Có' }, { value: 'khong', label: 'Không' }] } as const
  const said = (one: FormDefinition) => formFaultNotes(one).map(({ place, message }) => `${place}: ${message}`)

  test.each<[string, FormDefinition, string]>([
    ['an unknown name', form(q('a', { visibleWhen: 'form.zzz = "1"' })), 'a: Biểu thức nhắc tới form.zzz'],
    ['a key twice', form(q('a'), q('a')), 'a: Khóa câu hỏi “a” bị trùng'],
    ['computed values in a circle', form(q('a', { type: 'computed', value: 'form.b' }), q('b', { type: 'computed', value: 'form.a' })), 'a: Các câu dựa vòng tròn vào nhau: “Câu a” → “Câu b” → “Câu a”'],
    ['a computed value of itself', form(q('a', { type: 'computed', value: 'form.a + 1' })), 'a: Mục tính sẵn này dựa vào chính nó'],
    ['required, never shown', form(q('a', yes), q('b', { required: true, visibleWhen: 'form.a = "co_le"' })), 'b: Câu bắt buộc này không bao giờ hiện: câu “Câu a” không có lựa chọn “co_le”.'],
    ['required, behind one never shown', form(q('a', yes), q('b', { ...yes, visibleWhen: 'form.a = "x"' }), q('c', { required: true, visibleWhen: 'form.b = "co"' })), 'c: Câu bắt buộc này không bao giờ hiện: câu “Câu b” cũng'],
    ['required, both this and that', form(q('a', yes), q('b', { required: true, visibleWhen: 'form.a = "co" and form.a = "khong"' })), 'b: Câu bắt buộc này không bao giờ hiện: câu “Câu a” không thể'],
    ['an unknown kind', form(q('a', { type: 'hologram' as never })), 'a: Không có kiểu câu hỏi “hologram”'],
  ])('%s', (_name, one, words) => {
    expect(said(one).join('\n')).toContain(words)
  })

  test('nothing is said of the records in use, and their faults would be', () => {
    for (const text of recordTexts.values()) expect(formFaultNotes((JSON.parse(text) as { form: FormDefinition }).form)).toEqual([])
  })

  test('what VNeID knows is pointed out, of the applicant alone', () => {
    const found = knownQuestions(form(q('ho_ten', { label: 'Họ và tên của ông/bà' }), q('chau', { label: 'Họ và tên cháu' }), q('sdt', { label: 'Số điện thoại', type: 'phone', prefill: 'identity.phone' })), (key) => (key === 'sdt' ? ['x'] : []))
    expect(found.map(({ question, fact, filled, usedBy }) => [question.key, fact.source, filled, usedBy.length])).toEqual([['ho_ten', 'identity.full_name', false, 0], ['sdt', 'identity.phone', true, 1]])
  })

  test('a key that means something else than in an older form', () => {
    const was = form(q('a'), q('b', yes), q('c', { type: 'integer' }))
    const now = form(q('a', { type: 'date' }), q('b', { ...yes, options: [{ value: 'co', label: 'Có' }] }), q('c', { type: 'money' }))
    expect(keyChanges(was, now)).toEqual([{ key: 'a', label: 'Câu a', before: 'text', now: 'date', lost: [] }, { key: 'b', label: 'Câu b', before: 'radio', now: 'radio', lost: ['Không'] }])
  })

  test('five hundred questions are looked through at once', () => {
    const many = form(...Array.from({ length: 500 }, (_, at) => q(`k${at}`, { visibleWhen: at === 0 ? undefined : `form.k${at - 1} != null`, required: true })))
    const start = performance.now()
    expect(formFaultNotes(many)).toEqual([])
    formWarnings(many)
    expect(performance.now() - start).toBeLessThan(4000)
    expect(findQuestion(many, 'k499')?.section.key).toBe('p1')
  })
})
