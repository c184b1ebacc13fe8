// The calendar a unit works by, as it is and as it would be.

import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import type { Calendar } from '#core/workdays/index.ts'
import { listUnitsById, type Unit } from '#modules/org/index.ts'
import { layered } from './layers.ts'
import type { Draft, Entry, Proposal } from './schema.ts'
import * as store from './store.ts'

const under = (path: string, tree: string): boolean => path === tree || path.startsWith(`${tree}.`)

const depth = (path: string | null): number => (path === null ? 0 : path.split('.').length)

/** Whose changes a unit works by: the province's, those of the units above, its own. A body outside the province's command follows the
 *  province as a whole and itself, no unit that it happens to stand beside. */
const governs = (owner: string | null, unit: Pick<Unit, 'path' | 'outside'> | null): boolean =>
  owner === null || (unit !== null && (unit.outside ? owner === unit.path : under(unit.path, owner)))

async function liveFor(reader: Reader, unit: Unit | null): Promise<Entry[]> {
  return unit === null ? store.liveOfProvince(reader) : (await store.liveAlong(reader, unit.path)).filter((entry) => governs(entry.unitPath, unit))
}

function layers(entries: readonly (Draft & { unitPath: string | null })[]): Draft[][] {
  const byDepth = new Map<number, Draft[]>()
  for (const entry of entries) byDepth.set(depth(entry.unitPath), [...(byDepth.get(depth(entry.unitPath)) ?? []), entry])
  return [...byDepth].sort(([a], [b]) => a - b).map(([, list]) => list)
}

async function findUnit(reader: Reader, unitId: string | null): Promise<Unit | null> {
  return unitId === null ? null : ((await listUnitsById(reader, [unitId]))[0] ?? null)
}

async function read(reader: Reader, ctx: Pick<Ctx, 'calendar'>, unitId: string | null): Promise<Calendar> {
  return layered(ctx.calendar, layers(await liveFor(reader, await findUnit(reader, unitId))))
}

/** The calendar as it is now, read anew. */
export const calendarFresh = async (reader: Reader, ctx: Pick<Ctx, 'calendar'>, unit: Unit | null): Promise<Calendar> =>
  layered(ctx.calendar, layers(await liveFor(reader, unit)))

// One transaction, or one request outside of any, sees one calendar a unit: asked twice it is read once.
const asked = new WeakMap<object, Map<string | null, Promise<Calendar>>>()

/** The calendar by which a unit (null: the province) works: the national pack with the changes of the province, of the units above and its own.
 *  Read once per transaction, or per request outside one. */
export function calendarOf(reader: Reader, ctx: Ctx, unitId: string | null): Promise<Calendar> {
  const scope: object = reader.isTransaction ? reader : ctx
  const known = asked.get(scope) ?? new Map<string | null, Promise<Calendar>>()
  asked.set(scope, known)
  const found = known.get(unitId) ?? read(reader, ctx, unitId)
  known.set(unitId, found)
  return found
}

/** Lets a transaction of a batch read each calendar once for the whole batch. A change that comes meanwhile has a batch of its own. */
export function shareCalendars(tx: Tx, batch: object): void {
  const known = asked.get(batch) ?? new Map<string | null, Promise<Calendar>>()
  asked.set(batch, known)
  asked.set(tx, known)
}

/** Calendars as they would be after a proposal, unit by unit; nothing is written. */
export function proposed(reader: Reader, ctx: Pick<Ctx, 'calendar'>, proposal: Proposal): (unitId: string | null) => Promise<Calendar> {
  const known = new Map<string | null, Promise<Calendar>>()
  const owner = proposal.unit?.path ?? null
  const make = async (unitId: string | null): Promise<Calendar> => {
    const unit = await findUnit(reader, unitId)
    const kept = (await liveFor(reader, unit)).filter((entry) => !proposal.end.includes(entry.id))
    const added = governs(owner, unit) ? proposal.add.map((draft) => ({ ...draft, unitPath: owner })) : []
    return layered(ctx.calendar, layers([...kept, ...added]))
  }
  return (unitId) => {
    const found = known.get(unitId) ?? make(unitId)
    known.set(unitId, found)
    return found
  }
}

/** Live changes that a unit works by, those of the province and of the units above included. */
export async function entriesFor(reader: Reader, unitId: string | null): Promise<Entry[]> {
  return liveFor(reader, await findUnit(reader, unitId))
}
