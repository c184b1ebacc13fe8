// The data of the notices that only a head of agency signs, and of the control slip.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import type { ApologyData, ControlSlipData, StopNoticeData } from '#core/print/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { agencyHead, formOf, leaderSigner, person, point, procedureLine, tracked } from './papers-shared.ts'
import type { Dossier, Reason } from './schema.ts'

const desk = (unit: { name: string }): string => `Bộ phận Tiếp nhận và Trả kết quả, ${unit.name}`

export interface Apology {
  readonly reasons: readonly Reason[]
  readonly newDueAt: Date
  /** how the new date was reckoned */
  readonly derivation?: string | null
}

/** Mẫu 04: the first promised date is kept beside the new one. The signer is the head in whose post `ctx.actor` acts. */
export async function apologyData(ctx: Ctx, reader: Reader, dossier: Dossier, { reasons, newDueAt, derivation }: Apology): Promise<ApologyData> {
  const unit = await getUnit(reader, dossier.decidedUnitId ?? dossier.receivedUnitId)
  return {
    ...(await agencyHead(ctx, reader, unit)),
    ...formOf(ctx, 'apology', dossier.acceptedAt),
    number: null,
    dossier: tracked(ctx, dossier),
    applicant: person(ctx, dossier),
    procedure: procedureLine(dossier),
    receivedAt: dossier.acceptedAt!.toISOString(),
    firstDueAt: (dossier.firstDueAt ?? dossier.dueAt)!.toISOString(),
    reasons: reasons.map(point),
    newDueAt: newDueAt.toISOString(),
    derivation: derivation ?? null,
    contact: desk(await getUnit(reader, dossier.receivedUnitId)),
    recipients: ['Như trên', 'Bộ phận Tiếp nhận và Trả kết quả', 'Lưu: hồ sơ'],
    signer: leaderSigner(ctx, unit),
  }
}

export interface Stop {
  readonly reasons: readonly Reason[]
  /** when the applicant asked; null when the agency stops by a ground in law */
  readonly requestedAt?: Date | null
  readonly legalBasis?: readonly string[]
  /** name of the step that had been reached */
  readonly stage?: string | null
  readonly feeEffect?: string | null
  readonly returnedPapers?: string | null
}

/** Mẫu 05. The signer is the head in whose post `ctx.actor` acts. */
export async function stopData(ctx: Ctx, reader: Reader, dossier: Dossier, stop: Stop): Promise<StopNoticeData> {
  const unit = await getUnit(reader, dossier.decidedUnitId ?? dossier.receivedUnitId)
  return {
    ...(await agencyHead(ctx, reader, unit)),
    ...formOf(ctx, 'stop_notice', dossier.acceptedAt ?? dossier.submittedAt),
    number: null,
    dossier: tracked(ctx, dossier),
    applicant: person(ctx, dossier),
    procedure: procedureLine(dossier),
    receivedAt: (dossier.acceptedAt ?? dossier.submittedAt)!.toISOString(),
    requestedAt: stop.requestedAt?.toISOString() ?? null,
    legalBasis: [...(stop.legalBasis ?? [])],
    reasons: stop.reasons.map(point),
    stage: stop.stage ?? null,
    feeEffect: stop.feeEffect ?? null,
    returnedPapers: stop.returnedPapers ?? null,
    remedy: 'Nếu không đồng ý, ông/bà có quyền kiến nghị, khiếu nại hoặc khởi kiện theo quy định của pháp luật.',
    contact: desk(await getUnit(reader, dossier.receivedUnitId)),
    recipients: ['Như trên', 'Bộ phận Tiếp nhận và Trả kết quả', 'Lưu: hồ sơ'],
    signer: leaderSigner(ctx, unit),
  }
}

/** One hand-over: who gave, who took, each with agency, person and instant; `outcome` against the step's share of the term. */
export type ControlSlipRow = ControlSlipData['handovers'][number]

/** Mẫu 06: every hand-over so far, oldest first; `partners` are the agencies consulted. */
export async function controlSlipData(
  ctx: Ctx, reader: Reader, dossier: Dossier, rows: readonly ControlSlipRow[], partners: readonly string[] = [],
): Promise<ControlSlipData> {
  const unit = await getUnit(reader, dossier.receivedUnitId)
  const lead = await getUnit(reader, dossier.decidedUnitId ?? dossier.receivedUnitId)
  return {
    ...(await agencyHead(ctx, reader, unit)),
    ...formOf(ctx, 'control_slip', dossier.acceptedAt ?? dossier.submittedAt),
    number: dossier.receiptNo ? `${dossier.receiptNo}/KSHS` : null,
    dossier: tracked(ctx, dossier),
    procedure: procedureLine(dossier),
    applicantName: dossier.applicant.fullName,
    leadAgency: lead.name,
    partnerAgencies: [...partners],
    receivedAt: (dossier.acceptedAt ?? dossier.submittedAt)!.toISOString(),
    dueAt: (dossier.dueAt ?? dossier.receptionDueAt ?? dossier.submittedAt)!.toISOString(),
    handovers: [...rows],
    recipients: [],
    signer: null,
  }
}
