// Appeals on the desk of the unit above: the list with its clock, one appeal with the whole trail, and the answer with its reasons.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Forbidden, Invalid } from '#core/errors.ts'
import { formatDateTime } from '#core/text/index.ts'
import { type Appeal, APPEAL_STATES, appealFile, appealPaper, decideAppeal, judges, listAppeals } from '#modules/appeals/index.ts'
import { AGAINST, decisionReasons, PAPER_LABELS, paperFileName, paperPdf } from '#modules/dossiers/index.ts'
import { listUnitsById } from '#modules/org/index.ts'
import { Actions, Button, EmptyState, ErrorSummary, Form, Icon, LinkButton, Notice, PageHeading, type ShownError, StatusTag, SummaryList, Table, Timeline } from '#ui/index.ts'
import { seeOther } from '../../page.tsx'
import { type Body, bodyOf, many, one } from '../answers.tsx'
import { disposition } from '../../download.ts'
import { say } from '../flash.ts'
import { sendDesk } from '../frame.tsx'
import { Due, dossierHref, towards } from '../words.tsx'
import { ReasonChoices } from './reasons.tsx'

type Id = { Params: { id: string } }

const href = (appeal: Pick<Appeal, 'id'>, rest = ''): string => `/desk/appeals/${appeal.id}${rest}`
const TONES = { open: 'info', upheld: 'plain', overturned: 'good' } as const
const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)

async function list(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { ctx } = request
  if (!judges(ctx.actor)) throw new Forbidden('appeals.not_judge', 'Trang này dành cho lãnh đạo và cán bộ kiểm soát thủ tục của cơ quan cấp trên.')
  const appeals = await listAppeals(ctx)
  const units = new Map((await listUnitsById(ctx.db, appeals.map((appeal) => appeal.fromUnitId))).map((unit) => [unit.id, unit.name]))
  return sendDesk(request, reply, { title: 'Đề nghị xem xét lại', here: 'appeals' },
    <>
      <PageHeading title="Đề nghị xem xét lại" lead="Người nộp đề nghị cơ quan ông/bà xem lại việc từ chối, yêu cầu bổ sung, dừng hoặc trả hồ sơ của đơn vị dưới. Gấp nhất ở trên." />
      {appeals.length === 0
        ? <EmptyState icon="tick" title="Không có đề nghị nào">Khi có người đề nghị xem xét lại, việc hiện ở đây và ở số đếm bên trái.</EmptyState>
        : (
          <Table
            caption="Đề nghị xem xét lại" captionHidden rows={appeals} rowHref={(appeal) => href(appeal)} strong={(appeal) => appeal.state === 'open'} empty="Không có."
            columns={[
              { key: 'code', label: 'Hồ sơ', main: true, tight: true, cell: (appeal) => appeal.dossierCode },
              { key: 'against', label: 'Về việc', cell: (appeal) => capital(AGAINST[appeal.against]) },
              { key: 'from', label: 'Đơn vị bị đề nghị', cell: (appeal) => units.get(appeal.fromUnitId) ?? '' },
              { key: 'at', label: 'Gửi lúc', tight: true, cell: (appeal) => formatDateTime(appeal.lodgedAt) },
              { key: 'due', label: 'Hạn trả lời', rule: 'ngay-tra-loi-xem-xet-lai', tight: true, cell: (appeal) => (appeal.state === 'open' ? <Due due={towards(appeal.dueAt, ctx)} /> : formatDateTime(appeal.dueAt)) },
              { key: 'state', label: 'Kết quả', tight: true, cell: (appeal) => <StatusTag tone={TONES[appeal.state]}>{APPEAL_STATES[appeal.state]}</StatusTag> },
            ]}
          />
        )}
    </>)
}

async function show(request: FastifyRequest<Id>, reply: FastifyReply, more: { status?: number; body?: Body; errors?: readonly ShownError[]; refused?: string } = {}): Promise<FastifyReply> {
  const { ctx } = request
  const file = await appealFile(ctx, request.params.id)
  const { appeal, dossier } = file
  const units = new Map((await listUnitsById(ctx.db, [appeal.fromUnitId])).map((unit) => [unit.id, unit.name]))
  const body = more.body ?? {}
  const how = one(body, 'how')
  const note = more.errors?.find((error) => error.key === 'note')?.message
  return sendDesk(request, reply, { title: `Đề nghị xem xét lại ${appeal.dossierCode}`, here: 'appeals', status: more.status, crumbs: [{ label: 'Đề nghị xem xét lại', href: '/desk/appeals' }, { label: appeal.dossierCode }] },
    <>
      <PageHeading
        title={`Đề nghị xem xét lại việc ${AGAINST[appeal.against]}`}
        meta={<><b>{appeal.dossierCode}</b><StatusTag tone={TONES[appeal.state]}>{APPEAL_STATES[appeal.state]}</StatusTag>{appeal.state === 'open' && <Due due={towards(appeal.dueAt, ctx)} />}</>}
      />
      <ErrorSummary errors={more.errors ?? []} />
      {more.refused && <Notice tone="bad" title="Không làm được lúc này"><p>{more.refused}</p></Notice>}
      <div class="matter">
        <section aria-labelledby="about">
          <h2 id="about">Đề nghị</h2>
          <SummaryList
            rows={[
              { label: 'Thủ tục', value: dossier.procedureName }, { label: 'Người nộp', value: dossier.applicant.fullName },
              { label: 'Đơn vị bị đề nghị', value: units.get(appeal.fromUnitId) ?? '' }, { label: 'Người nộp nói', value: appeal.words ?? 'Không ghi thêm' },
              { label: 'Gửi lúc', value: formatDateTime(appeal.lodgedAt) }, { label: 'Trả lời trước', rule: 'ngay-tra-loi-xem-xet-lai', value: `${formatDateTime(appeal.dueAt)}. ${appeal.derivation}` },
            ]}
          />
          {appeal.state !== 'open' && appeal.decision && (
            <Notice tone={appeal.state === 'overturned' ? 'good' : 'info'} title={`${appeal.decidedByName} đã trả lời ${formatDateTime(appeal.decidedAt!)}: ${APPEAL_STATES[appeal.state].toLowerCase()}`}>
              <ul>{appeal.decision.reasons.map((reason) => <li>{reason.text}{reason.clause && <span class="soft"> ({reason.clause})</span>}</li>)}</ul>
              {appeal.decision.note && <p>{appeal.decision.note}</p>}
            </Notice>
          )}
          {file.decide === null
            ? (
              <Form action={href(appeal, '/decision')} guard label="Trả lời đề nghị">
                <div class="q">
                  <fieldset id="how">
                    <legend class="label">Trả lời</legend>
                    <div class="choices">
                      <label class="choice"><input type="radio" name="how" value="overturn" checked={how === 'overturn'} /><span>Chấp nhận đề nghị<small class="soft clause">Người nộp nhận ngay văn bản trả lời; hồ sơ được mở lại hoặc yêu cầu bổ sung bị hủy, đơn vị dưới phải làm lại.</small></span></label>
                      <label class="choice"><input type="radio" name="how" value="uphold" checked={how === 'uphold'} /><span>Giữ nguyên<small class="soft clause">Người nộp nhận ngay văn bản trả lời; quyền khiếu nại, khởi kiện không đổi.</small></span></label>
                    </div>
                  </fieldset>
                </div>
                <ReasonChoices title="Lý do chấp nhận" list={decisionReasons(ctx, 'overturn').map((reason) => ({ ...reason, common: false }))} body={body} errors={more.errors?.filter((error) => error.key !== 'reasons' || how === 'overturn') ?? []} />
                <ReasonChoices title="Lý do giữ nguyên" list={decisionReasons(ctx, 'uphold').map((reason) => ({ ...reason, common: false }))} body={body} errors={more.errors?.filter((error) => error.key === 'reasons' ? how !== 'overturn' : true) ?? []} />
                <div class={note ? 'q wrong' : 'q'}>
                  <label class="label" for="note">Nói với người dân <span class="optional">(không bắt buộc)</span></label>
                  {note && <p class="fault" id="note--error"><span class="sr">Lỗi: </span>{note}</p>}
                  <textarea id="note" name="note" rows={3} maxLength={2000} aria-describedby={note ? 'note--error' : undefined}>{one(body, 'note')}</textarea>
                </div>
                <Actions><Button look="primary" busyText="Đang ghi…">Gửi trả lời</Button><LinkButton look="quiet" href="/desk/appeals">Để sau</LinkButton></Actions>
              </Form>
            )
            : appeal.state === 'open' && <Notice tone="warn"><p>{file.decide.message}</p></Notice>}
        </section>
        <section class="papers" aria-labelledby="trail-papers">
          <h2 id="trail-papers">Giấy tờ và diễn biến</h2>
          <ul class="parts-list">
            {file.papers.map((paper) => (
              <li>
                <Icon name="file" />
                <div><a href={href(appeal, `/papers/${paper.id}.pdf`)} target="_blank" rel="noopener">{PAPER_LABELS[paper.kind]}</a>{paper.id === appeal.paperId && <> <StatusTag tone="warn">Bị đề nghị xem lại</StatusTag></>}<div class="about">{formatDateTime(paper.createdAt)}</div></div>
              </li>
            ))}
            {file.parts.map((part) => <li><Icon name="folder" /><div>{part.name}<div class="about">Người nộp đã gửi</div></div></li>)}
          </ul>
          <p><LinkButton look="quiet" href={dossierHref(dossier)}>Mở cả hồ sơ</LinkButton></p>
          <Timeline
            label="Diễn biến hồ sơ, mới nhất trước"
            entries={file.trail.toReversed().map(({ sentence, at, who, tone, details }) => ({ sentence, at, actor: who || undefined, tone, more: details.length > 0 ? <ul class="soft">{details.map((line) => <li>{line}</li>)}</ul> : undefined }))}
          />
        </section>
      </div>
    </>)
}

/** Only reasons of the answer chosen are given with it; the other list may stand ticked. */
function reasonsIn(request: FastifyRequest, body: Body, how: string) {
  const known = new Set(how === 'uphold' || how === 'overturn' ? decisionReasons(request.ctx, how).map((reason) => reason.code) : [])
  return many(body, 'reasons').filter((code) => known.has(code)).map((code) => ({ code, detail: one(body, `detail.${code}`) || null }))
}

export async function appealDeskRoutes(app: FastifyInstance): Promise<void> {
  app.get('/appeals', list)
  app.get<Id>('/appeals/:id', (request, reply) => show(request, reply))
  app.get<{ Params: { id: string; paper: string } }>('/appeals/:id/papers/:paper', async (request, reply) => {
    const { dossier, paper } = await appealPaper(request.ctx, request.params.id, request.params.paper.replace(/\.pdf$/, ''))
    return reply.type('application/pdf').header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
      .header('content-disposition', disposition('inline', paperFileName(dossier, paper))).send(Buffer.from(await paperPdf(request.ctx, paper)))
  })
  app.post<Id>('/appeals/:id/decision', async (request, reply) => {
    const body = bodyOf(request)
    const how = one(body, 'how')
    try {
      const appeal = await decideAppeal(request.ctx, { appeal: request.params.id, how: how as 'uphold', reasons: reasonsIn(request, body, how), note: one(body, 'note') || null })
      say(request, reply, { message: `Đã trả lời: ${APPEAL_STATES[appeal.state].toLowerCase()}. Người nộp được báo ngay.` })
      return seeOther(reply, href(appeal))
    } catch (error) {
      if (error instanceof Invalid) return show(request, reply, { status: 422, body, errors: error.fields })
      if (error instanceof Conflict) return show(request, reply, { status: 409, body, refused: error.message })
      throw error
    }
  })
}
