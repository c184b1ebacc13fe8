// What follows from a dossier's facts after the commit: printed forms are kept, the applicant is told.

import type { Ctx } from '#core/ctx.ts'
import type { Reaction, RecordedEvent } from '#core/events/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import { send } from '#modules/notify/index.ts'
import { keepPrints } from './prints.ts'
import type { Dossier } from './schema.ts'
import * as store from './store.ts'

type Telling = (dossier: Dossier, data: { reasons?: { text: string }[]; unresolved?: boolean; before?: boolean }) => { title: string; body: string } | null

const where = (dossier: Dossier) => `Hồ sơ ${dossier.code}`

const TELLINGS: Readonly<Record<string, Telling>> = {
  'dossiers.submitted': (d) => ({ title: 'Đã nhận hồ sơ nộp', body: `${where(d)} đã nộp. Bộ phận một cửa sẽ trả lời trong 8 giờ làm việc, chậm nhất ${formatDateTime(d.receptionDueAt!)}.` }),
  'dossiers.accepted': (d) => ({ title: 'Hồ sơ được tiếp nhận', body: `${where(d)} đã được tiếp nhận. Hẹn trả kết quả: ${formatDateTime(d.dueAt!)}.` }),
  'dossiers.refused': (d, { reasons }) => ({ title: 'Hồ sơ không được tiếp nhận', body: `${where(d)} không được tiếp nhận. Lý do: ${said(reasons)}` }),
  'dossiers.supplement_requested': (d, { reasons }) => ({ title: 'Cần bổ sung hồ sơ', body: `${where(d)} cần bổ sung: ${said(reasons)}` }),
  'dossiers.clock_resumed': (d) => (d.dueAt ? { title: 'Tiếp tục giải quyết', body: `${where(d)} được tiếp tục giải quyết. Hẹn trả mới: ${formatDateTime(d.dueAt)}.` } : null),
  'dossiers.finished': (d, { unresolved }) => ({
    title: unresolved ? 'Có thông báo về hồ sơ' : 'Đã có kết quả', body: `${where(d)} ${unresolved ? 'không được giải quyết, đã có thông báo nêu lý do' : 'đã có kết quả'}. Mời ông/bà nhận trực tuyến hoặc tại nơi đã nộp.`,
  }),
  'dossiers.returned': (d) => ({ title: 'Đã trả kết quả', body: `${where(d)} đã được trả kết quả. Cảm ơn ông/bà.` }),
  'dossiers.withdrawn': (d) => ({ title: 'Đã rút hồ sơ', body: `${where(d)} đã được rút theo yêu cầu của người nộp.` }),
}

const said = (reasons: { text: string }[] | undefined): string => (reasons ?? []).map((reason) => reason.text).join(' ')

async function tell(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const dossier = await store.find(ctx.db, event.subject)
  const words = dossier && TELLINGS[event.name]?.(dossier, event.data)
  if (!dossier || !words) return
  const message = { eventId: event.id, template: event.name, citizenId: dossier.citizenId, subject: dossier.id, title: words.title, body: words.body }
  if (dossier.citizenId) await send(ctx, { ...message, channel: 'inapp', recipient: dossier.citizenId })
  if (dossier.applicant.phone) await send(ctx, { ...message, channel: 'sms', recipient: dossier.applicant.phone })
  if (dossier.applicant.email) await send(ctx, { ...message, channel: 'email', recipient: dossier.applicant.email })
}

const PRINTED = ['dossiers.accepted', 'dossiers.refused', 'dossiers.supplement_requested', 'dossiers.signed', 'dossiers.numbered', 'dossiers.withdrawn']

export const reactions: readonly Reaction[] = [
  ...Object.keys(TELLINGS).map((event) => ({ event, name: `dossiers.tell:${event}`, run: tell })),
  ...PRINTED.map((event) => ({ event, name: `dossiers.print:${event}`, run: (ctx: Ctx, fact: RecordedEvent) => keepPrints(ctx, fact.subject) })),
]
