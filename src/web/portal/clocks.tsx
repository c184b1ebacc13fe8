// Both clocks of a dossier in words: what the law counts, and how long the person has waited.

import type { Ctx } from '#core/ctx.ts'
import { relativeDue } from '#core/text/index.ts'
import { localDate, termText, workingHoursBetween, workingTimeText } from '#core/workdays/index.ts'
import { clockLines, type DossierView, evaluateDossier, ruleOn } from '#modules/dossiers/index.ts'
import { type DueState, StatusTag, SummaryList, TwoClocks } from '#ui/index.ts'
import { capital, elapsed, termRule } from './words.ts'

const SOON_HOURS = 8
const answerFirst = (rule: { readonly value: number; readonly clause: string }): string =>
  `Hồ sơ nộp trên mạng phải được trả lời trong ${rule.value} giờ làm việc (${rule.clause}). Thời hạn giải quyết tính từ khi tiếp nhận.`

function stateOf(view: Pick<DossierView, 'clocks' | 'dossier'>, dueAt: Date | null, now: Date, ctx: Ctx): DueState {
  const { legal } = view.clocks
  if (legal.state === 'stopped') return legal.late ? 'met_late' : 'met'
  if (legal.state === 'paused' || !dueAt) return 'paused'
  if (dueAt < now) return 'late'
  return workingHoursBetween(now, dueAt, ctx.calendar) <= SOON_HOURS ? 'soon' : 'in_time'
}

/** Time used of the term, without the pauses; calendar terms by the calendar. */
function used(ctx: Ctx, view: DossierView, from: Date, to: Date, byCalendar: boolean): string {
  const spans = view.pauses.map((pause) => [pause.from, pause.to ?? to] as const)
  if (byCalendar) return elapsed(to.getTime() - from.getTime() - spans.reduce((sum, [a, b]) => sum + (b.getTime() - a.getTime()), 0))
  const hours =
    workingHoursBetween(from, to, ctx.calendar) - spans.reduce((sum, [a, b]) => sum + workingHoursBetween(a, b, ctx.calendar), 0)
  return workingTimeText(Math.max(0, hours))
}

/** The three clocks of the law, apart; the lived one stands above them. */
export const ThreeClocks = ({ view }: { view: DossierView }) => (
  <SummaryList
    rows={clockLines(view.clocks).map(({ label, text, late }, at) => ({ label, rule: ['gio-tra-loi-tiep-nhan', termRule(view.dossier), 'ngay-tra-ket-qua'][at], value: late ? <><StatusTag tone="bad">Muộn</StatusTag> {text}</> : text }))}
  />
)

export function Clocks({ ctx, view }: { ctx: Ctx; view: DossierView }) {
  const { dossier, clocks, version, parts } = view
  if (!dossier.submittedAt) return null
  const { now } = ctx
  const to = clocks.lived.stoppedAt ?? now
  const livedWords = elapsed(to.getTime() - dossier.submittedAt.getTime())
  if (!dossier.acceptedAt) {
    const waiting = clocks.reception.state === 'running'
    const rule = ruleOn(ctx, 'receptionHours', localDate(dossier.submittedAt), localDate(now))
    const due = waiting ? dossier.receptionDueAt : null
    const hours = workingTimeText(workingHoursBetween(dossier.submittedAt, to, ctx.calendar))
    return (
      <TwoClocks
        from={dossier.submittedAt}
        to={to}
        legalFrom={waiting ? dossier.submittedAt : to}
        dueAt={due}
        legalWords={waiting ? capital(`${hours}, trên ${rule.value} giờ để trả lời`) : 'Chưa bắt đầu tính'}
        livedWords={capital(livedWords)}
        state={due ? (due < now ? 'late' : 'in_time') : 'paused'}
        stateWords={due ? capital(relativeDue(due, now, ctx.calendar)) : 'Chưa tiếp nhận'}
        rule={rule.id}
        derivation={
          waiting
            ? answerFirst(rule)
            : undefined
        }
      />
    )
  }
  const { term } = evaluateDossier(ctx, { ...dossier, submittedAt: dossier.acceptedAt }, version, parts)
  const legalTo = clocks.legal.stoppedAt ?? now
  const spent = used(ctx, view, dossier.acceptedAt, legalTo, term.unit === 'ngay' || term.unit === 'thang')
  const state = stateOf(view, dossier.dueAt, now, ctx)
  return (
    <TwoClocks
      from={dossier.submittedAt}
      to={to}
      legalFrom={dossier.acceptedAt}
      legalTo={legalTo}
      dueAt={dossier.dueAt}
      pauses={view.pauses}
      legalWords={`${capital(spent)} trên ${termText(term)}`}
      livedWords={capital(livedWords)}
      state={state}
      stateWords={
        dossier.dueAt && (state === 'in_time' || state === 'soon' || state === 'late')
          ? capital(relativeDue(dossier.dueAt, now, ctx.calendar))
          : undefined
      }
      derivation={dossier.derivation ?? undefined}
      rule={termRule(dossier)}
    />
  )
}
