// What a change touches, on the page: figures first, then procedures, golden cases, dossiers by unit and case, those that are over, papers and texts.

import type { Ctx } from '#core/ctx.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { type OpenCase, type OverCase, RULE_WHAT } from '#modules/dossiers/index.ts'
import type { RuleChange } from '#modules/rules/index.ts'
import type { AppealImpact } from '#modules/appeals/index.ts'
import { Details, KeyFigures, Notice, StatusTag, Table } from '#ui/index.ts'
import type { Touches } from './touches.ts'

/** An instant or a sum as findings and cases keep them. */
export const said = (what: keyof typeof RULE_WHAT, text: string): string =>
  text === '' ? '—' : what === 'fee' ? formatVnd(Number(text)) : /^\d{4}-\d\d-\d\dT/.test(text) ? formatDateTime(new Date(text)) : text
export const Verdict = ({ late }: { late: boolean | null }) => (late === null ? <>—</> : <StatusTag tone={late ? 'bad' : 'good'}>{late ? 'Trễ hạn' : 'Đúng hạn'}</StatusTag>)

function Cases({ touches: { cases } }: { touches: Touches }) {
  if (cases.unread) {
    return <section aria-labelledby="at-cases"><h2 id="at-cases">Ca mẫu</h2><p class="measure">{cases.unread}</p></section>
  }
  if (cases.run === 0) return null
  return (
    <section aria-labelledby="at-cases" data-rule="here">
      <h2 id="at-cases">Ca mẫu chạy lại</h2>
      <p>{cases.run} ca mẫu đã chạy với giá trị mới: {cases.same} ca cho kết quả như cũ{cases.changed.length > 0 ? `, ${cases.changed.length} kết quả khác đi` : ''}.</p>
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

const How = ({ how }: { how: OpenCase['how'] }) => how === 'moved' ? <StatusTag tone="info">Tính lại</StatusTag> : how === 'awaits' ? <StatusTag tone="wait">Chờ tiếp nhận</StatusTag> : <StatusTag tone="good">Giữ</StatusTag>

/** Open appeals, when the time for their answer changes. */
function Appeals({ appeals }: { appeals: AppealImpact | null }) {
  if (!appeals) return null
  return (
    <section aria-labelledby="at-appeals" data-rule="here">
      <h2 id="at-appeals">Đề nghị xem xét lại đang mở</h2>
      {appeals.cases.length === 0 ? <p>{appeals.open === 0 ? 'Không có đề nghị nào đang mở.' : appeals.bound === 0 ? `Không đề nghị nào trong ${appeals.open} đề nghị đang mở được áp dụng.` : `Đã xem ${appeals.bound} đề nghị được áp dụng; không hạn nào đổi.`}</p> : (
        <Table
          caption="Đề nghị xem xét lại đang mở" captionHidden rows={appeals.cases} empty=""
          columns={[
            { key: 'code', label: 'Hồ sơ', main: true, tight: true, cell: (one) => <a href={`/desk/appeals/${one.id}`}>{one.code}</a> }, { key: 'unit', label: 'Đơn vị xem xét', cell: (one) => one.unitName },
            { key: 'before', label: 'Hạn hiện nay', tight: true, cell: (one) => formatDateTime(one.before) }, { key: 'after', label: 'Theo quy định mới', tight: true, cell: (one) => <b>{formatDateTime(one.after)}</b> },
            { key: 'how', label: 'Kết quả', cell: (one) => <How how={one.how} /> },
          ]}
        />
      )}
    </section>
  )
}

function Versions({ versions }: { versions: Touches['versions'] }) {
  if (versions.length === 0) return null
  return (
    <section aria-labelledby="at-versions" data-rule="here">
      <h2 id="at-versions">Phiên bản sẽ công bố</h2>
      <ol>{versions.map((one) => <li>{one.heed && <><StatusTag tone="warn">Lưu ý</StatusTag> </>}{one.words}</li>)}</ol>
    </section>
  )
}

function Running({ touches: { impact } }: { touches: Touches }) {
  const [kept, awaits] = [impact.units.reduce((sum, one) => sum + one.kept, 0), impact.units.reduce((sum, one) => sum + one.awaits, 0)]
  return (
    <section aria-labelledby="at-open" data-rule="here">
      <h2 id="at-open">Hồ sơ đang giải quyết</h2>
      {impact.unread ? <p class="measure">{impact.unread}</p> : impact.units.length === 0 ? <p>{impact.open === 0 ? 'Không có hồ sơ đang giải quyết nào được áp dụng.' : `Đã xem ${impact.looked} trên ${impact.open} hồ sơ được áp dụng; không con số nào đổi.`}</p> : (
        <>
          {kept > 0 && <p class="soft measure">“Giữ”: tính lại thì sớm hơn hoặc tốn hơn, nhưng điều đã hẹn với người dân không xấu đi.</p>}
          {awaits > 0 && <p class="soft measure">“Chờ tiếp nhận”: chưa hẹn ngày nào; khi tiếp nhận thì hẹn theo thời hạn mới.</p>}
          <Table
            caption="Theo đơn vị" rows={impact.units} empty=""
            columns={[
              { key: 'unit', label: 'Đơn vị giải quyết', main: true, cell: (one) => one.unitName },
              { key: 'moved', label: 'Tính lại', num: true, cell: (one) => one.moved }, { key: 'kept', label: 'Giữ như đã hẹn', num: true, cell: (one) => one.kept },
              ...(awaits > 0 ? [{ key: 'awaits', label: 'Chờ tiếp nhận', num: true, cell: (one: (typeof impact.units)[number]) => one.awaits }] : []),
            ]}
          />
          <Details summary={`Từng hồ sơ (${impact.cases.length}${impact.cases.length === 200 ? ', 200 hồ sơ đầu' : ''})`}>
            <Table caption="Từng hồ sơ" captionHidden rows={impact.cases} empty="" columns={[...caseColumns, { key: 'how', label: 'Kết quả', cell: (one) => <How how={one.how} /> }]} />
          </Details>
        </>
      )}
    </section>
  )
}

function Over({ touches: { impact: { over, unread } }, change }: { touches: Touches; change: Pick<RuleChange, 'backDated' | 'validFrom'> }) {
  if (!change.backDated || unread) return null
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

export function TouchesView({ touches, change, stuck = 'Chưa xác nhận được' }: { ctx: Ctx; touches: Touches; stuck?: string; change: Pick<RuleChange, 'backDated' | 'validFrom' | 'target'> }) {
  const { impact, cases, citing } = touches
  const moved = impact.units.reduce((sum, one) => sum + one.moved + one.awaits, 0)
  return (
    <>
      {touches.faults.length > 0 && <Notice tone="bad" title={stuck}><ul>{touches.faults.map((fault) => <li>{fault}</li>)}</ul></Notice>}
      <section data-rule="here">
      <KeyFigures
        items={[
          { label: 'Thủ tục', value: touches.procedures.length },
          ...(change.target.kind === 'document' ? [{ label: 'Quy định trong sổ', value: citing?.rules.length ?? 0 }] : [
            ...(cases.unread ? [] : [{ label: 'Ca mẫu khác đi', value: cases.run - cases.same, note: `trên ${cases.run} ca đã chạy` }]),
            ...(impact.unread ? [] : [{ label: 'Hồ sơ đang giải quyết tính lại', value: moved, note: `đã xem ${impact.looked} trên ${impact.open}`, hot: moved > 0 }]),
            ...(touches.appeals ? [{ label: 'Đề nghị xem xét lại đổi hạn', value: touches.appeals.cases.filter((one) => one.how === 'moved').length, note: `đã xem ${touches.appeals.bound} trên ${touches.appeals.open}` }] : []),
            ...(change.backDated && !impact.unread ? [{ label: 'Việc đã xong có khác', value: impact.over.cases.length, hot: impact.over.cases.length > 0 }] : []),
          ]),
          { label: 'Giấy tờ, lời văn', value: touches.texts.length },
        ]}
      />
      </section>
      <Versions versions={touches.versions} />
      <Running touches={touches} />
      <Appeals appeals={touches.appeals} />
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
