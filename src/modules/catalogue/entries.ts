// Entries of the national list: a whole list is compared with what is known; what differs is kept, told and never silently overwritten.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { inTransaction } from '#core/db/index.ts'
import { Conflict, Invalid, NotFound } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { listPublished } from '#modules/procedures/index.ts'
import { changeSeen, entriesImported } from './events.ts'
import { needKeeper, needReader, whoIs } from './rules.ts'
import { type CatalogueEntry, type EntryRow, entryRow } from './schema.ts'
import * as store from './store.ts'

export interface ImportReport {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly gone: number
  readonly same: number
  /** Codes given more than once; the last row counts. */
  readonly repeated: readonly string[]
}

const MOST_ROWS = 20_000
const MOST_FAULTS = 100
/** More of the living entries than this are not ended by one list without a word. */
const MANY = 0.05

/** Rows of a list, read and checked. Throws Invalid naming every faulty row. */
export function parseRows(json: unknown): EntryRow[] {
  if (!Array.isArray(json)) throw new Invalid([{ key: '', message: 'Tệp phải là một danh sách JSON, mỗi dòng có code, name, ministry, field, level, decision, type, applicants.' }], 'Danh mục chưa dùng được.')
  if (json.length > MOST_ROWS) throw new Invalid([{ key: '', message: `Danh mục có ${json.length} dòng, quá ${MOST_ROWS}; hãy chia thành nhiều tệp.` }], 'Danh mục chưa dùng được.')
  if (json.length === 0) throw new Invalid([{ key: '', message: 'Danh mục không có dòng nào. Kiểm tra lại tệp đã tải về trọn vẹn chưa; danh mục đang có còn nguyên.' }], 'Danh mục chưa dùng được.')
  const faults: { key: string; message: string }[] = []
  const rows: EntryRow[] = []
  for (const [at, given] of json.entries()) {
    const parsed = entryRow.safeParse(given)
    if (parsed.success) rows.push(parsed.data)
    else for (const issue of parsed.error.issues) faults.push({ key: `${at + 1}.${issue.path.join('.')}`, message: `Dòng ${at + 1}: ${issue.message}` })
  }
  if (faults.length > MOST_FAULTS) faults.splice(MOST_FAULTS, Infinity, { key: '', message: `Và ${faults.length - MOST_FAULTS} lỗi nữa.` })
  if (faults.length > 0) throw new Invalid(faults, 'Danh mục chưa được nạp: sửa các dòng sau rồi nạp lại. Danh mục cũ còn nguyên.')
  return rows
}

const compared = (one: { name: string; field: string; ministry: string; levels: readonly string[]; decision: string | null }) => ({
  name: one.name, field: one.field, ministry: one.ministry, levels: [...one.levels].sort(), decision: one.decision,
})

export interface Taking {
  readonly source: string
  /** What the list lacks is no more. */
  readonly whole: boolean
  /** Codes that the source says are no more. */
  readonly ended?: readonly string[]
  /** How many ending entries somebody has said yes to. */
  readonly ends?: number | null
}

/** What a list would end, when that is more than one list may end without a word. */
export class ManyEnd extends Conflict {
  readonly gone: readonly CatalogueEntry[]
  readonly known: number
  constructor(gone: readonly CatalogueEntry[], known: number) {
    super('catalogue.many_end', `Danh mục này sẽ làm ${gone.length} trong ${known} thủ tục đang có không còn nữa, ví dụ ${gone.slice(0, 3).map((one) => `${one.code} ${one.name}`).join('; ')}. Xem lại; nếu đúng thì xác nhận đúng con số ấy.`)
    this.gone = gone
    this.known = known
  }
}

/** Takes rows in within a transaction. Throws ManyEnd unless `ends` says how many may end. */
export async function takeRows(ctx: Ctx, tx: Tx, given: readonly EntryRow[], { source, whole, ended = [], ends = null }: Taking): Promise<ImportReport> {
  const rows = new Map(given.map((row) => [row.code, row]))
  const repeated = [...Map.groupBy(given, (row) => row.code)].filter(([, all]) => all.length > 1).map(([code]) => code)
  await store.lockEntries(tx)
  const known = new Map((await store.live(tx)).map((entry) => [entry.code, entry]))
  const changes: store.EntryChange[] = []
  for (const row of rows.values()) {
    const before = known.get(row.code)
    const became = compared({ ...row, levels: row.level })
    if (!before) changes.push({ code: row.code, kind: 'moi', was: null, became })
    else if (JSON.stringify(compared(before)) !== JSON.stringify(became)) changes.push({ code: row.code, kind: 'doi', was: compared(before), became })
  }
  const over = new Set(ended)
  const gone = [...known.values()].filter((entry) => (whole ? !rows.has(entry.code) : over.has(entry.code) && !rows.has(entry.code)))
  if (gone.length > known.size * MANY && ends !== gone.length) throw new ManyEnd(gone, known.size)
  const touched = new Set(changes.map((one) => one.code))
  await store.keep(tx, [...rows.values()].filter((row) => touched.has(row.code)), source, ctx.now)
  await store.leave(tx, gone.map((entry) => entry.code), ctx.now)
  // the first list is no news; after it every difference is
  if (known.size > 0) await store.note(tx, [...changes, ...gone.map((entry) => ({ code: entry.code, kind: 'het' as const, was: compared(entry), became: null }))], ctx.now)
  const count = (kind: string) => changes.filter((one) => one.kind === kind).length
  const report = { rows: rows.size, added: count('moi'), changed: count('doi'), gone: gone.length, same: rows.size - changes.length, repeated }
  if (changes.length + gone.length > 0) await emit(tx, ctx, entriesImported, 'catalogue:entries', { source, rows: report.rows, added: report.added, changed: report.changed, gone: report.gone })
  return report
}

/** Takes a list of the national catalogue in. Again the same list changes nothing. Throws Forbidden; Invalid naming every faulty row, or for a list without rows;
 *  ManyEnd when it would end more than a twentieth of what is known and `ends` is not exactly that number. Then nothing was kept. */
export async function importEntries(ctx: Ctx, json: unknown, taking: Taking): Promise<ImportReport> {
  await needKeeper(ctx.db, ctx)
  const given = parseRows(json)
  return inTransaction(ctx.db, (tx) => takeRows(ctx, tx, given, taking))
}

/** An entry by its code, gone or not; null when the national list never had it. */
export const findEntry = (reader: Reader, code: string): Promise<CatalogueEntry | null> => store.find(reader, code)

export interface EntryNews {
  /** Changes of procedures that are published here: their records should be looked at. */
  readonly ours: readonly store.ChangeRow[]
  readonly others: readonly store.ChangeRow[]
}

/** What imports changed and nobody has looked at: first what concerns records published here. Throws Forbidden. */
export async function entryNews(ctx: Ctx): Promise<EntryNews> {
  needReader(ctx)
  const codes = new Set((await listPublished(ctx.db, localDate(ctx.now))).map((one) => one.code))
  const [ours, all] = await Promise.all([store.unseen(ctx.db, [...codes], 200), store.unseen(ctx.db, null, 200)])
  return { ours, others: all.filter((one) => !codes.has(one.code)) }
}

/** Says that a change was looked at; a second time is nothing. Throws Forbidden, NotFound. */
export const seeChange = act(z.object({ id: z.string().regex(/^\d{1,18}$/, 'Mã thay đổi không đúng.') }), async (ctx, tx, { id }): Promise<void> => {
  await needKeeper(tx, ctx)
  const seen = await store.see(tx, id, whoIs(ctx).name, ctx.now)
  if (seen) await emit(tx, ctx, changeSeen, 'catalogue:entries', seen)
  else if (!(await tx.selectFrom('catalogue.change').select('id').where('id', '=', Number(id)).executeTakeFirst())) throw new NotFound('catalogue.no_change', 'Không có thay đổi này trong danh mục.')
})
