// Who acts: the one shape that every permission question is asked about.

/** Roles inside an agency (domain reference, section 1.3). A person holds posts; a post has one role in one unit. */
export const ROLES = {
  van_thu: 'Văn thư',
  chuyen_vien: 'Chuyên viên',
  lanh_dao_phong: 'Lãnh đạo phòng',
  lanh_dao_don_vi: 'Lãnh đạo đơn vị',
  chanh_van_phong: 'Chánh Văn phòng',
  chu_tich: 'Chủ tịch Ủy ban nhân dân',
  mot_cua: 'Công chức Bộ phận một cửa',
  thu_phi: 'Cán bộ thu phí, lệ phí',
  bcci: 'Nhân viên bưu chính công ích',
  kiem_soat_tthc: 'Cán bộ kiểm soát thủ tục hành chính',
  giam_sat: 'Cán bộ giám sát',
  truong_thon: 'Trưởng thôn, tổ trưởng tổ dân phố',
  quan_tri_don_vi: 'Quản trị đơn vị',
  quan_tri_he_thong: 'Quản trị hệ thống',
  an_toan_tt: 'Cán bộ an toàn thông tin',
} as const

export type Role = keyof typeof ROLES

/** What a post lent for a time allows: everything, only signing and approving, or only running the office without signing. */
export type DelegationScope = 'all' | 'sign' | 'run'

/** For whom a post is held that is not one's own, and how its papers are signed (NĐ 30/2020/NĐ-CP art. 13). */
export interface OnBehalfOf {
  readonly delegationId: string
  readonly officerId: string
  readonly officerName: string
  /** null for posts that sign nothing */
  readonly prefix: 'KT.' | 'TL.' | 'TUQ.' | null
  readonly scope: DelegationScope
  /** The deputy's own title, as it stands under the prefix. */
  readonly ownTitle: string | null
  /** last day, 'YYYY-MM-DD' */
  readonly until: string
}

/** One post that the actor acts in. `unitPath` is the ltree path of the unit, root first. */
export interface Post {
  readonly id: string
  readonly role: Role
  readonly title: string
  readonly unitId: string
  readonly unitCode: string
  readonly unitName: string
  readonly unitPath: string
  /** Set when the post is another's, lent for a time; the policy asks for nothing more. */
  readonly onBehalfOf?: OnBehalfOf
}

export interface Anonymous {
  readonly kind: 'anonymous'
}

/** A citizen (or a business's representative) signed in by electronic identity. */
export interface Citizen {
  readonly kind: 'citizen'
  readonly id: string
  readonly name: string
  readonly personalId: string
  readonly level: 1 | 2
}

/** An officer; in a web session `posts` holds the one post chosen, with an API token it may hold several. */
export interface Officer {
  readonly kind: 'officer'
  readonly id: string
  readonly name: string
  readonly posts: readonly Post[]
}

/** The platform itself: timers, reactions, imports. */
export interface System {
  readonly kind: 'system'
  readonly name: string
}

export type Actor = Anonymous | Citizen | Officer | System

export const anonymous: Anonymous = { kind: 'anonymous' }
export const system = (name: string): System => ({ kind: 'system', name })

/** The post by which the actor holds one of `roles` (in `unitId` when given), or null. */
export function postOf(actor: Actor, roles: Role | readonly Role[], unitId?: string): Post | null {
  if (actor.kind !== 'officer') return null
  const wanted: readonly string[] = typeof roles === 'string' ? [roles] : roles
  return actor.posts.find((post) => wanted.includes(post.role) && (unitId === undefined || post.unitId === unitId)) ?? null
}

export const holds = (actor: Actor, roles: Role | readonly Role[], unitId?: string): boolean => postOf(actor, roles, unitId) !== null
