// Every procedure of the pack runs end to end on the demo province: filed from a golden case, walked over all desks, returned.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { procedureTexts } from '#main/pack.ts'
import { STATES } from '#modules/dossiers/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { file, ownRoute, walk } from '../support/walk.ts'

const records = procedureTexts().map(({ text }) => JSON.parse(text) as ProcedureRecord)
const clock = new MovableClock('2026-07-15T09:10:00+07:00')
let app: TestApp

beforeAll(async () => {
  app = await testApp({ clock })
})
afterAll(() => app.close())

test.each(records.map((record) => [record.code, record.name, record] as const))('%s %s goes the golden route and is returned', async (code, _name, record) => {
  const golden = record.cases.find((one) => one.expect.valid !== false)!
  clock.to(golden.receivedAt)
  const ctx = await app.as(golden.channel === 'truc_tuyen' ? 'congdan1' : 'motcua.14797')
  const dossier = await file(ctx, { procedure: code, unit: '14797', channel: golden.channel, form: golden.form, applicant: golden.applicant })
  expect(dossier.state).toBe('MOI_DANG_KY')
  const { own, last } = await walk(app, dossier)
  if (golden.expect.route) expect(own).toEqual(ownRoute(record, golden.expect.route))
  expect(STATES[last.state].final).toBe(true)
  expect(last.state).toBe('DA_TRA')
})
