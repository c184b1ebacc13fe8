// The last tab: what still keeps the draft from being published, in a clerk's words with the way to each place; then the other pair of eyes.

import type { FieldError, Refusal } from '#core/errors.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import type { ClerkFault, Draft, ProcedureRecord } from '#modules/procedures/index.ts'
import { Actions, Button, Details, Form, Icon, type IconName, Notice, StatusTag } from '#ui/index.ts'
import { draftHref, tabOfPart } from './tab-list.ts'

export interface PublishView {
  readonly draft: Draft
  readonly write: boolean
  readonly faults: readonly ClerkFault[]
  readonly warnings: readonly ClerkFault[]
  readonly cases: { readonly all: number; readonly wrong: number }
  /** Why this reader may not publish it; null: may. */
  readonly eyes: Refusal | null
  /** Another version has come in between; its number. */
  readonly followed: { readonly refusal: Refusal; readonly number: number } | null
  /** A version still to come stands in the way. */
  readonly waiting: Refusal | null
  readonly today: string
  /** Dossiers of this procedure under way. */
  readonly running: number
  readonly writers: readonly string[]
  readonly typed?: { readonly backdated?: string }
  readonly errors?: readonly FieldError[]
}

export function PublishScreen(view: PublishView) {
  const { draft, write, faults, warnings } = view
  const record = draft.record as unknown as Partial<ProcedureRecord>
  const from = record.effectiveFrom ?? null
  if (draft.state === 'published') return <Notice tone="good" title="Đã công bố"><p>{draft.closedByName} công bố lúc {draft.closedAt ? formatDateTime(draft.closedAt) : ''}. <a href={`/admin/procedures/${draft.code}`}>Mở trang của thủ tục</a>. Hồ sơ đang giải quyết giữ phiên bản cũ; khi quy định chuyển tiếp đòi hỏi, <a href={`/admin/procedures/${draft.code}/moves`}>chuyển sang phiên bản mới</a>.</p></Notice>
  return (
    <>
      <Ready view={view} from={from} />
      {view.followed && (
        <Notice tone="warn" title={`Phiên bản ${view.followed.number} vừa được công bố`}>
          <p>{view.followed.refusal.message}</p>
          {write && <Form action={draftHref(draft.id, 'following')}><Button icon="down">Lấy thay đổi của phiên bản {view.followed.number} vào</Button></Form>}
        </Notice>
      )}
      {view.waiting && <Notice tone="warn"><p>{view.waiting.message} <a href={`/admin/procedures/${draft.code}`}>Mở các phiên bản</a>.</p></Notice>}
      {faults.length > 0 && (
        <section aria-labelledby="faults">
          <h2 id="faults">Phải sửa trước khi công bố: {faults.length} chỗ</h2>
          <FaultList draft={draft} faults={faults} />
        </section>
      )}
      {write && <Act view={view} from={from} />}
      {warnings.length > 0 && (
        <section aria-labelledby="warnings">
          <h2 id="warnings">Nên xem lại: {warnings.length} chỗ</h2>
          <FaultList draft={draft} faults={warnings} soft />
        </section>
      )}
      {write && (
        <Details summary="Bỏ bản nháp này">
          <Form action={draftHref(draft.id, 'dropping')} class="drop-draft">
            <label class="label" for="note">Vì sao bỏ</label>
            <input id="note" name="note" maxLength={500} />
            <Actions><Button look="danger" icon="trash">Bỏ bản nháp</Button></Actions>
          </Form>
        </Details>
      )}
    </>
  )
}

/** What must be, each with where it stands now. */
function Ready({ view, from }: { view: PublishView; from: string | null }) {
  const { faults, cases, today } = view
  const late = from !== null && from < today
  return (
    <ul class="ready">
      <Line ok={faults.length === 0} title="Nội dung đầy đủ, quy trình đi được tới cùng" text={faults.length === 0 ? 'Không còn lỗi.' : `Còn ${faults.length} chỗ phải sửa.`} />
      <Line
        ok={cases.all >= 2 && cases.wrong === 0} title="Ca mẫu đều ra đúng"
        text={cases.all < 2 ? `Có ${cases.all} ca, cần ít nhất 2.` : cases.wrong === 0 ? `${cases.all} ca, vừa chạy lại.` : `${cases.wrong} trong ${cases.all} ca ra sai.`} href={draftHref(view.draft.id, 'cases')}
      />
      <Line
        ok={from !== null && !late} warn={late} title="Ngày có hiệu lực" href={draftHref(view.draft.id, 'decision')}
        text={from === null ? 'Chưa ghi.' : late ? `Từ ${formatDate(from)}, đã qua: phải ghi lý do.` : from === today ? 'Từ hôm nay.' : `Từ ${formatDate(from)}.`}
      />
      <Line ok={view.eyes === null} warn={view.eyes !== null} title="Người khác đọc lại và công bố" text={`Đã soạn: ${view.writers.join(', ') || 'chưa ai'}.${view.eyes ? ' Ông/bà là người soạn nên không tự công bố.' : ''}`} />
    </ul>
  )
}

function Line({ ok, warn, title, text, href }: { ok: boolean; warn?: boolean; title: string; text: string; href?: string }) {
  const [tone, icon]: [string, IconName] = ok ? ['good', 'tick'] : warn ? ['warn', 'alert'] : ['bad', 'stop']
  return <li data-tone={tone}><Icon name={icon} /><div><b>{title}</b><p>{text}{href && !ok && <> <a href={href}>Mở</a></>}</p></div></li>
}

function FaultList({ draft, faults, soft }: { draft: Draft; faults: readonly ClerkFault[]; soft?: boolean }) {
  const parts = [...new Set(faults.map((fault) => fault.part))]
  return (
    <>
      {parts.map((part) => {
        const here = faults.filter((fault) => fault.part === part)
        const tab = draftHref(draft.id, tabOfPart(part))
        return (
          <section class="faults-of" aria-label={here[0]!.partLabel}>
            <h3><a href={tab}>{here[0]!.partLabel}</a></h3>
            <ul>
              {here.slice(0, 60).map((fault) => (
                <li class={soft ? 'soft-fault' : undefined}>
                  <Icon name={soft ? 'alert' : 'stop'} />
                  <span><a href={`${tab}#${fault.path}`}>{fault.where || fault.partLabel}</a>: {fault.message}</span>
                </li>
              ))}
            </ul>
            {here.length > 60 && <p class="soft">Và {here.length - 60} chỗ nữa; sửa các chỗ trên trước.</p>}
          </section>
        )
      })}
    </>
  )
}

function Act({ view, from }: { view: PublishView; from: string | null }) {
  const { draft, faults, eyes, today, running, errors = [], typed = {} } = view
  const blocked = faults.length > 0 || view.followed !== null || view.waiting !== null
  const late = from !== null && from < today
  const record = draft.record as unknown as Partial<ProcedureRecord>
  const ends = record.decision?.kind === 'bai_bo'
  const fault = errors.find((error) => error.key === 'backdated')
  if (blocked) return <Notice><p>Sửa xong các chỗ ở trên thì nút công bố hiện ra ở đây.</p></Notice>
  return (
    <section class="card publish" aria-labelledby="act">
      <h2 id="act">{eyes ? 'Trình người khác công bố' : ends ? 'Bãi bỏ thủ tục' : 'Công bố'}</h2>
      <p>
        {ends ? <>Từ {from ? formatDate(from) : ''} không nhận hồ sơ mới{record.decision?.replacedBy ? <>; người dân được chỉ sang thủ tục {record.decision.replacedBy}</> : null}.</> : <>Hồ sơ nộp từ {from ? formatDate(from) : ''} theo bản này.</>}{' '}
        {running > 0 ? `${running.toLocaleString('vi-VN')} hồ sơ đang giải quyết giữ phiên bản của mình.` : 'Không có hồ sơ nào đang giải quyết.'}
      </p>
      {draft.submitted && <p><StatusTag tone="wait">Chờ công bố</StatusTag> {draft.submitted.byName} trình lúc {formatDateTime(draft.submitted.at)}.</p>}
      {eyes ? (
        <>
          <p class="soft">{eyes.message}</p>
          {!draft.submitted && <Form action={draftHref(draft.id, 'submission')}><Actions><Button look="primary" icon="send" busyText="Đang trình…">Trình công bố</Button></Actions></Form>}
        </>
      ) : (
        <Form action={draftHref(draft.id, 'publication')}>
          <input type="hidden" name="revision" value={String(draft.revision)} />
          {late && (
            <div class={fault ? 'q wrong' : 'q'}>
              <label class="label" for="backdated">Vì sao có hiệu lực từ ngày đã qua</label>
              <p class="hint" id="backdated--hint">Nêu văn bản và điều khoản cho phép; câu này nằm lại trong hồ sơ của phiên bản.</p>
              {fault && <p class="fault">{fault.message}</p>}
              <textarea id="backdated" name="backdated" rows={2} maxLength={500} aria-describedby="backdated--hint">{typed.backdated}</textarea>
            </div>
          )}
          <p class="soft">Đọc lại thay đổi ở tab <a href={draftHref(draft.id, 'diff')}>So sánh</a> trước khi bấm.</p>
          <Actions><Button look="primary" icon="check" busyText="Đang công bố…">{ends ? 'Công bố việc bãi bỏ' : 'Công bố'}</Button></Actions>
        </Form>
      )}
    </section>
  )
}
