// "Tôi muốn nhận tin qua": a citizen gives a number or address, proves by a code that it is theirs, and chooses channels by kind.

import { createHmac, randomInt } from 'node:crypto'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { Conflict, Forbidden, Invalid } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { mobileNumber } from '#core/notices/sms.ts'
import { maskEmail, maskPhone } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import * as store from './contact-store.ts'
import { choiceMade, contactClaimed, contactVerified } from './events.ts'
import { tellIn } from './outbox.ts'
import { CHOOSABLE } from './rules.ts'
import { ChoiceInput, ClaimInput, VerifyInput } from './schema.ts'

const CODE_MINUTES = 15
const TRIES = 5
/** Codes a day and channel: enough for a mistyped number, too few to send anybody spam with. */
const CLAIMS_A_DAY = 5

function citizenOf(ctx: Ctx): string {
  if (ctx.actor.kind === 'citizen') return ctx.actor.id
  throw new Forbidden('notify.not_a_citizen', 'Nơi nhận tin là của công dân. Đăng nhập bằng VNeID để chọn.')
}

const digestOf = (ctx: Ctx, citizenId: string, address: string, code: string): string => createHmac('sha256', ctx.secret).update(`${citizenId} ${address} ${code}`).digest('hex')

function cleanAddress(channel: store.Reach, typed: string): string {
  if (channel === 'sms') {
    const mobile = mobileNumber(typed)
    if (mobile) return mobile
    throw new Invalid([{ key: 'address', message: 'Ghi số điện thoại di động 10 chữ số, ví dụ 0912 345 678.' }])
  }
  const email = typed.toLowerCase()
  if (/^[^\s@"<>]+@[^\s@"<>]+\.[^\s@"<>]{2,}$/.test(email)) return email
  throw new Invalid([{ key: 'address', message: 'Ghi địa chỉ thư điện tử đầy đủ, ví dụ hoa@example.vn.' }])
}

export const maskAddress = (channel: string, address: string): string => (channel === 'sms' ? maskPhone(address) : channel === 'email' ? maskEmail(address) : '')

/** Sends a code to the number or address; it counts only when the code comes back. Throws Invalid, Conflict after five codes a day. */
export const claimContact = act(ClaimInput, async (ctx, tx, { channel, address: typed }) => {
  const citizenId = citizenOf(ctx)
  const address = cleanAddress(channel, typed)
  const contact = await store.holdContact(tx, citizenId, channel)
  if (contact.address === address && contact.verifiedAt) throw new Conflict('notify.already_verified', 'Số hoặc địa chỉ này ông/bà đã xác nhận rồi, đang dùng để nhận tin.')
  const today = localDate(ctx.now)
  const count = (contact.claimedOn === today ? contact.claimsToday : 0) + 1
  if (count > CLAIMS_A_DAY) throw new Conflict('notify.too_many_codes', `Hôm nay đã gửi ${CLAIMS_A_DAY} mã. Thử lại vào ngày mai, hoặc nhờ Bộ phận một cửa.`)
  const otp = String(randomInt(1_000_000)).padStart(6, '0')
  await store.claim(tx, citizenId, channel, { address, digest: digestOf(ctx, citizenId, address, otp), until: new Date(ctx.now.getTime() + CODE_MINUTES * 60_000), on: today, count })
  const eventId = await emit(tx, ctx, contactClaimed, citizenId, { channel })
  // Not to the account but to the number itself, whatever was verified or chosen before: it has to prove itself.
  await tellIn(tx, ctx, {
    eventId, template: 'account.contact_code', values: { otp, minutes: String(CODE_MINUTES) }, subject: citizenId,
    to: channel === 'sms' ? { phone: address } : { email: address },
  })
  return { address }
})

/** Proves the claimed number or address. Throws Invalid with what is left to do. */
export async function verifyContact(ctx: Ctx, input: { channel: string; code: string }): Promise<void> {
  const citizenId = citizenOf(ctx)
  const { channel, code } = VerifyInput.parse(input)
  // A wrong try must be counted although the act fails, so the refusal is thrown after the commit.
  const fault = await inTransaction(ctx.db, async (tx) => {
    const contact = await store.holdContact(tx, citizenId, channel)
    if (!contact.claimed || !contact.codeDigest) return 'Chưa có mã nào đang chờ. Ghi số hoặc địa chỉ để nhận mã.'
    if (!contact.codeUntil || contact.codeUntil <= ctx.now) return 'Mã đã hết hạn. Bấm gửi lại để nhận mã mới.'
    if (contact.codeTries >= TRIES) return 'Đã nhập sai quá số lần. Bấm gửi lại để nhận mã mới.'
    if (digestOf(ctx, citizenId, contact.claimed, code.replaceAll(/\D/g, '')) !== contact.codeDigest) {
      await store.countTry(tx, citizenId, channel, contact.codeTries + 1)
      return `Mã chưa đúng. Xem lại tin nhắn; còn ${TRIES - contact.codeTries - 1} lần thử.`
    }
    await store.keep(tx, citizenId, channel, contact.claimed, ctx.now)
    const eventId = await emit(tx, ctx, contactVerified, citizenId, { channel })
    await tellIn(tx, ctx, {
      eventId, template: 'account.contact_verified', values: { where: maskAddress(channel, contact.claimed) }, subject: citizenId, href: '/nhan-tin', to: { citizenId },
    })
    return null
  })
  if (fault) throw new Invalid([{ key: 'code', message: fault }])
}

/** Takes the verified number or address away; messages go again to what stands in each form. */
export async function dropContact(ctx: Ctx, channel: store.Reach): Promise<void> {
  await inTransaction(ctx.db, (tx) => store.forget(tx, citizenOf(ctx), channel))
}

/** Chooses away channels by kind; the copy in the portal stays. `off` has 'progress.sms' and the like; anything else is refused. */
export const chooseChannels = act(ChoiceInput, async (ctx, tx, { off }) => {
  const citizenId = citizenOf(ctx)
  const chosen = off.map((one) => {
    const [kind = '', channel = ''] = one.split('.')
    if (!(CHOOSABLE as readonly string[]).includes(kind) || (channel !== 'sms' && channel !== 'email')) throw new Invalid([{ key: 'off', message: 'Lựa chọn này không có. Tải lại trang rồi chọn lại.' }])
    return { kind, channel: channel as store.Reach }
  })
  await store.choose(tx, citizenId, chosen, ctx.now)
  await emit(tx, ctx, choiceMade, citizenId, { off })
})

export interface ContactsView {
  readonly contacts: readonly store.Contact[]
  readonly off: ReadonlySet<string>
}

/** The citizen's own numbers, addresses and choices. */
export async function myContacts(ctx: Ctx): Promise<ContactsView> {
  const citizenId = citizenOf(ctx)
  const [contacts, off] = await Promise.all([store.contactsOf(ctx.db, citizenId), store.choicesOff(ctx.db, citizenId)])
  return { contacts, off }
}
