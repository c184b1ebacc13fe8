// Lives a month on a database of its own, then holds money, papers and facts against each other. Says what came out; 1 when anything differs.

import { mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { systemCtx } from '#core/ctx.ts'
import { openDatabase } from '#core/db/index.ts'
import { prepareDatabase, projectRoot } from '../boot.ts'
import { makeEnv } from '../env.ts'
import { startPostgres } from '../postgres.ts'
import { seedDemo } from '../seed.ts'
import { live } from './month.ts'
import { openTimers } from './timers.ts'
import { openTown } from './town.ts'

const USAGE = `npm run simulate -- [--days 22] [--seed S] [--from 2026-12-01] [--rate 1.5] [--communes 10] [--data tmp/mo-phong]
Sống một tháng của trung tâm cấp tỉnh và mười xã trên cơ sở dữ liệu riêng, rồi đối soát đến từng đồng, từng bản giấy, từng sự kiện.
Xem trang đối soát sau đó: DATA_DIR=tmp/mo-phong npm start, đăng nhập giamsat.h56, mở /desk/reconciliation.`

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

export async function simulate(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      days: { type: 'string', default: '22' }, seed: { type: 'string', default: 'tinh-so' }, from: { type: 'string', default: '2026-12-01' },
      rate: { type: 'string', default: '1.5' }, communes: { type: 'string', default: '10' }, data: { type: 'string', default: 'tmp/mo-phong' }, help: { type: 'boolean' },
    },
  })
  const [days, rate, communes] = [Number(values.days), Number(values.rate), Number(values.communes)]
  if (values.help || ![days, rate, communes].every((one) => one > 0)) {
    console.log(USAGE)
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
    const env = makeEnv(database.db, { publicUrl: 'http://mo-phong.invalid', dataDir, secret: values.seed.padEnd(32, '.') }, clock)
    await seedDemo(systemCtx(env, 'Mô phỏng'))
    const timers = await openTimers(env, database.pool)
    const town = await openTown(env, values.seed, communes)
    console.log(`Các trung tâm: ${town.centres.map(({ unit }) => unit.shortName).join(', ')}.`)
    const lived = await live(env, clock, town, timers, { seed: values.seed, days, from: values.from, rate }, async () => {}, (line) => console.log(line))
    console.log(lived, timers.faults.slice(0, 10), `${((performance.now() - began) / 1000).toFixed(0)} giây`)
    return 0
  } finally {
    await database.close()
    await postgres.stop()
  }
}
