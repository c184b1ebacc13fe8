// HTTP of acting on a dossier: every outcome of a step, by its noun or as the completion of the work; nothing typed is ever lost.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { accept, completeStep, type Dossier, type DossierView, refuse, requestSupplement, returnResult, STATES, viewDossier, withdraw, workItem } from '#modules/dossiers/index.ts'
import { canComplete, type Item, type OutcomeChoice } from '#modules/work/index.ts'
import { Actions, Alert, Button, Form, LinkButton, PageHeading } from '#ui/index.ts'
import { seeOther } from '../../page.tsx'
import { type Body, bodyOf, many, one, queryOf } from '../answers.tsx'
import { sendStale, sendTaken } from '../conflict.tsx'
import { say } from '../flash.ts'
import { sendDesk } from '../frame.tsx'
import { dossierHref } from '../words.tsx'
import { asksReasons, doable, NOUNS, onlyWay } from './outcomes.ts'
import { readLines, readReasons, ReasonsPage } from './reasons.tsx'

const ACTIONS = { acceptance: accept, refusal: refuse, 'supplement-request': requestSupplement, return: returnResult } as const
type Noun = keyof typeof ACTIONS

interface Way {
  readonly view: DossierView
  readonly item: Item
  readonly outcome: OutcomeChoice
}

const crumbs = (dossier: Dossier, last: string) => [{ label: 'Việc cần làm', href: '/desk' }, { label: dossier.code ?? '', href: dossierHref(dossier) }, { label: last }]

const sendReasons = (request: FastifyRequest, reply: FastifyReply, way: Way, more: { body?: Body; errors?: Invalid['fields'] } = {}) =>
  sendDesk(request, reply, { title: way.outcome.label, here: 'work', status: more.errors ? 422 : 200, crumbs: crumbs(way.view.dossier, way.outcome.label) },
    <ReasonsPage {...way} seenAt={request.ctx.now} {...more} />)

/** Faults that no reason can mend, such as papers still missing from a supplement. */
const sendFaults = (request: FastifyRequest, reply: FastifyReply, { view, outcome }: Way, error: Invalid, note: string) =>
  sendDesk(request, reply, { title: 'Chưa làm được', here: 'work', status: 422, crumbs: crumbs(view.dossier, 'Chưa làm được') },
    <div class="measure">
      <PageHeading title={`Chưa làm được: ${outcome.label}`} lead={error.message} />
      <Alert><ul>{error.fields.map((fault) => <li>{fault.message}</li>)}</ul></Alert>
      {note && <div class="q"><label class="label" for="kept">Ghi chú ông/bà đã viết</label><textarea id="kept" rows={4} readOnly>{note}</textarea></div>}
      <Actions><LinkButton look="primary" href={dossierHref(view.dossier)}>Quay lại hồ sơ</LinkButton></Actions>
    </div>)

/** Every field but those that the page sets anew, so that nothing typed is lost. */
const keptOf = (body: Body): (readonly [string, string])[] =>
  Object.keys(body).filter((name) => !['_csrf', 'revision', 'seenAt', 'note'].includes(name)).flatMap((name) => many(body, name).map((value) => [name, value] as const))

async function finish(request: FastifyRequest, reply: FastifyReply, way: Way): Promise<FastifyReply> {
  const { view, item, outcome } = way
  const { dossier } = view
  const { ctx } = request
  const body = bodyOf(request)
  const note = one(body, 'note')
  const revision = one(body, 'revision')
  if (revision !== '' && Number(revision) !== dossier.revision && canComplete(item, ctx.actor) === null) {
    const seenAt = new Date(one(body, 'seenAt'))
    return sendStale(request, reply, { view, label: outcome.label, since: Number.isNaN(seenAt.getTime()) ? null : seenAt, kept: { action: request.url, note, fields: keptOf(body) } })
  }
  const asked = asksReasons(view, item, outcome)
  let after: Dossier
  try {
    const { reasons, faults } = asked ? readReasons(view.version.record, body) : { reasons: [], faults: [] }
    if (faults.length > 0) throw new Invalid(faults)
    after = await completeStep(ctx, { item: item.id, outcome: outcome.key, note: note || null, reasons, explanation: one(body, 'explanation') || null, lines: readLines(body), assignee: one(body, 'assignee') || null })
  } catch (error) {
    if (error instanceof Conflict) return sendTaken(request, reply, { id: item.id, refused: error, note })
    if (!(error instanceof Invalid)) throw error
    return asked ? sendReasons(request, reply, way, { body, errors: error.fields }) : sendFaults(request, reply, way, error, note)
  }
  const receipt = outcome.effect === 'accept'
  say(request, reply, {
    message: `${item.name}: ${outcome.label}. Hồ sơ nay: ${STATES[after.state].label.toLowerCase()}.`,
    link: receipt ? { href: dossierHref(after, '/receipt.pdf'), label: 'In giấy tiếp nhận và hẹn trả' } : { href: '/desk/next', label: 'Việc kế tiếp' },
  })
  return seeOther(reply, dossierHref(after))
}

/** The step and outcome a noun stands for; the act itself says why when there is none. */
async function wayOf(request: FastifyRequest, ref: string, noun: Noun): Promise<Way> {
  const view = await viewDossier(request.ctx, ref)
  const asked = one({ ...queryOf(request), ...bodyOf(request) }, 'outcome')
  const mine = doable(view, request.ctx.actor).flatMap((item) => item.outcomes.map((outcome) => ({ item, outcome })))
  const fitting = mine.filter(({ outcome }) => NOUNS[noun]!.includes(outcome.effect ?? ''))
  const way = fitting.find(({ outcome }) => outcome.key === asked) ?? fitting[0] ?? onlyWay(view, noun) ?? lastOf(view, noun)
  if (way) return { view, ...way }
  await ACTIONS[noun](request.ctx, { dossier: view.dossier.id })
  throw new NotFound('work.no_item', 'Không có việc này.')
}

function lastOf(view: DossierView, noun: Noun): { item: Item; outcome: OutcomeChoice } | null {
  const item = view.items.findLast((one) => one.outcomes.some((outcome) => NOUNS[noun]!.includes(outcome.effect ?? '')))
  const outcome = item?.outcomes.find((one) => NOUNS[noun]!.includes(one.effect ?? ''))
  return item && outcome ? { item, outcome } : null
}

async function itemWay(request: FastifyRequest, id: string): Promise<Way> {
  const { item, dossier } = await workItem(request.ctx, id)
  const key = one({ ...queryOf(request), ...bodyOf(request) }, 'outcome')
  const outcome = item.outcomes.find((choice) => choice.key === key)
  if (!outcome) throw new Invalid([{ key: 'outcome', message: `Bước “${item.name}” có các kết quả: ${item.outcomes.map((choice) => choice.label).join(', ')}.` }], 'Chọn một kết quả của bước.')
  return { view: await viewDossier(request.ctx, dossier.id), item, outcome }
}

/** A page that asks before an act: refused at once when the act would be. */
async function ask(request: FastifyRequest, reply: FastifyReply, way: Way): Promise<FastifyReply> {
  const refused = canComplete(way.item, request.ctx.actor)
  if (refused?.kind === 'conflict') return sendTaken(request, reply, { id: way.item.id, refused: new Conflict(refused.code, refused.message) })
  orThrow(refused)
  return sendReasons(request, reply, way)
}

export async function actRoutes(app: FastifyInstance): Promise<void> {
  for (const noun of Object.keys(ACTIONS) as Noun[]) {
    app.post<{ Params: { ref: string } }>(`/dossiers/:ref/${noun}`, async (request, reply) => finish(request, reply, await wayOf(request, request.params.ref, noun)))
    if (noun === 'acceptance') continue
    app.get<{ Params: { ref: string } }>(`/dossiers/:ref/${noun}`, async (request, reply) => ask(request, reply, await wayOf(request, request.params.ref, noun)))
  }

  app.get<{ Params: { id: string } }>('/work/:id/completion', async (request, reply) => ask(request, reply, await itemWay(request, request.params.id)))
  app.post<{ Params: { id: string } }>('/work/:id/completion', async (request, reply) => finish(request, reply, await itemWay(request, request.params.id)))

  app.get<{ Params: { ref: string } }>('/dossiers/:ref/withdrawal', async (request, reply) => {
    const view = await viewDossier(request.ctx, request.params.ref)
    const { dossier, acts } = view
    orThrow(acts.withdrawal)
    return sendDesk(request, reply, { title: 'Rút hồ sơ', here: 'work', crumbs: crumbs(dossier, 'Rút hồ sơ') },
      <div class="measure">
        <PageHeading title="Rút hồ sơ theo đề nghị của người nộp" lead={`${dossier.code} – ${dossier.applicant.fullName}. Hồ sơ kết thúc, không giải quyết tiếp; người nộp nhận xác nhận rút.`} />
        <Form action={dossierHref(dossier, '/withdrawal')} guard>
          <div class="q"><label class="label" for="note">Người nộp nói gì <span class="optional">(không bắt buộc)</span></label><textarea id="note" name="note" rows={3} maxLength={2000} /></div>
          <Actions><Button look="danger" icon="alert">Rút hồ sơ</Button><LinkButton look="quiet" href={dossierHref(dossier)}>Quay lại, không làm</LinkButton></Actions>
        </Form>
      </div>)
  })

  app.post<{ Params: { ref: string } }>('/dossiers/:ref/withdrawal', async (request, reply) => {
    const dossier = await withdraw(request.ctx, { dossier: request.params.ref, note: one(bodyOf(request), 'note') || null })
    say(request, reply, { message: 'Đã rút hồ sơ theo đề nghị của người nộp.' })
    return seeOther(reply, dossierHref(dossier))
  })
}
