// The template that a dossier's version brings for a paper in its own words, and the answers it may name.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import type { Values } from '#core/form/types.ts'
import type { TemplateName } from '#core/print/index.ts'
import { getVersion, ownPrint, shownAnswers, type Version } from '#modules/procedures/index.ts'
import type { PaperKind } from './schema.ts'

export const TEMPLATES: Readonly<Record<PaperKind, TemplateName>> = {
  receipt: 'receipt', supplement_request: 'supplement-request', refusal: 'refusal', apology: 'apology', stop_notice: 'stop-notice', control_slip: 'control-slip',
  unresolved_notice: 'unresolved-notice', withdrawal: 'withdrawal-confirmation', result: 'result', financial_notice: 'financial-notice', fee_receipt: 'fee-receipt',
  appeal_decision: 'appeal-decision',
}

/** Whether a version brings words of its own for this paper. */
export const bringsOwn = async (reader: Reader, versionId: string, kind: PaperKind): Promise<boolean> => (await ownPrint(reader, versionId, TEMPLATES[kind])) !== null

/** Data and template of a paper issued under a version: as they are when that version has no template of its own for it. */
export async function inOwnWords(ctx: Ctx, kind: PaperKind, data: object, from: { readonly versionId?: string | null; readonly answers?: Values | null }): Promise<{ data: object; source?: string }> {
  if (!from.versionId) return { data }
  const source = await ownPrint(ctx.db, from.versionId, TEMPLATES[kind])
  return source === null ? { data } : withAnswers(ctx, data, source, await getVersion(ctx.db, from.versionId), from.answers ?? {})
}

const withAnswers = (ctx: Ctx, data: object, source: string, { record }: Pick<Version, 'record'>, answers: Values) =>
  ({ data: { ...data, answers: shownAnswers(record.form, answers, ctx.catalogs) }, source })
