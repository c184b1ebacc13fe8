// The verbs of a dossier's process: finish a step, and the acts of the one-stop desk that are steps by another name.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { type Actor, system } from '#core/policy/actor.ts'
import { getVersion, type Version } from '#modules/procedures/index.ts'
import { complete, findItem, fireTimer, type Item, listItems } from '#modules/work/index.ts'
import { evaluateDossier, submissionFaults } from './actions.ts'
import * as facts from './events.ts'
import { carryOn, type Said } from './lifecycle.ts'
import { needDossier } from './reading.ts'
import { canCollect, canSupplement, goOnOutcome, isOwner, isRefusal, supplementStep, wayTo } from './rules.ts'
import type { Dossier, Reason } from './schema.ts'
import * as store from './store.ts'

const note = z.string().trim().max(4000, 'Ghi chú không dài quá 4.000 ký tự.').transform((text) => text.normalize('NFC')).nullish()
const reasonCodes = z.array(z.string().max(100)).max(50).default([])

const openOf = (items: readonly Item[]) => items.filter((item) => item.state === 'open' || item.state === 'claimed')

/** The reasons named by code, from the procedure's own lists. Throws Invalid for an unknown code. */
export function reasonsOf(version: Version, codes: readonly string[]): Reason[] {
  const { refusal, supplement, unresolved } = version.record.reasons
  const known = new Map([...refusal, ...supplement, ...(unresolved ?? [])].map((reason) => [reason.code, reason]))
  return codes.map((code) => {
    const reason = known.get(code)
    if (!reason) throw new Invalid([{ key: 'reasons', message: `Không có lý do “${code}”. Chọn một trong: ${[...known.keys()].join(', ')}.` }])
    return { code: reason.code, text: reason.text, clause: reason.clause }
  })
}

async function finish(tx: Tx, ctx: Ctx, dossier: Dossier, item: string, outcome: string, said: Said, actor: Actor = ctx.actor): Promise<Dossier> {
  const version = await getVersion(tx, dossier.versionId)
  const step = await complete(tx, { ...ctx, actor }, { item, outcome, note: said.note })
  return carryOn(tx, ctx, dossier, version, step, said)
}

export const CompleteInput = z.object({
  item: z.uuid('Mã việc không đúng.'),
  outcome: z.string().min(1, 'Chọn một kết quả.').max(100),
  note,
  reasons: reasonCodes,
})

/** Finishes a step of the process with one of its outcomes. Throws Conflict when another officer was first. */
export const completeStep = act(CompleteInput, async (ctx, tx, input): Promise<Dossier> => {
  const known = await findItem(tx, input.item)
  if (!known) throw new NotFound('work.no_item', 'Không có việc này, hoặc việc không thuộc bàn của ông/bà.')
  const dossier = await needDossier(tx, ctx, known.subject, 'lock')
  const version = await getVersion(tx, dossier.versionId)
  if (supplementStep([known]) && goOnOutcome(known) === input.outcome) checkSupplemented(ctx, dossier, version, await store.parts(tx, dossier.id))
  return finish(tx, ctx, dossier, input.item, input.outcome, { reasons: reasonsOf(version, input.reasons), note: input.note ?? null })
})

function checkSupplemented(ctx: Ctx, dossier: Dossier, version: Version, parts: Awaited<ReturnType<typeof store.parts>>): void {
  const faults = submissionFaults(version, evaluateDossier(ctx, dossier, version, parts), parts)
  if (faults.length > 0) throw new Invalid(faults)
}

const ActInput = z.object({ dossier: z.string(), note, reasons: reasonCodes })

/** An act of the desk: finds the actor's open step whose outcome has one of the effects, and finishes it so. */
const byEffect = (...effects: string[]) =>
  act(ActInput, async (ctx, tx, input): Promise<Dossier> => {
    const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
    const way = wayTo(dossier, openOf(await listItems(tx, dossier.id)), ctx.actor, effects)
    if (isRefusal(way)) {
      orThrow(way)
      throw new Error('unreachable')
    }
    const version = await getVersion(tx, dossier.versionId)
    return finish(tx, ctx, dossier, way.item.id, way.outcome, { reasons: reasonsOf(version, input.reasons), note: input.note ?? null })
  })

/** Accepts: the legal clock starts now, the receipt is numbered and printed (Mẫu 01). */
export const accept = byEffect('accept')
/** Refuses to accept, with reasons the citizen understands (Mẫu 03). */
export const refuse = byEffect('refuse')
/** Asks for a supplement: all faults in one request, once only after acceptance (Mẫu 02). */
export const requestSupplement = byEffect('request_supplement')
/** Hands the result, or the notice that nothing is granted, to the applicant at the counter. */
export const returnResult = byEffect('return', 'return_unresolved')

export const SupplementInput = z.object({ dossier: z.string(), note, form: z.record(z.string(), z.unknown()).optional() })

/** The applicant has mended what was asked: the clock goes on. Throws Invalid while something is still missing. */
export const supplement = act(SupplementInput, async (ctx, tx, input): Promise<Dossier> => {
  let dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  const open = openOf(await listItems(tx, dossier.id))
  orThrow(canSupplement(dossier, open, ctx.actor))
  const item = supplementStep(open)!
  const version = await getVersion(tx, dossier.versionId)
  const parts = await store.parts(tx, dossier.id)
  if (input.form) dossier = await store.update(tx, dossier, { form: { ...dossier.form, ...input.form } }, ctx.now)
  checkSupplemented(ctx, dossier, version, parts)
  const found = evaluateDossier(ctx, dossier, version, parts)
  dossier = await store.update(tx, dossier, { form: found.values }, ctx.now)
  await store.setFees(tx, dossier.id, found.fees)
  const actor = isOwner(dossier, ctx.actor) && item.citizenId === null ? system(dossier.applicant.fullName) : ctx.actor
  const after = await finish(tx, ctx, dossier, item.id, goOnOutcome(item)!, { reasons: [], note: input.note ?? null }, actor)
  await emit(tx, ctx, facts.supplemented, dossier.id, { code: dossier.code!, dueAt: after.dueAt?.toISOString() ?? null, derivation: after.derivation })
  return after
})

/** The applicant takes the result on line; nobody at the counter need do anything. */
export const collect = act(z.object({ dossier: z.string() }), async (ctx, tx, input): Promise<Dossier> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  if (dossier.state === 'DA_TRA' || dossier.state === 'TRA_LAI') return dossier
  orThrow(canCollect(dossier, ctx.actor))
  const offers = openOf(await listItems(tx, dossier.id))
    .flatMap((item) => item.outcomes.map((outcome) => ({ item, outcome })))
    .filter(({ outcome }) => outcome.effect === 'return' || outcome.effect === 'return_unresolved')
  if (offers.length === 0) throw new NotFound('dossiers.no_result', 'Kết quả chưa được chuyển về Bộ phận một cửa.')
  const { item, outcome } = offers[0]!
  return finish(tx, ctx, dossier, item.id, outcome.key, { reasons: [], note: 'Nhận kết quả trực tuyến' }, system('desk'))
})

/** A step's time of silence is over: the law takes silence for the outcome named. */
export async function silenceElapsed(ctx: Ctx, payload: { process: string; token: string }): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const moved = await fireTimer(tx, ctx, payload)
    if (!moved?.item) return
    const dossier = (await store.lock(tx, moved.subject))!
    const version = await getVersion(tx, dossier.versionId)
    await carryOn(tx, ctx, dossier, version, { ...moved, item: moved.item }, { reasons: [], note: 'Hết hạn chờ trả lời, coi như đồng ý theo quy định.' })
  })
}
