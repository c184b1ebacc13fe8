// Walks a dossier through its process as the officers of the demo province would: each open step by somebody who may do it.

import type { Ctx } from '#core/ctx.ts'
import type { Values } from '#core/form/types.ts'
import { holds } from '#core/policy/actor.ts'
import { type Dossier, addPaperPart, addPart, begin, completeStep, evaluateDossier, reasonsFor, submit } from '#modules/dossiers/index.ts'
import { stageBytes } from '#modules/files/index.ts'
import { doersOf, getUnit, listHolders } from '#modules/org/index.ts'
import { getVersion, type ProcedureRecord } from '#modules/procedures/index.ts'
import { type Item, listItems } from '#modules/work/index.ts'
import type { TestApp } from './app.ts'

export const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

/** Files a dossier with all papers its answers ask for. */
export async function file(ctx: Ctx, input: { procedure: string; unit: string; channel: 'truc_tuyen' | 'truc_tiep' | 'bcci'; form: Values; applicant?: object }): Promise<Dossier> {
  const draft = await begin(ctx, { ...input, applicant: { fullName: 'Nguyễn Thị Hoa', phone: '0900100001', ...input.applicant } as never })
  const version = await getVersion(ctx.db, draft.versionId)
  for (const part of evaluateDossier(ctx, draft, version, []).requiredParts) {
    if (holds(ctx.actor, 'mot_cua')) await addPaperPart(ctx, { dossier: draft.id, part })
    else await addPart(ctx, { dossier: draft.id, part, file: await stageBytes(ctx, PDF, `${part}.pdf`) })
  }
  return submit(ctx, { dossier: draft.id })
}

/** A login that may do the item. */
export async function doerOf(app: TestApp, item: Item): Promise<string> {
  const roles = item.role === 'cong_dan' ? ['mot_cua'] : doersOf(item.role)
  for (const role of roles) {
    const [officer] = await listHolders(app.env.db, item.unitId!, role, '2026-11-22')
    if (officer) return officer.id.replace(/^cb-/, '')
  }
  const unit = await getUnit(app.env.db, item.unitId!)
  throw new Error(`Không ai ở ${unit.name} giữ vai trò ${item.role} cho bước ${item.step}`)
}

export const openItems = async (app: TestApp, dossier: Dossier): Promise<Item[]> =>
  (await listItems(app.env.db, dossier.id)).filter((item) => item.state === 'open' || item.state === 'claimed')

const REASONS = { refuse: 'refusal', request_supplement: 'supplement', reject: 'unresolved', return_unresolved: 'unresolved', suspend_financial: 'financial' } as const

/** What an officer says with an outcome: a note, and where the law wants reasons the first that the procedure knows. */
export async function saying(app: TestApp, dossier: Pick<Dossier, 'versionId'>, item: Item, outcome: string, note = 'Theo quy định.') {
  const act = REASONS[item.outcomes.find((one) => one.key === outcome)?.effect as keyof typeof REASONS]
  if (!act) return { note }
  const { record } = await getVersion(app.env.db, dossier.versionId)
  const [first] = reasonsFor(record as never, act, '2026-11-20')
  return { note, reasons: [{ code: first!.code, detail: first!.needsDetail ? 'Thiếu chữ ký của người nộp.' : null }], explanation: 'Đến bước thẩm tra mới phát hiện điều này.' }
}

/** The steps of a record's route that are the dossier's own: those of a process it calls are done inside that. */
export const ownRoute = (record: Pick<ProcedureRecord, 'steps'>, route: readonly string[]): string[] =>
  route.filter((id) => !record.steps.some((step) => step.id === id && step.call))

/** Finishes the dossier, choosing for each step the outcome `choose` names, else the first. Returns the steps done in order, `own` those of its own process only. */
export async function walk(app: TestApp, dossier: Dossier, choose: (item: Item) => string | undefined = () => undefined): Promise<{ route: string[]; own: string[]; last: Dossier }> {
  const route: string[] = []
  const own: string[] = []
  let last = dossier
  for (let guard = 0; guard < 60; guard++) {
    const [item] = await openItems(app, dossier)
    if (!item) break
    const ctx = await app.as(await doerOf(app, item))
    const outcome = choose(item) ?? item.outcomes[0]!.key
    last = await completeStep(ctx, { item: item.id, outcome, ...(await saying(app, dossier, item, outcome)) })
    route.push(item.step)
    if (item.link === null) own.push(item.step)
  }
  return { route, own, last }
}
