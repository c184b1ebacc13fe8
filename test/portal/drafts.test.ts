// One draft, several writers, and papers of earlier dossiers: what the server holds to when pages without script meet each other.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '#core/clock.ts'
import { listReusable, needDossier, reusePart, viewDossier } from '#modules/dossiers/index.ts'
import { procedureTexts } from '#main/pack.ts'
import { getVersion, type ProcedureRecord } from '#modules/procedures/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { file } from '../support/walk.ts'
import { mainForm, signedIn, type Visit, type Visitor } from './visitor.ts'

const record = JSON.parse(procedureTexts().find(({ name }) => name === '1.004194.json')!.text) as ProcedureRecord
const golden = record.cases.find((one) => one.channel === 'truc_tuyen')!

let app: TestApp
let me: Visitor

beforeAll(async () => {
  app = await testApp({ clock: fixedClock(golden.receivedAt) })
  me = await signedIn(app, 'congdan1')
})
afterAll(() => app.close())

const begun = async (): Promise<Visit> => me.press(mainForm(await me.open('/thu-tuc/1.004194/nop')), null)
const idOf = (visit: Visit): string => /\/ho-so\/([0-9a-f-]{36})/.exec(visit.url)![1]!
const write = (visit: Visit, name: string, value: string) => {
  const form = mainForm(visit)
  form.controls.find((one) => one.name === name)!.value = value
  return form
}
const formOf = async (id: string) => (await needDossier(app.env.db, await app.as('congdan1'), id)).form
const autosave = (visit: Visit, name: string, value: string) => {
  const form = write(visit, name, value)
  const pairs = form.controls.filter((one) => one.kind !== 'button' && (!['checkbox', 'radio', 'file'].includes(one.type) || one.checked)).map((one): [string, string] => [one.name, one.value])
  return app.server.inject({
    method: 'POST', url: `${form.action}/luu`, payload: String(new URLSearchParams(pairs)),
    headers: { cookie: me.cookie!, 'content-type': 'application/x-www-form-urlencoded', 'x-requested-with': 'autosave' },
  })
}

describe('two writers of one draft', () => {
  test('different answers: both stand, and the second page is told of the first', async () => {
    const page = await begun()
    const [one, two] = [page, await me.open(page.url)]
    expect((await autosave(one, 'applicant_phone', '0911111111')).statusCode).toBe(200)
    const reply = (await autosave(two, 'applicant_email', 'moi@vi.du.vn')).json() as { newer: Record<string, unknown>; conflicts: unknown[] }
    expect(reply.newer).toEqual({ applicant_phone: { applicant_phone: '0911111111' } })
    expect(reply.conflicts).toEqual([])
    expect(await formOf(idOf(page))).toMatchObject({ applicant_phone: '0911111111', applicant_email: 'moi@vi.du.vn' })
  })

  test('at the same instant: neither is lost', async () => {
    const page = await begun()
    const names = ['applicant_phone', 'applicant_email', 'applicant_full_name'] as const
    const pages = await Promise.all(names.map(() => me.open(page.url)))
    const sent = await Promise.all(pages.map((one, i) => autosave(one, names[i]!, ['0922222222', 'a@b.vn', 'Cùng Một Lúc'][i]!)))
    expect(sent.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
    expect(await formOf(idOf(page))).toMatchObject({ applicant_phone: '0922222222', applicant_email: 'a@b.vn', applicant_full_name: 'Cùng Một Lúc' })
  })

  test('the same answer without script: what was typed comes back beside what stands, and sending again is a choice', async () => {
    const page = await begun()
    const [one, two] = [page, await me.open(page.url)]
    await me.press(write(one, 'applicant_full_name', 'Thẻ Thứ Nhất'), ['_do', 'later'])
    const refused = await me.press(write(two, 'applicant_full_name', 'Thẻ Thứ Hai'), ['_do', 'next'])
    expect(refused.status).toBe(422)
    expect(refused.html).toMatch(/sửa ở thẻ hoặc máy khác thành “Thẻ Thứ Nhất”/)
    expect(mainForm(refused).controls.find(({ name }) => name === 'applicant_full_name')!.value).toBe('Thẻ Thứ Hai')
    expect((await formOf(idOf(page)))['applicant_full_name']).toBe('Thẻ Thứ Nhất')
    await me.press(mainForm(refused), ['_do', 'later'])
    expect((await formOf(idOf(page)))['applicant_full_name']).toBe('Thẻ Thứ Hai')
  })

  test('digests that somebody has tampered with only concern their own draft', async () => {
    const page = await begun()
    expect((await me.press(write(page, '_was', '{"applicant_full_name":"x","__proto__":{"a":"b"}}'), ['_do', 'later'])).status).toBe(200)
  })
})

describe('a paper handed in once', () => {
  const part = golden.expect.requiredParts![0]!
  test('is offered to its owner for the next dossier, taken over once, and to nobody else', async () => {
    const [mine, other, officer] = await Promise.all(['congdan1', 'congdan2', 'motcua.14797'].map((login) => app.as(login)))
    await file(mine!, { procedure: '1.004194', unit: '14797', channel: 'truc_tuyen', form: golden.form })
    const page = await begun()
    await me.press(mainForm(page), ['_do', 'later'])
    const draft = await needDossier(app.env.db, mine!, idOf(page))
    const version = await getVersion(app.env.db, draft.versionId)
    const offered = await listReusable(mine!, draft, version)
    expect(offered.map((one) => one.part)).toContain(part)
    for (const ctx of [other!, officer!]) expect(await listReusable(ctx, draft, version)).toEqual([])
    const { from } = offered.find((one) => one.part === part)!
    await expect(reusePart(other!, { dossier: draft.id, part, from })).rejects.toMatchObject({ status: 404 })
    await expect(reusePart(officer!, { dossier: draft.id, part, from })).rejects.toMatchObject({ status: expect.toBeOneOf([403, 404]) })
    await expect(reusePart(mine!, { dossier: draft.id, part: 'khong_co', from })).rejects.toMatchObject({ status: 404 })
    await reusePart(mine!, { dossier: draft.id, part, from })
    await expect(reusePart(mine!, { dossier: draft.id, part, from })).rejects.toMatchObject({ code: 'dossiers.no_reuse' })
    expect((await viewDossier(mine!, draft.id)).parts).toMatchObject([{ part, source: 'file' }])
  })
})
