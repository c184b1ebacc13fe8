// HTTP of drawing a plan: forms of steps, taking one out, and tables for big plans.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Invalid, NotFound } from '#core/errors.ts'
import { localDate } from '#core/workdays/index.ts'
import { canEdit, type Plan, STEP_KINDS, type StepKind } from '#modules/reorg/index.ts'
import { searchProcedures } from '#modules/procedures/index.ts'
import { type Body, bodyOf, one, queryOf } from '../../desk/answers.tsx'
import { say } from '../../desk/flash.ts'
import { sendDesk } from '../../desk/frame.tsx'
import { seeOther } from '../../page.tsx'
import { received } from '../../received.ts'
import { editPlan, without, withSteps } from './edit.ts'
import { plannedUnits } from './picture.ts'
import { finds, named, namer, registerOf, unitsOf } from './reading.ts'
import { type Id, may, planIn, planPage } from './opened.ts'
import { StepScreen } from './step-form.tsx'
import { readStep } from './step-read.ts'
import { readTable } from './table.ts'
import { TableScreen } from './table.tsx'
import { count, HOME, planHref } from './words.ts'

const PATH = HOME.replace(/^\/admin/, '')
const LARGEST = 2_000_000

function kindOf(request: FastifyRequest): StepKind {
  const kind = one(queryOf(request), 'kind')
  if (!(kind in STEP_KINDS)) throw new NotFound('reorg.no_kind', 'Không có loại bước này; chọn lại ở trang kế hoạch.')
  return kind as StepKind
}

async function fieldsOf(request: FastifyRequest): Promise<{ code: string; name: string }[]> {
  const all = await searchProcedures(request.ctx.db, { on: localDate(request.ctx.now), limit: 5000 })
  return [...new Map(all.map((found) => [found.fieldCode, { code: found.fieldCode, name: found.fieldName }])).values()].sort((a, b) => a.name.localeCompare(b.name, 'vi'))
}

/** The pasted text, or the file's. */
async function uploaded(request: FastifyRequest): Promise<string> {
  const { fields, file } = await received(request, { largest: LARGEST, tooLarge: 'Tệp lớn hơn 2 MB; tách thành nhiều bảng.' })
  const text = file?.bytes.toString('utf8') ?? ''
  return text.trim() === '' ? (fields.get('text') ?? '') : text
}

export async function stepRoutes(app: FastifyInstance): Promise<void> {
  const form = async (request: FastifyRequest, reply: FastifyReply, plan: Plan, kind: StepKind, body: Body, errors: Invalid['fields'] = []) => {
    const [units, found, fields] = await Promise.all([named(request.ctx, body), finds(request, body), kind === 'split' ? fieldsOf(request) : []])
    return sendDesk(
      request, reply, { ...planPage(plan, STEP_KINDS[kind]), status: errors.length > 0 ? 422 : 200 },
      <StepScreen view={{ plan, kind, body, errors, units, found, planned: plannedUnits(plan.steps).map(({ id, name, code }) => ({ id, name, code })), fields }} />,
    )
  }
  const open = async (request: FastifyRequest<Id>): Promise<Plan> => {
    const plan = await planIn(request)
    may(canEdit(plan, request.ctx.actor))
    return plan
  }

  app.get<Id>(`${PATH}/:id/steps/new`, async (request, reply) => form(request, reply, await open(request), kindOf(request), queryOf(request)))

  app.post<Id>(`${PATH}/:id/steps/draw`, async (request, reply) => form(request, reply, await open(request), kindOf(request), bodyOf(request)))

  app.post<Id>(`${PATH}/:id/steps`, async (request, reply) => {
    const plan = await open(request)
    const [kind, body] = [kindOf(request), bodyOf(request)]
    const { steps, faults } = readStep(kind, body, await named(request.ctx, body))
    if (faults.length > 0) return form(request, reply, plan, kind, body, faults)
    try {
      await editPlan(request.ctx, plan.id, withSteps(steps))
    } catch (error) {
      if (error instanceof Invalid) return form(request, reply, plan, kind, body, error.fields)
      if (error instanceof Conflict) return form(request, reply, plan, kind, body, [{ key: 'from', message: error.message }])
      throw error
    }
    say(request, reply, { message: steps.length > 1 ? `Đã thêm ${steps.length} bước.` : 'Đã thêm một bước.' })
    return seeOther(reply, planHref(plan.id))
  })

  app.post<Id>(`${PATH}/:id/steps/removal`, async (request, reply) => {
    const plan = await open(request)
    await editPlan(request.ctx, plan.id, without(one(bodyOf(request), 'mark')))
    say(request, reply, { message: 'Đã bỏ bước này khỏi kế hoạch.' })
    return seeOther(reply, planHref(plan.id))
  })

  const table = async (request: FastifyRequest, reply: FastifyReply, plan: Plan, text: string) => {
    const read = text.trim() === '' ? null : readTable(text, await registerOf(request.ctx))
    const units = read ? await unitsOf(request.ctx, read.steps) : new Map()
    return sendDesk(request, reply, { ...planPage(plan, 'Dán bảng mã'), status: read && read.bad.length > 0 ? 422 : 200 }, <TableScreen plan={plan} text={text} read={read} named={namer(units, read?.steps ?? [])} />)
  }

  app.get<Id>(`${PATH}/:id/table`, async (request, reply) => table(request, reply, await open(request), ''))

  app.post<Id>(`${PATH}/:id/table`, { config: { csrf: 'in-body' } }, async (request, reply) => {
    const text = await uploaded(request)
    return table(request, reply, await open(request), text)
  })

  app.post<Id>(`${PATH}/:id/table/steps`, { bodyLimit: LARGEST * 2 }, async (request, reply) => {
    const plan = await open(request)
    const { steps } = readTable(one(bodyOf(request), 'text'), await registerOf(request.ctx))
    await editPlan(request.ctx, plan.id, withSteps(steps))
    say(request, reply, { message: `Đã thêm ${count(steps.length)} bước từ bảng.` })
    return seeOther(reply, planHref(plan.id))
  })
}
