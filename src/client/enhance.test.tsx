// The script in a real browser, against pages and answers handed to it by the test.

import { gzipSync } from 'node:zlib'
import type { ComponentChildren } from 'preact'
import type { Browser, BrowserContext, Page as Tab } from 'playwright-core'
import { CHROMIUM, hasChromium, openBrowser } from '#test/support/browser.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AutosaveStatus, Button, ErrorSummary, FieldView, FileInput, Form, Page, renderPage, SearchBox, Table } from '#ui/index.ts'
import { type Assets, loadAssets } from './assets.ts'

// A trustworthy origin: what is kept on the device is sealed, and browsers seal only there.
const SITE = 'http://localhost'
const KEY = Buffer.alloc(32, 7).toString('base64url')
// 204 leaves the browser on the page, as it is while an answer is still on its way.
const STAY = { status: 204 }

const assets: Assets = await loadAssets()

describe('assets', () => {
  const size = (pattern: RegExp, sent: (body: Buffer) => Buffer = (body) => body) =>
    assets.files.filter(({ url }) => pattern.test(url)).reduce((sum, { body }) => sum + sent(body).length, 0)

  it('stay small: with some 10 kB of page, a citizen has the first load within 100 kB', () => {
    expect(size(/enhance\.vi/)).toBeLessThanOrEqual(8 * 1024)
    expect(size(/enhance\.en/)).toBeLessThanOrEqual(8 * 1024)
    expect(size(/\/ui\..*\.css$/)).toBeLessThanOrEqual(30 * 1024)
    expect(size(/fonts/) + size(/\/ui\..*\.css$|enhance\.vi/, gzipSync)).toBeLessThanOrEqual(85_000)
  })

  it('pieces that pages fetch later stay small too', () => {
    const packed = (name: string) => size(new RegExp(`${name}\\.vi`), gzipSync)
    expect(packed('autosave')).toBeLessThanOrEqual(4_500)
    expect(packed('uploads')).toBeLessThanOrEqual(24_000)
    expect(packed('photos') + size(/photos\..*\.css$/, gzipSync)).toBeLessThanOrEqual(6_000)
  })

  it('every font the stylesheet names is offered', () => {
    const css = assets.files.find(({ url }) => url.endsWith('.css'))?.body.toString() ?? ''
    const named = [...css.matchAll(/url\(([^)]+)\)/g)].map((found) => found[1])
    expect(named.length).toBe(6)
    for (const url of named) expect(assets.files.map((file) => file.url)).toContain(url)
  })
})

describe.skipIf(!hasChromium)(`enhance${hasChromium ? '' : ` (skipped: no ${CHROMIUM})`}`, () => {
  let browser: Browser
  let context: BrowserContext
  let tab: Tab
  let html = ''
  /** What was posted, in order. */
  let posts: { url: string; body: string; headers: Record<string, string> }[] = []
  let answer: (path: string) => { status?: number; json?: unknown } | 'offline' = () => ({})

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  beforeEach(async () => {
    posts = []
    answer = () => ({})
    context = await browser.newContext()
    await context.route(`${SITE}/**`, async (route) => {
      const request = route.request()
      const { pathname, search } = new URL(request.url())
      const asset = assets.files.find(({ url }) => url === pathname)
      if (asset) return route.fulfill({ contentType: asset.type, body: asset.body })
      if (request.method() === 'POST')
        posts.push({ url: pathname, body: request.postDataBuffer()?.toString() ?? '', headers: request.headers() })
      else if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html })
      const said = answer(pathname + search)
      if (said === 'offline') return route.abort('internetdisconnected')
      if (said.json === undefined) return route.fulfill({ status: said.status ?? 200, contentType: 'text/html', body: '<h1>next</h1>' })
      return route.fulfill({ status: said.status ?? 200, contentType: 'application/json', body: JSON.stringify(said.json) })
    })
    tab = await context.newPage()
  })
  afterEach(() => context.close())

  async function show(content: ComponentChildren, shortcuts = true) {
    html = renderPage(
      <Page title="Thử" body="desk" csrf="t-1" assets={assets.page.vi} shortcuts={shortcuts}>
        <main>{content}</main>
      </Page>,
    )
    await tab.goto(`${SITE}/`)
    await tab.waitForSelector('html.js')
  }
  const text = (selector: string) => tab.locator(selector).textContent()
  const says = (start: string) =>
    tab.waitForFunction((text) => document.querySelector('[data-autosave-status]')?.textContent?.startsWith(text), start)
  const draft = (
    <Form action="/send" autosave="/draft/7">
      <div data-draft="/draft/" data-draft-key={KEY} />
      <input type="hidden" name="_was" value="{}" />
      <FieldView
        question={{
          key: 'kind',
          type: 'radio',
          label: 'Loại',
          options: [
            { value: 'a', label: 'Một' },
            { value: 'b', label: 'Hai' },
          ],
        }}
      />
      <FieldView question={{ key: 'why', type: 'text', label: 'Vì sao' }} visible={false} />
      <FieldView question={{ key: 'agree', type: 'checkbox', label: 'Đồng ý' }} />
      <FieldView question={{ key: 'total', type: 'computed', label: 'Tổng' }} />
      <AutosaveStatus />
      <Button look="primary">Nộp</Button>
    </Form>
  )

  it('saves while answering, shows what becomes visible and what was worked out', async () => {
    answer = () => ({ json: { savedAt: '10:32', visible: ['why'], hidden: ['agree'], computed: { total: '12.000 đ' } } })
    await show(draft)
    await tab.check('input[value=b]')
    await tab.waitForFunction(() => document.querySelector('[data-autosave-status]')?.textContent === 'Đã lưu lúc 10:32')
    expect(posts).toHaveLength(1)
    expect(posts[0]?.url).toBe('/draft/7')
    expect(posts[0]?.headers['x-requested-with']).toBe('autosave')
    expect(Object.fromEntries(new URLSearchParams(posts[0]?.body))).toMatchObject({ kind: 'b', _csrf: 't-1', agree__present: '1' })
    expect(await tab.locator('[data-question=why]').isVisible()).toBe(true)
    expect(await tab.locator('[data-question=agree]').isVisible()).toBe(false)
    expect(await text('[data-computed=total]')).toBe('12.000 đ')
  })

  it('keeps the answers on the device while the line is down, brings them back and saves them', async () => {
    answer = () => 'offline'
    await show(draft)
    await tab.check('input[value=b]')
    await tab.check('input[name=agree]')
    await says('Đã lưu trên máy này, chưa gửi được')
    const kept = await tab.evaluate(() => localStorage.getItem('draft:/draft/7'))
    expect(kept).not.toBeNull()
    expect(kept).not.toMatch(/t-1|agree|kind/)
    answer = () => ({ json: { savedAt: '2026-11-21T03:40:00Z' } })
    posts = []
    await tab.reload()
    await tab.waitForFunction(() => document.querySelector('[data-autosave-status]')?.textContent === 'Đã lưu lúc 10:40')
    expect(await tab.isChecked('input[value=b]')).toBe(true)
    expect(new URLSearchParams(posts[0]?.body).get('agree')).toBe('true')
    await tab.waitForFunction(() => localStorage.length === 0)
  })

  it('says that the session has ended and loses nothing of the page', async () => {
    answer = () => ({ status: 401, json: {} })
    await show(draft)
    await tab.check('input[value=a]')
    await tab.waitForFunction(() => document.querySelector('[data-autosave-status]')?.textContent?.includes('phiên đăng nhập đã hết'))
    expect(await tab.isChecked('input[value=a]')).toBe(true)
  })

  it('forgets what it kept when the person signs out', async () => {
    await show(
      <form class="sign-out" method="post" action="/sign-out">
        <button>Đăng xuất</button>
      </form>,
    )
    await tab.evaluate(() => {
      localStorage.setItem('draft:/draft/7', '[]')
      localStorage.setItem('tus::x', '{}')
      localStorage.setItem('other', '1')
    })
    await tab.click('button')
    await tab.waitForURL(`${SITE}/sign-out`)
    expect(await tab.evaluate(() => Object.keys(localStorage))).toEqual(['other'])
  })

  it('sends once however often the button is pressed, with the name of the button', async () => {
    answer = () => STAY
    await show(
      <Form action="/send">
        <Button name="act" value="go">
          Nộp
        </Button>
      </Form>,
    )
    await tab.evaluate(() => {
      const button = document.querySelector('button')
      for (let i = 0; i < 3; i++) button?.click()
    })
    await tab.waitForSelector('button[disabled][aria-busy=true]')
    expect(await text('button')).toBe('Đang gửi…')
    expect(posts.map(({ body }) => body)).toEqual(['_csrf=t-1&act=go'])
  })

  it('frees the button when the person comes back to the page', async () => {
    answer = () => STAY
    await show(
      <Form action="/send">
        <Button>Nộp</Button>
      </Form>,
    )
    await tab.evaluate(() => document.querySelector('button')?.click())
    await tab.waitForSelector('button[disabled]')
    await tab.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
    expect(await tab.isEnabled('button')).toBe(true)
    expect(await text('button')).toBe('Nộp')
  })

  it('asks before unsaved changes are left, and not after they were sent', async () => {
    await show(
      <Form action="/send" guard>
        <FieldView question={{ key: 'a', type: 'text', label: 'A' }} />
        <Button>Nộp</Button>
      </Form>,
    )
    let asked = 0
    tab.on('dialog', (dialog) => {
      asked++
      void dialog.accept()
    })
    await tab.fill('#a', 'một')
    await tab.reload()
    expect(asked).toBe(1)
    await tab.fill('#a', 'hai')
    await tab.click('button')
    await tab.waitForURL(`${SITE}/send`)
    expect(asked).toBe(1)
  })

  it('lists the communes of the chosen province, and takes the province of a commune chosen first', async () => {
    answer = (path) => (path.startsWith('/lookup/communes?province=40') ? { json: [{ code: '17', name: 'Xã Nam Đàn' }] } : { status: 500 })
    const catalogs = {
      list: (name: string) =>
        name === 'tinh'
          ? [
              { code: '38', name: 'Thanh Hóa' },
              { code: '40', name: 'Nghệ An' },
            ]
          : [{ code: '14797', name: 'Phường Hạc Thành' }],
      name: () => 'Thanh Hóa',
    }
    await show(
      <Form action="/send">
        <FieldView question={{ key: 'home', type: 'address', label: 'Nơi ở' }} catalogs={catalogs} />
      </Form>,
    )
    expect(await tab.inputValue('[name="home.province"]')).toBe('')
    await tab.selectOption('[name="home.commune"]', '14797')
    expect(await tab.inputValue('[name="home.province"]')).toBe('38')
    await tab.selectOption('[name="home.province"]', '40')
    await tab.waitForSelector('option[value="17"]', { state: 'attached' })
    expect(await tab.locator('[name="home.commune"] option').allTextContents()).toEqual(['– Chọn một mục –', 'Xã Nam Đàn'])
  })

  it('puts strokes into dates and dots into amounts', async () => {
    await show(
      <Form action="/send">
        <FieldView question={{ key: 'day', type: 'date', label: 'Ngày' }} />
        <FieldView question={{ key: 'sum', type: 'money', label: 'Tiền' }} />
      </Form>,
    )
    await tab.locator('#day').pressSequentially('21112026')
    await tab.locator('#sum').pressSequentially('12000000')
    await tab.locator('#day').focus()
    expect(await tab.inputValue('#day')).toBe('21/11/2026')
    expect(await tab.inputValue('#sum')).toBe('12.000.000')
    await tab.fill('#day', '')
    await tab.locator('#day').pressSequentially('19/05/1994')
    expect(await tab.inputValue('#day')).toBe('19/05/1994')
    await tab.fill('#day', '05012026')
    await tab.locator('#sum').focus()
    expect(await tab.inputValue('#day')).toBe('05/01/2026')
  })

  const list = (
    <>
      <SearchBox action="/search" label="Tìm" shortcut />
      <Table
        caption="Hồ sơ"
        columns={[{ key: 'a', label: 'A', cell: (row: string) => row }]}
        rows={['một', 'hai', 'ba']}
        rowHref={(row) => `/d/${row}`}
        empty=""
      />
    </>
  )

  it('walks a list with j and k, opens with Enter, searches with /', async () => {
    await show(list)
    for (const key of ['j', 'j', 'j', 'j', 'k']) await tab.keyboard.press(key)
    expect(await tab.evaluate(() => document.activeElement?.textContent)).toBe('hai')
    await tab.keyboard.press('/')
    expect(await tab.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('q')
    await tab.keyboard.type('j/k')
    expect(await tab.inputValue('[name=q]')).toBe('j/k')
    await tab.locator('.row-link').first().focus()
    await tab.keyboard.press('Enter')
    await tab.waitForURL(`${SITE}/d/m%E1%BB%99t`)
  })

  it('leaves the keys alone where the person has switched them off', async () => {
    await show(list, false)
    await tab.keyboard.press('j')
    expect(await tab.evaluate(() => document.activeElement === document.body)).toBe(true)
  })

  it('leads to the faults of a form', async () => {
    await show(
      <>
        <ErrorSummary errors={[{ key: 'home', path: 'home.commune', message: 'Chọn xã.' }]} />
        <FieldView question={{ key: 'home', type: 'address', label: 'Nơi ở' }} />
      </>,
    )
    expect(await tab.evaluate(() => document.activeElement?.hasAttribute('data-error-summary'))).toBe(true)
    await tab.click('[data-error-summary] a')
    expect(await tab.evaluate(() => document.activeElement?.id)).toBe('home.commune')
  })

  it('writes on the device before it asks the server, and sends nothing on when the line is down: the page stays', async () => {
    answer = () => 'offline'
    await show(draft)
    await tab.check('input[value=b]')
    await tab.waitForFunction(() => localStorage.getItem('draft:/draft/7') !== null)
    await tab.click('text=Nộp')
    await says('Đã lưu trên máy này, chưa gửi được')
    expect(tab.url()).toBe(`${SITE}/`)
    answer = () => ({ json: {} })
    posts = []
    await tab.click('text=Nộp')
    await tab.waitForURL(`${SITE}/send`)
    expect(posts.map(({ url }) => url)).toEqual(['/draft/7', '/send'])
  })

  it('goes on with a new token after signing in again elsewhere', async () => {
    answer = (path) => (path === '/draft/7' ? { status: posts.at(-1)?.body.includes('t-2') ? 200 : 403, json: { savedAt: '10:00' } } : {})
    await show(draft)
    html = html.replaceAll('t-1', 't-2')
    await tab.check('input[value=a]')
    await says('Đã lưu lúc 10:00')
    expect(posts.map(({ body }) => new URLSearchParams(body).get('_csrf'))).toEqual(['t-1', 't-2'])
  })

  it('takes newer answers, and asks when one question was answered in two places', async () => {
    answer = () => ({
      json: {
        savedAt: '10:00',
        was: { agree: 'x' },
        newer: { agree: { agree: 'true' } },
        conflicts: [{ key: 'kind', theirs: 'Một', inputs: { kind: 'a' }, was: 'w-a' }],
      },
    })
    await show(draft)
    await tab.check('input[value=b]')
    await tab.waitForSelector('[data-question=kind] [role=alert]')
    expect(await tab.isChecked('input[name=agree]')).toBe(true)
    expect(await tab.isChecked('input[value=b]')).toBe(true)
    expect(await text('[data-conflict]')).toContain('thành “Một”')
    answer = () => ({ json: { savedAt: '10:01' } })
    await tab.click('text=Lấy câu kia')
    await says('Đã lưu lúc 10:01')
    expect(await tab.isChecked('input[value=a]')).toBe(true)
    expect(JSON.parse(new URLSearchParams(posts.at(-1)?.body).get('_was')!)).toMatchObject({ agree: 'x', kind: 'w-a' })
  })

  it('refuses a file too large, empty or locked before it is sent', async () => {
    await show(
      <Form action="/send">
        <label>
          Ảnh
          <FileInput id="photo" name="photo" tusHref="/upload" maxBytes={1_000_000} />
        </label>
      </Form>,
    )
    const faults = async (name: string, buffer: Buffer) => {
      await tab.setInputFiles('#photo', { name, mimeType: 'application/octet-stream', buffer })
      await tab.waitForFunction((name) => document.querySelector('[data-upload-status] .fault')?.textContent?.includes(name), name)
      return text('[data-upload-status] .fault')
    }
    expect(await faults('to.doc', Buffer.alloc(1_200_000))).toContain('to.doc nặng 1,2 MB')
    expect(await faults('rong.doc', Buffer.alloc(0))).toContain('0 byte')
    expect(await faults('khoa.pdf', Buffer.from('%PDF-1.4\ntrailer << /Encrypt 5 0 R >>\n%%EOF'))).toContain('mật khẩu')
    expect(await faults('dut.pdf', Buffer.from('%PDF-1.4\n'))).toContain('thiếu phần cuối')
    expect(posts).toHaveLength(0)
  })
})
