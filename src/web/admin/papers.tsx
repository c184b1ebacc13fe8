// Templates of printed papers, for those who keep them: what a broken template holds back, named by template and field, and once more for all.

import type { FastifyInstance } from 'fastify'
import { formatDateTime } from '#core/text/index.ts'
import { type FaultGroup, printFaults, retryPrints } from '#modules/dossiers/index.ts'
import { Actions, Button, EmptyState, Form, Notice, PageHeading, Table } from '#ui/index.ts'
import { say } from '../desk/flash.ts'
import { sendDesk } from '../desk/frame.tsx'
import { seeOther } from '../page.tsx'

function FaultsScreen({ rows }: { rows: readonly FaultGroup[] }) {
  const papers = rows.reduce((sum, row) => sum + row.papers, 0)
  return (
    <>
      <PageHeading title="Mẫu in" lead="Giấy tờ đã lập mà chưa in được vì mẫu in có lỗi. Nội dung vẫn còn nguyên; sửa mẫu xong là in được." />
      {rows.length === 0 ? <EmptyState icon="tick" title="Mọi giấy tờ đều in được"><p>Mẫu của tỉnh đặt trong thư mục mẫu in (TEMPLATES_DIR) và có hiệu lực ngay khi sửa.</p></EmptyState> : (
        <>
          <Notice tone="warn"><p><b>{papers.toLocaleString('vi-VN')} giấy tờ</b> đang chờ. Sửa tệp mẫu theo dòng ghi bên dưới rồi bấm “In lại tất cả”.</p></Notice>
          <Table
            caption="Mẫu in có lỗi" captionHidden rows={rows} empty=""
            columns={[
              { key: 'template', label: 'Mẫu', main: true, tight: true, cell: (row) => `${row.template}.typ` },
              { key: 'field', label: 'Trường', tight: true, cell: (row) => row.field ?? '—' },
              { key: 'message', label: 'Lỗi', cell: (row) => <span class="note">{row.message}</span> },
              { key: 'papers', label: 'Giấy tờ', num: true, cell: (row) => row.papers },
              { key: 'since', label: 'Chờ từ', tight: true, cell: (row) => formatDateTime(row.since) },
              { key: 'last', label: 'Thử lần cuối', tight: true, cell: (row) => formatDateTime(row.last) },
            ]}
          />
          <Form action="/admin/papers"><Actions><Button look="primary" busyText="Đang in lại…">In lại tất cả</Button></Actions></Form>
        </>
      )}
    </>
  )
}

export async function printFaultRoutes(app: FastifyInstance): Promise<void> {
  app.get('/papers', async (request, reply) =>
    sendDesk(request, reply, { title: 'Mẫu in', here: 'papers' }, <FaultsScreen rows={await printFaults(request.ctx)} />))

  app.post('/papers', async (request, reply) => {
    const { printed, left } = await retryPrints(request.ctx)
    say(request, reply, {
      message: left === 0 ? `Đã in xong giấy tờ của ${printed} hồ sơ.` : `Đã in xong của ${printed} hồ sơ; ${left} hồ sơ vẫn vướng lỗi mẫu, xem lại bên dưới.`, tone: left === 0 ? undefined : 'warn',
    })
    return seeOther(reply, '/admin/papers')
  })
}
