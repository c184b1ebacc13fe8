// Changing a calendar: entries added and ended in one act, with the decision it rests on; deadlines follow from the fact.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { Conflict, type FieldError, Invalid, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { changed } from './events.ts'
import { calendarFresh, proposed } from './queries.ts'
import { canKeepCalendar, draftFaults, draftWords, pastFault } from './rules.ts'
import { type Draft, type Entry, ENTRY_KINDS, type EntryKind, type Proposal } from './schema.ts'
import * as store from './store.ts'

const pair = z.tuple([z.string().max(5), z.string().max(5)])

const DraftInput = z.object({
  kind: z.enum(Object.keys(ENTRY_KINDS) as [EntryKind, ...EntryKind[]], 'Chọn loại thay đổi.'),
  from: z.iso.date('Ghi ngày đầu, ví dụ 24/11/2026.'),
  to: z.iso.date('Ghi ngày cuối, ví dụ 25/11/2026.').nullable(),
  name: z.string().trim().max(120, 'Tên không dài quá 120 ký tự.').transform((text) => text.normalize('NFC')),
  sessions: z.record(z.string().regex(/^[1-7]$/), z.array(pair).max(4, 'Mỗi ngày không quá 4 buổi.')).nullable(),
})

export const ChangeInput = z.object({
  /** null: the whole province */
  unit: z.string().nullable(),
  add: z.array(DraftInput).max(10),
  /** ids of live entries that no longer hold */
  end: z.array(z.uuid()).max(10),
  basis: z.string().trim().min(3, 'Ghi số, ngày của quyết định hoặc thông báo làm căn cứ.').max(300, 'Căn cứ không dài quá 300 ký tự.').transform((text) => text.normalize('NFC')),
  /** a closure of days that have passed, entered late */
  late: z.boolean().default(false),
})

export type Change = z.output<typeof ChangeInput>

export interface Weighed {
  readonly proposal: Proposal
  readonly ended: readonly Entry[]
  readonly retroactive: boolean
  /** The days between which work is another now; `to` null without an end. */
  readonly from: string
  readonly to: string | null
  readonly words: string
}

const clean = (draft: Change['add'][number]): Draft => ({ ...draft, to: draft.kind === 'hours' ? draft.to : (draft.to ?? draft.from), sessions: draft.kind === 'sessions' || draft.kind === 'hours' ? (draft.sessions as Draft['sessions']) : null })

/** Looks at a change without making it: who may, whether its days make sense and are still to come. Throws Forbidden, Invalid, Conflict. */
export async function weigh(reader: Reader, ctx: Ctx, change: Change): Promise<Weighed> {
  const unit = change.unit === null ? null : await getUnit(reader, change.unit)
  orThrow(canKeepCalendar(unit?.path ?? null, ctx.actor))
  const add = change.add.map(clean)
  const live = await store.liveOwn(reader, unit?.id ?? null)
  const ended = change.end.map((id) => {
    const found = live.find((entry) => entry.id === id)
    if (!found) throw new Conflict('calendars.entry_gone', 'Mục lịch này vừa được người khác sửa hoặc bỏ. Tải lại trang để xem lịch hiện nay.')
    return found
  })
  if (add.length === 0 && ended.length === 0) throw new Invalid([{ key: 'kind', message: 'Chưa có thay đổi nào.' }])
  const faults: FieldError[] = add.flatMap(draftFaults)
  add.forEach((draft, at) => {
    if (draft.sessions === null && (draft.kind === 'sessions' || draft.kind === 'hours')) faults.push({ key: 'sessions', message: 'Ghi giờ làm việc.' })
    const others = [...live.filter((entry) => !change.end.includes(entry.id)), ...add.slice(0, at)]
    const clash = others.find((entry) => (entry.kind === 'hours') === (draft.kind === 'hours') && (draft.kind === 'hours' ? entry.from === draft.from : entry.from <= draft.to! && entry.to! >= draft.from))
    if (clash) faults.push({ key: 'from', message: `Đã có ${draftWords(clash)} của chính đơn vị này. Sửa hoặc bỏ mục ấy trước.` })
  })
  if (faults.length > 0) throw new Invalid(faults)
  const proposal: Proposal = { unit: unit && { id: unit.id, path: unit.path }, add, end: change.end }
  const all = [...add, ...ended]
  const from = all.map((one) => one.from).sort()[0]!
  const to = all.some((one) => one.to === null) ? null : all.map((one) => one.to!).sort().at(-1)!
  const past = pastFault(await calendarFresh(reader, ctx, unit), await proposed(reader, ctx, proposal)(unit?.id ?? null), from, localDate(ctx.now), change.late)
  if (past.fault) throw new Invalid([past.fault])
  const words = [...add.map((draft) => `ghi ${draftWords(draft)}`), ...ended.map((entry) => `bỏ ${draftWords(entry)}`)].join('; ')
  return { proposal, ended, retroactive: past.retroactive, from, to, words }
}

/** Changes the calendar of a unit or of the province. Open deadlines follow in the background, each with its reason. Throws Forbidden,
 *  Invalid with every fault, Conflict when an entry has been changed meanwhile. */
export const changeCalendar = act(ChangeInput, async (ctx, tx, change): Promise<{ event: number; words: string }> => {
  await store.lockUnit(tx, change.unit)
  const weighed = await weigh(tx, ctx, change)
  const by = { id: ctx.actor.kind === 'officer' ? ctx.actor.id : null, name: ctx.actor.kind === 'anonymous' ? '' : ctx.actor.name, at: ctx.now }
  for (const id of change.end) await store.endEntry(tx, id, by, change.basis)
  const added: string[] = []
  for (const [at, draft] of weighed.proposal.add.entries()) {
    added.push(await store.addEntry(tx, {
      ...draft, unit: weighed.proposal.unit, basis: change.basis, retroactive: weighed.retroactive, replaces: change.end[at] ?? change.end[0] ?? null,
    }, by))
  }
  const event = await emit(tx, ctx, changed, `calendar:${change.unit ?? 'province'}`, {
    unit: change.unit, path: weighed.proposal.unit?.path ?? null, from: weighed.from, to: weighed.to, words: weighed.words, basis: change.basis, added, ended: change.end,
  })
  return { event, words: weighed.words }
})
