// A part of the form, and the form itself, as they are edited: title, introduction, when it is asked at all.

import { questionsIn, subjectsOf, type FormNote, type KeyChange, type KnownQuestion, type PostedCondition, kindOf } from '#core/form/build/index.ts'
import type { FormDefinition, Section } from '#core/form/types.ts'
import { Button, Form, Icon, Notice } from '#ui/index.ts'
import { carried } from './carried.ts'
import { ConditionBuilder } from './condition.tsx'

interface Common {
  readonly form: FormDefinition
  readonly action: string
  readonly write: boolean
  readonly notes: readonly FormNote[]
  readonly warnings: readonly FormNote[]
  readonly hrefOf: (place: string | null) => string
}

export function SectionEditor({ section, form, action, write, notes, warnings, posted }: Common & { section: Section; posted?: PostedCondition | null }) {
  const place = `section:${section.key}`
  const mine = [...notes, ...warnings].filter((note) => note.place === place && note.of !== 'visibleWhen')
  const { questions, ...was } = section
  return (
    <Form action={action} class="editor" attributes={{ 'data-builder': 'true' }}>
      <input type="hidden" name="place" value={place} />
      <input type="hidden" name="_was" value={carried(was)} />
      <button class="sr" name="_do" value="save" tabIndex={-1} aria-hidden="true">Lưu</button>
      <fieldset disabled={!write || undefined}>
        <div class="editor-head" data-b-fresh="head"><p class="soft">Phần của tờ khai, {questions.length} câu</p><h2>{section.title || 'Phần chưa có tên'}</h2></div>
        <div data-b-fresh="notes">{mine.length > 0 && <Notice tone={notes.some((note) => note.place === place) ? 'bad' : 'warn'}><ul>{mine.map(({ message }) => <li>{message}</li>)}</ul></Notice>}</div>
        <div class="q"><label class="label" for="title">Tên phần</label><input id="title" name="title" value={section.title} autocomplete="off" /></div>
        <div class="q"><label class="label" for="intro">Lời dẫn đầu phần</label><textarea id="intro" name="intro" rows={2} placeholder="Một hai câu cho người dân biết phần này hỏi gì; để trống cũng được.">{section.intro ?? ''}</textarea></div>
        <div data-b-fresh="settings">
          <ConditionBuilder name="visibleWhen" label="Khi nào hỏi cả phần này" feel={section.visibleWhen} posted={posted} subjects={subjectsOf(questionsIn(form).filter(({ key }) => !questions.some((one) => one.key === key)))} without="Luôn hỏi." faults={[...notes, ...warnings].filter((note) => note.place === place && note.of === 'visibleWhen').map(({ message }) => message)} />
        </div>
        {write && (
          <div class="editor-foot"><div class="actions">
            <Button look="primary" name="_do" value="save">Lưu</Button>
            <Button look="quiet" name="_do" value="up" icon="up">Lên</Button>
            <Button look="quiet" name="_do" value="down" icon="down">Xuống</Button>
            <Button look="quiet" name="_do" value="remove" icon="trash" disabled={form.sections.length === 1 && questions.length > 0}>Xóa phần</Button>
          </div><p class="soft">Xóa phần thì các câu của nó chuyển sang phần bên cạnh, không mất câu nào.</p></div>
        )}
      </fieldset>
    </Form>
  )
}

export interface FormOverviewProps extends Common {
  readonly known: readonly KnownQuestion[]
  readonly changes: readonly (KeyChange & { readonly version: number; readonly dossiers: number })[]
}

/** The whole form: its names, everything that is to be mended, and what need not be asked. */
export function FormOverview({ form, action, write, notes, warnings, known, changes, hrefOf }: FormOverviewProps) {
  const asked = questionsIn(form)
  return (
    <div class="overview">
      <Form action={action} class="editor" attributes={{ 'data-builder': 'true' }}>
        <input type="hidden" name="place" value="form" />
        <input type="hidden" name="_was" value={carried({ title: form.title, formNo: form.formNo })} />
        <button class="sr" name="_do" value="save" tabIndex={-1} aria-hidden="true">Lưu</button>
        <fieldset disabled={!write || undefined}>
          <div class="editor-head" data-b-fresh="head"><p class="soft">Tờ khai, {form.sections.length} phần, {asked.length} câu</p><h2>{form.title || 'Tờ khai chưa có tên'}</h2></div>
          <div class="pair">
            <div class="q"><label class="label" for="title">Tên tờ khai</label><input id="title" name="title" value={form.title} autocomplete="off" /></div>
            <div class="q"><label class="label" for="formNo">Số hiệu mẫu gốc</label><input id="formNo" name="formNo" value={form.formNo ?? ''} autocomplete="off" placeholder="Mẫu số 01, Thông tư…" /></div>
          </div>
          {write && <div class="actions no-js"><Button look="primary" name="_do" value="save">Lưu</Button></div>}
        </fieldset>
      </Form>
      <div data-b-fresh="overview">
        {notes.length === 0
          ? <Notice tone="good"><p>Tờ khai không có lỗi nào{warnings.length > 0 ? `; có ${warnings.length} chỗ nên xem lại` : ''}.</p></Notice>
          : <Notice tone="bad" title={`${notes.length} chỗ phải sửa trước khi công bố`}><NoteList notes={notes} hrefOf={hrefOf} form={form} /></Notice>}
        {changes.length > 0 && (
          <Notice tone="warn" title="Hồ sơ đang chạy đã trả lời theo kiểu khác">
            <ul>{changes.map((change) => <li><a href={hrefOf(change.key)}>{change.label}</a>: {changeWords(change)} ({change.dossiers.toLocaleString('vi-VN')} hồ sơ của phiên bản {change.version})</li>)}</ul>
            <p>Hồ sơ đang chạy giữ phiên bản của mình; chỉ khi chuyển sang bản này mới phải xử lý, từng hồ sơ một.</p>
          </Notice>
        )}
        {warnings.length > 0 && <Notice tone="warn" title={`${warnings.length} chỗ nên xem lại`}><NoteList notes={warnings} hrefOf={hrefOf} form={form} /></Notice>}
        {known.length > 0 && <Known known={known} action={action} write={write} hrefOf={hrefOf} />}
      </div>
    </div>
  )
}

export const changeWords = ({ before, now, lost }: KeyChange): string =>
  lost.length > 0 ? `không còn lựa chọn ${lost.map((label) => `“${label}”`).join(', ')}` : `trước là “${kindOf(before)?.name ?? before}”, nay là “${kindOf(now)?.name ?? now}”`

function NoteList({ notes, hrefOf, form }: { notes: readonly FormNote[]; hrefOf: (place: string | null) => string; form: FormDefinition }) {
  const named = (place: string | null): string => {
    if (place === null) return 'Tờ khai'
    if (place.startsWith('section:')) return form.sections.find(({ key }) => `section:${key}` === place)?.title || 'Phần chưa có tên'
    return questionsIn(form).find(({ key }) => key === place.split('.')[0])?.label || place
  }
  return <ul>{notes.slice(0, 40).map((note) => <li><a href={hrefOf(note.place ?? 'form')}>{named(note.place)}</a>: {note.message}</li>)}{notes.length > 40 && <li>… và {notes.length - 40} chỗ nữa.</li>}</ul>
}

/** What VNeID or a register has said already (S2-100): one press and it is gone, or filled in. */
function Known({ known, action, write, hrefOf }: { known: readonly KnownQuestion[]; action: string; write: boolean; hrefOf: (place: string) => string }) {
  const typed = known.filter(({ filled }) => !filled)
  return (
    <section class="known" aria-labelledby="known-title">
      <h3 id="known-title">Nhà nước đã có {known.length} điều đang hỏi{typed.length > 0 && `, ${typed.length} điều còn bắt gõ lại`}</h3>
      <p class="soft">Người nộp đăng nhập bằng VNeID nên các điều này đã biết. Câu nào kết quả không cần đến thì bỏ cho tờ khai ngắn lại.</p>
      <ul>
        {known.map(({ question, fact, filled, usedBy }) => (
          <li>
            <span><a href={hrefOf(question.key)}>{question.label}</a> <span class="soft"><Icon name={filled ? 'check' : 'pen'} /> {filled ? `điền sẵn từ ${fact.from}` : 'phải gõ'}{usedBy.length > 0 && `; dùng ở ${usedBy.length} chỗ`}</span></span>
            {write && (
              <Form action={action} class="one-click">
                <input type="hidden" name="place" value={question.key} />
                {!filled && <Button look="quiet" name="_do" value={`prefill:${fact.source}`} icon="check">Điền sẵn</Button>}
                {usedBy.length === 0 && <Button look="quiet" name="_do" value="remove" icon="trash">Bỏ câu này</Button>}
              </Form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
