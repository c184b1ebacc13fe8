// States and shapes of a dossier; states, their national codes and clocks follow the one-stop life cycle (domain reference, section 3.1).

import type { Channel, Values } from '#core/form/types.ts'
import type { Kept } from './kept.ts'

/** `portal` is the national portal's status code; `clock`: which clock runs here; `final`: nothing follows. */
export const STATES = {
  NHAP: { label: 'Nháp', portal: null, clock: 'none', final: false },
  MOI_DANG_KY: { label: 'Mới đăng ký, chờ tiếp nhận', portal: 1, clock: 'reception', final: false },
  YC_BS_TIEP_NHAN: { label: 'Cần bổ sung trước khi tiếp nhận', portal: 5, clock: 'none', final: false },
  TU_CHOI: { label: 'Không được tiếp nhận', portal: 3, clock: 'none', final: true },
  DA_TIEP_NHAN: { label: 'Đã tiếp nhận', portal: 2, clock: 'legal', final: false },
  CHO_PHAN_CONG: { label: 'Chờ phân công', portal: 4, clock: 'legal', final: false },
  DANG_XU_LY: { label: 'Đang xử lý', portal: 4, clock: 'legal', final: false },
  LAY_Y_KIEN: { label: 'Đang lấy ý kiến cơ quan khác', portal: 4, clock: 'legal', final: false },
  YC_BO_SUNG: { label: 'Chờ người nộp bổ sung', portal: 5, clock: 'paused', final: false },
  YC_TAI_CHINH: { label: 'Chờ thực hiện nghĩa vụ tài chính', portal: 6, clock: 'paused', final: false },
  CHO_TRINH_KY: { label: 'Đang trình ký', portal: 4, clock: 'legal', final: false },
  CHO_BAN_HANH: { label: 'Đã ký, chờ cấp số', portal: 4, clock: 'legal', final: false },
  DA_CO_KET_QUA: { label: 'Đã có kết quả', portal: 9, clock: 'delivery', final: false },
  DA_TRA: { label: 'Đã trả kết quả', portal: 10, clock: 'none', final: true },
  DUNG_XU_LY: { label: 'Dừng giải quyết', portal: 8, clock: 'none', final: true },
  RUT_HO_SO: { label: 'Người nộp đã rút hồ sơ', portal: 7, clock: 'none', final: true },
  TRA_LAI: { label: 'Không giải quyết, đã trả hồ sơ', portal: 10, clock: 'none', final: true },
} as const

export type DossierState = keyof typeof STATES

export const CHANNEL_LABELS: Readonly<Record<Channel, string>> = { truc_tuyen: 'Trực tuyến', truc_tiep: 'Trực tiếp tại quầy', bcci: 'Bưu chính công ích' }

/** Who asks. `kind` is the national subject class. */
export interface Applicant {
  readonly kind: 'ca_nhan' | 'to_chuc'
  readonly fullName: string
  readonly personalId?: string | null
  readonly businessId?: string | null
  readonly birthDate?: string | null
  readonly phone?: string | null
  readonly email?: string | null
  readonly address?: unknown
}

export interface Dossier {
  readonly id: string
  /** null until submitted */
  readonly code: string | null
  readonly procedureCode: string
  readonly procedureName: string
  readonly versionId: string
  readonly state: DossierState
  readonly channel: Channel
  /** Account of the applicant, when filed by or linked to one */
  readonly citizenId: string | null
  /** Officer who filed at a counter on the applicant's behalf */
  readonly filedBy: string | null
  readonly applicant: Applicant
  readonly form: Values
  readonly revision: number
  readonly receivedUnitId: string
  readonly receivedUnitPath: string
  readonly decidedUnitId: string | null
  readonly decidedUnitPath: string | null
  /** Whose register holds the receipt number, where a reorganisation has given the dossier to another since. */
  readonly registeredUnitId: string | null
  /** By whose calendar the term was promised, where a reorganisation has given the dossier to another since. */
  readonly promisedUnitId: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly submittedAt: Date | null
  /** End of the reception clock: 8 working hours after an online submission */
  readonly receptionDueAt: Date | null
  readonly acceptedAt: Date | null
  readonly receiptNo: string | null
  readonly dueAt: Date | null
  readonly firstDueAt: Date | null
  readonly derivation: string | null
  readonly pausedAt: Date | null
  readonly pauseReason: string | null
  readonly supplements: number
  readonly signedAt: Date | null
  readonly signedBy: string | null
  readonly resultNo: string | null
  readonly finishedAt: Date | null
  readonly returnedAt: Date | null
  readonly closedAt: Date | null
  /** The desk's first answer to what now lies before it */
  readonly answeredAt: Date | null
  /** Since when nobody has answered in the reception hours */
  readonly receptionLateAt: Date | null
  /** Why it counts as late for ever, whatever comes after */
  readonly breach: BreachCause | null
  readonly apologisedAt: Date | null
  /** The date promised in the apology; `firstDueAt` stays */
  readonly apologyDueAt: Date | null
  readonly extendedAt: Date | null
  /** Nothing is granted: proposed by a specialist, or signed by a leader */
  readonly rejection: 'proposed' | 'signed' | null
  /** By when the result is to be handed over once it is there */
  readonly deliveryDueAt: Date | null
  /** What it keeps of the versions it came from; null for one that never moved */
  readonly kept: Kept | null
}

/** Causes by which a dossier counts as late for ever (QĐ 766/QĐ-TTg; Mẫu 04). */
export type BreachCause = 'second_supplement' | 'apology'

export const BREACH_LABELS: Readonly<Record<BreachCause | 'reception_late', string>> = {
  second_supplement: 'Yêu cầu bổ sung lần thứ hai khi đang giải quyết',
  apology: 'Đã xin lỗi và hẹn lại ngày trả',
  reception_late: 'Trả lời hồ sơ trực tuyến sau 8 giờ làm việc',
}

export interface DossierPart {
  readonly id: string
  readonly part: string
  readonly source: 'file' | 'paper'
  readonly fileId: string | null
  readonly addedAt: Date
}

/** What a reason is given for. */
export type ReasonAct = 'refusal' | 'supplement' | 'stop' | 'unresolved' | 'financial' | 'apology' | 'extension' | 'uphold' | 'overturn'

/** A reason as it was given: from the procedure's list or the province's, tied to a clause, with what it means in this case. */
export interface Reason {
  readonly code: string
  readonly text: string
  readonly clause: string | null
  /** This case, in the officer's words: 'Thiếu trang 2 của giấy chứng sinh' */
  readonly detail?: string | null
  /** The part or question at fault */
  readonly concerns?: { readonly key: string; readonly name: string } | null
}

export type PaperKind =
  | 'receipt' | 'supplement_request' | 'refusal' | 'apology' | 'stop_notice' | 'control_slip' | 'unresolved_notice' | 'withdrawal' | 'result'
  | 'financial_notice' | 'fee_receipt' | 'appeal_decision'

export const PAPER_LABELS: Readonly<Record<PaperKind, string>> = {
  receipt: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
  supplement_request: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
  refusal: 'Phiếu từ chối tiếp nhận giải quyết hồ sơ',
  apology: 'Văn bản xin lỗi và đề nghị gia hạn',
  stop_notice: 'Thông báo dừng giải quyết hồ sơ',
  control_slip: 'Phiếu kiểm soát quá trình giải quyết hồ sơ',
  unresolved_notice: 'Thông báo không giải quyết hồ sơ',
  withdrawal: 'Xác nhận rút hồ sơ',
  result: 'Kết quả giải quyết',
  financial_notice: 'Thông báo thực hiện nghĩa vụ tài chính',
  fee_receipt: 'Biên lai thu phí, lệ phí',
  appeal_decision: 'Văn bản giải quyết kiến nghị',
}

export interface Paper {
  readonly id: string
  readonly kind: PaperKind
  readonly number: string | null
  readonly data: Readonly<Record<string, unknown>>
  readonly fileId: string | null
  readonly createdAt: Date
  /** The version of the procedure under which it was issued; null for papers older than such templates. */
  readonly versionId: string | null
  /** Answers of that day, where that version brings a template of its own for this paper. */
  readonly answers: Values | null
}
