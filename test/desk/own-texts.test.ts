// A procedure's own words on paper and in messages: of the dossier's version for ever, and never published broken.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { Invalid } from '#core/errors.ts'
import { listEvents } from '#core/events/index.ts'
import { textOf } from '#core/print/inspect.ts'
import { reactions } from '#main/modules.ts'
import { getPaper, paperPdf, replacePaper } from '#modules/dossiers/index.ts'
import { beginDraft, checkDraft, dropDraft, importRecord, type ProcedureRecord, publishDraft, textFaults } from '#modules/procedures/index.ts'
import { recordTexts } from '#modules/procedures/testing/packs.ts'
import { MovableClock } from './people.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { file, walk } from '../support/walk.ts'

const RECORD = JSON.parse(recordTexts.get('1.001193')!) as ProcedureRecord
const OWN = `#import "parts.typ": *
#show: form.with(title: "Bản sao của xã")
Người yêu cầu là #strong(answers.applicant_full_name).
#field("Thư", answers.applicant_email)
`
const withTexts = (texts: ProcedureRecord['texts'], summary: string): string => JSON.stringify({ ...RECORD, summary, texts })

let app: TestApp
const clock = new MovableClock('2026-07-15T09:10:00+07:00')
beforeAll(async () => {
  app = await testApp({ clock })
})
afterAll(() => app?.close())

const publish = (text: string) => importRecord(systemCtx(app.env, 'test'), text)
const filed = async () => file(await app.as('congdan1'), { procedure: RECORD.code, unit: '14797', channel: 'truc_tuyen', form: RECORD.cases[0]!.form, applicant: { fullName: 'Lê Thị Hạnh' } })

describe('a procedure that brings its own words', () => {
  test('prints them for its own dossiers, also after another version has followed; a reprint stays as it was', async () => {
    await publish(withTexts({ prints: [{ template: 'result', source: OWN }, { template: 'receipt', source: OWN.replace('Bản sao của xã', 'Biên nhận riêng') }], notices: [{ key: 'dossiers.accepted', inapp: { title: 'Xã đã nhận {code}', body: 'Mời đến sau {due}.' } }] }, 'Bản có lời riêng.'))
    const dossier = await filed()
    await publish(withTexts(undefined, 'Bản dùng lời chung.'))
    const { last } = await walk(app, dossier)
    const ctx = await app.as('motcua.14797')
    const { paper } = await getPaper(ctx, last.id, { kind: 'receipt' })
    expect(textOf(await paperPdf(ctx, paper))).toContain('Biên nhận riêng'.toLocaleUpperCase('vi'))
    const result = await getPaper(ctx, last.id, { kind: 'result' })
    const text = textOf(await paperPdf(ctx, result.paper))
    expect(text).toContain('BẢN SAO CỦA XÃ')
    expect(text).toContain('Người yêu cầu là')
    await replacePaper(ctx, { dossier: last.id, paper: paper.id, reason: 'Ghi nhầm số điện thoại của người nộp.' })
    expect(textOf(await paperPdf(ctx, (await getPaper(ctx, last.id, { kind: 'receipt' })).paper))).toContain('BIÊN NHẬN RIÊNG')
    const fact = (await listEvents(app.env.db, last.id)).find((one) => one.name === 'dossiers.accepted')!
    await reactions.find(({ name }) => name === 'dossiers.tell:dossiers.accepted')!.run(systemCtx(app.env, 'test'), fact)
    const rows = await app.env.db.selectFrom('notify.message').select(['title', 'body', 'channel']).where('subject', '=', last.id).where('template', '=', 'dossiers.accepted').execute()
    expect(rows.find((one) => one.channel === 'inapp')).toMatchObject({ title: `Xã đã nhận ${last.code}`, body: expect.stringContaining('Mời đến sau') })
    expect(rows.find((one) => one.channel !== 'inapp')?.title ?? '').not.toContain('Xã đã nhận')
  }, 90_000)

  test('and the next dossier, of the version without them, is printed like all others', async () => {
    const { last } = await walk(app, await filed())
    const ctx = await app.as('motcua.14797')
    expect(textOf(await paperPdf(ctx, (await getPaper(ctx, last.id, { kind: 'result' })).paper))).not.toContain('BẢN SAO CỦA XÃ')
  }, 60_000)

  test.each<[string, ProcedureRecord['texts'], string, RegExp]>([
    ['a field that no question gives', { prints: [{ template: 'result', source: `${OWN}\n#answers.so_nha` }] }, 'texts.prints[0].source', /Kết quả giải quyết: Dòng 6: không có trường “so_nha”/],
    ['broken writing', { prints: [{ template: 'result', source: `${OWN}\n*chưa đóng` }] }, 'texts.prints[0].source', /Dòng 6: có dấu mở mà chưa đóng/],
    ['code from elsewhere', { prints: [{ template: 'receipt', source: '#import "@preview/cetz:0.3.0": *' }] }, 'texts.prints[0].source', /không được dùng “import”/],
    ['a hole that nothing fills', { notices: [{ key: 'dossiers.accepted', sms: { title: 'Nhận', body: 'Ông/bà {ho_ten}' } }] }, 'texts.notices[0].sms', /ngoặc nhọn|không dùng được/],
    ['a person in an SMS', { notices: [{ key: 'dossiers.accepted', sms: { title: 'Nhận', body: 'Hồ sơ {procedure}' } }] }, 'texts.notices[0].sms', /\{procedure\} không dùng được ở đây; dùng: \{code\}/],
    ['a link in an SMS', { notices: [{ key: 'dossiers.accepted', sms: { title: 'Nhận', body: 'Xem http://x.vn' } }] }, 'texts.notices[0].sms', /không được có đường dẫn/],
    ['a message nobody sends', { notices: [{ key: 'dossiers.khong_co' }] }, 'texts.notices[0]', /không có “dossiers.khong_co”/],
  ])('is not published with %s', async (_name, texts, path, words) => {
    const { env } = app
    const faults = await textFaults({ ...RECORD, texts }, { catalogs: env.catalogs, book: env.notices.book, tryPdf: env.printer.tryPdf })
    expect(faults[0]).toEqual({ path, message: expect.stringMatching(words) })
    const refused = await publish(withTexts(texts, _name)).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Invalid)
    expect((refused as Invalid).fields.map(({ key }) => key)).toContain(path)
    const { id } = await beginDraft(await app.as('kiemsoat.h56'), { from: 'file', text: withTexts(texts, _name) })
    const second = await app.as('quantriht.h56')
    expect((await checkDraft(second, id)).faults).toContainEqual({ path, part: 'texts', message: expect.stringMatching(words) })
    await expect(publishDraft(second, { draft: id, revision: 0, backdated: 'Thử' })).rejects.toBeInstanceOf(Invalid)
    await dropDraft(second, { draft: id, note: '' })
  }, 30_000)
})
