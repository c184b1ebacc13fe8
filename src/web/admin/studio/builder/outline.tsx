// The form as a list: its parts and questions in order, what is wrong where, and where one question more goes.

import { kindOf, KINDS, KIND_GROUPS, type FormNote } from '#core/form/build/index.ts'
import type { FormDefinition, Question } from '#core/form/types.ts'
import { Button, Details, Form, Icon } from '#ui/index.ts'

export interface OutlineProps {
  readonly form: FormDefinition
  readonly here: string | null
  readonly action: string
  readonly write: boolean
  readonly notes: readonly FormNote[]
  readonly warnings: readonly FormNote[]
  readonly known: ReadonlySet<string>
  readonly hrefOf: (place: string | null) => string
  /** A mark of this page, so that a question is added once however often its button is pressed. */
  readonly mark: string
}

const ofQuestion = (notes: readonly FormNote[], key: string): readonly FormNote[] => notes.filter(({ place }) => place === key || place?.startsWith(`${key}.`))

export function Outline(props: OutlineProps) {
  const { form, here, action, write, hrefOf } = props
  let no = 0
  return (
    <nav class="outline" id="outline" aria-label="Các câu hỏi của tờ khai" data-b-fresh="outline" data-outline={write ? action : undefined}>
      <p class="outline-title"><a href={hrefOf('form')} aria-current={here === 'form' || here === null ? 'true' : undefined}><b>{form.title || 'Tờ khai chưa có tên'}</b></a></p>
      {write && form.sections.length > 0 && <p class="outline-new"><a href="#new-label"><Icon name="plus" /> Thêm câu hỏi</a></p>}
      {form.sections.map((section, at) => (
        <section data-outline-section={section.key}>
          <h3><a href={hrefOf(`section:${section.key}`)} aria-current={here === `section:${section.key}` ? 'true' : undefined}>{at + 1}. {section.title || 'Phần chưa có tên'}</a>{section.visibleWhen && <span class="mark" title="Chỉ hiện khi có điều kiện"><Icon name="half" /><span class="sr">có điều kiện</span></span>}</h3>
          <ol start={no + 1}>
            {section.questions.map((question) => {
              no++
              return <Entry {...props} question={question} />
            })}
          </ol>
        </section>
      ))}
      {write && <AddQuestion {...props} />}
    </nav>
  )
}

function Entry({ question, here, notes, warnings, known, hrefOf, write }: OutlineProps & { question: Question }) {
  const bad = ofQuestion(notes, question.key).length > 0
  const odd = !bad && ofQuestion(warnings, question.key).length > 0
  const kind = kindOf(question.type)
  return (
    <li data-outline-question={question.key} draggable={write || undefined} class={here === question.key || here?.startsWith(`${question.key}.`) ? 'here' : undefined}>
      <a href={hrefOf(question.key)} aria-current={here === question.key ? 'true' : undefined}>
        <span class="said">{question.label || 'Chưa có lời hỏi'}{question.required && <span class="must" title="Bắt buộc"> *<span class="sr"> (bắt buộc)</span></span>}</span>
        <span class="about">{kind?.name ?? question.type}{question.visibleWhen && <>, <Icon name="half" /> có điều kiện</>}{known.has(question.key) && <>, <Icon name="user" /> đã có sẵn</>}</span>
      </a>
      {bad && <span class="flag bad" title="Có lỗi"><Icon name="alert" /><span class="sr">có lỗi</span></span>}
      {odd && <span class="flag warn" title="Nên xem lại"><Icon name="info" /><span class="sr">nên xem lại</span></span>}
    </li>
  )
}

function AddQuestion({ form, here, action, mark }: OutlineProps) {
  const last = form.sections.find((section) => section.questions.some(({ key }) => key === here?.split('.')[0])) ?? form.sections.find(({ key }) => here === `section:${key}`) ?? form.sections.at(-1)
  return (
    <div class="outline-add">
      <Form action={action} attributes={{ 'data-builder-add': 'true' }}>
        <input type="hidden" name="_key" value={mark} />
        <input type="hidden" name="after" value={here && !here.includes(':') && here !== 'form' ? here.split('.')[0] : ''} />
        <button class="sr" name="_do" value="add" tabIndex={-1} aria-hidden="true">Thêm câu hỏi</button>
        {form.sections.length > 0 && (
          <>
            <label class="label" for="new-label">Thêm câu hỏi</label>
            <input id="new-label" name="label" placeholder="Lời hỏi, ví dụ: Ông/bà cần mấy bản?" autocomplete="off" maxLength={300} />
            <div class="add-line">
              <label class="sr" for="new-type">Kiểu trả lời</label>
              <select id="new-type" name="type">{Object.entries(KIND_GROUPS).map(([group, name]) => <optgroup label={name}>{KINDS.filter((one) => one.group === group).map((one) => <option value={one.type} title={one.about}>{one.name}</option>)}</optgroup>)}</select>
              <label class="sr" for="new-section">Vào phần</label>
              <select id="new-section" name="section">{form.sections.map(({ key, title }) => <option value={key} selected={key === last?.key}>{title || key}</option>)}</select>
            </div>
            <Button name="_do" value="add" icon="plus" look="primary">Thêm câu hỏi</Button>
          </>
        )}
        <Details summary="Thêm một phần" open={form.sections.length === 0}>
          <div class="add-line"><label class="sr" for="new-title">Tên phần mới</label><input id="new-title" name="title" placeholder="Tên phần, ví dụ: Người được hưởng" autocomplete="off" maxLength={200} /><Button name="_do" value="add-section" icon="plus">Thêm phần</Button></div>
        </Details>
      </Form>
      <KindGallery />
    </div>
  )
}

/** Every kind there is, for who does not know them yet. */
function KindGallery() {
  return (
    <Details summary="Các kiểu trả lời, để chọn cho đúng">
      <div class="kinds">
        {Object.entries(KIND_GROUPS).map(([group, name]) => (
          <section>
            <h4>{name}</h4>
            <dl>{KINDS.filter((one) => one.group === group).map((one) => <div><dt>{one.name}</dt><dd>{one.about} <span class="soft">Ví dụ: {one.example}</span></dd></div>)}</dl>
          </section>
        ))}
      </div>
    </Details>
  )
}
