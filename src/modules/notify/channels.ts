// The state of a channel, shared by all workers: whose turn it is at the provider's pace, and what is done while it is down.

import { sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import { DOWN_AFTER, pauseAfter } from './rules.ts'

export interface ChannelState {
  readonly channel: 'sms' | 'email'
  readonly slotAt: Date | null
  readonly faults: number
  readonly downSince: Date | null
  readonly pausedUntil: Date | null
  readonly probeUntil: Date | null
  readonly lastFault: string | null
  readonly lastOkAt: Date | null
  readonly reportMark: string
}

type Row = { channel: string; slot_at: Date | null; faults: number; down_since: Date | null; paused_until: Date | null; probe_until: Date | null; last_fault: string | null; last_ok_at: Date | null; report_mark: string }

const stateOf = (row: Row): ChannelState => ({
  channel: row.channel as ChannelState['channel'], slotAt: row.slot_at, faults: row.faults, downSince: row.down_since, pausedUntil: row.paused_until,
  probeUntil: row.probe_until, lastFault: row.last_fault, lastOkAt: row.last_ok_at, reportMark: row.report_mark,
})

export async function channelStates(reader: Reader): Promise<ChannelState[]> {
  return (await reader.selectFrom('notify.channel').selectAll().orderBy('channel', 'desc').execute()).map(stateOf)
}

const holdChannel = async (tx: Tx, channel: string): Promise<ChannelState> =>
  stateOf(await tx.selectFrom('notify.channel').selectAll().where('channel', '=', channel).forUpdate().executeTakeFirstOrThrow())

const later = (...times: (Date | null)[]): Date => new Date(Math.max(...times.map((time) => time?.getTime() ?? 0)))

const PROBE_MS = 60_000
/** A second's worth may go at once; after that each message has its own place in time, so that nothing floods when a channel comes back. */
const BURST_MS = 1000

/** Now, when it is this message's turn; else when it will be. A place once given (`slotted`) is not queued for again. */
export async function turn(tx: Tx, channel: string, { now, perSecond, slotted, urgent }: { now: Date; perSecond: number; slotted: boolean; urgent: boolean }): Promise<{ go: true } | { go: false; at: Date; why: 'outage' | 'queue' }> {
  const state = await holdChannel(tx, channel)
  const gap = 1000 / perSecond
  const down = state.downSince !== null
  const free = down ? later(now, state.pausedUntil, state.probeUntil) : later(now, state.pausedUntil)
  if (free.getTime() <= now.getTime()) {
    if (down) {
      await tx.updateTable('notify.channel').set({ probe_until: new Date(now.getTime() + PROBE_MS), slot_at: later(now, state.slotAt) }).where('channel', '=', channel).execute()
      return { go: true }
    }
    const slot = Math.max(state.slotAt?.getTime() ?? 0, now.getTime() - BURST_MS)
    if (slotted || urgent || slot <= now.getTime()) {
      if (!slotted) await tx.updateTable('notify.channel').set({ slot_at: new Date(slot + gap) }).where('channel', '=', channel).execute()
      return { go: true }
    }
  }
  const at = new Date(Math.max(state.slotAt?.getTime() ?? 0, free.getTime()))
  await tx.updateTable('notify.channel').set({ slot_at: new Date(at.getTime() + gap) }).where('channel', '=', channel).execute()
  return { go: false, at, why: down || free.getTime() > now.getTime() ? 'outage' : 'queue' }
}

/** The provider took a message: whatever was wrong is over. Returns whether the channel had been down. */
export async function channelWorks(tx: Tx, channel: string, now: Date): Promise<boolean> {
  const before = await holdChannel(tx, channel)
  await tx
    .updateTable('notify.channel')
    .set({ faults: 0, down_since: null, paused_until: null, probe_until: null, last_ok_at: now, slot_at: before.downSince ? now : before.slotAt })
    .where('channel', '=', channel).execute()
  return before.downSince !== null
}

/** The provider did not take, or did not answer. `pauseMs` is its own wish. Returns whether the channel counts as down, and since just now. */
export async function channelFails(tx: Tx, channel: string, now: Date, why: string, pauseMs: number | null): Promise<{ down: boolean; fresh: boolean; until: Date }> {
  const before = await holdChannel(tx, channel)
  const faults = before.faults + 1
  const down = faults >= DOWN_AFTER
  const until = new Date(now.getTime() + (pauseMs ?? (down ? pauseAfter(faults) : 0)))
  await tx
    .updateTable('notify.channel')
    .set({ faults, last_fault: why, paused_until: later(until, before.pausedUntil), probe_until: null, ...(down ? { down_since: sql<Date>`coalesce(down_since, ${now}::timestamptz)` } : {}) })
    .where('channel', '=', channel).execute()
  return { down, fresh: down && before.downSince === null, until }
}

export const setReportMark = (reader: Reader, channel: string, mark: string) => reader.updateTable('notify.channel').set({ report_mark: mark }).where('channel', '=', channel).execute()
