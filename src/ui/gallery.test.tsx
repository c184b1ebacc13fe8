// Looks at the gallery in a real browser: accessible in light and dark, on a phone and on a desk, and never wider than the screen.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser } from 'playwright-core'
import { CHROMIUM, hasChromium, openBrowser } from '#test/support/browser.ts'
import { renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Button, ErrorSummary, FieldView, Form, Page, renderPage, Table } from './index.ts'
import { readBody } from '#core/form/index.ts'
import { QUESTION_TYPES, type Question } from '#core/form/types.ts'
import { SAMPLES } from './gallery/fields.tsx'
import { GalleryPage } from './gallery.tsx'
import { readFonts, readStyles } from './styles.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

describe.skipIf(!hasChromium)(`gallery in a browser${hasChromium ? '' : ` (skipped: no ${CHROMIUM})`}`, () => {
  let directory = ''
  let axe = ''
  let browser: Browser

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tinhso-ui-'))
    await mkdir(join(directory, 'fonts'))
    await Promise.all(readFonts().map(({ name, body }) => writeFile(join(directory, 'fonts', name), body)))
    await writeFile(join(directory, 'ui.css'), readStyles().replaceAll('/assets/fonts/', 'fonts/'))
    for (const body of ['citizen', 'desk'] as const) {
      await writeFile(join(directory, `${body}.html`), renderPage(<GalleryPage body={body} assets={{ css: 'ui.css', js: null }} />))
    }
    axe = await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
    browser = await openBrowser()
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    await rm(directory, { recursive: true, force: true })
  })

  const open = async (body: string, width: number, colorScheme: 'light' | 'dark' = 'light') => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' })
    await page.goto(`file://${directory}/${body}.html`)
    return page
  }

  for (const body of ['citizen', 'desk']) {
    // pairs of size and colour: citizens' in one order, officers' in the other, so that each is met
    for (const width of [390, 1440]) {
      for (const scheme of [(width === 390) === (body === 'citizen') ? 'light' : 'dark'] as const) {
        it(`${body} at ${width} px, ${scheme}: no serious fault of WCAG 2.2 AA`, { timeout: 60_000 }, async () => {
          const page = await open(body, width, scheme)
          await page.evaluate(axe)
          const results = (await page.evaluate(
            (tags) => (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run({ runOnly: tags }),
            TAGS,
          )) as AxeResults
          expect(results.passes.length).toBeGreaterThan(15)
          const grave = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
          expect(
            grave.map(
              ({ id, nodes }) =>
                `${id}: ${nodes
                  .slice(0, 4)
                  .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`)
                  .join(' | ')}`,
            ),
          ).toEqual([])
          await page.close()
        })
      }
    }

    it(`${body}: nothing sticks out at 320 px, nor at 200 % zoom`, async () => {
      for (const width of [320, 640]) {
        const page = await open(body, width)
        const wider = await page.evaluate(() => ({
          page: document.documentElement.scrollWidth,
          screen: document.documentElement.clientWidth,
        }))
        expect(wider.page).toBeLessThanOrEqual(wider.screen)
        await page.close()
      }
    })

    it(`${body}: every control is large enough to hit`, async () => {
      const page = await open(body, 390)
      const least = body === 'citizen' ? 44 : 24
      const small = await page.evaluate((least) => {
        const out: string[] = []
        for (const control of document.querySelectorAll<HTMLElement>(
          'button, .btn, select, input:not([type=hidden], [type=checkbox], [type=radio]), .nav a, .choice',
        )) {
          const box = control.getBoundingClientRect()
          if (box.height > 0 && box.height < least && !control.closest('.code, .files'))
            out.push(`${control.outerHTML.slice(0, 80)} ${box.height}`)
        }
        return out
      }, least)
      expect(small).toEqual([])
      await page.close()
    })

    it(`${body}: all figures are equally wide, and the fonts are there`, async () => {
      const page = await open(body, 1440)
      const found = await page.evaluate(async () => {
        await document.fonts.ready
        const width = (text: string) => {
          const span = Object.assign(document.createElement('span'), { textContent: text })
          document.querySelector('main')?.append(span)
          const { width } = span.getBoundingClientRect()
          span.remove()
          return width
        }
        return {
          ones: width('1111111111'),
          eights: width('8888888888'),
          loaded: [...document.fonts].filter(({ status, family }) => status === 'loaded' && family !== 'Stand-in').length,
        }
      })
      expect(found.ones).toBeCloseTo(found.eights, 1)
      expect(found.loaded).toBe(6)
      await page.close()
    })
  }
})

describe.skipIf(!hasChromium)('fields', () => {
  it('shows every type of question', () => {
    expect(new Set(SAMPLES.map(({ type }) => type))).toEqual(new Set(QUESTION_TYPES))
  })

  it('what a browser posts from the filled-in fields is read back as the same answers', async () => {
    const browser = await openBrowser()
    const page = await browser.newPage()
    await page.setContent(renderPage(<GalleryPage body="citizen" assets={{ css: '', js: null }} />))
    const posted = await page.evaluate(() => {
      const form = document.querySelector<HTMLFormElement>('form[aria-label="Ô nhập: full"]')
      const body: Record<string, string[]> = {}
      for (const [name, value] of form ? new FormData(form) : []) if (typeof value === 'string') (body[name] ??= []).push(value)
      return body
    })
    await browser.close()
    const questions: Question[] = SAMPLES.map(({ answer, fault, at, ...question }) => ({ ...question, key: `full_${question.key}` }))
    const body = Object.fromEntries(Object.entries(posted).map(([name, values]) => [name, values.length > 1 ? values : values[0]]))
    const expected = SAMPLES.filter(({ type }) => !['file', 'computed', 'statement'].includes(type)).map(({ key, answer }) => [
      `full_${key}`,
      answer,
    ])
    expect(readBody(questions, body)).toEqual(Object.fromEntries(expected))
  })
})

describe('what the kit writes', () => {
  const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&lt;`
  const tags = (html: string) => [...html.matchAll(/<(script|img)\b/g)].length

  it('escapes hostile text in labels, values, errors, options and links', () => {
    const html = renderToString(
      <Form action={HOSTILE}>
        <ErrorSummary errors={[{ key: 'a', message: HOSTILE }]} />
        <FieldView
          question={{ key: 'a', type: 'text', label: HOSTILE, help: HOSTILE, official: HOSTILE, example: HOSTILE }}
          value={HOSTILE}
          errors={[{ key: 'a', message: HOSTILE }]}
        />
        <FieldView question={{ key: 'b', type: 'longtext', label: HOSTILE }} value={HOSTILE} />
        <FieldView question={{ key: 'c', type: 'select', label: HOSTILE, options: [{ value: HOSTILE, label: HOSTILE }] }} value={HOSTILE} />
        <Table
          caption={HOSTILE}
          columns={[{ key: 'x', label: HOSTILE, cell: () => HOSTILE }]}
          rows={[1]}
          rowHref={() => HOSTILE}
          empty=""
        />
        <Button name={HOSTILE} value={HOSTILE}>
          {HOSTILE}
        </Button>
      </Form>,
    )
    expect(tags(html)).toBe(0)
    expect(html).not.toContain(`="${HOSTILE}`)
    expect(html).toContain('&lt;script')
  })

  it('a page carries its language, its title and one token for every form that posts', () => {
    const html = renderPage(
      <Page title="Nộp hồ sơ <b>" body="citizen" csrf="t-1">
        <Form action="/a">x</Form>
        <Form action="/b" method="get">
          y
        </Form>
      </Page>,
    )
    expect(html).toMatch(/^<!doctype html><html lang="vi">/)
    expect(html).toContain('<title>Nộp hồ sơ &lt;b> – Tỉnh Số</title>')
    expect(html.match(/name="_csrf" value="t-1"/g)).toHaveLength(1)
    expect(html).not.toContain('style=')
  })
})
