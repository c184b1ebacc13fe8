// Forms in motion: visibility, computed values, errors in order, posted bodies and back, schema, definition faults, review, prefill.

import { describe, expect, test } from 'vitest'
import {
  checkForm,
  evaluateForm,
  flatten,
  prefill,
  readBody,
  review,
  toJsonSchema,
  type FormDefinition,
  type FormEnv,
  type Question,
} from './index.ts'
import { strictCatalogs, stubCatalogs } from './stub.ts'

const env: FormEnv = { channel: 'truc_tuyen', receivedOn: '2026-11-20', applicant: { kind: 'cong_dan' }, catalogs: strictCatalogs }
const form = (...questions: readonly (Partial<Question> & Pick<Question, 'key' | 'type'>)[]): FormDefinition => ({
  title: 'Đơn',
  sections: [{ key: 'chung', title: 'Chung', questions: questions.map((question) => ({ label: `Nhãn ${question.key}`, ...question })) }],
})
const keysOf = (def: FormDefinition, values: Record<string, unknown>, over: Partial<FormEnv> = {}) =>
  evaluateForm(def, values, { ...env, ...over }).errors.map(({ key }) => key)

describe('visibility and computed values', () => {
  const chain = form(
    { key: 'a', type: 'text' },
    { key: 'c', type: 'text', visibleWhen: 'form.b = "x"', required: true },
    { key: 'b', type: 'text', visibleWhen: 'form.a = "x"' },
    { key: 'd', type: 'computed', value: 'if form.c = null then "không" else "có " + form.c' },
  )

  test('hiding one hides what hangs on it, also backwards, and their values are gone', () => {
    const state = evaluateForm(chain, { a: 'y', b: 'x', c: 'z', d: 'giả' }, env)
    expect(state.values).toEqual({ a: 'y', d: 'không' })
    expect([...state.visible]).toEqual(['a', 'd'])
    expect(state.required.size).toBe(0)
  })

  test('what is visible counts', () => {
    const state = evaluateForm(chain, { a: 'x', b: 'x', c: 'z' }, env)
    expect(state.values).toEqual({ a: 'x', b: 'x', c: 'z', d: 'có z' })
    expect(evaluateForm(chain, { a: 'x', b: 'x' }, env).errors).toEqual([{ key: 'c', path: 'c', message: 'Xin trả lời: Nhãn c.' }])
  })

  test('a section hides its questions; an empty one is not a visible section', () => {
    const def: FormDefinition = {
      title: 'Đơn',
      sections: [
        { key: 's1', title: '1', questions: [{ key: 'a', label: 'A', type: 'text' }] },
        { key: 's2', title: '2', visibleWhen: 'form.a = "x"', questions: [{ key: 'b', label: 'B', type: 'text', required: true }] },
        { key: 's3', title: '3', questions: [{ key: 'c', label: 'C', type: 'text', visibleWhen: 'form.b = "x"' }] },
      ],
    }
    expect([...evaluateForm(def, { b: 'x', c: 'y' }, env).visibleSections]).toEqual(['s1'])
    expect([...evaluateForm(def, { a: 'x', b: 'x' }, env).visibleSections]).toEqual(['s1', 's2', 's3'])
  })

  test('conditions that chase each other end', () => {
    const wild = form(
      { key: 'a', type: 'text', visibleWhen: 'form.a = null' },
      { key: 'n', type: 'computed', value: 'if form.n = null then 1 else form.n + 1' },
    )
    const state = evaluateForm(wild, { a: 'x' }, env)
    expect(state.visible.has('a')).toBe(false)
    expect(state.values).not.toHaveProperty('a')
  })

  test('applicant, channel, receivedOn and parts are seen; an unknown condition hides', () => {
    const def = form(
      { key: 'a', type: 'text', visibleWhen: 'applicant.kind = "cong_dan" and channel = "truc_tuyen" and receivedOn = "2026-11-20"' },
      { key: 'b', type: 'text', visibleWhen: 'list contains(parts, "to_khai")' },
      { key: 'c', type: 'text', visibleWhen: 'form.nothing > 1' },
      { key: 'd', type: 'text', visibleWhen: 'form.a >' },
    )
    expect([...evaluateForm(def, {}, env).visible]).toEqual(['a'])
    expect([...evaluateForm(def, {}, { ...env, applicant: null, parts: ['to_khai'] }).visible]).toEqual(['b'])
  })
})

describe('errors', () => {
  test('stand in the order of the form, one per answer, paths inside', () => {
    const def = form(
      { key: 'a', type: 'text', required: true },
      { key: 'b', type: 'date', check: 'date(value) <= date(receivedOn)', error: 'Ngày không được sau hôm nay.' },
      { key: 'c', type: 'address', required: true },
      { key: 'd', type: 'integer', min: 1 },
    )
    expect(evaluateForm(def, { b: '2027-01-01', c: { province: '38' }, d: 'x' }, env).errors).toEqual([
      { key: 'a', path: 'a', message: 'Xin trả lời: Nhãn a.' },
      { key: 'b', path: 'b', message: 'Ngày không được sau hôm nay.' },
      { key: 'c', path: 'c.commune', message: 'Chọn xã, phường của địa chỉ.' },
      { key: 'd', path: 'd', message: 'Chỉ ghi số nguyên, không có phần lẻ, ví dụ 3.' },
    ])
  })

  test('requiredWhen wins over required', () => {
    const def = form({ key: 'k', type: 'text' }, { key: 'a', type: 'text', required: true, requiredWhen: 'form.k = "x"' })
    expect(keysOf(def, { k: 'y' })).toEqual([])
    expect(keysOf(def, { k: 'x' })).toEqual(['a'])
  })

  test('an empty question that is not required is not checked; false is an answer', () => {
    const def = form({ key: 'a', type: 'integer', check: 'value > 5' }, { key: 'b', type: 'checkbox', required: true })
    expect(keysOf(def, { a: '', b: false })).toEqual([])
    expect(keysOf(def, { a: 3 })).toEqual(['a', 'b'])
    expect(keysOf(form({ key: 'b', type: 'checkbox', required: true, check: 'value = true' }), { b: false })).toEqual(['b'])
  })

  test('an unknown check fails, but is silent behind the error of a question it names', () => {
    const def = form({ key: 'area', type: 'number', required: true }, { key: 'floor', type: 'number', check: 'value <= form.area' })
    expect(keysOf(def, { floor: 10 })).toEqual(['area'])
    expect(keysOf(def, { area: 5, floor: 10 })).toEqual(['floor'])
    expect(
      keysOf(form({ key: 'area', type: 'number' }, { key: 'floor', type: 'number', check: 'value <= form.area' }), { floor: 10 }),
    ).toEqual(['floor'])
  })

  test('columns have checks of their own, which see the row', () => {
    const def = form({
      key: 't',
      type: 'table',
      columns: [
        { key: 'from', label: 'Từ năm', type: 'year' },
        { key: 'to', label: 'Đến năm', type: 'year', check: 'value >= row.from', error: 'Năm cuối không được trước năm đầu.' },
      ],
    })
    expect(
      evaluateForm(
        def,
        {
          t: [
            { from: 2000, to: 2005 },
            { from: 2010, to: 2005 },
          ],
        },
        env,
      ).errors,
    ).toEqual([{ key: 't', path: 't.1.to', message: 'Dòng 2, Đến năm: Năm cuối không được trước năm đầu.' }])
  })
})

const FULL: readonly Question[] = [
  { key: 'name', label: 'Họ tên', type: 'text' },
  { key: 'born', label: 'Ngày sinh', type: 'date' },
  { key: 'home', label: 'Nơi ở', type: 'address' },
  { key: 'kinds', label: 'Loại', type: 'multiselect' },
  { key: 'agree', label: 'Đồng ý', type: 'checkbox' },
  {
    key: 'trees',
    label: 'Cây',
    type: 'table',
    columns: [
      { key: 'species', label: 'Loài', type: 'text' },
      { key: 'main', label: 'Chính', type: 'checkbox' },
      { key: 'place', label: 'Chỗ', type: 'address' },
    ],
  },
]

describe('readBody and flatten', () => {
  test('names of inputs become answers', () => {
    const body = {
      name: ['cũ', ' Hoa '],
      'born.day': '3',
      'born.month': '2',
      'born.year': '2026',
      'home.province': '38',
      'home.commune': '14797',
      'home.detail': '',
      kinds: ['a', 'b'],
      agree__present: '1',
      'trees.2.species': 'Xà cừ',
      'trees.2.main': 'on',
      'trees.2.place.province': '38',
      'trees.10.species': 'Phượng',
      'trees.10.main__present': '1',
      'trees.11.species': '',
      'other.x': 'y',
    }
    expect(readBody(FULL, body)).toEqual({
      name: 'Hoa',
      born: '2026-02-03',
      home: { province: '38', commune: '14797', detail: null },
      kinds: ['a', 'b'],
      agree: false,
      trees: [
        { species: 'Xà cừ', main: true, place: { province: '38', commune: null, detail: null } },
        { species: 'Phượng', main: false },
      ],
    })
  })

  test('absent is kept out, blank is null, an emptied table or list too', () => {
    expect(readBody(FULL, {})).toEqual({})
    expect(readBody(FULL, { name: '', 'home.province': '', 'home.commune': '', trees__present: '1', kinds__present: '1' })).toEqual({
      name: null,
      home: null,
      trees: null,
      kinds: null,
    })
    expect(readBody(FULL, { agree__present: '1', agree: 'true' })).toEqual({ agree: true })
  })

  test('prototypes are out of reach and rows are counted', () => {
    const hostile = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"__proto__.polluted":"1","trees.0.__proto__":"x","home.__proto__.x":"1"}',
    )
    expect(readBody(FULL, hostile)).toEqual({ trees: null })
    expect(({} as Record<string, unknown>).polluted).toBe(undefined)
    const many = Object.fromEntries(Array.from({ length: 9999 }, (_, at) => [`trees.${at}.species`, 'x']))
    expect(readBody(FULL, many).trees).toHaveLength(201)
    expect(readBody(FULL, null as never)).toEqual({})
  })

  test('flatten refills the inputs', () => {
    expect(
      flatten(FULL, {
        born: '2026-02-03',
        agree: false,
        kinds: ['a'],
        home: { province: '38', commune: '14797', detail: null },
        trees: [{ species: 'A', main: true }],
      }),
    ).toEqual({
      born: '2026-02-03',
      'born.day': '3',
      'born.month': '2',
      'born.year': '2026',
      agree: 'false',
      kinds: ['a'],
      'home.province': '38',
      'home.commune': '14797',
      'trees.0.species': 'A',
      'trees.0.main': 'true',
    })
  })

  test('what could not be understood stands there again', () => {
    expect(flatten(FULL, readBody(FULL, { 'born.day': '31', 'born.month': '2', 'born.year': '2026' }))).toMatchObject({
      'born.day': '31',
      'born.month': '2',
      'born.year': '2026',
    })
    expect(flatten(FULL, readBody(FULL, { 'born.day': 'ba', 'born.month': '', 'born.year': '2026' }))).toMatchObject({
      'born.day': 'ba',
      'born.month': '',
      'born.year': '2026',
    })
  })
})

describe('toJsonSchema', () => {
  test('says titles, choices, conditions and what everybody must answer', () => {
    const def = form(
      { key: 'a', type: 'radio', required: true, help: 'Chọn một', options: [{ value: 'co', label: 'Có' }] },
      { key: 'b', type: 'date', required: true, visibleWhen: 'form.a = "co"' },
      { key: 'n', type: 'statement' },
    )
    expect(toJsonSchema(def, stubCatalogs)).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Đơn',
      type: 'object',
      properties: {
        a: { type: 'string', oneOf: [{ const: 'co', title: 'Có' }], title: 'Nhãn a', description: 'Chọn một', 'x-type': 'radio' },
        b: { type: 'string', format: 'date', title: 'Nhãn b', 'x-type': 'date', 'x-visibleWhen': 'form.a = "co"' },
      },
      required: ['a'],
      additionalProperties: false,
      'x-sections': [{ key: 'chung', title: 'Chung', questions: ['a', 'b', 'n'] }],
    })
  })
})

describe('checkForm', () => {
  test('a good form has no fault', () => expect(checkForm(form({ key: 'a', type: 'text', pattern: '^\\S+(\\s\\S+)+$' }))).toEqual([]))

  test.each<[string, Partial<Question> & Pick<Question, 'type'>, string, RegExp]>([
    ['wrong FEEL', { type: 'text', check: 'value >' }, 'check', /FEEL/],
    ['unknown question', { type: 'text', visibleWhen: 'form.zzz = 1' }, 'visibleWhen', /form\.zzz/],
    ['itself', { type: 'text', visibleWhen: 'form.q = 1' }, 'visibleWhen', /chính nó/],
    ['no options', { type: 'radio' }, 'options', /lựa chọn/],
    [
      'twice the same option',
      {
        type: 'select',
        options: [
          { value: 'a', label: 'A' },
          { value: 'a', label: 'B' },
        ],
      },
      'options.1.value',
      /trùng/,
    ],
    ['no catalogue', { type: 'catalog' }, 'catalog', /danh mục/],
    ['computed without value', { type: 'computed' }, 'value', /FEEL/],
    ['no columns', { type: 'table' }, 'columns', /cột/],
    ['column FEEL', { type: 'table', columns: [{ key: 'c', label: 'C', type: 'text', check: '(' }] }, 'columns.0.check', /FEEL/],
    ['bad pattern', { type: 'text', pattern: '(' }, 'pattern', /viết sai/],
    ['runaway pattern', { type: 'text', pattern: '^(a+)+$' }, 'pattern', /rất lâu/],
    ['runaway pattern in FEEL', { type: 'text', check: 'matches(value, "^(a+)+$")' }, 'check', /rất lâu/],
    ['unknown type', { type: 'mau_sac' as never }, 'type', /mau_sac/],
    ['min above max', { type: 'integer', min: 5, max: 1 }, 'min', /thấp nhất/],
    ['wall clock', { type: 'date', check: 'date(value) < today()' }, 'check', /receivedOn/],
  ])('%s', (_name, question, path, message) => {
    const found = checkForm(form({ key: 'q', ...question }))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ path: `sections.0.questions.0.${path}`, message: expect.stringMatching(message) })
  })

  test('keys are unique and plain', () => {
    expect(checkForm(form({ key: 'a', type: 'text' }, { key: 'a', type: 'text' })).map(({ path }) => path)).toEqual([
      'sections.0.questions.1.key',
    ])
    expect(checkForm(form({ key: '__proto__', type: 'text' })).map(({ path }) => path)).toEqual(['sections.0.questions.0.key'])
  })
})

test('review shows visible questions in words', () => {
  const def = form(
    { key: 'a', type: 'money', sensitive: 'co_ban' },
    { key: 'b', type: 'text', visibleWhen: 'form.a > 5' },
    { key: 's', type: 'statement' },
    { key: 'c', type: 'text' },
  )
  expect(review(def, evaluateForm(def, { a: 5, b: 'x' }, env), stubCatalogs)).toEqual([
    {
      section: { key: 'chung', title: 'Chung' },
      rows: [
        { key: 'a', label: 'Nhãn a', official: 'Nhãn a', text: '5 đ', sensitive: 'co_ban' },
        { key: 'c', label: 'Nhãn c', official: 'Nhãn c', text: '', sensitive: null },
      ],
    },
  ])
})

describe('prefill', () => {
  const def = form(
    { key: 'name', type: 'text', prefill: 'identity.full_name' },
    {
      key: 'sex',
      type: 'radio',
      prefill: 'identity.gender',
      options: [
        { value: 'male', label: 'Nam' },
        { value: 'female', label: 'Nữ' },
      ],
    },
    { key: 'commune', type: 'catalog', catalog: 'xa', prefill: 'identity.address.commune' },
    { key: 'home', type: 'address', prefill: 'identity.address' },
    { key: 'area', type: 'number', prefill: 'register.dat_dai.area' },
    { key: 'id', type: 'personal_id', prefill: 'identity.personal_id' },
  )
  test('takes what fits', () => {
    const identity = {
      full_name: 'Lê Thị Hoa',
      sex: 'nu',
      address: { province: '38', commune: '14797', detail: 'Số 1' },
      personal_id: '123',
    }
    const expected = {
      name: 'Lê Thị Hoa',
      sex: 'female',
      commune: '14797',
      home: { province: '38', commune: '14797', detail: 'Số 1' },
      area: 120.5,
    }
    expect(prefill(def, identity, { dat_dai: { area: 120.5 } })).toEqual(expected)
    expect(prefill(def, identity, { 'dat_dai.area': '120,5' })).toEqual(expected)
  })
  test('knows nothing, gives nothing', () => expect(prefill(def, {}, {})).toEqual({}))
})
