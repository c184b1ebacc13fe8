// How the dossier goes: clocks, money, papers issued, the drawing with the present step lit, every hand-over, every fact.

import type { Ctx } from '#core/ctx.ts'
import { type Callout, type Diagram, diagramOf, toSvg } from '#core/bpmn/index.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import { elapsedText, termText, workingHoursBetween, workingTimeText } from '#core/workdays/index.ts'
import { clockLines, type DossierView, OPINIONS } from '#modules/dossiers/index.ts'
import { receiptNo } from '#modules/payments/index.ts'
import type { Item, ProcessView } from '#modules/work/index.ts'
import { Basis, type DueState, LinkButton, StatusTag, Table, Timeline, type Tone, TwoClocks } from '#ui/index.ts'
import { feeRule, termRule } from '../../term-rule.ts'
import { COLLECT_AT, Due, dossierHref, dueOfDossier } from '../words.tsx'

/** The two largest units. */
const brief = (text: string): string => text.split(' ').slice(0, 4).join(' ')

export function ClocksCard({ ctx, view }: { ctx: Ctx; view: DossierView }) {
  const { dossier, clocks, pauses, version } = view
  const { legal, lived, reception } = clocks
  if (!lived.startedAt) return null
  const due = dueOfDossier(dossier, ctx)
  const to = lived.stoppedAt ?? ctx.now
  const term = version.record.channels.find((one) => one.channel === dossier.channel)?.term ?? version.record.term
  const spent = legal.startedAt
    ? workingHoursBetween(legal.startedAt, legal.stoppedAt ?? ctx.now, ctx.calendar)
      - pauses.reduce((sum, pause) => sum + workingHoursBetween(pause.from, pause.to ?? legal.stoppedAt ?? ctx.now, ctx.calendar), 0)
    : 0
  return (
    <section aria-labelledby="clocks">
      <h2 id="clocks">Thời hạn</h2>
      <TwoClocks
        from={lived.startedAt} to={to} dueAt={legal.dueAt ?? reception.dueAt} legalFrom={legal.startedAt ?? lived.startedAt}
        pauses={pauses} livedTitle="Người dân đã chờ" livedWords={brief(elapsedText(to.getTime() - lived.startedAt.getTime()))}
        legalWords={legal.startedAt ? `${brief(workingTimeText(Math.max(0, spent)).replace(' làm việc', ''))} / ${termText(term)}` : 'Chưa tiếp nhận'}
        state={(due?.state ?? 'met') as DueState} stateWords={due?.words ?? 'Đã kết thúc'} derivation={dossier.derivation ?? undefined} rule={legal.startedAt ? termRule(dossier) : 'gio-tra-loi-tiep-nhan'}
      />
      <ul class="standing">{clockLines(clocks).map((line, at) => <li><b>{line.label}</b>: {line.text} <Basis rule={['gio-tra-loi-tiep-nhan', termRule(dossier), 'ngay-tra-ket-qua'][at] ?? 'thoi-han-thu-tuc'} of={line.label} />{line.late && <> <StatusTag tone="bad">Muộn</StatusTag></>}</li>)}</ul>
      {legal.firstDueAt && legal.dueAt && legal.firstDueAt.getTime() !== legal.dueAt.getTime() && <p class="soft">Hẹn trả ban đầu: {formatDateTime(legal.firstDueAt)}. <Basis rule={termRule(dossier)} of="hẹn trả ban đầu" /></p>}
    </section>
  )
}

export function Fees({ view: { fees, payments, dossier } }: { view: DossierView }) {
  const total = fees.reduce((sum, fee) => sum + fee.amount, 0)
  const open = payments.orders.filter((order) => order.state === 'open')
  const valid = payments.receipts.filter((receipt) => receipt.state === 'valid')
  return (
    <section aria-labelledby="fees">
      <h2 id="fees">Phí, lệ phí</h2>
      {fees.length === 0 ? <p class="soft">Không thu phí, lệ phí.</p> : (
        <dl class="money">
          {fees.map((fee) => (
            <div><dt>{fee.name}</dt><dd><b>{formatVnd(fee.amount)}</b> <Basis rule={feeRule(dossier, fee.code)} of={fee.name} /></dd><dd class="soft">{[COLLECT_AT[fee.collectAt], fee.note].filter(Boolean).join('. ')}</dd></div>
          ))}
          {fees.length > 1 && <div><dt>Tổng cộng</dt><dd><b>{formatVnd(total)}</b> <Basis rule="muc-phi-le-phi" of="tổng cộng" /></dd></div>}
        </dl>
      )}
      {open.map((order) => <p><StatusTag tone="warn">{`Chưa nộp ${formatVnd(order.totalVnd)}`}</StatusTag> <Basis rule="muc-phi-le-phi" of="số chưa nộp" /> <a href={`/desk/cash/orders/${order.reference}`}>Thu, hoặc mở mã VietQR</a></p>)}
      {valid.map((receipt) => <p><StatusTag tone="good">{`Đã nộp ${formatVnd(receipt.amountVnd)}`}</StatusTag> <Basis rule="muc-phi-le-phi" of="số đã nộp" /> <a href={`/desk/cash/receipts/${receipt.id}`}>Biên lai {receiptNo(receipt)}</a></p>)}
      {total > 0 && open.length === 0 && payments.paidVnd < total && !dossier.closedAt && <p class="soft">Chưa đến lúc thu.</p>}
    </section>
  )
}

const diagrams = new Map<string, Promise<Diagram>>()

/** The layout of a drawing never changes, so it is worked out once. */
function diagram(digest: string, bpmn: string): Promise<Diagram> {
  const known = diagrams.get(digest)
  if (known) return known
  const made = diagramOf(bpmn)
  diagrams.set(digest, made)
  made.catch(() => diagrams.delete(digest))
  if (diagrams.size > 200) diagrams.delete(diagrams.keys().next().value!)
  return made
}

/** The drawing of the process as SVG text, present steps lit and finished ones marked. */
export async function processSvg(
  version: { bpmn: string; bpmnDigest: string }, lit: readonly string[], done: readonly string[] = [], callouts: readonly Callout[] = [],
): Promise<string> {
  return toSvg(await diagram(version.bpmnDigest, version.bpmn), { lit: [...lit], done: [...done].filter((id) => !lit.includes(id)), callouts: [...callouts] })
}

/** Call activities whose called process is over. */
export const calledDone = (view: DossierView, processes: readonly ProcessView[]): string[] =>
  processes.flatMap((one) => (one.link === 'call' && one.status === 'ended' && one.by && processes[0]?.id === one.parentId && view.items.some((item) => item.processId === one.id && item.state === 'done') ? [one.by] : []))

const ASKED_MARKS: Readonly<Record<DossierView['consultations'][number]['state'], Callout['mark']>> = { open: 'wait', answered: 'done', silent: 'done', withdrawn: 'gone' }

/** Opinions asked, as notes that hang on the step that asked them. */
export const asked = (view: DossierView, lit: readonly string[]): Callout[] =>
  view.consultations.filter((one) => one.state !== 'withdrawn').map((one) => {
    const step = view.items.find((item) => item.id === one.itemId)?.step ?? ''
    return {
      element: lit.find((id) => id === step || id.startsWith(`${step}__`)) ?? step, mark: ASKED_MARKS[one.state],
      text: `Hỏi ${one.unitName}`, said: one.opinion ? OPINIONS[one.opinion] : one.state === 'silent' ? 'Coi như đồng ý' : one.late ? 'Quá hạn trả lời' : `Hạn ${formatDateTime(one.dueAt)}`,
    }
  })

export function ProcessPicture({ svg, title = 'Quy trình', id = 'process' }: { svg: string; title?: string; id?: string }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div class="process" data-show=".bpmn-lit" tabIndex={0} role="region" aria-label="Sơ đồ quy trình, cuộn ngang để xem hết" dangerouslySetInnerHTML={{ __html: svg }} />
    </section>
  )
}

function standing(item: Item, now: Date): { tone: Tone; text: string } {
  if (item.state === 'cancelled') return { tone: 'plain', text: 'Không còn cần' }
  if (!item.dueAt) return { tone: 'plain', text: item.state === 'done' ? 'Xong' : 'Không tính hạn' }
  const end = item.doneAt ?? now
  const gap = Math.abs(end.getTime() - item.dueAt.getTime())
  const words = gap < 60_000 ? '' : ` ${elapsedText(gap).split(' ').slice(0, 2).join(' ')}`
  if (item.state === 'done') return end > item.dueAt ? { tone: 'bad', text: `Muộn${words}` } : { tone: 'good', text: `Sớm${words}` }
  return end > item.dueAt ? { tone: 'bad', text: `Đang muộn${words}` } : { tone: 'info', text: 'Đang làm' }
}

/** The hand-overs, as the control slip (Mẫu số 06) lists them. */
export function ControlSlip({ ctx, view, names }: { ctx: Ctx; view: DossierView; names: ReadonlyMap<string, string> }) {
  const time = (at: Date | null) => (at ? formatDateTime(at) : '—')
  const rows = view.items.map((item, i) => ({ item, no: i + 1 }))
  const who = (item: Item) => item.doneByName ?? (item.claimedBy ? names.get(item.claimedBy) : null) ?? (item.state === 'open' ? 'Chưa ai nhận' : '—')
  return (
    <section aria-labelledby="slip">
      <h2 id="slip">Phiếu kiểm soát</h2>
      {view.slip.length > 0 && <p><LinkButton icon="copy" href={dossierHref(view.dossier, '/slip')}>Từng lần giao nhận (Mẫu số 06)</LinkButton></p>}
      <Table
        caption="Phiếu kiểm soát quá trình giải quyết" captionHidden rows={rows} empty="Hồ sơ chưa qua bước nào."
        columns={[
          { key: 'step', label: 'Bước', main: true, cell: ({ item, no }) => <>{no}. {item.name}</> },
          { key: 'unit', label: 'Đơn vị', cell: ({ item }) => (item.role === 'cong_dan' ? 'Người nộp' : item.unitId ? view.unitName(item.unitId) : '—') },
          { key: 'who', label: 'Người làm', cell: ({ item }) => who(item) },
          { key: 'from', label: 'Nhận', tight: true, cell: ({ item }) => time(item.openedAt) },
          { key: 'due', label: 'Hạn', rule: termRule(view.dossier), tight: true, cell: ({ item }) => time(item.dueAt) },
          { key: 'done', label: 'Xong', tight: true, cell: ({ item }) => time(item.doneAt) },
          { key: 'how', label: 'Sớm, muộn', tight: true, cell: ({ item }) => { const { tone, text } = standing(item, ctx.now); return <StatusTag tone={tone}>{text}</StatusTag> } },
          { key: 'said', label: 'Kết quả, ghi chú', cell: ({ item }) => said(item) },
        ]}
      />
    </section>
  )
}

function said(item: Item) {
  const label = item.outcomes.find((outcome) => outcome.key === item.outcome)?.label
  if (!label && !item.note) return '—'
  return <>{label}{item.note && <div class="soft note">{item.note}</div>}</>
}

export function History({ view }: { view: DossierView }) {
  return (
    <section aria-labelledby="history">
      <h2 id="history">Lịch sử</h2>
      <Timeline
        label="Lịch sử hồ sơ, mới nhất trước"
        entries={[...view.timeline].reverse().map(({ sentence, at, who, tone, details }) => ({
          sentence, at, actor: who || undefined, tone, more: details.length > 0 ? <ul class="soft">{details.map((line) => <li>{line}</li>)}</ul> : undefined,
        }))}
      />
    </section>
  )
}

export const DueOf = ({ ctx, view }: { ctx: Ctx; view: DossierView }) => <Due due={dueOfDossier(view.dossier, ctx)} />
