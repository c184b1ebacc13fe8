// With which pack a data directory was founded: chosen once, because units, dossiers and law of one time do not fit those of another.

import { systemClock, type Clock, shiftedClock } from '#core/clock.ts'
import type { Db } from '#core/db/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { countUnits } from '#modules/org/index.ts'
import { DEFAULT_PACK, loadPack, type Pack } from './packs.ts'

export interface Founded {
  readonly pack: Pack
  /** The platform's clock: the machine's, moved into the pack's time in its demo. */
  readonly clock: Clock
}

const DAY = 86_400_000
const instanceOf = (db: Db) => db.selectFrom('core.instance').select(['pack', 'clock_shift_ms as shift']).executeTakeFirst()

const refuse = (has: Pack, asked: Pack): Error =>
  new Error(
    `Thư mục dữ liệu này đã lập với gói “${has.id}” (${has.title}), không chuyển sang gói “${asked.id}” (${asked.title}) được. ` +
      `Bỏ --pack và TINHSO_PACK để chạy tiếp, hoặc đặt DATA_DIR khác để lập gói “${asked.id}”.`,
  )

/** Whole days between the machine's today and the first day of the demo, so that the time of day stays the same. */
const shiftOf = (pack: Pack, now: Date): number =>
  pack.demo === null ? 0 : Math.round((Date.parse(pack.demo.begins) - Date.parse(localDate(now))) / DAY) * DAY

/** The pack the data was founded with, else the one asked for. Throws a sentence when another is asked for, or one that does not exist. */
export async function founded(db: Db, asked: string | null, machine: Clock = systemClock): Promise<Founded & { fresh: boolean }> {
  const wanted = asked === null ? null : loadPack(asked)
  const row = await instanceOf(db)
  // data from before packs had names is of the default one
  const has = row ? loadPack(row.pack) : (await countUnits(db)) > 0 ? loadPack(DEFAULT_PACK) : null
  if (has && wanted && has.id !== wanted.id) throw refuse(has, wanted)
  return { pack: has ?? wanted ?? loadPack(), clock: shiftedClock(machine, Number(row?.shift ?? 0)), fresh: !row }
}

/** The same, and writes it down when nobody has. In a demo the clock is moved into the pack's time; whoever comes second finds what the first has written. */
export async function found(db: Db, asked: string | null, { demo, machine = systemClock }: { demo: boolean; machine?: Clock }): Promise<Founded> {
  const { pack, clock, fresh } = await founded(db, asked, machine)
  if (!fresh) return { pack, clock }
  const now = machine.now()
  await db
    .insertInto('core.instance')
    .values({ pack: pack.id, founded_at: now, clock_shift_ms: demo ? shiftOf(pack, now) : 0 })
    .onConflict((c) => c.column('one').doNothing())
    .execute()
  return founded(db, asked, machine)
}
