// The trial: every dossier under way is planned as if it moved now, in batches that go on by themselves; nothing of the dossiers is written.

import { definitionOf, type Definition, type Explored, explore } from '#core/bpmn/index.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, isLostConnection, type Reader } from '#core/db/index.ts'
import { Unavailable } from '#core/errors.ts'
import { enqueue } from '#core/jobs/index.ts'
import { type Dossier, movingCase, type MovingCase, runningDossier, runningIds, STATES, termsUnder } from '#modules/dossiers/index.ts'
import { listUnitsById } from '#modules/org/index.ts'
import { evaluate, getVersion } from '#modules/procedures/index.ts'
import { type Around, type CasePlan, type Chosen, planCase, type Sides, sidesOf } from './plan.ts'
import type { CasePreview, Plan, StepChoices, Verdict } from './schema.ts'
import * as store from './store.ts'

/** Dossiers that are tried while somebody waits for the page, and in each batch after. */
export const BATCH = 100

/** Both versions of a plan, ready to plan every dossier by. */
export async function sidesFor(reader: Reader, plan: Pick<Plan, 'fromVersion' | 'toVersion'>): Promise<Sides> {
  const [from, to] = [await getVersion(reader, plan.fromVersion), await getVersion(reader, plan.toVersion)]
  const known = new Map<string, Explored>()
  const explored = (definition: Definition): Explored => {
    const found = known.get(definition.digest) ?? explore(definition, null)
    known.set(definition.digest, found)
    return found
  }
  return sidesOf(from, to, await definitionOf(from.bpmnDigest, from.bpmn), await definitionOf(to.bpmnDigest, to.bpmn), explored)
}

/** What is planned for one dossier as it stands, with what was chosen for all and for it alone. */
export async function planFor(reader: Reader, ctx: Ctx, sides: Sides, plan: Chosen, own: StepChoices, found: MovingCase, unitName: string): Promise<CasePlan> {
  const { dossier } = found
  const around: Around = {
    now: ctx.now, catalogs: ctx.catalogs, unitName, terms: await termsUnder(reader, ctx, dossier, sides.from, sides.to),
    evaluate: (version, form, parts) => evaluate(version, { form, applicant: dossier.applicant as never, channel: dossier.channel, receivedAt: dossier.submittedAt ?? ctx.now, parts: [...parts] }, { calendar: ctx.calendar, catalogs: ctx.catalogs }),
  }
  return planCase(sides, found, { ...plan, steps: { ...plan.steps, ...own } }, around)
}

export async function unitNames(reader: Reader, dossiers: readonly Pick<Dossier, 'decidedUnitId' | 'receivedUnitId'>[]): Promise<(dossier: Pick<Dossier, 'decidedUnitId' | 'receivedUnitId'>) => string> {
  const units = await listUnitsById(reader, [...new Set(dossiers.map((dossier) => dossier.decidedUnitId ?? dossier.receivedUnitId))])
  const names = new Map(units.map((unit) => [unit.id, unit.name]))
  return (dossier) => names.get(dossier.decidedUnitId ?? dossier.receivedUnitId) ?? ''
}

interface Trial {
  readonly plan: string
  readonly revision: number
  readonly done: number
}

interface Tried {
  readonly dossierId: string
  readonly code: string
  readonly verdict: Verdict
  readonly preview: CasePreview
}

/** One dossier by itself: what is wrong with it is told at its row, and the others are tried. Null when it is over. */
async function tryOne(ctx: Ctx, sides: Sides, plan: Plan, id: string): Promise<Tried | null> {
  try {
    const found = await movingCase(ctx.db, id)
    if (!found) return null
    const own = (await store.findCase(ctx.db, plan.id, id))?.steps ?? {}
    const { verdict, preview } = await planFor(ctx.db, ctx, sides, plan, own, found, (await unitNames(ctx.db, [found.dossier]))(found.dossier))
    return { dossierId: id, code: found.dossier.code ?? '', verdict, preview }
  } catch (error) {
    if (isLostConnection(error) || error instanceof Unavailable) throw error
    console.error(`[moves.try] ${plan.id} ${id} ${ctx.requestId}`, error)
    const dossier = await runningDossier(ctx.db, id)
    return dossier ? { dossierId: id, code: dossier.code ?? '', verdict: 'stuck', preview: faulty(dossier, `Không tính được hồ sơ này vì lỗi của phần mềm; báo bộ phận kỹ thuật. Mã lỗi: ${ctx.requestId}.`) } : null
  }
}

const faulty = (dossier: Dossier, reason: string): CasePreview => ({
  state: STATES[dossier.state].label, unit: '', steps: [], due: { before: dossier.dueAt?.toISOString() ?? null, after: dossier.dueAt?.toISOString() ?? null, how: dossier.dueAt ? 'same' : 'none', paused: dossier.pausedAt !== null },
  fee: { before: 0, after: 0, paid: 0, refund: 0 }, left: [], renamed: [], asked: [], spared: [], reasons: [reason], notes: [], open: [],
})

/** Tries the next dossiers of a plan and queues the rest; a plan that was changed meanwhile is tried anew by whoever changed it. */
export async function tryNext(ctx: Ctx, { plan: id, revision, done }: Trial): Promise<void> {
  const plan = await store.findPlan(ctx.db, id)
  if (plan?.state !== 'drafting' || plan.revision !== revision) return
  const ids = (await runningIds(ctx.db, plan.code, plan.fromVersion)).get(plan.fromVersion) ?? []
  const sides = await sidesFor(ctx.db, plan)
  const batch = ids.slice(done, done + BATCH)
  const tried = (await Promise.all(batch.map((dossier) => tryOne(ctx, sides, plan, dossier)))).filter((one) => one !== null)
  await inTransaction(ctx.db, async (tx) => {
    const now = await store.findPlan(tx, id, 'lock')
    if (now?.state !== 'drafting' || now.revision !== revision) return
    for (const one of tried) await store.saveCase(tx, id, one)
    if (done + BATCH < ids.length) {
      await store.changePlan(tx, id, { tried: done + batch.length })
      await enqueue(tx, 'moves.try', { plan: id, revision, done: done + BATCH } satisfies Trial, { key: `moves.try:${id}` })
    } else {
      await store.dropCases(tx, id, ids)
      await store.changePlan(tx, id, { tried: ids.length, tried_at: ctx.now })
    }
  })
}
