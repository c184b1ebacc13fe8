// The cash desk on screen: what is due here, one order to collect or to show as a code, its receipt.

import type { Ctx } from '#core/ctx.ts'
import { amountInWords, formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { qrSvg } from '#core/vietqr/index.ts'
import {
  canCancelReceipt, canProposeRefund, canCollect, type CashDesk, isExpired, METHOD_LABELS, type Order, ORDER_STATES, type OrderView, type Receipt, receiptNo, type ReceiptView, vietQrOf,
} from '#modules/payments/index.ts'
import { Basis, Actions, Button, Details, ErrorSummary, Form, KeyFigures, LinkButton, Notice, PageHeading, PayCode, SearchBox, type ShownError, StatusTag, SummaryList, Table } from '#ui/index.ts'
import { COLLECT_AT } from '../words.tsx'

export const CASH = '/desk/cash'
export const orderHref = (order: Pick<Order, 'reference'>): string => `${CASH}/orders/${order.reference}`
export const receiptHref = (receipt: Pick<Receipt, 'id'>): string => `${CASH}/receipts/${receipt.id}`
/** `former`: a unit that has ended, whose day the unit that follows it settles. */
export const dayHref = (day: string, { under = '', former = null }: { under?: string; former?: string | null } = {}): string => `${CASH}/days/${day}${under}${former ? `?unit=${encodeURIComponent(former)}` : ''}`

export const OrderTag = ({ order, now }: { order: Order; now: Date }) =>
  isExpired(order, now) ? <StatusTag tone="wait">Mã QR hết hạn</StatusTag> : <StatusTag tone={order.state === 'paid' ? 'good' : order.state === 'open' ? 'warn' : 'plain'}>{ORDER_STATES[order.state]}</StatusTag>

export function CashScreen({ ctx, desk, q }: { ctx: Ctx; desk: CashDesk; q: string }) {
  const { open, expected, closing } = desk
  return (
    <>
      <PageHeading
        title="Thu phí, lệ phí" lead={closing?.state === 'closed' ? 'Sổ tiền mặt hôm nay đã chốt; chỉ còn thu bằng chuyển khoản.' : 'Tìm hồ sơ bằng mã, quét mã trên giấy hẹn, hoặc gõ tên người nộp.'}
        action={<LinkButton look="primary" icon="lock" href={dayHref(desk.today)}>{closing ? 'Xem chốt sổ hôm nay' : 'Chốt sổ hôm nay'}</LinkButton>}
      />
      {desk.openDays.length > 0 && (
        <Notice tone="bad" title={`Còn ${desk.openDays.length} ngày chưa chốt sổ`}>
          <p>{desk.openDays.map((day, i) => <>{i > 0 && ', '}<a href={dayHref(day)}>{formatDate(day)}</a></>)}</p>
        </Notice>
      )}
      {desk.formerDays.length > 0 && (
        <Notice tone="bad" title="Đơn vị đã kết thúc còn ngày chưa chốt sổ">
          <p>Sắp xếp đơn vị giao quỹ của các đơn vị này cho đơn vị ông/bà: kiểm đếm, ký chốt thay.</p>
          <ul>{desk.formerDays.map(({ unitId, name, days }) => <li>{name}: {days.map((day, i) => <>{i > 0 && ', '}<a href={dayHref(day, { former: unitId })}>{formatDate(day)}</a></>)}</li>)}</ul>
        </Notice>
      )}
      <KeyFigures
        items={[
          { label: 'Đang chờ nộp', value: open.orders, unit: 'khoản', rule: 'muc-phi-le-phi', note: formatVnd(open.vnd) },
          { label: 'Tiền mặt hôm nay', rule: 'muc-phi-le-phi', value: formatVnd(expected.vnd), note: `${expected.receipts} biên lai${expected.cancelled > 0 ? `, ${expected.cancelled} hủy` : ''}`, href: dayHref(desk.today) },
          { label: 'Tiền chờ xử lý', value: desk.suspense, unit: 'khoản', href: `${CASH}/suspense`, hot: desk.suspense > 0 },
          { label: 'Hoàn trả đang làm', value: desk.refunds, unit: 'đề nghị', href: `${CASH}/suspense#refunds`, hot: desk.refunds > 0 },
          { label: 'Lệch với ngân hàng', value: desk.mismatches, unit: 'khoản', href: `${CASH}/reconciliation`, hot: desk.mismatches > 0 },
        ]}
      />
      <SearchBox action={CASH} label="Mã hồ sơ, mã khoản thu, tên người nộp" value={q} />
      <Table
        caption={q ? `Khoản thu khớp “${q}”` : 'Khoản đang chờ nộp, cũ nhất trước'} rows={desk.orders} rowHref={orderHref}
        empty={q ? <>Không có khoản thu nào khớp. Hồ sơ miễn phí, hoặc chưa đến lúc thu, thì không có ở đây. <a href={CASH}>Xem mọi khoản đang chờ</a></> : 'Không còn khoản nào chờ nộp.'}
        columns={[
          { key: 'code', label: 'Hồ sơ', main: true, tight: true, cell: (order) => order.subjectCode },
          { key: 'payer', label: 'Người nộp', cell: (order) => order.payerName },
          { key: 'what', label: 'Khoản', cell: (order) => order.lines.map((line) => line.name).join('; ') },
          { key: 'sum', label: 'Số tiền', rule: 'muc-phi-le-phi', num: true, tight: true, cell: (order) => formatVnd(order.totalVnd) },
          { key: 'state', label: 'Trạng thái', tight: true, cell: (order) => <OrderTag order={order} now={ctx.now} /> },
          { key: 'since', label: 'Từ lúc', tight: true, cell: (order) => formatDateTime(order.openedAt) },
        ]}
      />
    </>
  )
}

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)

function Sums({ order }: { order: Order }) {
  return (
    <dl class="sums">
      {order.lines.map((line) => (
        <div>
          <dt>{line.name}</dt>
          <dd>{line.fullVnd > line.amountVnd && <s>{formatVnd(line.fullVnd)}</s>}{formatVnd(line.amountVnd)}</dd>
          <dd class="soft">{capital([COLLECT_AT[line.collectAt], line.note].filter(Boolean).join('. '))}</dd>
        </div>
      ))}
      <div class="total"><dt>Tổng cộng <Basis rule="muc-phi-le-phi" of="các khoản thu" /></dt><dd>{formatVnd(order.totalVnd)}</dd></div>
    </dl>
  )
}

export interface OrderScreenProps {
  readonly ctx: Ctx
  readonly view: OrderView
  /** Made with the form: pressed twice it collects once. */
  readonly formKey: string
  readonly given?: string
  readonly errors?: readonly ShownError[]
  /** A proposal to give the money back that has faults, as it was typed. */
  readonly back?: { readonly errors: readonly ShownError[]; readonly amount: string; readonly reason: string }
}

/** One order: cash on the left, the code for the citizen to scan on the right. */
export function OrderScreen({ ctx, view: { order, receipts, day }, formKey, given = '', errors = [], back }: OrderScreenProps) {
  const refused = canCollect(order, ctx.actor, day)
  const payload = vietQrOf(order, ctx.now)
  return (
    <div data-pay={`${orderHref(order)}/state`} data-state={order.state}>
      <ErrorSummary errors={back?.errors ?? errors} />
      <PageHeading
        title={<>{order.payerName} <span class="thin">{order.about.procedure}</span></>}
        meta={<><b>{order.subjectCode}</b><OrderTag order={order} now={ctx.now} /><span class="soft">Mã khoản thu {order.reference}</span></>}
      />
      <Sums order={order} />
      {receipts.map((receipt) => <ReceiptLine receipt={receipt} />)}
      {order.state === 'open' && (
        <div class="cash-now">
          <section aria-labelledby="cash">
            <h2 id="cash">Tiền mặt</h2>
            {refused ? <Notice tone="warn"><p>{refused.message}</p></Notice> : (
              <Form action={`${orderHref(order)}/collection`} label="Thu tiền mặt">
                <input type="hidden" name="key" value={formKey} />
                <div class={errors.length > 0 ? 'q wrong' : 'q'}>
                  <label class="label" for="given">Khách đưa (đồng)</label>
                  <p class="hint" id="given--hint">Để trống nếu đưa vừa đủ {formatVnd(order.totalVnd)}.</p>
                  {errors.map((fault) => <p class="fault" id="given--error"><span class="sr">Lỗi: </span>{fault.message}</p>)}
                  <input id="given" name="given" value={given} inputMode="numeric" autocomplete="off" aria-describedby={errors.length > 0 ? 'given--hint given--error' : 'given--hint'} aria-invalid={errors.length > 0 || undefined} />
                </div>
                <Actions><Button look="primary" icon="check" busyText="Đang thu…">Thu {formatVnd(order.totalVnd)}, in biên lai</Button></Actions>
              </Form>
            )}
          </section>
          <section aria-labelledby="code">
            <h2 id="code">Chuyển khoản</h2>
            {payload && order.payee ? (
              <>
                <p class="soft">Quay màn hình để người nộp quét; nhận được tiền, trang tự đổi.</p>
                <PayCode
                  svg={qrSvg(payload, `Mã VietQR trả ${formatVnd(order.totalVnd)}`)} bank={order.payee.bank} account={order.payee.account} holder={order.payee.holder}
                  amount={formatVnd(order.totalVnd)} amountDigits={String(order.totalVnd)} reference={order.reference} until={formatDateTime(order.expiresAt)}
                />
                <Actions><LinkButton href={orderHref(order)}>Xem đã nhận tiền chưa</LinkButton></Actions>
              </>
            ) : isExpired(order, ctx.now) ? (
              <Form action={`${orderHref(order)}/renewal`}><p>Mã đã hết hạn lúc {formatDateTime(order.expiresAt)}.</p><Button>Lấy mã còn hạn</Button></Form>
            ) : <p class="soft">Đơn vị chưa có tài khoản nhận chuyển khoản.</p>}
          </section>
        </div>
      )}
      {canProposeRefund(order, ctx.actor) === null && <GiveBack order={order} back={back} />}
      {order.state === 'void' && <Notice title="Khoản này không còn hiệu lực"><p>{order.voidReason}.</p></Notice>}
      <Actions><LinkButton look="quiet" href={`/desk/dossiers/${encodeURIComponent(order.subjectCode)}`}>Mở hồ sơ</LinkButton><LinkButton look="quiet" href={CASH}>Về danh sách thu</LinkButton></Actions>
    </div>
  )
}

/** A service not rendered, a dossier refused: the money goes back by a leader's decision. */
const GiveBack = ({ order, back }: { order: Order; back: OrderScreenProps['back'] }) => (
  <Details summary="Đề nghị hoàn trả" open={back !== undefined}>
    <Form action={`${orderHref(order)}/refund`} class="measure" label="Đề nghị hoàn trả">
      <GiveBackField name="amount" label="Số tiền hoàn trả (đồng)" value={back?.amount ?? String(order.totalVnd)} errors={back?.errors} numeric />
      <GiveBackField name="reason" label="Lý do" hint="Lãnh đạo đọc câu này khi quyết định." value={back?.reason ?? ''} errors={back?.errors} />
      <Actions><Button>Trình lãnh đạo quyết định</Button></Actions>
    </Form>
  </Details>
)

function GiveBackField({ name, label, hint, value, errors = [], numeric }: { name: string; label: string; hint?: string; value: string; errors?: readonly ShownError[]; numeric?: boolean }) {
  const fault = errors.find((one) => one.key === name)
  const about = [hint && `${name}--hint`, fault && `${name}--error`].filter(Boolean).join(' ')
  return (
    <div class={fault ? 'q wrong' : 'q'}>
      <label class="label" for={name}>{label}</label>
      {hint && <p class="hint" id={`${name}--hint`}>{hint}</p>}
      {fault && <p class="fault" id={`${name}--error`}><span class="sr">Lỗi: </span>{fault.message}</p>}
      <input id={name} name={name} value={value} inputMode={numeric ? 'numeric' : undefined} autocomplete="off" aria-describedby={about || undefined} aria-invalid={fault ? true : undefined} />
    </div>
  )
}

const ReceiptLine = ({ receipt }: { receipt: Receipt }) => (
  <p>
    <StatusTag tone={receipt.state === 'valid' ? 'good' : 'plain'}>{receipt.state === 'valid' ? 'Biên lai' : 'Đã hủy'}</StatusTag>{' '}
    <a href={receiptHref(receipt)}>{receiptNo(receipt)}</a>, {formatVnd(receipt.amountVnd)}, {METHOD_LABELS[receipt.method].toLocaleLowerCase('vi')}, {formatDateTime(receipt.issuedAt)}
  </p>
)

/** A receipt: what to give back, what to print, and for leaders how to cancel it. */
export function ReceiptScreen({ ctx, view, errors = [], reason = '' }: { ctx: Ctx; view: ReceiptView; errors?: readonly ShownError[]; reason?: string }) {
  const { receipt, order, day } = view
  const change = receipt.givenVnd === null ? null : receipt.givenVnd - receipt.amountVnd
  const refused = canCancelReceipt(receipt, ctx.actor, day)
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading
        title={`Biên lai ${receiptNo(receipt)}`}
        meta={<>{receipt.state === 'valid' ? <StatusTag tone="good">Có hiệu lực</StatusTag> : <StatusTag tone="bad">Đã hủy</StatusTag>}<span>{order.payerName}</span><b>{order.subjectCode}</b></>}
        action={<LinkButton look="primary" icon="download" href={`${receiptHref(receipt)}.pdf`}>In biên lai</LinkButton>}
      />
      {receipt.state === 'valid' && receipt.method === 'cash' && change !== null && (
        <Notice tone="good" title={change > 0 ? 'Tiền thừa trả khách' : 'Khách đưa vừa đủ'}>{change > 0 && <><p class="change">{formatVnd(change)}</p><p>{amountInWords(change)}.</p></>}</Notice>
      )}
      {receipt.state === 'cancelled' && <Notice tone="bad" title="Biên lai đã hủy"><p>{receipt.cancelReason}. {receipt.cancelledName} hủy lúc {receipt.cancelledAt && formatDateTime(receipt.cancelledAt)}. Khoản thu đã mở lại.</p></Notice>}
      <SummaryList
        rows={[
          { label: 'Số tiền', rule: 'muc-phi-le-phi', value: <><b>{formatVnd(receipt.amountVnd)}</b> ({amountInWords(receipt.amountVnd)})</> },
          { label: 'Khoản', value: order.lines.map((line) => `${line.name}: ${formatVnd(line.amountVnd)}`).join('\n') },
          { label: 'Hình thức', value: METHOD_LABELS[receipt.method] },
          ...(receipt.givenVnd === null ? [] : [{ label: 'Khách đưa', value: formatVnd(receipt.givenVnd) }]),
          { label: 'Thu lúc', value: formatDateTime(receipt.issuedAt) },
          { label: 'Người thu', value: receipt.issuedName ?? 'Hệ thống ghi nhận' },
        ]}
      />
      <Actions><LinkButton href={CASH} icon="coin">Thu khoản khác</LinkButton><LinkButton look="quiet" href={`/desk/dossiers/${encodeURIComponent(order.subjectCode)}`}>Mở hồ sơ</LinkButton></Actions>
      {receipt.state === 'valid' && receipt.method === 'cash' && (
        <Details summary="Hủy biên lai" open={errors.length > 0}>
          {refused ? <p class="measure">{refused.message}</p> : (
            <Form action={`${receiptHref(receipt)}/cancellation`} class="measure">
              <p>Trả lại {formatVnd(receipt.amountVnd)} cho người nộp rồi hủy. Số biên lai không dùng lại; khoản thu mở lại.</p>
              <div class={errors.length > 0 ? 'q wrong' : 'q'}>
                <label class="label" for="reason">Lý do hủy</label>
                {errors.map((fault) => <p class="fault" id="reason--error"><span class="sr">Lỗi: </span>{fault.message}</p>)}
                <textarea id="reason" name="reason" rows={2} aria-describedby={errors.length > 0 ? 'reason--error' : undefined} aria-invalid={errors.length > 0 || undefined}>{reason}</textarea>
              </div>
              <Actions><Button look="danger" icon="alert">Hủy biên lai</Button></Actions>
            </Form>
          )}
        </Details>
      )}
    </>
  )
}
