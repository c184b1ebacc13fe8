// What follows from a dossier's facts after the commit: printed forms are kept, people are told.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { onClaimed } from './handover.ts'
import { eventsBetween, type Reaction, type RecordedEvent } from '#core/events/index.ts'
import { tellIn } from '#modules/notify/index.ts'
import { ownNotices } from '#modules/procedures/index.ts'
import { calendarReactions } from './calendar-moves.ts'
import { lifeReactions } from './duty.ts'
import { keepPrints } from './prints.ts'
import { ruleReactions } from './rule-moves.ts'
import * as store from './store.ts'
import { TOLD_FACTS, tellingsOf } from './tellings.ts'

/** All messages of one fact in one transaction: a worker that stops in between has written none, and the next writes all. */
async function tell(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const dossier = await store.find(ctx.db, event.subject)
  // of drafts only one thing is told: that they are handed in elsewhere now
  if (!dossier || (dossier.code === null && event.name !== 'dossiers.unit_moved')) return
  const told = await tellingsOf(ctx, dossier, event)
  const { citizenId, applicant } = dossier
  const own = await ownNotices(ctx.db, dossier.versionId)
  await inTransaction(ctx.db, async (tx) => {
    for (const { template, values = {}, officers, href } of told) {
      const ref = dossier.code ?? dossier.id
      const about = { eventId: event.id, template, values, subject: dossier.id, about: dossier.code }
      if (officers) {
        for (const officerId of officers.filter((id) => id !== event.actorId)) await tellIn(tx, ctx, { ...about, href: href ?? `/desk/dossiers/${ref}`, to: { officerId } })
        continue
      }
      await tellIn(tx, ctx, {
        ...about, href: href ?? `/ho-so/${ref}`, unit: { id: dossier.receivedUnitId, path: dossier.receivedUnitPath },
        own: own.find((one) => one.key === template),
        to: { citizenId, phone: applicant.phone ?? null, email: applicant.email ?? null },
      })
    }
  })
}

/** Tells of all facts of one name in a range of numbers, in their order; done twice it says nothing twice. */
export async function tellFacts(ctx: Ctx, name: string, from: number, to: number): Promise<void> {
  for (const event of await eventsBetween(ctx.db, name, from, to)) await tell(ctx, event)
}

const PRINTED = ['dossiers.accepted', 'dossiers.refused', 'dossiers.supplement_requested', 'dossiers.signed', 'dossiers.numbered', 'dossiers.withdrawn',
  'dossiers.apologised', 'dossiers.stopped', 'dossiers.duty_noticed', 'dossiers.returned', 'dossiers.paper_replaced', 'appeals.decided']

export const reactions: readonly Reaction[] = [
  ...lifeReactions,
  { event: 'work.item_claimed', name: 'dossiers.receive:work.item_claimed', run: onClaimed },
  ...calendarReactions,
  ...ruleReactions,
  ...TOLD_FACTS.map((event) => ({ event, name: `dossiers.tell:${event}`, run: tell })),
  ...PRINTED.map((event) => ({ event, name: `dossiers.print:${event}`, run: (ctx: Ctx, fact: RecordedEvent) => keepPrints(ctx, fact.subject) })),
]
