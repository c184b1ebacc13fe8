// Every sentence of a citizen's page has its English one, with the same things in it that change.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { translatorOf } from '#web/language/catalogue.ts'
import { translatePage } from '#web/language/translate.ts'
import { allMessages, CATALOGUE, messagesOf } from '../../bin/words.ts'

const english = JSON.parse(readFileSync(CATALOGUE, 'utf8')) as Record<string, string>
const holes = (text: string): number => text.match(/\{\d*\}/g)?.length ?? 0

describe('the English catalogue', () => {
  const all = allMessages()

  test('knows every sentence (npm run words lists what is missing)', () => {
    expect([...all.keys()].filter((message) => !(message in english))).toEqual([])
  })

  test('keeps nothing that nobody says any more', () => {
    expect(Object.keys(english).filter((message) => !all.has(message))).toEqual([])
  })

  test('has something to say, with every hole of the original filled', () => {
    const wrong = Object.entries(english).filter(([message, answer]) => answer.trim() === '' || holes(message) !== holes(answer))
    expect(wrong).toEqual([])
  })
})

describe('finding sentences in the code', () => {
  test.each([
    ["const a = 'Nộp hồ sơ'", ['Nộp hồ sơ']],
    ['const a = `Còn ${n} ngày`', ['Còn {} ngày']],
    ["const a = 'plain-key'", []],
    ['const a = <p>Chào {name}, <b>mời vào</b> nhà.</p>', ['Chào {},', 'mời vào', 'nhà.']],
    ['const a = <p>\n  Hai dòng\n  một câu.\n</p>', ['Hai dòng một câu.']],
    ['const a = <p>{one} {two}</p>', []],
    ['const a = <p>Xem</p>', ['Xem']],
  ])('%s', (code, found) => expect(messagesOf(code, true).sort()).toEqual([...found].sort()))
})

describe('translating a page', () => {
  const translate = translatorOf({ 'Nộp hồ sơ': 'Submit', 'Còn {} ngày': '{} days left', 'Từ {} đến {}': 'To {2} from {1}', 'hôm nay': 'today', 'Tìm': 'Search' })

  test.each([
    ['<p>Nộp hồ sơ</p>', '<p>Submit</p>'],
    ['<p>\n  Nộp\n hồ sơ </p>', '<p>\n  Submit </p>'],
    ['<p>Còn 3 ngày</p>', '<p>3 days left</p>'],
    ['<p>Từ hôm nay đến 5/12</p>', '<p>To 5/12 from today</p>'],
    ['<input placeholder="Tìm" value="Tìm">', '<input placeholder="Search" value="Tìm">'],
    ['<input type="submit" value="Tìm">', '<input type="submit" value="Search">'],
    ['<p lang="vi">Nộp hồ sơ</p><p>Tìm</p>', '<p lang="vi">Nộp hồ sơ</p><p>Search</p>'],
    ['<textarea>Tìm</textarea><b>Tìm</b>', '<textarea>Tìm</textarea><b>Search</b>'],
    ['<script>"Tìm"</script>', '<script>"Tìm"</script>'],
    ['<p>Đăng ký khai sinh</p>', '<p><span lang="vi">Đăng ký khai sinh</span></p>'],
    ['<option>Đăng ký</option>', '<option>Đăng ký</option>'],
    ['<p>5 &lt; 6 &amp; hôm nay</p>', '<p><span lang="vi">5 &lt; 6 &amp; hôm nay</span></p>'],
  ])('%s', (html, answer) => expect(translatePage(html, translate)).toBe(answer))

  test('what somebody wrote stays as text, whatever it looks like', () => {
    expect(translatePage('<p>Còn &lt;script&gt; ngày</p>', translate)).toBe('<p>&lt;script> days left</p>')
  })
})
