// Every figure that a citizen or officer sees leads to its rule: the main pages are walked, a figure without its rule fails; and every link leads to a page.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { procedureTexts } from '#main/pack.ts'
import { completeStep, type Dossier } from '#modules/dossiers/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { doerOf, file, openItems, saying, walk } from '../support/walk.ts'
import { Visitor as Officer } from '../desk/visitor.ts'
import { signedIn, type Visitor as Citizen } from '../portal/visitor.ts'
import { unmarked } from './figures.ts'

const clock = new MovableClock('2026-07-15T09:00:00+07:00')
let app: TestApp
const cases: Record<'sent' | 'accepted' | 'done' | 'paid', Dossier> = {} as never
const golden = (code: string) => (JSON.parse(procedureTexts().find(({ name }) => name.startsWith(code))!.text) as ProcedureRecord).cases.find((one) => one.channel === 'truc_tuyen' && one.expect.valid !== false)!
let citizen: Citizen
let desk: Officer
let leader: Officer
let keeper: Officer

beforeAll(async () => {
  app = await testApp({ clock })
  const ctx = await app.as('congdan1')
  const make = (code: string) => file(ctx, { procedure: code, unit: '14797', channel: 'truc_tuyen', form: golden(code).form })
  cases.done = await make('1.004873')
  await walk(app, cases.done)
  cases.accepted = await make('1.001612')
  const [item] = await openItems(app, cases.accepted)
  await completeStep(await app.as(await doerOf(app, item!)), { item: item!.id, outcome: item!.outcomes.find((one) => one.effect === 'accept')!.key, ...(await saying(app, cases.accepted, item!, 'x')) })
  cases.sent = await make('1.001193')
  citizen = await signedIn(app, 'congdan1')
  ;[desk, leader, keeper] = [await Officer.at(app, 'motcua.14797'), await Officer.at(app, 'lanhdao.14797'), await Officer.at(app, 'kiemsoat.h56')]
}, 120_000)
afterAll(() => app.close())

describe('the finder itself', () => {
  test.each([
    ['<p>Trả lời trong 8 giờ làm việc.</p>', 1],
    ['<p>Trả lời trong 8 giờ làm việc. <a data-rule="x" href="/can-cu/x">căn cứ</a></p>', 0],
    ['<table><thead><tr><th>Tên</th><th>Mức <a data-rule="x">căn cứ</a></th></tr></thead><tbody><tr><td>LP</td><td>100.000 đ</td></tr></tbody></table>', 0],
    ['<table><thead><tr><th>Tên <a data-rule="x">căn cứ</a></th><th>Mức</th></tr></thead><tbody><tr><td>LP</td><td>100.000 đ</td></tr></tbody></table>', 1],
    ['<dl><div><dt>Hẹn trả</dt><dd>Hẹn trả 17:30 23/11/2026</dd></div><div><dt>x</dt><dd><a data-rule="y">căn cứ</a></dd></div></dl>', 1],
    ['<ul><li>3 ngày làm việc <a data-rule="x">c</a></li><li>5 ngày làm việc</li></ul>', 1],
  ])('%s', (html, count) => expect(unmarked(html)).toHaveLength(count))
})

const linksOf = (html: string): string[] => [...html.matchAll(/href="(\/can-cu\/[^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))

describe('pages', () => {
  const links = new Set<string>()
  async function check(html: string, url: string, least = 0): Promise<void> {
    expect(unmarked(html), url).toEqual([])
    const own = linksOf(html)
    expect(own.length, url).toBeGreaterThanOrEqual(least)
    for (const href of own) links.add(href)
  }

  test('of everybody', async () => {
    const nobody = new Officer(app)
    for (const [url, least] of [['/', 1], ['/thu-tuc', 0], ['/thu-tuc/1.001193', 4], ['/thu-tuc/1.001612', 3], ['/thu-tuc/2.000815', 3], ['/thu-tuc/1.013225', 3], ['/can-cu', 25], [`/tra-cuu/${cases.accepted.code}`, 1]] as const) {
      const page = await nobody.get(url)
      expect(page.status, url).toBe(200)
      await check(page.html, url, least)
    }
  })

  test('of the applicant', async () => {
    for (const [dossier, least] of [[cases.sent, 1], [cases.accepted, 2], [cases.done, 2]] as const) {
      const page = await citizen.open(`/ho-so/${dossier.code}`)
      expect(page.status).toBe(200)
      await check(page.html, `/ho-so/${dossier.state}`, least)
    }
    for (const url of ['/ho-so', `/ho-so/${cases.accepted.code}/nop-tien`]) {
      const page = await citizen.open(url)
      if (page.status === 200) await check(page.html, url)
    }
  })

  test('of officers', async () => {
    for (const [who, url, least] of [
      [desk, '/desk', 1], [desk, `/desk/dossiers/${cases.sent.code}`, 1], [desk, `/desk/dossiers/${cases.accepted.code}`, 3], [desk, `/desk/dossiers/${cases.done.code}`, 2],
      [desk, `/desk/dossiers/${cases.accepted.code}/slip`, 1], [desk, '/desk/book', 0], [desk, '/desk/cash', 0], [leader, '/desk/watch', 1], [leader, '/desk/board', 0],
      [keeper, '/admin/rules', 20], [keeper, '/admin/rules/procedures/1.001612', 2], [keeper, '/admin/rules/documents?q=118/2025/N%C4%90-CP', 3],
    ] as const) {
      const page = await who.get(url)
      expect(page.status, url).toBe(200)
      await check(page.html, url, least)
    }
  })

  test('every link leads to a rule in plain words with its clause, today and on an earlier day', async () => {
    const nobody = new Officer(app)
    expect(links.size).toBeGreaterThan(35)
    for (const href of links) {
      const page = await nobody.get(href)
      expect(page.status, href).toBe(200)
      expect(page.text, href).toContain('Điều, khoản')
    }
    expect((await nobody.get('/can-cu/bo-mau-giay-to?ngay=2025-05-21')).text).toContain('6 mẫu')
    expect((await nobody.get('/can-cu/bo-mau-giay-to')).text).toContain('7 mẫu')
    expect((await nobody.get('/can-cu?q=bo%20sung')).text).toContain('Số lần yêu cầu bổ sung')
    expect((await nobody.get('/can-cu/khong-co')).status).toBe(404)
    expect((await nobody.get('/can-cu/thu-tuc/1.001193/khong-co')).status).toBe(404)
    expect((await nobody.get('/can-cu/thu-tuc/9.999999/thoi-han')).status).toBe(404)
  })
})

describe('doors', () => {
  const gets = ['/admin/rules', '/admin/%72ules', '/admin/r%75les/changes', '/admin/rules/changes', '/admin/rules/documents', '/admin/rules/changes/new?rule=receptionHours', '/admin/rules/procedures/1.001193']
  test.each([['motcua.14797', 403], ['lanhdao.14797', 403], ['quantri.14797', 403], ['kiemsoat.h56', 200], ['quantriht.h56', 200]])('%s is answered %d', async (login, status) => {
    const who = await Officer.at(app, login)
    for (const url of gets) expect((await who.get(url)).status, url).toBe(status)
  })
  test('whoever heads the province reads plans of units and nothing else of the administration, however it is spelt', async () => {
    const who = await Officer.at(app, 'chutich.h56')
    for (const [url, status] of [['/admin/reorganisations', 200], ['/admin/%72eorganisations', 200], ['/admin/rules', 403], ['/admin/%72ules', 403], ['/admin/units', 403], ['/admin/%75nits', 403], ['/admin/reorganisations/../units', 403]] as const)
      expect((await who.get(url)).status, url).toBe(status)
  })
  test('nobody without a sign-in, no citizen; and nobody but keepers posts', async () => {
    expect((await app.server.inject({ url: '/admin/rules' })).statusCode).not.toBe(200)
    expect((await citizen.open('/admin/rules')).status).toBe(403)
    for (const url of ['/admin/rules/changes', '/admin/rules/changes/preview', '/admin/rules/changes/00000000-0000-0000-0000-000000000000/confirmation', '/admin/%72ules/changes/00000000-0000-0000-0000-000000000000/confirmation', '/admin/rules/changes/00000000-0000-0000-0000-000000000000/retrials', '/admin/rules/findings/00000000-0000-0000-0000-000000000000'])
      expect((await desk.post(url, [['rule', 'receptionHours'], ['value', '4']])).status, url).toBe(403)
    expect((await keeper.post('/admin/rules/changes/00000000-0000-0000-0000-000000000000/confirmation', [])).status).toBe(404)
  })
})
