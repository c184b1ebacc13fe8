// Gallery: tables, pages, summaries, timelines, files.

import {
  Button,
  DueTag,
  FileList,
  Form,
  Pagination,
  SearchBox,
  StatusTag,
  SummaryList,
  Table,
  Timeline,
  Toolbar,
  TwoClocks,
} from '../index.ts'
import type { DueState, Tone } from '../index.ts'
import { Shelf, Specimen } from './specimen.tsx'

interface Row {
  code: string
  title: string
  who: string
  tone: Tone
  state: string
  due: DueState
  dueWords: string
  fee: number
  fresh?: boolean
}

const ROWS: readonly Row[] = [
  {
    code: 'H56.12-261121-0001',
    title: 'Đăng ký khai sinh',
    who: 'Lê Thị Hạnh',
    tone: 'info',
    state: 'Đang xử lý',
    due: 'soon',
    dueWords: 'Còn 2 giờ',
    fee: 0,
    fresh: true,
  },
  {
    code: 'H56.12-261120-0044',
    title: 'Xác nhận tình trạng hôn nhân',
    who: 'Nguyễn Hữu Ước',
    tone: 'wait',
    state: 'Chờ bổ sung',
    due: 'paused',
    dueWords: 'Tạm dừng',
    fee: 8000,
  },
  {
    code: 'H56.12-261118-0012',
    title: 'Cấp giấy phép xây dựng nhà ở riêng lẻ tại đô thị',
    who: 'Trịnh Thị Ngọc Ẩn',
    tone: 'info',
    state: 'Trình ký',
    due: 'late',
    dueWords: 'Quá 1 ngày',
    fee: 75000,
    fresh: true,
  },
  {
    code: 'H56.12-261117-0103',
    title: 'Chứng thực bản sao từ bản chính',
    who: 'Công ty TNHH Vải Hồi Xuân',
    tone: 'good',
    state: 'Đã trả',
    due: 'met',
    dueWords: 'Đúng hạn',
    fee: 12000,
  },
]

const COLUMNS = [
  { key: 'title', label: 'Thủ tục', cell: (row: Row) => row.title, main: true, sortable: true },
  { key: 'who', label: 'Người nộp', cell: (row: Row) => row.who, sortable: true },
  { key: 'code', label: 'Mã hồ sơ', cell: (row: Row) => row.code, tight: true },
  { key: 'state', label: 'Tình trạng', cell: (row: Row) => <StatusTag tone={row.tone}>{row.state}</StatusTag>, tight: true },
  { key: 'due', label: 'Hạn', cell: (row: Row) => <DueTag state={row.due}>{row.dueWords}</DueTag>, tight: true, sortable: true },
  { key: 'fee', label: 'Lệ phí', cell: (row: Row) => `${row.fee.toLocaleString('vi-VN')} đ`, num: true },
]

const at = (text: string) => new Date(`${text}+07:00`)

export function ListsGallery() {
  return (
    <Shelf id="lists" title="Danh sách và quá trình">
      <Specimen name="Toolbar, SearchBox, Table, Pagination">
        <Toolbar label="Lọc và tìm">
          <SearchBox action="#" label="Tìm trong danh sách" value="khai sinh" />
          <Button icon="download">Xuất bảng</Button>
        </Toolbar>
        <Form action="#" label="Duyệt nhiều hồ sơ">
          <Table
            caption="Hồ sơ chờ xử lý"
            columns={COLUMNS}
            rows={ROWS}
            rowHref={(row) => `#${row.code}`}
            sort={{ key: 'due', dir: 'asc' }}
            sortHref={(sort) => `?sort=${sort.key}&dir=${sort.dir}`}
            select={{ name: 'code', value: (row) => row.code, label: (row) => `Chọn hồ sơ ${row.code}` }}
            strong={(row) => row.fresh === true}
            empty="Không có"
          />
        </Form>
        <Pagination newerHref="#n" olderHref="#o">
          Hồ sơ 51–100 trên khoảng 1.204
        </Pagination>
      </Specimen>
      <Specimen name="Table: không có dòng nào">
        <Table
          caption="Hồ sơ quá hạn"
          columns={COLUMNS}
          rows={[]}
          empty="Không có hồ sơ nào quá hạn. Hồ sơ sắp đến hạn nằm ở mục “Sắp và quá hạn”."
        />
      </Specimen>
      <Specimen name="SummaryList">
        <SummaryList
          rows={[
            { label: 'Họ và tên của cháu', value: 'Lê Minh Khôi', changeHref: '#x' },
            { label: 'Ngày sinh', value: '19/11/2026', changeHref: '#x' },
            { label: 'Nơi cư trú', value: 'Số 12 phố Bà Triệu\nPhường Hạc Thành, tỉnh Thanh Hóa', changeHref: '#x' },
            { label: 'Thư điện tử', changeHref: '#x', changeLabel: 'Thêm' },
            { label: 'Lệ phí', value: '12.000 đ' },
          ]}
        />
      </Specimen>
      <Specimen name="TwoClocks">
        <div class="stack">
          <TwoClocks
            from={at('2026-11-09T08:12')}
            to={at('2026-11-21T10:00')}
            dueAt={at('2026-11-24T17:00')}
            state="in_time"
            stateWords="Còn 2 ngày làm việc"
            legalWords="5 trên 7 ngày làm việc"
            livedWords="12 ngày"
            pauses={[{ from: at('2026-11-12T09:00'), to: at('2026-11-16T14:30'), reason: 'chờ bổ sung bản vẽ mặt bằng' }]}
            derivation="7 ngày làm việc từ 10/11/2026, trừ thứ bảy và chủ nhật, cộng 3 ngày tạm dừng."
          />
          <TwoClocks
            from={at('2026-11-02T08:00')}
            to={at('2026-11-21T10:00')}
            dueAt={at('2026-11-16T17:00')}
            state="late"
            stateWords="Quá hạn 5 ngày làm việc"
            legalWords="15 trên 10 ngày làm việc"
            livedWords="19 ngày"
          />
        </div>
      </Specimen>
      <Specimen name="Timeline">
        <Timeline
          label="Quá trình hồ sơ"
          entries={[
            { sentence: 'Nhận hồ sơ nộp trực tuyến.', at: at('2026-11-19T08:12'), actor: 'Lê Thị Hạnh', tone: 'plain', icon: 'inbox' },
            {
              sentence: 'Tiếp nhận, hẹn trả 14:00 ngày 24/11/2026.',
              at: at('2026-11-19T09:05'),
              actor: 'Mai Thị Thơm',
              unit: 'Bộ phận một cửa',
              tone: 'good',
            },
            {
              sentence: 'Tạm dừng để chờ bổ sung giấy chứng sinh.',
              at: at('2026-11-19T15:40'),
              actor: 'Trịnh Văn Quyết',
              unit: 'UBND phường Hạc Thành',
              tone: 'wait',
              more: <p class="soft">Lý do: ảnh chụp thiếu trang 2 (khoản 1 điều 16 Luật Hộ tịch).</p>,
            },
            { sentence: 'Đang thẩm định.', at: at('2026-11-21T08:00'), actor: 'Trịnh Văn Quyết', tone: 'info' },
            { sentence: 'Ký và trả kết quả.', at: '2026-11-24', future: true },
          ]}
        />
      </Specimen>
      <Specimen name="FileList">
        <Form action="#" label="Tệp đã gửi">
          <FileList
            label="Tệp đã gửi"
            files={[
              {
                name: 'giay-chung-sinh.jpg',
                href: '#x',
                size: 1_912_000,
                note: <StatusTag tone="good">Đọc được</StatusTag>,
                removeValue: '1',
              },
              {
                name: 'don-de-nghi-cap-giay-phep-xay-dung-co-ten-rat-dai-khong-co-dau-cach.pdf',
                href: '#x',
                size: 82_400,
                note: <span>Mai Thị Thơm gửi 19/11/2026</span>,
                removeValue: '2',
              },
              { name: 'ban-ve.dwg', size: 640, note: <StatusTag tone="bad">Không mở được, gửi lại dạng PDF</StatusTag> },
            ]}
          />
        </Form>
      </Specimen>
    </Shelf>
  )
}
