// One sentence on what became of a unit: the same on the portal, in the tracking of a dossier, at the desk and for programs. Pure.

import { formatDate } from '#core/text/dates.ts'
import type { Passage } from './history.ts'
import type { Unit } from './schema.ts'

const PREFIX = /^Ủy ban nhân dân\s+/

/** What people call it: "xã Hoằng Lộc", not its committee. */
export const calledName = (unit: Pick<Unit, 'name'>): string => unit.name.replace(PREFIX, '')

const opening = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
const NAMED = 4

function listed(names: readonly string[]): string {
  const shown = names.length > NAMED + 1 ? [...names.slice(0, NAMED), `${names.length - NAMED} đơn vị khác`] : names
  return shown.length < 2 ? (shown[0] ?? '') : [shown.slice(0, -1).join(', '), shown.at(-1)].join(' và ')
}

export interface Became {
  /** What happened, when. */
  readonly sentence: string
  /** Who is in charge today, when that is not said by the first sentence. */
  readonly now: string | null
  /** Decisions that say so, each once. */
  readonly acts: readonly string[]
}

/** What became of an ended unit. `after` as historyOf gives it, `live` the unit in charge today. Null while the unit lives. */
export function becameOf(unit: Unit, after: readonly Passage[], live: Unit): Became | null {
  if (unit.validTo === null) return null
  const heirs = after.filter((one) => one.from.id === unit.id)
  const acts = [...new Set(heirs.flatMap((one) => one.act ?? []))]
  const name = opening(calledName(unit))
  const [first] = heirs
  if (!first) return { sentence: `${name} kết thúc hoạt động từ ngày ${formatDate(unit.validTo)}.`, now: `Hiện nay ${calledName(live)} phụ trách.`, acts }
  const day = formatDate(first.on)
  const main = heirs.find((one) => one.main) ?? first
  const others = heirs.filter((one) => one !== main).map((one) => calledName(one.to))
  const told = (sentence: string): Became => ({ sentence, now: live.id === main.to.id ? null : `Hiện nay ${calledName(live)} phụ trách.`, acts })
  if (heirs.length === 1 && !main.partial) return told(`Từ ngày ${day}, ${calledName(unit)} nhập về ${calledName(main.to)}; ${calledName(main.to)} giải quyết mọi việc của nơi này.`)
  if (unit.level === 'huyen') return told(`Từ ngày ${day} không còn ${calledName(unit)}; việc của ${calledName(unit)} về ${listed([calledName(main.to), ...others])}. Chưa rõ thuộc nơi nào thì hỏi ${calledName(main.to)}.`)
  return told(`Từ ngày ${day}, ${calledName(unit)} chia cho ${listed([calledName(main.to), ...others])}. Chưa rõ thuộc nơi nào thì hỏi ${calledName(main.to)}.`)
}

/** Where a living unit came from; null when it was always there. */
export function cameFrom(unit: Unit, before: readonly Passage[]): string | null {
  const roots = before.filter((one) => one.to.id === unit.id && one.from.level === unit.level)
  const [first] = roots
  if (!first) return null
  const on = roots.reduce((latest, one) => (one.on > latest ? one.on : latest), first.on)
  const names = roots.filter((one) => one.on === on).map((one) => `${calledName(one.from)}${one.partial ? ' (một phần)' : ''}`)
  return `${opening(calledName(unit))} có từ ngày ${formatDate(on)}, gồm ${listed(names)}.`
}
