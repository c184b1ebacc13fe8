// What leaders watch over: alerts of their unit and of those below, reasons counted by officer; and papers for modules that come after.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { type Actor, holds, type Role } from '#core/policy/actor.ts'
import { LEADERS } from './rules-life.ts'
import { TREE_ROLES } from './rules.ts'
import type { Dossier, Paper } from './schema.ts'
import { type Alert, alertsOf, countAlerts, countReasons, type ReasonCount, type Watched as Places } from './store-life.ts'
import * as store from './store.ts'

export type { ReasonCount } from './store-life.ts'

/** Posts that are told when something runs late: heads of units, and those who supervise. */
const WATCHERS: readonly Role[] = [...new Set([...LEADERS, ...TREE_ROLES, 'lanh_dao_phong' as Role, 'chanh_van_phong' as Role])]

export const watches = (actor: Actor): boolean => holds(actor, WATCHERS)

function placesOf(actor: Actor): Places {
  const posts = actor.kind === 'officer' ? actor.posts.filter((post) => WATCHERS.includes(post.role)) : []
  return { units: posts.map((post) => post.unitId), trees: posts.filter((post) => TREE_ROLES.includes(post.role) || LEADERS.includes(post.role)).map((post) => post.unitPath) }
}

export interface Watched {
  readonly alert: Alert
  readonly dossier: Dossier
}

/** Alerts of the actor's unit and the units under it, longest standing first; only of dossiers the actor may read. */
export async function listWatched(ctx: Ctx, limit = 200): Promise<Watched[]> {
  if (!watches(ctx.actor)) return []
  const alerts = await alertsOf(ctx.db, placesOf(ctx.actor), limit)
  if (alerts.length === 0) return []
  const ids = [...new Set(alerts.map((alert) => alert.dossierId))]
  const dossiers = new Map((await store.list(ctx.db, ctx.actor, { limit: ids.length, where: (eb) => eb('id', 'in', ids) })).map((one) => [one.id, one]))
  return alerts.flatMap((alert) => (dossiers.has(alert.dossierId) ? [{ alert, dossier: dossiers.get(alert.dossierId)! }] : []))
}

export const countWatched = (ctx: Ctx): Promise<number> => (watches(ctx.actor) ? countAlerts(ctx.db, placesOf(ctx.actor)) : Promise.resolve(0))

/** How often each officer of the actor's units gave each reason (P13: reasons counted per officer). */
export const reasonCounts = (ctx: Ctx, span: { since: Date; until: Date }): Promise<ReasonCount[]> =>
  watches(ctx.actor) ? countReasons(ctx.db, { ...placesOf(ctx.actor), ...span }) : Promise.resolve([])

/** The papers of a dossier, for modules that come after this one. */
export const listPapers = (reader: Reader, dossier: Pick<Dossier, 'id'>): Promise<Paper[]> => store.papers(reader, dossier.id)
