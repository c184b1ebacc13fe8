// What a change touches, on the page: figures first, then procedures, golden cases, dossiers by unit and case, those that are over, papers and texts.

import type { Ctx } from '#core/ctx.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { type OpenCase, type OverCase, RULE_WHAT } from '#modules/dossiers/index.ts'
import type { RuleChange } from '#modules/rules/index.ts'
import { Details, KeyFigures, Notice, StatusTag, Table } from '#ui/index.ts'
import type { Touches } from './touches.ts'

/** An instant or a sum as findings and cases keep them. */
export const said = (what: keyof typeof RULE_WHAT, text: string): string => (text === '' ? '—' : what === 'fee' ? formatVnd(Number(text)) : formatDateTime(new Date(text)))
export const Verdict = ({ late }: { late: boolean | null }) => (late === null ? <>—</> : <StatusTag tone={late ? 'bad' : 'good'}>{late ? 'Trễ hạn' : 'Đúng hạn'}</StatusTag>)

function Cases({ touches: { cases } }: { touches: Touches }) {
  if (cases.run === 0) return null
  return (
    <section aria-labelledby="at-cases" data-rule="here">
      <h2 id="at-cases">Ca mẫu chạy lại</h2>
      <p>{cases.run} ca mẫu đã chạy với giá trị mới: {cases.same} ca cho kết quả như cũ{cases.changed.length > 0 ? `, ${cases.changed.length} kết quả khác đi` : ''}.</p>
      {cases.failed.map((fault) => <Notice tone="bad"><p>{fault}</p></Notice>)}
      {cases.changed.length > 0 && (
        <Table
          caption="Ca mẫu khác đi" captionHidden rows={cases.changed} empty=""
          columns={[
            { key: 'title', label: 'Ca mẫu', main: true, cell: (one) => one.title },
            { key: 'what', label: 'Kết quả', cell: (one) => (one.what === 'dueOn' ? 'Ngày hẹn trả' : 'Tổng phí, lệ phí') },
            { key: 'before', label: 'Trước', tight: true, cell: (one) => (one.what === 'dueOn' ? formatDate(one.before) : formatVnd(Number(one.before))) },
            { key: 'after', label: 'Sau', tight: true, cell: (one) => <b>{one.what === 'dueOn' ? formatDate(one.after) : formatVnd(Number(one.after))}</b> },
          ]}
        />
      )}
    </section>
  )
}

const caseColumns = [
  { key: 'code', label: 'Hồ sơ', main: true, tight: true, cell: (one: OpenCase | OverCase) => <a href={`/desk/dossiers/${one.code}`}>{one.code}</a> },
  { key: 'unit', label: 'Đơn vị', cell: (one: OpenCase | OverCase) => one.unitName },
  { key: 'what', label: 'Con số', cell: (one: OpenCase | OverCase) => RULE_WHAT[one.what] },
  { key: 'before', label: 'Hiện nay', tight: true, cell: (one: OpenCase | OverCase) => said(one.what, one.before) },
  { key: 'after', label: 'Theo quy định mới', tight: true, cell: (one: OpenCase | OverCase) => <b>{said(one.what, one.after)}</b> },
]

function Running({ touches: { impact } }: { touches: Touches }) {
  const kept = impact.units.reduce((sum, one) => sum + one.kept, 0)
  return (
    <section aria-labelledby="at-open" data-rule="here">
      <h2 id="at-open">Hồ sơ đang giải quyết</h2>
      {impact.units.length === 0 ? <p>{impact.open === 0 ? 'Không có hồ sơ đang giải quyết nào bị chạm tới.' : `Đã xem ${impact.looked} hồ sơ; không hạn nào đổi.`}</p> : (
        <>
          {kept > 0 && <p class="soft measure">“Giữ”: tính lại thì sớm hơn hoặc tốn hơn, nhưng điều đã hẹn với người dân không xấu đi.</p>}
          <Table
            caption="Theo đơn vị" rows={impact.units} empty=""
            columns={[
              { key: 'unit', label: 'Đơn vị giải quyết', main: true, cell: (one) => one.unitName },
              { key: 'moved', label: 'Tính lại', num: true, cell: (one) => one.moved }, { key: 'kept', label: 'Giữ như đã hẹn', num: true, cell: (one) => one.kept },
            ]}
          />
          <Details summary={`Từng hồ sơ (${impact.cases.length}${impact.cases.length === 200 ? ', 200 hồ sơ đầu' : ''})`}>
            <Table caption="Từng hồ sơ" captionHidden rows={impact.cases} empty="" columns={[...caseColumns, { key: 'how', label: 'Kết quả', cell: (one) => (one.how === 'moved' ? <StatusTag tone="info">Tính lại</StatusTag> : <StatusTag tone="good">Giữ</StatusTag>) }]} />
          </Details>
        </>
      )}
    </section>
  )
}

function Over({ touches: { impact: { over } }, change }: { touches: Touches; change: Pick<RuleChange, 'backDated' | 'validFrom'> }) {
  if (!change.backDated) return null
  return (
    <section aria-labelledby="at-over" data-rule="here">
      <h2 id="at-over">Đã trả lời, đã giải quyết xong từ {formatDate(change.validFrom)}</h2>
      {over.cases.length === 0 ? <p>Đã xem {over.looked} hồ sơ; không kết luận, khoản thu nào khác đi.</p> : (
        <>
          <p class="measure">Không sửa lại hồ sơ nào. Mỗi hồ sơ dưới đây thành một mục chờ xử lý sau khi xác nhận{over.refundVnd > 0 ? `; nếu hoàn hết là ${formatVnd(over.refundVnd)}` : ''}.</p>
          <Table
            caption="Việc đã xong" captionHidden rows={over.cases} empty=""
            columns={[...caseColumns, { key: 'was', label: 'Đã kết luận', cell: (one) => <Verdict late={one.wasLate} /> }, { key: 'would', label: 'Theo mới', cell: (one) => <Verdict late={one.wouldBeLate} /> }, { key: 'do', label: 'Đề nghị', cell: (one) => one.proposal }]}
          />
        </>
      )}
    </section>
  )
}

export function TouchesView({ touches, change }: { ctx: Ctx; touches: Touches; change: Pick<RuleChange, 'backDated' | 'validFrom' | 'target'> }) {
  const { impact, cases, citing } = touches
  const moved = impact.units.reduce((sum, one) => sum + one.moved, 0)
  return (
    <>
      {touches.faults.length > 0 && <Notice tone="bad" title="Chưa xác nhận được"><ul>{touches.faults.map((fault) => <li>{fault}</li>)}</ul></Notice>}
      <section data-rule="here">
      <KeyFigures
        items={[
          { label: 'Thủ tục', value: touches.procedures.length },
          ...(change.target.kind === 'document' ? [{ label: 'Quy định trong sổ', value: citing?.rules.length ?? 0 }] : [
            { label: 'Ca mẫu khác đi', value: cases.changed.length, note: `trên ${cases.run} ca đã chạy` },
            { label: 'Hồ sơ đang giải quyết tính lại', value: moved, note: `đã xem ${impact.looked} trên ${impact.open}`, hot: moved > 0 },
            ...(change.backDated ? [{ label: 'Việc đã xong có khác', value: impact.over.cases.length, hot: impact.over.cases.length > 0 }] : []),
          ]),
          { label: 'Giấy tờ, lời văn', value: touches.texts.length },
        ]}
      />
      </section>
      <Running touches={touches} />
      <Over touches={touches} change={change} />
      <Cases touches={touches} />
      {citing && citing.rules.length > 0 && (
        <section aria-labelledby="at-rules">
          <h2 id="at-rules">Quy định trong sổ dẫn văn bản này</h2>
          <ul>{citing.rules.map((rule) => <li><a href={`/can-cu/${rule.id}`}>{rule.title}</a> <span class="soft">{rule.clause} ({formatDate(rule.from)}{rule.to ? ` – ${formatDate(rule.to)}` : ' đến nay'})</span></li>)}</ul>
        </section>
      )}
      {touches.procedures.length > 0 && (
        <section aria-labelledby="at-procedures">
          <h2 id="at-procedures">Thủ tục bị chạm tới</h2>
          <Details summary={`${touches.procedures.length} thủ tục`} open={touches.procedures.length <= 8}>
            <ul>{touches.procedures.map((one) => <li><a href={`/admin/procedures/${one.code}`}>{one.name}</a> ({one.code}) <span class="soft clause">{one.why}</span></li>)}</ul>
          </Details>
        </section>
      )}
      {touches.texts.length > 0 && (
        <section aria-labelledby="at-texts">
          <h2 id="at-texts">Giấy tờ, tin nhắn, màn hình nói con số này</h2>
          <ul>{touches.texts.map((text) => <li>{text}</li>)}</ul>
        </section>
      )}
    </>
  )
}
