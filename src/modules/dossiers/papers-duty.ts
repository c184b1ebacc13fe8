// The data of the notices that money and appeals bring: what to pay before the dossier goes on, and what the unit above has decided.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import type { AppealDecisionData, FinancialNoticeData } from '#core/print/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { agencyHead, deskSigner, leaderSigner, person, point, procedureLine, tracked } from './papers-shared.ts'
import type { Dossier, Reason } from './schema.ts'
import type { DutyLine } from './store-life.ts'

export async function financialData(
  ctx: Ctx, reader: Reader, dossier: Dossier, { lines, note, reasons }: { lines: readonly DutyLine[]; note: string | null; reasons: readonly Reason[] },
): Promise<FinancialNoticeData> {
  const unit = await getUnit(reader, dossier.decidedUnitId ?? dossier.receivedUnitId)
  const received = await getUnit(reader, dossier.receivedUnitId)
  return {
    ...(await agencyHead(ctx, reader, unit)),
    formNo: null,
    number: null,
    dossier: tracked(ctx, dossier),
    applicant: person(ctx, dossier),
    procedure: procedureLine(dossier),
    receivedAt: (dossier.acceptedAt ?? dossier.submittedAt)!.toISOString(),
    legalBasis: reasons.flatMap((reason) => (reason.clause ? [reason.clause] : [])),
    lines: lines.map(({ name, amountVnd }) => ({ name, amountVnd, note: null })),
    payBy: null,
    payHow: note,
    effect: 'Thời hạn giải quyết tạm dừng từ lúc thông báo và tính tiếp ngay khi có chứng từ đã nộp.',
    contact: `Bộ phận Tiếp nhận và Trả kết quả, ${received.name}`,
    recipients: [],
    signer: { ...deskSigner(ctx), title: 'NGƯỜI THÔNG BÁO' },
  }
}

export interface AppealDecision {
  readonly unitId: string
  readonly decision: string
  readonly appealedAt: Date
  readonly against: string
  readonly grounds: string | null
  readonly reasons: readonly Reason[]
  readonly orders: readonly string[]
}

/** The answer of the unit above, signed in the post of the one who decides. */
export async function appealDecisionData(ctx: Ctx, reader: Reader, dossier: Dossier, answer: AppealDecision): Promise<AppealDecisionData> {
  const unit = await getUnit(reader, answer.unitId)
  return {
    ...(await agencyHead(ctx, reader, unit)),
    formNo: null,
    number: null,
    dossier: tracked(ctx, dossier),
    applicant: person(ctx, dossier),
    procedure: procedureLine(dossier),
    decision: answer.decision,
    appealedAt: answer.appealedAt.toISOString(),
    against: answer.against,
    grounds: answer.grounds,
    legalBasis: [],
    reasons: answer.reasons.map(point),
    orders: [...answer.orders],
    remedy: 'Nếu không đồng ý, ông/bà có quyền khiếu nại hoặc khởi kiện theo quy định của pháp luật.',
    recipients: ['Như trên', 'Cơ quan giải quyết hồ sơ', 'Lưu: hồ sơ'],
    signer: leaderSigner(ctx, unit),
  }
}
