// Shapes of what comes in: the claims of VNeID, the officer's form, tokens; and the numbers that bound a sign-in.

import { z } from 'zod'
import type { Actor, Post } from '#core/policy/actor.ts'
import { nfc } from '#core/text/fold.ts'

const HOUR = 3_600_000

/** How long a session lives at most and how long it may lie idle before it ends, in milliseconds. An officer's idle session does not end: it is
 *  locked (15 minutes, administrators 5; `SignInRules.idleMinutes`) and opened again where one was, so that nothing typed is lost. */
export const SESSION_LIMITS = {
  officer: { absolute: 8 * HOUR, idle: 8 * HOUR },
  citizen: { absolute: 12 * HOUR, idle: 2 * HOUR },
} as const

/** TCVN 14423:2026: at most 5 wrong tries, then a lock. */
export const LOCK = { tries: 5, forMs: 15 * 60_000, forgetAfterMs: 24 * HOUR } as const

const text = (max: number) =>
  z
    .string()
    .transform((value) => nfc(value).trim())
    .pipe(z.string().max(max))
const optionalText = (max: number) =>
  text(max)
    .transform((value) => value || null)
    .nullish()
    .transform((value) => value ?? null)

const Address = z
  .object({ province: optionalText(200), commune: optionalText(200), detail: optionalText(500) })
  .partial()
  .nullish()
  .transform((value) => value ?? null)

/** What VNeID says about a person (domain reference, section 10). Without a personal number nobody can be served, so it must be there. */
export const CitizenClaims = z.object({
  sub: z.string({ error: 'VNeID không gửi mã tài khoản.' }).min(1).max(255),
  personal_id: z
    .string({ error: 'VNeID không gửi số định danh cá nhân. Hãy đăng nhập lại và đồng ý chia sẻ số định danh.' })
    .regex(/^\d{12}$/, 'Số định danh do VNeID gửi không đủ 12 chữ số. Hãy thử lại; nếu vẫn lỗi thì báo cho Bộ phận một cửa.'),
  full_name: text(200).pipe(z.string().min(1, 'VNeID không gửi họ tên. Hãy đăng nhập lại và đồng ý chia sẻ họ tên.')),
  birth_date: z.iso
    .date()
    .nullish()
    .transform((value) => value ?? null),
  gender: optionalText(20),
  phone: optionalText(20),
  email: optionalText(254),
  address: Address,
  nationality: optionalText(100),
  ethnicity: optionalText(100),
  level: z.coerce.number().pipe(z.union([z.literal(1), z.literal(2)], { error: 'VNeID không cho biết mức tài khoản định danh.' })),
  preferred_username: optionalText(64),
  /** The organisation whose identity this person may use. */
  organization: z
    .object({ code: text(20), name: text(300), kind: text(40), role: text(200), address: Address })
    .nullish()
    .transform((value) => value ?? null),
})

export type CitizenClaims = z.output<typeof CitizenClaims>

/** A login as it may be registered; also what of a wrong login may be written down, since people type passwords in the wrong box. */
export const LOGIN_SHAPE = /^[a-z0-9][a-z0-9._@-]{1,63}$/

const login = z.string().transform((value) => value.trim().toLowerCase())
const registrable = login.pipe(z.string().regex(LOGIN_SHAPE, 'Tên đăng nhập gồm 2–64 chữ không dấu, số, dấu chấm, gạch nối hoặc @.'))

export const OfficerSignIn = z.object({
  login: login.pipe(z.string().min(1, 'Ghi tên đăng nhập.').max(200, 'Tên đăng nhập quá dài.')),
  password: z.string().min(1, 'Ghi mật khẩu.').max(200, 'Mật khẩu quá dài.'),
})

export const NewCredential = z.object({ officerId: z.string().min(1), login: registrable, password: z.string().min(1).max(200) })

export const NewCredentials = z.object({
  password: z.string().min(8, 'Mật khẩu chung cần ít nhất 8 ký tự.').max(200),
  officers: z.array(z.object({ officerId: z.string().min(1), login: registrable })),
})

export const PasswordChange = z.object({
  officerId: z.string().min(1),
  password: z.string().max(200),
  current: z.string().max(200).optional(),
  /** A session that may go on; every other of the officer ends. */
  keep: z.string().optional(),
})

export const CodeInput = z.object({ code: z.string().trim().min(1, 'Ghi mã xác thực.').max(40, 'Mã quá dài.') })

export const TokenRequest = z.object({
  login: z.string().trim().min(1, 'Ghi tên đăng nhập hoặc số định danh.'),
  postId: z.string().nullish(),
  hours: z
    .number()
    .positive()
    .max(24 * 366, 'Mã truy cập sống nhiều nhất một năm.'),
  label: z.string().trim().max(200).default('Mã truy cập'),
})

/** What was shown at a sign-in. `passkey` is two factors by itself: the device, and the finger, face or PIN that opens it. */
export type Proof = 'vneid' | 'password' | 'totp' | 'recovery' | 'passkey'

/** The device at the other end, as far as it tells. */
export interface Device {
  readonly ip?: string
  /** The secret of the device's own long-lived cookie, by which it is known again. */
  readonly mark?: string
  readonly userAgent?: string
  /** The session that this browser held before; it ends when the new one begins. */
  readonly replaces?: string
}

/** Who somebody is by a session or a token. */
export interface Recognised {
  readonly actor: Actor
  /** All posts that the officer holds today; empty for a citizen. */
  readonly posts: readonly Post[]
  /** The one post acted in, when there is one. */
  readonly post: Post | null
}

export interface RecognisedSession extends Recognised {
  readonly sessionId: string
  /** Left alone for too long: known, but nothing may be read or done before the person proves themselves again. */
  readonly locked: boolean
  /** Acts in an administrator's post. */
  readonly administrator: boolean
  /** Must set up a second factor before anything else. */
  readonly mustEnrol: boolean
  /** Must change the password before anything else. */
  readonly mustChange: boolean
  readonly hasFactor: boolean
  readonly confirmedAt: Date | null
  /** After so many minutes without a request the session locks; null for citizens, whose sessions end. */
  readonly idleMinutes: number | null
}

/** A session just begun. `secret` goes into the cookie and is kept nowhere else. */
export interface SignedIn extends Recognised {
  readonly sessionId: string
  readonly secret: string
  readonly expiresAt: Date
}

export interface SessionRow {
  readonly id: string
  readonly createdAt: Date
  readonly seenAt: Date
  readonly expiresAt: Date
  readonly userAgent: string | null
  /** Masked. */
  readonly ip: string | null
  readonly proof: Proof
}
