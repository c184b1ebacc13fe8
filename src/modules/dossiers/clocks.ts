// The clocks of a dossier, kept apart: reception, legal (processing), delivery, and the lived one, which never stops.

import { formatDateTime } from '#core/text/index.ts'
import type { Dossier } from './schema.ts'
import { STATES } from './schema.ts'

export type ClockState = 'not_started' | 'running' | 'paused' | 'stopped'

export interface Clock {
  readonly state: ClockState
  readonly startedAt: Date | null
  readonly dueAt: Date | null
  readonly stoppedAt: Date | null
  readonly late: boolean
}

export interface Clocks {
  readonly reception: Clock
  readonly legal: Clock & { readonly firstDueAt: Date | null; readonly derivation: string | null; readonly pausedAt: Date | null; readonly pauseReason: string | null }
  readonly delivery: Clock
  /** From submission to hand-over, as the citizen lives it; `days` are whole days gone by. */
  readonly lived: { readonly startedAt: Date | null; readonly stoppedAt: Date | null; readonly days: number }
}

const DAY = 86_400_000

function clock(startedAt: Date | null, stoppedAt: Date | null, dueAt: Date | null, paused: boolean, now: Date): Clock {
  const state: ClockState = !startedAt ? 'not_started' : stoppedAt ? 'stopped' : paused ? 'paused' : 'running'
  const at = stoppedAt ?? now
  return { state, startedAt, dueAt, stoppedAt, late: startedAt !== null && dueAt !== null && !paused && at > dueAt }
}

export function clocksOf(dossier: Dossier, now: Date): Clocks {
  const answered = dossier.answeredAt ?? dossier.acceptedAt ?? (dossier.state === 'MOI_DANG_KY' ? null : (dossier.closedAt ?? dossier.updatedAt))
  const ended = dossier.finishedAt ?? (STATES[dossier.state].final ? dossier.closedAt : null)
  const legal = clock(dossier.acceptedAt, dossier.acceptedAt ? ended : null, dossier.dueAt, dossier.pausedAt !== null, now)
  const livedEnd = dossier.closedAt
  return {
    reception: clock(dossier.submittedAt, dossier.submittedAt ? answered : null, dossier.receptionDueAt, false, now),
    legal: { ...legal, late: legal.late || dossier.breach !== null, firstDueAt: dossier.firstDueAt, derivation: dossier.derivation, pausedAt: dossier.pausedAt, pauseReason: dossier.pauseReason },
    delivery: clock(dossier.finishedAt, dossier.returnedAt, dossier.deliveryDueAt, false, now),
    lived: {
      startedAt: dossier.submittedAt,
      stoppedAt: livedEnd,
      days: dossier.submittedAt ? Math.floor(((livedEnd ?? now).getTime() - dossier.submittedAt.getTime()) / DAY) : 0,
    },
  }
}

export interface ClockLine {
  readonly label: string
  readonly text: string
  readonly late: boolean
}

/** The three clocks of the law apart, each in one sentence: how the desk answered, how the dossier is handled, how the result is handed over. */
export function clockLines({ reception, legal, delivery }: Clocks): ClockLine[] {
  const span = (one: Clock, what: { running: string; stopped: string }): string => {
    const due = one.dueAt ? `, hạn ${formatDateTime(one.dueAt)}` : ''
    if (one.state === 'stopped') return `${what.stopped} ${formatDateTime(one.stoppedAt!)}${due}${one.late ? ', muộn' : one.dueAt ? ', đúng hạn' : ''}`
    return `${what.running} từ ${formatDateTime(one.startedAt!)}${due}${one.state === 'paused' ? ', đang tạm dừng' : one.late ? ', đã quá hạn' : ''}`
  }
  const lines: ClockLine[] = []
  if (reception.state !== 'not_started') lines.push({ label: 'Tiếp nhận', text: span(reception, { running: 'Chờ trả lời', stopped: 'Đã trả lời' }), late: reception.late })
  if (legal.state !== 'not_started') lines.push({ label: 'Giải quyết', text: span(legal, { running: 'Đang giải quyết', stopped: 'Xong' }), late: legal.late })
  if (delivery.state !== 'not_started') lines.push({ label: 'Trả kết quả', text: span(delivery, { running: 'Sẵn sàng trả', stopped: 'Đã trả' }), late: delivery.late })
  return lines
}
