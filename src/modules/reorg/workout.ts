// Works a plan out against the house as it stands: units, staff, where every dossier of a divided unit goes; and writes down what goes where for SQL.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import { formatDate } from '#core/text/index.ts'
import { addDays, localDate } from '#core/workdays/index.ts'
import { groundsOf } from '#modules/dossiers/index.ts'
import { bearingsOf, borneBy, clashesOf, heirFor, listUnits, listUnitsById, type Moving, planStaff, type ReorgFault, schemeOf, type Staffing, type Unit } from '#modules/org/index.ts'
import { fieldCodes } from '#modules/procedures/index.ts'
import { atlasOf } from './assign.ts'
import { label } from './parts.ts'
import { type Resolved, resolve } from './resolve.ts'
import type { PlanContent } from './schema.ts'

export interface Workout {
  readonly resolved: Resolved
  readonly staffing: Staffing
  readonly moving: Moving
  /** Marks by which two plans are seen to name the same unit. */
  readonly touches: readonly string[]
  readonly faults: readonly ReorgFault[]
}

/** Every unit id a plan's steps name. */
function namedBy(content: Pick<PlanContent, 'steps' | 'appointments'>): string[] {
  return content.steps.flatMap((step) => {
    if (step.kind === 'create') return [step.unit.id, step.unit.parent, ...(step.unit.like ? [step.unit.like] : [])]
    if (step.kind === 'merge') return [...step.from, step.into]
    if (step.kind === 'split') return [step.unit, ...step.into, ...(step.main ? [step.main] : [])]
    if (step.kind === 'move') return [step.unit, step.parent]
    return step.kind === 'abolish' ? [step.unit, step.main] : [step.unit]
  }).concat(content.appointments.map((one) => one.unit))
}

/** The chief ones of the units that a new heir takes in: their heads follow. */
function chiefs(content: Pick<PlanContent, 'steps'>, resolved: Resolved): Set<string> {
  const made = new Set(resolved.created.map((unit) => unit.id))
  const taken = new Set<string>()
  const found = new Set<string>()
  for (const step of content.steps) {
    const [unit, into] = step.kind === 'merge' ? [step.from[0]!, step.into] : step.kind === 'abolish' ? [step.unit, step.main] : step.kind === 'split' ? [step.unit, step.main ?? step.into[0]!] : [null, null]
    if (unit === null || !made.has(into) || taken.has(into)) continue
    taken.add(into)
    found.add(unit)
  }
  return found
}

/** Keys in one order, whatever kept them: the database has another than the schema. */
const ordered = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value

export const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value, ordered)).digest('hex').slice(0, 24)

/** Days for which a plan may be drawn: a slip in the year would otherwise be carried out the moment it is confirmed. */
const DAYS_BACK = 31
const DAYS_AHEAD = 3 * 366

function dayFaults(day: string, today: string, carrying: boolean): ReorgFault[] {
  if (day >= today && day <= addDays(today, DAYS_AHEAD)) return []
  if (day > today) return [{ code: 'reorg.day_far', severity: carrying ? 'warns' : 'stops', message: `Ngày có hiệu lực ${formatDate(day)} còn quá xa (hơn ba năm nữa); xem lại năm.` }]
  if (day < addDays(today, -DAYS_BACK) && !carrying) return [{ code: 'reorg.day_far', severity: 'stops', message: `Ngày có hiệu lực ${formatDate(day)} đã qua hơn ${DAYS_BACK} ngày; xem lại ngày, năm. Việc đã sắp xếp từ lâu thì ghi vào danh sách đơn vị, không thi hành lại.` }]
  return [{ code: 'reorg.day_past', severity: 'warns', message: `Ngày có hiệu lực ${formatDate(day)} đã qua: kế hoạch thi hành ngay khi được xác nhận, và đơn vị kết thúc từ hết ngày ${formatDate(addDays(day, -1))}.` }]
}

/** Codes of units that begin or change, against those that others bore until after the day. */
async function codesBorneSince(reader: Reader, resolved: Resolved, day: string): Promise<ReorgFault[]> {
  const changed = [...resolved.created, ...resolved.renamed.map((one) => one.after)]
  const wanted = changed.flatMap((unit) => bearingsOf(unit, day))
  // open rows are those of living units, which the plan itself was looked at against
  const borne = (await borneBy(reader, wanted.map((one) => one.code))).filter((one) => one.to !== null)
  return clashesOf(wanted, borne).map(({ wanted: { code, unitId, name }, other }) => ({
    code: 'reorg.code_taken', severity: 'stops', unitId, message: `${schemeOf(changed.find((one) => one.id === unitId)!, code)} ${code} của ${name} còn là của ${other.name} đến ${formatDate(other.to!)}; chọn ngày có hiệu lực sau ngày ấy, hoặc mã khác.`,
  }))
}

/** Works everything out, as of `now`; writes nothing. `carrying`: a plan that was confirmed in time is carried out, however late. */
export async function workOut(reader: Reader, content: PlanContent, run: string, now: Date, { carrying = false } = {}): Promise<Workout> {
  const today = localDate(now)
  const units = await listUnits(reader, { limit: 1_000_000 })
  const living = new Set(units.map((unit) => unit.id))
  const gone = await listUnitsById(reader, [...new Set(namedBy(content))].filter((id) => !living.has(id)))
  const resolved = resolve(content, { units, ended: new Map(gone.map((unit) => [unit.id, unit])) })
  const main = chiefs(content, resolved)
  const headOf = new Map(resolved.divisions.flatMap((one) => one.desks.map((desk) => [desk.id, one.unit.id] as const)))
  let head = ''
  const ending = resolved.ending.flatMap((unit) => {
    if (resolved.heads.has(unit.id)) head = unit.id
    const heir = resolved.heir.get(unit.id)
    return heir ? [{ unitId: unit.id, heirId: heir.id, main: main.has(headOf.get(unit.id) ?? head) }] : []
  })
  const staffing = await planStaff(reader, { day: content.day, today, run, ending, planned: resolved.posts, like: resolved.like, appointments: content.appointments, follow: content.follow })
  const faults: ReorgFault[] = [
    ...resolved.faults, ...dayFaults(content.day, today, carrying), ...(await codesBorneSince(reader, resolved, content.day)),
    ...staffing.unknown.map((id): ReorgFault => ({ code: 'reorg.no_officer', severity: 'stops', message: `Không có cán bộ mang mã ${id} trong danh sách bổ nhiệm; chọn lại người.` })),
    ...content.appointments.filter((one) => !resolved.unit(one.unit) || resolved.heir.has(one.unit)).map((one): ReorgFault => ({
      code: 'reorg.appoints_nowhere', severity: 'stops', unitId: one.unit, message: `Bổ nhiệm vào ${resolved.unit(one.unit)?.name ?? one.unit} không được: đơn vị này không còn sau ngày thi hành.`,
    })),
  ]
  const moving: Moving = {
    run, day: content.day, decision: content.decisionNo, ending: resolved.ending, created: resolved.created, heir: resolved.heir, renamed: resolved.renamed.map((one) => one.after),
    moved: resolved.moved.map((one) => one.after), unit: resolved.unit, staff: staffing.staff, given: staffing.holdings,
  }
  return { resolved, staffing, moving, faults, touches: touchesOf(resolved) }
}

function touchesOf(resolved: Resolved): string[] {
  const changed = [...resolved.heads, ...resolved.divisions.map((one) => one.unit.id), ...resolved.created.map((unit) => unit.id), ...resolved.renamed.map((one) => one.before.id), ...resolved.paths.map((one) => one.id)]
  const heirs = [...resolved.successions.map((one) => one.to), ...resolved.created.map((unit) => unit.parentId ?? ''), ...resolved.paths.map((one) => one.parent)]
  return [...new Set([...changed.map((id) => `x:${id}`), ...heirs.filter(Boolean).map((id) => `h:${id}`)])]
}

const pathOf = (unit: Unit): string => (unit.outside ? label(unit.id) : unit.path)

/** Writes into core.unit_move what goes where: whole units, then single dossiers of divided ones. Returns how many dossiers go by a rule. */
export async function chart(tx: Tx, { resolved, moving }: Workout): Promise<number> {
  const whole = moving.ending.flatMap((unit) => (moving.heir.has(unit.id) ? [{ from: unit.id, subject: '', to: moving.heir.get(unit.id)! }] : []))
  await writeMoves(tx, moving.run, whole)
  if (resolved.divisions.length === 0) return 0
  const units = await listUnits(tx, { limit: 1_000_000 })
  const atlas = atlasOf(units, moving.created, moving.heir)
  const divisionsAt = new Map(resolved.divisions.flatMap((one) => one.desks.map((desk) => [desk.id, one] as const)))
  const grounds = await groundsOf(tx, [...divisionsAt.keys()])
  const fields = await fieldCodes(tx, [...new Set(grounds.map((one) => one.versionId))])
  const moves: { from: string; subject: string; to: Unit }[] = []
  const counterparts = new Map<string, Unit>()
  let ruled = 0
  for (const one of grounds) {
    let by = false
    for (const division of new Set(one.units.flatMap((unit) => divisionsAt.get(unit) ?? []))) {
      const target = heirFor(division, { ...one, field: fields.get(one.versionId) ?? null }, atlas)
      if (target === null || target === division.main || target === division.unit.id) continue
      by = true
      for (const desk of division.desks) {
        const key = `${desk.id} ${target}`
        const to = counterparts.get(key) ?? resolved.partUnder(desk, division.unit, target)
        counterparts.set(key, to)
        moves.push({ from: desk.id, subject: one.id, to })
      }
    }
    if (by) ruled += 1
  }
  await writeMoves(tx, moving.run, moves)
  return ruled
}

export async function writeMoves(tx: Tx, run: string, moves: readonly { readonly from: string; readonly subject: string; readonly to: Unit }[]): Promise<void> {
  for (let at = 0; at < moves.length; at += 20_000) {
    const part = moves.slice(at, at + 20_000)
    await sql`insert into core.unit_move (run, from_id, subject, to_id, to_path) select ${run}::uuid, f, s, t, p::ltree
      from unnest(${part.map((one) => one.from)}::text[], ${part.map((one) => one.subject)}::text[], ${part.map((one) => one.to.id)}::text[], ${part.map((one) => pathOf(one.to))}::text[]) as u (f, s, t, p)
      on conflict do nothing`.execute(tx)
  }
  if (moves.length > 100) await sql`analyze core.unit_move`.execute(tx)
}
