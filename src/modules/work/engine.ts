// Runs a process: asks the pure engine what a move gives, and turns its effects into rows and timers.

import { advance, BpmnError, type Definition, definitionOf, type Effect, type Input, type ProcessState } from '#core/bpmn/index.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Conflict } from '#core/errors.ts'
import { enqueue, withdraw } from '#core/jobs/index.ts'
import { addWorkingTime, type Calendar, deadline } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { deskFor, getUnit, listSuccessors, type Unit } from '#modules/org/index.ts'
import type { Item, Moved, OutcomeChoice } from './schema.ts'
import * as store from './store.ts'

const timerKey = (process: string, token: string) => `timer:${process}:${token}`

/** The unit in charge of a place today: the unit itself or, when it has ended since, its main successor. */
async function placeToday(tx: Tx, id: string): Promise<Unit> {
  let unit = await getUnit(tx, id)
  for (let hops = 0; unit.validTo !== null && hops < 10; hops++) {
    const next = (await listSuccessors(tx, unit.id)).find((row) => row.main)
    if (!next) break
    unit = next.unit
  }
  return unit
}

/** When a timer on a step fires: the record's days of silence, counted from now. */
function firesAt(ctx: Ctx, effect: Extract<Effect, { type: 'timer.armed' }>, calendar: Calendar): Date {
  const { silenceValue, silenceUnit } = effect.attributes
  if (silenceValue === undefined) {
    throw new Conflict('work.timer', `Bước ${effect.element} có hẹn giờ mà chưa ghi số ngày chờ; người quản trị thủ tục cần sửa quy trình.`)
  }
  if (silenceUnit === 'ngay') return new Date(ctx.now.getTime() + silenceValue * 86_400_000)
  return deadline({ term: { value: silenceValue, unit: 'ngay_lam_viec' }, receivedAt: ctx.now, calendar }).dueAt
}

/** The unit on whose desk an element lies; a timer lies where the step it hangs on does. */
const placeOf = (row: store.ProcessRow, definition: Definition, element: string): string | null =>
  row.places[definition.elements[element]?.attachedTo ?? element] ?? row.places[''] ?? null

async function open(tx: Tx, ctx: Ctx, row: store.ProcessRow, definition: Definition, effect: Extract<Effect, { type: 'task.opened' }>): Promise<Item> {
  const element = definition.elements[effect.element]!
  const attributes = effect.attributes
  const role = attributes.role ?? 'chuyen_vien'
  const hours = attributes.hours ?? 0
  const clock = attributes.clock ?? 'runs'
  const placeId = row.places[element.id] ?? row.places['']
  const place = placeId ? await placeToday(tx, placeId) : null
  const desk = place ? await deskFor(tx, place, role === 'cong_dan' ? 'mot_cua' : role) : null
  return store.insertItem(tx, {
    processId: row.id, token: effect.token, subject: row.subject, step: attributes.stepId ?? element.id, name: element.name, role,
    unit: desk, citizenId: role === 'cong_dan' ? row.citizenId : null, hours, clock, portalStatus: attributes.status ?? null,
    outcomes: element.outcomes, does: element.does, openedAt: ctx.now,
    dueAt: clock === 'runs' && hours > 0 ? addWorkingTime(ctx.now, hours, await calendarOf(tx, ctx, desk?.id ?? null)) : null,
  })
}

async function apply(tx: Tx, ctx: Ctx, row: store.ProcessRow, definition: Definition, effects: readonly Effect[]): Promise<Item[]> {
  const opened: Item[] = []
  for (const effect of effects) {
    if (effect.type === 'task.opened') opened.push(await open(tx, ctx, row, definition, effect))
    else if (effect.type === 'task.cancelled') await store.cancelItems(tx, row.id, [effect.token], ctx.now)
    else if (effect.type === 'timer.armed') {
      const at = firesAt(ctx, effect, await calendarOf(tx, ctx, placeOf(row, definition, effect.element)))
      await enqueue(tx, row.timerJob, { process: row.id, token: effect.token }, { runAt: at, key: timerKey(row.id, effect.token) })
      await store.setFiring(tx, row.id, effect.token, at)
    } else if (effect.type === 'timer.disarmed') await withdraw(tx, timerKey(row.id, effect.token))
    else if (effect.type === 'call.started') throw new Conflict('work.call', 'Quy trình gọi một quy trình khác mà hệ thống chưa có.')
  }
  return opened
}

/** Moves a locked process on by one input. Throws Conflict when the drawing does not allow it. */
export async function move(tx: Tx, ctx: Ctx, row: store.ProcessRow, fresh: boolean, input: Input, outcome: OutcomeChoice | null): Promise<Moved> {
  const definition = await definitionOf(row.definition, () => store.definitionXml(tx, row.definition))
  const before: ProcessState | null = fresh ? null : row.state
  let step: ReturnType<typeof advance>
  try {
    step = advance(definition, before, input)
  } catch (error) {
    if (error instanceof BpmnError) throw new Conflict(`work.${error.code}`, error.message)
    throw error
  }
  await store.saveState(tx, row.id, before, step.state, ctx.now)
  const opened = await apply(tx, ctx, row, definition, step.effects)
  const ended = step.state.status === 'ended'
  if (ended) {
    const left = await store.openItems(tx, row.id)
    await store.cancelItems(tx, row.id, left.map((item) => item.token), ctx.now)
  }
  return { processId: row.id, opened, open: ended ? [] : await store.openItems(tx, row.id), ended, outcome }
}
