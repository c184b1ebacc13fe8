// HTTP of saying why one looks, and of one masked value shown whole.

import type { FastifyInstance } from 'fastify'
import { Invalid, NotFound } from '#core/errors.ts'
import { accessReasons, giveReason, REVEALABLE, type Revealable, revealValue } from '#modules/dossiers/index.ts'
import { Actions, Icon, LinkButton, PageHeading } from '#ui/index.ts'
import { seeOther } from '../page.tsx'
import { safeReturnTo } from '../session/index.ts'
import { bodyOf, one, queryOf } from './answers.tsx'
import { sendReasonForm } from './ask-reason.tsx'
import { sendDesk } from './frame.tsx'
import { dossierHref } from './words.tsx'

type Ref = { Params: { ref: string } }

export async function reasonRoutes(app: FastifyInstance): Promise<void> {
  // Back, or reload, after the reason was given: the dossier itself, which asks again only when the reason has run out.
  app.get<Ref>('/dossiers/:ref/access', (request, reply) => seeOther(reply, `/desk/dossiers/${encodeURIComponent(request.params.ref)}`))

  app.post<Ref>('/dossiers/:ref/access', async (request, reply) => {
    const body = bodyOf(request)
    const given = { code: one(body, 'code'), note: one(body, 'note') || null }
    const home = `/desk/dossiers/${encodeURIComponent(request.params.ref)}`
    const returnTo = safeReturnTo(one(body, 'returnTo')) ?? home
    try {
      await giveReason(request.ctx, { dossier: request.params.ref, ...given })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      const named = { id: request.params.ref, code: request.params.ref, procedureName: 'hồ sơ đã chọn' }
      return sendReasonForm(request, reply, 422, {
        dossier: named, returnTo, reasons: accessReasons(request.ctx), minutes: request.ctx.access.minutes, code: given.code, note: given.note ?? '', errors: error.fields,
      })
    }
    return seeOther(reply, returnTo)
  })

  app.get<{ Params: { ref: string; field: string } }>('/dossiers/:ref/value/:field', async (request, reply) => {
    const { ref, field } = request.params
    if (!Object.hasOwn(REVEALABLE, field)) throw new NotFound('desk.no_value', 'Không có mục này.')
    const { dossier, label, value } = await revealValue(request.ctx, ref, field as Revealable)
    const back = safeReturnTo(one(queryOf(request), 'returnTo')) ?? dossierHref(dossier)
    return sendDesk(request, reply, { title: label, here: 'dossiers', crumbs: [{ label: 'Hồ sơ', href: '/desk/dossiers' }, { label: dossier.code ?? 'Hồ sơ', href: dossierHref(dossier) }, { label }] },
      <div class="measure">
        <PageHeading title={label} lead={`${dossier.applicant.fullName}, hồ sơ ${dossier.code ?? ''}`} />
        <p class="computed">{value || 'Không có trong hồ sơ'}</p>
        <p class="soft"><Icon name="info" /> Lượt xem này đã được ghi lại.</p>
        <Actions><LinkButton look="primary" href={back} icon="left">Quay lại</LinkButton><LinkButton href={dossierHref(dossier)}>Mở hồ sơ</LinkButton></Actions>
      </div>)
  })
}
