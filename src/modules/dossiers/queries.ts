// Read shapes for screens and the API, always under the policy.

import type { Ctx } from '#core/ctx.ts'
import { listEvents } from '#core/events/index.ts'
import { Invalid, NotFound, type Refusal } from '#core/errors.ts'
import { maskName } from '#core/text/index.ts'
import { getFile, listFiles, type StoredFile } from '#modules/files/index.ts'
import { listUnitsById, type Unit, unitNames } from '#modules/org/index.ts'
import { paymentsOf, type SubjectPayments } from '#modules/payments/index.ts'
import { getVersion, type Version } from '#modules/procedures/index.ts'
import { canSeeItem, findItem, type Item, listWorklist, type WorklistFilter } from '#modules/work/index.ts'
import { type Clocks, clocksOf } from './clocks.ts'
import { type IssuedPaper, issuedPapers } from './papers-store.ts'
import { consultationsOf, type ConsultationView } from './consult-views.ts'
import { slipOf, type SlipRow } from './handover-slip.ts'
import { hidden } from './prints.ts'
import { type Access, maskRows, needDossier, openDossier, type Opened } from './reading.ts'
import { type Around, aroundOf } from './around.ts'
import { hasPending, isWaiting, partsAs, withPending } from './pending.ts'
import { canApologise, canAskSupplement, canExtend, canNoticeDuty, canPermitSupplement, canSettleDuty, canStop } from './rules-life.ts'
import { canCollect, canEdit, canSubmit, canSupplement, canWithdraw, isRefusal, wayTo } from './rules.ts'
import { type Dossier, type DossierPart, type DossierState, STATES } from './schema.ts'
import * as store from './store.ts'
import { type TimelineEntry, timeline } from './timeline.ts'

export type ActName =
  | 'edit' | 'submission' | 'acceptance' | 'refusal' | 'supplement-request' | 'supplement' | 'withdrawal' | 'return' | 'collection'
  | 'supplement-permit' | 'apology' | 'extension' | 'stop' | 'financial-notice' | 'financial-proof'

/** What this reader may do now, and if not, why: the same rules the acts themselves ask. */
export function allowedActs(dossier: Dossier, items: readonly Item[], ctx: Ctx, around: Around): Record<ActName, Refusal | null> {
  const open = items.filter((item) => item.state === 'open' || item.state === 'claimed')
  const way = (...effects: string[]): Refusal | null => {
    const found = wayTo(dossier, open, ctx.actor, effects)
    return isRefusal(found) ? found : null
  }
  const submission = canSubmit(dossier, ctx.actor)
  return {
    edit: canEdit(dossier, ctx.actor),
    submission: submission ?? (dossier.state === 'NHAP' ? null : { code: 'dossiers.sent', message: 'Hồ sơ đã nộp.', kind: 'conflict' }),
    acceptance: way('accept'),
    refusal: way('refuse'),
    'supplement-request': way('request_supplement') ?? canAskSupplement(dossier, around),
    supplement: canSupplement(dossier, open, ctx.actor),
    withdrawal: canWithdraw(dossier, ctx.actor),
    return: way('return', 'return_unresolved'),
    collection: canCollect(dossier, ctx.actor),
    'supplement-permit': canPermitSupplement(dossier, around, ctx.actor),
    apology: canApologise(dossier, around, ctx.actor, ctx.now),
    extension: canExtend(dossier, around, ctx.actor, ctx.now),
    stop: canStop(dossier, around, ctx.actor),
    'financial-notice': canNoticeDuty(dossier, around, open, ctx.actor),
    'financial-proof': canSettleDuty(dossier, around, open, ctx.actor),
  }
}

export interface PartView extends DossierPart {
  readonly name: string
  readonly file: StoredFile | null
}

export interface DossierView {
  readonly dossier: Dossier
  /** On which ground the reader looks; what `recordView` takes down. */
  readonly access: Access
  readonly version: Version
  readonly received: Unit
  readonly decided: Unit | null
  readonly parts: readonly PartView[]
  readonly fees: readonly store.FeeRow[]
  /** Orders, receipts and refunds: what is paid and what is not. */
  readonly payments: SubjectPayments
  readonly papers: readonly IssuedPaper[]
  readonly pauses: readonly store.Pause[]
  readonly items: readonly Item[]
  readonly clocks: Clocks
  readonly timeline: readonly TimelineEntry[]
  readonly acts: Record<ActName, Refusal | null>
  /** Permits, requests, breaches, duties, alerts: what surrounds the acts. */
  readonly around: Around
  /** Something was changed for the supplement and is not sent yet; told only to whoever prepares it. */
  readonly unsent: boolean
  /** Open items this reader may finish. */
  readonly mine: readonly Item[]
  readonly unitName: (id: string) => string
  /** Opinions asked of other units, oldest first. */
  readonly consultations: readonly ConsultationView[]
  /** Hand-overs as the control slip lists them; empty for the applicant. */
  readonly slip: readonly SlipRow[]
}

/** Everything one screen needs about a dossier. `preparing`: whoever prepares the supplement sees what is not sent yet; else only its owner does.
 *  Throws NotFound for strangers, ReasonRequired for those who must say why first. */
export async function viewDossier(ctx: Ctx, ref: string, { preparing = false }: { preparing?: boolean } = {}): Promise<DossierView> {
  const { dossier: sent, access, items } = await openDossier(ctx, ref)
  const mayPrepare = isWaiting(sent) && canEdit(sent, ctx.actor) === null && (preparing || ctx.actor.kind === 'citizen')
  const dossier = mayPrepare ? await withPending(ctx.db, sent) : sent
  const [version, partRows, fees, papers, pauses, events] = await Promise.all([
    getVersion(ctx.db, dossier.versionId), store.parts(ctx.db, dossier.id, mayPrepare ? partsAs(sent, ctx, true) : 'sent'), store.fees(ctx.db, dossier.id), issuedPapers(ctx.db, dossier.id),
    store.pauses(ctx.db, dossier.id), listEvents(ctx.db, dossier.id),
  ])
  const [around, payments] = await Promise.all([aroundOf(ctx.db, ctx, dossier, version), paymentsOf(ctx.db, dossier.id)])
  const files = await listFiles(ctx.db, partRows.flatMap((part) => (part.fileId ? [part.fileId] : [])))
  const unitIds = [dossier.receivedUnitId, dossier.decidedUnitId, ...items.map((item) => item.unitId), ...events.map((event) => event.unitId)]
  const units = new Map((await listUnitsById(ctx.db, unitIds.filter((id): id is string => id !== null))).map((unit) => [unit.id, unit]))
  const partNames = new Map(version.record.parts.map((part) => [part.id, part.name]))
  const unknown = unitIds.filter((id): id is string => id !== null && !units.has(id))
  const gone = unknown.length > 0 ? await unitNames(ctx.db, unknown) : new Map<string, string>()
  const unitName = (id: string) => units.get(id)?.name ?? gone.get(id) ?? id
  const partName = (id: string) => partNames.get(id) ?? id
  return {
    dossier, access, version, received: units.get(dossier.receivedUnitId)!, decided: dossier.decidedUnitId ? (units.get(dossier.decidedUnitId) ?? null) : null,
    parts: partRows.map((part) => ({ ...part, name: partName(part.part), file: part.fileId ? (files.get(part.fileId) ?? null) : null })),
    fees, payments, papers, pauses, items, clocks: clocksOf(dossier, ctx.now), timeline: timeline(events, ctx.actor.kind === 'citizen' ? 'applicant' : 'office', { unitName, partName }),
    acts: allowedActs(dossier, items, ctx, around), around, unsent: mayPrepare && (await hasPending(ctx.db, sent)),
    mine: items.filter((item) => (item.state === 'open' || item.state === 'claimed') && canSeeItem(item, ctx.actor) === null),
    unitName, consultations: await consultationsOf(ctx.db, ctx, dossier, items), slip: ctx.actor.kind === 'officer' ? await slipOf(ctx.db, ctx, dossier) : [],
  }
}

export interface ListInput {
  readonly q?: string
  readonly states?: readonly DossierState[]
  readonly procedure?: string
  readonly limit?: number
  readonly cursor?: string | null
}

const encode = (dossier: Dossier): string => Buffer.from(`${(dossier.submittedAt ?? dossier.createdAt).toISOString()} ${dossier.id}`).toString('base64url')

function decode(cursor: string): { at: Date; id: string } {
  const [at, id] = Buffer.from(cursor, 'base64url').toString().split(' ')
  const date = new Date(at ?? '')
  if (id && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) && !Number.isNaN(date.getTime())) return { at: date, id }
  throw new Invalid([{ key: 'cursor', message: 'Dấu trang (cursor) không đúng; bỏ trống để xem từ đầu.' }], 'Dấu trang (cursor) không đúng; bỏ trống để xem từ đầu.', 400)
}

/** The dossiers this reader may see, newest first, a page at a time. Throws Invalid (400) on a cursor that is not ours. */
export async function listDossiers(ctx: Ctx, input: ListInput = {}): Promise<{ items: Dossier[]; next: string | null }> {
  const limit = Math.min(Math.max(input.limit ?? 30, 1), 100)
  const after = input.cursor ? decode(input.cursor) : undefined
  const rows = await store.list(ctx.db, ctx.actor, { q: input.q, states: input.states, procedure: input.procedure, limit: limit + 1, after })
  const items = rows.slice(0, limit)
  return { items: await maskRows(ctx, items), next: rows.length > limit ? encode(items.at(-1)!) : null }
}

export const countDossiers = (ctx: Ctx, input: Pick<ListInput, 'q' | 'states' | 'procedure'> = {}): Promise<number> => store.count(ctx.db, ctx.actor, input)

/** Codes of the procedures most often handed in since a day, most often first: a figure about nobody, so open to all. */
export const mostFiled = (ctx: Ctx, since: Date, limit = 50): Promise<string[]> => store.mostFiled(ctx.db, since, limit)

/** Facts about a dossier for those who may read it, on the same ground as its page. */
export async function dossierEvents(ctx: Ctx, ref: string) {
  const { dossier } = await openDossier(ctx, ref)
  return listEvents(ctx.db, dossier.id)
}

/** What anyone may know of a dossier by its code: state, dates, agencies; never a whole name. Throws NotFound. */
export async function track(ctx: Ctx, code: string) {
  const dossier = await store.find(ctx.db, code.trim().toUpperCase())
  if (!dossier?.code) throw new NotFound('dossiers.no_code', 'Không có hồ sơ mang mã này. Xem lại mã trên giấy hẹn, gồm cả dấu gạch và dấu chấm.')
  const units = new Map((await listUnitsById(ctx.db, [dossier.receivedUnitId, dossier.decidedUnitId ?? dossier.receivedUnitId])).map((unit) => [unit.id, unit]))
  return {
    code: dossier.code,
    procedureCode: dossier.procedureCode,
    versionId: dossier.versionId,
    procedureName: dossier.procedureName,
    state: dossier.state,
    stateLabel: STATES[dossier.state].label,
    portalStatus: STATES[dossier.state].portal,
    applicant: maskName(dossier.applicant.fullName),
    receivedBy: units.get(dossier.receivedUnitId)?.name ?? '',
    decidedBy: units.get(dossier.decidedUnitId ?? '')?.name ?? null,
    submittedAt: dossier.submittedAt,
    acceptedAt: dossier.acceptedAt,
    dueAt: dossier.dueAt,
    finishedAt: dossier.finishedAt,
    returnedAt: dossier.returnedAt,
    clocks: clocksOf(dossier, ctx.now),
  }
}

/** A file of a dossier, for those who may read the dossier. Throws NotFound for everyone else, ReasonRequired as its page does. */
export async function dossierFile(ctx: Ctx, id: string): Promise<Opened & { file: StoredFile }> {
  const file = await getFile(ctx.db, id)
  const [kind, subject] = file.subject.split(':')
  if (kind !== 'dossier' || !subject) throw new NotFound('files.none', 'Không có tệp này.')
  const opened = await openDossier(ctx, subject)
  const { dossier } = opened
  const printed = (await store.papers(ctx.db, dossier.id)).find((paper) => paper.fileId === id)
  if (printed && hidden(ctx, dossier, printed)) throw new NotFound('files.none', 'Không có tệp này.')
  // not handed in yet: there for whoever prepares the supplement, for nobody else
  if (ctx.actor.kind === 'officer' && isWaiting(dossier) && canEdit(dossier, ctx.actor) !== null && (await store.isPendingFile(ctx.db, id))) throw new NotFound('files.none', 'Không có tệp này.')
  return { ...opened, file }
}

export interface WorkRow {
  readonly item: Item
  readonly dossier: Dossier
}

/** The actor's worklist joined with its dossiers, most urgent first. */
export async function worklist(ctx: Ctx, filter: Omit<WorklistFilter, 'subject'> & { dossier?: string } = {}): Promise<WorkRow[]> {
  const { dossier: ref, ...rest } = filter
  const subject = ref === undefined ? undefined : (await needDossier(ctx.db, ctx, ref)).id
  const items = await listWorklist(ctx.db, ctx.actor, { ...rest, subject })
  const found = await store.findMany(ctx.db, items.map((item) => item.subject))
  const dossiers = new Map((await maskRows(ctx, [...found.values()])).map((dossier) => [dossier.id, dossier]))
  return items.flatMap((item) => {
    const dossier = dossiers.get(item.subject)
    return dossier ? [{ item, dossier }] : []
  })
}

/** One item with its dossier, for whoever may do it or may read the dossier. Throws NotFound. */
export async function workItem(ctx: Ctx, id: string): Promise<WorkRow> {
  const item = await findItem(ctx.db, id)
  if (!item) throw new NotFound('work.no_item', 'Không có việc này, hoặc việc không thuộc bàn của ông/bà.')
  return { item, dossier: await needDossier(ctx.db, ctx, item.subject) }
}
