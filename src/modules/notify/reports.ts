// Delivery reports: what reached the phone, and what the network gave up on.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { channelStates, setReportMark } from './channels.ts'
import { emitDeath, ownerOf } from './outbox.ts'
import * as store from './store.ts'

/** Takes in the provider's reports since the last mark. A message that did not arrive, of somebody without a copy in the portal, gets an owner. */
export async function fetchReports(ctx: Ctx): Promise<void> {
  for (const { channel, reportMark } of await channelStates(ctx.db)) {
    const fetched = await ctx.notices.senders[channel]?.reports?.(reportMark)
    if (!fetched) continue
    await inTransaction(ctx.db, async (tx) => {
      for (const report of fetched.reports) {
        const message = await store.hold(tx, report.id)
        if (message?.state !== 'sent' || message.deliveredAt || message.undeliveredAt) continue
        if (report.delivered) {
          await store.set(tx, message.id, { delivered_at: report.at })
        } else if (message.citizenId) {
          await store.set(tx, message.id, { undelivered_at: report.at })
        } else {
          await store.set(tx, message.id, { undelivered_at: report.at, state: 'dead', why: 'undelivered', died_at: ctx.now, owner_role: ownerOf(message.unitId) })
          await emitDeath(tx, ctx, message, 'undelivered')
        }
      }
      await setReportMark(tx, channel, fetched.mark)
    })
  }
}
