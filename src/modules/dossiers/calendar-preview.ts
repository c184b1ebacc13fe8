// How a change of the calendar would move open deadlines, counted before it is made; nothing is written and no case is shown.

import type { Ctx } from '#core/ctx.ts'
import { type Change, proposedCalendars, weighChange } from '#modules/calendars/index.ts'
import { listUnitsById } from '#modules/org/index.ts'
import { getVersion, type Version } from '#modules/procedures/index.ts'
import { freshDue, keepPromise, touched } from './calendar-moves.ts'
import * as store from './store.ts'

export interface MoveGroup {
  readonly unitName: string
  readonly procedureName: string
  /** how many move later, and how many the count would bring earlier, so that they stay */
  readonly later: number
  readonly kept: number
  /** the farthest instant that any of them moves to */
  readonly farthest: Date | null
}

export interface CalendarPreview {
  readonly words: string
  readonly from: string
  readonly to: string | null
  readonly retroactive: boolean
  /** open deadlines looked at, of how many that may be touched */
  readonly looked: number
  readonly open: number
  readonly later: number
  readonly kept: number
  readonly groups: readonly MoveGroup[]
}

/** As many as are counted while somebody waits for the page; the rest is told as not counted. */
const MOST = 3000
const PAGE = 300

/** Weighs a change and counts what it would do. Throws as the change itself would. */
export async function previewCalendar(ctx: Ctx, change: Change): Promise<CalendarPreview> {
  const weighed = await weighChange(ctx.db, ctx, change)
  const where = { path: weighed.proposal.unit?.path ?? null, from: weighed.from }
  const after = proposedCalendars(ctx.db, ctx, weighed.proposal)
  const versions = new Map<string, Version>()
  const groups = new Map<string, { unit: string; procedure: string; later: number; kept: number; farthest: Date | null }>()
  const { open } = await touched(ctx.db, where).select((eb) => eb.fn.countAll<number>().as('open')).executeTakeFirstOrThrow()
  let last = '00000000-0000-0000-0000-000000000000'
  let looked = 0
  for (;;) {
    const ids = await touched(ctx.db, where).select('id').where('id', '>', last).orderBy('id').limit(PAGE).execute()
    const dossiers = await store.findMany(ctx.db, ids.map((row) => row.id))
    const pauses = await store.pausesOf(ctx.db, ids.map((row) => row.id))
    for (const { id } of ids) {
      const dossier = dossiers.get(id)
      if (!dossier) continue
      looked++
      const version = versions.get(dossier.versionId) ?? (await getVersion(ctx.db, dossier.versionId))
      versions.set(dossier.versionId, version)
      const decided = dossier.decidedUnitId ?? dossier.receivedUnitId
      const found = freshDue(ctx, dossier, version, pauses.get(id) ?? [], { decided: await after(decided), received: await after(dossier.receivedUnitId) })
      if (!found) continue
      const { how, dueAt } = keepPromise(found.promised, found.fresh.dueAt)
      if (how === 'same') continue
      const key = `${decided}|${dossier.procedureCode}`
      const group = groups.get(key) ?? { unit: decided, procedure: dossier.procedureName, later: 0, kept: 0, farthest: null }
      if (how === 'kept') group.kept++
      else group.later++
      if (how === 'moved' && (!group.farthest || dueAt > group.farthest)) group.farthest = dueAt
      groups.set(key, group)
    }
    const end = ids.at(-1)
    if (ids.length < PAGE || looked >= MOST || !end) break
    last = end.id
  }
  const names = new Map((await listUnitsById(ctx.db, [...groups.values()].map((group) => group.unit))).map((unit) => [unit.id, unit.name]))
  const rows = [...groups.values()].map(({ unit, procedure, later, kept, farthest }) => ({ unitName: names.get(unit) ?? unit, procedureName: procedure, later, kept, farthest }))
    .sort((a, b) => b.later + b.kept - (a.later + a.kept))
  const sum = (key: 'later' | 'kept') => rows.reduce((total, row) => total + row[key], 0)
  return { words: weighed.words, from: weighed.from, to: weighed.to, retroactive: weighed.retroactive, looked, open: Number(open), later: sum('later'), kept: sum('kept'), groups: rows }
}
