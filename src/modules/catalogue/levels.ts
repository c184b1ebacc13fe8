// How far procedures are offered on line: by agency, on a day and over the months, in today's three kinds and in the four levels of before.

import type { Ctx } from '#core/ctx.ts'
import { addDays, addMonths, localDate } from '#core/workdays/index.ts'
import { findUnitByKey, listUnits } from '#modules/org/index.ts'
import { listPublished, type Listed } from '#modules/procedures/index.ts'
import { needReader } from './rules.ts'
import * as store from './store.ts'

/** What a plan can aim at: kinds of NĐ 42/2022/NĐ-CP, and levels of NĐ 43/2011/NĐ-CP for plans of their time. */
export const TARGET_LEVELS = {
  mot_phan: 'Một phần trở lên', toan_trinh: 'Toàn trình', muc_2: 'Mức độ 2 trở lên', muc_3: 'Mức độ 3 trở lên', muc_4: 'Mức độ 4',
} as const
export type TargetLevel = keyof typeof TARGET_LEVELS

const KINDS = ['thong_tin', 'mot_phan', 'toan_trinh'] as const

/** 1–4 as NĐ 43/2011/NĐ-CP art. 3 counts them; a record that does not say is placed by its kind. */
export const legacyLevelOf = ({ onlineLevel, legacyLevel }: Pick<Listed, 'onlineLevel' | 'legacyLevel'>): number =>
  legacyLevel ?? { thong_tin: 2, mot_phan: 3, toan_trinh: 4 }[onlineLevel]

/** Whether a procedure is offered at least so far. */
export const reaches = (one: Pick<Listed, 'onlineLevel' | 'legacyLevel'>, level: TargetLevel): boolean =>
  level.startsWith('muc_') ? legacyLevelOf(one) >= Number(level.slice(4)) : KINDS.indexOf(one.onlineLevel) >= KINDS.indexOf(level as 'mot_phan' | 'toan_trinh')

/** The agency that a procedure is counted for: a department by its key, or all committees of one level. */
export const agencyOf = ({ competence }: Pick<Listed, 'competence'>): string => (competence.level === 'tinh' ? competence.department ?? 'ubnd_tinh' : competence.level)

export interface LevelLine {
  readonly agency: string
  readonly name: string
  readonly toanTrinh: number
  readonly motPhan: number
  readonly thongTin: number
  /** Of mức 1, 2, 3, 4. */
  readonly legacy: readonly [number, number, number, number]
  readonly total: number
  readonly codes: readonly string[]
}

const TIERS: Readonly<Record<string, string>> = { xa: 'Ủy ban nhân dân xã, phường', huyen: 'Ủy ban nhân dân huyện, thị xã, thành phố', bo: 'Bộ, ngành trung ương', khac: 'Cơ quan khác', ubnd_tinh: 'Ủy ban nhân dân tỉnh' }

/** Names of the agencies that procedures are counted for. */
export async function agencyNames(ctx: Ctx, keys: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const [root] = await listUnits(ctx.db, { limit: 1 })
  return new Map(await Promise.all([...new Set(keys)].map(async (key): Promise<[string, string]> => [key, TIERS[key] ?? (root ? (await findUnitByKey(ctx.db, key, root))?.name : undefined) ?? key])))
}

function lineOf(agency: string, name: string, all: readonly Listed[]): LevelLine {
  const kind = (wanted: string) => all.filter((one) => one.onlineLevel === wanted).length
  const legacy = (wanted: number) => all.filter((one) => legacyLevelOf(one) === wanted).length
  return {
    agency, name, toanTrinh: kind('toan_trinh'), motPhan: kind('mot_phan'), thongTin: kind('thong_tin'), legacy: [legacy(1), legacy(2), legacy(3), legacy(4)], total: all.length,
    codes: all.map((one) => one.code),
  }
}

export interface Levels {
  readonly on: string
  readonly lines: readonly LevelLine[]
  readonly all: LevelLine
  /** Known by name only, none of them offered: by the level that decides. */
  readonly named: { readonly bo: number; readonly tinh: number; readonly xa: number; readonly khac: number }
}

/** Levels on a day. Throws Forbidden. */
export async function levelsOn(ctx: Ctx, on: string): Promise<Levels> {
  needReader(ctx)
  const [published, entries] = await Promise.all([listPublished(ctx.db, on), store.live(ctx.db)])
  // two records may name one department by different keys: it is one agency
  const names = await agencyNames(ctx, published.map(agencyOf))
  const here = new Set(published.map((one) => one.code))
  const others = entries.filter((one) => !here.has(one.code))
  const named = (level: string) => others.filter((one) => one.levels[0] === level).length
  return {
    on,
    lines: [...Map.groupBy(published, (one) => names.get(agencyOf(one))!)].map(([name, all]) => lineOf(agencyOf(all[0]!), name, all)).sort((a, b) => b.total - a.total || a.name.localeCompare(b.name, 'vi')),
    all: lineOf('', 'Toàn tỉnh', published),
    named: { bo: named('bo'), tinh: named('tinh'), xa: named('xa'), khac: named('khac') },
  }
}

/** The whole province at the end of each of the last months, the present one as of today. Throws Forbidden. */
export async function levelsOverTime(ctx: Ctx, months = 12): Promise<{ on: string; all: LevelLine }[]> {
  needReader(ctx)
  const today = localDate(ctx.now)
  const first = `${today.slice(0, 7)}-01`
  const days = [...Array.from({ length: months - 1 }, (_, at) => addDays(addMonths(first, at - months + 2), -1)), today]
  return Promise.all(days.map(async (on) => ({ on, all: lineOf('', 'Toàn tỉnh', await listPublished(ctx.db, on)) })))
}
