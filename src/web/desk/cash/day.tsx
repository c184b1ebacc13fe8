// A day's cash on screen: receipts, expected against counted, the second person's signature.

import type { Ctx } from '#core/ctx.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { localTime } from '#core/workdays/index.ts'
import { canCount, canSign, type Closing, type DayView, METHOD_LABELS, receiptNo } from '#modules/payments/index.ts'
import { Actions, Button, ErrorSummary, Form, KeyFigures, LinkButton, Notice, PageHeading, type ShownError, StatusTag, Table } from '#ui/index.ts'
import { dayHref, receiptHref } from './screens.tsx'

const hrefs = ({ day, unitId, former }: DayView) => (under = ''): string => dayHref(day, { under, former: former === null ? null : unitId })

export interface DayScreenProps {
  readonly ctx: Ctx
  readonly view: DayView
  readonly errors?: readonly ShownError[]
  readonly typed?: { readonly counted: string; readonly reason: string }
}

const ClosingTag = ({ closing }: { closing: Closing | null }) =>
  !closing ? <StatusTag tone="warn">Chưa kiểm đếm</StatusTag> : closing.state === 'closed' ? <StatusTag tone="good" icon="lock">Đã chốt</StatusTag> : <StatusTag tone="wait">Chờ ký chốt</StatusTag>

const differenceWords = (closing: Closing): string => {
  const by = closing.countedVnd - closing.expectedVnd
  return by === 0 ? 'Khớp' : by > 0 ? `Thừa ${formatVnd(by)}` : `Thiếu ${formatVnd(-by)}`
}

export function DayScreen({ ctx, view, errors = [], typed = { counted: '', reason: '' } }: DayScreenProps) {
  const { day, closing, expected, receipts } = view
  const at = hrefs(view)
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading
        title={`Sổ thu ngày ${formatDate(day)}`} lead={view.former ? `Của ${view.former}, đơn vị đã kết thúc; đơn vị ông/bà kế tục nên kiểm đếm và ký chốt thay.` : undefined} meta={<ClosingTag closing={closing} />}
        action={closing ? <LinkButton look={closing.state === 'closed' ? 'primary' : 'secondary'} icon="download" href={at('/report.pdf')}>In bảng kê</LinkButton> : undefined}
      />
      <KeyFigures
        items={[
          closing ? { label: 'Tiền mặt phải có', value: formatVnd(expected.vnd), note: `${expected.receipts} biên lai` } : { label: 'Biên lai tiền mặt', value: expected.receipts, note: 'số phải có hiện sau khi kiểm đếm' },
          { label: 'Biên lai hủy', value: expected.cancelled },
          ...(closing ? [{ label: 'Kiểm đếm', value: formatVnd(closing.countedVnd), note: differenceWords(closing), hot: closing.countedVnd !== closing.expectedVnd }] : []),
          { label: 'Chuyển khoản', value: formatVnd(view.transfersVnd), note: 'không nằm trong quỹ tiền mặt' },
        ]}
      />
      {closing && (
        <Notice tone={closing.state === 'closed' ? 'good' : 'info'} title={closing.state === 'closed' ? 'Ngày này đã chốt, không sửa được nữa' : 'Đã kiểm đếm, chờ người thứ hai ký'}>
          <p>{closing.countedName} kiểm đếm lúc {formatDateTime(closing.countedAt)}.{closing.signedAt && ` ${closing.signedName} ký chốt lúc ${formatDateTime(closing.signedAt)}.`}</p>
          {closing.differenceReason && <p>{differenceWords(closing)}: {closing.differenceReason}.</p>}
        </Notice>
      )}
      {closing?.state !== 'closed' && (
        <div class="cash-now">
          <Count ctx={ctx} view={view} errors={errors} typed={typed} />
          {closing && <Sign ctx={ctx} closing={closing} view={view} />}
        </div>
      )}
      <Table
        caption="Biên lai trong ngày" rows={receipts} rowHref={receiptHref} empty="Chưa thu khoản nào trong ngày này."
        columns={[
          { key: 'no', label: 'Số', main: true, tight: true, cell: receiptNo },
          { key: 'dossier', label: 'Hồ sơ', tight: true, cell: (one) => String((one.data['dossier'] as { code?: string })?.code ?? '') },
          { key: 'time', label: 'Giờ', tight: true, cell: (one) => localTime(one.issuedAt) },
          { key: 'method', label: 'Hình thức', cell: (one) => METHOD_LABELS[one.method] },
          { key: 'by', label: 'Người thu', cell: (one) => one.issuedName ?? 'Hệ thống' },
          { key: 'sum', label: 'Số tiền', num: true, tight: true, cell: (one) => (one.state === 'valid' ? formatVnd(one.amountVnd) : <StatusTag>Đã hủy</StatusTag>) },
        ]}
      />
      <Past view={view} />
    </>
  )
}

function Count({ ctx, view, errors, typed }: { ctx: Ctx; view: DayView; errors: readonly ShownError[]; typed: { counted: string; reason: string } }) {
  const refused = canCount(view.settledBy, ctx.actor, view.closing)
  const faultOf = (key: string) => errors.find((fault) => fault.key === key)
  const field = (key: string, label: string, hint: string, value: string) => {
    const fault = faultOf(key)
    return (
      <div class={fault ? 'q wrong' : 'q'}>
        <label class="label" for={key}>{label}</label>
        <p class="hint" id={`${key}--hint`}>{hint}</p>
        {fault && <p class="fault" id={`${key}--error`}><span class="sr">Lỗi: </span>{fault.message}</p>}
        <input id={key} name={key} value={value} inputMode={key === 'counted' ? 'numeric' : undefined} autocomplete="off" aria-describedby={fault ? `${key}--hint ${key}--error` : `${key}--hint`} aria-invalid={fault ? true : undefined} />
      </div>
    )
  }
  return (
    <section aria-labelledby="count">
      <h2 id="count">{view.closing ? 'Kiểm đếm lại' : 'Kiểm đếm quỹ'}</h2>
      {refused ? <p class="soft">{refused.message}</p> : (
        <Form action={hrefs(view)('/count')} label="Kiểm đếm quỹ">
          {field('counted', 'Tiền mặt đếm được (đồng)', 'Đếm xong rồi nhập. Số phải có hiện sau khi ghi.', typed.counted)}
          {field('differenceReason', 'Lý do chênh lệch', 'Chỉ ghi khi thừa hoặc thiếu.', typed.reason)}
          <Actions><Button look={view.closing ? 'secondary' : 'primary'}>Ghi kết quả kiểm đếm</Button></Actions>
        </Form>
      )}
    </section>
  )
}

function Sign({ ctx, closing, view }: { ctx: Ctx; closing: Closing; view: DayView }) {
  const refused = canSign({ ...closing, unitId: view.settledBy }, ctx.actor)
  return (
    <section aria-labelledby="sign">
      <h2 id="sign">Ký chốt</h2>
      {refused ? <p class="measure">{refused.message}</p> : (
        <Form action={hrefs(view)('/signature')}>
          <p class="measure">Đối chiếu {formatVnd(closing.countedVnd)} với quỹ và các biên lai. Sau khi ký, ngày này không thu, không hủy được nữa.</p>
          <Actions><Button look="primary" icon="lock">Ký chốt sổ</Button></Actions>
        </Form>
      )}
    </section>
  )
}

function Past({ view }: { view: DayView }) {
  if (view.closings.length === 0) return null
  return (
    <Table
      caption="Các ngày gần đây" rows={view.closings} rowHref={(row) => hrefs({ ...view, day: row.day })()} empty=""
      columns={[
        { key: 'day', label: 'Ngày', main: true, tight: true, cell: (row) => formatDate(row.day) },
        { key: 'state', label: 'Sổ', tight: true, cell: (row) => <ClosingTag closing={row} /> },
        { key: 'expected', label: 'Phải có', num: true, cell: (row) => formatVnd(row.expectedVnd) },
        { key: 'counted', label: 'Kiểm đếm', num: true, cell: (row) => formatVnd(row.countedVnd) },
        { key: 'how', label: 'Chênh lệch', cell: differenceWords },
        { key: 'who', label: 'Kiểm đếm, ký chốt', cell: (row) => [row.countedName, row.signedName].filter(Boolean).join('; ') },
      ]}
    />
  )
}
