// SQL of open appeals under a changed rule.

import type { Reader, Tx } from '#core/db/index.ts'
import { system } from '#core/policy/actor.ts'
import type { Appeal } from './schema.ts'
import * as store from './store.ts'

/** Open appeals that this change has not been counted for. */
export const openIds = async (reader: Reader, change: string): Promise<string[]> =>
  (await reader.selectFrom('appeals.appeal as a').select('a.id').where('a.state', '=', 'open')
    .where((eb) => eb.not(eb.exists(eb.selectFrom('appeals.due_correction as c').select('c.how').whereRef('c.appeal_id', '=', 'a.id').where('c.change_id', '=', change)))).orderBy('a.id').execute()).map((row) => row.id)

export const openOnes = (reader: Reader): Promise<Appeal[]> => store.list(reader, system('Hệ thống'), { open: true, limit: 2000 })

/** Whether this is the first time. */
export async function addDueCorrection(tx: Tx, change: string, appeal: string, row: { readonly before: Date; readonly after: Date; readonly how: 'moved' | 'kept' | 'same' }, at: Date): Promise<boolean> {
  const made = await tx.insertInto('appeals.due_correction').values({ change_id: change, appeal_id: appeal, ...row, made_at: at }).onConflict((c) => c.doNothing()).returning('how').executeTakeFirst()
  return made !== undefined
}

export async function setDue(tx: Tx, id: string, dueAt: Date, derivation: string): Promise<void> {
  await tx.updateTable('appeals.appeal').set({ due_at: dueAt, derivation }).where('id', '=', id).execute()
}

/** How many appeals a change has moved and kept. */
export async function ruleOutcomeOfAppeals(reader: Reader, change: string): Promise<{ moved: number; kept: number }> {
  const rows = await reader.selectFrom('appeals.due_correction').select((eb) => ['how' as const, eb.fn.countAll<number>().as('n')]).where('change_id', '=', change).groupBy('how').execute()
  const of = (how: string) => Number(rows.find((row) => row.how === how)?.n ?? 0)
  return { moved: of('moved'), kept: of('kept') }
}
