// The way of a plan after it is drawn: sent, confirmed by a second person, executed on its day, watched while it runs, rolled back within its window.

import { formatDate, formatDateTime } from '#core/text/index.ts'
import type { Plan, Preview, RollBackPreview, Seal, Undone } from '#modules/reorg/index.ts'
import { Actions, Alert, Button, Confirm, Details, ErrorSummary, Form, KeyFigures, LinkButton, Notice, PageHeading, Progress, type ShownError, Steps, SummaryList, Table } from '#ui/index.ts'
import { PlanFrame } from './plan.tsx'
import { Faults } from './report.tsx'
import { count, planHref } from './words.ts'

const ORDER = ['nhap', 'cho_xac_nhan', 'da_xac_nhan', 'da_thi_hanh'] as const

function Course({ plan }: { plan: Plan }) {
  const at = plan.state === 'dang_chay' ? 2 : plan.state === 'da_hoan_tac' ? 4 : Math.max(0, ORDER.indexOf(plan.state as never))
  const state = (n: number) => (n < at || plan.state === 'da_thi_hanh' ? ('done' as const) : n === at ? ('current' as const) : ('todo' as const))
  return <Steps label="Đường đi của kế hoạch" steps={[{ label: 'Soạn và xem trước', state: state(0) }, { label: 'Người thứ hai xác nhận', state: state(1) }, { label: 'Thi hành', state: state(2) }, { label: 'Hoàn tác được đến hết hạn', state: state(3) }]} />
}

export interface RunView {
  readonly plan: Plan
  /** As it would be now; null when it is not asked for in this state. */
  readonly preview: Preview | null
  /** Why each act is not offered; null when it is. */
  readonly refused: { readonly send: string | null; readonly confirm: string | null; readonly giveBack: string | null; readonly cancel: string | null; readonly execute: string | null; readonly rollBack: string | null; readonly keep: string | null }
  readonly running: boolean
  /** Rows written so far by the run under way, where known. */
  readonly written: number | null
  readonly seals: readonly Seal[]
  readonly today: string
  readonly errors: readonly ShownError[]
}

export function RunScreen({ plan, preview, refused, running, written, seals, today, errors }: RunView) {
  const href = (more: string) => planHref(plan.id, `/run/${more}`)
  return (
    <PlanFrame plan={plan} tab="run">
      <ErrorSummary errors={errors} />
      <Course plan={plan} />
      {plan.halted.length > 0 && !running && plan.state === 'da_xac_nhan' && (
        <Alert title="Lần thi hành trước đã dừng, chưa có gì thay đổi"><ul>{plan.halted.map((fault) => <li>{fault.message}</li>)}</ul></Alert>
      )}
      {running && (
        <section aria-live="polite">
          <h2>Đang thi hành</h2>
          <Progress label={written === null ? 'Đang chuyển đơn vị, cán bộ, hồ sơ' : `Đã ghi ${count(written)} dòng thay đổi vào nhật ký`} text="Trang tự tải lại vài giây một lần" />
          <p class="measure">Mọi thay đổi nằm trong một giao dịch: xong hết thì cùng có hiệu lực, lỗi giữa chừng thì không có gì thay đổi. Đóng trang này việc vẫn chạy tiếp.</p>
        </section>
      )}
      {preview && <Faults faults={preview.faults} plan={plan} />}
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
          <p>{plan.confirmedByName} xác nhận lúc {plan.confirmedAt && formatDateTime(plan.confirmedAt)}. Tự thi hành đầu ngày {formatDate(plan.day)}.</p>
          {refused.execute ? <Notice><p>{refused.execute}</p></Notice> : (
            <Form action={href('execution')}>
              <Actions><Button look="primary" icon="right" busyText="Đang bắt đầu…">Thi hành ngay</Button></Actions>
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
              { label: 'Người dân được báo', value: plan.report.totals.citizens, note: plan.toldAt ? `gửi xong ${formatDateTime(plan.toldAt)}` : 'đang gửi' }, { label: 'Thời gian', value: (plan.report.tookMs / 1000).toLocaleString('vi-VN', { maximumFractionDigits: 1 }), unit: 'giây' },
            ]}
          />
          <p>{plan.executedByName}, {formatDateTime(plan.executedAt)}. <a href={planHref(plan.id, '/report')}>Xem báo cáo</a></p>
          {plan.state === 'da_thi_hanh' && (refused.rollBack
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
                <input type="date" name="on" value={today} max={today} aria-label={`Ngày: ${SEALS[seal.kind]?.label} của ${seal.unitName}`} />
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
          { label: 'Trở về đúng như cũ', value: `${count(undone.returned)} dòng dữ liệu` }, { label: 'Trở về cùng việc đã làm thêm', value: count(undone.worked) }, { label: 'Mới phát sinh, giao đơn vị giữ', value: count(undone.fresh) },
        ]}
      />
    </section>
  )
}

export interface RollBackView {
  readonly plan: Plan
  readonly preview: RollBackPreview
  /** Units that may keep what is new. */
  readonly keepers: readonly { readonly id: string; readonly name: string }[]
  readonly reason: string
  readonly errors: readonly ShownError[]
}

export function RollBackScreen({ plan, preview, keepers, reason, errors }: RollBackView) {
  const stops = preview.faults.filter(({ severity }) => severity === 'stops')
  const sum = (lines: readonly { readonly count: number }[]) => lines.reduce((total, line) => total + line.count, 0)
  const pick = new Map([...preview.fresh.map((line) => [line.unitId ?? '', line.keeper] as const), ...preview.remain.map((one) => [one.id, one.keeper] as const)])
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title="Hoàn tác kế hoạch" lead={`${plan.title}. Đơn vị, mã, chức danh, hồ sơ trở về như trước ngày thi hành; điều gì đã làm từ đó vẫn còn.`} />
      <KeyFigures
        items={[
          { label: 'Trở về đúng như cũ', value: sum(preview.returns) }, { label: 'Trở về cùng việc đã làm thêm', value: sum(preview.worked) }, { label: 'Mới phát sinh, cần nơi giữ', value: sum(preview.fresh), hot: sum(preview.fresh) > 0 },
          { label: 'Hạn hoàn tác', value: preview.until ? formatDate(preview.until) : '—' },
        ]}
      />
      {preview.faults.length > 0 && <Faults faults={preview.faults} plan={plan} />}
      <section class="two">
        <div><h2>Trở về</h2><ul>{preview.returns.map((line) => <li>{line.text}</li>)}</ul></div>
        <div>
          <h2>Không trở về được</h2>
          {preview.worked.length + preview.fresh.length + preview.remain.length === 0 ? <p class="soft">Mọi thứ đều trở về được.</p> : (
            <ul>
              {preview.worked.map((line) => <li>{line.text}{line.went && `: ${line.went}`}</li>)}
              {preview.remain.map((one) => <li>{one.name} ở lại như một đơn vị đã kết thúc: {one.because}</li>)}
            </ul>
          )}
          <p class="soft">Tin đã gửi cho người dân không lấy lại được; họ được báo thêm một tin. Số đã cấp trong thời gian ấy vẫn là số đã cấp.</p>
        </div>
      </section>
      <Confirm
        title="Đồng ý hoàn tác" action={planHref(plan.id, '/rollback')} confirmLabel="Hoàn tác" cancelHref={planHref(plan.id, '/run')} danger={stops.length === 0} hidden={{ digest: preview.digest }}
        fields={
          <>
            {preview.fresh.length > 0 && (
              <Table
                caption="Việc mới phát sinh ở đơn vị sẽ không còn: ai giữ" rows={preview.fresh} empty=""
                columns={[
                  { key: 'text', label: 'Việc', main: true, cell: (line) => line.text },
                  { key: 'keeper', label: 'Đơn vị giữ', cell: (line) => <Keeper unit={line.unitId ?? ''} chosen={pick.get(line.unitId ?? '') ?? line.keeper} named={line.keeperName} keepers={keepers} /> },
                ]}
              />
            )}
            <div class={errors.some(({ key }) => key === 'reason') ? 'q wrong' : 'q'}>
              <label class="label" for="reason">Căn cứ và lý do hoàn tác</label>
              <textarea id="reason" name="reason" rows={3}>{reason}</textarea>
            </div>
          </>
        }
      >
        <p>Hoàn tác chạy trong một giao dịch, như khi thi hành: hoặc trọn vẹn, hoặc không có gì thay đổi.</p>
      </Confirm>
    </>
  )
}

function Keeper({ unit, chosen, named, keepers }: { unit: string; chosen: string; named: string; keepers: RollBackView['keepers'] }) {
  return (
    <select name={`keeper.${unit}`} aria-label="Đơn vị giữ">
      <option value={chosen}>{named}</option>
      {keepers.filter(({ id }) => id !== chosen).map(({ id, name }) => <option value={id}>{name}</option>)}
    </select>
  )
}
