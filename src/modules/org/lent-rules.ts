// Who may be absent, who may stand in, and which posts may be lent to whom. Pure; NĐ 30/2020/NĐ-CP art. 13 where papers are signed.

import { denial, type FieldError, refusal, type Refusal } from '#core/errors.ts'
import { type Actor, type DelegationScope, holds, type Post, type Role } from '#core/policy/actor.ts'
import { formatDate } from '#core/text/dates.ts'
import { keeps } from './rules.ts'

export type Prefix = 'KT.' | 'TL.' | 'TUQ.'

/** How a deputy signs, with who may: art. 13 clauses 1, 4 and 3 of NĐ 30/2020/NĐ-CP. */
export const PREFIXES: Readonly<Record<Prefix, { readonly label: string; readonly who: string }>> = {
  'KT.': { label: 'KT. (ký thay)', who: 'cấp phó ký thay người đứng đầu' },
  'TL.': { label: 'TL. (thừa lệnh)', who: 'người đứng đầu đơn vị bên trong ký thừa lệnh' },
  'TUQ.': { label: 'TUQ. (thừa ủy quyền)', who: 'người đứng đầu đơn vị bên dưới ký thừa ủy quyền, bằng văn bản, có thời hạn' },
}

export const SCOPES: Readonly<Record<DelegationScope, string>> = {
  all: 'Toàn bộ nhiệm vụ của chức danh',
  sign: 'Chỉ ký, duyệt kết quả và văn bản',
  run: 'Chỉ điều hành, phân công; không ký',
}

/** Posts whose holder signs or decides for the unit. */
export const LEADERS: readonly Role[] = ['chu_tich', 'lanh_dao_don_vi', 'lanh_dao_phong', 'chanh_van_phong']
/** Posts that sign results: a unit without any of them present cannot finish a dossier. */
export const SIGNERS: readonly Role[] = ['chu_tich', 'lanh_dao_don_vi']
/** Never lent: they keep the platform, belong to another body, or are voted for. */
const NEVER_LENT: readonly Role[] = ['quan_tri_he_thong', 'quan_tri_don_vi', 'an_toan_tt', 'bcci', 'giam_sat', 'truong_thon']

export const isLeader = (role: string): boolean => (LEADERS as readonly string[]).includes(role)

const under = (path: string, tree: string): boolean => path === tree || path.startsWith(`${tree}.`)

/** Longest time for which a post is lent or an absence recorded in one go. */
export const MOST_DAYS = 184

export function spanFaults(from: string, to: string, today: string): FieldError[] {
  if (to < from) return [{ key: 'to', message: 'Ngày cuối phải từ ngày đầu trở đi.' }]
  if (to < today) return [{ key: 'to', message: `Khoảng ngày này đã qua; ngày cuối phải từ hôm nay ${formatDate(today)} trở đi.` }]
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
  return days > MOST_DAYS ? [{ key: 'to', message: `Một lần ghi không quá ${MOST_DAYS} ngày (6 tháng).` }] : []
}

/** Whether the actor heads an office that this unit belongs to. */
export const headsOver = (actor: Actor, path: string): boolean =>
  actor.kind === 'officer' && actor.posts.some((post) => isLeader(post.role) && under(path, post.unitPath))

const administers = (actor: Actor, path: string): boolean => {
  const tree = keeps(actor)
  return tree === null || (tree !== undefined && under(path, tree))
}

/** An absence is recorded by oneself, by a head above, or by the administrator of any unit the officer works in. */
export function canRecordAbsence(officer: { id: string; paths: readonly string[] }, actor: Actor): Refusal | null {
  if (actor.kind === 'officer' && actor.id === officer.id) return null
  if (officer.paths.some((path) => headsOver(actor, path) || administers(actor, path))) return null
  return denial('org.absence_not_yours', 'Chỉ chính người nghỉ, lãnh đạo hoặc quản trị của đơn vị mới ghi được ngày nghỉ.')
}

export interface Lending {
  readonly post: { readonly role: string; readonly unitPath: string; readonly validTo: string | null }
  /** who holds the post in its own right today, or on the first day */
  readonly holder: string | null
  readonly to: string
  /** the deputy's own posts in their own right */
  readonly deputyPosts: readonly Pick<Post, 'role' | 'unitPath'>[]
  readonly prefix: Prefix | null
  readonly scope: DelegationScope
}

/** Whether the prefix fits the deputy: KT. is a deputy of the same unit; TL. and TUQ. head a unit at or under it. */
function prefixFault({ post, deputyPosts, prefix }: Lending): Refusal | null {
  if (!isLeader(post.role)) {
    return prefix === null ? null : refusal('org.prefix_not_needed', 'Chức danh này không ký văn bản nên không ghi thể thức ký thay.')
  }
  if (prefix === null) return refusal('org.prefix_needed', 'Chọn thể thức ký: KT., TL. hoặc TUQ. (Điều 13 NĐ 30/2020/NĐ-CP).')
  const heads = deputyPosts.filter((own) => isLeader(own.role))
  const fits = prefix === 'KT.' ? heads.some((own) => own.unitPath === post.unitPath) : heads.some((own) => under(own.unitPath, post.unitPath))
  if (fits) return null
  return refusal('org.prefix_unfit', prefix === 'KT.'
    ? 'KT. chỉ dùng khi người nhận là cấp phó, giữ một chức danh lãnh đạo của chính đơn vị này.'
    : `${prefix} chỉ dùng khi người nhận đứng đầu một đơn vị bên trong hoặc bên dưới đơn vị này.`)
}

/** Whether a post may be lent so. Nobody lends to themselves, nobody lends what was lent to them, platform posts are never lent. */
export function canLend(lending: Lending, actor: Actor): Refusal | null {
  const { post, holder, to } = lending
  const own = actor.kind === 'officer' && actor.posts.some((mine) => mine.onBehalfOf && under(post.unitPath, mine.unitPath) && mine.role === post.role) && actor.id !== holder
  const mine = actor.kind === 'officer' && actor.id === holder
  if (own) return denial('org.no_chain', 'Chức danh này ông/bà đang giữ thay nên không ủy quyền lại cho người khác được (khoản 3 Điều 13 NĐ 30/2020/NĐ-CP).')
  if (!mine && !administers(actor, post.unitPath)) return denial('org.lend_not_yours', 'Chỉ người giữ chức danh, hoặc quản trị của đơn vị theo văn bản, mới ghi được ủy quyền.')
  if ((NEVER_LENT as readonly string[]).includes(post.role)) return denial('org.never_lent', 'Chức danh quản trị, giám sát, bưu chính không ủy quyền được; giao chức danh cho người khác nếu cần.')
  if (post.validTo !== null) return refusal('org.post_ended', `Chức danh này đã kết thúc ngày ${formatDate(post.validTo)}.`)
  if (holder === null) return refusal('org.nobody_holds', 'Chưa có ai giữ chức danh này nên không có gì để ủy quyền; giao chức danh trước.')
  if (to === holder) return refusal('org.lend_to_self', 'Không ủy quyền cho chính người đang giữ chức danh. Chọn người khác.')
  if (!mine && actor.kind === 'officer' && actor.id === to) return denial('org.not_yourself', 'Không tự ghi ủy quyền cho mình được; nhờ người giữ chức danh hoặc một quản trị khác.')
  if (lending.deputyPosts.length === 0) return refusal('org.deputy_without_post', 'Người nhận chưa giữ chức danh nào nên không nhận ủy quyền được.')
  return prefixFault(lending)
}

/** Whether what the post may do covers a step: one that signs, approves or decides, or one that only runs the office. */
export const scopeCovers = (scope: DelegationScope, decides: boolean): boolean => scope === 'all' || (scope === 'sign') === decides

/** Ends of what was lent are open to those who might have lent it, and to whoever received it: giving back is always allowed. */
export function canRevoke(lent: { fromOfficer: string; toOfficer: string; unitPath: string }, actor: Actor): Refusal | null {
  if (actor.kind === 'officer' && (actor.id === lent.fromOfficer || actor.id === lent.toOfficer)) return null
  if (administers(actor, lent.unitPath) || holds(actor, 'quan_tri_he_thong')) return null
  return denial('org.revoke_not_yours', 'Chỉ người ủy quyền, người nhận hoặc quản trị của đơn vị mới chấm dứt được ủy quyền.')
}
