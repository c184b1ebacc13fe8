// Further versions that follow from a change of the law rather than from a draft: checked as any record, published together, and what was to come on the same day gives way.

import { createHash } from 'node:crypto'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { checkRecord } from './check.ts'
import { buildDmn } from './dmn.ts'
import { imported, withdrawn } from './events.ts'
import type { Fault } from './faults.ts'
import { bpmnOf } from './process.ts'
import { knownCallees } from './processes.ts'
import type { ProcedureRecord } from './record.ts'
import * as store from './store.ts'
import { textDeps } from './texts.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Everything that keeps a record from being a version, golden cases included. */
export async function checkFurther(ctx: Ctx, record: ProcedureRecord): Promise<readonly Fault[]> {
  const { faults } = await checkRecord(JSON.parse(JSON.stringify(record)), { calendar: ctx.calendar, catalogs: ctx.catalogs, callees: (keys) => knownCallees(ctx.db, keys), texts: textDeps(ctx) })
  return faults
}

/**
 * Publishes checked records of one procedure as further versions, in the order of their days, in the caller's transaction: all or none. The caller has locked the
 * code (`lockProcedure`) before it read what they are made of. A version still to come that one of them replaces on its own day is taken back, so that taking back
 * the newer one later does not bring the older figure to life.
 */
export async function publishFurther(tx: Tx, ctx: Ctx, code: string, records: readonly ProcedureRecord[], by: { readonly name: string; readonly reason: string; readonly backdated: string | null }): Promise<number[]> {
  const known = await store.versionsOf(tx, code)
  const today = localDate(ctx.now)
  const numbers: number[] = []
  for (const record of records) {
    const number = (await store.latestNumber(tx, code)) + 1
    const [bpmn, dmn] = await Promise.all([bpmnOf(record), buildDmn(record)])
    await store.insertVersion(tx, number, {
      record, digest: sha256(JSON.stringify(record)), bpmn, bpmnDigest: sha256(bpmn), dmn, dmnDigest: sha256(dmn), importedAt: ctx.now, publishedByName: by.name,
      backdatedReason: record.effectiveFrom < today ? by.backdated : null,
    })
    await emit(tx, ctx, imported, `procedure:${code}`, { code, version: number, decision: record.decision.no })
    for (const old of known.filter((one) => !one.withdrawn && one.effectiveFrom === record.effectiveFrom && one.effectiveFrom > today)) {
      const reason = `Phiên bản ${number} thay từ cùng ngày: ${by.reason}`
      await store.withdraw(tx, old.id, { at: ctx.now, name: by.name, reason, decision: record.decision.no })
      await emit(tx, ctx, withdrawn, `procedure:${code}`, { code, version: old.number, reason })
    }
    numbers.push(number)
  }
  return numbers
}

export { lockCode as lockProcedure } from './store.ts'
