// What a plan does to ground, people and codes below the dossiers: villages with their heads, posts held for a time, codes of every scheme, the day itself.

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import type { Officer } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/index.ts'
import { listForDesk, openDossier, worklist } from '#modules/dossiers/index.ts'
import { getUnit, listHolders, listUnits, openUnit, openVillages, postsHeldBy, resolveUnit } from '#modules/org/index.ts'
import { competence } from '#modules/procedures/index.ts'
import { draftPlan, executePlan, previewContent, sendPlan, type Step } from '#modules/reorg/index.ts'
import { fileCase, records } from '../desk/people.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { file } from '../support/walk.ts'
import { broughtBack, carriedOut, confirmed, differences, dump, peopleOf, plan } from './support.ts'

const clock = new MovableClock('2026-11-16T08:10:00+07:00')
let app: TestApp
const heads: Record<string, string> = {}

const [A, B, C] = ['th-14797', 'th-14758', 'th-14812']

beforeAll(async () => {
  app = await testApp({ clock })
  const admin = await peopleOf(app).drawer()
  const open = async (commune: string, list: string) => {
    for (const head of (await openVillages(admin, { commune, list })).heads) heads[head.name] = head.officer
  }
  await open(A, 'Thôn 1 – Lê Văn Một\nThôn 2 – Lê Văn Hai\nTổ dân phố Đông Sơn 3 – Lê Văn Ba')
  await open(B, 'Thôn 1 – Hà Thị Một\nThôn Bắc – Hà Thị Bắc')
})
afterAll(() => app?.close())

const villagesOf = async (commune: string) => (await listUnits(app.env.db, { parentId: commune, limit: 1000 })).filter((one) => one.kind === 'thon' && one.key === null).map((one) => one.name).sort()
const create = (id: string, code: string, like: string | null = A): Step => ({
  kind: 'create', unit: { id, code, name: `Ủy ban nhân dân phường ${id}`, shortName: null, kind: 'phuong', level: 'xa', parent: 'th', identifier: `H56.${code}`, qcvn: null, adminCode: code, key: 'ubnd_xa', like, posts: [], seat: null },
})
const today = () => localDate(clock.now())
const at = (day: string) => clock.to(`${day}T08:00:00+07:00`)
const postAt = async (officer: string) => (await postsHeldBy(app.env.db, officer, today())).map((one) => [one.role, one.unitPath])

describe('villages', () => {
  test('of merged communes go as they are, with their heads, and come back', async () => {
    at('2026-11-17')
    const before = await dump(app.env.db)
    const village = (await listUnits(app.env.db, { parentId: B, limit: 1000 })).find((one) => one.name === 'Thôn Bắc')!
    const { id, done } = await carriedOut(app, { steps: [create('g-moi', '99001'), { kind: 'merge', from: [A, B], into: 'g-moi' }] })
    expect(done.state).toBe('da_thi_hanh')
    expect(await villagesOf('g-moi')).toEqual(['Thôn 1', 'Thôn 1', 'Thôn 2', 'Thôn Bắc', 'Tổ dân phố Đông Sơn 3'])
    expect(await getUnit(app.env.db, village.id)).toMatchObject({ code: village.code, validTo: null, parentId: 'g-moi' })
    expect(await postAt(heads['Hà Thị Bắc']!)).toEqual([['truong_thon', expect.stringMatching(/^th\.g_moi\.th_14758_t/)]])
    expect(done.report?.parts.find((part) => part.key === 'villages')).toMatchObject({ count: 5 })
    expect(done.report?.faults.map((fault) => fault.code)).toContain('reorg.village_alike')
    expect(await resolveUnit(app.env.db, village.code)).toMatchObject([{ live: { id: village.id } }])
    await broughtBack(app, id)
    expect(differences(before, await dump(app.env.db))).toEqual([])
  })

  test('of a divided commune go where the rules of place say, the others to the main heir; the report says so', async () => {
    at('2026-11-18')
    const before = await dump(app.env.db)
    const { id, done } = await carriedOut(app, {
      steps: [
        create('g-tay', '99011'), create('g-dong', '99012', null),
        { kind: 'split', unit: A, keeps: false, into: ['g-tay', 'g-dong'], main: 'g-tay', rules: [{ by: 'place', places: ['14797'], villages: ['thôn 2', 'Đông Sơn 3'], to: 'g-dong' }] },
      ],
    })
    expect(done.state).toBe('da_thi_hanh')
    expect([await villagesOf('g-tay'), await villagesOf('g-dong')]).toEqual([['Thôn 1'], ['Thôn 2', 'Tổ dân phố Đông Sơn 3']])
    expect(done.report?.faults.find((fault) => fault.code === 'reorg.village_unnamed')?.message).toContain('Thôn 1')
    // whoever asks by an old code and says the village is led to its heir, on pages and for programs
    const said = async (village: string) => (await resolveUnit(app.env.db, '14797', '2026-11-01', { words: village }))[0]!
    expect([(await said('Thôn 2')).live.id, (await said('nhà số 4, đông sơn 3')).live.id, (await said('Thôn 1')).live.id, (await said('')).live.id]).toEqual(['g-dong', 'g-dong', 'g-tay', 'g-tay'])
    expect((await said('')).successors.map((one) => one.unit.id)).toEqual(['g-tay', 'g-dong'])
    const page = async (path: string) => (await app.server.inject({ url: path })).body
    expect(await page('/don-vi/14797?ngay=2026-11-01&thon=Th%C3%B4n+2')).toMatch(/Thôn 2 nay đến đâu[\s\S]*?<h3[\s\S]*?Phường g-dong/)
    expect(await page('/don-vi/14797?ngay=2026-11-01')).toMatch(/Nay đến đâu<\/h2>[\s\S]*?<option[^>]*>Thôn 2/i)
    const asked = { procedure: '1.001193', place: '14797', on: '2026-11-01' }
    expect((await competence(app.env.db, { ...asked, words: 'Thôn 2, phường Hạc Thành' })).unit.id).toBe('g-dong')
    expect(await competence(app.env.db, asked)).toMatchObject({ unit: { id: 'g-tay' }, others: [{ id: 'g-dong' }] })
    const program = async (query: string) => (await app.server.inject({ url: `/api/v1/${query}` })).json() as { inCharge?: { code: string }; villages?: string[]; unit?: string }
    expect(await program('units/14797?on=2026-11-01&village=Th%C3%B4n%202')).toMatchObject({ inCharge: { code: '99012' }, villages: ['thôn 2', 'Đông Sơn 3'] })
    expect(await program('competence?procedure=1.001193&place=14797&on=2026-11-01&village=Th%C3%B4n%202')).toMatchObject({ unit: '99012' })
    expect(await page(`/tham-quyen?ma=1.001193&noi=${encodeURIComponent('thôn 2, phường Hạc Thành')}&ngay=2026-11-01`)).toContain('phường g-dong</')
    await broughtBack(app, id)
    expect(differences(before, await dump(app.env.db))).toEqual([])
  })

  test('cut off from a commune that lives on go alone', async () => {
    at('2026-11-19')
    const { id, done } = await carriedOut(app, { steps: [{ kind: 'split', unit: A, keeps: true, into: [B], main: null, rules: [{ by: 'place', places: [A.slice(3)], villages: ['Thôn 2'], to: B }] }] })
    expect(done.state).toBe('da_thi_hanh')
    expect([await villagesOf(A), await villagesOf(B)]).toEqual([['Thôn 1', 'Tổ dân phố Đông Sơn 3'], ['Thôn 1', 'Thôn 2', 'Thôn Bắc']])
    expect((await resolveUnit(app.env.db, '14797', undefined, { words: 'Thôn 2' }))[0]!.live.id).toBe(B)
    // a new case of that village goes there, though its commune lives on
    const golden = records.find((one) => one.code === '1.001193')!.cases.find((one) => one.expect.valid !== false && one.channel === 'truc_tiep')!
    const filed = async (detail: string) => {
      const form = JSON.parse(JSON.stringify(golden.form).replaceAll('"14923"', '"14797"').replaceAll('"Bản Chiềng"', JSON.stringify(detail))) as typeof golden.form
      return (await file({ ...(await app.as('motcua.14797')), now: clock.now() }, { procedure: '1.001193', unit: '14797', channel: 'truc_tiep', form, applicant: golden.applicant })).decidedUnitId
    }
    expect([await filed('Số 4, Thôn 2'), await filed('Số 4, Thôn 1')]).toEqual([B, A])
    // more villages get numbers of their own, though a number went away with one
    const more = await openVillages(await peopleOf(app).drawer(), { commune: A, list: 'Thôn Mới' })
    expect(more.added).toEqual(['Thôn Mới'])
    await broughtBack(app, id)
    expect(await villagesOf(A)).toEqual(['Thôn 1', 'Thôn 2', 'Thôn Mới', 'Tổ dân phố Đông Sơn 3'])
  })

  test('their heads see no dossier, before and after', async () => {
    const dossier = await fileCase(app, clock, records.find((one) => one.code === '2.000815')!, '2026-11-19T08:30:00+07:00', 1)
    const posts = await postsHeldBy(app.env.db, heads['Lê Văn Một']!, today())
    for (const unitId of [posts[0]!.unitId, dossier.receivedUnitId]) {
      const actor: Officer = { kind: 'officer', id: heads['Lê Văn Một']!, name: 'Lê Văn Một', posts: posts.map((one) => ({ ...one, unitId })) }
      const ctx = { ...systemCtx(app.env, 'thử'), actor, now: clock.now() }
      await expect(openDossier(ctx, dossier.code!)).rejects.toMatchObject({ status: 404 })
      expect((await listForDesk(ctx, { limit: 10 })).items).toEqual([])
        expect(await worklist(ctx)).toEqual([])
    }
  })
})

describe('who holds a post for a time', () => {
  const holding = async (unit: string, role: string) => (await sql<{ post: string; officer: string }>`select h.post_id as post, h.officer_id as officer from org.holding h join org.post p on p.id = h.post_id
    where p.unit_id = ${unit} and p.role = ${role} and h.to_on is null and p.valid_to is null order by p.id limit 1`.execute(app.env.db)).rows[0]!

  test('holds the one that follows for as long; the next one comes after', async () => {
    at('2026-11-20')
    const acting = await holding(B, 'chu_tich')
    const next = heads['Hà Thị Bắc']!
    await sql`update org.holding set to_on = '2026-12-31' where post_id = ${acting.post} and officer_id = ${acting.officer}`.execute(app.env.db)
    await sql`insert into org.holding (post_id, officer_id, from_on) values (${acting.post}, ${next}, '2027-01-01')`.execute(app.env.db)
    const { id } = await carriedOut(app, { steps: [create('g-ba', '99021', B), { kind: 'merge', from: [B, A], into: 'g-ba' }] })
    const chairs = async (day: string) => (await listHolders(app.env.db, 'g-ba', 'chu_tich', day)).map((one) => one.id)
    expect([await chairs('2026-11-20'), await chairs('2026-12-31'), await chairs('2027-01-01')]).toEqual([[acting.officer], [acting.officer], [next]])
    await broughtBack(app, id)
    expect((await listHolders(app.env.db, B, 'chu_tich', '2027-01-01')).map((one) => one.id)).toEqual([next])
  })

  test('and left between the day of a plan and its execution gets nothing', async () => {
    at('2026-11-23')
    const [gone, stays] = [await holding(B, 'van_thu'), await holding(A, 'van_thu')]
    const late = await confirmed(app, plan({ day: '2026-11-20', steps: [create('g-tre', '99031', B), { kind: 'merge', from: [B, A], into: 'g-tre' }] }))
    await sql`update org.holding set to_on = '2026-11-21' where post_id = ${gone.post} and officer_id = ${gone.officer}`.execute(app.env.db)
    const done = await executePlan(await peopleOf(app).drawer(), { plan: late })
    expect(done.state).toBe('da_thi_hanh')
    expect(done.report?.faults.map((fault) => fault.code)).toContain('reorg.day_past')
    expect((await postsHeldBy(app.env.db, gone.officer, today())).filter((one) => one.unitPath.startsWith('th.g_tre'))).toEqual([])
    expect((await postsHeldBy(app.env.db, stays.officer, today())).some((one) => one.role === 'van_thu' && one.unitPath.startsWith('th.g_tre'))).toBe(true)
    const { rows: [kept] } = await sql<{ to_on: string }>`select to_on from org.holding where post_id = ${gone.post} and officer_id = ${gone.officer}`.execute(app.env.db)
    expect(kept!.to_on).toBe('2026-11-21')
    await broughtBack(app, late)
  })
})

describe('a code', () => {
  const unit = (code: string, identifier: string | null, more: object = {}) => ({ template: 'so', parent: 'th', name: `Sở ${code}`, code, identifier, decision: 'QĐ 1/2026', from: today(), ...more })
  const living = () => getUnit(app.env.db, C)

  test('of every scheme is borne by one unit: by hand', async () => {
    const admin = await peopleOf(app).drawer()
    const other = await living()
    await sql`update org.unit set qcvn = '000.77.77.H56' where id = ${C}`.execute(app.env.db)
    for (const taken of [other.code, other.identifier!, other.adminCode!, '000.77.77.H56']) {
      await expect(openUnit(admin, unit('SO.THU', taken))).rejects.toMatchObject({ code: 'org.code_taken', message: expect.stringContaining(other.name) })
      await expect(openUnit(admin, unit(taken, null))).rejects.toMatchObject({ code: 'org.code_taken' })
    }
    // borne by a unit that ended since: refused for its days, free after them
    const { id } = await carriedOut(app, { steps: [create('g-het', '99041'), { kind: 'merge', from: [C], into: 'g-het' }] })
    clock.to('2026-11-24T08:00:00+07:00')
    await expect(openUnit(admin, unit('SO.CU', other.identifier, { from: '2026-11-22' }))).rejects.toMatchObject({ code: 'org.code_taken', message: expect.stringContaining('22/11/2026') })
    await broughtBack(app, id)
  })

  test('asked for by two at once is one of theirs', async () => {
    const admin = await peopleOf(app).drawer()
    const done = await Promise.allSettled(['SO.A1', 'SO.A2', 'SO.A3'].map((code) => openUnit(admin, unit(code, 'H56.CHUNG'))))
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    for (const one of done) if (one.status === 'rejected') expect(one.reason).toMatchObject({ status: 409, code: 'org.code_taken' })
    expect(await resolveUnit(app.env.db, 'H56.CHUNG')).toHaveLength(1)
  })

  test.each([['code'], ['identifier'], ['adminCode'], ['qcvn']] as const)('of every scheme is borne by one unit: as the %s of a plan', async (scheme) => {
    const other = await living()
    for (const code of [other.code, other.identifier!, other.adminCode!, '000.77.77.H56']) {
      if (scheme === 'adminCode' && code.length > 10) continue
      const step = create('g-ma', '99051')
      const found = await previewContent(await peopleOf(app).drawer(), plan({ day: today(), steps: [{ ...step, unit: { ...(step as Extract<Step, { kind: 'create' }>).unit, like: null, [scheme]: code } } as never] }))
      expect([scheme, code, found.faults.map((fault) => fault.code)]).toEqual([scheme, code, expect.arrayContaining(['reorg.code_taken'])])
    }
  })

  test('is held apart by the database itself, whoever writes', async () => {
    await expect(sql`update org.unit set qcvn = ${(await living()).adminCode} where id = ${A}`.execute(app.env.db)).rejects.toMatchObject({ code: '23P01' })
  })
})

describe('the day of a plan', () => {
  const steps = [{ kind: 'rename' as const, unit: C, name: 'Ủy ban nhân dân phường Đổi Tên' }]
  test.each([['2006-11-24', 'reorg.day_far', 'stops'], ['2026-10-01', 'reorg.day_far', 'stops'], ['2036-11-24', 'reorg.day_far', 'stops'], ['2026-11-20', 'reorg.day_past', 'warns'], ['2026-11-24', null, null], ['2029-01-01', null, null]] as const)('%s', async (day, code, severity) => {
    at('2026-11-24')
    const { faults } = await previewContent(await peopleOf(app).drawer(), plan({ day, steps: [...steps] }))
    expect(faults.filter((fault) => fault.code.startsWith('reorg.day_')).map((fault) => [fault.code, fault.severity])).toEqual(code ? [[code, severity]] : [])
  })

  test('far off is refused when it is sent', async () => {
    const { id } = await draftPlan(await peopleOf(app).drawer(), plan({ day: '2006-11-24', steps: [...steps] }))
    await expect(sendPlan(await peopleOf(app).drawer(), { plan: id, revision: 0 })).rejects.toMatchObject({ fields: expect.arrayContaining([{ key: 'steps', message: expect.stringContaining('24/11/2006') }]) })
  })
})
