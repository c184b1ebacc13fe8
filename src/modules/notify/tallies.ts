// What the outbox holds, by what became of it: for reconciliation.

import type { Reader } from '#core/db/index.ts'
import type { MessageState, NotifyChannel } from './schema.ts'

/** How many messages written within [from, to) are in each state; of all channels unless told. */
export async function messageTallies(reader: Reader, from: Date, to: Date, channels: readonly NotifyChannel[] = ['sms', 'email', 'inapp']): Promise<ReadonlyMap<MessageState, number>> {
  const rows = await reader
    .selectFrom('notify.message')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .where('channel', 'in', [...channels])
    .groupBy('state')
    .execute()
  return new Map(rows.map((row) => [row.state as MessageState, Number(row.count)]))
}
