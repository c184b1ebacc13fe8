// The book of messages: what it may not hold is found when it is read, and every fact that is told has its words.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { holdsLink, smsSize } from '#core/notices/sms.ts'
import { loadBook, previews, render } from './templates.ts'

interface Raw {
  key: string
  example: Record<string, string>
  texts: Record<'sms' | 'inapp' | 'email', { title: string; body: string }>
}
interface Book {
  templates: Raw[]
}

const pack = () => JSON.parse(readFileSync(join(import.meta.dirname, '../../../packs/vn/messages.json'), 'utf8')) as Book
const spoilt = (change: (template: Raw) => unknown) => {
  const book = pack()
  change(book.templates.find((one) => one.key === 'dossiers.finished')!)
  return () => loadBook(book)
}

describe('the pack', () => {
  const book = loadBook(pack())
  test.each(book.templates.map((one) => [one.key, one] as const))('%s: short messages hold no link, no name, end in a check code and cost at most four parts', (_key, template) => {
    for (const { channel, body } of previews(template)) {
      expect(body).not.toMatch(/[{}]|undefined/)
      if (channel !== 'sms') continue
      expect(holdsLink(body)).toBe(false)
      expect(body).toMatch(/Mã kiểm tra: [A-Z0-9]{6}\.$/)
      expect(smsSize(body).parts).toBeLessThanOrEqual(4)
    }
  })
})

describe('a fault is found when the book is read', () => {
  test.each([
    ['an unknown placeholder', (t: Raw) => Object.assign(t.texts.sms, { body: 'Hồ sơ {ma} xong.' }), /chỗ trống \{ma\}/],
    ['a person in a short message', (t: Raw) => { Object.assign(t.example, { fullname: 'Lê Thị A' }); Object.assign(t.texts.sms, { body: 'Chào {fullname}.' }) }, /không được có trong tin nhắn SMS/],
    ['a link in a short message', (t: Raw) => Object.assign(t.texts.sms, { body: 'Xem tại dichvucong.gov.vn.' }), /đường dẫn/],
    ['a short message too long', (t: Raw) => Object.assign(t.texts.sms, { body: 'Hồ sơ '.repeat(60) }), /dài \d+ phần/],
    ['a brace left open', (t: Raw) => Object.assign(t.texts.inapp, { body: 'Hồ sơ {code xong.' }), /ngoặc nhọn/],
    ['a legal message without a copy in the portal', (t: Raw) => { delete (t.texts as Partial<Raw['texts']>).inapp }, /bản trên cổng/],
    ['a legal message without its basis', (t: Raw) => Object.assign(t, { basis: null }), /căn cứ/],
    ['a template that is not there', (t: Raw) => Object.assign(t, { supersedes: ['dossiers.nothing'] }), /dossiers\.nothing/],
    ['an unknown key', (t: Raw) => Object.assign(t, { colour: 'red' }), /không đúng dạng/],
  ] as const)('%s', (_what, change, said) => {
    expect(spoilt(change)).toThrow(said)
  })

  test('the same key twice from one day', () => {
    const book = pack()
    book.templates.push(structuredClone(book.templates[0]!))
    expect(() => loadBook(book)).toThrow('có hai lần')
  })
})

test('a missing value is a fault, not a hole; a value cannot smuggle in a link', () => {
  const { templates } = loadBook(pack())
  const finished = templates.find((one) => one.key === 'dossiers.accepted')!
  expect(() => render(finished, 'sms', { code: 'H56-1' }, 'ABC234')).toThrow('thiếu due')
  expect(holdsLink(render(finished, 'sms', { code: 'H56-1', due: 'xem http://lua-dao.top/x và vneid.top' }, 'ABC234').body)).toBe(false)
})
