// The outcomes that a citizen must be told the reasons of: refusal, supplement, duty, rejection. Reasons become rows, papers and facts together.

import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Invalid, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { postOf, ROLES, type Role } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/index.ts'
import type { Version } from '#modules/procedures/index.ts'
import type { Item } from '#modules/work/index.ts'
import { aroundOf } from './around.ts'
import * as facts from './events.ts'
import * as papers from './papers.ts'
import { financialData } from './papers-duty.ts'
import { checkReasons, type GivenReason } from './reasons.ts'
import { canAskSupplement } from './rules-life.ts'
import type { Dossier, Reason, ReasonAct } from './schema.ts'
import * as store from './store.ts'

/** What was said with an outcome. */
export interface Said {
  readonly reasons: readonly GivenReason[]
  /** words of the officer's own; with reasons they stand in the notice beside them */
  readonly note: string | null
  /** why a supplement is asked only after the first third of the term */
  readonly explanation?: string | null
  /** what must be paid, when the outcome is a financial duty and the amounts are known */
  readonly lines?: readonly store.DutyLine[]
}

export const actorName = (ctx: Ctx): string => (ctx.actor.kind === 'anonymous' ? 'Khách' : ctx.actor.name)

/** Who acts, for a row: in the post of that unit when several are held. */
export function byOf(ctx: Ctx, unitId?: string | null): store.By {
  const { actor } = ctx
  const post = actor.kind === 'officer' ? (postOf(actor, Object.keys(ROLES) as Role[], unitId ?? undefined) ?? actor.posts[0]) : undefined
  return { id: actor.kind === 'officer' || actor.kind === 'citizen' ? actor.id : null, name: actorName(ctx), unitId: post?.unitId ?? unitId ?? null, role: post?.role ?? null }
}

/** The reasons as they will be printed. Throws Invalid naming everything that is wrong with them. */
export function needReasons(ctx: Ctx, version: Version, act: ReasonAct, said: Pick<Said, 'reasons' | 'note'>): readonly Reason[] {
  const { reasons, faults } = checkReasons(version.record as never, { act, reasons: said.reasons, note: said.note, on: localDate(ctx.now) })
  if (faults.length > 0) throw new Invalid(faults)
  return reasons
}

/** The officer's own words close the notice, after the reasons. */
export const withNote = (reasons: readonly Reason[], note: string | null | undefined): Reason[] =>
  note?.trim() ? [...reasons, { code: 'ghi_them', text: note.trim(), clause: null }] : [...reasons]

async function keep(tx: Tx, ctx: Ctx, dossier: Dossier, act: ReasonAct, reasons: readonly Reason[], unitId?: string | null): Promise<void> {
  await store.addReasons(tx, dossier.id, act, reasons, byOf(ctx, unitId), ctx.now)
}

/** The applicant gives up in the applicant's own words: the law's sentence for it stands in the paper. */
const givenUp = (said: Said, item: Item): Said =>
  item.role === 'cong_dan' && said.reasons.length === 0 ? { ...said, reasons: [{ code: 'chung_khong_bo_sung' }] } : said

export async function refuse(tx: Tx, ctx: Ctx, dossier: Dossier, version: Version, given: Said, item: Item): Promise<Dossier> {
  const said = givenUp(given, item)
  const reasons = needReasons(ctx, version, 'refusal', said)
  await keep(tx, ctx, dossier, 'refusal', reasons, item.unitId)
  await store.addPaper(tx, {
    dossierId: dossier.id, kind: 'refusal', number: null, data: await papers.refusalData(ctx, tx, dossier, withNote(reasons, said.note)), by: actorName(ctx), at: ctx.now,
  })
  await emit(tx, ctx, facts.refused, dossier.id, { code: dossier.code!, reasons: [...reasons], note: said.note })
  return store.update(tx, dossier, { state: 'TU_CHOI', closedAt: ctx.now }, ctx.now)
}

/** All faults in one notice. In processing the first is free, a further one uses up a leader's permit and makes the dossier count as late for ever. */
export async function requestSupplement(tx: Tx, ctx: Ctx, dossier: Dossier, version: Version, said: Said, item: Item): Promise<Dossier> {
  const around = await aroundOf(tx, ctx, dossier, version)
  orThrow(canAskSupplement(dossier, around))
  const reasons = needReasons(ctx, version, 'supplement', said)
  const explanation = said.explanation?.trim() || null
  if (around.pastFirstThird && (explanation ?? '').length < 10) {
    throw new Invalid([{
      key: 'explanation', message: 'Đã quá một phần ba đầu của thời hạn. Ghi rõ vì sao đến nay mới yêu cầu bổ sung (ít nhất 10 ký tự); lời giải trình lưu trong hồ sơ.',
    }])
  }
  const before = dossier.acceptedAt === null
  const permit = !before && around.asked >= around.free ? around.permits.find((one) => one.usedAt === null)! : null
  if (permit) await store.usePermit(tx, permit.id, ctx.now)
  await store.addSupplement(tx, dossier.id, { before, permitId: permit?.id ?? null, explanation }, byOf(ctx, item.unitId), ctx.now)
  await keep(tx, ctx, dossier, 'supplement', reasons, item.unitId)
  await store.addPaper(tx, {
    dossierId: dossier.id, kind: 'supplement_request', number: null,
    data: await papers.supplementData(ctx, tx, dossier, item.unitId ?? dossier.receivedUnitId, withNote(reasons, said.note)), by: actorName(ctx), at: ctx.now,
  })
  await emit(tx, ctx, facts.supplementRequested, dossier.id, { code: dossier.code!, reasons: [...reasons], note: said.note, before })
  if (before) return dossier
  const changed = await store.update(tx, dossier, { supplements: dossier.supplements + 1, breach: permit ? (dossier.breach ?? 'second_supplement') : undefined }, ctx.now)
  if (permit) await breach(tx, ctx, changed, 'second_supplement', permit.reason)
  return changed
}

/** Against the rules, kept for ever and told. */
export async function breach(tx: Tx, ctx: Ctx, dossier: Dossier, cause: store.Breach['cause'], note: string | null): Promise<void> {
  await store.addBreach(tx, dossier.id, cause, note, actorName(ctx), ctx.now)
  await emit(tx, ctx, facts.breached, dossier.id, { code: dossier.code!, cause })
}

/** A specialist proposes that nothing be granted: the reasons wait for the signature. */
export async function proposeRejection(tx: Tx, ctx: Ctx, dossier: Dossier, version: Version, said: Said, item: Item): Promise<Dossier> {
  await keep(tx, ctx, dossier, 'unresolved', withNoteAsDetail(needReasons(ctx, version, 'unresolved', said), said.note), item.unitId)
  return store.update(tx, dossier, { rejection: 'proposed' }, ctx.now)
}

const withNoteAsDetail = (reasons: readonly Reason[], note: string | null): readonly Reason[] =>
  note && reasons.length > 0 && !reasons.some((one) => one.detail) ? reasons.map((one, i) => (i === 0 ? { ...one, detail: note } : one)) : reasons

/** A leader signs that nothing is granted, by the reasons proposed or by the leader's own. */
export async function signRejection(tx: Tx, ctx: Ctx, dossier: Dossier, proposed: readonly Reason[] | null, own: { said: Said; version: Version } | null): Promise<Dossier> {
  const reasons = own ? needReasons(ctx, own.version, 'unresolved', own.said) : proposed!
  if (own) await keep(tx, ctx, dossier, 'unresolved', reasons)
  await issueNotice(tx, ctx, dossier, withNote(reasons, own?.said.note))
  await emit(tx, ctx, facts.signed, dossier.id, { code: dossier.code!, rejection: true })
  return store.update(tx, dossier, { rejection: 'signed', signedAt: ctx.now, signedBy: actorName(ctx) }, ctx.now)
}

async function issueNotice(tx: Tx, ctx: Ctx, dossier: Dossier, reasons: readonly Reason[]): Promise<void> {
  await store.addPaper(tx, {
    dossierId: dossier.id, kind: 'unresolved_notice', number: null, data: await papers.unresolvedData(ctx, tx, dossier, reasons), by: actorName(ctx), at: ctx.now,
  })
}

/** Papers and notice go back to the applicant. Nobody gets a dossier back without a notice that says why. */
export async function returnUnresolved(tx: Tx, ctx: Ctx, dossier: Dossier, version: Version, given: Said, item: Item): Promise<Dossier> {
  const since = (dossier.rejection === 'signed' ? dossier.signedAt : null)?.getTime() ?? Number.POSITIVE_INFINITY
  const notice = (await store.papers(tx, dossier.id)).some((one) => one.kind === 'unresolved_notice' && one.createdAt.getTime() >= since)
  if (!notice) {
    const rounds = await store.supplements(tx, dossier.id)
    const declined = rounds.some((one) => !one.before && one.answeredAt === null && one.revokedAt === null)
    const said = given.reasons.length === 0 && (declined || item.role === 'cong_dan') ? { ...given, reasons: [{ code: 'chung_khong_bo_sung' }] } : given
    const reasons = needReasons(ctx, version, 'unresolved', said)
    await keep(tx, ctx, dossier, 'unresolved', reasons, item.unitId)
    await issueNotice(tx, ctx, dossier, withNote(reasons, item.role === 'cong_dan' || declined ? null : said.note))
  }
  await emit(tx, ctx, facts.returned, dossier.id, { code: dossier.code!, way: ctx.actor.kind === 'citizen' ? 'online' : 'counter', unresolved: true })
  return store.update(tx, dossier, { state: 'TRA_LAI', returnedAt: ctx.now, closedAt: ctx.now, finishedAt: dossier.finishedAt ?? ctx.now }, ctx.now)
}

/** Something must be paid before the dossier goes on; the amounts may follow from the tax office. */
export async function askDuty(tx: Tx, ctx: Ctx, dossier: Dossier, version: Version, said: Said, item: Item): Promise<Dossier> {
  const reasons = needReasons(ctx, version, 'financial', said)
  await keep(tx, ctx, dossier, 'financial', reasons, item.unitId)
  await store.addDuty(tx, dossier.id, said.lines ?? [], byOf(ctx, item.unitId), ctx.now)
  await emit(tx, ctx, facts.dutyAsked, dossier.id, { code: dossier.code!, reasons: [...reasons], note: said.note })
  if (said.lines && said.lines.length > 0) await noticeDuty(tx, ctx, dossier, said.lines, said.note)
  return dossier
}

/** The notice of what to pay. */
export async function noticeDuty(tx: Tx, ctx: Ctx, dossier: Dossier, lines: readonly store.DutyLine[], note: string | null): Promise<void> {
  const totalVnd = lines.reduce((sum, line) => sum + line.amountVnd, 0)
  await store.addPaper(tx, {
    dossierId: dossier.id, kind: 'financial_notice', number: null, by: actorName(ctx), at: ctx.now,
    data: await financialData(ctx, tx, dossier, { lines, note, reasons: await store.lastReasons(tx, dossier.id, 'financial') }),
  })
  await emit(tx, ctx, facts.dutyNoticed, dossier.id, { code: dossier.code!, lines: [...lines], totalVnd, note })
}

