// Generated plans, one upon another, days or months apart, over a small province with villages: every code of every day means one living unit,
// bringing the last one back is the identity, villages are neither lost nor doubled.

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ctx, makeCtx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import type { Post, Role } from '#core/policy/actor.ts'
import { addDays, localDate } from '#core/workdays/index.ts'
import { makeEnv } from '#main/env.ts'
import { listUnits, loadProvince, type PostSeed, resolveUnit, type Unit, type UnitSeed } from '#modules/org/index.ts'
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

const COMMUNES = 5
const unit = (id: string, level: UnitSeed['level'], parent: string | null, more: Partial<UnitSeed> = {}): UnitSeed => ({
  id, code: id.toUpperCase(), name: `Ủy ban nhân dân ${id}`, shortName: id, kind: level, level, parent, validFrom: '2020-01-01', identifier: `H56.${id.toUpperCase()}`, ...more,
})

/** One province, two districts, five communes with a desk, a police post and two villages each, two departments; officers in all of them. */
function province() {
  const communes = Array.from({ length: COMMUNES }, (_, n) => `c${n + 1}`)
  const units: UnitSeed[] = [
    unit('rt', 'tinh', null), unit('d1', 'huyen', 'rt'), unit('d2', 'huyen', 'rt'), unit('s1', 'tinh', 'rt', { key: 'so_mot' }), unit('s2', 'tinh', 'rt', { key: 'so_hai' }),
    ...communes.flatMap((id, n) => [
      unit(id, 'xa', n % 2 ? 'd2' : 'd1', { key: 'ubnd_xa', adminCode: `1000${n}`, qcvn: `000.0${n}.00.H56` }),
      unit(`${id}-mc`, 'phong', id, { key: 'bo_phan_mot_cua', name: `Bộ phận một cửa ${id}` }), unit(`${id}-ca`, 'ngoai', id, { key: 'cong_an_xa', name: `Công an ${id}`, outside: true }),
      ...[1, 2].map((n) => unit(`${id}-t${n}`, 'phong', id, { kind: 'thon', name: `Thôn ${n}`, identifier: null })),
    ]),
  ]
  const roles: [string, string][] = [['mot_cua', '-mc'], ['chuyen_vien', ''], ['lanh_dao_don_vi', ''], ['van_thu', '']]
  const held = (one: UnitSeed, role: string, unitId: string): PostSeed => ({
    id: `${one.id}-${role}`, unitId, role, title: role, from: '2020-01-01', holders: [{ officer: `o-${one.id}-${role}`, from: '2020-01-01', ...(role === 'lanh_dao_don_vi' ? { to: '2027-03-31' } : {}) }],
  })
  const posts: PostSeed[] = units.flatMap((one) => (one.kind === 'thon' ? [held(one, 'truong_thon', one.id)] : one.level === 'phong' || one.level === 'ngoai' ? [] : roles.map(([role, part]) => held(one, role, one.level === 'xa' ? `${one.id}${part}` : one.id))))
  return { units, posts, officers: posts.map((one) => ({ id: one.holders[0]!.officer, fullName: one.id, login: one.id })), successions: [] }
}

/** Rows that lie at units, in every state, written as they are. */
async function lies(seed: number): Promise<void> {
  await sql`insert into procedures.version (id, code, number, name, field_code, field_name, levels, targets, online_level, record, digest, bpmn, bpmn_digest, effective_from, search, imported_at)
    values ('00000000-0000-4000-8000-000000000001', 'P1', 1, 'Thủ tục', 'F1', 'Lĩnh vực', '{xa}', '{}', 'toan_trinh', '{"field": {"code": "F1"}, "steps": [], "decision": {"kind": "ban_hanh"}}', 'x', '<x/>', 'x', '2026-01-01', '', '2026-01-01') on conflict do nothing`.execute(env.db)
  await sql`insert into dossiers.dossier (id, code, procedure_code, procedure_name, version_id, state, channel, applicant, applicant_name, search, form, received_unit_id, received_unit_path, decided_unit_id, decided_unit_path,
      created_at, updated_at, submitted_at, accepted_at, receipt_no, due_at, signed_at)
    select md5('d' || n || ${String(seed)})::uuid, 'H56-' || n, 'P' || n % 3, 'Thủ tục', '00000000-0000-4000-8000-000000000001', (array['MOI_DANG_KY', 'DANG_XU_LY', 'DA_CO_KET_QUA', 'DA_TRA', 'NHAP'])[1 + n % 5], 'truc_tiep',
      jsonb_build_object('address', jsonb_build_object('province', '38', 'commune', '1000' || n % 5, 'detail', 'Thôn ' || n % 4)), 'A', '|a|', '{}', u.id, u.path, case when n % 5 <> 4 then w.id end, case when n % 5 <> 4 then w.path end,
      '2026-05-01', '2026-05-01', '2026-05-01', case when n % 5 in (1, 2, 3) then timestamptz '2026-05-02' end, case when n % 5 in (1, 2, 3) then lpad(n::text, 4, '0') end, '2026-05-20', null
    from generate_series(1, 30) n join (select *, row_number() over (order by id) as k from org.unit where level <> 'ngoai' and kind <> 'thon' and valid_to is null) u on u.k = 1 + (n * 7 + ${seed}) % 14
      join (select *, row_number() over (order by id) as k from org.unit where level not in ('ngoai', 'phong') and valid_to is null) w on w.k = 1 + (n * 5 + ${seed}) % 10`.execute(env.db)
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

/** A plan drawn from a tape of numbers over the province as it stands, so that most can be carried out: each unit is touched by one step. */
async function drawn(tape: readonly number[], round: number): Promise<Step[]> {
  const { rows: ended } = await sql<{ code: string; identifier: string | null; admin_code: string | null }>`select code, identifier, admin_code from org.unit where level = 'xa' and valid_to is not null order by id`.execute(env.db)
  const communes = await listUnits(env.db, { level: 'xa', limit: 100 })
  let at = 0
  const roll = (n: number) => tape[at++ % tape.length]! % n
  const free = communes.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const take = () => free.splice(roll(free.length), 1)[0]!
  const steps: Step[] = []
  let made = 0
  /** A new commune under codes of its own, those of one that ends with this very plan, mixed, or those of one that ended before. */
  const fresh = (from: Unit): string => {
    const id = `n${round}x${made++}`
    const own = { code: id.toUpperCase(), identifier: `H56.${id}`, adminCode: `9${round}${made}00`, qcvn: null as string | null }
    const before = ended.length > 0 ? ended[roll(ended.length)]! : null
    const codes = [
      own, { code: from.code, identifier: from.identifier, adminCode: from.adminCode, qcvn: from.qcvn }, { ...own, code: from.adminCode ?? own.code }, { ...own, qcvn: from.code, identifier: from.identifier },
      before ? { ...own, code: before.code, identifier: before.identifier, adminCode: before.admin_code } : own,
    ][roll(5)]!
    steps.push({ kind: 'create', unit: { id, name: `Ủy ban nhân dân ${id}`, shortName: null, kind: 'xa', level: 'xa', parent: 'rt', key: 'ubnd_xa', like: from.id, posts: [], seat: null, ...codes } })
    return id
  }
  const place = (unit: Unit, to: string) => ({ by: 'place' as const, places: [[unit.code, unit.identifier, unit.adminCode].find((code) => code !== null)!], villages: ['Thôn 2'], to })
  const kinds = {
    merge() {
      const from = [take(), take(), ...(free.length > 2 && roll(2) ? [take()] : [])]
      steps.push({ kind: 'merge', from: from.map((one) => one.id), into: roll(2) ? from[0]!.id : fresh(from[0]!) })
    },
    split() {
      const unit = take()
      const keeps = roll(3) === 0
      const other = take().id
      const main = keeps ? null : roll(2) ? fresh(unit) : take().id
      const rules = [[place(unit, other)], [place(unit, other), { by: 'procedure' as const, procedures: ['P1'], to: other }], [{ by: 'procedure' as const, procedures: ['P2', 'P0'], to: other }], []][roll(4)]!
      steps.push({ kind: 'split', unit: unit.id, keeps, into: [other], main, rules })
    },
    swap() {
      const [one, other] = [take(), take()]
      const give = (to: Unit, from: Unit) => steps.push({ kind: 'rename', unit: to.id, name: null, shortName: null, unitKind: null, code: from.code, identifier: from.identifier, qcvn: from.qcvn, adminCode: from.adminCode })
      give(one, other)
      give(other, one)
    },
    rename() {
      const unit = take()
      steps.push({ kind: 'rename', unit: unit.id, name: `Ủy ban nhân dân xã Mới ${round}`, shortName: null, unitKind: null, code: roll(2) ? `X${round}${roll(9)}` : null, identifier: null, qcvn: null, adminCode: null })
    },
    raise() {
      const unit = take()
      if (unit.parentId !== 'rt') steps.push({ kind: 'move', unit: unit.id, parent: 'rt' })
    },
    department() {
      if (round === 0) steps.push({ kind: 'abolish', unit: 's1', main: 's2', rules: roll(2) ? [] : [{ by: 'commune' }] })
    },
  }
  const order = ['merge', 'split', 'swap', 'rename', 'raise', 'department', 'merge', 'split'] as const
  const [first, second] = [order[roll(8)]!, order[roll(8)]!]
  for (const kind of new Set([first, second])) if (free.length > 3 || kind === 'department') kinds[kind]()
  return steps.length > 0 ? steps : [{ kind: 'move', unit: communes[0]!.id, parent: communes[0]!.parentId === 'rt' ? 'd1' : 'rt' }]
}

const asked = (steps: readonly Step[], day: string) => plan({ day, steps: [...steps] as never })

async function execute(steps: readonly Step[], day: string): Promise<string | null> {
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

const villages = async () => (await sql<{ id: string; parent: string; level: string; over: string | null; head: string }>`select u.id, u.parent_id as parent, p.level, coalesce(u.valid_to, p.valid_to) as over, h.officer_id as head
  from org.unit u join org.unit p on p.id = u.parent_id left join org.post s on s.unit_id = u.id and s.valid_to is null left join org.holding h on h.post_id = s.id and h.to_on is null where u.kind = 'thon' order by u.id`.execute(env.db)).rows

async function soundGround(): Promise<void> {
  const found = await villages()
  expect(found.map((one) => [one.id, one.level, one.over, one.head])).toEqual(Array.from({ length: COMMUNES }, (_, n) => [1, 2].map((t) => [`c${n + 1}-t${t}`, 'xa', null, `o-c${n + 1}-t${t}-truong_thon`])).flat())
  const { rows: stranded } = await sql`select i.id::text from work.item i join org.unit u on u.id = i.unit_id where i.state in ('open', 'claimed') and u.valid_to is not null
    union all select d.code from dossiers.dossier d join org.unit u on u.id in (d.received_unit_id, d.decided_unit_id) where d.state not in ('DA_TRA') and u.valid_to is not null`.execute(env.db)
  expect(stranded).toEqual([])
  const { rows: longer } = await sql`select h.officer_id from org.holding h join org.post p on p.id = h.post_id where p.role = 'lanh_dao_don_vi' and (h.to_on is null or h.to_on > '2027-03-31')`.execute(env.db)
  expect(longer).toEqual([])
}

const dues = async () => (await sql`select code, state, due_at, accepted_at, receipt_no from dossiers.dossier order by code`.execute(env.db)).rows

test('any plan upon any plan: codes mean one living unit, nothing is stranded or doubled, and taking the last one back is the identity', async () => {
  let [done, tried] = [0, 0]
  const kinds = new Set<string>()
  const tape = fc.array(fc.nat(9999), { minLength: 16, maxLength: 16 })
  await fc.assert(fc.asyncProperty(fc.array(tape, { minLength: 2, maxLength: 2 }), fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 2, maxLength: 2 }), fc.nat(3), fc.nat(13), async (tapes, gaps, late, seed) => {
    clock.to('2026-05-04T09:00:00+07:00')
    await anew(seed)
    for (const [round, own] of tapes.entries()) {
      clock.to(new Date(clock.now().getTime() + gaps[round]! * 86_400_000))
      const [before, owed] = [await dump(env.db), await dues()]
      const steps = await drawn(own, round)
      tried += 1
      const id = await execute(steps, addDays(localDate(clock.now()), round === 0 ? 0 : -Math.min(late, gaps[round]! - 1)))
      if (id === null) continue
      done += 1
      for (const one of steps) kinds.add(one.kind)
      await soundGround()
      await oneLivingEach()
      expect(await dues()).toEqual(owed)
      if (round === 0) continue
      const { digest } = await previewRollBack(drawer(), { plan: id })
      expect(await rollBackPlan(drawer(), { plan: id, reason: 'Dừng lại', digest })).toMatchObject({ worked: 0, fresh: 0, remain: [] })
      expect(differences(before, await dump(env.db))).toEqual([])
    }
  }), { numRuns: 6 })
  // most of what is drawn can be carried out; a generator that mostly fails would prove nothing
  expect([done, tried]).toEqual([expect.toSatisfy((n: number) => n >= tried * 0.7), 12])
  expect([...kinds]).toEqual(expect.arrayContaining(['create', 'merge', 'split', 'rename']))
}, 120_000)
