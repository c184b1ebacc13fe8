// What a dossier owes by now, handed to payments: fees by the moment they are collected, financial duties while they stand.

import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { formatVnd } from '#core/money/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { type OrderLine, paymentsOf, receiptNo, settleDue } from '#modules/payments/index.ts'
import { agencyHead, person, procedureLine, tracked } from './papers-shared.ts'
import { type Dossier, STATES } from './schema.ts'
import * as store from './store.ts'

/** Who settles a duty when its order is paid; such a duty stays among what was owed. */
export const PAYMENT_SYSTEM = 'Hệ thống thanh toán'
/** As `dutyCode` of duty.ts writes it. */
const DUTY = 'duty:'

/**
 * Whether a fee collected at this moment is due. At reception: when accepted, or at once when it is handed in at a counter, where people pay
 * and receive in one go (Law on Fees and Charges 97/2015/QH13: fees are collected with the service). With the result: only of a granted one.
 */
export function isDue(dossier: Pick<Dossier, 'state' | 'channel' | 'submittedAt' | 'acceptedAt' | 'finishedAt' | 'supplements' | 'rejection'>, collectAt: string): boolean {
  const { state } = dossier
  if (state === 'NHAP' || (STATES[state].final && state !== 'DA_TRA')) return false
  if (collectAt === 'tiep_nhan') return dossier.acceptedAt !== null || (dossier.channel === 'truc_tiep' && dossier.submittedAt !== null)
  if (collectAt === 'bo_sung') return dossier.acceptedAt !== null && dossier.supplements > 0
  return dossier.finishedAt !== null && dossier.rejection === null
}

async function dueLines(reader: Reader, dossier: Dossier): Promise<OrderLine[]> {
  const [fees, duties] = await Promise.all([store.fees(reader, dossier.id), store.duties(reader, { dossier: dossier.id })])
  const owed = duties.filter((duty) => (duty.settledAt === null && !STATES[dossier.state].final) || duty.settledByName === PAYMENT_SYSTEM)
  return [
    ...fees.filter((fee) => fee.amount > 0 && isDue(dossier, fee.collectAt)).map((fee): OrderLine => ({
      code: fee.code, name: fee.name, kind: fee.kind, collectAt: fee.collectAt, fullVnd: fee.fullAmount, amountVnd: fee.amount, note: fee.note,
    })),
    ...owed.flatMap((duty) => duty.lines.map((line, i): OrderLine => ({
      code: `${DUTY}${duty.id}:${i}`, name: line.name, kind: 'phi', collectAt: 'nghia_vu_tai_chinh', fullVnd: line.amountVnd, amountVnd: line.amountVnd, note: null,
    }))),
  ]
}

/** Brings the orders in line with where the dossier stands now. Idempotent; called in the transaction of every act that may change what is owed. */
export async function settleFees(tx: Tx, ctx: Ctx, dossier: Dossier): Promise<void> {
  if (!dossier.code) return
  const unit = await getUnit(tx, dossier.receivedUnitId)
  const { superiorAgency, issuingAgency, place } = await agencyHead(ctx, tx, unit)
  await settleDue(tx, ctx, {
    subject: dossier.id, code: dossier.code, unitId: unit.id, payerName: dossier.applicant.fullName, citizenId: dossier.citizenId,
    about: { superiorAgency, issuingAgency, place, dossier: tracked(ctx, dossier), applicant: person(ctx, dossier), procedure: procedureLine(dossier) },
    due: await dueLines(tx, dossier), reason: STATES[dossier.state].final ? `Hồ sơ đã kết thúc: ${STATES[dossier.state].label.toLocaleLowerCase('vi')}` : 'Mức phải nộp đã thay đổi',
  })
}

/** How the fees of reception stand, for the receipt of the dossier (Mẫu 01); null when there is nothing to pay. */
export async function feesNote(reader: Reader, dossier: Dossier): Promise<string | null> {
  const fees = (await store.fees(reader, dossier.id)).filter((fee) => fee.amount > 0)
  if (fees.length === 0) return null
  const { orders, receipts, paidVnd } = await paymentsOf(reader, dossier.id)
  const valid = receipts.filter((one) => one.state === 'valid')
  const total = fees.reduce((sum, fee) => sum + fee.amount, 0)
  if (valid.length > 0 && paidVnd >= total) return `đã nộp, biên lai số ${valid.map(receiptNo).join(', ')}`
  if (valid.length > 0) return `đã nộp ${formatVnd(paidVnd)}, biên lai số ${valid.map(receiptNo).join(', ')}; còn phải nộp ${formatVnd(total - paidVnd)}`
  return orders.some((order) => order.state === 'open') || fees.some((fee) => isDue(dossier, fee.collectAt))
    ? 'chưa nộp; nộp tại Bộ phận một cửa hoặc bằng mã VietQR ở trang theo dõi hồ sơ'
    : 'nộp khi nhận kết quả'
}
