// Open dossiers at a unit as those see them who reorganise units: what they are and how they stand, never whose.

import { sql } from 'kysely'
import type { Ctx } from '#core/ctx.ts'
import { denial, orThrow } from '#core/errors.ts'
import { keeps } from '#modules/org/index.ts'
import { UNFINISHED } from './reorg-part.ts'
import { type DossierState, STATES } from './schema.ts'

export interface CaseAt {
  readonly code: string
  readonly what: string
  readonly state: string
  readonly dueAt: Date | null
}

/** Open dossiers that the unit receives, decides or has work on, the most urgent first. For administrators of the platform and whoever heads the province. Throws Forbidden. */
export async function casesOf(ctx: Ctx, unitId: string, limit: number): Promise<CaseAt[]> {
  const head = ctx.actor.kind === 'officer' && ctx.actor.posts.some((post) => ['chu_tich', 'chanh_van_phong'].includes(post.role) && !post.unitPath.includes('.'))
  orThrow(keeps(ctx.actor) === null || head ? null : denial('dossiers.not_planner', 'Danh sách này dành cho người lập và xác nhận kế hoạch sắp xếp.'))
  const { rows } = await sql<{ code: string; procedure_name: string; state: string; due_at: Date | null }>`
    select t.code, t.procedure_name, t.state, t.due_at from dossiers.dossier t
    where t.code is not null and ${sql.raw(UNFINISHED)} and (t.received_unit_id = ${unitId} or t.decided_unit_id = ${unitId})
    order by t.due_at nulls last, t.code limit ${limit}`.execute(ctx.db)
  return rows.map((row) => ({ code: row.code, what: row.procedure_name, state: STATES[row.state as DossierState].label, dueAt: row.due_at }))
}
