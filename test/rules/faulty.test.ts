// One dossier that cannot be counted anew does not hold up a changed rule: it is listed for an official, the others follow.

import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { listEvents } from '#core/events/index.ts'
import { accept, type Dossier, ruleFindings, viewDossier } from '#modules/dossiers/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { file } from '../support/walk.ts'
import { ALL_OPEN, confirmed, day, golden } from './support.ts'

const clock = new MovableClock('2027-01-11T09:00:00+07:00')
const CODE = '1.004873'
let app: TestApp
beforeAll(async () => {
  app = await testApp({ clock })
}, 120_000)
afterAll(() => app.close())

const now = async (dossier: Dossier): Promise<Dossier> => (await viewDossier(systemCtx(app.env, 'test'), dossier.id)).dossier

test('the batch goes on and ends; the faulty one stays as it was and is named, in words and in the log', async () => {
  const dossiers: Dossier[] = []
  for (let i = 0; i < 3; i++) dossiers.push(await file(await app.as('congdan1'), { procedure: CODE, unit: '14797', channel: 'truc_tuyen', form: golden(CODE).form }))
  for (const one of dossiers) await accept(await app.as('motcua.14797'), { dossier: one.code! })
  const was = await Promise.all(dossiers.map(now))
  const bad = [...dossiers].sort((one, other) => (one.id < other.id ? -1 : 1))[0]!
  await app.database.pool.query(`create function rules.poison() returns trigger language plpgsql as $$ begin raise exception 'hỏng'; end $$;
    create trigger poison before update on dossiers.dossier for each row when (old.id = '${bad.id}') execute function rules.poison()`)
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const change = await confirmed(app, { rule: `procedure:${CODE}:term`, value: '6', unit: 'ngay_lam_viec', validFrom: '2027-01-12', ...ALL_OPEN })
  clock.to('2027-01-12T08:00:00+07:00')
  await day(app, change.id)
  expect(log.mock.calls.map(([line]) => line)).toEqual([expect.stringContaining(`[dossiers.rule] ${change.id} ${bad.id}`)])
  log.mockRestore()
  const after = await Promise.all(dossiers.map(now))
  for (const [i, one] of dossiers.entries()) {
    if (one.id === bad.id) expect(after[i]!.dueAt).toEqual(was[i]!.dueAt)
    else expect(after[i]!.dueAt!.getTime()).toBeGreaterThan(was[i]!.dueAt!.getTime())
  }
  expect(await ruleFindings(app.env.db, change.id)).toEqual([expect.objectContaining({ code: bad.code, what: 'legal', state: 'open', proposal: expect.stringMatching(/^Chưa tính lại được: lỗi của phần mềm.*Hồ sơ vẫn như trước/) })])
  const { rows } = await app.database.pool.query("select subject from core.event where name = 'dossiers.rule_applied'")
  expect(rows).toHaveLength(1)
  expect((await listEvents(app.env.db, rows[0].subject)).at(-1)).toMatchObject({ data: { moved: 2, findings: 1 } })
})
