// Every procedure of the pack runs end to end on the demo province: filed from a golden case, walked over all desks, returned.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '#core/clock.ts'
import { procedureTexts } from '#main/pack.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { STATES } from '#modules/dossiers/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { file, walk } from '../support/walk.ts'

const records = procedureTexts().map(({ text }) => JSON.parse(text) as ProcedureRecord)

describe.each(records.map((record) => [record.code, record.name, record] as const))('%s %s', (_code, _name, record) => {
  let app: TestApp
  const golden = record.cases.find((one) => one.expect.valid !== false)!

  beforeAll(async () => {
    app = await testApp({ clock: fixedClock(golden.receivedAt) })
  })
  afterAll(() => app.close())

  test('goes the golden route and is returned', async () => {
    const ctx = await app.as(golden.channel === 'truc_tuyen' ? 'congdan1' : 'motcua.14797')
    const dossier = await file(ctx, { procedure: record.code, unit: '14797', channel: golden.channel, form: golden.form, applicant: golden.applicant })
    expect(dossier.state).toBe('MOI_DANG_KY')
    const { route, last } = await walk(app, dossier)
    if (golden.expect.route) expect(route).toEqual(golden.expect.route)
    expect(STATES[last.state].final).toBe(true)
    expect(last.state).toBe('DA_TRA')
  })
})
