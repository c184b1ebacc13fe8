// Importing a record: checked, its golden cases run, its process drawn; the same text twice is one version.

import { createHash } from 'node:crypto'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Reader } from '#core/db/index.ts'
import { Invalid } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { type Checked, checkRecordText } from './check.ts'
import { buildDmn } from './dmn.ts'
import { imported } from './events.ts'
import { bpmnOf } from './process.ts'
import { knownCallees } from './processes.ts'
import * as store from './store.ts'
import { textDeps } from './texts.ts'

export interface Imported {
  readonly code: string
  readonly name: string
  readonly version: number
  /** new: first version; changed: a further version; same: nothing to do */
  readonly outcome: 'new' | 'changed' | 'same'
  readonly warnings: Checked['warnings']
}

/** Digest of a record's content, spaces apart; null for what is not JSON. */
function digestOf(text: string): string | null {
  try {
    return sha256(JSON.stringify(JSON.parse(text.replace(/^\uFEFF/, ''))))
  } catch {
    return null
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Whether this very text was imported before, even if later texts have followed it. */
export async function knowsRecord(reader: Reader, text: string): Promise<boolean> {
  const digest = digestOf(text)
  return digest !== null && (await store.hasDigest(reader, digest))
}

/** Imports the text of one record. Idempotent: a text already imported makes no new version. Throws Invalid naming every faulty field,
 *  golden cases included; then nothing is written. Running dossiers keep the version they began with. */
export async function importRecord(ctx: Ctx, text: string, knownUnitKeys?: ReadonlySet<string>): Promise<Imported> {
  const digest = digestOf(text)
  const before = digest && (await store.latestWithDigest(ctx.db, digest))
  if (before) return { code: before.code, name: before.name, version: before.number, outcome: 'same', warnings: [] }
  const { record, faults, warnings } = await checkRecordText(text, {
    calendar: ctx.calendar, catalogs: ctx.catalogs, knownUnitKeys, callees: (keys) => knownCallees(ctx.db, keys), texts: textDeps(ctx),
  })
  if (!record || faults.length > 0) {
    throw new Invalid(faults.map((fault) => ({ key: fault.path, message: fault.message })), 'Bản ghi thủ tục chưa dùng được.')
  }
  const [bpmn, dmn] = await Promise.all([bpmnOf(record), buildDmn(record)])
  return inTransaction(ctx.db, async (tx) => {
    await store.lockCode(tx, record.code)
    const same = await store.latestWithDigest(tx, digest!)
    if (same) return { code: record.code, name: record.name, version: same.number, outcome: 'same' as const, warnings }
    const last = await store.latestNumber(tx, record.code)
    const number = last + 1
    await store.insertVersion(tx, number, { record, digest: digest!, bpmn, bpmnDigest: sha256(bpmn), dmn, dmnDigest: sha256(dmn), importedAt: ctx.now })
    await emit(tx, ctx, imported, `procedure:${record.code}`, { code: record.code, version: number, decision: record.decision.no })
    return { code: record.code, name: record.name, version: number, outcome: last === 0 ? ('new' as const) : ('changed' as const), warnings }
  })
}

/** Draws the fee tables of versions published before there were any; at every start, and again does nothing. Returns how many it drew. */
export async function drawMissingFeeTables(ctx: Ctx): Promise<number> {
  const missing = await store.withoutDmn(ctx.db)
  for (const { id, record } of missing) {
    const dmn = await buildDmn(record)
    await store.setDmn(ctx.db, id, dmn, sha256(dmn))
  }
  return missing.length
}
