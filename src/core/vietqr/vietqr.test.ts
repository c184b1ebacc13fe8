// VietQR against the two vectors of the domain reference, every field read back, and the drawn code read by a QR reader.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { buildVietQr, crc16, qrSvg, readVietQr } from './index.ts'

const DYNAMIC = '00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN62140810H56.01 PHI6304CA74'
const STATIC = '00020101021138560010A0000007270126000697041501121133666688880208QRIBFTTA53037045802VN6304F443'

/** The picture that the SVG draws, 4 pixels a module, as a scanner's camera would give it. */
function pixels(svg: string): { data: Uint8ClampedArray; width: number; height: number } {
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)![1])
  const scale = 4
  const side = size * scale
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(width)) * scale; column++) data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3)
    }
  }
  return { data, width: side, height: side }
}

describe('building', () => {
  test('the two vectors', () => {
    expect(buildVietQr({ bin: '970415', account: '113366668888', amountVnd: 79_000, purpose: 'H56.01 PHI' })).toBe(DYNAMIC)
    expect(buildVietQr({ bin: '970415', account: '113366668888' })).toBe(STATIC)
    expect(crc16('123456789')).toBe('29B1')
  })

  test.each([
    [{ bin: '97041', account: '1' }, /BIN/],
    [{ bin: '970415', account: '' }, /tài khoản/],
    [{ bin: '970415', account: '1', amountVnd: 0 }, /lớn hơn 0/],
    [{ bin: '970415', account: '1', amountVnd: 1.5 }, /nguyên/],
    [{ bin: '970415', account: '1', amountVnd: -1 }, /lớn hơn 0/],
    [{ bin: '970415', account: '1', purpose: 'Lệ phí' }, /không dấu/],
    [{ bin: '970415', account: '1', purpose: 'X'.repeat(26) }, /25/],
  ])('%j is refused', (given, message) => expect(() => buildVietQr(given)).toThrow(message))
})

describe('reading', () => {
  test('what was built comes back, whatever it was', () => {
    const given = fc.record({
      bin: fc.stringMatching(/^\d{6}$/), account: fc.stringMatching(/^[A-Za-z0-9]{1,19}$/), amountVnd: fc.option(fc.integer({ min: 1, max: 9_999_999_999 })),
      purpose: fc.option(fc.stringMatching(/^[A-Za-z0-9 .-]{1,25}$/)),
    })
    fc.assert(fc.property(given, (one) => void expect(readVietQr(buildVietQr(one))).toEqual(one)))
  })

  test('one sign changed is noticed', () => {
    fc.assert(
      fc.property(fc.nat(DYNAMIC.length - 1), fc.constantFrom(...'0123456789ABCXYZ'), (at, sign) => {
        if (DYNAMIC[at] === sign) return
        expect(readVietQr(DYNAMIC.slice(0, at) + sign + DYNAMIC.slice(at + 1))).toHaveProperty('fault')
      }),
    )
  })

  test.each([['', /không phải/], ['https://example.vn', /không phải/], [`${STATIC.slice(0, -4)}0000`, /không khớp/]])('%j: a sentence', (text, message) =>
    expect(readVietQr(text)).toMatchObject({ fault: expect.stringMatching(message) }))
})

test('a QR reader reads the drawn code', async () => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } })
  const [read] = await readBarcodes(pixels(qrSvg(DYNAMIC, 'Mã VietQR')) as unknown as ImageData, { formats: ['QRCode'] })
  expect(read?.text).toBe(DYNAMIC)
})
