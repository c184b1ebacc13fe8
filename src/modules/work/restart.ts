// A subject whose process has ended may begin anew, when a decision is overturned: the old run is set aside with all its items.

import { sql } from 'kysely'
import type { Tx } from '#core/db/index.ts'
import { Conflict } from '#core/errors.ts'
import * as store from './store.ts'

/** Sets the ended processes of a subject aside, so that `start` can begin it again. Their items stay in its history. Throws Conflict while one runs. */
export async function setAside(tx: Tx, subject: string): Promise<void> {
  const row = await store.lockProcess(tx, { subject })
  if (!row) return
  if (row.state.status !== 'ended') throw new Conflict('work.running', 'Quy trình của hồ sơ còn đang chạy nên chưa mở lại được.')
  await tx.updateTable('work.process').set({ subject: sql<string>`subject || '#' || id::text` }).where('subject', '=', subject).where('parent_id', 'is', null).execute()
  await tx.updateTable('work.process').set({ subject: sql<string>`subject || '#' || id::text` }).where('subject', '=', subject).execute()
}
