// Who may plan, confirm and take back moves, and when. Pure, except that a post's unit is looked up.

import type { Reader } from '#core/db/index.ts'
import { denial, type FieldError, refusal, type Refusal } from '#core/errors.ts'
import type { LawBook } from '#core/law/index.ts'
import { type Actor, type Post, postOf } from '#core/policy/actor.ts'
import { fold, formatDateTime } from '#core/text/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { type Clauses, type Plan, PLAN_STATES, UNDO_DAYS } from './schema.ts'

/** The post in which the actor may move dossiers: who publishes for the whole province. Null for everybody else. */
export async function moverPost(reader: Reader, actor: Actor): Promise<Post | null> {
  const keeper = postOf(actor, 'quan_tri_he_thong')
  if (keeper) return keeper
  const post = postOf(actor, 'kiem_soat_tthc')
  return post && (await getUnit(reader, post.unitId)).level === 'tinh' ? post : null
}

export const notMover = denial('moves.not_mover', 'Chỉ cán bộ kiểm soát thủ tục hành chính cấp tỉnh và quản trị hệ thống chuyển được hồ sơ sang phiên bản khác.')

const now = (plan: Plan, what: string): Refusal => refusal('moves.state', `Đợt chuyển này ${PLAN_STATES[plan.state].toLocaleLowerCase('vi')} nên không ${what} được nữa. Tải lại trang để xem.`)

export const canChange = (plan: Plan): Refusal | null => (plan.state === 'drafting' ? null : now(plan, 'sửa'))

/** What somebody confirms must be what they saw. */
export const isStale = (plan: Plan, revision: number): Refusal | null =>
  plan.revision === revision ? null : refusal('moves.changed', 'Đợt chuyển vừa được sửa ở nơi khác (người khác, hoặc một thẻ khác của trình duyệt). Đây là bản mới nhất; xem lại rồi làm tiếp.')

export function canAsk(plan: Plan, chosen: number): Refusal | null {
  if (plan.state !== 'drafting') return now(plan, 'đề nghị chuyển')
  if (!plan.triedAt) return refusal('moves.untried', 'Còn đang chạy thử; chờ chạy xong rồi đề nghị chuyển.')
  return chosen > 0 ? null : refusal('moves.none', 'Chưa chọn hồ sơ nào; chọn ít nhất một hồ sơ chuyển được.')
}

/** Four eyes: whoever planned, chose anything of it or asked does not confirm. */
export const hasHand = (plan: Pick<Plan, 'madeBy' | 'askedBy' | 'editedBy'>, officer: string): boolean => [plan.madeBy, plan.askedBy, ...plan.editedBy].includes(officer)

export function canConfirm(plan: Plan, actor: Actor): Refusal | null {
  if (plan.state !== 'waiting') return now(plan, 'xác nhận')
  return actor.kind === 'officer' && !hasHand(plan, actor.id) ? null : denial('moves.four_eyes', 'Người lập, sửa hoặc đề nghị đợt chuyển không tự xác nhận; nhờ người thứ hai có quyền công bố thủ tục mà chưa sửa gì ở đợt này.')
}

/** One dossier alone moves at once, unless by a clause: that makes something worse for whoever handed in, which one person never decides. */
export const needsSecond = (plan: Pick<Plan, 'clauses'>, count: number): boolean => count !== 1 || Object.values(plan.clauses).some(Boolean)

/** Number and sign of a document, as they are written: 118/2025/NĐ-CP, 301/QĐ-BTP, 97/2015/QH13. */
const CITATION = /\d+\/(\d{4}\/)?\p{Lu}[\p{L}\d]*(-\p{Lu}[\p{L}\d]*)*/u

/** Whether a clause names its document: by number and sign, or by the name under which the register of rules knows it. */
export function namesDocument(clause: string, law: Pick<LawBook, 'list' | 'replaced' | 'documentName'>): boolean {
  if (CITATION.test(clause)) return true
  const numbers = new Set([...law.list().flatMap((rule) => rule.rows.map((row) => row.document)), ...law.replaced.flatMap(({ document, by }) => [document, by])])
  const text = fold(clause)
  return [...numbers].some((no) => { const name = law.documentName(no); return text.includes(fold(no)) || (name !== null && text.includes(fold(name))) })
}

/** Clauses that name no document, each with what to do. */
export const clauseFaults = (clauses: Clauses, law: Pick<LawBook, 'list' | 'replaced' | 'documentName'>): FieldError[] =>
  Object.entries(clauses).filter(([, text]) => text && !namesDocument(text, law)).map(([key]) => ({
    key: `clause.${key}`, message: 'Ghi số, ký hiệu văn bản cùng điều, khoản chuyển tiếp, ví dụ: Điều 5 khoản 2 Nghị định 118/2025/NĐ-CP. Không có văn bản thì để trống: người đã nộp giữ mức có lợi hơn.',
  }))

const DAY = 86_400_000
/** Until when a batch may be taken back. */
export const undoUntil = (doneAt: Date): Date => new Date(doneAt.getTime() + UNDO_DAYS * DAY)

const tooLate = (plan: Plan, at: Date): Refusal | null => (plan.doneAt && at > undoUntil(plan.doneAt)
  ? refusal('moves.undo_over', `Đợt chuyển xong lúc ${formatDateTime(plan.doneAt)}, quá ${UNDO_DAYS} ngày nên không hoàn lại được nữa. Muốn đưa hồ sơ về phiên bản cũ, lập đợt chuyển mới theo chiều ngược lại.`) : null)

export function canUndo(plan: Plan, at: Date): Refusal | null {
  if (plan.state !== 'done') return now(plan, 'hoàn lại')
  return plan.undoBy ? refusal('moves.undo_asked', `${plan.undoByName ?? 'Người khác'} đã đề nghị hoàn lại; chờ người thứ hai xác nhận.`) : tooLate(plan, at)
}

export function canConfirmUndo(plan: Plan, actor: Actor, at: Date): Refusal | null {
  if (plan.state !== 'done' || !plan.undoBy) return now(plan, 'xác nhận hoàn lại')
  if (actor.kind !== 'officer' || actor.id === plan.undoBy) return denial('moves.four_eyes', 'Người đề nghị hoàn lại không tự xác nhận; nhờ người thứ hai có quyền công bố thủ tục.')
  return tooLate(plan, at)
}
