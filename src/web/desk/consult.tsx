// Opinions of other agencies on the desk: the band that answers a question, the list of those asked, the page that asks.

import type { Ctx } from '#core/ctx.ts'
import type { FieldError } from '#core/errors.ts'
import { formatDateTime } from '#core/text/index.ts'
import { type ConsultationView, CONSULTATION_STATES, type DossierView, MOST_ASKED, type Opinion, OPINIONS } from '#modules/dossiers/index.ts'
import type { Unit } from '#modules/org/index.ts'
import type { Item } from '#modules/work/index.ts'
import { Actions, Alert, Button, ErrorSummary, FileInput, Form, LinkButton, Notice, PageHeading, StatusTag, Table, type Tone } from '#ui/index.ts'
import { Due, dossierHref, dueOfItem } from './words.tsx'

const TONES: Readonly<Record<ConsultationView['state'], Tone>> = { open: 'wait', answered: 'good', silent: 'info', withdrawn: 'plain' }
const OPINION_TONES: Readonly<Record<Opinion, Tone>> = { agree: 'good', disagree: 'bad', other: 'info' }

export const askHref = (view: DossierView, item: Item): string => dossierHref(view.dossier, `/consultations/new?item=${item.id}`)

const silenceWords = (one: Pick<ConsultationView, 'silence' | 'clause'>): string =>
  one.silence === 'agree' ? `Hết hạn không trả lời thì coi như đồng ý: ${one.clause}.` : 'Hết hạn không trả lời thì chỉ báo động; nơi hỏi vẫn chờ hoặc rút.'

function OpinionFields({ id, text, opinion }: { id: string; text?: string; opinion?: string }) {
  return (
    <>
      <fieldset class="row opinions">
        <legend class="sr">Ý kiến</legend>
        {(Object.keys(OPINIONS) as Opinion[]).map((key) => <label class="choice"><input type="radio" name="opinion" value={key} checked={opinion === key} required /> {OPINIONS[key]}</label>)}
      </fieldset>
      <label class="sr" for={`answer-${id}`}>Nội dung trả lời</label>
      <textarea id={`answer-${id}`} name="text" rows={3} maxLength={10_000} placeholder="Nội dung, lý do; bắt buộc khi không đồng ý hoặc có ý kiến khác">{text}</textarea>
      <label class="label small" for={`file-${id}`}>Văn bản kèm theo <span class="optional">(không bắt buộc)</span></label>
      <FileInput id={`file-${id}`} name="file" />
    </>
  )
}

/** The band of whoever is asked: the question, until when, what silence means, and the answer. */
export function AnswerWork({ ctx, item, one }: { ctx: Ctx; item: Item; one: ConsultationView }) {
  return (
    <div class="work answer">
      <div class="what">
        <h3>Trả lời ý kiến <Due due={dueOfItem(item, ctx)} /></h3>
        <p class="question">{one.question}</p>
        <p class="soft small">{one.askedByName} hỏi {formatDateTime(one.askedAt)}; hạn trả lời {formatDateTime(one.dueAt)}{one.remindedAt ? `; đã nhắc ${formatDateTime(one.remindedAt)}` : ''}. {silenceWords(one)}</p>
      </div>
      <Form action={`/desk/consultations/${one.id}/answer`} class="decide" label="Trả lời ý kiến" multipart guard>
        <OpinionFields id={one.id} />
        <div class="row"><Button look="primary" busyText="Đang gửi…">Gửi trả lời</Button></div>
      </Form>
    </div>
  )
}

/** The answer that could not be taken, with all that was written, to be mended. */
export function AnswerPage({ view, one, text, opinion, message }: { view: DossierView; one: ConsultationView; text: string; opinion: string; message: string }) {
  return (
    <div class="measure">
      <PageHeading title="Trả lời ý kiến" lead={one.question} />
      <Alert><p>{message}</p></Alert>
      <Form action={`/desk/consultations/${one.id}/answer`} multipart guard>
        <div class="decide answer"><OpinionFields id={one.id} text={text} opinion={opinion} /></div>
        <Actions><Button look="primary" busyText="Đang gửi…">Gửi trả lời</Button><LinkButton look="quiet" href={dossierHref(view.dossier)}>Quay lại hồ sơ</LinkButton></Actions>
      </Form>
    </div>
  )
}

/** The step that waits for answers: who is left, and what can be done about it. */
export function WaitsForAnswers({ view, item }: { view: DossierView; item: Item }) {
  const left = view.consultations.filter((one) => one.itemId === item.id && one.state === 'open')
  return (
    <Notice tone="info">
      <p><b>{item.name}</b> chờ ý kiến của {left.map((one, i) => <>{i > 0 && ', '}<b>{one.unitName}</b> (hạn {formatDateTime(one.dueAt)})</>)}. Có đủ trả lời, hết hạn coi như đồng ý, hoặc rút yêu cầu thì làm tiếp được.</p>
      <p class="row"><LinkButton href="#consultations" icon="down">Xem ý kiến</LinkButton><LinkButton look="quiet" icon="plus" href={askHref(view, item)}>Hỏi thêm đơn vị khác</LinkButton></p>
    </Notice>
  )
}

function said(one: ConsultationView) {
  if (!one.opinion) return one.withdrawnReason ? <span class="soft">{one.withdrawnReason}</span> : '—'
  return (
    <div>
      <StatusTag tone={OPINION_TONES[one.opinion]}>{OPINIONS[one.opinion]}</StatusTag>
      {one.answer && <div class="note">{one.answer}</div>}
      {one.file && <div><a href={`/desk/files/${one.file.id}`} target="_blank" rel="noopener">{one.file.name}</a></div>}
      <div class="soft small">{one.answeredByName}{one.answeredAt ? `, ${formatDateTime(one.answeredAt)}` : ''}{one.state === 'silent' ? '; đến sau khi đã coi như đồng ý, lưu để tham khảo' : ''}</div>
    </div>
  )
}

const standing = (one: ConsultationView): { tone: Tone; text: string } => {
  if (one.state === 'open') return one.late ? { tone: 'bad', text: 'Quá hạn, chưa trả lời' } : { tone: 'wait', text: 'Đang chờ trả lời' }
  if (one.state === 'answered') return one.late ? { tone: 'wait', text: 'Đã trả lời, chậm hạn' } : { tone: 'good', text: 'Đã trả lời đúng hạn' }
  return { tone: TONES[one.state], text: CONSULTATION_STATES[one.state] }
}

/** Every opinion asked on this dossier: who, what, until when, in time or late or silent and by which clause. */
export function Consultations({ view }: { view: DossierView }) {
  if (view.consultations.length === 0) return null
  return (
    <section aria-labelledby="consultations">
      <h2 id="consultations">Lấy ý kiến</h2>
      <Table
        caption="Các cơ quan được lấy ý kiến" captionHidden rows={view.consultations} empty=""
        columns={[
          { key: 'unit', label: 'Cơ quan', main: true, cell: (one) => <div><b>{one.unitName}</b><div class="soft small">{one.askedByName} hỏi {formatDateTime(one.askedAt)}</div></div> },
          { key: 'question', label: 'Hỏi', cell: (one) => <div>{one.question}<div class="soft small">{silenceWords(one)}</div></div> },
          { key: 'due', label: 'Hạn', rule: 'im-lang-la-dong-y', tight: true, cell: (one) => formatDateTime(one.dueAt) },
          { key: 'state', label: 'Tình trạng', tight: true, cell: (one) => { const { tone, text } = standing(one); return <div><StatusTag tone={tone}>{text}</StatusTag>{one.remindedAt && one.state === 'open' && <div class="soft small">Đã nhắc {formatDateTime(one.remindedAt)}</div>}</div> } },
          { key: 'said', label: 'Ý kiến', cell: said },
          { key: 'acts', label: 'Việc', cell: (one) => <Steer one={one} /> },
        ]}
      />
      {view.consultations.filter((one) => one.state === 'silent' && one.acts.answer === null).map((one) => (
        <details class="late-answer">
          <summary>Gửi ý kiến muộn của {one.unitName}</summary>
          <p class="soft">Đã hết hạn và coi như đồng ý ({one.clause}). Ý kiến gửi lúc này được lưu và nơi hỏi đọc được, không tự làm thay đổi việc giải quyết.</p>
          <Form action={`/desk/consultations/${one.id}/answer`} label="Ý kiến muộn" multipart guard>
            <div class="decide answer"><OpinionFields id={one.id} /><div class="row"><Button busyText="Đang gửi…">Gửi ý kiến muộn</Button></div></div>
          </Form>
        </details>
      ))}
    </section>
  )
}

function Steer({ one }: { one: ConsultationView }) {
  if (one.acts.steer !== null) return <span class="soft">—</span>
  return (
    <div class="row steer">
      <Form action={`/desk/consultations/${one.id}/reminder`}><Button icon="bell">Nhắc</Button></Form>
      <Form action={`/desk/consultations/${one.id}/withdrawal`} class="row">
        <label class="sr" for={`why-${one.id}`}>Lý do rút yêu cầu hỏi {one.unitName}</label>
        <input id={`why-${one.id}`} name="reason" maxLength={1000} placeholder="Lý do rút" size={14} />
        <Button look="quiet">Rút</Button>
      </Form>
    </div>
  )
}

export interface AskRow {
  readonly unit: string
  readonly question: string
  readonly days: string
  readonly silence: string
  readonly clause: string
}

export const emptyRow: AskRow = { unit: '', question: '', days: '3', silence: 'alarm', clause: '' }

export interface AskPageProps {
  readonly view: DossierView
  readonly item: Item
  readonly rows: readonly AskRow[]
  readonly units: readonly Unit[]
  readonly clientKey: string
  readonly errors?: readonly FieldError[]
  /** Why it could not be asked at all. */
  readonly refused?: string
}

/** The page that asks: a block for each unit, as many as wanted; what was written stays when something is wrong. */
export function AskPage({ view, item, rows, units, clientKey, errors = [], refused }: AskPageProps) {
  const { dossier, version } = view
  const fault = (i: number, field: string) => errors.find((one) => one.key === `asks.${i}.${field}`)?.message
  return (
    <div class="measure wide">
      <PageHeading title="Lấy ý kiến cơ quan khác" lead={`${dossier.code} – ${item.name}. Hẹn trả ${dossier.dueAt ? formatDateTime(dossier.dueAt) : 'chưa có'}; cơ quan được hỏi chậm không làm lùi hẹn trả.`} />
      {refused && <Alert><p>{refused}</p></Alert>}
      {errors.length > 0 && <ErrorSummary errors={errors.map((one) => ({ key: one.key.replaceAll('.', '-'), message: one.message }))} />}
      <Form action={dossierHref(dossier, '/consultations')} guard>
        <input type="hidden" name="item" value={item.id} />
        <input type="hidden" name="clientKey" value={clientKey} />
        <input type="hidden" name="rows" value={String(rows.length)} />
        {rows.map((row, i) => (
          <fieldset class="ask">
            <legend>Đơn vị thứ {i + 1}</legend>
            <Field id={`asks-${i}-unit`} label="Hỏi đơn vị nào" hint="Gõ vài chữ rồi chọn; có thể là cơ quan ngoài tỉnh quản lý như công an, thuế, bảo hiểm xã hội." error={fault(i, 'unit')}>
              <input id={`asks-${i}-unit`} name={`unit-${i}`} list="ask-units" value={row.unit} autocomplete="off" maxLength={200} />
            </Field>
            <Field id={`asks-${i}-question`} label="Cần ý kiến về điều gì" error={fault(i, 'question')}>
              <textarea id={`asks-${i}-question`} name={`question-${i}`} rows={3} maxLength={4000}>{row.question}</textarea>
            </Field>
            <div class="pair">
              <Field id={`asks-${i}-days`} label="Hạn trả lời (ngày làm việc)" error={fault(i, 'days')}>
                <input id={`asks-${i}-days`} name={`days-${i}`} inputMode="numeric" value={row.days} size={4} />
              </Field>
              <Field id={`asks-${i}-silence`} label="Hết hạn mà im lặng" error={fault(i, 'silence')}>
                <select id={`asks-${i}-silence`} name={`silence-${i}`}>
                  <option value="alarm" selected={row.silence !== 'agree'}>Chỉ báo động, vẫn chờ</option>
                  <option value="agree" selected={row.silence === 'agree'}>Coi như đồng ý, theo quy định dưới đây</option>
                </select>
              </Field>
            </div>
            <Field id={`asks-${i}-clause`} label="Điều, khoản cho phép coi như đồng ý" optional error={fault(i, 'clause')}>
              <input id={`asks-${i}-clause`} name={`clause-${i}`} list="ask-clauses" value={row.clause} maxLength={500} placeholder="Ví dụ: khoản 3 Điều 102 Luật Xây dựng" />
            </Field>
          </fieldset>
        ))}
        <datalist id="ask-units">{units.map((unit) => <option value={unit.name}>{unit.code}</option>)}</datalist>
        <datalist id="ask-clauses">{version.record.legalBasis.map((basis) => <option value={`${basis.articles ? `${basis.articles} ` : ''}${basis.name} số ${basis.no}`} />)}</datalist>
        {rows.length < MOST_ASKED && <p><Button name="more" value="1" icon="plus" formAction={dossierHref(dossier, '/consultations/rows')}>Thêm một đơn vị</Button></p>}
        <Actions><Button look="primary" busyText="Đang gửi…">Gửi lấy ý kiến</Button><LinkButton look="quiet" href={dossierHref(dossier)}>Quay lại, không hỏi</LinkButton></Actions>
      </Form>
    </div>
  )
}

function Field({ id, label, hint, optional, error, children }: { id: string; label: string; hint?: string; optional?: boolean; error?: string; children: preact.ComponentChildren }) {
  return (
    <div class={error ? 'q wrong' : 'q'}>
      <label class="label" for={id}>{label}{optional && <span class="optional"> (chỉ khi im lặng coi như đồng ý)</span>}</label>
      {hint && <p class="hint">{hint}</p>}
      {error && <p class="fault" id={`${id}--error`}>{error}</p>}
      {children}
    </div>
  )
}
