// Beginning a filing: where to hand in and in whose name.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest, RouteShorthandOptions } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { Conflict, Invalid, NotFound } from '#core/errors.ts'
import { prefill } from '#core/form/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { type Applicant, begin } from '#modules/dossiers/index.ts'
import { deskFor, liveUnit } from '#modules/org/index.ts'
import { getProcedure, type Version } from '#modules/procedures/index.ts'
import { orAbolished } from './abolished.tsx'
import { Actions, Button, ErrorSummary, FieldView, Form, LinkButton, PageHeading } from '#ui/index.ts'
import { type Claims, claimsOf, factsOf, filingPaths } from '../form/index.ts'
import { seeOther } from '../page.tsx'
import { portalFace } from './filing-face.tsx'
import { sendPortal } from './frame.tsx'
import { whyNotOnline } from './procedure.tsx'
import { receivingUnits, text, UnitField } from './receiving-units.tsx'
import { shortName } from './words.ts'

/** The desk of the commune where the citizen lives; '' when that is not in this province. */
async function nearestDesk(ctx: Ctx, claims: Claims | null): Promise<string> {
  if (!claims?.address?.commune) return ''
  try {
    return (await deskFor(ctx.db, await liveUnit(ctx.db, claims.address.commune), 'mot_cua')).code
  } catch (error) {
    if (error instanceof NotFound) return ''
    throw error
  }
}

const ORGANISED = ['doanh_nghiep', 'ho_kinh_doanh', 'hop_tac_xa', 'to_chuc']

function applicantOf(ctx: Ctx, claims: Claims | null, forOrganisation: boolean): Applicant {
  const name = ctx.actor.kind === 'citizen' ? ctx.actor.name : ''
  const contact = { birthDate: claims?.birth_date, phone: claims?.phone, email: claims?.email, address: claims?.address ?? undefined }
  const { organization } = claims ?? {}
  if (forOrganisation && organization)
    return {
      kind: 'to_chuc',
      fullName: organization.name,
      businessId: organization.code,
      ...contact,
      address: organization.address ?? undefined,
    }
  return { kind: 'ca_nhan', fullName: name, ...contact }
}

interface Asked {
  readonly unit: string
  readonly as: string
  readonly clientKey: string
}

function BeginPage({
  version,
  units,
  claims,
  asked,
  errors,
}: {
  version: Version
  units: readonly { value: string; label: string }[]
  claims: Claims | null
  asked: Asked
  errors: readonly { key: string; message: string }[]
}) {
  const organization = version.record.targets.some((target) => ORGANISED.includes(target)) ? claims?.organization : null
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title="Nộp hồ sơ trực tuyến" lead={shortName(version.name)} />
      <Form action={`/thu-tuc/${version.code}/nop`}>
        <input type="hidden" name="clientKey" value={asked.clientKey} />
        <UnitField units={units} value={asked.unit} errors={errors} />
        {organization && (
          <FieldView
            value={asked.as}
            errors={errors}
            question={{
              key: 'as',
              type: 'radio',
              required: true,
              label: 'Ông/bà nộp với tư cách nào?',
              options: [
                { value: 'ca_nhan', label: `Cá nhân: ${claims?.full_name ?? ''}` },
                { value: 'to_chuc', label: `${organization.name} (mã số ${organization.code})` },
              ],
            }}
          />
        )}
        <Actions>
          <Button look="primary">Bắt đầu khai</Button>
          <LinkButton look="quiet" href={`/thu-tuc/${version.code}`}>
            Quay lại xem thủ tục
          </LinkButton>
        </Actions>
      </Form>
    </>
  )
}

async function onlineVersion(request: FastifyRequest<{ Params: { code: string } }>): Promise<Version> {
  const version = await getProcedure(request.ctx.db, request.params.code, localDate(request.ctx.now))
  const why = whyNotOnline(version)
  if (why) throw new Conflict('portal.not_online', why)
  return version
}

export function beginRoutes(app: FastifyInstance, citizen: RouteShorthandOptions): void {
  app.get<{ Params: { code: string } }>('/thu-tuc/:code/nop', { ...citizen, errorHandler: orAbolished }, async (request, reply) => {
    const { ctx } = request
    const version = await onlineVersion(request)
    const claims = await claimsOf(ctx)
    const [units, unit] = await Promise.all([receivingUnits(ctx), nearestDesk(ctx, claims)])
    const crumbs = [
      { label: 'Thủ tục', href: '/thu-tuc' },
      { label: shortName(version.name), href: `/thu-tuc/${version.code}` },
    ]
    return sendPortal(
      request,
      reply,
      { title: 'Nộp hồ sơ trực tuyến', here: 'procedures', crumbs },
      <BeginPage version={version} units={units} claims={claims} asked={{ unit, as: 'ca_nhan', clientKey: randomUUID() }} errors={[]} />,
    )
  })

  app.post<{ Params: { code: string } }>('/thu-tuc/:code/nop', citizen, async (request, reply) => {
    const { ctx } = request
    const version = await onlineVersion(request)
    const claims = await claimsOf(ctx)
    const asked = {
      unit: text(request.body, 'unit'),
      as: text(request.body, 'as'),
      clientKey: text(request.body, 'clientKey') || randomUUID(),
    }
    try {
      const facts = factsOf(claims)
      const draft = await begin(ctx, {
        procedure: version.code,
        unit: asked.unit,
        channel: 'truc_tuyen',
        applicant: applicantOf(ctx, claims, asked.as === 'to_chuc'),
        form: prefill(version.record.form, facts.identity, facts.registers),
        clientKey: asked.clientKey,
      })
      return seeOther(reply, filingPaths(portalFace, draft.id).start)
    } catch (error) {
      if (!(error instanceof Invalid) && !(error instanceof NotFound)) throw error
      const errors = error instanceof Invalid ? error.fields : [{ key: 'unit', message: 'Chọn nơi nhận hồ sơ trong danh sách.' }]
      return sendPortal(
        request,
        reply,
        { title: 'Nộp hồ sơ trực tuyến', status: 422, here: 'procedures' },
        <BeginPage version={version} units={await receivingUnits(ctx)} claims={claims} asked={asked} errors={errors} />,
      )
    }
  })
}
