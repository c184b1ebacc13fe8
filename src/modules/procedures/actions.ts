// Importing a record: checked, its golden cases run, its process drawn; the same text twice is one version.

import { createHash } from 'node:crypto'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { Invalid } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { type Checked, checkRecordText } from './check.ts'
import { imported } from './events.ts'
import { buildBpmn } from './process.ts'
import * as store from './store.ts'

export interface Imported {
  readonly code: string
  readonly name: string
  readonly version: number
  /** new: first version; changed: a further version; same: nothing to do */
  readonly outcome: 'new' | 'changed' | 'same'
  readonly warnings: Checked['warnings']
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Imports the text of one record. Idempotent: a text already imported makes no new version. Throws Invalid naming every faulty field,
 *  golden cases included; then nothing is written. Running dossiers keep the version they began with. */
export async function importRecord(ctx: Ctx, text: string, knownUnitKeys?: ReadonlySet<string>): Promise<Imported> {
  const { record, faults, warnings } = await checkRecordText(text, { calendar: ctx.calendar, catalogs: ctx.catalogs, knownUnitKeys })
  if (!record || faults.length > 0) {
    throw new Invalid(faults.map((fault) => ({ key: fault.path, message: fault.message })), 'Bản ghi thủ tục chưa dùng được.')
  }
  const bpmn = await buildBpmn(record)
  const digest = sha256(JSON.stringify(record))
  return inTransaction(ctx.db, async (tx) => {
    await store.lockCode(tx, record.code)
    const known = await store.findDigest(tx, record.code, digest)
    const last = await store.latestNumber(tx, record.code)
    if (known && known.number === last) return { code: record.code, name: record.name, version: known.number, outcome: 'same' as const, warnings }
    const number = last + 1
    const restored = known ? sha256(`${digest}:${number}`) : digest // an older text published again is a version of its own
    await store.insertVersion(tx, number, { record, digest: restored, bpmn, bpmnDigest: sha256(bpmn), importedAt: ctx.now })
    await emit(tx, ctx, imported, `procedure:${record.code}`, { code: record.code, version: number, decision: record.decision.no })
    return { code: record.code, name: record.name, version: number, outcome: last === 0 ? ('new' as const) : ('changed' as const), warnings }
  })
}
