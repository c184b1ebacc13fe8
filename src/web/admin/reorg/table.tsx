// Pasting or uploading a table for a big plan: what it would draw, which lines are bad and why; only then it is written.

import { calledName } from '#modules/org/index.ts'
import { type Plan, STEP_KINDS } from '#modules/reorg/index.ts'
import { Actions, Button, Details, FileInput, Form, KeyFigures, LinkButton, Notice, PageHeading, Table } from '#ui/index.ts'
import { EXAMPLE, type ReadTable } from './table.ts'
import { count, planHref, sentenceOf } from './words.ts'

export interface TableView {
  readonly plan: Plan
  readonly text: string
  /** What was read of it; null before anything was given. */
  readonly read: ReadTable | null
  readonly named: (id: string) => string
}

const SHOWN = 200

export function TableScreen({ plan, text, read, named }: TableView) {
  const names = new Map(read?.steps.flatMap((step) => (step.kind === 'create' ? [[step.unit.id, calledName(step.unit)] as const] : [])) ?? [])
  const called = (id: string): string => names.get(id) ?? named(id)
  return (
    <div class="measure wide">
      <PageHeading title="Dán bảng mã" lead={`${plan.title}. Mỗi dòng một cặp: mã cũ, mã mới, tỷ lệ, tên mới (chỉ cần một lần cho mỗi mã mới). Dán thẳng từ bảng tính được.`} />
      {read && (
        <>
          <KeyFigures
            items={[
              { label: 'Dòng đọc được', value: read.rows }, { label: 'Dòng sai', value: read.bad.length, hot: read.bad.length > 0 }, { label: 'Đơn vị mới', value: read.counts.fresh },
              { label: 'Sáp nhập', value: read.counts.merges }, { label: 'Chia, tách', value: read.counts.splits },
            ]}
          />
          {read.bad.length > 0 && (
            <section>
              <h2>{count(read.bad.length)} dòng chưa dùng được</h2>
              <Table
                caption="Dòng sai" captionHidden rows={read.bad.slice(0, SHOWN)} empty=""
                columns={[{ key: 'line', label: 'Dòng', num: true, cell: (bad) => bad.line }, { key: 'text', label: 'Nội dung', main: true, cell: (bad) => <code>{bad.text}</code> }, { key: 'why', label: 'Cần sửa', cell: (bad) => bad.why }]}
              />
            </section>
          )}
          {read.steps.length > 0 && (
            <>
              <Details summary={`Xem ${count(read.steps.length)} bước sẽ thêm`}>
                <ul>{read.steps.slice(0, SHOWN).map((step) => <li><b>{STEP_KINDS[step.kind]}.</b> {sentenceOf(step, called)}</li>)}</ul>
                {read.steps.length > SHOWN && <p class="soft">Và {count(read.steps.length - SHOWN)} bước nữa.</p>}
              </Details>
              <Form action={planHref(plan.id, '/table/steps')}>
                <input type="hidden" name="text" value={text} />
                <Actions>
                  <Button look="primary">Thêm {count(read.steps.length)} bước vào kế hoạch</Button>
                  {read.bad.length > 0 && <span class="soft">Dòng sai được bỏ qua; sửa ở dưới rồi đọc lại để không thiếu.</span>}
                </Actions>
              </Form>
            </>
          )}
        </>
      )}
      {read && <h2>Bảng đang đọc</h2>}
      <Form action={planHref(plan.id, '/table')} multipart>
        <div class="q">
          <label class="label" for="text">Bảng</label>
          <p class="hint">Cột cách nhau bằng dấu chấm phẩy, phẩy hoặc tab. Các phần của một mã cũ cộng lại đủ 100%.</p>
          <textarea id="text" name="text" rows={12} spellcheck={false} placeholder={EXAMPLE}>{text}</textarea>
        </div>
        <div class="q">
          <label class="label" for="file">Hoặc chọn tệp CSV</label>
          <FileInput id="file" name="file" accept=".csv,.tsv,.txt,text/csv,text/plain" maxBytes={2_000_000} />
        </div>
        <Actions><Button look={read && read.steps.length > 0 ? 'secondary' : 'primary'}>Đọc bảng</Button><LinkButton look="quiet" href={planHref(plan.id)}>Quay lại</LinkButton></Actions>
      </Form>
      {!read && <Notice><p>Ví dụ: <code>16435;14797;60%;phường Hạc Thành</code>. Mã mới trùng mã một đơn vị kết thúc cùng lúc được; khi ấy ghi tên mới.</p></Notice>}
    </div>
  )
}
