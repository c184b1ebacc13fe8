// For tests only: a small agency with officers, a clock that can be moved, and contexts on a fresh database.

import type pg from 'pg'
import { anonymous, system } from '#core/policy/actor.ts'
import { type Ctx, type Env, makeCtx } from '#core/ctx.ts'
import type { Db } from '#core/db/index.ts'
import { openLaw } from '#core/law/index.ts'

export const PASSWORD = 'Mưa rừng Pù Luông 26'

/** A clock that stands until it is moved. */
export function movableClock(at: string) {
  let now = new Date(at)
  return {
    now: () => now,
    set: (to: string) => {
      now = new Date(to)
    },
    pass: (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000)
    },
  }
}

export type MovableClock = ReturnType<typeof movableClock>

export interface Stage {
  readonly env: Env
  readonly clock: MovableClock
  /** Nobody, now. */
  nobody(): Ctx
  /** The platform, now. */
  platform(): Ctx
}

export function stage(db: Db, { publicUrl = 'http://127.0.0.1:8080', dataDir = '/tmp' } = {}): Stage {
  const clock = movableClock('2026-11-20T02:00:00Z') // 09:00 in Thanh Hóa
  const env = { db, clock, publicUrl, dataDir, secret: 'ab'.repeat(32), law: openLaw({ rules: [], documents: {}, groups: {}, replaced: [] }) } as unknown as Env // no calendar, no catalogues: identity asks for neither
  return { env, clock, nobody: () => makeCtx(env, anonymous), platform: () => makeCtx(env, system('test')) }
}

/** officer-1 has one post, officer-2 two (one ended yesterday besides), officer-3 none, officer-admin administers the system. */
export async function seedAgency(pool: pg.Pool): Promise<void> {
  await pool.query(`
    insert into org.unit (id, code, name, short_name, kind, level, path, valid_from, search) values
      ('u1', 'H56.1', 'Sở Nội vụ', 'SNV', 'so', 'tinh', 'h56.u1', '2025-07-01', 'so noi vu'),
      ('u2', 'H56.2', 'Ủy ban nhân dân phường Hạc Thành', 'Hạc Thành', 'phuong', 'xa', 'h56.u2', '2025-07-01', 'hac thanh');
    insert into org.officer (id, full_name, search) values
      ('officer-1', 'Lê Thị Mai', 'le thi mai'), ('officer-2', 'Nguyễn Văn Bình', 'nguyen van binh'),
      ('officer-3', 'Phạm Thị Nghỉ', 'pham thi nghi'), ('officer-admin', 'Trần Quản Trị', 'tran quan tri');
    insert into org.post (id, unit_id, role, title, valid_from) values
      ('p1', 'u1', 'mot_cua', 'Công chức Bộ phận một cửa', '2025-07-01'), ('p2', 'u1', 'chuyen_vien', 'Chuyên viên', '2025-07-01'),
      ('p3', 'u2', 'lanh_dao_don_vi', 'Phó Chủ tịch', '2025-07-01'), ('p4', 'u2', 'van_thu', 'Văn thư', '2025-07-01'),
      ('p9', 'u1', 'quan_tri_he_thong', 'Quản trị hệ thống', '2025-07-01');
    insert into org.holding (post_id, officer_id, from_on, to_on) values
      ('p1', 'officer-1', '2025-07-01', null), ('p2', 'officer-2', '2025-07-01', null), ('p3', 'officer-2', '2025-07-01', '2026-11-20'),
      ('p4', 'officer-2', '2025-07-01', '2026-11-19'), ('p9', 'officer-admin', '2025-07-01', null)`)
}

export const OFFICERS = ['1', '2', '3', 'admin'].map((n) => ({ officerId: `officer-${n}`, login: `canbo${n}` }))

export const claimsOf = (n: number, more: Record<string, unknown> = {}) => ({
  sub: `vneid-${n}`,
  personal_id: String(38_196_000_000 + n).padStart(12, '0'),
  full_name: `Công Dân ${n}`,
  birth_date: '1996-02-29',
  level: 2,
  ...more,
})
