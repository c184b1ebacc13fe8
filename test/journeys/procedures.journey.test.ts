// Procedures in a browser with scripts: filed on line or at the counter from a golden case, done on every desk, returned. As few as meet everything
// that any of them asks; EVERY=1 takes them all. Every one is walked without a browser in test/walk.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseOf, planOf, telling } from './support/cases.ts'
import { workToTheEnd } from './support/desk.ts'
import { checkAtDesk, checkForCitizen, checkTracking } from './support/ends.ts'
import { fileAtCounter, fileOnline } from './support/filing.ts'
import { ownRoute } from '../support/walk.ts'
import { type House, openHouse } from './support/house.ts'
import { citizenNamed } from './support/people.ts'

// Latest first: a session outlives a clock that is set back, so that everybody signs in once.
const plans = telling().map((record) => planOf(record, caseOf(record))).sort((a, b) => Date.parse(b.golden.receivedAt) - Date.parse(a.golden.receivedAt))
const CITIZEN = 'congdan1'

let house: House

beforeAll(async () => {
  house = await openHouse({ at: plans[0]!.golden.receivedAt, previews: false })
})
afterAll(() => house?.close())

describe.each(plans.map((plan) => [plan.record.code, plan.record.name.slice(0, 60), plan] as const))('%s %s', (_code, _name, plan) => {
  test('from the form to the result', async () => {
    const { golden } = plan
    house.clock.to(golden.receivedAt)
    const online = golden.channel === 'truc_tuyen'
    const applicant = online ? citizenNamed(CITIZEN).fullName : String(golden.form['applicant_full_name'] ?? 'Lê Thị Hạnh')
    const code = online
      ? await fileOnline(await house.at(CITIZEN), house, plan, { script: true })
      : await fileAtCounter(await house.at('motcua.14797'), house, plan, { fullName: applicant }, { script: true })
    const route = await workToTheEnd(house, code, { citizen: online ? CITIZEN : null })
    expect(route).toEqual(ownRoute(plan.record, golden.expect.route ?? plan.evaluation.route))
    if (online) await checkForCitizen(await house.at(CITIZEN), house, code, applicant)
    else await checkAtDesk(await house.at('motcua.14797'), house, code, applicant)
    await checkTracking(await house.visitor(), house, code, applicant)
    expect(house.complaints).toEqual([])
  })
})
