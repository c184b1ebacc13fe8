// What people look for and file, procedure by procedure, and what nothing answered.

import { formatDate } from '#core/text/index.ts'
import type { Demand, DemandLine } from '#modules/catalogue/index.ts'
import { Button, DayInput, Form, KeyFigures, Notice, StatusTag, Table } from '#ui/index.ts'

const number = (value: number): string => value.toLocaleString('vi-VN')
const SHOWN = 200

export function DemandScreen({ found, fault, keeps }: { found: Demand; fault: string | null; keeps: boolean }) {
  const filed = found.lines.reduce((sum, line) => sum + line.filed, 0)
  const online = found.lines.reduce((sum, line) => sum + line.online, 0)
  const unserved = found.lines.filter((line) => !line.published && line.searches > 0)
  return (
    <>
      <form class="picks" method="get" action="/admin/catalogue" aria-label="Kỳ xem">
        <label for="from">Từ ngày</label> <DayInput id="from" name="from" value={found.from} />
        <label for="to">đến hết ngày</label> <DayInput id="to" name="to" value={found.to} />
        <Button>Xem</Button>
      </form>
      {fault && <Notice tone="warn" title="Kỳ xem chưa đúng"><p>{fault}</p></Notice>}
      <KeyFigures
        items={[
          { label: 'Lượt tìm', value: found.searches },
          { label: 'Hồ sơ đã nộp', value: filed },
          { label: 'Nộp trực tuyến', value: filed === 0 ? '—' : `${Math.round((online / filed) * 100)}%`, note: `${number(online)} hồ sơ` },
          { label: 'Thủ tục được hỏi mà chưa nộp được ở đây', value: unserved.length, hot: unserved.length > 0 },
        ]}
      />
      <section aria-labelledby="at-nothing">
        <h2 id="at-nothing">Hỏi mà không thấy</h2>
        <p class="soft">Chỉ ghi lời được hỏi từ ba lần trở lên; số và lời hiếm không giữ. Thêm cách nói để lần sau ô tìm kiếm hiểu.</p>
        <Table
          caption="Lời tìm không có kết quả" captionHidden rows={found.nothing} empty="Trong kỳ này lời tìm nào hỏi nhiều lần cũng có kết quả."
          columns={[
            { key: 'said', label: 'Lời tìm', main: true, cell: (one) => `“${one.said}”` },
            { key: 'asked', label: 'Lượt', num: true, cell: (one) => number(one.asked) },
            { key: 'do', label: '', cell: (one) => (keeps ? <a href={`/admin/catalogue/sayings?${new URLSearchParams({ say: one.said })}#them`}>Thêm cách nói</a> : '') },
          ]}
        />
      </section>
      <section aria-labelledby="at-lines">
        <h2 id="at-lines">Thủ tục theo nhu cầu</h2>
        <p class="soft">
          Nộp nhiều đứng trước, thiết yếu đứng trước thủ tục thường cùng số, rồi đến lượt tìm. {formatDate(found.from)} – {formatDate(found.to)}
          {found.lines.length > SHOWN ? `, ${SHOWN} dòng đầu trong ${found.lines.length}` : ''}.
        </p>
        <Table
          caption="Thủ tục theo nhu cầu" captionHidden rows={found.lines.slice(0, SHOWN)} rowHref={(line) => (line.published ? `/admin/procedures/${line.code}` : `/thu-tuc/${line.code}`)} empty="Chưa có lượt tìm hay hồ sơ nào trong kỳ."
          columns={[
            { key: 'name', label: 'Thủ tục', main: true, cell: (line: DemandLine) => (line.name.length > 110 ? `${line.name.slice(0, line.name.lastIndexOf(' ', 108))}…` : line.name) },
            { key: 'mark', label: '', tight: true, cell: (line: DemandLine) => (line.essential ? <StatusTag tone="info" icon="check">Thiết yếu</StatusTag> : '') },
            { key: 'level', label: 'Ở đây', tight: true, cell: (line: DemandLine) => <Offered line={line} /> },
            { key: 'searches', label: 'Lượt tìm', num: true, cell: (line: DemandLine) => number(line.searches) },
            { key: 'online', label: 'Trực tuyến', num: true, cell: (line: DemandLine) => number(line.online) },
            { key: 'counter', label: 'Tại quầy', num: true, cell: (line: DemandLine) => number(line.counter) },
            { key: 'post', label: 'Bưu chính', num: true, cell: (line: DemandLine) => number(line.post) },
            { key: 'filed', label: 'Tất cả', num: true, cell: (line: DemandLine) => <b>{number(line.filed)}</b> },
          ]}
        />
      </section>
      {keeps && <MarkForm />}
    </>
  )
}

const OFFERED: Readonly<Record<string, string>> = { toan_trinh: 'Toàn trình', mot_phan: 'Một phần', thong_tin: 'Thông tin' }
const Offered = ({ line }: { line: DemandLine }) => (line.published ? OFFERED[line.onlineLevel] ?? line.onlineLevel : <StatusTag tone="warn" icon="info">Chỉ có thông tin</StatusTag>)

function MarkForm() {
  return (
    <section aria-labelledby="at-mark">
      <h2 id="at-mark">Dịch vụ thiết yếu</h2>
      <Form action="/admin/catalogue/essentials" class="picks" label="Đánh dấu thiết yếu">
        <label for="code">Mã thủ tục</label> <input id="code" name="code" class="w12" placeholder="1.001193" />
        <label for="basis">Căn cứ</label> <input id="basis" name="basis" class="w16" placeholder="Quyết định số …" />
        <Button name="do" value="mark">Đánh dấu</Button>
        <Button name="do" value="unmark" look="quiet">Bỏ dấu</Button>
      </Form>
    </section>
  )
}
