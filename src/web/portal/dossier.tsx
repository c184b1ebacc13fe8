// The page of one dossier: where it stands, what is asked of me, both clocks, papers, what happened; and the page after handing in.

import type { FastifyInstance, RouteShorthandOptions } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { localDate } from '#core/workdays/index.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { type DossierView, isPaperHidden, PAPER_LABELS, STATES, viewDossier, ruleOn } from '#modules/dossiers/index.ts'
import { explain } from '#modules/procedures/index.ts'
import { Figure, FileList, LinkButton, Notice, PageHeading, StatusTag, SummaryList, Timeline } from '#ui/index.ts'
import { seeOther } from '../page.tsx'
import { filingPaths } from '../form/index.ts'
import { Watched } from '../live/watched.tsx'
import { Asked } from './asked.tsx'
import { AppealBox, type Appeals, readAppeals } from './appeal.tsx'
import { Clocks, ThreeClocks } from './clocks.tsx'
import { type Contact, lateContacts, ReceptionLate } from './reception-late.tsx'
import { dossierHref, portalFace } from './filing-face.tsx'
import { sendPortal } from './frame.tsx'
import { Owed } from './pay.tsx'
import { Answers } from './my-answers.tsx'
import { ViewersLink } from './viewers.tsx'
import { shortName, STATE_WORDS } from './words.ts'

export const CRUMBS = [{ label: 'Hồ sơ của tôi', href: '/ho-so' }]

export function DossierPage({
  ctx,
  view,
  appeals,
  contacts,
  errors = [],
}: {
  ctx: Ctx
  view: DossierView
  /** what was asked of the unit above, and whether it may be */
  appeals?: Appeals
  /** whom to call when nobody has answered in time */
  contacts?: readonly Contact[] | null
  errors?: readonly { key: string; message: string }[]
}) {
  const { dossier } = view
  const words = STATE_WORDS[dossier.state]
  return (
    <>
      <Watched dossier={dossier} items={view.items} />
      <PageHeading
        title={shortName(dossier.procedureName)}
        lead={
          view.acts.supplement && view.mine.some((item) => item.role === 'cong_dan') ? 'Cơ quan đang cần ông/bà trả lời.' : words.sentence
        }
        meta={
          <>
            <StatusTag tone={words.tone}>{STATES[dossier.state].label}</StatusTag>
            <span>
              Mã hồ sơ <b>{dossier.code}</b>
            </span>
          </>
        }
      />
      {contacts && <ReceptionLate hours={ruleOn(ctx, 'receptionHours', localDate(view.dossier.submittedAt ?? ctx.now), localDate(ctx.now)).value} view={view} contacts={contacts} />}
      <Asked ctx={ctx} view={view} errors={errors} />
      {appeals && <AppealBox ctx={ctx} view={view} appeals={appeals} />}
      {dossier.apologisedAt && dossier.firstDueAt && dossier.dueAt && !dossier.finishedAt && (
        <Notice tone="warn" title="Cơ quan xin lỗi và hẹn lại">
          <p>
            Hẹn trả ban đầu {formatDateTime(dossier.firstDueAt)}; nay hẹn <b>{formatDateTime(dossier.dueAt)}</b>. Văn bản xin lỗi ở mục “Giấy tờ của cơ quan”.
          </p>
        </Notice>
      )}
      <Owed view={view} />
      <section>
        <h2>Thời hạn</h2>
        <Clocks ctx={ctx} view={view} />
        <ThreeClocks view={view} />
      </section>
      <Now view={view} />
      <Papers ctx={ctx} view={view} />
      <section>
        <h2>Những việc đã diễn ra</h2>
        <Happened view={view} />
      </section>
      <section>
        <h2>Hồ sơ đã nộp</h2>
        <Facts view={view} />
        <Answers ctx={ctx} view={view} />
      </section>
      <p>
        <ViewersLink dossier={dossier} />
      </p>
      {!view.acts.withdrawal && (
        <p>
          <LinkButton href={`${dossierHref(dossier)}/rut`}>Rút hồ sơ</LinkButton>
        </p>
      )}
    </>
  )
}

function Now({ view }: { view: DossierView }) {
  const open = view.items.filter((item) => (item.state === 'open' || item.state === 'claimed') && item.role !== 'cong_dan')
  if (open.length === 0) return null
  const { steps } = explain(view.version.record)
  const at = steps.findIndex((step) => open.some((item) => item.step === step.id))
  const next = at >= 0 ? steps.slice(at + 1) : []
  return (
    <section>
      <h2>Đang ở đâu</h2>
      <ul>
        {open.map((item) => {
          const asked = view.consultations.find((one) => one.answerItemId === item.id)
          return (
            <li>
              {asked ? `Đang hỏi ý kiến ${asked.unitName}, trả lời trước ${formatDateTime(asked.dueAt)}${asked.late ? ' (đã quá hạn; ngày hẹn trả kết quả không vì thế mà lùi)' : ''}` : item.name}
              {!asked && item.unitId && `, ${view.unitName(item.unitId)}`}
            </li>
          )
        })}
      </ul>
      {next.length > 0 && <p class="soft">Nếu mọi việc thuận, tiếp theo: {next.map((step) => step.name).join(' → ')}.</p>}
    </section>
  )
}

function Papers({ ctx, view }: { ctx: Ctx; view: DossierView }) {
  const papers = view.papers.filter((paper) => !isPaperHidden(ctx, view.dossier, paper))
  if (papers.length === 0) return null
  return (
    <section>
      <h2>Giấy tờ của cơ quan</h2>
      <FileList
        label="Giấy tờ của cơ quan"
        files={papers.map((paper) => ({
          name: paper.number ? `${PAPER_LABELS[paper.kind]}, số ${paper.number}` : PAPER_LABELS[paper.kind],
          href: `${dossierHref(view.dossier)}/giay/${paper.id}`,
          note: <span>{formatDateTime(paper.createdAt)}, PDF{paper.cancelledAt && <> <StatusTag tone="bad">Đã hủy</StatusTag> {paper.cancelReason}</>}{paper.replaces && ', thay bản đã hủy'}</span>,
        }))}
      />
    </section>
  )
}

const BEFORE_SENDING = ['dossiers.drafted', 'dossiers.part_added', 'dossiers.part_removed']

function Happened({ view }: { view: DossierView }) {
  const { submittedAt } = view.dossier
  const entries = view.timeline
    .filter((entry) => !(BEFORE_SENDING.includes(entry.name) && (!submittedAt || entry.at < submittedAt)))
    .toReversed()
    .map((entry) => ({
      sentence: entry.sentence,
      at: entry.at,
      actor: entry.who || undefined,
      tone: entry.tone,
      more:
        entry.details.length > 0 ? (
          <ul class="soft">
            {entry.details.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        ) : undefined,
    }))
  return <Timeline label="Những việc đã diễn ra, mới nhất trước" entries={entries} />
}

function Facts({ view }: { view: DossierView }) {
  const { dossier, received, decided, fees, parts } = view
  return (
    <>
      <SummaryList
        rows={[
          { label: 'Người nộp', value: dossier.applicant.fullName },
          { label: 'Nơi nhận', value: received.name },
          ...(decided ? [{ label: 'Cơ quan giải quyết', value: decided.name }] : []),
          {
            label: 'Phí, lệ phí',
            ...(fees.length > 0 && { rule: 'muc-phi-le-phi' }),
            value: fees.length === 0 ? 'Không thu' : fees.map((fee) => `${fee.name}: ${formatVnd(fee.amount)}`).join('\n'),
          },
        ]}
      />
      {parts.length > 0 && (
        <>
          <h3>Giấy tờ đã gửi kèm</h3>
          <FileList
            label="Giấy tờ đã gửi kèm"
            files={parts.map((part) => ({
              name: part.file?.name ?? 'Bản giấy',
              href: part.fileId ? `/tep/${part.fileId}` : undefined,
              size: part.file?.size,
              note: <span>{part.name}</span>,
            }))}
          />
        </>
      )}
    </>
  )
}

function Sent({ ctx, view }: { ctx: Ctx; view: DossierView }) {
  const { dossier } = view
  const next = explain(view.version.record).steps.slice(1)
  const reach = [dossier.applicant.phone && 'số điện thoại', dossier.applicant.email && 'thư điện tử'].filter(Boolean)
  return (
    <div class="measure">
      <h1>Đã nộp hồ sơ</h1>
      <Notice tone="good" title="Mã hồ sơ của ông/bà">
        <p class="computed">{dossier.code}</p>
        <p>Ghi lại hoặc chụp màn hình.{reach.length > 0 && ` Mã này cũng được gửi tới ${reach.join(' và ')} của ông/bà.`}</p>
      </Notice>
      <h2>Việc tiếp theo</h2>
      <ol>
        <li>
          {view.received.name} kiểm tra và trả lời trong <Figure rule="gio-tra-loi-tiep-nhan" of="giờ trả lời"><b>{String(ruleOn(ctx, 'receptionHours', localDate(dossier.submittedAt ?? ctx.now), localDate(ctx.now)).value)} giờ làm việc</b></Figure>, chậm nhất{' '}
          {dossier.receptionDueAt && <b>{formatDateTime(dossier.receptionDueAt)}</b>}.
        </li>
        <li>Nếu được tiếp nhận, ông/bà có giấy hẹn ghi ngày trả kết quả. Nếu còn thiếu, ông/bà được báo một lần, đủ mọi điều cần sửa.</li>
        {next.length > 0 && <li>Sau đó: {next.map((step) => step.name).join(', ')}.</li>}
      </ol>
      <p>Lúc này ông/bà không phải làm gì thêm.</p>
      <div class="actions">
        <LinkButton look="primary" href={dossierHref(dossier)}>
          Theo dõi hồ sơ
        </LinkButton>
        <LinkButton look="quiet" href={`/tra-cuu/${encodeURIComponent(dossier.code ?? '')}`}>
          Trang tra cứu cho người không đăng nhập
        </LinkButton>
      </div>
    </div>
  )
}

export function dossierRoutes(app: FastifyInstance, citizen: RouteShorthandOptions): void {
  app.get<{ Params: { ref: string } }>('/ho-so/:ref', citizen, async (request, reply) => {
    const view = await viewDossier(request.ctx, request.params.ref)
    if (view.dossier.state === 'NHAP') return seeOther(reply, filingPaths(portalFace, view.dossier.id).start)
    return sendPortal(
      request,
      reply,
      { title: `${shortName(view.dossier.procedureName)}, ${view.dossier.code}`, here: 'dossiers', crumbs: CRUMBS },
      <DossierPage ctx={{ ...request.ctx, calendar: await calendarOf(request.ctx.db, request.ctx, view.dossier.decidedUnitId ?? view.dossier.receivedUnitId) }} view={view} appeals={await readAppeals(request.ctx, view.dossier.id)} contacts={await lateContacts(request.ctx, view)} />,
    )
  })

  app.get<{ Params: { ref: string } }>('/ho-so/:ref/da-nop', citizen, async (request, reply) => {
    const view = await viewDossier(request.ctx, request.params.ref)
    if (view.dossier.state === 'NHAP') return seeOther(reply, filingPaths(portalFace, view.dossier.id).start)
    return sendPortal(request, reply, { title: 'Đã nộp hồ sơ', here: 'dossiers', crumbs: CRUMBS }, <Sent ctx={request.ctx} view={view} />)
  })
}
