// Offices at work: absence and deputy, a post lent and signed with its prefix, nobody judging their own proposal, work given out, a post handed over.

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { listEvents, react } from '#core/events/index.ts'
import { jobs } from '#main/modules.ts'
import { issueToken } from '#modules/identity/index.ts'
import { accept, begin, completeStep, type Dossier, headsBoard, leads, listPapers } from '#modules/dossiers/index.ts'
import { delegate, endAbsence, endHolding, findHandover, handOver, listUnmanned, type Minutes, postsHeldBy, recordAbsence, revokeDelegation } from '#modules/org/index.ts'
import { assign, assignItem, canComplete, claim, type Item, listItems, listWorklist, reassign } from '#modules/work/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { doerOf, openItems } from '../support/walk.ts'
import { fileCase, MovableClock, records } from './people.ts'
import { Visitor } from './visitor.ts'

const clock = new MovableClock('2026-11-23T08:00:00+07:00')
let app: TestApp

beforeAll(async () => {
  app = await testApp({ clock })
}, 120_000)
afterAll(() => app.close())

const record = records.find((one) => one.code === '2.000815')!
let n = 0
const as = async (login: string) => ({ ...(await app.as(login)), now: clock.now() })
const id = (login: string) => `cb-${login}`

/** A dossier taken up to a step of this role. */
async function upTo(role: string): Promise<{ dossier: Dossier; item: Item }> {
  const at = clock.now().toISOString()
  const dossier = await fileCase(app, clock, record, at, ++n)
  for (let guard = 0; guard < 6; guard++) {
    const [item] = await openItems(app, dossier)
    if (item!.role === role) return { dossier, item: item! }
    const ctx = await as(await doerOf(app, item!))
    if (item!.outcomes.some((one) => one.effect === 'accept')) await accept(ctx, { dossier: dossier.code! })
    else await completeStep(ctx, { item: item!.id, outcome: item!.outcomes[0]!.key })
  }
  throw new Error(`không đến bước ${role}`)
}

const item = async (one: Item) => (await listItems(app.env.db, one.subject)).find((other) => other.id === one.id)!
const react1 = async (event: string, reaction: string) => {
  const { rows } = await sql<{ id: number }>`select id from core.event where name = ${event} order by id desc limit 1`.execute(app.env.db)
  await react({ ...systemCtx(app.env, 'Hệ thống'), now: clock.now() }, { event: rows[0]!.id, reaction })
}

describe('somebody away', () => {
  test('what they took goes to the deputy who can do it, else to the common list, once', async () => {
    const [a, b] = [await upTo('chuyen_vien'), await upTo('mot_cua')]
    const doer = await doerOf(app, a.item)
    await claim(await as(doer), { item: a.item.id })
    await claim(await as('motcua.14797'), { item: b.item.id })
    await recordAbsence(await as('motcua.14797'), { officer: id('motcua.14797'), deputy: id('motcua2.14797'), from: '2026-11-23', to: '2026-11-25', reason: 'nghỉ phép' })
    await react1('org.absence_recorded', 'work.away')
    await react1('org.absence_recorded', 'work.away')
    expect(await item(b.item)).toMatchObject({ state: 'claimed', claimedBy: id('motcua2.14797') })
    await recordAbsence(await as(doer), { officer: id(doer), from: '2026-11-23', to: '2026-11-24', reason: 'đi công tác' })
    await react1('org.absence_recorded', 'work.away')
    expect(await item(a.item)).toMatchObject({ state: 'open', claimedBy: null })
    const told = (await listEvents(app.env.db, b.item.subject)).filter((event) => event.name === 'work.item_reassigned')
    expect(told).toMatchObject([{ data: { officer: id('motcua2.14797'), reason: expect.stringContaining('nghỉ từ 23/11/2026') } }])
    await expect(assignItem(await as('chutich.14797'), { item: a.item.id, officer: id(doer) })).rejects.toMatchObject({ code: 'work.officer_away' })
    const mine = (await sql<{ id: string }>`select id from org.absence where officer_id = ${id(doer)}`.execute(app.env.db)).rows[0]!
    await endAbsence(await as(doer), { id: mine.id })
    await assignItem(await as('chutich.14797'), { item: a.item.id, officer: id(doer) })
    expect(await item(a.item)).toMatchObject({ claimedBy: id(doer), assignedByName: expect.any(String) })
  })

  test.each<[string, string, object, number, string]>([
    ['twice in the same days', 'motcua.14797', { officer: 'cb-motcua.14797', from: '2026-11-24', to: '2026-11-30' }, 409, 'org.absence_overlaps'],
    ['with a deputy who is away too', 'motcua2.14797', { officer: 'cb-motcua2.14797', deputy: 'cb-motcua.14797', from: '2026-11-24', to: '2026-11-24' }, 409, 'org.deputy_absent'],
    ['with themselves as deputy', 'vanthu.14797', { officer: 'cb-vanthu.14797', deputy: 'cb-vanthu.14797', from: '2026-11-24', to: '2026-11-24' }, 422, 'invalid'],
    ['for a stranger', 'motcua.14758', { officer: 'cb-vanthu.14797', from: '2026-11-24', to: '2026-11-24' }, 403, 'org.absence_not_yours'],
  ])('is refused %s', async (_what, login, given, status, code) => {
    await expect(recordAbsence(await as(login), { reason: 'nghỉ phép', ...given } as never)).rejects.toMatchObject({ status, code })
  })
})

describe('a post lent', () => {
  let delegation = ''

  test('is the deputy\'s like any other, marked with whose it is, and ends at once', async () => {
    const chair = await as('chutich.14797')
    const post = (await postsHeldBy(app.env.db, id('chutich.14797'), '2026-11-23')).find((one) => one.role === 'chu_tich')!
    await expect(delegate(chair, { post: post.id, to: id('chutich.14797'), from: '2026-11-23', until: '2026-11-25', prefix: 'KT.', basis: 'Giấy ủy quyền 1' })).rejects.toMatchObject({ code: 'org.lend_to_self' })
    ;({ id: delegation } = await delegate(chair, { post: post.id, to: id('lanhdao.14797'), from: '2026-11-23', until: '2026-11-25', prefix: 'KT.', basis: 'Giấy ủy quyền 12/GUQ-UBND' }))
    await expect(delegate(chair, { post: post.id, to: id('lanhdao.14797'), from: '2026-11-25', until: '2026-11-30', prefix: 'KT.', basis: 'Giấy ủy quyền 13' })).rejects.toMatchObject({ code: 'org.delegation_overlaps' })
    await expect(delegate(await as('lanhdao.14797'), { post: post.id, to: id('chanhvp.14797'), from: '2026-11-26', until: '2026-11-30', prefix: 'TL.', basis: 'Giấy 3' })).rejects.toMatchObject({ code: 'org.no_chain' })
    const [held] = (await postsHeldBy(app.env.db, id('lanhdao.14797'), '2026-11-24')).filter((one) => one.id === post.id)
    expect(held).toMatchObject({ onBehalfOf: { officerId: id('chutich.14797'), prefix: 'KT.', scope: 'all' } })
    expect((await postsHeldBy(app.env.db, id('lanhdao.14797'), '2026-11-26')).map((one) => one.id)).not.toContain(post.id)
  })

  test('what is signed in it says KT. on paper', async () => {
    const { dossier, item: signing } = await upTo('lanh_dao_don_vi')
    const deputy = await as('lanhdao.14797')
    const posts = deputy.actor.kind === 'officer' ? deputy.actor.posts.filter((post) => post.onBehalfOf) : []
    expect(posts).toHaveLength(1)
    const acting = { ...deputy, actor: { ...deputy.actor, posts } as never }
    expect(canComplete(signing, acting.actor)).toBeNull()
    await completeStep(acting, { item: signing.id, outcome: signing.outcomes.find((one) => one.effect === 'sign')!.key })
    const [number] = await openItems(app, dossier)
    await completeStep(await as(await doerOf(app, number!)), { item: number!.id, outcome: number!.outcomes[0]!.key })
    const result = (await listPapers(app.env.db, dossier)).find((paper) => paper.kind === 'result')!
    expect((result.data as { signer: { authority: string; title: string } }).signer).toMatchObject({ authority: 'KT. CHỦ TỊCH', title: expect.stringMatching(/PHÓ CHỦ TỊCH/) })
  })

  test('for running the office only, it signs nothing, by rule and by list', async () => {
    await revokeDelegation(await as('lanhdao.14797'), { id: delegation })
    expect((await postsHeldBy(app.env.db, id('lanhdao.14797'), '2026-11-23')).every((one) => !one.onBehalfOf)).toBe(true)
    const post = (await postsHeldBy(app.env.db, id('chutich.14797'), '2026-11-23')).find((one) => one.role === 'chu_tich')!
    const { id: run } = await delegate(await as('chutich.14797'), { post: post.id, to: id('lanhdao.14797'), from: '2026-11-23', until: '2026-11-25', prefix: 'KT.', scope: 'run', basis: 'Giấy ủy quyền 14' })
    const { item: signing } = await upTo('lanh_dao_don_vi')
    const deputy = await as('lanhdao.14797')
    const lent = deputy.actor.kind === 'officer' ? { ...deputy.actor, posts: deputy.actor.posts.filter((one) => one.onBehalfOf) } : deputy.actor
    expect(canComplete(signing, lent)?.code).toBe('work.not_your_desk')
    expect(leads(lent, { leaderUnit: 'th-14797' })).toBeNull()
    expect(leads((await as('chutich.14797')).actor, { leaderUnit: 'th-14797' })).not.toBeNull()
    expect((await listWorklist(app.env.db, lent, { limit: 100 })).map((one) => one.id)).not.toContain(signing.id)
    await revokeDelegation(await as('chutich.14797'), { id: run })
  })

  test('where nobody can sign there is an alarm, once a day and unit', async () => {
    const signers = (await sql<{ officer_id: string }>`select h.officer_id from org.holding h join org.post p on p.id = h.post_id where p.unit_id = 'th-14797' and p.role in ('chu_tich', 'lanh_dao_don_vi')
      and org.held_on(h.from_on, h.to_on, h.ended_at, '2026-12-07')`.execute(app.env.db)).rows.map((row) => row.officer_id)
    for (const officer of signers) await recordAbsence(await as('quantri.14797'), { officer, from: '2026-12-07', to: '2026-12-08', reason: 'tập huấn' })
    expect((await listUnmanned(app.env.db, '2026-12-07', null)).map((unit) => unit.unitId)).toContain('th-14797')
    const told = (await listEvents(app.env.db, 'unit:th-14797')).filter((event) => event.name === 'org.posts_unmanned' && event.data['on'] === '2026-12-07')
    expect(told).toHaveLength(1)
    clock.to('2026-12-07T05:00:00+07:00')
    await jobs.find((job) => job.name === 'org.signing')!.run({ ...systemCtx(app.env, 'Hệ thống'), now: clock.now() }, {} as never)
    expect((await listEvents(app.env.db, 'unit:th-14797')).filter((event) => event.name === 'org.posts_unmanned' && event.data['on'] === '2026-12-07')).toHaveLength(1)
    clock.to('2026-11-23T08:00:00+07:00')
  })
})

describe('two posts in one process', () => {
  test('whoever proposed does not sign it, and is told whom to ask', async () => {
    await sql`insert into org.post (id, unit_id, role, title, valid_from) values ('p-kiem', 'th-14797', 'lanh_dao_don_vi', 'Phó Chủ tịch Ủy ban nhân dân phường', '2026-01-01')`.execute(app.env.db)
    const first = await upTo('lanh_dao_don_vi')
    const proposer = (await listItems(app.env.db, first.dossier.id)).find((one) => one.role === 'chuyen_vien' && one.state === 'done')!.doneBy!
    await sql`insert into org.holding (post_id, officer_id, from_on) values ('p-kiem', ${proposer}, '2026-01-01')`.execute(app.env.db)
    const both = await as(proposer.replace(/^cb-/, ''))
    expect(both.actor.kind === 'officer' && both.actor.posts.length > 1).toBe(true)
    expect(first.item.barred).toEqual([proposer])
    await expect(completeStep(both, { item: first.item.id, outcome: first.item.outcomes[0]!.key })).rejects.toMatchObject({ status: 403, code: 'work.own_proposal', message: expect.stringContaining('không ký, duyệt chính đề xuất') })
    await expect(claim(both, { item: first.item.id })).rejects.toMatchObject({ code: 'work.own_proposal' })
    await expect(assignItem(await as('chutich.14797'), { item: first.item.id, officer: proposer })).rejects.toMatchObject({ code: 'work.own_proposal' })
    await completeStep(await as('lanhdao.14797'), { item: first.item.id, outcome: first.item.outcomes[0]!.key })
    await sql`delete from org.holding where post_id = 'p-kiem'`.execute(app.env.db)
  })
})

describe('work given out', () => {
  test('by a head to somebody of the desk; from one to another with a reason that both read', async () => {
    const { item: one } = await upTo('mot_cua')
    await assignItem(await as('chutich.14797'), { item: one.id, officer: id('motcua2.14797') })
    expect(await item(one)).toMatchObject({ claimedBy: id('motcua2.14797') })
    await expect(assignItem(await as('chutich.14797'), { item: one.id, officer: id('motcua.14797') })).rejects.toMatchObject({ status: 422 })
    clock.to('2026-11-26T08:00:00+07:00')
    await assignItem(await as('chutich.14797'), { item: one.id, officer: id('motcua.14797'), reason: 'Chia lại việc đầu giờ' })
    const told = (await listEvents(app.env.db, one.subject)).filter((event) => event.name.startsWith('work.item_'))
    expect(told.map((event) => event.name)).toEqual(['work.item_assigned', 'work.item_reassigned'])
    expect(told[1]!.data).toMatchObject({ from: id('motcua2.14797'), officer: id('motcua.14797'), reason: 'Chia lại việc đầu giờ' })
    await inTransaction(app.env.db, async (tx) => {
      expect((await reassign(tx, await as('chutich.14797'), { item: one.id, officer: id('motcua2.14797'), reason: 'Đổi lại' })).claimedBy).toBe(id('motcua2.14797'))
      expect((await assign(tx, await as('chutich.14797'), { item: one.id, officer: id('motcua2.14797') })).claimedBy).toBe(id('motcua2.14797'))
    })
  })

  test.each([['motcua.14797'], ['chuyenvien.14797'], ['quantri.14797'], ['chutich.14758'], ['giamsat.h56']])('not by %s', async (login) => {
    const { item: one } = await upTo('mot_cua')
    await expect(assignItem(await as(login), { item: one.id, officer: id('motcua2.14797') })).rejects.toMatchObject({ status: 403, code: 'work.not_head' })
  })

  test('two heads at once: one gives it, the other is told it needs a reason', async () => {
    const { item: one } = await upTo('mot_cua')
    const both = await Promise.allSettled([assignItem(await as('chutich.14797'), { item: one.id, officer: id('motcua.14797') }), assignItem(await as('lanhdao.14797'), { item: one.id, officer: id('motcua2.14797') })])
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('the board', () => {
  test('counts what there is, and every figure opens exactly its rows', { timeout: 120_000 }, async () => {
    const chair = await as('chutich.14797')
    const board = await headsBoard(chair)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from work.item where state in ('open', 'claimed') and unit_path <@ 'th.th_14797'`.execute(app.env.db)
    expect(board.total.open).toBe(rows[0]!.n)
    expect(board.steps.reduce((sum, step) => sum + step.open, 0)).toBe(board.total.open)
    expect(board.total.officer + board.total.applicant + board.total.agency + board.total.leader).toBe(board.total.open)
    const visitor = await Visitor.at(app, 'chutich.14797')
    const page = await visitor.get('/desk/board')
    expect(page.status).toBe(200)
    const count = async (href: string) => [...(await visitor.get(href)).html.matchAll(/<input type="checkbox" name="item"/g)].length
    for (const row of board.officers.slice(0, 4)) if (row.open > 0 && row.open <= 50) expect(await count(`/desk/board/work?officer=${encodeURIComponent(row.officer ?? 'nobody')}`), row.officer ?? 'nobody').toBe(row.open)
    for (const step of board.steps.slice(0, 4)) if (step.open <= 50) expect(await count(`/desk/board/work?step=${encodeURIComponent(step.step)}`), step.step).toBe(step.open)
    expect(page.html).not.toContain('Nguyễn Hữu Ước') // no applicant's name
  })

  test('gives out what is ticked by a plain form', async () => {
    const { item: one } = await upTo('mot_cua')
    const visitor = await Visitor.at(app, 'chutich.14797')
    await visitor.get('/desk/board/work?officer=nobody')
    const after = await visitor.post('/desk/board/assignments', [['item', one.id], ['officer', id('motcua2.14797')], ['back', '/desk/board/work?officer=nobody']])
    expect(after.text).toContain('Đã giao 1 việc')
    expect(await item(one)).toMatchObject({ claimedBy: id('motcua2.14797') })
  })
})

describe('leaving a post', () => {
  test('everything held finds its place, and the session ends the same moment', { timeout: 60_000 }, async () => {
    const { item: one } = await upTo('mot_cua')
    clock.to('2026-11-27T08:00:00+07:00')
    await claim(await as('motcua2.14797'), { item: one.id })
    const post = (await postsHeldBy(app.env.db, id('motcua2.14797'), '2026-11-27')).find((held) => held.role === 'mot_cua' && held.unitId === 'th-14797')!
    const { token } = await issueToken({ ...systemCtx(app.env, 'test'), now: clock.now() }, { login: 'motcua2.14797', hours: 24, postId: post.id })
    const leaver = await Visitor.at(app, 'motcua2.14797', new RegExp(post.unitName))
    const draft = await begin(await as('motcua2.14797'), { procedure: '2.000815', unit: '14797', channel: 'truc_tiep', applicant: { fullName: 'Lê Thị Nháp' } })
    expect((await leaver.get('/desk')).text).toContain('Việc cần làm')
    const given = { post: post.id, officer: id('motcua2.14797'), basis: 'QĐ 45/QĐ-UBND' }
    await expect(handOver(await as('chutich.14797'), given)).rejects.toMatchObject({ status: 403 })
    await expect(handOver(await as('quantri.14797'), given)).rejects.toMatchObject({ status: 422, fields: [{ key: 'to.drafts' }] })
    expect(await item(one)).toMatchObject({ claimedBy: id('motcua2.14797') }) // nothing of a failed hand-over stays
    const { id: made } = await handOver(await as('quantri.14797'), { ...given, successors: { drafts: id('motcua.14797'), items: id('motcua.14797') } })
    expect(await item(one)).toMatchObject({ claimedBy: id('motcua.14797') })
    expect((await sql<{ filed_by: string }>`select filed_by from dossiers.dossier where id = ${draft.id}`.execute(app.env.db)).rows[0]!.filed_by).toBe(id('motcua.14797'))
    expect((await postsHeldBy(app.env.db, id('motcua2.14797'), '2026-11-27')).map((held) => held.id)).not.toContain(post.id)
    expect((await leaver.get('/desk')).url).toContain('sign-in')
    const answer = await app.server.inject({ method: 'GET', url: '/api/v1/work/items', headers: { authorization: `Bearer ${token}` } })
    expect([401, 403]).toContain(answer.statusCode)
    const minutes = (await findHandover(app.env.db, made))!.minutes as unknown as Minutes
    expect(minutes.groups.map((group) => group.label)).toEqual(expect.arrayContaining(['Việc đang giữ', 'Bản nháp lập tại quầy', 'Phiên đăng nhập và khóa truy cập']))
    const left = await sql<{ n: number }>`select (select count(*) from work.item where claimed_by = ${id('motcua2.14797')} and state = 'claimed')::int + (select count(*) from dossiers.dossier where filed_by = ${id('motcua2.14797')} and state = 'NHAP')::int as n`.execute(app.env.db)
    expect(left.rows[0]!.n).toBe(0)
    const admin = await Visitor.at(app, 'quantri.14797')
    expect((await admin.get(`/admin/handovers/${made}`)).text).toContain('BIÊN BẢN BÀN GIAO CÔNG VIỆC')
  })

  test('without a hand-over, what is left goes to the common list the night after', async () => {
    clock.to('2026-11-27T09:00:00+07:00')
    const { item: one } = await upTo('chuyen_vien')
    const doer = await doerOf(app, one)
    clock.to('2026-11-27T09:00:00+07:00')
    await claim(await as(doer), { item: one.id })
    for (const post of (await postsHeldBy(app.env.db, id(doer), '2026-11-27')).filter((held) => held.unitId === one.unitId)) {
      const holding = (await sql<{ from_on: string }>`select from_on::text from org.holding where post_id = ${post.id} and officer_id = ${id(doer)} and to_on is null`.execute(app.env.db)).rows[0]!
      await endHolding(await as('quantriht.h56'), { post: post.id, officer: id(doer), from: holding.from_on, to: '2026-11-27' })
    }
    clock.to('2026-11-28T00:05:00+07:00')
    const run = () => jobs.find((job) => job.name === 'org.leavers')!.run({ ...systemCtx(app.env, 'Hệ thống'), now: clock.now() }, {} as never)
    await run()
    await run()
    expect(await item(one)).toMatchObject({ state: 'open', claimedBy: null })
  })
})
