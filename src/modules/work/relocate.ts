// A subject's own process goes on by another drawing: same work in the same hands where it is the same, desks, shares and timers by the new one.

import { type Definition, definitionOf, type ElementDef, keyOfElement, type ProcessState, type Remapped } from '#core/bpmn/index.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { enqueue, withdraw } from '#core/jobs/index.ts'
import { addWorkingTime } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { deskFor } from '#modules/org/index.ts'
import { type Calls, pin } from './calls.ts'
import { placeOf, placeToday, timerKey } from './engine.ts'
import { deskStays, type Share, shareAnew, timerAnew } from './relocate-rules.ts'
import type { Item, Link, Moved } from './schema.ts'
import * as store from './store.ts'
import { firesAt } from './timers.ts'

/** A subject's own process as it stands, for whoever plans. */
export interface Standing {
  readonly process: string
  readonly definition: Definition
  readonly state: ProcessState
  /** Open items of the own process. */
  readonly items: readonly Item[]
  /** Processes that hang on it and still run. */
  readonly children: readonly { readonly token: string; readonly link: Link; readonly name: string }[]
}

/** Where the subject stands; null when it has no process. Reads only. */
export async function whereStands(reader: Reader, subject: string): Promise<Standing | null> {
  const root = await reader.selectFrom('work.process').select('id').where('subject', '=', subject).where('parent_id', 'is', null).executeTakeFirst()
  if (!root) return null
  const row = await store.readProcess(reader, root.id)
  const children = await reader.selectFrom('work.process').select(['parent_token', 'link', 'name']).where('parent_id', '=', root.id).where('status', '=', 'active').orderBy('seq').execute()
  return {
    process: row.id, state: row.state, items: await store.openItems(reader, row.id), children: children.map((child) => ({ token: child.parent_token!, link: child.link as Link, name: child.name })),
    definition: await definitionOf(row.definition, () => store.definitionXml(reader, row.definition)),
  }
}

export interface Relocation {
  readonly subject: string
  readonly definition: { readonly digest: string; readonly bpmn: string }
  readonly places: Readonly<Record<string, string>>
  readonly calls: Calls
  readonly remapped: Remapped
}

/** Carries a relocation out; the caller holds the subject and has planned it from what `whereStands` says under the same lock. Claims stay with
 *  whoever has the work as long as it stays on their desk. Throws Conflict when the drawing calls a process that nobody keeps. */
export async function relocate(tx: Tx, ctx: Ctx, { subject, definition: drawing, places, calls, remapped }: Relocation): Promise<Moved> {
  const row = (await store.lockProcess(tx, { subject }))!
  const [before, after] = [await definitionOf(row.definition, () => store.definitionXml(tx, row.definition)), await definitionOf(drawing.digest, drawing.bpmn)]
  await store.saveDefinition(tx, drawing.digest, drawing.bpmn)
  const pins = await pin(tx, after, calls)
  const items = await store.openItems(tx, row.id)
  await store.saveState(tx, row.id, row.state, remapped.state, ctx.now)
  await tx.updateTable('work.process').set({ definition: drawing.digest, places: JSON.stringify(places), calls: JSON.stringify(pins) }).where('id', '=', row.id).execute()
  for (const { token, to } of remapped.kept) await tx.updateTable('work.process').set({ called_by: to }).where('parent_id', '=', row.id).where('parent_token', '=', token).where('status', '=', 'active').execute()
  await store.cancelItems(tx, row.id, remapped.dropped, ctx.now)
  const next: store.ProcessRow = { ...row, places, state: remapped.state, calls: pins }
  for (const { token, from, to } of remapped.kept) {
    const item = items.find((one) => one.token === token)
    if (item) await redo(tx, ctx, { item, row, next, from: before.elements[from]!, to: after.elements[to]! })
  }
  await retime(tx, ctx, next, after, row.state, remapped, items)
  return { processId: row.id, opened: [], open: await store.openItemsOf(tx, subject), ended: false, outcome: null }
}

interface Redo {
  readonly item: Item
  readonly row: store.ProcessRow
  readonly next: store.ProcessRow
  readonly from: ElementDef
  readonly to: ElementDef
}

/** The open item by what the new drawing says of its step. */
async function redo(tx: Tx, ctx: Ctx, { item, row, next, from, to }: Redo): Promise<void> {
  const role = to.attributes.role ?? 'chuyen_vien'
  const placeId = (process: store.ProcessRow, element: ElementDef) => process.places[element.id] ?? process.places[keyOfElement(element)] ?? process.places[''] ?? null
  const stays = deskStays({ role: item.role, place: placeId(row, from) }, { role, place: placeId(next, to) })
  const place = placeId(next, to)
  const desk = stays || !place ? null : await deskFor(tx, await placeToday(tx, place), role === 'cong_dan' ? 'mot_cua' : role)
  const unitId = stays ? item.unitId : (desk?.id ?? null)
  const share: Share = shareAnew(item, { hours: to.attributes.hours ?? 0, clock: to.attributes.clock ?? 'runs' })
  const calendar = await calendarOf(tx, ctx, unitId)
  await tx
    .updateTable('work.item')
    .set({
      step: keyOfElement(to), name: to.name, role, hours: share.hours, clock: share.clock, portal_status: to.attributes.status ?? null, outcomes: JSON.stringify(to.outcomes), does: JSON.stringify(to.does),
      citizen_id: role === 'cong_dan' ? row.citizenId : null, due_at: share.dueAt(ctx.now, (since, hours) => addWorkingTime(since, hours, calendar)),
      barred: await store.proposers(tx, { subject: item.subject, outcomes: to.outcomes, role }),
      ...(stays ? {} : { ...store.deskColumns(desk), state: 'open', claimed_by: null, claimed_at: null, assigned_by_name: null }),
    })
    .where('id', '=', item.id)
    .execute()
}

/** Timers of the new state: those that went on keep when they were armed, new ones count from when their step opened. */
async function retime(tx: Tx, ctx: Ctx, next: store.ProcessRow, definition: Definition, before: ProcessState, remapped: Remapped, items: readonly Item[]): Promise<void> {
  const stay = new Set(remapped.timers.map((timer) => timer.token))
  for (const token of before.tokens) if (!stay.has(token.id)) await withdraw(tx, timerKey(next.id, token.id))
  const armed = new Map((await store.armedTimers(tx, next.id)).map((timer) => [timer.token, timer]))
  for (const timer of remapped.timers) {
    const known = timer.was === null ? undefined : armed.get(timer.token)
    const host = items.find((item) => item.token === (timer.host ?? timer.token))
    const calendar = await calendarOf(tx, ctx, placeOf(next, definition, timer.element))
    const since = known?.armedAt ?? host?.openedAt ?? ctx.now
    const at = timerAnew({
      now: ctx.now, was: known?.firesAt ?? null, counted: firesAt(timer.spec, timer.attributes, since, calendar), fromNow: firesAt(timer.spec, timer.attributes, ctx.now, calendar),
      waitsForApplicant: host?.role === 'cong_dan',
    })
    if (!at || (known && at.getTime() === known.firesAt.getTime())) continue
    await enqueue(tx, next.timerJob, { process: next.id, token: timer.token }, { runAt: at, key: timerKey(next.id, timer.token) })
    await store.setFiring(tx, next.id, timer.token, at, since)
  }
}
