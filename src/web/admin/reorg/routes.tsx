// HTTP of plans of reorganisation: the list, beginning one, its picture, its report, and the way to execution and back.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, Conflict, Forbidden, Invalid, NotFound, Unavailable } from '#core/errors.ts'
import { localDate } from '#core/workdays/index.ts'
import { casesOf } from '#modules/dossiers/index.ts'
import { calledName, listUnits, listUnitsById } from '#modules/org/index.ts'
import {
  canCancel, canConfirm, canEdit, canExecute, canPlan, canReadPlans, canReturn, canRollBack, cancelPlan, confirmPlan, contentOf, draftPlan, executePlan, howFar, listPlans, lookAt, madeByPlan, type Plan, type Preview, previewRollBack,
  returnPlan, rollBackPlan, sealsOfPlan, sendPlan, settleSeal,
} from '#modules/reorg/index.ts'
import { bodyOf, day, one, queryOf } from '../../desk/answers.tsx'
import { say } from '../../desk/flash.ts'
import { deskStyle, sendDesk } from '../../desk/frame.tsx'
import { sendSheet, sheetForm } from '../../desk/sheet.tsx'
import { seeOther } from '../../page.tsx'
import { type Basics, BASICS, clashes, editPlan, merged } from './edit.ts'
import { BasicsScreen, PlansScreen, QUESTIONS } from './list.tsx'
import { PlanScreen } from './plan.tsx'
import { CRUMB, type Id, may, planIn, planPage, why } from './opened.ts'
import { type Chosen, type Keeper, keepersOf, readKeepers } from './keepers.ts'
import { drawn, namer, unitsOf } from './reading.ts'
import { MOST_CASES, PartScreen, ReportScreen } from './report.tsx'
import { RollBackScreen } from './rollback.tsx'
import { RunScreen } from './run.tsx'
import { stepRoutes } from './routes-steps.tsx'
import { ranReport, ranRoutes } from './ran.tsx'
import { journeysOf } from './travel.ts'
import { HOME, planHref } from './words.ts'

/** A run that takes longer than this goes on by itself, and its page is shown instead. */
const PATIENCE_MS = 2500

function readBasics(request: FastifyRequest): { mine: Basics; values: Record<string, unknown> } {
  const body = bodyOf(request)
  const [text, days] = [(key: string) => one(body, key).normalize('NFC'), Number(one(body, 'windowDays') || '30')]
  const mine: Basics = { title: text('title'), decisionNo: text('decisionNo'), decisionOn: day(body, 'decisionOn'), day: day(body, 'day'), note: text('note') || null, follow: one(body, 'follow') === '1', windowDays: days }
  return { mine, values: mine as unknown as Record<string, unknown> }
}

const faultsOf = (error: unknown): Invalid['fields'] => {
  if (error instanceof Invalid) return error.fields.map(({ key, message }) => ({ key: key.replace(/^content\./, ''), message }))
  if (error instanceof Conflict) return [{ key: 'title', message: error.message }]
  throw error
}

export async function reorgRoutes(app: FastifyInstance): Promise<void> {
  app.addHook('preHandler', async (request) => {
    const refused = canReadPlans(request.ctx.actor)
    if (refused) throw new Forbidden(refused.code, refused.message)
  })
  await app.register(stepRoutes)
  await app.register(ranRoutes)

  app.get(HOME_PATH, async (request, reply) => {
    const { ctx } = request
    return sendDesk(request, reply, { title: 'Sắp xếp đơn vị', here: 'reorganisations' }, <PlansScreen plans={await listPlans(ctx)} mayPlan={canPlan(ctx.actor) === null} ran={ranReport(ctx)} />)
  })

  app.get(`${HOME_PATH}/new`, async (request, reply) => {
    may(canPlan(request.ctx.actor))
    return sendDesk(request, reply, { title: 'Lập kế hoạch sắp xếp', here: 'reorganisations', crumbs: [CRUMB, { label: 'Lập kế hoạch' }] }, <BasicsScreen ctx={request.ctx} plan={null} values={{ windowDays: 30 }} seen={null} errors={[]} />)
  })

  app.post(HOME_PATH, async (request, reply) => {
    const { mine, values } = readBasics(request)
    try {
      const { id } = await draftPlan(request.ctx, { ...mine, steps: [] })
      return seeOther(reply, planHref(id))
    } catch (error) {
      return sendDesk(request, reply, { title: 'Lập kế hoạch sắp xếp', here: 'reorganisations', status: 422, crumbs: [CRUMB, { label: 'Lập kế hoạch' }] }, <BasicsScreen ctx={request.ctx} plan={null} values={values} seen={null} errors={faultsOf(error)} />)
    }
  })

  app.get<Id>(`${HOME_PATH}/:id`, async (request, reply) => {
    const plan = await planIn(request)
    const units = await unitsOf(request.ctx, plan.steps)
    const zoom = one(queryOf(request), 'zoom')
    const { picture, shown } = await drawn(request.ctx, plan, units, zoom)
    return sendDesk(request, reply, planPage(plan), <PlanScreen plan={plan} refused={why(canEdit(plan, request.ctx.actor))} picture={picture} named={namer(units, plan.steps)} zoom={picture.zooms.some(({ current }) => current) ? zoom : ''} shown={shown} />)
  })

  app.get<Id>(`${HOME_PATH}/:id/basics`, async (request, reply) => {
    const plan = await planIn(request)
    may(canEdit(plan, request.ctx.actor))
    const seen = Object.fromEntries(BASICS.map((key) => [key, plan[key]])) as unknown as Basics
    return sendDesk(request, reply, planPage(plan, 'Sửa thông tin'), <BasicsScreen ctx={request.ctx} plan={plan} values={seen as never} seen={seen} errors={[]} />)
  })

  app.post<Id>(`${HOME_PATH}/:id/basics`, async (request, reply) => {
    const plan = await planIn(request)
    const { mine, values } = readBasics(request)
    const seen = seenIn(one(bodyOf(request), 'seen'), plan)
    const [now, show] = [Object.fromEntries(BASICS.map((key) => [key, plan[key]])) as unknown as Basics, (value: unknown) => String(value ?? 'để trống')]
    const both = clashes(seen, mine, now)
    const again = (errors: Invalid['fields'], status: number) => sendDesk(
      request, reply, { ...planPage(plan, 'Sửa thông tin'), status },
      <BasicsScreen ctx={request.ctx} plan={plan} values={values} seen={now} errors={errors} clashes={both.map((key) => ({ label: QUESTIONS.find((question) => question.key === key)?.label ?? 'Cán bộ đi theo công việc', mine: show(mine[key]), theirs: show(now[key]) }))} />,
    )
    if (both.length > 0) return again([], 409)
    try {
      await editPlan(request.ctx, plan.id, (content) => ({ ...content, ...merged(seen, mine, content) }))
    } catch (error) {
      return again(faultsOf(error), 422)
    }
    say(request, reply, { message: 'Đã lưu thông tin kế hoạch.' })
    return seeOther(reply, planHref(plan.id))
  })

  // ---- report

  const reportOf = async (request: FastifyRequest, plan: Plan): Promise<{ report: Preview; fresh: boolean; at: Date }> => {
    if (plan.report) return { report: plan.report, fresh: false, at: plan.executedAt ?? request.ctx.now }
    return { ...(await lookAt(request.ctx, plan, one(queryOf(request), 'anew') === '1')), fresh: true }
  }

  app.get<Id>(`${HOME_PATH}/:id/report`, async (request, reply) => {
    const plan = await planIn(request)
    const [{ report, fresh, at }, journeys] = await Promise.all([reportOf(request, plan), journeysOf(request.ctx, plan)])
    return sendDesk(request, reply, planPage(plan, fresh ? 'Xem trước' : 'Báo cáo'), <ReportScreen plan={plan} report={report} journeys={journeys} fresh={fresh} at={at} />)
  })

  app.get<Id>(`${HOME_PATH}/:id/report.xlsx`, async (request, reply) => {
    const plan = await planIn(request)
    const { report } = await reportOf(request, plan)
    const rows = report.parts.flatMap((part) => [
      ...part.sentences.map((text) => ({ part: part.label, text, went: null as string | null, count: null as number | null })), ...part.lines.map(({ text, went, count }) => ({ part: part.label, text, went, count })),
    ])
    const faults = report.faults.map(({ severity, message }) => ({ part: severity === 'stops' ? 'Phải sửa' : 'Cần quyết định', text: message, went: null, count: null }))
    return sendSheet(request, reply, sheetForm(one(queryOf(request), 'dang')), {
      title: plan.title, filters: `${plan.decisionNo}; có hiệu lực từ ${plan.day}`, cut: false, rows: [...faults, ...rows],
      columns: [
        { label: 'Phần', width: 22, value: (row) => row.part }, { label: 'Nội dung', width: 70, value: (row) => row.text }, { label: 'Sau khi thi hành', width: 50, value: (row) => row.went }, { label: 'Số lượng', width: 10, value: (row) => row.count },
      ],
    }, deskStyle.href)
  })

  app.get<{ Params: { id: string; part: string } }>(`${HOME_PATH}/:id/report/:part`, async (request, reply) => {
    const plan = await planIn(request)
    const { report } = await reportOf(request, plan)
    const part = report.parts.find(({ key }) => key === request.params.part)
    if (!part) throw new NotFound('reorg.no_part', 'Báo cáo không có phần này.')
    const unit = one(queryOf(request), 'unit')
    const [known] = unit === '' ? [] : await listUnitsById(request.ctx.db, [unit])
    const cases = known && (part.key === 'dossiers' || part.key === 'work') ? await casesOf(request.ctx, known.id, MOST_CASES) : null
    return sendDesk(request, reply, planPage(plan, part.label), <PartScreen plan={plan} part={part} unit={unit} named={(id) => (known?.id === id ? calledName(known) : id)} cases={cases} q={one(queryOf(request), 'q')} />)
  })

  // ---- confirmation, execution, and back

  const runPage = async (request: FastifyRequest, reply: FastifyReply, plan: Plan, errors: Invalid['fields'] = [], status = errors.length > 0 ? 422 : 200) => {
    const { ctx } = request
    const far = ['dang_chay', 'da_thi_hanh'].includes(plan.state) ? await howFar(ctx, plan) : null
    if (far) reply.header('refresh', '3')
    const look = !far && ['nhap', 'cho_xac_nhan', 'da_xac_nhan'].includes(plan.state) ? await lookAt(ctx, plan, one(queryOf(request), 'anew') === '1') : null
    const preview = look?.report ?? null
    const stops = preview?.faults.some(({ severity }) => severity === 'stops')
    const refused = {
      send: why(canEdit(plan, ctx.actor)) ?? (plan.steps.length === 0 ? 'Kế hoạch chưa có bước nào.' : stops ? 'Sửa các chỗ chưa thi hành được ở trên rồi gửi.' : null),
      confirm: why(canConfirm(plan, ctx.actor)), giveBack: why(canReturn(plan, ctx.actor)), cancel: why(canCancel(plan, ctx.actor)), execute: why(canExecute(plan, ctx.actor, localDate(ctx.now))), rollBack: why(canRollBack(plan, ctx.actor, ctx.now)), keep: why(canPlan(ctx.actor)),
    }
    return sendDesk(request, reply, { ...planPage(plan, 'Xác nhận, thi hành'), status }, <RunScreen plan={plan} preview={preview} refused={refused} far={far} at={look?.at ?? null} seals={plan.report ? await sealsOfPlan(ctx, plan.id) : []} today={localDate(ctx.now)} errors={errors} />)
  }

  app.get<Id>(`${HOME_PATH}/:id/run`, async (request, reply) => runPage(request, reply, await planIn(request)))

  const act = (path: string, run: (request: FastifyRequest<Id>, plan: Plan) => Promise<string | { said: string; href: string }>, config: object = {}) =>
    app.post<Id>(`${HOME_PATH}/:id/run/${path}`, { config }, async (request, reply) => {
      const plan = await planIn(request)
      try {
        const said = await run(request, plan)
        say(request, reply, { message: typeof said === 'string' ? said : said.said })
        return seeOther(reply, typeof said === 'string' ? planHref(plan.id, '/run') : said.href)
      } catch (error) {
        if (error instanceof Invalid) return runPage(request, reply, plan, error.fields.map(({ message }) => ({ key: 'note', message })))
        if (error instanceof Conflict) return runPage(request, reply, await planIn(request), [{ key: 'note', message: error.message }])
        const now = await planIn(request)
        if (path !== 'execution' || now.halted.length === 0 || (error instanceof AppError && !(error instanceof Unavailable))) throw error
        // why it stopped stands with the plan: the page says it, with what can be done
        request.log.error(error, 'reorganisation')
        return runPage(request, reply, now, [], error instanceof Unavailable ? 503 : 500)
      }
    })

  act('sending', async ({ ctx, body }, plan) => {
    await sendPlan(ctx, { plan: plan.id, revision: Number(one(body as never, 'revision')) })
    return 'Đã gửi. Người thứ hai xem và xác nhận ở trang này.'
  })
  act('confirmation', async ({ ctx, body }, plan) => {
    await confirmPlan(ctx, { plan: plan.id, digest: one(body as never, 'digest') })
    return 'Đã xác nhận kế hoạch.'
  }, { confirm: true })
  act('return', async ({ ctx, body }, plan) => {
    await returnPlan(ctx, { plan: plan.id, note: one(body as never, 'note') })
    return 'Đã trả lại để sửa.'
  })
  act('cancellation', async ({ ctx, body }, plan) => {
    await cancelPlan(ctx, { plan: plan.id, note: one(body as never, 'note') })
    return 'Đã hủy kế hoạch.'
  })
  /** Waits a moment for a run; what takes longer goes on by itself and is watched on the page of the plan, which also keeps why it stopped. */
  const watched = async (request: FastifyRequest, run: Promise<unknown>, begun: string, done: string): Promise<string> => {
    const ended = run.then(() => ({ error: null }), (error: unknown) => ({ error }))
    const first = await Promise.race([ended, later(PATIENCE_MS)])
    if (first?.error) throw first.error
    if (first === null) void ended.then(({ error }) => error && request.log.error(error, 'reorganisation'))
    return first === null ? begun : done
  }

  act('execution', (request, plan) => watched(request, executePlan(request.ctx, { plan: plan.id }), 'Đã bắt đầu thi hành; trang này cho biết khi xong.', 'Đã thi hành. Đơn vị, mã, hồ sơ đã ở chỗ mới; người dân và cán bộ đang được báo.'), { confirm: true })
  act('seals', async ({ ctx, body }, plan) => {
    await settleSeal(ctx, { seal: one(body as never, 'seal'), on: day(body as never, 'on'), note: one(body as never, 'note') })
    return { said: 'Đã ghi nhận con dấu.', href: `${planHref(plan.id, '/run')}#seals` }
  })

  const keepersFor = async (request: FastifyRequest, plan: Plan) => {
    const ended = (plan.report?.fates ?? []).filter(({ fate }) => fate === 'ends').map(({ unit }) => unit.id)
    const [living, returning, mine] = await Promise.all([listUnits(request.ctx.db, { limit: 1_000_000 }), listUnitsById(request.ctx.db, ended), madeByPlan(request.ctx, plan)])
    return keepersOf(living, returning, new Set(mine))
  }
  const rollBackPage = async (request: FastifyRequest, reply: FastifyReply, plan: Plan, given: Pick<Chosen, 'keepers' | 'typed'> & { known: readonly Keeper[] }, reason: string, errors: Invalid['fields'] = []) => {
    const preview = await previewRollBack(request.ctx, { plan: plan.id, keepers: given.keepers })
    return sendDesk(request, reply, { ...planPage(plan, 'Hoàn tác'), status: errors.length > 0 ? 422 : 200 }, <RollBackScreen plan={plan} preview={preview} keepers={given.known} typed={given.typed} reason={reason} errors={errors} />)
  }

  app.get<Id>(`${HOME_PATH}/:id/rollback`, async (request, reply) => {
    const plan = await planIn(request)
    may(canRollBack(plan, request.ctx.actor, request.ctx.now))
    return rollBackPage(request, reply, plan, { keepers: {}, typed: {}, known: await keepersFor(request, plan) }, '')
  })

  app.post<Id>(`${HOME_PATH}/:id/rollback`, { config: { confirm: true } }, async (request, reply) => {
    const plan = await planIn(request)
    const body = bodyOf(request)
    const known = await keepersFor(request, plan)
    const { keepers, typed, faults } = readKeepers(body, known)
    const reason = one(body, 'reason')
    if (faults.length > 0) return rollBackPage(request, reply, plan, { keepers, typed, known }, reason, faults)
    try {
      const run = rollBackPlan(request.ctx, { plan: plan.id, reason, keepers, digest: one(body, 'digest') })
      say(request, reply, { message: await watched(request, run, 'Đã bắt đầu hoàn tác; trang này cho biết khi xong.', 'Đã hoàn tác. Đơn vị, mã, hồ sơ trở về như trước ngày thi hành.') })
    } catch (error) {
      if (!(error instanceof Invalid || error instanceof Conflict)) throw error
      return rollBackPage(request, reply, await planIn(request), { keepers, typed, known }, reason, error instanceof Invalid ? error.fields : [{ key: 'reason', message: error.message }])
    }
    return seeOther(reply, planHref(plan.id, '/run'))
  })
}

const HOME_PATH = HOME.replace(/^\/admin/, '')
const later = (ms: number): Promise<null> => new Promise((resolve) => void setTimeout(() => resolve(null), ms).unref())

/** What the form showed when it was opened, as it says itself; a form that says nothing saw the plan as it is. */
function seenIn(text: string, plan: Plan): Basics {
  try {
    const read = JSON.parse(text) as Basics
    return Object.fromEntries(BASICS.map((key) => [key, read[key] ?? null])) as unknown as Basics
  } catch {
    return contentOf(plan)
  }
}

