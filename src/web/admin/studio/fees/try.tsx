// Trying a case on the fee tables: choose the answers that fees depend on, see what is to be paid, by which row, under which clause.

import type { Catalogs, Question, Values } from '#core/form/types.ts'
import { formatVnd } from '#core/money/index.ts'
import { channelLabels, collectAtLabels, type Draft, feeKeys, type FeeTrace, type FeeView, ratesFrom, rateWords, traceFees, type TracedLine } from '#modules/procedures/index.ts'
import { Button, DayInput, FieldView, Form, Icon, StatusTag } from '#ui/index.ts'
import { feesHref } from './screen.tsx'

export interface Tried {
  readonly channel: string
  readonly on: string
  readonly values: Values
}

/** The questions by which fees are reckoned, in the order of the form; in tables only the columns that matter stay. */
export function feeQuestions({ record }: Pick<FeeView, 'record'>): Question[] {
  const keys = feeKeys(record)
  return record.form.sections.flatMap((section) => section.questions as readonly Question[]).filter((question) => keys.has(question.key)).map((question) => ({
    ...question, required: false, visibleWhen: undefined, requiredWhen: undefined, check: undefined, help: undefined, prefill: undefined,
    ...(question.columns ? { columns: question.columns.filter((column) => ['number', 'integer', 'money', 'select', 'radio', 'checkbox'].includes(column.type)).map((column) => ({ ...column, required: false })) } : {}),
  }))
}

/** What comes of the case; null while the tables cannot be run. */
export function tryCase(view: FeeView, { channel, on, values }: Tried): FeeTrace | null {
  if (!view.tables) return null
  const blank = Object.fromEntries(view.record.form.sections.flatMap((section) => section.questions.map((question) => [question.key, null])))
  return traceFees({ record: view.record, feeTables: view.tables }, { form: { ...blank, ...values }, applicant: null, channel, receivedOn: on, parts: [] })
}

export function TryPanel({ draft, view, tried, catalogs }: { draft: Draft; view: FeeView; tried: Tried; catalogs: Catalogs }) {
  const questions = feeQuestions(view)
  return (
    <aside class="fee-try" aria-labelledby="fee-try">
      <h2 id="fee-try">Thử một trường hợp</h2>
      <p class="soft">Chọn câu trả lời, xem thu bao nhiêu, theo dòng nào.</p>
      <Form action={feesHref(draft)} method="get" class="fee-try-form" attributes={{ 'data-fee-try': '' }}>
        <input type="hidden" name="try" value="1" />
        <div class="q"><label class="label" for="try-channel">Cách nộp</label>
          <select id="try-channel" name="_channel">{view.record.channels.map(({ channel }) => <option value={channel} selected={channel === tried.channel}>{channelLabels[channel]}</option>)}</select></div>
        <div class="q"><label class="label" for="try-on">Ngày nhận hồ sơ</label><DayInput id="try-on" name="_on" value={tried.on} /></div>
        {questions.map((question) => <FieldView question={question} value={tried.values[question.key]} errors={[]} catalogs={catalogs} province="38" visible required={false} />)}
        <Button look="primary" icon="coin">Tính phí</Button>
      </Form>
      <TryResult view={view} trace={tryCase(view, tried)} />
    </aside>
  )
}

export function TryResult({ view, trace }: { view: FeeView; trace: FeeTrace | null }) {
  if (!trace) return <div id="fee-tried" data-drawn aria-live="polite"><p class="error">Bảng phí chưa tính được; sửa lỗi ở trên trước.</p></div>
  const unknown = trace.lines.some((line) => !line.known)
  const total = trace.lines.reduce((sum, line) => sum + line.amount, 0)
  return (
    <div id="fee-tried" class="fee-tried" data-drawn aria-live="polite">
      <p class="fee-total"><span>Phải nộp</span> <b>{unknown ? (total > 0 ? `${formatVnd(total)} và khoản chưa tính được` : 'Chưa tính được') : total === 0 ? 'Không thu' : formatVnd(total)}</b></p>
      {trace.fault && <p class="error"><Icon name="alert" /> {trace.fault}</p>}
      {trace.lines.length === 0 && <p class="soft">Không có khoản nào phải thu trong trường hợp này.</p>}
      <ul>{trace.lines.map((line) => <Line view={view} line={line} />)}</ul>
    </div>
  )
}

function Line({ view, line }: { view: FeeView; line: TracedLine }) {
  const at = view.record.fees.findIndex((fee) => fee.code === line.code)
  const fee = view.record.fees[at]
  const priced = line.rows.find((row) => row.table === `rates_${at + 1}`)
  const rate = fee?.rates && priced ? fee.rates[priced.row - 1] : fee && ratesFrom(fee).length === 1 ? ratesFrom(fee)[0] : undefined
  const exempted = line.rows.find((row) => row.table === `exemption_${at + 1}`)
  return (
    <li>
      <p><b>{line.name}</b> <span class="fee-amount">{line.known ? (line.amount === 0 ? 'Không thu' : formatVnd(line.amount)) : <StatusTag tone="warn">Chưa tính được</StatusTag>}</span></p>
      <p class="soft">
        {priced ? <>Dòng {priced.row}: {rate ? rateWords(view.record, rate) : ''}. </> : rate ? `${rateWords(view.record, rate)}. ` : ''}
        {view.part.feeDmn !== undefined && line.rows.length > 0 && <>Dòng {line.rows.map((row) => `${row.row} của “${row.title}”`).join(', ')}. </>}
        {exempted && line.fullAmount > 0 && <>Mức đầy đủ {formatVnd(line.fullAmount)}; {line.note} </>}
        {!line.known && 'Chọn thêm câu trả lời mà mức thu phụ thuộc. '}
        {fee && `${collectAtLabels[fee.collectAt]}. `}
        {line.legal ? <>Căn cứ: {line.legal}.</> : 'Chưa ghi căn cứ.'}
      </p>
    </li>
  )
}
