// A village named in words: whole words, whatever the accents and signs between them.

import { expect, it } from 'vitest'
import { saysVillage } from './split.ts'

it.each([
  ['số 5, thôn 12, xã Tân Lập', 'Thôn 12', true], ['thôn 12', 'Thôn 1', false], ['thon 1', 'Thôn 1', true], ['Tổ dân phố số 3', 'tổ dân phố số 3', true], ['', 'Thôn 1', false],
])('“%s” says “%s”: %s', (words, village, expected) => expect(saysVillage(words, village)).toBe(expected))
