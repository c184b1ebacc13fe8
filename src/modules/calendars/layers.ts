// Lays the changes of the province, of the units above and of the unit itself over the national calendar. Pure.

import { addDays, type Calendar, type CalendarDay, type OfficeHours } from '#core/workdays/index.ts'
import type { Draft, EntryKind, Sessions } from './schema.ts'

const DAY_TYPES: Readonly<Record<Exclude<EntryKind, 'hours'>, CalendarDay['type']>> = {
  holiday: 'holiday', compensatory: 'compensatory', swap_off: 'swap_off', closure: 'closure', swap_work: 'swap_work', sessions: 'swap_work',
}

const LONGEST = 400

/** Every date from … to, both included. */
export function datesOf(from: string, to: string): string[] {
  const dates: string[] = []
  for (let date = from; date <= to && dates.length < LONGEST; date = addDays(date, 1)) dates.push(date)
  return dates
}

interface Rota {
  readonly from: string
  readonly to: string
  readonly sessions: Sessions
  /** The higher one counts. */
  readonly rank: number
}

const NEVER = '9999-12-31'
const DAYS_FIRST = 1000

/** Rotas that never overlap: single days before seasons, the nearer unit before the one above, the later begun before the earlier. */
function flatten(rotas: readonly Rota[]): OfficeHours[] {
  const bounds = [...new Set(rotas.flatMap((rota) => [rota.from, rota.to === NEVER ? NEVER : addDays(rota.to, 1)]))].sort()
  const found: { from: string; to: string; rota: Rota }[] = []
  bounds.forEach((from, at) => {
    const next = bounds[at + 1]
    if (next === undefined && from === NEVER) return
    const to = next === undefined || next === NEVER ? NEVER : addDays(next, -1)
    const [best] = rotas
      .map((rota, order) => ({ rota, order }))
      .filter(({ rota }) => rota.from <= from && rota.to >= to)
      .sort((a, b) => b.rota.rank - a.rota.rank || b.rota.from.localeCompare(a.rota.from) || b.order - a.order)
    if (!best) return
    const last = found.at(-1)
    if (last && last.rota === best.rota && addDays(last.to, 1) === from) found[found.length - 1] = { ...last, to }
    else found.push({ from, to, rota: best.rota })
  })
  return found.map(({ from, to, rota }) => ({ from, to: to === NEVER ? null : to, sessions: rota.sessions }))
}

/** The calendar of a unit: the base with the layers over it, the province's first, the unit's own last. Of two layers that speak of one day
 *  the nearer counts. Without changes it is the base itself. */
export function layered(base: Calendar, layers: readonly (readonly Draft[])[]): Calendar {
  if (layers.every((layer) => layer.length === 0)) return base
  const days: CalendarDay[] = [...base.days]
  const rotas: Rota[] = base.hours.map((hours) => ({ from: hours.from, to: hours.to ?? NEVER, sessions: hours.sessions, rank: 0 }))
  layers.forEach((layer, at) => {
    for (const draft of layer) {
      if (draft.kind === 'hours') {
        rotas.push({ from: draft.from, to: draft.to ?? NEVER, sessions: draft.sessions ?? {}, rank: at + 1 })
        continue
      }
      const type = DAY_TYPES[draft.kind]
      for (const date of datesOf(draft.from, draft.to ?? draft.from)) {
        days.push({ date, type, name: draft.name })
        if (draft.kind === 'sessions') rotas.push({ from: date, to: date, sessions: draft.sessions ?? {}, rank: DAYS_FIRST + at })
      }
    }
  })
  return { days, hours: flatten(rotas) }
}
