// Asking for a trial: who may, over which days, and that a double click asks once.

import { z } from 'zod'
import { act } from '#core/act.ts'
import { Forbidden, Invalid } from '#core/errors.ts'
import { enqueue } from '#core/jobs/index.ts'
import { addDays, addMonths, localDate } from '#core/workdays/index.ts'
import { historyIds } from '#modules/dossiers/index.ts'
import { checkDraftRecord, getDraft, isProcedureAuthor, type ProcedureRecord } from '#modules/procedures/index.ts'
import { rangeOf } from './run.ts'
import type { Trial } from './schema.ts'
import * as store from './store.ts'

const LONGEST_YEARS = 3

const day = (what: string) => z.string().trim().regex(/^\d{4}-\d\d-\d\d$/, `Chọn ${what}.`)
export const TrialInput = z.object({ draft: z.string(), from: day('ngày đầu'), to: day('ngày cuối'), feesAsOf: z.string().trim().regex(/^\d{4}-\d\d-\d\d$/, 'Chọn ngày của bảng phí.').nullish() })

/** The last twelve months up to and with `today`. */
export const lastYear = (today: string): { from: string; to: string } => ({ from: addDays(addMonths(today, -12), 1), to: today })

/** Parts of a draft that must be in order before it can be tried; golden cases and the decision may still be missing. */
const NEEDED = ['basics', 'process', 'form', 'fees']

/** What of the draft cannot be run yet, each with the part where it is mended. Empty: it can be tried. */
export async function trialFaults(ctx: Parameters<typeof checkDraftRecord>[0], draft: { readonly record: Readonly<Record<string, unknown>> }): Promise<{ part: string; message: string; path: string }[]> {
  const { faults } = await checkDraftRecord(ctx, { record: tryable(draft.record, localDate(ctx.now)) as never })
  return faults.filter((fault) => NEEDED.includes(fault.part)).map(({ part, message, path }) => ({ part, message, path }))
}

/** The record with what a decision adds later, so that an undecided draft can be run: a number, a day. */
export function tryable(record: Readonly<Record<string, unknown>>, today: string): Record<string, unknown> {
  const decision = typeof record.decision === 'object' && record.decision !== null ? record.decision : {}
  return { ...record, effectiveFrom: record.effectiveFrom ?? today, decision: { no: 'dự thảo', kind: 'sua_doi_bo_sung', ...decision } }
}

/** Begins a trial of the draft as it stands now; it runs in the background. The same asked twice is one. Throws Forbidden, Invalid. */
export const beginTrial = act(TrialInput, async (ctx, tx, { draft: id, from, to, feesAsOf = null }): Promise<Trial> => {
  if (!(await isProcedureAuthor(tx, ctx.actor))) throw new Forbidden('procedures.not_publisher', 'Chỉ cán bộ kiểm soát thủ tục hành chính cấp tỉnh và quản trị hệ thống thử được bản nháp trên hồ sơ cũ.')
  const draft = await getDraft(tx, id)
  const faults = [
    ...(from > to ? [{ key: 'to', message: 'Ngày cuối đứng trước ngày đầu; đổi lại hai ngày.' }] : []),
    ...(to > localDate(ctx.now) ? [{ key: 'to', message: 'Ngày cuối không thể ở sau hôm nay: chưa có hồ sơ nào.' }] : []),
    ...(from < addMonths(to, -12 * LONGEST_YEARS) ? [{ key: 'from', message: `Mỗi lần thử nhiều nhất ${LONGEST_YEARS} năm; chọn ngày đầu gần hơn.` }] : []),
  ]
  if (faults.length > 0) throw new Invalid(faults)
  const stopping = await trialFaults(ctx, draft)
  if (stopping.length > 0) throw new Invalid(stopping.slice(0, 20).map(({ path, message }) => ({ key: path, message })), 'Bản nháp còn chỗ phải sửa trước khi thử được.')
  const asked = { draftId: draft.id, revision: draft.revision, from, to, feesAsOf: feesAsOf || null }
  const before = await store.findUnderWay(tx, asked)
  if (before) return before
  const total = (await historyIds(tx, rangeOf({ code: draft.code, from, to }))).length
  if (total === 0) throw new Invalid([{ key: 'from', message: 'Không có hồ sơ nào của thủ tục này nộp trong các ngày đã chọn.' }])
  const by = ctx.actor.kind === 'officer' ? { id: ctx.actor.id, name: ctx.actor.name } : { id: null, name: 'Hệ thống' }
  const record = tryable(draft.record, localDate(ctx.now)) as unknown as ProcedureRecord
  const trial = await store.insert(tx, { ...asked, code: draft.code, record, at: ctx.now, by, total })
  await enqueue(tx, 'trials.run', { trial: trial.id }, { key: `trial:${trial.id}`, maxAttempts: 5 })
  return trial
})
