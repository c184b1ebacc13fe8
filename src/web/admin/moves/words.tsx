// The words and small marks that all pages of moves share.

import { formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { type Case, CASE_STATES, type CasePreview, type CaseState, type DueHow, PLAN_STATES, type PlanState, type Verdict, VERDICTS } from '#modules/moves/index.ts'
import { StatusTag, type Tone } from '#ui/index.ts'

export const movesHref = (code: string, plan?: string, dossier?: string): string =>
  `/admin/procedures/${code}/moves${plan ? `/${plan}` : ''}${dossier ? `/cases/${encodeURIComponent(dossier)}` : ''}`

const PLAN_TONES: Readonly<Record<PlanState, Tone>> = { drafting: 'info', waiting: 'wait', running: 'info', done: 'good', undoing: 'info', undone: 'plain', dropped: 'plain' }
const VERDICT_TONES: Readonly<Record<Verdict, Tone>> = { moves: 'good', choice: 'warn', stuck: 'bad' }
const CASE_TONES: Readonly<Record<CaseState, Tone>> = { planned: 'plain', moved: 'good', left: 'warn', undone: 'good', stayed: 'warn' }

export const PlanTag = ({ state }: { state: PlanState }) => <StatusTag tone={PLAN_TONES[state]}>{PLAN_STATES[state]}</StatusTag>
export const VerdictTag = ({ verdict }: { verdict: Verdict }) => <StatusTag tone={VERDICT_TONES[verdict]}>{VERDICTS[verdict]}</StatusTag>
export const CaseTag = ({ state }: { state: CaseState }) => <StatusTag tone={CASE_TONES[state]}>{CASE_STATES[state]}</StatusTag>

export const DUE_WORDS: Readonly<Record<DueHow, string>> = {
  none: 'chưa tiếp nhận, chưa hẹn ngày', same: 'không đổi', earlier: 'sớm hơn', kept: 'giữ ngày đã hẹn', later: 'muộn hơn, theo điều khoản chuyển tiếp', late: 'đang quá hạn, vẫn quá hạn', promised: 'giữ ngày đã hẹn lại', paused: 'đang tạm dừng, tính lại khi tiếp tục', resumed: 'hết tạm dừng, tính lại',
}

const at = (iso: string | null): string => (iso ? formatDateTime(new Date(iso)) : '—')
const on = (iso: string | null): string => (iso ? formatDate(localDate(new Date(iso))) : '—')

/** The promised date before and after; one when it stays. */
export function DueWords({ due, full }: { due: CasePreview['due']; full?: boolean }) {
  if (due.how === 'none') return <span class="soft">Chưa hẹn</span>
  const write = full || on(due.before) === on(due.after) ? at : on
  if (due.before === due.after) return <span>{write(due.before)}<small class="soft"> {DUE_WORDS[due.how]}</small></span>
  return <span class="shift"><s>{write(due.before)}</s> <b>{write(due.after)}</b><small class="soft"> {DUE_WORDS[due.how]}</small></span>
}

export function FeeWords({ fee }: { fee: CasePreview['fee'] }) {
  if (fee.before === fee.after) return <span>{formatVnd(fee.after)}</span>
  return <span class="shift"><s>{formatVnd(fee.before)}</s> <b>{formatVnd(fee.after)}</b>{fee.refund > 0 && <small class="soft"> đề nghị hoàn {formatVnd(fee.refund)}</small>}</span>
}

/** Where the dossier stands and where it goes on, step by step. */
export function StepWords({ steps }: { steps: CasePreview['steps'] }) {
  return (
    <>
      {steps.map((step) => (
        <span class="shift">
          {step.to === step.from ? step.from : <><s>{step.from}</s> {step.to ? <b>{step.to}</b> : <i>{step.how === 'dropped' ? 'cho thôi việc này' : 'chưa có bước tương ứng'}</i>}</>}
          <small class="soft"> {step.to && step.toWho !== step.fromWho ? `${step.fromWho} → ${step.toWho}` : step.fromWho}</small>
        </span>
      ))}
    </>
  )
}

/** The case as it lies there now: one that returned is as it was before. */
export const asItIs = ({ state, preview }: Pick<Case, 'state' | 'preview'>): CasePreview => (state !== 'undone' && state !== 'left' ? preview : {
  ...preview, steps: preview.steps.map((step) => ({ ...step, to: step.from, toWho: step.fromWho })), due: { ...preview.due, after: preview.due.before, how: preview.due.how === 'none' ? 'none' : 'same' },
  fee: { ...preview.fee, after: preview.fee.before, refund: 0 },
})

/** What becomes of questions and papers, in a few words. */
export function questionWords({ left, renamed, asked, spared }: CasePreview): string {
  return [
    renamed.length > 0 ? `${renamed.length} câu chuyển chỗ` : null, left.length > 0 ? `${left.length} câu để lại` : null,
    asked.length > 0 ? `hỏi thêm ${asked.length}` : null, spared.length > 0 ? `miễn ${spared.length} yêu cầu mới` : null,
  ].filter(Boolean).join(', ') || 'không đổi'
}
