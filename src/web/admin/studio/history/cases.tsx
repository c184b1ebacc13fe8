// The cases behind one figure of a trial: code, then and now; nothing of the person. The dossier itself opens under its own reading policy.

import { formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import type { Draft } from '#modules/procedures/index.ts'
import { AMOUNT_BANDS, SPAN_BANDS, type Trial, type TrialCase } from '#modules/trials/index.ts'
import { LinkButton, Notice, StatusTag, Table } from '#ui/index.ts'
import { casesHref, historyHref, trialHref } from './screen.tsx'

export const PAGE = 50

const band = (bands: typeof AMOUNT_BANDS, key: string): string => bands.find((one) => one.key === key)?.label.toLocaleLowerCase('vi') ?? key

/** What a figure counts, in words; null for one that there is not. */
export function tagWords(tag: string, trial: Trial): string | null {
  const [kind = '', second = '', third = ''] = tag.split(':')
  const questions = trial.result?.questions ?? {}
  const step = (id: string): string => trial.result?.steps.find((one) => one.id === id)?.name ?? id
  const plain: Readonly<Record<string, string>> = {
    all: 'Mọi hồ sơ', 'late:then': 'Trễ hạn, đã qua', 'late:now': 'Trễ hạn theo bản nháp', 'late:more': 'Thành trễ theo bản nháp', 'late:less': 'Hết trễ theo bản nháp', 'fee:more': 'Nộp nhiều hơn', 'fee:less': 'Nộp ít hơn',
    'fee:same': 'Phí như cũ', 'fee:unknown': 'Chưa tính được phí', 'fee:range': 'Phí tùy câu trả lời còn thiếu', running: 'Còn đang giải quyết', unaccepted: 'Chưa được tiếp nhận', ended: 'Kết thúc không có kết quả', finished: 'Đã có kết quả',
    missing: 'Thiếu câu trả lời cho câu mới', refused: 'Có câu trả lời không còn được nhận',
  }
  if (plain[tag]) return plain[tag]
  if (kind === 'missing') return `Chưa trả lời câu mới “${questions[second] ?? second}”`
  if (kind === 'refused') return `Câu trả lời cho “${questions[second] ?? second}” không còn được nhận`
  if (kind === 'step') return `Qua bước “${step(second)}”`
  if (kind === 'over') return `Quá định mức của bước “${step(second)}”`
  if (kind === 'lost') return `Đã qua bước “${step(second)}” mà bản nháp bỏ`
  if (kind === 'month') return `Nộp trong tháng ${second.slice(5)}/${second.slice(0, 4)}`
  const when = second === 'then' ? 'đã qua' : 'theo bản nháp'
  if (kind === 'fee' && third) return `Phí ${when}: ${band(AMOUNT_BANDS, third)}`
  if (kind === 'span' && third) return `Thời gian ${when}: ${band(SPAN_BANDS, third)}`
  return null
}

const late = (yes: boolean) => (yes ? <StatusTag tone="bad">Trễ</StatusTag> : <StatusTag tone="good">Đúng hạn</StatusTag>)
const due = (at: string | null) => (at ? formatDate(at.slice(0, 10)) : '—')
const fee = (one: TrialCase): string => (one.feeNow !== null ? formatVnd(one.feeNow) : one.feeFrom !== null ? `${formatVnd(one.feeFrom)} – ${formatVnd(one.feeTo!)}` : 'Chưa tính được')
const days = (hours: number | null): string => (hours === null ? '—' : `${(Math.round((hours / 8) * 10) / 10).toLocaleString('vi-VN')} ngày`)

export function CasesScreen({ draft, trial, tag, title, cases, total, page, opens }: {
  draft: Draft; trial: Trial; tag: string; title: string; cases: readonly TrialCase[]; total: number; page: number; opens: boolean
}) {
  const pages = Math.ceil(total / PAGE)
  return (
    <div class="fees">
      <link rel="stylesheet" href="/assets/heavy/feetable.css" />
      <p><a href={historyHref(draft)}>Thử trên hồ sơ cũ</a> › <a href={trialHref(draft, trial.id)}>{formatDate(trial.from)} – {formatDate(trial.to)}</a> › {title}</p>
      <h2>{title}: {total.toLocaleString('vi-VN')} hồ sơ</h2>
      {opens ? <p class="soft">Mở một hồ sơ thì theo đúng quyền xem của ông/bà; không có việc ở hồ sơ đó thì phải nêu lý do, và người nộp biết.</p> : <Notice><p>Quản trị hệ thống chỉ xem con số, không mở hồ sơ của người dân.</p></Notice>}
      <Table
        caption={title} captionHidden rows={cases} empty="Không có hồ sơ nào." rowHref={opens ? (row) => `/desk/dossiers/${encodeURIComponent(row.code)}` : undefined}
        columns={[
          { key: 'code', label: 'Hồ sơ', main: true, tight: true, cell: (row) => row.code },
          { key: 'at', label: 'Nộp lúc', tight: true, cell: (row) => formatDateTime(row.submittedAt) },
          { key: 'late', label: 'Đã qua', tight: true, cell: (row) => (row.dueThen ? late(row.lateThen) : '—') },
          { key: 'lateNow', label: 'Theo bản nháp', tight: true, cell: (row) => (row.dueNow ? late(row.lateNow) : '—') },
          { key: 'due', label: 'Hạn', tight: true, cell: (row) => (due(row.dueThen) === due(row.dueNow) ? due(row.dueThen) : `${due(row.dueThen)} → ${due(row.dueNow)}`) },
          { key: 'span', label: 'Thời gian', num: true, cell: (row) => (days(row.spanThen) === days(row.spanNow) ? days(row.spanThen) : `${days(row.spanThen)} → ${days(row.spanNow)}`) },
          { key: 'fee', label: 'Phí', num: true, cell: (row) => (row.feeNow === row.feeThen ? formatVnd(row.feeThen) : `${formatVnd(row.feeThen)} → ${fee(row)}`) },
        ]}
      />
      {pages > 1 && (
        <nav class="pages" aria-label="Trang">
          {page > 1 && <LinkButton icon="left" href={`${casesHref(draft, trial.id, tag)}&page=${page - 1}`}>Trước</LinkButton>}
          <span>Trang {page} trên {pages}</span>
          {page < pages && <LinkButton icon="right" href={`${casesHref(draft, trial.id, tag)}&page=${page + 1}`}>Sau</LinkButton>}
        </nav>
      )}
    </div>
  )
}

