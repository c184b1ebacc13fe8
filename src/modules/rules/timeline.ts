// The versions by which a procedure's figure goes from a day on: which of them carry it further and so follow a change, and from where another one has set its own.

import type { Reader } from '#core/db/index.ts'
import { addDays } from '#core/workdays/index.ts'
import { getProcedure, getVersion, holding, listVersions, type Version } from '#modules/procedures/index.ts'
import { valueIn } from './procedure-rules.ts'
import type { ChangeValue, Target } from './schema.ts'

export type OfProcedure = Extract<Target, { code: string }>

/** A version and the first day from which it speaks. */
export interface Held {
  readonly version: Version
  readonly from: string
  readonly value: ChangeValue | null
}

export interface Spread {
  /** Versions with the figure as it was: each is published anew, from its own day. */
  readonly follow: readonly Held[]
  /** The first that sets the figure otherwise: from there on the change ends. */
  readonly stop: Held | null
  /** Days from which the procedure is abolished; they stay. */
  readonly abolished: readonly { readonly from: string; readonly number: number }[]
}

export const sameValue = (a: ChangeValue | null, b: ChangeValue | null): boolean => JSON.stringify(a) === JSON.stringify(b)

/** In order of time from a day on, those that abolish included. Throws Abolished or NotFound when nothing is in force on the day itself. */
async function heldFrom(reader: Reader, target: OfProcedure, from: string): Promise<Held[]> {
  await getProcedure(reader, target.code, from)
  const versions = await listVersions(reader, target.code)
  const days = versions.flatMap((one) => [one.effectiveFrom, ...(one.effectiveTo ? [addDays(one.effectiveTo, 1)] : [])]).filter((day) => day > from)
  const held: Held[] = []
  for (const day of [from, ...[...new Set(days)].sort()]) {
    const summary = holding(versions, day)
    if (!summary || held.some((one) => one.version.id === summary.id)) continue
    const version = await getVersion(reader, summary.id)
    held.push({ version, from: day, value: summary.abolishes ? null : valueIn(version.record, target) })
  }
  return held
}

/** A change holds, as in the register, until the next value that the law had already set. Pure. */
export function spread(held: readonly Held[], value: ChangeValue): Spread {
  const was = held[0]?.value ?? null
  const living = held.filter((one) => !one.version.abolishes)
  const end = living.findIndex((one) => !sameValue(one.value, was))
  const carried = end === -1 ? living : living.slice(0, end)
  return {
    follow: carried.filter((one) => !sameValue(one.value, value)), stop: end === -1 ? null : living[end]!,
    abolished: held.filter((one) => one.version.abolishes).map((one) => ({ from: one.from, number: one.version.number })),
  }
}

export const spreadFrom = async (reader: Reader, target: OfProcedure, from: string, value: ChangeValue): Promise<Spread> => spread(await heldFrom(reader, target, from), value)

/** First day from which another version sets the figure itself; null when the change reaches on. What is filed from then on is not the change's. */
export async function heldUntil(reader: Reader, target: OfProcedure, from: string): Promise<string | null> {
  const held = await heldFrom(reader, target, from)
  return held[0] ? (spread(held, held[0].value!).stop?.from ?? null) : null
}
