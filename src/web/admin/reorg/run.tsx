// The way of a plan after it is drawn: sent, confirmed by a second person, executed on its day, watched while it runs, rolled back within its window.

import { lastingWords, leftMs, type Shut } from '#core/db/gate.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { expectedMs, type Plan, type Preview, type Seal, triesByItself, type Undone } from '#modules/reorg/index.ts'
import { Actions, Alert, Button, DayInput, Details, ErrorSummary, Form, KeyFigures, LinkButton, Notice, Progress, type ShownError, Steps, SummaryList, Table } from '#ui/index.ts'
import { PlanFrame } from './plan.tsx'
import { Faults } from './report.tsx'
import { count, planHref } from './words.ts'

const ORDER = ['nhap', 'cho_xac_nhan', 'da_xac_nhan', 'da_thi_hanh'] as const

function Course({ plan }: { plan: Plan }) {
  if (plan.state === 'da_huy') return null
  const at = plan.state === 'dang_chay' ? 2 : plan.state === 'da_hoan_tac' ? 4 : ORDER.indexOf(plan.state as never)
  const state = (n: number) => (n < at ? ('done' as const) : n === at ? ('current' as const) : ('todo' as const))
  const last = plan.state === 'da_hoan_tac' ? 'Đã hoàn tác' : plan.rollBackUntil ? `Hoàn tác được đến ${formatDate(plan.rollBackUntil)}` : 'Hoàn tác được trong thời hạn'
  return <Steps listed label="Đường đi của kế hoạch" steps={['Soạn và xem trước', 'Người thứ hai xác nhận', 'Thi hành', last].map((label, n) => ({ label, state: state(n) }))} />
}

export interface RunView {
  readonly plan: Plan
  /** As it would be now; null when it is not asked for in this state. */
  readonly preview: Preview | null
  /** Why each act is not offered; null when it is. */
  readonly refused: { readonly send: string | null; readonly confirm: string | null; readonly giveBack: string | null; readonly cancel: string | null; readonly execute: string | null; readonly rollBack: string | null; readonly keep: string | null }
  /** How far the run under way has come; null when nobody is at it. */
  readonly far: Shut | 'beginning' | null
  /** When the preview was worked out. */
  readonly at: Date | null
  readonly seals: readonly Seal[]
  readonly today: string
  readonly errors: readonly ShownError[]
}

/** What a run does, how far it is, how long it may still take. */
function Running({ plan, far }: { plan: Plan; far: Shut | 'beginning' }) {
  const shut = far === 'beginning' ? null : far
  const left = shut && leftMs(shut)
  const times = shut && [`đã chạy ${lastingWords(shut.elapsedMs)}`, left ? `còn nhiều nhất khoảng ${lastingWords(left)}` : shut.expectedMs ? 'lâu hơn dự kiến, vẫn đang chạy' : null].filter(Boolean).join(', ')
  return (
    <section aria-live="polite">
      <h2>{plan.state === 'da_thi_hanh' ? 'Đang hoàn tác' : 'Đang thi hành'}</h2>
      {shut?.of ? <Progress label={`${shut.doing ?? 'Đang chuyển'}: phần ${count(Math.min(shut.done + 1, shut.of))} trên ${count(shut.of)}`} value={shut.done} max={shut.of} text={times ?? undefined} /> : <Progress label="Chờ các việc đang ghi dở xong rồi bắt đầu" text={times ?? undefined} />}
      <p class="measure">Mọi thay đổi nằm trong một giao dịch: xong hết thì cùng có hiệu lực, dừng giữa chừng thì không có gì thay đổi. Việc người khác gửi lên trong lúc này được báo chờ; không mất gì đã gửi. Đóng trang này việc vẫn chạy tiếp; trang tự tải lại.</p>
    </section>
  )
}

/** Why the last try stopped, and that nothing has happened. */
function Stopped({ plan, mayExecute }: { plan: Plan; mayExecute: boolean }) {
  const back = plan.state === 'da_thi_hanh'
  return (
    <Alert title={`Lần ${back ? 'hoàn tác' : 'thi hành'} trước${!back && plan.beganAt ? `, bắt đầu lúc ${formatDateTime(plan.beganAt)},` : ''} đã dừng; chưa có gì thay đổi`}>
      <ul>{plan.halted.map((fault) => <li>{fault.href ? <a href={fault.href}>{fault.message}</a> : fault.message}</li>)}</ul>
      {!back && mayExecute && <p>Bấm Thi hành lại khi đã xử lý; hoặc trả lại để sửa, hoặc hủy kế hoạch ở cuối trang.</p>}
    </Alert>
  )
}

export function RunScreen({ plan, preview, refused, far, at, seals, today, errors }: RunView) {
  const running = far !== null
  const href = (more: string) => planHref(plan.id, `/run/${more}`)
  return (
    <PlanFrame plan={plan} tab="run">
      <ErrorSummary errors={errors} />
      <Course plan={plan} />
      {plan.halted.length > 0 && !running && (plan.state === 'da_xac_nhan' || plan.state === 'da_thi_hanh') && <Stopped plan={plan} mayExecute={!refused.execute} />}
      {far !== null && <Running plan={plan} far={far} />}
      {preview && <Faults faults={preview.faults} plan={plan} />}
      {preview && at && !running && <p class="soft">Xem trước lúc {formatDateTime(at)}. <a href={href('').replace(/\/$/, '?anew=1')}>Tính lại bây giờ</a></p>}
      {!running && plan.state === 'nhap' && (
        <Form action={href('sending')}>
          <input type="hidden" name="revision" value={String(plan.revision)} />
          <p class="measure">Gửi thì kế hoạch khóa lại. Người xác nhận là Chủ tịch, Chánh Văn phòng Ủy ban nhân dân tỉnh hoặc một quản trị hệ thống khác, không phải người đã soạn hay gửi.</p>
          {refused.send && <Notice tone="warn"><p>{refused.send}</p></Notice>}
          <Actions>{!refused.send && <Button look="primary" icon="send">Gửi xác nhận</Button>}<LinkButton href={planHref(plan.id)}>Sửa tiếp</LinkButton></Actions>
        </Form>
      )}
      {!running && plan.state === 'cho_xac_nhan' && (
        <section>
          <p>{plan.sentByName} gửi lúc {plan.sentAt && formatDateTime(plan.sentAt)}. <a href={planHref(plan.id, '/report')}>Xem toàn bộ những gì sẽ đổi</a></p>
          {refused.confirm ? <Notice><p>{refused.confirm}</p></Notice> : (
            <Form action={href('confirmation')}>
              <input type="hidden" name="digest" value={preview?.digest ?? ''} />
              <p class="measure">Xác nhận nghĩa là đã xem các bước, số liệu và cảnh báo ở trên. {plan.day <= today ? 'Ngày có hiệu lực đã đến: xác nhận xong, kế hoạch thi hành ngay.' : `Kế hoạch tự thi hành đầu ngày ${formatDate(plan.day)}, hoặc quản trị bấm thi hành từ ngày ấy.`}</p>
              <Actions><Button look="primary" icon="check">Xác nhận kế hoạch</Button></Actions>
            </Form>
          )}
        </section>
      )}
      {!running && plan.state === 'da_xac_nhan' && (
        <section>
          <p>{plan.confirmedByName} xác nhận lúc {plan.confirmedAt && formatDateTime(plan.confirmedAt)}. {plan.halted.length === 0 ? `Tự thi hành đầu ngày ${formatDate(plan.day)}.` : triesByItself(plan, today) ? 'Hệ thống tự thử lại trong vòng một giờ.' : 'Hệ thống không tự thử lại: xử lý xong thì bấm Thi hành lại.'}</p>
          {refused.execute ? <Notice><p>{refused.execute}</p></Notice> : (
            <Form action={href('execution')}>
              {preview && <p class="measure">Dự kiến nhiều nhất khoảng {lastingWords(expectedMs(preview.totals))}. Trong lúc ấy không ai ghi thêm được gì vào hệ thống; việc gửi lên được báo chờ, không mất gì đã gửi.</p>}
              <Actions><Button look="primary" icon="right" busyText="Đang bắt đầu…">{plan.halted.length > 0 ? 'Thi hành lại' : 'Thi hành ngay'}</Button></Actions>
            </Form>
          )}
        </section>
      )}
      {plan.report && plan.executedAt && (
        <section>
          <h2>Đã thi hành</h2>
          <KeyFigures
            items={[
              { label: 'Đơn vị kết thúc', value: plan.report.totals.ending }, { label: 'Đơn vị thành lập', value: plan.report.totals.created }, { label: 'Hồ sơ chuyển', value: plan.report.totals.dossiers },
              { label: 'Người dân được báo', value: plan.report.totals.citizens, note: plan.toldAt ? `gửi xong ${formatDateTime(plan.toldAt)}` : plan.report.totals.citizens === 0 ? 'không ai có hồ sơ ở đây' : 'đang gửi' }, { label: 'Thời gian', value: (plan.report.tookMs / 1000).toLocaleString('vi-VN', { maximumFractionDigits: 1 }), unit: 'giây' },
            ]}
          />
          <p>{plan.executedByName}, {formatDateTime(plan.executedAt)}. <a href={planHref(plan.id, '/report')}>Xem báo cáo</a></p>
          {plan.state === 'da_thi_hanh' && !running && (refused.rollBack
            ? <Notice><p>{refused.rollBack}</p></Notice>
            : <><p>Còn hoàn tác được đến {plan.rollBackUntil && formatDateTime(plan.rollBackUntil)}.</p><Actions><LinkButton look="danger" icon="left" href={planHref(plan.id, '/rollback')}>Xem trước việc hoàn tác</LinkButton></Actions></>)}
        </section>
      )}
      {seals.length > 0 && plan.state === 'da_thi_hanh' && <Seals plan={plan} seals={seals} today={today} mayKeep={refused.keep === null} />}
      {plan.state === 'da_hoan_tac' && plan.undone && <UndoneView plan={plan} undone={plan.undone} />}
      {!running && (!refused.giveBack || !refused.cancel) && (
        <Details summary={refused.giveBack ? 'Hủy kế hoạch' : refused.cancel ? 'Trả lại để sửa' : 'Trả lại hoặc hủy'} open={errors.length > 0}>
          {!refused.giveBack && (
            <Form action={href('return')}>
              <div class="q"><label class="label" for="note">Trả lại để sửa</label><p class="hint">Ghi cần sửa điều gì; người soạn thấy lời này.</p><textarea id="note" name="note" rows={2} /></div>
              <Actions><Button icon="left">Trả lại</Button></Actions>
            </Form>
          )}
          {!refused.cancel && (
            <Form action={href('cancellation')}>
              <div class="q"><label class="label" for="why">Hủy kế hoạch</label><p class="hint">Ghi lý do. Kế hoạch đã hủy vẫn xem lại được, không thi hành được nữa.</p><textarea id="why" name="note" rows={2} /></div>
              <Actions><Button look="danger" icon="stop">Hủy kế hoạch</Button></Actions>
            </Form>
          )}
        </Details>
      )}
    </PlanFrame>
  )
}

const SEALS: Readonly<Record<string, { readonly label: string; readonly done: string }>> = {
  return: { label: 'Nộp lại dấu cũ', done: 'Đã nộp lại' }, order: { label: 'Khắc dấu mới', done: 'Đã nhận dấu' }, change: { label: 'Đổi dấu', done: 'Đã đổi' },
}
const MOST_SEALS = 60

/** Seals are things in drawers: people see to them, the plan only keeps count (NĐ 99/2016/NĐ-CP). */
function Seals({ plan, seals, today, mayKeep }: { plan: Plan; seals: readonly Seal[]; today: string; mayKeep: boolean }) {
  const open = seals.filter(({ doneOn }) => doneOn === null)
  return (
    <section id="seals">
      <h2>Con dấu: còn {count(open.length)} trên {count(seals.length)}</h2>
      <p class="measure">Dấu của đơn vị kết thúc nộp lại, dấu của đơn vị mới khắc ở cơ quan công an (Nghị định 99/2016/NĐ-CP).</p>
      <Table
        caption="Con dấu" captionHidden rows={[...open, ...seals.filter(({ doneOn }) => doneOn !== null)].slice(0, MOST_SEALS)} empty=""
        columns={[
          { key: 'unit', label: 'Đơn vị', main: true, cell: (seal) => seal.unitName }, { key: 'kind', label: 'Việc', cell: (seal) => SEALS[seal.kind]?.label ?? seal.kind },
          {
            key: 'done', label: 'Đã xong', cell: (seal) => seal.doneOn ? `${formatDate(seal.doneOn)}${seal.doneByName ? `, ${seal.doneByName}` : ''}` : mayKeep ? (
              <Form action={planHref(plan.id, '/run/seals')} class="picks">
                <input type="hidden" name="seal" value={seal.id} />
                <DayInput name="on" value={today} aria-label={`Ngày: ${SEALS[seal.kind]?.label} của ${seal.unitName}`} />
                <Button>{SEALS[seal.kind]?.done ?? 'Xong'}</Button>
              </Form>
            ) : 'Chưa',
          },
        ]}
      />
      {seals.length > MOST_SEALS && <p class="soft">Còn {count(seals.length - MOST_SEALS)} con dấu; các dấu đã xong lùi xuống cuối.</p>}
    </section>
  )
}

function UndoneView({ plan, undone }: { plan: Plan; undone: Undone }) {
  return (
    <section>
      <h2>Đã hoàn tác</h2>
      <SummaryList
        rows={[
          { label: 'Ai, lúc nào', value: `${plan.rolledBackByName}, ${plan.rolledBackAt ? formatDateTime(plan.rolledBackAt) : ''}` }, { label: 'Lý do', value: plan.rollBackReason },
          { label: 'Trở về đúng như cũ', value: undone.lines.filter(({ went }) => went === 'Trở về như trước').map(({ text }) => text).join('; ') || `${count(undone.returned)} bản ghi` },
          { label: 'Trở về cùng việc đã làm thêm', value: count(undone.worked) }, { label: 'Mới phát sinh, giao đơn vị giữ', value: count(undone.fresh) },
        ]}
      />
    </section>
  )
}
