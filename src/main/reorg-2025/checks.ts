// What must be true after 1 July 2025 was carried out: nothing lost, nothing stuck, every old code answers, everybody told once, no deadline later, numbers intact.

import { sql } from 'kysely'
import { type Ctx, type Env, makeCtx, systemCtx } from '#core/ctx.ts'
import type { Db } from '#core/db/index.ts'
import { AppError } from '#core/errors.ts'
import { type Dossier, needDossier } from '#modules/dossiers/index.ts'
import { knowCitizen } from '#modules/identity/index.ts'
import { becameOf, doersOf, historyOf, resolveUnit, type ProvinceSeed } from '#modules/org/index.ts'
import { claimsOf } from '#twins/vneid/index.ts'
import { citizen } from '../pack.ts'
import { type Hands, openHands } from './acts.ts'
import { DAY } from './plan.ts'

export interface Check {
  readonly title: string
  readonly ok: boolean
  readonly detail: string
}

const number = (n: number): string => n.toLocaleString('vi-VN')
const check = (title: string, ok: boolean, detail: string): Check => ({ title, ok, detail })

/** What stood in the registers before: kept beside them to be compared with. */
export async function remember(db: Db): Promise<void> {
  await sql`drop schema if exists before_run cascade`.execute(db)
  await sql`create schema before_run`.execute(db)
  await sql`create table before_run.dossier as select id, code, state, due_at, first_due_at, receipt_no, result_no, received_unit_id, decided_unit_id, citizen_id from dossiers.dossier`.execute(db)
  await sql`create unique index on before_run.dossier (id)`.execute(db)
  await sql`create table before_run.counter as select * from core.counter`.execute(db)
}

export const forget = async (db: Db): Promise<void> => void (await sql`drop schema if exists before_run cascade`.execute(db))

const one = async <T extends object>(db: Db, query: ReturnType<typeof sql<T>>): Promise<T> => (await query.execute(db)).rows[0]!

export async function nothingLost(db: Db): Promise<Check[]> {
  const sums = await one(db, sql<{ before: number; after: number; gone: number; states: number; ended: number; items: number }>`
    select (select count(*)::int from before_run.dossier) as before, (select count(*)::int from dossiers.dossier) as after,
      (select count(*)::int from before_run.dossier b where not exists (select 1 from dossiers.dossier d where d.id = b.id)) as gone,
      (select count(*)::int from before_run.dossier b join dossiers.dossier d on d.id = b.id where d.state is distinct from b.state) as states,
      (select count(*)::int from dossiers.dossier d join org.unit u on u.id in (d.received_unit_id, d.decided_unit_id) where u.valid_to is not null) as ended,
      (select count(*)::int from work.item i join org.unit u on u.id = i.unit_id where i.state in ('open', 'claimed') and u.valid_to is not null) as items`)
  return [
    check('Không hồ sơ nào mất', sums.gone === 0 && sums.before === sums.after, `${number(sums.before)} hồ sơ trước, ${number(sums.after)} sau; ${sums.states} đổi trạng thái`),
    check('Mọi hồ sơ, việc đang mở ở đơn vị đang hoạt động', sums.ended === 0 && sums.items === 0 && sums.states === 0, `${sums.ended} hồ sơ, ${sums.items} việc còn ở đơn vị đã kết thúc`),
  ]
}

/** For every open dossier: its open steps each lie where somebody holds a post that may do them. */
export async function nothingStuck(db: Db): Promise<Check> {
  const { rows: roles } = await sql<{ role: string }>`select distinct role from work.item where state in ('open', 'claimed') and role <> 'cong_dan'`.execute(db)
  const pairs = roles.flatMap(({ role }) => doersOf(role).map((doer) => ({ role, doer })))
  const { n, items, sample } = await one(db, sql<{ n: number; items: number; sample: string | null }>`
    with may as (select * from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as m (role text, doer text)),
    manned as (select distinct p.unit_id, p.role from org.post p join org.holding h on h.post_id = p.id where p.valid_to is null and h.ended_at is null and (h.to_on is null or h.to_on >= ${DAY}::date) and h.from_on <= ${DAY}::date),
    open as (select i.*, d.code from work.item i join dossiers.dossier d on d.id::text = i.subject where i.state in ('open', 'claimed')),
    stuck as (
      select o.code, o.step, o.role, o.unit_id from open o where o.waits = 0 and (
        (o.role <> 'cong_dan' and not exists (select 1 from may m join manned n on n.role = m.doer and n.unit_id = o.unit_id where m.role = o.role))
        or (o.role = 'cong_dan' and o.citizen_id is null and not exists (select 1 from manned n where n.role = 'mot_cua' and n.unit_id = o.unit_id)))
      union all
      select d.code, '', '', d.received_unit_id from dossiers.dossier d where d.closed_at is null and d.code is not null and not exists (select 1 from open o where o.subject = d.id::text))
    select (select count(*)::int from stuck) as n, (select count(*)::int from open) as items, (select code || ' ' || step || ' ' || role || ' ' || unit_id from stuck limit 1) as sample`)
  return check('Không hồ sơ nào tắc: việc nào cũng có người làm được', n === 0, `${number(items)} việc đang mở, ${number(n)} không ai làm được${sample ? ` (ví dụ ${sample})` : ''}`)
}

/** Deadlines, numbers and counters stand as they stood. */
export async function promisesKept(db: Db): Promise<Check[]> {
  const { later, dues, codes, counters, doubles } = await one(db, sql<{ later: number; dues: number; codes: number; counters: number; doubles: number }>`
    select (select count(*)::int from before_run.dossier b join dossiers.dossier d on d.id = b.id where d.due_at > b.due_at or d.first_due_at is distinct from b.first_due_at) as later,
      (select count(*)::int from before_run.dossier where due_at is not null) as dues,
      (select count(*)::int from before_run.dossier b join dossiers.dossier d on d.id = b.id where (d.code, d.receipt_no, d.result_no) is distinct from (b.code, b.receipt_no, b.result_no)) as codes,
      (select count(*)::int from before_run.counter b left join core.counter c on c.series = b.series where c.last is distinct from b.last) as counters,
      (select count(*)::int from (select code from dossiers.dossier where code is not null group by code having count(*) > 1) x) as doubles`)
  return [
    check('Không hẹn trả nào lùi lại', later === 0, `${number(dues)} hồ sơ có hẹn trả, ${later} bị lùi`),
    check('Mã, số tiếp nhận, số kết quả và các dãy số nguyên vẹn', codes + counters + doubles === 0, `${codes} hồ sơ đổi số, ${counters} dãy số đổi, ${doubles} mã trùng`),
  ]
}

/** Every code and name of every unit that lived on 30 June leads to the unit in charge, with its sentence. */
export async function oldCodesAnswer(db: Db, before: ProvinceSeed, after: ProvinceSeed, every: number): Promise<Check[]> {
  const main = new Map(after.successions.filter(({ on, main: chief }) => on === DAY && chief).map(({ from, to }) => [from, to]))
  const living = before.units.filter((unit, at) => !unit.validTo && at % every === 0)
  const wrong: string[] = []
  let [codes, names, sentences] = [0, 0, 0]
  for (const unit of living) {
    for (const code of new Set([unit.code, unit.identifier, unit.qcvn, unit.adminCode].filter((text): text is string => !!text))) {
      codes++
      const found = await resolveUnit(db, code, '2025-06-30').catch(() => [])
      const asked = found.find((resolution) => resolution.asked.id === unit.id)
      const expected = main.get(unit.id)
      if (!asked || asked.live.validTo !== null || (expected && asked.live.id !== expected)) wrong.push(`${code} → ${asked?.live.id ?? 'không ai'}`)
      if (unit.level === 'phong' || unit.level === 'ngoai' || code !== unit.code || !asked) continue
      const { after: passages } = await historyOf(db, unit.id)
      if (!expected || becameOf(asked.asked, passages, asked.live)) sentences++
      else wrong.push(`${code} không có câu`)
    }
    if (unit.level !== 'xa' && unit.level !== 'huyen') continue
    names++
    const found = await resolveUnit(db, unit.name, '2025-06-30').catch(() => [])
    if (!found.some((resolution) => resolution.asked.id === unit.id && resolution.live.validTo === null)) wrong.push(unit.name)
  }
  return [check('Mọi mã, tên cũ vẫn trả lời và dẫn tới đúng một đơn vị đang hoạt động', wrong.length === 0, `${number(codes)} mã, ${number(names)} tên xã, huyện, ${number(sentences)} câu cho người dân; ${wrong.length} sai${wrong.length > 0 ? ` (${wrong.slice(0, 3).join('; ')})` : ''}`)]
}

/** Every open dossier and every draft that lay at a unit which ended, or that lies elsewhere now, has exactly one fact since and is told once in each way there is;
 *  nobody else is told. Who is to be told is found from the registers before and after, not from the facts. */
export async function toldOnce(db: Db, since: number): Promise<Check> {
  const { expected, drafts, untold, twice, strangers, messages, silent, repeated } = await one(db, sql<{ expected: number; drafts: number; untold: number; twice: number; strangers: number; messages: number; silent: number; repeated: number }>`
    with concerned as (
      select d.id::text as id, d.code from before_run.dossier b join dossiers.dossier d on d.id = b.id where d.closed_at is null and (
        exists (select 1 from org.unit u where u.id in (b.received_unit_id, b.decided_unit_id) and u.valid_to is not null)
        or (b.received_unit_id, b.decided_unit_id) is distinct from (d.received_unit_id, d.decided_unit_id))),
    facts as (select e.id, e.subject from core.event e where e.name = 'dossiers.unit_moved' and e.id > ${since}),
    sent as (select m.event_id, m.subject, m.channel, m.recipient, count(*) as n from notify.message m join facts f on f.id = m.event_id group by 1, 2, 3, 4),
    told as (select c.id, coalesce(f.n, 0) as facts, coalesce(s.n, 0) as tellings from concerned c
      left join (select subject, count(*) as n from facts group by 1) f on f.subject = c.id left join (select subject, count(distinct event_id) as n from sent group by 1) s on s.subject = c.id)
    select (select count(*)::int from concerned) as expected, (select count(*)::int from concerned where code is null) as drafts,
      (select count(*)::int from told where facts = 0) as untold, (select count(*)::int from told where facts > 1 or tellings > 1) as twice,
      (select count(*)::int from facts f where not exists (select 1 from concerned c where c.id = f.subject)) as strangers,
      (select count(*)::int from sent) as messages, (select count(*)::int from told where facts > 0 and tellings = 0) as silent, (select count(*)::int from sent where n > 1) as repeated`)
  return check(
    'Mỗi hồ sơ, bản nháp đổi đơn vị được báo đúng một lần', expected > 0 && untold + twice + strangers + silent + repeated === 0,
    `${number(expected - drafts)} hồ sơ và ${number(drafts)} bản nháp của đơn vị thay đổi, ${number(messages)} tin trong hàng gửi; ${number(untold + silent)} chưa báo, ${number(twice + repeated)} báo lặp, ${number(strangers)} báo nhầm`)
}

export async function exampleSentences(db: Db): Promise<string[]> {
  const { rows } = await sql<{ body: string }>`select distinct on (m.template) m.body from notify.message m join core.event e on e.id = m.event_id where e.name = 'dossiers.unit_moved' order by m.template, m.channel, m.id limit 5`.execute(db)
  return rows.map(({ body }) => body)
}

export interface Tried {
  readonly check: Check
  readonly acts: number
}

/** Real acts by real officers of the new units: the next step of one dossier (or more) for each state, level, procedure and step there is. */
export async function nextActs(env: Env, clock: Hands, most: number): Promise<Tried> {
  const { rows } = await sql<{ id: string; kind: string }>`
    select id, kind from (
      select d.id, concat_ws(' · ', d.state, u.level, d.procedure_code, (select string_agg(i.step, ',' order by i.step) from work.item i where i.subject = d.id::text and i.state in ('open', 'claimed'))) as kind,
        row_number() over (partition by d.state, u.level, d.procedure_code, (select string_agg(i.step, ',' order by i.step) from work.item i where i.subject = d.id::text and i.state in ('open', 'claimed')) order by md5(d.id::text)) as turn
      from before_run.dossier b join dossiers.dossier d on d.id = b.id join org.unit u on u.id = coalesce(b.decided_unit_id, b.received_unit_id) where d.code is not null and d.closed_at is null) x
    where turn = 1 order by md5(kind) limit ${most}`.execute(env.db)
  const owner = async (dossier: Dossier): Promise<Ctx> => {
    const { personal } = await one(env.db, sql<{ personal: string }>`select personal_id as personal from identity.citizen where id = ${dossier.citizenId}::uuid`)
    const actor = await knowCitizen(systemCtx(env, 'Chạy thử'), claimsOf({ ...citizen(Number(personal.slice(-5))), level: 2 }))
    return makeCtx(env, { ...actor, level: 2 })
  }
  const start = clock.now()
  const { step } = openHands(env, clock, owner)
  const wrong: string[] = []
  let [acts, waiting] = [0, 0]
  for (const { id, kind } of rows) {
    clock.to(start)
    const dossier = await needDossier(env.db, systemCtx(env, 'Chạy thử'), id)
    try {
      if (await step(dossier)) acts++
      else waiting++
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      wrong.push(`${dossier.code} ${kind}: ${error.message} ${JSON.stringify((error as { fields?: unknown }).fields ?? '')}`)
    }
  }
  return { acts, check: check('Bước tiếp theo làm được thật ở mọi trạng thái, cấp, thủ tục', wrong.length === 0 && acts > 0, `${number(rows.length)} loại (trạng thái × cấp × thủ tục × bước): ${number(acts)} thao tác thật, ${waiting} đang chờ nơi khác, ${wrong.length} bị từ chối${wrong.length > 0 ? ` (${wrong.slice(0, 2).join('; ')})` : ''}`) }
}

/** A digest of every table that a run may change, row for row. */
export async function digests(db: Db): Promise<Map<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`select schemaname || '.' || tablename as name from pg_tables
    where schemaname in ('org', 'dossiers', 'work', 'payments', 'identity', 'appeals', 'calendars', 'views', 'files', 'procedures', 'notify', 'core')
      and tablename not in ('event', 'journal', 'unit_move', 'idempotency', 'message', 'delivery') order by 1`.execute(db)
  const found = new Map<string, string>()
  for (const { name } of tables) {
    const { digest } = await one(db, sql<{ digest: string }>`select count(*) || ':' || coalesce(md5(string_agg(h, '' order by h)), '') as digest from (select md5(t::text) as h from ${sql.table(name)} t) x`)
    found.set(name, digest)
  }
  return found
}

export function sameBytes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Check {
  const differing = [...before].filter(([table, digest]) => after.get(table) !== digest).map(([table]) => table)
  return check('Hoàn tác trả lại đúng từng byte', differing.length === 0, `${before.size} bảng so từng dòng${differing.length > 0 ? `; khác: ${differing.join(', ')}` : ', không bảng nào khác'}`)
}
