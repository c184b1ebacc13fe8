// Who may ask another agency for its opinion, answer, remind or take the question back; what silence means. Pure.

import { denial, type FieldError, refusal, type Refusal } from '#core/errors.ts'
import type { Actor } from '#core/policy/actor.ts'
import { formatDateTime } from '#core/text/index.ts'
import { canSeeItem, canStandBeside, type Item } from '#modules/work/index.ts'
import { type Dossier, STATES } from './schema.ts'

export type ConsultationState = 'open' | 'answered' | 'silent' | 'withdrawn'
export type Opinion = 'agree' | 'disagree' | 'other'

export const OPINIONS: Readonly<Record<Opinion, string>> = { agree: 'Đồng ý', disagree: 'Không đồng ý', other: 'Ý kiến khác' }
export const CONSULTATION_STATES: Readonly<Record<ConsultationState, string>> = {
  open: 'Đang chờ trả lời', answered: 'Đã trả lời', silent: 'Hết hạn, coi như đồng ý', withdrawn: 'Đã rút yêu cầu',
}

/** Most units asked beside one step at a time. */
export const MOST_ASKED = 20

/** An opinion is asked by the officer whose step it is, while the dossier is being handled. */
export function canConsult(dossier: Dossier, item: Item, actor: Actor): Refusal | null {
  if (STATES[dossier.state].final) return refusal('dossiers.closed', `Hồ sơ đã kết thúc (${STATES[dossier.state].label.toLowerCase()}), không lấy ý kiến nữa.`)
  const refused = canStandBeside(item, actor)
  if (refused) return refused
  if (!dossier.acceptedAt) return refusal('dossiers.consult_early', 'Hồ sơ chưa tiếp nhận; tiếp nhận rồi mới lấy ý kiến cơ quan khác được.')
  if (dossier.finishedAt) return refusal('dossiers.consult_late', 'Hồ sơ đã có kết quả, không cần lấy ý kiến nữa.')
  if (item.role === 'cong_dan' || item.clock === 'stops') return refusal('dossiers.consult_waiting', `Bước “${item.name}” đang chờ người nộp; lấy ý kiến ở bước xử lý của cơ quan.`)
  return null
}

interface Asked {
  readonly state: ConsultationState
  readonly unitName: string
  readonly settledAt: Date | null
  readonly answeredAt: Date | null
  readonly answeredByName: string | null
}

/** Whoever has the question on the desk answers; after silence has spoken the answer is still kept, as a late opinion. */
export function canAnswer(asked: Asked, item: Item, actor: Actor): Refusal | null {
  if (canSeeItem(item, actor)) return denial('dossiers.not_asked', `Ý kiến này hỏi ${asked.unitName}; đơn vị khác không trả lời thay.`)
  if (asked.state === 'withdrawn') return refusal('dossiers.consultation_withdrawn', 'Nơi hỏi đã rút yêu cầu lấy ý kiến này; không cần trả lời nữa.')
  if (asked.answeredAt) return refusal('dossiers.consultation_answered', `Ý kiến này đã được ${asked.answeredByName ?? 'người khác'} trả lời lúc ${formatDateTime(asked.answeredAt)}.`)
  if (asked.state === 'open' && item.state === 'claimed' && !(actor.kind === 'officer' && item.claimedBy === actor.id)) {
    return refusal('work.claimed', 'Ý kiến này đang có người khác soạn trả lời. Người đó phải trả lại việc thì ông/bà mới trả lời được.')
  }
  return null
}

const notOpen: Readonly<Record<Exclude<ConsultationState, 'open'>, string>> = {
  answered: 'Cơ quan được hỏi đã trả lời.', silent: 'Đã hết hạn trả lời, coi như đồng ý theo quy định.', withdrawn: 'Yêu cầu này đã được rút.',
}

/** Reminding and taking back belong to whoever could ask now. */
export function canSteer(asked: Pick<Asked, 'state'>, dossier: Dossier, asking: Item, actor: Actor): Refusal | null {
  if (canSeeItem(asking, actor)) return denial('dossiers.not_asking', 'Chỉ người đang xử lý bước hỏi ý kiến mới nhắc hoặc rút được.')
  if (asked.state !== 'open') return refusal('dossiers.consultation_settled', `${notOpen[asked.state]} Tải lại trang để xem.`)
  return canConsult(dossier, asking, actor)
}

/** Hours between two reminders of the same question. */
export const REMIND_EVERY_HOURS = 4

export function canRemindAgain(remindedAt: Date | null, now: Date): Refusal | null {
  if (!remindedAt || now.getTime() - remindedAt.getTime() >= REMIND_EVERY_HOURS * 3_600_000) return null
  return refusal('dossiers.reminded', `Đã nhắc lúc ${formatDateTime(remindedAt)}. Sau ${REMIND_EVERY_HOURS} giờ mới nhắc lại được.`)
}

/** What is wrong with one question, by its place in the form. */
export function askFaults(
  at: string, ask: { days: number; silence: 'alarm' | 'agree'; clause?: string | null }, due: { dueAt: Date; dossierDueAt: Date | null; now: Date },
): FieldError[] {
  const faults: FieldError[] = []
  if (ask.silence === 'agree' && (ask.clause ?? '').trim().length < 5) {
    faults.push({ key: `${at}.clause`, message: 'Im lặng chỉ được coi là đồng ý khi có quy định; ghi điều, khoản, số văn bản. Không có thì chọn “Chỉ báo động”.' })
  }
  const total = due.dossierDueAt
  if (total && due.now < total && due.dueAt > total && ask.days > 1) {
    faults.push({ key: `${at}.days`, message: `Hạn trả lời ${formatDateTime(due.dueAt)} sau hẹn trả hồ sơ ${formatDateTime(total)}; cho ít ngày hơn. Cơ quan được hỏi chậm không làm lùi hẹn trả.` })
  }
  return faults
}
