// Golden cases of a draft: each filled in once like a real dossier, and what must come of it for ever: the sum, the day, the papers, the road.

import type { Catalogs, FormState, Values } from '#core/form/types.ts'
import { formatDateTime } from '#core/text/index.ts'
import { type CaseRun, channelLabels, type Draft, EXPECTATIONS, expectationLabels, type ProcedureRecord } from '#modules/procedures/index.ts'
import { Actions, Button, Details, EmptyState, Form, Icon, LinkButton, Notice, SectionView, StatusTag } from '#ui/index.ts'
import { Block } from './fields.tsx'
import { draftHref } from './tab-list.ts'

export const caseHref = (draft: Draft, at: number | 'new'): string => draftHref(draft.id, `cases/${at}`)

export function CasesScreen({ draft, runs, write }: { draft: Draft; runs: readonly CaseRun[]; write: boolean }) {
  const wrong = runs.filter((run) => !run.ok).length
  return (
    <>
      <div class="cases-head">
        <p>
          Mỗi ca mẫu là một hồ sơ thử, có câu trả lời và kết quả phải ra. Máy vừa chạy lại {runs.length} ca. Còn ca sai thì chưa công bố được; cần ít nhất hai ca.
        </p>
        {runs.length > 0 && (wrong === 0 ? <StatusTag tone="good">{`${runs.length} ca đúng`}</StatusTag> : <StatusTag tone="bad">{`${wrong} ca sai`}</StatusTag>)}
        {write && <LinkButton look="primary" icon="plus" href={caseHref(draft, 'new')}>Thêm ca mẫu</LinkButton>}
      </div>
      {runs.length === 0 && <EmptyState icon="inbox" title="Chưa có ca mẫu nào">Nên có ít nhất: một ca nộp trực tuyến đúng hạn, một ca được miễn hoặc giảm phí, một ca thiếu giấy tờ.</EmptyState>}
      {runs.map((run, i) => <CaseCard draft={draft} run={run} at={i} write={write} />)}
    </>
  )
}

/** What the case fixes; all there is while it fixes nothing. */
function shownLines(run: CaseRun): CaseRun['lines'] {
  const fixed = run.lines.filter((line) => line.expected !== null)
  return fixed.length > 0 ? fixed : run.lines.filter((line) => line.key !== 'errors')
}

function CaseCard({ draft, run, at, write }: { draft: Draft; run: CaseRun; at: number; write: boolean }) {
  const received = Number.isNaN(Date.parse(run.receivedAt)) ? run.receivedAt : formatDateTime(new Date(run.receivedAt))
  return (
    <article class="case card" id={`cases[${at}]`} aria-labelledby={`case-${at}`}>
      <header>
        <h2 id={`case-${at}`}>{run.title || 'Ca chưa đặt tên'}</h2>
        {run.ok ? <StatusTag tone="good">Đúng</StatusTag> : run.broken ? <StatusTag tone="bad">Chưa tính được</StatusTag> : run.lines.some((line) => line.expected !== null) ? <StatusTag tone="bad">Sai</StatusTag> : <StatusTag tone="warn">Chưa ghi kết quả phải ra</StatusTag>}
        <span class="soft">{run.channel}, nhận lúc {received}</span>
      </header>
      {run.broken && <Notice tone="warn"><p>{run.broken}</p></Notice>}
      <Unmeant run={run} />
      {run.lines.length > 0 && (run.ok ? <Details summary={`Ra đúng: ${shownLines(run).map((line) => line.label.toLowerCase()).join(', ')}`}><Lines run={run} /></Details> : <Lines run={run} />)}
      {write && (
        <Actions>
          <LinkButton icon="pen" href={caseHref(draft, at)}>Sửa ca này</LinkButton>
          {run.outcome && !run.ok && (
            <Form action={`${caseHref(draft, at)}/outcome`}><Hidden draft={draft} title={run.title} /><Button icon="check">{run.unmeant.length > 0 ? 'Cố ý khai sai: ghi kết quả nay ra' : 'Ghi kết quả nay ra làm kết quả phải ra'}</Button></Form>
          )}
          <Form action={`${caseHref(draft, at)}/removal`}><Hidden draft={draft} title={run.title} /><Button look="quiet" icon="trash">Bỏ ca này</Button></Form>
        </Actions>
      )}
    </article>
  )
}

/** Answers the case lacks, so that nobody fixes an unfinished form as what must come out. */
const Unmeant = ({ run }: { run: CaseRun }) =>
  run.unmeant.length === 0 ? null : (
    <Notice tone="warn" title="Tờ khai của ca này chưa hợp lệ">
      <p>Còn thiếu hoặc sai: {run.unmeant.join('; ')}. Sửa câu trả lời của ca; chỉ giữ nguyên khi ca này cố ý thử một tờ khai sai.</p>
    </Notice>
  )

/** Expected beside actual, line by line. */
function Lines({ run }: { run: CaseRun }) {
  return (
    <table class="case-lines">
      <caption class="sr">Phải ra và nay ra: {run.title}</caption>
      <thead><tr><th scope="col">Mục</th><th scope="col">Phải ra</th><th scope="col">Nay ra</th></tr></thead>
      <tbody>
        {shownLines(run).map((line) => (
          <tr class={line.ok ? undefined : 'wrong-line'}>
            <th scope="row">{line.expected !== null && <Icon name={line.ok ? 'tick' : 'stop'} />}{line.label}<span class="sr">{line.expected === null ? '' : line.ok ? ', đúng' : ', sai'}</span></th>
            <td data-label="Phải ra">{line.expected ?? <span class="soft">không cố định</span>}</td>
            <td data-label="Nay ra">{line.expected !== null && line.ok && line.actual.length > 60 ? <span class="soft">đúng như thế</span> : line.actual}{line.key === 'dueOn' && run.derivation && <Details summary="Cách tính">{run.derivation}</Details>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** By these the act knows the case again, when somebody else has added or taken out one meanwhile. */
const Hidden = ({ draft, title }: { draft: Draft; title: string }) => (
  <><input type="hidden" name="_base" value={String(draft.revision)} /><input type="hidden" name="_was" value={title} /></>
)

export interface CaseFormView {
  readonly draft: Draft
  readonly at: number | 'new'
  readonly record: ProcedureRecord
  readonly title: string
  readonly was: string
  readonly channel: string
  /** As people write them. */
  readonly on: string
  readonly time: string
  readonly expect: Readonly<Record<string, unknown>>
  readonly state: FormState
  readonly values: Values
  readonly catalogs: Catalogs
  readonly run: CaseRun | null
  readonly faults: Readonly<Record<string, string>>
  readonly base: number
  /** Empty rows to offer in a table of the form, by its key. */
  readonly spareRows?: Readonly<Record<string, number>> | undefined
}

export function CaseForm(view: CaseFormView) {
  const { draft, at, record, state, values, catalogs, run, faults } = view
  return (
    <Form action={caseHref(draft, at)} class="part-form" guard>
      <input type="hidden" name="_base" value={String(view.base)} />
      <input type="hidden" name="_was" value={view.was} />
      <input type="hidden" name="_expect" value={JSON.stringify(view.expect)} />
      <Block id="case" title={at === 'new' ? 'Ca mẫu mới' : 'Ca mẫu'} lead="Đặt tên theo điều muốn giữ đúng: “Trẻ quá 60 ngày: thu lệ phí”.">
        <Plain name="_title" label="Tên ca" value={view.title} fault={faults.title} />
        <div class="pair">
          <div class="q">
            <label class="label" for="_channel">Kênh nộp</label>
            <select id="_channel" name="_channel">{record.channels.map(({ channel }) => <option value={channel} selected={channel === view.channel}>{channelLabels[channel]}</option>)}</select>
          </div>
          <Plain name="_on" label="Ngày nhận" value={view.on} fault={faults.on} short date />
          <Plain name="_time" label="Giờ nhận" value={view.time} fault={faults.time} short />
        </div>
      </Block>
      <Block id="answers" title="Câu trả lời" lead="Điền như người dân điền. Bấm “Cập nhật” khi một câu trả lời mở ra câu khác.">
        <div class="filing">{record.form.sections.map((section) => <SectionView section={section} state={state} values={values} catalogs={catalogs} province="38" spareRows={view.spareRows} />)}</div>
        <Button name="_refresh" value="1">Cập nhật câu hỏi và kết quả</Button>
      </Block>
      <Block id="expect" title="Phải ra" lead="Chọn điều nào ca này giữ cố định. Kết quả bên dưới vừa tính từ bản nháp.">
        {run?.broken && <Notice tone="warn"><p>{run.broken}</p></Notice>}
        {run && <Unmeant run={run} />}
        <fieldset>
          <legend class="sr">Giữ cố định</legend>
          {EXPECTATIONS.map((key) => {
            const line = run?.lines.find((one) => one.key === key)
            return (
              <div class="case-fix">
                <label class="choice"><input type="checkbox" name="_fix" value={key} checked={at === 'new' ? key !== 'errors' : view.expect[key] !== undefined} /><span><b>{expectationLabels[key]}</b></span></label>
                <p>{line ? line.actual : <span class="soft">chưa tính được</span>}</p>
                {line && !line.ok && <p class="bad-line"><Icon name="stop" /> Trước đây phải ra: {line.expected}</p>}
              </div>
            )
          })}
        </fieldset>
        {run?.lines.some((line) => !line.ok) && <Notice tone="warn"><p>Lưu ca này là ghi kết quả nay ra làm kết quả phải ra. Chỉ lưu khi kết quả mới đúng luật; nếu không, sửa lại bước, phí hoặc thời hạn của thủ tục.</p></Notice>}
      </Block>
      <Actions sticky><Button look="primary" busyText="Đang lưu…">Lưu ca mẫu</Button><LinkButton look="quiet" href={draftHref(draft.id, 'cases')}>Quay lại, không lưu</LinkButton></Actions>
    </Form>
  )
}

function Plain({ name, label, value, fault, short, date }: { name: string; label: string; value: string; fault?: string | undefined; short?: boolean; date?: boolean }) {
  return (
    <div class={fault ? 'q wrong' : 'q'}>
      <label class="label" for={name}>{label}</label>
      {fault && <p class="fault">{fault}</p>}
      <input id={name} name={name} value={value} class={short ? 'w12' : undefined} autocomplete="off" data-typing={date ? 'date' : undefined} aria-invalid={fault ? true : undefined} />
    </div>
  )
}
