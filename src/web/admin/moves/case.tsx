// One dossier of a plan: before and after side by side, why, what may be chosen for it alone, and its own move.

import { formatVnd } from '#core/money/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import { type Case, FALLS_AWAY, needsSecond, type PlanView, STAYS } from '#modules/moves/index.ts'
import { Actions, Button, ErrorSummary, Form, LinkButton, Notice, PageHeading, type ShownError, SummaryList } from '#ui/index.ts'
import { CaseTag, DUE_WORDS, movesHref, VerdictTag } from './words.tsx'

export interface CaseView extends PlanView {
  readonly found: Case
  readonly write: boolean
  /** Whether the reader may open the dossier itself. */
  readonly mayRead: boolean
  readonly errors?: readonly ShownError[]
  readonly values?: { readonly reason: string; readonly decision: string }
}

const list = (rows: readonly string[]) => (rows.length > 0 ? <ul class="lines">{rows.map((row) => <li>{row}</li>)}</ul> : 'Không')

export function CaseScreen({ plan, sides, found, write, mayRead, errors = [], values }: CaseView) {
  const { preview } = found
  const { due, fee, steps } = preview
  const base = movesHref(plan.code, plan.id)
  const date = (at: string | null) => (at ? formatDateTime(new Date(at)) : 'Chưa hẹn')
  const open = write && plan.state === 'drafting'
  const questions = ([['Đưa sang câu khác', preview.renamed], ['Để lại, không dùng nữa', preview.left], ['Hỏi thêm người nộp', preview.asked], ['Yêu cầu mới được miễn', preview.spared]] as const)
    .filter(([, rows]) => rows.length > 0).map(([label, rows]) => ({ label, value: list(rows) }))
  return (
    <>
      <link rel="stylesheet" href="/assets/heavy/moves.css" />
      <PageHeading
        title={found.code} lead={`${sides.from.name}. ${preview.unit}. ${preview.state}.`}
        meta={found.state === 'planned' ? <VerdictTag verdict={found.verdict} /> : <><CaseTag state={found.state} />{found.at && <span class="soft">{formatDateTime(found.at)}</span>}</>}
        action={<LinkButton look="quiet" href={base}>Về đợt chuyển</LinkButton>}
      />
      <ErrorSummary errors={errors} />
      {found.why && <Notice tone="warn" title={found.state === 'stayed' ? 'Không hoàn lại được' : 'Để lại, không chuyển'}><p>{found.why}</p></Notice>}
      {found.state === 'planned' && preview.reasons.length > 0 && <Notice tone={found.verdict === 'stuck' ? 'bad' : 'warn'} title={found.verdict === 'stuck' ? 'Không chuyển được' : 'Cần chọn trước khi chuyển'}><ul>{preview.reasons.map((reason) => <li>{reason}</li>)}</ul></Notice>}
      {preview.notes.length > 0 && <Notice><ul>{preview.notes.map((note) => <li>{note}</li>)}</ul></Notice>}
      <div class="before-after">
        <section aria-labelledby="at-before">
          <h2 id="at-before">Trước: phiên bản {sides.from.number}</h2>
          <SummaryList rows={[
            { label: 'Bước', value: list(steps.map((step) => `${step.from} (${step.fromWho})`)) }, { label: 'Hẹn trả', value: `${date(due.before)}${due.paused ? ', đang tạm dừng' : ''}` },
            { label: 'Phí, lệ phí', value: `${formatVnd(fee.before)}, đã nộp ${formatVnd(fee.paid)}` },
          ]} />
        </section>
        <section aria-labelledby="at-after">
          <h2 id="at-after">Sau: phiên bản {sides.to.number}</h2>
          <SummaryList rows={[
            { label: 'Bước', value: list(steps.map((step) => (step.to ? `${step.to} (${step.toWho})` : step.how === 'dropped' ? 'Cho thôi việc này' : 'Chưa chọn'))) },
            { label: 'Hẹn trả', value: `${date(due.after)} (${DUE_WORDS[due.how]})` },
            { label: 'Phí, lệ phí', value: `${formatVnd(fee.after)}${fee.refund > 0 ? `, đề nghị hoàn lại ${formatVnd(fee.refund)}` : ''}` },
          ]} />
        </section>
      </div>
      <section aria-labelledby="at-questions">
        <h2 id="at-questions">Câu hỏi, giấy tờ</h2>
        {questions.length === 0 ? <p>Không đổi: câu trả lời và giấy tờ đã nộp giữ nguyên, không hỏi thêm gì.</p> : <SummaryList rows={questions} />}
      </section>
      {open && <Own plan={plan} sides={sides} found={found} />}
      {open && found.verdict === 'moves' && (
        <section aria-labelledby="at-alone" class="tree">
          <h2 id="at-alone">Chuyển riêng hồ sơ này</h2>
          <Form action={`${base}/requests`} class="ask" guard>
            <input type="hidden" name="revision" value={plan.revision} /><input type="hidden" name="which" value="marked" /><input type="hidden" name="dossier" value={found.dossierId} /><input type="hidden" name="case" value={found.code} />
            <label for="reason">Lý do</label>
            <textarea id="reason" name="reason" rows={2} maxLength={2000}>{values?.reason ?? ''}</textarea>
            <label for="decision">Quyết định hoặc căn cứ chuyển tiếp</label>
            <input id="decision" name="decision" value={values?.decision ?? ''} maxLength={300} placeholder="Số, ngày văn bản; điều, khoản chuyển tiếp" />
            <p class="soft">{needsSecond(plan, 1) ? 'Đợt này có điều khoản chuyển tiếp nên chờ người thứ hai xác nhận.' : 'Chuyển ngay, không cần người thứ hai.'} Đợt này khép lại sau đó; các hồ sơ khác chuyển bằng một đợt mới.</p>
            <Actions><Button look="primary" busyText="Đang gửi…">{needsSecond(plan, 1) ? 'Đề nghị chuyển hồ sơ này' : 'Chuyển hồ sơ này'}</Button></Actions>
          </Form>
        </section>
      )}
      {mayRead && <p><a href={`/desk/dossiers/${found.code}`}>Mở hồ sơ</a></p>}
    </>
  )
}

/** Counterparts for this dossier alone; they win over those for all. */
function Own({ plan, sides, found }: Pick<CaseView, 'plan' | 'sides' | 'found'>) {
  const here = sides.steps.filter((pair) => found.preview.steps.some((step) => step.from === pair.from.name))
  if (here.length === 0) return null
  return (
    <section aria-labelledby="at-own" class="tree">
      <h2 id="at-own">Chọn riêng cho hồ sơ này</h2>
      <Form action={`${movesHref(plan.code, plan.id)}/choices`} class="ask">
        <input type="hidden" name="revision" value={plan.revision} /><input type="hidden" name="own" value={found.dossierId} /><input type="hidden" name="case" value={found.code} />
        {here.map(({ from }) => {
          const choice = found.steps[from.key] ?? ''
          return (
            <>
              <label for={`own-${from.key}`}>“{from.name}” làm tiếp ở bước</label>
              <select id={`own-${from.key}`} name={`step.${from.key}`}>
                <option value="" selected={choice === ''}>Như lựa chọn chung của đợt</option>
                {sides.there.filter((step) => step.kind === from.kind).map((step) => <option value={step.key} selected={choice === step.key}>{step.name}</option>)}
                <option value={FALLS_AWAY} selected={choice === FALLS_AWAY}>Không còn phải làm việc này</option>
                <option value={STAYS} selected={choice === STAYS}>Không chuyển hồ sơ này khi đang ở bước này</option>
              </select>
            </>
          )
        })}
        <Actions><Button busyText="Đang chạy thử…">Lưu và chạy thử lại</Button></Actions>
      </Form>
    </section>
  )
}
