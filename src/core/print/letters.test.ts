// Envelopes, window sheets and labels on their own sizes; QR and bar codes read back from the printed page by a foreign reader.
import { describe, expect, test } from 'vitest'
import { type EnvelopeData, type TemplateData, type TemplateName, renderPdf } from './index.ts'
import { hasPoppler, infoOf, pagesOf, pictureOf, textOf, wordsOf } from './inspect.ts'
import { nasty } from './nasty.ts'
import { samples } from './samples.ts'
import { codesIn } from './scan.ts'

const MM = 72 / 25.4
const CODE = 'H56.12-261121-0001'
const TRACK = `https://dichvucong.thanhhoa.example/tra-cuu/${CODE}`
const LONG_CODE = 'H56.14797-20261122-0000123'

const codesOn = async (name: TemplateName, data: unknown, page = 1): Promise<string[]> =>
  codesIn(pictureOf(await renderPdf(name, data as TemplateData<TemplateName>), page))

describe.skipIf(!hasPoppler)('codes read back', () => {
  test.each([
    ['receipt', samples.receipt, [`Code128 ${CODE}`, `QRCode ${TRACK}`]],
    ['receipt', { ...samples.receipt, formSet: 'tt-01-2018' }, [`Code128 ${CODE}`, `QRCode ${TRACK}`]],
    ['receipt', { ...samples.receipt, dossier: { ...samples.receipt.dossier, code: LONG_CODE } }, [`Code128 ${LONG_CODE}`, `QRCode ${TRACK}`]],
    ['control-slip', samples['control-slip'], [`Code128 ${CODE}`, `QRCode ${TRACK}`]],
    ['control-slip', { ...samples['control-slip'], formSet: 'tt-01-2018' }, [`Code128 ${CODE}`, `QRCode ${TRACK}`]],
    ['refusal', samples.refusal, [`QRCode ${TRACK}`]],
    ['envelope', samples.envelope, [`Code128 ${CODE}`]],
    ['envelope', { ...samples.envelope, size: 'c5' }, [`Code128 ${CODE}`]],
    ['envelope', { ...samples.envelope, size: 'a4' }, [`Code128 ${CODE}`]],
    ['label-sheet', samples['label-sheet'], ['Code128 H56.12-261121-0001', 'Code128 H56.12-261121-0002']],
  ] as const)('%s', async (name, data, expected) => {
    expect(await codesOn(name, data)).toEqual(expected)
  })

  test('a full sheet of labels: fourteen codes, the rest on the next', async () => {
    const code = (i: number) => `Code128 H56.12-261121-${String(i).padStart(4, '0')}`
    expect(await codesOn('label-sheet', nasty['label-sheet'])).toEqual(Array.from({ length: 14 }, (_, i) => code(i)))
    expect(await codesOn('label-sheet', nasty['label-sheet'], 2)).toEqual([14, 15, 16].map(code))
  })
})

describe.skipIf(!hasPoppler)('sizes', () => {
  test.each([['dl', 220, 110], ['c5', 229, 162], ['a4', 210, 297]] as const)('%s is %s × %s mm, one page a letter, tagged, nothing outside', async (size, width, height) => {
    const data: EnvelopeData = { size, letters: nasty.envelope.letters }
    const pdf = await renderPdf('envelope', data)
    const [w, h] = /([\d.]+) x ([\d.]+)/.exec(infoOf(pdf)['Page size']!)!.slice(1).map(Number) as [number, number]
    expect([Math.round(w / MM), Math.round(h / MM)]).toEqual([width, height])
    expect(infoOf(pdf)).toMatchObject({ Tagged: 'yes', Pages: String(data.letters.length), Title: expect.stringContaining('H56.12-261121-0000') })
    expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/Lang ?\(vi\)/)
    for (const word of wordsOf(pdf)) expect([word.text, word.left >= 10 * MM && word.right <= w && word.top > 0 && word.bottom <= h]).toEqual([word.text, true])
  })

  test('each page carries the recipient of its own code', async () => {
    const pages = pagesOf(await renderPdf('envelope', { size: 'dl', letters: samples['label-sheet'].letters }))
    expect(pages.map((page) => [page.includes('Nguyễn Thị Hường') && page.includes('-0001'), page.includes('Trần Quốc Bảo') && page.includes('-0002')])).toEqual([
      [true, false], [false, true],
    ])
  })

  test('in the window of a DIN 5008 envelope stands the address and nothing else', async () => {
    const inside = wordsOf(await renderPdf('envelope', { ...samples.envelope, size: 'a4' }))
      .filter((w) => w.right > 20 * MM && w.left < 105 * MM && w.bottom > 45 * MM && w.top < 90 * MM)
      .map((w) => w.text)
      .join(' ')
    expect(inside).toBe('Kính gửi: Nguyễn Thị Hường Số 12, ngõ 45 phố Đội Cung, phường Hạc Thành, tỉnh Thanh Hóa Điện thoại: 0912 345 678')
  })

  test('labels already used are left empty', async () => {
    const first = async (skip: number) => wordsOf(await renderPdf('label-sheet', { skip, letters: samples['label-sheet'].letters })).find((w) => w.text === 'Nguyễn')!
    const [a, b] = [await first(0), await first(3)]
    expect([Math.round((b.left - a.left) / MM), Math.round((b.top - a.top) / MM)]).toEqual([102, 38])
    expect(textOf(await renderPdf('label-sheet', samples['label-sheet']))).toContain('H56.12-261121-0002')
  })
})
