// The data of the printed forms, taken down in the act itself; the PDF is set from them afterwards and is the same whenever it is set.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { listEvents } from '#core/events/index.ts'
import type { Values } from '#core/form/types.ts'
import type { ReceiptData, RefusalData, ResultData, SupplementRequestData, UnresolvedNoticeData, WithdrawalConfirmationData } from '#core/print/index.ts'
import { localDate, termText } from '#core/workdays/index.ts'
import { getUnit, type Unit } from '#modules/org/index.ts'
import { resultLines, type Version } from '#modules/procedures/index.ts'
import { type DeliveryWay, deliveryWay } from './delivery.ts'
import { feesNote } from './dues.ts'
import { agencyHead, deskSigner, formOf, leaderSigner, officerName, person, point, procedureLine, tracked } from './papers-shared.ts'
import type { Dossier, DossierPart, Reason } from './schema.ts'
import type { FeeRow } from './store.ts'

export * from './papers-notices.ts'

const DELIVERY: Readonly<Record<DeliveryWay, string>> = {
  post: 'Bưu chính công ích mang đến địa chỉ đã ghi trong tờ khai', online: 'Bản điện tử trong tài khoản của người nộp',
  counter: 'Tại Bộ phận một cửa nơi đã nộp hồ sơ, hoặc bản điện tử trong tài khoản của người nộp',
}

export async function receiptData(
  ctx: Ctx, reader: Reader, dossier: Dossier, version: Version, parts: readonly DossierPart[], fees: readonly FeeRow[],
): Promise<ReceiptData> {
  const unit = await getUnit(reader, dossier.receivedUnitId)
  const named = new Map(version.record.parts.map((part) => [part.id, part]))
  const papers = [...new Set(parts.map((part) => part.part))].map((id) => {
    const mine = parts.filter((part) => part.part === id)
    return { name: named.get(id)?.name ?? id, form: mine.some((part) => part.source === 'paper') ? 'Bản giấy' : 'Bản điện tử', quantity: mine.length }
  })
  const term = version.record.channels.find((one) => one.channel === dossier.channel)?.term ?? version.record.term
  return {
    ...(await agencyHead(ctx, reader, unit)),
    ...formOf(ctx, 'receipt', dossier.acceptedAt),
    number: `${dossier.receiptNo}/TNHS`,
    dossier: tracked(ctx, dossier),
    receivingDesk: 'Bộ phận Tiếp nhận và Trả kết quả',
    applicant: person(ctx, dossier),
    procedure: procedureLine(dossier),
    decidingAgency: dossier.decidedUnitId && dossier.decidedUnitId !== unit.id ? (await getUnit(reader, dossier.decidedUnitId)).name : null,
    papers: [{ name: version.record.form.title, form: 'Biểu mẫu điện tử', quantity: 1 }, ...papers],
    sets: 1,
    statutoryTerm: termText(term),
    receivedAt: dossier.acceptedAt!.toISOString(),
    dueAt: dossier.dueAt!.toISOString(),
    derivation: dossier.derivation,
    fees: fees.filter((fee) => fee.amount > 0).map((fee) => ({ name: fee.name, amountVnd: fee.amount })),
    feesNote: await feesNote(reader, dossier),
    resultDelivery: DELIVERY[deliveryWay(dossier.form)],
    bookNo: null,
    receiver: officerName(ctx),
    online: dossier.channel === 'truc_tuyen',
  }
}

export async function supplementData(ctx: Ctx, reader: Reader, dossier: Dossier, unitId: string, reasons: readonly Reason[]): Promise<SupplementRequestData> {
  const unit = await getUnit(reader, unitId)
  return {
    ...(await agencyHead(ctx, reader, unit)),
    ...formOf(ctx, 'supplement_request', dossier.acceptedAt ?? dossier.submittedAt),
    number: null,
    dossier: tracked(ctx, dossier),
    applicant: person(ctx, dossier),
    procedure: procedureLine(dossier),
    receivedAt: (dossier.acceptedAt ?? dossier.submittedAt)!.toISOString(),
    items: reasons.map(point),
    reasons: [],
    replyBy: null,
    replyHow: `Bổ sung tại ${ctx.publicUrl} hoặc tại Bộ phận một cửa nơi đã nộp. Mỗi hồ sơ chỉ yêu cầu bổ sung một lần.`,
    contact: `Bộ phận Tiếp nhận và Trả kết quả, ${unit.name}`,
    recipients: [],
    signer: deskSigner(ctx),
  }
}

export async function refusalData(ctx: Ctx, reader: Reader, dossier: Dossier, reasons: readonly Reason[]): Promise<RefusalData> {
  const unit = await getUnit(reader, dossier.receivedUnitId)
  return {
    ...(await agencyHead(ctx, reader, unit)),
    ...formOf(ctx, 'refusal', dossier.submittedAt),
    number: null,
    dossier: tracked(ctx, dossier),
    applicant: person(ctx, dossier),
    procedure: procedureLine(dossier),
    submittedAt: dossier.submittedAt!.toISOString(),
    reasons: reasons.map(point),
    advice: null,
    contact: `Bộ phận Tiếp nhận và Trả kết quả, ${unit.name}`,
    recipients: [],
    signer: deskSigner(ctx),
  }
}

export async function unresolvedData(ctx: Ctx, reader: Reader, dossier: Dossier, reasons: readonly Reason[]): Promise<UnresolvedNoticeData> {
  const unit = await getUnit(reader, dossier.decidedUnitId ?? dossier.receivedUnitId)
  return {
    ...(await agencyHead(ctx, reader, unit)),
    formNo: null,
    number: null,
    dossier: tracked(ctx, dossier),
    applicant: person(ctx, dossier),
    procedure: procedureLine(dossier),
    receivedAt: dossier.acceptedAt!.toISOString(),
    legalBasis: [],
    reasons: reasons.map(point),
    returnedPapers: 'Toàn bộ giấy tờ đã nộp được trả lại cùng thông báo này.',
    feeEffect: null,
    advice: null,
    remedy: 'Nếu không đồng ý, ông/bà có quyền khiếu nại hoặc khởi kiện theo quy định của pháp luật.',
    contact: null,
    recipients: [],
    signer: leaderSigner(ctx, unit),
  }
}

export async function withdrawalData(ctx: Ctx, reader: Reader, dossier: Dossier, note: string | null): Promise<WithdrawalConfirmationData> {
  const unit = await getUnit(reader, dossier.receivedUnitId)
  return {
    ...(await agencyHead(ctx, reader, unit)),
    formNo: null,
    number: null,
    dossier: tracked(ctx, dossier),
    applicant: person(ctx, dossier),
    procedure: procedureLine(dossier),
    receivedAt: dossier.submittedAt!.toISOString(),
    requestedAt: ctx.now.toISOString(),
    withdrawnAt: ctx.now.toISOString(),
    stage: null,
    reason: note,
    returnedPapers: [],
    feeEffect: null,
    recipients: [],
    signer: deskSigner(ctx),
  }
}

/** What the record says is written into its main result, as label and value. */
export const resultRows = (ctx: Ctx, dossier: Dossier, { record }: Pick<Version, 'record'>): { label: string; value: string }[] =>
  resultLines(record, { form: dossier.form, applicant: dossier.applicant as unknown as Values, channel: dossier.channel, receivedOn: localDate(dossier.acceptedAt ?? dossier.submittedAt ?? ctx.now) }, ctx.catalogs)

/** How the result was signed: by the fact of the signature, so that KT., TL., TUQ. stand as they were. */
async function resultSigner(reader: Reader, dossier: Dossier, unit: Unit) {
  const signed = (await listEvents(reader, dossier.id)).findLast((event) => event.name === 'dossiers.signed')?.data as { signer?: { authority: string | null; title: string } | null } | undefined
  const committee = unit.level === 'xa' || unit.level === 'tinh'
  return { authority: committee ? 'TM. ỦY BAN NHÂN DÂN' : null, title: 'NGƯỜI KÝ', ...(signed?.signer ?? {}), name: dossier.signedBy, hint: null }
}

export async function resultData(ctx: Ctx, reader: Reader, dossier: Dossier, version: Version, number: string): Promise<ResultData> {
  const unit = await getUnit(reader, dossier.decidedUnitId ?? dossier.receivedUnitId)
  const [main] = version.record.results
  const rows = resultRows(ctx, dossier, version)
  return {
    ...(await agencyHead(ctx, reader, unit)),
    formNo: null,
    number,
    dossier: tracked(ctx, dossier),
    title: main!.name,
    subtitle: null,
    legalBasis: version.record.legalBasis.slice(0, 3).map((basis) => `${basis.name} số ${basis.no}${basis.articles ? `, ${basis.articles}` : ''}`),
    statement: null,
    rows: rows.length > 0 ? rows : [{ label: 'Người nộp hồ sơ', value: dossier.applicant.fullName }, { label: 'Nội dung giải quyết', value: dossier.procedureName }],
    validity: main!.validity ? { note: main!.validity } : null,
    recipients: [],
    signer: await resultSigner(reader, dossier, unit),
  }
}
