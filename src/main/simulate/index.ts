// Lives a month on a database of its own, then holds money, papers and facts against each other. Says what came out; 1 when anything differs.

import { mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Env, systemCtx } from '#core/ctx.ts'
import { openDatabase } from '#core/db/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { reconcile } from '#modules/reconcile/index.ts'
import { prepareDatabase, projectRoot } from '../boot.ts'
import { makeEnv } from '../env.ts'
import { startPostgres } from '../postgres.ts'
import { seedDemo } from '../seed.ts'
import { openBank, SIMULATED_BANK } from './bank.ts'
import { openMoney } from './money.ts'
import { live } from './month.ts'
import { openPostOffice } from './post-office.ts'
import { outsideOf, report } from './report.ts'
import { openTimers } from './timers.ts'
import { openTown } from './town.ts'

const USAGE = `npm run simulate -- [--days 22] [--seed S] [--from 2026-12-01] [--rate 0.6] [--communes 10] [--data tmp/mo-phong]
Sống một tháng của trung tâm cấp tỉnh và mười xã trên cơ sở dữ liệu riêng, rồi đối soát đến từng đồng, từng bản giấy, từng sự kiện.
Xem trang đối soát sau đó: DATA_DIR=tmp/mo-phong npm start, đăng nhập giamsat.h56, mở /desk/reconciliation.`

const HOUR_MS = 3_600_000

class Hands {
  private at: Date
  constructor(at: Date) {
    this.at = at
  }
  now(): Date {
    return new Date(this.at)
  }
  to(at: Date): void {
    this.at = at
  }
}

/** Lives it. Returns 0 when everything agrees, 1 when anything differs; `say` gets the report line by line. */
export async function simulate(args: readonly string[], say: (line: string) => void = console.log): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      days: { type: 'string', default: '22' }, seed: { type: 'string', default: 'tinh-so' }, from: { type: 'string', default: '2026-12-01' },
      rate: { type: 'string', default: '0.6' }, communes: { type: 'string', default: '10' }, data: { type: 'string', default: 'tmp/mo-phong' }, help: { type: 'boolean' },
    },
  })
  const [days, rate, communes] = [Number(values.days), Number(values.rate), Number(values.communes)]
  if (values.help || ![days, rate, communes].every((one) => one > 0)) {
    say(USAGE)
    return values.help ? 0 : 1
  }
  const began = performance.now()
  const dataDir = resolve(projectRoot, values.data)
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true })
  const postgres = await startPostgres(dataDir)
  const database = openDatabase(postgres.url)
  try {
    await prepareDatabase(database.pool)
    const clock = new Hands(new Date(`${values.from}T00:00:00+07:00`))
    const plain = makeEnv(database.db, { publicUrl: 'http://mo-phong.invalid', dataDir, secret: values.seed.padEnd(32, '.') }, clock)
    const post = openPostOffice(values.seed)
    const env: Env = { ...plain, payments: { ...plain.payments, providers: [SIMULATED_BANK] }, notices: { ...plain.notices, senders: { sms: post.sms, email: post.email } } }
    await seedDemo(systemCtx(env, 'Mô phỏng'))
    const timers = await openTimers(env, database.pool)
    const town = await openTown(env, values.seed, communes)
    const bank = openBank(env, values.seed)
    const money = openMoney(env, town, bank, values.seed)
    say(`Các trung tâm: ${town.centres.map(({ unit }) => unit.shortName).join(', ')}.`)
    const evening = async (day: string): Promise<void> => {
      await money.close(day)
      await bank.reconcile()
    }
    const lived = await live(env, clock, town, timers, money, { seed: values.seed, days, from: values.from, rate }, evening, say)
    // The last statement comes when the last transfers have been booked.
    clock.to(new Date(lived.last.getTime() + 16 * HOUR_MS))
    await timers.settle()
    await bank.reconcile()
    await timers.settle()
    const outside = await outsideOf(env, post, bank, lived, new Date(clock.now().getTime() + 1))
    const found = await reconcile((await town.officer('th', 'giam_sat'))!, { from: lived.days[0]!, to: localDate(clock.now()) })
    const ok = report(lived, found, outside, timers.faults, say)
    say(`Xong trong ${((performance.now() - began) / 1000).toFixed(0)} giây. ${ok ? 'Mọi con số khớp.' : 'CÓ MỤC LỆCH.'}`)
    say(`Xem trang: DATA_DIR=${values.data} npm start, đăng nhập giamsat.h56, mở /desk/reconciliation?from=${found.from}&to=${found.to}`)
    return ok ? 0 : 1
  } finally {
    await database.close()
    await postgres.stop()
  }
}
