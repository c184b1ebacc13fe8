// The national list: what the last imports changed, records published here first, and the form of another import.

import type { FieldError } from '#core/errors.ts'
import { formatDateTime } from '#core/text/index.ts'
import { CHANGE_LABELS, type ChangeRow, type EntryNews, type Intake } from '#modules/catalogue/index.ts'
import { Actions, Alert, Button, FileInput, Form, KeyFigures, Notice, StatusTag, Table } from '#ui/index.ts'
import { IntakeLog } from './intake.tsx'

export const LARGEST_LIST = 20_000_000

export interface EntriesView {
  readonly news: EntryNews
  readonly intakes: readonly Intake[]
  /** Whether the national database can be reached from here. */
  readonly connected: boolean
  readonly named: number
  readonly published: number
  readonly keeps: boolean
  readonly fileName?: string
  readonly faults?: readonly FieldError[]
}

export function EntriesScreen({ news, intakes, connected, named, published, keeps, fileName, faults = [] }: EntriesView) {
  return (
    <>
      <KeyFigures items={[{ label: 'Đã công bố ở đây', value: published }, { label: 'Mới biết tên', value: named }, { label: 'Thay đổi đụng tới bản ghi của ta', value: news.ours.length, hot: news.ours.length > 0 }]} />
      <section aria-labelledby="at-ours">
        <h2 id="at-ours">Trung ương đã đổi, bản ghi của ta cần xem lại</h2>
        <Changes rows={news.ours} keeps={keeps} empty="Không có thay đổi nào chưa xem." ours />
      </section>
      <section aria-labelledby="at-others">
        <h2 id="at-others">Thay đổi khác</h2>
        <Changes rows={news.others} keeps={keeps} empty="Không có thay đổi nào chưa xem." />
      </section>
      <section aria-labelledby="at-log">
        <h2 id="at-log">Đồng bộ và nạp</h2>
        {connected
          ? <p class="soft">Mỗi đêm nền tảng lấy thay đổi từ cơ sở dữ liệu quốc gia về thủ tục hành chính. Cần ngay thì đồng bộ ngay.</p>
          : <p class="soft">Chưa nối với cơ sở dữ liệu quốc gia về thủ tục hành chính: danh mục được nạp bằng tệp ở dưới.</p>}
        {keeps && connected && <Form action="/admin/catalogue/sync" label="Đồng bộ"><Actions><Button look="primary" busyText="Đang đồng bộ…">Đồng bộ ngay</Button></Actions></Form>}
        <IntakeLog intakes={intakes} />
      </section>
      {keeps && (
        <>
          <h2>Nạp danh mục bằng tệp</h2>
          {faults.length > 0 && (
            <>
              <Alert title={`Chưa nạp được ${fileName || 'tệp'}: ${faults.length} lỗi`}><p>Sửa các dòng dưới đây trong tệp rồi nạp lại. Danh mục đang có còn nguyên.</p></Alert>
              <Table caption="Lỗi của tệp" captionHidden rows={faults} empty="" columns={[{ key: 'message', label: 'Cần sửa', main: true, cell: (fault) => fault.message }]} />
            </>
          )}
          <Form action="/admin/catalogue/entries" multipart label="Nạp danh mục">
            <div class="q">
              <label class="label" for="source">Lấy từ đâu</label>
              <input id="source" name="source" maxLength={200} value="Cổng Dịch vụ công quốc gia" />
            </div>
            <div class="q">
              <label class="check"><input type="checkbox" name="whole" value="1" /> Đây là toàn bộ danh mục: mã nào không có trong tệp là không còn</label>
            </div>
            <div class={faults.length > 0 ? 'q wrong' : 'q'}>
              <label class="label" for="list">Tệp danh mục</label>
              <p class="hint">JSON: một danh sách, mỗi dòng có code, name, ministry, field, level, decision, type, applicants</p>
              <FileInput id="list" name="list" accept=".json,application/json" maxBytes={LARGEST_LIST} aria-required />
            </div>
            <Notice><p>Nạp lại đúng tệp cũ thì không có gì đổi. Thủ tục đã công bố ở đây giữ bản ghi của mình; điều trung ương đổi hiện ở trên để xem lại.</p></Notice>
            <Actions><Button look="primary" busyText="Đang nạp…">Kiểm tra và nạp</Button></Actions>
          </Form>
        </>
      )}
    </>
  )
}

const FIELDS: Readonly<Record<string, string>> = { name: 'tên', field: 'lĩnh vực', ministry: 'bộ, ngành', levels: 'cấp', decision: 'quyết định' }

/** What differs between before and after, a line each. */
function Differs({ row }: { row: ChangeRow }) {
  const [was, became] = [row.was, row.became] as [Record<string, unknown> | null, Record<string, unknown> | null]
  if (!was || !became) return <>{String((became ?? was)?.['name'] ?? '')}</>
  const changed = Object.keys(FIELDS).filter((key) => JSON.stringify(was[key]) !== JSON.stringify(became[key]))
  return <ul class="plain">{changed.map((key) => <li>{FIELDS[key]}: <del>{String(was[key] ?? '—')}</del> <ins>{String(became[key] ?? '—')}</ins></li>)}</ul>
}

function Changes({ rows, keeps, empty, ours = false }: { rows: readonly ChangeRow[]; keeps: boolean; empty: string; ours?: boolean }) {
  return (
    <Table
      caption="Thay đổi chưa xem" captionHidden rows={rows} rowHref={(row) => (ours ? `/admin/procedures/${row.code}` : `/thu-tuc/${row.code}`)} empty={empty}
      columns={[
        { key: 'code', label: 'Mã', main: true, tight: true, cell: (row) => row.code },
        { key: 'kind', label: '', tight: true, cell: (row) => <StatusTag tone={row.kind === 'het' ? 'warn' : 'info'}>{CHANGE_LABELS[row.kind]}</StatusTag> },
        { key: 'what', label: 'Điều đổi', cell: (row) => <Differs row={row} /> },
        { key: 'at', label: 'Nạp lúc', tight: true, cell: (row) => formatDateTime(row.at) },
        { key: 'seen', label: '', cell: (row) => (keeps ? <Form action={`/admin/catalogue/changes/${row.id}/seen`}><Button look="quiet" icon="check">Đã xem</Button></Form> : '') },
      ]}
    />
  )
}
