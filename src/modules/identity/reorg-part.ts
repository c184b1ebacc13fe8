// Logins under a reorganisation: sessions and tokens bound to a post that ends act in the post that follows it; nobody's login is taken away.

import { sql } from 'kysely'
import { update } from '#core/db/journal.ts'
import type { ReorgPart } from '#modules/org/index.ts'

export const identityReorg: ReorgPart = {
  key: 'identity', label: 'Tài khoản và vai trò', spots: [],
  async preview(reader, _ctx, moving) {
    const officers = [...new Set(moving.staff.map((one) => one.officer))]
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from identity.credential where officer_id = any(${officers}::text[]) and disabled_at is null`.execute(reader)
    const without = new Set(moving.staff.filter((one) => !one.posted).map((one) => one.officer))
    const count = rows[0]?.n ?? 0
    return {
      count,
      sentences: [
        ...(count > 0 ? [`${count} tài khoản giữ nguyên tên đăng nhập, mật khẩu và lớp xác thực; vai trò theo chức danh mới, không phải đăng nhập lại.`] : []),
        ...(without.size > 0 ? [`${without.size} người chưa có chức danh mới: đăng nhập được nhưng không thấy việc nào; bổ nhiệm, hoặc khóa tài khoản nếu đã nghỉ.`] : []),
      ],
    }
  },
  async finish(journal, _ctx, moving) {
    const next = moving.staff.filter((one) => one.next !== null).map((one) => ({ officer: one.officer, post: one.postId, next: one.next!.id }))
    const pairs = sql`join jsonb_to_recordset(${JSON.stringify(next)}::jsonb) as n (officer text, post text, next text) on n.officer = t.officer_id and n.post = t.post_id`
    for (const table of ['identity.session', 'identity.token']) await update(journal, { table, key: ['id'], set: { post_id: sql`n.next` }, join: pairs, where: sql`t.revoked_at is null` })
  },
}
