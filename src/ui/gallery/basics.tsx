// Gallery: marks, buttons, tags, notices, cards and other small things.

import {
  Actions,
  Alert,
  Badge,
  Button,
  Card,
  Cards,
  Code,
  Details,
  Drum,
  DueTag,
  EmptyState,
  Flash,
  Icon,
  type IconName,
  KeyFigures,
  LinkButton,
  Notice,
  Progress,
  Qr,
  StatusTag,
  Tabs,
  Wordmark,
} from '../index.ts'
import { Shelf, Specimen } from './specimen.tsx'

const ICONS: readonly IconName[] = [
  'check',
  'tick',
  'cross',
  'stop',
  'clock',
  'hourglass',
  'pause',
  'alert',
  'info',
  'circle',
  'half',
  'right',
  'left',
  'next',
  'up',
  'down',
  'search',
  'plus',
  'trash',
  'file',
  'folder',
  'inbox',
  'send',
  'user',
  'building',
  'calendar',
  'lock',
  'pen',
  'download',
  'copy',
  'chart',
  'home',
  'bell',
]

export function BasicsGallery() {
  return (
    <Shelf id="basics" title="Những thứ nhỏ">
      <Specimen name="Drum, Wordmark">
        <div class="row">
          <Drum size={24} />
          <Drum size={36} />
          <Drum size={64} fine />
          <Drum size={120} fine />
          <Wordmark place="Tỉnh Thanh Hóa" />
        </div>
      </Specimen>
      <Specimen name="Icon">
        <div class="row">
          {ICONS.map((name) => (
            <Icon name={name} />
          ))}
        </div>
      </Specimen>
      <Specimen name="Button: primary, secondary, quiet, danger; biểu tượng, tắt, đang gửi">
        <div class="stack">
          <Actions>
            <Button look="primary">Nộp hồ sơ</Button>
            <Button>Lưu nháp</Button>
            <Button look="quiet">Để sau</Button>
            <Button look="danger">Rút hồ sơ</Button>
          </Actions>
          <Actions>
            <Button look="primary" icon="send">
              Trình ký
            </Button>
            <Button icon="download">Tải giấy hẹn</Button>
            <Button look="quiet" icon="trash">
              Bỏ tệp
            </Button>
            <LinkButton href="#x" icon="right">
              Đi tiếp
            </LinkButton>
          </Actions>
          <Actions>
            <Button look="primary" disabled>
              Nộp hồ sơ
            </Button>
            <Button disabled>Lưu nháp</Button>
            <Button look="primary" busy>
              Nộp hồ sơ
            </Button>
            <Button busy busyText="Đang lưu…">
              Lưu
            </Button>
          </Actions>
        </div>
      </Specimen>
      <Specimen name="StatusTag">
        <div class="row">
          <StatusTag>Nháp</StatusTag>
          <StatusTag tone="info">Đang xử lý</StatusTag>
          <StatusTag tone="good">Đã có kết quả</StatusTag>
          <StatusTag tone="warn">Cần bổ sung</StatusTag>
          <StatusTag tone="bad">Không được tiếp nhận</StatusTag>
          <StatusTag tone="wait">Chờ nộp phí</StatusTag>
        </div>
      </Specimen>
      <Specimen name="DueTag">
        <div class="row">
          <DueTag state="in_time">Còn 3 ngày làm việc</DueTag>
          <DueTag state="soon">Còn 2 giờ làm việc</DueTag>
          <DueTag state="late">Quá hạn 1 ngày</DueTag>
          <DueTag state="paused">Tạm dừng, chờ bổ sung</DueTag>
          <DueTag state="met" />
          <DueTag state="met_late" />
        </div>
      </Specimen>
      <Specimen name="Badge">
        <div class="row">
          <Badge>7</Badge>
          <Badge>1.204</Badge>
          <Badge>Mới</Badge>
        </div>
      </Specimen>
      <Specimen name="Notice, Alert, Flash">
        <Notice title="Từ 01/12/2026 nộp trực tuyến được giảm một nửa lệ phí.">
          <p>
            Ông/bà có thể <a href="#x">xem mức thu mới</a>.
          </p>
        </Notice>
        <Notice tone="good">
          <p>Giấy tờ này đã có trong kho, không phải nộp lại.</p>
        </Notice>
        <Notice tone="warn" title="Hồ sơ còn thiếu 1 giấy tờ">
          <p>Bổ sung trước 25/11/2026 để không phải nộp lại từ đầu.</p>
        </Notice>
        <Alert title="Chưa gửi được sang hệ thống hộ tịch">
          <p>Hồ sơ vẫn được giữ. Hệ thống tự gửi lại sau 5 phút; ông/bà không phải làm gì.</p>
        </Alert>
        <Flash message="Đã lưu. Lệ phí 12.000 đ đã trả." />
        <Flash tone="bad" message="Chưa lưu được vì người khác vừa sửa hồ sơ này. Tải lại trang rồi làm lại." />
      </Specimen>
      <Specimen name="KeyFigures">
        <KeyFigures
          items={[
            { label: 'Tiếp nhận hôm nay', value: 128, note: 'nhiều hơn hôm qua 14' },
            { label: 'Đúng hạn', value: '98,4', unit: '%', href: '#x' },
            { label: 'Quá hạn', value: 3, hot: true, href: '#x', note: 'đều ở khâu trình ký' },
            { label: 'Đã thu', value: 12_450_000, unit: 'đ' },
          ]}
        />
      </Specimen>
      <Specimen name="Card, Cards">
        <Cards>
          <Card
            title="Đăng ký khai sinh"
            href="#x"
            meta={
              <>
                <span>Trong ngày</span>
                <span>Không thu phí</span>
              </>
            }
          >
            Khai sinh cho cháu bé, kèm nhập hộ khẩu và thẻ bảo hiểm y tế.
          </Card>
          <Card
            title="Cấp phép xây dựng nhà ở riêng lẻ"
            href="#x"
            meta={
              <>
                <span>15 ngày làm việc</span>
                <span>75.000 đ</span>
              </>
            }
          >
            Xây mới, sửa chữa lớn, thêm tầng.
          </Card>
          <Card title="Nơi nộp gần nhất">Bộ phận một cửa phường Hạc Thành, 36 Lê Quý Đôn. Mở cửa 7:30–11:30 và 13:30–17:00.</Card>
        </Cards>
      </Specimen>
      <Specimen name="Tabs">
        <Tabs
          label="Các mặt của hồ sơ"
          items={[
            { label: 'Nội dung', href: '#x', current: true },
            { label: 'Giấy tờ', href: '#x', count: 4 },
            { label: 'Quá trình', href: '#x' },
            { label: 'Phí', href: '#x' },
            { label: 'Trao đổi', href: '#x', count: 2 },
          ]}
        />
      </Specimen>
      <Specimen name="Details">
        <Details summary="Vì sao hỏi số định danh?">Có số này thì cán bộ tự tra, ông/bà không phải nộp bản sao giấy tờ.</Details>
        <Details open summary="Căn cứ pháp lý">
          Nghị định 118/2025/NĐ-CP, điều 17.
        </Details>
      </Specimen>
      <Specimen name="Progress">
        <Progress label="Đang gửi giay-chung-sinh.jpg" value={62} text="1,2 trên 1,9 MB" />
        <Progress label="Đang tạo tệp báo cáo" />
      </Specimen>
      <Specimen name="EmptyState">
        <EmptyState
          title="Chưa có hồ sơ nào"
          action={
            <LinkButton look="primary" href="#x">
              Chọn thủ tục để nộp
            </LinkButton>
          }
        >
          Hồ sơ nộp bằng tài khoản này sẽ hiện ở đây.
        </EmptyState>
      </Specimen>
      <Specimen name="Code">
        <Code label="Ví dụ gọi giao diện">
          {'POST /api/v1/dossiers\n{ "procedure": "1.001193", "applicant": { "full_name": "Lê Thị Hạnh" } }'}
        </Code>
      </Specimen>
      <Specimen name="Qr">
        <Qr alt="Mã QR của hồ sơ H56.12-261121-0001" caption="Quét để xem hồ sơ">
          <svg viewBox="0 0 21 21" shape-rendering="crispEdges" aria-hidden="true">
            <path d="M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0zM9 2h2v3H9zM10 8h4v2h-4zM16 10h3v4h-3zM9 13h3v6H9zM14 16h6v2h-6z" />
          </svg>
        </Qr>
      </Specimen>
    </Shelf>
  )
}
