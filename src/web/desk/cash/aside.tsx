// Money that pays nothing yet, refunds on their way, and what does not agree with the bank: each with what can be done about it.

import type { Ctx } from '#core/ctx.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import {
  type AsideView, canDecideRefund, canMatch, canPayRefund, type reconciliationAtDesk, type Refund, REFUND_STATES, type Suspense, SUSPENSE_REASONS, SUSPENSE_STATES,
} from '#modules/payments/index.ts'
import { Actions, Button, Card, EmptyState, ErrorSummary, Form, Notice, PageHeading, type ShownError, StatusTag, SummaryList, Table, Tabs } from '#ui/index.ts'
import { CASH } from './screens.tsx'

const tabs = (current: 'suspense' | 'reconciliation') => (
  <Tabs label="Tiền chưa khớp" items={[{ label: 'Tiền chờ xử lý', href: `${CASH}/suspense`, current: current === 'suspense' }, { label: 'Đối soát ngân hàng', href: `${CASH}/reconciliation`, current: current === 'reconciliation' }]} />
)

export interface Typed {
  readonly order: string
  readonly reason: string
}

export function SuspenseScreen({ ctx, view, errors = [], typed = { order: '', reason: '' } }: { ctx: Ctx; view: AsideView; errors?: readonly ShownError[]; typed?: Typed }) {
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title="Tiền chờ xử lý" lead="Tiền đã vào tài khoản của đơn vị nhưng chưa nộp được cho khoản nào. Ghép vào đúng khoản, hoặc đề nghị hoàn trả." />
      {tabs('suspense')}
      {view.open.length === 0 ? <EmptyState icon="tick" title="Không có tiền nào chờ xử lý" /> : <Waiting ctx={ctx} view={view} errors={errors} typed={typed} />}
      <section aria-labelledby="refunds">
        <h2 id="refunds">Hoàn trả đang làm</h2>
        {view.refunds.length === 0 ? <p class="soft">Không có đề nghị nào.</p> : <div class="stack">{view.refunds.map((refund) => <RefundCard ctx={ctx} refund={refund} />)}</div>}
      </section>
      <Done view={view} />
    </>
  )
}

/** Orders that this money looks meant for: named in its text, or of the same sum. */
const likely = (part: Suspense, view: AsideView) =>
  view.orders.filter((order) => order.state === 'open' && (part.description?.toUpperCase().includes(order.reference) || part.description?.includes(order.subjectCode) || order.totalVnd === part.amountVnd))

function Waiting({ ctx, view, errors, typed }: { ctx: Ctx; view: AsideView; errors: readonly ShownError[]; typed: Typed }) {
  const fault = (key: string) => errors.find((one) => one.key === key)
  const told = (key: string) => fault(key) && <p class="fault" id={`${key}--error`}><span class="sr">Lỗi: </span>{fault(key)!.message}</p>
  const refused = canMatch(view.open[0]!, ctx.actor)
  const guesses = view.open.flatMap((part) => likely(part, view))
  return (
    <Form action={`${CASH}/suspense`} label="Xử lý tiền chờ">
      <Table
        caption="Tiền chờ xử lý, mới nhất trước" captionHidden rows={view.open} empty="" select={refused ? undefined : { name: 'suspense', value: (part) => part.id, label: (part) => `Chọn ${formatVnd(part.amountVnd)}, ${part.providerRef}` }}
        columns={[
          { key: 'sum', label: 'Số tiền', main: true, tight: true, cell: (part) => <b>{formatVnd(part.amountVnd)}</b> },
          { key: 'why', label: 'Vì sao chờ', cell: (part) => <StatusTag tone="warn">{SUSPENSE_REASONS[part.reason]}</StatusTag> },
          { key: 'text', label: 'Nội dung chuyển', cell: (part) => part.description || '—' },
          { key: 'from', label: 'Từ', cell: (part) => [part.payerBank, part.providerRef].filter(Boolean).join(', ') },
          { key: 'at', label: 'Chuyển lúc', tight: true, cell: (part) => formatDateTime(part.paidAt) },
          { key: 'likely', label: 'Có thể của', cell: (part) => likely(part, view).slice(0, 3).map((order) => `${order.subjectCode} (${order.reference})`).join('; ') || '—' },
        ]}
      />
      {refused ? <p class="measure">{refused.message}</p> : (
        <div class="cash-now">
          <section aria-labelledby="match">
            <h2 id="match">Ghép vào khoản thu</h2>
            <div class={fault('order') ? 'q wrong' : 'q'}>
              <label class="label" for="order">Mã khoản thu</label>
              <p class="hint" id="order--hint">TS và mười ký tự; phần thừa vẫn ở lại danh sách này.</p>
              {told('order')}
              <input id="order" name="order" value={typed.order} list="orders" autocomplete="off" spellcheck={false} aria-describedby={fault('order') ? 'order--hint order--error' : 'order--hint'} aria-invalid={fault('order') ? true : undefined} />
              <datalist id="orders">{[...new Map([...guesses, ...view.orders.filter((order) => order.state === 'open')].map((order) => [order.id, order])).values()].map((order) => <option value={order.reference}>{`${order.subjectCode}, ${order.payerName}, ${formatVnd(order.totalVnd)}`}</option>)}</datalist>
            </div>
            <Actions><Button look="primary" name="do" value="match">Ghép các khoản đã chọn</Button></Actions>
          </section>
          <section aria-labelledby="give-back">
            <h2 id="give-back">Đề nghị hoàn trả</h2>
            <div class={fault('reason') ? 'q wrong' : 'q'}>
              <label class="label" for="reason">Lý do</label>
              <p class="hint" id="reason--hint">Lãnh đạo đọc câu này khi quyết định.</p>
              {told('reason')}
              <input id="reason" name="reason" value={typed.reason} autocomplete="off" aria-describedby={fault('reason') ? 'reason--hint reason--error' : 'reason--hint'} aria-invalid={fault('reason') ? true : undefined} />
            </div>
            <Actions><Button name="do" value="refund">Đề nghị hoàn trả</Button></Actions>
          </section>
        </div>
      )}
    </Form>
  )
}

function RefundCard({ ctx, refund }: { ctx: Ctx; refund: Refund }) {
  const decide = canDecideRefund(refund, ctx.actor)
  const pay = canPayRefund(refund, ctx.actor)
  const late = refund.payBy !== null && refund.state === 'ordered' && ctx.now > refund.payBy
  const id = `r-${refund.id.slice(0, 8)}`
  return (
    <Card title={`${formatVnd(refund.amountVnd)}: ${refund.reason}`} meta={<><StatusTag tone={late ? 'bad' : refund.state === 'ordered' ? 'info' : 'wait'}>{late ? 'Quá hạn chuyển trả' : REFUND_STATES[refund.state]}</StatusTag><span>Đề nghị {formatDateTime(refund.proposedAt)}</span></>}>
      {refund.payBy && <p>Quyết định {refund.decisionNo} của {refund.decidedName}; chuyển trả trước {formatDateTime(refund.payBy)}.</p>}
      {refund.state === 'proposed' && (decide ? <p class="soft">{decide.message}</p> : (
        <Form action={`${CASH}/refunds/${refund.id}/decision`} class="cash-now">
          <div class="q"><label class="label" for={`${id}-no`}>Số quyết định hoàn trả</label><input id={`${id}-no`} name="decisionNo" autocomplete="off" /><Actions><Button look="primary" name="do" value="order">Quyết định hoàn trả</Button></Actions></div>
          <div class="q"><label class="label" for={`${id}-why`}>Hoặc lý do không hoàn trả</label><input id={`${id}-why`} name="reason" autocomplete="off" /><Actions><Button name="do" value="refuse">Không hoàn trả</Button></Actions></div>
        </Form>
      ))}
      {refund.state === 'ordered' && (pay ? <p class="soft">{pay.message}</p> : (
        <Form action={`${CASH}/refunds/${refund.id}/payment`}>
          <div class="q"><label class="label" for={`${id}-ref`}>Số chứng từ, mã giao dịch chuyển trả</label><input id={`${id}-ref`} name="paidRef" autocomplete="off" /></div>
          <Actions><Button look="primary">Đã chuyển trả</Button></Actions>
        </Form>
      ))}
    </Card>
  )
}

function Done({ view }: { view: AsideView }) {
  if (view.done.length === 0 && view.pastRefunds.length === 0) return null
  return (
    <section aria-labelledby="done">
      <h2 id="done">Đã xử lý gần đây</h2>
      <Table
        caption="Đã xử lý" captionHidden rows={view.done} empty="Chưa có."
        columns={[
          { key: 'sum', label: 'Số tiền', main: true, tight: true, cell: (part) => formatVnd(part.amountVnd) },
          { key: 'state', label: 'Kết quả', cell: (part) => SUSPENSE_STATES[part.state] },
          { key: 'text', label: 'Nội dung chuyển', cell: (part) => part.description || '—' },
          { key: 'at', label: 'Chuyển lúc', tight: true, cell: (part) => formatDateTime(part.paidAt) },
        ]}
      />
      {view.pastRefunds.map((refund) => <p class="soft">{formatVnd(refund.amountVnd)}: {REFUND_STATES[refund.state].toLocaleLowerCase('vi')}{refund.decisionNo && `, quyết định ${refund.decisionNo}`}{refund.paidRef && `, chứng từ ${refund.paidRef}`}. {refund.reason}</p>)}
    </section>
  )
}

const KINDS: Readonly<Record<string, string>> = {
  changed: 'Ngân hàng báo hai lần khác nhau', missed_callback: 'Ngân hàng quên báo', not_on_statement: 'Đã báo, không có trên sao kê', order_receipt: 'Khoản thu không khớp biên lai',
}
const VERDICTS: Readonly<Record<string, string>> = {
  paid: 'đã nộp vào khoản thu', suspense: 'chuyển vào tiền chờ xử lý', known: 'báo lặp, bỏ qua', forged: 'chữ ký giả', stale: 'chữ ký cũ', unreadable: 'không đọc được', changed: 'báo mâu thuẫn',
}

export function ReconciliationScreen({ ctx, view, errors = [] }: { ctx: Ctx; view: Awaited<ReturnType<typeof reconciliationAtDesk>>; errors?: readonly ShownError[] }) {
  const open = view.mismatches.filter((one) => !one.resolvedAt)
  const past = view.mismatches.filter((one) => one.resolvedAt)
  const mayResolve = canMatch({ unitId: view.unitId, state: 'open' }, ctx.actor) === null
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title="Đối soát ngân hàng" lead="Cứ 15 phút, khoản thu, giao dịch đã báo và sao kê được so với nhau." />
      {tabs('reconciliation')}
      <SummaryList
        rows={[
          ...view.providers.map(({ id, name }) => {
            const run = view.runs.find((one) => one.provider === id)
            return {
              label: name,
              value: !run ? 'Chưa đối soát lần nào' : <>{run.fault ? <StatusTag tone="bad">{run.fault}</StatusTag> : <StatusTag tone="good">{`${run.lines} dòng sao kê, ba ngày gần nhất`}</StatusTag>} {formatDateTime(run.ran_at)}{run.fault && run.succeeded_at && `; lần cuối được: ${formatDateTime(run.succeeded_at)}`}</>,
            }
          }),
          { label: 'Báo có trong 24 giờ', value: view.callbacks.map((one) => `${one.n} ${VERDICTS[one.verdict] ?? one.verdict}`).join(', ') || 'Không có' },
        ]}
      />
      {open.length === 0 ? <Notice tone="good" title="Không có khoản lệch nào của đơn vị" /> : (
        <div class="stack">
          {open.map((one) => (
            <Card title={KINDS[one.kind] ?? one.kind} meta={<><StatusTag tone="bad">Chưa xử lý</StatusTag><span>{one.providerRef}</span><span>{formatDateTime(one.foundAt)}</span></>}>
              <p>{one.detail}</p>
              {mayResolve && (
                <Form action={`${CASH}/mismatches/${one.id}/resolution`}>
                  <div class="q"><label class="label" for={`m-${one.id.slice(0, 8)}`}>Đã xử lý thế nào</label><input id={`m-${one.id.slice(0, 8)}`} name="resolution" autocomplete="off" /></div>
                  <Actions><Button look="primary">Ghi đã xử lý</Button></Actions>
                </Form>
              )}
            </Card>
          ))}
        </div>
      )}
      {past.length > 0 && (
        <Table
          caption="Đã xử lý" rows={past} empty=""
          columns={[
            { key: 'kind', label: 'Lệch', main: true, cell: (one) => KINDS[one.kind] ?? one.kind },
            { key: 'ref', label: 'Giao dịch', tight: true, cell: (one) => one.providerRef },
            { key: 'detail', label: 'Chi tiết', cell: (one) => one.detail },
            { key: 'how', label: 'Xử lý', cell: (one) => one.resolution ?? '' },
          ]}
        />
      )}
    </>
  )
}
