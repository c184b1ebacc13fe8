// Saved views are a person's own; they go when the person keeps no post at all.

import type { HandoverPart } from '#modules/org/index.ts'

export const viewsHandover: HandoverPart = {
  key: 'views', label: 'Cách xem danh sách đã lưu', way: 'ends',
  list: async (reader, _ctx, { officer, stays }) => stays.length > 0 ? []
    : (await reader.selectFrom('views.view').select('name').where('officer_id', '=', officer.id).orderBy('name').execute()).map((row) => ({ text: row.name })),
  hand: async (tx, _ctx, { officer }) => {
    const rows = await tx.deleteFrom('views.view').where('officer_id', '=', officer.id).returning('name').execute()
    return rows.map((row) => ({ text: row.name, went: 'Bỏ' }))
  },
}
