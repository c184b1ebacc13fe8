// The fee tab and the trial tab of a draft as a browser without script uses them: rows, holes and overlaps, a case tried, DMN out and in, a trial; and who may.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { jobs } from '#main/modules.ts'
import { beginDraft, type FeePart, feePartOf, getDraft, inForceOn, listVersions, saveDraftPart } from '#modules/procedures/index.ts'
import { listTrials } from '#modules/trials/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { loadPast } from '../support/past.ts'
import { MovableClock } from './people.ts'
import { Visitor } from './visitor.ts'

const clock = new MovableClock('2026-11-23T09:00:00+07:00')
const CODE = '1.013831'
let app: TestApp
let clerk: Visitor
let id = ''

const at = (path = '') => `/admin/procedures/drafts/${id}/fees${path}`
const part = async (): Promise<FeePart> => feePartOf((await getDraft(app.env.db, id)).record)
const fee = async (code: string) => (await part()).fees.find((one) => one.code === code)!

beforeAll(async () => {
  app = await testApp({ clock })
  clerk = await Visitor.at(app, 'kiemsoat.h56')
  const version = inForceOn(await listVersions(app.env.db, CODE), '2026-11-23')!
  id = (await beginDraft({ ...(await app.as('kiemsoat.h56')), now: clock.now() }, { from: 'version', version: version.id })).id
}, 240_000)
afterAll(() => app.close())

describe('the fee tab', () => {
  test('says fees as a clerk reads them', async () => {
    await clerk.get(at())
    expect(clerk.page.text).toContain('Không hở, không chồng')
    expect(clerk.page.text).toMatch(/không quá 500 300\.000 đ/)
    expect(clerk.page.text).toContain('Chỉ thu khi: “Loại đất” là một trong: Đất ở, Đất phi nông nghiệp khác')
    expect(clerk.page.text).toContain('Hộ nghèo được miễn phí thẩm định')
  })

  test('a row changed makes a hole, which is said with its case; the next row closes it', async () => {
    await clerk.get(at('/items/P-TDHS-DAT-O/rows/dong_1'))
    await clerk.press('Lưu dòng', { 'when.0.0.value': '400', amount: '320.000', legal: 'NQ 12/2026/NQ-HĐND, Điều 3' })
    expect(clerk.page.text).toMatch(/diện tích chuyển 450 m²: không có dòng nào|diện tích chuyển 500 m²: không có dòng nào/i)
    expect((await fee('P-TDHS-DAT-O')).rates).toMatchObject([{ when: 'form.land_area <= 400', amount: 320_000, legal: 'NQ 12/2026/NQ-HĐND, Điều 3' }, { amount: 500_000 }])
    await clerk.get(at('/items/P-TDHS-DAT-O/rows/moi'))
    // a browser without script first chooses the question, then sees what may be asked of it
    await clerk.press('Cập nhật các ô điều kiện', { 'when.0.0.subject': 'form.land_area' })
    await clerk.press('Cập nhật các ô điều kiện', { 'when.0.0.op': '>', 'when.0.0.value': '400', 'when.1.0.subject': 'form.land_area' })
    // (the visitor reads no attribute with > in it, so what was chosen is said again)
    await clerk.press('Lưu dòng', { 'when.0.0.op': '>', 'when.1.0.op': '<=', 'when.1.0.value': '500', amount: '400000' })
    expect(clerk.page.text).toContain('Không hở, không chồng')
    expect((await fee('P-TDHS-DAT-O')).rates!.at(-1)).toMatchObject({ when: 'form.land_area > 400 and form.land_area <= 500', amount: 400_000 })
  })

  test('what is wrong in a row is said beside it and nothing is lost', async () => {
    const before = await part()
    await clerk.get(at('/items/LP-GCN/rows/moi'))
    await clerk.press('Lưu dòng', { amount: 'một trăm', from: '2027-05-01', until: '2027-01-01', legal: 'Thông tư 85' })
    expect(clerk.page.status).toBe(422)
    expect(clerk.page.text).toContain('“một trăm” không phải số đồng nguyên')
    expect(clerk.page.text).toContain('Ngày cuối đứng trước ngày đầu')
    expect(clerk.page.html).toContain('Thông tư 85')
    expect(await part()).toEqual(before)
  })

  test('an overlap is told on the row itself before it is saved', async () => {
    await clerk.get(at('/items/LP-GCN/rows/moi'))
    await clerk.press('Cập nhật các ô điều kiện', { amount: '5000' })
    expect(clerk.page.text).toMatch(/dòng 1 và dòng 4 cùng khớp/)
  })

  test('a khoản is added with its first row, an exemption too, and both go again', async () => {
    await clerk.get(at('/items/moi'))
    await clerk.press('Lưu, rồi thêm mức thu', { name: 'Phí đo đạc', kind: 'phi' })
    expect(clerk.page.text).toContain('Dòng mới của “Phí đo đạc”')
    await clerk.press('Lưu dòng', { amount: '8.000', count: 'land_area', word: 'm²', most: '200.000' })
    expect(await fee('P-PDD')).toMatchObject({ name: 'Phí đo đạc', rates: [{ amount: 8000, per: { count: 'land_area', word: 'm²', most: 200_000 } }] })
    expect(clerk.page.text).toContain('8.000 đ mỗi m²')
    await clerk.get(at('/exemptions/moi'))
    await clerk.press('Cập nhật các ô điều kiện', { 'when.0.0.subject': 'form.has_house', text: 'Có nhà thì giảm nửa.', percent: '50' })
    await clerk.press('Lưu', { 'when.0.0.value': 'co', fees: 'P-PDD' })
    expect((await part()).exemptions!.at(-1)).toMatchObject({ percent: 50, when: 'form.has_house = "co"', fees: ['P-PDD'] })
    await clerk.get(at('/items/P-PDD'))
    await clerk.press('Bỏ khoản này')
    expect((await part()).fees.map((one) => one.code)).not.toContain('P-PDD')
    expect((await part()).exemptions).toHaveLength(2)
  })

  test('a case tried gives the sum, the row and the clause', async () => {
    await clerk.get(at('?try=1&_channel=truc_tiep&_on=2026-11-23&land_area=450&land_use=dat_o&has_house=co&new_certificate=cap_moi'))
    expect(clerk.page.text).toContain('Phải nộp 500.000 đ')
    expect(clerk.page.text).toMatch(/Dòng 3: .* 400\.000 đ/)
    expect(clerk.page.text).toContain('Căn cứ: Nghị quyết của Hội đồng nhân dân tỉnh')
    await clerk.get(at('?try=1&_channel=truc_tiep&_on=2026-11-23&land_area=450&land_use=dat_o&has_house=co&new_certificate=cap_moi&fee_priority=ho_ngheo'))
    expect(clerk.page.text).toContain('Phải nộp Không thu')
    expect(clerk.page.text).toContain('Hộ nghèo được miễn')
  })

  test('another has changed the same row in between: both sides are shown, nothing is lost', async () => {
    await clerk.get(at('/items/P-TDHS-NN/rows/dong_1'))
    const ctx = { ...(await app.as('quantriht.h56')), now: clock.now() }
    const draft = await getDraft(app.env.db, id)
    const now = await part()
    await saveDraftPart(ctx, { draft: id, part: 'fees', base: draft.revision, value: JSON.parse(JSON.stringify({ ...now, fees: now.fees.map((one) => (one.code === 'P-TDHS-NN' ? { ...one, rates: [{ id: 'dong_1', amount: 170_000, legal: one.legal }], amount: undefined } : one)) })) })
    await clerk.press('Lưu dòng', { amount: '160.000' })
    expect(clerk.page.status).toBe(409)
    expect(clerk.page.text).toContain('cũng vừa sửa')
    await clerk.press('Lưu lựa chọn')
    expect((await fee('P-TDHS-NN')).rates![0]!.amount).toBe(160_000)
  })
})

describe('as DMN', () => {
  test('given out, changed in another tool, taken again; a foreign table with a report', async () => {
    const file = await clerk.get(at('/dmn/bang-phi.dmn'))
    expect(file.html).toContain('https://www.omg.org/spec/DMN/20191111/MODEL/')
    await clerk.get(at('/dmn'))
    await clerk.press('Lưu bảng DMN', { xml: file.html.replace('>320000<', '>330000<') })
    expect((await fee('P-TDHS-DAT-O')).rates![0]!.amount).toBe(330_000)
    await clerk.get(at('/dmn'))
    await clerk.press('Lưu bảng DMN', { xml: '<definitions' })
    expect(clerk.page.status).toBe(422)
    expect(clerk.page.text).toContain('cần một tệp DMN 1.3')
    expect((await fee('P-TDHS-DAT-O')).rates![0]!.amount).toBe(330_000)
  })
})

describe('on the past', () => {
  test('without a dossier the page says so and what to do', async () => {
    await clerk.get(`/admin/procedures/drafts/${id}/history`)
    expect(clerk.page.text).toContain(`Chưa có hồ sơ nào của thủ tục ${CODE}`)
    expect(clerk.page.text).toContain('npm run simulate')
  })

  test('started, watched, read, every figure opened; a commune reads, strangers do not', async () => {
    await loadPast(app, { procedure: CODE, count: 60, until: '2026-11-19' })
    await clerk.get(`/admin/procedures/drafts/${id}/history`)
    await clerk.press('Chạy thử')
    expect(clerk.page.text).toContain('0 trên 60 hồ sơ')
    const [trial] = await listTrials(await app.as('kiemsoat.h56'), id)
    await jobs.find((job) => job.name === 'trials.run')!.run({ ...systemCtx(app.env, 'Hệ thống'), now: clock.now() }, { trial: trial!.id } as never)
    await clerk.get(clerk.page.url)
    expect(clerk.page.text).toMatch(/Với 60 hồ sơ đã nộp/)
    const links = [...clerk.page.html.matchAll(/href="([^"]+\/cases\?of=[^"]+)">([\d.]+)</g)].map(([, href, n]) => [href!.replaceAll('&amp;', '&'), n!] as const)
    expect(links.length).toBeGreaterThan(15)
    for (const [href, n] of links) {
      await clerk.get(href)
      expect([href, clerk.page.text]).toEqual([href, expect.stringContaining(`: ${n} hồ sơ`)])
    }
    expect(clerk.page.html).not.toContain('Người Nộp Số')
    const commune = await Visitor.at(app, 'chuyenvien2.14797.vp', /Cán bộ đầu mối kiểm soát/)
    expect((await commune.get(`/admin/procedures/drafts/${id}/history/${trial!.id}`)).status).toBe(200)
    const keeper = await Visitor.at(app, 'quantriht.h56')
    await keeper.get(`/admin/procedures/drafts/${id}/history/${trial!.id}/cases?of=all`)
    expect(keeper.page.html).not.toContain('/desk/dossiers/H56')
    for (const login of ['motcua.14797', 'chutich.14797', 'quantri.14797']) {
      const stranger = await Visitor.at(app, login)
      for (const path of [`/history/${trial!.id}`, `/history/${trial!.id}/cases?of=all`, '/fees/dmn', '/fees/items/LP-GCN', '/fees/dmn/bang-phi.dmn']) expect([login, path, (await stranger.get(`/admin/procedures/drafts/${id}${path}`)).status]).toEqual([login, path, 403])
    }
    const token = /name="_csrf" value="([^"]+)"/.exec((await commune.get('/account/security')).html)![1]!
    const acts: [string, [string, string][]][] = [
      ['/history', [['from', '2026-01-01'], ['to', '2026-11-19']]], ['/fees/items/LP-GCN/rows/dong_1', [['amount', '1']]], ['/fees/items/moi', [['name', 'X']]], ['/fees/exemptions/0', [['_act', 'drop']]],
      ['/fees/dmn/removal', []],
    ]
    for (const [path, fields] of acts) expect([path, (await commune.send('POST', `/admin/procedures/drafts/${id}${path}`, [['_csrf', token], ...fields], false)).status]).toEqual([path, 403])
    for (const [path] of acts) expect([path, (await clerk.send('POST', `/admin/procedures/drafts/${id}${path}`, [], false)).status]).toEqual([path, 403])
    expect((await clerk.get(`/admin/procedures/drafts/${id}/history/${trial!.id}/cases?of=khong:co`)).status).toBe(404)
  })
})
