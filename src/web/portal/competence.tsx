// "Ai giải quyết việc này bây giờ?": anyone says the matter in their own words, the place by its old or new name, and gets the unit, how it was found and the clause.

import type { FastifyInstance } from 'fastify'
import { isDay, readDay } from '#core/fields/calendar.ts'
import { formatDate } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { type Decider, type Found, noteSearch, whatIsMeant, whoDecides, type WhoAnswer } from '#modules/catalogue/index.ts'
import { Button, DayInput, EmptyState, LinkButton, Notice, PageHeading } from '#ui/index.ts'
import { sendPortal } from './frame.tsx'
import { shortName, tiersOf } from './words.ts'

interface Asked {
  readonly matter: string
  readonly code: string
  readonly place: string
  /** As typed; '' is today. */
  readonly day: string
}

const one = (query: Record<string, unknown>, name: string): string => {
  const value = query[name]
  return typeof value === 'string' ? value.trim().normalize('NFC').slice(0, 200) : ''
}

const hrefOf = (asked: Partial<Asked>): string => {
  const query = Object.entries({ viec: asked.matter, ma: asked.code, noi: asked.place, ngay: asked.day }).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return `/tham-quyen?${new URLSearchParams(query)}#tra-loi`
}

export function competenceRoutes(app: FastifyInstance): void {
  app.get('/tham-quyen', async (request, reply) => {
    const { ctx } = request
    const query = request.query as Record<string, unknown>
    const asked: Asked = { matter: one(query, 'viec'), code: one(query, 'ma'), place: one(query, 'noi'), day: readDay(one(query, 'ngay')) ?? one(query, 'ngay') }
    const wrongDay = asked.day !== '' && !isDay(asked.day)
    const on = asked.day === '' || wrongDay ? localDate(ctx.now) : asked.day
    const { sure, found } = asked.matter ? await whatIsMeant(ctx, asked.matter, 6) : { sure: false, found: [] }
    if (asked.matter && !asked.code) await noteSearch(ctx, asked.matter, sure ? (found[0]?.code ?? null) : null)
    const code = asked.code || (sure ? found[0]?.code : undefined)
    const answer = code && !wrongDay ? await whoDecides(ctx, { code, place: asked.place, on }) : null
    return sendPortal(
      request,
      reply,
      {
        title: 'Ai giải quyết việc này?',
        here: 'none',
        description: 'Tra cơ quan có thẩm quyền giải quyết một việc ở một nơi trong tỉnh, theo tên mới hay tên cũ.',
        status: wrongDay ? 422 : 200,
      },
      <>
        <PageHeading
          title="Ai giải quyết việc này bây giờ?"
          lead={tiersOf(ctx) === 2 ? 'Sau ngày 1/7/2025 nhiều việc đã đổi nơi giải quyết. Gõ việc cần làm và nơi ở, tên xã cũ cũng được.' : 'Gõ việc cần làm và nơi ở, tên xã cũ cũng được.'}
        />
        <Ask asked={asked} today={localDate(ctx.now)} wrongDay={wrongDay} />
        {asked.matter && !asked.code && !sure && found.length > 0 && !wrongDay && <Meant asked={asked} found={found} />}
        {asked.matter && !answer && found.length === 0 && !wrongDay && (
          <EmptyState icon="search" title={`Chưa hiểu “${asked.matter}” là việc gì`}>
            <p>Thử nói ngắn hơn, ví dụ “khai sinh”, “sang tên sổ đỏ”, “mở quán”.</p>
          </EmptyState>
        )}
        {answer && <Answer asked={asked} answer={answer} others={found.filter((other) => other.code !== answer.matter.code)} on={on} anywhere={tiersOf(ctx) === 2} />}
      </>,
    )
  })
}

function Ask({ asked, today, wrongDay }: { asked: Asked; today: string; wrongDay: boolean }) {
  return (
    <form action="/tham-quyen#tra-loi" method="get" class="stack">
      <div class="q">
        <label class="label" for="viec">
          Việc cần làm
        </label>
        <p class="hint">Nói như thường ngày, ví dụ “sang tên sổ đỏ”, “mở quán ăn”</p>
        <input id="viec" name="viec" type="search" value={asked.matter} maxLength={200} autocomplete="off" required />
      </div>
      <div class="q">
        <label class="label" for="noi">
          Ở xã, phường nào
        </label>
        <p class="hint">Tên mới hay tên cũ, ghi cả thôn nếu biết; việc về nhà đất thì ghi nơi có nhà đất</p>
        <input id="noi" name="noi" value={asked.place} maxLength={200} autocomplete="address-level3" />
      </div>
      <details class="q" open={wrongDay || asked.day !== ''}>
        <summary>Hỏi cho một ngày khác hôm nay</summary>
        <div class={wrongDay ? 'q wrong' : 'q'}>
          <label class="label" for="ngay">
            Ngày
          </label>
          {wrongDay && <p class="fault">Ghi ngày dạng năm-tháng-ngày, ví dụ {today}; hoặc bỏ trống để hỏi cho hôm nay.</p>}
          <DayInput id="ngay" name="ngay" value={asked.day} />
        </div>
      </details>
      <div class="actions">
        <Button look="primary" icon="search">
          Xem ai giải quyết
        </Button>
      </div>
    </form>
  )
}

/** The words fit nothing well: no unit is named before the person has said which matter it is. */
function Meant({ asked, found }: { asked: Asked; found: readonly Found[] }) {
  return (
    <section id="tra-loi" aria-live="polite" class="stack">
      <Notice tone="info" title={`Chưa chắc “${asked.matter}” là việc gì. Có phải một trong các việc này?`}>
        <ul>
          {found.map((one) => (
            <li>
              <a href={hrefOf({ ...asked, code: one.code })}>{shortName(one.name)}</a> <span class="soft">{one.fieldName}</span>
            </li>
          ))}
        </ul>
        <p>Không phải việc nào ở trên thì nói cách khác, ví dụ “khai sinh”, “sang tên sổ đỏ”, “mở quán”.</p>
      </Notice>
    </section>
  )
}

/** `anywhere`: filing does not depend on the place since the province has two tiers. */
function Answer({ asked, answer, others, on, anywhere }: { asked: Asked; answer: WhoAnswer; others: readonly Found[]; on: string; anywhere: boolean }) {
  const { matter, deciders, central, wantsPlace, choices, fault } = answer
  return (
    <section id="tra-loi" aria-live="polite" class="stack">
      <h2>
        <a href={`/thu-tuc/${matter.code}`}>{shortName(matter.name)}</a>
      </h2>
      {fault && (
        <Notice tone="warn" title="Chưa tìm được nơi giải quyết">
          <p>{fault}</p>
        </Notice>
      )}
      {central && (
        <Notice tone="info" title="Việc này không do cơ quan của tỉnh giải quyết">
          <p>Bộ, ngành ở trung ương hoặc cơ quan khác giải quyết. Xem nơi nộp trên Cổng Dịch vụ công quốc gia theo mã {matter.code}.</p>
        </Notice>
      )}
      {choices.length > 1 && <Choose asked={asked} code={matter.code} choices={choices} />}
      {wantsPlace && (
        <Notice tone="info" title="Còn tùy nơi">
          <p>Việc này do Ủy ban nhân dân xã, phường giải quyết. Hãy ghi tên xã, phường ở trên để biết đúng nơi nào.</p>
        </Notice>
      )}
      {deciders.map((decider) => (
        <Decided decider={decider} several={deciders.length > 1} on={on} />
      ))}
      {deciders.length > 0 && (
        <p class="soft">{anywhere ? 'Nộp ở bất cứ Trung tâm Phục vụ hành chính công nào trong tỉnh cũng được; hồ sơ tự chuyển về nơi giải quyết.' : 'Nộp ở Bộ phận một cửa của nơi giải quyết, hoặc nộp trên mạng nếu thủ tục nhận trực tuyến.'}</p>
      )}
      <div class="actions">
        <LinkButton href={`/thu-tuc/${matter.code}`} look={deciders.length > 0 ? 'primary' : 'secondary'} icon="file">
          Xem cần những giấy tờ gì
        </LinkButton>
      </div>
      {others.length > 0 && (
        <details>
          <summary>Không phải việc này?</summary>
          <ul>
            {others.map((other) => (
              <li>
                <a href={hrefOf({ ...asked, code: other.code })}>{shortName(other.name)}</a> <span class="soft">{other.fieldName}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

const LEVELS: Readonly<Record<string, string>> = { tinh: 'Phần việc của cấp tỉnh', huyen: 'Phần việc của cấp huyện', xa: 'Phần việc của cấp xã' }

function Decided({ decider, several, on }: { decider: Decider; several: boolean; on: string }) {
  return (
    <Notice tone="good" title={decider.unit.name}>
      {several && <p class="soft">{LEVELS[decider.level] ?? ''}</p>}
      <p>{decider.how}</p>
      <p class="soft">
        Căn cứ: {decider.clause}, theo quy định của ngày {formatDate(on)}.{' '}
        {decider.sure === 'memory' && 'Căn cứ này đang được cán bộ kiểm tra lại với văn bản gốc. '}
        <a href={`/don-vi/${encodeURIComponent(decider.unit.code)}`}>Địa chỉ, lịch sử đơn vị</a>
      </p>
    </Notice>
  )
}

function Choose({ asked, code, choices }: { asked: Asked; code: string; choices: WhoAnswer['choices'] }) {
  return (
    <Notice tone="info" title={`Có ${choices.length} nơi mang tên “${asked.place}”. Ông/bà hỏi nơi nào?`}>
      <ul>
        {choices.map(({ asked: unit, live }) => (
          <li>
            <a href={hrefOf({ ...asked, code, place: unit.code })}>{unit.name}</a>{' '}
            <span class="soft">{unit.validTo ? `đến ${formatDate(unit.validTo)}, nay thuộc ${live.name}` : `mã ${unit.code}`}</span>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
