// Lists taken in: the log of them, and the question whether a list may end many procedures.

import { formatDateTime } from '#core/text/index.ts'
import { type Intake, INTAKE_STATES, type WaitingIntake } from '#modules/catalogue/index.ts'
import { Actions, Alert, Button, Form, LinkButton, Notice, StatusTag, Table } from '#ui/index.ts'

export const intakeHref = ({ id }: { id: string }): string => `/admin/catalogue/intakes/${id}`

const LOOKS = { dang_lay: ['warn', 'hourglass'], cho: ['warn', 'hourglass'], xong: ['good', 'check'], bo: ['info', 'cross'], hong: ['bad', 'alert'] } as const

function counts(one: Intake): string {
  if (one.state === 'xong') return `${one.added} mới, ${one.changed} đổi, ${one.gone} không còn, ${one.same} như cũ`
  if (one.state === 'cho') return `${one.gone} thủ tục sẽ không còn`
  return one.state === 'dang_lay' ? `đã lấy ${one.pagesDone} trang` : ''
}
const told = (one: Intake): string => [counts(one), one.why].filter(Boolean).join('. ')

/** The last lists taken in, by file or from the national database. */
export function IntakeLog({ intakes }: { intakes: readonly Intake[] }) {
  return (
    <Table
      caption="Nhật ký nạp danh mục" captionHidden rows={intakes} empty="Chưa nạp lần nào."
      columns={[
        { key: 'at', label: 'Lúc', tight: true, cell: (one) => formatDateTime(one.begunAt) },
        { key: 'source', label: 'Lấy từ đâu', main: true, cell: (one) => (one.state === 'cho' ? <a href={intakeHref(one)}>{one.source}</a> : one.source) },
        { key: 'state', label: 'Kết quả', tight: true, cell: (one) => <StatusTag tone={LOOKS[one.state][0]} icon={LOOKS[one.state][1]}>{INTAKE_STATES[one.state]}</StatusTag> },
        { key: 'told', label: 'Thay đổi', cell: told },
        { key: 'by', label: 'Ai', tight: true, cell: (one) => (one.decidedByName && one.decidedByName !== one.byName ? `${one.byName}; ${one.decidedByName} xác nhận` : one.byName) },
      ]}
    />
  )
}

export function IntakeScreen({ found: { intake, known, gone }, keeps }: { found: WaitingIntake; keeps: boolean }) {
  if (intake.state !== 'cho') return (
    <>
      <Notice title={INTAKE_STATES[intake.state]}><p>{told(intake)}</p></Notice>
      <Actions><LinkButton href="/admin/catalogue/entries">Về danh mục quốc gia</LinkButton></Actions>
    </>
  )
  return (
    <>
      <Alert title={`${gone.length} trong ${known} thủ tục đang có sẽ không còn`}>
        <p>Danh mục lấy từ “{intake.source}” lúc {formatDateTime(intake.begunAt)} không có những thủ tục dưới đây. Chưa có gì thay đổi. Một tệp tải về dở dang hay một lần đồng bộ lỗi cũng trông như thế này.</p>
      </Alert>
      <Table
        caption="Sẽ không còn" rows={gone.slice(0, 50)} empty="Nay không thủ tục nào bị bỏ; xác nhận để nạp phần thay đổi."
        columns={[{ key: 'code', label: 'Mã', tight: true, cell: (one) => one.code }, { key: 'name', label: 'Thủ tục', main: true, cell: (one) => one.name }, { key: 'field', label: 'Lĩnh vực', cell: (one) => one.field }]}
      />
      {gone.length > 50 && <p class="soft">Và {gone.length - 50} thủ tục nữa.</p>}
      {keeps && (
        <>
          <Form action={`${intakeHref(intake)}/removal`} label="Không nạp danh mục này"><Actions><Button look="primary">Không nạp danh mục này</Button><LinkButton look="quiet" href="/admin/catalogue/entries">Để sau</LinkButton></Actions></Form>
          <Form action={`${intakeHref(intake)}/confirmation`} label="Xác nhận">
            <input type="hidden" name="gone" value={String(gone.length)} />
            <Actions><Button look="danger" busyText="Đang nạp…">Đúng, {gone.length} thủ tục này không còn</Button></Actions>
          </Form>
        </>
      )}
    </>
  )
}
