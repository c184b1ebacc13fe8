// The clocks of a dossier, kept apart: reception, legal (processing), delivery, and the lived one, which never stops.

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
