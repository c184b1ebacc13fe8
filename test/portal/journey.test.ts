// Filing without script, from the procedure's page to the code, for procedures with conditions, tables and papers.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '#core/clock.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate } from '#core/text/index.ts'
import { listDossiers } from '#modules/dossiers/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { procedureTexts } from '#main/pack.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { fillIn } from './filling.ts'
import { mainForm, signedIn, type Visitor } from './visitor.ts'

const CODES = ['1.001193', '1.004194', '2.001583', '1.001612', '3.000347']
const records = procedureTexts()
  .map(({ text }) => JSON.parse(text) as ProcedureRecord)
  .filter((record) => CODES.includes(record.code))

describe.each(records.map((record) => [record.code, record.name, record] as const))('%s %s', (code, _name, record) => {
  let app: TestApp
  let me: Visitor
  const golden = record.cases.find((one) => one.channel === 'truc_tuyen' && one.expect.valid !== false)!

  beforeAll(async () => {
    app = await testApp({ clock: fixedClock(golden.receivedAt) })
    me = await signedIn(app, 'congdan1')
  })
  afterAll(() => app.close())

  test('is filled in page by page, reviewed and handed in once', async () => {
    const procedure = await me.open(`/thu-tuc/${code}`)
    expect(procedure.status).toBe(200)
    expect(procedure.html).toContain('Nộp hồ sơ trực tuyến')
    const begin = await me.open(`/thu-tuc/${code}/nop`)
    const form = mainForm(begin)
    expect(form.controls.find((one) => one.name === 'unit')!.value).not.toBe('')
    const first = await me.press(form, null)
    const again = await me.press(form, null)
    expect(again.url).toBe(first.url)

    const { visit: review, trail } = await fillIn(me, first, record.form, golden.form)
    expect(review.url).toMatch(/xem-lai$/)
    expect(review.html).not.toContain('data-error-summary')
    expect(trail.at(-1)).toBe('giay-to')
    if (golden.expect.fee !== undefined) expect(review.html).toContain(golden.expect.fee === 0 ? 'đ' : formatVnd(golden.expect.fee))
    if (golden.expect.dueOn) expect(review.html).toContain(formatDate(golden.expect.dueOn))

    const send = mainForm(review)
    const [sent, twice] = await Promise.all([me.press(send, null), me.press(send, null)])
    const found = /H56[\w.]*-\d{6}-\d{4}/.exec(sent.html)?.[0]
    expect(found).toBeDefined()
    expect(twice.html).toContain(found)
    expect((await me.press(send, null)).html).toContain(found)
    const ctx = await app.as('congdan1')
    expect((await listDossiers(ctx)).items).toHaveLength(1)
    expect((await me.open(`/ho-so/${found}`)).html).toContain('Mới đăng ký, chờ tiếp nhận')
  })
})
