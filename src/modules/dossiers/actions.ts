// The verbs of a dossier's own life: begin, save, hand in parts, submit, withdraw. Steps of its process are in steps.ts.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Reader, type Tx } from '#core/db/index.ts'
import { Conflict, Forbidden, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { fillNumber, nextNumber } from '#core/numbering.ts'
import { checkPersonalId, cleanPersonalId } from '#core/text/index.ts'
import { addWorkingTime, localDate } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { keepFile, type Staged, type StoredFile } from '#modules/files/index.ts'
import { liveUnit, type Unit } from '#modules/org/index.ts'
import { calledBy, evaluate, type Evaluation, getProcedure, getVersion, type Version } from '#modules/procedures/index.ts'
import { type Moved, setItemDue, start, terminate } from '#modules/work/index.ts'
import { closeEnded } from './consult-ended.ts'
import { settleFees } from './dues.ts'
import * as facts from './events.ts'
import { ruleOn } from './law.ts'
import { withdrawalData } from './papers.ts'
import { isWaiting, partsAs, withPending } from './pending.ts'
import { callsOf, competentUnit, placesOf, receivingUnit, unitOf } from './routing.ts'
import { canEdit, canSubmit, canWithdraw, counterPost, partyOf } from './rules.ts'
import type { Applicant, Dossier, DossierPart } from './schema.ts'
import { needDossier } from './reading.ts'
import * as store from './store.ts'
import { watchDue, watchReception } from './watch.ts'

/** By when what is handed in now must be answered: working hours of the receiving unit (NĐ 45/2020/NĐ-CP, kept in NĐ 118/2025/NĐ-CP). */
export const receptionDueFrom = async (reader: Reader, ctx: Ctx, receivedUnitId: string): Promise<Date> =>
  addWorkingTime(ctx.now, ruleOn(ctx, 'receptionHours', localDate(ctx.now)).value, await calendarOf(reader, ctx, receivedUnitId))

const text = (max: number) => z.string().trim().max(max, `Không dài quá ${max} ký tự.`)

/** Foreigners give a passport, with letters in it; whatever is all digits must be a personal number. */
function identityShape(given: string | null | undefined, ctx: z.core.$RefinementCtx): void {
  if (!given || /^(?=.*[A-Z])[A-Z0-9]{5,20}$/i.test(given)) return
  const problem = checkPersonalId(given)
  if (problem) ctx.addIssue({ code: 'custom', message: problem.message })
}

/** A real date; a year or a month alone where no more is known. */
const isDay = (given: string): boolean => z.iso.date().safeParse(`${given}${'-01-01'.slice(given.length - 4)}`).success

export const ApplicantInput = z.object({
  kind: z.enum(['ca_nhan', 'to_chuc']).default('ca_nhan'),
  fullName: text(200).min(1, 'Ghi họ và tên người nộp hồ sơ.').transform((name) => name.normalize('NFC')),
  personalId: text(40).nullish().transform((given) => (given ? cleanPersonalId(given) : given)).superRefine(identityShape),
  businessId: text(20).nullish(),
  birthDate: text(10).nullish().refine((given) => !given || isDay(given), 'Ngày sinh không có thật; ghi năm-tháng-ngày, ví dụ 1990-05-12.'),
  phone: text(20).nullish(),
  email: text(200).nullish(),
  address: z.unknown().optional(),
})

export const BeginInput = z.object({
  procedure: text(20).min(1, 'Ghi mã thủ tục.'),
  /** any code of the unit where it is handed in */
  unit: text(60).min(1, 'Chọn nơi nộp hồ sơ.'),
  channel: z.enum(['truc_tuyen', 'truc_tiep', 'bcci'], 'Kênh nộp là một trong: truc_tuyen, truc_tiep, bcci.'),
  applicant: ApplicantInput,
  form: z.record(z.string(), z.unknown()).default({}),
  clientKey: text(200).nullish(),
})

const channelName = { truc_tuyen: 'trực tuyến', truc_tiep: 'trực tiếp', bcci: 'bưu chính công ích' } as const

function owner(ctx: Ctx): { citizenId: string | null; filedBy: string | null } {
  if (ctx.actor.kind === 'citizen') return { citizenId: ctx.actor.id, filedBy: null }
  if (ctx.actor.kind === 'anonymous') throw new Forbidden('dossiers.sign_in', 'Hãy đăng nhập để nộp hồ sơ.', 401)
  if (ctx.actor.kind === 'officer' && counterPost(ctx.actor)) return { citizenId: null, filedBy: ctx.actor.id }
  throw new Forbidden('dossiers.not_counter', 'Chỉ người dân, hoặc công chức Bộ phận một cửa nộp thay tại quầy, mới lập được hồ sơ.')
}

/** An applicant signed in applies as who they are: name and number come from the identity, contact from the form. */
function asIdentified(ctx: Ctx, applicant: Applicant): Applicant {
  if (ctx.actor.kind !== 'citizen') return applicant
  return { ...applicant, fullName: applicant.kind === 'to_chuc' ? applicant.fullName : ctx.actor.name, personalId: ctx.actor.personalId }
}

/** Begins a draft. The same client key gives the same draft, however often it is sent. Throws NotFound, Invalid, Forbidden. */
export const begin = act(BeginInput, async (ctx, tx, input): Promise<Dossier> => {
  const who = owner(ctx)
  if (input.clientKey) {
    const known = await store.findByClientKey(tx, who, input.clientKey)
    if (known) return known
  }
  const version = await getProcedure(tx, input.procedure, localDate(ctx.now))
  if (version.record.online.level === 'thong_tin' && ctx.actor.kind === 'citizen') {
    throw new Conflict('dossiers.information_only', 'Thủ tục này chỉ cung cấp thông tin, chưa nộp trực tuyến được; xin đến Bộ phận một cửa.')
  }
  if (!version.record.channels.some((one) => one.channel === input.channel)) {
    const offered = version.record.channels.map((one) => channelName[one.channel]).join(', ')
    throw new Invalid([{ key: 'channel', message: `Thủ tục này không nhận qua kênh ${channelName[input.channel]}; chỉ nhận: ${offered}.` }])
  }
  const unit = await receivingUnit(tx, await liveUnit(tx, input.unit))
  if (who.filedBy && !counterAt(ctx, unit)) {
    throw new Forbidden('dossiers.other_counter', `Ông/bà chỉ nhận hồ sơ tại quầy của đơn vị mình, không phải ${unit.name}.`)
  }
  const draft = await store.insert(tx, {
    procedureCode: version.code, procedureName: version.name, versionId: version.id, channel: input.channel, ...who,
    applicant: asIdentified(ctx, input.applicant), form: input.form, receivedUnit: partyOf(unit),
    clientKey: input.clientKey ?? null, at: ctx.now,
  })
  if (!draft) return (await store.findByClientKey(tx, who, input.clientKey!))!
  await emit(tx, ctx, facts.drafted, draft.id, { procedure: version.code, channel: input.channel })
  return draft
})

const counterAt = (ctx: Ctx, unit: Unit): boolean =>
  ctx.actor.kind === 'officer' && ctx.actor.posts.some((post) => post.role === 'mot_cua' && post.unitId === unit.id)

/** What was said, without what was left out. */
const said = <T extends object>(given: T): T => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T

export const SaveInput = z.object({
  dossier: z.string(),
  /** answers to merge by question key; null clears one */
  form: z.record(z.string(), z.unknown()),
  // no default kind here: what is not named stays as it is
  applicant: ApplicantInput.extend({ kind: z.enum(['ca_nhan', 'to_chuc']) }).partial().optional(),
  /** another place to hand in; drafts only */
  unit: text(60).optional(),
  /** the revision these answers were compared with; when there is a newer one, Conflict('dossiers.changed') and nothing is saved */
  revision: z.number().int().optional(),
})

/** Saves answers of a draft, or of a dossier that waits for its supplement; other answers stay. Returns the dossier as it is now. */
export const save = act(SaveInput, async (ctx, tx, input): Promise<Dossier> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  orThrow(canEdit(dossier, ctx.actor))
  if (input.revision !== undefined && input.revision !== dossier.revision) {
    throw new Conflict('dossiers.changed', 'Hồ sơ vừa được sửa ở nơi khác. Tải lại trang để xem bản mới rồi sửa tiếp.')
  }
  const known = await withPending(tx, dossier)
  const form = { ...known.form, ...input.form }
  const applicant = input.applicant ? asIdentified(ctx, { ...known.applicant, ...said(input.applicant) }) : undefined
  if (isWaiting(dossier)) {
    await store.setPending(tx, dossier.id, { form, applicant: applicant ?? known.applicant }, ctx.now)
    return { ...(await store.update(tx, dossier, {}, ctx.now)), form, applicant: applicant ?? known.applicant }
  }
  const unit = input.unit && dossier.state === 'NHAP' ? await receivingUnit(tx, await liveUnit(tx, input.unit)) : null
  return store.update(tx, dossier, { form, applicant, receivedUnit: unit ? partyOf(unit) : undefined }, ctx.now)
})

export const DiscardInput = z.object({ dossier: z.string() })

/** Deletes a draft that was never handed in. */
export const discard = act(DiscardInput, async (ctx, tx, input): Promise<void> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  orThrow(canEdit(dossier, ctx.actor))
  if (dossier.state !== 'NHAP') throw new Conflict('dossiers.sent', 'Hồ sơ đã nộp; muốn thôi thì rút hồ sơ.')
  await store.removeDraft(tx, dossier.id)
})

const by = (ctx: Ctx): string => (ctx.actor.kind === 'citizen' || ctx.actor.kind === 'officer' ? `${ctx.actor.kind}:${ctx.actor.id}` : ctx.actor.kind)

function knownPart(version: Version, part: string): void {
  if (version.record.parts.some((one) => one.id === part)) return
  const known = version.record.parts.map((one) => `${one.id} (${one.name})`).join('; ')
  throw new Invalid([{ key: 'part', message: `Thủ tục này không có giấy tờ “${part}”. Chọn một trong: ${known || 'không có giấy tờ nào'}.` }])
}

/** Adds a received file as a part. Throws Forbidden for strangers, Conflict once sent, Invalid for a part the procedure does not know. */
export async function addPart(ctx: Ctx, input: { dossier: string; part: string; file: Staged }): Promise<DossierPart> {
  return inTransaction(ctx.db, async (tx) => {
    const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
    orThrow(canEdit(dossier, ctx.actor))
    knownPart(await getVersion(tx, dossier.versionId), input.part)
    const file = await keepFile(tx, ctx, input.file, `dossier:${dossier.id}`)
    const pending = isWaiting(dossier)
    const part = await store.addPart(tx, { dossierId: dossier.id, part: input.part, source: 'file', fileId: file.id, by: by(ctx), at: ctx.now, pending })
    if (!pending) await emit(tx, ctx, facts.partAdded, dossier.id, { part: input.part, source: 'file', file: file.id, sha256: file.sha256 })
    return part
  })
}

/** Keeps a received file for a question of type `file`; its id is the answer to `save`. Throws as `addPart`. */
export async function keepAnswerFile(ctx: Ctx, input: { dossier: string; file: Staged }): Promise<StoredFile> {
  return inTransaction(ctx.db, async (tx) => {
    const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
    orThrow(canEdit(dossier, ctx.actor))
    return keepFile(tx, ctx, input.file, `dossier:${dossier.id}`)
  })
}

/** Whether a part may be added at all, asked before a long upload begins. */
export async function mayAddPart(ctx: Ctx, ref: string, part: string): Promise<void> {
  const dossier = await needDossier(ctx.db, ctx, ref)
  orThrow(canEdit(dossier, ctx.actor))
  knownPart(await getVersion(ctx.db, dossier.versionId), part)
}

/** Notes at the counter that a paper was handed in on paper, unscanned. */
export const addPaperPart = act(z.object({ dossier: z.string(), part: z.string() }), async (ctx, tx, input): Promise<DossierPart> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  orThrow(canEdit(dossier, ctx.actor))
  if (!counterPost(ctx.actor)) throw new Forbidden('dossiers.not_counter', 'Chỉ Bộ phận một cửa ghi nhận được giấy tờ nộp bằng bản giấy.')
  knownPart(await getVersion(tx, dossier.versionId), input.part)
  const pending = isWaiting(dossier)
  const part = await store.addPart(tx, { dossierId: dossier.id, part: input.part, source: 'paper', fileId: null, by: by(ctx), at: ctx.now, pending })
  if (!pending) await emit(tx, ctx, facts.partAdded, dossier.id, { part: input.part, source: 'paper', file: null, sha256: null })
  return part
})

/** Takes a part back out; only while the dossier may be edited. The file itself stays on record. */
export const removePart = act(z.object({ dossier: z.string(), id: z.uuid() }), async (ctx, tx, input): Promise<void> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  orThrow(canEdit(dossier, ctx.actor))
  const part = (await store.parts(tx, dossier.id, partsAs(dossier, ctx, true))).find((one) => one.id === input.id)
  if (!part) throw new NotFound('dossiers.no_part', 'Không có giấy tờ này trong hồ sơ.')
  if (isWaiting(dossier)) return store.removePendingPart(tx, part.id, ctx.now)
  await store.removePart(tx, part.id, ctx.now)
  await emit(tx, ctx, facts.partRemoved, dossier.id, { part: part.part, file: part.fileId })
})

/** What a filing would come to: form faults, papers, fees, deadline. */
export function evaluateDossier(ctx: Ctx, dossier: Dossier, version: Version, parts: readonly DossierPart[]): Evaluation {
  return evaluate(
    version,
    {
      form: dossier.form, applicant: dossier.applicant as never, channel: dossier.channel,
      receivedAt: dossier.submittedAt ?? ctx.now, parts: [...new Set(parts.map((part) => part.part))],
    },
    { calendar: ctx.calendar, catalogs: ctx.catalogs },
  )
}

/** Faults that keep a dossier from being handed in: answers and missing papers. */
export function submissionFaults(version: Version, found: Evaluation, parts: readonly DossierPart[], kept: Dossier['kept'] = null) {
  const have = new Set(parts.map((part) => part.part))
  const named = new Map(version.record.parts.map((part) => [part.id, part.name]))
  const missing = found.requiredParts.filter((id) => !have.has(id))
  return [
    ...found.errors.map((fault) => ({ key: fault.key, message: fault.message })),
    ...missing.map((id) => ({ key: `parts.${id}`, message: `Chưa có giấy tờ: ${named.get(id) ?? id}.` })),
  ].filter(({ key }) => !kept?.spared.includes(key))
}

const numberTemplate = '{agency}-{yyMMdd}-{seq:4}'

async function takeCode(tx: Tx, ctx: Ctx, unit: Unit): Promise<string> {
  const on = localDate(ctx.now)
  const template = ctx.dossierNumbers.find((one) => one.from <= on)?.template ?? numberTemplate
  const agency = unit.identifier ?? unit.code
  const seq = await nextNumber(tx, `dossier:${agency}:${on}`) // by what is printed: a unit that takes over a code goes on where the other stopped
  return fillNumber(template, { agency, on, seq })
}

/** Starts the procedure's process for a dossier, with the desks its steps lie on and the processes it calls. */
export async function startProcess(tx: Tx, ctx: Ctx, dossier: Dossier, version: Version): Promise<Moved> {
  const [received, decided] = [await unitOf(tx, dossier.receivedUnitId), await unitOf(tx, dossier.decidedUnitId!)]
  const filed = { form: dossier.form, applicant: dossier.applicant, channel: dossier.channel, received, decided }
  return start(tx, ctx, {
    subject: dossier.id, definition: { digest: version.bpmnDigest, bpmn: version.bpmn }, places: await placesOf(ctx, tx, version.record.steps, filed), citizenId: dossier.citizenId,
    timerJob: 'dossiers.timer', calls: await callsOf(ctx, tx, await calledBy(tx, version.record, localDate(ctx.now)), filed),
  })
}

export const SubmitInput = z.object({ dossier: z.string() })

/** Hands the dossier in: number, deciding unit, process, reception clock. A dossier already handed in is returned as it is, so a double
 *  click, a retry and a second tab come to the same dossier. Throws Invalid with every fault of form and papers at once. */
export const submit = act(SubmitInput, async (ctx, tx, input): Promise<Dossier> => {
  const draft = await needDossier(tx, ctx, input.dossier, 'lock')
  orThrow(canSubmit(draft, ctx.actor))
  if (draft.state !== 'NHAP') return draft
  const version = await getVersion(tx, draft.versionId)
  const parts = await store.parts(tx, draft.id)
  const found = evaluateDossier(ctx, draft, version, parts)
  const faults = submissionFaults(version, found, parts)
  if (faults.length > 0) throw new Invalid(faults)
  const received = await unitOf(tx, draft.receivedUnitId)
  const { unit: decided } = await competentUnit(ctx, tx, version.record, found.decidedBy, received, found.values)
  const receptionDueAt = await receptionDueFrom(tx, ctx, received.id)
  const code = await takeCode(tx, ctx, received)
  const dossier = await store.update(tx, draft, {
    code, state: 'MOI_DANG_KY', form: found.values, decidedUnit: partyOf(decided), submittedAt: ctx.now, receptionDueAt,
  }, ctx.now)
  await store.setFees(tx, dossier.id, found.fees)
  for (const unit of [received, decided]) await store.addParty(tx, dossier.id, partyOf(unit), ctx.now)
  const moved = await startProcess(tx, ctx, dossier, version)
  for (const item of moved.opened) if (item.role === 'mot_cua') await setItemDue(tx, item.id, receptionDueAt)
  await watchReception(tx, dossier)
  await emit(tx, ctx, facts.submitted, dossier.id, { code, receivedUnit: received.id, decidedUnit: decided.id, channel: dossier.channel })
  await settleFees(tx, ctx, dossier)
  return dossier
})

export const WithdrawInput = z.object({ dossier: z.string(), note: text(2000).nullish() })

/** The applicant takes the dossier back; possible while no result has been signed. */
export const withdraw = act(WithdrawInput, async (ctx, tx, input): Promise<Dossier> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  if (dossier.state === 'RUT_HO_SO') return dossier
  orThrow(canWithdraw(dossier, ctx.actor))
  await terminate(tx, ctx, dossier.id, 'Người nộp rút hồ sơ')
  await closeEnded(tx, ctx, dossier, 'Người nộp rút hồ sơ.')
  if (dossier.pausedAt) await store.closePause(tx, dossier.id, ctx.now)
  const note = input.note ?? null
  await store.addPaper(tx, {
    dossierId: dossier.id, kind: 'withdrawal', number: null, data: await withdrawalData(ctx, tx, dossier, note), by: by(ctx), at: ctx.now,
  })
  await emit(tx, ctx, facts.withdrawn, dossier.id, { code: dossier.code!, note })
  const withdrawn = await store.update(tx, dossier, { state: 'RUT_HO_SO', closedAt: ctx.now, pausedAt: null, pauseReason: null }, ctx.now)
  await watchDue(tx, ctx, withdrawn)
  await settleFees(tx, ctx, withdrawn)
  return withdrawn
})
