// A hundred everyday phrasings against the nation's list: the right procedure comes first for at least ninety. Reads ../shared; skipped where that folder is absent.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { procedureTexts } from '../../src/main/pack.ts'
import { PACK_SAYINGS } from '../../src/modules/catalogue/book.ts'
import { type Entry, indexOf, rank } from '../../src/modules/catalogue/ranking.ts'
import { entryRow } from '../../src/modules/catalogue/schema.ts'
import { plainOf, syllables } from '../../src/modules/catalogue/words.ts'
import type { ProcedureRecord } from '../../src/modules/procedures/record.ts'
import { PHRASINGS } from './phrasings.ts'
import { UNSEEN } from './phrasings-unseen.ts'

const list = join(import.meta.dirname, '../../../shared/data/tthc-codes.json')
const here = existsSync(list)
if (!here) console.warn('Bỏ qua: không có ../shared/data/tthc-codes.json (danh mục 2.642 thủ tục chỉ dùng để thử, không đi cùng dự án).')

function entries(): Entry[] {
  const named = (JSON.parse(readFileSync(list, 'utf8')) as unknown[]).map((row) => entryRow.parse(row))
  const all = new Map<string, Entry>(named.map((row) => [row.code, { code: row.code, name: row.name, levels: row.level, targets: row.applicants, filed: false, keywords: [] }]))
  for (const { text } of procedureTexts()) {
    const record = JSON.parse(text) as ProcedureRecord
    all.set(record.code, { code: record.code, name: record.name, levels: record.levels, targets: record.targets, filed: true, keywords: record.keywords ?? [] })
  }
  return [...all.values()]
}

test('the hundred are what they claim: half without accents, a fifth with a slip', () => {
  expect(PHRASINGS).toHaveLength(100)
  expect(new Set(PHRASINGS.map((one) => one.say)).size).toBe(100)
  expect(PHRASINGS.filter((one) => plainOf(one.say).length === one.say.length && /^[\x20-\x7e]+$/.test(one.say)).length).toBeGreaterThanOrEqual(50)
  expect(PHRASINGS.filter((one) => one.typo).length).toBeGreaterThanOrEqual(20)
})

test.runIf(here)('and take no wording from the titles: no run of three syllables in common', () => {
  const titles = new Map(entries().map((entry) => [entry.code, ` ${syllables(entry.name).map((one) => one.plain).join(' ')} `]))
  const shared = PHRASINGS.flatMap(({ say, right }) => {
    const said = syllables(say).map((one) => one.plain)
    return right.flatMap((code) => said.slice(0, -2).flatMap((_, at) => (titles.get(code)?.includes(` ${said.slice(at, at + 3).join(' ')} `) ? [`${say}: ${said.slice(at, at + 3).join(' ')}`] : [])))
  })
  expect(shared).toEqual([])
})

test.runIf(here)('the right one first for at least ninety of the hundred, in a few milliseconds each', () => {
  const index = indexOf(entries(), PACK_SAYINGS)
  expect(index.docs.length).toBeGreaterThanOrEqual(2642)
  const wrong = PHRASINGS.filter(({ say, right }) => !right.includes(rank(index, say, 1)[0]?.entry.code ?? ''))
  console.log(`đúng ngay dòng đầu: ${100 - wrong.length}/100; sai: ${wrong.map((one) => one.say).join(' · ')}`)
  expect(wrong.length).toBeLessThanOrEqual(10)
})

test.runIf(here)('phrasings written by somebody who had not seen the book: how many come first, and among the first five', () => {
  const index = indexOf(entries(), PACK_SAYINGS)
  const places = UNSEEN.map(({ say, right }) => rank(index, say, 5).findIndex((hit) => right.includes(hit.entry.code)))
  const first = places.filter((place) => place === 0).length
  const five = places.filter((place) => place >= 0).length
  console.log(`chưa từng thấy: dòng đầu ${first}/${UNSEEN.length}, năm dòng đầu ${five}/${UNSEEN.length}`)
  expect(first / UNSEEN.length).toBeGreaterThanOrEqual(0.5)
})
