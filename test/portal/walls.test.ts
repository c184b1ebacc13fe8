// What the portal keeps from strangers, from guessers and from pages of others; and that mistakes lose nothing.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { save, viewDossier } from '#modules/dossiers/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { file, openItems, PDF } from '../support/walk.ts'
import { csrfOf, mainForm, post, signedIn, Visitor } from './visitor.ts'
import { goldenOf, recordOf } from './golden.ts'

let app: TestApp
let me: Visitor
let stranger: Visitor
let nobody: Visitor
beforeAll(async () => {
  app = await testApp()
  me = await signedIn(app, 'congdan1')
  stranger = await signedIn(app, 'congdan2')
  nobody = new Visitor(app, null)
})
afterAll(() => app.close())

const golden = goldenOf('1.004194')
const filed = async () => file(await app.as('congdan1'), { procedure: '1.004194', unit: '14797', channel: 'truc_tuyen', form: golden.form })

async function drafted(visitor = me): Promise<string> {
  const begun = await visitor.press(mainForm(await visitor.open('/thu-tuc/1.004194/nop')), null)
  return /\/ho-so\/([0-9a-f-]{36})/.exec(begun.url)![1]!
}

describe('another citizen', () => {
  test('gets 404 for every page of a dossier, a draft and its files', async () => {
    const dossier = await filed()
    const view = await viewDossier(await app.as('congdan1'), dossier.id)
    const draft = await drafted()
    const [part] = view.parts
    const pages = [
      ...[
        '',
        '/da-nop',
        '/khai',
        '/khai/applicant',
        '/giay-to',
        '/xem-lai',
        '/rut',
        '/xoa',
        '/noi-nop',
        '/giay/00000000-0000-4000-8000-000000000000',
      ].flatMap((page) => [`/ho-so/${dossier.code}${page}`, `/ho-so/${dossier.id}${page}`, `/ho-so/${draft}${page}`]),
      `/tep/${part!.fileId}`,
    ]
    for (const page of pages) expect([page, (await stranger.open(page)).status]).toEqual([page, 404])
    const csrf = await csrfOf(stranger)
    for (const act of [
      'nop',
      'rut',
      'xoa',
      'nhan-ket-qua',
      'noi-nop',
      'khai/applicant',
      'khai/applicant/luu',
      `viec/${view.items[0]!.id}`,
    ]) {
      for (const ref of [dossier.code, draft])
        expect([act, (await post(stranger, `/ho-so/${ref}/${act}`, { outcome: 'x', unit: '14797' }, csrf)).status]).toEqual([act, 404])
    }
    expect((await me.open(`/tep/${part!.fileId}`)).status).toBe(200)
  })

  test('nobody signed in is led to the sign-in and back', async () => {
    const visit = await nobody.open('/ho-so')
    expect(visit.url).toContain('/sign-in?returnTo=%2Fho-so')
  })

  test('an act of my own dossier cannot be done through the step of another', async () => {
    const [mine, other] = [
      await filed(),
      await file(await app.as('congdan2'), { procedure: '1.004194', unit: '14797', channel: 'truc_tuyen', form: golden.form }),
    ]
    const [item] = await openItems(app, other)
    const reply = await post(me, `/ho-so/${mine.code}/viec/${item!.id}`, { outcome: item!.outcomes[0]!.key }, await csrfOf(me))
    expect(reply.status).toBe(404)
  })
})

describe('tracking by code', () => {
  test('shows state, dates, agencies and a masked name, never the whole one', async () => {
    const dossier = await filed()
    const visit = await nobody.open(`/tra-cuu?ma=${encodeURIComponent(` ${dossier.code!.toLowerCase()} `)}`)
    expect(visit.status).toBe(200)
    expect(visit.html).toContain('N* T* Q* Hương')
    for (const secret of ['Nguyễn Thị Quỳnh', '038194900001', '0900100001', golden.form['applicant_full_name'] as string])
      expect(visit.html).not.toContain(secret)
  })

  test('a code nobody bears is answered kindly, and more than 30 a minute are too many', async () => {
    const missing = await nobody.open('/tra-cuu/H56.99-990101-9999')
    expect(missing.status).toBe(404)
    expect(missing.html).toContain('Xem lại mã trên giấy hẹn')
    let last = missing
    for (let i = 0; i < 31; i++) last = await nobody.open('/tra-cuu/H56.99-990101-9999')
    expect(last.status).toBe(429)
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
    expect(last.html).toContain('Xin chờ một chút')
  })
})

describe('mistakes lose nothing', () => {
  test('a wrong answer comes back with its value, its sentence and the others kept', async () => {
    const draft = await drafted()
    const page = await me.open(`/ho-so/${draft}/khai/applicant`)
    const form = mainForm(page)
    form.controls.find((one) => one.name === 'applicant_phone')!.value = '12'
    form.controls.find((one) => one.name === 'applicant_birth_date')!.value = '30/2/2000'
    const back = await me.press(form, ['_do', 'next'])
    expect(back.status).toBe(422)
    expect(back.html).toContain('data-error-summary')
    expect(mainForm(back).controls.find((one) => one.name === 'applicant_phone')!.value).toBe('12')
    expect(mainForm(back).controls.find((one) => one.name === 'applicant_birth_date')!.value).toBe('30/02/2000')
    expect(back.html).toContain('<title>Còn chỗ cần sửa')
  })

  test('a refused file leaves the good ones in place; a removed one is gone', async () => {
    const draft = await drafted()
    const csrf = await csrfOf(me)
    await post(me, `/ho-so/${draft}/khai/khong_co/luu`, {}, csrf)
    const ctx = await app.as('congdan1')
    await save(ctx, { dossier: draft, form: { ...golden.form } })
    const papers = await me.open(`/ho-so/${draft}/giay-to`)
    const form = mainForm(papers)
    const field = form.controls.find((one) => one.type === 'file')!.name
    const back = await me.press(
      form,
      ['_do', 'stay'],
      [
        { field, name: 'giấy tờ 😀.pdf', content: PDF },
        { field, name: 'rỗng.pdf', content: Buffer.alloc(0) },
        { field, name: '../../trang.pdf', content: Buffer.from('<html><script>1</script>') },
        { field, name: 'ảnh.jpg', content: PDF },
      ],
    )
    expect(back.status).toBe(422)
    expect(back.html).toContain('rỗng.pdf: Tệp rỗng')
    expect(back.html).toContain('trang.pdf: Loại tệp này')
    expect(back.html).toContain('giấy tờ 😀.pdf')
    const removing = mainForm(back).controls.filter((one) => one.name === '_removeFile')
    expect(removing).toHaveLength(2)
    const less = await me.press(mainForm(back), ['_removeFile', removing[0]!.value])
    expect(mainForm(less).controls.filter((one) => one.name === '_removeFile')).toHaveLength(1)
  })

  test('uploads without the token of this session are refused and keep nothing', async () => {
    const draft = await drafted()
    const form = mainForm(await me.open(`/ho-so/${draft}/giay-to`))
    const forged = { ...form, controls: form.controls.map((one) => (one.name === '_csrf' ? { ...one, value: 'x' } : one)) }
    const reply = await me.press(forged, ['_do', 'stay'], [{ field: 'file.giay_to_cho_o', name: 'a.pdf', content: PDF }])
    expect(reply.status).toBe(403)
    expect((await viewDossier(await app.as('congdan1'), draft)).parts).toHaveLength(0)
  })

  test('a draft is resumed where it was left, and deleted when asked', async () => {
    const draft = await drafted()
    const second = recordOf('1.004194').form.sections.filter((section) => !section.visibleWhen)[1]!.key
    const left = await me.press(mainForm(await me.open(`/ho-so/${draft}/khai/${second}`)), ['_do', 'later'])
    expect(left.html).toContain('Đã lưu.')
    expect((await me.open(`/ho-so/${draft}`)).url).toBe(`/ho-so/${draft}/khai/${second}`)
    const gone = await me.press(mainForm(await me.open(`/ho-so/${draft}/xoa`)), null)
    expect(gone.html).toContain('Đã xóa bản nháp')
    expect((await me.open(`/ho-so/${draft}`)).status).toBe(404)
  })
})
