// Papers that a broken template keeps from being printed, for whoever keeps the templates: what is wrong where, and once more for all.

import type { Ctx } from '#core/ctx.ts'
import { denial, orThrow, type Refusal } from '#core/errors.ts'
import { type Actor, holds, type Role } from '#core/policy/actor.ts'
import { PrintError } from '#core/print/index.ts'
import * as papers from './papers-store.ts'
import { keepPrints } from './prints.ts'

/** Those who keep the templates; they see faults, never cases. */
export const TEMPLATE_KEEPERS: readonly Role[] = ['quan_tri_he_thong', 'kiem_soat_tthc']
const AT_ONCE = 200

export const canSeeFaults = (actor: Actor): Refusal | null =>
  holds(actor, TEMPLATE_KEEPERS) ? null : denial('dossiers.not_template_keeper', 'Trang này dành cho người quản trị hệ thống và kiểm soát thủ tục hành chính.')

/** What keeps papers from being printed, newest first. Throws Forbidden. */
export async function printFaults(ctx: Ctx): Promise<papers.FaultGroup[]> {
  orThrow(canSeeFaults(ctx.actor))
  return papers.faults(ctx.db)
}

/** Tries all of them again, some hundreds at a time. Says how many dossiers are whole now and how many still wait. Throws Forbidden. */
export async function retryPrints(ctx: Ctx): Promise<{ printed: number; left: number }> {
  orThrow(canSeeFaults(ctx.actor))
  let [printed, left] = [0, 0]
  for (const dossier of await papers.faultyDossiers(ctx.db, AT_ONCE)) {
    try {
      await keepPrints(ctx, dossier)
      printed++
    } catch (error) {
      if (!(error instanceof PrintError)) throw error
      left++
    }
  }
  return { printed, left }
}
