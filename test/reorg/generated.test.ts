// Generated provinces and plans: whatever is planned, executing and bringing back is the identity, and every code of every day means one living unit.

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ctx, makeCtx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import type { Post, Role } from '#core/policy/actor.ts'
import { makeEnv } from '#main/env.ts'
import { listUnits, loadProvince, type PostSeed, resolveUnit, type UnitSeed } from '#modules/org/index.ts'
import { confirmPlan, draftPlan, executePlan, previewContent, previewRollBack, rollBackPlan, sendPlan, type Step } from '#modules/reorg/index.ts'
import { MovableClock } from '../support/clock.ts'
import { freshDatabase, type TestDatabase } from '../support/db.ts'
import { differences, dump, plan } from './support.ts'

const clock = new MovableClock('2026-05-04T09:00:00+07:00')
let database: TestDatabase
let env: ReturnType<typeof makeEnv>

const post = (role: Role): Post => ({ id: `p-${role}`, role, title: role, unitId: 'rt', unitCode: 'RT', unitName: 'RT', unitPath: 'rt' })
const as = (id: string, role: Role): Ctx => makeCtx(env, { kind: 'officer', id, name: id, posts: [post(role)] })
const drawer = () => as('ve', 'quan_tri_he_thong')
const second = () => as('duyet', 'chu_tich')

const COMMUNES = 6
const unit = (id: string, level: UnitSeed['level'], parent: string | null, more: Partial<UnitSeed> = {}): UnitSeed => ({
  id, code: id.toUpperCase(), name: `Ủy ban nhân dân ${id}`, shortName: id, kind: level, level, parent, validFrom: '2020-01-01', identifier: `H56.${id.toUpperCase()}`, ...more,
})

/** One province, two districts, six communes with a desk and a police post each, two departments; officers in all of them. */
function province() {
  const communes = Array.from({ length: COMMUNES }, (_, n) => `c${n + 1}`)
  const units: UnitSeed[] = [
    unit('rt', 'tinh', null), unit('d1', 'huyen', 'rt'), unit('d2', 'huyen', 'rt'), unit('s1', 'tinh', 'rt', { key: 'so_mot' }), unit('s2', 'tinh', 'rt', { key: 'so_hai' }),
    ...communes.flatMap((id, n) => [
      unit(id, 'xa', n % 2 ? 'd2' : 'd1', { key: 'ubnd_xa', adminCode: `1000${n}`, qcvn: `000.0${n}.00.H56` }),
      unit(`${id}-mc`, 'phong', id, { key: 'bo_phan_mot_cua', name: `Bộ phận một cửa ${id}` }), unit(`${id}-ca`, 'ngoai', id, { key: 'cong_an_xa', name: `Công an ${id}`, outside: true }),
    ]),
  ]
  const roles: [string, string][] = [['mot_cua', '-mc'], ['chuyen_vien', ''], ['lanh_dao_don_vi', ''], ['van_thu', '']]
  const posts: PostSeed[] = units.filter((one) => one.level !== 'phong' && one.level !== 'ngoai').flatMap((one) => roles.map(([role, part]) => ({
    id: `${one.id}-${role}`, unitId: one.level === 'xa' ? `${one.id}${part}` : one.id, role, title: role, from: '2020-01-01', holders: [{ officer: `o-${one.id}-${role}`, from: '2020-01-01' }],
  })))
  return { units, posts, officers: posts.map((one) => ({ id: one.holders[0]!.officer, fullName: one.id, login: one.id })), successions: [] }
}

/** Rows that lie at units, in every state, written as they are. */
async function lies(seed: number): Promise<void> {
  await sql`insert into procedures.version (id, code, number, name, field_code, field_name, levels, targets, online_level, record, digest, bpmn, bpmn_digest, effective_from, search, imported_at)
    values ('00000000-0000-4000-8000-000000000001', 'P1', 1, 'Thủ tục', 'F1', 'Lĩnh vực', '{xa}', '{}', 'toan_trinh', '{"field": {"code": "F1"}, "steps": [], "decision": {"kind": "ban_hanh"}}', 'x', '<x/>', 'x', '2026-01-01', '', '2026-01-01') on conflict do nothing`.execute(env.db)
  await sql`insert into dossiers.dossier (id, code, procedure_code, procedure_name, version_id, state, channel, applicant, applicant_name, search, form, received_unit_id, received_unit_path, decided_unit_id, decided_unit_path,
      created_at, updated_at, submitted_at, accepted_at, receipt_no, due_at, signed_at)
    select md5('d' || n || ${String(seed)})::uuid, 'H56-' || n, 'P' || n % 3, 'Thủ tục', '00000000-0000-4000-8000-000000000001', (array['MOI_DANG_KY', 'DANG_XU_LY', 'DA_CO_KET_QUA', 'DA_TRA', 'NHAP'])[1 + n % 5], 'truc_tiep',
      jsonb_build_object('address', jsonb_build_object('province', '38', 'commune', '1000' || n % 6, 'detail', 'Thôn ' || n % 4)), 'A', '|a|', '{}', u.id, u.path, case when n % 5 <> 4 then w.id end, case when n % 5 <> 4 then w.path end,
      '2026-05-01', '2026-05-01', '2026-05-01', case when n % 5 in (1, 2, 3) then timestamptz '2026-05-02' end, case when n % 5 in (1, 2, 3) then lpad(n::text, 4, '0') end, '2026-05-20', null
    from generate_series(1, 30) n join (select *, row_number() over (order by id) as k from org.unit where level <> 'ngoai' and valid_to is null) u on u.k = 1 + (n * 7 + ${seed}) % 17
      join (select *, row_number() over (order by id) as k from org.unit where level not in ('ngoai', 'phong') and valid_to is null) w on w.k = 1 + (n * 5 + ${seed}) % 11`.execute(env.db)
  await sql`insert into dossiers.party (dossier_id, unit_id, unit_path, since) select id, received_unit_id, received_unit_path, timestamptz '2026-05-01' from dossiers.dossier
    union select id, decided_unit_id, decided_unit_path, timestamptz '2026-05-01' from dossiers.dossier where decided_unit_id is not null on conflict do nothing`.execute(env.db)
  await sql`insert into work.definition values ('x', '<x/>')`.execute(env.db)
  await sql`insert into work.process (id, subject, definition, status, root, scopes, variables, next_token, last_end, places, timer_job, started_at, name, calls)
    select id, id::text, 'x', 'active', '', '[]', '{}', 0, '{}', jsonb_build_object('', decided_unit_id, 'nhan', received_unit_id), 'x', '2026-05-01', '', '{}' from dossiers.dossier where decided_unit_id is not null`.execute(env.db)
  await sql`insert into work.item (process_id, token, subject, step, name, role, unit_id, unit_path, hours, clock, outcomes, state, opened_at, due_at, claimed_by)
    select id, 't' || s, id::text, 'buoc', 'Bước', (array['mot_cua', 'chuyen_vien', 'lanh_dao_don_vi'])[1 + s], case when s = 0 then received_unit_id else decided_unit_id end, case when s = 0 then received_unit_path else decided_unit_path end,
      8, 'runs', '[]', (array['open', 'claimed', 'done'])[1 + (s + length(code)) % 3], '2026-05-01', '2026-05-10', case when (s + length(code)) % 3 = 1 then 'o-' || decided_unit_id || '-chuyen_vien' end
    from dossiers.dossier, generate_series(0, 2) s where decided_unit_id is not null`.execute(env.db)
  await sql`insert into dossiers.alert (dossier_id, kind, unit_id, unit_path, raised_at) select id, 'due_near', decided_unit_id, decided_unit_path, '2026-05-03' from dossiers.dossier where state = 'DANG_XU_LY'`.execute(env.db)
  await sql`insert into payments.payee (unit_id, bin, bank, account, holder) select id, '970415', 'ICB', 'TK' || id, name from org.unit where level = 'xa'`.execute(env.db)
  await sql`insert into payments.payment_order (reference, subject, subject_code, unit_id, payer_name, about, search, total_vnd, state, expires_at, opened_at)
    select 'TS' || code, id::text, code, received_unit_id, 'A', '{}', '', 8000, 'open', '2026-06-01', '2026-05-01' from dossiers.dossier where state = 'MOI_DANG_KY'`.execute(env.db)
  await sql`insert into views.view (officer_id, list, name, query, created_at) select 'o-' || id || '-chuyen_vien', 'dossiers', 'Của tôi', 'unit=' || code, '2026-05-01' from org.unit where level = 'xa'`.execute(env.db)
  await sql`insert into calendars.entry (unit_id, unit_path, kind, from_on, to_on, name, basis, made_at, made_by_name) select id, path, 'closure', '2026-05-15', '2026-05-16', 'Mất điện', 'CV', '2026-05-01', 'A' from org.unit where level = 'xa'`.execute(env.db)
}

async function anew(seed: number): Promise<void> {
  const { rows } = await sql<{ name: string }>`select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema in
    ('org', 'dossiers', 'work', 'payments', 'views', 'calendars', 'appeals', 'reorg', 'notify', 'identity')`.execute(env.db)
  await sql.raw('alter table core.event disable trigger event_append_only; alter table core.journal disable trigger journal_append_only').execute(env.db)
  await sql.raw(`truncate ${[...rows.map((row) => row.name).filter((name) => name !== 'notify.channel'), 'core.event', 'core.journal', 'core.unit_move', 'core.counter'].join(', ')} cascade`).execute(env.db)
  await sql.raw('alter table core.event enable trigger event_append_only; alter table core.journal enable trigger journal_append_only').execute(env.db)
  await inTransaction(env.db, (tx) => loadProvince(tx, province() as never))
  await lies(seed)
}

beforeAll(async () => {
  database = await freshDatabase()
  env = makeEnv(database.db, { publicUrl: 'http://t.test', dataDir: '/nonexistent', secret: 'test' } as never, clock)
})
afterAll(() => database.close())

const commune = fc.integer({ min: 1, max: COMMUNES }).map((n) => `c${n}`)
const target = fc.oneof(commune, fc.constantFrom('n1', 'n2'))
const fresh = (id: string, like: string) => ({ kind: 'create' as const, unit: { id, code: id.toUpperCase(), name: `Ủy ban nhân dân ${id}`, kind: 'xa', level: 'xa' as const, parent: 'rt', identifier: `H56.${id.toUpperCase()}`, key: 'ubnd_xa', like } })
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('merge' as const), from: fc.uniqueArray(commune, { minLength: 1, maxLength: 3 }), into: target }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('split' as const), unit: commune, keeps: fc.boolean(), into: fc.uniqueArray(target, { minLength: 1, maxLength: 3 }),
      rules: fc.array(fc.oneof(
        fc.record({ by: fc.constant('place' as const), places: fc.constantFrom(['10000'], ['10001', '10002'], ['10003']), villages: fc.constantFrom([], ['Thôn 1', 'Thôn 2']), to: target }),
        fc.record({ by: fc.constant('procedure' as const), procedures: fc.constantFrom(['P1'], ['P2', 'P0']), to: target }), fc.constant({ by: 'commune' as const }),
      ), { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('abolish' as const), unit: fc.constantFrom('d1', 'd2', 's1'), main: fc.constantFrom('s2', 'c1', 'rt'), rules: fc.constantFrom([], [{ by: 'commune' as const }]) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), unit: fc.oneof(commune, fc.constantFrom('s1', 'd1')), name: fc.constantFrom('Ủy ban nhân dân xã Đổi Tên', 'Sở Mới'), code: fc.option(fc.constantFrom('X1', 'X2'), { nil: undefined }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), unit: fc.oneof(commune, fc.constantFrom('s1', 'd1')), parent: fc.constantFrom('rt', 'd1', 'd2') }) },
)
const stepsOf = fc.tuple(fc.array(step, { minLength: 1, maxLength: 4 }), commune).map(([steps, like]) => {
  const text = JSON.stringify(steps)
  const communes = new Set(steps.flatMap((one) => (one.kind === 'abolish' && one.unit.startsWith('d') ? Array.from({ length: COMMUNES }, (_, n) => `c${n + 1}`).filter((_, n) => (n % 2 ? 'd2' : 'd1') === one.unit) : [])))
  const named = (id: string) => steps.some((one) => (one.kind === 'merge' ? one.from.includes(id) : 'unit' in one && one.unit === id))
  // communes of a district that ends go up, unless something else becomes of them
  return [...['n1', 'n2'].filter((id) => text.includes(`"${id}"`)).map((id) => fresh(id, like)), ...steps, ...[...communes].filter((id) => !named(id)).map((id) => ({ kind: 'move' as const, unit: id, parent: 'rt' }))]
})

const asked = (steps: unknown[], day: string) => plan({ day, steps: steps as Step[] as never })

async function execute(steps: unknown[], day: string): Promise<string | null> {
  const found = await previewContent(drawer(), asked(steps, day))
  if (found.faults.some((fault) => fault.severity === 'stops')) return null
  const { id } = await draftPlan(drawer(), asked(steps, day))
  const { digest } = await sendPlan(drawer(), { plan: id, revision: 0 })
  await confirmPlan(second(), { plan: id, digest })
  expect((await executePlan(drawer(), { plan: id })).state).toBe('da_thi_hanh')
  return id
}

/** Every code that any unit bore, with days on which it did. */
async function bearings(): Promise<{ code: string; on: string }[]> {
  const { rows } = await sql<{ code: string; on: string }>`
    with borne as (
      select id, unnest(array[code, identifier, qcvn, admin_code]) as code, greatest(valid_from, coalesce((select max(valid_to) + 1 from org.former f where f.unit_id = u.id), valid_from)) as a, coalesce(valid_to, date '2026-12-31') as z from org.unit u
      union all select unit_id, unnest(array[code, identifier, qcvn, admin_code]), valid_from, valid_to from org.former)
    select distinct code, unnest(array[a, z, a + (z - a) / 2]) as on from borne where code is not null and z >= a`.execute(env.db)
  return rows
}

async function oneLivingEach(): Promise<void> {
  const living = new Set((await listUnits(env.db, { limit: 1000 })).map((one) => one.id))
  const all = await bearings()
  for (const { code, on } of all) {
    const heirs = new Set((await resolveUnit(env.db, code, on)).map((one) => one.live.id))
    expect([code, on, [...heirs]].concat(heirs.size === 1 && living.has([...heirs][0]!) ? [] : ['?'])).not.toContain('?')
  }
}

describe('any plan', () => {
  test('executed and brought back is the identity; nothing is left at ended units; no date moved', async () => {
    let done = 0
    await fc.assert(fc.asyncProperty(stepsOf, fc.nat(16), async (steps, seed) => {
      clock.to('2026-05-04T09:00:00+07:00')
      await anew(seed)
      const before = await dump(env.db)
      const dues = await sql`select code, state, due_at, accepted_at, receipt_no from dossiers.dossier order by code`.execute(env.db)
      const id = await execute(steps, '2026-05-04')
      if (id === null) return
      done += 1
      expect((await sql`select code, state, due_at, accepted_at, receipt_no from dossiers.dossier order by code`.execute(env.db)).rows).toEqual(dues.rows)
      const { rows: stranded } = await sql`select 1 from work.item i join org.unit u on u.id = i.unit_id where i.state in ('open', 'claimed') and u.valid_to is not null
        union all select 1 from dossiers.dossier d join org.unit u on u.id in (d.received_unit_id, d.decided_unit_id) where d.state not in ('DA_TRA') and u.valid_to is not null`.execute(env.db)
      expect(stranded).toEqual([])
      const { digest } = await previewRollBack(drawer(), { plan: id })
      const undone = await rollBackPlan(drawer(), { plan: id, reason: 'Dừng lại', digest })
      expect(undone).toMatchObject({ worked: 0, fresh: 0, remain: [] })
      expect(differences(before, await dump(env.db))).toEqual([])
    }), { numRuns: 10 })
    expect(done).toBeGreaterThan(2)
  }, 120_000)

  test('after plan upon plan every code of every day means exactly one living unit', async () => {
    await fc.assert(fc.asyncProperty(stepsOf, stepsOf, fc.nat(16), async (first, next, seed) => {
      clock.to('2026-05-04T09:00:00+07:00')
      await anew(seed)
      await execute(first, '2026-05-04')
      clock.to('2026-08-04T09:00:00+07:00')
      await execute(JSON.parse(JSON.stringify(next).replaceAll('n1', 'm1').replaceAll('n2', 'm2').replaceAll('N1', 'M1').replaceAll('N2', 'M2').replaceAll('X1', 'Y1').replaceAll('X2', 'Y2')) as unknown[], '2026-08-04')
      await oneLivingEach()
    }), { numRuns: 6 })
  }, 120_000)
})
