// Levels of on-line service: by agency on a day, and the province month by month.

import { formatDate } from '#core/text/index.ts'
import type { LevelLine, Levels } from '#modules/catalogue/index.ts'
import { Button, DayInput, Details, KeyFigures, Notice, Table } from '#ui/index.ts'

const number = (value: number): string => value.toLocaleString('vi-VN')
const share = (part: number, whole: number): string => (whole === 0 ? '—' : `${Math.round((part / whole) * 100)}%`)

export function LevelsScreen({ found, months, fault }: { found: Levels; months: readonly { on: string; all: LevelLine }[]; fault: string | null }) {
  const { all, named } = found
  return (
    <>
      <form class="picks" method="get" action="/admin/catalogue/levels" aria-label="Ngày xem">
        <label for="on">Vào ngày</label> <DayInput id="on" name="on" value={found.on} />
        <Button>Xem</Button>
      </form>
      {fault && <Notice tone="warn" title="Ngày chưa đúng"><p>{fault}</p></Notice>}
      <KeyFigures
        items={[
          { label: 'Thủ tục có hiệu lực', value: all.total, note: formatDate(found.on) },
          { label: 'Toàn trình', value: all.toanTrinh, note: share(all.toanTrinh, all.total) },
          { label: 'Một phần', value: all.motPhan, note: share(all.motPhan, all.total) },
          { label: 'Cung cấp thông tin', value: all.thongTin, note: share(all.thongTin, all.total) },
          { label: 'Mới biết tên', value: named.xa + named.tinh + named.bo + named.khac, note: `xã ${number(named.xa)} · tỉnh ${number(named.tinh)} · bộ ${number(named.bo)} · khác ${number(named.khac)}` },
        ]}
      />
      <Table
        caption="Theo cơ quan giải quyết" rows={[...found.lines, all]} strong={(line) => line === all} empty="Chưa có thủ tục nào có hiệu lực vào ngày này."
        columns={[
          { key: 'name', label: 'Cơ quan', main: true, cell: (line) => line.name },
          { key: 'full', label: 'Toàn trình', num: true, cell: (line) => number(line.toanTrinh) },
          { key: 'part', label: 'Một phần', num: true, cell: (line) => number(line.motPhan) },
          { key: 'info', label: 'Thông tin', num: true, cell: (line) => number(line.thongTin) },
          ...[1, 2, 3, 4].map((level) => ({ key: `m${level}`, label: `Mức ${level}`, num: true, cell: (line: LevelLine) => number(line.legacy[level - 1]!) })),
          { key: 'total', label: 'Tất cả', num: true, cell: (line) => <b>{number(line.total)}</b> },
          { key: 'codes', label: 'Thủ tục', cell: (line) => (line === all ? '' : <Codes codes={line.codes} />) },
        ]}
      />
      <p class="soft">Toàn trình, một phần: Nghị định 42/2022/NĐ-CP, nay Nghị định 224/2026/NĐ-CP. Mức 1–4: cách đếm của Nghị định 43/2011/NĐ-CP, để so với kế hoạch các năm trước.</p>
      <section aria-labelledby="at-months">
        <h2 id="at-months">Qua các tháng</h2>
        <MonthsChart months={months} />
        <Details summary="Xem bằng số">
          <Table
            caption="Toàn tỉnh vào cuối mỗi tháng" captionHidden rows={months} empty=""
            columns={[
              { key: 'on', label: 'Ngày', main: true, cell: (one) => formatDate(one.on) },
              { key: 'full', label: 'Toàn trình', num: true, cell: (one) => number(one.all.toanTrinh) },
              { key: 'part', label: 'Một phần', num: true, cell: (one) => number(one.all.motPhan) },
              { key: 'info', label: 'Thông tin', num: true, cell: (one) => number(one.all.thongTin) },
              { key: 'total', label: 'Tất cả', num: true, cell: (one) => number(one.all.total) },
            ]}
          />
        </Details>
      </section>
    </>
  )
}

function Codes({ codes }: { codes: readonly string[] }) {
  return (
    <details>
      <summary>Mở {codes.length}</summary>
      <ul class="plain">{codes.map((code) => <li><a href={`/admin/procedures/${code}`}>{code}</a></li>)}</ul>
    </details>
  )
}

const [WIDTH, HEIGHT, FOOT] = [720, 180, 28]

/** Stacked columns, a month each; the figures stand in the table below. */
function MonthsChart({ months }: { months: readonly { on: string; all: LevelLine }[] }) {
  const most = Math.max(1, ...months.map((one) => one.all.total))
  const wide = WIDTH / Math.max(1, months.length)
  const high = (count: number) => (count / most) * (HEIGHT - FOOT - 18)
  return (
    <figure class="level-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Số thủ tục theo mức, ${months.length} tháng; số liệu ở bảng bên dưới`}>
        {months.map(({ on, all }, at) => {
          const parts = [{ key: 'lv-full', count: all.toanTrinh }, { key: 'lv-part', count: all.motPhan }, { key: 'lv-info', count: all.thongTin }]
          let y = HEIGHT - FOOT
          return (
            <g>
              {parts.map(({ key, count }) => {
                y -= high(count)
                return <rect class={key} x={at * wide + wide * 0.18} y={y} width={wide * 0.64} height={high(count)} />
              })}
              <text x={at * wide + wide / 2} y={y - 5} text-anchor="middle">{all.total}</text>
              <text x={at * wide + wide / 2} y={HEIGHT - 9} text-anchor="middle">{`${on.slice(5, 7)}/${on.slice(2, 4)}`}</text>
            </g>
          )
        })}
      </svg>
      <figcaption><span class="key lv-full">Toàn trình</span> <span class="key lv-part">Một phần</span> <span class="key lv-info">Thông tin</span></figcaption>
    </figure>
  )
}
