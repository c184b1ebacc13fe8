// The worker beside the platform: receipts are set, people are told, once each; jobs of a killed worker are taken up again.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { procedureTexts } from '#main/pack.ts'
import { releaseJobs, startWorker } from '#main/worker.ts'
import { accept, viewDossier } from '#modules/dossiers/index.ts'
import { listMessages } from '#modules/notify/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { until } from '../support/platform.ts'
import { file } from '../support/walk.ts'

const record = JSON.parse(procedureTexts().find(({ name }) => name.startsWith('1.001193'))!.text) as ProcedureRecord
const golden = record.cases.find((one) => one.channel === 'truc_tuyen' && one.expect.requiredParts?.length === 0)!
let app: TestApp

beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const left = async () => (await app.database.pool.query('select count(*)::int as n from graphile_worker.jobs where run_at <= now()')).rows[0].n as number

describe('the worker', () => {
  test('does after the commit what follows from it, once', async () => {
    const dossier = await file(await app.as('congdan1'), { procedure: '1.001193', unit: '14797', channel: 'truc_tuyen', form: { ...golden.form, exemption_kind: 'none' } })
    await accept(await app.as('motcua.14797'), { dossier: dossier.code! })
    expect(await listMessages(app.env.db, { subject: dossier.id })).toEqual([])
    expect(await left()).toBeGreaterThan(2)
    await app.database.pool.query("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-that-was-killed'")
    await releaseJobs(app.database.pool)
    const worker = await startWorker(app.env, app.database.pool)
    expect(await until(async () => (await left()) === 0)).toBe(true)
    await worker.stop()
    const told = await listMessages(app.env.db, { subject: dossier.id })
    expect(told.filter((one) => one.template === 'dossiers.submitted' && one.channel === 'inapp')).toHaveLength(1)
    expect(told.filter((one) => one.template === 'dossiers.accepted' && one.channel === 'sms')).toHaveLength(1)
    expect(told.find((one) => one.template === 'dossiers.accepted')!.body).toContain(dossier.code!)
    const view = await viewDossier(await app.as('congdan1'), dossier.code!)
    expect(view.papers.find((paper) => paper.kind === 'receipt')!.fileId).not.toBeNull()
  })
})
