// HTTP of calendars: the month, the form of a change, its preview, the change itself.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts'
import { listEvents } from '#core/events/index.ts'
import { localDate } from '#core/workdays/index.ts'
import {
  calendarHistory, calendarOf, canKeepCalendar, type Change, changeCalendar, ChangeInput, entriesFor, type Entry, findEntry, ownEntries,
} from '#modules/calendars/index.ts'
import { calendarMoves, previewCalendar } from '#modules/dossiers/index.ts'
import { getUnit, keeps, listUnits, type Unit } from '#modules/org/index.ts'
import { type Body, bodyOf, one, queryOf } from '../../desk/answers.tsx'
import { say } from '../../desk/flash.ts'
import { sendDesk } from '../../desk/frame.tsx'
import { seeOther } from '../../page.tsx'
import { monthOf } from './dates.ts'
import { answersOf, type Asked, draftsOf, FORM_KINDS, type FormKind, questionsOf, readAsked } from './form.ts'
import { calendarHref, CalendarScreen, ChangeScreen, type ChangeView, KindScreen, PreviewScreen } from './screens.tsx'

type Id = { Params: { id: string } }
const CRUMB = { label: 'Lịch làm việc', href: '/admin/calendars' }

function tree(request: FastifyRequest): string | null {
  const kept = keeps(request.ctx.actor)
  if (kept === undefined) throw new Forbidden('calendars.not_administrator', 'Phần này dành cho quản trị đơn vị và quản trị hệ thống.')
  return kept
}

/** The unit asked for, within the reader's tree; null is the whole province, which anyone here may look at. */
async function unitOf(request: FastifyRequest, id: string): Promise<Unit | null> {
  const kept = tree(request)
  if (id === '') return null
  const unit = await getUnit(request.ctx.db, id)
  if (kept !== null && unit.path !== kept && !unit.path.startsWith(`${kept}.`)) throw new NotFound('calendars.not_in_tree', 'Đơn vị này không thuộc phạm vi quản trị của ông/bà.')
  return unit
}

const home = (request: FastifyRequest): string => {
  const { actor } = request.ctx
  return tree(request) === null || actor.kind !== 'officer' ? '' : (actor.posts.find((post) => post.role === 'quan_tri_don_vi')?.unitId ?? '')
}

async function movesByEntry(request: FastifyRequest, unit: Unit | null): Promise<Map<string, { moved: number; kept: number }>> {
  const found = new Map<string, { moved: number; kept: number }>()
  const events = (await listEvents(request.ctx.db, `calendar:${unit?.id ?? 'province'}`)).filter((event) => event.name === 'calendars.changed').slice(-20)
  for (const event of events) {
    const counted = await calendarMoves(request.ctx.db, event.id)
    for (const id of event.data['added'] as string[]) found.set(id, counted)
  }
  return found
}

export async function calendarRoutes(app: FastifyInstance): Promise<void> {
  app.get('/calendars', async (request, reply) => {
    const { ctx } = request
    const query = queryOf(request)
    const kept = tree(request)
    const asked = 'unit' in query ? one(query, 'unit') : home(request)
    const q = one(query, 'q')
    const unit = await unitOf(request, asked)
    const id = unit?.id ?? null
    const [calendar, entries, own, history, moves, found] = await Promise.all([
      calendarOf(ctx.db, ctx, id), entriesFor(ctx.db, id), ownEntries(ctx.db, id), calendarHistory(ctx.db, id, 60), movesByEntry(request, unit),
      q ? listUnits(ctx.db, { q, within: kept ?? undefined, limit: 12 }) : [],
    ])
    const refused = canKeepCalendar(unit?.path ?? null, ctx.actor)?.message ?? null
    const recent = own.filter((entry) => entry.to === null || entry.to >= localDate(ctx.now))
    return sendDesk(request, reply, { title: 'Lịch làm việc', here: 'calendars' },
      <CalendarScreen
        unit={unit} month={monthOf(one(query, 'month'), ctx.now)} today={localDate(ctx.now)} calendar={calendar} national={ctx.calendar} entries={entries} refused={refused} own={recent}
        inherited={entries.filter((entry) => entry.unitId !== id && (entry.to === null || entry.to >= localDate(ctx.now)))} history={history} moves={moves} province q={q} found={found}
        dayHref={refused ? null : (date) => `/admin/calendars/changes/new?${new URLSearchParams({ ...(id ? { unit: id } : {}), on: date })}`}
      />)
  })

  app.get('/calendars/changes/new', async (request, reply) => {
    const { ctx } = request
    const query = queryOf(request)
    const unit = await unitOf(request, one(query, 'unit'))
    const refused = canKeepCalendar(unit?.path ?? null, ctx.actor)
    if (refused) throw new Forbidden(refused.code, refused.message)
    const on = /^\d{4}-\d{2}-\d{2}$/.test(one(query, 'on')) ? one(query, 'on') : null
    const kind = one(query, 'kind')
    if (!(kind in FORM_KINDS)) return sendDesk(request, reply, { title: 'Ghi thay đổi lịch', here: 'calendars', crumbs: [CRUMB, { label: 'Ghi thay đổi' }] }, <KindScreen unit={unit} on={on} />)
    const asked: Asked = { kind: kind as FormKind, answers: on ? { from: on } : {}, late: false, end: [] }
    return sendChange(request, reply, { ctx, unit, asked, entry: null })
  })

  const sendChange = (request: FastifyRequest, reply: FastifyReply, view: ChangeView) =>
    sendDesk(request, reply, { title: view.entry ? 'Sửa lịch' : FORM_KINDS[view.asked.kind].label, here: 'calendars', status: view.errors ? 422 : 200, crumbs: [CRUMB, { label: view.entry?.name ?? FORM_KINDS[view.asked.kind].label }] }, <ChangeScreen {...view} />)

  async function entryOf(request: FastifyRequest, id: string): Promise<{ entry: Entry; unit: Unit | null }> {
    tree(request)
    const entry = /^[0-9a-f-]{36}$/i.test(id) ? await findEntry(request.ctx.db, id) : null
    if (!entry || entry.endedAt) throw new NotFound('calendars.no_entry', 'Mục lịch này không còn; có thể đã được sửa hoặc bỏ. Xem lịch hiện nay.')
    return { entry, unit: await unitOf(request, entry.unitId ?? '') }
  }

  app.get<Id>('/calendars/entries/:id', async (request, reply) => {
    const { entry, unit } = await entryOf(request, request.params.id)
    const refused = canKeepCalendar(unit?.path ?? null, request.ctx.actor)
    if (refused) throw new Forbidden(refused.code, refused.message)
    return sendChange(request, reply, { ctx: request.ctx, unit, asked: answersOf(entry), entry })
  })

  /** The change that the body asks for, or the form again with what is wrong. */
  async function changeOf(request: FastifyRequest, body: Body): Promise<{ unit: Unit | null; asked: Asked; change: Change | null; faults: Invalid['fields']; entry: Entry | null; onlyEnd: boolean }> {
    const unit = await unitOf(request, one(body, 'unit'))
    const asked = readAsked(body)
    const onlyEnd = one(body, 'only_end') === '1'
    const { drafts, basis, faults } = onlyEnd ? { drafts: [], basis: one(body, 'basis'), faults: [] } : draftsOf(asked)
    const entry = asked.end.length > 0 ? ((await ownEntries(request.ctx.db, unit?.id ?? null)).find((one) => one.id === asked.end[0]) ?? null) : null
    const given = { unit: unit?.id ?? null, add: drafts, end: [...asked.end], basis, late: asked.late }
    const parsed = ChangeInput.safeParse(given)
    const shape = parsed.success ? [] : parsed.error.issues.map((issue) => ({ key: String(issue.path[0] === 'add' ? (issue.path[2] ?? 'from') : issue.path[0]), message: issue.message }))
    const all = faults.length > 0 ? faults : shape
    return { unit, asked, change: parsed.success && all.length === 0 ? parsed.data : null, faults: all, entry, onlyEnd }
  }

  const FIELDS = ['unit', 'kind', 'end', 'late', 'only_end'] as const

  const posted = (body: Body, asked: Asked): [string, string][] => [...FIELDS, ...questionsOf(asked.kind).map((question) => question.key)]
    .flatMap((key) => [body[key]].flat().filter((value): value is string => typeof value === 'string').map((value): [string, string] => [key, value]))
    .concat(Object.keys(body).filter((key) => /\.(d|m|y|day|month|year|h|hour|minute)$/.test(key)).flatMap((key) => (typeof body[key] === 'string' ? [[key, body[key] as string] as [string, string]] : [])))

  const told = (error: unknown): Invalid['fields'] => {
    if (error instanceof Invalid) return error.fields.map((fault) => ({ key: fault.key.replace(/^add\.\d+\./, ''), message: fault.message }))
    if (error instanceof Conflict) return [{ key: 'from', message: error.message }]
    throw error
  }

  app.post('/calendars/changes/preview', async (request, reply) => {
    const { ctx } = request
    const body = bodyOf(request)
    const { unit, asked, change, faults, entry, onlyEnd } = await changeOf(request, body)
    if (!change) return sendChange(request, reply, { ctx, unit, asked, errors: faults, entry })
    try {
      const preview = await previewCalendar(ctx, change)
      return await sendDesk(request, reply, { title: 'Trước khi ghi', here: 'calendars', crumbs: [CRUMB, { label: 'Xem trước' }] },
        <PreviewScreen unit={unit} asked={asked} onlyEnd={onlyEnd} basis={change.basis} preview={preview} fields={posted(body, asked)} />)
    } catch (error) {
      return sendChange(request, reply, { ctx, unit, asked, errors: told(error), entry })
    }
  })

  app.post('/calendars/changes/back', async (request, reply) => {
    const { unit, asked, entry } = await changeOf(request, bodyOf(request))
    return sendChange(request, reply, { ctx: request.ctx, unit, asked, entry })
  })

  app.post('/calendars/changes', async (request, reply) => {
    const { ctx } = request
    const { unit, asked, change, faults, entry } = await changeOf(request, bodyOf(request))
    if (!change) return sendChange(request, reply, { ctx, unit, asked, errors: faults, entry })
    try {
      const { words } = await changeCalendar(ctx, change)
      say(request, reply, { message: `Đã ${words}. Hạn của hồ sơ đang mở được tính lại ngay; số hạn đã dời hiện ở cuối trang.` })
      const month = (change.add[0]?.from ?? entry?.from ?? localDate(ctx.now)).slice(0, 7)
      return await seeOther(reply, calendarHref(unit?.id ?? null, { month }))
    } catch (error) {
      return sendChange(request, reply, { ctx, unit, asked, errors: told(error), entry })
    }
  })
}
