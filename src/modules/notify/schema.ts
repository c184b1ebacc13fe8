// Shapes of the outbox: messages and their states, kinds and channels with their words, what comes in from forms.

import { z } from 'zod'
import type { NoticeChannel, NoticeKind } from '#core/notices/types.ts'
import { nfc } from '#core/text/index.ts'
import type { OwnNotice } from './own.ts'

export type NotifyChannel = NoticeChannel

export const CHANNELS: Readonly<Record<NoticeChannel, string>> = { inapp: 'Tin nhắn trên cổng', sms: 'Tin nhắn SMS', email: 'Thư điện tử' }

export const KINDS: Readonly<Record<NoticeKind, string>> = {
  action: 'Việc cần ông/bà làm', progress: 'Diễn biến hồ sơ', result: 'Kết quả', money: 'Phí, lệ phí', account: 'Tài khoản và bảo mật', office: 'Việc của cán bộ',
}

export const MESSAGE_STATES = {
  waiting: 'Chờ gửi', held: 'Giữ lại', sending: 'Đang gửi', sent: 'Đã gửi', failed: 'Sẽ thử lại', dead: 'Không gửi được', cancelled: 'Thôi gửi',
} as const

export type MessageState = keyof typeof MESSAGE_STATES

/** Why a message is where it is. Sentences for officers; none holds anything of the case. */
export const WHYS = {
  no_provider: 'Chưa nối với nhà cung cấp của kênh này.',
  quiet: 'Đang giờ yên lặng; gửi khi hết giờ.',
  daily_limit: 'Người này đã nhận đủ số tin trong ngày; gửi gộp vào sáng mai.',
  outage: 'Nhà cung cấp đang gián đoạn; gửi lần lượt khi có lại.',
  order: 'Chờ tin trước của cùng người nhận gửi xong.',
  queue: 'Xếp hàng theo tốc độ gửi của kênh.',
  asking: 'Mất câu trả lời khi gửi; đang hỏi lại nhà cung cấp trước khi gửi nữa.',
  retry: 'Lần gửi trước không được; sẽ thử lại.',
  refused: 'Nhà cung cấp từ chối, thử lại cũng không được.',
  exhausted: 'Đã thử đủ số lần.',
  too_long: 'Đã chờ quá lâu mà chưa gửi được.',
  unknown: 'Không rõ đã đến hay chưa. Hỏi người nhận trước khi gửi lại.',
  undelivered: 'Tổng đài báo tin không đến được máy người nhận.',
  bad_address: 'Số điện thoại hoặc địa chỉ không nhận được tin.',
  superseded: 'Đã có tin mới hơn về cùng việc.',
  stale: 'Để lâu quá, không còn ích gì.',
  merged: 'Đã gộp vào một tin chung.',
  told: 'Cán bộ đã báo bằng cách khác.',
  other_channel: 'Đã chuyển sang kênh khác.',
} as const

export type Why = keyof typeof WHYS

export interface Message {
  readonly id: string
  readonly seq: number
  readonly eventId: number
  readonly template: string
  readonly kind: NoticeKind
  readonly channel: NoticeChannel
  readonly recipient: string
  readonly citizenId: string | null
  readonly officerId: string | null
  readonly unitId: string | null
  readonly unitPath: string | null
  /** What it is about, e.g. a dossier's id. */
  readonly subject: string
  /** The same for people: a dossier's code. */
  readonly about: string | null
  readonly href: string | null
  readonly title: string
  readonly body: string
  readonly state: MessageState
  readonly why: Why | null
  readonly urgent: boolean
  readonly createdAt: Date
  readonly nextAt: Date | null
  readonly slotted: boolean
  readonly attempts: number
  readonly firstTryAt: Date | null
  /** When an owner sent it on its way anew. */
  readonly renewedAt: Date | null
  readonly usefulUntil: Date | null
  readonly sentAt: Date | null
  readonly failedReason: string | null
  readonly providerRef: string | null
  readonly parts: number | null
  readonly deliveredAt: Date | null
  readonly undeliveredAt: Date | null
  readonly checkCode: string
  readonly readAt: Date | null
  readonly mergedInto: string | null
  readonly ownerRole: string | null
  readonly diedAt: Date | null
  readonly closedAt: Date | null
  readonly closedBy: string | null
  readonly closedNote: string | null
}

/** One thing to tell one person. */
export interface Telling {
  /** The event that caused it; with template, channel and recipient it makes each message unique. */
  readonly eventId: number
  readonly template: string
  readonly values: Readonly<Record<string, string>>
  /** Words of the procedure's own in place of the book's. */
  readonly own?: OwnNotice
  readonly subject: string
  readonly about?: string | null
  readonly href?: string | null
  /** Whose dead letters these are. */
  readonly unit?: { readonly id: string; readonly path: string } | null
  readonly to: {
    readonly citizenId?: string | null
    readonly officerId?: string | null
    readonly phone?: string | null
    readonly email?: string | null
  }
}

const words = (max: number) => z.string().transform((text) => nfc(text).trim()).pipe(z.string().max(max, `Viết không quá ${max} chữ.`))

export const ClaimInput = z.object({ channel: z.enum(['sms', 'email']), address: words(254) })
export const VerifyInput = z.object({ channel: z.enum(['sms', 'email']), code: words(20) })
export const ChoiceInput = z.object({ off: z.array(z.string().max(40)).max(40) })
export const ManyInput = z.object({ ids: z.array(z.uuid()).min(1, 'Chọn ít nhất một tin.').max(500) })
export const OtherChannelInput = z.object({ id: z.uuid(), channel: z.enum(['sms', 'email']) })
export const ToldInput = z.object({ id: z.uuid(), note: words(500).pipe(z.string().min(5, 'Ghi đã báo thế nào, lúc nào, ai nghe máy.')) })
export const CheckInput = z.object({ text: words(4000) })
export const ReportInput = z.object({ text: words(4000).pipe(z.string().min(3, 'Dán nội dung tin ông/bà nhận được.')), sender: words(100).optional(), note: words(1000).optional() })
export const CloseReportInput = z.object({ id: z.uuid(), note: words(500).pipe(z.string().min(3, 'Ghi đã xử lý thế nào.')) })
