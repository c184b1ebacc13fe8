// What I may do with a dossier besides filling it in: delete a draft, withdraw, answer a step, take the result.

import type { FastifyInstance, RouteShorthandOptions } from 'fastify'
import { Invalid, orThrow } from '#core/errors.ts'
import { lodgeAppeal } from '#modules/appeals/index.ts'
import { cancelPending, collect, completeStep, discard, needDossier, viewDossier, withdraw } from '#modules/dossiers/index.ts'
import { Confirm, FieldView } from '#ui/index.ts'
import { seeOther } from '../page.tsx'
import { CRUMBS, DossierPage } from './dossier.tsx'
import { dossierHref } from './filing-face.tsx'
import { sendPortal } from './frame.tsx'
import { shortName } from './words.ts'

type Ref = { Params: { ref: string } }

const text = (body: unknown, name: string): string => {
  const value = (body as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? value : ''
}

export function actRoutes(app: FastifyInstance, citizen: RouteShorthandOptions): void {
  app.get<Ref>('/ho-so/:ref/xoa', citizen, async (request, reply) => {
    const dossier = await needDossier(request.ctx.db, request.ctx, request.params.ref)
    if (dossier.state !== 'NHAP') return seeOther(reply, dossierHref(dossier))
    return sendPortal(
      request,
      reply,
      { title: 'Xóa bản nháp', here: 'dossiers', crumbs: CRUMBS },
      <Confirm title="Xóa bản nháp này?" action={`/ho-so/${dossier.id}/xoa`} confirmLabel="Xóa bản nháp" cancelHref="/ho-so" danger>
        <p>{shortName(dossier.procedureName)}. Câu trả lời và giấy tờ đã gửi trong bản nháp sẽ không lấy lại được.</p>
      </Confirm>,
    )
  })

  app.post<Ref>('/ho-so/:ref/xoa', citizen, async (request, reply) => {
    await discard(request.ctx, { dossier: request.params.ref })
    return seeOther(reply, '/ho-so?xong=da-xoa')
  })

  app.get<Ref>('/ho-so/:ref/rut', citizen, async (request, reply) => {
    const { dossier, acts } = await viewDossier(request.ctx, request.params.ref)
    orThrow(acts.withdrawal)
    return sendPortal(
      request,
      reply,
      { title: 'Rút hồ sơ', here: 'dossiers', crumbs: [...CRUMBS, { label: dossier.code ?? '', href: dossierHref(dossier) }] },
      <Confirm
        title="Rút hồ sơ này?"
        action={`${dossierHref(dossier)}/rut`}
        confirmLabel="Rút hồ sơ"
        cancelHref={dossierHref(dossier)}
        danger
        fields={<FieldView question={{ key: 'note', type: 'longtext', label: 'Lý do (nếu có)', maxLength: 2000 }} />}
      >
        <p>
          {shortName(dossier.procedureName)}, mã {dossier.code}. Cơ quan sẽ dừng giải quyết ngay và hồ sơ không mở lại được; muốn làm lại
          thì nộp hồ sơ mới.
        </p>
      </Confirm>,
    )
  })

  app.post<Ref>('/ho-so/:ref/rut', citizen, async (request, reply) => {
    const dossier = await withdraw(request.ctx, { dossier: request.params.ref, note: text(request.body, 'note').slice(0, 2000) || null })
    return seeOther(reply, `${dossierHref(dossier)}?xong=da-rut`)
  })

  app.post<Ref>('/ho-so/:ref/xem-xet-lai', citizen, async (request, reply) => {
    const appeal = await lodgeAppeal(request.ctx, { dossier: request.params.ref, words: text(request.body, 'words').slice(0, 2000) || null })
    return seeOther(reply, `/ho-so/${encodeURIComponent(appeal.dossierCode)}?xong=da-de-nghi#xem-xet-lai`)
  })

  app.post<Ref>('/ho-so/:ref/bo-sua-doi', citizen, async (request, reply) => {
    const dossier = await cancelPending(request.ctx, { dossier: request.params.ref })
    return seeOther(reply, `${dossierHref(dossier)}?xong=da-bo-sua`)
  })

  app.post<Ref>('/ho-so/:ref/nhan-ket-qua', citizen, async (request, reply) => {
    const dossier = await collect(request.ctx, { dossier: request.params.ref })
    return seeOther(reply, `${dossierHref(dossier)}?xong=da-nhan`)
  })

  app.post<{ Params: { ref: string; item: string } }>('/ho-so/:ref/viec/:item', citizen, async (request, reply) => {
    const { ctx } = request
    const view = await viewDossier(ctx, request.params.ref)
    const answer = { outcome: text(request.body, 'outcome'), note: text(request.body, 'note') || null }
    try {
      // Only an item of this dossier: its address is what the reader was shown.
      const item = view.items.find((one) => one.id === request.params.item)
      const done = await completeStep(ctx, { item: item?.id ?? request.params.item, ...answer })
      return seeOther(reply, `${dossierHref(done)}?xong=da-tra-loi`)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return sendPortal(
        request,
        reply,
        { title: shortName(view.dossier.procedureName), status: 422, here: 'dossiers', crumbs: CRUMBS },
        <DossierPage ctx={ctx} view={view} errors={error.fields} />,
      )
    }
  })
}
