// Processes that call others: what is called is resolved and pinned when the subject's own process begins, all the way down.

import { type Definition, definitionOf } from '#core/bpmn/index.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Conflict, NotFound, orThrow } from '#core/errors.ts'
import { beginBeside, move, tell, uncallable } from './engine.ts'
import { canStandBeside } from './rules.ts'
import type { Item, Moved, Pin } from './schema.ts'
import * as store from './store.ts'

/** What a call activity calls. */
export interface Call {
  /** What people call it. */
  readonly name: string
  readonly definition: { readonly digest: string; readonly bpmn: string }
  /** Unit id for each step of the called process; '' for those not named. */
  readonly places: Readonly<Record<string, string>>
  /** The outcome of the calling step for each outcome of the called process; those not named are the same. */
  readonly outcomes?: Readonly<Record<string, string>>
  readonly calls?: Calls
}

/** By the id of the calling step. */
export type Calls = Readonly<Record<string, Call>>

/** More than any procedure needs; a definition that calls itself by a roundabout way ends here. */
const DEEPEST = 6

/** Keeps every definition that may be called and gives the pins. Throws Conflict for a call activity that calls nothing known. */
export async function pin(tx: Tx, definition: Definition, given: Calls, depth = 0): Promise<Record<string, Pin>> {
  const pins: Record<string, Pin> = {}
  for (const element of Object.values(definition.elements)) {
    if (element.type !== 'callActivity') continue
    const key = element.attributes.stepId ?? element.id
    const call = given[element.id] ?? given[key]
    if (!call) throw uncallable(element)
    if (depth >= DEEPEST) throw new Conflict('work.call_depth', `Các quy trình gọi nhau quá ${DEEPEST} lớp ở bước “${element.name || element.id}”; người quản trị thủ tục cần bớt đi.`)
    await store.saveDefinition(tx, call.definition.digest, call.definition.bpmn)
    const called = await definitionOf(call.definition.digest, call.definition.bpmn)
    pins[key] = { name: call.name, definition: call.definition.digest, places: call.places, ...(call.outcomes ? { outcomes: call.outcomes } : {}), calls: await pin(tx, called, call.calls ?? {}, depth + 1) }
  }
  return pins
}

/** Starts a process beside an open item: the item cannot be finished before it has ended. Throws Conflict when the item is closed. */
export async function startBeside(tx: Tx, ctx: Ctx, input: { item: string; call: Call; variables?: Record<string, unknown> }): Promise<Moved & { process: string; item: Item }> {
  const known = await store.findItem(tx, input.item)
  if (!known) throw new NotFound('work.no_item', 'Không có việc này, hoặc việc không thuộc bàn của ông/bà.')
  const row = (await store.lockProcess(tx, { id: known.processId }))!
  const item = (await store.findItem(tx, input.item))!
  orThrow(canStandBeside(item, ctx.actor))
  const { call } = input
  const definition = await definitionOf(call.definition.digest, call.definition.bpmn)
  await store.saveDefinition(tx, call.definition.digest, call.definition.bpmn)
  const pinned: Pin = { name: call.name, definition: call.definition.digest, places: call.places, calls: await pin(tx, definition, call.calls ?? {}) }
  return { ...(await beginBeside(tx, ctx, row, item.token, pinned, { ...input.variables })), item }
}

/** Ends one process wherever it stands, its children with it. Null when it had ended before. */
export async function endProcess(tx: Tx, ctx: Ctx, input: { process: string; reason: string }): Promise<Moved | null> {
  const row = await store.lockProcess(tx, { id: input.process })
  if (!row || row.state.status === 'ended') return null
  return move(tx, ctx, row, false, { kind: 'terminate', reason: input.reason }, null)
}

/** Gives a message or a signal to whichever process of the subject awaits it. Null when none does, which is no fault. */
export async function deliver(
  tx: Tx, ctx: Ctx, input: { subject: string; kind: 'message' | 'signal'; name: string; variables?: Record<string, unknown> },
): Promise<Moved | null> {
  const row = await store.lockProcess(tx, { subject: input.subject })
  return row ? tell(tx, ctx, row, input) : null
}

export { itemsOnUnits, moveItem, openUnits, processesOf as listProcesses, type ProcessView, subjectOf as subjectOfProcess } from './calls-store.ts'
