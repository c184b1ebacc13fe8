// Opinions of other units beside a step (lấy ý kiến): asked at once, each with its own question, share and rule of silence; answered, reminded,
// taken back. Each is a process of its own on the asked unit's desk, so a late one never lengthens the dossier's term (domain §3.1, rule 7).

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { type FieldError, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { parseInput } from '#core/act.ts'
import { deadline } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { keepFile, type Staged } from '#modules/files/index.ts'
import { getUnit, resolveUnit, type Unit } from '#modules/org/index.ts'
import { getVersion, sharedProcess } from '#modules/procedures/index.ts'
import { complete, endProcess, findItem, type Item, type Moved, setItemDue, startBeside } from '#modules/work/index.ts'
import { askFaults, canAnswer, canConsult, canRemindAgain, canSteer, MOST_ASKED, OPINIONS } from './consult-rules.ts'
import * as store from './consult-store.ts'
import * as facts from './events.ts'
import { giver, receive } from './handover.ts'
import { handoverResult } from './handover-rules.ts'
import { addHandover } from './handover-store.ts'
import { settle } from './lifecycle.ts'
import { needDossier } from './reading.ts'
import type { Dossier } from './schema.ts'

const text = (max: number, what: string) => z.string().trim().max(max, `${what} không dài quá ${max.toLocaleString('vi')} ký tự.`).transform((said) => said.normalize('NFC'))

const Ask = z.object({
  /** any code or the name of a unit of the province's tree, bodies outside its command included */
  unit: text(200, 'Tên đơn vị').refine((given) => given !== '', 'Chọn đơn vị cần hỏi.'),
  question: text(4000, 'Câu hỏi').refine((given) => given.length >= 5, 'Ghi rõ cần đơn vị này cho ý kiến về điều gì.'),
  /** the asked unit's share, in working days */
  days: z.number('Số ngày làm việc là số nguyên.').int('Số ngày làm việc là số nguyên.').min(1, 'Cho ít nhất 1 ngày làm việc.').max(60, 'Không quá 60 ngày làm việc.').default(3),
  /** what no answer means: consent where a clause says so, else an alarm */
  silence: z.enum(['alarm', 'agree'], 'Chọn im lặng nghĩa là gì: chỉ báo động, hoặc coi như đồng ý theo quy định.').default('alarm'),
  clause: text(500, 'Căn cứ').nullish(),
})

export const ConsultInput = z.object({
  item: z.uuid('Mã việc không đúng.'),
  asks: z.array(Ask).min(1, 'Ghi ít nhất một đơn vị cần hỏi.').max(MOST_ASKED, `Mỗi lần hỏi không quá ${MOST_ASKED} đơn vị.`),
  /** the same key asks once, however often it is sent */
  clientKey: z.string().max(200).nullish(),
})

const noItem = () => new NotFound('work.no_item', 'Không có việc này, hoặc việc không thuộc bàn của ông/bà.')
const noConsultation = () => new NotFound('dossiers.no_consultation', 'Không có yêu cầu lấy ý kiến này trong hồ sơ.')

async function unitAsked(tx: Tx, given: string, at: string): Promise<Unit> {
  const found = await resolveUnit(tx, given).catch((error: unknown) => {
    if (error instanceof NotFound) throw new Invalid([{ key: `${at}.unit`, message: `Không có đơn vị nào tên hoặc mã “${given}”. Chọn trong danh sách gợi ý.` }])
    throw error
  })
  const live = new Map(found.map((one) => [one.live.id, one.live]))
  if (live.size > 1) {
    throw new Invalid([{ key: `${at}.unit`, message: `Có ${live.size} đơn vị tên “${given}”; ghi mã của đơn vị cần hỏi: ${[...live.values()].slice(0, 5).map((one) => `${one.code} (${one.name})`).join(', ')}.` }])
  }
  return [...live.values()][0]!
}

const about = (dossier: Dossier, one: store.Consultation, unitName: string) => ({ code: dossier.code!, consultation: one.id, unit: one.unitId, unitName })

/** Asks several units at once, beside the step that goes on being this officer's. Throws Invalid naming every faulty question, Forbidden or
 *  Conflict as `canConsult` says. The same client key gives what it asked before. */
export const consult = act(ConsultInput, async (ctx, tx, input): Promise<store.Consultation[]> => {
  const known = await findItem(tx, input.item)
  if (!known) throw noItem()
  const dossier = await needDossier(tx, ctx, known.subject, 'lock')
  const before = input.clientKey ? await store.byClientKey(tx, input.item, input.clientKey) : []
  if (before.length > 0) return before
  const item = (await findItem(tx, input.item))!
  orThrow(canConsult(dossier, item, ctx.actor))
  const asks = await checked(tx, ctx, dossier, item, input.asks)
  const made: store.Consultation[] = []
  let last: Moved | null = null
  const opened: Item[] = []
  for (const { unit, dueAt, ...ask } of asks) {
    const called = await sharedProcess(tx, ask.silence === 'agree' ? 'lay_y_kien_im_lang' : 'lay_y_kien', { id: 'tra_loi', role: 'co_quan_phoi_hop' })
    const begun = await startBeside(tx, ctx, {
      item: item.id, call: { name: `Lấy ý kiến ${unit.name}`, definition: called.definition, places: { '': unit.id } }, variables: { due: dueAt.toISOString() },
    })
    const [answer] = begun.opened
    if (!answer) throw new Error(`process ${begun.process} asked nobody`)
    await setItemDue(tx, answer.id, dueAt)
    opened.push(answer)
    last = begun
    const by = ctx.actor.kind === 'officer' ? { id: ctx.actor.id, name: ctx.actor.name } : { id: 'system', name: 'Hệ thống' }
    const one = await store.insertConsultation(tx, {
      dossierId: dossier.id, itemId: item.id, processId: begun.process, answerItemId: answer.id, clientKey: input.clientKey ?? null, unitId: unit.id,
      deskUnitId: answer.unitId ?? unit.id, askingUnitId: item.unitId, by, question: ask.question, days: ask.days, silence: ask.silence,
      clause: ask.silence === 'agree' ? ask.clause!.trim() : null, askedAt: ctx.now, dueAt,
    })
    await emit(tx, ctx, facts.consultationOpened, dossier.id, {
      ...about(dossier, one, unit.name), item: answer.id, dueAt: dueAt.toISOString(), silence: one.silence, clause: one.clause,
    }, { unitId: item.unitId ?? undefined })
    await addHandover(tx, dossier.id, {
      kind: 'consultation', step: item.name, from: giver(ctx, item), to: { unitId: answer.unitId, role: answer.role, officer: null, name: null }, itemId: answer.id,
      handedAt: ctx.now, dueAt, rule: null, receivedAt: null, result: null, note: ask.question.slice(0, 300),
    })
    made.push(one)
  }
  await settle(tx, ctx, dossier, await getVersion(tx, dossier.versionId), { opened, open: last!.open, ended: last!.ended }, undefined)
  return made
})

type Checked = z.output<typeof Ask> & { readonly dueAt: Date }

async function checked(tx: Tx, ctx: Ctx, dossier: Dossier, item: Item, asks: readonly z.output<typeof Ask>[]): Promise<(Omit<Checked, 'unit'> & { unit: Unit })[]> {
  const faults: FieldError[] = []
  const found: (Omit<Checked, 'unit'> & { unit: Unit })[] = []
  const busy = new Map((await store.consultations(tx, dossier.id)).filter((one) => one.itemId === item.id && one.state === 'open').map((one) => [one.unitId, one]))
  for (const [i, ask] of asks.entries()) {
    const at = `asks.${i}`
    try {
      const unit = await unitAsked(tx, ask.unit, at)
      if (unit.id === item.unitId) faults.push({ key: `${at}.unit`, message: 'Đây chính là đơn vị đang xử lý; lấy ý kiến là hỏi đơn vị khác.' })
      else if (busy.has(unit.id)) faults.push({ key: `${at}.unit`, message: `Đang chờ ${unit.name} trả lời rồi; nhắc, hoặc rút yêu cầu cũ trước khi hỏi lại.` })
      else if (found.some((one) => one.unit.id === unit.id)) faults.push({ key: `${at}.unit`, message: `${unit.name} đã ghi ở trên; gộp các câu hỏi cho một đơn vị vào một ô.` })
      const { dueAt } = deadline({ term: { value: ask.days, unit: 'ngay_lam_viec' }, receivedAt: ctx.now, calendar: await calendarOf(tx, ctx, unit.id) })
      faults.push(...askFaults(at, ask, { dueAt, dossierDueAt: dossier.dueAt, now: ctx.now }))
      found.push({ ...ask, unit, dueAt })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      faults.push(...error.fields)
    }
  }
  if (faults.length > 0) throw new Invalid(faults)
  return found
}

interface Held {
  readonly one: store.Consultation
  readonly dossier: Dossier
  readonly unit: Unit
}

/** The consultation, held with its dossier until the transaction ends. */
async function hold(tx: Tx, ctx: Ctx, by: { id: string } | { answerItem: string }): Promise<Held> {
  const known = await store.findConsultation(tx, by)
  if (!known) throw noConsultation()
  const dossier = await needDossier(tx, ctx, known.dossierId, 'lock')
  const one = (await store.findConsultation(tx, { id: known.id }))!
  return { one, dossier, unit: await getUnit(tx, one.unitId) }
}

const AnswerInput = z.object({
  consultation: z.uuid('Mã yêu cầu lấy ý kiến không đúng.'),
  opinion: z.enum(['agree', 'disagree', 'other'], 'Chọn một: đồng ý, không đồng ý, ý kiến khác.'),
  text: text(10_000, 'Nội dung trả lời').nullish(),
})

const OUTCOMES = { agree: 'dong_y', disagree: 'khong_dong_y', other: 'y_kien_khac' } as const
const opinionOf = (outcome: string): keyof typeof OUTCOMES | null => (Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[]).find((key) => OUTCOMES[key] === outcome) ?? null

/** Answers a question, with reasons unless it is plain consent, and a file when there is one. After silence has spoken the answer is kept
 *  as a late opinion and changes nothing by itself. Throws Forbidden for another unit, Conflict when it was answered or taken back. */
export async function answerConsultation(ctx: Ctx, given: z.input<typeof AnswerInput> & { file?: Staged | null }): Promise<store.Consultation> {
  const input = parseInput(AnswerInput, given)
  return inTransaction(ctx.db, async (tx) => answerIn(tx, ctx, await hold(tx, ctx, { id: input.consultation }), input, given.file ?? null))
}

async function answerIn(tx: Tx, ctx: Ctx, { one, dossier, unit }: Held, input: Omit<z.output<typeof AnswerInput>, 'consultation'>, staged: Staged | null): Promise<store.Consultation> {
  const item = (await findItem(tx, one.answerItemId))!
  orThrow(canAnswer({ ...one, unitName: unit.name }, item, ctx.actor))
  const said = input.text?.trim() || null
  if (input.opinion !== 'agree' && (said ?? '').length < 5) {
    throw new Invalid([{ key: 'text', message: `Chọn “${OPINIONS[input.opinion]}” thì phải ghi rõ lý do hoặc nội dung để nơi hỏi giải quyết được.` }])
  }
  const file = staged ? await keepFile(tx, ctx, staged, `dossier:${dossier.id}`) : null
  const by = ctx.actor.kind === 'officer' ? { by: ctx.actor.id, byName: ctx.actor.name } : { by: 'system', byName: 'Hệ thống' }
  const answer = { opinion: input.opinion, text: said, at: ctx.now, ...by, fileId: file?.id ?? null }
  const late = ctx.now > one.dueAt
  const afterSilence = one.state === 'silent'
  await emit(tx, ctx, facts.consultationAnswered, dossier.id, { ...about(dossier, one, unit.name), opinion: input.opinion, late, afterSilence }, { unitId: item.unitId ?? undefined })
  if (afterSilence) return store.changeConsultation(tx, one.id, { answer })
  const moved = await complete(tx, ctx, { item: item.id, outcome: OUTCOMES[input.opinion], note: said })
  const changed = await store.changeConsultation(tx, one.id, { state: 'answered', settledAt: ctx.now, answer })
  await backRow(tx, ctx, dossier, one, item, `${OPINIONS[input.opinion]}${said ? `: ${said.slice(0, 300)}` : ''}`)
  await settle(tx, ctx, dossier, await getVersion(tx, dossier.versionId), moved, undefined)
  return changed
}

/** The answer, or what stands for it, goes back to the asking desk. */
async function backRow(tx: Tx, ctx: Ctx, dossier: Dossier, one: store.Consultation, item: Item, note: string): Promise<void> {
  const from = giver(ctx, item)
  await receive(tx, item, from, item.claimedAt ?? ctx.now)
  await addHandover(tx, dossier.id, {
    kind: 'opinion', step: item.name, from, to: { unitId: one.askingUnitId, role: null, officer: one.askedBy, name: one.askedByName }, itemId: null, handedAt: ctx.now,
    dueAt: one.dueAt, rule: one.clause, receivedAt: ctx.now, result: handoverResult(ctx.now, one.dueAt), note,
  })
}

/** A question finished like any other step (by key, in a batch, through the API): the note is the answer. Null when the item is no question. */
export async function answerByItem(tx: Tx, ctx: Ctx, item: Item, outcome: string, note: string | null): Promise<Dossier | null> {
  if (item.link !== 'beside') return null
  const known = await store.findConsultation(tx, { answerItem: item.id })
  const opinion = opinionOf(outcome)
  if (!known || !opinion) return null
  await answerIn(tx, ctx, await hold(tx, ctx, { id: known.id }), { opinion, text: note }, null)
  return needDossier(tx, ctx, known.dossierId)
}

const SteerInput = z.object({ consultation: z.uuid('Mã yêu cầu lấy ý kiến không đúng.') })

async function steer(tx: Tx, ctx: Ctx, id: string): Promise<Held & { asking: Item }> {
  const held = await hold(tx, ctx, { id })
  const asking = (await findItem(tx, held.one.itemId))!
  orThrow(canSteer(held.one, held.dossier, asking, ctx.actor))
  return { ...held, asking }
}

/** Takes a question back: the asked unit's work goes away, the asking step no longer waits for it. */
export const withdrawConsultation = act(SteerInput.extend({ reason: text(1000, 'Lý do').nullish() }), async (ctx, tx, input): Promise<store.Consultation> => {
  const { one, dossier, unit } = await steer(tx, ctx, input.consultation)
  const item = (await findItem(tx, one.answerItemId))!
  const reason = input.reason?.trim() || 'Không cần ý kiến này nữa.'
  const moved = await endProcess(tx, ctx, { process: one.processId, reason })
  const changed = await store.changeConsultation(tx, one.id, { state: 'withdrawn', settledAt: ctx.now, withdrawnReason: reason })
  await receive(tx, item, { officer: null, name: null }, ctx.now)
  await emit(tx, ctx, facts.consultationWithdrawn, dossier.id, { ...about(dossier, one, unit.name), reason })
  if (moved) await settle(tx, ctx, dossier, await getVersion(tx, dossier.versionId), moved, undefined)
  return changed
})

/** Reminds the asked unit; the question comes up as reminded on its desk. Not more often than every four hours. */
export const remind = act(SteerInput, async (ctx, tx, input): Promise<store.Consultation> => {
  const { one, dossier, unit } = await steer(tx, ctx, input.consultation)
  orThrow(canRemindAgain(one.remindedAt, ctx.now))
  await emit(tx, ctx, facts.consultationReminded, dossier.id, { ...about(dossier, one, unit.name), dueAt: one.dueAt.toISOString() })
  return store.changeConsultation(tx, one.id, { remindedAt: ctx.now })
})

/** The share of a question is over: silence is consent where a clause says so, else only an alarm. False when it was no question's timer. */
export async function shareOver(tx: Tx, ctx: Ctx, dossier: Dossier, fired: { process: string; item: Item | null; host: Item | null } & Moved): Promise<boolean> {
  const one = await store.findConsultation(tx, { process: fired.process })
  if (!one) return false
  const unit = await getUnit(tx, one.unitId)
  if (fired.item) {
    await store.changeConsultation(tx, one.id, { state: 'silent', settledAt: ctx.now })
    await emit(tx, ctx, facts.consultationSilent, dossier.id, { ...about(dossier, one, unit.name), clause: one.clause ?? '' })
    await backRow(tx, ctx, dossier, one, fired.item, `Hết hạn không trả lời, coi như đồng ý (${one.clause}).`)
  } else {
    await store.changeConsultation(tx, one.id, { alarmedAt: ctx.now })
    await emit(tx, ctx, facts.consultationOverdue, dossier.id, { ...about(dossier, one, unit.name), dueAt: one.dueAt.toISOString() })
  }
  await settle(tx, ctx, dossier, await getVersion(tx, dossier.versionId), fired, undefined)
  return true
}
