// One act on the form of a draft, as a page posts it: what was there, what is there now, and where the reader goes.

import { addColumn, addQuestion, addSection, asKind, copyQuestion, findQuestion, KINDS, moveQuestion, moveSection, placeQuestion, type PostedCondition, postedFeel, putQuestion, putSection, questionsIn, readDraftForm, readPosted, removeQuestion, removeSection, subjectsOf } from '#core/form/build/index.ts'
import { cleanText } from '#core/fields/clean.ts'
import { Conflict, Invalid, NotFound } from '#core/errors.ts'
import type { FormDefinition, Question, QuestionType, Section } from '#core/form/types.ts'
import { type Body, one } from '../../../desk/answers.tsx'
import { isPending } from './condition.tsx'
import { subjectsFor } from './question.tsx'
import { readQuestion } from './read-question.ts'

export interface Acted {
  /** The form this act began from: as the editor had it, where it had one. */
  readonly before: FormDefinition
  readonly after: FormDefinition
  /** Where the reader is afterwards. */
  readonly place: string | null
  /** A key that is called otherwise from now on, in the whole record. */
  readonly rename?: { readonly from: string; readonly to: string }
  /** Conditions that are not finished: the page is shown with them. */
  readonly pending?: { readonly conditions: Readonly<Record<string, PostedCondition | null>> }
  readonly said?: string
}

const typeOf = (body: Body): QuestionType => KINDS.find((kind) => kind.type === one(body, 'type'))?.type ?? 'text'

function wasOf<T extends object>(body: Body): T | null {
  try {
    const value: unknown = JSON.parse(one(body, '_was'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as T) : null
  } catch {
    return null
  }
}

/** What `_do` asks. Throws NotFound when somebody else has just taken the question away, Invalid when it cannot be done. */
export function actOn(raw: unknown, body: Body): Acted {
  const form = readDraftForm(raw)
  const [act = 'save', arg = ''] = one(body, '_do').split(/:(.*)/s)
  const place = one(body, 'place')
  if (act === 'add') {
    const to = { section: one(body, 'section'), after: one(body, 'after') || undefined, label: one(body, 'label'), type: typeOf(body) }
    if (!form.sections.some(({ key }) => key === to.section)) throw new Invalid([{ key: 'section', message: 'Chọn phần để thêm câu hỏi vào.' }])
    if (to.after && !form.sections.find(({ key }) => key === to.section)?.questions.some(({ key }) => key === to.after)) to.after = undefined
    const { form: after, key } = addQuestion(form, to)
    return { before: form, after, place: key }
  }
  if (act === 'add-section') {
    const { form: after, key } = addSection(form, one(body, 'title'))
    return { before: form, after, place: `section:${key}` }
  }
  if (act === 'place') return { before: form, after: placeQuestion(form, place, { section: one(body, 'section'), at: Number(one(body, 'at')) || 0 }), place }
  if (place === 'form') return saveForm(form, body)
  if (place.startsWith('section:')) return actOnSection(form, place.slice(8), act, body)
  return actOnQuestion(form, place, act, arg, body)
}

function saveForm(form: FormDefinition, body: Body): Acted {
  const was = wasOf<{ title?: string; formNo?: string }>(body) ?? form
  const [title, formNo] = [cleanText(one(body, 'title')) ?? '', cleanText(one(body, 'formNo')) ?? undefined]
  const { title: _title, formNo: _no, ...rest } = form
  const as = (words: { title?: string; formNo?: string }): FormDefinition => ({ title: words.title ?? '', ...(words.formNo ? { formNo: words.formNo } : {}), ...rest })
  return { before: as(was), after: as({ title, formNo }), place: 'form' }
}

function actOnSection(form: FormDefinition, key: string, act: string, body: Body): Acted {
  const section = form.sections.find((one) => one.key === key)
  if (!section) throw new NotFound('procedures.no_section', 'Phần này vừa được người khác xóa. Xem lại danh sách bên trái.')
  const place = `section:${key}`
  if (act === 'up' || act === 'down') return { before: form, after: moveSection(form, key, act), place }
  if (act === 'remove') return { before: form, after: removeSection(form, key), place: 'form', said: `Đã xóa phần “${section.title}”${section.questions.length > 0 ? '; các câu của nó ở phần bên cạnh' : ''}.` }
  const was = wasOf<Section>(body) ?? section
  const subjects = subjectsOf(questionsIn(form))
  const posted = readPosted(body, 'visibleWhen')
  const feel = posted ? postedFeel(posted, subjects) : section.visibleWhen
  const now = { title: cleanText(one(body, 'title')) ?? '', ...optional('intro', cleanText(one(body, 'intro'), 'many')), ...optional('visibleWhen', feel) }
  const { key: _key, questions: _questions, ...old } = was as Section
  return { before: putSection(form, key, old), after: putSection(form, key, now), place, ...(isPending(posted, subjects) ? { pending: { conditions: { visibleWhen: posted } } } : {}) }
}

const optional = <K extends string>(name: K, value: string | null | undefined): { [P in K]?: string } => (value ? ({ [name]: value } as { [P in K]?: string }) : {})

function actOnQuestion(form: FormDefinition, place: string, act: string, arg: string, body: Body): Acted {
  const found = findQuestion(form, place)
  if (!found) throw new NotFound('procedures.no_question', `Câu này vừa được người khác xóa hoặc đổi khóa. Xem lại danh sách; lời vừa viết: “${one(body, 'label').slice(0, 200)}”.`)
  const { question, table } = found
  if (act === 'up' || act === 'down') return { before: form, after: moveQuestion(form, place, act), place }
  if (act === 'copy') {
    const { form: after, key } = copyQuestion(form, place)
    return { before: form, after, place: key }
  }
  if (act === 'remove') return { before: form, after: removeQuestion(form, place), place: table ? table.key : neighbour(form, place), said: `Đã xóa “${question.label}”. Muốn lấy lại thì xem ở phần So sánh.` }
  if (act === 'prefill') return { before: form, after: putQuestion(form, place, { ...question, prefill: arg }), place: one(body, '_from') || place, said: `“${question.label}” từ nay được điền sẵn.` }
  if (act === 'type') return { before: form, after: putQuestion(form, place, asKind(question, typeOf(body))), place }

  const was = wasOf<Question>(body) ?? question
  // Conditions are read against the form as it is; another official's new question may be chosen at once.
  const { question: now, conditions } = readQuestion(body, was, (name) => subjectsFor(form, place, name))
  const typed = one(body, 'key').trim()
  const renames = !table && now.key !== was.key
  if (renames && questionsIn(form).some(({ key }) => key === now.key)) throw new Conflict('procedures.key_taken', `Khóa “${now.key}” đã là của câu khác; chọn khóa khác. Mọi thay đổi khác của câu này vẫn còn trên trang.`)
  if (typed !== '' && typed !== now.key) throw new Conflict('procedures.key_shape', `Khóa “${typed.slice(0, 40)}” không dùng được: chỉ chữ thường không dấu, chữ số, dấu gạch dưới, bắt đầu bằng chữ.`)
  const kept = renames ? { ...now, key: was.key } : now
  const pending = Object.entries(conditions).some(([name, posted]) => isPending(posted, subjectsFor(form, place, name)) || (name === 'requiredWhen' && posted && !kept.requiredWhen))
  const base = { before: putQuestion(form, place, was), after: putQuestion(form, place, kept), place, ...(pending ? { pending: { conditions } } : {}) }
  if (act === 'column') {
    const { form: after, place: column } = addColumn(base.after, place, one(body, 'column'), 'text')
    return { before: base.before, after, place: column }
  }
  return renames ? { ...base, place: now.key, rename: { from: was.key, to: now.key } } : table && now.key !== was.key ? { ...base, place: `${table.key}.${now.key}` } : base
}

/** Who stands nearest when a question goes. */
function neighbour(form: FormDefinition, key: string): string {
  const all = questionsIn(form)
  const at = all.findIndex((one) => one.key === key)
  return all[at + 1]?.key ?? all[at - 1]?.key ?? 'form'
}
