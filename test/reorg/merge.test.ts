// A merger over living work: everything lies at the heir afterwards, nothing is lost, later or half; brought back it is as it was, to the byte.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { procedureTexts } from '#main/pack.ts'
import { type Dossier, needDossier } from '#modules/dossiers/index.ts'
import { getUnit, resolveUnit } from '#modules/org/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { claim } from '#modules/work/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { doerOf, file, openItems, saying, walk } from '../support/walk.ts'
import { completeStep } from '#modules/dossiers/index.ts'
import { broughtBack, carriedOut, differences, dump } from './support.ts'

const records = procedureTexts().map(({ text }) => JSON.parse(text) as ProcedureRecord)
const clock = new MovableClock('2026-11-16T08:10:00+07:00')
let app: TestApp

beforeAll(async () => {
  app = await testApp({ clock })
})
afterAll(() => app.close())

const [A, B] = ['14797', '14758']

async function filed(code: string, unit: string): Promise<Dossier> {
  const golden = records.find((one) => one.code === code)!.cases.find((one) => one.expect.valid !== false && one.channel !== 'truc_tuyen') ?? records.find((one) => one.code === code)!.cases.find((one) => one.expect.valid !== false)!
  return file({ ...(await app.as(`motcua.${unit}`)), now: clock.now() }, { procedure: code, unit, channel: 'truc_tiep', form: golden.form, applicant: golden.applicant })
}

async function steps(dossier: Dossier, count: number): Promise<Dossier> {
  let last = dossier
  for (let n = 0; n < count; n++) {
    const [item] = await openItems(app, last)
    if (!item) break
    const ctx = { ...(await app.as(await doerOf(app, item))), now: clock.now() }
    const outcome = item.outcomes[0]!.key
    last = await completeStep(ctx, { item: item.id, outcome, ...(await saying(app, last, item, outcome)) })
  }
  return last
}

const reload = (dossier: Dossier) => needDossier(app.env.db, systemCtx(app.env, 'test'), dossier.id)

const merger = {
  steps: [
    { kind: 'create' as const, unit: { id: 'th-moi', code: '99001', name: 'Ủy ban nhân dân phường Hạc Thành Mới', shortName: 'UBND phường Hạc Thành Mới', kind: 'phuong', level: 'xa' as const, parent: 'th', identifier: 'H56.99001', adminCode: '99001', key: 'ubnd_xa', like: `th-${A}` } },
    { kind: 'merge' as const, from: [`th-${A}`, `th-${B}`], into: 'th-moi' },
  ],
}

describe('a merger of two communes', () => {
  test('and its undoing are the identity', async () => {
    const inHand: Dossier[] = []
    for (const [n, code] of ['2.000884', '1.001193', '1.004194', '2.000815'].entries()) inHand.push(await steps(await filed(code, n % 2 ? B : A), n))
    const [item] = await openItems(app, inHand[2]!)
    await claim({ ...(await app.as(await doerOf(app, item!))), now: clock.now() }, { item: item!.id })
    const before = await dump(app.env.db)
    clock.to('2026-11-17T07:00:00+07:00')
    const { id, done } = await carriedOut(app, merger)
    expect(done.state).toBe('da_thi_hanh')
    expect(done.report?.faults.filter((fault) => fault.severity === 'stops')).toEqual([])
    for (const old of inHand) {
      const now = await reload(old)
      expect(now).toMatchObject({ code: old.code, state: old.state, dueAt: old.dueAt })
      expect(now.receivedUnitPath).toMatch(/^th\.th_moi(\.|$)/)
      for (const one of await openItems(app, now)) expect(one.unitPath).not.toMatch(/th_(14797|14758)/)
    }
    expect((await resolveUnit(app.env.db, A))[0]!.live.id).toBe('th-moi')
    expect((await resolveUnit(app.env.db, `H56.${B}`, '2026-01-05'))[0]!.live.id).toBe('th-moi')
    expect((await getUnit(app.env.db, `th-${A}`)).validTo).toBe('2026-11-16')
    await broughtBack(app, id)
    expect(differences(before, await dump(app.env.db))).toEqual([])
  })

  test('lets every dossier be finished by the officers of the new unit', async () => {
    clock.to('2026-11-18T08:00:00+07:00')
    const inHand = [await steps(await filed('1.001193', A), 1), await filed('1.004194', B)]
    const { done } = await carriedOut(app, { steps: merger.steps.map((step) => JSON.parse(JSON.stringify(step).replaceAll('th-moi', 'th-moi2').replaceAll('99001', '99002')) as typeof step) })
    expect(done.state).toBe('da_thi_hanh')
    for (const one of inHand) {
      const { last } = await walk(app, await reload(one))
      expect(last.state).toBe('DA_TRA')
    }
  })
})
