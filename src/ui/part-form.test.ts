// A form read as the JSON it stands for.

import { expect, test } from 'vitest'
import { readPartForm } from './part-form.ts'

const read = (pairs: Record<string, string> | [string, string][]) => readPartForm(Array.isArray(pairs) ? pairs : Object.entries(pairs))

test('names are places, suffixes say how the text is read', () => {
  expect(read([['name', ' Tên '], ['term.value:n', '1,5'], ['term.unit', 'ngay'], ['levels:a', ''], ['levels[]', 'xa'], ['levels[]', 'tinh'], ['keywords:l', 'một\r\n\r\nhai '], ['field:j', '{"code":"A"}'], ['field.name', 'B'], ['on:d', '4/9/2026'], ['_base', '3'], ['x:b', 'false'], ['fee:n', '1.250.000']]))
    .toEqual({ name: 'Tên', term: { value: 1.5, unit: 'ngay' }, levels: ['xa', 'tinh'], keywords: ['một', 'hai'], field: { code: 'A', name: 'B' }, on: '2026-09-04', x: false, fee: 1_250_000 })
})

test('rows keep their order, empty ones go, an emptied list stays a list', () => {
  expect(read({ 'rows:a': '', 'rows[5].no': 'b', 'rows[0].no': 'a', 'rows[2].no': '', 'rows[7].code': 'moi_x1y2z', 'rows[8].code': 'moi_aaaaa', 'rows[8].text': 't', 'gone:a': '', 'opt[0].text': '' }))
    .toEqual({ rows: [{ no: 'a' }, { no: 'b' }, { code: 'moi_aaaaa', text: 't' }], gone: [] })
})

test('what is no number or no date stays to be seen, and nothing reaches into prototypes', () => {
  expect(read({ 'a:n': 'ba ngày', 'b:d': 'mai', '__proto__.x': '1', 'constructor.y': '1', 'c[99999].d': 'x' })).toEqual({ a: 'ba ngày', b: 'mai', c: [] })
  expect(({} as { x?: unknown }).x).toBeUndefined()
})
