// Believable answers to any form: for previews of forms and of printed papers that nobody has filled in yet.

import { evaluateForm } from '../evaluate.ts'
import type { Catalogs, FormDefinition, FormEnv, Question, Values } from '../types.ts'
import { questionsIn } from './edit.ts'

const NAMES = ['Nguyễn Thị Hường', 'Lê Minh Ánh', 'Trịnh Quốc Bảo', 'Phạm Ngọc Lan', 'Hà Văn Thành']

const isPast = (label: string): boolean => /sinh|cấp|mất|chết|kết hôn/i.test(label)

function answerTo(question: Question, no: number, catalogs: Catalogs, receivedOn: string): unknown {
  const [year] = receivedOn.split('-')
  const low = typeof question.min === 'number' ? question.min : null
  switch (question.type) {
    case 'text': return question.example ?? (/tên/i.test(question.label) ? NAMES[no % NAMES.length] : 'Nội dung trả lời')
    case 'longtext': return question.example ?? 'Gia đình có nhu cầu sử dụng vào việc học tập và làm việc.'
    case 'integer': case 'number': return low ?? (typeof question.max === 'number' ? Math.min(2, question.max) : 2)
    case 'money': return low ?? 1_500_000
    case 'year': return low ?? Number(year) - 30
    case 'date': return typeof question.min === 'string' ? question.min : isPast(question.label) ? `${Number(year) - 1}-05-19` : receivedOn
    case 'partial_date': return `${Number(year) - 30}`
    case 'time': return typeof question.min === 'string' ? question.min : '08:30'
    case 'phone': return '0912345678'
    case 'email': return 'huong.nguyen@thu.example'
    case 'personal_id': return '038190001234'
    case 'business_id': return '2800100001'
    case 'address': {
      const commune = catalogs.list('xa', '38')[0]?.code ?? '14797'
      return { province: '38', commune, detail: 'Số 12, phố Đội Cung' }
    }
    case 'select': case 'radio': return question.options?.[0]?.value
    case 'multiselect': return (question.options ?? []).slice(0, Math.max(2, low ?? 0)).map(({ value }) => value)
    case 'checkbox': return true
    case 'catalog': return catalogs.list(question.catalog ?? '')[0]?.code
    case 'id_document': return { kind: 'can_cuoc', number: '038190001234', issued_on: `${Number(year) - 4}-06-05`, issued_by: 'Bộ Công an' }
    case 'person': return { full_name: NAMES[no % NAMES.length], birth_date: `${Number(year) - 36}-03-02`, personal_id: '038190001234' }
    case 'table': return [0, 1].slice(0, Math.max(1, low ?? 2)).map((row) => Object.fromEntries((question.columns ?? []).map((column, at) => [column.key, answerTo(column, row + at, catalogs, receivedOn)])))
    default: return undefined
  }
}

/** Answers of which each fits its question; hidden questions have none. */
export function sampleAnswers(form: FormDefinition, env: FormEnv): Values {
  const given = Object.fromEntries(questionsIn(form).flatMap((question, no) => {
    const answer = answerTo(question, no, env.catalogs, env.receivedOn)
    return answer === undefined ? [] : [[question.key, answer]]
  }))
  return evaluateForm(form, given, env).values
}
