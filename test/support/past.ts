// Loads a year of finished dossiers of one procedure straight into the tables: as many as wanted, the same for the same seed, for what reckons over the past.

import { sql } from 'kysely'
import { addWorkingTime, type Calendar } from '#core/workdays/index.ts'
import { dueOf } from '#modules/dossiers/index.ts'
import { liveUnit } from '#modules/org/index.ts'
import { evaluate, getProcedure, mainRoute, type Version } from '#modules/procedures/index.ts'
import type { TestApp } from './app.ts'

export interface Loaded {
  readonly id: string
  readonly code: string
  readonly fee: number
  readonly late: boolean
  readonly submittedAt: Date
  readonly acceptedAt: Date
  readonly finishedAt: Date | null
  readonly paused: boolean
}

export interface Past {
  readonly procedure: string
  readonly count: number
  /** The last day of the year, 'YYYY-MM-DD'. */
  readonly until: string
  readonly unit?: string
}

/** mulberry32 */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const uuid = (n: number): string => `0000${n.toString(16).padStart(4, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

interface Lived {
  readonly dossier: Record<string, unknown>
  readonly items: Record<string, unknown>[]
  readonly fees: Record<string, unknown>[]
  readonly pause: Record<string, unknown> | null
  readonly told: Loaded
}

/** Loads them; gives back what each came to, reckoned here. One in ten stood still for a supplement, one in twenty is still open, some are late. */
export async function loadPast(app: TestApp, { procedure, count, until, unit: code = '14797' }: Past): Promise<Loaded[]> {
  const { db, catalogs } = app.env
  const calendar: Calendar = app.env.calendar
  const version = await getProcedure(db, procedure, until)
  const unit = await liveUnit(db, code)
  const golden = version.record.cases.filter((one) => one.expect.valid !== false)
  const random = randomOf(7)
  const start = new Date(`${until}T08:00:00+07:00`).getTime() - 355 * 86_400_000
  const all: Lived[] = []
  for (let n = 1; n <= count; n++) {
    const at = addWorkingTime(new Date(start + Math.floor(((n - 1) / count) * 354 * 86_400_000)), random() * 6, calendar)
    all.push(liveOne(n, at, version, golden[Math.floor(random() * golden.length)]!, unit, calendar, catalogs, random, app.env.clock.now()))
  }
  await keep(app, version, all)
  return all.map((one) => one.told)
}

function liveOne(
  n: number, submittedAt: Date, version: Version, golden: Version['record']['cases'][number], unit: { id: string; path: string }, calendar: Calendar, catalogs: TestApp['env']['catalogs'], random: () => number, asOf: Date,
): Lived {
  const { record } = version
  const id = uuid(n)
  const found = evaluate(version, { form: golden.form, applicant: golden.applicant ?? null, channel: golden.channel, receivedAt: submittedAt }, { calendar, catalogs })
  const acceptedAt = addWorkingTime(submittedAt, 1 + random() * 3, calendar)
  const open = random() < 0.05
  const stops = random() < 0.1
  const slow = 0.4 + random() * 1.1
  const items: Record<string, unknown>[] = []
  const steps = new Map(record.steps.map((step) => [step.id, step]))
  let now = submittedAt
  let pause: { from: Date; to: Date } | null = null
  let finishedAt: Date | null = null
  for (const step of mainRoute(record)) {
    const { hours, role, name, clock = 'runs', outcomes } = steps.get(step)!
    const openedAt = now
    const last = open && outcomes[0]!.effect === 'finish'
    now = step === mainRoute(record)[0] ? acceptedAt : addWorkingTime(now, hours * slow + (clock === 'stops' ? 4 : 0), calendar)
    if (stops && role === 'chuyen_vien' && !pause) {
      const to = addWorkingTime(now, 16, calendar)
      pause = { from: now, to }
      now = addWorkingTime(to, 1, calendar)
    }
    items.push({
      process_id: id, token: step, subject: id, step, name, role, unit_id: unit.id, unit_path: unit.path, hours, clock, outcomes: JSON.stringify([]), state: last ? 'open' : 'done',
      opened_at: openedAt, done_at: last ? null : now, outcome: last ? null : outcomes[0]!.key,
    })
    if (last) break
    if (outcomes[0]!.effect === 'finish') finishedAt = now
  }
  const reckoned = { term: found.term, extension: found.extension, acceptedAt, apology: null, calendar }
  const first = dueOf({ ...reckoned, pauses: [] })
  const due = pause ? dueOf({ ...reckoned, pauses: [{ ...pause, reason: 'Chờ bổ sung' }] }).dueAt : first.dueAt
  const code = `H56.${n.toString().padStart(6, '0')}`
  const closedAt = finishedAt ? now : null
  const owed = found.fees.filter((line) => line.collectAt !== 'bo_sung' && (line.collectAt === 'tiep_nhan' || finishedAt !== null)).reduce((sum, line) => sum + line.amount, 0)
  return {
    dossier: {
      id, code, procedure_code: version.code, procedure_name: version.name, version_id: version.id, state: closedAt ? 'DA_TRA' : 'DANG_XU_LY', channel: golden.channel,
      applicant: JSON.stringify({ kind: 'ca_nhan', fullName: `Người Nộp Số ${n}`, ...golden.applicant }), applicant_name: `Người Nộp Số ${n}`, search: code.toLowerCase(), form: JSON.stringify(found.values),
      received_unit_id: unit.id, received_unit_path: unit.path, decided_unit_id: unit.id, decided_unit_path: unit.path, created_at: submittedAt, updated_at: now, submitted_at: submittedAt, accepted_at: acceptedAt,
      receipt_no: String(n), due_at: due, first_due_at: first.dueAt, derivation: first.derivation, supplements: pause ? 1 : 0, finished_at: finishedAt, returned_at: closedAt, closed_at: closedAt,
    },
    items,
    fees: found.fees.map((line) => ({ dossier_id: id, code: line.code, name: line.name, kind: line.kind, amount_vnd: line.amount, full_amount_vnd: line.fullAmount, collect_at: line.collectAt, note: line.note })),
    pause: pause && { dossier_id: id, from_at: pause.from, to_at: pause.to, reason: 'Chờ bổ sung' },
    told: { id, code, fee: owed + (pause ? found.fees.filter((line) => line.collectAt === 'bo_sung').reduce((sum, line) => sum + line.amount, 0) : 0), late: (finishedAt ?? asOf) > due, submittedAt, acceptedAt, finishedAt, paused: pause !== null },
  }
}

async function keep({ env: { db } }: TestApp, version: Version, all: readonly Lived[]): Promise<void> {
  await db.insertInto('work.definition').values({ digest: version.bpmnDigest, bpmn: version.bpmn }).onConflict((c) => c.doNothing()).execute()
  for (let at = 0; at < all.length; at += 250) {
    const some = all.slice(at, at + 250)
    await db.insertInto('dossiers.dossier').values(some.map((one) => one.dossier) as never).execute()
    await db.insertInto('work.process').values(some.map(({ dossier }) => ({
      id: dossier.id, subject: dossier.id, definition: version.bpmnDigest, status: 'ended', root: 'p', scopes: '{}', variables: '{}', next_token: 1, last_end: 'null', places: '{}', timer_job: 'dossiers.timer', started_at: dossier.submitted_at,
    })) as never).execute()
    await db.insertInto('work.item').values(some.flatMap((one) => one.items) as never).execute()
    const fees = some.flatMap((one) => one.fees)
    if (fees.length > 0) await db.insertInto('dossiers.fee').values(fees as never).execute()
    const pauses = some.flatMap((one) => one.pause ?? [])
    if (pauses.length > 0) await db.insertInto('dossiers.pause').values(pauses as never).execute()
    await sql`insert into dossiers.party (dossier_id, unit_id, unit_path, since) select id, received_unit_id, received_unit_path, submitted_at from dossiers.dossier where id = any(${some.map((one) => one.dossier.id as string)}::uuid[]) on conflict do nothing`.execute(db)
  }
}
