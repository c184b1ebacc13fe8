// HTTP of the counter: an officer files for the person in front of them; who filed for whom stays on record.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Forbidden, Invalid } from '#core/errors.ts'
import { evaluateForm, prefill, readBody } from '#core/form/index.ts'
import type { Values } from '#core/form/types.ts'
import { localDate } from '#core/workdays/index.ts'
import { begin, counterDrafts, counterPost } from '#modules/dossiers/index.ts'
import { findPublished } from '#modules/catalogue/index.ts'
import { getProcedure, type Version } from '#modules/procedures/index.ts'
import { type FilingFace, filingRoutes } from '../form/index.ts'
import { seeOther } from '../page.tsx'
import { type Body, bodyOf, one, queryOf } from './answers.tsx'
import { APPLICANT, ApplicantScreen, ChooseProcedure } from './counter.tsx'
import { sendDesk } from './frame.tsx'
import { dossierHref } from './words.tsx'

type Coded = { Params: { procedure: string } }

async function atCounter(request: FastifyRequest): Promise<void> {
  if (counterPost(request.ctx.actor)) return
  throw new Forbidden('dossiers.not_counter', 'Chỉ công chức Bộ phận một cửa nhận hồ sơ tại quầy. Đổi chức danh nếu ông/bà giữ chức danh đó.')
}

/** Handed in by a person or by the post, if the procedure takes it so. */
const COUNTER_CHANNELS = ['truc_tiep', 'bcci'] as const
const channelsOf = (version: Version) => COUNTER_CHANNELS.filter((channel) => version.record.channels.some((one) => one.channel === channel))

const face: FilingFace = {
  mount: '/counter/filings',
  base: '/desk/counter/filings',
  paths: { form: 'form', papers: 'papers', review: 'review', submission: 'submission', autosave: 'autosave' },
  guard: atCounter,
  counter: true,
  send: (request, reply, { title, status, filing, content }) =>
    sendDesk(request, reply, {
      title, status, here: 'counter', crumbs: [{ label: 'Nhận tại quầy', href: '/desk/counter' }, { label: filing.dossier.applicant.fullName }],
    }, <div class="filing"><p class="soft filing-of">{filing.dossier.procedureName}</p>{content}</div>),
  later: () => '/desk/counter',
  submitted: (dossier) => dossierHref(dossier),
  home: (dossier) => dossierHref(dossier),
  fileHref: (id) => `/desk/files/${id}`,
}

/** What was just written of a person, under the names by which forms ask for it: nobody types it twice. */
const identityOf = (values: Values): Values => ({
  full_name: values['fullName'], personal_id: values['personalId'], birth_date: values['birthDate'], phone: values['phone'], address: values['address'],
})

export async function counterRoutes(app: FastifyInstance): Promise<void> {
  await app.register(async (counter) => {
    await filingRoutes(counter, { face })

    counter.get('/counter', { preHandler: atCounter }, async (request, reply) => {
      const { ctx } = request
      const q = one(queryOf(request), 'q').normalize('NFC').slice(0, 200)
      const [found, drafts] = await Promise.all([findPublished(ctx, { q, limit: 100 }), counterDrafts(ctx)])
      return sendDesk(request, reply, { title: 'Nhận tại quầy', here: 'counter' },
        <ChooseProcedure q={q} found={found} drafts={drafts} unit={counterPost(ctx.actor)!.unitName} />)
    })

    const ask = (request: FastifyRequest, reply: FastifyReply, version: Version, body: Body, values: Values, errors: Invalid['fields'] = []) => {
      const channels = channelsOf(version)
      return sendDesk(request, reply, {
        title: 'Người nộp hồ sơ', here: 'counter', status: errors.length > 0 ? 422 : 200, crumbs: [{ label: 'Nhận tại quầy', href: '/desk/counter' }, { label: version.name }],
      }, <ApplicantScreen
        ctx={request.ctx} version={version} channels={channels} channel={one(body, 'channel') || channels[0] || 'truc_tiep'} kind={one(body, 'kind') || 'ca_nhan'}
        values={values} errors={errors} clientKey={one(body, 'clientKey') || randomUUID()}
      />)
    }

    counter.get<Coded>('/counter/:procedure', { preHandler: atCounter }, async (request, reply) =>
      ask(request, reply, await getProcedure(request.ctx.db, request.params.procedure, localDate(request.ctx.now)), {}, {}))

    counter.post<Coded>('/counter/:procedure', { preHandler: atCounter }, async (request, reply) => {
      const { ctx } = request
      const version = await getProcedure(ctx.db, request.params.procedure, localDate(ctx.now))
      const body = bodyOf(request)
      const answers = readBody(APPLICANT, body)
      const checked = evaluateForm({ title: '', sections: [{ key: 'applicant', title: '', questions: APPLICANT }] }, answers, {
        channel: 'truc_tiep', receivedOn: localDate(ctx.now), applicant: null, catalogs: ctx.catalogs,
      })
      if (checked.errors.length > 0) return ask(request, reply, version, body, answers, checked.errors)
      const kind = one(body, 'kind') === 'to_chuc' ? 'to_chuc' : 'ca_nhan'
      try {
        const draft = await begin(ctx, {
          procedure: version.code, unit: counterPost(ctx.actor)!.unitCode, channel: one(body, 'channel') as 'truc_tiep',
          applicant: { ...checked.values, kind } as never, clientKey: one(body, 'clientKey') || null,
          form: kind === 'ca_nhan' ? prefill(version.record.form, identityOf(checked.values), {}) : {},
        })
        return seeOther(reply, `/desk/counter/filings/${draft.id}/form`)
      } catch (error) {
        if (!(error instanceof Invalid)) throw error
        return ask(request, reply, version, body, answers, error.fields.map((fault) => ({ ...fault, key: fault.key.replace(/^applicant\./, '') })))
      }
    })
  })
}
