// The page before a refusal, a request for a supplement or a notice: structured reasons with their clauses, and words for the citizen.

import type { DossierView } from '#modules/dossiers/index.ts'
import type { Item, OutcomeChoice } from '#modules/work/index.ts'
import { Actions, Button, ErrorSummary, Form, LinkButton, Notice, PageHeading, type ShownError } from '#ui/index.ts'
import { dossierHref } from '../words.tsx'
import { hasDraft, outcomeHref, reasonsFor } from './outcomes.ts'

export interface ReasonsProps {
  readonly view: DossierView
  readonly item: Item
  readonly outcome: OutcomeChoice
  readonly seenAt: Date
  readonly chosen?: readonly string[]
  readonly note?: string
  readonly errors?: readonly ShownError[]
}

const CONSEQUENCES: Readonly<Record<string, string>> = {
  refuse: 'Người nộp nhận phiếu từ chối tiếp nhận (Mẫu số 03) cùng các lý do dưới đây. Hồ sơ kết thúc.',
  request_supplement: 'Người nộp nhận phiếu yêu cầu bổ sung (Mẫu số 02). Ghi đủ mọi chỗ thiếu trong một lần: sau khi tiếp nhận chỉ được yêu cầu bổ sung một lần.',
  reject: 'Thông báo không giải quyết được lập với các lý do dưới đây và chuyển về Bộ phận một cửa để trả người nộp.',
  return_unresolved: 'Trả hồ sơ cho người nộp kèm thông báo không giải quyết. Hồ sơ kết thúc.',
  suspend: 'Hồ sơ dừng giải quyết; người nộp nhận thông báo với các lý do dưới đây.',
  suspend_financial: 'Thời hạn tạm dừng cho đến khi người nộp thực hiện xong nghĩa vụ tài chính.',
}

export function ReasonsPage({ view, item, outcome, seenAt, chosen = [], note = '', errors = [] }: ReasonsProps) {
  const { dossier, version } = view
  const list = reasonsFor(version.record, outcome.effect)
  const wrong = errors.some((error) => error.key === 'reasons')
  const optional = outcome.effect === 'return_unresolved' || outcome.effect?.startsWith('suspend')
  return (
    <div class="measure">
      <PageHeading title={outcome.label} lead={`${dossier.code} – ${dossier.applicant.fullName}. ${dossier.procedureName}.`} />
      <ErrorSummary errors={errors} />
      {outcome.effect && CONSEQUENCES[outcome.effect] && <Notice tone="warn"><p>{CONSEQUENCES[outcome.effect]}</p></Notice>}
      <Form action={outcomeHref(view, item, outcome)} guard>
        <input type="hidden" name="outcome" value={outcome.key} />
        <input type="hidden" name="revision" value={String(dossier.revision)} />
        <input type="hidden" name="seenAt" value={seenAt.toISOString()} />
        <div class={wrong ? 'q wrong' : 'q'}>
          <fieldset id="reasons" tabIndex={-1} aria-describedby={wrong ? 'reasons--error' : undefined}>
            <legend class="label">Lý do{optional && <span class="optional"> (không bắt buộc)</span>}</legend>
            {wrong && <p class="fault" id="reasons--error"><span class="sr">Lỗi: </span>{errors.filter((error) => error.key === 'reasons').map((error) => error.message).join(' ')}</p>}
            <div class="choices">
              {list.map((reason) => (
                <label class="choice">
                  <input type="checkbox" name="reasons" value={reason.code} checked={chosen.includes(reason.code)} />
                  <span>{reason.text}<small class="soft clause">{reason.clause}</small></span>
                </label>
              ))}
            </div>
          </fieldset>
        </div>
        <div class="q">
          <label class="label" for="note">Ghi rõ cho người dân <span class="optional">(bắt buộc khi không chọn lý do nào ở trên)</span></label>
          <p class="hint" id="note--hint">Nói bằng lời dễ hiểu: thiếu gì, sửa thế nào, làm ở đâu.</p>
          <textarea id="note" name="note" rows={4} maxLength={4000} aria-describedby="note--hint">{note}</textarea>
        </div>
        <Actions>
          <Button look="primary" busyText="Đang ghi…">{outcome.label}</Button>
          {hasDraft(outcome) && <button class="btn secondary" formaction={`/desk/work/${item.id}/draft`} formtarget="_blank">Xem trước bản in</button>}
          <LinkButton look="quiet" href={dossierHref(dossier)}>Quay lại, không làm</LinkButton>
        </Actions>
      </Form>
    </div>
  )
}
