// Envelopes, window sheets and labels for results and notices that go out by post: to whom, from whom, with the bar code that brings them back.

import { sql, type SqlBool } from 'kysely'
import { z } from 'zod'
import { parseInput } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { denial, Invalid, orThrow, type Refusal } from '#core/errors.ts'
import { type Actor, holds, type Role } from '#core/policy/actor.ts'
import type { EnvelopeData } from '#core/print/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { getVersion } from '#modules/procedures/index.ts'
import { POSTED } from './delivery.ts'
import { address } from './papers-shared.ts'
import { type IssuedPaper, issuedPapers } from './papers-store.ts'
import { broken } from './prints.ts'
import { needDossier } from './reading.ts'
import { type Dossier, PAPER_LABELS, type PaperKind } from './schema.ts'
import * as store from './store.ts'
import { recordRows } from './views.ts'

type Letter = EnvelopeData['letters'][number]

/** Those who send post. */
const SENDERS: readonly Role[] = ['mot_cua', 'van_thu']
/** What goes to the applicant by post; the newest that holds is what is inside. */
const SENT: readonly PaperKind[] = ['result', 'unresolved_notice', 'stop_notice', 'apology', 'refusal', 'supplement_request', 'financial_notice', 'appeal_decision']

export const LETTER_FORMS = { dl: 'Phong bì DL (220 × 110 mm)', c5: 'Phong bì C5 (229 × 162 mm)', a4: 'Tờ A4 cho phong bì cửa sổ', labels: 'Tờ nhãn A4 (14 nhãn)' } as const
export type LetterForm = keyof typeof LETTER_FORMS

export const sendsPost = (actor: Actor): boolean => holds(actor, SENDERS)

export function canAddress(dossier: Pick<Dossier, 'code' | 'receivedUnitId' | 'decidedUnitId'>, actor: Actor): Refusal | null {
  const ours = [dossier.receivedUnitId, dossier.decidedUnitId].some((unit) => unit !== null && holds(actor, SENDERS, unit))
  if (!ours) return denial('dossiers.not_sender', 'In phong bì là việc của Bộ phận một cửa hoặc văn thư nơi nhận, nơi giải quyết hồ sơ.')
  return dossier.code ? null : denial('dossiers.no_code', 'Hồ sơ chưa nộp nên chưa có gì để gửi.')
}

/** Where the applicant wants it: the answer to the address that the form asks for because of the way of delivery, else the applicant's own. */
async function whereTo(ctx: Ctx, dossier: Dossier): Promise<string | null> {
  const { record } = await getVersion(ctx.db, dossier.versionId)
  const asked = record.form.sections.flatMap((section) => section.questions).find((one) => one.type === 'address' && one.visibleWhen?.includes('result_delivery'))
  return (asked && address(ctx, dossier.form[asked.key])) || address(ctx, dossier.applicant.address)
}

const inside = (papers: readonly IssuedPaper[]): string[] => {
  const paper = papers.filter((one) => !one.cancelledAt && SENT.includes(one.kind)).at(-1)
  return paper ? [`${PAPER_LABELS[paper.kind]}${paper.number ? `, số ${paper.number}` : ''}`] : []
}

async function letterOf(ctx: Ctx, dossier: Dossier): Promise<Letter> {
  const unit = await getUnit(ctx.db, dossier.receivedUnitId)
  return {
    sender: { agency: unit.name, address: null, phone: null },
    recipient: { name: dossier.applicant.fullName, address: await whereTo(ctx, dossier), phone: dossier.applicant.phone ?? null },
    code: dossier.code!, contents: inside(await issuedPapers(ctx.db, dossier.id)),
  }
}

const MOST = 140

export const LettersInput = z.object({
  dossiers: z.array(z.string()).min(1, 'Chọn ít nhất một hồ sơ.').max(MOST, `Mỗi lần in tối đa ${MOST} hồ sơ.`),
  form: z.enum(['dl', 'c5', 'a4', 'labels'], 'Chọn loại phong bì hoặc nhãn.'),
  skip: z.coerce.number('Số nhãn đã dùng là số từ 0 đến 13.').int().min(0, 'Số nhãn đã dùng là số từ 0 đến 13.').max(13, 'Số nhãn đã dùng là số từ 0 đến 13.').default(0),
})

/** Envelopes or labels as one PDF, in the order given. Throws NotFound, Forbidden, Invalid naming the dossiers without an address. */
export async function lettersPdf(ctx: Ctx, input: z.input<typeof LettersInput>): Promise<Uint8Array> {
  const { dossiers: refs, form, skip } = parseInput(LettersInput, input)
  const dossiers: Dossier[] = []
  for (const ref of new Set(refs)) {
    const dossier = await needDossier(ctx.db, ctx, ref)
    orThrow(canAddress(dossier, ctx.actor))
    dossiers.push(dossier)
  }
  const letters = await Promise.all(dossiers.map((dossier) => letterOf(ctx, dossier)))
  const nowhere = letters.filter((letter) => !letter.recipient.address)
  if (nowhere.length > 0) {
    throw new Invalid([{ key: 'dossiers', message: `Chưa có địa chỉ người nhận: ${nowhere.map((letter) => letter.code).join(', ')}. Hỏi lại người nộp, hoặc bỏ chọn.` }])
  }
  await recordRows(ctx, dossiers, 'export')
  const printing = form === 'labels'
    ? ctx.printer.renderPdf('label-sheet', { skip, letters }, { createdAt: ctx.now })
    : ctx.printer.renderPdf('envelope', { size: form, letters }, { createdAt: ctx.now })
  return printing.catch(broken)
}

export interface Posting {
  readonly dossier: Dossier
  readonly address: string | null
  readonly inside: string
}

/** Results that wait to be posted from the reader's desks, oldest first. Throws Forbidden. */
export async function postings(ctx: Ctx): Promise<Posting[]> {
  if (!sendsPost(ctx.actor) || ctx.actor.kind !== 'officer') orThrow(denial('dossiers.not_sender', 'Trang này dành cho Bộ phận một cửa và văn thư.'))
  const units = ctx.actor.kind === 'officer' ? ctx.actor.posts.filter((post) => SENDERS.includes(post.role)).map((post) => post.unitId) : []
  const found = await store.list(ctx.db, ctx.actor, {
    states: ['DA_CO_KET_QUA'], limit: MOST,
    where: (eb) => eb.and([eb('received_unit_id', 'in', units), sql<SqlBool>`form ->> 'result_delivery' ~ ${POSTED}`]),
  })
  await recordRows(ctx, found, 'list')
  const rows = [...found].sort((a, b) => (a.finishedAt?.getTime() ?? 0) - (b.finishedAt?.getTime() ?? 0))
  return Promise.all(rows.map(async (dossier) => ({
    dossier, address: await whereTo(ctx, dossier), inside: inside(await issuedPapers(ctx.db, dossier.id)).join('; ') || 'Kết quả giải quyết',
  })))
}
