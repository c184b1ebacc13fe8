// The register as officials see it: values of today, plans, and the form of a change.

import type { Ctx } from '#core/ctx.ts'
import { type Rule, rowOn, sayPlain, sayValue } from '#core/law/index.ts'
import { formatDate } from '#core/text/index.ts'
import { CHANGE_STATES, type RuleChange, type ProcedureRule, sayChange, type Target, TERM_UNITS, TRANSITIONS } from '#modules/rules/index.ts'
import { Actions, Button, EmptyState, ErrorSummary, FieldView, Form, LinkButton, Notice, PageHeading, SearchBox, type ShownError, StatusTag, Table, Tabs, type Tone } from '#ui/index.ts'

export const base = '/admin/rules'
const TONES: Readonly<Record<RuleChange['state'], Tone>> = { planned: 'wait', confirmed: 'info', halted: 'bad', applied: 'good', withdrawn: 'plain' }
export const State = ({ change }: { change: Pick<RuleChange, 'state'> }) => <StatusTag tone={TONES[change.state]}>{CHANGE_STATES[change.state]}</StatusTag>

export const RuleTabs = ({ here, waiting }: { here: 'list' | 'changes' | 'documents'; waiting: number }) => (
  <Tabs
    label="Sổ quy định"
    items={[
      { label: 'Quy định', href: base, current: here === 'list' },
      { label: waiting > 0 ? `Thay đổi (${waiting} chờ xác nhận)` : 'Thay đổi', href: `${base}/changes`, current: here === 'changes' },
      { label: 'Theo văn bản', href: `${base}/documents`, current: here === 'documents' },
    ]}
  />
)

export const changeName = (rule: string): string => `${base}/changes/new?rule=${encodeURIComponent(rule)}`

export function ListScreen({ ctx, rules, today, q, mayPlan, procedures }: {
  ctx: Ctx; rules: readonly Rule[]; today: string; q: string; mayPlan: boolean; procedures: readonly { code: string; name: string }[]
}) {
  return (
    <>
      <div class="filters"><SearchBox action={base} label="Tìm quy định, thủ tục" value={q} /></div>
      {procedures.length > 0 && (
        <nav class="chips" aria-label="Quy định của thủ tục">{procedures.map((one) => <a href={`${base}/procedures/${one.code}`}>{one.name.slice(0, 60)} ({one.code})</a>)}</nav>
      )}
      {rules.length === 0 ? (procedures.length === 0 && <EmptyState icon="search" title={`Không có quy định nào khớp “${q}”`}><p>Thử chữ khác, hoặc <a href={base}>xem tất cả</a>.</p></EmptyState>) : (
        <Table
          caption="Sổ quy định" captionHidden rows={rules} empty=""
          columns={[
            { key: 'title', label: 'Quy định', main: true, cell: (rule) => <><a href={`/can-cu/${rule.id}`}>{rule.title}</a><span class="soft clause">{ctx.law.groups[rule.group]}</span></> },
            { key: 'value', label: 'Hiện nay', tight: true, cell: (rule) => <b data-rule={rule.id}>{sayValue(rowOn(rule.rows, today).value, rule.unit)}</b> },
            { key: 'clause', label: 'Điều, khoản', cell: (rule) => { const row = rowOn(rule.rows, today); return <span>{row.clause}{row.sure === 'memory' && <> <StatusTag tone="wait">Chờ đối chiếu</StatusTag></>}</span> } },
            { key: 'from', label: 'Từ ngày', tight: true, cell: (rule) => formatDate(rowOn(rule.rows, today).from) },
            { key: 'coming', label: 'Sắp tới', cell: (rule) => rule.rows.filter((row) => row.from > today).map((row) => <span data-rule={rule.id}>{sayValue(row.value, rule.unit)} từ {formatDate(row.from)}</span>) },
            { key: 'act', label: 'Đổi', tight: true, cell: (rule) => (rule.changeable && mayPlan ? <a href={changeName(rule.key)}>Lập kế hoạch<span class="sr"> đổi {rule.title}</span></a> : <span class="soft">{rule.changeable ? '' : 'Ở nơi khác'}</span>) },
          ]}
        />
      )}
      <p class="soft measure">“Ở nơi khác”: đổi ở Lịch làm việc, ở thủ tục, hoặc trong tệp của gói quy định {ctx.pack.title}. Tìm theo mã hoặc tên thủ tục để đổi thời hạn, mức thu của nó.</p>
    </>
  )
}

export function ProcedureScreen({ code, name, rules, mayPlan }: { code: string; name: string; rules: readonly ProcedureRule[]; mayPlan: boolean }) {
  return (
    <>
      <PageHeading title={name} lead={`Thủ tục ${code}. Đổi một con số ở đây sẽ công bố phiên bản mới của thủ tục từ ngày có hiệu lực; việc lớn hơn thì soạn bản nháp ở trang thủ tục.`} />
      <Table
        caption="Quy định của thủ tục" captionHidden rows={rules} empty=""
        columns={[
          { key: 'title', label: 'Quy định', main: true, cell: (rule) => <a href={`/can-cu/thu-tuc/${code}/${encodeURIComponent(rule.slug)}`}>{rule.title}</a> },
          { key: 'value', label: 'Hiện nay', tight: true, cell: (rule) => <b data-rule={rule.rule}>{rule.value}</b> },
          { key: 'clause', label: 'Căn cứ', cell: (rule) => rule.clause },
          { key: 'act', label: 'Đổi', tight: true, cell: (rule) => (rule.changeable && mayPlan ? <a href={changeName(rule.rule)}>Lập kế hoạch<span class="sr"> đổi {rule.title}</span></a> : <span class="soft">Trong bản nháp</span>) },
        ]}
      />
      <Actions><LinkButton look="quiet" href={`/admin/procedures/${code}`}>Trang thủ tục</LinkButton><LinkButton look="quiet" href={base}>Sổ quy định</LinkButton></Actions>
    </>
  )
}

export function ChangesScreen({ ctx, changes, titles }: { ctx: Ctx; changes: readonly RuleChange[]; titles: ReadonlyMap<string, string> }) {
  if (changes.length === 0) return <EmptyState icon="calendar" title="Chưa có thay đổi nào"><p>Chọn một quy định trong sổ rồi bấm “Lập kế hoạch”. Trang xem trước cho thấy mọi thứ bị chạm tới trước khi ghi.</p></EmptyState>
  return (
    <Table
      caption="Thay đổi quy định" captionHidden rows={changes} rowHref={(one) => `${base}/changes/${one.id}`} empty=""
      columns={[
        { key: 'title', label: 'Quy định', main: true, cell: (one) => titles.get(one.id) ?? one.rule },
        { key: 'value', label: 'Đổi', cell: (one) => <span data-rule={one.rule}>{sayChange(ctx, one.target, one.was)} → <b>{sayChange(ctx, one.target, one.value)}</b></span> },
        { key: 'from', label: 'Hiệu lực', tight: true, cell: (one) => <>{formatDate(one.validFrom)}{one.backDated && <> <StatusTag tone="warn">Ghi lùi ngày</StatusTag></>}</> },
        { key: 'state', label: 'Tình trạng', cell: (one) => <State change={one} /> },
        { key: 'who', label: 'Người lập', cell: (one) => one.plannedByName },
        { key: 'basis', label: 'Văn bản', cell: (one) => one.document },
      ]}
    />
  )
}

export interface Asked {
  readonly rule: string
  readonly value: string
  readonly unit: string
  readonly document: string
  readonly clause: string
  readonly validFrom: string
  readonly transition: string
  readonly transitionClause: string
  readonly note: string
}

export function ChangeForm({ ctx, asked, target, title, now, plain, errors }: { ctx: Ctx; asked: Asked; target: Target; title: string; now: string; plain: string | null; errors: readonly ShownError[] }) {
  const field = (key: keyof Asked, label: string, more: Partial<Parameters<typeof FieldView>[0]['question']> = {}) => (
    <FieldView question={{ key, type: 'text', label, required: true, ...more }} value={asked[key]} errors={errors} catalogs={ctx.catalogs} required={more.required !== false} />
  )
  const valueLabel = target.kind === 'fee' ? 'Mức thu mới (đồng)' : target.kind === 'document' ? 'Số, ký hiệu của văn bản thay thế' : 'Giá trị mới'
  return (
    <>
      <PageHeading title={`Đổi: ${title}`} lead={plain ?? 'Lập kế hoạch; chưa có gì thay đổi cho đến khi người thứ hai xác nhận và đến ngày có hiệu lực.'} />
      <ErrorSummary errors={errors} />
      <Notice tone="info" title="Hiện nay"><p data-rule={asked.rule}>{now}</p></Notice>
      <Form action={`${base}/changes/preview`} label="Thay đổi quy định" class="lots" guard>
        <input type="hidden" name="rule" value={asked.rule} />
        <fieldset class="lot">
          <legend class="label">Giá trị mới</legend>
          {field('value', valueLabel)}
          {target.kind === 'term' && field('unit', 'Tính bằng', { type: 'select', options: Object.entries(TERM_UNITS).map(([value, label]) => ({ value, label })) })}
          {field('validFrom', 'Có hiệu lực từ ngày', { type: 'date', help: 'Ngày đã qua cũng ghi được: hồ sơ đã xong từ ngày ấy được liệt kê riêng, không sửa lại.' })}
        </fieldset>
        <fieldset class="lot">
          <legend class="label">Căn cứ</legend>
          {field('document', 'Số, ký hiệu văn bản', { example: '118/2025/NĐ-CP' })}
          {field('clause', 'Điều, khoản và tên văn bản', { example: 'Khoản 2 Điều 11 Nghị định …' })}
        </fieldset>
        {target.kind !== 'document' && (
          <fieldset class="lot">
            <legend class="label">Chuyển tiếp</legend>
            {field('transition', 'Áp dụng cho hồ sơ nào', { type: 'radio', options: Object.entries(TRANSITIONS).map(([value, label]) => ({ value, label })), help: 'Hồ sơ nộp trước thường giữ quy định cũ, trừ khi văn bản nói khác.' })}
            {field('transitionClause', 'Điều khoản chuyển tiếp', { required: false, help: 'Bắt buộc khi áp dụng cho cả hồ sơ đang giải quyết.' })}
          </fieldset>
        )}
        {field('note', 'Ghi chú', { type: 'longtext', required: false, help: 'Ngày hiệu lực đã qua thì ghi vì sao nay mới nhập.' })}
        <Actions><Button look="primary" busyText="Đang tính…">Xem chạm tới những gì</Button><LinkButton look="quiet" href={base}>Quay lại, không ghi</LinkButton></Actions>
      </Form>
    </>
  )
}

export const plainOf = (rule: Rule | null, today: string): string | null => (rule ? sayPlain(rule, rowOn(rule.rows, today).value) : null)
