// The fee tables as DMN: drawn in the browser, taken from a file of another tool with a report of what is taken, given out as a file.

import type { Survey, SurveyedDecision } from '#core/dmn/index.ts'
import { amountColumn, type Draft, type FeeView, guessColumn, policyNote } from '#modules/procedures/index.ts'
import { Actions, Alert, Button, Details, EmptyState, FileInput, Form, Icon, LinkButton, Notice, StatusTag } from '#ui/index.ts'
import { Faults, feesHref, Ways } from './screen.tsx'

export const MOST_BYTES = 2 * 1024 * 1024

export function DmnScreen({ draft, view, xml, write, faults = [] }: { draft: Draft; view: FeeView; xml: string | null; write: boolean; faults?: readonly string[] }) {
  const own = view.part.feeDmn !== undefined
  return (
    <div class="fees">
      <link rel="stylesheet" href="/assets/heavy/feetable.css" />
      <link rel="stylesheet" href="/assets/heavy/dmntable.css" />
      <div class="fees-head"><Ways draft={draft} now="dmn" />{xml && <LinkButton icon="download" href={feesHref(draft, '/dmn/bang-phi.dmn')} download>Tải tệp .dmn</LinkButton>}</div>
      <p class="measure">Cùng các bảng phí, vẽ theo chuẩn DMN 1.3 của OMG. Sửa ở đây hay ở <a href={feesHref(draft)}>bảng thường</a> là một; điều gì bảng thường không nói được thì tệp DMN được giữ nguyên.</p>
      {faults.length > 0 && <Alert title="Chưa nhận được bảng này"><ul class="fee-fault-list">{faults.map((fault) => <li>{fault}</li>)}</ul></Alert>}
      {view.broken ? <Alert title="Bảng phí chưa tính được"><p>{view.broken}</p></Alert> : view.record.fees.length > 0 && <Faults faults={view.faults} />}
      {xml === null ? <EmptyState icon="coin" title="Chưa có khoản thu nào">Thêm khoản thu ở bảng thường, rồi mở lại đây để xem dưới dạng DMN.</EmptyState> : (
        <Form action={feesHref(draft, '/dmn')} attributes={{ 'data-dmn-form': '' }} class="dmn-form">
          <input type="hidden" name="_base" value={String(draft.revision)} />
          <div class="dmn-host" data-dmn data-dmn-write={write ? 'true' : undefined} role="group" aria-label="Bảng quyết định"><p class="soft" data-dmn-wait>Đang mở bảng DMN…</p></div>
          <noscript><Notice><p>Trình duyệt này không chạy chương trình vẽ. Tải tệp .dmn về sửa bằng công cụ DMN, rồi nhập lại ở dưới; hoặc dùng bảng thường.</p></Notice></noscript>
          <Details summary="Xem tệp DMN (XML)"><label class="label" for="dmn-xml"><span class="sr">Tệp DMN</span></label><textarea id="dmn-xml" name="xml" rows={14} class="mono" spellcheck={false} readOnly={!write}>{xml}</textarea></Details>
          {write && <Actions sticky><Button look="primary" busyText="Đang kiểm tra…">Lưu bảng DMN</Button><span class="soft" data-dmn-state role="status">Chưa có thay đổi.</span></Actions>}
        </Form>
      )}
      {write && <ImportForm draft={draft} />}
      {write && own && (
        <section class="fee-item"><header><h2>Bỏ tệp DMN</h2></header>
          <p class="measure">Các khoản thu ở lại, mức thu phải ghi lại ở bảng thường. Tệp hiện nay nên tải về trước.</p>
          <Form action={feesHref(draft, '/dmn/removal')}><input type="hidden" name="_base" value={String(draft.revision)} /><Button look="danger" icon="trash">Bỏ tệp DMN, dùng bảng thường</Button></Form>
        </section>
      )}
      {xml !== null && <script type="module" src="/assets/heavy/dmntable.js" />}
    </div>
  )
}

function ImportForm({ draft }: { draft: Draft }) {
  return (
    <section class="fee-item" aria-labelledby="dmn-import">
      <header><h2 id="dmn-import">Nhập tệp DMN từ công cụ khác</h2></header>
      <Form action={feesHref(draft, '/dmn/files')} multipart>
        <div class="q"><label class="label" for="dmn-file">Tệp .dmn</label><p class="hint">DMN 1.3, nhiều nhất 2 MB. Trước khi nhận có báo cáo: nhận được gì, không nhận được gì và vì sao. Chưa có gì thay đổi.</p>
          <FileInput id="dmn-file" name="dmn" accept=".dmn,.xml,application/xml" maxBytes={MOST_BYTES} aria-required /></div>
        <Button icon="search" busyText="Đang đọc…">Xem tệp này nhận được gì</Button>
      </Form>
    </section>
  )
}

const POLICY: Readonly<Record<string, string>> = { U: 'UNIQUE', A: 'ANY', P: 'PRIORITY', F: 'FIRST', R: 'RULE ORDER', O: 'OUTPUT ORDER', C: 'COLLECT', 'C+': 'COLLECT SUM', 'C#': 'COLLECT COUNT', 'C<': 'COLLECT MIN', 'C>': 'COLLECT MAX' }

export interface ReportView {
  readonly draft: Draft
  readonly view: FeeView
  readonly fileName: string
  readonly survey: Survey
  readonly xml: string
  /** Whether the file is one of ours, to be taken whole. */
  readonly whole: boolean
  readonly faults?: readonly string[]
}

export function ReportScreen({ draft, view, fileName, survey, xml, whole, faults = [] }: ReportView) {
  const usable = survey.decisions.filter((one) => one.table && one.faults.length === 0)
  return (
    <div class="fees">
      <link rel="stylesheet" href="/assets/heavy/feetable.css" />
      <p><a href={feesHref(draft, '/dmn')}>Dưới dạng DMN</a> › Báo cáo nhập tệp</p>
      <h2 class="fee-title">{fileName}</h2>
      <p class="soft">{[survey.name && `“${survey.name}”`, survey.tool && `viết bởi ${survey.tool}`, `${survey.decisions.length} quyết định`, `${usable.length} bảng nhận được`].filter(Boolean).join(' · ')}</p>
      {faults.length > 0 && <Alert title="Chưa nhận được bảng này"><ul class="fee-fault-list">{faults.map((fault) => <li>{fault}</li>)}</ul></Alert>}
      {whole && (
        <Notice tone="good" title="Tệp này là bảng phí đầy đủ của thủ tục (có quyết định “fees”)">
          <p>Nhận cả tệp: mọi bảng trong đó thay cho bảng phí hiện nay của bản nháp.</p>
          <Form action={feesHref(draft, '/dmn')}><input type="hidden" name="_base" value={String(draft.revision)} /><textarea hidden name="xml">{xml}</textarea><Button look="primary">Nhận cả tệp</Button></Form>
        </Notice>
      )}
      <div class="dmn-report">
        {survey.decisions.map((one) => <DecisionReport one={one} draft={draft} view={view} xml={xml} fileName={fileName} />)}
      </div>
      {survey.left.length > 0 && (
        <section class="fee-item"><header><h2>Không nhận</h2></header>
          <ul>{survey.left.map((one) => <li><b>{one.what}</b>{one.name && ` “${one.name}”`}: {one.why}.</li>)}</ul></section>
      )}
      <Actions><LinkButton href={feesHref(draft, '/dmn')}>Quay lại, không nhận gì</LinkButton></Actions>
    </div>
  )
}

function DecisionReport({ one, draft, view, xml, fileName }: { one: SurveyedDecision; draft: Draft; view: FeeView; xml: string; fileName: string }) {
  const good = one.table !== null && one.faults.length === 0
  const note = one.table && policyNote(one.table)
  return (
    <section class="fee-item">
      <header>
        <h2>{one.name}</h2>
        {good ? <StatusTag tone="good">Nhận được</StatusTag> : one.faults.length > 0 ? <StatusTag tone="bad">Không nhận được</StatusTag> : <StatusTag>Biểu thức, không phải bảng</StatusTag>}
        {one.table && <p class="soft">{POLICY[one.table.hitPolicy]}, {one.table.rules.length} dòng, {one.table.inputs.length} cột điều kiện, {one.table.outputs.length} cột kết quả</p>}
      </header>
      {one.faults.length > 0 && <ul class="fee-fault-list">{one.faults.map((fault) => <li>{fault}</li>)}</ul>}
      {!one.table && one.faults.length === 0 && <p class="soft">Quyết định này chỉ là một biểu thức{one.needs.length > 0 && `, đọc kết quả của ${one.needs.map((name) => `“${name}”`).join(', ')}`}; viết thành công thức của một dòng nếu cần.</p>}
      {good && one.needs.length > 0 && <p class="soft"><Icon name="info" /> Bảng đọc kết quả của {one.needs.map((name) => `“${name}”`).join(', ')}; chỉ bảng này được nhận, nên cột đó phải chọn là một câu hỏi.</p>}
      {good && note && <Notice tone="warn"><p>{note}</p></Notice>}
      {good && <TakeForm one={one} draft={draft} view={view} xml={xml} fileName={fileName} />}
    </section>
  )
}

function TakeForm({ one, draft, view, xml, fileName }: { one: SurveyedDecision; draft: Draft; view: FeeView; xml: string; fileName: string }) {
  const table = one.table!
  const questions = view.record.form.sections.flatMap((section) => section.questions)
  const amount = amountColumn(table)
  return (
    <Form action={feesHref(draft, '/dmn/taking')} class="dmn-take">
      <input type="hidden" name="_base" value={String(draft.revision)} />
      <input type="hidden" name="decision" value={one.id} />
      <input type="hidden" name="file" value={fileName} />
      <textarea hidden name="xml">{xml}</textarea>
      <fieldset>
        <legend class="label">Mỗi cột của tệp là gì trong tờ khai</legend>
        <div class="pair">
          {table.inputs.map((input, i) => {
            const guess = guessColumn(view.record, input)
            const now = guess === null ? '' : typeof guess === 'string' ? `@${guess}` : guess.question
            return (
              <div class="q"><label class="label" for={`${one.id}-${i}`}>{input.label || input.expression}</label>
                <select id={`${one.id}-${i}`} name={`column.${i}`}>
                  <option value="">– Chưa chọn –</option><option value="@channel" selected={now === '@channel'}>Kênh nộp</option><option value="@receivedOn" selected={now === '@receivedOn'}>Ngày nhận hồ sơ</option>
                  {questions.map((question) => <option value={question.key} selected={now === question.key}>{question.label}</option>)}
                </select></div>
            )
          })}
        </div>
      </fieldset>
      <div class="pair">
        <div class="q"><label class="label" for={`${one.id}-amount`}>Cột mức thu</label><select id={`${one.id}-amount`} name="amount">{table.outputs.map((output, i) => <option value={String(i)} selected={i === amount}>{output.label || output.name}</option>)}</select></div>
        <div class="q"><label class="label" for={`${one.id}-fee`}>Nhận làm mức thu của</label><select id={`${one.id}-fee`} name="fee"><option value="">Khoản mới: {one.name}</option>{view.part.feeDmn === undefined && view.part.fees.map((fee) => <option value={fee.code}>{fee.name} (thay các dòng hiện có)</option>)}</select></div>
      </div>
      <Button look="primary" icon="plus">Nhận bảng này</Button>
    </Form>
  )
}
