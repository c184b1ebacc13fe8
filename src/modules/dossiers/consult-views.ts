// Consultations as screens read them, units that may be asked, and work of units that have ended, moved to their successors.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Reader, type Tx } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import type { Refusal } from '#core/errors.ts'
import { listFiles, type StoredFile } from '#modules/files/index.ts'
import { deskFor, getUnit, listSuccessors, listUnits, listUnitsById, type Unit } from '#modules/org/index.ts'
import { findItem, type Item, itemsOnUnits, moveItem, openUnits } from '#modules/work/index.ts'
import { canAnswer, canConsult, canSteer } from './consult-rules.ts'
import { changeConsultation, type Consultation, consultations, findConsultation } from './consult-store.ts'
import { workMoved } from './events.ts'
import { receive } from './handover.ts'
import { addHandover } from './handover-store.ts'
import { partyOf } from './rules.ts'
import type { Dossier } from './schema.ts'
import * as store from './store.ts'

export interface ConsultationView extends Consultation {
  readonly unitName: string
  /** Answered after its share, or still unanswered past it. */
  readonly late: boolean
  readonly file: StoredFile | null
  /** Why this reader may not answer, remind or take back; null: may. */
  readonly acts: { readonly answer: Refusal | null; readonly steer: Refusal | null }
}

/** The dossier's consultations, oldest first. The applicant sees whom and until when, never the question or the answer. */
export async function consultationsOf(reader: Reader, ctx: Ctx, dossier: Dossier, items: readonly Item[]): Promise<ConsultationView[]> {
  const rows = await consultations(reader, dossier.id)
  if (rows.length === 0) return []
  const units = new Map((await listUnitsById(reader, rows.map((row) => row.unitId))).map((unit) => [unit.id, unit.name]))
  const files = await listFiles(reader, rows.flatMap((row) => (row.fileId ? [row.fileId] : [])))
  const applicant = ctx.actor.kind === 'citizen'
  return rows.map((row) => {
    const unitName = units.get(row.unitId) ?? row.unitId
    const [asking, answering] = [items.find((item) => item.id === row.itemId), items.find((item) => item.id === row.answerItemId)]
    const acts = {
      answer: answering ? canAnswer({ ...row, unitName }, answering, ctx.actor) : gone,
      steer: asking ? canSteer(row, dossier, asking, ctx.actor) : gone,
    }
    const late = (row.answeredAt ?? (row.state === 'open' ? ctx.now : row.dueAt)) > row.dueAt
    const inside = applicant ? { question: '', answer: null, askedByName: '', answeredByName: null, withdrawnReason: null, opinion: null, fileId: null } : {}
    return { ...row, ...inside, unitName, late, file: !applicant && row.fileId ? (files.get(row.fileId) ?? null) : null, acts }
  })
}

const gone: Refusal = { code: 'work.no_item', message: 'Không còn việc này.', kind: 'conflict' }

/** Which dossier a consultation belongs to; whether the reader may see it is asked there. */
export const dossierOfConsultation = async (reader: Reader, id: string): Promise<string | null> =>
  /^[0-9a-f-]{36}$/i.test(id) ? ((await findConsultation(reader, { id }))?.dossierId ?? null) : null

/** Open steps of the reader from which opinions may be asked now. */
export const askable = (dossier: Dossier, items: readonly Item[], ctx: Ctx): Item[] =>
  items.filter((item) => (item.state === 'open' || item.state === 'claimed') && canConsult(dossier, item, ctx.actor) === null)

/** Units to suggest, nearest first: parts of the deciding commune and bodies beside it, departments and bodies of the province, communes. */
export async function unitsToAsk(reader: Reader, dossier: Dossier): Promise<Unit[]> {
  const lead = await getUnit(reader, dossier.decidedUnitId ?? dossier.receivedUnitId)
  const root = lead.path.split('.')[0]!
  const [near, all] = [lead.level === 'xa' ? await listUnits(reader, { within: lead.path, limit: 60 }) : [], await listUnits(reader, { within: root, limit: 3000 })]
  const wide = all.filter((unit) => unit.level === 'tinh' || unit.level === 'xa' || (unit.level === 'ngoai' && unit.parentId === all[0]?.id))
  const seen = new Set<string>()
  return [...near, ...wide].filter((unit) => unit.kind !== 'thon' && unit.id !== lead.id && !seen.has(unit.id) && seen.add(unit.id))
}

async function successorOf(tx: Tx, start: Unit): Promise<Unit | null> {
  let unit = start
  for (let hops = 0; unit.validTo !== null; hops++) {
    const next = (await listSuccessors(tx, unit.id)).find((row) => row.main)
    if (!next || hops > 10) return null
    unit = next.unit
  }
  return unit
}

/** Open work on desks of units that have ended goes to the successor's desk, which may read the dossier from then on. Idempotent; runs by the
 *  hour. Returns how many items moved. */
export async function moveFromEnded(ctx: Ctx): Promise<number> {
  const ended = (await listUnitsById(ctx.db, await openUnits(ctx.db))).filter((unit) => unit.validTo !== null)
  if (ended.length === 0) return 0
  const names = new Map(ended.map((unit) => [unit.id, unit]))
  let moved = 0
  for (const { id, subject } of await itemsOnUnits(ctx.db, [...names.keys()])) {
    await inTransaction(ctx.db, async (tx) => {
      const dossier = await store.lock(tx, subject)
      const item = await findItem(tx, id)
      const old = item?.unitId ? names.get(item.unitId) : undefined
      if (!dossier?.code || !item || !old || (item.state !== 'open' && item.state !== 'claimed')) return
      const next = await successorOf(tx, old)
      if (!next) return
      const desk = await deskFor(tx, next, item.role)
      await moveItem(tx, item, desk)
      await store.addParty(tx, dossier.id, partyOf(desk), ctx.now)
      const asked = await findConsultation(tx, { answerItem: item.id })
      if (asked) await changeConsultation(tx, asked.id, { deskUnitId: desk.id })
      await receive(tx, item, { officer: null, name: null }, ctx.now)
      await addHandover(tx, dossier.id, {
        kind: asked ? 'consultation' : 'step', step: item.name, from: { unitId: old.id, role: item.role, officer: null, name: null },
        to: { unitId: desk.id, role: item.role, officer: null, name: null }, itemId: item.id, handedAt: ctx.now, dueAt: item.dueAt, rule: null, receivedAt: null, result: null,
        note: `${old.name} đã kết thúc hoạt động; ${desk.name} kế tục.`,
      })
      await emit(tx, ctx, workMoved, dossier.id, { code: dossier.code, item: item.id, name: item.name, from: old.id, fromName: old.name, to: desk.id, toName: desk.name })
      moved += 1
    })
  }
  return moved
}
