// The turns of a life on screen: unanswered and said so, a supplement twice by a leader's reason, an apology with its date, refusal → one tap → overturned.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { systemCtx } from '#core/ctx.ts'
import { jobs } from '#main/modules.ts'
import { addPart, supplement } from '#modules/dossiers/index.ts'
import { file, openItems, PDF } from '../support/walk.ts'
import { decide, dossierOf, officerFor } from './support/desk.ts'
import { type House, openHouse, PHONE, press, textOf, WIDE } from './support/house.ts'
import { look } from './support/look.ts'
import { recordOf } from './support/cases.ts'
import { stageBytes } from '#modules/files/index.ts'

const CITIZEN = 'congdan1'
let house: House
let citizen: Page
const faults: string[] = []

beforeAll(async () => {
  house = await openHouse({ at: '2026-07-20T08:00:00+07:00', previews: false })
  citizen = await house.at(CITIZEN, PHONE)
}, 90_000)
afterAll(() => house.close())

let turn = 0
/** The clock has jumped further than a session lives: everybody comes in anew. */
async function later(at: string): Promise<void> {
  house.clock.to(at)
  turn++
  citizen = await house.at(CITIZEN, fresh(PHONE))
}
const fresh = (window: BrowserContextOptions): BrowserContextOptions => (turn === 0 ? window : { ...window, extraHTTPHeaders: { 'x-turn': String(turn) } })

/** Filed on line by the citizen; what filling in is like stands in its own journeys. */
async function filed(code: string): Promise<string> {
  const golden = recordOf(code).cases.find((one) => one.channel === 'truc_tuyen' && JSON.stringify(one.form).includes('14797'))!
  const ctx = { ...(await house.app.as(CITIZEN)), now: house.clock.now() }
  return (await file(ctx, { procedure: code, unit: '14797', channel: 'truc_tuyen', form: golden.form, applicant: golden.applicant })).code!
}

const item = async (code: string) => (await openItems(house.app, await dossierOf(house, code)))[0]!

/** The officer whose work it is does the open step on screen. */
async function act(code: string, effect?: string): Promise<void> {
  const step = await item(code)
  const page = await officerFor(house, step, fresh(WIDE))
  await page.goto(`${house.url}/desk/dossiers/${code}`, { waitUntil: 'domcontentloaded' })
  await decide(page, step, step.outcomes.find((one) => one.effect === effect) ?? step.outcomes[0]!)
}

/** Ticks a part with its reason and what is wrong with it, and sends the one notice. */
async function askFor(code: string, detail: string, late = false): Promise<Page> {
  const step = await item(code)
  const page = await officerFor(house, step, fresh(WIDE))
  await page.goto(`${house.url}/desk/dossiers/${code}/supplement-request`, { waitUntil: 'domcontentloaded' })
  const row = page.locator('.faults li').first()
  await row.locator('input[type=checkbox]').check()
  await row.locator('select').selectOption({ index: 1 })
  await row.locator('input[type=text]').fill(detail)
  if (late) await page.fill('#explanation', 'Vừa phát hiện khi đối chiếu với cơ quan thuế.')
  await press(page, page.locator('main form .btn.primary').first())
  return page
}

describe('a supplement asked twice', () => {
  let code: string
  test('the page lists every part and question; a paper outside the list cannot be asked for, and nothing typed is lost', async () => {
    code = await filed('1.001612')
    await act(code, 'accept')
    while (!(await item(code)).outcomes.some((one) => one.effect === 'request_supplement')) await act(code)
    const page = await askFor(code, 'Nộp thêm sổ hộ khẩu bản chính')
    expect(await textOf(page)).toContain('104/2022')
    expect(await page.locator('.faults li').first().locator('input[type=text]').inputValue()).toContain('sổ hộ khẩu')
    expect(await textOf(page)).toContain('MỘT LẦN')
    faults.push(...(await look(page, 'life-supplement')))
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.locator('.faults li').first().locator('input[type=text]').fill('Thiếu trang 2')
    await press(page, page.locator('main form .btn.primary').first())
    expect(await dossierOf(house, code)).toMatchObject({ state: 'YC_BO_SUNG', supplements: 1 })
    await citizen.goto(`${house.url}/ho-so/${code}`)
    for (const told of ['Thiếu trang 2', 'Đề nghị xem xét lại', 'tạm dừng']) expect(await textOf(citizen)).toContain(told)
  })

  test('what the citizen changes is given up without loss, or sent as a whole', async () => {
    const ctx = { ...(await house.app.as(CITIZEN)), now: house.clock.now() }
    const { id } = await dossierOf(house, code)
    await addPart(ctx, { dossier: id, part: recordOf('1.001612').parts[0]!.id, file: await stageBytes(ctx, PDF, 'chua-gui.pdf') })
    const officer = await house.at('motcua.14797', fresh(WIDE))
    await officer.goto(`${house.url}/desk/dossiers/${code}`)
    expect(await textOf(officer)).not.toContain('chua-gui.pdf')
    await citizen.reload()
    expect(await textOf(citizen)).toContain('chưa gửi')
    await press(citizen, citizen.getByRole('button', { name: 'Bỏ phần sửa chưa gửi' }))
    expect(await textOf(citizen)).toContain('Đã bỏ phần sửa chưa gửi')
    await supplement(ctx, { dossier: id })
  })

  test('a second takes a leader’s recorded reason, and the dossier is late for ever', async () => {
    const leader = await house.at('chutich.14797', fresh(WIDE))
    await leader.goto(`${house.url}/desk/dossiers/${code}`)
    await press(leader, leader.getByRole('link', { name: 'Cho phép yêu cầu bổ sung lần nữa…' }))
    await press(leader, leader.getByRole('button', { name: 'Cho phép yêu cầu bổ sung lần nữa' }))
    expect(await textOf(leader)).toContain('ít nhất 10 ký tự')
    await leader.fill('#reason', 'Xác minh thực địa thấy địa chỉ kinh doanh khác tờ khai.')
    faults.push(...(await look(leader, 'life-permit')))
    await leader.setViewportSize({ width: 1440, height: 900 })
    await press(leader, leader.getByRole('button', { name: 'Cho phép yêu cầu bổ sung lần nữa' }))
    expect(await textOf(leader)).toContain('Được phép bổ sung lần nữa')
    const page = await askFor(code, 'Ghi lại số nhà')
    expect(await textOf(page)).toContain('Tính là trễ hạn')
    await leader.reload()
    faults.push(...(await look(leader, 'life-dossier')))
    expect(await dossierOf(house, code)).toMatchObject({ supplements: 2, breach: 'second_supplement' })
  })
})

describe('an apology', () => {
  test('is prepared for the leader in time; the citizen sees both dates', async () => {
    const code = await filed('1.001612')
    await act(code, 'accept')
    await later('2026-07-22T15:00:00+07:00')
    const { id } = await dossierOf(house, code)
    await jobs.find((one) => one.name === 'dossiers.due_near')!.run(systemCtx(house.app.env, 'Hệ thống'), { dossier: id } as never)
    const leader = await house.at('chutich.14797', fresh(WIDE))
    await leader.goto(`${house.url}/desk`)
    await press(leader, leader.locator('.rail').getByRole('link', { name: /Cần để ý/ }))
    faults.push(...(await look(leader, 'life-watch')))
    await leader.setViewportSize({ width: 1440, height: 900 })
    await press(leader, leader.getByRole('row', { name: new RegExp(code) }).getByRole('link', { name: /Xin lỗi, hẹn lại/ }))
    await leader.fill('[name=newDueOn]', '29/07/2026')
    await leader.locator('input[name=reasons]').first().check()
    faults.push(...(await look(leader, 'life-apology')))
    await leader.setViewportSize({ width: 1440, height: 900 })
    await press(leader, leader.getByRole('button', { name: 'Xin lỗi và hẹn lại ngày trả' }))
    await citizen.goto(`${house.url}/ho-so/${code}`)
    for (const told of ['xin lỗi và hẹn lại', '29/07/2026', '23/07/2026']) expect((await textOf(citizen)).toLowerCase()).toContain(told)
    faults.push(...(await look(citizen, 'life-apologised')))
  })
})

describe('refused, and one tap', () => {
  test('unanswered is said openly with whom to call; a refusal is appealed by one tap, and overturned it is open again', async () => {
    house.clock.to('2026-07-23T08:00:00+07:00')
    const code = await filed('1.001193')
    await later('2026-07-24T09:00:00+07:00')
    const { id } = await dossierOf(house, code)
    await jobs.find((one) => one.name === 'dossiers.reception_due')!.run(systemCtx(house.app.env, 'Hệ thống'), { dossier: id } as never)
    await citizen.goto(`${house.url}/ho-so/${code}`)
    for (const told of ['Đã quá 8 giờ làm việc', 'Có thể gọi', 'Lỗi không ở ông/bà']) expect(await textOf(citizen)).toContain(told)
    faults.push(...(await look(citizen, 'life-unanswered')))
    await act(code, 'refuse')
    await citizen.goto(`${house.url}/ho-so/${code}`)
    await press(citizen, citizen.getByRole('button', { name: 'Đề nghị xem xét lại' }))
    expect(await textOf(citizen)).toContain('Sở Tư pháp')
    faults.push(...(await look(citizen, 'life-appealed')))
    const judge = await house.at('lanhdao.h56.03', fresh(WIDE))
    await judge.goto(`${house.url}/desk`)
    await press(judge, judge.locator('.rail').getByRole('link', { name: /Đề nghị xem xét lại/ }))
    await press(judge, judge.getByRole('link', { name: code }).first())
    await judge.locator('input[name=how][value=overturn]').check()
    await judge.locator('input[name=reasons][value=da_co_du_lieu]').check()
    faults.push(...(await look(judge, 'life-appeal')))
    await judge.setViewportSize({ width: 1440, height: 900 })
    await press(judge, judge.getByRole('button', { name: 'Gửi trả lời' }))
    expect(await textOf(judge)).toContain('Chấp nhận đề nghị')
    expect((await dossierOf(house, code)).state).toBe('MOI_DANG_KY')
    await citizen.reload()
    for (const told of ['Chấp nhận đề nghị', 'được mở lại']) expect(await textOf(citizen)).toContain(told)
    expect(faults).toEqual([])
    expect(house.complaints).toEqual([])
  })
})
