// Procedures as those who publish them see them: those in force, one version whole, and the check of its golden cases.

import type { Ctx } from '#core/ctx.ts'
import { evaluateForm } from '#core/form/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { CHANNEL_LABELS } from '#modules/dossiers/index.ts'
import { explain, type FeeTableWords, feeTableWords, lifecycleOf, type PartWords, type Version, type VersionSummary } from '#modules/procedures/index.ts'
import { Actions, Details, EmptyState, LinkButton, Notice, PageHeading, SearchBox, SectionView, StatusTag, SummaryList, Table } from '#ui/index.ts'
import { ProcessPicture } from '../desk/dossier/course.tsx'
import { LifeTag, VersionActs, type VersionActsView } from './studio/version-acts.tsx'

export const procedureHref = (code: string, version?: number): string => `/admin/procedures/${code}${version ? `?version=${version}` : ''}`

/** A version without an end holds from its day on, whether that has come or not. */
const validity = ({ effectiveFrom: from, effectiveTo: to }: { readonly effectiveFrom: string; readonly effectiveTo: string | null }): string => (to ? `${formatDate(from)} – ${formatDate(to)}` : `từ ${formatDate(from)}`)

export function ProceduresScreen({ q, found, coming, canImport, essential }: { q: string; essential: ReadonlyMap<string, string>; found: readonly VersionSummary[]; coming: readonly VersionSummary[]; canImport: boolean }) {
  return (
    <>
      <PageHeading
        title="Thủ tục" lead="Các phiên bản đang có hiệu lực hôm nay."
        action={<Actions>{canImport ? <LinkButton look="primary" icon="pen" href="/admin/procedures/drafts">Soạn và sửa thủ tục</LinkButton> : <LinkButton icon="pen" href="/admin/procedures/drafts">Bản nháp đang soạn</LinkButton>}<LinkButton icon="clock" href="/admin/procedures/reviews">Rà soát</LinkButton>{canImport && <LinkButton icon="plus" href="/admin/procedures/imports">Nhập bản ghi thủ tục</LinkButton>}</Actions>}
      />
      <SearchBox action="/admin/procedures" label="Tên, từ khóa hoặc mã" value={q} />
      {coming.length > 0 && (
        <section aria-labelledby="coming">
          <h2 id="coming">Sắp có hiệu lực</h2>
          <VersionTable caption="Phiên bản đã công bố, chưa đến ngày có hiệu lực" rows={coming} essential={essential} href={(row) => procedureHref(row.code, row.number)} />
          <h2>Đang có hiệu lực</h2>
        </section>
      )}
      {found.length === 0 ? <EmptyState icon="search" title="Không có thủ tục nào khớp" action={<LinkButton href="/admin/procedures">Xem tất cả</LinkButton>} /> : (
        <VersionTable caption="Thủ tục đang có hiệu lực" rows={found} essential={essential} href={(row) => procedureHref(row.code)} />
      )}
    </>
  )
}

function VersionTable({ caption, rows, essential, href }: { caption: string; essential: ReadonlyMap<string, string>; rows: readonly VersionSummary[]; href: (row: VersionSummary) => string }) {
  return (
    <Table<VersionSummary>
      caption={caption} captionHidden rows={rows} empty="" rowHref={href}
      columns={[
        { key: 'name', label: 'Thủ tục', main: true, cell: (row) => (essential.has(row.code) ? <>{row.name} <StatusTag tone="info" icon="check">Thiết yếu</StatusTag></> : row.name) },
        { key: 'field', label: 'Lĩnh vực', cell: (row) => row.fieldName },
        { key: 'code', label: 'Mã', tight: true, cell: (row) => row.code },
        { key: 'number', label: 'Phiên bản', num: true, cell: (row) => row.number },
        { key: 'from', label: 'Hiệu lực', tight: true, cell: (row) => validity(row) },
      ]}
    />
  )
}

/** What came of one golden case, run just now. */
export interface CaseResult {
  readonly title: string
  readonly channel: keyof typeof CHANNEL_LABELS
  readonly receivedAt: string
  readonly faults: readonly string[]
}

export interface VersionView {
  readonly ctx: Ctx
  readonly version: Version
  readonly versions: readonly VersionSummary[]
  /** What may be done with it in the workshop. */
  readonly acts: VersionActsView
  /** 'YYYY-MM-DD' */
  readonly today: string
  readonly cases: readonly CaseResult[]
  /** Faults that are of no single case. */
  readonly faults: readonly string[]
  readonly svg: string
  readonly unitName: (key: string) => string | null
}

export function VersionScreen(view: VersionView) {
  const { version, cases, faults, svg, unitName } = view
  const { record } = version
  const words = explain(record, unitName)
  const failed = cases.filter((one) => one.faults.length > 0).length
  return (
    <>
      <PageHeading
        title={version.name} lead={record.summary}
        meta={
          <>
            <b>{version.code}</b>
            <span>Phiên bản {version.number}</span>
            <LifeTag life={view.acts.life} />
            {failed > 0 || faults.length > 0 ? <StatusTag tone="bad">{`${failed} ca mẫu sai`}</StatusTag> : <StatusTag tone="good">{`${cases.length} ca mẫu đúng`}</StatusTag>}
          </>
        }
      />
      {faults.length > 0 && <Notice tone="bad" title="Bản ghi có lỗi"><ul>{faults.map((fault) => <li>{fault}</li>)}</ul></Notice>}
      <div class="two">
        <SummaryList
          rows={[
            { label: 'Hiệu lực', value: validity(version) }, { label: 'Quyết định công bố', value: words.decision },
            { label: 'Lĩnh vực', value: record.field.name }, { label: 'Cơ quan quản lý', value: record.ministry.name },
            { label: 'Cấp thực hiện', value: words.levels.join(', ') }, { label: 'Đối tượng', value: words.targets.join(', ') },
          ]}
        />
        <SummaryList
          rows={[
            { label: 'Mức trực tuyến', value: [words.onlineLevel, words.onlineNote].filter(Boolean).join('\n') },
            ...words.channels.map((one) => ({ label: one.label, value: [one.term, one.note].filter(Boolean).join('\n') })),
            { label: 'Cơ quan giải quyết', value: words.decidedBy },
            { label: 'Căn cứ', value: record.legalBasis.map((basis) => `${basis.name} ${basis.no}${basis.articles ? `, ${basis.articles}` : ''}`).join('\n') },
          ]}
        />
      </div>
      <ProcessPicture svg={svg} />
      <section aria-labelledby="at-parts"><h2 id="at-parts">Giấy tờ</h2><PartsTable words={words.parts} /></section>
      <section aria-labelledby="at-fees">
        <h2 id="at-fees">Phí, lệ phí</h2>
        <Table
          caption="Phí, lệ phí" captionHidden rows={words.fees} empty="Không thu phí, lệ phí."
          columns={[
            { key: 'name', label: 'Khoản', main: true, cell: (fee) => fee.name },
            { key: 'amount', label: 'Mức', cell: (fee) => fee.amount },
            { key: 'when', label: 'Khi nào', cell: (fee) => [fee.when, fee.collect].filter(Boolean).join('. ') },
            { key: 'legal', label: 'Căn cứ', cell: (fee) => fee.legal ?? '—' },
          ]}
        />
        {words.exemptions.length > 0 && <ul>{words.exemptions.map((line) => <li>{line}</li>)}</ul>}
        <FeeTables tables={feeTableWords(record, version.feeTables)} href={`/admin/procedures/${version.code}/fees.dmn?version=${version.number}`} own={record.feeDmn !== undefined} />
      </section>
      <Cases cases={cases} />
      <FormPreview view={view} />
      <VersionActs {...view.acts} />
      <Versions view={view} />
    </>
  )
}

/** The decision tables by which fees are reckoned, row by row, as the file says them. */
function FeeTables({ tables, href, own }: { tables: readonly FeeTableWords[]; href: string; own: boolean }) {
  if (tables.length === 0) return null
  return (
    <div class="fee-tables">
      <h3>Bảng quyết định (DMN)</h3>
      <p class="soft">{own ? 'Bảng do bản ghi mang theo.' : 'Bảng vẽ từ các khoản thu và diện miễn, giảm của bản ghi.'} Mọi hồ sơ của phiên bản này được tính bằng chính các bảng dưới đây. <a href={href} download>Tải tệp .dmn</a></p>
      {tables.map((table) => (
        <Table
          caption={`${table.title}. ${table.policy}`} rows={table.rows} empty=""
          columns={table.columns.map((label, i) => ({ key: String(i), label, main: i === 0, num: table.numbers.includes(i), cell: (row: FeeTableWords['rows'][number]) => (row[i]!.code ? <code>{row[i]!.text}</code> : row[i]!.text) }))}
        />
      ))}
    </div>
  )
}

function PartsTable({ words }: { words: ReturnType<typeof explain>['parts'] }) {
  const rows = [
    ...words.required.map((part) => ({ part, need: 'Phải nộp' })), ...words.when.map((part) => ({ part, need: part.when ?? 'Tùy trường hợp' })),
    ...words.optional.map((part) => ({ part, need: 'Nếu có' })), ...words.cases.flatMap((one) => one.parts.map((part) => ({ part, need: one.name }))), ...words.shown.map((part) => ({ part, need: 'Xuất trình' })),
  ]
  return (
    <Table<{ part: PartWords; need: string }>
      caption="Giấy tờ" captionHidden rows={rows} empty="Không phải nộp giấy tờ nào ngoài tờ khai."
      columns={[
        { key: 'name', label: 'Giấy tờ', main: true, cell: ({ part }) => part.name },
        { key: 'need', label: 'Khi nào', cell: ({ need }) => need },
        { key: 'count', label: 'Số bản', cell: ({ part }) => part.count ?? '—' },
        { key: 'reuse', label: 'Dữ liệu đã có', cell: ({ part }) => part.reuse ?? '—' },
      ]}
    />
  )
}

function Cases({ cases }: { cases: readonly CaseResult[] }) {
  return (
    <section aria-labelledby="at-cases">
      <h2 id="at-cases">Ca mẫu, vừa chạy lại</h2>
      <Table
        caption="Ca mẫu" captionHidden rows={cases} empty="Bản ghi chưa có ca mẫu."
        columns={[
          { key: 'title', label: 'Ca', main: true, cell: (one) => one.title },
          { key: 'channel', label: 'Kênh', cell: (one) => CHANNEL_LABELS[one.channel] },
          { key: 'at', label: 'Nhận lúc', tight: true, cell: (one) => formatDateTime(new Date(one.receivedAt)) },
          {
            key: 'result', label: 'Kết quả', cell: (one) => one.faults.length === 0
              ? <StatusTag tone="good">Đúng</StatusTag>
              : <><StatusTag tone="bad">Sai</StatusTag><ul>{one.faults.map((fault) => <li>{fault}</li>)}</ul></>,
          },
        ]}
      />
    </section>
  )
}

/** The form as it opens for somebody who has not answered anything; nothing can be sent from here. */
function FormPreview({ view: { ctx, version } }: { view: VersionView }) {
  const state = evaluateForm(version.record.form, {}, { channel: version.record.channels[0]!.channel, receivedOn: localDate(ctx.now), applicant: null, catalogs: ctx.catalogs })
  return (
    <section aria-labelledby="at-form" class="filing">
      <h2 id="at-form">Tờ khai</h2>
      <Details summary={`Xem tờ khai: ${version.record.form.title}, ${version.record.form.sections.length} phần`}>
        <fieldset disabled aria-label="Tờ khai, chỉ để xem">
          {version.record.form.sections.map((section) => <SectionView section={section} state={state} catalogs={ctx.catalogs} province="38" />)}
        </fieldset>
      </Details>
    </section>
  )
}

function Versions({ view: { version, versions, today, acts } }: { view: VersionView }) {
  return (
    <section aria-labelledby="at-versions" class="tree">
      <h2 id="at-versions">Các phiên bản</h2>
      <Table
        caption="Các phiên bản" captionHidden rows={versions} empty="" rowHref={(row) => procedureHref(row.code, row.number)} strong={(row) => row.number === version.number}
        columns={[
          { key: 'number', label: 'Phiên bản', main: true, cell: (row) => `Phiên bản ${row.number}${row.number === version.number ? ' (đang xem)' : ''}` },
          { key: 'span', label: 'Hiệu lực', tight: true, cell: (row) => validity(row) },
          { key: 'at', label: 'Công bố lúc', tight: true, cell: (row) => formatDate(row.importedAt) },
          { key: 'by', label: 'Người công bố', cell: (row) => row.publishedByName ?? 'Nhập từ tệp' },
          { key: 'state', label: 'Nay', cell: (row) => <LifeTag life={lifecycleOf(row, versions, today)} /> },
        ]}
      />
      <Actions>
        {acts.author && versions.length > 1 && <LinkButton icon="right" href={`/admin/procedures/${version.code}/moves`}>Chuyển hồ sơ đang giải quyết sang phiên bản khác</LinkButton>}
        <LinkButton href="/admin/procedures">Về danh sách thủ tục</LinkButton>
      </Actions>
    </section>
  )
}
