// A month of one provincial and ten commune centres: people come, officers work, the clock goes on; every act is the platform's own.

import type { Env } from '#core/ctx.ts'
import { AppError } from '#core/errors.ts'
import { addDays, addWorkingTime, atLocal, isWorkingDay } from '#core/workdays/index.ts'
import { collect, completeStep, supplement, supplementStep, withdraw } from '#modules/dossiers/index.ts'
import { findItem, type Item, listItems } from '#modules/work/index.ts'
import { getVersion } from '#modules/procedures/index.ts'
import { arrivals, chance } from './chance.ts'
import { fileOne, type Filed } from './filings.ts'
import { answer, decide, patience, withdraws } from './people.ts'
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
  readonly last: Date
}

interface Due {
  readonly at: number
  readonly item: string
  readonly filed: Filed
}

const TICK_MINUTES = 30
const OPEN = ['07:30', '08:00', '08:30', '09:00', '09:30', '10:00', '10:30', '11:00', '13:30', '14:00', '14:30', '15:00', '15:30', '16:00', '16:30', '17:00'] as const

/** Lives the month. Each day ends with `evening` (closing of the cash desks); says what was done by `tell`. */
export async function live(
  env: Env, clock: Clockwork, town: Town, timers: Timers, month: Month, evening: (day: string) => Promise<void>, tell: (line: string) => void,
): Promise<Lived> {
  const { seed } = month
  const due: Due[] = []
  const planned = new Set<string>()
  const days: string[] = []
  let [filed, unfit, steps, overtaken, serial] = [0, 0, 0, 0, 0]

  async function plan(one: Filed): Promise<void> {
    for (const item of await listItems(env.db, one.dossier.id)) {
      if ((item.state !== 'open' && item.state !== 'claimed') || planned.has(item.id)) continue
      planned.add(item.id)
      const wait = item.role === 'cong_dan' ? 4 + 20 * chance(seed, one.dossier.code!, item.step, 'citizen') : patience(item, seed, one.dossier.code!)
      due.push({ at: addWorkingTime(item.openedAt, wait, env.calendar).getTime(), item: item.id, filed: one })
    }
  }

  async function asked(one: Filed, item: Item): Promise<void> {
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
    if (item.role === 'cong_dan') return asked(one, item)
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
    const outcome = decide(item, seed, dossier.code!)
    const { reasons } = (await getVersion(env.db, dossier.versionId)).record
    const list = outcome.effect === 'refuse' ? reasons.refusal : outcome.effect === 'request_supplement' ? reasons.supplement : outcome.effect === 'reject' ? reasons.unresolved : undefined
    await completeStep(ctx, { item: item.id, outcome: outcome.key, note: 'Theo quy định.', reasons: list?.[0] ? [list[0].code] : [] })
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
          tell(`  ${one.filed.dossier.code} ${item.name}: ${error.message}`)
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
            filed++
            await plan(one)
          } else unfit++
        }
      }
      await work()
      await timers.settle()
    }
    clock.to(atLocal(day, '17:10'))
    await evening(day)
    await timers.settle()
    tell(`${day}: ${filed} hồ sơ đã nộp, ${steps} bước đã làm, ${due.length} việc còn chờ`)
  }
  return { days, filed, unfit, steps, overtaken, last: env.clock.now() }
}

