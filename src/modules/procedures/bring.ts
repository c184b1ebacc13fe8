// A record brought as a file by one official: judged whole, then a draft that another one reads and publishes.

import type { Ctx } from '#core/ctx.ts'
import { Conflict, Invalid } from '#core/errors.ts'
import { type Checked, checkRecordText } from './check.ts'
import { beginDraft } from './drafts.ts'
import { type Json, sameJson } from './merge.ts'
import { knownCallees } from './processes.ts'
import { FORMAT, type ProcedureRecord, procedureRecord } from './record.ts'
import { findLatest } from './store.ts'
import { textDeps } from './texts.ts'

export type Brought =
  | { readonly outcome: 'same'; readonly code: string; readonly version: number }
  /** Nobody's work is overwritten: the open draft of the procedure is named, the file is not taken. */
  | { readonly outcome: 'draft'; readonly code: string; readonly name: string; readonly draft: string; readonly warnings: Checked['warnings'] }

/** Throws Invalid naming every faulty field, golden cases included; Forbidden to all but authors; Conflict while another draft of the procedure is open. Then nothing is written. */
export async function bringRecord(ctx: Ctx, text: string, knownUnitKeys?: ReadonlySet<string>): Promise<Brought> {
  const { record, faults, warnings } = await checkRecordText(text, {
    calendar: ctx.calendar, catalogs: ctx.catalogs, knownUnitKeys, callees: (keys) => knownCallees(ctx.db, keys), texts: textDeps(ctx),
  })
  if (!record || faults.length > 0) throw new Invalid(faults.map((fault) => ({ key: fault.path, message: fault.message })), 'Bản ghi thủ tục chưa dùng được.')
  const latest = await findLatest(ctx.db, record.code)
  if (latest && sameJson(said(latest.record), said(record))) return { outcome: 'same', code: record.code, version: latest.number }
  const { id, existing } = await beginDraft(ctx, { from: 'file', text })
  if (existing) throw new Conflict('procedures.draft_open', `“${record.name}” đang có bản nháp dở nên tệp chưa được nhận. Công bố hoặc bỏ bản nháp đó ở trang Bản nháp rồi nhập lại.`)
  return { outcome: 'draft', code: record.code, name: record.name, draft: id, warnings }
}

/** Read through the format of today, so that what a version leaves unsaid counts as said by default. */
const said = (record: ProcedureRecord): Json => procedureRecord.parse({ ...record, format: FORMAT }) as unknown as Json
