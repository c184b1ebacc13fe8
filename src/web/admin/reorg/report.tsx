// What a plan would change, or has changed: figures that open down to the cases, faults that stop, warnings with what to do, ways of the people.

import { formatDateTime } from '#core/text/index.ts'
import { SURE, type Way } from '#modules/org/index.ts'
import type { Plan, Preview } from '#modules/reorg/index.ts'
import { Actions, Details, EmptyState, KeyFigures, LinkButton, Notice, PageHeading, Table } from '#ui/index.ts'
import { PlanFrame } from './plan.tsx'
import type { Journeys } from './travel.ts'
import { count, planHref } from './words.ts'

export interface ReportView {
  readonly plan: Plan
  readonly report: Preview
  readonly journeys: readonly Journeys[]
  /** Made just now; else the report of the execution. */
  readonly fresh: boolean
  /** When it was worked out. */
  readonly at: Date
}

type Fault = Preview['faults'][number]

export function Faults({ faults, plan }: { faults: readonly Fault[]; plan: Plan }) {
  const stops = faults.filter(({ severity }) => severity === 'stops')
  const warns = faults.filter(({ severity }) => severity === 'warns')
  const list = (all: readonly Fault[]) => (
    <ul class="fault-list">
      {all.map(({ message, href, step }) => (
        <li>{message}{href && <> <a href={href}>Mở</a></>}{step !== undefined && plan.steps[step] && <span class="soft"> Bước {step + 1}.</span>}</li>
      ))}
    </ul>
  )
  const LONG = 8
  return (
    <>
      {stops.length > 0 && <Notice tone="bad" title={`${count(stops.length)} chỗ chưa thi hành được`}>{list(stops)}</Notice>}
      {warns.length > 0 && (
        <Notice tone="warn" title={`${count(warns.length)} chỗ cần người quyết định`}>
          {list(warns.slice(0, LONG))}
          {warns.length > LONG && <Details summary={`Xem ${count(warns.length - LONG)} chỗ nữa`}>{list(warns.slice(LONG))}</Details>}
        </Notice>
      )}
      {faults.length === 0 && <Notice tone="good"><p>Không có gì cản trở.</p></Notice>}
    </>
  )
}

const SHOWN = 12
const km = (value: number): string => `${value.toLocaleString('vi-VN', { maximumFractionDigits: 1 })} km`

export function ReportScreen({ plan, report, journeys, fresh, at }: ReportView) {
  const { totals } = report
  const changed = report.parts.filter((part) => part.count > 0 || part.sentences.length > 0 || part.lines.length > 0)
  const same = report.parts.filter((part) => !changed.includes(part))
  return (
    <PlanFrame plan={plan} tab="report">
      <p class="row">
        <span class="soft">{fresh ? <>Tính lúc {formatDateTime(at)}, trong {(report.tookMs / 1000).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} giây; chưa có gì thay đổi. <a href={planHref(plan.id, '/report?anew=1')}>Tính lại</a></> : `Báo cáo của lần thi hành ${plan.executedAt ? formatDateTime(plan.executedAt) : ''}.`}</span>
        <span class="push"><LinkButton icon="download" href={planHref(plan.id, '/report.xlsx')}>Bảng tính</LinkButton> <LinkButton icon="copy" href={planHref(plan.id, '/report.xlsx?dang=in')}>Bản in</LinkButton></span>
      </p>
      <Faults faults={report.faults} plan={plan} />
      <KeyFigures
        items={[
          { label: 'Đơn vị kết thúc', value: totals.ending }, { label: 'Đơn vị thành lập', value: totals.created }, { label: 'Hồ sơ đang mở', value: totals.dossiers, href: planHref(plan.id, '/report/dossiers') },
          { label: 'Người dân được báo', value: totals.citizens }, { label: 'Cán bộ', value: totals.officers, href: planHref(plan.id, '/report/officers'), note: totals.unposted > 0 ? `${count(totals.unposted)} chưa có chức danh` : undefined, hot: totals.unposted > 0 },
        ]}
      />
      <div class="report-parts">
        {changed.map((part) => (
          <section aria-labelledby={`part-${part.key}`}>
            <h2 id={`part-${part.key}`}>{part.label}{part.count > 0 && <> · {part.lines.length > 0 ? <a href={planHref(plan.id, `/report/${part.key}`)}>{count(part.count)}</a> : count(part.count)}</>}</h2>
            {part.sentences.map((sentence) => <p>{sentence}</p>)}
            {part.lines.length > 0 && <p><a href={planHref(plan.id, `/report/${part.key}`)}>Xem từng mục ở {part.label.toLowerCase()}</a></p>}
          </section>
        ))}
      </div>
      {same.length > 0 && <p class="soft">Không có gì thay đổi: {same.map(({ label }) => label.toLowerCase()).join('; ')}.</p>}
      {journeys.map((one) => <Travelling journeys={one} />)}
      {fresh && plan.state === 'nhap' && <Actions><LinkButton look="primary" icon="right" href={planHref(plan.id, '/run')}>Tiếp: gửi người thứ hai xác nhận</LinkButton></Actions>}
    </PlanFrame>
  )
}

function Travelling({ journeys: { kind, travel, sure, named, unknown } }: { journeys: Journeys }) {
  if (travel.ways.length === 0) return null
  const further = [...travel.ways].sort((a, b) => b.moreKm - a.moreKm)
  const rows = kind === 'xa' ? further : [...further].sort((a, b) => b.afterKm - a.afterKm)
  const what = kind === 'xa' ? 'việc của xã' : 'việc trước đây của huyện'
  return (
    <section aria-labelledby={`travel-${kind}`}>
      <h2 id={`travel-${kind}`}>Đường đi của người dân: {what}</h2>
      <p>
        Từ trụ sở xã cũ đến nơi giải quyết {what}: trước {kind === 'xa' ? 'là tại chỗ' : `trung bình ${km(travel.beforeKm)}`}, sau trung bình {km(travel.afterKm)}
        {travel.weighed === 'people' ? ', tính theo số dân' : ', mỗi xã tính như nhau vì chưa có số dân'}.
        {travel.far.length > 0 ? ` ${count(travel.far.length)} xã phải đi thêm quá 10 km; người dân nộp được ở bộ phận một cửa gần hơn trong tỉnh.` : ' Không xã nào phải đi thêm quá 10 km.'}
      </p>
      <p class="soft">{SURE[sure]}; khoảng cách theo đường chim bay, đường thật dài hơn.{unknown > 0 && ` ${count(unknown)} xã chưa có vị trí trụ sở.`}</p>
      <WayTable rows={rows.slice(0, SHOWN)} named={named} />
      {rows.length > SHOWN && <Details summary={`Xem cả ${count(rows.length)} xã`}><WayTable rows={rows.slice(SHOWN)} named={named} /></Details>}
    </section>
  )
}

function WayTable({ rows, named }: { rows: readonly Way[]; named: (id: string) => string }) {
  return (
    <Table
      caption="Đường đi của người dân" captionHidden rows={rows} empty=""
      columns={[
        { key: 'unit', label: 'Người dân', main: true, cell: (way) => named(way.unit) }, { key: 'after', label: 'Đến', cell: (way) => named(way.after) },
        { key: 'before', label: 'Trước', num: true, cell: (way) => km(way.beforeKm) }, { key: 'now', label: 'Sau', num: true, cell: (way) => km(way.afterKm) },
        { key: 'more', label: 'Thêm', num: true, cell: (way) => `${way.moreKm >= 0 ? '+' : '−'}${km(Math.abs(way.moreKm))}` },
        { key: 'near', label: 'Nơi nhận gần hơn', cell: (way) => (way.nearer ? `${named(way.nearer.unit)}, ${km(way.nearer.km)}` : '—') },
      ]}
    />
  )
}

export interface PartView {
  readonly plan: Plan
  readonly part: Preview['parts'][number]
  readonly unit: string
  readonly named: (id: string) => string
  /** Single cases at the unit chosen: what they are, not whose. */
  readonly cases: readonly { readonly code: string; readonly what: string; readonly state: string; readonly dueAt: Date | null }[] | null
  readonly q: string
}

const MOST_LINES = 300

export function PartScreen({ plan, part, unit, named, cases, q }: PartView) {
  const needle = q.toLowerCase()
  const lines = part.lines.filter((line) => (unit === '' || line.unitId === unit) && (needle === '' || line.text.toLowerCase().includes(needle)))
  const here = planHref(plan.id, `/report/${part.key}`)
  return (
    <>
      <PageHeading title={`${part.label}: ${count(part.count)}`} lead={unit === '' ? plan.title : `${named(unit)} · ${plan.title}`} />
      {part.sentences.map((sentence) => <p class="measure">{sentence}</p>)}
      <Faults faults={part.faults.length > 0 ? part.faults : []} plan={plan} />
      <form class="picks" method="get" action={here} role="search">
        {unit !== '' && <input type="hidden" name="unit" value={unit} />}
        <input type="search" name="q" value={q} aria-label="Lọc theo tên" placeholder="Lọc theo tên đơn vị, cán bộ" />
        <button class="btn secondary">Lọc</button>
        {(unit !== '' || q !== '') && <a href={here}>Bỏ lọc</a>}
      </form>
      {lines.length === 0 ? <EmptyState title="Không có dòng nào khớp" /> : (
        <Table
          caption={part.label} captionHidden rows={lines.slice(0, MOST_LINES)} empty=""
          columns={[
            { key: 'text', label: 'Hiện nay', main: true, cell: (line) => (line.unitId && unit === '' ? <a href={`${here}?unit=${encodeURIComponent(line.unitId)}`}>{line.text}</a> : line.text) },
            { key: 'went', label: 'Sau khi thi hành', cell: (line) => line.went ?? 'Giữ nguyên' },
            { key: 'href', label: 'Mở', tight: true, cell: (line) => (line.href ? <a href={line.href}>Mở<span class="sr"> {line.text}</span></a> : '—') },
          ]}
        />
      )}
      {lines.length > MOST_LINES && <p class="soft">Còn {count(lines.length - MOST_LINES)} dòng; lọc hẹp hơn để xem.</p>}
      {cases && cases.length > 0 && (
        <section>
          <h2>Từng hồ sơ{cases.length >= MOST_CASES ? ` (${MOST_CASES} hồ sơ đầu)` : ''}</h2>
          <Table
            caption="Từng hồ sơ" captionHidden rows={cases} empty=""
            columns={[
              { key: 'code', label: 'Mã hồ sơ', main: true, tight: true, cell: (one) => <a href={`/tra-cuu/${encodeURIComponent(one.code)}`}>{one.code}</a> }, { key: 'what', label: 'Thủ tục', cell: (one) => one.what },
              { key: 'state', label: 'Trạng thái', cell: (one) => one.state }, { key: 'due', label: 'Hẹn trả', tight: true, cell: (one) => (one.dueAt ? formatDateTime(one.dueAt) : '—') },
            ]}
          />
          <p class="soft">Không hiện tên người nộp: người lập kế hoạch không cần biết.</p>
        </section>
      )}
      <Actions><LinkButton href={planHref(plan.id, '/report')}>Về báo cáo</LinkButton></Actions>
    </>
  )
}

export const MOST_CASES = 200
