// What leaders and desks may do in the turns of a dossier's life, and if not, why. Pure; domain §3.1 rules 2, 3 and 5.

import { denial, refusal, type Refusal } from '#core/errors.ts'
import { type Actor, holds, type Post, type Role } from '#core/policy/actor.ts'
import { formatDateTime } from '#core/text/index.ts'
import type { Item } from '#modules/work/index.ts'
import { scopeCovers } from '#modules/org/index.ts'
import { type Dossier, STATES } from './schema.ts'

/** Heads of a unit: they answer for it. */
export const LEADERS: readonly Role[] = ['chu_tich', 'lanh_dao_don_vi']

/** What surrounds a dossier when its leader decides. */
export interface Surroundings {
  /** The unit whose heads lead the deciding unit: itself, or the nearest that has any. */
  readonly leaderUnit: string
  /** A recorded consent to one more supplement, not used yet. */
  readonly permit: boolean
  /** Requests in processing so far, without those that the unit above has lifted. */
  readonly asked: number
  /** How many are free of a leader's consent. */
  readonly free: number
  /** The last instant of an apology; null before acceptance. */
  readonly apologyUntil: Date | null
  /** The record knows a longer term by decision. */
  readonly extendable: boolean
  /** A financial duty waits to be settled. */
  readonly duty: boolean
}

/** The post in which the actor leads the deciding unit, or null: a leader elsewhere leads nothing here, nor does a post lent without signing. */
export const leads = (actor: Actor, around: Pick<Surroundings, 'leaderUnit'>): Post | null => (actor.kind === 'officer'
  && actor.posts.find((post) => LEADERS.includes(post.role) && post.unitId === around.leaderUnit && scopeCovers(post.onBehalfOf?.scope ?? 'all', true))) || null

const notLeader = denial('dossiers.not_leader', 'Việc này do lãnh đạo cơ quan giải quyết hồ sơ quyết định; trình người đó.')

/** In processing: accepted, nothing signed, not at the desk, not over. */
function inProcessing(dossier: Dossier, what: string): Refusal | null {
  if (STATES[dossier.state].final) return refusal('dossiers.closed', `Hồ sơ đã kết thúc (${STATES[dossier.state].label.toLowerCase()}), không ${what} được nữa.`)
  if (!dossier.acceptedAt) return refusal('dossiers.not_accepted', `Hồ sơ chưa được tiếp nhận nên chưa ${what} được.`)
  if (dossier.finishedAt || dossier.state === 'DA_CO_KET_QUA') return refusal('dossiers.has_result', `Hồ sơ đã có kết quả nên không ${what} nữa.`)
  if (dossier.signedAt) return refusal('dossiers.signed', `Kết quả đã ký nên không ${what} được nữa.`)
  return null
}

/** In processing a supplement may be asked as often as the rule says (once); beyond that only with a leader's recorded consent, each used up by one request. */
export function canAskSupplement(dossier: Dossier, around: Pick<Surroundings, 'permit' | 'asked' | 'free'>): Refusal | null {
  if (!dossier.acceptedAt || around.asked < around.free || around.permit) return null
  return refusal('dossiers.supplement_once',
    'Hồ sơ này đã yêu cầu bổ sung một lần. Muốn yêu cầu lần nữa, lãnh đạo cơ quan giải quyết phải ghi lý do cho phép, và hồ sơ sẽ bị tính là trễ hạn; nếu không, hãy giải quyết theo giấy tờ đang có.')
}

export function canPermitSupplement(dossier: Dossier, around: Surroundings, actor: Actor): Refusal | null {
  if (!leads(actor, around)) return notLeader
  const over = inProcessing(dossier, 'cho phép bổ sung')
  if (over) return over
  if (around.permit) return refusal('dossiers.permit_open', 'Đã có một lần cho phép chưa dùng tới.')
  if (around.asked < around.free) return refusal('dossiers.permit_needless', 'Hồ sơ còn một lần yêu cầu bổ sung, chưa cần lãnh đạo cho phép.')
  if (dossier.state === 'YC_BO_SUNG') return refusal('dossiers.waiting', 'Đang chờ người nộp bổ sung; chỉ cho phép lần nữa sau khi đã nhận.')
  return null
}

export function canApologise(dossier: Dossier, around: Surroundings, actor: Actor, now: Date): Refusal | null {
  if (!leads(actor, around)) return notLeader
  const over = inProcessing(dossier, 'xin lỗi, hẹn lại')
  if (over) return over
  if (dossier.apologisedAt) return refusal('dossiers.apology_once', `Đã xin lỗi và hẹn lại ngày ${formatDateTime(dossier.apologisedAt)}; chỉ được hẹn lại một lần.`)
  if (dossier.pausedAt) return refusal('dossiers.paused', 'Thời hạn đang tạm dừng nên chưa cần hẹn lại.')
  if (around.apologyUntil && now > around.apologyUntil) {
    return refusal('dossiers.apology_late', `Văn bản xin lỗi phải gửi chậm nhất ${formatDateTime(around.apologyUntil)}, trước hạn trả ít nhất một ngày làm việc; nay đã quá. Hãy trả kết quả sớm nhất và báo người nộp.`)
  }
  return null
}

export function canExtend(dossier: Dossier, around: Surroundings, actor: Actor, now: Date): Refusal | null {
  if (!leads(actor, around)) return notLeader
  const over = inProcessing(dossier, 'gia hạn')
  if (over) return over
  if (!around.extendable) return refusal('dossiers.no_extension', 'Thủ tục này không có quy định gia hạn. Nếu chắc chắn trễ, hãy gửi văn bản xin lỗi và hẹn lại.')
  if (dossier.extendedAt) return refusal('dossiers.extended', 'Hồ sơ đã được gia hạn một lần.')
  if (dossier.apologisedAt) return refusal('dossiers.apologised', 'Đã xin lỗi và hẹn lại, không gia hạn thêm nữa.')
  if (dossier.pausedAt) return refusal('dossiers.paused', 'Thời hạn đang tạm dừng; gia hạn sau khi tiếp tục.')
  if (dossier.dueAt && now > dossier.dueAt) return refusal('dossiers.overdue', 'Hồ sơ đã quá hạn nên không gia hạn được nữa.')
  return null
}

export function canStop(dossier: Dossier, around: Surroundings, actor: Actor): Refusal | null {
  if (!leads(actor, around)) return notLeader
  return inProcessing(dossier, 'dừng giải quyết')
}

/** The open step that waits for money to be paid (national status 6). */
export const dutyStep = (open: readonly Item[]): Item | null => open.find((item) => item.portalStatus === 6) ?? null

const MONEY: readonly Role[] = ['thu_phi', 'mot_cua']

/** Who handles the money side: the desk where the step lies, and those who collect where the dossier was handed in. */
const handlesMoney = (dossier: Dossier, step: Item, actor: Actor): boolean =>
  holds(actor, [...MONEY, 'chuyen_vien'], step.unitId ?? '') || holds(actor, MONEY, dossier.receivedUnitId)

function waitsForMoney(dossier: Dossier, open: readonly Item[], actor: Actor): Refusal | null {
  const step = dutyStep(open)
  if (!step) return refusal('dossiers.no_duty', 'Hồ sơ này không chờ nghĩa vụ tài chính nào.')
  return handlesMoney(dossier, step, actor) ? null : denial('dossiers.not_money', 'Việc này của cơ quan thuế hoặc bộ phận thu phí, lệ phí.')
}

/** Telling the applicant what to pay. */
export function canNoticeDuty(dossier: Dossier, around: Surroundings, open: readonly Item[], actor: Actor): Refusal | null {
  return waitsForMoney(dossier, open, actor) ?? (around.duty ? null : refusal('dossiers.no_duty', 'Nghĩa vụ tài chính của hồ sơ đã được ghi nhận xong.'))
}

/** Recording the proof that it was paid. */
export const canSettleDuty = canNoticeDuty
