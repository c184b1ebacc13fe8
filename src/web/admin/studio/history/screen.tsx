// A draft on the past: start a trial, watch it run, read what it would have meant, and open every figure down to its cases.

import { formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import type { FieldError } from '#core/errors.ts'
import { type Draft, roleLabels } from '#modules/procedures/index.ts'
import { AMOUNT_BANDS, type Band, SPAN_BANDS, type StepResult, type Trial, TRIAL_STATES, type TrialResult } from '#modules/trials/index.ts'
import { Actions, Alert, Button, DayInput, Details, EmptyState, ErrorSummary, Form, LinkButton, Notice, Progress, StatusTag, Table } from '#ui/index.ts'
import { draftHref, tabOfPart } from '../tab-list.ts'

export const historyHref = (draft: Pick<Draft, 'id'>, more = ''): string => draftHref(draft.id, `history${more}`)
export const trialHref = (draft: Pick<Draft, 'id'>, trial: string): string => historyHref(draft, `/${trial}`)
export const casesHref = (draft: Pick<Draft, 'id'>, trial: string, tag: string): string => `${trialHref(draft, trial)}/cases?of=${encodeURIComponent(tag)}`

const number = (value: number): string => value.toLocaleString('vi-VN')
const hours = (value: number | null): string => (value === null ? '—' : `${number(value)} giờ`)
const days = (value: number | null): string => (value === null ? '—' : `${number(Math.round((value / 8) * 10) / 10)} ngày`)

export interface StartView {
  readonly draft: Draft
  readonly write: boolean
  readonly trials: readonly Trial[]
  readonly past: { readonly first: Date | null; readonly last: Date | null; readonly count: number }
  readonly stopping: readonly { readonly part: string; readonly message: string }[]
  readonly typed: { readonly from: string; readonly to: string; readonly as: string; readonly asOf: string }
  readonly faults: readonly FieldError[]
  /** Whether this is the demo province, where a year can be lived by the simulator. */
  readonly demo: boolean
}

export function HistoryScreen(view: StartView) {
  const { draft, trials, past } = view
  return (
    <div class="fees">
      <link rel="stylesheet" href="/assets/heavy/feetable.css" />
      <p class="measure">Đem bản nháp này xử lý lại các hồ sơ thật đã nộp: mất bao nhiêu giờ, bao nhiêu hồ sơ trễ, thu bao nhiêu. Chỉ đọc; không hồ sơ nào bị thay đổi.</p>
      {past.count === 0 ? <NoPast draft={draft} demo={view.demo} /> : <Start {...view} />}
      {trials.length > 0 && (
        <section class="fee-item" aria-labelledby="trials">
          <header><h2 id="trials">Các lần thử của bản nháp này</h2></header>
          <Table
            caption="Các lần thử" captionHidden rows={trials} empty="" rowHref={(row) => trialHref(draft, row.id)}
            columns={[
              { key: 'span', label: 'Hồ sơ nộp', main: true, tight: true, cell: (row) => `${formatDate(row.from)} – ${formatDate(row.to)}` },
              { key: 'state', label: 'Nay', tight: true, cell: (row) => <StateTag trial={row} /> },
              { key: 'n', label: 'Hồ sơ', num: true, cell: (row) => number(row.total) },
              { key: 'late', label: 'Trễ hạn', cell: (row) => (row.result ? `${number(row.result.counts['late:then'] ?? 0)} → ${number(row.result.counts['late:now'] ?? 0)}` : '—') },
              { key: 'rev', label: 'Lần sửa', num: true, cell: (row) => (row.revision === draft.revision ? `${row.revision} (bản hiện nay)` : row.revision) },
              { key: 'by', label: 'Người thử', cell: (row) => `${row.askedByName}, ${formatDateTime(row.askedAt)}` },
            ]}
          />
        </section>
      )}
      <Method />
    </div>
  )
}

function StateTag({ trial }: { trial: Trial }) {
  return <StatusTag tone={trial.state === 'done' ? 'good' : trial.state === 'failed' ? 'bad' : 'info'}>{TRIAL_STATES[trial.state]}</StatusTag>
}

function NoPast({ draft, demo }: { draft: Draft; demo: boolean }) {
  return (
    <EmptyState icon="folder" title={`Chưa có hồ sơ nào của thủ tục ${draft.code}`}>
      <p>Thủ tục chưa có hồ sơ thì chưa thử được; công bố xong, khi đã có hồ sơ, bản nháp sau sẽ thử được.</p>
      {demo && (
        <>
          <p>Ở tỉnh mẫu này, chạy máy mô phỏng để có một năm hồ sơ (chừng vài phút), rồi mở nền tảng trên dữ liệu đó:</p>
          <pre>npm run simulate -- --days 250 --from 2025-11-24 --rate 0.06 --communes 6 --data tmp/mot-nam{'\n'}DATA_DIR=tmp/mot-nam npm start</pre>
        </>
      )}
    </EmptyState>
  )
}

function Start({ draft, write, past, stopping, typed, faults }: StartView) {
  if (!write) return <Notice><p>Có {number(past.count)} hồ sơ từ {formatDate(past.first!)} đến {formatDate(past.last!)}. Cán bộ soạn thủ tục cấp tỉnh mới chạy thử được; kết quả ở dưới ai đọc bản nháp cũng xem được.</p></Notice>
  if (stopping.length > 0) {
    return (
      <Alert title="Bản nháp còn chỗ phải sửa trước khi thử được">
        <ul class="fee-fault-list">{stopping.slice(0, 8).map((one) => <li><a href={draftHref(draft.id, tabOfPart(one.part as never))}>{one.message}</a></li>)}</ul>
        {stopping.length > 8 && <p>và {stopping.length - 8} chỗ nữa.</p>}
      </Alert>
    )
  }
  return (
    <section aria-labelledby="start">
      <h2 id="start">Chạy một lần thử</h2>
      <p class="soft">Thủ tục có {number(past.count)} hồ sơ, từ {formatDate(past.first!)} đến {formatDate(past.last!)}, gồm mọi phiên bản.</p>
      {faults.length > 0 && <ErrorSummary errors={faults} title="Chưa chạy được" />}
      <Form action={historyHref(draft)} class="trial-start">
        <div class="q"><label class="label" for="from">Hồ sơ nộp từ ngày</label><DayInput id="from" name="from" value={typed.from} /></div>
        <div class="q"><label class="label" for="to">đến hết ngày</label><DayInput id="to" name="to" value={typed.to} /></div>
        <fieldset class="q"><legend class="label">Tính phí theo bảng của ngày nào</legend>
          <label class="choice"><input type="radio" name="as" value="own" checked={typed.as !== 'day'} /><span>Ngày nhận của từng hồ sơ</span></label>
          <label class="choice"><input type="radio" name="as" value="day" checked={typed.as === 'day'} /><span>Một ngày cho mọi hồ sơ: <DayInput name="asOf" value={typed.asOf} aria-label="Ngày của bảng phí" /> <span class="soft">để biết sau này thu bao nhiêu</span></span></label>
        </fieldset>
        <Actions><Button look="primary" icon="hourglass" busyText="Đang gửi…">Chạy thử</Button></Actions>
      </Form>
    </section>
  )
}

export function RunningScreen({ draft, trial }: { draft: Draft; trial: Trial }) {
  return (
    <div class="fees">
      <link rel="stylesheet" href="/assets/heavy/feetable.css" />
      <p><a href={historyHref(draft)}>Thử trên hồ sơ cũ</a> › {formatDate(trial.from)} – {formatDate(trial.to)}</p>
      <h2>{trial.state === 'waiting' ? 'Đang chờ chạy' : 'Đang xử lý lại các hồ sơ'}</h2>
      <Progress label={`${number(trial.done)} trên ${number(trial.total)} hồ sơ`} value={trial.done} max={Math.max(1, trial.total)} text={trial.state === 'waiting' ? 'Việc nền sẽ chạy ngay' : undefined} />
      <p class="soft">Trang tự mở kết quả khi xong. Đóng trang cũng được: kết quả được giữ ở thẻ này.</p>
      <Actions><LinkButton href={trialHref(draft, trial.id)}>Xem lại ngay</LinkButton></Actions>
    </div>
  )
}

export function FailedScreen({ draft, trial }: { draft: Draft; trial: Trial }) {
  return (
    <div class="fees">
      <Alert title="Lần thử này chưa chạy được"><p>{trial.fault}</p><p>Sửa bản nháp rồi chạy lại; không hồ sơ nào bị thay đổi.</p></Alert>
      <Actions><LinkButton href={historyHref(draft)}>Về các lần thử</LinkButton></Actions>
    </div>
  )
}

interface ResultView {
  readonly draft: Draft
  readonly trial: Trial
  readonly result: TrialResult
}

/** A count that opens its cases. */
function Count({ draft, trial, result, tag }: ResultView & { tag: string }) {
  const n = result.counts[tag] ?? 0
  return n === 0 ? <>0</> : <a href={casesHref(draft, trial.id, tag)}>{number(n)}</a>
}

const signed = (value: number, say: (value: number) => string): string => (value === 0 ? 'không đổi' : value > 0 ? `thêm ${say(value)}` : `bớt ${say(-value)}`)

export function ResultScreen(view: ResultView) {
  const { draft, trial, result } = view
  const { counts, money, span } = result
  const late = (counts['late:now'] ?? 0) - (counts['late:then'] ?? 0)
  const fee = money.now - money.comparedWas
  const unsure = (counts['fee:unknown'] ?? 0) + (counts['fee:range'] ?? 0)
  return (
    <div class="fees">
      <link rel="stylesheet" href="/assets/heavy/feetable.css" />
      <p><a href={historyHref(draft)}>Thử trên hồ sơ cũ</a> › {formatDate(trial.from)} – {formatDate(trial.to)}</p>
      {trial.revision !== draft.revision && <Notice tone="warn"><p>Bản nháp đã sửa thêm {draft.revision - trial.revision} lần sau lần thử này; muốn biết theo bản hiện nay thì chạy thử lại.</p></Notice>}
      <h2>Nếu bản nháp này đã áp dụng từ {formatDate(trial.from)} đến {formatDate(trial.to)}</h2>
      <p class="trial-say">
        Với <Count {...view} tag="all" /> hồ sơ đã nộp, giờ làm của cơ quan <b>{signed(Math.round(result.hours.now - result.hours.was), (v) => `${number(v)} giờ`)}</b>, hồ sơ trễ <b>{signed(late, (v) => `${number(v)} hồ sơ`)}</b>, phí, lệ phí <b>{signed(fee, formatVnd)}</b>{unsure > 0 && <> (chưa kể {number(unsure)} hồ sơ thiếu câu trả lời)</>}.
      </p>
      <div class="trial-pair">
        <TimeCard {...view} /><LateCard {...view} late={late} /><MoneyCard {...view} fee={fee} unsure={unsure} />
      </div>
      <Missing {...view} />
      <Bars view={view} title="Thời gian giải quyết, từ khi tiếp nhận đến khi có kết quả" bands={SPAN_BANDS} kind="span" lead={`Trung vị ${days(span.medianThen)} → ${days(span.medianNow)}; chín phần mười hồ sơ trong ${days(span.nineThen)} → ${days(span.nineNow)}.`} />
      <Bars view={view} title="Phí, lệ phí của một hồ sơ" bands={AMOUNT_BANDS} kind="fee" lead="Các khoản đã đến lúc phải nộp." />
      <StepsTable {...view} />
      <Method result={result} trial={trial} />
      <p class="soft">{trial.askedByName} chạy lúc {formatDateTime(trial.askedAt)}, trên lần sửa {trial.revision} của bản nháp{trial.tookMs !== null && `; ${number(trial.total)} hồ sơ trong ${number(Math.round(trial.tookMs / 100) / 10)} giây`}.</p>
    </div>
  )
}

const tone = (value: number): string | undefined => (value > 0 ? 'up' : value < 0 ? 'down' : undefined)

function TimeCard(view: ResultView) {
  const { result } = view
  const more = Math.round((result.hours.now - result.hours.was) * 10) / 10
  return (
    <section class="trial-card"><h3>Giờ ở các bước của cơ quan</h3>
      <dl><dt>Đã qua</dt><dd class="big">{hours(result.hours.was)}</dd><dt>Theo bản nháp</dt><dd class="big">{hours(result.hours.now)}</dd><dt>Chênh lệch</dt><dd class={tone(more)}>{signed(more, (v) => `${number(v)} giờ`)}</dd></dl>
      <p class="soft">Giờ làm việc hồ sơ nằm ở mỗi bước, không kể lúc chờ người dân.</p></section>
  )
}

function LateCard({ late, ...view }: ResultView & { late: number }) {
  return (
    <section class="trial-card"><h3>Hồ sơ trễ hạn</h3>
      <dl><dt>Đã qua</dt><dd class="big"><Count {...view} tag="late:then" /></dd><dt>Theo bản nháp</dt><dd class="big"><Count {...view} tag="late:now" /></dd><dt>Chênh lệch</dt><dd class={tone(late)}>{signed(late, (v) => `${number(v)} hồ sơ`)}</dd>
        <dt>Thành trễ</dt><dd><Count {...view} tag="late:more" /></dd><dt>Hết trễ</dt><dd><Count {...view} tag="late:less" /></dd><dt>Còn đang giải quyết</dt><dd><Count {...view} tag="running" /></dd></dl></section>
  )
}

function MoneyCard({ fee, unsure, ...view }: ResultView & { fee: number; unsure: number }) {
  const { money } = view.result
  return (
    <section class="trial-card"><h3>Phí, lệ phí phải nộp</h3>
      <dl><dt>Đã qua</dt><dd class="big">{formatVnd(unsure > 0 ? money.comparedWas : money.was)}</dd><dt>Theo bản nháp</dt><dd class="big">{formatVnd(money.now)}</dd><dt>Chênh lệch</dt><dd>{signed(fee, formatVnd)}</dd>
        <dt>Nộp nhiều hơn</dt><dd><Count {...view} tag="fee:more" /></dd><dt>Nộp ít hơn</dt><dd><Count {...view} tag="fee:less" /></dd><dt>Như cũ</dt><dd><Count {...view} tag="fee:same" /></dd></dl>
      {unsure > 0 && <p class="soft">So trên {number((view.result.counts['all'] ?? 0) - unsure)} hồ sơ tính được. <Count {...view} tag="fee:range" /> hồ sơ nữa nộp từ {formatVnd(money.from)} đến {formatVnd(money.to)} tùy câu trả lời; <Count {...view} tag="fee:unknown" /> hồ sơ chưa tính được.</p>}</section>
  )
}

function Missing(view: ResultView) {
  const { counts, questions } = view.result
  const named = (kind: string) => Object.keys(counts).filter((tag) => tag.startsWith(`${kind}:`)).map((tag) => ({ tag, label: questions[tag.slice(kind.length + 1)] ?? tag.slice(kind.length + 1) }))
  const [missing, refused] = [named('missing'), named('refused')]
  if (missing.length + refused.length === 0) return null
  return (
    <section class="fee-item" aria-labelledby="missing">
      <header><h2 id="missing">Câu trả lời mà hồ sơ cũ không có</h2><p class="soft">Kể riêng, không đoán thay người nộp.</p></header>
      <ul>
        {missing.map(({ tag, label }) => <li>Câu mới “{label}”: <Count {...view} tag={tag} /> hồ sơ chưa trả lời.</li>)}
        {refused.map(({ tag, label }) => <li>Câu “{label}”: câu trả lời của <Count {...view} tag={tag} /> hồ sơ không còn được nhận theo tờ khai mới.</li>)}
      </ul>
    </section>
  )
}

/** One distribution, then beside now; each number opens its cases. */
function Bars({ view, title, lead, bands, kind }: { view: ResultView; title: string; lead: string; bands: readonly Band[]; kind: 'span' | 'fee' }) {
  const { counts } = view.result
  const of = (when: 'then' | 'now', { key }: Band) => counts[`${kind}:${when}:${key}`] ?? 0
  const shown = bands.filter((band) => of('then', band) + of('now', band) > 0)
  const most = Math.max(1, ...shown.flatMap((band) => [of('then', band), of('now', band)]))
  if (shown.length === 0) return null
  const bar = (n: number, now: boolean) => <svg class={now ? 'trial-bar now' : 'trial-bar'} viewBox="0 0 100 9" preserveAspectRatio="none" aria-hidden="true"><rect width={Math.max(n > 0 ? 0.6 : 0, (n / most) * 100)} height="9" /></svg>
  return (
    <section class="fee-item">
      <header><h2>{title}</h2><p class="soft">{lead}</p></header>
      <p class="bar-key" aria-hidden="true"><span>Đã qua</span><span class="now">Theo bản nháp</span></p>
      <table class="bars"><caption class="sr">{title}: số hồ sơ đã qua và theo bản nháp</caption>
        <thead class="sr"><tr><th scope="col">Khoảng</th><th scope="col">Hình</th><th scope="col">Đã qua</th><th scope="col">Theo bản nháp</th></tr></thead>
        <tbody>{shown.map((band) => <tr><th scope="row">{band.label}</th><td>{bar(of('then', band), false)}{bar(of('now', band), true)}</td><td class="num"><Count {...view} tag={`${kind}:then:${band.key}`} /></td><td class="num"><Count {...view} tag={`${kind}:now:${band.key}`} /></td></tr>)}</tbody>
      </table>
    </section>
  )
}

const KINDS: Readonly<Record<StepResult['kind'], string>> = { kept: 'giữ', new: 'mới', gone: 'bỏ' }

function StepsTable(view: ResultView) {
  const { result } = view
  return (
    <section class="fee-item" aria-labelledby="steps">
      <header><h2 id="steps">Từng bước</h2><p class="soft">Giờ làm việc hồ sơ nằm ở bước. Định mức là số giờ bản nháp cho bước đó.</p></header>
      <Table
        caption="Từng bước" captionHidden rows={result.steps.filter((step) => step.cases > 0 || step.kind !== 'kept')} empty="Không hồ sơ nào qua các bước này."
        columns={[
          { key: 'name', label: 'Bước', main: true, cell: (row) => <>{row.name} {row.kind !== 'kept' && <StatusTag tone={row.kind === 'new' ? 'info' : 'plain'}>{`Bước ${KINDS[row.kind]}`}</StatusTag>}{row.waits && <span class="soft fee-note">đồng hồ dừng, không tính vào thời hạn</span>}</> },
          { key: 'who', label: 'Ai', cell: (row) => (roleLabels as Readonly<Record<string, string>>)[row.role] ?? row.role },
          { key: 'cases', label: 'Hồ sơ', num: true, cell: (row) => <Count {...view} tag={row.kind === 'gone' ? `lost:${row.id}` : `step:${row.id}`} /> },
          { key: 'norm', label: 'Định mức', num: true, cell: (row) => (row.norm === null || row.waits ? '—' : hours(row.norm)) },
          { key: 'median', label: 'Trung vị', num: true, cell: (row) => hours(row.median) },
          { key: 'nine', label: '9/10 hồ sơ trong', num: true, cell: (row) => hours(row.nine) },
          { key: 'over', label: 'Quá định mức', num: true, cell: (row) => (row.kind === 'kept' && !row.waits ? <Count {...view} tag={`over:${row.id}`} /> : '—') },
          { key: 'total', label: 'Cả kỳ', num: true, cell: (row) => (row.kind === 'kept' ? hours(row.totalNow) : row.kind === 'new' ? `thêm ${hours(row.totalNow)}` : `bớt ${hours(row.totalThen)}`) },
        ]}
      />
    </section>
  )
}

function Method({ result, trial }: { result?: TrialResult; trial?: Trial }) {
  const medians = Object.entries(result?.medians ?? {})
  return (
    <Details summary="Cách tính, và điều con số này không nói được">
      <ul class="trial-method">
        <li>Bước mà bản nháp giữ (cùng mã): lấy đúng giờ làm việc hồ sơ đã nằm ở bước đó. Bước bản nháp bỏ: trừ giờ đã nằm ở đó.</li>
        <li>Bước mới trên đường đi thường: lấy trung vị giờ của cùng vai trò trong kỳ này{medians.length > 0 && ` (${medians.map(([role, { hours: h, visits }]) => `${((roleLabels as Readonly<Record<string, string>>)[role] ?? role).toLocaleLowerCase('vi')} ${number(Math.round(h * 10) / 10)} giờ, ${number(visits)} lượt`).join('; ')})`}; vai trò chưa từng làm ở đây thì lấy định mức của bản nháp. Các bước song song tính theo nhánh lâu nhất.</li>
        <li>Trễ: tính hạn của bản nháp từ đúng lúc tiếp nhận, với đúng các lần tạm dừng, gia hạn, lịch làm việc của cơ quan giải quyết (NĐ 118/2025/NĐ-CP; Bộ luật Dân sự, Điều 147, 148). Thời hạn không đổi thì giữ hạn thật của hồ sơ.</li>
        <li>Phí: bảng của bản nháp trên đúng câu trả lời cũ; chỉ kể khoản đã đến lúc phải nộp. {trial?.feesAsOf ? `Mọi hồ sơ theo bảng của ngày ${formatDate(trial.feesAsOf)}.` : 'Mỗi hồ sơ theo bảng của ngày nhận.'}</li>
        <li>Con số không biết: người ta có nộp nhiều hay ít đi vì mức phí mới không, cán bộ có làm nhanh lên vì bước ngắn đi không, hồ sơ có đổi đường rẽ không.</li>
      </ul>
    </Details>
  )
}
