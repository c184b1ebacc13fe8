// Runs 1 July 2025 on a database of its own and writes its report. 1 when anything is not as it must be.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '#core/clock.ts'
import { systemCtx } from '#core/ctx.ts'
import { OWN_FILE } from '#web/admin/reorg/ran.tsx'
import { type Database, openDatabase } from '#core/db/index.ts'
import { prepareDatabase, projectRoot } from '../boot.ts'
import { makeEnv } from '../env.ts'
import { loadPack } from '../packs.ts'
import { startPostgres } from '../postgres.ts'
import { seedDemo } from '../seed.ts'
import { type Hands, hands } from './acts.ts'
import { ranReportOf, reportMarkdown, reportPage } from './report.ts'
import { run2025 } from './run.ts'

const USAGE = `npm run reorganise-2025 -- [--dossiers 50000] [--acts 400] [--data tmp/sap-xep-2025] [--for DATA_DIR] [--keep]
Nạp tỉnh ba cấp của ngày 30/6/2025 với chừng ấy hồ sơ đang mở trên cơ sở dữ liệu riêng, thi hành kế hoạch 01/7/2025, kiểm tra, hoàn tác, so từng byte,
thi hành lại, báo cho mọi người, rồi viết báo cáo. --for ghi báo cáo vào thư mục dữ liệu của một hệ thống: /admin/reorganisations/2025
của hệ thống ấy cho xem như lần chạy của chính nó. --keep ghi vào docs/ của dự án: hệ thống nào chưa tự chạy thì xem bản này, như tư liệu.`

/** Returns 0 when every check holds. */
export async function reorganise2025(args: readonly string[], say: (line: string) => void = console.log): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { dossiers: { type: 'string', default: '50000' }, acts: { type: 'string', default: '400' }, data: { type: 'string', default: 'tmp/sap-xep-2025' }, for: { type: 'string' }, keep: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  const [dossiers, acts] = [Number(values.dossiers), Number(values.acts)]
  if (values.help || ![dossiers, acts].every((one) => Number.isInteger(one) && one > 0)) {
    say(USAGE)
    return values.help ? 0 : 1
  }
  const dataDir = resolve(projectRoot, values.data)
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true })
  const postgres = await startPostgres(dataDir)
  const urlOf = (name: string): string => {
    const url = new URL(postgres.url)
    url.pathname = `/${name}`
    return url.href
  }
  const home = new URL(postgres.url).pathname.slice(1)
  const open: Database[] = []
  const connect = (name: string): Database => {
    const database = openDatabase(urlOf(name))
    open.push(database)
    return database
  }
  try {
    const clock = hands('2025-06-09T08:00:00+07:00')
    const pack = loadPack('ba-cap')
    const env = (database: Database, at: Hands) => makeEnv(database.db, { publicUrl: 'http://sap-xep-2025.invalid', dataDir, secret: 'sap-xep-2025'.padEnd(32, '.') }, at, pack)
    const first = connect(home)
    await prepareDatabase(first.pool)
    say((await seedDemo(systemCtx(env(first, clock), 'Nạp dữ liệu'))).join(', '))
    await first.close()
    const copier = connect('postgres')
    await copier.pool.query(`create database xuong template ${home}`)
    await copier.close()
    const ran = await run2025({ province: connect(home), workshop: connect('xuong'), env, clock }, { dossiers, acts, cases: 1, procedures: 100, officersToo: true, everyCode: 1, say })
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }
    const report = ranReportOf(ran, systemClock.now(), { version, command: `npm run reorganise-2025 -- --dossiers ${dossiers} --acts ${acts}` })
    writeFileSync(join(dataDir, 'bao-cao.html'), reportPage(report))
    say(`Báo cáo: ${join(dataDir, 'bao-cao.html')}`)
    if (values.for) writeFileSync(join(resolve(projectRoot, values.for), OWN_FILE), `${JSON.stringify(report, null, 1)}\n`)
    if (values.keep) {
      writeFileSync(join(projectRoot, 'docs/reorganisation-2025.json'), `${JSON.stringify(report, null, 1)}\n`)
      writeFileSync(join(projectRoot, 'docs/reorganisation-2025.md'), reportMarkdown(report))
      writeFileSync(join(projectRoot, 'docs/reorganisation-2025.html'), reportPage(report))
    }
    return report.checks.every(({ ok }) => ok) ? 0 : 1
  } finally {
    for (const database of open) await database.close()
    await postgres.stop()
  }
}
