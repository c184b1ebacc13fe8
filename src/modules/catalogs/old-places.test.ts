// Old communes in the words of people, against the real list: found, led over, asked about; never led where nobody said.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldType, oldName, settleOld } from '#core/fields/index.ts'
import type { Question } from '#core/form/types.ts'
import { loadCatalogs } from '#main/pack.ts'

const catalogs = loadCatalogs()
const places = catalogs.oldPlaces!
const question: Question = { key: 'q', type: 'address', label: 'Nơi ở' }
const { read, check, show } = fieldType('address')
const settled = (raw: unknown) => settleOld(read(raw, question) as never, places)

describe('found in what people write', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['xã Quảng Tâm, huyện Quảng Xương', ['16525']],
    ['Quảng Tâm', ['16525']],
    ['quang tam, thanh pho thanh hoa', ['16525']],
    ['Phường Ba Đình, TP Thanh Hóa, tỉnh Thanh Hóa', ['14776']],
    ['phường Ba Đình', ['14776', '14812']],
    ['P. Ba Đình, TX Bỉm Sơn', ['14812']],
    ['thị trấn Quán Lào, huyện Yên Định', ['15469']],
    ['Thôn 3 xã Quảng Tâm thành phố Thanh Hóa', ['16525']],
    ['không có nơi nào như thế', []],
    ['', []],
    ['👨‍👩‍👧 ‮؟', []],
  ]
  test.each(cases)('%s', (text, codes) => expect(places.find(text).map(({ code }) => code)).toEqual(codes))

  test('every old commune is found by its full name', () => {
    const all = Array.from({ length: 32_500 }, (_, at) => places.get(String(at).padStart(5, '0'))).filter((one) => one !== null)
    expect(all.length).toBeGreaterThan(10_000)
    const lost = all.filter((_, at) => at % 7 === 0).filter((one) => !places.find(oldName(one)).includes(one))
    expect(lost.map(oldName)).toEqual([])
  })

  test('nothing that is typed breaks it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => void places.find(text)), { numRuns: 200 })
  })
})

describe('led over', () => {
  test('one successor is filled in, and both are kept', () => {
    const value = settled({ detail: 'Số 5', old: 'xã Quảng Tâm, huyện Quảng Xương', old_on: '1/2/2019' })
    expect(value).toMatchObject({ province: '38', commune: '16522', detail: 'Số 5', old: { code: '16525', asOf: '2019-02-01' } })
    expect(check(question, value, { catalogs })).toEqual([])
    expect(show(question, value, catalogs)).toBe('Số 5, Phường Quảng Phú, Tỉnh Thanh Hoá (giấy tờ cũ ghi: xã Quảng Tâm, huyện Quảng Xương, ngày 01/02/2019)')
    expect(read(value, question)).toEqual(value)
  })

  test('several successors are asked about; the choice brings its province along', () => {
    const value = settled({ old: 'Phường Cửa Nam, quận Hoàn Kiếm, Hà Nội' })
    expect(value).toMatchObject({ commune: null, old: { code: '00073' } })
    expect(check(question, value, { catalogs })[0]).toMatchObject({ path: 'commune', message: expect.stringMatching(/chia về Phường Ba Đình hoặc .*; chọn nơi mình đang ở/) })
    const chosen = settled({ province: '38', old: 'Phường Cửa Nam, quận Hoàn Kiếm, Hà Nội', old_pick: '00073>00070' })
    expect(chosen).toMatchObject({ province: '01', commune: '00070', old: { code: '00073' } })
    expect(check(question, chosen, { catalogs })).toEqual([])
  })

  test('what a person has chosen stays, whatever the old name leads to', () =>
    expect(settled({ province: '38', commune: '14797', old: 'xã Quảng Tâm' })).toMatchObject({ commune: '14797', old: { text: 'xã Quảng Tâm' } }))

  test('an old name taken away again takes its code along, and leaves the commune it had brought', () =>
    expect(read({ province: '38', commune: '16522', old: '', old_code: '16525' }, question)).toEqual({ province: '38', commune: '16522', detail: null }))

  test('another old name written over the first leads on to where that one lies', () => {
    const first = settled({ old: 'phường Ba Đình', old_pick: '14812>14812' })
    expect(settled({ ...first, old: 'xã Quảng Tâm', old_code: '14812' })).toMatchObject({ commune: '16522', old: { code: '16525', text: 'xã Quảng Tâm' } })
    expect(settled(first)).toEqual(first)
  })

  test.each([
    ['01/07/2025', /Từ 01\/07\/2025/],
    ['30/2/2020', /không có ngày 30/],
  ])('a day %s of the old paper is refused', (day, said) =>
    expect(check(question, settled({ old: 'xã Quảng Tâm', old_on: day }), { catalogs }).find(({ path }) => path === 'old_on')?.message).toMatch(said))

  test('a name nobody knows is said, and the person chooses by hand', () =>
    expect(check(question, settled({ old: 'xã Không Có' }), { catalogs })[0]?.message).toMatch(/Không tìm thấy tên xã cũ/))
})
