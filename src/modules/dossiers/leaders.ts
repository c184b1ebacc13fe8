// What the heads of the deciding unit decide: one more supplement, an apology with a new date, an extension, the end of handling.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { Conflict, Invalid, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { formatDate } from '#core/text/index.ts'
import { type Calendar, isWorkingDay, localDate } from '#core/workdays/index.ts'
import { getVersion } from '#modules/procedures/index.ts'
import { type Item, listItems, setItemDue, terminate } from '#modules/work/index.ts'
import { type Around, aroundOf } from './around.ts'
import { closeEnded } from './consult-ended.ts'
import { closingOn } from './deadlines.ts'
import { settleFees } from './dues.ts'
import * as facts from './events.ts'
import { deciding, reckon } from './lifecycle.ts'
import { ruleOn } from './law.ts'
import { apologyData, stopData } from './papers-notices.ts'
import { previewPaper } from './prints-preview.ts'
import { actorName, breach, byOf, needReasons, withNote } from './reasoned.ts'
import { needDossier } from './reading.ts'
import { canApologise, canExtend, canPermitSupplement, canStop, leads } from './rules-life.ts'
import type { Dossier } from './schema.ts'
import { reasonsInput } from './steps.ts'
import * as store from './store.ts'
import { watchDue } from './watch.ts'

const words = (max: number) => z.string().trim().max(max, `Không dài quá ${max} ký tự.`).transform((text) => text.normalize('NFC'))
const note = words(4000).nullish()
const isOpen = (item: Item) => item.state === 'open' || item.state === 'claimed'

/** Emits in the post by which the actor leads here, when several are held. */
const asLeader = (ctx: Ctx, around: Pick<Around, 'leaderUnit'>) => {
  const post = leads(ctx.actor, around)
  return post ? { role: post.role, unitId: post.unitId, postId: post.id } : undefined
}

/** Asked after the rule, so that who may not do it is told that first. Throws Invalid. */
function needWords(given: string | null | undefined, key: string, message: string): string {
  if ((given ?? '').length >= 10) return given!
  throw new Invalid([{ key, message }])
}

export const PermitInput = z.object({ dossier: z.string(), reason: words(2000).nullish() })

/** A leader consents, with a recorded reason, to one more request for a supplement in processing. The dossier counts as late once it is used. */
export const permitSupplement = act(PermitInput, async (ctx, tx, input): Promise<Dossier> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  const around = await aroundOf(tx, ctx, dossier)
  orThrow(canPermitSupplement(dossier, around, ctx.actor))
  const reason = needWords(input.reason, 'reason', 'Ghi rõ lý do cho phép yêu cầu bổ sung lần nữa, ít nhất 10 ký tự; lý do lưu trong hồ sơ.')
  await store.addPermit(tx, dossier.id, reason, byOf(ctx, around.leaderUnit), ctx.now)
  await emit(tx, ctx, facts.supplementPermitted, dossier.id, { code: dossier.code!, reason }, asLeader(ctx, around))
  return store.update(tx, dossier, {}, ctx.now)
})

/** Open steps that ended with the dossier's term end with the new one. */
async function moveDues(tx: Tx, dossier: Dossier, oldDue: Date, newDue: Date): Promise<void> {
  for (const item of (await listItems(tx, dossier.id)).filter(isOpen)) if (item.dueAt?.getTime() === oldDue.getTime()) await setItemDue(tx, item.id, newDue)
}

export const ApologyInput = z.object({
  dossier: z.string(), reasons: reasonsInput, note, newDueOn: z.string().max(20).nullish(),
})

/** The instant promised on a day, when it is later than the old one and the office works. Throws Invalid. */
function promised(dossier: Dossier, given: string | null | undefined, calendar: Calendar): Date {
  const wrong = (message: string) => new Invalid([{ key: 'newDueOn', message }])
  const on = z.iso.date().safeParse(given ?? '').data
  if (!on) throw wrong('Ghi ngày hẹn mới, ví dụ 01/12/2026.')
  const old = localDate(dossier.dueAt!)
  if (on <= old) throw wrong(`Ngày hẹn mới phải sau ngày hẹn cũ (${formatDate(old)}).`)
  if (!isWorkingDay(on, calendar)) throw wrong('Ngày này cơ quan nghỉ; chọn một ngày làm việc.')
  return closingOn(on, calendar)!
}

/** The apology with a new date (Mẫu 04): once, in time, by a head. The first date is kept, and the dossier stays late in statistics. */
export const apologise = act(ApologyInput, async (ctx, tx, input): Promise<Dossier> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  const version = await getVersion(tx, dossier.versionId)
  const around = await aroundOf(tx, ctx, dossier, version)
  orThrow(canApologise(dossier, around, ctx.actor, ctx.now))
  const reasons = needReasons(ctx, version, 'apology', { reasons: input.reasons, note: input.note ?? null })
  const calendar = await deciding(tx, ctx, dossier)
  const dueAt = promised(dossier, input.newDueOn, calendar)
  await store.addReasons(tx, dossier.id, 'apology', reasons, byOf(ctx, around.leaderUnit), ctx.now)
  const noted = { ...dossier, apologisedAt: ctx.now, apologyDueAt: dueAt }
  const due = reckon(ctx, noted, version, dossier.acceptedAt!, await store.pauses(tx, dossier.id), calendar)
  await store.addPaper(tx, {
    dossierId: dossier.id, kind: 'apology', number: null, by: actorName(ctx), at: ctx.now,
    data: await apologyData(ctx, tx, dossier, { reasons: withNote(reasons, input.note), newDueAt: due.dueAt, derivation: null }),
  })
  await store.addDeadline(tx, dossier.id, due, 'apology', ctx.now)
  const changed = await store.update(tx, dossier, {
    apologisedAt: ctx.now, apologyDueAt: dueAt, dueAt: due.dueAt, derivation: due.derivation, breach: dossier.breach ?? 'apology',
  }, ctx.now)
  await moveDues(tx, changed, dossier.dueAt!, due.dueAt)
  await breach(tx, ctx, changed, 'apology', input.note ?? null)
  await emit(tx, ctx, facts.apologised, dossier.id, {
    code: dossier.code!, dueAt: due.dueAt.toISOString(), derivation: due.derivation, firstDueAt: dossier.firstDueAt?.toISOString() ?? null, reasons: [...reasons], note: input.note ?? null,
  }, asLeader(ctx, around))
  await watchDue(tx, ctx, changed)
  return changed
})

export const ExtensionInput = z.object({ dossier: z.string(), note })

/** The longer term that the procedure knows, by a head's decision (`record.extension`, applies by_decision). */
export const extendTerm = act(ExtensionInput, async (ctx, tx, input): Promise<Dossier> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  const version = await getVersion(tx, dossier.versionId)
  const around = await aroundOf(tx, ctx, dossier, version)
  orThrow(canExtend(dossier, around, ctx.actor, ctx.now))
  const said = needWords(input.note, 'note', 'Ghi rõ căn cứ gia hạn của hồ sơ này, ít nhất 10 ký tự.')
  const due = reckon(ctx, { ...dossier, extendedAt: ctx.now }, version, dossier.acceptedAt!, await store.pauses(tx, dossier.id), await deciding(tx, ctx, dossier))
  if (due.dueAt <= dossier.dueAt!) throw new Conflict('dossiers.extension_shorter', 'Gia hạn theo quy định của thủ tục không làm hạn trả lùi lại nên không có tác dụng.')
  await store.addDeadline(tx, dossier.id, due, 'extended', ctx.now)
  const changed = await store.update(tx, dossier, { extendedAt: ctx.now, dueAt: due.dueAt, derivation: due.derivation }, ctx.now)
  await moveDues(tx, changed, dossier.dueAt!, due.dueAt)
  await emit(tx, ctx, facts.extended, dossier.id, {
    code: dossier.code!, dueAt: due.dueAt.toISOString(), derivation: due.derivation, firstDueAt: dossier.firstDueAt?.toISOString() ?? null, note: said,
  }, asLeader(ctx, around))
  await watchDue(tx, ctx, changed)
  return changed
})

export const StopInput = z.object({ dossier: z.string(), reasons: reasonsInput, note })

const stage = async (reader: Reader, dossier: Dossier): Promise<string | null> =>
  (await listItems(reader, dossier.id)).filter(isOpen).map((item) => item.name).join('; ') || null

/** Handling ends by a head's decision with reasons (Mẫu 05): the process is over, clocks end, everything open is closed. */
export const stop = act(StopInput, async (ctx, tx, input): Promise<Dossier> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  const version = await getVersion(tx, dossier.versionId)
  const around = await aroundOf(tx, ctx, dossier, version)
  orThrow(canStop(dossier, around, ctx.actor))
  const reasons = needReasons(ctx, version, 'stop', { reasons: input.reasons, note: input.note ?? null })
  await store.addReasons(tx, dossier.id, 'stop', reasons, byOf(ctx, around.leaderUnit), ctx.now)
  await store.addPaper(tx, {
    dossierId: dossier.id, kind: 'stop_notice', number: null, by: actorName(ctx), at: ctx.now,
    data: await stopData(ctx, tx, dossier, { reasons: withNote(reasons, input.note), stage: await stage(tx, dossier), legalBasis: reasons.flatMap((one) => (one.clause ? [one.clause] : [])) }),
  })
  await terminate(tx, ctx, dossier.id, 'Dừng giải quyết')
  await closeEnded(tx, ctx, dossier, 'Hồ sơ đã dừng giải quyết.')
  if (dossier.pausedAt) await store.closePause(tx, dossier.id, ctx.now)
  await emit(tx, ctx, facts.stopped, dossier.id, { code: dossier.code!, reasons: [...reasons], note: input.note ?? null }, asLeader(ctx, around))
  const stopped = await store.update(tx, dossier, { state: 'DUNG_XU_LY', closedAt: ctx.now, pausedAt: null, pauseReason: null }, ctx.now)
  await watchDue(tx, ctx, stopped)
  await settleFees(tx, ctx, stopped)
  return stopped
})

/** The apology or the stop notice as it would be issued now, for whoever may issue it; kept nowhere. */
export const leaderDraft = (
  ctx: Ctx, input: { dossier: string; kind: 'apology' | 'stop'; reasons: z.input<typeof reasonsInput>; note: string | null; newDueOn?: string | null },
): Promise<Uint8Array> =>
  previewPaper(ctx, {
    dossier: input.dossier, kind: input.kind === 'stop' ? 'stop_notice' : 'apology', reasons: reasonsInput.parse(input.reasons), note: input.note, newDueOn: input.newDueOn ?? null,
  })

/** The clause of a dated rule, for the sentence beside the form. */
export const clauseOf = (ctx: Ctx, name: Parameters<typeof ruleOn>[1]): string => ruleOn(ctx, name, localDate(ctx.now)).clause
