// Printed forms of a dossier: set from the data taken down in the act, kept as a file by a reaction, made on the spot if asked for earlier.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { NotFound } from '#core/errors.ts'
import { renderPdf, type TemplateName } from '#core/print/index.ts'
import { slug } from '#core/text/index.ts'
import { keepFile, stageBytes } from '#modules/files/index.ts'
import { openDossier, type Opened } from './reading.ts'
import { type Dossier, type Paper, PAPER_LABELS, type PaperKind } from './schema.ts'
import * as store from './store.ts'

const TEMPLATES: Readonly<Record<PaperKind, TemplateName>> = {
  receipt: 'receipt', supplement_request: 'supplement-request', refusal: 'refusal', apology: 'apology', stop_notice: 'stop-notice', control_slip: 'control-slip',
  unresolved_notice: 'unresolved-notice', withdrawal: 'withdrawal-confirmation', result: 'result', financial_notice: 'financial-notice', fee_receipt: 'fee-receipt',
  appeal_decision: 'appeal-decision',
}

export const paperPdf = (paper: Paper): Promise<Uint8Array> =>
  renderPdf(TEMPLATES[paper.kind], paper.data as never, { createdAt: paper.createdAt })

export const paperFileName = (dossier: Pick<Dossier, 'code'>, paper: Pick<Paper, 'kind'>): string =>
  `${slug(PAPER_LABELS[paper.kind])}-${dossier.code ?? ''}.pdf`

/** The newest paper of a kind, for those who may read the dossier; results only once they are there. Throws NotFound. */
export async function getPaper(ctx: Ctx, ref: string, wanted: { kind: PaperKind } | { id: string }): Promise<Opened & { paper: Paper }> {
  const opened = await openDossier(ctx, ref)
  const { dossier } = opened
  const all = await store.papers(ctx.db, dossier.id)
  const paper = 'id' in wanted ? all.find((one) => one.id === wanted.id) : all.findLast((one) => one.kind === wanted.kind)
  if (!paper || hidden(ctx, dossier, paper)) throw new NotFound('dossiers.no_paper', 'Hồ sơ chưa có giấy tờ này.')
  return { ...opened, paper }
}

/** The applicant sees result and notice when the desk has them, not while they are being signed. */
export const hidden = (ctx: Ctx, dossier: Dossier, paper: Pick<Paper, 'kind'>): boolean =>
  ctx.actor.kind === 'citizen' && (paper.kind === 'result' || paper.kind === 'unresolved_notice') && dossier.finishedAt === null

/** Sets and keeps the papers of a dossier that have no file yet. Idempotent: the same data give the same bytes. */
export async function keepPrints(ctx: Ctx, dossierId: string): Promise<void> {
  for (const paper of await store.papers(ctx.db, dossierId)) {
    if (paper.fileId) continue
    const staged = await stageBytes(ctx, await paperPdf(paper), `${TEMPLATES[paper.kind]}.pdf`)
    await inTransaction(ctx.db, async (tx) => {
      const file = await keepFile(tx, ctx, staged, `dossier:${dossierId}`)
      await store.setPaperFile(tx, paper.id, file.id)
    })
  }
}
