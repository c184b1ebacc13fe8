// One question as an official edits it: words first, then how it is answered, when it is asked, what is checked.

import { COLUMN_KINDS, factsFor, findQuestion, KIND_GROUPS, kindOf, KINDS, type KnownQuestion, type PostedCondition, questionsIn, type Setting, subjectOf, type Subject, subjectsOf, writeOptions } from '#core/form/build/index.ts'
import type { FormDefinition, Question } from '#core/form/types.ts'
import { Button, Details, Form, Icon, Notice } from '#ui/index.ts'
import { carried } from './carried.ts'
import { ConditionBuilder } from './condition.tsx'
import type { FormNote } from '#core/form/build/index.ts'

export const CATALOGS: Readonly<Record<string, string>> = {
  dan_toc: 'Dân tộc', quoc_tich: 'Quốc tịch', ton_giao: 'Tôn giáo', tinh: 'Tỉnh, thành phố', xa: 'Xã, phường', ngan_hang: 'Ngân hàng', nganh_nghe: 'Ngành nghề kinh doanh',
}

export interface QuestionEditorProps {
  readonly form: FormDefinition
  readonly place: string
  readonly action: string
  readonly write: boolean
  readonly notes: readonly FormNote[]
  readonly warnings: readonly FormNote[]
  readonly known: readonly KnownQuestion[]
  readonly usedBy: readonly string[]
  /** What was posted and could not be kept whole. */
  readonly posted?: { readonly conditions: Readonly<Record<string, PostedCondition | null>> }
  /** A key that running dossiers have answered otherwise. */
  readonly changed?: string
  readonly hrefOf: (place: string | null) => string
}

/** What a condition of this place may be about; in a check also the answer itself. */
export function subjectsFor(form: FormDefinition, place: string, name: string): readonly Subject[] {
  const found = findQuestion(form, place)
  const others = subjectsOf(questionsIn(form), place.split('.')[0])
  return name === 'check' && found ? [{ ...subjectOf(found.question, 'value'), label: 'Câu trả lời này' }, ...others] : others
}

const bound = (value: unknown, days: boolean): string => {
  const text = value === undefined || value === null ? '' : String(value)
  return days ? text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1') : text.replace('.', ',')
}

export function QuestionEditor(props: QuestionEditorProps) {
  const { form, place, action, write, notes, warnings, known, usedBy, changed, hrefOf } = props
  const found = findQuestion(form, place)
  if (!found) return null
  const { question, table, section } = found
  const kind = kindOf(question.type)
  const has = (setting: Setting): boolean => kind?.settings.includes(setting) ?? false
  const faults = (of: string): string[] => notes.filter((note) => note.place === place && (note.of ?? '').split('.')[0] === of).map(({ message }) => message)
  const fact = known.find((one) => one.question === question)
  const sensed = [...notes, ...warnings].filter((note) => note.place === place && !['visibleWhen', 'requiredWhen', 'check', 'value', 'options', 'label', 'key'].includes((note.of ?? '').split('.')[0]!))
  return (
    <Form action={action} class="editor" attributes={{ 'data-builder': 'true' }}>
      <input type="hidden" name="place" value={place} />
      <input type="hidden" name="_was" value={carried(question)} />
      <button class="sr" name="_do" value="save" tabIndex={-1} aria-hidden="true">Lưu</button>
      <fieldset disabled={!write || undefined}>
        <div class="editor-head" data-b-fresh="head">
          <p class="soft">{table ? <>Cột của bảng <a href={hrefOf(table.key)}>{table.label}</a></> : <>Câu hỏi trong phần <a href={hrefOf(`section:${section.key}`)}>{section.title}</a></>}</p>
          <h2>{question.label || 'Câu hỏi chưa có lời'}</h2>
        </div>
        <div data-b-fresh="notes">
          {changed && <Notice tone="warn" title="Hồ sơ đang chạy đã trả lời câu này theo kiểu khác"><p>{changed} Bảng chuyển phiên bản sẽ hỏi cách chuyển từng hồ sơ; hoặc đặt khóa mới cho câu này để không lẫn.</p></Notice>}
          {sensed.length > 0 && <Notice tone={notes.some((note) => note.place === place) ? 'bad' : 'warn'}><ul>{sensed.map(({ message }) => <li>{message}</li>)}</ul></Notice>}
          {fact && write && <KnownNotice fact={fact} />}
        </div>
        <Words question={question} faults={faults} />
        <div class="q">
          <label class="label" for="type">Trả lời bằng cách nào</label>
          <select id="type" name="type" data-redraw>
            {!kind && <option value={question.type} selected>{question.type}</option>}
            {table
              ? COLUMN_KINDS.map((one) => <option value={one.type} selected={one.type === question.type}>{one.name}</option>)
              : Object.entries(KIND_GROUPS).map(([group, name]) => <optgroup label={name}>{KINDS.filter((one) => one.group === group).map((one) => <option value={one.type} selected={one.type === question.type}>{one.name}</option>)}</optgroup>)}
          </select>
          <p class="hint" data-b-fresh="kind">{kind ? <>{kind.about} Ví dụ: <i>{kind.example}</i></> : 'Kiểu này hệ thống không có; chọn một kiểu khác.'}</p>
        </div>
        <div data-b-fresh="settings" class="settings">
          <Settings question={question} has={has} faults={faults} place={place} hrefOf={hrefOf} form={form} table={table !== null} />
          {has('required') && <Required {...props} question={question} inTable={table !== null} faults={faults} />}
          {!table && <ConditionBuilder name="visibleWhen" label="Khi nào hỏi câu này" feel={question.visibleWhen} posted={props.posted?.conditions['visibleWhen']} subjects={subjectsFor(form, place, 'visibleWhen')} without="Luôn hỏi." faults={[...faults('visibleWhen'), ...warnings.filter((note) => note.place === place && note.of === 'visibleWhen').map(({ message }) => message)]} />}
          {has('check') && (
            <Details summary={question.check ? 'Kiểm tra câu trả lời (đang có)' : 'Kiểm tra câu trả lời'} open={faults('check').length > 0 || undefined}>
              <ConditionBuilder name="check" label="Câu trả lời chỉ đúng khi" feel={question.check} posted={props.posted?.conditions['check']} subjects={subjectsFor(form, place, 'check')} without="Không kiểm tra gì thêm ngoài kiểu trả lời." faults={faults('check')} />
              <Line name="error" label="Nói gì với người dân khi chưa đúng" value={question.error} hint="Nói chỗ sai và cách sửa, ví dụ: Ngày sinh phải trước ngày nộp; xem lại ngày, tháng, năm." />
            </Details>
          )}
        </div>
        <Details summary="Khóa, mức nhạy cảm, tên trên mẫu gốc">
          <Line name="official" label="Tên trên mẫu gốc của bộ" value={question.official} hint="Hiện nhỏ dưới câu hỏi, để đối chiếu với mẫu giấy." />
          <Line name="key" label="Khóa" value={question.key} mono hint={`Tên dùng trong điều kiện, mẫu in và dữ liệu. Đổi khóa ở đây thì mọi chỗ dùng nó cũng đổi theo.${usedBy.length > 0 ? ` Đang dùng ở: ${usedBy.slice(0, 6).join('; ')}${usedBy.length > 6 ? '…' : ''}.` : ''}`} faults={faults('key')} />
          <div class="q">
            <label class="label" for="sensitive">Mức nhạy cảm (Luật 91/2025/QH15)</label>
            <select id="sensitive" name="sensitive">
              {[['', 'Theo kiểu câu hỏi'], ['noi_bo', 'Nội bộ'], ['co_ban', 'Dữ liệu cá nhân cơ bản'], ['nhay_cam', 'Dữ liệu cá nhân nhạy cảm']].map(([value, label]) => <option value={value} selected={value === (question.sensitive ?? '')}>{label}</option>)}
            </select>
          </div>
        </Details>
        {usedBy.length > 0 && <p class="soft">Xóa câu này thì phải sửa: {usedBy.slice(0, 4).join('; ')}{usedBy.length > 4 && ` và ${usedBy.length - 4} chỗ nữa`}.</p>}
        {write && <Buttons table={table !== null} />}
      </fieldset>
    </Form>
  )
}

function KnownNotice({ fact: { fact, filled, usedBy } }: { fact: KnownQuestion }) {
  return (
    <Notice tone="info" title={filled ? `${fact.from} đã có điều này; câu này được điền sẵn` : `${fact.from} đã có điều này`}>
      <p>{filled ? 'Người dân chỉ phải xác nhận. Nếu kết quả không cần đến thì bỏ hẳn cho tờ khai ngắn lại.' : 'Không hỏi lại điều Nhà nước đã giữ: điền sẵn để người dân chỉ xác nhận, hoặc bỏ hẳn câu này.'}</p>
      <div class="actions">
        {!filled && <Button name="_do" value={`prefill:${fact.source}`} icon="check">Điền sẵn từ {fact.from}</Button>}
        <Button look="quiet" name="_do" value="remove" icon="trash" disabled={usedBy.length > 0}>Bỏ câu này</Button>
      </div>
      {usedBy.length > 0 && <p class="soft">Chưa bỏ được vì còn dùng ở: {usedBy.slice(0, 4).join('; ')}{usedBy.length > 4 && '…'}.</p>}
    </Notice>
  )
}

function Line({ name, label, value, hint, mono, faults = [], width, mode }: { name: string; label: string; value: unknown; hint?: string; mono?: boolean; faults?: readonly string[]; width?: string; mode?: 'numeric' | 'decimal' }) {
  return (
    <div class="q">
      <label class="label" for={name}>{label}</label>
      {hint && <p class="hint" id={`${name}--hint`}>{hint}</p>}
      <input id={name} name={name} value={value === undefined || value === null ? '' : String(value)} class={[mono && 'mono', width].filter(Boolean).join(' ') || undefined} spellcheck={mono ? false : undefined} inputMode={mode} autocomplete="off" aria-describedby={hint ? `${name}--hint` : undefined} aria-invalid={faults.length > 0 || undefined} />
      <Faults of={name} said={faults} />
    </div>
  )
}

/** Drawn anew by itself, also while somebody is writing in the field above. */
const Faults = ({ of, said }: { of: string; said: readonly string[] }) => <div data-b-fresh={`fault-${of}`}>{said.map((fault) => <p class="error"><Icon name="alert" /> {fault}</p>)}</div>

function Words({ question, faults }: { question: Question; faults: (of: string) => string[] }) {
  return (
    <>
      <div class="q">
        <label class="label" for="label">{question.type === 'statement' ? 'Lời dẫn' : 'Lời hỏi'}</label>
        <textarea id="label" name="label" rows={2} aria-invalid={faults('label').length > 0 || undefined}>{question.label}</textarea>
        <Faults of="label" said={faults('label')} />
      </div>
      <div class="q">
        <label class="label" for="help">Hướng dẫn, bằng lời thường</label>
        <textarea id="help" name="help" rows={2} placeholder="Xem ở đâu, ghi thế nào; để trống nếu câu hỏi đã rõ.">{question.help ?? ''}</textarea>
      </div>
    </>
  )
}

const FORMULAS = (form: FormDefinition, own: string): readonly (readonly [string, string])[] => questionsIn(form).filter(({ key }) => key !== own).flatMap((one): (readonly [string, string])[] => {
  if (one.type === 'table') {
    const numeric = (one.columns ?? []).filter(({ type }) => ['integer', 'number', 'money'].includes(type))
    return [
      [`if form.${one.key} = null then 0 else count(form.${one.key})`, `Đếm số dòng của “${one.label}”`],
      ...numeric.map((column) => [`if form.${one.key} = null then 0 else sum(for r in form.${one.key} return r.${column.key})`, `Cộng cột “${column.label}” của “${one.label}”`] as const),
    ]
  }
  if (['integer', 'number', 'money'].includes(one.type)) return [[`form.${one.key}`, `Lấy “${one.label}”`]]
  if (one.type === 'date') return [[`if form.${one.key} = null then null else date(receivedOn).year - date(form.${one.key}).year`, `Số năm từ “${one.label}” đến năm nộp`]]
  return []
})

function Settings({ question, has, faults, place, hrefOf, form, table }: { question: Question; has: (setting: Setting) => boolean; faults: (of: string) => string[]; place: string; hrefOf: (place: string) => string; form: FormDefinition; table: boolean }) {
  const facts = factsFor(question.type, question.prefill)
  return (
    <>
      {has('options') && (
        <div class="q">
          <label class="label" for="options">Các lựa chọn, mỗi dòng một lựa chọn</label>
          <p class="hint" id="options--hint">Dán được cả danh sách từ Word. Sau dấu | là mã, hệ thống tự đặt; giữ mã cũ để hồ sơ cũ vẫn hiểu.</p>
          <textarea id="options" name="options" rows={Math.min(14, Math.max(3, (question.options?.length ?? 0) + 1))} aria-describedby="options--hint">{writeOptions(question.options ?? [])}</textarea>
          <Faults of="options" said={faults('options')} />
        </div>
      )}
      {has('catalog') && (
        <div class="q">
          <label class="label" for="catalog">Danh mục</label>
          <select id="catalog" name="catalog"><option value="">– Chọn danh mục –</option>{!!question.catalog && !(question.catalog in CATALOGS) && <option value={question.catalog} selected>{question.catalog}</option>}{Object.entries(CATALOGS).map(([code, name]) => <option value={code} selected={code === question.catalog}>{name}</option>)}</select>
          <Faults of="catalog" said={faults('catalog')} />
        </div>
      )}
      {has('columns') && <Columns question={question} place={place} hrefOf={hrefOf} faults={faults('columns')} />}
      {has('value') && (
        <div class="q">
          <label class="label" for="value">Cách tính (biểu thức FEEL)</label>
          <textarea id="value" name="value" rows={3} class="mono" spellcheck={false}>{question.value ?? ''}</textarea>
          <Faults of="value" said={faults('value')} />
          <label class="label" for="formula">Hoặc lấy một cách tính có sẵn</label>
          <select id="formula" name="formula" data-redraw><option value="">– Chọn cách tính –</option>{FORMULAS(form, question.key).map(([feel, words]) => <option value={feel}>{words}</option>)}</select>
        </div>
      )}
      {has('example') && <Line name="example" label="Ví dụ" value={question.example} hint="Hiện mờ trong ô trả lời." />}
      {(has('numbers') || has('days') || has('times') || has('count')) && (
        <div class="pair">
          <Line name="min" label={has('days') ? 'Sớm nhất' : has('times') ? 'Sớm nhất' : has('count') ? 'Ít nhất (mục)' : 'Thấp nhất'} value={bound(question.min, has('days'))} width="w12" faults={faults('min')} />
          <Line name="max" label={has('days') ? 'Muộn nhất' : has('times') ? 'Muộn nhất' : has('count') ? 'Nhiều nhất (mục)' : 'Cao nhất'} value={bound(question.max, has('days'))} width="w12" faults={faults('max')} />
        </div>
      )}
      {(has('length') || has('pattern')) && (
        <Details summary={question.maxLength || question.pattern ? 'Độ dài và mẫu chữ (đang có)' : 'Độ dài và mẫu chữ'} open={faults('pattern').length > 0 || undefined}>
          {has('length') && <Line name="maxLength" label="Dài nhiều nhất (ký tự)" value={question.maxLength} width="w8" mode="numeric" />}
          {has('pattern') && <Line name="pattern" label="Mẫu (biểu thức chính quy)" value={question.pattern} mono faults={faults('pattern')} hint="Ví dụ ^[0-9]{2}[A-Z]$ cho hai chữ số rồi một chữ hoa. Để trống nếu không cần." />}
        </Details>
      )}
      {has('prefill') && !table && (
        <div class="q">
          <label class="label" for="prefill">Điền sẵn từ dữ liệu đã có</label>
          <select id="prefill" name="prefill"><option value="">Không điền sẵn</option>{facts.map((one) => <option value={one.source} selected={one.source === question.prefill}>{one.label} ({one.from})</option>)}</select>
        </div>
      )}
    </>
  )
}

function Columns({ question, place, hrefOf, faults }: { question: Question; place: string; hrefOf: (place: string) => string; faults: readonly string[] }) {
  return (
    <div class="q">
      <span class="label">Các cột</span>
      <ul class="columns">{(question.columns ?? []).map((column) => <li><a href={hrefOf(`${place}.${column.key}`)}>{column.label}</a> <span class="soft">{kindOf(column.type)?.name ?? column.type}{column.required && ', bắt buộc'}</span></li>)}</ul>
      <Faults of="columns" said={faults} />
      <div class="add-line"><label class="sr" for="column">Tên cột mới</label><input id="column" name="column" placeholder="Tên cột mới" autocomplete="off" /><Button name="_do" value="column" icon="plus">Thêm cột</Button></div>
    </div>
  )
}

function Required({ form, place, question, posted, inTable, faults }: QuestionEditorProps & { question: Question; inTable: boolean; faults: (of: string) => string[] }) {
  const now = question.requiredWhen !== undefined || posted?.conditions['requiredWhen'] ? 'when' : question.required ? 'yes' : 'no'
  return (
    <fieldset class="q must">
      <legend class="label">Có bắt buộc không</legend>
      <div class="choices">
        {([['yes', 'Bắt buộc'], ['no', 'Không bắt buộc'], ...(inTable ? [] : [['when', 'Tùy trường hợp'] as const])] as const).map(([value, label]) => <label class="choice"><input type="radio" name="must" value={value} checked={value === now} data-redraw /><span>{label}</span></label>)}
      </div>
      {now === 'when' && !inTable && <ConditionBuilder name="requiredWhen" label="Bắt buộc khi" feel={question.requiredWhen} posted={posted?.conditions['requiredWhen']} subjects={subjectsFor(form, place, 'requiredWhen')} without="Chưa chọn điều kiện: câu này không bắt buộc." faults={faults('requiredWhen')} />}
    </fieldset>
  )
}

function Buttons({ table }: { table: boolean }) {
  return (
    <div class="editor-foot">
      <div class="actions">
        <Button look="primary" name="_do" value="save">Lưu</Button>
        <Button look="quiet" name="_do" value="up" icon="up">Lên</Button>
        <Button look="quiet" name="_do" value="down" icon="down">Xuống</Button>
        {!table && <Button look="quiet" name="_do" value="copy" icon="copy">Nhân đôi</Button>}
        <Button look="quiet" name="_do" value="remove" icon="trash">Xóa</Button>
      </div>
    </div>
  )
}
