// Two officials who know no format change a procedure together in the browser; the line drops; a third publishes; a citizen meets the new version.

import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getDraft, listDrafts, listVersions } from '#modules/procedures/index.ts'
import { eventually, type House, openHouse, press, SHOTS, textOf, WIDE } from './support/house.ts'
import { look } from './support/look.ts'

const CODE = '2.000815'
/** PICTURES=1 renews the pictures of docs/how-to/publish-a-procedure.md. */
const PICTURES = join(import.meta.dirname, '..', '..', 'docs', 'images', 'publish')

let house: House
let an: Page
let ba: Page
beforeAll(async () => {
  house = await openHouse({ at: '2026-11-23T08:30:00+07:00' })
  an = await house.at('kiemsoat.h56')
  ba = await house.at('quantriht.h56')
}, 240_000)
afterAll(() => house?.close())

async function picture(page: Page, name: string, clip?: { height: number }): Promise<void> {
  if (process.env['PICTURES'] !== '1') return
  mkdirSync(PICTURES, { recursive: true })
  await page.setViewportSize({ width: 1280, height: clip?.height ?? 800 })
  await page.waitForTimeout(250)
  const at = join(SHOTS, `${name}.png`)
  await page.screenshot({ path: at })
  copyFileSync(at, join(PICTURES, `${name}.png`))
  await page.setViewportSize(WIDE.viewport!)
}

const draftId = async () => (await listDrafts(house.app.env.db, { code: CODE })).find(({ state }) => state === 'open')!.id
const record = async () => (await getDraft(house.app.env.db, await draftId())).record as Record<string, unknown> & { legalBasis: { no: string }[] }
const tab = async (page: Page, name: string) => press(page, page.getByRole('navigation', { name: 'Các phần của thủ tục' }).getByRole('link', { name, exact: true }))
const status = (page: Page) => page.locator('[data-part-status]').textContent()
const saved = (page: Page) => eventually('đã lưu', async () => /Đã lưu|Đã cập nhật/.test((await status(page)) ?? ''))

test('a draft is opened from the list of procedures, once for both', async () => {
  await an.goto(`${house.url}/admin/procedures`)
  await press(an, an.getByRole('link', { name: 'Soạn và sửa thủ tục' }))
  await an.fill('main input[type=search], main .begin input[name=q]', 'chứng thực bản sao')
  await press(an, an.locator('.begin form[method=get] button, .begin form[role=search] button').first())
  await picture(an, '1-begin')
  await press(an, an.locator('.begin-found li', { hasText: CODE }).getByRole('button', { name: 'Soạn bản nháp' }))
  expect(await textOf(an)).toContain('Bản nháp, sửa từ phiên bản 1')
  await ba.goto(`${house.url}/admin/procedures/${CODE}`)
  await press(ba, ba.getByRole('link', { name: 'Mở bản nháp đang soạn' }))
  expect(ba.url()).toBe(an.url())
}, 60_000)

test('two write at once: each sees the other, both words stand, and the same place is chosen by a person', async () => {
  await Promise.all([an, ba].map((page) => page.goto(`${house.url}/admin/procedures/drafts`).then(() => press(page, page.locator('a.row-link').first()))))
  await an.fill('[id="notes"]', 'Ghi chú của người thứ nhất.')
  await ba.fill('[id="online.note"]', 'Ghi chú của người thứ hai.')
  await ba.click('[data-row-add="rows-legalBasis"]')
  await ba.locator('[id^="legalBasis["] input[name$=".no"]').last().fill('9/2026/NĐ-CP')
  await ba.locator('[id^="legalBasis["] textarea[name$=".name"]').last().fill('Nghị định mới về chứng thực')
  await Promise.all([saved(an), saved(ba)])
  await eventually('cả hai lời trong bản nháp', async () => {
    const now = await record()
    return now.notes === 'Ghi chú của người thứ nhất.' && (now.online as { note: string }).note === 'Ghi chú của người thứ hai.' && now.legalBasis.at(-1)!.no === '9/2026/NĐ-CP'
  })
  await eventually('lời người kia hiện ra', async () => (await an.inputValue('[id="online.note"]')) === 'Ghi chú của người thứ hai.' && (await ba.inputValue('[id="notes"]')) === 'Ghi chú của người thứ nhất.', 12_000)
  expect(await textOf(an, '.studio-bar')).toMatch(/đang mở “Thông tin chung”/)

  // The same place, while the first one's line is down.
  await an.context().setOffline(true)
  await an.fill('#summary', 'Tóm tắt viết lúc mất mạng.')
  await eventually('giữ trên máy', async () => /giữ trên máy này/.test((await status(an)) ?? ''))
  await ba.fill('#summary', 'Tóm tắt của người còn mạng.')
  await eventually('người kia đã lưu', async () => (await record()).summary === 'Tóm tắt của người còn mạng.')
  await an.reload({ timeout: 3000 }).catch(() => undefined) // the browser itself is closed and opened again
  await an.context().setOffline(false)
  await an.goto(`${house.url}/admin/procedures/drafts/${await draftId()}/basics`)
  await an.locator('.studio-conflict').waitFor()
  expect(await textOf(an, '.studio-conflict')).toMatch(/Tóm tắt.*Của tôi: Tóm tắt viết lúc mất mạng\..*Tóm tắt của người còn mạng\./)
  expect((await record()).summary).toBe('Tóm tắt của người còn mạng.')
  await picture(an, '3-conflict')
  expect(await look(an, 'studio-conflict')).toEqual([])
  await an.setViewportSize(WIDE.viewport!)
  await an.locator('.studio-conflict label', { hasText: 'Của tôi' }).locator('input').check()
  await an.getByRole('button', { name: 'Lưu lựa chọn' }).click()
  await eventually('lựa chọn được lưu', async () => (await record()).summary === 'Tóm tắt viết lúc mất mạng.')
  await eventually('người kia thấy', async () => (await ba.inputValue('#summary')) === 'Tóm tắt viết lúc mất mạng.', 12_000)
  expect((await record()).notes).toBe('Ghi chú của người thứ nhất.')
}, 150_000)

test('from a shorter term to publication: cases, decision, comparison, another pair of eyes', async () => {
  const id = await draftId()
  await an.goto(`${house.url}/admin/procedures/drafts/${id}/basics`)
  await picture(an, '2-basics')
  await an.locator('[id="term.value"]').fill('2')
  await an.locator('[id="term.unit"]').selectOption('gio_lam_viec')
  await an.locator('[id="term.mode"]').selectOption('hours')
  await an.locator('[id="term.cutoff"]').fill('')
  await saved(an)
  await tab(an, 'Lý do')
  await an.click('[data-row-add="rows-reasons.refusal"]')
  await an.locator('textarea[name^="reasons.refusal"][name$=".text"]').last().fill('Bản chính đã hết giá trị; ông/bà xin cấp lại bản chính rồi nộp.')
  await an.locator('input[name^="reasons.refusal"][name$=".clause"]').last().fill('Điều 22 Nghị định 23/2015/NĐ-CP')
  await saved(an)
  await picture(an, '8-reasons')
  await tab(an, 'Ca mẫu')
  expect(await textOf(an)).toMatch(/\d ca sai/)
  await picture(an, '9-cases')
  expect(await look(an, 'studio-cases')).toEqual([])
  await an.setViewportSize(WIDE.viewport!)
  for (let guard = 0; guard < 12; guard++) {
    const button = an.getByRole('button', { name: 'Ghi kết quả nay ra làm kết quả phải ra' }).first()
    if ((await button.count()) === 0) break
    await press(an, button)
  }
  expect(await textOf(an)).not.toMatch(/\d ca sai/)
  await tab(an, 'Quyết định')
  await an.fill('[id="decision.no"]', '99/QĐ-UBND')
  await an.fill('[id="decision.on"]', '20/11/2026')
  await an.fill('[id="effectiveFrom"]', '24/11/2026')
  await saved(an)
  await picture(an, '10-decision')
  if (process.env['PICTURES'] === '1') {
    for (const [name, shot] of [['Quy trình', '4-process'], ['Tờ khai', '5-form'], ['Giấy tờ', '6-parts'], ['Phí, lệ phí', '7-fees'], ['Thử trên hồ sơ cũ', '11-history']] as const) {
      await tab(an, name)
      await an.waitForTimeout(2500)
      await picture(an, shot)
    }
  }
  await tab(an, 'So sánh')
  expect(await textOf(an)).toMatch(/Thời hạn giải quyết/)
  await picture(an, '12-diff')
  expect(await look(an, 'studio-diff')).toEqual([])
  await an.setViewportSize(WIDE.viewport!)
  await tab(an, 'Công bố')
  expect(await textOf(an)).not.toContain('Phải sửa trước khi công bố')
  await press(an, an.getByRole('button', { name: 'Trình công bố' }))
  await picture(an, '13-submit')
  expect(await look(an, 'studio-publish')).toEqual([])

  // Both of these have written in it: a third reads it and publishes.
  await ba.goto(`${house.url}/admin/procedures/drafts/${id}/publish`)
  expect(await ba.getByRole('button', { name: 'Công bố', exact: true }).count()).toBe(0)
  const chi = await house.at('quantriht2.h56')
  await chi.goto(`${house.url}/admin/procedures/drafts`)
  await press(chi, chi.locator('a.row-link').first())
  await tab(chi, 'Công bố')
  await picture(chi, '14-publish')
  await press(chi, chi.getByRole('button', { name: 'Công bố', exact: true }))
  expect(await textOf(chi)).toContain('Đã công bố phiên bản 2.')
  await picture(chi, '15-published')
  expect((await listVersions(house.app.env.db, CODE)).map(({ number }) => number)).toEqual([2, 1])
  house.clock.to('2026-11-24T08:00:00+07:00')
  const citizen = await house.visitor()
  await citizen.goto(`${house.url}/thu-tuc/${CODE}`)
  expect(await textOf(citizen)).toContain('Tóm tắt viết lúc mất mạng.')
  expect(await textOf(citizen)).toMatch(/2 giờ làm việc/)
  await chi.goto(`${house.url}/admin/procedures/${CODE}`)
  await chi.locator('.version-acts details').evaluateAll((all) => {
    for (const one of all) (one as HTMLDetailsElement).open = true
  })
  expect(await look(chi, 'studio-version')).toEqual([])
  expect(house.complaints).toEqual([])
}, 240_000)
