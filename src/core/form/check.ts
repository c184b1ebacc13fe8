// Whether a form's definition can be run at all: what the importer tells the official who wrote it.

import { checkFeel, FEEL_NAMES } from '../feel/index.ts'
import { bound } from '../fields/number.ts'
import { compilePattern, isSlow } from '../fields/pattern.ts'
import { usedKeys } from './evaluate.ts'
import { QUESTION_TYPES, type FormDefinition, type Question } from './types.ts'

export interface DefinitionFault {
  /** place in the definition: 'sections.0.questions.3.check' */
  readonly path: string
  readonly message: string
}

const KEY = /^[a-z][a-z0-9_]*$/
const CHOICES: readonly string[] = ['select', 'radio', 'multiselect']
const CONDITIONS = ['visibleWhen', 'requiredWhen', 'check', 'value'] as const
const COLUMN_NAMES = [...FEEL_NAMES, 'row']

/** Faults of a definition, in its own order; none when it can be published. Runs nothing but its patterns, under a time limit. */
export function checkForm(def: FormDefinition): readonly DefinitionFault[] {
  const keys = new Set(def.sections.flatMap(({ questions }) => questions.map(({ key }) => key)))
  return [
    ...repeated(
      def.sections.map(({ key }, at) => ({ key, path: `sections.${at}.key` })),
      'phần',
    ),
    ...repeated(
      def.sections.flatMap(({ questions }, at) => questions.map(({ key }, no) => ({ key, path: `sections.${at}.questions.${no}.key` }))),
      'câu hỏi',
    ),
    ...def.sections.flatMap((section, at) => [
      ...keyFaults(section.key, `sections.${at}.key`),
      ...feelFaults(section.visibleWhen, `sections.${at}.visibleWhen`, keys),
      ...section.questions.flatMap((question, no) => questionFaults(question, `sections.${at}.questions.${no}`, keys)),
    ]),
  ]
}

function questionFaults(
  question: Question,
  path: string,
  keys: ReadonlySet<string>,
  names: readonly string[] = FEEL_NAMES,
): DefinitionFault[] {
  const found: DefinitionFault[] = [...keyFaults(question.key, `${path}.key`)]
  const say = (at: string, message: string) => void found.push({ path: `${path}.${at}`, message })
  if (!(QUESTION_TYPES as readonly string[]).includes(question.type))
    say('type', `Không có kiểu câu hỏi “${question.type}”; chọn một kiểu trong định dạng.`)
  for (const name of CONDITIONS) found.push(...feelFaults(question[name], `${path}.${name}`, keys, names))
  if (usedKeys(question.visibleWhen).includes(question.key))
    say('visibleWhen', 'Câu hỏi không thể tự quyết định việc hiện của chính nó; dựa vào câu hỏi khác.')
  if (CHOICES.includes(question.type)) {
    if (!question.options?.length) say('options', 'Câu hỏi lựa chọn chưa có lựa chọn nào; ghi ít nhất một.')
    found.push(
      ...repeated(
        (question.options ?? []).map(({ value }, at) => ({ key: value, path: `${path}.options.${at}.value` })),
        'lựa chọn',
      ),
    )
  }
  if (question.type === 'catalog' && !question.catalog) say('catalog', 'Câu hỏi danh mục chưa nêu tên danh mục.')
  if (question.type === 'computed' && !question.value) say('value', 'Mục tính sẵn chưa có biểu thức FEEL.')
  if (question.pattern !== undefined) {
    if (compilePattern(question.pattern) === null) say('pattern', 'Mẫu (biểu thức chính quy) viết sai hoặc dài quá 500 ký tự; hãy sửa lại.')
    else if (isSlow(question.pattern)) say('pattern', 'Mẫu này có thể chạy rất lâu với chữ dài; bỏ phần lặp lồng nhau như (a+)+.')
  }
  const [min, max] = [bound(question.min), bound(question.max)]
  if (min !== null && max !== null && min > max) say('min', 'Mức thấp nhất lớn hơn mức cao nhất; hãy sửa lại.')
  if (question.type === 'table') found.push(...tableFaults(question, path, keys))
  return found
}

function tableFaults(question: Question, path: string, keys: ReadonlySet<string>): DefinitionFault[] {
  const columns = question.columns ?? []
  if (columns.length === 0) return [{ path: `${path}.columns`, message: 'Bảng chưa có cột nào; ghi ít nhất một cột.' }]
  return [
    ...repeated(
      columns.map(({ key }, at) => ({ key, path: `${path}.columns.${at}.key` })),
      'cột',
    ),
    ...columns.flatMap((column, at) => {
      const here = `${path}.columns.${at}`
      const unfit = column.type === 'table' || column.type === 'computed' || column.type === 'statement'
      return [
        ...(unfit ? [{ path: `${here}.type`, message: `Cột của bảng không thể là kiểu “${column.type}”; chọn kiểu khác.` }] : []),
        ...(unfit ? [] : questionFaults(column, here, keys, COLUMN_NAMES)),
      ]
    }),
  ]
}

const keyFaults = (key: string, path: string): DefinitionFault[] =>
  KEY.test(key) ? [] : [{ path, message: `Khóa “${key}” chỉ gồm chữ thường không dấu, chữ số, dấu gạch dưới, và bắt đầu bằng chữ.` }]

function feelFaults(
  expression: string | undefined,
  path: string,
  keys: ReadonlySet<string>,
  names: readonly string[] = FEEL_NAMES,
): DefinitionFault[] {
  if (expression === undefined) return []
  const wrong = checkFeel(expression, names)
  if (wrong) return [{ path, message: wrong }]
  const patterns = [...expression.matchAll(/\bmatches\s*\([^"]*"((?:[^"\\]|\\.)*)"/g)].map((found) =>
    (found[1] ?? '').replace(/\\(["\\])/g, '$1'),
  )
  if (patterns.some((pattern) => compilePattern(pattern) === null || isSlow(pattern))) {
    return [{ path, message: 'Mẫu trong matches() viết sai hoặc có thể chạy rất lâu; bỏ phần lặp lồng nhau như (a+)+.' }]
  }
  return usedKeys(expression)
    .filter((key) => !keys.has(key))
    .map((key) => ({ path, message: `Biểu thức nhắc tới form.${key} nhưng biểu mẫu không có câu hỏi này; sửa tên hoặc thêm câu hỏi.` }))
}

function repeated(keys: readonly { readonly key: string; readonly path: string }[], what: string): DefinitionFault[] {
  const seen = new Set<string>()
  return keys.flatMap(({ key, path }) => {
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return [{ path, message: `Khóa ${what} “${key}” bị trùng; mỗi khóa chỉ dùng một lần.` }]
  })
}
