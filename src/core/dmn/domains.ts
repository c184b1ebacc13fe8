// What a term may be, cut into classes that no rule of a table tells apart: one sample speaks for its class.

import { addDays } from '../workdays/local.ts'
import type { Constant } from './condition.ts'

/** What is known of a name that tables read, such as `form.area`. */
export interface Domain {
  readonly kind: 'number' | 'string' | 'date' | 'boolean'
  /** Whether it may be unknown: a question that need not be answered. */
  readonly nullable?: boolean
  /** All that a string may be. */
  readonly values?: readonly string[]
  readonly integer?: boolean
  /** Ends included. Of dates: 'YYYY-MM-DD'. */
  readonly min?: number | string
  readonly max?: number | string
}

/** One class: a value, a stretch between two values, nothing at all, or "anything else". */
export interface Class {
  readonly kind: 'value' | 'stretch' | 'none' | 'other'
  /** Stands for the class. */
  readonly sample: string | number | boolean | null
  /** Of a stretch: what it lies between; null is open. */
  readonly low?: number | string | null
  readonly high?: number | string | null
  /** Of "anything else" where all values are known: those that no rule names. */
  readonly members?: readonly string[]
}

const value = (sample: string | number | boolean): Class => ({ kind: 'value', sample })

/** A number that people would name, inside the open stretch. */
function round(low: number | null, high: number | null, integer: boolean): number {
  if (low === null && high === null) return 1
  if (high === null) return low! + (Math.abs(low!) >= 10 ? 10 ** Math.floor(Math.log10(Math.abs(low!))) / 5 : 1)
  if (low === null) return high > 0 ? (integer ? Math.ceil(high / 2) - (high === 1 ? 1 : 0) : high / 2) : high - 1
  if (integer && high - low <= 2) return low + 1
  const middle = (low + high) / 2
  const step = 10 ** Math.floor(Math.log10(high - low) - 0.5)
  const near = Math.round(middle / step) * step
  const plain = Number((integer ? Math.round(near) : near).toPrecision(12))
  return plain > low && plain < high ? plain : integer ? Math.floor(middle) : middle
}

function numbers(constants: readonly number[], { integer = false, min, max }: Partial<Domain>): Class[] {
  const [least, most] = [typeof min === 'number' ? min : null, typeof max === 'number' ? max : null]
  const inside = (one: number) => (least === null || one >= least) && (most === null || one <= most) && (!integer || Number.isInteger(one))
  const points = [...new Set([...constants, ...(least === null ? [] : [least]), ...(most === null ? [] : [most])])].sort((a, b) => a - b)
  const found: Class[] = []
  const stretch = (low: number | null, high: number | null): void => {
    if (low !== null && most !== null && low >= most) return
    if (high !== null && least !== null && high <= least) return
    if (integer && low !== null && high !== null && Math.floor(low) + 1 >= high) return
    const [from, to] = [low ?? (least === null ? null : least - 1), high ?? (most === null ? null : most + 1)]
    found.push({ kind: 'stretch', sample: round(integer && from !== null ? Math.floor(from) : from, integer && to !== null ? Math.ceil(to) : to, integer), low, high })
  }
  stretch(null, points[0] ?? null)
  for (const [at, point] of points.entries()) {
    if (inside(point)) found.push(value(point))
    stretch(point, points[at + 1] ?? null)
  }
  return points.length === 0 ? found.slice(0, 1) : found
}

function dates(constants: readonly string[], { min, max }: Partial<Domain>): Class[] {
  const [least, most] = [typeof min === 'string' ? min : null, typeof max === 'string' ? max : null]
  const inside = (day: string) => (least === null || day >= least) && (most === null || day <= most)
  const points = [...new Set(constants)].filter(inside).sort()
  if (points.length === 0) return [{ kind: 'stretch', sample: least ?? most ?? '2026-01-15', low: null, high: null }]
  const found: Class[] = []
  const [first, last] = [points[0]!, points.at(-1)!]
  if (inside(addDays(first, -1))) found.push({ kind: 'stretch', sample: addDays(first, -1), low: null, high: first })
  for (const [at, point] of points.entries()) {
    found.push(value(point))
    const next = points[at + 1]
    if (next && addDays(point, 1) < next) found.push({ kind: 'stretch', sample: addDays(point, 1), low: point, high: next })
  }
  if (inside(addDays(last, 1))) found.push({ kind: 'stretch', sample: addDays(last, 1), low: last, high: null })
  return found
}

function strings(constants: readonly string[], values: readonly string[] | undefined): Class[] {
  const named = [...new Set(constants)].filter((one) => !values || values.includes(one))
  const rest = values?.filter((one) => !named.includes(one)) ?? []
  if (values && rest.length === 0) return named.map(value)
  return [...named.map(value), { kind: 'other', sample: rest[0] ?? 'khác', ...(values ? { members: rest } : {}) }]
}

/** The classes of a term that is compared with these constants. */
export function classesOf(constants: readonly Constant[], domain: Domain | null): Class[] {
  const of = <K extends Constant['kind']>(kind: K) => constants.filter((one): one is Constant & { kind: K } => one.kind === kind)
  const kind = domain?.kind ?? constants.find((one) => one.kind !== 'null')?.kind ?? 'boolean'
  const none: Class[] = domain?.nullable || (!domain && of('null').length > 0) ? [{ kind: 'none', sample: null }] : []
  if (kind === 'boolean') return [value(true), value(false), ...none]
  if (kind === 'number') return [...numbers(of('number').map((one) => one.value), domain ?? {}), ...none]
  const texts = (name: 'date' | 'string') => of(name).map((one) => one.value)
  if (kind === 'date') return [...dates([...texts('date'), ...texts('string').filter((one) => /^\d{4}-\d\d-\d\d$/.test(one))], domain ?? {}), ...none]
  return [...strings(texts('string'), domain?.values), ...none]
}
