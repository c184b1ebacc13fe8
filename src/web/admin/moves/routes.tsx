// HTTP of moves: the list and the beginning of a plan, its choices, request, confirmation, progress and way back.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Invalid, NotFound } from '#core/errors.ts'
import { holds } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/index.ts'
import { countRunning } from '#modules/dossiers/index.ts'
import {
  type AnswerChoice, askMove, askUndo, beginPlan, canConfirm, canConfirmUndo, choose, confirmMove, confirmUndo, dropPlan, dropUndo, findCase, listCases, listPlans, moverPost, type Plan, sendBack, tryAgain, type Verdict, VERDICTS, viewPlan,
} from '#modules/moves/index.ts'
import { inForceOn, listVersions } from '#modules/procedures/index.ts'
import { type Body, bodyOf, many, one, queryOf } from '../../desk/answers.tsx'
import { say } from '../../desk/flash.ts'
import { sendDesk } from '../../desk/frame.tsx'
import { seeOther } from '../../page.tsx'
import { CaseScreen } from './case.tsx'
import { MovesScreen } from './list.tsx'
import { PlanScreen } from './plan.tsx'
import { movesHref } from './words.tsx'

type Code = { Params: { code: string } }
type Id = { Params: { code: string; plan: string } }
type OfCase = { Params: { code: string; plan: string; dossier: string } }

const PAGE = 100
const crumbs = (code: string, ...more: { label: string; href?: string }[]) => [{ label: 'Thủ tục', href: '/admin/procedures' }, { label: code, href: `/admin/procedures/${code}` }, ...more]
const revisionOf = (body: Body): number => Number(one(body, 'revision')) || 0

/** Fields `prefix.KEY` of a body by KEY. */
const under = (body: Body, prefix: string): Record<string, string> =>
  Object.fromEntries(Object.keys(body).filter((key) => key.startsWith(`${prefix}.`)).map((key) => [key.slice(prefix.length + 1), one(body, key)]))

function answersOf(body: Body): Record<string, AnswerChoice> {
  const values = under(body, 'value')
  return Object.fromEntries(Object.entries(under(body, 'answer')).flatMap(([key, choice]): [string, AnswerChoice][] => {
    if (choice === '-') return [[key, { to: null }]]
    if (choice === '=') return [[key, { to: key, keep: true }]]
    const exchanged = Object.fromEntries(Object.entries(values).filter(([name, value]) => name.startsWith(`${key}.`) && value !== '').map(([name, value]) => [name.slice(key.length + 1), value]))
    if (choice === '' && Object.keys(exchanged).length === 0) return []
    // whoever only says what the choices are now has said that they are exchanged
    return [[key, { to: choice || key, ...(Object.keys(exchanged).length > 0 ? { values: exchanged } : {}) }]]
  }))
}

/** The plan has moved on under somebody's hands: they see it as it stands, with the sentence why. */
function overtaken(request: FastifyRequest, reply: FastifyReply, error: Conflict, href: string): FastifyReply {
  say(request, reply, { message: error.message, tone: 'warn' })
  return seeOther(reply, href)
}

export async function moveRoutes(app: FastifyInstance): Promise<void> {
  async function sendList(request: FastifyRequest, reply: FastifyReply, code: string, asked: { from: number | null; to: number | null; errors?: Invalid['fields'] }): Promise<FastifyReply> {
    const { ctx } = request
    const plans = await listPlans(ctx, code)
    const versions = await listVersions(ctx.db, code)
    if (versions.length === 0) throw new NotFound('procedures.none', 'Không có thủ tục này. Xem lại mã ở danh sách thủ tục.')
    const current = inForceOn(versions, localDate(ctx.now))
    return sendDesk(request, reply, { title: 'Chuyển hồ sơ sang phiên bản khác', here: 'procedures', status: asked.errors ? 422 : 200, crumbs: crumbs(code, { label: 'Chuyển hồ sơ' }) },
      <MovesScreen code={code} name={versions[0]!.name} versions={versions} inForce={current?.number ?? null} running={await countRunning(ctx.db, code)} plans={plans} {...asked} />)
  }

  app.get<Code>('/procedures/:code/moves', (request, reply) => {
    const query = queryOf(request)
    return sendList(request, reply, request.params.code, { from: Number(one(query, 'from')) || null, to: Number(one(query, 'to')) || null })
  })

  app.post<Code>('/procedures/:code/moves', async (request, reply) => {
    const body = bodyOf(request)
    const asked = { code: request.params.code, from: Number(one(body, 'from')) || 0, to: Number(one(body, 'to')) || 0 }
    try {
      const plan = await beginPlan(request.ctx, asked)
      return await seeOther(reply, movesHref(plan.code, plan.id))
    } catch (error) {
      if (error instanceof Invalid) return sendList(request, reply, asked.code, { ...asked, errors: error.fields })
      throw error
    }
  })

  async function sendPlan(request: FastifyRequest, reply: FastifyReply, params: Id['Params'], typed: { errors?: Invalid['fields']; reason?: string; decision?: string; marked?: readonly string[]; choices?: Partial<Pick<Plan, 'steps' | 'answers' | 'clauses'>> } = {}): Promise<FastifyReply> {
    const { ctx } = request
    const kept = await viewPlan(ctx, params.code, params.plan)
    // choices that came back with faults stand there as they were made
    const view = typed.choices ? { ...kept, plan: { ...kept.plan, ...typed.choices } } : kept
    const { plan, counts } = view
    const query = queryOf(request)
    const planned = plan.state === 'drafting'
    const wanted = one(query, 'verdict')
    const verdict: Verdict | null = !planned ? null : wanted in VERDICTS ? (wanted as Verdict) : counts.verdicts.choice > 0 && counts.verdicts.moves === 0 ? 'choice' : counts.verdicts.moves > 0 || counts.verdicts.stuck === 0 ? 'moves' : 'stuck'
    const cases = await listCases(ctx, plan.id, { verdict: verdict ?? undefined, chosen: planned ? undefined : true, limit: PAGE + 1, after: one(query, 'after') || undefined })
    const standing = new Map((await countRunning(ctx.db, plan.code)).find((version) => version.versionId === plan.fromVersion)?.steps.map((step) => [step.step, step.count]) ?? [])
    // a page that came back with faults stays as it is until its reader has mended them
    if (!typed.errors && (plan.state === 'running' || plan.state === 'undoing' || (plan.state === 'drafting' && !plan.triedAt))) reply.header('refresh', '2')
    return sendDesk(request, reply, { title: `Chuyển hồ sơ: phiên bản ${view.sides.from.number} → ${view.sides.to.number}`, here: 'procedures', status: typed.errors ? 422 : 200, crumbs: crumbs(plan.code, { label: 'Chuyển hồ sơ', href: movesHref(plan.code) }, { label: `Phiên bản ${view.sides.from.number} → ${view.sides.to.number}` }) },
      <PlanScreen
        {...view} name={view.sides.to.name} write={(await moverPost(ctx.db, ctx.actor)) !== null} standing={standing} cases={cases.slice(0, PAGE)} verdict={verdict} next={cases.length > PAGE ? cases[PAGE - 1]!.code : null}
        errors={typed.errors ?? []} now={ctx.now} values={{ reason: typed.reason ?? plan.reason ?? '', decision: typed.decision ?? plan.decision ?? '', marked: typed.marked ?? null }}
        refusedConfirm={canConfirm(plan, ctx.actor)?.message ?? null} refusedUndo={canConfirmUndo(plan, ctx.actor, ctx.now)?.message ?? null}
      />)
  }

  app.get<Id>('/procedures/:code/moves/:plan', (request, reply) => sendPlan(request, reply, request.params))

  async function sendCase(request: FastifyRequest, reply: FastifyReply, params: Id['Params'], code: string, typed: { errors?: Invalid['fields']; reason?: string; decision?: string } = {}): Promise<FastifyReply> {
    const { ctx } = request
    const view = await viewPlan(ctx, params.code, params.plan)
    const found = await findCase(ctx, params.plan, code)
    if (!found) throw new NotFound('moves.no_case', 'Hồ sơ này không có trong đợt chuyển. Xem lại danh sách của đợt.')
    return sendDesk(request, reply, { title: `${found.code}: chuyển phiên bản`, here: 'procedures', status: typed.errors ? 422 : 200, crumbs: crumbs(params.code, { label: 'Chuyển hồ sơ', href: movesHref(params.code) }, { label: `Phiên bản ${view.sides.from.number} → ${view.sides.to.number}`, href: movesHref(params.code, params.plan) }, { label: found.code }) },
      <CaseScreen {...view} found={found} write={(await moverPost(ctx.db, ctx.actor)) !== null} mayRead={holds(ctx.actor, 'kiem_soat_tthc')} errors={typed.errors ?? []} values={{ reason: typed.reason ?? '', decision: typed.decision ?? '' }} />)
  }

  app.get<OfCase>('/procedures/:code/moves/:plan/cases/:dossier', (request, reply) => sendCase(request, reply, request.params, request.params.dossier))

  app.post<Id>('/procedures/:code/moves/:plan/choices', async (request, reply) => {
    const body = bodyOf(request)
    const { code, plan } = request.params
    const own = one(body, 'own')
    const back = own ? movesHref(code, plan, one(body, 'case')) : `${movesHref(code, plan)}#cases`
    const choices = { steps: under(body, 'step'), answers: answersOf(body), clauses: under(body, 'clause') }
    try {
      await choose(request.ctx, { plan, revision: revisionOf(body), ...(own ? { own: { [own]: under(body, 'step') } } : choices) })
    } catch (error) {
      if (error instanceof Invalid) return own ? sendCase(request, reply, request.params, one(body, 'case'), { errors: error.fields }) : sendPlan(request, reply, request.params, { errors: error.fields, choices })
      if (!(error instanceof Conflict)) throw error
      return overtaken(request, reply, error, back)
    }
    say(request, reply, { message: 'Đã lưu lựa chọn và chạy thử lại; chưa đổi gì ở hồ sơ nào.' })
    return seeOther(reply, back)
  })

  app.post<Id>('/procedures/:code/moves/:plan/trials', async (request, reply) => {
    const plan = await tryAgain(request.ctx, { plan: request.params.plan })
    return seeOther(reply, movesHref(plan.code, plan.id))
  })

  app.post<Id>('/procedures/:code/moves/:plan/requests', async (request, reply) => {
    const body = bodyOf(request)
    const { params } = request
    const [reason, decision, from] = [one(body, 'reason'), one(body, 'decision'), one(body, 'case')]
    try {
      const plan = await askMove(request.ctx, { plan: params.plan, revision: revisionOf(body), reason, decision, dossiers: one(body, 'which') === 'all' ? null : many(body, 'dossier') })
      say(request, reply, { message: plan.state === 'running' ? 'Đang chuyển hồ sơ.' : 'Đã gửi đề nghị. Nhờ người thứ hai có quyền công bố thủ tục, chưa sửa gì ở đợt này, mở trang này và xác nhận.' })
      return await seeOther(reply, movesHref(plan.code, plan.id))
    } catch (error) {
      const errors = error instanceof Invalid ? error.fields : error instanceof Conflict ? [{ key: 'reason', message: error.message }] : null
      if (!errors) throw error
      // asked twice, or overtaken: there is no form any more that could show the fault
      if (error instanceof Conflict && (await viewPlan(request.ctx, params.code, params.plan)).plan.state !== 'drafting') return overtaken(request, reply, error, movesHref(params.code, params.plan))
      return from ? sendCase(request, reply, params, from, { errors, reason, decision }) : sendPlan(request, reply, params, { errors, reason, decision, marked: one(body, 'which') === 'all' ? undefined : many(body, 'dossier') })
    }
  })

  const verb = (noun: string, act: (request: FastifyRequest, plan: string, body: Body) => Promise<unknown>, message: string, config: { confirm?: true } = {}) =>
    app.post<Id>(`/procedures/:code/moves/:plan/${noun}`, { config }, async (request, reply) => {
      const { code, plan } = request.params
      try {
        await act(request, plan, bodyOf(request))
      } catch (error) {
        if (error instanceof Invalid) return sendPlan(request, reply, request.params, { errors: error.fields })
        if (error instanceof Conflict) return overtaken(request, reply, error, movesHref(code, plan))
        throw error
      }
      say(request, reply, { message })
      return seeOther(reply, movesHref(code, plan))
    })

  verb('confirmations', (request, plan, body) => confirmMove(request.ctx, { plan, revision: revisionOf(body) }), 'Đã xác nhận; các hồ sơ đang được chuyển.', { confirm: true })
  verb('returns', (request, plan, body) => sendBack(request.ctx, { plan, note: one(body, 'note') }), 'Đã trả lại người lập; đợt chuyển mở ra để sửa.')
  verb('droppings', (request, plan) => dropPlan(request.ctx, { plan }), 'Đã bỏ đợt chuyển; không hồ sơ nào bị đổi.')
  verb('undos', (request, plan, body) => askUndo(request.ctx, { plan, reason: one(body, 'reason') }), 'Đã ghi đề nghị hoàn lại.')
  verb('undo-confirmations', (request, plan) => confirmUndo(request.ctx, { plan }), 'Đã xác nhận; các hồ sơ đang được hoàn lại.', { confirm: true })
  verb('undo-droppings', (request, plan) => dropUndo(request.ctx, { plan }), 'Không hoàn lại nữa.')
}
