// A paper as it would be issued if the act were done now: the same data function, marked as a preview, its number left open, kept nowhere.

import type { Ctx } from '#core/ctx.ts'
import { Conflict, orThrow } from '#core/errors.ts'
import type { Printer, TemplateName } from '#core/print/index.ts'
import { atLocal, localDate } from '#core/workdays/index.ts'
import { getVersion, type Version } from '#modules/procedures/index.ts'
import { canComplete, type Item, listItems } from '#modules/work/index.ts'
import { aroundOf } from './around.ts'
import { closingOn } from './deadlines.ts'
import { deciding, reckon } from './lifecycle.ts'
import * as papers from './papers.ts'
import { financialData } from './papers-duty.ts'
import { broken, TEMPLATES } from './prints.ts'
import { inOwnWords } from './prints-own.ts'
import { needDossier } from './reading.ts'
import { withNote } from './reasoned.ts'
import { checkReasons, type GivenReason } from './reasons.ts'
import { canWithdraw, isRefusal, wayTo } from './rules.ts'
import { canApologise, canNoticeDuty, canStop } from './rules-life.ts'
import { type Dossier, PAPER_LABELS, type PaperKind, type Reason, type ReasonAct } from './schema.ts'
import * as store from './store.ts'

export const PREVIEW_MARK = 'BẢN XEM TRƯỚC'
const OPEN_NUMBER = '………'

export interface PreviewInput {
  /** id or code */
  readonly dossier: string
  readonly kind: PaperKind
  /** as they would be given; none yet, or none that is known: the paper says so in their place */
  readonly reasons?: readonly GivenReason[]
  readonly note?: string | null
  /** the step to be finished; found by what it does when left out */
  readonly item?: string
  /** of an apology, 'YYYY-MM-DD' */
  readonly newDueOn?: string | null
  /** of a financial duty */
  readonly lines?: readonly { readonly name: string; readonly amountVnd: number }[]
  /** of a stop on the applicant's request */
  readonly requested?: boolean
}

/** Effects by which each paper comes about, for whoever may bring them about. */
const EFFECTS: Readonly<Partial<Record<PaperKind, readonly string[]>>> = {
  receipt: ['accept'], refusal: ['refuse'], supplement_request: ['request_supplement'], unresolved_notice: ['reject', 'return_unresolved'], result: ['approve', 'sign', 'number'], financial_notice: ['suspend_financial'],
}

const REASON_ACTS: Readonly<Partial<Record<PaperKind, ReasonAct>>> = {
  refusal: 'refusal', supplement_request: 'supplement', unresolved_notice: 'unresolved', apology: 'apology', stop_notice: 'stop', financial_notice: 'financial',
}

/** The kind of paper that an outcome of a step issues, or null. */
export const paperOfEffect = (effect: string | undefined): PaperKind | null =>
  (Object.keys(EFFECTS) as PaperKind[]).find((kind) => EFFECTS[kind]!.includes(effect ?? '')) ?? null

/** Whoever may do the act may see its paper; nobody else. Returns the step, when the paper comes of one. */
async function mayPreview(ctx: Ctx, dossier: Dossier, items: readonly Item[], input: PreviewInput): Promise<Item | null> {
  if (input.kind === 'apology') orThrow(canApologise(dossier, await aroundOf(ctx.db, ctx, dossier), ctx.actor, ctx.now))
  else if (input.kind === 'stop_notice') orThrow(canStop(dossier, await aroundOf(ctx.db, ctx, dossier), ctx.actor))
  else if (input.kind === 'withdrawal') orThrow(canWithdraw(dossier, ctx.actor))
  const effects = EFFECTS[input.kind]
  if (!effects) return null
  const open = items.filter((item) => item.state === 'open' || item.state === 'claimed')
  if (input.kind === 'financial_notice') {
    const around = await aroundOf(ctx.db, ctx, dossier)
    if (around.duty) {
      orThrow(canNoticeDuty(dossier, around, open, ctx.actor))
      return null
    }
  }
  const named = open.find((item) => item.id === input.item)
  if (named) {
    orThrow(canComplete(named, ctx.actor))
    return named
  }
  const way = wayTo(dossier, open, ctx.actor, effects)
  if (!isRefusal(way)) return way.item
  orThrow(way)
  return null
}

function saidIn(ctx: Ctx, version: Version, { kind, reasons = [], note = null }: PreviewInput): readonly Reason[] {
  const act = REASON_ACTS[kind]
  const known = act ? checkReasons(version.record as never, { act, reasons, note: null, on: localDate(ctx.now) }).reasons : []
  return known.length > 0 ? withNote(known, note) : [{ code: 'khac', text: note?.trim() || '(chưa chọn lý do)', clause: null }]
}

/** The end of that day's office hours; today's promise while no day, or none that is a day, is given. */
async function newDueOf(ctx: Ctx, dossier: Dossier, on: string | null | undefined): Promise<Date> {
  if (!on || !/^\d{4}-\d{2}-\d{2}$/.test(on) || Number.isNaN(Date.parse(on))) return dossier.dueAt!
  return closingOn(on, await deciding(ctx.db, ctx, dossier)) ?? atLocal(on, '17:30')
}

async function dataOf(ctx: Ctx, dossier: Dossier, version: Version, item: Item | null, input: PreviewInput & { readonly stage: string | null }): Promise<{ template: TemplateName; data: object }> {
  const template = TEMPLATES[input.kind]
  const { db } = ctx
  const reasons = saidIn(ctx, version, input)
  switch (input.kind) {
    case 'receipt': {
      const due = reckon(ctx, dossier, version, ctx.now, [], await deciding(db, ctx, dossier))
      const accepted = { ...dossier, acceptedAt: ctx.now, receiptNo: OPEN_NUMBER, dueAt: due.dueAt, derivation: due.derivation }
      return { template, data: await papers.receiptData(ctx, db, accepted, version, await store.parts(db, dossier.id), await store.fees(db, dossier.id)) }
    }
    case 'refusal':
      return { template, data: await papers.refusalData(ctx, db, dossier, reasons) }
    case 'supplement_request':
      return { template, data: await papers.supplementData(ctx, db, dossier, item?.unitId ?? dossier.receivedUnitId, reasons) }
    case 'unresolved_notice':
      return { template, data: await papers.unresolvedData(ctx, db, dossier, reasons) }
    case 'result':
      return { template, data: await papers.resultData(ctx, db, dossier, version, `${OPEN_NUMBER}/${OPEN_NUMBER}`) }
    case 'withdrawal':
      return { template, data: await papers.withdrawalData(ctx, db, dossier, input.note ?? null) }
    case 'apology':
      return { template, data: await papers.apologyData(ctx, db, dossier, { reasons, newDueAt: await newDueOf(ctx, dossier, input.newDueOn) }) }
    case 'stop_notice':
      return { template, data: await papers.stopData(ctx, db, dossier, { reasons, requestedAt: input.requested ? ctx.now : null, stage: input.stage ?? null, legalBasis: reasons.flatMap((one) => (one.clause ? [one.clause] : [])) }) }
    case 'financial_notice':
      if (!input.lines?.length || input.lines.some((line) => !line.name.trim() || !Number.isSafeInteger(line.amountVnd) || line.amountVnd < 0)) {
        throw new Conflict('dossiers.no_draft', 'Ghi đủ tên khoản và số tiền phải nộp (số đồng nguyên) rồi xem trước thông báo.')
      }
      return { template, data: await financialData(ctx, db, dossier, { lines: input.lines, note: input.note ?? null, reasons }) }
    default:
      throw new Conflict('dossiers.no_draft', `${PAPER_LABELS[input.kind]} không có bản xem trước; giấy này lập ngay khi việc xong.`)
  }
}

/** The preview as a PDF, for whoever may do the act now. Throws NotFound, Forbidden, Conflict when the act is not possible. */
export async function previewPaper(ctx: Ctx, input: PreviewInput): Promise<Uint8Array> {
  const dossier = await needDossier(ctx.db, ctx, input.dossier)
  const items = await listItems(ctx.db, dossier.id)
  const item = await mayPreview(ctx, dossier, items, input)
  const version = await getVersion(ctx.db, dossier.versionId)
  const stage = items.filter((one) => one.state === 'open' || one.state === 'claimed').map((one) => one.name).join('; ')
  const { template, data: shared } = await dataOf(ctx, dossier, version, item, { ...input, stage: stage || null })
  const { data, source } = await inOwnWords(ctx, input.kind, shared, { versionId: version.id, answers: dossier.form })
  const render: (template: TemplateName, data: never, options: object) => ReturnType<Printer['renderPdf']> = ctx.printer.renderPdf
  return render(template, data as never, { createdAt: ctx.now, mark: PREVIEW_MARK, stamp: 'Chưa phát hành, chưa có giá trị', source }).catch(broken)
}
