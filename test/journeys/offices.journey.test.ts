// A day of an office: somebody is away and lends the post, the deputy signs KT.; a storm moves what was promised and the citizen reads why;
// the head sees who has what and gives work out.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accept, completeStep, type Dossier, listPapers } from '#modules/dossiers/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { listItems } from '#modules/work/index.ts'
import { doerOf, file, openItems } from '../support/walk.ts'
import { recordOf } from './support/cases.ts'
import { decide, dossierOf } from './support/desk.ts'
import { eventually, type House, openHouse, PHONE, press, textOf } from './support/house.ts'
import { look } from './support/look.ts'

const record = recordOf('2.000815')
const slow = recordOf('1.001776') // ten working days, decided where the beneficiary lives

let house: House
beforeAll(async () => {
  house = await openHouse({ at: '2026-11-25T08:10:00+07:00', previews: false })
})
afterAll(() => house?.close())

const filed = async (from: ProcedureRecord, accepted = true, more: Record<string, unknown> = {}): Promise<Dossier> => {
  const golden = from.cases.find((one) => one.expect.valid !== false)!
  const online = golden.channel === 'truc_tuyen'
  const dossier = await file(await house.app.as(online ? 'congdan1' : 'motcua.14797'), { procedure: from.code, unit: '14797', channel: golden.channel as 'truc_tiep', form: { ...golden.form, ...more } as typeof golden.form, applicant: golden.applicant })
  return accepted ? accept(await house.app.as('motcua.14797'), { dossier: dossier.code! }) : dossier
}

async function choose(page: Awaited<ReturnType<House['at']>>, selector: string, words: RegExp): Promise<void> {
  const value = await page.locator(`${selector} option`).evaluateAll((options, source) => (options as HTMLOptionElement[]).find((option) => new RegExp(source).test(option.textContent ?? ''))?.value ?? '', words.source)
  expect(value, `${selector} ${words}`).not.toBe('')
  await page.selectOption(selector, value)
}

describe('an office', () => {
  test('the chair is away, lends the post, and the deputy signs KT. CHỦ TỊCH', async () => {
    const dossier = await filed(record)
    for (let guard = 0; guard < 4; guard++) {
      const [item] = await openItems(house.app, dossier)
      if (item!.role === 'lanh_dao_don_vi') break
      await completeStep(await house.app.as(await doerOf(house.app, item!)), { item: item!.id, outcome: item!.outcomes[0]!.key })
    }
    const chair = await house.at('chutich.14797')
    await chair.goto(`${house.url}/desk`)
    await press(chair, chair.getByRole('link', { name: 'Nghỉ, ủy quyền' }))
    await press(chair, chair.getByRole('link', { name: 'Ghi nghỉ' }))
    await chair.fill('[name=from]', '25/11/2026')
    await chair.fill('[name=to]', '27/11/2026')
    await chair.fill('[name=reason]', 'đi công tác')
    await press(chair, chair.getByRole('button', { name: 'Ghi nghỉ' }))
    expect(await textOf(chair)).toContain('Đang có hiệu lực')
    await press(chair, chair.getByRole('link', { name: 'Ủy quyền chức danh' }))
    await chair.selectOption('#to', 'cb-lanhdao.14797')
    await chair.fill('[name=from]', '25/11/2026')
    await chair.fill('[name=until]', '27/11/2026')
    await chair.fill('[name=basis]', 'Giấy ủy quyền 12/GUQ-UBND ngày 24/11/2026')
    await press(chair, chair.getByRole('button', { name: 'Ủy quyền' })) // the way of signing was forgotten
    expect(await textOf(chair)).toContain('Chọn thể thức ký')
    expect(await chair.inputValue('[name=basis]')).toContain('12/GUQ-UBND')
    await chair.check('input[name=prefix][value="KT."]')
    await press(chair, chair.getByRole('button', { name: 'Ủy quyền' }))
    expect(await look(chair, 'offices-away')).toEqual([])

    const deputy = await house.at('lanhdao.14797')
    await deputy.goto(`${house.url}/account/post`)
    expect(await textOf(deputy)).toContain('KT.')
    await press(deputy, deputy.locator('button[name=postId]', { hasText: 'KT.' }))
    await deputy.goto(`${house.url}/desk/dossiers/${dossier.code}`)
    const why = deputy.locator('input[name=reason]').first()
    if (await why.count()) { // a look at a stranger's dossier asks why
      await why.check()
      await press(deputy, deputy.locator('main form button').first())
    }
    const [signing] = await openItems(house.app, dossier)
    await decide(deputy, signing!)
    expect((await dossierOf(house, dossier.code!)).signedAt).not.toBeNull()
    const [number] = await openItems(house.app, dossier)
    await completeStep(await house.app.as(await doerOf(house.app, number!)), { item: number!.id, outcome: number!.outcomes[0]!.key })
    const result = (await listPapers(house.app.env.db, dossier)).find((paper) => paper.kind === 'result')!
    expect((result.data as { signer: object }).signer).toMatchObject({ authority: 'KT. CHỦ TỊCH' })
  })

  test('a storm: the administrator sees what moves before writing it, the citizen reads the new date and why', async () => {
    const { beneficiary_address: address } = slow.cases[0]!.form as { beneficiary_address: object }
    const dossier = await filed(slow, true, { beneficiary_address: { ...address, commune: '14797' } })
    const due = dossier.dueAt!
    const admin = await house.at('quantri.14797')
    await admin.goto(`${house.url}/admin`)
    await press(admin, admin.getByRole('link', { name: 'Lịch làm việc' }))
    await press(admin, admin.getByRole('link', { name: /^26\/11\/2026/ }))
    await press(admin, admin.getByRole('link', { name: /Đóng cửa đột xuất/ }))
    expect(await admin.inputValue('[name=from]')).toContain('26')
    await admin.fill('[name=name]', 'Nghỉ tránh bão số 12')
    await press(admin, admin.getByRole('button', { name: 'Xem hạn nào dời' }))
    expect(await textOf(admin)).toMatch(/Ghi số, ngày của quyết định|Ghi căn cứ/)
    expect(await admin.inputValue('[name=name]')).toBe('Nghỉ tránh bão số 12')
    await admin.fill('[name=basis]', 'Công điện 15/CĐ-UBND ngày 25/11/2026')
    await press(admin, admin.getByRole('button', { name: 'Xem hạn nào dời' }))
    expect(await textOf(admin)).toMatch(/hạn dời muộn hơn\s*[1-9]/)
    await press(admin, admin.getByRole('button', { name: 'Ghi và dời hạn' }))
    expect(await textOf(admin)).toContain('Nghỉ tránh bão số 12')
    expect(await look(admin, 'offices-calendar')).toEqual([])
    await eventually('hạn dời', async () => (await dossierOf(house, dossier.code!)).dueAt!.getTime() > due.getTime())
    const citizen = await house.at('congdan1', PHONE)
    await citizen.goto(`${house.url}/ho-so/${dossier.code}`)
    const words = await textOf(citizen)
    expect(words).toContain('Nghỉ tránh bão số 12')
    expect(words).toContain('lịch làm việc thay đổi')
    await citizen.goto(`${house.url}/desk/board`)
    expect(await textOf(citizen, 'body')).not.toContain('Khối lượng')
  })

  test('the head finds the oldest work on the board and gives it to a name', async () => {
    const one = await filed(record, false)
    const head = await house.at('lanhdao.14797', {}, undefined)
    await head.goto(`${house.url}/desk/board`)
    expect(await look(head, 'offices-board')).toEqual([])
    await press(head, head.getByRole('link', { name: /chưa ai nhận/ }).first())
    await head.getByRole('checkbox', { name: new RegExp(one.code!) }).check()
    await choose(head, '#officer', /Công chức|tiếp nhận|một cửa/i)
    await press(head, head.getByRole('button', { name: 'Giao các việc đã chọn' }))
    expect(await textOf(head, 'body')).toMatch(/Đã giao 1 việc cho/)
    const [item] = (await listItems(house.app.env.db, one.id)).filter((other) => other.state === 'claimed')
    expect(item).toMatchObject({ assignedByName: expect.any(String) })
    expect(house.complaints).toEqual([])
  })
})
