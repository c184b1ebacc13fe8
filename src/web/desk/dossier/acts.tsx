// The band at the head of a dossier: what this desk has to do with it, and only what the policy lets this officer do.

import type { Ctx } from '#core/ctx.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { BREACH_LABELS, askable, type DossierView, ruleOn, STATES } from '#modules/dossiers/index.ts'
import { type Assignable, canClaim, canRelease, type Item } from '#modules/work/index.ts'
import { Basis, Button, Form, Icon, LinkButton, Notice, StatusTag } from '#ui/index.ts'
import { AnswerWork, askHref, WaitsForAnswers } from '../consult.tsx'
import { Due, dossierHref, dueOfItem } from '../words.tsx'
import { LEADER_ACTS, type LeaderAct } from './leaders.tsx'
import { doable, hasDraft, offersOf, reasonsHref } from './outcomes.ts'

export interface ActsProps {
  readonly ctx: Ctx
  readonly view: DossierView
  readonly names: ReadonlyMap<string, string>
  /** For a head's step: who may do what comes next, by item. */
  readonly assignees?: ReadonlyMap<string, readonly Assignable[]>
}

export function Acts({ ctx, view, names, assignees }: ActsProps) {
  const able = doable(view, ctx.actor)
  const others = view.mine.filter((item) => !able.includes(item))
  return (
    <section class="acts" aria-labelledby="acts">
      <h2 id="acts" class="sr">Việc của bàn này</h2>
      {able.map((item, i) => {
        const asked = item.link === 'beside' ? view.consultations.find((one) => one.answerItemId === item.id) : undefined
        return asked ? <AnswerWork ctx={ctx} item={item} one={asked} /> : <Work ctx={ctx} view={view} item={item} primary={i === 0} assignees={assignees?.get(item.id) ?? []} />
      })}
      {others.map((item) => item.waits > 0 ? <WaitsForAnswers view={view} item={item} /> : <Elsewhere item={item} who={names.get(item.claimedBy ?? '') ?? 'người khác'} />)}
      {view.mine.length === 0 && <Waiting view={view} />}
      <Sides view={view} />
      <Standing ctx={ctx} view={view} />
    </section>
  )
}

/** One piece of work: what to look at, an optional note, and a button for each outcome. */
function Work({ ctx, view, item, primary, assignees }: { ctx: Ctx; view: DossierView; item: Item; primary: boolean; assignees: readonly Assignable[] }) {
  const offers = offersOf(view, item)
  const main = offers.find((offer) => !offer.reasoned)
  const draft = offers.find(({ outcome, reasoned }) => !reasoned && hasDraft(outcome))
  return (
    <div class="work">
      <div class="what">
        <h3>{item.name} <Due due={dueOfItem(item, ctx)} /></h3>
        {item.does.length > 0 && <ul>{item.does.map((line) => <li>{line}</li>)}</ul>}
      </div>
      <Form action={`/desk/work/${item.id}/completion`} class="decide" label={`Kết quả của bước ${item.name}`} guard>
        <input type="hidden" name="revision" value={String(view.dossier.revision)} />
        <input type="hidden" name="seenAt" value={ctx.now.toISOString()} />
        <label class="sr" for={`note-${item.id}`}>Ghi chú của bước {item.name}</label>
        <textarea id={`note-${item.id}`} name="note" rows={1} placeholder="Ghi chú cho bước này, nếu cần" maxLength={4000} />
        {assignees.length > 0 && (
          <p class="inline">
            <label for={`assignee-${item.id}`}>Giao bước sau cho</label>
            <select id={`assignee-${item.id}`} name="assignee">
              <option value="">Đơn vị tự nhận</option>
              {assignees.map((one) => <option value={one.id} disabled={one.away !== null}>{one.name}, {one.title}{one.away ? ` (nghỉ đến ${formatDate(one.away.until)})` : ''}</option>)}
            </select>
          </p>
        )}
        <div class="row">
          {offers.map(({ outcome, href, reasoned }) => reasoned
            ? <LinkButton href={reasonsHref(href, outcome)}>{outcome.label}…</LinkButton>
            : (
              <Button look={primary && outcome === main?.outcome ? 'primary' : 'secondary'} name="outcome" value={outcome.key} formAction={href} busyText="Đang ghi…">
                {outcome.label}
              </Button>
            ))}
          {draft && <LinkButton look="quiet" icon="file" href={`/desk/work/${item.id}/draft?outcome=${encodeURIComponent(draft.outcome.key)}`}>{draft.outcome.effect === 'accept' ? 'Xem trước giấy tiếp nhận' : 'Xem dự thảo kết quả'}</LinkButton>}
        </div>
      </Form>
      <div class="hand">
        {canClaim(item, ctx.actor) === null && <Form action={`/desk/work/${item.id}/claim`}><Button>Nhận việc</Button></Form>}
        {canRelease(item, ctx.actor) === null && <Form action={`/desk/work/${item.id}/release`}><Button look="quiet">Trả việc lại</Button></Form>}
        {askable(view.dossier, [item], ctx).length > 0 && <LinkButton look="quiet" icon="send" href={askHref(view, item)}>Lấy ý kiến…</LinkButton>}
      </div>
    </div>
  )
}

function Elsewhere({ item, who }: { item: Item; who: string }) {
  return (
    <Notice tone="warn">
      <p><b>{item.name}</b> đang ở chỗ <b>{who}</b>{item.claimedAt ? ` từ ${formatDateTime(item.claimedAt)}` : ''}. Người đó trả việc lại thì ông/bà mới làm được.</p>
    </Notice>
  )
}

function Waiting({ view }: { view: DossierView }) {
  const open = view.items.filter((item) => item.state === 'open' || item.state === 'claimed')
  const { dossier } = view
  return (
    <div class="work calm">
      <p>
        <Icon name={open.length > 0 ? 'pause' : 'tick'} />{' '}
        {open.length > 0
          ? <>Bàn này không có việc với hồ sơ. Đang chờ: {open.map((item, i) => <>{i > 0 && '; '}<b>{item.name}</b>{item.unitId && item.role !== 'cong_dan' ? `, ${view.unitName(item.unitId)}` : ''}</>)}.</>
          : <>{STATES[dossier.state].label}. Không còn việc nào phải làm.</>}
      </p>
      <LinkButton href="/desk/next" icon="next">Việc kế tiếp</LinkButton>
    </div>
  )
}

/** What leads on from here beside the steps: what a leader may decide, who handles money records, what the counter does for the applicant. */
function Sides({ view: { dossier, acts } }: { view: DossierView }) {
  const waiting = dossier.state === 'YC_BO_SUNG' || dossier.state === 'YC_BS_TIEP_NHAN'
  const deciding = (Object.keys(LEADER_ACTS) as LeaderAct[]).filter((act) => acts[act] === null)
  if (deciding.length === 0 && acts.withdrawal && (acts.edit || !waiting)) return null
  return (
    <p class="sides">
      {!acts.edit && waiting && <LinkButton icon="pen" href={`/desk/counter/filings/${dossier.id}/papers`}>Nhận bổ sung tại quầy</LinkButton>}
      {deciding.map((act) => <LinkButton look={act === 'stop' ? 'quiet' : 'secondary'} href={dossierHref(dossier, `/${act}`)}>{LEADER_ACTS[act]}…</LinkButton>)}
      {!acts.withdrawal && <LinkButton look="quiet" href={dossierHref(dossier, '/withdrawal')}>Rút hồ sơ theo đề nghị của người nộp</LinkButton>}
    </p>
  )
}

/** What stands against the dossier or waits for its leader: breaches kept for ever, alerts, a consent not used yet, a duty. */
function Standing({ ctx, view: { dossier, around } }: { ctx: Ctx; view: DossierView }) {
  const permit = around.permits.find((one) => one.usedAt === null)
  const near = around.alerts.some((one) => one.kind === 'due_near')
  const told = around.alerts.find((one) => one.kind === 'instructed')
  const late = dossier.receptionLateAt && dossier.state === 'MOI_DANG_KY'
  if (around.breaches.length === 0 && !permit && !near && !told && !late && !around.openDuty) return null
  return (
    <ul class="standing">
      {late && <li><StatusTag tone="bad">Quá hạn trả lời</StatusTag> Đã quá {ruleOn(ctx, 'receptionHours', localDate(dossier.submittedAt ?? ctx.now), localDate(ctx.now)).value} giờ làm việc mà chưa trả lời người nộp <Basis rule="gio-tra-loi-tiep-nhan" of="giờ trả lời" />; lãnh đạo đơn vị và cấp trên đã được báo.</li>}
      {told && <li><StatusTag tone="warn">Cấp trên yêu cầu xem lại</StatusTag> {told.note}</li>}
      {near && (
        <li>
          <StatusTag tone="warn">Sắp đến hạn</StatusTag>{' '}
          {around.apologyUntil && ctx.now <= around.apologyUntil && !dossier.apologisedAt ? `Nếu không kịp, lãnh đạo phải xin lỗi và hẹn lại chậm nhất ${formatDateTime(around.apologyUntil)}. ` : 'Không còn kịp xin lỗi và hẹn lại theo Mẫu số 04; trả kết quả sớm nhất có thể. '}
          <Basis rule="ngay-xin-loi-truoc-han" of="hạn xin lỗi" />
        </li>
      )}
      {permit && <li><StatusTag tone="info">Được phép bổ sung lần nữa</StatusTag> {permit.givenByName}: {permit.reason}</li>}
      {around.openDuty && <li><StatusTag tone="warn">Nghĩa vụ tài chính</StatusTag> {around.openDuty.lines.length > 0 ? `Phải nộp ${formatVnd(around.openDuty.totalVnd)}, chưa có chứng từ.` : 'Chưa có thông báo số tiền.'}</li>}
      {around.breaches.map((one) => <li><StatusTag tone="bad">{one.cause === 'reception_late' ? 'Trả lời muộn' : 'Tính là trễ hạn'}</StatusTag> {BREACH_LABELS[one.cause]}{one.note ? `: ${one.note}` : ''} ({formatDateTime(one.at)})</li>)}
    </ul>
  )
}
