// The worklist as one sees it: hands, what is due, filters, and dense rows with a button to take the work.

import type { Ctx } from '#core/ctx.ts'
import { formatDateTime } from '#core/text/index.ts'
import type { WorklistPage, WorkRow } from '#modules/dossiers/index.ts'
import { type Column, Button, EmptyState, Form, LinkButton, PageHeading, Pagination, Table, Tabs } from '#ui/index.ts'
import type { View } from '#modules/views/index.ts'
import { withQuery } from './answers.tsx'
import { SheetLinks } from './sheet.tsx'
import { ViewsBar } from './views-bar.tsx'
import { Due, dossierHref, dueOfItem } from './words.tsx'

export const HANDS = { mine: 'Việc của tôi', unit: 'Chờ nhận ở đơn vị', all: 'Tất cả' } as const
export type Hand = keyof typeof HANDS

export interface WorklistView {
  readonly ctx: Ctx
  readonly page: WorklistPage
  readonly hand: Hand
  readonly due?: 'late' | 'today'
  readonly procedure?: string
  readonly step?: string
  readonly cursor?: string
  /** Names of those who have taken work, by officer id. */
  readonly names: ReadonlyMap<string, string>
  readonly canFile: boolean
  readonly views: readonly View[]
}

const COUNTS = { mine: 'mine', unit: 'nobody', all: 'all' } as const

export function WorklistScreen(view: WorklistView) {
  const { page, hand, due, procedure, step, cursor, canFile, views } = view
  const current = { hand, due, procedure, step }
  const href = (changes: Record<string, string | undefined> = {}) => withQuery('/desk', current, changes)
  const here = page.counts[COUNTS[hand]]
  const query = withQuery('', current)
  return (
    <>
      <PageHeading title="Việc cần làm" action={canFile ? <LinkButton look="primary" icon="plus" href="/desk/counter">Nhận hồ sơ tại quầy</LinkButton> : undefined} />
      <ViewsBar list="worklist" views={views} query={query.slice(1)} here={`/desk${query}`} />
      <div data-live data-fresh="list">
        <Tabs
          label="Việc ở chỗ ai"
          items={(Object.keys(HANDS) as Hand[]).map((key) => ({
            label: HANDS[key], href: withQuery('/desk', { hand: key, procedure, step }), current: key === hand, count: page.counts[COUNTS[key]].total,
          }))}
        />
        <div class="filters">
          <nav class="chips" aria-label="Theo hạn">
            <a href={href({ due: undefined })} aria-current={due === undefined ? 'true' : undefined}>Mọi hạn <b>{here.total}</b></a>
            <a class={here.late > 0 ? 'hot' : undefined} href={href({ due: 'late' })} aria-current={due === 'late' ? 'true' : undefined}>Quá hạn <b>{here.late}</b></a>
            <a href={href({ due: 'today' })} aria-current={due === 'today' ? 'true' : undefined}>Đến hết hôm nay <b>{here.today}</b></a>
          </nav>
          {(page.procedures.length > 0 || procedure || step) && <Filters view={view} />}
        </div>
        {page.rows.length === 0 ? <Nothing view={view} /> : <Rows view={view} back={withQuery('/desk', { ...current, cursor })} />}
        <Pagination olderHref={page.next ? href({ cursor: page.next }) : undefined}>
          {cursor && <a href={href()}>Về đầu danh sách</a>}
        </Pagination>
      </div>
      {page.rows.length > 0 && <p class="under"><SheetLinks href={(dang) => withQuery('/desk/sheets/worklist', current, { dang })} /></p>}
    </>
  )
}

function Filters({ view: { page, hand, due, procedure, step } }: { view: WorklistView }) {
  return (
    <form class="picks" action="/desk" method="get" aria-label="Lọc việc">
      <input type="hidden" name="hand" value={hand} />
      {due && <input type="hidden" name="due" value={due} />}
      <select name="procedure" aria-label="Thủ tục">
        <option value="">Mọi thủ tục</option>
        {page.procedures.map((one) => <option value={one.code} selected={one.code === procedure}>{`${one.name} (${one.count})`}</option>)}
      </select>
      <select name="step" aria-label="Bước">
        <option value="">Mọi bước</option>
        {page.steps.map((one) => <option value={one.name} selected={one.name === step}>{`${one.name} (${one.count})`}</option>)}
      </select>
      <Button>Lọc</Button>
      {(procedure || step) && <LinkButton look="quiet" href={withQuery('/desk', { hand, due })}>Bỏ lọc</LinkButton>}
    </form>
  )
}

function holderOf({ item }: WorkRow, { ctx, names }: WorklistView): string {
  if (!item.claimedBy) return ''
  return ctx.actor.kind === 'officer' && item.claimedBy === ctx.actor.id ? 'Tôi' : (names.get(item.claimedBy) ?? 'Đã có người nhận')
}

function columns(view: WorklistView): Column<WorkRow>[] {
  const clip = (text: string) => <span class="clip" title={text}>{text}</span>
  return [
    { key: 'due', label: 'Hạn', rule: 'thoi-han-thu-tuc', tight: true, cell: ({ item }) => <span title={item.dueAt ? formatDateTime(item.dueAt) : undefined}><Due due={dueOfItem(item, view.ctx)} /></span> },
    { key: 'who', label: 'Người nộp', main: true, cell: ({ dossier }) => clip(dossier.applicant.fullName) },
    { key: 'what', label: 'Thủ tục', cell: ({ dossier }) => clip(dossier.procedureName) },
    { key: 'step', label: 'Bước', cell: ({ item }) => clip(item.name) },
    { key: 'code', label: 'Mã hồ sơ', tight: true, cell: ({ dossier }) => dossier.code },
    {
      key: 'hand', label: 'Ở chỗ', cell: (row) => row.item.state === 'open'
        ? <Button formAction={`/desk/work/${row.item.id}/claim`} busyText="…">Nhận<span class="sr"> việc {row.dossier.code}</span></Button>
        : clip(holderOf(row, view)),
    },
  ]
}

/** One form around all rows: each has its own button, and what is ticked may be taken at once. */
function Rows({ view, back }: { view: WorklistView; back: string }) {
  const takeable = view.hand !== 'mine' && view.page.rows.some(({ item }) => item.state === 'open')
  const several = view.page.rows.length > 1
  return (
    <Form action="/desk/work/claims" class="worklist" label="Nhận việc">
      <input type="hidden" name="returnTo" value={back} />
      <Table
        caption={HANDS[view.hand]} captionHidden columns={columns(view)} rows={view.page.rows} empty=""
        rowHref={({ dossier }) => dossierHref(dossier)} strong={({ item }) => item.state === 'open'}
        select={takeable || several ? { name: 'item', value: ({ item }) => item.id, label: ({ dossier, item }) => `Chọn ${dossier.code}, ${item.name}` } : undefined}
      />
      {(takeable || several) && (
        <p class="under">
          {takeable && <Button>Nhận các việc đã chọn</Button>}{' '}
          {several && <Button formAction="/desk/work/batch" shortcut="b">Làm các việc đã chọn…</Button>}{' '}
          <span class="soft keys">Phím <kbd>j</kbd> <kbd>k</kbd> đi lại, <kbd>x</kbd> chọn, <kbd>Enter</kbd> mở, <kbd>?</kbd> <a href="/desk/keys">mọi phím</a>.</span>
        </p>
      )}
    </Form>
  )
}

function Nothing({ view: { page, hand, due, procedure, step } }: { view: WorklistView }) {
  if (due || procedure || step) {
    const why = due === 'late' ? 'Không có việc nào quá hạn.' : due === 'today' ? 'Không có việc nào đến hạn hôm nay.' : 'Không có việc nào khớp bộ lọc.'
    return <EmptyState icon="tick" title={why} action={<LinkButton href={withQuery('/desk', { hand })}>Xem mọi việc</LinkButton>} />
  }
  if (page.counts.all.total === 0) {
    return (
      <EmptyState title="Chưa có việc nào đến bàn này">
        <p>Việc tự đến khi hồ sơ sang một bước thuộc chức danh đang chọn. Hồ sơ của đơn vị vẫn xem được ở mục <a href="/desk/dossiers">Hồ sơ</a>.</p>
      </EmptyState>
    )
  }
  if (hand === 'mine') {
    return (
      <EmptyState title="Ông/bà chưa nhận việc nào" action={<LinkButton href={withQuery('/desk', { hand: 'unit' })}>Xem việc chờ nhận</LinkButton>}>
        <p>{page.counts.nobody.total} việc đang chờ nhận ở đơn vị.</p>
      </EmptyState>
    )
  }
  return <EmptyState icon="tick" title="Mọi việc đều đã có người nhận" action={<LinkButton href={withQuery('/desk', { hand: 'all' })}>Xem tất cả</LinkButton>} />
}
