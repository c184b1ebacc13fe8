// What surrounds a dossier when somebody decides on it: whose leaders lead, what was asked and permitted, how far the term has run.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { localDate, type Term } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { deskFor, getUnit } from '#modules/org/index.ts'
import { getVersion, type Version } from '#modules/procedures/index.ts'
import { apologyUntil, shareUsed } from './deadlines.ts'
import { type RuleName, ruleOn } from './law.ts'
import type { Surroundings } from './rules-life.ts'
import type { Dossier } from './schema.ts'
import * as life from './store-life.ts'
import { pauses } from './store.ts'

export interface Around extends Surroundings {
  readonly permits: readonly life.Permit[]
  readonly supplements: readonly life.Supplement[]
  readonly breaches: readonly life.Breach[]
  readonly duties: readonly life.Duty[]
  readonly openDuty: life.Duty | null
  readonly alerts: readonly life.Alert[]
  /** More than the rule's share of the term (a third) has gone: asking for a supplement now takes an explanation. */
  readonly pastFirstThird: boolean
}

/** The term of the version for the way it was handed in. */
export const termFor = (dossier: Dossier, version: Version): Term => version.record.channels.find((one) => one.channel === dossier.channel)?.term ?? version.record.term

/** The unit whose heads answer for the deciding unit. */
export async function leaderUnitOf(reader: Reader, dossier: Pick<Dossier, 'decidedUnitId' | 'receivedUnitId'>): Promise<string> {
  return (await deskFor(reader, await getUnit(reader, dossier.decidedUnitId ?? dossier.receivedUnitId), 'lanh_dao_don_vi')).id
}

/** By the law of the day it was handed in, and what binds all that is open since. */
export const ruleFor = (ctx: Pick<Ctx, 'law' | 'now'>, dossier: Pick<Dossier, 'submittedAt'>, name: RuleName): number => ruleOn(ctx, name, localDate(dossier.submittedAt ?? ctx.now), localDate(ctx.now)).value

/** Requests for supplements that count: made while it was being processed, and not taken back. */
export const askedOf = (supplements: readonly life.Supplement[]): number => supplements.filter((one) => !one.before && one.revokedAt === null).length

/** Reads what the rules of leaders and desks need to know. */
export async function aroundOf(reader: Reader, ctx: Ctx, dossier: Dossier, known?: Version): Promise<Around> {
  const version = known ?? (await getVersion(reader, dossier.versionId))
  const rule = (name: RuleName): number => ruleFor(ctx, dossier, name)
  const [leaderUnit, permits, supplements, breaches, duties, alerts, stretches, calendar] = [
    await leaderUnitOf(reader, dossier), await life.permits(reader, dossier.id), await life.supplements(reader, dossier.id), await life.breaches(reader, dossier.id),
    await life.duties(reader, { dossier: dossier.id }), await life.alerts(reader, dossier.id), await pauses(reader, dossier.id),
    await calendarOf(reader, ctx, dossier.decidedUnitId ?? dossier.receivedUnitId),
  ]
  const openDuty = duties.find((one) => one.settledAt === null) ?? null
  const running = dossier.acceptedAt !== null && dossier.dueAt !== null
  return {
    leaderUnit, permits, supplements, breaches, duties, alerts, openDuty,
    permit: permits.some((one) => one.usedAt === null),
    asked: askedOf(supplements),
    free: rule('supplementsInProcessing'),
    apologyUntil: dossier.dueAt && dossier.acceptedAt ? apologyUntil(dossier.dueAt, rule('apologyWorkingDaysBefore'), calendar) : null,
    extendable: version.record.extension?.applies === 'by_decision',
    duty: openDuty !== null,
    pastFirstThird: running && shareUsed({ term: termFor(dossier, version), acceptedAt: dossier.acceptedAt!, dueAt: dossier.dueAt!, pauses: stretches, at: ctx.now, calendar })
      > rule('supplementShare'),
  }
}
