// HTTP of units that begin, of going live, and of those who look after computers.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Forbidden, Invalid } from '#core/errors.ts'
import { fold } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { giveAgain, notYetIn, readTakenOn, takeOn } from '#modules/identity/index.ts'
import {
  addItContact, canOpenUnit, canPlanRollout, endItContact, findSeat, getUnit, goLive, isVillage, itCoverage, keeps, listDuty, listItContacts, listPosts, listRollout, listUnits, liveFaults, openUnit, openVillages, planRollout,
  rolloutCoverage, setDuty, type Unit, UNIT_LEVELS, UNIT_TEMPLATES, type UnitLevel,
} from '#modules/org/index.ts'
import { type Body, bodyOf, day, many, one, queryOf } from '../../desk/answers.tsx'
import { say } from '../../desk/flash.ts'
import { sendDesk } from '../../desk/frame.tsx'
import { seeOther } from '../../page.tsx'
import { unitHref } from '../units.tsx'
import { ItScreen } from './it-staff.tsx'
import { NewUnitScreen, OpeningScreen, PasswordsScreen, PeoplePreview, type Readiness, RolloutScreen, type Values } from './screens.tsx'

type Id = { Params: { id: string } }
const CRUMB = { label: 'Đơn vị', href: '/admin/units' }
const openingHref = (id: string): string => `${unitHref({ id })}/opening`

function tree(request: FastifyRequest): string | null {
  const kept = keeps(request.ctx.actor)
  if (kept === undefined) throw new Forbidden('org.not_administrator', 'Phần này dành cho quản trị đơn vị và quản trị hệ thống.')
  return kept
}

const inTree = (path: string, kept: string | null): boolean => kept === null || path === kept || path.startsWith(`${kept}.`)

async function unitIn(request: FastifyRequest): Promise<Unit> {
  const kept = tree(request)
  const unit = await getUnit(request.ctx.db, (request.params as { id: string }).id)
  if (inTree(unit.path, kept)) return unit
  throw new Forbidden('org.not_in_tree', 'Đơn vị này không thuộc phạm vi quản trị của ông/bà.')
}

const valuesOf = (body: Body): Values => Object.fromEntries(Object.keys(body).map((name) => [name, one(body, name)]))
/** Faults of an input, or the one sentence of a conflict, for the page that it came from; anything else is thrown. */
function told(error: unknown): Invalid['fields'] {
  if (error instanceof Invalid) return error.fields
  if (error instanceof Conflict) return [{ key: '', message: error.message }]
  throw error
}

/** Whether everybody of the list has an account already and has never signed in. */
async function takenBefore({ ctx }: FastifyRequest, unit: Unit, list: string): Promise<boolean> {
  const [rows, waiting] = await Promise.all([readTakenOn(ctx, { unit: unit.id, list }).catch(() => []), notYetIn(ctx, { unit: unit.id })])
  const names = new Set(waiting.map((one) => fold(one.fullName)))
  return rows.length > 0 && rows.every((row) => names.has(fold(row.fullName)))
}

export async function openingRoutes(app: FastifyInstance): Promise<void> {
  const newUnit = async (request: FastifyRequest, reply: FastifyReply, values: Values, faults: Invalid['fields'] = []) => {
    const { ctx } = request
    const kept = tree(request)
    const parents = (await listUnits(ctx.db, { limit: 3000, ...(kept === null ? {} : { within: kept }) })).filter((unit) => !unit.outside && (unit.level === 'tinh' || unit.level === 'xa'))
    const templates = UNIT_TEMPLATES.filter((template) => parents.some((parent) => template.under.includes(parent.level) && canOpenUnit(ctx.actor, template, parent) === null))
    return sendDesk(request, reply, { title: 'Lập đơn vị mới', here: 'units', status: faults.length > 0 ? 422 : 200, crumbs: [CRUMB, { label: 'Lập đơn vị mới' }] },
      <NewUnitScreen templates={templates} parents={parents} values={values} faults={faults} />)
  }
  app.get('/units/new', async (request, reply) => newUnit(request, reply, { template: one(queryOf(request), 'template'), parent: one(queryOf(request), 'parent'), from: localDate(request.ctx.now) }))
  app.post('/units/new', async (request, reply) => {
    const body = bodyOf(request)
    tree(request)
    try {
      const unit = await openUnit(request.ctx, {
        template: one(body, 'template'), parent: one(body, 'parent'), name: one(body, 'name'), code: one(body, 'code').toUpperCase(), identifier: one(body, 'identifier'), decision: one(body, 'decision'), from: day(body, 'from'),
      })
      say(request, reply, { message: `Đã lập ${unit.name} với các phòng và chức danh. Nay giao chức danh cho từng người.`, tone: 'good' })
      return await seeOther(reply, openingHref(unit.id))
    } catch (error) {
      return newUnit(request, reply, valuesOf(body), told(error))
    }
  })

  const opening = async (request: FastifyRequest, reply: FastifyReply, unit: Unit, more: { faults?: Invalid['fields']; list?: string; villages?: string; again?: boolean } = {}) => {
    const { ctx } = request
    const today = localDate(ctx.now)
    const [rollout, lacking, posts, seat, contacts, children, waiting] = await Promise.all([
      listRollout(ctx.db, { unit: unit.id }), liveFaults(ctx.db, unit, today), listPosts(ctx.db, { within: unit.path, on: today, limit: 1000 }), findSeat(ctx.db, unit.id), listItContacts(ctx.db), listUnits(ctx.db, { parentId: unit.id }),
      notYetIn(ctx, { unit: unit.id }),
    ])
    const vacant = [...Map.groupBy(posts.filter((post) => post.holder === null), (post) => post.title)].map(([title, all]) => ({ title, count: all.length }))
    const villages = children.filter(isVillage)
    const administrator = posts.some((post) => post.role === 'quan_tri_don_vi' && post.holder !== null)
    const items: Readiness[] = [
      { label: 'Đơn vị, phòng, chức danh', done: posts.length > 0, needed: true, note: `${children.length} đơn vị bên dưới, ${posts.length} chức danh.` },
      { label: 'Người nhận hồ sơ, văn thư, lãnh đạo ký', done: lacking.length === 0, needed: true, note: lacking.length === 0 ? 'Đủ người để nhận, ký và trả kết quả.' : lacking.join(' ') },
      { label: 'Quản trị tài khoản đơn vị', done: administrator, needed: false, note: administrator ? 'Đơn vị tự giao chức danh và lập tài khoản được.' : 'Nên có một người, để đơn vị tự lo tài khoản của mình.' },
      { label: 'Mã định danh điện tử', done: unit.identifier !== null, needed: false, note: unit.identifier ?? 'Chưa có: mã hồ sơ dùng mã của cấp trên.' },
      { label: 'Lịch làm việc', done: true, needed: false, note: 'Theo lịch của tỉnh; sửa riêng cho đơn vị khi cần.', href: `/admin/calendars?unit=${encodeURIComponent(unit.id)}` },
      { label: 'Vị trí trụ sở', done: seat !== null, needed: false, note: seat ? seat.address ?? `${seat.latitude}, ${seat.longitude}` : 'Chưa ghi: bản đồ và khoảng cách chưa tính được.' },
      { label: 'Cán bộ công nghệ thông tin', done: contacts.some((contact) => contact.unitId === unit.id), needed: false, note: 'Ai được gọi khi hỏng hóc.', href: '/admin/it-staff' },
      ...(unit.level === 'xa' ? [{ label: 'Thôn, bản, tổ dân phố', done: villages.length > 0, needed: false, note: villages.length > 0 ? `${villages.length} thôn, tổ dân phố.` : 'Chưa ghi thôn nào.' }] : []),
    ]
    return sendDesk(request, reply, { title: `Đưa ${unit.shortName} vào vận hành`, here: 'units', status: more.faults ? 422 : 200, crumbs: [CRUMB, { label: unit.shortName, href: unitHref(unit) }, { label: 'Vận hành' }] },
      <OpeningScreen unit={unit} rollout={rollout[0] ?? null} items={items} mayPlan={canPlanRollout(ctx.actor) === null} vacant={vacant} waiting={waiting} {...more} />)
  }
  app.get<Id>('/units/:id/opening', async (request, reply) => opening(request, reply, await unitIn(request)))

  app.post<Id>('/units/:id/opening/people', { config: { confirm: true } }, async (request, reply) => {
    const unit = await unitIn(request)
    const body = bodyOf(request)
    const list = String([body['list']].flat().at(-1) ?? '')
    const page = { title: 'Xem trước danh sách cán bộ', here: 'units', crumbs: [CRUMB, { label: unit.shortName, href: openingHref(unit.id) }, { label: 'Danh sách' }] } as const
    try {
      if (one(body, 'do') === 'take') {
        const taken = await takeOn(request.ctx, { unit: unit.id, list })
        reply.header('cache-control', 'no-store')
        return await sendDesk(request, reply, { ...page, title: 'Tài khoản đã lập' }, <PasswordsScreen unit={unit} taken={taken} />)
      }
      return await sendDesk(request, reply, page, <PeoplePreview unit={unit} rows={await readTakenOn(request.ctx, { unit: unit.id, list })} list={list} />)
    } catch (error) {
      const faults = told(error)
      // pressed twice: the first press made these accounts, and its answer with the passwords was never seen
      if (one(body, 'do') === 'take' && (await takenBefore(request, unit, list))) return opening(request, reply, unit, { again: true })
      return opening(request, reply, unit, { faults, list })
    }
  })

  app.post<Id>('/units/:id/opening/passwords', { config: { confirm: true } }, async (request, reply) => {
    const unit = await unitIn(request)
    try {
      const taken = await giveAgain(request.ctx, { unit: unit.id, officers: many(bodyOf(request), 'officers') })
      reply.header('cache-control', 'no-store')
      return await sendDesk(request, reply, { title: 'Mật khẩu đã đặt lại', here: 'units', crumbs: [CRUMB, { label: unit.shortName, href: openingHref(unit.id) }, { label: 'Mật khẩu' }] }, <PasswordsScreen unit={unit} taken={taken} anew />)
    } catch (error) {
      return opening(request, reply, unit, { faults: told(error) })
    }
  })

  app.post<Id>('/units/:id/opening/villages', async (request, reply) => {
    const unit = await unitIn(request)
    const list = String([bodyOf(request)['list']].flat().at(-1) ?? '')
    try {
      const done = await openVillages(request.ctx, { commune: unit.id, list })
      say(request, reply, { message: `Đã thêm ${done.added.length} thôn, tổ dân phố${done.known.length > 0 ? `; ${done.known.length} đã có từ trước` : ''}.`, tone: 'good' })
      return await seeOther(reply, openingHref(unit.id))
    } catch (error) {
      return opening(request, reply, unit, { faults: told(error), villages: list })
    }
  })

  app.post<Id>('/units/:id/opening/plan', async (request, reply) => {
    const unit = await unitIn(request)
    const body = bodyOf(request)
    try {
      await planRollout(request.ctx, { units: [unit.id], wave: one(body, 'wave') || null, plannedOn: day(body, 'plannedOn') || null })
      say(request, reply, { message: 'Đã đặt ngày vận hành. Sáng ngày ấy, nếu đủ người, đơn vị tự mở cho người dân.', tone: 'good' })
      return await seeOther(reply, openingHref(unit.id))
    } catch (error) {
      return opening(request, reply, unit, { faults: told(error) })
    }
  })

  app.post<Id>('/units/:id/opening/live', async (request, reply) => {
    const unit = await unitIn(request)
    try {
      await goLive(request.ctx, { unit: unit.id })
      say(request, reply, { message: `${unit.name} đang vận hành: người dân chọn được nơi này để nộp hồ sơ.`, tone: 'good' })
      return await seeOther(reply, openingHref(unit.id))
    } catch (error) {
      return opening(request, reply, unit, { faults: told(error) })
    }
  })

  const label = (level: string): string => (level in UNIT_LEVELS ? UNIT_LEVELS[level as UnitLevel] : level)
  app.get('/rollout', async (request, reply) => {
    const kept = tree(request)
    const [all, coverage] = await Promise.all([listRollout(request.ctx.db), rolloutCoverage(request.ctx.db)])
    const mine = all.filter((row) => inTree(row.unit.path, kept))
    return sendDesk(request, reply, { title: 'Triển khai', here: 'rollout' },
      <RolloutScreen waiting={mine.filter((row) => !row.liveAt)} live={mine.filter((row) => row.liveAt)} coverage={coverage.map((row) => ({ ...row, label: label(row.level) }))} mayPlan={canPlanRollout(request.ctx.actor) === null} />)
  })
  app.post('/rollout', async (request, reply) => {
    const body = bodyOf(request)
    await planRollout(request.ctx, { units: many(body, 'units'), wave: one(body, 'wave') || null, plannedOn: day(body, 'plannedOn') || null })
    say(request, reply, { message: 'Đã xếp đợt.', tone: 'good' })
    return seeOther(reply, '/admin/rollout')
  })

  const staff = async (request: FastifyRequest, reply: FastifyReply, faults: Invalid['fields'] = []) => {
    const { ctx } = request
    const kept = tree(request)
    const q = fold(one(queryOf(request), 'q'))
    const [contacts, coverage, duty, units] = await Promise.all([listItContacts(ctx.db), itCoverage(ctx.db), listDuty(ctx, localDate(ctx.now)), listUnits(ctx.db, { limit: 3000, ...(kept === null ? {} : { within: kept }) })])
    return sendDesk(request, reply, { title: 'Cán bộ công nghệ thông tin', here: 'it', status: faults.length > 0 ? 422 : 200 },
      <ItScreen
        contacts={contacts.filter((contact) => fold(`${contact.fullName} ${contact.unitName}`).includes(q))} coverage={coverage.map((row) => ({ ...row, label: label(row.level) }))} duty={duty} today={localDate(ctx.now)}
        units={units.filter((unit) => unit.level === 'tinh' || unit.level === 'huyen' || unit.level === 'xa')} mine={(path) => inTree(path, kept)} q={one(queryOf(request), 'q')} {...(faults.length > 0 ? { faults, values: valuesOf(bodyOf(request)) } : {})}
      />)
  }
  app.get('/it-staff', async (request, reply) => staff(request, reply))
  app.post('/it-staff', async (request, reply) => {
    const body = bodyOf(request)
    tree(request)
    try {
      await addItContact(request.ctx, { unit: one(body, 'unit'), fullName: one(body, 'fullName'), phone: one(body, 'phone'), email: one(body, 'email'), fullTime: one(body, 'fullTime') === '1' })
    } catch (error) {
      return staff(request, reply, told(error))
    }
    return seeOther(reply, '/admin/it-staff')
  })
  app.post<Id>('/it-staff/:id/removal', async (request, reply) => {
    await endItContact(request.ctx, { id: request.params.id })
    return seeOther(reply, '/admin/it-staff')
  })
  app.post('/it-staff/duty', async (request, reply) => {
    const body = bodyOf(request)
    tree(request)
    try {
      await setDuty(request.ctx, { contact: one(body, 'contact'), from: day(body, 'from'), to: day(body, 'to') })
    } catch (error) {
      return staff(request, reply, told(error))
    }
    return seeOther(reply, '/admin/it-staff')
  })
}
