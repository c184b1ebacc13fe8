// The financial duty of a dossier: what must be paid is told, the clock stands still, and a document or a payment sets it going again.

import { z } from 'zod'
import { act, parseInput } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { Invalid, orThrow } from '#core/errors.ts'
import { emit, type Reaction, type RecordedEvent } from '#core/events/index.ts'
import { type Actor, system } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/index.ts'
import { keepFile, type Staged } from '#modules/files/index.ts'
import { getVersion } from '#modules/procedures/index.ts'
import { complete, type Item, listItems } from '#modules/work/index.ts'
import { aroundOf } from './around.ts'
import { PAYMENT_SYSTEM, settleFees } from './dues.ts'
import * as facts from './events.ts'
import { carryOn } from './lifecycle.ts'
import { actorName, noticeDuty as issueNotice } from './reasoned.ts'
import { needDossier } from './reading.ts'
import { technicalWords } from './reasons.ts'
import { goOnOutcome } from './rules.ts'
import { canNoticeDuty, canSettleDuty, dutyStep } from './rules-life.ts'
import type { Dossier } from './schema.ts'
import { linesInput } from './steps.ts'
import * as store from './store.ts'

const text = (max: number) => z.string().trim().max(max, `Không dài quá ${max} ký tự.`).transform((given) => given.normalize('NFC')).nullish()
const openOf = (items: readonly Item[]) => items.filter((item) => item.state === 'open' || item.state === 'claimed')

export const DutyInput = z.object({ dossier: z.string(), lines: linesInput, note: text(2000) })

/** Tells the applicant what to pay; the amounts replace those told before. Throws Invalid without a line. */
export const noticeDuty = act(DutyInput, async (ctx, tx, input): Promise<Dossier> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  const around = await aroundOf(tx, ctx, dossier)
  orThrow(canNoticeDuty(dossier, around, openOf(await listItems(tx, dossier.id)), ctx.actor))
  if (input.lines.length === 0) throw new Invalid([{ key: 'lines', message: 'Ghi ít nhất một khoản phải nộp: tên khoản và số tiền.' }])
  const odd = input.note ? technicalWords(input.note) : null
  if (odd) throw new Invalid([{ key: 'note', message: `“${odd}” là lời của máy, người dân không hiểu được. Viết lại bằng lời thường: nộp ở đâu, bằng cách nào.` }])
  await store.setDutyLines(tx, around.openDuty!.id, input.lines)
  await issueNotice(tx, ctx, dossier, input.lines, input.note ?? null)
  await settleFees(tx, ctx, dossier)
  return store.update(tx, dossier, {}, ctx.now)
})

export const ProofInput = z.object({ dossier: z.string(), number: text(100), on: z.string().max(20).nullish(), note: text(2000) })

/** What the document is. Throws Invalid naming what is missing. */
function proofOf(ctx: Ctx, { number, on: given }: z.output<typeof ProofInput>): { number: string; on: string } {
  const on = z.iso.date().safeParse(given ?? '').data
  const faults = [
    ...(number ? [] : [{ key: 'number', message: 'Ghi số chứng từ: số biên lai, giấy nộp tiền hoặc thông báo miễn.' }]),
    ...(on ? [] : [{ key: 'on', message: 'Ghi ngày của chứng từ, ví dụ 20/11/2026.' }]),
    ...(on && on > localDate(ctx.now) ? [{ key: 'on', message: 'Ngày của chứng từ không thể ở sau hôm nay.' }] : []),
  ]
  if (faults.length > 0) throw new Invalid(faults)
  return { number: number!, on: on! }
}

/** Goes on through the steps that wait for money, until none is left. */
async function goOn(tx: Tx, ctx: Ctx, before: Dossier, actor: Actor, note: string): Promise<Dossier> {
  const version = await getVersion(tx, before.versionId)
  let dossier = before
  for (let guard = 0; guard < 4; guard++) {
    const step = dutyStep(openOf(await listItems(tx, dossier.id)))
    const outcome = step && goOnOutcome(step)
    if (!step || !outcome) break
    const moved = await complete(tx, { ...ctx, actor }, { item: step.id, outcome, note })
    dossier = await carryOn(tx, ctx, dossier, version, moved, { reasons: [], note })
  }
  return dossier
}

/** The duty is met by a document shown to the tax office or the counter; the clock goes on. `file` is a scan of it. */
export async function settleDuty(ctx: Ctx, input: z.input<typeof ProofInput> & { file?: Staged | null }): Promise<Dossier> {
  const given = parseInput(ProofInput, { ...input, file: undefined })
  return inTransaction(ctx.db, async (tx) => {
    const dossier = await needDossier(tx, ctx, given.dossier, 'lock')
    const around = await aroundOf(tx, ctx, dossier)
    orThrow(canSettleDuty(dossier, around, openOf(await listItems(tx, dossier.id)), ctx.actor))
    const { number, on } = proofOf(ctx, given)
    const file = input.file ? await keepFile(tx, ctx, input.file, `dossier:${dossier.id}`) : null
    await store.settleDuty(tx, around.openDuty!.id, actorName(ctx), { number, on, fileId: file?.id ?? null, note: given.note ?? null }, ctx.now)
    await emit(tx, ctx, facts.dutySettled, dossier.id, { code: dossier.code!, number, on, way: 'document' })
    await settleFees(tx, ctx, dossier)
    return goOn(tx, ctx, dossier, system(actorName(ctx)), `Chứng từ số ${number} ngày ${on}`)
  })
}

/** Code of a duty's line in a payment order. */
export const dutyCode = (duty: Pick<store.Duty, 'id'>, line: number): string => `duty:${duty.id}:${line}`

/** An order was paid: when it covers every line of the open duty, the same follows by itself. Heard at least once, done once. */
export async function dutyPaid(ctx: Ctx, { dossier: id, order, lines }: { dossier: string; order: string; lines: readonly string[] }): Promise<void> {
  if (!lines.some((code) => code.startsWith('duty:'))) return // fees of the procedure, no duty
  await inTransaction(ctx.db, async (tx) => {
    const dossier = await store.lock(tx, id)
    const duty = dossier && (await store.duties(tx, { dossier: id })).find((one) => one.settledAt === null)
    if (!dossier || !duty || duty.lines.length === 0 || !duty.lines.every((_, line) => lines.includes(dutyCode(duty, line)))) return
    const on = localDate(ctx.now)
    await store.settleDuty(tx, duty.id, PAYMENT_SYSTEM, { number: order, on, fileId: null, note: null }, ctx.now)
    await emit(tx, ctx, facts.dutySettled, dossier.id, { code: dossier.code!, number: order, on, way: 'payment' })
    await goOn(tx, ctx, dossier, system(PAYMENT_SYSTEM), `Đã thanh toán trực tuyến, lệnh ${order}`)
  })
}

interface Paid {
  readonly reference: string
  readonly lines?: readonly string[]
}

/** What the turns of a dossier's life hear from other modules. */
export const lifeReactions: readonly Reaction[] = [{
  event: 'payments.order_paid', name: 'dossiers.duty_paid',
  run: (ctx: Ctx, { subject, data }: RecordedEvent) => dutyPaid(ctx, { dossier: subject, order: (data as unknown as Paid).reference, lines: (data as unknown as Paid).lines ?? [] }),
}]
