// Many at once, kept ways of looking, lists taken out, pages that hear of changes: over HTTP, as officers of several roles.

import readSheet from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { viewDossier } from '#modules/dossiers/index.ts'
import { systemCtx } from '#core/ctx.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openItems } from '../support/walk.ts'
import { fileCase, MovableClock, records } from './people.ts'
import { Visitor } from './visitor.ts'
import { batchesOf } from '#web/desk/batch.tsx'

const clock = new MovableClock('2026-11-20T08:30:00+07:00')
const record = records.find((one) => one.code === '2.000815')!
let app: TestApp
let desk: Visitor

beforeAll(async () => {
  app = await testApp({ clock })
  desk = await Visitor.at(app, 'motcua.14797')
})
afterAll(() => app.close())

const waiting = async (n: number) => {
  const made = []
  for (let at = 0; at < n; at++) made.push(await fileCase(app, clock, record, '2026-11-20T08:30:00+07:00', at))
  return Promise.all(made.map(async (dossier) => ({ dossier, item: (await openItems(app, dossier))[0]! })))
}
const stateOf = async (id: string) => (await viewDossier(systemCtx(app.env, 'test'), id)).dossier.state

describe('batch completion', () => {
  test('what was ticked is shown by step, then each is accepted by itself; pressing twice does nothing more', async () => {
    const all = await waiting(3)
    const page = await desk.post('/desk/work/batch', all.map(({ item }) => ['item', item.id] as const))
    expect(page.status).toBe(200)
    for (const { dossier } of all) expect(page.text).toContain(dossier.code)
    const accept = all[0]!.item.outcomes.find((one) => one.effect === 'accept')!
    const fields = [...all.map(({ item }) => ['item', item.id] as const), ['outcome', accept.key] as const, ['note', 'Đủ giấy tờ.'] as const]
    const done = await desk.post('/desk/work/completions', fields)
    expect(done.text).toContain('Đã làm xong 3 việc.')
    for (const { dossier } of all) expect(await stateOf(dossier.id)).not.toBe('MOI_DANG_KY')
    const again = await desk.post('/desk/work/completions', fields)
    expect(again.text).toContain('Đã làm xong 3 việc.')
    for (const { dossier } of all) expect((await viewDossier(systemCtx(app.env, 'test'), dossier.id)).papers.filter((paper) => paper.kind === 'receipt')).toHaveLength(1)
  })

  test('one that a colleague finished first is named; the others are done', async () => {
    const all = await waiting(2)
    const accept = all[0]!.item.outcomes.find((one) => one.effect === 'accept')!
    await (await Visitor.at(app, 'motcua2.14797', /Công chức Bộ phận một cửa/)).post('/desk/work/completions', [['item', all[0]!.item.id], ['outcome', accept.key]])
    const done = await desk.post('/desk/work/completions', [...all.map(({ item }) => ['item', item.id] as const), ['outcome', accept.key]])
    expect(done.text).toContain('Đã làm xong 1 việc. 1 việc chưa làm được')
  })

  test('a refusal is never done in a batch, even when sent by hand', async () => {
    const [one] = await waiting(1)
    const refuse = one!.item.outcomes.find((choice) => choice.effect === 'refuse')!
    expect(batchesOf([one as never])[0]!.outcomes.map((choice) => choice.effect)).not.toContain('refuse')
    const answer = await desk.post('/desk/work/completions', [['item', one!.item.id], ['outcome', refuse.key]])
    expect(answer.text).toContain('phải làm riêng từng hồ sơ')
    expect(await stateOf(one!.dossier.id)).toBe('MOI_DANG_KY')
  })

  test('another desk neither sees nor does it', async () => {
    const [one] = await waiting(1)
    const stranger = await Visitor.at(app, 'motcua.14845')
    expect((await stranger.post('/desk/work/batch', [['item', one!.item.id]])).status).toBe(404)
    await stranger.post('/desk/work/completions', [['item', one!.item.id], ['outcome', one!.item.outcomes[0]!.key]])
    expect(await stateOf(one!.dossier.id)).toBe('MOI_DANG_KY')
  })
})

describe('lists taken out', () => {
  test('a spreadsheet has the rows of the list, typed cells, and says who took it', async () => {
    const listed = await desk.get('/desk/dossiers')
    const answer = await desk.raw('/desk/sheets/dossiers?dang=xlsx')
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="ho-so-2026-11-20\.xlsx"$/)
    const rows = await readSheet(Buffer.from(answer.rawPayload)) as unknown as (string | Date | null)[][]
    const table = Array.isArray(rows[0]) ? rows : (rows as unknown as { data: (string | Date | null)[][] }[])[0]!.data
    const said = table.flat().filter((cell) => typeof cell === 'string')
    expect(said.filter((cell) => String(cell).includes('lấy ra lúc')).length).toBe(2)
    const head = table.findIndex((row) => row[0] === 'Mã hồ sơ')
    expect(head).toBeGreaterThan(0)
    const codes = table.slice(head + 1).map((row) => String(row[0])).filter((code) => /^[A-Z]\d/.test(code))
    expect(codes.length).toBeGreaterThan(5)
    for (const code of codes) expect(listed.html).toContain(code)
    expect(table[head + 1]![4]).toBeInstanceOf(Date)
  })

  test('the printed one carries the mark on it; both are looks at every row', async () => {
    const page = await desk.get('/desk/sheets/worklist?hand=all&dang=in')
    expect(page.html).toContain('class="watermark"')
    expect(page.text).toContain('chỉ dùng cho công vụ')
    const { count } = await app.env.db.selectFrom('core.event').select((eb) => eb.fn.countAll<number>().as('count')).where('name', '=', 'dossiers.list_viewed').executeTakeFirstOrThrow()
    expect(Number(count)).toBeGreaterThanOrEqual(1)
  })

  test.each(['quantri.14797', 'quantriht.h56', 'antoan.h56'])('%s, who sees no cases, gets no rows', async (login) => {
    const keeper = await Visitor.at(app, login).catch(() => null)
    if (!keeper) return
    const page = await keeper.get('/desk/sheets/dossiers?dang=in')
    expect(page.html).not.toContain('H56')
  })
})

describe('kept ways of looking', () => {
  test('kept, shown as a chip, dropped again; a nameless one says what to do', async () => {
    const kept = await desk.post('/desk/views', [['list', 'worklist'], ['query', 'hand=all&due=late'], ['name', 'Quá hạn của đơn vị'], ['returnTo', '/desk?hand=all&due=late']])
    expect(kept.text).toContain('Quá hạn của đơn vị')
    expect((await desk.get('/desk?hand=all')).html).toContain('href="/desk?hand=all&amp;due=late"')
    expect((await desk.post('/desk/views', [['list', 'worklist'], ['query', 'hand=all'], ['name', ' ']])).text).toContain('Đặt tên cho cách xem')
    const id = /\/desk\/views\/([0-9a-f-]{36})\/removal/.exec((await desk.get('/desk?hand=all&due=late')).html)![1]
    expect((await desk.post(`/desk/views/${id}/removal`, [])).text).toContain('Đã bỏ cách xem')
  })
})

describe('pages hear of changes', () => {
  async function stream(base: string, cookie: string, path: string): Promise<{ heard: string[]; stop: () => void }> {
    const abort = new AbortController()
    const answer = await fetch(base + path, { headers: { cookie }, signal: abort.signal })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const heard: string[] = []
    void (async () => {
      for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
        for (const [, name] of Buffer.from(chunk).toString().matchAll(/event: (\w+)/g)) heard.push(name!)
      }
    })().catch(() => {})
    return { heard, stop: () => abort.abort() }
  }

  test('the desk that got work and whoever watches the dossier are told; another commune is not; nobody without a session', async () => {
    const base = await app.server.listen({ port: 0, host: '127.0.0.1' })
    expect((await fetch(`${base}/live`, { headers: { accept: 'application/json' } })).status).toBe(401)
    const [one] = await waiting(1)
    const elsewhere = await Visitor.at(app, 'motcua.14845')
    expect((await fetch(`${base}/live?dossier=${one!.dossier.code}`, { headers: { cookie: elsewhere.cookie() } })).status).toBe(404)
    const [mine, theirs, watching] = [await stream(base, desk.cookie(), '/live'), await stream(base, elsewhere.cookie(), '/live'), await stream(base, desk.cookie(), `/live?dossier=${one!.dossier.code}`)]
    await new Promise((done) => setTimeout(done, 1500))
    await waiting(1)
    await desk.post('/desk/work/completions', [['item', one!.item.id], ['outcome', one!.item.outcomes[0]!.key]])
    await expect.poll(() => mine.heard.includes('desk'), { timeout: 5000 }).toBe(true)
    await expect.poll(() => watching.heard.includes('dossier'), { timeout: 5000 }).toBe(true)
    expect(theirs.heard).toEqual([])
    for (const one of [mine, theirs, watching]) one.stop()
  })
})
