// The page that asks why before a dossier that is not one's work is opened, in place of that page; and how a list shows a masked value.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccessReason } from '#core/policy/access.ts'
import { accessReasons, type ReasonRequired, REVEALABLE, type Revealable } from '#modules/dossiers/index.ts'
import { Actions, Button, ErrorSummary, Form, LinkButton, Notice, PageHeading, type ShownError } from '#ui/index.ts'
import { safeReturnTo } from '../session/index.ts'
import { sendDesk } from './frame.tsx'
import { dossierHref } from './words.tsx'

interface ReasonView {
  readonly dossier: ReasonRequired['dossier']
  readonly reasons: readonly AccessReason[]
  readonly minutes: number
  readonly returnTo: string
  readonly code?: string
  readonly note?: string
  readonly errors?: readonly ShownError[]
}

function ReasonScreen({ dossier, reasons, minutes, returnTo, code, note, errors = [] }: ReasonView) {
  const fault = (key: string) => errors.find((error) => error.key === key)?.message
  return (
    <div class="measure">
      <PageHeading title="Vì sao cần xem hồ sơ này?" lead={`${dossier.code ?? 'Hồ sơ'}, ${dossier.procedureName}. Ông/bà được quyền xem nhưng không có việc ở hồ sơ này.`} />
      <ErrorSummary errors={errors} />
      <Form action={dossierHref(dossier, '/access')} label="Lý do xem hồ sơ">
        <input type="hidden" name="returnTo" value={returnTo} />
        <div class={fault('code') ? 'q wrong' : 'q'} id="code">
          <fieldset aria-describedby={fault('code') ? 'code--error' : undefined}>
            <legend class="label">Lý do</legend>
            {fault('code') && <p class="fault" id="code--error"><span class="sr">Lỗi: </span>{fault('code')}</p>}
            <div class="choices">
              {reasons.map((reason) => (
                <label class="choice">
                  <input type="radio" name="code" value={reason.code} checked={reason.code === code} />
                  <span>{reason.text}{reason.words && ' (ghi rõ ở dưới)'}<span class="soft reason-clause">{reason.clause}</span></span>
                </label>
              ))}
            </div>
          </fieldset>
        </div>
        <div class={fault('note') ? 'q wrong' : 'q'}>
          <label class="label" for="note">Ghi rõ <span class="optional">(kế hoạch, đơn thư, hồ sơ liên quan)</span></label>
          {fault('note') && <p class="fault" id="note--error"><span class="sr">Lỗi: </span>{fault('note')}</p>}
          <textarea id="note" name="note" rows={3} maxLength={500} aria-invalid={fault('note') ? true : undefined} aria-describedby={fault('note') ? 'note--error' : undefined}>{note ?? ''}</textarea>
        </div>
        <Notice><p>Lượt xem và lý do được ghi lại. Người nộp hồ sơ đọc được tên, chức danh, đơn vị của ông/bà và lý do này. Lý do có hiệu lực {minutes} phút.</p></Notice>
        <Actions><Button look="primary" icon="next">Mở hồ sơ</Button><LinkButton look="quiet" href="/desk/dossiers">Không xem nữa</LinkButton></Actions>
      </Form>
    </div>
  )
}

/** Asks why, on the very address that was asked for: after the answer the same address opens. */
export function sendReason(request: FastifyRequest, reply: FastifyReply, error: ReasonRequired): Promise<FastifyReply> {
  const { dossier } = error
  const returnTo = request.method === 'GET' ? (safeReturnTo(request.url) ?? dossierHref(dossier)) : dossierHref(dossier)
  return sendReasonForm(request, reply, 403, { dossier, returnTo, reasons: accessReasons(request.ctx), minutes: request.ctx.access.minutes })
}

export const sendReasonForm = (request: FastifyRequest, reply: FastifyReply, status: number, view: ReasonView) =>
  sendDesk(request, reply, { title: 'Vì sao cần xem', here: 'dossiers', status, crumbs: [{ label: 'Hồ sơ', href: '/desk/dossiers' }, { label: view.dossier.code ?? 'Hồ sơ' }] }, <ReasonScreen {...view} />)

/** A masked value with the way to see it whole. */
export const Masked = ({ dossier, field, value, returnTo }: { dossier: { id: string; code: string | null }; field: Revealable; value: string | null | undefined; returnTo: string }) =>
  value ? (
    <span class="masked">
      {value} <a href={dossierHref(dossier, `/value/${field}?returnTo=${encodeURIComponent(returnTo)}`)}>hiện<span class="sr"> {REVEALABLE[field].toLowerCase()} của hồ sơ {dossier.code}</span></a>
    </span>
  ) : <span class="soft">—</span>
