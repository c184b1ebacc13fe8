// Turns facts into sentences that a citizen understands: one display function for every event of a dossier.

import type { RecordedEvent } from '#core/events/index.ts'
import { ROLES } from '#core/policy/actor.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { reasonLine } from './reasons.ts'
import { BREACH_LABELS } from './schema.ts'

export interface TimelineEntry {
  readonly id: number
  readonly at: Date
  readonly name: string
  /** What happened, one sentence. */
  readonly sentence: string
  /** More of it: reasons, a note; each a line. */
  readonly details: readonly string[]
  /** Who, in words: name, role and unit; 'Hệ thống' for timers. */
  readonly who: string
  readonly tone: 'plain' | 'good' | 'warn' | 'bad'
}

interface Data {
  readonly cause?: string
  readonly from?: number
  readonly to?: number
  readonly decision?: string
  readonly was?: string | null
  readonly asked?: readonly string[]
  readonly steps?: readonly { from: string; to: string | null }[]
  readonly fee?: { before: number; after: number; refund: number } | null
  readonly firstDueAt?: string | null
  readonly totalVnd?: number
  readonly lines?: readonly { name: string; amountVnd: number }[]
  readonly on?: string | null
  readonly apologyUntil?: string | null
  readonly how?: string
  readonly code?: string
  readonly receiptNo?: string
  readonly dueAt?: string | null
  readonly derivation?: string | null
  readonly reasons?: readonly { text: string; clause: string | null; detail?: string | null; concerns?: { key: string; name: string } | null }[]
  readonly note?: string | null
  readonly before?: boolean
  readonly stepName?: string
  readonly outcomeLabel?: string
  readonly effect?: string | null
  readonly reason?: string
  readonly number?: string
  readonly label?: string
  readonly late?: boolean
  readonly unresolved?: boolean
  readonly rejection?: boolean
  readonly way?: string
  readonly part?: string
  readonly name?: string
  readonly source?: string
  readonly amountVnd?: number
  readonly receipt?: string
  readonly method?: string
  readonly decisionNo?: string
  readonly payBy?: string
  readonly which?: string
  readonly words?: string
  readonly rule?: boolean
  readonly wasVnd?: number
  readonly nowVnd?: number
  readonly basis?: string
  readonly officerName?: string
  readonly fromName?: string
  readonly toName?: string
  readonly unitName?: string
  readonly deskName?: string
  readonly back?: boolean
  readonly silence?: string
  readonly clause?: string | null
  readonly opinion?: string
  readonly afterSilence?: boolean
}

type Words = (data: Data, partName: (id: string) => string) => { sentence: string; details?: (string | null | undefined)[]; tone?: TimelineEntry['tone'] } | null

const due = (data: Data): string => (data.dueAt ? formatDateTime(new Date(data.dueAt)) : '')
const because = (data: Data): string[] => (data.reasons ?? []).map((reason) => { const line = reasonLine({ code: '', ...reason }); return reason.clause ? `${line} (${reason.clause})` : line })

const WORDS: Readonly<Record<string, Words>> = {
  'dossiers.drafted': () => ({ sentence: 'Bắt đầu soạn hồ sơ.' }),
  'dossiers.submitted': (data) => ({ sentence: `Đã nộp hồ sơ, mã ${data.code}.`, tone: 'good' }),
  'dossiers.accepted': (data) => ({ sentence: `Hồ sơ được tiếp nhận, giấy hẹn số ${data.receiptNo}; hẹn trả ${due(data)}.`, details: [data.derivation], tone: 'good' }),
  'dossiers.refused': (data) => ({ sentence: 'Hồ sơ không được tiếp nhận.', details: [...because(data), data.note], tone: 'bad' }),
  'dossiers.supplement_requested': (data) => ({
    sentence: data.before ? 'Đề nghị hoàn thiện hồ sơ trước khi tiếp nhận.' : 'Yêu cầu bổ sung hồ sơ; thời hạn giải quyết tạm dừng.', details: [...because(data), data.note], tone: 'warn',
  }),
  'dossiers.supplemented': (data) => ({ sentence: data.dueAt ? `Người nộp đã bổ sung; hẹn trả ${due(data)}.` : 'Người nộp đã bổ sung hồ sơ.', tone: 'good' }),
  'dossiers.step_completed': (data) =>
    data.effect && data.effect !== 'approve' ? null : { sentence: `${data.stepName}: ${data.outcomeLabel}.`, details: [data.note] },
  'dossiers.clock_paused': (data) => ({ sentence: `Tạm dừng tính thời hạn: ${data.reason}.`, tone: 'warn' }),
  'dossiers.clock_resumed': (data) => ({ sentence: `Tiếp tục tính thời hạn; hẹn trả ${due(data)}.`, details: [data.derivation] }),
  'dossiers.signed': (data) => ({ sentence: data.rejection ? 'Đã ký thông báo không giải quyết.' : 'Kết quả đã được ký.', tone: data.rejection ? 'bad' : 'good' }),
  'dossiers.numbered': (data) => ({ sentence: `Kết quả được cấp số ${data.number}.` }),
  'dossiers.finished': (data) => ({
    sentence: data.unresolved ? 'Đã có thông báo không giải quyết hồ sơ.' : `Đã có kết quả${data.late ? ', quá hạn' : ', đúng hạn'}.`, tone: data.unresolved || data.late ? 'bad' : 'good',
  }),
  'dossiers.returned': (data) => ({ sentence: `${data.unresolved ? 'Đã trả lại hồ sơ kèm thông báo' : 'Đã trả kết quả'} ${data.way === 'online' ? 'trực tuyến' : 'tại quầy'}.`, tone: 'good' }),
  'dossiers.paper_replaced': (data) => ({ sentence: `${data.label ?? 'Giấy tờ'}${data.number ? ` số ${data.number}` : ''} đã thu hồi, có bản thay thế.`, details: [data.reason], tone: 'warn' }),
  'dossiers.withdrawn': (data) => ({ sentence: 'Người nộp đã rút hồ sơ.', details: [data.note] }),
  'dossiers.supplement_permitted': (data) => ({ sentence: 'Lãnh đạo cho phép yêu cầu bổ sung thêm một lần.', details: [data.reason], tone: 'warn' }),
  'dossiers.supplement_revoked': (data) => ({ sentence: `Yêu cầu bổ sung được hủy, không phải bổ sung nữa${data.dueAt ? `; hẹn trả ${due(data)}` : ''}.`, details: [data.note], tone: 'good' }),
  'dossiers.breached': (data) => ({
    sentence: data.cause === 'reception_late' ? 'Trả lời sau 8 giờ làm việc.' : `Hồ sơ bị tính là trễ hạn: ${(BREACH_LABELS[data.cause as keyof typeof BREACH_LABELS] ?? '').toLocaleLowerCase('vi')}.`, tone: 'bad',
  }),
  'dossiers.apologised': (data) => ({
    sentence: `Cơ quan xin lỗi và hẹn lại: ${due(data)}.`, details: [...because(data), data.note, data.firstDueAt ? `Hẹn trả ban đầu ${formatDateTime(new Date(data.firstDueAt))} vẫn được ghi.` : null], tone: 'warn',
  }),
  'dossiers.extended': (data) => ({ sentence: `Gia hạn theo quy định của thủ tục; hẹn trả ${due(data)}.`, details: [data.note, data.derivation], tone: 'warn' }),
  'dossiers.stopped': (data) => ({ sentence: 'Cơ quan dừng giải quyết hồ sơ.', details: [...because(data), data.note], tone: 'bad' }),
  'dossiers.duty_asked': (data) => ({ sentence: 'Phải thực hiện nghĩa vụ tài chính; thời hạn giải quyết tạm dừng.', details: [...because(data), data.note], tone: 'warn' }),
  'dossiers.duty_noticed': (data) => ({
    sentence: `Thông báo số tiền phải nộp: ${formatVnd(data.totalVnd ?? 0)}.`, details: [...(data.lines ?? []).map((line) => `${line.name}: ${formatVnd(line.amountVnd)}`), data.note], tone: 'warn',
  }),
  'dossiers.duty_settled': (data) => ({ sentence: `Đã nộp đủ tiền${data.number ? `, chứng từ số ${data.number}` : ''}${data.on ? ` ngày ${formatDate(data.on)}` : ''}.`, tone: 'good' }),
  'dossiers.reception_late': (data) => ({ sentence: `Đã quá hạn trả lời (${due(data)}) mà chưa ai trả lời; lãnh đạo đơn vị và cấp trên đã được báo.`, tone: 'bad' }),
  'dossiers.due_near': (data) => ({ sentence: `Sắp đến hạn trả ${due(data)}.`, details: [data.apologyUntil ? `Nếu không kịp, phải xin lỗi và hẹn lại chậm nhất ${formatDateTime(new Date(data.apologyUntil))}.` : null], tone: 'warn' }),
  'dossiers.reopened': (data) => ({ sentence: `Hồ sơ được mở lại theo quyết định của cấp trên; ${data.derivation ? 'hẹn trả' : 'trả lời trước'} ${due(data)}.`, details: [data.note], tone: 'good' }),
  'dossiers.instructed': (data) => ({ sentence: 'Cấp trên yêu cầu cơ quan xem lại và giải quyết đúng quy định.', details: [...because(data), data.note], tone: 'warn' }),
  'appeals.lodged': (data) => ({ sentence: `Người nộp đề nghị cơ quan cấp trên xem xét lại; trả lời chậm nhất ${due(data)}.`, tone: 'warn' }),
  'appeals.overdue': () => ({ sentence: 'Cơ quan cấp trên đã quá hạn trả lời đề nghị xem xét lại.', tone: 'bad' }),
  'appeals.due_moved': (data) => ({ sentence: `Hạn trả lời đề nghị xem xét lại chuyển sang ${due(data)} vì quy định thay đổi.`, details: [`${data.words} (${data.basis})`, data.derivation] }),
  'appeals.decided': (data) => ({
    sentence: data.how === 'overturn' ? 'Cơ quan cấp trên chấp nhận đề nghị xem xét lại.' : 'Cơ quan cấp trên giữ nguyên quyết định.', details: [...because(data), data.note], tone: data.how === 'overturn' ? 'good' : 'bad',
  }),
  'dossiers.part_added': (data, partName) => ({ sentence: `Thêm giấy tờ: ${partName(data.part ?? '')}${data.source === 'paper' ? ' (bản giấy)' : ''}.` }),
  'dossiers.part_removed': (data, partName) => ({ sentence: `Bỏ giấy tờ: ${partName(data.part ?? '')}.` }),
  'dossiers.deadline_moved': (data) => ({
    sentence: `${data.which === 'legal' ? 'Hẹn trả' : data.which === 'reception' ? 'Hạn trả lời' : 'Hạn trả kết quả'} chuyển sang ${due(data)} vì ${data.rule ? 'quy định' : 'lịch làm việc'} thay đổi.`,
    details: [`${data.words} (${data.basis})`, data.derivation],
  }),
  'dossiers.rule_corrected': (data) => ({
    sentence: `Phí, lệ phí giảm từ ${formatVnd(data.wasVnd ?? 0)} còn ${formatVnd(data.nowVnd ?? 0)} vì quy định thay đổi.`,
    details: [`${data.words} (${data.basis})`],
  }),
  'dossiers.unit_moved': (data) => ({
    sentence: data.back ? `Hoàn tác sắp xếp đơn vị: hồ sơ từ ${data.fromName} trở lại ${data.toName}.` : `Sắp xếp đơn vị: hồ sơ từ ${data.fromName} chuyển sang ${data.toName}.`,
    details: [data.code ? `Theo ${data.decision}; mã hồ sơ, bước đang làm và hạn trả giữ nguyên.` : `Theo ${data.decision}; khi ấy hồ sơ còn là bản nháp, đổi nơi nộp.`, data.deskName ? `Nơi nhận và trả kết quả: ${data.deskName}.` : null],
  }),
  'work.item_assigned': (data) => ({ sentence: `Phân công: ${data.name} cho ${data.officerName}.` }),
  'work.item_reassigned': (data) => ({ sentence: data.officerName ? `Chuyển việc: ${data.name} từ ${data.fromName} sang ${data.officerName}.` : `Đưa việc về danh sách chung: ${data.name} (${data.fromName}).`, details: [data.reason] }),
  'dossiers.consultation_opened': (data) => ({
    sentence: `Lấy ý kiến ${data.unitName}; hạn trả lời ${due(data)}.`, details: [data.silence === 'agree' ? `Hết hạn không trả lời thì coi như đồng ý (${data.clause}).` : null],
  }),
  'dossiers.consultation_answered': (data) => ({
    sentence: `${data.unitName} đã trả lời ý kiến${data.afterSilence ? ' sau khi đã hết hạn; lưu để tham khảo' : data.late ? ', chậm hạn' : ''}.`, tone: data.late ? 'warn' : 'good',
  }),
  'dossiers.consultation_silent': (data) => ({ sentence: `${data.unitName} không trả lời trong hạn; coi như đồng ý (${data.clause}).` }),
  'dossiers.consultation_overdue': (data) => ({ sentence: `${data.unitName} chưa trả lời ý kiến đúng hạn; hẹn trả kết quả không vì thế mà kéo dài.`, tone: 'warn' }),
  'dossiers.consultation_reminded': (data) => ({ sentence: `Nhắc ${data.unitName} trả lời ý kiến, hạn ${due(data)}.` }),
  'dossiers.consultation_withdrawn': (data) => ({ sentence: `Không lấy ý kiến ${data.unitName} nữa.`, details: [data.reason] }),
  'dossiers.work_moved': (data) => ({ sentence: `Việc “${data.name}” chuyển từ ${data.fromName} sang đơn vị kế tục là ${data.toName}.` }),
  'dossiers.version_changed': (data) => ({
    sentence: `Hồ sơ được giải quyết tiếp theo phiên bản ${data.to} của thủ tục, thay cho phiên bản ${data.from}${data.dueAt ? `; hẹn trả ${due(data)}` : ''}.`,
    details: [
      `${data.decision}. ${data.reason}`, ...(data.steps ?? []).map((step) => (step.to ? `Bước “${step.from}” tiếp tục ở bước “${step.to}”.` : `Không còn phải làm bước “${step.from}”.`)),
      data.was ? `Trước đây hẹn trả ${formatDateTime(new Date(data.was))}. ${data.derivation ?? ''}` : null, data.asked?.length ? `Cần bổ sung thêm: ${data.asked.join('; ')}.` : null,
      data.fee ? `Phí, lệ phí ${formatVnd(data.fee.before)} nay là ${formatVnd(data.fee.after)}.` : null,
    ],
  }),
  'dossiers.version_restored': (data) => ({ sentence: `Việc chuyển phiên bản được hoàn lại: hồ sơ trở về phiên bản ${data.to} của thủ tục như trước${data.dueAt ? `; hẹn trả ${due(data)}` : ''}.`, details: [data.reason] }),
  'work.escalated': (data) => ({ sentence: `Báo lên trên: ${data.name}.`, tone: 'warn' }),
  'payments.order_opened': (data) => ({ sentence: `Phải nộp ${formatVnd(data.amountVnd ?? 0)} phí, lệ phí.` }),
  'payments.order_voided': (data) => ({ sentence: `Khoản phải nộp ${formatVnd(data.amountVnd ?? 0)} không còn hiệu lực.`, details: [data.reason] }),
  'payments.order_paid': (data) => ({ sentence: `Đã nộp ${formatVnd(data.amountVnd ?? 0)} ${data.method === 'cash' ? 'tiền mặt' : 'bằng chuyển khoản'}, biên lai số ${data.receipt}.`, tone: 'good' }),
  'payments.receipt_cancelled': (data) => ({ sentence: `Biên lai số ${data.number} đã hủy; khoản ${formatVnd(data.amountVnd ?? 0)} chưa nộp.`, details: [data.reason], tone: 'warn' }),
  'payments.payment_in_suspense': (data) => ({ sentence: `Nhận được ${formatVnd(data.amountVnd ?? 0)} chưa ghi vào khoản nào; cán bộ thu phí đang kiểm tra.`, tone: 'warn' }),
  'payments.refund_proposed': (data) => ({ sentence: `Đề nghị hoàn trả ${formatVnd(data.amountVnd ?? 0)}.`, details: [data.reason] }),
  'payments.refund_ordered': (data) => ({ sentence: `Quyết định số ${data.decisionNo} hoàn trả ${formatVnd(data.amountVnd ?? 0)}.`, details: [data.payBy && `Chuyển trả trước ${formatDateTime(new Date(data.payBy))}`] }),
  'payments.refund_refused': (data) => ({ sentence: `Không hoàn trả ${formatVnd(data.amountVnd ?? 0)}.`, details: [data.reason] }),
  'payments.refunded': (data) => ({ sentence: `Đã chuyển trả ${formatVnd(data.amountVnd ?? 0)}.`, tone: 'good' }),
  'work.item_claimed': (data) => ({ sentence: `Nhận việc: ${data.name}.` }),
  'work.item_released': (data) => ({ sentence: `Trả lại việc: ${data.name}.` }),
}

/** Facts that tell how the office shares its work, and notes that officers write to each other: not for the applicant's eyes. */
const INSIDE = ['work.item_claimed', 'work.item_released', 'work.item_assigned', 'work.item_reassigned', 'dossiers.due_near', 'dossiers.supplement_permitted', 'dossiers.consultation_reminded', 'dossiers.consultation_withdrawn', 'work.escalated', 'dossiers.work_moved']
const NOTES_INSIDE = ['dossiers.step_completed']

export interface Names {
  readonly unitName: (id: string) => string
  readonly partName: (id: string) => string
}

/** The timeline, oldest first, as the applicant or as the office reads it; events that say nothing to the reader are left out. */
export function timeline(events: readonly RecordedEvent[], reader: 'applicant' | 'office', { unitName, partName }: Names): TimelineEntry[] {
  return events.flatMap((event) => {
    if (reader === 'applicant' && INSIDE.includes(event.name)) return []
    const data = event.data as Data
    const words = WORDS[event.name]?.(reader === 'applicant' && event.actorKind !== 'citizen' && NOTES_INSIDE.includes(event.name) ? { ...data, note: null } : data, partName)
    if (!words) return []
    return [{
      id: event.id, at: event.at, name: event.name, sentence: words.sentence, details: (words.details ?? []).filter((line): line is string => !!line),
      who: whoOf(event, unitName), tone: words.tone ?? 'plain',
    }]
  })
}

function whoOf(event: RecordedEvent, unitName: (id: string) => string): string {
  if (event.actorKind === 'system') return 'Hệ thống'
  if (event.actorKind === 'citizen') return 'Người nộp'
  if (event.actorKind !== 'officer') return ''
  const role = event.role && event.role in ROLES ? ROLES[event.role as keyof typeof ROLES] : null
  return [event.actorName, role, event.unitId ? unitName(event.unitId) : null].filter(Boolean).join(', ')
}
