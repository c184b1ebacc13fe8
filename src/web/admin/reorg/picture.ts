// What a plan looks like drawn: units of before and after with what passes between them, whole or a district at a time. Pure.

import { calledName, type Seat, type Unit } from '#modules/org/index.ts'
import type { PlanContent, Step } from '#modules/reorg/index.ts'
import type { Link, Node } from './ribbons-layout.ts'
import type { Dot } from './seat-map.tsx'

/** More than this on one side is drawn by district first. */
export const MOST_DRAWN = 40

/** What the drawing needs to know of a unit, living or planned. */
export type Known = Pick<Unit, 'id' | 'code' | 'name' | 'shortName' | 'level' | 'parentId'>

export interface Passing {
  readonly from: string
  readonly to: string
  readonly share: number
  readonly main: boolean
}

/** Units that a plan makes, as they will be. */
export const plannedUnits = (steps: readonly Step[]): Known[] =>
  steps.flatMap((step) => (step.kind === 'create' ? [{ id: step.unit.id, code: step.unit.code, name: step.unit.name, shortName: step.unit.shortName ?? step.unit.name, level: step.unit.level, parentId: step.unit.parent }] : []))

const shares = (from: string, to: readonly string[], main: string | null): Passing[] => {
  const all = [...new Set(to)]
  const heavy = all.length > 1 ? 0.5 : 1
  return all.map((one) => ({ from, to: one, main: one === main, share: main === null || all.length === 1 ? 1 / all.length : one === main ? heavy : (1 - heavy) / (all.length - 1) }))
}

/** Every passage that the steps draw; a unit that lives on with what it takes in passes to itself. */
export function passagesOf(steps: readonly Step[]): Passing[] {
  return steps.flatMap((step): Passing[] => {
    if (step.kind === 'merge') return [...new Set(step.from)].map((from) => ({ from, to: step.into, share: 1, main: true }))
    if (step.kind === 'split') return shares(step.unit, step.keeps ? [step.unit, ...step.into] : step.into, step.keeps ? step.unit : (step.main ?? step.into[0] ?? null))
    if (step.kind === 'abolish') return shares(step.unit, [step.main, ...step.rules.flatMap((rule) => (rule.by === 'commune' ? [] : [rule.to]))], step.main)
    if (step.kind === 'rename') return [{ from: step.unit, to: step.unit, share: 1, main: true }]
    return []
  })
}

export interface Picture {
  readonly before: readonly Node[]
  readonly after: readonly Node[]
  readonly links: readonly Link[]
  readonly dots: readonly Dot[]
  readonly ways: readonly { readonly from: string; readonly to: string }[]
  /** Districts (or whatever stands above) to look at closer, when the whole is too much for one picture. */
  readonly zooms: readonly { readonly id: string; readonly name: string; readonly before: number; readonly after: number; readonly current: boolean }[]
  /** Drawn by district: one band for each. */
  readonly overview: boolean
  readonly counts: { readonly before: number; readonly after: number }
}

const title = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1)
const AFTER = '→'

export interface Given {
  readonly content: Pick<PlanContent, 'steps'>
  readonly units: ReadonlyMap<string, Known>
  readonly seats: ReadonlyMap<string, Pick<Seat, 'latitude' | 'longitude' | 'sure'>>
  /** unit above which one looks closer; '' for the whole */
  readonly zoom: string
  readonly zoomHref: (id: string) => string
}

/** Offices go with their unit: a picture of the whole is of units that have a level of their own, unless there is nothing else. */
function drawnPassages(steps: readonly Step[], units: ReadonlyMap<string, Known>): Passing[] {
  const all = passagesOf(steps)
  const heads = all.filter(({ from }) => !['phong', 'ngoai'].includes(units.get(from)?.level ?? ''))
  return heads.length > 0 ? heads : all
}

export function pictureOf({ content, units: living, seats, zoom, zoomHref }: Given): Picture {
  const units = new Map([...living, ...plannedUnits(content.steps).map((unit) => [unit.id, unit] as const)])
  const all = drawnPassages(content.steps, units)
  const inheriting = new Set(all.map(({ to }) => to))
  const fresh = new Set(content.steps.flatMap((step) => (step.kind === 'create' ? [step.unit.id] : [])))
  const orphans = [...fresh].filter((id) => !inheriting.has(id) && (!['phong', 'ngoai'].includes(units.get(id)!.level) || !content.steps.some((step) => step.kind === 'create' && step.unit.id === units.get(id)!.parentId)))
  // a district that ends stands in its own group
  const groupOf = (id: string): string => (units.get(id)?.level === 'huyen' ? id : (units.get(id)?.parentId ?? ''))
  const groups = Map.groupBy(all, ({ from }) => groupOf(from))
  const sizes = { before: new Set(all.map(({ from }) => from)).size, after: inheriting.size + orphans.length }
  const large = Math.max(sizes.before, sizes.after) > MOST_DRAWN && groups.size > 1
  const chosen = large && groups.has(zoom) ? zoom : ''
  const zooms = large
    ? [...groups].map(([id, rows]) => ({ id, name: title(calledName(units.get(id) ?? { name: 'Các đơn vị khác' })), before: new Set(rows.map(({ from }) => from)).size, after: new Set(rows.map(({ to }) => to)).size, current: id === chosen }))
      .sort((a, b) => a.name.localeCompare(b.name, 'vi'))
    : []
  const overview = large && chosen === ''
  const rows = large && !overview ? groups.get(chosen)! : all
  const seatOf = (id: string) => {
    const step = content.steps.find((one) => one.kind === 'create' && one.unit.id === id)
    if (step?.kind === 'create' && step.unit.seat) return { ...step.unit.seat, sure: seats.get(id)?.sure ?? ('memory' as const) }
    return seats.get(id)
  }
  const dots = (list: readonly Passing[]): Pick<Picture, 'dots' | 'ways'> => {
    const [olds, news] = [new Set(list.map(({ from }) => from)), new Set(list.map(({ to }) => to))]
    const found = [...new Set([...olds, ...news])].flatMap((id): Dot[] => {
      const seat = seatOf(id)
      const unit = units.get(id)
      return seat && unit ? [{ id, name: title(calledName(unit)), latitude: seat.latitude, longitude: seat.longitude, sure: seat.sure === 'measured', when: olds.has(id) ? (news.has(id) ? 'both' : 'before') : 'after' }] : []
    })
    return { dots: found, ways: list.filter(({ main }) => main).map(({ from, to }) => ({ from, to })) }
  }
  if (overview) {
    const most = Math.max(1, ...zooms.flatMap(({ before, after }) => [before, after]))
    return {
      before: zooms.map(({ id, name, before }) => ({ id, name, note: `${before} đơn vị`, href: zoomHref(id) })), after: zooms.map(({ id, name, after }) => ({ id: AFTER + id, name, note: `còn ${after} đơn vị`, href: zoomHref(id) })),
      links: zooms.map(({ id, before, after }) => ({ from: id, to: AFTER + id, share: 1, main: true, fill: [before / most, after / most] as const })), zooms, overview, counts: sizes, ...dots(all.filter(({ from }) => units.get(from)?.level !== 'huyen')),
    }
  }
  const node = (id: string, mark?: Node['mark']): Node => {
    const unit = units.get(id)
    return { id, name: unit ? title(calledName(unit)) : id, note: unit?.code.replace(/^CU\./, ''), mark }
  }
  const lives = new Set(rows.filter(({ from, to }) => from === to).map(({ from }) => from))
  const renamed = new Map(content.steps.flatMap((step) => (step.kind === 'rename' && step.name ? [[step.unit, step.name] as const] : [])))
  const after = [...new Set([...rows.map(({ to }) => to), ...(chosen === '' ? orphans : [])])]
    .map((id): Node => {
      const own = node(id, fresh.has(id) ? 'new' : 'kept')
      const name = renamed.get(id)
      return { ...own, id: AFTER + id, name: name ? title(calledName({ name })) : own.name }
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'))
  return {
    before: [...new Set(rows.map(({ from }) => from))].map((id) => node(id, lives.has(id) ? 'kept' : 'ended')).sort((a, b) => a.name.localeCompare(b.name, 'vi')), after,
    links: rows.map(({ from, to, share, main }) => ({ from, to: AFTER + to, share, main })), zooms, overview, counts: sizes, ...dots(rows),
  }
}
