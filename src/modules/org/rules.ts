// Who may say who holds a post, and which dates make sense. Pure; the same answers serve buttons and actions.

import { denial, type FieldError, refusal, type Refusal } from '#core/errors.ts'
import { type Actor, holds, postOf } from '#core/policy/actor.ts'
import { formatDate } from '#core/text/dates.ts'

export interface PostInUnit {
  readonly role: string
  readonly unitPath: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly unitValidTo: string | null
}

/** Posts that keep the whole platform: only its own administrators give them. */
const PLATFORM_ROLES = ['quan_tri_he_thong', 'an_toan_tt']

const within = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`)

/** The part of the tree whose units, posts and holders the actor keeps: null for all of it, undefined for none. */
export function keeps(actor: Actor): string | null | undefined {
  if (actor.kind === 'system' || holds(actor, 'quan_tri_he_thong')) return null
  return postOf(actor, 'quan_tri_don_vi')?.unitPath
}

/** Holders are the affair of the unit's administrator and of the platform's (domain reference 1.3). */
export function canKeepPost(post: Pick<PostInUnit, 'role' | 'unitPath'>, actor: Actor): Refusal | null {
  const tree = keeps(actor)
  if (tree === null) return null
  if (tree !== undefined && within(post.unitPath, tree)) {
    return PLATFORM_ROLES.includes(post.role) ? denial('org.platform_post', 'Chức danh này do quản trị hệ thống giao, không phải quản trị đơn vị.') : null
  }
  return denial('org.not_administrator', 'Chỉ quản trị của đơn vị hoặc của hệ thống mới được đổi người giữ chức danh.')
}

/** Nobody gives themselves a post: administrators keep accounts and approve nothing (separation of duties). */
export function canGive(post: PostInUnit, officer: string, actor: Actor): Refusal | null {
  const refused = canKeepPost(post, actor)
  if (refused) return refused
  if (actor.kind === 'officer' && actor.id === officer) return denial('org.not_yourself', 'Không tự giao chức danh cho mình được; nhờ một quản trị khác.')
  if (post.validTo !== null) return refusal('org.post_ended', `Chức danh này đã kết thúc ngày ${formatDate(post.validTo)} nên không giao được nữa.`)
  if (post.unitValidTo !== null) return refusal('org.unit_ended', `Đơn vị đã kết thúc ngày ${formatDate(post.unitValidTo)}; giao chức danh ở đơn vị kế tục.`)
  return null
}

/** What is wrong with the dates of a holding, if anything. */
export function dateFaults(post: Pick<PostInUnit, 'validFrom'>, from: string, to: string | null): FieldError[] {
  if (from < post.validFrom) return [{ key: 'from', message: `Chức danh có từ ngày ${formatDate(post.validFrom)}; chọn ngày bắt đầu từ đó trở đi.` }]
  if (to !== null && to < from) return [{ key: 'to', message: 'Ngày thôi giữ phải từ ngày bắt đầu trở đi.' }]
  return []
}

/** Where a unit has its seat is the affair of its administrator and of the platform's. */
export function canPlaceSeat(unit: { readonly path: string }, actor: Actor): Refusal | null {
  const tree = keeps(actor)
  if (tree === null || (tree !== undefined && within(unit.path, tree))) return null
  return denial('org.not_administrator', 'Chỉ quản trị của đơn vị hoặc của hệ thống mới được ghi vị trí trụ sở.')
}
