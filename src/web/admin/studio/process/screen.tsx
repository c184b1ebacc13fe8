// The tab of the process: how long it takes beside the legal term, the drawing, what is wrong, the list.

import type { ReportEntry } from '#core/bpmn/index.ts'
import type { Draft, DraftProcess, Step } from '#modules/procedures/index.ts'
import { Button, Details, FileInput, Form, Icon, LinkButton, Notice } from '#ui/index.ts'
import { partHost } from '../frame.tsx'
import { draftHref } from '../tab-list.ts'
import { StepList } from './list.tsx'
import { type ListView, stepsHref } from './view.ts'
import { hoursWord, type ProcessOffers, termOf, type TermWords } from './words.ts'

export interface ProcessView extends ListView {
  readonly draft: Draft
  readonly process: DraftProcess
  readonly offers: ProcessOffers
  /** The drawing as it stands, for readers without a script and for phones. */
  readonly still: string | null
  readonly brought: readonly { readonly id: string; readonly fileName: string; readonly byName: string; readonly when: string }[]
}

/** Hours of the usual road on a bar as long as the legal term. */
export function Sum({ steps, hours, term, faults }: { steps: readonly Step[]; hours: number; term: TermWords | null; faults: readonly ReportEntry[] }) {
  const errors = faults.filter((one) => one.level === 'error').length
  const whole = term?.hours ? Math.max(term.hours, hours) : 0
  return (
    <div class="process-sum" id="process-sum">
      <p><b>{steps.length}</b> bước</p>
      <p>
        Đường đi thường gặp <b>{hoursWord(hours)}</b>
        {term?.hours && <> trên thời hạn {term.term} ({term.about ? 'khoảng ' : ''}{hoursWord(term.hours)})</>}
        {term?.over && <span class="bad"> <Icon name="alert" /> dài hơn thời hạn</span>}
      </p>
      <p class={errors > 0 ? 'bad' : 'good'}><Icon name={errors > 0 ? 'alert' : 'tick'} /> {errors > 0 ? `${errors} chỗ cần sửa` : 'Chạy được'}</p>
      {whole > 0 && (
        <svg class="process-bar" viewBox={`0 0 ${whole} 1`} preserveAspectRatio="none" aria-hidden="true">
          <rect class="all" width={term!.hours!} height="1" /><rect class={term!.over ? 'used over' : 'used'} width={hours} height="1" />
        </svg>
      )}
    </div>
  )
}

/** Everything that is wrong, each leading to its place: the element of the drawing, or the step in the list. */
export function Faults({ faults, steps }: { faults: readonly ReportEntry[]; steps: readonly Step[] }) {
  if (faults.length === 0) return <div id="process-faults" data-faults="[]" />
  const sorted = [...faults].sort((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning'))
  return (
    <div id="process-faults" data-faults={JSON.stringify(faults)}>
      <ul class="process-faults">
        {sorted.map(({ element, level, message }) => {
          const step = steps.find((one) => one.id === element || element.startsWith(`${one.id}__`))
          return (
            <li class={level === 'error' ? 'bad' : 'warn'}>
              <Icon name={level === 'error' ? 'alert' : 'info'} />
              <a href={step ? `#step-${step.id}` : '#process-drawing'} data-element={element}><span class="sr">{level === 'error' ? 'Cần sửa: ' : 'Nên xem lại: '}</span>{message}</a>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

export function ProcessScreen(view: ProcessView) {
  const { draft, process, write, offers, still, brought } = view
  const words = JSON.stringify(offers)
  return (
    <>
      <link rel="stylesheet" href="/assets/heavy/process.css" />
      <Sum steps={process.steps} hours={process.hours} term={termOf(draft.record, process.hours)} faults={process.faults} />
      <section id="process-drawing" class="process-drawing" aria-labelledby="at-drawing">
        <div class="process-tools">
          <h2 id="at-drawing">Hình vẽ</h2>
          <div class="process-tools-right">
            {process.drawn && write && (
              <Form action={draftHref(draft.id, 'process/redrawing')} attributes={{ 'data-process-act': '' }}>
                <input type="hidden" name="_base" value={String(draft.revision)} />
                <Button look="quiet" icon="half">Vẽ lại ngay ngắn</Button>
              </Form>
            )}
            {process.bpmn && <LinkButton look="quiet" icon="download" href={draftHref(draft.id, 'process/drawing.bpmn')} download>Tải tệp .bpmn</LinkButton>}
          </div>
        </div>
        {process.bpmn === null && <Notice tone="warn" title="Chưa vẽ được hình"><p>Các bước chưa nối được với nhau; sửa trong danh sách bên dưới rồi hình sẽ hiện.</p></Notice>}
        {process.bpmn !== null && (
          <div
            class="process-easel" data-process={draftHref(draft.id, 'process')} data-process-words={words} data-process-drawn={process.drawn ? 'true' : undefined}
            {...partHost(draft, 'process', write)}
          >
            <p class="process-wait soft" hidden>Đang mở bàn vẽ…</p>
          </div>
        )}
        {still && <div class="process-still" role="img" aria-label="Hình quy trình; nội dung như danh sách các bước bên dưới" tabIndex={0} dangerouslySetInnerHTML={{ __html: still }} />}
      </section>
      <section aria-label="Chỗ cần sửa"><Faults faults={process.faults} steps={process.steps} /></section>
      <section class="process-steps" aria-labelledby="at-steps">
        <div class="process-tools">
          <h2 id="at-steps">Danh sách các bước</h2>
          {write && (
            <Form action={stepsHref(draft.id)} class="process-tools-right" attributes={{ 'data-process-act': '' }}>
              <input type="hidden" name="_base" value={String(draft.revision)} />
              <Button look="quiet" icon="plus" name="_act" value="call">Thêm bước gọi quy trình khác</Button>
            </Form>
          )}
        </div>
        <div id="process-list"><StepList {...view} /></div>
      </section>
      {write && <Bring draft={draft} brought={brought} />}
      <script type="module" src="/assets/heavy/process.js" />
    </>
  )
}

function Bring({ draft, brought }: { draft: Draft; brought: ProcessView['brought'] }) {
  return (
    <section class="process-bring" aria-labelledby="at-bring">
      <Details summary="Lấy quy trình từ tệp BPMN của công cụ khác">
        <h2 id="at-bring" class="sr">Lấy từ tệp</h2>
        <p class="soft">Camunda, bpmn.io, Signavio, ARIS, Bizagi… Tệp đến 5 MB. Hệ thống đọc tệp và kể rõ phần nào lấy được; bản nháp chỉ đổi khi ông/bà đồng ý.</p>
        <Form action={draftHref(draft.id, 'process/files')} multipart>
          <label class="label" for="bpmn-file">Tệp .bpmn hoặc .xml</label>
          <FileInput id="bpmn-file" name="file" accept=".bpmn,.xml,application/xml,text/xml" />
          <Button look="secondary" busyText="Đang đọc tệp…">Đọc tệp</Button>
        </Form>
        {brought.length > 0 && <ul class="plain">{brought.map((one) => <li><a href={draftHref(draft.id, `process/files/${one.id}`)}>{one.fileName}</a> <span class="soft">{one.byName}, {one.when}</span></li>)}</ul>}
      </Details>
    </section>
  )
}
