// What identity decides without asking the database: whether a session still lives, when a login locks, what a password must be.

import { denial, type FieldError, Forbidden, type Refusal } from '#core/errors.ts'
import { type Actor, holds, type Post, postOf } from '#core/policy/actor.ts'
import { formatDate, formatTime } from '#core/text/dates.ts'
import { type SignInRules, STANDARD_SIGN_IN } from '#core/policy/sign-in.ts'
import { addMonths, localDate } from '#core/workdays/local.ts'
import { LOCK, SESSION_LIMITS } from './schema.ts'

export type Kind = 'citizen' | 'officer'

export interface Times {
  readonly kind: Kind
  readonly seenAt: Date
  readonly expiresAt: Date
}

/** Whether a session that was not revoked still counts: neither past its end nor left idle for too long. */
export const lives = ({ kind, seenAt, expiresAt }: Times, now: Date): boolean =>
  now < expiresAt && now.getTime() - seenAt.getTime() < SESSION_LIMITS[kind].idle

/** `seen_at` is written at most once a minute, so that reading pages does not write rows. */
export const shouldTouch = (seenAt: Date, now: Date): boolean => now.getTime() - seenAt.getTime() >= 60_000

export interface Failures {
  readonly tries: number
  readonly lastAt: Date
  readonly lockedUntil: Date | null
}

export const lockedUntil = (found: Failures | null, now: Date): Date | null =>
  found?.lockedUntil && found.lockedUntil > now ? found.lockedUntil : null

/** What stands after one more wrong try: the fifth locks for 15 minutes; after a lock, or a day, counting begins anew. */
export function afterFailure(before: Failures | null, now: Date): { tries: number; lockedUntil: Date | null } {
  const forgotten = !before || before.lockedUntil !== null || now.getTime() - before.lastAt.getTime() > LOCK.forgetAfterMs
  const tries = forgotten ? 1 : before.tries + 1
  return { tries, lockedUntil: tries >= LOCK.tries ? new Date(now.getTime() + LOCK.forMs) : null }
}

/** The same words whether the login is unknown or the password wrong. */
export function wrongPassword(tries: number | null): Forbidden {
  const left = tries === null ? '' : ` Còn ${LOCK.tries - tries} lần thử trước khi bị khóa ${LOCK.forMs / 60_000} phút.`
  return new Forbidden('identity.wrong_password', `Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại rồi thử lần nữa.${left}`, 401)
}

export const locked = (until: Date): Forbidden =>
  new Forbidden(
    'identity.locked',
    `Tên đăng nhập này đang bị khóa vì nhập sai ${LOCK.tries} lần. Thử lại sau ${formatTime(roundUp(until))} ngày ${formatDate(roundUp(until))}, hoặc nhờ quản trị đơn vị mở khóa.`,
    403,
  )

/** To the next full minute, so that the time on the screen is never too early. */
const roundUp = (at: Date): Date => new Date(Math.ceil(at.getTime() / 60_000) * 60_000)

/** TCVN 14423:2026: at least 8 characters beside a second factor; without one at least 14, mixed. Never with the login in it. */
export function passwordFaults(password: string, login: string, withFactor = false, rules: SignInRules = STANDARD_SIGN_IN): FieldError[] {
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length
  const least = withFactor ? rules.withFactor : rules.alone
  const eased = withFactor ? '' : ` Khi đã bật lớp xác thực thứ hai thì ${rules.withFactor} ký tự là đủ.`
  if ([...password].length < least) return [{ key: 'password', message: `Mật khẩu cần ít nhất ${least} ký tự. Một câu ngắn dễ nhớ là tốt nhất.${eased}` }]
  if (!withFactor && kinds < 3) return [{ key: 'password', message: 'Mật khẩu cần ít nhất ba loại trong bốn: chữ thường, chữ hoa, chữ số, ký hiệu.' }]
  if (password.toLowerCase().includes(login.toLowerCase())) return [{ key: 'password', message: 'Mật khẩu không được chứa tên đăng nhập.' }]
  return []
}

const ENFORCED = (rules: SignInRules, now: Date): boolean => localDate(now) >= rules.from

/** Whether somebody who holds these posts must sign in with a second factor on that day. */
export const mustHaveFactor = (posts: readonly Post[], rules: SignInRules, now: Date): boolean =>
  ENFORCED(rules, now) && posts.length > 0 && (rules.everybody || posts.some((post) => rules.factorRoles.includes(post.role)))

/** Whether the post is one of those that keep the system: shorter idle time, passwords that age. */
export const isAdministrator = (posts: readonly Post[], rules: SignInRules): boolean => posts.some((post) => rules.factorRoles.includes(post.role))

/** Administrators change their password every two months. */
export const passwordTooOld = (posts: readonly Post[], changedAt: Date, rules: SignInRules, now: Date): boolean =>
  ENFORCED(rules, now) && isAdministrator(posts, rules) && localDate(now) > addMonths(localDate(changedAt), rules.administratorsChangeAfterMonths)

/** The instant before which an account must have been used, or null where unused accounts stay. */
export const unusedBefore = (rules: SignInRules, now: Date): Date | null => (ENFORCED(rules, now) ? new Date(now.getTime() - rules.unusedDays * 86_400_000) : null)

/** Whether an officer's session has been left alone for too long. */
export const idleTooLong = (seenAt: Date, minutes: number, now: Date): boolean => now.getTime() - seenAt.getTime() >= minutes * 60_000

/** Whether the last proof is fresh enough for an act that changes rights or keys. */
export const freshlyConfirmed = (confirmedAt: Date | null, rules: SignInRules, now: Date): boolean =>
  confirmedAt !== null && now.getTime() - confirmedAt.getTime() <= rules.confirmMinutes * 60_000

/** Told only to whoever has shown the right password. */
export const disabled = (why: string | null): Forbidden =>
  new Forbidden(
    'identity.disabled',
    why === 'unused'
      ? 'Tài khoản đã tạm ngưng vì lâu không dùng. Nhờ quản trị đơn vị mở lại; không mất dữ liệu nào.'
      : 'Tài khoản đã tạm ngưng. Hỏi quản trị đơn vị để biết lý do và mở lại.',
    403,
  )

export function wrongCode(tries: number): Forbidden {
  return new Forbidden('identity.wrong_code', `Mã chưa đúng, hoặc đã dùng rồi. Chờ mã mới trên ứng dụng rồi nhập lại. Còn ${LOCK.tries - tries} lần thử trước khi bị khóa ${LOCK.forMs / 60_000} phút.`, 401)
}

const within = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`)

/** Accounts and locks are the administrators' (domain 1.3): the system's for all, a unit's for those all of whose posts lie in that unit and
 *  who are not the system's administrators themselves. The command line acts as the platform. */
export function canAdminister(actor: Actor, theirPosts: readonly Post[]): Refusal | null {
  if (actor.kind === 'system' || holds(actor, 'quan_tri_he_thong')) return null
  const desk = postOf(actor, 'quan_tri_don_vi')
  const mine = (post: Post) => desk !== null && post.role !== 'quan_tri_he_thong' && within(post.unitPath, desk.unitPath)
  if (desk && theirPosts.length > 0 && theirPosts.every(mine)) return null
  return denial(
    'identity.not_administrator',
    'Chỉ quản trị của đơn vị hoặc của hệ thống mới được làm việc này với tài khoản của người khác.',
  )
}

/** Tokens act for others without their password, so only the platform's own administrators give them. */
export function canIssueToken(actor: Actor): Refusal | null {
  if (actor.kind === 'system' || holds(actor, 'quan_tri_he_thong')) return null
  return denial('identity.no_token', 'Chỉ quản trị hệ thống mới được cấp mã truy cập.')
}

/** The post to act in: the one chosen if it is still held. */
export const postHeld = (posts: readonly Post[], postId: string | null): Post | null => posts.find((post) => post.id === postId) ?? null

/** With one post there is nothing to choose. */
export const firstPost = (posts: readonly Post[]): Post | null => (posts.length === 1 ? (posts[0] ?? null) : null)
