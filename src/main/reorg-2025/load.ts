// A province with as many open dossiers as wanted: models are made by real acts in a workshop database, copies of them are written into the province.

import { sql } from 'kysely'
import type { Env } from '#core/ctx.ts'
import { type Database, type Db, inTransaction } from '#core/db/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { loadPayeeSeed, loadProvinceSeed } from '../pack.ts'
import { cutModel, FIRST_NUMBER, type Load, loadCopies } from './copies.ts'
import type { Hands } from './acts.ts'
import { makeModels, type Model, type ModelOptions, openWorkshop } from './models.ts'
import { gazetteer, type Where } from './places.ts'
import { holders, takeOut } from './rows.ts'

/** The models are filed in a commune of the plain whose district has every office. */
const BASE = { district: 'th-old-395' } as const

/** Working days before the last day of the three tiers, on which models are filed. */
const BEGINS = ['2025-06-10', '2025-06-12', '2025-06-16', '2025-06-18', '2025-06-20', '2025-06-23', '2025-06-25', '2025-06-26', '2025-06-27']

/** What rows of many dossiers point to: the bytes of files, the drawings that processes run by. */
async function copyShared(from: Db, to: Db): Promise<void> {
  for (const table of ['files.blob', 'work.definition']) {
    const { rows } = await sql<{ row: unknown }>`select to_jsonb(t) as row from ${sql.table(table)} t`.execute(from)
    await sql`insert into ${sql.table(table)} select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows.map(({ row }) => row))}::jsonb) on conflict do nothing`.execute(to)
  }
}

export interface Loaded extends Load {
  readonly models: readonly Model[]
  readonly failed: readonly string[]
  readonly tookMs: number
}

export interface Ground {
  /** the province that is loaded */
  readonly province: Database
  /** a copy of it in which models are made; may be thrown away afterwards */
  readonly workshop: Database
  /** the same surroundings over a database of one's choice */
  env(database: Database, clock: Hands): Env
  readonly clock: Hands
}

/** Loads `many` open dossiers. The clock stands at `at` afterwards. */
export async function loadOpenDossiers(ground: Ground, many: number, options: ModelOptions & { at: Date; say?: (line: string) => void }): Promise<Loaded> {
  const began = performance.now()
  const { workshop, province, clock } = ground
  const env = ground.env(workshop, clock)
  const seed = loadProvinceSeed(env.pack.id)
  const commune = seed.units.find((unit) => unit.parent === BASE.district && unit.kind === 'xa')!
  const base: Where = { commune: commune.id, district: BASE.district }
  const places = gazetteer(seed, loadPayeeSeed(env.pack.id), base)
  const words = places.words(base)
  // models bear numbers that stand out in their text
  await sql.raw(`create or replace function core.first_number() returns trigger language plpgsql as $$ begin if new.last = 1 then new.last := ${FIRST_NUMBER}; end if; return new; end $$`).execute(workshop.db)
  await sql`create trigger first_number before insert on core.counter for each row execute function core.first_number()`.execute(workshop.db)
  const place = { commune: await getUnit(workshop.db, base.commune), district: await getUnit(workshop.db, base.district!) }
  const codes = new Set(seed.units.flatMap((unit) => (unit.level === 'xa' && unit.adminCode ? [unit.adminCode] : [])))
  const all = await holders(workshop.db)
  const { models, failed } = await makeModels(openWorkshop(env, clock, place, codes), clock, place, BEGINS.map((day) => new Date(`${day}T08:00:00+07:00`)), { ...options, take: (id) => takeOut(workshop.db, all, id) })
  options.say?.(`${models.length} hồ sơ mẫu qua thao tác thật, ${failed.length} lần luật không cho`)
  const cuts = models.map((model) => cutModel(model, model.taken, words))
  await copyShared(workshop.db, province.db)
  clock.to(options.at)
  const admin = new Map(seed.units.map((unit) => [unit.id, unit.adminCode ?? '']))
  const load = await loadCopies(province.db, cuts, places, words, { many, at: options.at, holders: all, adminCode: (id) => admin.get(id)!, say: options.say })
  await inTransaction(province.db, async (tx) => {
    await sql`select setval(pg_get_serial_sequence('core.event', 'id'), (select max(id) from core.event))`.execute(tx)
  })
  await sql`analyze`.execute(province.db)
  return { ...load, models, failed, tookMs: performance.now() - began }
}
