// Which fact about a dossier is told to whom, by which template and with which values: the one place where that is decided.

import type { Ctx } from '#core/ctx.ts'
import { listEvents, type RecordedEvent } from '#core/events/index.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { findSeat, getUnit, listHolders } from '#modules/org/index.ts'
import type { Dossier } from './schema.ts'
import * as store from './store.ts'

/** One template for one circle of readers. */
export interface Told {
  readonly template: string
  readonly values?: Readonly<Record<string, string>>
  /** Officers by id; absent: the applicant. */
  readonly officers?: readonly string[]
  readonly href?: string
}

interface Found {
  readonly ctx: Ctx
  readonly dossier: Dossier
  readonly event: RecordedEvent
  readonly data: Data
}

interface Data {
  readonly code?: string | null
  readonly reasons?: readonly { readonly text: string; readonly detail?: string | null }[]
  readonly note?: string | null
  readonly officers?: readonly string[]
  readonly to?: number
  readonly steps?: readonly { readonly from: string; readonly to: string | null }[]
  readonly asked?: readonly string[]
  readonly was?: string | null
  readonly fee?: { readonly before: number; readonly after: number; readonly refund: number } | null
  readonly unresolved?: boolean
  readonly before?: boolean
  readonly dueAt?: string | null
  readonly totalVnd?: number
  readonly amountVnd?: number
  readonly unit?: string
  readonly receivedUnit?: string
  readonly apologyUntil?: string | null
  readonly officer?: string
  readonly name?: string
  readonly unitName?: string
  readonly which?: string
  readonly way?: string
  readonly how?: string
  readonly label?: string
  readonly reason?: string
  readonly fromName?: string
  readonly toName?: string
  readonly desk?: string
  readonly deskName?: string
  readonly decides?: boolean
  readonly day?: string
  readonly decision?: string
  readonly back?: boolean
}

type Telling = (found: Found) => Promise<readonly Told[]> | readonly Told[]

const closed = (text: string): string => (/[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`)

/** All reasons as sentences; the officer's own words after them. */
function reasons({ reasons: given = [], note }: Data): string {
  const said = given.map(({ text, detail }) => closed(detail ? `${text.replace(/[.:]\s*$/, '')}: ${detail}` : text))
  return [...said, ...(note?.trim() ? [closed(note)] : [])].join(' ') || 'Xem trong văn bản ở trang hồ sơ.'
}

const dueOf = ({ dossier, data }: Found): string | null => {
  const at = data.dueAt ? new Date(data.dueAt) : dossier.dueAt
  return at ? formatDateTime(at) : null
}

/** What a move to another version means for the applicant, in sentences. */
function movedWords({ dueAt, was, fee, asked }: Data): string {
  return [
    dueAt ? `Hẹn trả ${formatDateTime(new Date(dueAt))}${was ? `, trước đây là ${formatDateTime(new Date(was))}` : ''}.` : null,
    fee ? `Phí, lệ phí ${formatVnd(fee.before)} nay là ${formatVnd(fee.after)}${fee.refund > 0 ? `; cơ quan sẽ xét hoàn lại ${formatVnd(fee.refund)}` : ''}.` : null,
    asked?.length ? `Khi bổ sung hồ sơ, ông/bà cần thêm: ${asked.join('; ')}.` : null,
  ].filter(Boolean).join(' ')
}

function toldOfMove({ officers, to }: Data, what: string | null, step: string): Told[] {
  const told: Told[] = what === null ? [] : [{ template: 'dossiers.version_changed', values: { what } }]
  if (officers && officers.length > 0) told.push({ template: 'office.version_changed', values: { number: String(to), step }, officers })
  return told
}

const dated = (template: string): Telling => (found) => {
  const due = dueOf(found)
  return due ? [{ template, values: { due, reasons: reasons(found.data) } }] : []
}

const reasoned = (template: string): Telling => ({ data }) => [{ template, values: { reasons: reasons(data) } }]
const plain = (template: string): Telling => () => [{ template }]

const LEADERS = ['lanh_dao_don_vi', 'chu_tich', 'lanh_dao_phong'] as const

/** Who answers for a unit: its leaders, else its one-stop desk. */
async function leadersOf(ctx: Ctx, unitId: string): Promise<string[]> {
  for (const roles of [LEADERS, ['mot_cua'] as const]) {
    const found = await Promise.all(roles.map((role) => listHolders(ctx.db, unitId, role, localDate(ctx.now))))
    const ids = [...new Set(found.flat().map((one) => one.id))]
    if (ids.length > 0) return ids
  }
  return []
}

const toLeaders = (template: string, unitOf: (found: Found) => string | undefined, values: (found: Found) => Record<string, string> = () => ({})): Telling =>
  async (found) => {
    const unit = unitOf(found)
    return unit ? [{ template, values: values(found), officers: await leadersOf(found.ctx, unit) }] : []
  }

const withDue = (found: Found): Record<string, string> => ({ due: dueOf(found) ?? 'đã qua' })

const TELLINGS: Readonly<Record<string, Telling>> = {
  // Who hands in at a counter is answered at the counter.
  'dossiers.submitted': ({ dossier }) => (dossier.receptionDueAt && dossier.channel !== 'truc_tiep' ? [{ template: 'dossiers.submitted', values: { until: formatDateTime(dossier.receptionDueAt) } }] : []),
  'dossiers.reception_late': async (found) => {
    const unit = found.data.receivedUnit ?? found.dossier.receivedUnitId
    const desk = await listHolders(found.ctx.db, unit, 'mot_cua', localDate(found.ctx.now))
    const officers = [...new Set([...(await leadersOf(found.ctx, unit)), ...desk.map((one) => one.id)])]
    return [{ template: 'dossiers.reception_late' }, { template: 'office.reception_late', officers }]
  },
  'dossiers.accepted': (found) => {
    const due = dueOf(found)
    return [due ? { template: 'dossiers.accepted', values: { due } } : { template: 'dossiers.accepted_undated' }]
  },
  'dossiers.refused': reasoned('dossiers.refused'),
  'dossiers.supplement_requested': async ({ ctx, dossier, event, data }) => {
    if (data.before) return [{ template: 'dossiers.supplement_before', values: { reasons: reasons(data) } }]
    const earlier = (await listEvents(ctx.db, dossier.id)).filter((one) => one.id < event.id)
    const again = earlier.some((one) => one.name === 'dossiers.supplement_requested' && (one.data as Data).before === false)
    if (!again) return [{ template: 'dossiers.supplement_requested', values: { reasons: reasons(data) } }]
    const permit = earlier.findLast((one) => one.name === 'dossiers.supplement_permitted')?.data as { reason?: string } | undefined
    return [{ template: 'dossiers.supplement_again', values: { reasons: reasons(data), why: closed(permit?.reason ?? 'Lãnh đạo đơn vị đã cho phép và ghi lý do trong hồ sơ') } }]
  },
  'dossiers.supplement_revoked': dated('dossiers.supplement_revoked'),
  'dossiers.clock_resumed': async (found) => {
    const told = dated('dossiers.clock_resumed')(found)
    // Taking a request back says it by itself.
    const near = (await listEvents(found.ctx.db, found.dossier.id)).some((one) => one.name === 'dossiers.supplement_revoked' && Math.abs(one.at.getTime() - found.event.at.getTime()) < 1000)
    return near ? [] : told
  },
  'dossiers.apologised': dated('dossiers.apologised'),
  'dossiers.extended': dated('dossiers.extended'),
  'dossiers.deadline_moved': (found) => (found.data.which === 'legal' ? dated('dossiers.redated')(found) : []),
  'dossiers.reopened': dated('dossiers.reopened'),
  'dossiers.consultation_opened': async ({ ctx, data }) => [
    { template: 'dossiers.consulted', values: { agency: data.unitName ?? 'cơ quan khác' } },
    ...(data.unit ? [{ template: 'office.consulted', officers: await leadersOf(ctx, data.unit) }] : []),
  ],
  'dossiers.consultation_reminded': toLeaders('office.consult_late', ({ data }) => data.unit, withDue),
  'dossiers.consultation_overdue': toLeaders('office.consult_late', ({ data }) => data.unit, withDue),
  'dossiers.duty_asked': async ({ ctx, dossier, event, data }) => {
    const noticed = (await listEvents(ctx.db, dossier.id)).some((one) => one.name === 'dossiers.duty_noticed' && one.id > event.id)
    return noticed ? [] : [{ template: 'dossiers.duty_asked', values: { reasons: reasons(data) } }]
  },
  'dossiers.duty_noticed': ({ data }) => [{ template: 'dossiers.duty_noticed', values: { amount: formatVnd(data.totalVnd ?? 0) } }],
  // What was paid here is told by the receipt.
  'dossiers.duty_settled': ({ data }) => (data.way === 'payment' ? [] : [{ template: 'dossiers.duty_settled' }]),
  'payments.order_opened': async ({ ctx, dossier, event, data }) => {
    if (dossier.channel === 'truc_tiep' || !data.amountVnd) return [] // asked for and paid across the counter
    const duty = (await listEvents(ctx.db, dossier.id)).some((one) => one.name === 'dossiers.duty_noticed' && Math.abs(one.at.getTime() - event.at.getTime()) < 1000)
    return duty ? [] : [{ template: 'dossiers.fee_due', values: { amount: formatVnd(data.amountVnd) } }]
  },
  'payments.receipt_cancelled': ({ data }) => [{ template: 'dossiers.receipt_cancelled', values: { amount: formatVnd(data.amountVnd ?? 0), reasons: closed(data.reason ?? 'Xem ở trang hồ sơ') } }],
  'payments.refunded': ({ data }) => (data.amountVnd ? [{ template: 'dossiers.refunded', values: { amount: formatVnd(data.amountVnd) } }] : []),
  'payments.order_paid': ({ data }) => (data.amountVnd ? [{ template: 'dossiers.payment_received', values: { amount: formatVnd(data.amountVnd) } }] : []),
  'dossiers.finished': ({ data }) => [{ template: data.unresolved ? 'dossiers.unresolved' : 'dossiers.finished' }],
  'dossiers.stopped': reasoned('dossiers.stopped'),
  'dossiers.returned': plain('dossiers.returned'),
  'dossiers.withdrawn': plain('dossiers.withdrawn'),
  'dossiers.paper_replaced': ({ data }) => [{ template: 'dossiers.paper_replaced', values: { label: data.label ?? 'Giấy tờ', reasons: closed(data.reason ?? 'Sai sót khi cấp') } }],
  'appeals.lodged': async ({ ctx, data }) => {
    const unit = data.unit ? await getUnit(ctx.db, data.unit) : null
    return [{ template: 'dossiers.appealed', values: { agency: unit?.name ?? 'cơ quan cấp trên' } }, ...(unit ? [{ template: 'office.appeal', officers: await leadersOf(ctx, unit.id) }] : [])]
  },
  'appeals.overdue': toLeaders('office.appeal_late', ({ data }) => data.unit, withDue),
  'appeals.due_moved': (found) => [{ template: 'dossiers.appeal_redated', values: withDue(found) }],
  'appeals.decided': ({ data }) => [{
    template: 'dossiers.appeal_decided', values: { outcome: `${data.how === 'overturn' ? 'Chấp nhận khiếu nại, hồ sơ được xem xét lại.' : 'Giữ nguyên quyết định đã có.'} ${reasons(data)}` },
  }],
  'dossiers.view_answered': plain('dossiers.view_answered'),
  'dossiers.unit_moved': async ({ ctx, dossier, data }) => {
    const seat = data.desk ? await findSeat(ctx.db, data.desk) : null
    const place = `${data.deskName ?? ''}${seat?.address ? `, ${seat.address}` : ''}`
    const values = { from: data.fromName ?? '', to: data.toName ?? '', day: formatDate(data.day ?? localDate(ctx.now)), decision: data.decision ?? '', place }
    if (data.code) return [{ template: data.back ? 'dossiers.unit_back' : data.decides ? 'dossiers.unit_moved' : 'dossiers.desk_moved', values }]
    // a draft: whoever holds it is told where it is handed in now, the citizen at home or the officer who typed it at the counter
    const holder = dossier.citizenId ? {} : { officers: dossier.filedBy ? [dossier.filedBy] : [] }
    const template = dossier.citizenId ? (data.back ? 'dossiers.draft_back' : 'dossiers.draft_moved') : data.back ? 'office.draft_back' : 'office.draft_moved'
    return [{ template, values, ...holder }]
  },
  // Told to the applicant only when it concerns them: another date, another fee, something more to give.
  'dossiers.version_changed': ({ data }) => toldOfMove(data, data.dueAt || data.fee || data.asked?.length ? movedWords(data) : null, data.steps?.find((step) => step.to)?.to ?? 'bước đang làm'),
  'dossiers.version_restored': ({ data }) => toldOfMove(data, data.dueAt ? `Hẹn trả trở lại như trước: ${formatDateTime(new Date(data.dueAt))}.` : null, 'bước như trước khi chuyển'),
  // For officers only.
  'dossiers.due_near': toLeaders('office.due_near', ({ data }) => data.unit, (found) => ({
    due: dueOf(found) ?? 'sắp tới', until: found.data.apologyUntil ? formatDateTime(new Date(found.data.apologyUntil)) : 'ngay',
  })),
  'dossiers.instructed': toLeaders('office.instructed', ({ data }) => data.unit, ({ data }) => ({ reasons: reasons(data) })),
  'dossiers.view_questioned': toLeaders('office.view_questioned', ({ data }) => data.unit),
  'work.escalated': toLeaders('office.escalated', ({ dossier }) => dossier.decidedUnitId ?? dossier.receivedUnitId, ({ data }) => ({ step: data.name ?? 'một bước quá hạn' })),
  'work.item_assigned': ({ data }) => (data.officer ? [{ template: 'office.assigned', values: { step: data.name ?? '' }, officers: [data.officer] }] : []),
  'work.item_reassigned': ({ data }) => (data.officer ? [{ template: 'office.assigned', values: { step: data.name ?? '' }, officers: [data.officer] }] : []),
}

/** Where the applicant of a dossier can be reached, for a message that has to go another way; for the platform, not for a reader. */
export async function applicantReach(ctx: Ctx, id: string): Promise<{ phone: string | null; email: string | null } | null> {
  const dossier = /^[0-9a-f-]{36}$/i.test(id) ? await store.find(ctx.db, id) : null
  return dossier && { phone: dossier.applicant.phone ?? null, email: dossier.applicant.email ?? null }
}

/** The facts that are told. */
export const TOLD_FACTS: readonly string[] = Object.keys(TELLINGS)

/** What is to be told about a fact, with the values that every template about a dossier may name. */
export async function tellingsOf(ctx: Ctx, dossier: Dossier, event: RecordedEvent): Promise<readonly Told[]> {
  const told = (await TELLINGS[event.name]?.({ ctx, dossier, event, data: event.data as Data })) ?? []
  if (told.length === 0) return told
  const unit = await getUnit(ctx.db, dossier.receivedUnitId)
  const common = { code: dossier.code ?? '', procedure: dossier.procedureName, unit: unit.name, today: formatDate(localDate(ctx.now)) }
  return told.map((one) => ({ ...one, values: { ...common, ...one.values } }))
}
