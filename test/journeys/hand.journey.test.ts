// A morning at the one-stop desk without touching the mouse; the list that brings itself up to date; English, large letters, a page read aloud.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Dossier } from '#modules/dossiers/index.ts'
import { file } from '../support/walk.ts'
import { caseOf, planOf, recordOf } from './support/cases.ts'
import { dossierOf } from './support/desk.ts'
import { eventually, type House, openHouse, PHONE, press, textOf } from './support/house.ts'
import { look } from './support/look.ts'

const plan = planOf(recordOf('2.000815'), recordOf('2.000815').cases.find((one) => one.channel === 'truc_tuyen' && one.expect.valid !== false) ?? caseOf(recordOf('2.000815')))

let house: House
const filed = async (): Promise<Dossier> =>
  file(await house.app.as('congdan1'), { procedure: plan.record.code, unit: '14797', channel: 'truc_tuyen', form: plan.golden.form })

beforeAll(async () => {
  house = await openHouse({ at: plan.golden.receivedAt, previews: false })
})
afterAll(() => house?.close())

describe('the desk by keyboard', () => {
  test('from the worklist to a finished step and back to the next row', async () => {
    const all = [await filed(), await filed(), await filed()]
    const page = await house.at('motcua.14797')
    await page.goto(`${house.url}/desk?hand=unit`)
    await page.waitForFunction(() => document.documentElement.classList.contains('js'))
    await eventually('phím chạy', async () => {
      await page.keyboard.press('j')
      return page.evaluate(() => document.activeElement?.classList.contains('row-link') ?? false)
    })
    const href = await page.evaluate(() => document.activeElement?.getAttribute('href'))
    await press(page, { click: () => page.keyboard.press('Enter') })
    expect(page.url()).toContain(href!)
    const code = decodeURIComponent(href!.split('/').at(-1)!)
    expect(all.map((one) => one.code)).toContain(code)
    await eventually('phím chạy', async () => {
      await page.keyboard.press('1')
      return page.evaluate(() => document.activeElement?.closest('.decide') !== null && document.activeElement?.tagName === 'BUTTON')
    })
    await press(page, { click: () => page.keyboard.press('Enter') })
    expect((await dossierOf(house, code)).state).not.toBe('MOI_DANG_KY')
    await page.waitForTimeout(300)
    await press(page, { click: () => page.keyboard.press('u') })
    expect(new URL(page.url()).pathname).toBe('/desk')
  })

  test('ticked rows are done together; the sheet of keys opens and closes', async () => {
    const page = await house.at('motcua.14797')
    await page.goto(`${house.url}/desk?hand=all`)
    await page.waitForTimeout(400)
    await page.keyboard.press('?')
    expect(await page.locator('dialog.sheet-of-keys').isVisible()).toBe(true)
    expect(await look(page, 'keys-sheet')).toEqual([])
    await page.keyboard.press('Escape')
    expect(await page.locator('dialog.sheet-of-keys').isVisible()).toBe(false)
    await page.keyboard.press('a')
    expect(await page.locator('.pick input:checked').count()).toBeGreaterThan(1)
    await press(page, { click: () => page.keyboard.press('b') })
    expect(await textOf(page)).toContain('Làm nhiều việc cùng lúc')
    expect(await look(page, 'batch')).toEqual([])
    await press(page, page.locator('.batch button.primary').first())
    expect(await textOf(page)).toMatch(/Đã làm xong [1-9]\d* việc/)
  })

  test('work that comes while the list stands open appears in it; nothing is taken from under the hands', async () => {
    const page = await house.at('motcua.14797')
    await page.goto(`${house.url}/desk?hand=unit`)
    await page.waitForTimeout(1600)
    const fresh = await filed()
    await eventually('hồ sơ mới trong danh sách', async () => (await textOf(page)).includes(fresh.code!))
    await page.locator('.pick input').first().check()
    const second = await filed()
    await eventually('lời nhắc có thay đổi', async () => (await textOf(page)).includes('vừa có thay đổi'))
    expect(await textOf(page)).not.toContain(second.code)
    expect(await page.locator('.pick input').first().isChecked()).toBe(true)
  })

  test('a kept way of looking, the list on paper', async () => {
    const page = await house.at('motcua.14797')
    await page.goto(`${house.url}/desk?hand=all&due=today`)
    await page.getByText('Lưu cách xem này').click()
    await page.fill('#view-name', 'Trong hôm nay')
    await press(page, page.getByRole('button', { name: 'Lưu', exact: true }))
    await press(page, page.getByRole('link', { name: 'Trong hôm nay' }))
    expect(page.url()).toContain('due=today')
    await page.goto(`${house.url}/desk/sheets/worklist?hand=all&dang=in`)
    expect(await look(page, 'sheet')).toEqual([])
    await page.goto(`${house.url}/desk/keys`)
    expect(await look(page, 'keys-page')).toEqual([])
    const head = await house.at('chutich.14797')
    await head.goto(`${house.url}/desk/reconciliation`)
    expect(await textOf(head)).toContain('Mọi mục đều khớp')
    expect(await look(head, 'reconciliation')).toEqual([])
  })
})

describe('pages as people read them', () => {
  test('English, larger letters, read aloud, and back', async () => {
    const page = await house.visitor(PHONE)
    await page.goto(`${house.url}/thu-tuc/1.001193`)
    const usual = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize))
    await press(page, page.getByRole('button', { name: 'Chữ to' }))
    expect(await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize))).toBeGreaterThan(usual * 1.2)
    expect(await look(page, 'large')).toEqual([])
    await press(page, page.getByRole('button', { name: 'English' }))
    expect(new URL(page.url()).pathname).toBe('/thu-tuc/1.001193')
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    expect(await textOf(page, '.top')).toContain('Sign in')
    expect(await look(page, 'english')).toEqual([])
    await press(page, page.getByRole('button', { name: 'Tiếng Việt' }))
    await press(page, page.getByRole('button', { name: 'Chữ thường' }))
    await press(page, page.getByRole('link', { name: 'Nghe đọc' }))
    expect(await look(page, 'aloud')).toEqual([])
    const seconds = await page.evaluate(async () => {
      const audio = document.querySelector('audio')!
      audio.preload = 'auto'
      audio.load()
      await new Promise((done, fail) => {
        audio.addEventListener('loadedmetadata', done)
        audio.addEventListener('error', () => fail(new Error(audio.error?.message)))
      })
      return audio.duration
    })
    expect(seconds).toBeGreaterThan(1)
    expect(house.complaints).toEqual([])
  })
})
