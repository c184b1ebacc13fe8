// Calendars under a reorganisation: days and hours of an ended unit stay as they are, since terms were promised by them; the heir works by its own.

import { sql } from 'kysely'
import type { ReorgPart } from '#modules/org/index.ts'

export const calendarsReorg: ReorgPart = {
  key: 'calendars', label: 'Lịch và giờ làm việc riêng',
  spots: [{ table: 'calendars.entry', key: ['id'], unit: 'unit_id', path: 'unit_path', open: 'false', noun: 'lịch riêng' }],
  async preview(reader, _ctx, moving) {
    const { rows } = await sql<{ unit: string; n: number }>`select unit_id as unit, count(*)::int as n from calendars.entry where unit_id = any(${moving.ending.map((one) => one.id)}::text[]) and ended_at is null
      and (to_on is null or to_on >= ${moving.day}::date) group by 1 order by 2 desc`.execute(reader)
    const named = new Map(moving.ending.map((one) => [one.id, one.name]))
    const lines = rows.map((row) => ({ unitId: row.unit, text: `${named.get(row.unit)}: ${row.n} ngày nghỉ, giờ làm việc riêng`, went: `Giữ làm căn cứ của hạn đã hẹn; ${moving.heir.get(row.unit)?.name ?? 'đơn vị kế tục'} theo lịch riêng của mình`, count: row.n }))
    return {
      count: rows.reduce((sum, row) => sum + row.n, 0), lines,
      sentences: rows.length === 0 ? [] : ['Hạn đã hẹn với người dân không dài thêm: hồ sơ đã tiếp nhận vẫn tính theo lịch của đơn vị cũ nếu lịch ấy cho hạn sớm hơn.'],
    }
  },
}
