// Planning, confirming and applying changes of rules: one person plans, another confirms, the day itself applies.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx, Env } from '#core/ctx.ts'
import { inTransaction, type Reader, type Tx } from '#core/db/index.ts'
import { Conflict, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { enqueue, type Job, withdraw as withdrawJob } from '#core/jobs/index.ts'
import { sayValue } from '#core/law/index.ts'
import { formatVnd } from '#core/money/index.ts'
import { holds } from '#core/policy/actor.ts'
import { formatDate } from '#core/text/index.ts'
import { atLocal, localDate } from '#core/workdays/index.ts'
import { checkRecordText, getProcedure, importRecord, isProcedureAuthor, listVersions, type Version } from '#modules/procedures/index.ts'
import * as facts from './events.ts'
import { patched, TERM_UNITS, valueIn } from './procedure-rules.ts'
import { canConfirm, canPlan, canWithdraw, planFaults } from './rules.ts'
import { type Change, type ChangeValue, PlanInput, type Target, targetOf, type Term } from './schema.ts'
import * as store from './store.ts'

/** Reads confirmed changes into the law book of this process when there are newer ones than it knows. */
export async function refreshLaw(env: Pick<Env, 'law' | 'db'>): Promise<void> {
  const revision = await store.revision(env.db)
  if (revision !== env.law.revision()) env.law.lay(await store.laid(env.db), revision)
}

/** Who may plan, and who may confirm: a controller of the province; administrators of the platform approve nothing. */
export async function mayOf(reader: Reader, ctx: Ctx): Promise<{ author: boolean; controller: boolean }> {
  const author = await isProcedureAuthor(reader, ctx.actor)
  return { author, controller: author && holds(ctx.actor, 'kiem_soat_tthc') }
}

const versionFor = (reader: Reader, target: Extract<Target, { code: string }>, on: string): Promise<Version> => getProcedure(reader, target.code, on)

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
  const { record } = await versionFor(reader, target, on)
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

const same = (a: ChangeValue | null, b: ChangeValue | null): boolean => JSON.stringify(a) === JSON.stringify(b)

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
  if (was === null && target.kind !== 'document') throw new Conflict('rules.not_one', 'Khoản này không phải một con số cố định; đổi trong bản nháp của thủ tục.')
  if (same(was, value)) throw new Invalid([{ key: 'value', message: `Ngày ${formatDate(input.validFrom)} quy định đã là ${sayChange(ctx, target, was)}; ghi giá trị mới.` }])
  return {
    rule: input.rule, target, value, was, document: input.document, clause: input.clause, validFrom: input.validFrom, transition: input.transition,
    transitionClause: input.transitionClause || null, note: input.note || null, backDated: input.validFrom < today,
  }
}

const about = async (tx: Reader, ctx: Ctx, one: Pick<Change, 'id' | 'rule' | 'target' | 'value' | 'was' | 'document' | 'clause' | 'validFrom'>) => {
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

const jobKey = (id: string) => `rules.apply:${id}`

/** The second person says yes: the value holds from its day; a back-dated one is applied at once. Throws Invalid when the changed procedure would not pass its check. */
const confirmIt = act(ById, async (ctx, tx, { change: id }): Promise<Change> => {
  const change = await need(tx, id)
  orThrow(canConfirm(change, ctx.actor, await mayOf(tx, ctx)))
  await draftOf(tx, ctx, change) // throws when the version would not pass
  await store.setConfirmed(tx, id, { id: (ctx.actor as { id: string }).id, name: (ctx.actor as { name: string }).name }, ctx.now)
  await store.bump(tx)
  await enqueue(tx, 'rules.apply', { change: id }, { runAt: atLocal(change.validFrom, '00:00') > ctx.now ? atLocal(change.validFrom, '00:00') : undefined, key: jobKey(id) })
  if (change.target.kind === 'term' || change.target.kind === 'fee') await enqueue(tx, 'rules.publish', { change: id }, { key: `rules.publish:${id}` })
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
  if (change.state === 'confirmed' && (change.target.kind === 'term' || change.target.kind === 'fee')) {
    throw new Conflict('rules.published', 'Phiên bản thủ tục của thay đổi này đã công bố; rút phiên bản ấy ở trang thủ tục.')
  }
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

/** The version that a change of a procedure's figure would publish; null for other rules. Throws Invalid when it does not pass its check. */
export async function draftOf(reader: Reader, ctx: Ctx, change: Pick<Change, 'target' | 'value' | 'document' | 'clause' | 'validFrom'>) {
  const { target } = change
  if (target.kind !== 'term' && target.kind !== 'fee') return null
  const version = await versionFor(reader, target, change.validFrom)
  const made = patched(version, target, change.value, { no: change.document, clause: change.clause, from: change.validFrom }, { calendar: ctx.calendar, catalogs: ctx.catalogs })
  const text = JSON.stringify(made.record)
  const { faults } = await checkRecordText(text, { calendar: ctx.calendar, catalogs: ctx.catalogs })
  if (faults.length > 0) throw new Invalid(faults.map((fault) => ({ key: fault.path, message: fault.message })), 'Thủ tục với giá trị mới không qua được kiểm tra.')
  return { ...made, text, version }
}

/** Job: publishes the version; the same text twice is one version. */
export async function publishChange(ctx: Ctx, { change: id }: { change: string }): Promise<void> {
  const change = await store.find(ctx.db, id)
  if (!change || (change.state !== 'confirmed' && change.state !== 'applied')) return
  const { target } = change
  if (target.kind !== 'term' && target.kind !== 'fee') return
  const published = (await listVersions(ctx.db, target.code)).some((one) => one.effectiveFrom === change.validFrom)
  if (published && same(await currentValue(ctx.db, ctx, target, change.validFrom), change.value)) return
  await importRecord(ctx, (await draftOf(ctx.db, ctx, change))!.text)
}

/** Job: its day has come. Once; a second run finds it applied. */
export async function applyChange(ctx: Ctx, { change: id }: { change: string }): Promise<void> {
  await publishChange(ctx, { change: id })
  await inTransaction(ctx.db, async (tx) => {
    const change = await store.find(tx, id, 'lock')
    if (change?.state !== 'confirmed') return
    const begins = atLocal(change.validFrom, '00:00')
    if (ctx.now < begins) return enqueue(tx, 'rules.apply', { change: id }, { runAt: begins, key: jobKey(id) })
    const { target } = change
    const event = await emit(tx, ctx, facts.changed, `rule:${change.rule}`, {
      ...(await about(tx, ctx, change)), kind: target.kind, moves: target.kind === 'register' ? (ctx.law.find(target.key)?.moves ?? null) : null,
      procedure: target.kind === 'term' || target.kind === 'fee' ? target.code : null, open: change.transition === 'all_open', backDated: change.backDated,
    })
    await store.setApplied(tx, id, event, ctx.now)
  })
}

export const ruleJobs: readonly Job<never>[] = [{ name: 'rules.apply', run: applyChange as Job['run'] }, { name: 'rules.publish', run: publishChange as Job['run'] }]
export type { Term }
