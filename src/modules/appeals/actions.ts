// The verbs of appeals: lodge with one tap, decide once, and the clock between.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { Conflict, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { enqueue, withdraw } from '#core/jobs/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import { deadline, localDate } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import {
  AGAINST, aboveKeys, canContest, checkDecision, contested, contestedBy, type Dossier, holdDossier, issueDecision, joinUnit, listPapers, needDossier, overturn, reasonsInput, ruleOn, wakeAgain,
} from '#modules/dossiers/index.ts'
import { findUnitByKey, getUnit, type Unit } from '#modules/org/index.ts'
import * as facts from './events.ts'
import { aboveOf, canDecide, canSee, judgeOf } from './rules.ts'
import type { Appeal } from './schema.ts'
import * as store from './store.ts'

const words = z.string().trim().max(2000, 'Không dài quá 2.000 ký tự.').transform((text) => text.normalize('NFC'))
export const jobKey = (id: string) => `appeals.due:${id}`

/** The unit that did what is appealed against. */
const acting = (tx: Tx, dossier: Dossier): Promise<Unit> => getUnit(tx, dossier.acceptedAt ? (dossier.decidedUnitId ?? dossier.receivedUnitId) : dossier.receivedUnitId)

async function judging(tx: Tx, dossier: Dossier): Promise<{ from: Unit; above: Unit }> {
  const from = await acting(tx, dossier)
  const keys = await aboveKeys(tx, dossier)
  const above = aboveOf(from, { department: keys.department ? await findUnitByKey(tx, keys.department, from) : null, province: await findUnitByKey(tx, keys.province, from) })
  if (!above) throw new Conflict('appeals.no_above', 'Cơ quan này không có cấp trên trong tỉnh; ông/bà gửi khiếu nại tới bộ quản lý ngành hoặc khởi kiện tại Tòa án theo quy định.')
  return { from, above }
}

export const LodgeInput = z.object({ dossier: z.string(), words: words.nullish() })

/** The applicant asks the unit above to look again at the newest refusal, request, stop or notice. A second tap gives the first appeal back. */
export const lodge = act(LodgeInput, async (ctx, tx, input): Promise<Appeal> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  const papers = await listPapers(tx, dossier)
  orThrow(canContest(ctx, dossier, papers))
  const { against, paper } = contested(ctx, dossier, papers)!
  const known = await store.find(tx, { paper: paper.id })
  if (known) return known
  const { from, above } = await judging(tx, dossier)
  const rule = ruleOn(ctx, 'appealWorkingDays', localDate(ctx.now))
  const due = deadline({ term: { value: rule.value, unit: 'ngay_lam_viec' }, receivedAt: ctx.now, calendar: await calendarOf(tx, ctx, above.id) })
  const derivation = `${due.derivation} (${rule.clause})`
  const appeal = (await store.insert(tx, {
    dossierId: dossier.id, dossierCode: dossier.code!, procedureCode: dossier.procedureCode, against, paperId: paper.id, actedAt: paper.createdAt,
    actedBy: await contestedBy(tx, dossier, against), fromUnitId: from.id, unitId: above.id, unitPath: above.path, citizenId: dossier.citizenId!, words: input.words || null,
    lodgedAt: ctx.now, dueAt: due.dueAt, derivation,
  }))!
  await joinUnit(tx, ctx, dossier, above.id)
  await enqueue(tx, 'appeals.due', { appeal: appeal.id, at: due.dueAt.toISOString() }, { runAt: due.dueAt, key: jobKey(appeal.id) })
  await emit(tx, ctx, facts.lodged, dossier.id, { code: dossier.code!, appeal: appeal.id, against, unit: above.id, dueAt: due.dueAt.toISOString(), derivation })
  return appeal
})

/** Job: the time for an answer is over. It is told, and stays on record. */
export async function appealDue(ctx: Ctx, { appeal: id, at }: { appeal: string; at?: string }): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const appeal = await store.lock(tx, id)
    if (appeal?.state !== 'open' || appeal.lateAt) return
    if (ctx.now < appeal.dueAt) {
      const again = wakeAgain(ctx.now, appeal.dueAt, at)
      return again ? enqueue(tx, 'appeals.due', { appeal: id, at: appeal.dueAt.toISOString() }, { runAt: again, key: jobKey(id) }) : undefined
    }
    await store.setLate(tx, id, ctx.now)
    await emit(tx, ctx, facts.overdue, appeal.dossierId, { code: appeal.dossierCode, appeal: id, against: appeal.against, unit: appeal.unitId, dueAt: appeal.dueAt.toISOString() })
  })
}

export const DecideInput = z.object({
  appeal: z.uuid('Mã đề nghị không đúng.'),
  how: z.enum(['uphold', 'overturn'], 'Chọn giữ nguyên hoặc chấp nhận đề nghị.'),
  reasons: reasonsInput,
  note: words.nullish(),
})

const none = () => new NotFound('appeals.none', 'Không có đề nghị này, hoặc ông/bà không được xem.')

const ORDERS = {
  refusal: 'Tiếp nhận lại hồ sơ và trả lời trong thời hạn tiếp nhận.', supplement: 'Hủy yêu cầu bổ sung; giải quyết tiếp theo giấy tờ đang có.',
  stop: 'Giải quyết tiếp hồ sơ.', unresolved: 'Hủy thông báo không giải quyết; giải quyết lại hồ sơ.',
} as const

/** The answer of the unit above, once: upheld or overturned, with a reason tied to its clause and a sentence for the citizen. */
export const decide = act(DecideInput, async (ctx, tx, input): Promise<Appeal> => {
  const seen = await store.find(tx, { id: input.appeal })
  if (!seen || !canSee(seen, ctx.actor)) throw none()
  const dossier = (await holdDossier(tx, seen.dossierId))! // dossier before appeal: the order in which every act locks
  const appeal = (await store.lock(tx, seen.id))!
  orThrow(canDecide(appeal, ctx.actor))
  const note = input.note || null
  const { reasons, faults } = await checkDecision(tx, ctx, dossier, input.how, { reasons: input.reasons, note })
  if (faults.length > 0) throw new Invalid(faults)
  const by = ctx.actor.kind === 'officer' ? { id: ctx.actor.id, name: ctx.actor.name } : { id: 'system', name: 'Hệ thống' }
  const from = await getUnit(tx, appeal.fromUnitId)
  await issueDecision(tx, ctx, dossier, {
    unitId: appeal.unitId, decision: input.how === 'overturn' ? 'Chấp nhận đề nghị xem xét lại' : 'Giữ nguyên', appealedAt: appeal.lodgedAt,
    against: `việc ${AGAINST[appeal.against]} của ${from.name}, ${formatDateTime(appeal.actedAt)}`, grounds: appeal.words,
    reasons: note ? [...reasons, { code: 'ghi_them', text: note, clause: null }] : reasons, orders: input.how === 'overturn' ? [`${from.name}: ${ORDERS[appeal.against]}`] : [],
  })
  const post = judgeOf(ctx.actor, appeal)
  await withdraw(tx, jobKey(appeal.id))
  await emit(tx, ctx, facts.decided, dossier.id, {
    code: dossier.code!, appeal: appeal.id, against: appeal.against, unit: appeal.unitId, how: input.how, late: ctx.now > appeal.dueAt, reasons: [...reasons], note,
  }, post ? { role: post.role, unitId: post.unitId, postId: post.id } : undefined)
  if (input.how === 'overturn') await overturn(tx, ctx, dossier, { against: appeal.against, reasons, note })
  return store.decide(tx, appeal.id, input.how === 'overturn' ? 'overturned' : 'upheld', by, { reasons, note }, ctx.now)
})
