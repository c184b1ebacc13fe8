// What may be done with a procedure and with one of its versions: a new draft, an earlier text taken up again, taking back, abolishing, reading again.

import type { FieldError } from '#core/errors.ts'
import { formatDate } from '#core/text/index.ts'
import { LIFECYCLE, type Lifecycle, type ReviewRule, type ReviewState, type VersionSummary } from '#modules/procedures/index.ts'
import { Actions, Button, Details, Form, LinkButton, Notice, PageHeading, StatusTag, Table, type Tone } from '#ui/index.ts'
import { draftHref } from './tab-list.ts'

const TONES: Readonly<Record<Lifecycle, Tone>> = { cho_hieu_luc: 'wait', hieu_luc: 'good', da_sua_doi: 'plain', het_hieu_luc: 'plain', bai_bo: 'bad', da_rut: 'plain' }

/** Where a version stands in its life (S0-173). */
export const LifeTag = ({ life }: { life: Lifecycle }) => <StatusTag tone={TONES[life]}>{LIFECYCLE[life]}</StatusTag>

export interface VersionActsView {
  readonly code: string
  readonly version: VersionSummary
  readonly life: Lifecycle
  /** Whether this is the newest that was not taken back. */
  readonly newest: boolean
  /** The open draft of this procedure, if any. */
  readonly draft: string | null
  readonly author: boolean
  readonly review: ReviewState | null
  readonly rule: ReviewRule
  readonly faults?: readonly FieldError[]
}

export function VersionActs({ code, version, life, newest, draft, author, review, rule, faults = [] }: VersionActsView) {
  const faultOf = (key: string) => faults.find((fault) => fault.key === key)?.message
  return (
    <section class="version-acts" aria-labelledby="acts">
      <link rel="stylesheet" href="/assets/heavy/studio.css" />
      <h2 id="acts">Thay đổi thủ tục</h2>
      {version.withdrawn && <Notice tone="warn" title={`${version.withdrawn.byName} đã rút phiên bản này`}><p>{version.withdrawn.reason}</p></Notice>}
      {life === 'bai_bo' && <Notice tone="warn" title={`Thủ tục đã bãi bỏ từ ${formatDate(version.effectiveFrom)}`}><p>{version.replacedBy ? <>Làm thay: <a href={`/admin/procedures/${version.replacedBy}`}>{version.replacedBy}</a>. </> : null}Hồ sơ đang giải quyết vẫn theo phiên bản của mình.</p></Notice>}
      <Actions>
        {draft ? <LinkButton look="primary" icon="pen" href={draftHref(draft)}>Mở bản nháp đang soạn</LinkButton> : author && <Begin from={newest ? 'version' : 'copy'} version={version.id}>{newest ? 'Soạn bản nháp từ phiên bản này' : `Lấy lại phiên bản ${version.number}`}</Begin>}
        <LinkButton icon="download" href={`/admin/procedures/${code}/record.json?version=${version.number}`} download>Tải bản ghi (.json)</LinkButton>
      </Actions>
      {author && life === 'cho_hieu_luc' && (
        <Details summary="Rút phiên bản này trước khi có hiệu lực" open={faults.some((fault) => fault.key === 'reason')}>
          <Form action={`/admin/procedures/${code}/withdrawals`} class="act-form">
            <input type="hidden" name="version" value={version.id} />
            <Field name="reason" label="Lý do rút" fault={faultOf('reason')} />
            <Field name="decision" label="Số quyết định rút (nếu có)" />
            <Actions><Button look="danger" icon="left">Rút phiên bản {version.number}</Button></Actions>
          </Form>
        </Details>
      )}
      {review && (
        <Details summary={review.stale ? 'Rà soát: cần đọc lại' : `Rà soát: đọc lại trước ${formatDate(review.dueOn)}`} open={review.stale || faults.some((fault) => ['note', 'verdict'].includes(fault.key))}>
          {review.note && <Notice tone="warn" title={`${review.byName ?? ''} thấy có chỗ đã cũ`}><p>{review.note}</p></Notice>}
          <p>Xác nhận gần nhất {formatDate(review.confirmedOn)}. Mỗi {rule.months} tháng đọc lại một lần. <span class="soft">{rule.legal}{rule.sure === 'memory' ? ' (chưa đối chiếu nguyên văn)' : ''}</span></p>
          {author && (
            <Form action={`/admin/procedures/${code}/reviews`} class="act-form">
              <fieldset class="q">
                <legend class="label">Đã đọc lại cả thủ tục, thấy</legend>
                {faultOf('verdict') && <p class="fault">{faultOf('verdict')}</p>}
                <label class="choice"><input type="radio" name="verdict" value="current" /><span>Vẫn đúng</span></label>
                <label class="choice"><input type="radio" name="verdict" value="stale" /><span>Có chỗ đã cũ, phải sửa</span></label>
              </fieldset>
              <Field name="note" label="Chỗ nào đã cũ, theo văn bản nào" fault={faultOf('note')} />
              <Actions><Button icon="check">Ghi kết quả rà soát</Button></Actions>
            </Form>
          )}
        </Details>
      )}
      {author && life !== 'bai_bo' && newest && draft && <p class="soft">Muốn bãi bỏ thủ tục này: bỏ bản nháp đang soạn trước (cuối tab Công bố của bản nháp).</p>}
      {author && life !== 'bai_bo' && newest && !draft && (
        <Details summary="Bãi bỏ thủ tục này">
          <p>Mở một bản nháp bãi bỏ: ghi quyết định, ngày và thủ tục làm thay, rồi người khác công bố. Hồ sơ đang giải quyết vẫn đi tới cùng.</p>
          <Form action="/admin/procedures/drafts"><input type="hidden" name="from" value="abolition" /><input type="hidden" name="code" value={code} /><Actions><Button look="danger" icon="stop">Soạn bản nháp bãi bỏ</Button></Actions></Form>
        </Details>
      )}
    </section>
  )
}

const Begin = ({ from, version, children }: { from: 'version' | 'copy'; version: string; children: string | (string | number)[] }) => (
  <Form action="/admin/procedures/drafts"><input type="hidden" name="from" value={from} /><input type="hidden" name="version" value={version} /><Button look="primary" icon={from === 'copy' ? 'left' : 'pen'}>{children}</Button></Form>
)

function Field({ name, label, fault }: { name: string; label: string; fault?: string | undefined }) {
  return (
    <div class={fault ? 'q wrong' : 'q'}>
      <label class="label" for={name}>{label}</label>
      {fault && <p class="fault">{fault}</p>}
      <input id={name} name={name} maxLength={1000} autocomplete="off" aria-invalid={fault ? true : undefined} />
    </div>
  )
}

/** Every procedure in force with the day by which it must be read again (S0-68). */
export function ReviewsScreen({ states, rule, today }: { states: readonly ReviewState[]; rule: ReviewRule; today: string }) {
  const stale = states.filter((state) => state.stale).length
  return (
    <>
      <PageHeading
        title="Rà soát thủ tục" lead={`Mỗi thủ tục đang áp dụng phải được đọc lại sau ${rule.months} tháng: còn đúng, hay có chỗ đã cũ. ${rule.legal}${rule.sure === 'memory' ? ' (chưa đối chiếu nguyên văn)' : ''}.`}
        meta={stale > 0 ? <StatusTag tone="warn">{`${stale} thủ tục cần đọc lại`}</StatusTag> : <StatusTag tone="good">Không có thủ tục nào quá kỳ</StatusTag>}
      />
      <Table<ReviewState>
        caption="Thủ tục theo ngày phải rà soát" captionHidden rows={states} empty="Chưa có thủ tục nào đang áp dụng." rowHref={(row) => `/admin/procedures/${row.code}`}
        columns={[
          { key: 'name', label: 'Thủ tục', main: true, cell: (row) => row.name },
          { key: 'code', label: 'Mã', tight: true, cell: (row) => row.code },
          { key: 'confirmed', label: 'Xác nhận gần nhất', tight: true, cell: (row) => formatDate(row.confirmedOn) },
          { key: 'due', label: 'Đọc lại trước', tight: true, cell: (row) => formatDate(row.dueOn) },
          { key: 'state', label: 'Nay', cell: (row) => row.note ? <><StatusTag tone="bad">Đã cũ</StatusTag> {row.note}</> : row.stale ? <StatusTag tone="warn">Quá kỳ rà soát</StatusTag> : row.dueOn <= soon(today) ? <StatusTag tone="wait">Sắp tới kỳ</StatusTag> : <StatusTag tone="good">Còn trong kỳ</StatusTag> },
        ]}
      />
      <Actions><LinkButton look="quiet" href="/admin/procedures">Về danh sách thủ tục</LinkButton></Actions>
    </>
  )
}

/** A month from a day, near enough to warn. */
const soon = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 31 * 86_400_000).toISOString().slice(0, 10)
