// Brings a plan back within its window: what is still as execution left it returns to the byte; what somebody did since stays, with a keeper named beforehand.

import { sql } from 'kysely'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { type Drift, drifted, undo } from '#core/db/journal.ts'
import { freshAt, mayReturn, namedIn, settledSince } from '#core/units/spots.ts'
import { changeStaff, changeUnits, hangsOn, listUnitsById, ownPosts, type ReorgLine, reorgParts, type Return, returnsOf, type Staffed, type Unit, yieldCodes } from '#modules/org/index.ts'
import { noteMoved } from '#modules/dossiers/index.ts'
import { emitMany } from '#core/events/index.ts'
import { addDays, localDate } from '#core/workdays/index.ts'
import { formatDate } from '#core/text/index.ts'
import { officerMoved } from './events.ts'
import { faultsAfter, moveAll, Unsound } from './execute.ts'
import { isPart } from './resolve.ts'
import type { Progress } from './running.ts'
import type { Plan, RollBackPreview, Undone } from './schema.ts'
import * as store from './store.ts'
import { tellLater } from './told.ts'
import { digestOf, writeMoves } from './workout.ts'

interface Made {
  readonly unit: Unit
  readonly keeper: Unit
  /** Units it took over from, the chief one first. */
  readonly formers: readonly Unit[]
}

interface Ground {
  readonly created: readonly Made[]
  /** Units of the plan in whose name something was done since. */
  readonly remain: readonly (Made & { readonly because: string })[]
  readonly drift: readonly Drift[]
}

const spotsOf = () => reorgParts().flatMap((part) => part.spots)
/** Places where somebody's business or doing stands under a unit; messages, views and alerts only tell of it and keep no unit alive. */
const doingsOf = () => spotsOf().filter((spot) => !spot.tells)
const marksOf = () => reorgParts().flatMap((part) => (part.marks ?? []).map((mark) => ({ ...mark, open: 'true' })))
const ORG = 'org.'

/** Every unit that a plan made, rooms and posts of other agencies with them. */
export async function made(reader: Reader, plan: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select key ->> 'id' as id from core.journal where run = ${plan}::uuid and table_name = 'org.unit' and before is null order by step, n`.execute(reader)
  return rows.map((row) => row.id)
}

/** Who keeps what is new at a unit that goes again: the one named, else the chief one of those it took in, else where its parts' heads went. */
async function keepersOf(reader: Reader, plan: Plan, keepers: Readonly<Record<string, string>>): Promise<Made[]> {
  const created = await listUnitsById(reader, await made(reader, plan.id))
  const { rows: from } = await sql<{ from: string; to: string }>`select m.from_id as from, m.to_id as to from core.unit_move m where m.run = ${plan.id}::uuid and m.from_id <> m.to_id group by 1, 2 order by min(m.subject), 1`.execute(reader)
  const order = new Map(plan.steps.flatMap((step) => (step.kind === 'merge' ? step.from : step.kind === 'split' || step.kind === 'abolish' ? [step.unit] : [])).map((id, at) => [id, at]))
  const byId = new Map(created.map((unit) => [unit.id, unit]))
  const known = new Map((await listUnitsById(reader, [...new Set([...from.map((row) => row.from), ...Object.values(keepers), ...created.map((unit) => unit.parentId ?? '')])])).map((unit) => [unit.id, unit]))
  const formersOf = (unit: Unit): Unit[] => from.filter((row) => row.to === unit.id).map((row) => known.get(row.from)).filter((one): one is Unit => one !== undefined).toSorted((a, b) => (order.get(a.id) ?? 1e9) - (order.get(b.id) ?? 1e9))
  const keeperOf = (unit: Unit): Unit => {
    const named = keepers[unit.id] ? known.get(keepers[unit.id]!) : undefined
    if (named) return named
    const [former] = formersOf(unit)
    if (former) return former
    const above = unit.parentId ? (byId.get(unit.parentId) ?? known.get(unit.parentId)) : undefined
    return above && byId.has(above.id) ? keeperOf(above) : (above ?? unit)
  }
  return created.map((unit) => ({ unit, keeper: keeperOf(unit), formers: formersOf(unit) }))
}

const mentions = (drift: Drift, ids: ReadonlySet<string>): string | undefined =>
  [...Object.values(drift.key), ...Object.values(drift.after ?? {}), ...Object.values(drift.now ?? {})].find((value): value is string => typeof value === 'string' && ids.has(value))

/** Which units of the plan were acted in since. */
async function look(reader: Reader, plan: Plan, keepers: Readonly<Record<string, string>>): Promise<Ground> {
  const created = await keepersOf(reader, plan, keepers)
  const ids = created.map((one) => one.unit.id)
  const drift = await drifted(reader, plan.id)
  const why = new Map<string, string>()
  const say = (id: string, because: string) => void (why.has(id) || why.set(id, because))
  for (const mark of marksOf()) for (const { unitId, count } of await freshAt(reader, plan.id, mark, ids)) say(unitId, `${count} ${mark.noun} dưới tên đơn vị`)
  for (const spot of doingsOf()) {
    for (const { unitId, count } of await freshAt(reader, plan.id, { ...spot, open: 'true' }, ids)) say(unitId, `${count} ${spot.noun} mới mang tên đơn vị`)
    const done = await settledSince(reader, plan.id, spot)
    if (done.length === 0) continue
    for (const id of await settledUnits(reader, plan.id, spot.table, spot.unit, spot.key, spot.open)) say(id, `có ${spot.noun} đã xong dưới tên đơn vị`)
  }
  const { rows: posts } = await sql<{ id: string; unit: string }>`select key ->> 'id' as id, after ->> 'unit_id' as unit from core.journal where run = ${plan.id}::uuid and table_name = 'org.post' and before is null`.execute(reader)
  const postUnit = new Map(posts.map((row) => [row.id, row.unit]))
  const marks = new Set([...ids, ...postUnit.keys()])
  for (const one of drift.filter((row) => row.table.startsWith(ORG) || (row.kind === 'insert' && row.now !== null))) {
    const found = mentions(one, marks)
    if (found) say(postUnit.get(found) ?? found, 'đơn vị, chức danh đã được sửa sau ngày thi hành')
  }
  for (const row of await hangsOn(reader, plan.id, ids, [...postUnit.keys()])) say(postUnit.get(row) ?? row, 'chức danh, đơn vị trực thuộc đã lập thêm sau ngày thi hành')
  // a part that stays keeps the unit above it
  const byId = new Map(created.map((one) => [one.unit.id, one]))
  for (const id of [...why.keys()]) for (let unit = byId.get(id)?.unit; unit; unit = unit.parentId ? byId.get(unit.parentId)?.unit : undefined) say(unit.id, 'đơn vị trực thuộc còn lại')
  return { created, drift, remain: created.flatMap((one) => (why.has(one.unit.id) ? [{ ...one, because: why.get(one.unit.id)! }] : [])) }
}

/** Units in whose name rows that the run moved were finished. */
async function settledUnits(reader: Reader, run: string, table: string, unit: string, key: readonly string[], open: string): Promise<string[]> {
  const { rows } = await sql<{ unit: string }>`select distinct ${sql.ref(`t.${unit}`)} as unit from core.journal j cross join lateral jsonb_populate_record(null::${sql.table(table)}, j.key) k
    join ${sql.table(table)} t on ${sql.join(key.map((one) => sql`${sql.ref(`t.${one}`)} = k.${sql.ref(one)}`), sql` and `)}
    where j.run = ${run}::uuid and j.table_name = ${table} and j.after ->> ${unit} = ${sql.ref(`t.${unit}`)} and j.before ->> ${unit} <> j.after ->> ${unit} and not (${sql.raw(open)})`.execute(reader)
  return rows.map((row) => row.unit)
}

const TABLES: Readonly<Record<string, string>> = { 'dossiers.dossier': 'hồ sơ', 'work.item': 'việc', 'work.process': 'quy trình', 'org.unit': 'đơn vị', 'org.post': 'chức danh', 'org.holding': 'lần giữ chức danh', 'payments.payment_order': 'khoản thu',
  'org.succession': 'lần ghi đơn vị kế tục', 'org.seat': 'vị trí trụ sở', 'org.former': 'tên, mã cũ', 'org.delegation': 'ủy quyền', 'dossiers.party': 'quyền xem hồ sơ của đơn vị', 'dossiers.consultation': 'ý kiến đang hỏi',
  'dossiers.alert': 'cảnh báo', 'dossiers.handover': 'dòng phiếu kiểm soát', 'notify.message': 'tin báo', 'payments.payee': 'tài khoản thu', 'calendars.entry': 'mục lịch làm việc', 'appeals.appeal': 'đề nghị xem xét lại',
  'identity.session': 'phiên đăng nhập', 'identity.token': 'khóa truy cập của chương trình', 'views.view': 'khung nhìn đã lưu', 'org.it_contact': 'đầu mối kỹ thuật',
}
/** Rows of a table in people's words: its own, else what the part of the house that keeps it calls them. */
function wordOf(table: string): string {
  const noun = reorgParts().flatMap((part) => [...part.spots, ...(part.marks ?? [])]).find((spot) => spot.table === table)?.noun
  return TABLES[table] ?? noun ?? `dòng trong bảng ${table}`
}

/** Lines of one wording become one, with their sum. */
const summed = (rows: readonly { readonly table: string; readonly n: number }[]): [string, number][] => {
  const sums = new Map<string, number>()
  for (const { table, n } of rows) sums.set(wordOf(table), (sums.get(wordOf(table)) ?? 0) + n)
  return [...sums]
}

/** What rolling back would do, found without changing anything. */
export const picture = async (reader: Reader, plan: Plan, keepers: Readonly<Record<string, string>>): Promise<RollBackPreview> => (await survey(reader, plan, keepers)).picture

/** The picture with the ground it was drawn of. */
export async function survey(reader: Reader, plan: Plan, keepers: Readonly<Record<string, string>>): Promise<{ picture: RollBackPreview; ground: Ground }> {
  const ground = await look(reader, plan, keepers)
  const { rows: counts } = await sql<{ table: string; n: number }>`select table_name as table, count(distinct key)::int as n from core.journal where run = ${plan.id}::uuid group by 1 order by 1`.execute(reader)
  const named = new Map((await listUnitsById(reader, [...new Set([...ground.created.map((one) => one.unit.id)])])).map((unit) => [unit.id, unit.name]))
  const worked: ReorgLine[] = []
  const fresh: RollBackPreview['fresh'][number][] = []
  const news = new Map<string, string[]>()
  for (const spot of doingsOf()) {
    const settled = (await settledSince(reader, plan.id, spot)).reduce((sum, one) => sum + one.count, 0)
    if (settled > 0) worked.push({ unitId: null, text: `${settled} ${spot.noun} đã xong sau ngày thi hành`, went: 'Giữ nguyên kết quả, tên đơn vị đã làm', count: settled })
    for (const { unitId, count } of await freshAt(reader, plan.id, spot, ground.created.map((one) => one.unit.id))) {
      const at = ground.created.find((one) => one.unit.id === unitId)!
      news.set(unitId, [...(news.get(unitId) ?? []), `${count} ${spot.noun}, mới phát sinh`])
      fresh.push({ unitId, text: `${count} ${spot.noun} mới ở ${at.unit.name}`, went: at.keeper.name, count, keeper: at.keeper.id, keeperName: at.keeper.name })
    }
  }
  for (const [word, n] of summed([...Map.groupBy(ground.drift, (one) => one.table)].map(([table, rows]) => ({ table, n: rows.length })))) {
    worked.push({ unitId: null, text: `${n} ${word} đã có người sửa sau ngày thi hành`, went: 'Phần đã sửa giữ nguyên, phần còn lại trở về', count: n })
  }
  const later = await store.executedAfter(reader, plan)
  const living = new Set((await listUnitsById(reader, Object.values(keepers))).map((unit) => unit.id))
  const faults = [
    ...later.map((one) => ({ code: 'reorg.later_plan', severity: 'stops' as const, message: `Kế hoạch “${one.title}” thi hành sau đã đụng các đơn vị này; hoàn tác kế hoạch ấy trước.`, href: `/admin/reorganisations/${one.id}` })),
    ...Object.entries(keepers).filter(([, id]) => !living.has(id) || ground.created.some((one) => one.unit.id === id)).map(([unit]) => ({
      code: 'reorg.keeper_gone', severity: 'stops' as const, unitId: unit, message: `Đơn vị giữ việc mới của ${named.get(unit) ?? unit} phải là một đơn vị có trước kế hoạch; chọn lại.`,
    })),
  ]
  const remain = ground.remain.filter((one) => !isPart(one.unit)).map((one) => ({ id: one.unit.id, name: one.unit.name, keeper: one.keeper.id, keeperName: one.keeper.name, because: one.because }))
  const asks = ground.created.filter(({ unit }) => news.has(unit.id) || remain.some(({ id }) => id === unit.id)).map(({ unit, keeper, formers }) => ({
    unitId: unit.id, name: unit.name, lines: news.get(unit.id) ?? [], because: remain.find(({ id }) => id === unit.id)?.because ?? null,
    keeper: keeper.id, keeperName: keeper.name, formers: formers.map(({ id, name }) => ({ id, name })),
  }))
  const found = {
    until: plan.rollBackUntil, worked, fresh, remain, asks, faults,
    returns: summed(counts).map(([word, n]) => ({ unitId: null, text: `${n} ${word}`, went: 'Trở về như trước', count: n })),
  }
  // who keeps what is new is the decision itself: the picture it is taken on is the same whoever is named
  const digest = digestOf([plan.id, worked, fresh.map(({ unitId, text }) => [unitId, text]), remain.map(({ id, because }) => [id, because]), later.map(({ id }) => id)])
  return { ground, picture: { ...found, digest } }
}

/** Undoes a plan within a transaction that has the house alone. Throws Unsound when something would be left nowhere. */
export async function bringBack(tx: Tx, ctx: Ctx, plan: Plan, run: string, { picture: before, ground: { created, remain } }: Awaited<ReturnType<typeof survey>>, progress: Progress): Promise<Undone> {
  await progress('Trả lại những gì còn nguyên')
  const today = localDate(ctx.now)
  const spots = spotsOf()
  let returned = await undo(tx, plan.id, { only: (table) => !table.startsWith(ORG), guard: mayReturn(spots) })
  const except = await staying(tx, plan.id, remain.map((one) => one.unit.id))
  // what stays of the plan ends before the old units live again, so that no code has two bearers
  const ending = remain.map((one) => one.unit)
  const unit = (id: string) => remain.find((one) => one.unit.id === id)?.unit ?? names.get(id)
  const heir = new Map(remain.map((one) => [one.unit.id, one.keeper]))
  const returns = await returnsOf(tx, plan.id)
  await moveUndone(tx, plan, run, created)
  const { rows: touched } = await sql<{ id: string }>`select distinct to_id as id from core.unit_move where run in (${plan.id}::uuid, ${run}::uuid) union select distinct from_id from core.unit_move where run = ${plan.id}::uuid`.execute(tx)
  const names = new Map((await listUnitsById(tx, touched.map((row) => row.id))).map((one) => [one.id, one]))
  const moving = { run, day: today > plan.day ? today : addDays(plan.day, 1), decision: plan.decisionNo, ending, created: [], heir, renamed: [], moved: [], unit, staff: comingBack(returns), given: [] }
  await moveAll(tx, ctx, { moving }, progress, async (journal) => {
    if (ending.length > 0) {
      await changeUnits(journal, {
        day: moving.day, decision: `Hoàn tác ${plan.decisionNo}, ${formatDate(today)}`, ending, created: [], renamed: [], paths: [], seats: [],
        successions: remain.map((one) => ({ from: one.unit.id, to: one.keeper.id, partial: false, main: true, rules: [] })),
      }, ctx.now)
      await changeStaff(journal, { day: moving.day, ending: ending.map((one) => one.id), staffing: { staff: [], posts: [], holdings: [], unknown: [] }, at: ctx.now, by: `Hoàn tác: ${plan.title}` })
    }
    returned += await undo(tx, plan.id, { only: (table) => table.startsWith(ORG), except })
    await yieldCodes(journal, ending.map((one) => one.id))
  })
  await progress('Kiểm tra không sót gì')
  const wrong = [...(await faultsAfter(tx, ctx, { moving })), ...(await lost(tx, created.filter((one) => !heir.has(one.unit.id)).map((one) => one.unit)))]
  if (wrong.length > 0) throw new Unsound(wrong)
  const kept = await noteMoved(tx, ctx, { run, plan: plan.id, day: today, decision: plan.decisionNo, unit: (id) => unit(id) ?? names.get(id) })
  const facts = await noteMoved(tx, ctx, { run: plan.id, plan: plan.id, day: today, decision: plan.decisionNo, unit: (id) => names.get(id) ?? unit(id), back: true })
  const undone: Undone = {
    returned, worked: before.worked.reduce((sum, one) => sum + one.count, 0), fresh: before.fresh.reduce((sum, one) => sum + one.count, 0), remain: before.remain.map((one) => one.name),
    lines: [...before.returns, ...before.worked, ...before.fresh],
  }
  const told = kept && facts ? { from: kept.from, to: facts.to } : (facts ?? kept)
  await store.set(tx, plan.id, { told_from: told?.from ?? null, told_to: told?.to ?? null, told_at: null })
  const unitName = (id: string) => (names.get(id) ?? unit(id) ?? created.find((one) => one.unit.id === id)?.unit)?.name ?? id
  await tellLater(tx, plan.id, told, await noteOfficers(tx, ctx, plan, { returns, others: await returnsOf(tx, run), unitName, today }))
  return undone
}

/** Who is signed in to a post of the plan goes on in the one it came from. */
const comingBack = (returns: readonly Return[]): Staffed[] => returns.flatMap(({ officer, name, before, given }) => given.flatMap((post) => {
  const next = before.find((one) => one.role === post.role) ?? before[0]
  return next ? [{ officer, name, postId: post.id, role: post.role, title: post.title, unitId: post.unitId, next, posted: true }] : []
}))

/** One fact for every post that is its officer's again, and for who is left without any; told in batches like those of the execution. */
async function noteOfficers(
  tx: Tx, ctx: Ctx, plan: Plan, { returns, others, unitName, today }: { returns: readonly Return[]; others: readonly Return[]; unitName: (id: string) => string; today: string },
): Promise<{ from: number; to: number } | null> {
  const facts: { officer: string; from: string; to: string | null; title: string | null }[] = []
  const seen = new Set<string>()
  for (const { officer, before, given } of [...returns, ...others.map((one) => ({ ...one, given: one.before, before: [] }))]) {
    if (seen.has(officer)) continue
    seen.add(officer)
    const held = new Set((await ownPosts(tx, officer, today)).map((post) => post.id))
    for (const post of before.filter((one) => held.has(one.id))) facts.push({ officer, from: unitName(given[0]?.unitId ?? post.unitId), to: unitName(post.unitId), title: post.title })
    if (held.size === 0) facts.push({ officer, from: unitName(given[0]?.unitId ?? ''), to: null, title: null })
  }
  return emitMany(tx, ctx, officerMoved, facts.map((fact) => ({ subject: `officer:${fact.officer}`, data: { plan: plan.id, ...fact, day: today, decision: plan.decisionNo, back: true } })))
}

/** Where what is still at a unit of the plan goes: a dossier that the plan brought there, back to where it came from; anything else to the keeper. */
async function moveUndone(tx: Tx, plan: Plan, run: string, units: readonly Made[]): Promise<void> {
  if (units.length === 0) return
  await writeMoves(tx, run, units.map((one) => ({ from: one.unit.id, subject: '', to: one.keeper })))
  const ids = units.map((one) => one.unit.id)
  for (const column of ['decided_unit_id', 'received_unit_id']) {
    const { rows } = await sql<{ subject: string; here: string; former: string }>`select j.key ->> 'id' as subject, j.after ->> ${column} as here, j.before ->> ${column} as former from core.journal j
      where j.run = ${plan.id}::uuid and j.table_name = 'dossiers.dossier' and j.after ->> ${column} = any(${ids}::text[]) and j.before ->> ${column} <> j.after ->> ${column}`.execute(tx)
    const former = new Map((await listUnitsById(tx, rows.map((row) => row.former))).map((unit) => [unit.id, unit]))
    await writeMoves(tx, run, rows.flatMap((row) => (former.has(row.former) ? [{ from: row.here, subject: row.subject, to: former.get(row.former)! }] : [])))
  }
}

/** Sentences on what would lie at units that are no more; [] when nothing does. */
async function lost(tx: Tx, gone: readonly Unit[]): Promise<string[]> {
  const found: string[] = []
  for (const spot of [...doingsOf(), ...marksOf()]) {
    for (const [id, count] of await namedIn(tx, spot, gone.map((unit) => unit.id))) found.push(`Còn ${count} ${spot.noun} ở ${gone.find((unit) => unit.id === id)!.name}.`)
  }
  return found
}

/** Rows of the organisation that the run made and that stay with remaining units. */
async function staying(tx: Tx, run: string, units: readonly string[]): Promise<Map<string, Record<string, unknown>[]>> {
  const { rows } = await sql<{ table: string; key: Record<string, unknown> }>`
    with post as (select key ->> 'id' as id from core.journal where run = ${run}::uuid and table_name = 'org.post' and before is null and after ->> 'unit_id' = any(${units}::text[]))
    select table_name as table, key from core.journal j where j.run = ${run}::uuid and j.before is null and (
      (j.table_name = 'org.unit' and j.key ->> 'id' = any(${units}::text[])) or (j.table_name = 'org.post' and j.key ->> 'id' in (select id from post))
      or (j.table_name = 'org.holding' and j.key ->> 'post_id' in (select id from post)) or (j.table_name = 'org.seat' and j.key ->> 'unit_id' = any(${units}::text[])))`.execute(tx)
  const found = new Map<string, Record<string, unknown>[]>()
  for (const row of rows) found.set(row.table, [...(found.get(row.table) ?? []), row.key])
  return found
}

/** How often units are named anywhere; for tests and reports. */
export async function namedAnywhere(reader: Reader, units: readonly string[]): Promise<number> {
  let sum = 0
  for (const spot of spotsOf()) for (const n of (await namedIn(reader, spot, units)).values()) sum += n
  return sum
}
