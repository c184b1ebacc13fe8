// What pages of plans read beside the plan: names of its units, living units by code, what a chooser shows.

import type { FastifyRequest } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { calledName, listSeats, listUnits, listUnitsById, type Unit } from '#modules/org/index.ts'
import type { Plan, Step } from '#modules/reorg/index.ts'
import { type Body, many, one } from '../../desk/answers.tsx'
import { type Picture, pictureOf, plannedUnits } from './picture.ts'
import type { Found } from './step-form.tsx'
import type { Register } from './table.ts'
import { MOST_TARGETS } from './step-read.ts'
import { planHref } from './words.ts'

const idsOf = (steps: readonly Step[]): string[] => steps.flatMap((step) => {
  if (step.kind === 'create') return [step.unit.id, step.unit.parent, ...(step.unit.like ? [step.unit.like] : [])]
  if (step.kind === 'merge') return [...step.from, step.into]
  if (step.kind === 'split') return [step.unit, ...step.into, ...(step.main ? [step.main] : []), ...step.rules.flatMap((rule) => (rule.by === 'commune' ? [] : [rule.to]))]
  if (step.kind === 'move') return [step.unit, step.parent]
  if (step.kind === 'abolish') return [step.unit, step.main, ...step.rules.flatMap((rule) => (rule.by === 'commune' ? [] : [rule.to]))]
  return [step.unit]
})

/** Units that steps name, with what stands above them. */
export async function unitsOf(ctx: Ctx, steps: readonly Step[]): Promise<Map<string, Unit>> {
  const named = await listUnitsById(ctx.db, idsOf(steps))
  const above = await listUnitsById(ctx.db, named.flatMap(({ parentId }) => parentId ?? []))
  return new Map([...above, ...named].map((unit) => [unit.id, unit]))
}

export const namer = (units: ReadonlyMap<string, Pick<Unit, 'name'>>, steps: readonly Step[]): ((id: string) => string) => {
  const planned = new Map(plannedUnits(steps).map((unit) => [unit.id, unit]))
  return (id) => calledName(planned.get(id) ?? units.get(id) ?? { name: id })
}

/** The picture of a plan, near or far, and the steps that concern what is looked at. */
export async function drawn(ctx: Ctx, plan: Plan, units: ReadonlyMap<string, Unit>, zoom: string): Promise<{ picture: Picture; shown: Plan['steps'] }> {
  const seats = new Map((await listSeats(ctx.db)).map((seat) => [seat.unitId, seat]))
  const picture = pictureOf({ content: plan, units, seats, zoom, zoomHref: (id) => planHref(plan.id, `?zoom=${encodeURIComponent(id)}`) })
  if (zoom === '' || picture.overview || picture.zooms.length === 0) return { picture, shown: plan.steps }
  const near = new Set([...picture.before.map(({ id }) => id), ...picture.after.map(({ id }) => id.slice(1)), zoom])
  const all = new Map<string, { parentId: string | null }>([...units, ...plannedUnits(plan.steps).map((unit) => [unit.id, unit] as const)])
  const concerns = (id: string): boolean => near.has(id) || near.has(all.get(id)?.parentId ?? '')
  return { picture, shown: plan.steps.filter((step) => (step.kind === 'create' ? concerns(step.unit.id) : step.kind === 'merge' ? concerns(step.into) || step.from.some(concerns) : concerns(step.unit))) }
}

/** Living units by any of their codes, and those that ended with whoever is in charge now. */
export async function registerOf(ctx: Ctx): Promise<Register> {
  const all = await listUnits(ctx.db, { live: false, limit: 1_000_000 })
  const living = new Map<string, Unit>()
  const ended = new Map<string, { unit: Unit; live: Unit | null }>()
  for (const unit of all.toReversed()) {
    for (const code of [unit.qcvn, unit.identifier, unit.adminCode, unit.code]) {
      if (!code) continue
      if (unit.validTo === null) living.set(code, unit)
      else if (!ended.has(code) || ended.get(code)!.unit.validTo! < unit.validTo) ended.set(code, { unit, live: null })
    }
  }
  return { living, ended }
}

const CHOOSERS = ['from', 'unit', 'parent', 'like', 'main', ...Array.from({ length: MOST_TARGETS }, (_, n) => `to.${n}.unit`)]
const MOST_FOUND = 60

/** Units that the form names already. */
export async function named(ctx: Ctx, body: Body): Promise<Map<string, Unit>> {
  const ids = [...CHOOSERS.flatMap((name) => many(body, name)), one(body, 'into')]
  return new Map((await listUnitsById(ctx.db, ids.filter(Boolean))).filter((unit) => unit.validTo === null).map((unit) => [unit.id, unit]))
}

/** What every chooser shows: what was searched for, or the part of the tree one stands in. */
export async function finds(request: FastifyRequest, body: Body): Promise<(name: string) => Found> {
  const { ctx } = request
  const [looked = '', under = ''] = one(body, 'under').split(' ')
  const root = (await listUnits(ctx.db, { level: 'tinh', limit: 1000 })).find((unit) => unit.kind === 'tinh')
  const shown = new Map<string, Found>()
  const trailOf = async (id: string): Promise<Unit[]> => {
    const [unit] = id === '' ? [] : await listUnitsById(ctx.db, [id])
    if (!unit) return root ? [root] : []
    const path = unit.path.split('.')
    const above = await listUnits(ctx.db, { within: path[0], limit: 100_000 })
    return path.flatMap((_, at) => above.find((one) => one.path === path.slice(0, at + 1).join('.')) ?? [])
  }
  const top = root ? await listUnits(ctx.db, { parentId: root.id, limit: MOST_FOUND * 10 }) : []
  for (const name of CHOOSERS) {
    const q = one(body, `q.${name}`)
    const here = looked === name ? under : ''
    if (q !== '' && here === '') shown.set(name, { q, trail: root ? [root] : [], units: await listUnits(ctx.db, { q, limit: MOST_FOUND }) })
    else if (here === '') shown.set(name, { q: '', trail: root ? [root] : [], units: top })
    else shown.set(name, { q: '', trail: await trailOf(here), units: await listUnits(ctx.db, { parentId: here, limit: MOST_FOUND * 10 }) })
  }
  return (name) => shown.get(name) ?? { q: '', trail: [], units: [] }
}
