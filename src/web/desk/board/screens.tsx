// The head's board and the lists behind its figures: who has what, due, late, waiting for whom; giving work out from there.

import type { Ctx } from '#core/ctx.ts'
import { formatDate } from '#core/text/index.ts'
import type { BoardRow, ReasonCount } from '#modules/dossiers/index.ts'
import type { Absence, Unmanned } from '#modules/org/index.ts'
import { type Assignable, type Board, type OfficerTally, WAITING, type Waiting } from '#modules/work/index.ts'
import { Actions, Button, EmptyState, Form, KeyFigures, LinkButton, Notice, PageHeading, Pagination, StatusTag, Table } from '#ui/index.ts'
import { withQuery } from '../answers.tsx'
import { Due, dossierHref, dueOfItem, shortState } from '../words.tsx'

const LIST = '/desk/board/work'
const figure = (n: number, query: Record<string, string | undefined>, label: string, hot = false) =>
  n === 0 ? <span class="soft">0</span> : <a class={hot ? 'late' : undefined} href={withQuery(LIST, query)}>{n}<span class="sr"> {label}</span></a>

export interface BoardView {
  readonly ctx: Ctx
  readonly unitName: string
  readonly board: Board
  readonly nameOf: (officer: string) => string
  readonly away: ReadonlyMap<string, Absence>
  readonly unmanned: readonly Unmanned[]
  readonly reasons: readonly ReasonCount[]
}

/** A bar in three parts, drawn and said. */
function Load({ tally, most }: { tally: OfficerTally; most: number }) {
  const rest = Math.max(tally.open - tally.late - tally.today, 0)
  const width = (n: number) => Math.round((n / Math.max(most, 1)) * 1000) / 10
  return (
    <svg class="load" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={`${tally.open} việc: ${tally.late} quá hạn, ${tally.today} đến hạn hôm nay, ${rest} còn hạn`}>
      <rect class="track" x="0" y="0" width="100" height="6" />
      <rect class="bad" x="0" y="0" width={width(tally.late)} height="6" />
      <rect class="soon" x={width(tally.late)} y="0" width={width(tally.today)} height="6" />
      <rect class="rest" x={width(tally.late + tally.today)} y="0" width={width(rest)} height="6" />
    </svg>
  )
}

export function BoardScreen({ ctx, unitName, board, nameOf, away, unmanned, reasons }: BoardView) {
  const { total, officers, steps } = board
  const most = Math.max(...officers.map((one) => one.open), 1)
  const id = (one: OfficerTally) => one.officer ?? 'nobody'
  return (
    <>
      <PageHeading title="Bảng điều hành" lead={`${unitName}: ai đang giữ việc gì, việc nào đến hạn, quá hạn, đang chờ ai.`} action={<LinkButton icon="clock" href="/desk/absence">Nghỉ, ủy quyền</LinkButton>} />
      {unmanned.length > 0 && <Notice tone="bad" title="Hôm nay không có ai ký được"><p>{unmanned.map((unit) => unit.unitName).join('; ')}. <a href="/desk/absence">Ủy quyền chức danh ký</a> để hồ sơ không đứng lại.</p></Notice>}
      <KeyFigures items={[
        { label: 'việc đang mở', value: total.open, href: LIST }, { label: 'quá hạn', value: total.late, href: withQuery(LIST, { due: 'late' }), hot: total.late > 0 },
        { label: 'đến hạn hôm nay', value: total.today, href: withQuery(LIST, { due: 'today' }) }, { label: 'chưa ai nhận', value: total.unassigned, href: withQuery(LIST, { officer: 'nobody' }) },
      ]} />
      <nav class="chips" aria-label="Đang chờ ai">
        {(Object.keys(WAITING) as Waiting[]).map((key) => <a href={withQuery(LIST, { waiting: key })}>{WAITING[key]} <b>{total[key]}</b></a>)}
      </nav>
      {total.open === 0 ? <EmptyState icon="tick" title="Không có việc nào đang mở"><p>Việc hiện ở đây khi hồ sơ đến một bước của đơn vị.</p></EmptyState> : (
        <>
          <section aria-labelledby="at-officers">
            <h2 id="at-officers">Theo người</h2>
            <Table
              caption="Việc theo người" captionHidden rows={officers} empty="" rowHref={(one) => withQuery(LIST, one.open > 0 ? { officer: id(one) } : { by: one.officer ?? undefined })}
              columns={[
                { key: 'who', label: 'Cán bộ', main: true, cell: (one) => (one.officer ? nameOf(one.officer) : <i>Chưa ai nhận</i>) },
                { key: 'load', label: 'Khối lượng', cell: (one) => <Load tally={one} most={most} /> },
                { key: 'open', label: 'Đang giữ', num: true, cell: (one) => figure(one.open, { officer: id(one) }, 'việc đang giữ') },
                { key: 'today', label: 'Đến hạn hôm nay', num: true, cell: (one) => figure(one.today, { officer: id(one), due: 'today' }, 'việc đến hạn hôm nay') },
                { key: 'late', label: 'Quá hạn', num: true, cell: (one) => figure(one.late, { officer: id(one), due: 'late' }, 'việc quá hạn', true) },
                { key: 'applicant', label: 'Chờ người nộp', num: true, cell: (one) => (one.officer ? figure(one.applicant, { by: one.officer, waiting: 'applicant' }, 'việc chờ người nộp') : '—') },
                { key: 'agency', label: 'Chờ cơ quan khác', num: true, cell: (one) => (one.officer ? figure(one.agency, { by: one.officer, waiting: 'agency' }, 'việc chờ cơ quan khác') : '—') },
                { key: 'leader', label: 'Chờ lãnh đạo', num: true, cell: (one) => (one.officer ? figure(one.leader, { by: one.officer, waiting: 'leader' }, 'việc chờ lãnh đạo') : '—') },
                { key: 'oldest', label: 'Lâu nhất từ', tight: true, cell: (one) => (one.oldest ? formatDate(one.oldest) : '—') },
                { key: 'away', label: 'Vắng', tight: true, cell: (one) => { const gone = one.officer ? away.get(one.officer) : undefined; return gone ? <StatusTag tone="warn">{`Nghỉ đến ${formatDate(gone.to).slice(0, 5)}`}</StatusTag> : '' } },
              ]}
            />
          </section>
          <section aria-labelledby="at-steps">
            <h2 id="at-steps">Theo bước</h2>
            <Table
              caption="Việc theo bước" captionHidden rows={steps} empty="" rowHref={(one) => withQuery(LIST, { step: one.step })}
              columns={[
                { key: 'step', label: 'Bước', main: true, cell: (one) => one.step }, { key: 'open', label: 'Đang mở', num: true, cell: (one) => figure(one.open, { step: one.step }, 'việc đang mở') },
                { key: 'free', label: 'Chưa ai nhận', num: true, cell: (one) => figure(one.unassigned, { step: one.step, officer: 'nobody' }, 'việc chưa ai nhận') },
                { key: 'today', label: 'Đến hạn hôm nay', num: true, cell: (one) => figure(one.today, { step: one.step, due: 'today' }, 'việc đến hạn hôm nay') },
                { key: 'late', label: 'Quá hạn', num: true, cell: (one) => figure(one.late, { step: one.step, due: 'late' }, 'việc quá hạn', true) },
                { key: 'oldest', label: 'Lâu nhất từ', tight: true, cell: (one) => (one.oldest ? formatDate(one.oldest) : '—') },
              ]}
            />
          </section>
        </>
      )}
      <Reasons reasons={reasons} ctx={ctx} />
    </>
  )
}

const ACTS: Readonly<Record<string, string>> = {
  refusal: 'Từ chối tiếp nhận', supplement: 'Yêu cầu bổ sung', stop: 'Dừng giải quyết', unresolved: 'Không giải quyết', financial: 'Nghĩa vụ tài chính', apology: 'Xin lỗi, hẹn lại', extension: 'Gia hạn',
}

function Reasons({ reasons }: { reasons: readonly ReasonCount[]; ctx: Ctx }) {
  if (reasons.length === 0) return null
  return (
    <section aria-labelledby="at-reasons" class="tree">
      <h2 id="at-reasons">Lý do đã nêu trong 30 ngày</h2>
      <Table
        caption="Lý do trễ, trả, yêu cầu bổ sung" captionHidden rows={reasons.slice(0, 20)} empty=""
        columns={[
          { key: 'text', label: 'Lý do', main: true, cell: (one) => one.text }, { key: 'act', label: 'Việc', cell: (one) => ACTS[one.act] ?? one.act },
          { key: 'who', label: 'Cán bộ', cell: (one) => one.officerName }, { key: 'n', label: 'Số lần', num: true, cell: (one) => one.count },
        ]}
      />
    </section>
  )
}

export interface WorkListView {
  readonly ctx: Ctx
  readonly rows: readonly BoardRow[]
  readonly next: string | null
  readonly filter: Readonly<{ officer?: string; due?: string; step?: string; waiting?: string; by?: string; cursor?: string }>
  readonly nameOf: (officer: string) => string
  readonly words: readonly string[]
  readonly choices: readonly Assignable[]
  /** Whether these rows are of one desk, so that one list of officers serves all. */
  readonly oneDesk: boolean
  readonly fault?: string
  readonly ticked?: readonly string[]
  readonly chosen?: string
  readonly reason?: string
  readonly back: string
}

const DUES = { '': 'Mọi hạn', late: 'Quá hạn', today: 'Đến hạn hôm nay' } as const

export function WorkListScreen(view: WorkListView) {
  const { ctx, rows, next, filter, nameOf, words, choices, oneDesk, fault, ticked = [], chosen, reason, back } = view
  const { cursor, ...current } = filter
  return (
    <>
      <PageHeading title={words.length > 0 ? words.join(', ') : 'Việc đang mở'} lead="Chọn việc rồi giao cho một người của bàn ấy; việc đang có người giữ thì ghi lý do chuyển." />
      <nav class="chips" aria-label="Hạn">
        {(Object.keys(DUES) as (keyof typeof DUES)[]).map((key) => <a href={withQuery(LIST, current, { due: key })} aria-current={(filter.due ?? '') === key ? 'true' : undefined}>{DUES[key]}</a>)}
        {words.length > 0 && <a href={LIST}>Bỏ mọi lọc</a>}
      </nav>
      {fault && <Notice tone="bad"><p>{fault}</p></Notice>}
      {rows.length === 0 ? <EmptyState icon="tick" title="Không có việc nào khớp" action={<LinkButton href="/desk/board">Về bảng điều hành</LinkButton>} /> : (
        <Form action="/desk/board/assignments" class="handing" label="Giao việc">
          <input type="hidden" name="back" value={back} />
          <Table
            caption="Việc" captionHidden rows={rows} empty="" rowHref={(row) => dossierHref({ code: row.code, id: row.item.subject })}
            select={{ name: 'item', value: ({ item }) => item.id, label: (row) => `Chọn ${row.code}, ${row.item.name}`, checked: undefined }}
            strong={({ item }) => ticked.includes(item.id)}
            columns={[
              { key: 'due', label: 'Hạn bước', tight: true, cell: ({ item }) => <Due due={dueOfItem(item, ctx)} /> },
              { key: 'code', label: 'Mã hồ sơ', main: true, tight: true, cell: (row) => row.code },
              { key: 'what', label: 'Thủ tục', cell: (row) => <span class="clip" title={row.procedureName}>{row.procedureName}</span> },
              { key: 'step', label: 'Bước', cell: ({ item }) => <span class="clip" title={item.name}>{item.name}</span> },
              { key: 'hand', label: 'Ở chỗ', cell: ({ item }) => (item.claimedBy ? <>{nameOf(item.claimedBy)}{item.assignedByName && <span class="soft clause">{item.assignedByName} giao</span>}</> : <span class="soft">{item.role === 'cong_dan' ? 'Người nộp' : 'Chưa ai nhận'}</span>) },
              { key: 'state', label: 'Hồ sơ', cell: (row) => <>{shortState(row.dossier.state)}{row.dossier.dueAt && <span class="soft clause">Hẹn {formatDate(row.dossier.dueAt)}</span>}</> },
            ]}
          />
          <div class="give">
            <label for="officer">Giao cho</label>
            <select id="officer" name="officer">
              <option value="">Chọn cán bộ</option>
              {choices.map((one) => <option value={one.id} selected={one.id === chosen} disabled={one.away !== null}>{one.name}, {one.title}{one.away ? ` (nghỉ đến ${formatDate(one.away.until)})` : ''}</option>)}
            </select>
            <label for="reason" class="sr">Lý do, nếu việc đang có người giữ</label>
            <input id="reason" name="reason" value={reason} placeholder="Lý do chuyển, nếu đang có người giữ" maxLength={500} />
            <Button look="primary" busyText="Đang giao…">Giao các việc đã chọn</Button>
          </div>
          {!oneDesk && <p class="soft">Danh sách có việc của nhiều bàn; người được chọn chỉ nhận những việc của bàn mình, việc khác giữ nguyên và được báo lại.</p>}
        </Form>
      )}
      <Pagination olderHref={next ? withQuery(LIST, current, { cursor: next }) : undefined}>{cursor && <a href={withQuery(LIST, current)}>Về đầu danh sách</a>}</Pagination>
      <Actions><LinkButton look="quiet" href="/desk/board">Về bảng điều hành</LinkButton></Actions>
    </>
  )
}
