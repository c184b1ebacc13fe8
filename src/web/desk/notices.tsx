// What the platform tells officers: escalations, work handed to them, messages to citizens that did not arrive, reports of fakes.

import type { FastifyInstance } from 'fastify'
import { Forbidden, Invalid } from '#core/errors.ts'
import { counterPost } from '#modules/dossiers/index.ts'
import { canHandleReports, CHANNELS, closeReport, type FakeReport, inbox, listReports, markRead, undelivered } from '#modules/notify/index.ts'
import { Actions, Button, Card, EmptyState, Form, Notice, PageHeading, Pagination, StatusTag, Table, Tabs, Time } from '#ui/index.ts'
import { seeOther } from '../page.tsx'
import { bodyOf, one, queryOf } from './answers.tsx'
import { say } from './flash.ts'
import { sendDesk } from './frame.tsx'
import { StateTag, whyOf } from './kept-messages.tsx'
import { keptRoutes } from './kept-routes.tsx'

const VERDICTS: Readonly<Record<FakeReport['verdict'], string>> = {
  ours: 'Mã đúng của tỉnh', altered: 'Lấy mã thật, lời giả', unknown: 'Mã không có', no_code: 'Không có mã',
}

function Report({ report }: { report: FakeReport }) {
  return (
    <Card
      title={report.sender ? `Từ ${report.sender}` : 'Không rõ nơi gửi'}
      meta={<><StatusTag tone={report.closedAt ? 'good' : 'warn'}>{report.closedAt ? 'Đã xử lý' : 'Chờ xử lý'}</StatusTag><span>{VERDICTS[report.verdict]}</span><Time at={report.reportedAt} /></>}
    >
      <p>“{report.pasted}”</p>
      {report.note && <p class="soft">Người báo ghi: {report.note}</p>}
      {report.closedAt ? (
        <p class="soft">{report.closedBy}: {report.closedNote}</p>
      ) : (
        <Form action={`/desk/fakes/${report.id}`} label="Ghi đã xử lý">
          <div class="q">
            <label class="label" for={`note-${report.id}`}>Đã xử lý thế nào</label>
            <input id={`note-${report.id}`} name="note" maxLength={500} />
          </div>
          <Button icon="check">Ghi đã xử lý</Button>
        </Form>
      )}
    </Card>
  )
}

export async function noticeRoutes(app: FastifyInstance): Promise<void> {
  app.get('/notices', async (request, reply) => {
    const query = queryOf(request)
    const only = one(query, 'unread') === '1'
    const before = /^\d{1,15}$/.test(one(query, 'before')) ? Number(one(query, 'before')) : undefined
    const page = await inbox(request.ctx, { unread: only, before, limit: 40 })
    return sendDesk(
      request, reply, { title: 'Tin báo', here: 'notices' },
      <>
        <PageHeading title="Tin báo" lead="Việc cần biết ngay: quá hạn trả lời, việc được giao, tin cho người dân không đến." />
        <Tabs label="Tin báo" items={[{ label: 'Tất cả', href: '/desk/notices', current: !only }, { label: 'Chưa đọc', href: '/desk/notices?unread=1', current: only, count: page.unread || undefined }]} />
        {page.items.length === 0 ? <EmptyState icon="bell" title={only ? 'Đã đọc hết' : 'Chưa có tin báo nào'} /> : (
          <Table
            caption="Tin báo" captionHidden rows={page.items} empty="" rowHref={(message) => `/desk/notices/${message.id}`} strong={(message) => message.readAt === null}
            columns={[
              { key: 'title', label: 'Tin', main: true, cell: (message) => message.title },
              { key: 'body', label: 'Nội dung', cell: (message) => message.body },
              { key: 'read', label: 'Đã đọc', tight: true, cell: (message) => (message.readAt ? 'Rồi' : <StatusTag tone="info">Chưa</StatusTag>) },
              { key: 'at', label: 'Lúc', tight: true, cell: (message) => <Time at={message.createdAt} /> },
            ]}
          />
        )}
        {page.unread > 0 && <Form action="/desk/notices/reading" label="Đánh dấu đã đọc"><Actions><Button icon="check">Đánh dấu đã đọc cả {page.unread} tin</Button></Actions></Form>}
        {page.next && <Pagination olderHref={`/desk/notices?${new URLSearchParams({ ...(only ? { unread: '1' } : {}), before: String(page.next) })}`} />}
      </>,
    )
  })

  app.post('/notices/reading', async (request, reply) => {
    await markRead(request.ctx, 'all')
    return seeOther(reply, '/desk/notices')
  })

  app.get<{ Params: { id: string } }>('/notices/:id', async (request, reply) => seeOther(reply, (await markRead(request.ctx, request.params.id)) ?? '/desk/notices'))

  app.get('/undelivered', async (request, reply) => {
    if (!counterPost(request.ctx.actor)) throw new Forbidden('notify.not_counter', 'Tin chưa đến người nộp do Bộ phận một cửa nơi nhận hồ sơ lo.')
    const rows = await undelivered(request.ctx)
    return sendDesk(
      request, reply, { title: 'Tin chưa đến', here: 'undelivered', crumbs: [{ label: 'Tin báo', href: '/desk/notices' }, { label: 'Tin chưa đến' }] },
      <>
        <PageHeading title="Tin chưa đến người nộp" lead="Gọi điện báo rồi ghi lại, hoặc gửi lại, hoặc gửi bằng kênh khác." />
        {rows.length === 0 ? <EmptyState icon="tick" title="Mọi tin đều đã đến" /> : (
          <Table
            caption="Tin chưa đến" captionHidden rows={rows} empty="" rowHref={(row) => `/desk/undelivered/${row.id}`}
            columns={[
              { key: 'label', label: 'Tin', main: true, cell: (row) => row.label },
              { key: 'about', label: 'Hồ sơ', tight: true, cell: (row) => row.open?.about ?? '' },
              { key: 'to', label: 'Người nhận', tight: true, cell: (row) => row.open?.recipient ?? row.recipient },
              { key: 'channel', label: 'Kênh', cell: (row) => CHANNELS[row.channel] },
              { key: 'state', label: 'Trạng thái', cell: (row) => <StateTag state={row.state} /> },
              { key: 'why', label: 'Vì sao', cell: (row) => whyOf(row) },
              { key: 'at', label: 'Từ', tight: true, cell: (row) => (row.diedAt ? <Time at={row.diedAt} /> : '') },
            ]}
          />
        )}
      </>,
    )
  })

  keptRoutes(app, { path: '/undelivered', base: '/desk/undelivered', title: 'Tin chưa đến', here: 'undelivered' })

  app.get('/fakes', async (request, reply) => {
    const reports = await listReports(request.ctx)
    return sendDesk(
      request, reply, { title: 'Tin giả mạo', here: 'fakes', crumbs: [{ label: 'Tin báo', href: '/desk/notices' }, { label: 'Tin giả mạo' }] },
      <>
        <PageHeading title="Tin giả mạo người dân báo" lead="Cảnh báo trên cổng, báo công an khi có dấu hiệu lừa đảo, rồi ghi đã làm gì." />
        {reports.length === 0 ? <EmptyState icon="tick" title="Chưa có ai báo tin giả" /> : <div class="stack"><h2 class="sr">Các báo cáo</h2>{reports.map((report) => <Report report={report} />)}</div>}
      </>,
    )
  })

  app.post<{ Params: { id: string } }>('/fakes/:id', async (request, reply) => {
    if (canHandleReports(request.ctx.actor)) await listReports(request.ctx) // throws what it refuses
    try {
      await closeReport(request.ctx, { id: request.params.id, note: one(bodyOf(request), 'note') })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return sendDesk(request, reply, { title: 'Tin giả mạo', here: 'fakes', status: 422 }, <><Notice tone="bad" title="Chưa ghi được"><p>{error.fields[0]!.message}</p></Notice><p><a href="/desk/fakes">Về danh sách</a></p></>)
    }
    say(request, reply, { message: 'Đã ghi xử lý báo cáo.' })
    return seeOther(reply, '/desk/fakes')
  })
}
