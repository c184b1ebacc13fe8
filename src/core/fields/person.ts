// Another person named in a form: full name, day of birth, personal number, telephone.

import type { Question } from '../form/types.ts'
import { showDay } from './calendar.ts'
import { cleanText, isObject, ownAny } from './clean.ts'
import { dateFault, readDate } from './date.ts'
import { personal_id, personalIdFault } from './personal_id.ts'
import { phone } from './phone.ts'
import { sentence, type Fault, type FieldType } from './types.ts'

export interface Person {
  readonly full_name: string | null
  readonly birth_date: string | null
  readonly personal_id: string | null
  readonly phone: string | null
}

const bare = (type: 'phone' | 'personal_id'): Question => ({ key: type, label: '', type })

export const person: FieldType = {
  read(raw) {
    const read = isObject(raw)
      ? {
          full_name: cleanText(ownAny(raw, ['full_name', 'fullName', 'name'])),
          birth_date: readDate(ownAny(raw, ['birth_date', 'birthDate'])),
          personal_id: personal_id.read(ownAny(raw, ['personal_id', 'personalId']), bare('personal_id')),
          phone: phone.read(ownAny(raw, ['phone']), bare('phone')),
        }
      : { full_name: cleanText(raw), birth_date: null, personal_id: null, phone: null }
    return Object.values(read).every((one) => one === null) ? null : read
  },
  check(_question, value, env) {
    const given: Partial<Person> = isObject(value) ? value : {}
    const faults: Fault[] = []
    if (!given.full_name) faults.push({ path: 'full_name', message: 'Ghi họ, chữ đệm và tên của người này.' })
    else if (given.full_name.length > 120) faults.push({ path: 'full_name', message: 'Họ tên dài quá 120 ký tự; hãy ghi lại.' })
    const wrongDay = given.birth_date ? dateFault(given.birth_date) : null
    if (wrongDay) faults.push({ path: 'birth_date', message: wrongDay })
    const wrongId = given.personal_id ? personalIdFault(given.personal_id) : null
    if (wrongId) faults.push({ path: 'personal_id', message: wrongId })
    if (given.phone) faults.push(...phone.check(bare('phone'), given.phone, env).map(({ message }) => ({ path: 'phone', message })))
    return faults
  },
  missing: (question) => sentence('Xin ghi họ tên', question.label),
  jsonSchema: () => ({
    type: 'object',
    properties: {
      full_name: { type: 'string', title: 'Họ, chữ đệm và tên', maxLength: 120 },
      birth_date: { type: ['string', 'null'], format: 'date', title: 'Ngày sinh' },
      personal_id: { type: ['string', 'null'], pattern: '^\\d{12}$', title: 'Số định danh' },
      phone: { type: ['string', 'null'], pattern: '^0\\d{9}$', title: 'Số điện thoại' },
    },
    required: ['full_name'],
    additionalProperties: false,
  }),
  show(_question, value) {
    const given: Partial<Person> = isObject(value) ? value : {}
    const parts = [
      given.full_name,
      given.birth_date && `sinh ngày ${showDay(given.birth_date)}`,
      given.personal_id && `số định danh ${given.personal_id}`,
      given.phone && `điện thoại ${given.phone}`,
    ]
    return parts.filter(Boolean).join(', ')
  },
  inputs: () => ['full_name', 'birth_date', 'personal_id', 'phone'],
  write: (_question, value) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, part]) => part !== null)
            .map(([key, part]) => [key, String(part)]),
        )
      : {},
}
