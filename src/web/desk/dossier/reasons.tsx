// The page before a refusal, a request for a supplement, a duty or a notice: structured reasons with their clauses, each part and question to tick, and what follows.

import { type Around, type DossierView, type GivenReason, reasonsFor, thingsOf } from '#modules/dossiers/index.ts'
import type { Item, OutcomeChoice } from '#modules/work/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { Actions, Button, ErrorSummary, Form, LinkButton, Notice, PageHeading, type ShownError } from '#ui/index.ts'
import { type Body, many, one } from '../answers.tsx'
import { dossierHref } from '../words.tsx'
import { actOf, hasDraft, outcomeHref } from './outcomes.ts'

type Record = DossierView['version']['record']

export interface ReasonsProps {
  readonly view: DossierView
  readonly item: Item
  readonly outcome: OutcomeChoice
  readonly seenAt: Date
  /** What was typed and chosen, when the page comes back with faults. */
  readonly body?: Body
  readonly errors?: readonly ShownError[]
}

const CONSEQUENCES: Readonly<{ [effect: string]: string }> = {
  refuse: 'Người nộp nhận ngay: phiếu từ chối tiếp nhận (Mẫu số 03) cùng các lý do dưới đây, và nút đề nghị cơ quan cấp trên xem xét lại. Hồ sơ kết thúc.',
  reject: 'Thông báo không giải quyết được lập với các lý do dưới đây và chuyển về Bộ phận một cửa; người nộp nhận khi có thông báo.',
  return_unresolved: 'Người nộp nhận ngay: hồ sơ trả lại kèm thông báo không giải quyết. Hồ sơ kết thúc.',
  suspend_financial: 'Người nộp nhận ngay: thông báo phải thực hiện nghĩa vụ tài chính. Thời hạn tạm dừng cho đến khi có chứng từ đã nộp.',
}

function consequence(effect: string, accepted: boolean, around: Around): string {
  if (effect !== 'request_supplement') return CONSEQUENCES[effect] ?? ''
  const paper = 'Người nộp nhận ngay: phiếu yêu cầu bổ sung (Mẫu số 02). '
  if (!accepted) return `${paper}Ghi đủ mọi chỗ thiếu, sai trong một lần để người dân chỉ phải sửa một lần.`
  return around.asked < around.free
    ? `${paper}Chỉ được yêu cầu MỘT LẦN khi đang giải quyết: ghi đủ mọi chỗ thiếu, sai ngay bây giờ. Thời hạn tạm dừng cho đến khi người nộp gửi.`
    : `${paper}Đây là lần thứ hai, lãnh đạo đã cho phép: gửi xong, hồ sơ bị tính là TRỄ HẠN mãi mãi, dù xong lúc nào.`
}

/** What the form says, as the acts take it. */
export function readReasons(record: Record, body: Body): { reasons: GivenReason[]; faults: { key: string; message: string }[] } {
  const general = many(body, 'reasons').map((code): GivenReason => ({ code, detail: one(body, `detail.${code}`) || null }))
  const ticked = new Set(many(body, 'at'))
  const faults: { key: string; message: string }[] = []
  const about = thingsOf(record).flatMap(({ key, name }): GivenReason[] => {
    const code = one(body, `why.${key}`)
    const detail = one(body, `say.${key}`) || null
    if (code) return [{ code, detail, concerns: key }]
    if (ticked.has(key) || detail) faults.push({ key: `why.${key}`, message: `“${name}”: chọn lý do, hoặc bỏ đánh dấu nếu mục này không có lỗi.` })
    return []
  })
  return { reasons: [...general, ...about], faults }
}

/** The lines of money typed in, blank rows left out. */
export const readLines = (body: Body): { name: string; amountVnd: number }[] =>
  Array.from({ length: LINES }, (_, i) => ({ name: one(body, `line.${i}.name`), amountVnd: Number(one(body, `line.${i}.amount`).replaceAll(/[.\s₫đ]/g, '') || Number.NaN) }))
    .filter((line) => line.name !== '' || !Number.isNaN(line.amountVnd))

const LINES = 5

export function ReasonsPage({ view, item, outcome, seenAt, body = {}, errors = [] }: ReasonsProps) {
  const { dossier, version, around } = view
  const effect = outcome.effect ?? ''
  const act = actOf(effect)
  const asking = act === 'supplement'
  const late = asking && around.pastFirstThird
  return (
    <div class={asking ? '' : 'measure'}>
      <PageHeading title={outcome.label} lead={`${dossier.code} – ${dossier.applicant.fullName}. ${dossier.procedureName}.`} />
      <ErrorSummary errors={errors} />
      <Notice tone="warn"><p>{consequence(effect, dossier.acceptedAt !== null, around)}</p></Notice>
      <Form action={outcomeHref(view, item, outcome)} guard>
        <input type="hidden" name="outcome" value={outcome.key} />
        <input type="hidden" name="revision" value={String(dossier.revision)} />
        <input type="hidden" name="seenAt" value={seenAt.toISOString()} />
        {asking && <Things record={version.record} view={view} seenAt={seenAt} body={body} errors={errors} />}
        <ReasonChoices list={reasonsFor(version.record as never, act, localDate(seenAt))} title={asking ? 'Lý do chung, không riêng mục nào' : 'Lý do'} body={body} errors={errors} />
        {act === 'financial' && <MoneyLines body={body} errors={errors} optional />}
        {late && (
          <div class={errors.some((error) => error.key === 'explanation') ? 'q wrong' : 'q'}>
            <label class="label" for="explanation">Vì sao đến nay mới yêu cầu bổ sung?</label>
            <p class="hint" id="explanation--hint">Đã quá một phần ba đầu của thời hạn. Lời giải trình lưu trong hồ sơ, người nộp không nhận.</p>
            <textarea id="explanation" name="explanation" rows={2} maxLength={4000} aria-describedby="explanation--hint">{one(body, 'explanation')}</textarea>
          </div>
        )}
        <div class={errors.some((error) => error.key === 'note') ? 'q wrong' : 'q'}>
          <label class="label" for="note">Nói thêm với người dân <span class="optional">(không bắt buộc; không thay được lý do)</span></label>
          <p class="hint" id="note--hint">Lời dễ hiểu: sửa thế nào, làm ở đâu, gặp ai. Không ghi mã lỗi.</p>
          <textarea id="note" name="note" rows={3} maxLength={4000} aria-describedby="note--hint">{one(body, 'note')}</textarea>
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

export interface ChoicesProps {
  readonly list: ReturnType<typeof reasonsFor>
  readonly title?: string
  readonly body: Body
  readonly errors: readonly ShownError[]
}

/** Reasons to tick, each with its clause and room for this case. */
export function ReasonChoices({ list, title = 'Lý do', body, errors }: ChoicesProps) {
  const wrong = errors.filter((error) => error.key === 'reasons')
  const chosen = many(body, 'reasons')
  return (
    <div class={wrong.length > 0 ? 'q wrong' : 'q'}>
      <fieldset id="reasons" tabIndex={-1} aria-describedby={wrong.length > 0 ? 'reasons--error' : undefined}>
        <legend class="label">{title}</legend>
        {wrong.length > 0 && <p class="fault" id="reasons--error"><span class="sr">Lỗi: </span>{wrong.map((error) => error.message).join(' ')}</p>}
        <div class="choices reasons">
          {list.map((reason) => {
            const key = `detail.${reason.code}`
            const fault = errors.find((error) => error.key === key)
            return (
              <div class="reason">
                <label class="choice">
                  <input type="checkbox" name="reasons" value={reason.code} checked={chosen.includes(reason.code)} />
                  <span>{reason.text}<small class="soft clause">{reason.clause}{reason.common && ' · dùng chung toàn tỉnh'}</small></span>
                </label>
                <div class="more">
                  <label class="sr" for={key}>Cụ thể trong hồ sơ này: {reason.text}</label>
                  {fault && <p class="fault" id={`${key}--error`}><span class="sr">Lỗi: </span>{fault.message}</p>}
                  <input id={key} name={key} type="text" maxLength={1000} value={one(body, key)} placeholder={reason.needsDetail ? 'Cụ thể trong hồ sơ này (cần ghi)' : 'Cụ thể trong hồ sơ này, nếu có'} aria-describedby={fault ? `${key}--error` : undefined} />
                </div>
              </div>
            )
          })}
        </div>
      </fieldset>
    </div>
  )
}

/** Every part and every question, so that all faults stand in one notice and nothing outside the published list can be asked for. */
function Things({ record, view, seenAt, body, errors }: { record: Record; view: DossierView; seenAt: Date; body: Body; errors: readonly ShownError[] }) {
  const list = reasonsFor(record as never, 'supplement', localDate(seenAt))
  const ticked = new Set(many(body, 'at'))
  const have = new Set(view.parts.map((part) => part.part))
  const things = thingsOf(record)
  const groups = [
    ['Giấy tờ', things.filter(({ key }) => key.startsWith('parts.'))], ['Mục trong tờ khai', things.filter(({ key }) => key.startsWith('form.'))],
  ] as const
  return (
    <section class="faults" aria-labelledby="faults">
      <h2 id="faults">Thiếu, sai ở đâu?</h2>
      <p class="hint">Đánh dấu từng giấy tờ, từng mục có lỗi. Chỉ yêu cầu được những gì thủ tục đã công bố.</p>
      {groups.map(([title, rows]) => rows.length > 0 && (
        <fieldset>
          <legend>{title}</legend>
          <ul>
            {rows.map(({ key, name }) => {
              const fault = errors.find((error) => error.key === `why.${key}` || error.key === `say.${key}`)
              return (
                <li class={fault ? 'wrong' : undefined}>
                  <label class="choice">
                    <input type="checkbox" name="at" value={key} checked={ticked.has(key)} />
                    <span>{name}{key.startsWith('parts.') && !have.has(key.slice(6)) && <small class="soft"> · chưa nộp</small>}</span>
                  </label>
                  <div class="more">
                    {fault && <p class="fault"><span class="sr">Lỗi: </span>{fault.message}</p>}
                    <label class="sr" for={`why.${key}`}>Lý do: {name}</label>
                    <select id={`why.${key}`} name={`why.${key}`}>
                      <option value="">Chọn lý do…</option>
                      {list.map((reason) => <option value={reason.code} selected={one(body, `why.${key}`) === reason.code}>{reason.text}</option>)}
                    </select>
                    <label class="sr" for={`say.${key}`}>Cụ thể: {name}</label>
                    <input id={`say.${key}`} name={`say.${key}`} type="text" maxLength={1000} value={one(body, `say.${key}`)} placeholder="Cụ thể: thiếu trang nào, sai chữ nào" />
                  </div>
                </li>
              )
            })}
          </ul>
        </fieldset>
      ))}
    </section>
  )
}

/** What must be paid: name and whole đồng, as many rows as are needed. */
export function MoneyLines({ body, errors, optional }: { body: Body; errors: readonly ShownError[]; optional?: boolean }) {
  const wrong = errors.filter((error) => error.key.startsWith('lines'))
  return (
    <div class={wrong.length > 0 ? 'q wrong' : 'q'}>
      <fieldset id="lines" tabIndex={-1}>
        <legend class="label">Khoản phải nộp{optional && <span class="optional"> (để trống khi cơ quan thuế sẽ thông báo số tiền)</span>}</legend>
        {wrong.length > 0 && <p class="fault"><span class="sr">Lỗi: </span>{wrong.map((error) => error.message).join(' ')}</p>}
        <table class="lines">
          <thead><tr><th scope="col">Tên khoản</th><th scope="col">Số tiền, đồng</th></tr></thead>
          <tbody>
            {Array.from({ length: LINES }, (_, i) => (
              <tr>
                <td><input name={`line.${i}.name`} type="text" maxLength={200} value={one(body, `line.${i}.name`)} aria-label={`Tên khoản ${i + 1}`} /></td>
                <td><input name={`line.${i}.amount`} type="text" inputMode="numeric" maxLength={20} value={one(body, `line.${i}.amount`)} aria-label={`Số tiền của khoản ${i + 1}`} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </fieldset>
    </div>
  )
}
