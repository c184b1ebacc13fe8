// The doorway of all printed text.
import { expect, test } from 'vitest'
import { loadTinos } from './font.ts'
import { printable, printableText } from './printable.ts'

const { has } = loadTinos()

test('Tinos has every Vietnamese letter', () => {
  const vowels = 'aăâeêioôơuưy'
  const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
  for (const vowel of vowels)
    for (const tone of tones)
      for (const letter of [vowel + tone, (vowel + tone).toUpperCase()]) {
        const composed = letter.normalize('NFC')
        expect([...composed]).toHaveLength(1)
        expect(has(composed.codePointAt(0)!), composed).toBe(true)
      }
  for (const sign of 'đĐ₫□…–—“”«»') expect(has(sign.codePointAt(0)!), sign).toBe(true)
})

test.each([
  ['decomposed', 'Huế'.normalize('NFD'), 'Huế'],
  ['controls', 'a\u0000b\u0007c\u0085', 'abc'],
  ['line ends', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ['tab', 'a\tb', 'a b'],
  ['reversal', 'a\u202eb\u2066c', 'abc'],
  ['half a surrogate', 'a\ud83d', 'a�'.replace('�', has(0xfffd) ? '�' : '□')],
  ['no glyph', '漢😀', '□□'],
])('%s', (_, given, printed) => expect(printableText(given, has)).toBe(printed))

test('reaches every text, leaves figures and null', () => {
  expect(printable({ a: ['x\u0000', { b: 'y\u0000' }], n: 1, z: null, t: true }, has)).toEqual({
    a: ['x', { b: 'y' }],
    n: 1,
    z: null,
    t: true,
  })
})
