// One policy in two languages: what the rule allows to read is exactly what the lists, counts and searches show.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '#core/clock.ts'
import { makeCtx } from '#core/ctx.ts'
import { type Actor, anonymous, type Post, ROLES, type Role, system } from '#core/policy/actor.ts'
import { countDossiers, type Dossier, listDossiers, needDossier, worklist } from '#modules/dossiers/index.ts'
import { listUnits, type Unit } from '#modules/org/index.ts'
import { procedureTexts } from '#main/pack.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { file, openItems, walk } from '../support/walk.ts'

const AT = '2026-07-15T09:10:00+07:00'
let app: TestApp
let units: Unit[]
const dossiers: Dossier[] = []

const record = (code: string) => JSON.parse(procedureTexts().find(({ name }) => name.startsWith(code))!.text) as ProcedureRecord

beforeAll(async () => {
  app = await testApp({ clock: fixedClock(AT) })
  units = (await listUnits(app.env.db, { limit: 5000 })).filter((unit) => /^th(-14797|-15499|-so-|-cong-an|$)/.test(unit.id))
  for (const [code, login, unit] of [['1.001193', 'congdan1', '14797'], ['1.004194', 'congdan2', '14797'], ['2.001583', 'congdan1', '15499'], ['1.004194', 'motcua.15499', '15499']] as const) {
    const { cases } = record(code)
    const golden = cases.find((one) => one.expect.valid !== false && (login.startsWith('congdan') ? one.channel === 'truc_tuyen' : one.channel === 'truc_tiep'))!
    const dossier = await file(await app.as(login), { procedure: code, unit, channel: golden.channel, form: golden.form })
    dossiers.push(dossier)
  }
  await walk(app, dossiers[0]!)
})
afterAll(() => app.close())

const post = fc.record({ role: fc.constantFrom(...(Object.keys(ROLES) as Role[])), at: fc.nat() }).map(({ role, at }): Post => {
  const unit = units[at % units.length]!
  return { id: `p-${role}-${unit.id}`, role, title: '', unitId: unit.id, unitCode: unit.code, unitName: unit.name, unitPath: unit.path }
})

async function citizenId(login: string): Promise<string> {
  const { actor } = await app.as(login)
  return actor.kind === 'citizen' ? actor.id : ''
}

describe('reading', () => {
  test('the rule and the lists agree for every actor', async () => {
    const ids = [await citizenId('congdan1'), await citizenId('congdan2'), await citizenId('congdan3')]
    const actor: fc.Arbitrary<Actor> = fc.oneof(
      fc.constant(anonymous),
      fc.constant(system('test')),
      fc.constantFrom(...ids).map((id): Actor => ({ kind: 'citizen', id, name: 'x', personalId: '038094900001', level: 2 })),
      fc.array(post, { maxLength: 3 }).map((posts): Actor => ({ kind: 'officer', id: 'cb-motcua.15499', name: 'y', posts })),
    )
    let seen = 0
    await fc.assert(
      fc.asyncProperty(actor, async (who) => {
        const ctx = makeCtx(app.env, who)
        const byRule = await Promise.all(dossiers.map((one) => needDossier(app.env.db, ctx, one.id).then(() => true, () => false)))
        const listed = new Set((await listDossiers(ctx)).items.map((one) => one.id))
        expect(dossiers.map((one) => listed.has(one.id))).toEqual(byRule)
        expect(await countDossiers(ctx)).toBe(byRule.filter(Boolean).length)
        const found = await listDossiers(ctx, { q: dossiers[1]!.code! })
        expect(found.items.length).toBe(byRule[1] ? 1 : 0)
        for (const { dossier } of await worklist(ctx)) expect(dossiers.some((one, at) => one.id === dossier.id && byRule[at])).toBe(true)
        seen += byRule.filter(Boolean).length
      }),
      { numRuns: 150 },
    )
    expect(seen).toBeGreaterThan(20) // the property is not about actors who see nothing
  })

  test('whoever has an item on the desk may read its dossier', async () => {
    for (const dossier of dossiers.slice(1)) {
      for (const item of await openItems(app, dossier)) {
        const { doerOf } = await import('../support/walk.ts')
        const ctx = await app.as(await doerOf(app, item))
        await expect(needDossier(app.env.db, ctx, dossier.id)).resolves.toMatchObject({ id: dossier.id })
      }
    }
  })

  test('another citizen, an administrator and another commune are told there is none', async () => {
    for (const login of ['congdan3', 'quantri.14797', 'quantriht.h56', 'motcua.14812']) {
      const ctx = await app.as(login)
      await expect(needDossier(app.env.db, ctx, dossiers[0]!.code!)).rejects.toMatchObject({ status: 404 })
    }
  })
})
