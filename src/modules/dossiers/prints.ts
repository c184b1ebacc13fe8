// Printed forms of a dossier: set from the data taken down in the act, kept as a file by a reaction, made on the spot if asked for earlier.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { NotFound, Unavailable } from '#core/errors.ts'
import { PrintError, type PrintOptions } from '#core/print/index.ts'
import { formatDate, formatDateTime, formatTime, slug } from '#core/text/index.ts'
import { keepFile, stageBytes } from '#modules/files/index.ts'
import * as papers from './papers-store.ts'
import { inOwnWords, TEMPLATES } from './prints-own.ts'
import { openDossier, type Opened } from './reading.ts'
import { type Dossier, type Paper, PAPER_LABELS, type PaperKind } from './schema.ts'
import * as store from './store.ts'

export { TEMPLATES }

type Look = Pick<PrintOptions, 'mark' | 'stamp'>

const lookOf = (paper: Paper & Partial<papers.IssuedPaper>): Look =>
  paper.cancelledAt ? { mark: 'ĐÃ HỦY', stamp: `Hủy ngày ${formatDate(paper.cancelledAt)}: ${paper.cancelReason}` } : {}

/** Sets a paper. A template at fault is written down with the paper, for whoever keeps the templates. Throws PrintError. */
async function set(ctx: Ctx, paper: Paper & Partial<papers.IssuedPaper>, look: Look = lookOf(paper)): Promise<Uint8Array> {
  try {
    const { data, source } = await inOwnWords(ctx, paper.kind, paper.data, paper)
    const pdf = await ctx.printer.renderPdf(TEMPLATES[paper.kind], data as never, { createdAt: paper.createdAt, ...look, source })
    if (paper.fault !== null) await papers.setFault(ctx.db, paper.id, null, ctx.now)
    return pdf
  } catch (error) {
    if (!(error instanceof PrintError)) throw error
    await papers.setFault(ctx.db, paper.id, { message: error.message, template: error.template, field: error.field }, ctx.now)
    throw error
  }
}

/** A template at fault, said to whoever wanted to print: nothing they did is lost. The log names template and field. */
export const broken = (error: unknown): never => {
  if (!(error instanceof PrintError)) throw error
  console.error(`[mẫu in] ${error.message}`)
  throw new Unavailable('print', 'Giấy tờ này chưa in được vì mẫu in đang có lỗi. Nội dung đã lập vẫn còn nguyên; người quản trị đã thấy lỗi, sửa mẫu xong là in được. Mời ông/bà thử lại sau.', { cause: error })
}

/** The paper as a PDF; one taken back carries its mark. Throws Unavailable when its template is at fault: the paper itself is kept. */
export const paperPdf = (ctx: Ctx, paper: Paper): Promise<Uint8Array> => set(ctx, paper).catch(broken)

export const paperFileName = (dossier: Pick<Dossier, 'code'>, paper: Pick<Paper, 'kind'>): string =>
  `${slug(PAPER_LABELS[paper.kind])}-${dossier.code ?? ''}.pdf`

export interface OpenedPaper extends Opened {
  readonly paper: papers.IssuedPaper
}

/** A paper by id, or the newest of a kind that holds, for those who may read the dossier; results only once they are there. Throws NotFound.
 *  One that was taken back comes without its file, so that it is set anew with its mark. */
export async function getPaper(ctx: Ctx, ref: string, wanted: { kind: PaperKind } | { id: string }): Promise<OpenedPaper> {
  const opened = await openDossier(ctx, ref)
  const all = await papers.issuedPapers(ctx.db, opened.dossier.id)
  const paper = 'id' in wanted ? all.find((one) => one.id === wanted.id) : all.findLast((one) => one.kind === wanted.kind && !one.cancelledAt)
  if (!paper || hidden(ctx, opened.dossier, paper)) throw new NotFound('dossiers.no_paper', 'Hồ sơ chưa có giấy tờ này.')
  return { ...opened, paper: paper.cancelledAt ? { ...paper, fileId: null } : paper }
}

/** The applicant sees result and notice when the desk has them, not while they are being signed; the control slip is the office's own. */
export const hidden = (ctx: Ctx, dossier: Pick<Dossier, 'finishedAt'>, paper: Pick<Paper, 'kind'>): boolean =>
  ctx.actor.kind === 'citizen' && (paper.kind === 'control_slip' || ((paper.kind === 'result' || paper.kind === 'unresolved_notice') && dossier.finishedAt === null))

/** Sets and keeps the papers of a dossier that have no file yet. Idempotent: the same data give the same bytes. A paper whose template is at
 *  fault does not keep the others back; its PrintError is thrown at the end, so that the job is tried again. */
export async function keepPrints(ctx: Ctx, dossierId: string): Promise<void> {
  let fault: PrintError | null = null
  for (const paper of await papers.issuedPapers(ctx.db, dossierId)) {
    if (paper.fileId) continue
    try {
      const staged = await stageBytes(ctx, await set(ctx, paper, {}), `${TEMPLATES[paper.kind]}.pdf`)
      await inTransaction(ctx.db, async (tx) => {
        const file = await keepFile(tx, ctx, staged, `dossier:${dossierId}`)
        await store.setPaperFile(tx, paper.id, file.id)
      })
    } catch (error) {
      if (!(error instanceof PrintError)) throw error
      console.error(`[mẫu in] ${error.message}`)
      fault = error
    }
  }
  if (fault) throw fault
}

/** Prints a paper once more for the desk: the print says that it is one, when and by whom, and is written down. Throws NotFound, Unavailable. */
export const reprint = act(z.object({ dossier: z.string(), paper: z.string() }), async (ctx, tx, input): Promise<{ dossier: Dossier; paper: papers.IssuedPaper; pdf: Uint8Array }> => {
  const { dossier, paper } = await getPaper(ctx, input.dossier, { id: input.paper })
  const by = ctx.actor.kind === 'officer' ? { id: ctx.actor.id, name: ctx.actor.name } : { id: ctx.actor.kind, name: ctx.actor.kind === 'citizen' ? ctx.actor.name : 'Hệ thống' }
  const again = `Bản in lại lúc ${formatTime(ctx.now)} ngày ${formatDate(ctx.now)}, người in: ${by.name}`
  const look = lookOf(paper)
  const pdf = await set(ctx, paper, { ...look, stamp: [again, look.stamp].filter(Boolean).join('. ') }).catch(broken)
  await papers.addPrint(tx, paper.id, by, ctx.now)
  return { dossier, paper, pdf }
})

/** When a paper was printed again, in words. */
export const printedAgain = (paper: Pick<papers.IssuedPaper, 'prints'>): string | null => {
  const last = paper.prints.at(-1)
  return last ? `In lại ${paper.prints.length} lần, gần nhất ${formatDateTime(last.at)}, ${last.by}` : null
}
