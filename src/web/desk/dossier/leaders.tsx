// The forms of what leaders and those who handle money decide: what is asked, what follows for the citizen, the paper before it is issued.

import type { Ctx } from '#core/ctx.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { localDate, termText } from '#core/workdays/index.ts'
import { clauseOf, type DossierView, reasonsFor } from '#modules/dossiers/index.ts'
import { Actions, Button, ErrorSummary, FieldView, Form, LinkButton, Notice, PageHeading, type ShownError, SummaryList } from '#ui/index.ts'
import { type Body, day, one } from '../answers.tsx'
import { dossierHref } from '../words.tsx'
import { MoneyLines, ReasonChoices } from './reasons.tsx'

export const LEADER_ACTS = {
  'supplement-permit': 'Cho phép yêu cầu bổ sung lần nữa',
  apology: 'Xin lỗi và hẹn lại ngày trả',
  extension: 'Gia hạn theo quy định của thủ tục',
  stop: 'Dừng giải quyết',
  'financial-notice': 'Thông báo số tiền phải nộp',
  'financial-proof': 'Ghi nhận chứng từ đã nộp tiền',
} as const
export type LeaderAct = keyof typeof LEADER_ACTS

export interface LeaderProps {
  readonly ctx: Ctx
  readonly view: DossierView
  readonly act: LeaderAct
  readonly body?: Body
  readonly errors?: readonly ShownError[]
  /** The act cannot be done any more: what was typed is shown to be copied. */
  readonly refused?: string
}

const PREVIEWED: Partial<Record<LeaderAct, string>> = { apology: 'apology', stop: 'stop_notice', 'financial-notice': 'financial_notice' }

export function LeaderPage(props: LeaderProps) {
  const { view, act, errors = [], refused } = props
  const { dossier } = view
  const kind = PREVIEWED[act]
  return (
    <div class="measure">
      <PageHeading title={LEADER_ACTS[act]} lead={`${dossier.code} – ${dossier.applicant.fullName}. ${dossier.procedureName}.`} />
      <ErrorSummary errors={errors} />
      {refused && <Notice tone="bad" title="Không làm được lúc này"><p>{refused}</p><p>Những gì ông/bà đã viết còn nguyên bên dưới.</p></Notice>}
      <Notice tone="warn"><p>{follows(props)}</p></Notice>
      <Form action={dossierHref(dossier, `/${act}`)} guard multipart={act === 'financial-proof'}>
        <Fields {...props} />
        <Actions>
          <Button look={act === 'stop' ? 'danger' : 'primary'} icon={act === 'stop' ? 'alert' : undefined} busyText="Đang ghi…">{LEADER_ACTS[act]}</Button>
          {kind && <button class="btn secondary" formaction={dossierHref(dossier, `/papers/preview?kind=${kind}`)} formtarget="_blank">Xem trước bản in</button>}
          <LinkButton look="quiet" href={dossierHref(dossier)}>Quay lại, không làm</LinkButton>
        </Actions>
      </Form>
    </div>
  )
}

function follows({ ctx, view: { dossier, around, version }, act }: LeaderProps): string {
  switch (act) {
    case 'supplement-permit':
      return 'Người nộp chưa nhận gì. Chuyên viên được yêu cầu bổ sung thêm đúng một lần; khi yêu cầu gửi đi, hồ sơ bị tính là trễ hạn mãi mãi, dù xong lúc nào (Quyết định 766/QĐ-TTg).'
    case 'apology':
      return `Người nộp nhận ngay: văn bản xin lỗi (Mẫu số 04) với ngày hẹn mới. Chỉ làm được một lần, chậm nhất ${around.apologyUntil ? formatDateTime(around.apologyUntil) : '—'} (${clauseOf(ctx, 'apologyWorkingDaysBefore')}). Ngày hẹn đầu ${dossier.firstDueAt ? formatDateTime(dossier.firstDueAt) : ''} vẫn được ghi và hồ sơ vẫn tính là trễ hạn trong thống kê.`
    case 'extension':
      return `Người nộp nhận ngay: tin báo hẹn trả mới. Thủ tục cho gia hạn ${version.record.extension ? `${termText(version.record.extension.term)}: ${version.record.extension.whenText}` : ''}. Hồ sơ không bị tính trễ vì gia hạn đúng quy định; ngày hẹn đầu vẫn được ghi.`
    case 'stop':
      return 'Người nộp nhận ngay: thông báo dừng giải quyết (Mẫu số 05) cùng các lý do dưới đây, và nút đề nghị cơ quan cấp trên xem xét lại. Hồ sơ kết thúc: mọi việc đang mở và câu hỏi ý kiến đóng lại, đồng hồ dừng.'
    case 'financial-notice':
      return 'Người nộp nhận ngay: thông báo số tiền phải nộp và cách nộp. Thời hạn giải quyết vẫn tạm dừng cho đến khi có chứng từ.'
    case 'financial-proof':
      return 'Người nộp nhận ngay: tin báo đã ghi nhận. Đồng hồ giải quyết chạy tiếp và hồ sơ chuyển sang bước sau.'
  }
}

function Fields({ ctx, view, act, body = {}, errors = [] }: LeaderProps) {
  const wrong = (key: string) => errors.find((error) => error.key === key)?.message
  if (act === 'apology') {
    return (
      <>
        <FieldView
          question={{ key: 'newDueOn', type: 'date', required: true, label: 'Ngày hẹn mới', help: `Sau ngày hẹn cũ${view.dossier.dueAt ? ` (${formatDate(localDate(view.dossier.dueAt))})` : ''}, là ngày làm việc.` }}
          value={day(body, 'newDueOn')} errors={errors}
        />
        <ReasonChoices list={reasonsFor(view.version.record as never, 'apology', localDate(ctx.now))} title="Vì sao trễ" body={body} errors={errors} />
        <NoteField body={body} error={wrong('note')} />
      </>
    )
  }
  if (act === 'stop') {
    return (
      <>
        <ReasonChoices list={reasonsFor(view.version.record as never, 'stop', localDate(ctx.now))} body={body} errors={errors} />
        <NoteField body={body} error={wrong('note')} />
      </>
    )
  }
  if (act === 'financial-notice') {
    const { openDuty } = view.around
    const shown = Object.keys(body).length > 0 ? body : Object.fromEntries((openDuty?.lines ?? []).flatMap((line, i) => [[`line.${i}.name`, line.name], [`line.${i}.amount`, String(line.amountVnd)]]))
    return (
      <>
        <MoneyLines body={shown} errors={errors} />
        <NoteField body={body} error={wrong('note')} label="Nộp ở đâu, bằng cách nào" />
      </>
    )
  }
  if (act === 'financial-proof') {
    const { openDuty } = view.around
    return (
      <>
        {openDuty && openDuty.lines.length > 0 && <SummaryList rows={openDuty.lines.map((line) => ({ label: line.name, rule: 'muc-phi-le-phi', value: formatVnd(line.amountVnd) }))} />}
        <Field name="number" label="Số chứng từ" hint="Số biên lai, giấy nộp tiền vào ngân sách, hoặc thông báo miễn." error={wrong('number')}>
          {(more) => <input type="text" name="number" maxLength={100} value={one(body, 'number')} {...more} />}
        </Field>
        <FieldView question={{ key: 'on', type: 'date', required: true, label: 'Ngày của chứng từ' }} value={day(body, 'on')} errors={errors} />
        <Field name="file" label="Bản chụp chứng từ" optional error={wrong('file')}>
          {(more) => <input type="file" name="file" accept="application/pdf,image/*" {...more} />}
        </Field>
        <NoteField body={body} error={wrong('note')} label="Ghi chú" />
      </>
    )
  }
  return act === 'supplement-permit'
    ? (
      <Field name="reason" label="Lý do cho phép" hint="Vì sao phải yêu cầu lần nữa mà lần đầu không nêu được. Lưu trong hồ sơ, tính cho cơ quan." error={wrong('reason')}>
        {(more) => <textarea name="reason" rows={4} maxLength={2000} {...more}>{one(body, 'reason')}</textarea>}
      </Field>
    )
    : (
      <Field name="note" label="Căn cứ gia hạn của hồ sơ này" hint="Điều kiện gia hạn của thủ tục được đáp ứng thế nào." error={wrong('note')}>
        {(more) => <textarea name="note" rows={4} maxLength={4000} {...more}>{one(body, 'note')}</textarea>}
      </Field>
    )
}

const NoteField = ({ body, error, label = 'Nói thêm với người dân' }: { body: Body; error?: string; label?: string }) => (
  <Field name="note" label={label} optional hint="Lời dễ hiểu, không ghi mã lỗi." error={error}>
    {(more) => <textarea name="note" rows={3} maxLength={4000} {...more}>{one(body, 'note')}</textarea>}
  </Field>
)

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly optional?: boolean
  readonly error?: string
  readonly children: (more: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: 'true' }) => preact.ComponentChildren
}

function Field({ name, label, hint, optional, error, children }: FieldProps) {
  const about = [hint && `${name}--hint`, error && `${name}--error`].filter(Boolean).join(' ')
  return (
    <div class={error ? 'q wrong' : 'q'}>
      <label class="label" for={name}>{label}{optional && <span class="optional"> (không bắt buộc)</span>}</label>
      {hint && <p class="hint" id={`${name}--hint`}>{hint}</p>}
      {error && <p class="fault" id={`${name}--error`}><span class="sr">Lỗi: </span>{error}</p>}
      {children({ id: name, 'aria-describedby': about || undefined, 'aria-invalid': error ? 'true' : undefined })}
    </div>
  )
}
