// The plan of a year (lộ trình cung cấp dịch vụ công trực tuyến): drafted by one, approved with its decision by another, measured against what is published.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { Conflict, Invalid, NotFound } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { listPublished, type Listed } from '#modules/procedures/index.ts'
import { roadmapApproved, roadmapChanged, roadmapDrafted } from './events.ts'
import { findProcedures } from './finder.ts'
import { agencyNames, agencyOf, TARGET_LEVELS, type TargetLevel } from './levels.ts'
import { progressOf, quarterEnd, reached, type Progress, type Target, WHOLE_PROVINCE } from './roadmap-rules.ts'
import { needKeeper, needReader, whoIs } from './rules.ts'

export const ROADMAP_STATES = { du_thao: 'Dự thảo', da_phe_duyet: 'Đã phê duyệt' } as const
export type RoadmapState = keyof typeof ROADMAP_STATES

export interface Roadmap {
  readonly id: string
  readonly year: number
  readonly name: string
  readonly state: RoadmapState
  readonly decision: string | null
  readonly decidedOn: string | null
  readonly madeBy: string | null
  readonly madeByName: string
  readonly approvedByName: string | null
}

const columns = ['id', 'year', 'name', 'state', 'decision', 'decided_on', 'made_by', 'made_by_name', 'approved_by_name'] as const
interface Row { id: string; year: number; name: string; state: string; decision: string | null; decided_on: unknown; made_by: string | null; made_by_name: string; approved_by_name: string | null }
const roadmapOf = (row: Row): Roadmap => ({
  id: row.id, year: row.year, name: row.name, state: row.state as RoadmapState, decision: row.decision, decidedOn: row.decided_on as string | null, madeBy: row.made_by, madeByName: row.made_by_name,
  approvedByName: row.approved_by_name,
})

async function need(reader: Reader, id: string, lock = false): Promise<Roadmap> {
  const query = reader.selectFrom('catalogue.roadmap').select(columns).where('id', '=', id)
  const row = /^[0-9a-f-]{36}$/.test(id) ? await (lock ? query.forUpdate() : query).executeTakeFirst() : undefined
  if (!row) throw new NotFound('catalogue.no_roadmap', 'Không có lộ trình này. Xem lại danh sách lộ trình.')
  return roadmapOf(row)
}

async function targetsOf(reader: Reader, id: string): Promise<Target[]> {
  const rows = await reader.selectFrom('catalogue.target').select(['id', 'code', 'agency', 'wanted', 'level', 'quarter']).where('roadmap_id', '=', id).orderBy('quarter').orderBy('code').orderBy('agency').execute()
  return rows.map((row) => ({ ...row, level: row.level as TargetLevel, quarter: row.quarter as Target['quarter'] }))
}

const draftOnly = (roadmap: Roadmap): void => {
  if (roadmap.state !== 'du_thao') throw new Conflict('catalogue.roadmap_approved', 'Lộ trình đã được phê duyệt, không sửa được nữa. Hãy lập lộ trình điều chỉnh với quyết định mới.')
}

export const RoadmapInput = z.object({
  year: z.coerce.number('Năm gồm bốn chữ số.').int('Năm gồm bốn chữ số.').min(2000, 'Năm từ 2000.').max(2100, 'Năm đến 2100.'),
  name: z.string().trim().min(5, 'Ghi tên lộ trình, ví dụ “Lộ trình cung cấp dịch vụ công trực tuyến năm 2027”.').max(200, 'Tên không dài quá 200 ký tự.').transform((text) => text.normalize('NFC')),
})

/** Begins a plan. Throws Forbidden, Invalid. */
export const draftRoadmap = act(RoadmapInput, async (ctx, tx, { year, name }): Promise<{ id: string }> => {
  await needKeeper(tx, ctx)
  const who = whoIs(ctx)
  const { id } = await tx.insertInto('catalogue.roadmap').values({ year, name, state: 'du_thao', made_at: ctx.now, made_by: who.id, made_by_name: who.name }).returning('id').executeTakeFirstOrThrow()
  await emit(tx, ctx, roadmapDrafted, `roadmap:${id}`, { roadmap: id, year, name })
  return { id }
})

export const TargetInput = z.object({
  roadmap: z.string(),
  code: z.string().trim().optional().transform((text) => text || null),
  agency: z.string().trim().optional().transform((text) => text || null),
  wanted: z.coerce.number('Số thủ tục là số nguyên.').int('Số thủ tục là số nguyên.').min(1, 'Số thủ tục ít nhất là 1.').max(10_000, 'Số thủ tục quá lớn.').default(1),
  level: z.enum(Object.keys(TARGET_LEVELS) as [TargetLevel, ...TargetLevel[]], 'Chọn mức cần đạt.'),
  quarter: z.coerce.number('Chọn quý.').int('Chọn quý.').min(1, 'Chọn quý.').max(4, 'Chọn quý.'),
}).refine((given) => (given.code === null) !== (given.agency === null), { path: ['code'], message: 'Ghi mã một thủ tục, hoặc chọn một cơ quan kèm số thủ tục; không ghi cả hai.' })

async function changed(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  const { n } = await tx.selectFrom('catalogue.target').select((eb) => eb.fn.countAll<string>().as('n')).where('roadmap_id', '=', id).executeTakeFirstOrThrow()
  await emit(tx, ctx, roadmapChanged, `roadmap:${id}`, { roadmap: id, targets: Number(n) })
}

/** Adds a line to a draft; the same line again sets its number. Throws Forbidden, NotFound, Conflict when approved, Invalid for an unknown procedure. */
export const addTarget = act(TargetInput, async (ctx, tx, { roadmap: id, code, agency, wanted, level, quarter }): Promise<void> => {
  await needKeeper(tx, ctx)
  draftOnly(await need(tx, id, true))
  if (code !== null && !(await findProcedures(ctx, { limit: Number.MAX_SAFE_INTEGER })).some((one) => one.code === code)) throw new Invalid([{ key: 'code', message: `Không có thủ tục mã ${code} trong danh mục.` }])
  await tx
    .insertInto('catalogue.target')
    .values({ roadmap_id: id, code, agency, wanted: code === null ? wanted : 1, level, quarter })
    .onConflict((on) => on.columns(['roadmap_id', 'code', 'agency', 'level', 'quarter']).doUpdateSet({ wanted: code === null ? wanted : 1 }))
    .execute()
  await changed(ctx, tx, id)
})

/** Takes a line out of a draft; one that is gone is nothing. */
export const dropTarget = act(z.object({ roadmap: z.string(), target: z.uuid('Mã dòng không đúng.') }), async (ctx, tx, { roadmap: id, target }): Promise<void> => {
  await needKeeper(tx, ctx)
  draftOnly(await need(tx, id, true))
  const gone = await tx.deleteFrom('catalogue.target').where('id', '=', target).where('roadmap_id', '=', id).returning('id').executeTakeFirst()
  if (gone) await changed(ctx, tx, id)
})

export const ApproveInput = z.object({
  roadmap: z.string(),
  decision: z.string().trim().min(3, 'Ghi số, ký hiệu quyết định phê duyệt.').max(120, 'Số, ký hiệu không dài quá 120 ký tự.').transform((text) => text.normalize('NFC')),
  decidedOn: z.iso.date('Ghi ngày ký quyết định.'),
})

/** Sets a plan in force with its decision. Four eyes: not by who drafted it. Throws Forbidden, NotFound, Conflict, Invalid without lines. */
export const approveRoadmap = act(ApproveInput, async (ctx, tx, { roadmap: id, decision, decidedOn }): Promise<void> => {
  await needKeeper(tx, ctx)
  const roadmap = await need(tx, id, true)
  draftOnly(roadmap)
  const who = whoIs(ctx)
  if (who.id !== null && who.id === roadmap.madeBy) throw new Conflict('catalogue.roadmap_own', 'Người lập lộ trình không tự phê duyệt. Hãy nhờ một cán bộ khác kiểm tra và ghi quyết định.')
  if (decidedOn > localDate(ctx.now)) throw new Invalid([{ key: 'decidedOn', message: 'Ngày ký không thể ở tương lai.' }])
  const targets = await targetsOf(tx, id)
  if (targets.length === 0) throw new Invalid([{ key: 'decision', message: 'Lộ trình chưa có dòng nào; thêm mục tiêu trước khi phê duyệt.' }])
  await tx.updateTable('catalogue.roadmap').set({ state: 'da_phe_duyet', decision, decided_on: decidedOn, approved_at: ctx.now, approved_by: who.id, approved_by_name: who.name }).where('id', '=', id).execute()
  await emit(tx, ctx, roadmapApproved, `roadmap:${id}`, { roadmap: id, decision, targets: targets.length })
})

/** Throws away a draft. Throws Conflict when approved. */
export const discardRoadmap = act(z.object({ roadmap: z.string() }), async (ctx, tx, { roadmap: id }): Promise<void> => {
  await needKeeper(tx, ctx)
  draftOnly(await need(tx, id, true))
  await tx.deleteFrom('catalogue.roadmap').where('id', '=', id).execute()
})

export interface TargetRow extends Target {
  /** What is aimed at, in words. */
  readonly what: string
  /** The codes that count. */
  readonly have: readonly string[]
  readonly due: string
  readonly progress: Progress
}

export interface RoadmapView {
  readonly roadmap: Roadmap
  readonly targets: readonly TargetRow[]
  /** By quarter: wanted up to then, reached. */
  readonly quarters: readonly { readonly quarter: number; readonly wanted: number; readonly done: number }[]
  readonly agencies: readonly { readonly key: string; readonly name: string }[]
}

/** A plan with its progress as of today; a quarter that has ended is measured on its last day and, when late, by today too. Throws Forbidden, NotFound. */
export async function viewRoadmap(ctx: Ctx, id: string): Promise<RoadmapView> {
  needReader(ctx)
  const roadmap = await need(ctx.db, id)
  const today = localDate(ctx.now)
  const [targets, published, all] = await Promise.all([targetsOf(ctx.db, id), listPublished(ctx.db, today), findProcedures(ctx, { limit: Number.MAX_SAFE_INTEGER })])
  const keys = [WHOLE_PROVINCE, ...published.map(agencyOf), ...targets.flatMap((one) => one.agency ?? [])]
  const names = new Map([...(await agencyNames(ctx, keys)), [WHOLE_PROVINCE, 'Toàn tỉnh'] as const])
  const titles = new Map(all.map((one) => [one.code, one.name]))
  const rows = targets.map((target): TargetRow => {
    const have = reached(target, published)
    return {
      ...target, what: target.code === null ? `${target.wanted} thủ tục của ${names.get(target.agency!) ?? target.agency!}` : titles.get(target.code) ?? target.code,
      have: have.map((one: Listed) => one.code), due: quarterEnd(roadmap.year, target.quarter), progress: progressOf(roadmap.year, target, have.length, today),
    }
  })
  const quarters = [1, 2, 3, 4].map((quarter) => {
    const upTo = rows.filter((row) => row.quarter <= quarter)
    return { quarter, wanted: upTo.reduce((sum, row) => sum + row.wanted, 0), done: upTo.reduce((sum, row) => sum + Math.min(row.wanted, row.have.length), 0) }
  })
  return { roadmap, targets: rows, quarters, agencies: [...names].map(([key, name]) => ({ key, name })).sort((a, b) => a.name.localeCompare(b.name, 'vi')) }
}

/** Every plan, the newest year first. Throws Forbidden. */
export async function listRoadmaps(ctx: Ctx): Promise<Roadmap[]> {
  needReader(ctx)
  return (await ctx.db.selectFrom('catalogue.roadmap').select(columns).orderBy('year', 'desc').orderBy('made_at', 'desc').execute()).map(roadmapOf)
}
