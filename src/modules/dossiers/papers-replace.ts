// Taking a paper back and issuing another in its place: the first stays in the history with who did it and why.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { Conflict, denial, NotFound, orThrow, refusal, type Refusal } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { type Actor, holds, type Role } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/index.ts'
import { getVersion } from '#modules/procedures/index.ts'
import * as facts from './events.ts'
import { receiptData, resultData } from './papers.ts'
import { person, tracked } from './papers-shared.ts'
import * as papers from './papers-store.ts'
import { needDossier } from './reading.ts'
import { type Dossier, PAPER_LABELS, type PaperKind } from './schema.ts'
import * as store from './store.ts'

/** Papers of the one-stop desk; the others are the deciding agency's. Money papers have their own book and are never exchanged here. */
const DESK: readonly PaperKind[] = ['receipt', 'supplement_request', 'refusal', 'withdrawal', 'control_slip']
const MONEY: readonly PaperKind[] = ['fee_receipt', 'financial_notice', 'appeal_decision']
const DESK_ROLES: readonly Role[] = ['mot_cua']
const AGENCY_ROLES: readonly Role[] = ['van_thu', 'lanh_dao_don_vi', 'chu_tich']

type Known = Pick<papers.IssuedPaper, 'kind' | 'cancelledAt'>

/** Why the actor may not take this paper back and issue another. */
export function canReplacePaper(dossier: Pick<Dossier, 'receivedUnitId' | 'decidedUnitId'>, paper: Known, actor: Actor): Refusal | null {
  if (MONEY.includes(paper.kind)) return denial('dossiers.not_here', 'Giấy này được hủy, thay ở nơi đã lập: sổ thu phí hoặc cơ quan giải quyết kiến nghị.')
  const mine = DESK.includes(paper.kind) ? holds(actor, DESK_ROLES, dossier.receivedUnitId) : holds(actor, AGENCY_ROLES, dossier.decidedUnitId ?? dossier.receivedUnitId)
  if (!mine) return denial('dossiers.not_your_paper', `${PAPER_LABELS[paper.kind]} do nơi đã phát hành hủy hoặc thay; chuyển việc này cho nơi đó.`)
  if (paper.cancelledAt) return refusal('dossiers.paper_cancelled', 'Giấy này đã được hủy rồi.')
  return null
}

/** The same paper said anew: today's date, and what the dossier says now of the applicant, of due date and result. Reasons stay as given. */
async function again(ctx: Ctx, reader: Reader, dossier: Dossier, paper: papers.IssuedPaper): Promise<object> {
  if (paper.kind === 'receipt' && dossier.acceptedAt && dossier.dueAt) {
    const version = await getVersion(reader, dossier.versionId)
    return receiptData(ctx, reader, dossier, version, await store.parts(reader, dossier.id), await store.fees(reader, dossier.id))
  }
  if (paper.kind === 'result') return resultData(ctx, reader, dossier, await getVersion(reader, dossier.versionId), paper.number ?? dossier.resultNo ?? '')
  return { ...paper.data, ...('applicant' in paper.data ? { applicant: person(ctx, dossier) } : {}), dossier: tracked(ctx, dossier), issuedOn: localDate(ctx.now) }
}

export const ReplacePaperInput = z.object({
  dossier: z.string(),
  paper: z.uuid('Giấy tờ không đúng.'),
  reason: z.string().trim().min(10, 'Ghi rõ lý do thu hồi, ít nhất 10 ký tự: sai ở đâu, sửa thế nào.').max(1000, 'Lý do không dài quá 1.000 ký tự.').transform((text) => text.normalize('NFC')),
})

/** Takes the paper back and issues the same paper anew in its place, with the same number. Throws Conflict when somebody was first. */
export const replacePaper = act(ReplacePaperInput, async (ctx, tx, input): Promise<{ dossier: Dossier; paper: string }> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  const paper = (await papers.issuedPapers(tx, dossier.id)).find((one) => one.id === input.paper)
  if (!paper) throw new NotFound('dossiers.no_paper', 'Hồ sơ chưa có giấy tờ này.')
  orThrow(canReplacePaper(dossier, paper, ctx.actor))
  const by = ctx.actor.kind === 'officer' ? ctx.actor.name : 'Hệ thống'
  if (!(await papers.cancel(tx, paper.id, by, input.reason, ctx.now))) throw new Conflict('dossiers.paper_cancelled', 'Giấy này vừa được người khác hủy. Tải lại trang để xem bản thay thế.')
  const id = await store.addPaper(tx, { dossierId: dossier.id, kind: paper.kind, number: paper.number, data: await again(ctx, tx, dossier, paper), by, at: ctx.now })
  await papers.replaceBy(tx, paper.id, id)
  await emit(tx, ctx, facts.paperReplaced, dossier.id, { code: dossier.code!, kind: paper.kind, label: PAPER_LABELS[paper.kind], number: paper.number, reason: input.reason })
  return { dossier, paper: id }
})
