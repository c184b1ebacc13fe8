// Three procedures in a browser that runs no script, to the very end: one with a table, one with conditions, one at the counter.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseOf, planOf, recordOf } from './support/cases.ts'
import { workToTheEnd } from './support/desk.ts'
import { checkAtDesk, checkForCitizen, checkTracking } from './support/ends.ts'
import { fileAtCounter, fileOnline } from './support/filing.ts'
import { type House, openHouse, PHONE, WIDE } from './support/house.ts'
import { citizenNamed } from './support/people.ts'

const plans = ['1.002693', '1.001193', '2.000884'].map((code) => planOf(recordOf(code), caseOf(recordOf(code))))
const CITIZEN = 'congdan1'
const [HOME, DESK] = [{ ...PHONE, javaScriptEnabled: false }, { ...WIDE, javaScriptEnabled: false }]

let house: House

beforeAll(async () => {
  house = await openHouse({ at: plans[0]!.golden.receivedAt })
})
afterAll(() => house?.close())

describe.each(plans.map((plan) => [plan.record.code, plan.record.name.slice(0, 60), plan] as const))('%s %s', (_code, _name, plan) => {
  test('from the form to the result without script', async () => {
    const { golden } = plan
    house.clock.to(golden.receivedAt)
    const online = golden.channel === 'truc_tuyen'
    const applicant = online ? citizenNamed(CITIZEN).fullName : String(golden.form['applicant_full_name'] ?? 'Lê Thị Hạnh')
    const code = online
      ? await fileOnline(await house.at(CITIZEN, HOME), house, plan, { script: false })
      : await fileAtCounter(await house.at('motcua.14797', DESK), house, plan, { fullName: applicant }, { script: false })
    const route = await workToTheEnd(house, code, { citizen: online ? CITIZEN : null, window: DESK, collects: true })
    expect(route.filter((step) => step !== 'tra_ket_qua')).toEqual((golden.expect.route ?? plan.evaluation.route).filter((step) => step !== 'tra_ket_qua'))
    if (online) await checkForCitizen(await house.at(CITIZEN, HOME), house, code, applicant)
    else await checkAtDesk(await house.at('motcua.14797', DESK), house, code, applicant)
    await checkTracking(await house.visitor(HOME), house, code, applicant)
    expect(house.complaints).toEqual([])
  })
})
