// Holds the zod shape of a record to the published JSON Schema, keyword by keyword, and to the real records.

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { shapeFaults } from './faults.ts'
import { procedureRecord } from './record.ts'
import { inventedJson, recordJson, recordTexts, schemaJson } from './testing/packs.ts'

type Json = any

// Words about a schema, not rules of it; `pattern` beside `format` is how zod says the format.
const WORDS = new Set(['$schema', '$id', 'title', 'description', '$defs', 'propertyNames'])
const SAFE = new Set([Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER])

/** A schema without references, in one spelling for what JSON Schema can say in several. */
function normal(schema: Json, root: Json, depth = 0): Json {
  if (typeof schema !== 'object' || schema === null) return schema
  if (schema.$ref) return normal(root.$defs[schema.$ref.split('/').at(-1)], root, depth)
  // Questions hold columns, which are questions: two levels tell as much as all.
  if (schema.properties?.columns && depth++ === 2) return 'and so on'
  const out: Record<string, Json> = {}
  for (const [key, value] of Object.entries<Json>(schema)) {
    if (WORDS.has(key) || (key === 'pattern' && schema.format) || SAFE.has(value)) continue
    if (key === 'properties')
      out[key] = Object.fromEntries(Object.entries<Json>(value).map(([name, inner]) => [name, normal(inner, root, depth)]))
    else if (key === 'required' || key === 'enum') out[key] = [...value].sort()
    else if (key === 'oneOf' || key === 'anyOf') out['anyOf'] = value.map((one: Json) => normal(one, root, depth))
    else out[key] = typeof value === 'object' && !Array.isArray(value) ? normal(value, root, depth) : value
  }
  if (out['const'] !== undefined || out['enum']) delete out['type']
  // { anyOf: [text, null] } is { type: [text, null] }
  if (out['anyOf']?.some((one: Json) => one.type === 'null')) {
    const [some] = out['anyOf'].filter((one: Json) => one.type !== 'null')
    return { ...some, type: [some.type, 'null'] }
  }
  // A free object: no properties, anything goes.
  if (out['type'] === 'object' && JSON.stringify(out['additionalProperties']) === '{}') delete out['additionalProperties']
  return out
}

const valid = (json: Json) => procedureRecord.safeParse(json).success

describe('the shape of a record', () => {
  it('is that of schema.json, keyword by keyword', () => {
    const published = schemaJson()
    const ours = z.toJSONSchema(procedureRecord, { io: 'input' }) as Json
    expect(normal(ours, ours)).toEqual(normal(published, published))
  })

  it('takes the twenty-one records and the two invented ones', () => {
    expect(recordTexts.size).toBe(21)
    for (const [code, text] of recordTexts)
      expect([code, procedureRecord.safeParse(JSON.parse(text)).error?.issues]).toEqual([code, undefined])
    expect(valid(inventedJson('night-market.json')) && valid(inventedJson('register-copy.json'))).toBe(true)
  })

  it('keeps a record as it was written: nothing filled in, nothing lost', () => {
    for (const text of recordTexts.values()) expect(procedureRecord.parse(JSON.parse(text))).toEqual(JSON.parse(text))
  })
})

/** Every object of a record with its path, so that each can be spoilt in turn. */
function* objects(value: Json, path: (string | number)[] = []): Generator<{ at: Json; path: (string | number)[] }> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield { at: value, path }
  for (const [key, inner] of Object.entries<Json>(value)) yield* objects(inner, [...path, Array.isArray(value) ? Number(key) : key])
}

/** The published schema's subschema at a path of a record. */
function schemaAt(path: (string | number)[], root: Json): Json {
  return path.reduce<Json>((schema, part) => {
    const here = schema?.$ref ? root.$defs[schema.$ref.split('/').at(-1)] : schema
    return typeof part === 'number' ? here?.items : here?.properties?.[part]
  }, root)
}

describe('spoilt records are refused exactly where schema.json refuses them', () => {
  const root = schemaJson()
  const resolved = (schema: Json) => (schema?.$ref ? root.$defs[schema.$ref.split('/').at(-1)] : schema)

  it.each([...recordTexts.keys()])('%s', (code) => {
    const json = recordJson(code)
    const seen = new Map<string, number>()
    let tried = 0
    for (const { at, path } of objects(json)) {
      const schema = resolved(schemaAt(path, root))
      if (!schema?.properties) continue
      // Two of a kind: the thirtieth option is no different from the first.
      const kind = path.map((part) => (typeof part === 'number' ? '*' : part)).join('.')
      seen.set(kind, (seen.get(kind) ?? 0) + 1)
      if (seen.get(kind)! > 2) continue
      at.khong_co = 1
      expect([path, valid(json)]).toEqual([path, schema.additionalProperties !== false])
      delete at.khong_co
      for (const key of Object.keys(at)) {
        const kept = at[key]
        delete at[key]
        expect([...path, key, valid(json)]).toEqual([...path, key, !schema.required?.includes(key)])
        const rule = resolved(schema.properties[key])
        for (const wrong of wrongValues(rule)) {
          at[key] = wrong
          expect([...path, key, wrong, valid(json)]).toEqual([...path, key, wrong, false])
          tried += 1
        }
        at[key] = kept
      }
    }
    expect(tried).toBeGreaterThan(100)
    expect(valid(json)).toBe(true)
  })
})

function wrongValues(rule: Json): unknown[] {
  if (!rule || Object.keys(rule).length === 0) return []
  if (rule.const !== undefined || rule.enum) return ['khong_co_gia_tri_nay', 99]
  if (rule.pattern) return ['Không Đúng', '', 5]
  if (rule.format === 'date') return ['2026-02-30', '21/11/2026', 5]
  if (rule.oneOf) return [5, ['mot_nhanh'], [1, 2]]
  const bounds = [
    ...(rule.minimum === undefined ? [] : [rule.minimum - 1]),
    ...(rule.maximum === undefined ? [] : [rule.maximum + 1]),
    ...(rule.exclusiveMinimum === undefined ? [] : [rule.exclusiveMinimum]),
  ]
  switch (rule.type) {
    case 'integer':
      return [...bounds, 1.5, '1']
    case 'number':
      return [...bounds, '1']
    case 'string':
      return [5, null]
    case 'boolean':
      return ['true', 1]
    case 'array':
      return ['x', {}, ...(rule.minItems ? [[]] : [])]
    default:
      return ['x', 5, []]
  }
}

describe('faults of shape name the field and what is expected', () => {
  const fault = (spoil: (json: Json) => void, code = '1.001193') => {
    const json = recordJson(code)
    spoil(json)
    return shapeFaults(procedureRecord.safeParse(json).error?.issues ?? [], json)
  }

  it.each<[string, (json: Json) => void, string, RegExp]>([
    [
      'unknown role',
      (json) => (json.steps[3].role = 'chuyenvien'),
      'steps[3].role',
      /^"chuyenvien" không phải vai trò; phải là một trong: mot_cua, chuyen_vien, /,
    ],
    ['negative fee', (json) => (json.fees[0].amount = -1), 'fees[0].amount', /^phải là số nguyên đồng từ 0 trở lên, đang là -1$/],
    ['fee as text', (json) => (json.fees[0].amount = '8.000'), 'fees[0].amount', /^phải là số nguyên đồng từ 0 trở lên, đang là "8.000"$/],
    ['code', (json) => (json.code = '1.1193'), 'code', /mã thủ tục quốc gia dạng n\.nnnnnn.*đang là "1.1193"/],
    ['missing', (json) => delete json.reasons, 'reasons', /^thiếu mục bắt buộc này; phải là một nhóm mục$/],
    [
      'missing inside',
      (json) => delete json.steps[0].outcomes[1].label,
      'steps[0].outcomes[1].label',
      /^thiếu mục bắt buộc này; phải là chữ$/,
    ],
    ['extra key', (json) => (json.steps[0].chuc_vu = 'x'), 'steps[0].chuc_vu', /không có trong định dạng/],
    ['date', (json) => (json.effectiveFrom = '14/01/2026'), 'effectiveFrom', /ngày có thật dạng NNNN-TT-NN.*"14\/01\/2026"/],
    ['one branch', (json) => (json.steps[0].outcomes[0].next = ['tham_tra']), 'steps[0].outcomes[0].next', /ít nhất 2/],
    ['empty list', (json) => (json.channels = []), 'channels', /phải có ít nhất 1 mục/],
    ['hours', (json) => (json.steps[0].hours = -2), 'steps[0].hours', /phải từ 0 trở lên, đang là -2/],
    ['cut-off', (json) => (json.term.cutoff = '3 giờ chiều'), 'term.cutoff', /giờ dạng GG:PP/],
    ['step id', (json) => (json.steps[0].id = 'Tiếp nhận'), 'steps[0].id', /chữ thường không dấu/],
    ['format', (json) => (json.format = 'khac'), 'format', /phải là "tinhso.procedure\/1"/],
    ['receivedAt', (json) => (json.cases[0].receivedAt = '2026-07-15'), 'cases[0].receivedAt', /thời điểm kèm múi giờ/],
  ])('%s', (_name, spoil, path, message) => {
    expect(fault(spoil)).toEqual([{ path, message: expect.stringMatching(message) }])
  })

  it('says so of something that is no record at all', () => {
    for (const json of [null, 5, 'x', []]) {
      expect(shapeFaults(procedureRecord.safeParse(json).error!.issues, json)).toEqual([
        { path: '', message: expect.stringMatching(/^phải là một nhóm mục, đang là /) },
      ])
    }
  })
})
