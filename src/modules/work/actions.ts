// The verbs of work, called by casework modules inside their own acts, and by officers on their worklist.

import { z } from 'zod'
import { act } from '#core/act.ts'
import { definitionOf } from '#core/bpmn/index.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Conflict, NotFound, orThrow, type Refusal } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { type Calls, pin } from './calls.ts'
import { move } from './engine.ts'
import { claimed, released } from './events.ts'
import { getUnit, heirId } from '#modules/org/index.ts'
import { canClaim, canComplete, canRelease, deskOf, movedDesk } from './rules.ts'
import type { Item, Moved } from './schema.ts'
import * as store from './store.ts'

export interface StartInput {
  /** What is worked on; one process each. */
  readonly subject: string
  readonly definition: { readonly digest: string; readonly bpmn: string }
  /** Unit id for each element id; '' for those not named. */
  readonly places: Readonly<Record<string, string>>
  /** Whose the applicant's own steps are. */
  readonly citizenId: string | null
  /** Job of the casework module that hears this process's timers with `{ process, token }`. */
  readonly timerJob: string
  /** What its call activities call, by step; resolved now, so that nothing is missing on the way. */
  readonly calls?: Calls
  readonly variables?: Readonly<Record<string, unknown>>
}

/** Starts the process of a subject, once. Throws Conflict when the drawing calls a process that is not given. */
export async function start(tx: Tx, ctx: Ctx, input: StartInput): Promise<Moved> {
  await store.saveDefinition(tx, input.definition.digest, input.definition.bpmn)
  const definition = await definitionOf(input.definition.digest, input.definition.bpmn)
  await store.insertProcess(tx, {
    subject: input.subject, definition: input.definition.digest, places: { ...input.places }, citizenId: input.citizenId, timerJob: input.timerJob,
    name: '', parent: null, calls: await pin(tx, definition, input.calls ?? {}), startedAt: ctx.now,
  })
  const row = await locked(tx, { subject: input.subject })
  return move(tx, ctx, row, true, { kind: 'start', variables: { ...input.variables } }, null)
}

async function locked(tx: Tx, by: { id: string } | { subject: string }): Promise<store.ProcessRow> {
  const row = await store.lockProcess(tx, by)
  if (!row) throw new NotFound('work.no_process', 'Không có quy trình nào đang chạy cho việc này.')
  return row
}

/** Throws why it may not be done; where the desk has gone to an heir in the meantime it says so. */
export async function orRedirect(tx: Tx, ctx: Ctx, item: Item, refused: Refusal | null): Promise<void> {
  if (refused?.code === 'work.not_your_desk' && ctx.actor.kind === 'officer' && item.unitId) {
    for (const post of ctx.actor.posts) {
      if ((await heirId(tx, post.unitId)) !== post.unitId) orThrow(movedDesk(item, await getUnit(tx, post.unitId), await getUnit(tx, item.unitId)))
    }
  }
  orThrow(refused)
}

const noItem = () => new NotFound('work.no_item', 'Không có việc này, hoặc việc không thuộc bàn của ông/bà.')

/** The item, locked with its process, seen by nobody else until the transaction ends. Throws NotFound. */
export async function lockItem(tx: Tx, id: string): Promise<{ item: Item; row: store.ProcessRow }> {
  const known = await store.findItem(tx, id)
  if (!known) throw noItem()
  const row = await locked(tx, { id: known.processId })
  return { item: (await store.findItem(tx, id))!, row }
}

/** Finishes an item with one of its outcomes and moves the process on. The casework module says what the outcome means for the subject.
 *  Throws Forbidden for a stranger, Conflict when somebody was first, Conflict for an outcome the step does not have. */
export async function complete(tx: Tx, ctx: Ctx, input: { item: string; outcome: string; note: string | null; variables?: Record<string, unknown> }): Promise<Moved & { item: Item }> {
  const { item, row } = await lockItem(tx, input.item)
  await orRedirect(tx, ctx, item, canComplete(item, ctx.actor))
  const outcome = item.outcomes.find((choice) => choice.key === input.outcome)
  if (!outcome) {
    const known = item.outcomes.map((choice) => `${choice.key} (${choice.label})`).join(', ')
    throw new Conflict('work.no_outcome', `Bước “${item.name}” không có kết quả “${input.outcome}”. Chọn một trong: ${known}.`)
  }
  const by = ctx.actor.kind === 'officer' || ctx.actor.kind === 'citizen' ? { id: ctx.actor.id, name: ctx.actor.name } : { id: null, name: 'Hệ thống' }
  await store.finishItem(tx, item.id, by, outcome.key, input.note, ctx.now)
  const moved = await move(tx, ctx, row, false, { kind: 'complete', token: item.token, outcome: outcome.key, variables: input.variables }, outcome)
  return { ...moved, item }
}

export interface Fired extends Moved {
  readonly subject: string
  /** The process whose timer it was. */
  readonly process: string
  /** The item that the timer finished for its people, or null: a timer that only reminds, or one that stands by itself. */
  readonly item: Item | null
  /** The item on whose border the timer sits, finished or not. */
  readonly host: Item | null
}

/** A timer fired. Null when the process has meanwhile left that place: a late timer is no fault. */
export async function fireTimer(tx: Tx, ctx: Ctx, input: { process: string; token: string }): Promise<Fired | null> {
  const row = await store.lockProcess(tx, { id: input.process })
  const token = row?.state.tokens.find((one) => one.id === input.token)
  if (!row || !token) return null
  const definition = await definitionOf(row.definition, () => store.definitionXml(tx, row.definition))
  const timer = definition.elements[token.element]
  const host = token.host ? ((await store.openItems(tx, row.id)).find((item) => item.token === token.host) ?? null) : null
  const outcome = (timer?.interrupting !== false && host?.outcomes.find((choice) => choice.key === timer?.attributes.outcome)) || null
  if (host && outcome) await store.finishItem(tx, host.id, { id: null, name: 'Hệ thống (hết hạn chờ)' }, outcome.key, 'Hết hạn chờ trả lời.', ctx.now)
  const moved = await move(tx, ctx, row, false, { kind: 'timer', token: input.token }, outcome)
  return { ...moved, subject: row.subject, process: row.id, item: outcome ? host : null, host }
}

/** Ends the process of a subject wherever it stands; its open items are cancelled. */
export async function terminate(tx: Tx, ctx: Ctx, subject: string, reason: string): Promise<void> {
  const row = await store.lockProcess(tx, { subject })
  if (!row || row.state.status === 'ended') return
  await move(tx, ctx, row, false, { kind: 'terminate', reason }, null)
}

const ItemInput = z.object({ item: z.uuid('Mã việc không đúng.') })

/** Takes an item onto one's own desk, so that colleagues see who has it. */
export const claim = act(ItemInput, async (ctx, tx, input) => {
  const { item } = await lockItem(tx, input.item)
  await orRedirect(tx, ctx, item, canClaim(item, ctx.actor))
  const desk = deskOf(item, ctx.actor)!
  await store.setClaim(tx, item.id, ctx.actor.kind === 'officer' ? ctx.actor.id : null, ctx.now)
  await emit(tx, ctx, claimed, item.subject, { item: item.id, step: item.step, name: item.name }, { role: desk.role, unitId: desk.unitId, postId: desk.id })
  return { subject: item.subject }
})

/** Gives a claimed item back to the unit's common list. */
export const release = act(ItemInput, async (ctx, tx, input) => {
  const { item } = await lockItem(tx, input.item)
  orThrow(canRelease(item, ctx.actor))
  await store.setClaim(tx, item.id, null, null)
  await emit(tx, ctx, released, item.subject, { item: item.id, step: item.step, name: item.name })
  return { subject: item.subject }
})
