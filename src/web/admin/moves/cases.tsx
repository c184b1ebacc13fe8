// The report of a plan: dossiers by verdict, each before and after; and the form that asks for the move of those chosen.

import type { Case, Counts, Plan, Verdict } from '#modules/moves/index.ts'
import { needsSecond, VERDICTS } from '#modules/moves/index.ts'
import { Actions, Button, ErrorSummary, Form, Pagination, type ShownError, Table, Tabs } from '#ui/index.ts'
import { withQuery } from '../../desk/answers.tsx'
import { asItIs, CaseTag, DueWords, FeeWords, movesHref, questionWords, StepWords, VerdictTag } from './words.tsx'

export interface CasesView {
  readonly plan: Plan
  readonly counts: Counts
  readonly cases: readonly Case[]
  readonly verdict: Verdict | null
  readonly next: string | null
  readonly write: boolean
  readonly errors: readonly ShownError[]
  /** `marked`: what was marked in a form that came back with faults; null for all. */
  readonly values: { readonly reason: string; readonly decision: string; readonly marked: readonly string[] | null }
}

/** Tabs of verdicts before the move, of what came of it after. */
export function Cases(view: CasesView) {
  const { plan, counts, cases, verdict, next } = view
  const base = movesHref(plan.code, plan.id)
  const planned = plan.state === 'drafting' || plan.state === 'waiting'
  const asking = view.write && plan.state === 'drafting' && counts.verdicts.moves > 0
  const table = (
    <div class="move-cases">
      <Table<Case>
        caption="Hồ sơ trong đợt" captionHidden rows={cases} empty={verdict ? `Không có hồ sơ nào: ${VERDICTS[verdict].toLocaleLowerCase('vi')}.` : 'Không có hồ sơ nào đang giải quyết theo phiên bản này.'}
        rowHref={(row) => movesHref(plan.code, plan.id, row.code)}
        select={asking && verdict === 'moves' ? { name: 'dossier', value: (row) => row.dossierId, label: (row) => `Chuyển ${row.code}`, checked: (row) => view.values.marked?.includes(row.dossierId) ?? true } : undefined}
        columns={[
          { key: 'code', label: 'Mã hồ sơ', main: true, tight: true, cell: (row) => row.code },
          { key: 'state', label: planned ? 'Kết luận' : 'Kết quả', tight: true, cell: (row) => (planned ? <VerdictTag verdict={row.verdict} /> : <CaseTag state={row.state} />) },
          { key: 'step', label: 'Bước', cell: (row) => <StepWords steps={asItIs(row).steps} /> },
          { key: 'due', label: 'Hẹn trả', cell: (row) => <DueWords due={asItIs(row).due} /> },
          { key: 'fee', label: 'Phí, lệ phí', tight: true, cell: (row) => <FeeWords fee={asItIs(row).fee} /> },
          { key: 'why', label: plan.state === 'waiting' || (planned && verdict === 'moves') ? 'Câu hỏi, giấy tờ' : planned ? 'Vì sao' : 'Câu hỏi, giấy tờ; ghi chú', cell: (row) => row.why ?? (row.preview.reasons.length > 0 && planned ? row.preview.reasons.join(' ') : row.state === 'undone' ? '—' : questionWords(row.preview)) },
        ]}
      />
    </div>
  )
  const leftOut = counts.total - counts.chosen
  return (
    <section aria-labelledby="at-cases" id="cases">
      <h2 id="at-cases">{plan.state === 'waiting' ? 'Hồ sơ được đề nghị chuyển' : planned ? 'Từng hồ sơ' : 'Kết quả từng hồ sơ'}</h2>
      {plan.state === 'waiting' && leftOut > 0 && <p class="soft">{leftOut.toLocaleString('vi-VN')} hồ sơ khác không nằm trong đề nghị, giữ nguyên phiên bản cũ.</p>}
      {plan.state === 'drafting' && (
        <Tabs
          label="Kết luận chạy thử" items={(['moves', 'choice', 'stuck'] as const).map((key) => ({ label: VERDICTS[key], href: `${withQuery(base, { verdict: key })}#cases`, current: verdict === key, count: counts.verdicts[key] }))}
        />
      )}
      {asking && verdict === 'moves' ? <AskForm view={view} table={table} whole={next === null && cases.length === counts.verdicts.moves} /> : table}
      <Pagination olderHref={next ? `${withQuery(base, { verdict: verdict ?? undefined, after: next })}#cases` : undefined} />
    </section>
  )
}

function AskForm({ view: { plan, counts, errors, values }, table, whole }: { view: CasesView; table: preact.JSX.Element; whole: boolean }) {
  return (
    <Form action={`${movesHref(plan.code, plan.id)}/requests`} class="ask-move" label="Đề nghị chuyển" guard>
      <input type="hidden" name="revision" value={plan.revision} />
      {table}
      <div class="ask">
        <h3>Đề nghị chuyển</h3>
        <ErrorSummary errors={errors.filter(({ key }) => !/^(answer|clause)\./.test(key))} />
        <label for="reason">Lý do</label>
        <textarea id="reason" name="reason" rows={2} maxLength={2000} placeholder="Vì sao hồ sơ đã nộp phải theo phiên bản khác">{values.reason}</textarea>
        <label for="decision">Quyết định hoặc căn cứ chuyển tiếp</label>
        <input id="decision" name="decision" value={values.decision} maxLength={300} placeholder="Số, ngày văn bản; điều, khoản chuyển tiếp" />
        <p class="soft">{needsSecond(plan, 1) ? 'Có điều khoản chuyển tiếp nên dù một hay nhiều hồ sơ đều phải có' : 'Một hồ sơ thì chuyển ngay. Từ hai hồ sơ trở lên phải có'} người thứ hai có quyền công bố thủ tục, chưa sửa gì ở đợt này, xác nhận. Người nộp được báo khi ngày hẹn, phí hoặc giấy tờ đổi; cán bộ đang giữ việc được báo.</p>
        <Actions>
          <Button look="primary" name="which" value="marked" busyText="Đang gửi…">{whole ? 'Đề nghị chuyển hồ sơ đã đánh dấu' : 'Chỉ chuyển hồ sơ đánh dấu ở trang này'}</Button>
          {!whole && <Button name="which" value="all" busyText="Đang gửi…">{`Chuyển cả ${counts.verdicts.moves.toLocaleString('vi-VN')} hồ sơ chuyển được`}</Button>}
        </Actions>
      </div>
    </Form>
  )
}

