// Copies of models, as many as wanted: each with its own ids, number, applicant and place; written table by table in sets.

import { randomInt, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Db, inTransaction } from '#core/db/index.ts'
import { fold } from '#core/text/index.ts'
import { claimsOf } from '#twins/vneid/index.ts'
import { citizen } from '../pack.ts'
import { chance } from '../simulate/chance.ts'
import { type Model, NOBODY } from './models.ts'
import type { Gazetteer, Where } from './places.ts'
import type { Holder, Taken } from './rows.ts'
import { cut, fill, type Stencil } from './stencil.ts'

const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const reference = (): string => `TS${Array.from({ length: 10 }, () => SIGNS[randomInt(SIGNS.length)]).join('')}`
const BATCH = 500

/** The numbers that models bear begin here, so that none is mistaken for anything else in their text. */
export const FIRST_NUMBER = 7001

interface Head {
  /** null in a draft */
  readonly code: string | null
  readonly citizen_id: string | null
  readonly received_unit_id: string
  readonly decided_unit_id: string | null
  readonly receipt_no: string | null
  readonly result_no: string | null
  readonly rejection: string | null
  readonly procedure_code: string
}

export interface Cut {
  readonly model: Model
  readonly ids: readonly string[]
  readonly head: Head
  readonly references: readonly string[]
  readonly rows: readonly { readonly holder: Holder; readonly stencil: Stencil }[]
  readonly timers: readonly { readonly task: string; readonly runAt: string; readonly stencil: Stencil }[]
  /** agency and day of the code */
  readonly marks: { readonly agency: string; readonly day: string } | null
}

const masked = (id: string): string => `"${id.slice(0, 1)}********${id.slice(-3)}"`

const own = (cutOut: { ids: readonly string[]; head: Head; references: readonly string[] }): string[] => [
  ...cutOut.ids, ...cutOut.references, cutOut.head.citizen_id ?? '∅', cutOut.head.code ?? '∅', fold(cutOut.head.code ?? '∅'), NOBODY.fullName, fold(NOBODY.fullName), NOBODY.fullName.toUpperCase(), NOBODY.personalId, NOBODY.phone,
  NOBODY.address.detail, masked(NOBODY.personalId), `"${cutOut.head.receipt_no ?? '∅'}"`, `"${cutOut.head.receipt_no ?? '∅'}/`, `"${cutOut.head.result_no ?? '∅'}"`,
]

/** Cuts a model along everything that differs from copy to copy. */
export function cutModel(model: Model, taken: Taken, base: readonly string[]): Cut {
  const head = (JSON.parse(taken.rows.find(({ holder }) => holder.table === 'dossiers.dossier')!.text) as Head[])[0]!
  const orders = taken.rows.find(({ holder }) => holder.table === 'payments.payment_order')
  const references = orders ? (JSON.parse(orders.text) as { reference: string }[]).map((row) => row.reference) : []
  const words = [...own({ ids: taken.ids, head, references }), ...base]
  const day = /-(\d{6})-\d+$/.exec(head.code ?? '')?.[1]
  return {
    model, ids: taken.ids, head, references, marks: day === undefined ? null : { agency: head.code!.slice(0, head.code!.indexOf(`-${day}-`)), day },
    rows: taken.rows.map(({ holder, text }) => ({ holder, stencil: cut(text.slice(1, -1), words) })),
    timers: taken.timers.map(({ task, payload, key, runAt }) => ({ task, runAt, stencil: cut(JSON.stringify({ payload: JSON.parse(payload) as unknown, key }), words) })),
  }
}

export interface Load {
  readonly dossiers: number
  readonly citizens: number
  readonly rows: number
  readonly timers: number
  readonly byState: ReadonlyMap<string, number>
  readonly byLevel: ReadonlyMap<string, number>
}

const SHARE = { xa: 0.7, huyen: 0.18, tinh: 0.12 } as const

/** Series of numbers as they go on: taken here, written down at the end. */
function counters() {
  const last = new Map<string, number>()
  return {
    next(series: string): number {
      const number = (last.get(series) ?? 0) + 1
      last.set(series, number)
      return number
    },
    all: () => [...last].map(([series, number]) => ({ series, last: number })),
  }
}

const insert = (table: string, columns: readonly string[], rows: string) => {
  const names = sql.join(columns.map((column) => sql.ref(column)))
  return sql`insert into ${sql.table(table)} (${names}) select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${rows}::jsonb)`
}

async function loadCitizens(db: Db, many: number, homes: readonly Where[], at: Date, adminCode: (commune: string) => string): Promise<{ id: string; n: number }[]> {
  const made: { id: string; n: number }[] = []
  for (let from = 0; from < many; from += 2000) {
    const rows = Array.from({ length: Math.min(2000, many - from) }, (_, at_) => {
      const n = 13 + from + at_
      const seed = citizen(n)
      const home = homes[Math.floor(chance('home', n) * homes.length)]!
      const claims = claimsOf({ ...seed, level: 2, address: { ...seed.address, commune: adminCode(home.commune) } })
      const id = randomUUID()
      made.push({ id, n })
      return { id, subject: claims.sub, personal_id: seed.personalId, full_name: seed.fullName, birth_date: seed.birthOn, level: 2, claims, created_at: at, signed_in_at: null }
    })
    await inTransaction(db, (tx) => insert('identity.citizen', Object.keys(rows[0]!), JSON.stringify(rows)).execute(tx))
  }
  return made
}

/** Writes `many` dossiers: most at communes, the rest at districts and the province, all models in turn. */
export async function loadCopies(db: Db, cuts: readonly Cut[], places: Gazetteer, base: readonly string[], options: { many: number; at: Date; holders: readonly Holder[]; adminCode: (commune: string) => string; say?: (line: string) => void }): Promise<Load> {
  const { many, at } = options
  const people = await loadCitizens(db, Math.ceil(many * 0.8), places.places, at, options.adminCode)
  const numbers = counters()
  const byLevel = Map.groupBy(cuts, ({ model }) => model.level)
  const counted = { state: new Map<string, number>(), level: new Map<string, number>() }
  const words = new Map<string, readonly string[]>()
  const wordsOf = (where: Where): readonly string[] => {
    const known = words.get(where.commune) ?? places.words(where)
    words.set(where.commune, known)
    return known
  }
  let [rows, timers] = [0, 0]
  const pending = new Map<string, { columns: readonly string[]; texts: string[] }>()
  const jobs: { identifier: string; payload: unknown; run_at: string; job_key: string | null; max_attempts: number }[] = []

  const flush = async (): Promise<void> => {
    await inTransaction(db, async (tx) => {
      for (const holder of options.holders) {
        const kept = pending.get(holder.table)
        if (!kept || kept.texts.length === 0) continue
        await insert(holder.table, kept.columns, `[${kept.texts.join(',')}]`).execute(tx)
        kept.texts = []
      }
      if (jobs.length > 0) {
        await sql`select count(*) from graphile_worker.add_jobs(array(select jsonb_populate_record(null::graphile_worker.job_spec, spec) from jsonb_array_elements(${JSON.stringify(jobs)}::jsonb) spec))`.execute(tx)
        jobs.length = 0
      }
    })
  }
  for (let n = 0; n < many; n++) {
    const dice = chance('level', n)
    const level = dice < SHARE.xa ? 'xa' : dice < SHARE.xa + SHARE.huyen ? 'huyen' : 'tinh'
    const choice = byLevel.get(level) ?? byLevel.get('xa') ?? cuts
    const one = choice[n % choice.length]!
    const where = places.places[Math.floor(chance('place', n) * places.places.length)]!
    const who = people[Math.floor(chance('who', n) * people.length)]!
    const seed = citizen(who.n)
    const there = wordsOf(where)
    const placed = (text: string): string => fill(cut(`"${text}"`, base), there).slice(1, -1)
    const received = placed(one.head.received_unit_id)
    const decided = placed(one.head.decided_unit_id ?? one.head.received_unit_id)
    const day = one.marks?.day ?? '250630'
    const [year, on] = [`20${day.slice(0, 2)}`, `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4)}`]
    const code = one.marks ? `${placed(one.marks.agency)}-${day}-${String(numbers.next(`dossier:${received}:${on}`)).padStart(4, '0')}` : '∅'
    const receipt = one.head.receipt_no === null ? '∅' : String(numbers.next(`receipt:${received}:${year}`)).padStart(4, '0')
    const series = one.head.rejection === 'signed' ? 'notice' : `result:${one.head.procedure_code}`
    const result = one.head.result_no === null ? '∅' : `${String(numbers.next(`${series}:${decided}:${year}`)).padStart(2, '0')}/${year}`
    const filled = [
      ...one.ids.map(() => randomUUID()), ...one.references.map(reference), who.id, code, fold(code), seed.fullName, fold(seed.fullName), seed.fullName.toUpperCase(), seed.personalId, seed.phone, seed.address.detail,
      masked(seed.personalId), `"${receipt}"`, `"${receipt}/`, `"${result}"`, ...there,
    ]
    for (const { holder, stencil } of one.rows) {
      const kept = pending.get(holder.table) ?? { columns: holder.columns, texts: [] }
      pending.set(holder.table, kept)
      kept.texts.push(fill(stencil, filled))
      rows++
    }
    for (const { task, runAt, stencil } of one.timers) {
      const { payload, key } = JSON.parse(fill(stencil, filled)) as { payload: unknown; key: string | null }
      jobs.push({ identifier: task, payload, run_at: runAt, job_key: key, max_attempts: 25 })
      timers++
    }
    counted.state.set(one.model.state, (counted.state.get(one.model.state) ?? 0) + 1)
    counted.level.set(level, (counted.level.get(level) ?? 0) + 1)
    if ((n + 1) % BATCH === 0 || n === many - 1) await flush()
    if ((n + 1) % 10_000 === 0) options.say?.(`${(n + 1).toLocaleString('vi-VN')} hồ sơ`)
  }
  await inTransaction(db, async (tx) => {
    await insert('core.counter', ['series', 'last'], JSON.stringify(numbers.all())).execute(tx)
  })
  return { dossiers: many, citizens: people.length, rows, timers, byState: counted.state, byLevel: counted.level }
}
