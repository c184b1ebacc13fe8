// Choosing another place to hand in while the dossier is still a draft.

import type { FastifyInstance, FastifyRequest, RouteShorthandOptions } from 'fastify'
import { needDossier, save } from '#modules/dossiers/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { Actions, Button, ErrorSummary, Form, LinkButton, PageHeading } from '#ui/index.ts'
import { filingPaths } from '../form/index.ts'
import { seeOther } from '../page.tsx'
import { portalFace } from './filing-face.tsx'
import { sendPortal } from './frame.tsx'
import { receivingUnits, text, UnitField } from './receiving-units.tsx'
import { shortName } from './words.ts'

export function unitChangeRoutes(app: FastifyInstance, citizen: RouteShorthandOptions): void {
  const unitPage = async (request: FastifyRequest<{ Params: { ref: string } }>, errors: readonly { key: string; message: string }[]) => {
    const { ctx } = request
    const dossier = await needDossier(ctx.db, ctx, request.params.ref)
    const [units, chosen] = await Promise.all([receivingUnits(ctx), getUnit(ctx.db, dossier.receivedUnitId)])
    return (
      <>
        <ErrorSummary errors={errors} />
        <PageHeading title="Đổi nơi nhận hồ sơ" lead={shortName(dossier.procedureName)} />
        <Form action={`/ho-so/${dossier.id}/noi-nop`}>
          <UnitField units={units} value={chosen.code} errors={errors} />
          <Actions>
            <Button look="primary">Lưu và về trang xem lại</Button>
            <LinkButton look="quiet" href={filingPaths(portalFace, dossier.id).review}>
              Không đổi
            </LinkButton>
          </Actions>
        </Form>
      </>
    )
  }
  const page = { title: 'Đổi nơi nhận hồ sơ', here: 'dossiers' as const, crumbs: [{ label: 'Hồ sơ của tôi', href: '/ho-so' }] }

  app.get<{ Params: { ref: string } }>('/ho-so/:ref/noi-nop', citizen, async (request, reply) =>
    sendPortal(request, reply, page, await unitPage(request, [])),
  )

  app.post<{ Params: { ref: string } }>('/ho-so/:ref/noi-nop', citizen, async (request, reply) => {
    const { ctx } = request
    const dossier = await needDossier(ctx.db, ctx, request.params.ref)
    const unit = text(request.body, 'unit')
    const offered = (await receivingUnits(ctx)).some((one) => one.value === unit)
    if (!offered) {
      return sendPortal(
        request,
        reply,
        { ...page, status: 422 },
        await unitPage(request, [{ key: 'unit', message: 'Chọn nơi nhận hồ sơ trong danh sách.' }]),
      )
    }
    await save(ctx, { dossier: dossier.id, form: {}, unit })
    return seeOther(reply, `${filingPaths(portalFace, dossier.id).review}?xong=noi-nop`)
  })
}
