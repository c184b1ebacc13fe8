// Who has looked: for the citizen at their own data, for those who keep information safe at officers and days, without a word of the cases.

import type { Ctx } from '#core/ctx.ts'
import { Forbidden, Invalid } from '#core/errors.ts'
import { postOf } from '#core/policy/actor.ts'
import { addDays, atLocal, localDate } from '#core/workdays/index.ts'
import * as store from './views-store.ts'

const PAGE = 50

/** How a look is said to the person looked at. */
export const WHAT_LABELS: Readonly<Record<store.What, string>> = {
  dossier: 'Mở hồ sơ', file: 'Mở giấy tờ đã nộp', paper: 'Mở giấy tờ của cơ quan', events: 'Xem diễn biến', value: 'Xem thông tin được che', search: 'Thấy trong kết quả tìm kiếm',
  list: 'Thấy trong danh sách', export: 'Xuất danh sách ra tệp',
}

/** Why somebody looked, one sentence. */
export function whyOf(ctx: Ctx, look: Pick<store.ViewRow, 'ground' | 'reasonCode' | 'note'>): string {
  if (look.ground === 'work') return 'Đang hoặc đã giải quyết một bước của hồ sơ'
  if (look.ground === 'filed') return 'Nhận hồ sơ thay tại quầy'
  if (look.ground === 'desk') return 'Bộ phận một cửa nơi hồ sơ được nộp'
  if (look.ground === 'list') return 'Danh sách công việc của đơn vị'
  const reason = ctx.access.reasons.find((one) => one.code === look.reasonCode)
  return [reason ? `${reason.text} (${reason.clause})` : (look.reasonCode ?? 'Không ghi'), look.note].filter(Boolean).join('. ')
}

/** Looks at the data of the citizen who asks, newest first. Nobody else's, whatever is asked. Throws Forbidden for others than citizens. */
export async function viewsOfMine(ctx: Ctx, { dossier, unit, before }: { dossier?: string; unit?: string; before?: number } = {}) {
  if (ctx.actor.kind !== 'citizen') throw new Forbidden('dossiers.not_a_citizen', 'Trang này dành cho người dân xem ai đã mở dữ liệu của mình.')
  const rows = await store.looksAtCitizen(ctx.db, ctx.actor.id, { dossier, unit, before, limit: PAGE + 1 })
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE ? rows[PAGE - 1]!.id : null }
}

export const viewFacets = (ctx: Ctx) => (ctx.actor.kind === 'citizen' ? store.facetsOfCitizen(ctx.db, ctx.actor.id) : Promise.resolve([]))

export interface LoggedDay extends store.OfficerDay {
  /** What is out of the ordinary, in words; empty when nothing is. */
  readonly unusual: readonly string[]
}

function keeperOf(ctx: Ctx) {
  const post = postOf(ctx.actor, 'an_toan_tt')
  if (!post) throw new Forbidden('dossiers.not_keeper', 'Nhật ký xem dữ liệu dành cho cán bộ an toàn thông tin.')
  return post
}

/** Looks in the tree of the keeper's unit by officer and day, unusual days first. At most 92 days. Throws Forbidden for others, Invalid. */
export async function accessLog(ctx: Ctx, { from, to, unit }: { from: string; to: string; unit?: string }): Promise<LoggedDay[]> {
  const post = keeperOf(ctx)
  if (from > to || addDays(from, 92) < to) throw new Invalid([{ key: 'from', message: 'Chọn khoảng ngày từ trước đến sau, nhiều nhất 92 ngày.' }])
  const { unusual } = ctx.access
  const rows = await store.looksByDay(ctx.db, post.unitPath, {
    from: atLocal(from, '00:00'), to: atLocal(addDays(to, 1), '00:00'), nightFrom: unusual.nightFrom, nightTo: unusual.nightTo, unit,
  })
  return rows
    .map((row) => ({
      ...row,
      unusual: [
        ...(row.strangers > unusual.strangersADay ? [`${row.strangers} hồ sơ không thuộc việc của mình`] : []),
        ...(row.nights > unusual.nightsADay ? [`${row.nights} lượt ngoài giờ đêm`] : []),
      ],
    }))
    .sort((a, b) => Number(b.unusual.length > 0) - Number(a.unusual.length > 0))
}

/** One officer's day, look by look, without whose dossiers they were. Throws Forbidden. */
export async function accessDay(ctx: Ctx, officerId: string, on: string) {
  const post = keeperOf(ctx)
  return store.looksOfDay(ctx.db, post.unitPath, officerId, atLocal(on, '00:00'), atLocal(addDays(on, 1), '00:00'))
}

export const today = (ctx: Ctx): string => localDate(ctx.now)
