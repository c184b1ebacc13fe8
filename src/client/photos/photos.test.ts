// Photographs judged, cut and joined in a real browser: pictures of papers are drawn there, good ones and the usual bad ones.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import fc from 'fast-check'
import type { Browser, Page } from 'playwright-core'
import { hasChromium, openBrowser } from '#test/support/browser.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pdfState } from '#modules/files/pdf.ts'
import { faultOf, type Grey, LIMITS, measure, sheetIn } from './judge.ts'
import { pdfOf } from './pdf.ts'


/** How a picture of a paper is spoilt. */
interface Shot {
  readonly blur?: number
  readonly blank?: boolean
  /** Brightness of everything, 1 as it is. */
  readonly light?: number
  /** Grain of the sensor. */
  readonly grain?: number
  /** The paper covers this part of the picture; the table shows around it. */
  readonly fill?: number
  /** A shadow over half of it. */
  readonly shadow?: boolean
  readonly lines?: number
}

describe.skipIf(!hasChromium)('in a browser', () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [join(import.meta.dirname, 'picture.ts')], bundle: true, write: false, format: 'iife', globalName: 'picture', footer: { js: 'window.picture = picture' },
    })
    browser = await openBrowser()
    page = await browser.newPage()
    await page.addScriptTag({ content: outputFiles[0]!.text })
    await page.evaluate(() => {
      const paper = (shot: Shot): HTMLCanvasElement => {
        const { blur = 0, blank = false, light = 1, grain = 0, fill = 1, shadow = false, lines = 38 } = shot
        const canvas = Object.assign(document.createElement('canvas'), { width: 1654, height: 2339 })
        const draw = canvas.getContext('2d')!
        draw.fillStyle = '#4a3a2c'
        draw.fillRect(0, 0, 1654, 2339)
        const [left, top] = [(1654 * (1 - fill)) / 2, (2339 * (1 - fill)) / 2]
        const [width, height] = [1654 * fill, 2339 * fill]
        draw.fillStyle = '#f3efe6'
        draw.fillRect(left, top, width, height)
        draw.fillStyle = '#26262a'
        draw.font = `${Math.round(29 * fill)}px serif`
        if (!blank) {
          for (let i = 0; i < lines; i++) {
            draw.fillText(`Điều ${i + 1}. Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập – Tự do – Hạnh phúc, số ${i * 37}`, left + width * 0.1, top + height * 0.08 + i * height * 0.022, width * 0.8)
          }
        }
        if (blur > 0) {
          const sharp = Object.assign(document.createElement('canvas'), { width: 1654, height: 2339 })
          sharp.getContext('2d')!.drawImage(canvas, 0, 0)
          draw.filter = `blur(${blur}px)`
          draw.drawImage(sharp, 0, 0)
          draw.filter = 'none'
        }
        if (shadow) {
          const dim = draw.createLinearGradient(0, 0, 1654, 0)
          dim.addColorStop(0, 'rgba(0,0,0,.45)')
          dim.addColorStop(1, 'rgba(0,0,0,0)')
          draw.fillStyle = dim
          draw.fillRect(0, 0, 1654, 2339)
        }
        if (light !== 1 || grain > 0) {
          const image = draw.getImageData(0, 0, 1654, 2339)
          let seed = 7
          for (let i = 0; i < image.data.length; i += 4) {
            seed = (seed * 1103515245 + 12345) & 0x7fffffff
            const noise = ((seed >> 8) / 0x7fffff - 0.5) * 2 * grain
            for (let c = 0; c < 3; c++) image.data[i + c] = image.data[i + c]! * light + noise
          }
          draw.putImageData(image, 0, 0)
        }
        return canvas
      }
      Object.assign(window, { paper })
    })
  })
  afterAll(() => browser?.close())

  const seen = (shot: Shot, type = 'image/jpeg') =>
    page.evaluate(
      async ([shot, type]) => {
        const { picture, paper } = window as unknown as { picture: typeof import('./picture.ts'); paper: (shot: unknown) => HTMLCanvasElement }
        const blob = await new Promise<Blob>((done) => paper(shot).toBlob((made) => done(made!), type, 0.9))
        const opened = (await picture.open(new File([blob], 'a.jpg')))!
        const { fault } = await picture.show(opened)
        return { fault, sheet: opened.sheet }
      },
      [shot, type] as const,
    )

  const judged: readonly [string, Shot, string | null][] = [
    ['sharp text', {}, null],
    ['sharp text on a table', { fill: 0.7 }, null],
    ['sharp text, the sensor grainy', { grain: 14 }, null],
    ['sharp text, half in shadow', { shadow: true }, null],
    ['sharp text in poor light', { light: 0.55 }, null],
    ['a few lines', { lines: 3 }, null],
    ['text a little soft', { blur: 1 }, null],
    ['text smeared', { blur: 6 }, 'blurred'],
    ['text smeared, on a table', { blur: 6, fill: 0.8 }, 'blurred'],
    ['text hardly to be made out', { blur: 4 }, 'blurred'],
    ['the empty back of a page', { blank: true }, 'blank'],
    ['the empty back, grainy and in shadow', { blank: true, grain: 8, shadow: true }, 'blank'],
    ['the empty back, on a table', { blank: true, fill: 0.75 }, 'blank'],
    ['in the dark', { light: 0.25 }, 'dark'],
    ['in the dark, grainy', { light: 0.25, grain: 10 }, 'dark'],
  ]
  test.each(judged)('%s', async (_name, shot, fault) => expect((await seen(shot)).fault).toBe(fault))

  test('the sheet is found on the table, and nothing is cut from a picture that is all sheet', async () => {
    const { sheet } = await seen({ fill: 0.7 })
    expect(sheet!.left).toBeCloseTo(0.16, 1)
    expect(sheet!.width).toBeCloseTo(0.68, 1)
    expect((await seen({})).sheet).toBeNull()
    expect((await seen({ blank: true })).sheet).toBeNull()
  })

  test('turned as its EXIF says, shrunk to 2,000 points, turned by hand; what is no picture is said to be none', async () => {
    const sizes = await page.evaluate(async () => {
      const { picture, paper } = window as unknown as { picture: typeof import('./picture.ts'); paper: (shot: unknown) => HTMLCanvasElement }
      const blob = await new Promise<Blob>((done) => paper({}).toBlob((made) => done(made!), 'image/jpeg', 0.9))
      const bytes = new Uint8Array(await blob.arrayBuffer())
      // Orientation 6: the camera was held upright, the picture lies on its side.
      const exif = [0xff, 0xe1, 0, 34, 69, 120, 105, 102, 0, 0, 77, 77, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
      const turned = new File([bytes.slice(0, 2), new Uint8Array(exif), bytes.slice(2)], 'xoay.jpg', { type: 'image/jpeg' })
      const opened = (await picture.open(turned))!
      const before = await picture.finished(opened)
      opened.turn = 1
      const after = await picture.finished(opened)
      return { before: [before.width, before.height], after: [after.width, after.height], bytes: after.bytes.length, none: await picture.open(new File(['x'], 'a.heic')) }
    })
    expect(sizes.before).toEqual([2000, 1414])
    expect(sizes.after).toEqual([1414, 2000])
    expect(sizes.bytes).toBeLessThanOrEqual(1_000_000)
    expect(sizes.none).toBeNull()
  })

  test('pages joined are a PDF that others read, and the server takes', async () => {
    const made = await page.evaluate(async () => {
      const { picture, paper } = window as unknown as { picture: typeof import('./picture.ts'); paper: (shot: unknown) => HTMLCanvasElement }
      const pages = []
      for (const shot of [{}, { blank: true }]) {
        const blob = await new Promise<Blob>((done) => paper(shot).toBlob((one) => done(one!), 'image/png'))
        pages.push(await picture.finished((await picture.open(new File([blob], 'a.png')))!))
      }
      return pages.map(({ bytes, width, height }) => ({ bytes: [...bytes], width, height }))
    })
    const pages = made.map((one) => ({ ...one, bytes: Uint8Array.from(one.bytes) }))
    const folder = mkdtempSync(join(tmpdir(), 'tinhso-photos-'))
    const path = join(folder, 'joined.pdf')
    writeFileSync(path, pdfOf(pages))
    expect(await pdfState(path, readFileSync(path).length)).toBe('good')
    if (existsSync('/usr/bin/pdfinfo')) {
      const info = execFileSync('pdfinfo', [path], { encoding: 'utf8' })
      expect(info).toMatch(/Pages:\s+2/)
      expect(info).toMatch(/A4/)
      expect(execFileSync('pdfimages', ['-list', path], { encoding: 'utf8' })).toMatch(/1\s+0 image\s+1414\s+2000\s+rgb\s+3\s+8\s+jpeg/)
    }
    rmSync(folder, { recursive: true })
  })
})

describe('measures', () => {
  const flat = (value: number, size = 200): Grey => ({ width: size, height: size, data: new Uint8ClampedArray(size * size).fill(value) })

  test('of nothing: white is blank, black is dark', () => {
    expect(faultOf(measure(flat(255)))).toBe('blank')
    expect(faultOf(measure(flat(0)))).toBe('dark')
    expect(LIMITS.light).toBeGreaterThan(0)
  })

  test('of pictures too small to judge, and of any noise, break nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.integer(), (width, height, seed) => {
        const data = Uint8ClampedArray.from({ length: width * height }, (_, i) => (i * 7919 + seed) & 255)
        const found = measure({ width, height, data })
        expect(Number.isFinite(found.sharp) && found.drawn >= 0 && found.drawn <= 1).toBe(true)
        const sheet = sheetIn({ width, height, data })
        expect(sheet === null || (sheet.width <= 1 && sheet.height <= 1)).toBe(true)
      }),
    )
  })

  test('a PDF of pictures says how many, at any number, and the same for the same', () => {
    const jpeg = { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]), width: 30, height: 20 }
    for (const count of [1, 2, 25]) {
      const text = Buffer.from(pdfOf(Array.from({ length: count }, () => jpeg))).toString('latin1')
      expect(text).toContain(`/Count ${count} `)
      const [, at] = /startxref\n(\d+)/.exec(text)!
      expect(text.slice(Number(at), Number(at) + 4)).toBe('xref')
      for (const [, offset] of text.matchAll(/^(\d{10}) 00000 n/gm)) expect(text.slice(Number(offset))).toMatch(/^\d+ 0 obj/)
      expect(text).toBe(Buffer.from(pdfOf(Array.from({ length: count }, () => jpeg))).toString('latin1'))
    }
  })
})
