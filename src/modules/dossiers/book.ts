// The tracking book (Mẫu số 07): the dossiers a one-stop desk has accepted, by its days, under the same policy as every list.

import { type ExpressionBuilder, sql } from 'kysely'
import type { DB } from '#db/types.ts'
import type { Ctx } from '#core/ctx.ts'
import { denial, Invalid, orThrow, type Refusal } from '#core/errors.ts'
import { type Actor, holds, type Role } from '#core/policy/actor.ts'
import { formFor, type TrackingBookData } from '#core/print/index.ts'
import { compareVi, fold, formatDate, formatDateTime, maskName } from '#core/text/index.ts'
import { addDays, atLocal, localDate } from '#core/workdays/index.ts'
import { deskFor, getUnit, listPredecessors, listUnitsById, type Unit } from '#modules/org/index.ts'
import { address, agencyHead } from './papers-shared.ts'
import { broken } from './prints.ts'
import { DELIVERY_LABELS, deliveryWay } from './delivery.ts'
import { strangersAmong, maskRows } from './reading.ts'
import { TREE_ROLES } from './rules.ts'
import type { Dossier } from './schema.ts'
import { STATES } from './schema.ts'
import * as store from './store.ts'
import { recordRows } from './views.ts'

/** Those whose work the book is: the desk, its leaders, the clerk, and those who supervise. */
export const BOOK_ROLES: readonly Role[] = ['mot_cua', 'lanh_dao_phong', 'lanh_dao_don_vi', 'chanh_van_phong', 'chu_tich', 'van_thu', 'giam_sat', 'kiem_soat_tthc']
/** One print is set in about a second, during which this process does nothing else; more is asked for in parts. */
export const MOST_ROWS = 1500

export const canSeeBook = (actor: Actor): Refusal | null =>
  holds(actor, BOOK_ROLES) ? null : denial('dossiers.no_book', 'Sổ theo dõi hồ sơ dành cho Bộ phận một cửa, văn thư, lãnh đạo và người giám sát.')

export const BOOK_DATES = { received: 'Ngày nhận', due: 'Ngày hẹn trả', returned: 'Ngày trả' } as const
export type BookDate = keyof typeof BOOK_DATES
const COLUMNS = { received: 'accepted_at', due: 'due_at', returned: 'returned_at' } as const

export interface BookInput {
  /** the desk that received; '' for all that the reader may see */
  readonly unit?: string
  /** 'YYYY-MM-DD', both inclusive; the month so far unless told */
  readonly from?: string
  readonly to?: string
  readonly by?: BookDate
  readonly q?: string
  /** only what has not been returned yet */
  readonly open?: boolean
  readonly page?: number
}

export interface BookRow {
  readonly no: number
  readonly dossier: Dossier
  readonly address: string | null
  readonly agency: string
  readonly how: string
  readonly signature: string | null
  readonly note: string | null
}

export interface Book {
  readonly rows: readonly BookRow[]
  readonly count: number
  readonly page: number
  readonly pages: number
  readonly unit: Unit | null
  /** The desks whose books the reader may open. */
  readonly units: readonly Unit[]
  readonly from: string
  readonly to: string
  readonly by: BookDate
}

const PAGE = 50

/** The days asked for; a slip of the pen gives the month so far, a period turned round is turned back. */
function period(ctx: Ctx, input: BookInput): { from: string; to: string } {
  const today = localDate(ctx.now)
  const known = (text: string | undefined, otherwise: string): string => {
    try {
      return text ? addDays(text, 0) : otherwise
    } catch {
      return otherwise
    }
  }
  const [from, to] = [known(input.from, `${today.slice(0, 8)}01`), known(input.to, today)]
  return from <= to ? { from, to } : { from: to, to: from }
}

/** The desks of the reader's own posts; for those who see a tree, every desk in it that has accepted something in the period. */
async function unitsOf(ctx: Ctx, from: Date, to: Date): Promise<Unit[]> {
  if (ctx.actor.kind !== 'officer') return []
  const posts = ctx.actor.posts.filter((post) => BOOK_ROLES.includes(post.role))
  const own = await Promise.all([...new Set(posts.map((post) => post.unitId))].map(async (id) => (await deskFor(ctx.db, await getUnit(ctx.db, id), 'mot_cua')).id))
  const trees = posts.some((post) => TREE_ROLES.includes(post.role))
  // the registers of units that ended are kept by their heirs
  const former = (await Promise.all(own.map((id) => listPredecessors(ctx.db, id)))).flat().map((one) => one.unit.id)
  const kept = trees || former.length > 0
    ? await ctx.db.selectFrom('dossiers.dossier').select(sql<string>`coalesce(registered_unit_id, received_unit_id)`.as('unit')).distinct().where(store.readableBy(ctx.actor)).where('accepted_at', '>=', from).where('accepted_at', '<', to)
      .$if(!trees, (q) => q.where((eb) => eb.or([eb('registered_unit_id', 'in', former), eb('received_unit_id', 'in', former)]))).execute()
    : []
  const units = await listUnitsById(ctx.db, [...new Set([...own, ...kept.map((row) => row.unit)])])
  return [...units].sort((a, b) => Number(own.includes(b.id)) - Number(own.includes(a.id)) || compareVi(a.name, b.name))
}

interface Chosen {
  readonly unit: Unit | null
  readonly units: readonly Unit[]
  readonly from: string
  readonly to: string
  readonly by: BookDate
  readonly where: (eb: ExpressionBuilder<DB, 'dossiers.dossier'>) => ReturnType<typeof eb.and>
}

async function choose(ctx: Ctx, input: BookInput): Promise<Chosen> {
  orThrow(canSeeBook(ctx.actor))
  const { from, to } = period(ctx, input)
  const [start, end] = [atLocal(from, '00:00'), atLocal(addDays(to, 1), '00:00')]
  const units = await unitsOf(ctx, start, end)
  const unit = input.unit === '' && units.length > 1 ? null : (units.find((one) => one.id === input.unit) ?? units[0] ?? null)
  const by = input.by && input.by in BOOK_DATES ? input.by : 'received'
  const words = fold(input.q ?? '').replaceAll(/[|%_\\]/g, ' ').split(' ').filter(Boolean).slice(0, 8)
  return {
    unit, units, from, to, by,
    where: (eb) => eb.and([
      eb('accepted_at', 'is not', null), eb(COLUMNS[by], '>=', start), eb(COLUMNS[by], '<', end),
      ...(unit ? [eb.or([eb('registered_unit_id', '=', unit.id), eb.and([eb('registered_unit_id', 'is', null), eb('received_unit_id', '=', unit.id)])])] : []), ...(input.open ? [eb('returned_at', 'is', null), eb('closed_at', 'is', null)] : []),
      ...words.map((word) => eb('search', 'like', `%${word}%`)),
    ]),
  }
}

const selected = (ctx: Ctx, chosen: Chosen) => ctx.db.selectFrom('dossiers.dossier').where(store.readableBy(ctx.actor)).where(chosen.where)

async function read(ctx: Ctx, chosen: Chosen, limit: number, offset: number): Promise<{ dossiers: Dossier[]; count: number }> {
  const [{ n }, ids] = await Promise.all([
    selected(ctx, chosen).select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow(),
    selected(ctx, chosen).select('id').orderBy('accepted_at').orderBy('code').limit(limit).offset(offset).execute(),
  ])
  const found = await store.findMany(ctx.db, ids.map((row) => row.id))
  return { dossiers: ids.flatMap((row) => found.get(row.id) ?? []), count: n }
}

function noteOf(dossier: Dossier): string | null {
  const late = dossier.dueAt !== null && dossier.finishedAt !== null && dossier.finishedAt > dossier.dueAt
  if (dossier.state === 'DA_TRA') return late ? 'Quá hạn' : null
  if (STATES[dossier.state].final) return STATES[dossier.state].label
  if (dossier.firstDueAt && dossier.dueAt && dossier.firstDueAt < dossier.dueAt) return `Hẹn đầu ${formatDate(dossier.firstDueAt)}`
  return dossier.pausedAt ? 'Tạm dừng tính hạn' : null
}

async function rowsOf(ctx: Ctx, dossiers: readonly Dossier[], offset: number): Promise<BookRow[]> {
  const [masked, strange] = [await maskRows(ctx, dossiers), await strangersAmong(ctx, dossiers)]
  const units = new Map((await listUnitsById(ctx.db, [...new Set(dossiers.map((one) => one.decidedUnitId ?? one.receivedUnitId))])).map((unit) => [unit.id, unit.name]))
  return dossiers.map((dossier, i) => {
    const way = deliveryWay(dossier.form)
    const name = strange.has(dossier.id) ? maskName(dossier.applicant.fullName) : dossier.applicant.fullName
    return {
      no: offset + i + 1, dossier: masked[i]!, address: strange.has(dossier.id) ? null : address(ctx, dossier.applicant.address),
      agency: units.get(dossier.decidedUnitId ?? dossier.receivedUnitId) ?? '', how: DELIVERY_LABELS[way],
      signature: dossier.returnedAt && way === 'online' ? `${name} (trực tuyến)` : null, note: noteOf(dossier),
    }
  })
}

/** A page of the book, in the order of acceptance. Throws Forbidden for those whose work it is not. */
export async function bookPage(ctx: Ctx, input: BookInput): Promise<Book> {
  const chosen = await choose(ctx, input)
  const asked = Math.max(1, Math.trunc(input.page ?? 1) || 1)
  let { dossiers, count } = await read(ctx, chosen, PAGE, (asked - 1) * PAGE)
  const pages = Math.max(1, Math.ceil(count / PAGE))
  const page = Math.min(asked, pages)
  if (page !== asked) dossiers = (await read(ctx, chosen, PAGE, (page - 1) * PAGE)).dossiers
  await recordRows(ctx, dossiers, 'list')
  const { unit, units, from, to, by } = chosen
  return { rows: await rowsOf(ctx, dossiers, (page - 1) * PAGE), count, page, pages, unit, units, from, to, by }
}

/** The whole book of the filter as a PDF. Throws Forbidden, Invalid when it is too long for one print. */
export async function bookPdf(ctx: Ctx, input: BookInput): Promise<{ pdf: Uint8Array; name: string }> {
  const chosen = await choose(ctx, input)
  const { dossiers, count } = await read(ctx, chosen, MOST_ROWS, 0)
  if (count > MOST_ROWS) {
    throw new Invalid([{ key: 'from', message: `Sổ có ${count.toLocaleString('vi-VN')} hồ sơ. Mỗi lần in tối đa ${MOST_ROWS.toLocaleString('vi-VN')}; hãy chọn kỳ ngắn hơn.` }])
  }
  const { actor } = ctx
  const unit = chosen.unit ?? (await getUnit(ctx.db, actor.kind === 'officer' ? actor.posts[0]!.unitId : ''))
  const form = formFor(ctx.forms, 'tracking_book', chosen.to)
  await recordRows(ctx, dossiers, 'export')
  const data: TrackingBookData = {
    ...(await agencyHead(ctx, ctx.db, unit)), formNo: form?.no ?? null, formSet: form?.folder ?? null, number: null, dossier: null, from: chosen.from, to: chosen.to,
    rows: (await rowsOf(ctx, dossiers, 0)).map(({ no, dossier, agency, how, signature, note, address: home }) => ({
      no, code: dossier.code!, procedure: dossier.procedureName, sets: 1, applicant: dossier.applicant.fullName, address: home, phone: dossier.applicant.phone ?? null, agency,
      received: time(dossier.acceptedAt), due: time(dossier.dueAt), returned: time(dossier.returnedAt), how, signature, note,
    })),
    printedBy: actor.kind === 'officer' ? actor.name : 'Hệ thống', printedAt: ctx.now.toISOString(), signer: null,
  }
  return { pdf: await ctx.printer.renderPdf('tracking-book', data, { createdAt: ctx.now }).catch(broken), name: `so-theo-doi-${unit.code ?? unit.id}-${chosen.from}-${chosen.to}.pdf` }
}

const time = (at: Date | null): string | null => (at ? formatDateTime(at) : null)

/** Whether the reader may open any book at all: for the rail. */
export const hasBook = (actor: Actor): boolean => canSeeBook(actor) === null

