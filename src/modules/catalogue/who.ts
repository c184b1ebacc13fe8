// "Ai giải quyết việc này bây giờ?": matter, place and day to the unit of today, with the clause. Routing asks the same resolver (procedures/competence.ts).

import type { Ctx } from '#core/ctx.ts'
import { Invalid, NotFound } from '#core/errors.ts'
import { fold, formatDate } from '#core/text/index.ts'
import { listUnits, type Resolution, resolveUnit, type Unit } from '#modules/org/index.ts'
import { competence, type Competence, getProcedure, listVersions } from '#modules/procedures/index.ts'
import { findProcedures, type Found } from './finder.ts'
import { ministryOf } from './ministries.ts'
import * as store from './store.ts'

export interface WhoAsk {
  readonly code: string
  /** Name or code of a commune, old or new; '' while it is not said. */
  readonly place: string
  /** 'YYYY-MM-DD' */
  readonly on: string
}

export interface Decider extends Competence {
  /** tinh, huyen, xa */
  readonly level: string
}

export interface WhoAnswer {
  readonly matter: Found
  readonly deciders: readonly Decider[]
  /** Levels outside the province: the page says where such matters go. */
  readonly central: boolean
  /** The unit depends on a place that was not said. */
  readonly wantsPlace: boolean
  /** Several units bear or bore the name: one has to be chosen. */
  readonly choices: readonly Resolution[]
  readonly fault: string | null
}

/** How a matter is decided, for what is published by its record, else by what the national list says. */
async function mattersOf(ctx: Ctx, { code, on }: WhoAsk): Promise<{ procedure: Parameters<typeof competence>[1]['procedure']; level: string; by: string }[]> {
  const version = await getProcedure(ctx.db, code, on).catch((error: unknown) => {
    if (error instanceof NotFound) return null
    throw error
  })
  if (version) return [{ procedure: version.record, level: version.record.competence.level, by: version.record.competence.by }]
  const entry = await store.find(ctx.db, code)
  if (!entry) return []
  const ministry = ministryOf(entry.ministry)
  return entry.levels
    .filter((level) => level === 'xa' || level === 'tinh')
    .map((level) => ({ level, by: 'place', procedure: { code, field: { code: '', name: entry.field }, ministry: { code: ministry.id ?? '', name: ministry.name }, competence: { level, by: 'place' } } }))
}

/** A record is here, but none of its versions was in force on the day. */
const notOn = (on: string, first: string): string =>
  on < first
    ? `Hệ thống chỉ có quy định về việc này từ ngày ${formatDate(first)}; chưa trả lời được cho ngày ${formatDate(on)}. Hãy hỏi cho hôm nay, hoặc hỏi Ủy ban nhân dân xã, phường nơi ở.`
    : `Ngày ${formatDate(on)} việc này không có quy định nào đang có hiệu lực. Hãy hỏi cho hôm nay.`

/** Who decides a matter. Throws NotFound for a code that nobody knows. */
export async function whoDecides(ctx: Ctx, ask: WhoAsk): Promise<WhoAnswer> {
  const matter = (await findProcedures(ctx, { q: ask.code }))[0]
  if (!matter) throw new NotFound('catalogue.no_matter', `Không có thủ tục mã ${ask.code} trong danh mục. Hãy gõ việc cần làm bằng lời thường.`)
  const matters = await mattersOf(ctx, ask)
  const none = { matter, deciders: [], central: matters.length === 0, wantsPlace: false, choices: [], fault: null }
  if (matters.length === 0) {
    const first = (await listVersions(ctx.db, ask.code)).map((version) => version.effectiveFrom).sort()[0]
    return first ? { ...none, central: false, fault: notOn(ask.on, first) } : none
  }
  const placed = matters.some((one) => one.level !== 'tinh')
  let choices: readonly Resolution[] = []
  let place: Unit | null = null
  if (placed && ask.place) {
    choices = await placesOf(ctx, ask)
    if (choices.length === 0) return { ...none, fault: `Không có xã, phường nào tên hoặc mã “${ask.place}”. Gõ tên như trong giấy tờ, tên cũ cũng được.` }
    if (choices.length > 1) return { ...none, choices }
    place = choices[0]!.asked
  }
  const deciders: Decider[] = []
  let fault: string | null = null
  for (const { procedure, level, by } of matters) {
    if (level !== 'tinh' && !place) continue
    const local = level !== 'tinh'
    try {
      const found = await competence(ctx.db, {
        procedure, on: ask.on, place: local ? (by === 'noi_nop' ? 'noi_nop' : place) : null, words: ask.place, ...(place && by === 'noi_nop' ? { received: choices[0]!.live } : {}),
      })
      deciders.push({ ...found, level: found.unit.level === 'xa' || local ? level : 'tinh' })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      fault = error.fields[0]?.message ?? error.message
    }
  }
  return { ...none, central: false, deciders, wantsPlace: placed && !ask.place, fault }
}

const KIND = /^(?:xã|xa|phường|phuong|thị trấn|thi tran|tt\.?|p\.?|x\.?)\s+/iu

/** Of an address ("thôn 3, xã Hoằng Phụ, huyện Hoằng Hóa") what names the commune: the part that says its kind, else each part, the smallest first. */
function communesIn(place: string): string[] {
  const said = /(?:^|[\s,])(?:xã|xa|phường|phuong|thị trấn|thi tran)\s+([^,;]+?)\s*(?=$|[,;]|\s(?:huyện|huyen|thị xã|thi xa|thành phố|thanh pho|tỉnh|tinh)\s)/iu.exec(place)?.[1]
  const parts = place.split(/[,;]/).map((part) => part.trim()).filter(Boolean)
  return [...(said ? [said] : []), ...(parts.length > 1 ? parts : [])]
}

const bareOf = (place: string): string => place.replace(KIND, '').trim().normalize('NFC')
const accented = (text: string): boolean => fold(text) !== text.toLocaleLowerCase('vi').normalize('NFC').trim()

const resolved = (ctx: Ctx, place: string, on?: string): Promise<Resolution[]> =>
  resolveUnit(ctx.db, place, on).catch((error: unknown) => {
    if (error instanceof NotFound) return []
    throw error
  })

/** The communes that a name or code means: as of the day, else of another time; by the bare name when the kind has changed since; else those that bear the words. */
async function placesOf(ctx: Ctx, { place, on }: WhoAsk): Promise<readonly Resolution[]> {
  const bare = bareOf(place)
  // "Hoằng Phụ" of before is not "Hoằng Phú" of today: what is written with its accents is meant, a like name only when there is none
  let near: readonly Resolution[] | null = null
  for (const [name, day] of [place, bare, ...communesIn(place)].flatMap((name) => [[name, on], [name, undefined]] as const)) {
    const found = await resolved(ctx, name, day)
    const communes = found.filter(({ live }) => live.level === 'xa')
    const once = [...new Map((communes.length > 0 ? communes : found).map((one) => [one.asked.id, one])).values()]
    if (once.length === 0) continue
    const mine = once.filter(({ asked }) => !accented(name) || asked.code === name || asked.name.toLocaleLowerCase('vi').normalize('NFC').includes(bareOf(name).toLocaleLowerCase('vi')))
    const told = new Set(mine.map(({ live }) => live.id)).size === 1 ? mine.slice(0, 1) : mine
    if (told.length > 0) return told
    near ??= once
  }
  if (near) return new Set(near.map(({ live }) => live.id)).size === 1 ? near.slice(0, 1) : near
  const alike = bare.length < 2 ? [] : await listUnits(ctx.db, { q: bare, level: 'xa', limit: 8 })
  return alike.map((unit) => ({ asked: unit, live: unit, successors: [] }))
}
