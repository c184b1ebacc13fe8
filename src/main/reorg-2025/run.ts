// The run of 1 July 2025, step by step, each measured: load, preview, execute, roll back and compare, execute for good, tell, check.

import { Logger, runOnce, type TaskList } from 'graphile-worker'
import { type Ctx, type Env, makeCtx, systemCtx } from '#core/ctx.ts'
import type { Database } from '#core/db/index.ts'
import { newestEvent } from '#core/events/index.ts'
import type { Officer } from '#core/policy/actor.ts'
import { listHolders, postsHeldBy } from '#modules/org/index.ts'
import { confirmPlan, draftPlan, executePlan, PlanInput, type Preview, previewPlan, previewRollBack, rollBackPlan, sendPlan } from '#modules/reorg/index.ts'
import { sql } from 'kysely'
import { jobs } from '../modules.ts'
import { loadProvinceSeed } from '../pack.ts'
import type { Hands } from './acts.ts'
import { type Check, digests, exampleSentences, forget, nextActs, nothingLost, nothingStuck, oldCodesAnswer, promisesKept, remember, sameBytes, toldOnce } from './checks.ts'
import { type Ground, loadOpenDossiers, type Loaded } from './load.ts'
import type { ModelOptions } from './models.ts'
import { planOf2025 } from './plan.ts'

export interface Measured {
  readonly loadMs: number
  readonly previewMs: number
  readonly executeMs: number
  readonly executeForGoodMs: number
  readonly rollBackMs: number
  readonly tellMs: number
  readonly peakMb: number
}

export interface Ran {
  readonly loaded: Loaded
  readonly preview: Preview
  readonly measured: Measured
  readonly checks: readonly Check[]
  readonly examples: readonly string[]
  readonly states: readonly { readonly state: string; readonly level: string; readonly count: number }[]
}

export interface RunOptions extends ModelOptions {
  readonly dossiers: number
  /** how many kinds of dossier have their next step tried by a real act */
  readonly acts: number
  /** officers are told as well; thousands of them, whatever the number of dossiers */
  readonly officersToo: boolean
  /** try the codes of every n-th unit */
  readonly everyCode: number
  readonly say?: (line: string) => void
}

const NIGHT = new Date('2025-06-30T17:30:00+07:00')
const MORNING = new Date('2025-07-01T08:00:00+07:00')
const quiet = (faults: string[]) => new Logger(() => (level, message) => {
  if (level === 'error') faults.push(message)
})

async function officers(env: Env, clock: Hands): Promise<[Ctx, Ctx]> {
  const day = clock.now().toISOString().slice(0, 10)
  const holders = await listHolders(env.db, 'th', 'quan_tri_he_thong', day)
  const as = async (id: string, name: string): Promise<Ctx> => makeCtx(env, { kind: 'officer', id, name, posts: (await postsHeldBy(env.db, id, day)).filter((post) => post.role === 'quan_tri_he_thong') } satisfies Officer)
  const [first, second] = holders
  if (!first || !second) throw new Error('Tỉnh cần hai quản trị hệ thống: một người lập, một người xác nhận.')
  return [await as(first.id, first.fullName), await as(second.id, second.fullName)]
}

/** The tellings of the run, as the worker does them. */
async function tell(env: Env, database: Database, officersToo: boolean): Promise<string[]> {
  const faults: string[] = []
  if (!officersToo) await sql`delete from graphile_worker._private_jobs where payload::text like '%"whom":"officers"%'`.execute(database.db)
  // only the tellings: what they put into the queue of messages leaves as any message does, and no clock of a dossier runs here
  const taskList: TaskList = {}
  for (const job of jobs) if (job.name.startsWith('reorg.')) taskList[job.name] = (payload) => job.run(systemCtx(env, 'Hệ thống'), payload as never)
  await runOnce({ pgPool: database.pool, taskList, concurrency: 4, logger: quiet(faults), noHandleSignals: true })
  return faults
}

/** Runs it all. The province must be founded and empty of dossiers; the workshop a copy of it. */
export async function run2025(ground: Ground, options: RunOptions): Promise<Ran> {
  const { clock, province } = ground
  const say = options.say ?? (() => {})
  let peakMb = 0
  const watch = setInterval(() => { peakMb = Math.max(peakMb, process.memoryUsage().rss / 1_048_576) }, 250)
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<[T, number]> => {
    const began = performance.now()
    const value = await work()
    const ms = Math.round(performance.now() - began)
    say(`${what}: ${(ms / 1000).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} giây`)
    return [value, ms]
  }
  try {
    const [loaded, loadMs] = await timed(`Nạp ${options.dossiers.toLocaleString('vi-VN')} hồ sơ đang mở`, () => loadOpenDossiers(ground, options.dossiers, { ...options, at: NIGHT }))
    const env = ground.env(province, clock)
    const db = province.db
    await remember(db)
    const before = await digests(db)
    const { rows: states } = await sql<{ state: string; level: string; count: number }>`select d.state, coalesce(u.level, 'xa') as level, count(*)::int as count from dossiers.dossier d
      left join org.unit r on r.id = coalesce(d.decided_unit_id, d.received_unit_id) left join lateral (select a.level from org.unit a where r.path <@ a.path and a.level in ('xa', 'huyen', 'tinh') order by nlevel(a.path) desc limit 1) u on true group by 1, 2 order by 1, 2`.execute(db)

    const [author, confirmer] = await officers(env, clock)
    const content = PlanInput.parse(planOf2025())
    const prepare = async (): Promise<{ id: string; preview: Preview; previewMs: number }> => {
      clock.to(NIGHT)
      const { id } = await draftPlan(makeCtx(env, author.actor), content)
      const [preview, previewMs] = await timed('Xem trước', () => previewPlan(makeCtx(env, author.actor), { plan: id }))
      await sendPlan(makeCtx(env, author.actor), { plan: id, revision: 0 })
      await confirmPlan(makeCtx(env, confirmer.actor), { plan: id, digest: preview.digest })
      clock.to(MORNING)
      return { id, preview, previewMs }
    }

    const first = await prepare()
    const [, executeMs] = await timed('Thi hành', () => executePlan(makeCtx(env, author.actor), { plan: first.id }))
    // the same after the trial and after the run for good
    const stands = async (): Promise<Check[]> => [...(await nothingLost(db)), await nothingStuck(db), ...(await promisesKept(db))]
    const checks: Check[] = await stands()
    const [, rollBackMs] = await timed('Hoàn tác', async () => {
      const { digest, remain } = await previewRollBack(makeCtx(env, author.actor), { plan: first.id })
      if (remain.length > 0) say(`${remain.length} đơn vị ở lại như đơn vị đã kết thúc, ví dụ ${remain[0]!.name}: ${remain[0]!.because}`)
      await rollBackPlan(makeCtx(env, author.actor), { plan: first.id, reason: 'Thử hoàn tác trước khi thi hành thật.', keepers: {}, digest })
    })
    checks.push(sameBytes(before, await digests(db)))
    // the trial was undone before anybody was told; now it is carried out for good
    await sql`delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id and t.identifier like 'reorg.%'`.execute(db)
    const second = await prepare()
    const since = await newestEvent(db)
    const [, executeForGoodMs] = await timed('Thi hành thật, sau khi hoàn tác', () => executePlan(makeCtx(env, author.actor), { plan: second.id }))
    checks.push(...(await stands()).map((one) => ({ ...one, title: `${one.title} (lần thi hành thật)` })))
    checks.push(...(await oldCodesAnswer(db, loadProvinceSeed('ba-cap'), loadProvinceSeed('hai-cap'), options.everyCode)))
    const [faults, tellMs] = await timed('Báo cho người dân và cán bộ', () => tell(env, province, options.officersToo))
    checks.push(await toldOnce(db, since))
    if (faults.length > 0) checks.push({ title: 'Việc nền', ok: false, detail: faults.slice(0, 3).join('; ') })
    const examples = await exampleSentences(db)
    checks.push((await nextActs(env, clock, options.acts)).check)
    await forget(db)
    for (const one of checks) say(`${one.ok ? '✓' : '✗'} ${one.title}: ${one.detail}`)
    return { loaded, preview: second.preview, checks, examples, states, measured: { loadMs, previewMs: second.previewMs, executeMs, executeForGoodMs, rollBackMs, tellMs, peakMb: Math.round(peakMb) } }
  } finally {
    clearInterval(watch)
  }
}

