// Paying a dossier's fees: lines, exemption, total and the VietQR code; for the applicant, and by a link for whoever pays for them.

import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { NotFound } from '#core/errors.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import { qrPng, qrSvg } from '#core/vietqr/index.ts'
import { type DossierView, viewDossier } from '#modules/dossiers/index.ts'
import { createLimiter } from '#modules/identity/index.ts'
import { isExpired, METHOD_LABELS, type Order, orderOfLink, ORDER_STATES, payPath, receiptNo, receiptPdf, REFUND_STATES, renewOrder, vietQrOf } from '#modules/payments/index.ts'
import { Basis, Figure, Actions, Button, Details, Form, LinkButton, Notice, PageHeading, PayCode, StatusTag } from '#ui/index.ts'
import { asDownload, disposition } from '../download.ts'
import { seeOther } from '../page.tsx'
import { dossierHref } from './filing-face.tsx'
import { sendPortal } from './frame.tsx'
import { shortName } from './words.ts'

type Ref = { Params: { ref: string } }
type Link = { Params: { reference: string; token: string } }

const payHref = (dossier: { id: string; code: string | null }): string => `${dossierHref(dossier)}/thanh-toan`

/** What is to be paid, each line with why it is there or lower. */
function Lines({ order }: { order: Order }) {
  return (
    <dl class="sums">
      {order.lines.map((line) => (
        <div>
          <dt>{line.name}</dt>
          <dd>
            {line.fullVnd > line.amountVnd && (
              <s>
                <span class="sr">Mức chưa giảm: </span>
                {formatVnd(line.fullVnd)}
              </s>
            )}
            {formatVnd(line.amountVnd)}
          </dd>
          {line.note && <dd class="soft">{line.note}</dd>}
        </div>
      ))}
      <div class="total">
        <dt>Tổng cộng</dt>
        <dd>
          {formatVnd(order.totalVnd)} <Basis rule="muc-phi-le-phi" of="các khoản phải nộp" />
        </dd>
      </div>
    </dl>
  )
}

const TONE = { open: 'warn', paid: 'good', void: 'plain' } as const

/** One order with its code. `self`: the address of the page; `below`: where what belongs to this order lies. */
function OrderView({ ctx, order, self, below }: { ctx: Ctx; order: Order; self: string; below: string }) {
  const payload = vietQrOf(order, ctx.now)
  const expired = isExpired(order, ctx.now)
  const trial = ctx.payments.providers.find((one) => one.payPage !== undefined)?.payPage
  return (
    <section aria-label={`Khoản ${order.reference}`}>
      <p>
        <StatusTag tone={expired ? 'wait' : TONE[order.state]}>{expired ? 'Mã đã hết hạn' : ORDER_STATES[order.state]}</StatusTag>
      </p>
      <Lines order={order} />
      {order.state === 'paid' && order.closedAt && <Notice tone="good" title={`Đã nộp lúc ${formatDateTime(order.closedAt)}`}><p>Không phải nộp nữa. Biên lai đã có số.</p></Notice>}
      {order.state === 'void' && <Notice title="Khoản này không còn phải nộp"><p>{order.voidReason}. Nếu đã lỡ chuyển tiền, cơ quan sẽ liên hệ để trả lại.</p></Notice>}
      {payload && order.payee && (
        <>
          <p class="measure">Mở ứng dụng ngân hàng, quét mã; đang dùng điện thoại thì tải ảnh mã rồi chọn “quét từ ảnh”. Số tiền và nội dung đã điền sẵn, <b>đừng sửa</b>.</p>
          <PayCode
            svg={qrSvg(payload, `Mã VietQR trả ${formatVnd(order.totalVnd)}`)} bank={order.payee.bank} account={order.payee.account} holder={order.payee.holder} amount={formatVnd(order.totalVnd)}
            amountDigits={String(order.totalVnd)} reference={order.reference} until={formatDateTime(order.expiresAt)}
          />
          <p class="measure">Trả xong, trang này tự báo đã nhận tiền trong ít giây. Trả một lần là đủ; chưa thấy báo thì bấm nút dưới đây, đừng chuyển lần nữa.</p>
          <Actions>
            <LinkButton look="primary" icon="check" href={self}>Tôi đã trả, xem lại</LinkButton>
            <LinkButton icon="download" download href={`${below}/ma.png`}>Tải ảnh mã</LinkButton>
            {trial && <LinkButton href={`${trial}?qr=${encodeURIComponent(payload)}`}>Trả thử bằng ngân hàng mô phỏng</LinkButton>}
          </Actions>
        </>
      )}
      {expired && (
        <Form action={`${below}/ma-moi`}>
          <p class="measure">Mã đã hết hạn lúc {formatDateTime(order.expiresAt)}. Lấy mã còn hạn rồi hãy chuyển tiền.</p>
          <Actions><Button look="primary">Lấy mã còn hạn</Button></Actions>
        </Form>
      )}
      {order.state === 'open' && !order.payee && <Notice title="Nộp tại quầy"><p>{order.about.issuingAgency} chưa có tài khoản nhận chuyển khoản; xin nộp tiền mặt tại Bộ phận một cửa.</p></Notice>}
    </section>
  )
}

/** What the page watches: anything that changes here is worth showing. */
const stateOf = (orders: readonly Order[]): string => orders.map((order) => `${order.reference}:${order.state}:${order.expiresAt.getTime()}`).join(',')

/** On the dossier's page: what waits to be paid, receipts, refunds. Nothing where nothing is charged. */
export function Owed({ view }: { view: DossierView }) {
  const { dossier, fees, payments } = view
  const open = payments.orders.filter((order) => order.state === 'open')
  const valid = payments.receipts.filter((receipt) => receipt.state === 'valid')
  const later = fees.filter((fee) => fee.amount > 0).reduce((sum, fee) => sum + fee.amount, 0) - payments.dueVnd - payments.paidVnd
  const free = fees.filter((fee) => fee.amount === 0)
  if (fees.length === 0 && payments.orders.length === 0) return null
  return (
    <section aria-labelledby="phi">
      <h2 id="phi">Phí, lệ phí</h2>
      {open.length > 0 && (
        <>
          <p class="measure">
            Ông/bà cần nộp <Figure rule="muc-phi-le-phi" of="số phải nộp"><b>{formatVnd(payments.dueVnd)}</b></Figure>: quét mã VietQR, hoặc nộp tiền mặt tại {view.received.name}.
          </p>
          <Actions>
            <LinkButton look="primary" href={payHref(dossier)}>Nộp {formatVnd(payments.dueVnd)}</LinkButton>
          </Actions>
        </>
      )}
      {valid.length > 0 && (
        <ul>
          {valid.map((receipt) => (
            <li>
              Đã nộp {formatVnd(receipt.amountVnd)}, {METHOD_LABELS[receipt.method].toLocaleLowerCase('vi')}, {formatDateTime(receipt.issuedAt)}.{' '}
              <a href={`${dossierHref(dossier)}/bien-lai/${receipt.id}.pdf`}>Biên lai số {receiptNo(receipt)}</a>
            </li>
          ))}
        </ul>
      )}
      {later > 0 && open.length === 0 && <p class="measure">Sẽ nộp <Figure rule="muc-phi-le-phi" of="số phải nộp">{formatVnd(later)}</Figure> {dossier.acceptedAt ? 'khi nhận kết quả' : 'khi hồ sơ được tiếp nhận'}; lúc này chưa phải nộp.</p>}
      {free.map((fee) => <p class="measure soft">{fee.name}: không thu. {fee.note}</p>)}
      {payments.refunds.map((refund) => (
        <p class="measure">
          Hoàn trả <Figure rule="gio-hoan-tien" of="hạn hoàn tiền">{formatVnd(refund.amountVnd)}</Figure>: {REFUND_STATES[refund.state].toLocaleLowerCase('vi')}.{refund.payBy && refund.state === 'ordered' && ` Chuyển trả trước ${formatDateTime(refund.payBy)}.`} {refund.reason}
        </p>
      ))}
    </section>
  )
}

function OwnPage({ ctx, view }: { ctx: Ctx; view: DossierView }) {
  const { dossier, payments } = view
  const shown = payments.orders.filter((order) => order.state === 'open' || order.state === 'paid')
  const open = shown.filter((order) => order.state === 'open')
  const free = view.fees.filter((fee) => fee.amount === 0)
  const self = payHref(dossier)
  return (
    <div data-pay={`${self}/tinh-trang`} data-state={stateOf(payments.orders)}>
      <PageHeading
        title="Nộp phí, lệ phí" lead={open.length > 0 ? `Cần nộp ${formatVnd(payments.dueVnd)} cho hồ sơ ${dossier.code}.` : 'Lúc này ông/bà không phải nộp gì.'}
        meta={<span>{shortName(dossier.procedureName)}</span>}
      />
      {[...open, ...shown.filter((order) => order.state === 'paid')].map((order) => <OrderView ctx={ctx} order={order} self={self} below={`${self}/${order.reference}`} />)}
      {free.map((fee) => <p class="measure soft">{fee.name}: không thu. {fee.note}</p>)}
      {open.length > 0 && (
        <Details summary="Nhờ người khác trả thay">
          <p class="measure">Gửi đường dẫn này. Người nhận chỉ thấy khoản thu và số tiền, không thấy họ tên hay nội dung hồ sơ.</p>
          {open.map((order) => {
            const link = `${ctx.publicUrl}${payPath(ctx, order)}`
            return <p class="measure"><a href={link}>{link}</a> <Button look="quiet" type="button" icon="copy" copies={link}>Chép đường dẫn</Button></p>
          })}
        </Details>
      )}
      <p><a href={dossierHref(dossier)}>Về hồ sơ</a></p>
    </div>
  )
}

const PER_MINUTE = 60

export function payRoutes(app: FastifyInstance, citizen: RouteShorthandOptions): void {
  app.get<Ref>('/ho-so/:ref/thanh-toan', citizen, async (request, reply) => {
    const view = await viewDossier(request.ctx, request.params.ref)
    const crumbs = [{ label: 'Hồ sơ của tôi', href: '/ho-so' }, { label: view.dossier.code ?? 'Hồ sơ', href: dossierHref(view.dossier) }]
    return sendPortal(request, reply, { title: 'Nộp phí, lệ phí', here: 'dossiers', crumbs }, <OwnPage ctx={request.ctx} view={view} />)
  })

  app.get<Ref>('/ho-so/:ref/thanh-toan/tinh-trang', citizen, async (request, reply) => {
    const { payments } = await viewDossier(request.ctx, request.params.ref)
    return reply.header('cache-control', 'no-store').send({ state: stateOf(payments.orders) })
  })

  app.post<{ Params: { ref: string; order: string } }>('/ho-so/:ref/thanh-toan/:order/ma-moi', citizen, async (request, reply) => {
    const { dossier, payments } = await viewDossier(request.ctx, request.params.ref)
    if (!payments.orders.some((order) => order.reference === request.params.order)) throw noOrder()
    await renewOrder(request.ctx, { order: request.params.order })
    return seeOther(reply, payHref(dossier))
  })

  app.get<{ Params: { ref: string; order: string } }>('/ho-so/:ref/thanh-toan/:order/ma.png', citizen, async (request, reply) => {
    const { payments } = await viewDossier(request.ctx, request.params.ref)
    const order = payments.orders.find((one) => one.reference === request.params.order)
    if (!order) throw noOrder()
    return sendPicture(request, reply, order)
  })

  app.get<{ Params: { ref: string; id: string } }>('/ho-so/:ref/bien-lai/:id', citizen, async (request, reply) => {
    const { dossier, payments } = await viewDossier(request.ctx, request.params.ref)
    const receipt = payments.receipts.find((one) => one.id === request.params.id.replace(/\.pdf$/, ''))
    if (!receipt) throw new NotFound('payments.no_receipt', 'Không có biên lai này.')
    return sendReceipt(reply, await receiptPdf(request.ctx, receipt), `bien-lai-${dossier.code}.pdf`)
  })

  const limiter = createLimiter({ limit: PER_MINUTE, windowMs: 60_000 })
  const byLink = async (request: FastifyRequest<Link>): Promise<Order> => {
    const seconds = limiter.take(request.ip, request.ctx.now)
    if (seconds > 0) throw noOrder()
    return orderOfLink(request.ctx, request.params.reference, request.params.token)
  }

  app.get<Link>('/thanh-toan/:reference/:token', async (request, reply) => {
    const order = await byLink(request)
    const self = payPath(request.ctx, order)
    return sendPortal(
      request, reply.header('x-robots-tag', 'noindex'), { title: 'Trả phí, lệ phí', here: 'none' },
      <div data-pay={`${self}/tinh-trang`} data-state={stateOf([order])}>
        <PageHeading title="Trả phí, lệ phí" lead={`Khoản thu của ${order.about.issuingAgency}. Trang này không hiện họ tên và nội dung hồ sơ.`} />
        <OrderView ctx={request.ctx} order={order} self={self} below={self} />
      </div>,
    )
  })

  app.get<Link>('/thanh-toan/:reference/:token/tinh-trang', async (request, reply) => {
    const order = await orderOfLink(request.ctx, request.params.reference, request.params.token)
    return reply.header('cache-control', 'no-store').send({ state: stateOf([order]) })
  })

  app.get<Link>('/thanh-toan/:reference/:token/ma.png', async (request, reply) => sendPicture(request, reply, await byLink(request)))

  app.post<Link>('/thanh-toan/:reference/:token/ma-moi', async (request, reply) => {
    const order = await byLink(request)
    await renewOrder(request.ctx, { order: order.reference })
    return seeOther(reply, payPath(request.ctx, order))
  })
}

const noOrder = () => new NotFound('payments.no_order', 'Không có khoản thu này. Xem lại đường dẫn, hoặc chờ một phút rồi mở lại.')

async function sendPicture(request: FastifyRequest, reply: FastifyReply, order: Order): Promise<FastifyReply> {
  const payload = vietQrOf(order, request.ctx.now)
  if (!payload) throw noOrder()
  return reply.type('image/png').header('cache-control', 'no-store').header('content-disposition', asDownload(`vietqr-${order.reference}.png`)).send(await qrPng(payload))
}

const sendReceipt = (reply: FastifyReply, bytes: Uint8Array, name: string): FastifyReply =>
  reply.type('application/pdf').header('cache-control', 'no-store').header('content-disposition', disposition('inline', name)).send(Buffer.from(bytes))
