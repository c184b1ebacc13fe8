// The plan that a request names, and what its pages have in common.

import type { FastifyRequest } from 'fastify'
import { Conflict, Forbidden, NotFound, type Refusal } from '#core/errors.ts'
import { getPlan, type Plan } from '#modules/reorg/index.ts'
import { HOME, planHref } from './words.ts'

export type Id = { Params: { id: string } }
export const CRUMB = { label: 'Sắp xếp đơn vị', href: HOME }
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
export const why = (refusal: Refusal | null): string | null => refusal?.message ?? null

export async function planIn(request: FastifyRequest<Id>): Promise<Plan> {
  if (!UUID.test(request.params.id)) throw new NotFound('reorg.no_plan', 'Không có kế hoạch sắp xếp này.')
  return getPlan(request.ctx, request.params.id)
}

export const planPage = (plan: Plan, here?: string) => ({ title: here ?? plan.title, here: 'reorganisations' as const, crumbs: [CRUMB, ...(here ? [{ label: plan.title, href: planHref(plan.id) }, { label: here }] : [{ label: plan.title }])] })

/** Throws what is refused. */
export function may(refused: Refusal | null): void {
  if (!refused) return
  throw refused.kind === 'forbidden' ? new Forbidden(refused.code, refused.message) : new Conflict(refused.code, refused.message)
}
