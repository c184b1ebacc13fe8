// Where the month's messages go: counts what was handed to it, once for each id, as a gateway must; now and then it is out of order.

import type { Sender } from '#core/notices/types.ts'
import { happens } from './chance.ts'

export interface PostOffice {
  readonly sms: Sender
  readonly email: Sender
  /** Ids taken, by channel. */
  readonly taken: Readonly<Record<'sms' | 'email', ReadonlySet<string>>>
}

export function openPostOffice(seed: string): PostOffice {
  const taken = { sms: new Set<string>(), email: new Set<string>() }
  let tries = 0
  const sender = (channel: 'sms' | 'email'): Sender => ({
    perSecond: 1_000_000,
    reports: null,
    ask: async (id) => (taken[channel].has(id) ? { kind: 'accepted', ref: id, parts: 1 } : { kind: 'absent' }),
    async send({ id }) {
      tries++
      if (happens(0.01, seed, 'post', tries)) return { kind: 'later', why: 'Cổng đang bận.', outage: false, afterMs: null }
      taken[channel].add(id)
      if (happens(0.005, seed, 'lost', tries)) return { kind: 'unknown', why: 'Mất trả lời.' }
      return { kind: 'accepted', ref: id, parts: 1 }
    },
  })
  return { sms: sender('sms'), email: sender('email'), taken }
}
