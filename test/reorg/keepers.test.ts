// Bringing a plan back after something new came in: who keeps it is asked once per unit, by the page itself, without a script.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCtx, systemCtx } from '#core/ctx.ts'
import { type Dossier, needDossier } from '#modules/dossiers/index.ts'
import { calledName, getUnit, listHolders, listUnits, postsHeldBy, type Unit } from '#modules/org/index.ts'
import { getPlan, previewRollBack } from '#modules/reorg/index.ts'
import { formsOf, Visitor } from '../desk/visitor.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { file } from '../support/walk.ts'
import { procedureTextsOf } from './deps.ts'
import { carriedOut, peopleOf } from './support.ts'

const clock = new MovableClock('2026-11-18T08:10:00+07:00')
let app: TestApp
let admin: Visitor
let communes: Unit[] = []
let fresh: Dossier
let id = ''

const merger = (unit: string, from: readonly Unit[]) => ({
  steps: [
    { kind: 'create' as const, unit: { id: unit, code: unit.toUpperCase(), name: `Ủy ban nhân dân xã ${unit}`, kind: 'xa', level: 'xa' as const, parent: 'th', identifier: `H56.${unit.toUpperCase()}`, key: 'ubnd_xa', like: from[0]!.id } },
    { kind: 'merge' as const, from: from.map((one) => one.id), into: unit },
  ],
})

beforeAll(async () => {
  app = await testApp({ clock })
  communes = (await listUnits(app.env.db, { level: 'xa' })).toSorted((a, b) => a.code.localeCompare(b.code)).slice(0, 4)
  admin = await Visitor.at(app, 'quantriht.h56')
  id = (await carriedOut(app, merger('giu', communes.slice(0, 2)))).id
  const [holder] = await listHolders(app.env.db, 'giu-pvhcc', 'mot_cua', '2026-11-18')
  const desk = makeCtx(app.env, { kind: 'officer', id: holder!.id, name: holder!.fullName, posts: await postsHeldBy(app.env.db, holder!.id, '2026-11-18') } as never)
  const golden = procedureTextsOf('2.000884').cases.find((one) => one.expect.valid !== false)!
  fresh = await file({ ...desk, now: clock.now() }, { procedure: '2.000884', unit: 'GIU', channel: 'truc_tiep', form: golden.form, applicant: golden.applicant })
})
afterAll(() => app.close())

const fields = () => formsOf(admin.page.html).find(({ buttons }) => buttons.some(({ words }) => words === 'Hoàn tác'))!.fields.map(([name]) => name).filter((name) => name.startsWith('keeper.'))

describe('who keeps what is new', () => {
  test('is asked once for every unit, its former units first; any living unit can be found', async () => {
    await admin.get(`/admin/reorganisations/${id}/rollback`)
    const { asks, fresh: lines, remain } = await previewRollBack(await peopleOf(app).drawer(), { plan: id })
    expect(lines.length).toBeGreaterThan(asks.length)
    expect(asks.map(({ unitId }) => unitId)).toEqual(expect.arrayContaining([...new Set(lines.map(({ unitId }) => unitId)), ...remain.map((one) => one.id)]))
    expect(fields()).toEqual(asks.map(({ unitId }) => `keeper.${unitId}`))
    expect(new Set(fields()).size).toBe(fields().length)
    const giu = /<select[^>]*name="keeper\.giu"[^>]*>(.*?)<\/select>/s.exec(admin.page.html)![1]!
    expect([...giu.matchAll(/value="([^"]*)"/g)].map(([, value]) => value)).toEqual(communes.slice(0, 2).map((one) => one.id))
    const listed = [.../<datalist[^>]*>(.*?)<\/datalist>/s.exec(admin.page.html)![1]!.matchAll(/value="([^"]*)"/g)].map(([, value]) => value!)
    const living = (await listUnits(app.env.db, { limit: 1_000_000 })).filter(({ level, id: unit }) => level !== 'phong' && !unit.startsWith('giu'))
    expect(listed.length).toBe(living.length + 2) // with those that live again, without what the plan made
    expect(listed.findIndex((one) => one.includes(`(${communes[3]!.code})`))).toBeLessThan(listed.findIndex((one) => one.includes(`(${communes[0]!.code})`)))
    expect(listed.some((one) => one.includes('xã giu'))).toBe(false)
  })

  test('a unit that nobody knows is said at its field; nothing that was chosen or typed is lost', async () => {
    await admin.press('Hoàn tác', { 'keeper.giu': communes[1]!.id, 'other.giu': 'xã Không Có', reason: 'Nghị quyết 13/NQ-HĐND bãi bỏ.' })
    expect(admin.page.status).toBe(422)
    expect(admin.page.text).toContain('Không có đơn vị nào tên hoặc mã “xã Không Có”')
    expect(admin.page.html).toContain('value="xã Không Có"')
    expect(admin.page.html).toContain('Nghị quyết 13/NQ-HĐND bãi bỏ.')
    expect(admin.page.html).toMatch(new RegExp(`value="${communes[1]!.id}" selected`))
  })

  test('another keeper than the one proposed is chosen and pressed once: the plan is back, the new dossier is there', async () => {
    await admin.get(`/admin/reorganisations/${id}/rollback`)
    const other = communes[3]!
    const answers = Object.fromEntries(fields().map((name) => [name.replace('keeper.', 'other.'), name === 'keeper.giu' ? calledName(other) : other.code]))
    await admin.press('Hoàn tác', { ...answers, reason: 'Nghị quyết 13/NQ-HĐND bãi bỏ.' })
    for (let tries = 0; tries < 500 && (await getPlan(await peopleOf(app).drawer(), id)).state === 'da_thi_hanh'; tries++) await new Promise((go) => setTimeout(go, 20))
    expect([admin.page.status, admin.page.text]).toEqual([200, expect.not.stringContaining('đã có thêm việc')])
    expect(await getPlan(await peopleOf(app).drawer(), id)).toMatchObject({ state: 'da_hoan_tac', halted: [] })
    const kept = await needDossier(app.env.db, systemCtx(app.env, 'test'), fresh.id)
    expect([kept.code, kept.receivedUnitId]).toEqual([fresh.code, other.id])
    expect((await getUnit(app.env.db, 'giu')).validTo).not.toBeNull()
    for (const one of communes.slice(0, 2)) expect((await getUnit(app.env.db, one.id)).validTo).toBeNull()
  })

  test('what returns is named in words, no table of ours', async () => {
    const plan = (await carriedOut(app, merger('ten', communes.slice(2, 4)))).id
    const { returns } = await previewRollBack(await peopleOf(app).drawer(), { plan })
    expect(returns.length).toBeGreaterThan(5)
    expect(returns.filter(({ text }) => /dòng sổ|trong bảng|[a-z]+\.[a-z_]+/.test(text))).toEqual([])
  })
})
