// "Is this message ours?": for anybody, by the check code or the whole text; clear advice about fakes, and a way to report them.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Invalid } from '#core/errors.ts'
import { formatDateTime } from '#core/text/index.ts'
import { createLimiter } from '#modules/identity/index.ts'
import { type Checked, checkMessage, reportFake } from '#modules/notify/index.ts'
import { Actions, Button, ErrorSummary, Form, Notice, PageHeading, SummaryList } from '#ui/index.ts'
import { seeOther } from '../page.tsx'
import { sendPortal } from './frame.tsx'

const PER_MINUTE = 20
const REPORTS_AN_HOUR = 10
const PATH = '/tin-nhan-that'
const page = { title: 'Kiểm tra tin nhắn', here: 'none' as const, description: 'Ghi mã kiểm tra hoặc dán tin nhắn để biết có phải của tỉnh không.' }

function Ask({ text = '', fault }: { text?: string; fault?: string }) {
  return (
    <Form action={PATH} label="Kiểm tra tin nhắn">
      <div class={fault ? 'q wrong' : 'q'}>
        <label class="label" for="text">
          Mã kiểm tra, hoặc cả tin nhắn
        </label>
        <p class="hint" id="text--hint">
          Mã có 6 chữ và số ở cuối tin, sau “Mã kiểm tra”. Dán cả tin thì chúng tôi so được từng chữ. Trang này không lưu những gì ông/bà dán.
        </p>
        {fault && (
          <p class="fault" id="text--error">
            <span class="sr">Lỗi: </span>
            {fault}
          </p>
        )}
        <textarea id="text" name="text" rows={4} maxLength={4000} aria-describedby={fault ? 'text--hint text--error' : 'text--hint'} aria-invalid={fault ? true : undefined}>
          {text}
        </textarea>
      </div>
      <Actions>
        <Button look="primary" icon="search">
          Kiểm tra
        </Button>
      </Actions>
    </Form>
  )
}

const Advice = () => (
  <ul class="airy measure">
    <li>Không bấm đường dẫn, không gọi lại số trong tin, không cài ứng dụng theo hướng dẫn.</li>
    <li>Không đưa mật khẩu, mã OTP, không chuyển tiền. Cơ quan của tỉnh không bao giờ hỏi những thứ này qua tin nhắn.</li>
    <li>Lỡ bấm hoặc lỡ chuyển tiền: gọi ngay ngân hàng để khóa tài khoản, rồi báo công an xã, phường.</li>
    <li>Muốn biết hồ sơ của mình thế nào, tự mở <a href="/ho-so">Hồ sơ của tôi</a> hoặc hỏi Bộ phận một cửa.</li>
  </ul>
)

function Verdict({ found, text }: { found: Checked; text: string }) {
  const { verdict, ours, link } = found
  if (verdict === 'ours' && ours) {
    return (
      <section aria-labelledby="ket-qua">
        <h2 id="ket-qua">Kết quả</h2>
        <Notice tone="good" title="Đúng là tin của tỉnh gửi.">
          {ours.wholeText ? <p>Từng chữ khớp với tin đã gửi.</p> : <p>Mã này là của chúng tôi. Nếu tin ông/bà có đường dẫn, số tài khoản hay đòi mật khẩu thì đó là tin khác: dán cả tin vào ô dưới để so.</p>}
        </Notice>
        <SummaryList
          rows={[
            { label: 'Gửi lúc', value: formatDateTime(ours.sentAt) }, { label: 'Bằng', value: ours.channel }, { label: 'Gửi tới', value: ours.recipient },
            { label: 'Về', value: `${ours.kind}: ${ours.label.toLowerCase()}` },
          ]}
        />
      </section>
    )
  }
  const titles = {
    altered: 'Đây không phải tin của tỉnh, dù có mã của tỉnh.', unknown: 'Không có tin nào của tỉnh mang mã này.', no_code: 'Tin này không có mã kiểm tra.', ours: '',
  }
  return (
    <section aria-labelledby="ket-qua">
      <h2 id="ket-qua">Kết quả</h2>
      <Notice tone="bad" title={titles[verdict]}>
        {verdict === 'altered' && <p>Ai đó đã lấy mã của một tin thật{ours && ` gửi lúc ${formatDateTime(ours.sentAt)}`} rồi viết lời khác quanh nó{link && ' và chèn đường dẫn'}. Tin nhắn của tỉnh không bao giờ có đường dẫn.</p>}
        {verdict === 'unknown' && <p>Xem lại từng chữ của mã; không có số 0, số 1, chữ O, chữ I, chữ L. Nếu đúng như trong tin thì tin ấy không phải của chúng tôi.</p>}
        {verdict === 'no_code' && <p>Mọi tin nhắn và thư của tỉnh đều có “Mã kiểm tra” ở cuối. Tin không có mã là tin không phải của chúng tôi{link && ', nhất là khi có đường dẫn'}.</p>}
      </Notice>
      <Advice />
      <h3>Báo cho chúng tôi</h3>
      <p class="measure">Cán bộ an toàn thông tin sẽ xem và cảnh báo người khác. Không cần đăng nhập.</p>
      <Form action={`${PATH}/bao-cao`} label="Báo tin giả">
        <input type="hidden" name="text" value={text} />
        <div class="q">
          <label class="label" for="sender">
            Tin đến từ số hoặc địa chỉ nào <span class="optional">(không bắt buộc)</span>
          </label>
          <input id="sender" name="sender" class="w16" maxLength={100} autocomplete="off" />
        </div>
        <div class="q">
          <label class="label" for="note">
            Ghi thêm <span class="optional">(không bắt buộc)</span>
          </label>
          <textarea id="note" name="note" rows={2} maxLength={1000} />
        </div>
        <Button icon="alert">Báo tin giả</Button>
      </Form>
    </section>
  )
}

const heading = <PageHeading title="Tin nhắn này có phải của tỉnh không?" lead="Ghi mã kiểm tra trong tin, hoặc dán cả tin vào đây. Ai cũng dùng được, không cần đăng nhập." />

export function genuineRoutes(app: FastifyInstance): void {
  const checks = createLimiter({ limit: PER_MINUTE, windowMs: 60_000 })
  const reports = createLimiter({ limit: REPORTS_AN_HOUR, windowMs: 3_600_000 })

  const busy = (request: FastifyRequest, reply: FastifyReply, seconds: number, text: string) =>
    sendPortal(
      request, reply.header('retry-after', String(seconds)), { ...page, status: 429 },
      <>
        {heading}
        <Notice tone="warn" title="Xin chờ một chút">
          <p>Từ mạng của ông/bà đã kiểm tra quá nhiều lần. Chờ {seconds} giây rồi bấm lại; nội dung vẫn ở ô dưới.</p>
        </Notice>
        <Ask text={text} />
      </>,
    )

  const textOf = (request: FastifyRequest): string => String(((request.body ?? {}) as Record<string, unknown>)['text'] ?? '').normalize('NFC').trim()

  app.get(PATH, (request, reply) =>
    sendPortal(
      request, reply, page,
      <>
        {heading}
        <Ask />
        <section aria-labelledby="dau-hieu">
          <h2 id="dau-hieu">Tin thật của tỉnh</h2>
          <ul class="airy measure">
            <li>Tin nhắn SMS không bao giờ có đường dẫn; thư chỉ dẫn về địa chỉ của cổng này.</li>
            <li>Luôn có mã hồ sơ và mã kiểm tra 6 ký tự ở cuối.</li>
            <li>Không hỏi mật khẩu, mã OTP, số thẻ; không bảo chuyển tiền vào tài khoản cá nhân.</li>
            <li>Không dọa khóa tài khoản, không thúc làm ngay trong vài phút.</li>
          </ul>
        </section>
      </>,
    ),
  )

  app.post(PATH, async (request, reply) => {
    const text = textOf(request)
    const seconds = checks.take(request.ip, request.ctx.now)
    if (seconds > 0) return busy(request, reply, seconds, text)
    if (text === '' || text.length > 4000) {
      const fault = text === '' ? 'Ghi mã kiểm tra, hoặc dán tin nhắn vào ô.' : 'Tin quá dài. Dán nhiều nhất 4.000 chữ.'
      return sendPortal(request, reply, { ...page, status: 422 }, <><ErrorSummary errors={[{ key: 'text', message: fault }]} />{heading}<Ask text={text.slice(0, 4000)} fault={fault} /></>)
    }
    const found = await checkMessage(request.ctx, { text })
    return sendPortal(request, reply, page, <>{heading}<Verdict found={found} text={text} /><section aria-labelledby="lan-nua"><h2 id="lan-nua">Kiểm tra tin khác</h2><Ask text={found.verdict === 'ours' && !found.ours?.wholeText ? '' : text} /></section></>)
  })

  app.post(`${PATH}/bao-cao`, async (request, reply) => {
    const body = (request.body ?? {}) as Record<string, unknown>
    const seconds = reports.take(request.ip, request.ctx.now)
    if (seconds > 0) return busy(request, reply, seconds, textOf(request))
    try {
      await reportFake(request.ctx, { text: textOf(request), sender: String(body['sender'] ?? ''), note: String(body['note'] ?? '') })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      const [fault] = error.fields
      return sendPortal(request, reply, { ...page, status: 422 }, <><ErrorSummary errors={[{ key: 'text', message: fault!.message }]} />{heading}<Ask text={textOf(request)} fault={fault!.message} /></>)
    }
    return seeOther(reply, `${PATH}?xong=da-bao-gia`)
  })
}
