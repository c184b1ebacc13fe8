// A month of one provincial and ten commune centres: people come, officers work, the clock goes on; every act is the platform's own.

import { type Ctx, type Env, systemCtx } from '#core/ctx.ts'
import { AppError, Invalid } from '#core/errors.ts'
import { addDays, addWorkingTime, atLocal, isWorkingDay, localDate } from '#core/workdays/index.ts'
import { lodgeAppeal } from '#modules/appeals/index.ts'
import { apologise, collect, completeStep, consult, reasonsFor, supplement, supplementStep, viewDossier, withdraw } from '#modules/dossiers/index.ts'
import { findItem, type Item, listItems } from '#modules/work/index.ts'
import { getVersion } from '#modules/procedures/index.ts'
import { arrivals, chance } from './chance.ts'
import { fileOne, type Filed } from './filings.ts'
import type { Money } from './money.ts'
import { answer, appeals, apologises, consults, decide, patience, withdraws } from './people.ts'
import type { Timers } from './timers.ts'
import type { Town } from './town.ts'

export interface Month {
  readonly seed: string
  readonly days: number
  /** First day, 'YYYY-MM-DD'. */
  readonly from: string
  /** Dossiers that arrive at each centre in an hour, on average. */
  readonly rate: number
}

export interface Clockwork {
  now(): Date
  to(at: Date): void
}

export interface Lived {
  readonly days: readonly string[]
  readonly filed: number
  readonly unfit: number
  readonly steps: number
  /** Acts that came too late: somebody or a timer was first. */
  readonly overtaken: number
  /** Why the rules said no, by code: how often. */
  readonly refusals: ReadonlyMap<string, number>
  readonly last: Date
}

interface Due {
  readonly at: number
  readonly item: string
  readonly filed: Filed
}

const TICK_MINUTES = 30
const MOST_TRIES = 12
const OPEN = ['07:30', '08:00', '08:30', '09:00', '09:30', '10:00', '10:30', '11:00', '13:30', '14:00', '14:30', '15:00', '15:30', '16:00', '16:30', '17:00'] as const

/** Lives the month. Each day ends with `evening` (closing of the cash desks); says what was done by `tell`. */
export async function live(
  env: Env, clock: Clockwork, town: Town, timers: Timers, money: Money, month: Month, evening: (day: string) => Promise<void>, tell: (line: string) => void,
): Promise<Lived> {
  const { seed } = month
  const due: Due[] = []
  const planned = new Set<string>()
  const days: string[] = []
  const all: Filed[] = []
  const asked = new Set<string>()
  const tries = new Map<string, number>()
  const refusals = new Map<string, number>()
  let [unfit, steps, overtaken, serial] = [0, 0, 0, 0]

  const count = (error: AppError): void => {
    const why = error instanceof Invalid ? `${error.code}: ${(error.fields[0]?.message ?? error.message).replaceAll(/[\d:/]+/g, '…')}` : error.code
    refusals.set(why, (refusals.get(why) ?? 0) + 1)
  }

  async function plan(one: Filed): Promise<void> {
    await money.plan(one)
    for (const item of await listItems(env.db, one.dossier.id)) {
      if ((item.state !== 'open' && item.state !== 'claimed') || planned.has(item.id)) continue
      planned.add(item.id)
      const wait = item.role === 'cong_dan' ? 4 + 20 * chance(seed, one.dossier.code!, item.step, 'citizen') : patience(item, seed, one.dossier.code!)
      due.push({ at: addWorkingTime(item.openedAt, wait, env.calendar).getTime(), item: item.id, filed: one })
    }
  }

  async function mend(one: Filed, item: Item): Promise<void> {
    const { dossier, citizen } = one
    const move = answer(seed, dossier.code!, item.openedAt.getTime())
    const ctx = citizen === null ? await town.officer(item.unitId!, 'mot_cua') : await town.citizen(citizen)
    if (!ctx || move === 'nothing') return
    if (move === 'withdraw') await withdraw(ctx, { dossier: dossier.id, note: 'Tôi không có nhu cầu làm tiếp.' })
    else if (supplementStep([item])) await supplement(ctx, { dossier: dossier.id, note: 'Đã bổ sung đủ.' })
    else await completeStep(ctx, { item: item.id, outcome: item.outcomes[0]!.key, note: 'Đã thực hiện.' })
  }

  async function handle(one: Filed, item: Item): Promise<void> {
    const { dossier, citizen } = one
    if (item.role === 'cong_dan') return mend(one, item)
    if (citizen !== null && withdraws(dossier.code!, seed) && item.role === 'chuyen_vien') {
      await withdraw(await town.citizen(citizen), { dossier: dossier.id, note: 'Tôi xin rút để làm lại.' })
      return
    }
    if (item.portalStatus === 9 && citizen !== null) {
      await collect(await town.citizen(citizen), { dossier: dossier.id })
      return
    }
    const ctx = await town.officer(item.unitId!, item.role, Math.floor(chance(seed, dossier.code!, 'who') * 4))
    if (!ctx) return
    if (consults(item, dossier.code!, seed) && (await ask(one, item, ctx))) return
    const outcome = decide(item, seed, dossier.code!)
    const act = outcome.effect === 'refuse' ? 'refusal' : outcome.effect === 'request_supplement' ? 'supplement' : outcome.effect === 'reject' ? 'unresolved' : outcome.effect === 'suspend_financial' ? 'financial' : null
    const lines = act === 'financial' ? [{ name: 'Thuế thu nhập cá nhân và lệ phí trước bạ', amountVnd: 1_000_000 + 1000 * Math.floor(4000 * chance(seed, dossier.code!, 'duty')) }] : []
    await completeStep(ctx, { item: item.id, outcome: outcome.key, note: item.link === 'beside' ? 'Đã xác minh tại địa phương.' : null, reasons: act ? await reasonOf(one, act) : [], explanation: act === 'supplement' ? 'Đến bước thẩm định mới đối chiếu được với hồ sơ gốc.' : null, lines })
    if (citizen !== null && (act === 'refusal' || act === 'unresolved') && appeals(dossier.code!, seed)) {
      await attempt(async () => void (await lodgeAppeal(await town.citizen(citizen), { dossier: dossier.id, words: 'Đề nghị xem xét lại giúp gia đình tôi.' })))
    }
  }

  async function reasonOf(one: Filed, act: 'refusal' | 'supplement' | 'unresolved' | 'financial' | 'apology') {
    const version = await getVersion(env.db, one.dossier.versionId)
    const offered = reasonsFor(version.record as never, act, localDate(env.clock.now())).filter((reason) => reason.code !== 'chung_khong_bo_sung')
    const reason = offered[Math.floor(chance(seed, one.dossier.code!, act) * offered.length)]
    return reason ? [{ code: reason.code, detail: 'Ngày tháng ghi ở mục thứ hai chưa khớp.' }] : []
  }

  /** Asks another unit before deciding; the step waits for the answer. False when it has been asked already. */
  async function ask(one: Filed, item: Item, ctx: Ctx): Promise<boolean> {
    if (asked.has(item.id)) return false
    asked.add(item.id)
    const other = town.centres[Math.floor(chance(seed, one.dossier.code!, 'asks') * town.centres.length)]!
    if (other.unit.id === item.unitId) return false
    return attempt(async () => void (await consult(ctx, { item: item.id, asks: [{ unit: other.unit.code, question: 'Xác minh nơi cư trú và hiện trạng của người nộp hồ sơ.', days: 2 }], clientKey: item.id })))
  }

  /** Does what somebody tries; false when the rules say no. */
  async function attempt(act: () => Promise<void>): Promise<boolean> {
    try {
      await act()
      return true
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error
      count(error)
      return false
    }
  }

  /** Each morning heads look at what will not be ready and say so in time. */
  async function apologies(): Promise<void> {
    for (const one of all) {
      if (!apologises(one.dossier.code!, seed)) continue
      const { dossier } = await viewDossier(systemCtx(env, 'Mô phỏng'), one.dossier.id)
      if (!dossier.dueAt || dossier.finishedAt || dossier.closedAt || dossier.apologisedAt || dossier.pausedAt || !dossier.decidedUnitId) continue
      if (dossier.dueAt.getTime() - env.clock.now().getTime() > 3 * 86_400_000) continue
      const leader = await town.officer(dossier.decidedUnitId, 'lanh_dao_don_vi')
      if (!leader) continue
      const newDueOn = localDate(addWorkingTime(dossier.dueAt, 24, env.calendar))
      await attempt(async () => void (await apologise(leader, { dossier: dossier.id, reasons: await reasonOf(one, 'apology'), newDueOn, note: null })))
    }
  }

  async function work(): Promise<void> {
    const now = env.clock.now().getTime()
    const ready = due.filter((one) => one.at <= now).sort((a, b) => a.at - b.at || (a.filed.dossier.code! < b.filed.dossier.code! ? -1 : 1))
    for (const one of ready) due.splice(due.indexOf(one), 1)
    for (const one of ready) {
      const item = await findItem(env.db, one.item)
      if (item && (item.state === 'open' || item.state === 'claimed')) {
        try {
          await handle(one.filed, item)
          steps++
        } catch (error) {
          if (!(error instanceof AppError) || error.status >= 500) throw error
          overtaken++
          count(error)
          // Not now: an opinion is still out, somebody holds it. Tried again half a working day later.
          const again = (tries.get(one.item) ?? 0) + 1
          tries.set(one.item, again)
          if (again <= MOST_TRIES) due.push({ ...one, at: addWorkingTime(env.clock.now(), 4, env.calendar).getTime() })
          else tell(`  ${one.filed.dossier.code} ${item.name}: ${error.message}`)
        }
      }
      await plan(one.filed)
    }
  }

  for (let day = month.from; days.length < month.days; day = addDays(day, 1)) {
    if (!isWorkingDay(day, env.calendar)) continue
    days.push(day)
    for (const time of OPEN) {
      clock.to(atLocal(day, time))
      await timers.settle()
      for (const [index, centre] of town.centres.entries()) {
        for (let left = arrivals((month.rate * TICK_MINUTES) / 60, seed, day, time, index); left > 0; left--) {
          const one = await fileOne(env, town, centre, seed, ++serial)
          if (one) {
            all.push(one)
            await plan(one)
          } else unfit++
        }
      }
      if (time === OPEN[0]) await apologies()
      await work()
      await money.pay()
      await timers.settle()
    }
    clock.to(atLocal(day, '17:10'))
    await evening(day)
    await timers.settle()
    tell(`${day}: ${all.length} hồ sơ đã nộp, ${steps} bước đã làm, ${due.length} việc còn chờ`)
  }
  return { days, filed: all.length, unfit, steps, overtaken, refusals, last: env.clock.now() }
}

