// Being away: recorded with a deputy, ended early, each with its fact.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { Conflict, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { formatDate } from '#core/text/dates.ts'
import { addDays, localDate } from '#core/workdays/index.ts'
import { absenceEnded, absenceRecorded } from './events.ts'
import * as lent from './lent-store.ts'
import { canRecordAbsence, spanFaults } from './lent-rules.ts'
import { noteUnmanned } from './manning.ts'
import { getOfficer } from './queries.ts'
import { ownPosts } from './store.ts'

export const recordedBy = (ctx: Ctx): lent.Recorded => ({ at: ctx.now, by: ctx.actor.kind === 'officer' ? ctx.actor.id : null, byName: ctx.actor.kind === 'anonymous' ? '' : ctx.actor.name })

const text = (max: number) => z.string().trim().max(max, `Không dài quá ${max} ký tự.`).transform((given) => given.normalize('NFC'))

export const AbsenceInput = z.object({
  officer: z.string().trim().min(1, 'Chọn người nghỉ.'),
  deputy: z.string().trim().nullish().transform((id) => id || null),
  from: z.iso.date('Ghi ngày đầu nghỉ, ví dụ 24/11/2026.'),
  to: z.iso.date('Ghi ngày cuối nghỉ, ví dụ 28/11/2026.'),
  reason: text(200).refine((given) => given.length >= 2, 'Ghi lý do, ví dụ: nghỉ phép, đi công tác, tập huấn.'),
})

/** Records that an officer is away. Work they have taken goes to the deputy who may do it, else back to the common list, when the first day
 *  begins. Throws Forbidden, Invalid, Conflict('org.absence_overlaps'). */
export const recordAbsence = act(AbsenceInput, async (ctx, tx, input): Promise<{ id: string }> => {
  const today = localDate(ctx.now)
  const officer = await getOfficer(tx, input.officer)
  await lent.lockOfficer(tx, officer.id)
  const posts = await ownPosts(tx, officer.id, today)
  orThrow(canRecordAbsence({ id: officer.id, paths: posts.map((post) => post.unitPath) }, ctx.actor))
  const faults = spanFaults(input.from, input.to, today)
  if (input.from < addDays(today, -7)) faults.push({ key: 'from', message: 'Chỉ ghi nghỉ từ 7 ngày trước trở lại đây.' })
  if (faults.length > 0) throw new Invalid(faults)
  if (input.deputy === officer.id) throw new Invalid([{ key: 'deputy', message: 'Người làm thay phải là người khác.' }])
  const known = await lent.listAbsences(tx, { within: null, officer: officer.id, since: input.from })
  const other = known.find((one) => one.officerId === officer.id && one.from <= input.to)
  if (other) throw new Conflict('org.absence_overlaps', `${officer.fullName} đã ghi nghỉ từ ${formatDate(other.from)} đến ${formatDate(other.to)}. Kết thúc lần nghỉ ấy trước, hoặc chọn ngày khác.`)
  if (input.deputy) {
    const deputy = await getOfficer(tx, input.deputy)
    if ((await ownPosts(tx, deputy.id, today)).length === 0) throw new Invalid([{ key: 'deputy', message: `${deputy.fullName} hiện không giữ chức danh nào nên không làm thay được.` }])
    const away = (await lent.listAbsences(tx, { within: null, officer: deputy.id, since: input.from })).find((one) => one.officerId === deputy.id && one.from <= input.to)
    if (away) throw new Conflict('org.deputy_absent', `${deputy.fullName} cũng nghỉ từ ${formatDate(away.from)} đến ${formatDate(away.to)}. Chọn người làm thay khác.`)
  }
  const id = await lent.addAbsence(tx, input, recordedBy(ctx))
  await emit(tx, ctx, absenceRecorded, `officer:${officer.id}`, { absence: id, officer: officer.id, deputy: input.deputy, from: input.from, to: input.to, reason: input.reason })
  await noteUnmanned(tx, ctx, [...new Set(posts.map((post) => post.unitId))], input.from > today ? input.from : today)
  return { id }
})

/** Ends an absence now: one not yet begun is called off, one under way ends yesterday. Silent when it had ended. Throws Forbidden, NotFound. */
export const endAbsence = act(z.object({ id: z.uuid() }), async (ctx, tx, input): Promise<void> => {
  const absence = await lent.findAbsence(tx, input.id)
  if (!absence) throw new NotFound('org.no_absence', 'Không có lần nghỉ này.')
  await lent.lockOfficer(tx, absence.officerId)
  const today = localDate(ctx.now)
  const posts = await ownPosts(tx, absence.officerId, today)
  orThrow(canRecordAbsence({ id: absence.officerId, paths: posts.map((post) => post.unitPath) }, ctx.actor))
  if (absence.endedAt !== null || absence.to < today) return
  if (absence.from >= today) await lent.endAbsence(tx, absence.id, recordedBy(ctx))
  else await lent.cutAbsence(tx, absence.id, addDays(today, -1))
  await emit(tx, ctx, absenceEnded, `officer:${absence.officerId}`, { absence: absence.id, officer: absence.officerId, on: today })
})
