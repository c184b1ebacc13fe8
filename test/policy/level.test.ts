// A citizen of identity level 1 may prepare a dossier and keep it; handing it in on line needs level 2.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { procedureTexts } from '#main/pack.ts'
import { viewDossier } from '#modules/dossiers/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { file } from '../support/walk.ts'
import { begin, submit } from '#modules/dossiers/index.ts'

const record = JSON.parse(procedureTexts().find(({ name }) => name.startsWith('1.001193'))!.text) as ProcedureRecord
const golden = record.cases.find((one) => one.channel === 'truc_tuyen' && one.expect.requiredParts?.length === 0)!
const input = { procedure: '1.001193', unit: '14797', channel: 'truc_tuyen' as const, form: { ...golden.form, exemption_kind: 'none' }, applicant: { fullName: 'Giàng A Chống' } }
let app: TestApp

beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

test('level 1 is told what to do, and the draft stays', async () => {
  const ctx = await app.as('congdan5')
  const draft = await begin(ctx, input)
  await expect(submit(ctx, { dossier: draft.id })).rejects.toMatchObject({ code: 'dossiers.level_two', status: 403 })
  const view = await viewDossier(ctx, draft.id)
  expect(view.dossier.state).toBe('NHAP')
  expect(view.acts.submission?.code).toBe('dossiers.level_two')
})

test('level 2 hands in', async () => {
  expect((await file(await app.as('congdan1'), input)).state).toBe('MOI_DANG_KY')
})
