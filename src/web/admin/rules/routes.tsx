// HTTP of the register for officials: the list, plans with what they touch, the second person's yes, findings, and all that cites a document.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { Conflict, Forbidden, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { holds } from '#core/policy/actor.ts'
import { fold, formatDate } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { ruleOutcomeOfAppeals } from '#modules/appeals/index.ts'
import { ruleFindings, ruleOutcome, settleRuleFinding } from '#modules/dossiers/index.ts'
import { listUnitsById } from '#modules/org/index.ts'
import { getProcedure, isProcedureAuthor, listPublished } from '#modules/procedures/index.ts'
import {
  canConfirmRule, canPlanRule, canRetryRule, canWithdrawRule, confirmChange, currentValue, findRuleChange, listRuleChanges, mayConfirmRules, planChange, PlanInput, retryChange, type RuleChange, rulesCiting,
  rulesOfProcedure, sayChange, targetOf, titleOfRule, weighPlan, withdrawChange,
} from '#modules/rules/index.ts'
import { EmptyState, LinkButton, PageHeading, SearchBox, type ShownError } from '#ui/index.ts'
import { type Body, bodyOf, day, one, queryOf } from '../../desk/answers.tsx'
import { say } from '../../desk/flash.ts'
import { PROCEDURE_KEEPERS, sendDesk } from '../../desk/frame.tsx'
import { seeOther } from '../../page.tsx'
import { ChangeScreen, PreviewScreen } from './change-screen.tsx'
import { type Asked, base, changeName, ChangeForm, ChangesScreen, ListScreen, plainOf, ProcedureScreen, RuleTabs } from './screens.tsx'
import { citingTouches, touchesOf } from './touches.ts'
import { TouchesView } from './touches-view.tsx'

const CRUMB = { label: 'Sổ quy định', href: base }

const askedOf = (body: Body): Asked => ({
  rule: one(body, 'rule'), value: one(body, 'value'), unit: one(body, 'unit'), document: one(body, 'document'), clause: one(body, 'clause'), validFrom: day(body, 'validFrom'),
  transition: one(body, 'transition') || 'filed_after', transitionClause: one(body, 'transitionClause'), note: one(body, 'note'),
})

function needKeeper(ctx: Ctx): void {
  if (!holds(ctx.actor, PROCEDURE_KEEPERS)) throw new Forbidden('rules.not_keeper', 'Sổ quy định dành cho cán bộ kiểm soát thủ tục hành chính và quản trị hệ thống.')
}

const titles = async (ctx: Ctx, changes: readonly RuleChange[]) => new Map(await Promise.all(changes.map(async (change) => [change.id, await titleOfRule(ctx.db, ctx, change.target, change.validFrom)] as const)))
const waiting = async (ctx: Ctx): Promise<number> => (await listRuleChanges(ctx.db, { states: ['planned'] })).length

export async function ruleAdminRoutes(app: FastifyInstance): Promise<void> {
  // this plugin is a room of its own: the hook is for its routes, by whatever spelling they were asked for
  app.addHook('preHandler', async (request) => needKeeper(request.ctx))

  app.get('/rules', async (request, reply) => {
    const { ctx } = request
    const today = localDate(ctx.now)
    const q = one(queryOf(request), 'q').slice(0, 100)
    const words = fold(q).split(/\s+/).filter(Boolean)
    const fits = (text: string): boolean => words.every((word) => fold(text).includes(word))
    const order = Object.keys(ctx.law.groups)
    const rules = ctx.law.list().filter((rule) => fits([rule.title, rule.plain, ...rule.rows.flatMap((row) => [row.document, row.clause])].join(' ')))
      .sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group) || Number(b.changeable) - Number(a.changeable))
    const procedures = q === '' ? [] : (await listPublished(ctx.db, today)).filter((version) => fits(`${version.code} ${version.name}`)).slice(0, 8)
    const mayPlan = await isProcedureAuthor(ctx.db, ctx.actor)
    return sendDesk(request, reply, { title: 'Sổ quy định', here: 'rules' }, (
      <>
        <PageHeading title="Sổ quy định" lead={`Mọi con số người dân và cán bộ nhìn thấy, với căn cứ và ngày hiệu lực. Gói quy định: ${ctx.pack.title}.`} />
        <RuleTabs here="list" waiting={await waiting(ctx)} />
        <ListScreen ctx={ctx} rules={rules} today={today} q={q} mayPlan={mayPlan} procedures={procedures} />
      </>
    ))
  })

  app.get<{ Params: { code: string } }>('/rules/procedures/:code', async (request, reply) => {
    const { ctx } = request
    const { record } = await getProcedure(ctx.db, request.params.code, localDate(ctx.now))
    return sendDesk(request, reply, { title: `Quy định của ${record.code}`, here: 'rules', crumbs: [CRUMB, { label: record.code }] },
      <ProcedureScreen code={record.code} name={record.name} rules={rulesOfProcedure(record)} mayPlan={await isProcedureAuthor(ctx.db, ctx.actor)} />)
  })

  app.get('/rules/changes', async (request, reply) => {
    const { ctx } = request
    const changes = await listRuleChanges(ctx.db)
    return sendDesk(request, reply, { title: 'Thay đổi quy định', here: 'rules', crumbs: [CRUMB, { label: 'Thay đổi' }] }, (
      <>
        <PageHeading title="Thay đổi quy định" lead="Một người lập, người khác xác nhận; có hiệu lực đúng ngày ghi trong văn bản." />
        <RuleTabs here="changes" waiting={changes.filter((change) => change.state === 'planned').length} />
        <ChangesScreen ctx={ctx} changes={changes} titles={await titles(ctx, changes)} />
      </>
    ))
  })

  async function sendForm(request: FastifyRequest, reply: FastifyReply, asked: Asked, errors: readonly ShownError[] = []): Promise<FastifyReply> {
    const { ctx } = request
    orThrow(canPlanRule(await isProcedureAuthor(ctx.db, ctx.actor)))
    const today = localDate(ctx.now)
    const target = targetOf(asked.rule)
    const rule = target?.kind === 'register' ? ctx.law.find(target.key) : null
    if (!target || (target.kind === 'register' && !rule)) throw new NotFound('rules.none', 'Không có quy định này. Tìm lại trong Sổ quy định.')
    if (rule && !rule.changeable) throw new Conflict('rules.elsewhere', 'Quy định này không đổi ở đây: đổi ở Lịch làm việc, ở thủ tục hoặc trong tệp của gói quy định.')
    const title = await titleOfRule(ctx.db, ctx, target, today)
    const now = sayChange(ctx, target, await currentValue(ctx.db, ctx, target, today))
    return sendDesk(request, reply, { title: `Đổi: ${title}`, here: 'rules', status: errors.length > 0 ? 422 : 200, crumbs: [CRUMB, { label: 'Đổi' }] },
      <ChangeForm ctx={ctx} asked={asked} target={target} title={title} now={now} plain={plainOf(rule, today)} errors={errors} />)
  }

  app.get('/rules/changes/new', (request, reply) => sendForm(request, reply, { ...askedOf(queryOf(request)), unit: one(queryOf(request), 'unit') || 'ngay_lam_viec' }))
  app.post('/rules/changes/edit', (request, reply) => sendForm(request, reply, askedOf(bodyOf(request))))

  const faultsOf = (error: unknown): ShownError[] => {
    if (error instanceof Invalid) return error.fields.map((field) => ({ key: field.key, message: field.message }))
    if (error instanceof Conflict) return [{ key: 'value', message: error.message }]
    throw error
  }
  const reading = (asked: Asked) => {
    const parsed = PlanInput.safeParse(asked)
    if (parsed.success) return { input: parsed.data, errors: [] }
    return { input: null, errors: parsed.error.issues.map((issue) => ({ key: String(issue.path[0] ?? ''), message: issue.message })) }
  }

  app.post('/rules/changes/preview', async (request, reply) => {
    const { ctx } = request
    const asked = askedOf(bodyOf(request))
    const { input, errors } = reading(asked)
    if (!input) return sendForm(request, reply, asked, errors)
    orThrow(canPlanRule(await isProcedureAuthor(ctx.db, ctx.actor)))
    try {
      const weighed = await weighPlan(ctx.db, ctx, input)
      const change = { ...weighed, id: '00000000-0000-0000-0000-000000000000', plannedAt: ctx.now, plannedBy: '', plannedByName: '', confirmedAt: null, confirmedBy: null, confirmedByName: null, appliedAt: null, haltedAt: null, haltedWhy: null, withdrawnAt: null, withdrawnByName: null, withdrawnWhy: null, event: null }
      const touches = await touchesOf(ctx, change)
      const title = await titleOfRule(ctx.db, ctx, change.target, change.validFrom)
      return await sendDesk(request, reply, { title: 'Xem trước', here: 'rules', crumbs: [CRUMB, { label: 'Xem trước' }] }, <PreviewScreen ctx={ctx} title={title} change={change} touches={touches} asked={asked} />)
    } catch (error) {
      return sendForm(request, reply, asked, faultsOf(error))
    }
  })

  app.post('/rules/changes', async (request, reply) => {
    const { ctx } = request
    const asked = askedOf(bodyOf(request))
    const { input, errors } = reading(asked)
    if (!input) return sendForm(request, reply, asked, errors)
    try {
      const made = await planChange(ctx, input)
      say(request, reply, { message: 'Đã lập kế hoạch. Nhờ người thứ hai mở trang này để xem và xác nhận.' })
      return seeOther(reply, `${base}/changes/${made.id}`)
    } catch (error) {
      return sendForm(request, reply, asked, faultsOf(error))
    }
  })

  app.get<{ Params: { id: string } }>('/rules/changes/:id', async (request, reply) => {
    const { ctx } = request
    const change = await findRuleChange(ctx.db, request.params.id)
    if (!change) throw new NotFound('rules.no_change', 'Không có kế hoạch thay đổi này.')
    const may = await mayConfirmRules(ctx.db, ctx)
    const findings = await ruleFindings(ctx.db, change.id)
    const title = await titleOfRule(ctx.db, ctx, change.target, change.validFrom)
    return sendDesk(request, reply, { title, here: 'rules', crumbs: [CRUMB, { label: 'Thay đổi', href: `${base}/changes` }, { label: title }] }, (
      <ChangeScreen
        ctx={ctx} change={change} title={title} touches={['planned', 'confirmed', 'halted'].includes(change.state) ? await touchesOf(ctx, change) : null}
        refused={canConfirmRule(change, ctx.actor, may)?.message ?? null} mayWithdraw={canWithdrawRule(change, may.author) === null} mayRetry={canRetryRule(change, may.author) === null} mayDecide={may.author}
        outcome={await ruleOutcome(ctx.db, change.id)} appeals={await ruleOutcomeOfAppeals(ctx.db, change.id)} findings={findings} names={new Map((await listUnitsById(ctx.db, [...new Set(findings.map((found) => found.unitId))])).map((unit) => [unit.id, unit.name]))}
      />
    ))
  })

  app.post<{ Params: { id: string } }>('/rules/changes/:id/confirmation', { config: { confirm: true } }, async (request, reply) => {
    const change = await confirmChange(request.ctx, { change: request.params.id })
    say(request, reply, { message: change.backDated ? 'Đã xác nhận. Hệ thống đang áp dụng và tính lại hồ sơ; tải lại trang để xem kết quả.' : `Đã xác nhận, có hiệu lực từ ${formatDate(change.validFrom)}.` })
    return seeOther(reply, `${base}/changes/${change.id}`)
  })

  app.post<{ Params: { id: string } }>('/rules/changes/:id/withdrawal', async (request, reply) => {
    const change = await withdrawChange(request.ctx, { change: request.params.id, why: one(bodyOf(request), 'why') })
    say(request, reply, { message: 'Đã bỏ kế hoạch.' })
    return seeOther(reply, `${base}/changes/${change.id}`)
  })

  app.post<{ Params: { id: string } }>('/rules/changes/:id/retrials', async (request, reply) => {
    const change = await retryChange(request.ctx, { change: request.params.id })
    say(request, reply, { message: 'Đang thử áp dụng lại; tải lại trang để xem kết quả.' })
    return seeOther(reply, `${base}/changes/${change.id}`)
  })

  app.post<{ Params: { id: string } }>('/rules/findings/:id', async (request, reply) => {
    const body = bodyOf(request)
    await settleRuleFinding(request.ctx, { finding: request.params.id, state: one(body, 'state') === 'left' ? 'left' : 'settled', note: one(body, 'note') })
    say(request, reply, { message: 'Đã ghi cách xử lý.' })
    return seeOther(reply, `${base}/changes/${encodeURIComponent(one(body, 'change'))}#at-findings`)
  })

  app.get('/rules/documents', async (request, reply) => {
    const { ctx } = request
    const no = one(queryOf(request), 'q').slice(0, 80)
    const today = localDate(ctx.now)
    const known = [...new Set(ctx.law.list().flatMap((rule) => rule.rows.filter((row) => row.to === null || row.to >= today).map((row) => row.document)))].sort()
    const citing = no ? await rulesCiting(ctx.db, ctx, no, today) : null
    const touches = citing && citingTouches(citing)
    const gone = ctx.law.replaced.find((each) => each.document === no)
    return sendDesk(request, reply, { title: 'Theo văn bản', here: 'rules', crumbs: [CRUMB, { label: 'Theo văn bản' }] }, (
      <>
        <PageHeading title="Theo văn bản" lead="Văn bản này được dẫn ở đâu: quy định, thủ tục, mẫu giấy tờ, tin nhắn. Dùng khi văn bản bị thay thế." />
        <RuleTabs here="documents" waiting={await waiting(ctx)} />
        <div class="filters"><SearchBox action={`${base}/documents`} label="Số, ký hiệu văn bản" value={no} /></div>
        {!no && <nav class="chips" aria-label="Văn bản trong sổ">{known.map((each) => <a href={`${base}/documents?q=${encodeURIComponent(each)}`}>{each}</a>)}</nav>}
        {no && touches && (citing!.rules.length + citing!.procedures.length + citing!.texts.length === 0
          ? <EmptyState icon="search" title={`Không nơi nào dẫn văn bản “${no}”`}><p>Ghi đúng số, ký hiệu, ví dụ 118/2025/NĐ-CP.</p></EmptyState>
          : (
            <>
              <h2>{no}{ctx.law.documentName(no) ? `: ${ctx.law.documentName(no)}` : ''}</h2>
              {gone && <p>Được thay bằng <b>{gone.by}</b> từ {formatDate(gone.on)}.</p>}
              <p><LinkButton look="primary" href={changeName(`document:${no}`)}>Ghi văn bản thay thế</LinkButton></p>
              <TouchesView ctx={ctx} touches={touches} change={{ backDated: false, validFrom: today, target: { kind: 'document', no } }} />
            </>
          ))}
      </>
    ))
  })
}
