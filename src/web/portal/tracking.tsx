// Where a dossier stands, for anyone who has its code: state, dates, agencies, a masked name; braked against guessing.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NotFound } from '#core/errors.ts'
import { relativeDue } from '#core/text/index.ts'
import { track } from '#modules/dossiers/index.ts'
import { createLimiter } from '#modules/identity/index.ts'
import { Button, ErrorSummary, Form, PageHeading, StatusTag, SummaryList, Time } from '#ui/index.ts'
import { seeOther } from '../page.tsx'
import { type NamedUnit, unitsNamed } from '../units/named.ts'
import { NamedUnits } from '../units/named-units.tsx'
import { sendPortal } from './frame.tsx'
import { elapsed, shortName, STATE_WORDS, termRule } from './words.ts'

type Tracked = Awaited<ReturnType<typeof track>>

const PER_MINUTE = 30

/** Codes are read aloud, copied and typed on phones: spaces and long dashes are not meant. */
const tidy = (typed: string): string => typed.replaceAll(/\s+/g, '').replaceAll(/[‐-―]/g, '-').toUpperCase().slice(0, 60)

function TrackForm({ value, error, units = [] }: { value?: string; error?: string; units?: readonly NamedUnit[] }) {
  return (
    <>
      <ErrorSummary errors={error ? [{ key: 'ma', message: error }] : []} />
      <PageHeading title="Tra cứu hồ sơ" lead="Ghi mã hồ sơ in trên giấy hẹn, hoặc quét mã QR trên giấy." />
      <Form action="/tra-cuu" method="get" label="Tra cứu hồ sơ">
        <div class={error ? 'q wrong' : 'q'}>
          <label class="label" for="ma">
            Mã hồ sơ
          </label>
          <p class="hint" id="ma--hint">
            Ví dụ: H56.01-261121-0001. Chữ hoa hay thường đều được.
          </p>
          {error && (
            <p class="fault" id="ma--error">
              <span class="sr">Lỗi: </span>
              {error}
            </p>
          )}
          <input
            id="ma"
            name="ma"
            value={value}
            autocomplete="off"
            spellcheck={false}
            aria-describedby={error ? 'ma--hint ma--error' : 'ma--hint'}
            aria-invalid={error ? true : undefined}
          />
        </div>
        <div class="actions">
          <Button look="primary" icon="search">
            Tra cứu
          </Button>
        </div>
      </Form>
      {units.length > 0 && (
        <section>
          <h2>Đây là tên hoặc mã của một đơn vị</h2>
          <NamedUnits units={units} />
        </section>
      )}
      <p class="measure">
        Trang này không hiện họ tên đầy đủ và nội dung hồ sơ. Người nộp xem đầy đủ ở <a href="/ho-so">Hồ sơ của tôi</a>.
      </p>
    </>
  )
}

function Found({ found, now, calendar }: { found: Tracked; now: Date; calendar: Parameters<typeof relativeDue>[2] }) {
  const { tone, sentence } = STATE_WORDS[found.state]
  const running = found.clocks.legal.state === 'running' && found.dueAt
  const { lived } = found.clocks
  return (
    <>
      <PageHeading
        title={`Hồ sơ ${found.code}`}
        lead={sentence
          .replace('Cần ông/bà', 'Cần người nộp')
          .replace('khi ông/bà', 'khi người nộp')
          .replace(/Ông\/bà/, 'Người nộp')}
        meta={<StatusTag tone={tone}>{found.stateLabel}</StatusTag>}
      />
      <SummaryList
        rows={[
          { label: 'Thủ tục', value: shortName(found.procedureName) },
          { label: 'Người nộp', value: found.applicant },
          { label: 'Nơi nhận', value: found.receivedBy },
          ...(found.decidedBy ? [{ label: 'Cơ quan giải quyết', value: found.decidedBy }] : []),
          ...(found.submittedAt ? [{ label: 'Ngày nộp', value: <Time at={found.submittedAt} /> }] : []),
          ...(found.acceptedAt ? [{ label: 'Ngày tiếp nhận', value: <Time at={found.acceptedAt} /> }] : []),
          ...(found.dueAt
            ? [
                {
                  label: 'Hẹn trả kết quả',
                  rule: termRule(found),
                  value: (
                    <>
                      <Time at={found.dueAt} />
                      {running && `, ${relativeDue(found.dueAt, now, calendar)}`}
                      {found.clocks.legal.state === 'paused' && ', đang tạm dừng'}
                    </>
                  ),
                },
              ]
            : []),
          ...(found.finishedAt ? [{ label: 'Có kết quả', value: <Time at={found.finishedAt} /> }] : []),
          ...(found.returnedAt ? [{ label: 'Đã trả', value: <Time at={found.returnedAt} /> }] : []),
          ...(lived.startedAt
            ? [{ label: 'Người nộp đã chờ', rule: 'tam-dung-tinh-thoi-han', value: elapsed((lived.stoppedAt ?? now).getTime() - lived.startedAt.getTime()) }]
            : []),
        ]}
      />
      <p>
        Là hồ sơ của ông/bà? <a href={`/ho-so/${encodeURIComponent(found.code)}`}>Đăng nhập để xem đầy đủ</a>.{' '}
        <a href="/tra-cuu">Tra cứu mã khác</a>
      </p>
    </>
  )
}

export function trackingRoutes(app: FastifyInstance): void {
  const limiter = createLimiter({ limit: PER_MINUTE, windowMs: 60_000 })
  const page = { here: 'track' as const }

  app.get<{ Querystring: { ma?: string } }>('/tra-cuu', async (request, reply) => {
    const code = typeof request.query.ma === 'string' ? tidy(request.query.ma) : null
    // an old name or code of a commune, typed where a dossier is looked for
    const units = code ? await unitsNamed(request.ctx, request.query.ma!) : []
    if (units.length > 0) return sendPortal(request, reply, { ...page, title: 'Tra cứu hồ sơ' }, <TrackForm value={request.query.ma} units={units} />)
    if (code) return seeOther(reply, `/tra-cuu/${encodeURIComponent(code)}`)
    return sendPortal(
      request,
      reply,
      { ...page, title: 'Tra cứu hồ sơ', status: code === '' ? 422 : 200 },
      <TrackForm error={code === '' ? 'Ghi mã hồ sơ.' : undefined} />,
    )
  })

  const busy = (request: FastifyRequest, reply: FastifyReply, seconds: number) =>
    sendPortal(
      request,
      reply.header('retry-after', String(seconds)),
      { ...page, title: 'Xin chờ một chút', status: 429 },
      <>
        <PageHeading
          title="Xin chờ một chút"
          lead={`Từ mạng của ông/bà đã tra cứu quá ${PER_MINUTE} lần trong một phút. Chờ ${seconds} giây rồi tải lại trang.`}
        />
        <p class="measure">
          Giới hạn này để không ai dò được mã hồ sơ của người khác. Hồ sơ của ông/bà thì <a href="/ho-so">đăng nhập</a> xem lúc nào cũng
          được.
        </p>
      </>,
    )

  app.get<{ Params: { code: string } }>('/tra-cuu/:code', async (request, reply) => {
    const { ctx } = request
    const seconds = limiter.take(request.ip, ctx.now)
    if (seconds > 0) return busy(request, reply, seconds)
    const code = tidy(request.params.code)
    try {
      const found = await track(ctx, code)
      return sendPortal(
        request,
        reply,
        { ...page, title: `Hồ sơ ${found.code}` },
        <Found found={found} now={ctx.now} calendar={ctx.calendar} />,
      )
    } catch (error) {
      if (!(error instanceof NotFound)) throw error
      return sendPortal(
        request,
        reply,
        { ...page, title: 'Không tìm thấy hồ sơ', status: 404 },
        <TrackForm value={code} error={error.message} />,
      )
    }
  })
}
