// Planning, confirming and withdrawing changes of rules: one person plans, another confirms; the day itself applies (apply.ts).

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx, Env } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { Conflict, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { enqueue, withdraw as withdrawJob } from '#core/jobs/index.ts'
import { sayValue } from '#core/law/index.ts'
import { formatVnd } from '#core/money/index.ts'
import { holds } from '#core/policy/actor.ts'
import { formatDate } from '#core/text/index.ts'
import { atLocal, localDate } from '#core/workdays/index.ts'
import { findInForceVersion, getProcedure, getVersion, isProcedureAuthor, listVersions, newestOf, type Version } from '#modules/procedures/index.ts'
import { draftsOf, notOne } from './drafts.ts'
import * as facts from './events.ts'
import { TERM_UNITS, valueIn } from './procedure-rules.ts'
import { canConfirm, canPlan, canRetry, canWithdraw, planFaults } from './rules.ts'
import { type Change, type ChangeValue, PlanInput, type Target, targetOf } from './schema.ts'
import * as store from './store.ts'
import { type OfProcedure, sameValue } from './timeline.ts'

/** Reads confirmed changes into the law book of this process when there are newer ones than it knows. With `at`, the database is asked at most once a second:
 *  what this process itself confirms it reads at once, what another one confirms a second later at the latest. */
export async function refreshLaw(env: Pick<Env, 'law' | 'db'>, at?: Date): Promise<void> {
  if (at && !env.law.mayAsk(at)) return
  const revision = await store.revision(env.db)
  if (revision !== env.law.revision()) env.law.lay(await store.laid(env.db), revision)
}

/** Who may plan, and who may confirm: a controller of the province; administrators of the platform approve nothing. */
export async function mayOf(reader: Reader, ctx: Ctx): Promise<{ author: boolean; controller: boolean }> {
  const author = await isProcedureAuthor(reader, ctx.actor)
  return { author, controller: author && holds(ctx.actor, 'kiem_soat_tthc') }
}

const versionFor = (reader: Reader, target: OfProcedure, on: string): Promise<Version> => getProcedure(reader, target.code, on)

/** For names: the version of the day, or the last there is when the procedure was abolished meanwhile. */
async function versionNamed(reader: Reader, target: OfProcedure, on: string): Promise<Version> {
  const found = await findInForceVersion(reader, target.code, on)
  const last = found ? null : newestOf(await listVersions(reader, target.code))
  return found ?? (last ? getVersion(reader, last.id) : versionFor(reader, target, on))
}

/** What the rule says on a day; null when it says nothing. */
export async function currentValue(reader: Reader, ctx: Ctx, target: Target, on: string): Promise<ChangeValue | null> {
  if (target.kind === 'register') return ctx.law.find(target.key) ? ctx.law.on(target.key, on).value : null
  if (target.kind === 'document') return ctx.law.replaced.find((one) => one.document === target.no)?.by ?? null
  return valueIn((await versionFor(reader, target, on)).record, target)
}

/** A value in words. */
export function sayChange(ctx: Pick<Ctx, 'law'>, target: Target, value: ChangeValue | null): string {
  if (value === null) return 'chưa có'
  if (target.kind === 'fee') return formatVnd(Number(value))
  if (typeof value === 'object') return `${String(value.value).replace('.', ',')} ${TERM_UNITS[value.unit] ?? ''}`.trim()
  return target.kind === 'register' ? sayValue(value, ctx.law.find(target.key)?.unit ?? 'chu') : String(value)
}

/** What the rule is called. */
export async function titleOf(reader: Reader, ctx: Ctx, target: Target, on: string): Promise<string> {
  if (target.kind === 'register') return ctx.law.find(target.key)?.title ?? target.key
  if (target.kind === 'document') return `Văn bản ${target.no}`
  const { record } = await versionNamed(reader, target, on)
  return target.kind === 'term' ? `Thời hạn giải quyết: ${record.name}` : `${record.fees.find((fee) => fee.code === target.fee)?.name ?? target.fee}: ${record.name}`
}

function readValue(ctx: Ctx, target: Target, raw: number | string, unit: string | undefined): ChangeValue {
  const bad = (message: string) => new Invalid([{ key: 'value', message }])
  if (target.kind === 'document') {
    const by = String(raw).trim()
    if (by.length < 3 || by === target.no) throw bad('Ghi số, ký hiệu của văn bản thay thế.')
    return by
  }
  const found = target.kind === 'register' ? ctx.law.find(target.key) : null
  const text = String(raw).trim()
  const clock = /^(\d{1,2})[:hg](\d{2})?$/.exec(text)
  const number = found?.unit === 'gio' && clock ? Number(clock[1]) + Number(clock[2] ?? 0) / 60 : Number(target.kind === 'fee' ? text.replace(/[.\s]/g, '') : text.replace(',', '.'))
  const least = target.kind === 'fee' ? 0 : 0.0001
  if (!Number.isFinite(number) || number < least || number > (target.kind === 'fee' ? 1_000_000_000 : 3660) || (target.kind === 'fee' && !Number.isInteger(number))) {
    throw bad(target.kind === 'fee' ? 'Ghi số tiền bằng đồng, ví dụ 100.000.' : found?.unit === 'gio' ? 'Ghi giờ, ví dụ 15:00.' : 'Ghi một số lớn hơn 0, ví dụ 8.')
  }
  if (found?.unit === 'gio' && number >= 24) throw bad('Giờ trong ngày từ 00:00 đến 23:59.')
  if (target.kind !== 'term') return number
  if (!unit || !(unit in TERM_UNITS)) throw new Invalid([{ key: 'unit', message: 'Chọn đơn vị của thời hạn.' }])
  return { value: number, unit }
}

/** Reads a plan without keeping it, for the page that shows what it would touch. Throws NotFound for an unknown rule and Invalid naming every fault. */
export async function weighPlan(reader: Reader, ctx: Ctx, input: z.output<typeof PlanInput>): Promise<Pick<Change, 'rule' | 'target' | 'value' | 'was' | 'document' | 'clause' | 'validFrom' | 'transition' | 'transitionClause' | 'note' | 'backDated'>> {
  const target = targetOf(input.rule)
  if (!target || (target.kind === 'register' && !ctx.law.find(target.key))) throw new NotFound('rules.none', 'Không có quy định này. Tìm lại trong Sổ quy định.')
  if (target.kind === 'register' && !ctx.law.find(target.key)!.changeable) throw new Conflict('rules.elsewhere', 'Quy định này không đổi ở đây: đổi ở Lịch làm việc, ở thủ tục hoặc trong tệp của gói quy định.')
  const today = localDate(ctx.now)
  const faults = planFaults(input, today)
  if (faults.length > 0) throw new Invalid(faults)
  const value = readValue(ctx, target, input.value, input.unit)
  const was = await currentValue(reader, ctx, target, input.validFrom)
  if (was === null && target.kind !== 'document') throw notOne(input.validFrom)
  if (sameValue(was, value)) throw new Invalid([{ key: 'value', message: `Ngày ${formatDate(input.validFrom)} quy định đã là ${sayChange(ctx, target, was)}; ghi giá trị mới.` }])
  return {
    rule: input.rule, target, value, was, document: input.document, clause: input.clause, validFrom: input.validFrom, transition: input.transition,
    transitionClause: input.transitionClause || null, note: input.note || null, backDated: input.validFrom < today,
  }
}

export const about = async (tx: Reader, ctx: Ctx, one: Pick<Change, 'id' | 'rule' | 'target' | 'value' | 'was' | 'document' | 'clause' | 'validFrom'>) => {
  const title = await titleOf(tx, ctx, one.target, one.validFrom)
  return {
    change: one.id, rule: one.rule, title, document: one.document, clause: one.clause, validFrom: one.validFrom,
    words: `${title}: từ ${sayChange(ctx, one.target, one.was)} thành ${sayChange(ctx, one.target, one.value)} từ ${formatDate(one.validFrom)}`,
  }
}

/** Plans a change. Nothing takes effect before another person confirms. A second plan for the rule and day is refused, naming the first planner. */
export const planChange = act(PlanInput, async (ctx, tx, input): Promise<Change> => {
  orThrow(canPlan(await isProcedureAuthor(tx, ctx.actor)))
  if (ctx.actor.kind !== 'officer') return orThrow(canPlan(false)) as never
  const weighed = await weighPlan(tx, ctx, input)
  const made = await store.insert(tx, { ...weighed, plannedBy: ctx.actor.id, plannedByName: ctx.actor.name }, weighed.target.kind, ctx.now)
  if (!made) {
    const first = (await store.liveOn(tx, input.rule, input.validFrom))!
    throw new Conflict('rules.planned_already', `${first.plannedByName} đã lập kế hoạch đổi quy định này từ ${formatDate(first.validFrom)}. Mở kế hoạch ấy, hoặc bỏ nó rồi lập lại.`)
  }
  await emit(tx, ctx, facts.planned, `rule:${made.rule}`, await about(tx, ctx, made))
  return made
})

const ById = z.object({ change: z.string() })
const need = async (tx: Tx, id: string): Promise<Change> => {
  const found = await store.find(tx, id, 'lock')
  if (!found) throw new NotFound('rules.no_change', 'Không có kế hoạch thay đổi này.')
  return found
}

export const jobKey = (id: string) => `rules.apply:${id}`

/** The second person says yes: the value holds from its day; a back-dated one is applied at once. Throws Invalid when the changed procedure would not pass its check. */
const confirmIt = act(ById, async (ctx, tx, { change: id }): Promise<Change> => {
  const change = await need(tx, id)
  orThrow(canConfirm(change, ctx.actor, await mayOf(tx, ctx)))
  await draftsOf(tx, ctx, change) // throws when a version would not pass
  await store.setConfirmed(tx, id, { id: (ctx.actor as { id: string }).id, name: (ctx.actor as { name: string }).name }, ctx.now)
  await store.bump(tx)
  await enqueue(tx, 'rules.apply', { change: id }, { runAt: atLocal(change.validFrom, '00:00') > ctx.now ? atLocal(change.validFrom, '00:00') : undefined, key: jobKey(id) })
  await emit(tx, ctx, facts.confirmed, `rule:${change.rule}`, { ...(await about(tx, ctx, change)), backDated: change.backDated })
  return (await store.find(tx, id))!
})

export async function confirmChange(ctx: Ctx, input: z.input<typeof ById>): Promise<Change> {
  const done = await confirmIt(ctx, input)
  await refreshLaw(ctx)
  return done
}

const WithdrawInput = z.object({ change: z.string(), why: z.string().trim().min(3, 'Ghi lý do bỏ kế hoạch.').max(300) })
const withdrawIt = act(WithdrawInput, async (ctx, tx, { change: id, why }): Promise<Change> => {
  const change = await need(tx, id)
  const author = await isProcedureAuthor(tx, ctx.actor)
  orThrow(canWithdraw(change, author))
  await withdrawJob(tx, jobKey(id))
  await store.setWithdrawn(tx, id, ctx.actor.kind === 'officer' ? ctx.actor.name : 'Hệ thống', why, ctx.now)
  await store.bump(tx)
  await emit(tx, ctx, facts.withdrawn, `rule:${change.rule}`, { ...(await about(tx, ctx, change)), why })
  return (await store.find(tx, id))!
})

export async function withdrawChange(ctx: Ctx, input: z.input<typeof WithdrawInput>): Promise<Change> {
  const done = await withdrawIt(ctx, input)
  await refreshLaw(ctx)
  return done
}

/** A change that could not be applied is tried again, now. Twice is once. */
export const retryChange = act(ById, async (ctx, tx, { change: id }): Promise<Change> => {
  const change = await need(tx, id)
  orThrow(canRetry(change, await isProcedureAuthor(tx, ctx.actor)))
  await store.setResumed(tx, id)
  await enqueue(tx, 'rules.apply', { change: id }, { key: jobKey(id) })
  return (await store.find(tx, id))!
})
