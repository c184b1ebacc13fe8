// One plan on one page: how far it is and what comes next, what was chosen, the report of the trial, what came of it, and the way back.

import { formatDateTime } from '#core/text/index.ts'
import { Button, Actions, Details, ErrorSummary, Form, KeyFigures, LinkButton, Notice, PageHeading, Progress } from '#ui/index.ts'
import { UNDO_DAYS, undoUntil } from '#modules/moves/index.ts'
import { Cases, type CasesView } from './cases.tsx'
import { Mapping, type MappingView } from './mapping.tsx'
import { movesHref, PlanTag } from './words.tsx'

export interface PlanScreenView extends MappingView, Omit<CasesView, 'plan' | 'counts' | 'write'> {
  readonly name: string
  /** Why this reader does not confirm; null when they may. */
  readonly refusedConfirm: string | null
  readonly refusedUndo: string | null
  readonly now: Date
}

export function PlanScreen(view: PlanScreenView) {
  const { plan, sides, counts } = view
  const base = movesHref(plan.code, plan.id)
  const planned = plan.state === 'drafting' || plan.state === 'waiting'
  return (
    <>
      <link rel="stylesheet" href="/assets/heavy/moves.css" />
      <PageHeading
        title={`Chuyển hồ sơ: phiên bản ${sides.from.number} → ${sides.to.number}`} lead={view.name}
        meta={<><b>{plan.code}</b><PlanTag state={plan.state} /><span class="soft">{plan.madeByName} lập, {formatDateTime(plan.madeAt)}</span></>}
        action={<LinkButton look="quiet" href={movesHref(plan.code)}>Các đợt chuyển</LinkButton>}
      />
      <Standing view={view} />
      {plan.state === 'done' && plan.undoBy && <WayBack view={view} />}
      {planned ? (
        <KeyFigures items={[
          { label: `Đang theo phiên bản ${sides.from.number}`, value: counts.total, unit: 'hồ sơ' }, { label: 'Chuyển được ngay', value: counts.verdicts.moves },
          { label: 'Cần chọn', value: counts.verdicts.choice, hot: counts.verdicts.choice > 0 }, { label: 'Không chuyển được', value: counts.verdicts.stuck },
        ]} />
      ) : (
        <KeyFigures items={[
          { label: 'Đã chọn', value: counts.chosen, unit: 'hồ sơ' }, { label: 'Đã chuyển', value: counts.states.moved + counts.states.undone + counts.states.stayed },
          { label: 'Để lại, nêu lý do', value: counts.states.left, hot: counts.states.left > 0 }, ...(counts.states.undone + counts.states.stayed > 0 ? [{ label: 'Đã trở lại như cũ', value: counts.states.undone }, { label: 'Không hoàn lại', value: counts.states.stayed, hot: counts.states.stayed > 0 }] : []),
        ]} />
      )}
      {plan.state === 'drafting' && <Mapping {...view} />}
      <Cases {...view} />
      {plan.state !== 'drafting' && <Details summary="Các lựa chọn của đợt này"><Mapping {...view} write={false} /></Details>}
      {((plan.state === 'done' && !plan.undoBy) || plan.state === 'undoing' || plan.state === 'undone') && <WayBack view={view} />}
      {plan.state === 'drafting' && view.write && (
        <Form action={`${base}/droppings`} class="drop-plan"><Button look="quiet" icon="cross">Bỏ đợt này, không chuyển</Button></Form>
      )}
    </>
  )
}

/** How far it is, and who does what next. */
function Standing({ view }: { view: PlanScreenView }) {
  const { plan, counts, write, refusedConfirm } = view
  const base = movesHref(plan.code, plan.id)
  const asked = plan.reason && <><p>{plan.reason}</p><p class="soft">Căn cứ: {plan.decision}. {plan.askedByName} đề nghị{plan.askedAt ? `, ${formatDateTime(plan.askedAt)}` : ''}{plan.confirmedByName ? `; ${plan.confirmedByName} xác nhận, ${formatDateTime(plan.confirmedAt!)}` : ''}.</p></>
  if (plan.state === 'drafting') {
    return plan.triedAt
      ? <div class="tried"><p class="soft">Chạy thử lúc {formatDateTime(plan.triedAt)}, chưa đổi gì ở hồ sơ nào. Hồ sơ thay đổi sau đó được xét lại khi chuyển.</p><TryAgain base={base} write={write} /></div>
      : <><Progress label="Đang chạy thử" value={plan.tried} max={Math.max(plan.tried + 100, counts.total)} text={`${plan.tried} hồ sơ đã xem`} /><p class="soft">Trang tự cập nhật.</p></>
  }
  if (plan.state === 'waiting') {
    return (
      <Notice tone="warn" title={`${counts.chosen.toLocaleString('vi-VN')} hồ sơ chờ người thứ hai xác nhận`}>
        {asked}
        {write && (refusedConfirm ? <p>{refusedConfirm}</p> : (
          <>
            <Form action={`${base}/confirmations`}><input type="hidden" name="revision" value={plan.revision} /><Actions><Button look="primary" busyText="Đang bắt đầu…">{`Xác nhận chuyển ${counts.chosen.toLocaleString('vi-VN')} hồ sơ`}</Button></Actions></Form>
            <Details summary="Không đồng ý, trả lại người lập"><Form action={`${base}/returns`} class="ask"><label for="note">Điều cần sửa</label><textarea id="note" name="note" rows={2} maxLength={1000} /><Actions><Button>Trả lại</Button></Actions></Form></Details>
          </>
        ))}
        {write && refusedConfirm && <Form action={`${base}/droppings`}><Button look="quiet">Rút lại, bỏ đợt này</Button></Form>}
      </Notice>
    )
  }
  const over = counts.states.moved + counts.states.left
  if (plan.state === 'running') return <div class="live"><Progress label="Đang chuyển từng hồ sơ" value={over} max={counts.chosen} text={`${over} / ${counts.chosen}`} />{asked}<p class="soft">Trang tự cập nhật. Có thể đóng trang, việc chuyển vẫn tiếp tục.</p></div>
  if (plan.state === 'undoing') {
    const back = counts.states.undone + counts.states.stayed
    return <div class="live"><Progress label="Đang hoàn lại từng hồ sơ" value={back} max={back + counts.states.moved} text={`${back} / ${back + counts.states.moved}`} /><p class="soft">Trang tự cập nhật.</p></div>
  }
  if (plan.state === 'dropped') return <Notice><p>Đợt này đã bỏ, không hồ sơ nào bị đổi.</p></Notice>
  return (
    <Notice tone={counts.states.left > 0 ? 'warn' : 'good'} title={plan.state === 'undone' ? `Đã hoàn lại ${counts.states.undone} hồ sơ` : `Đã chuyển ${counts.states.moved} hồ sơ${counts.states.left > 0 ? `, để lại ${counts.states.left}` : ''}`}>
      {asked}
      {plan.state === 'undone' && <p class="soft">Hoàn lại: {plan.undoReason} ({plan.undoByName}{plan.undoConfirmedByName ? `, ${plan.undoConfirmedByName} xác nhận` : ''}).</p>}
      {counts.states.left > 0 && <p>Hồ sơ để lại vẫn theo phiên bản cũ; lý do ở từng dòng bên dưới. Muốn xét lại, <a href={movesHref(plan.code)}>lập đợt mới</a>.</p>}
    </Notice>
  )
}

const TryAgain = ({ base, write }: { base: string; write: boolean }) => (write ? <Form action={`${base}/trials`}><Button look="quiet" icon="search" busyText="Đang chạy thử…">Chạy thử lại</Button></Form> : null)

/** Taking a batch back: whoever has not moved on returns exactly to what they were. */
function WayBack({ view: { plan, counts, write, refusedUndo, sides, errors, now } }: { view: PlanScreenView }) {
  const base = movesHref(plan.code, plan.id)
  if (plan.state === 'undone') {
    return counts.states.stayed > 0 ? <Notice tone="warn" title={`${counts.states.stayed} hồ sơ không hoàn lại`}><p>Các hồ sơ này đã được xử lý tiếp sau khi chuyển. Muốn đưa về phiên bản {sides.from.number}, <a href={`${movesHref(plan.code)}?from=${sides.to.number}&to=${sides.from.number}`}>lập đợt chuyển ngược lại</a>; mỗi hồ sơ được tính lại theo bước hiện tại.</p></Notice> : null
  }
  if (!write || plan.state === 'undoing' || counts.states.moved === 0 || !plan.doneAt) return null
  const until = undoUntil(plan.doneAt)
  if (now > until) {
    return <p class="soft">Hết {UNDO_DAYS} ngày hoàn lại từ {formatDateTime(until)}. Muốn đưa về phiên bản {sides.from.number}, <a href={`${movesHref(plan.code)}?from=${sides.to.number}&to=${sides.from.number}`}>lập đợt chuyển ngược lại</a>.</p>
  }
  if (plan.undoBy) {
    return (
      <Notice tone="warn" title={`Chờ người thứ hai xác nhận hoàn lại ${counts.states.moved} hồ sơ`}>
        <p>{plan.undoReason} <span class="soft">({plan.undoByName}, {plan.undoAt ? formatDateTime(plan.undoAt) : ''})</span></p>
        {refusedUndo ? <p>{refusedUndo}</p> : <Form action={`${base}/undo-confirmations`}><Actions><Button look="danger" busyText="Đang hoàn lại…">Xác nhận hoàn lại</Button></Actions></Form>}
        <Form action={`${base}/undo-droppings`}><Button look="quiet">Thôi, không hoàn lại nữa</Button></Form>
      </Notice>
    )
  }
  return (
    <section aria-labelledby="at-undo" class="tree">
      <h2 id="at-undo">Hoàn lại đợt này</h2>
      <p>Hồ sơ chưa ai xử lý tiếp trở về đúng như trước khi chuyển: bước, người giữ việc, hạn, phí, câu trả lời. Hồ sơ đã đi tiếp được giữ nguyên và nêu tên. Hoàn lại được đến {formatDateTime(until)}; sau đó bản lưu trước khi chuyển được xóa.</p>
      <ErrorSummary errors={errors} />
      <Form action={`${base}/undos`} class="ask"><label for="undo-reason">Lý do hoàn lại</label><textarea id="undo-reason" name="reason" rows={2} maxLength={2000} /><Actions><Button look="danger">{counts.states.moved > 1 ? 'Đề nghị hoàn lại' : 'Hoàn lại hồ sơ này'}</Button></Actions></Form>
    </section>
  )
}
