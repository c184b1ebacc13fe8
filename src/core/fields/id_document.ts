// A paper that proves who somebody is: kind, number, day and place of issue.

import { showDay } from './calendar.ts'
import { cleanText, isObject, ownAny } from './clean.ts'
import { dateFault, readDate } from './date.ts'
import { sentence, type Fault, type FieldType } from './types.ts'

export interface IdDocument {
  readonly kind: string | null
  readonly number: string | null
  readonly issuedOn: string | null
  readonly issuedBy: string | null
}

export const ID_DOCUMENT_KINDS = [
  { value: 'can_cuoc', label: 'Thẻ căn cước' },
  { value: 'cccd', label: 'Thẻ căn cước công dân' },
  { value: 'cmnd', label: 'Chứng minh nhân dân' },
  { value: 'ho_chieu', label: 'Hộ chiếu' },
  { value: 'khac', label: 'Giấy tờ khác' },
] as const

// Records and older systems name the parts in several ways.
const NAMES: Record<keyof IdDocument, readonly string[]> = {
  kind: ['kind', 'type', 'loai'],
  number: ['number', 'no', 'so'],
  issuedOn: ['issuedOn', 'issued_on', 'issueDate', 'issue_date'],
  issuedBy: ['issuedBy', 'issued_by', 'issuer', 'issuePlace'],
}

export const id_document: FieldType = {
  read(raw) {
    const part = (name: keyof IdDocument) => ownAny(raw, NAMES[name])
    const document = isObject(raw)
      ? {
          kind: cleanText(part('kind')),
          number: cleanText(part('number')),
          issuedOn: readDate(part('issuedOn')),
          issuedBy: cleanText(part('issuedBy')),
        }
      : { kind: null, number: cleanText(raw), issuedOn: null, issuedBy: null }
    return Object.values(document).every((one) => one === null) ? null : document
  },
  check(_question, value) {
    const given: Partial<IdDocument> = isObject(value) ? value : {}
    const faults: Fault[] = []
    if (!given.number) faults.push({ path: 'number', message: 'Ghi số của giấy tờ.' })
    else if (!/^[\p{L}\p{N}][\p{L}\p{N} ./-]{2,39}$/u.test(given.number)) {
      faults.push({ path: 'number', message: 'Số giấy tờ chỉ gồm chữ cái và chữ số, từ 3 đến 40 ký tự; ghi đúng như trên giấy tờ.' })
    }
    if ((given.kind?.length ?? 0) > 60) faults.push({ path: 'kind', message: 'Chọn lại loại giấy tờ.' })
    const wrongDay = given.issuedOn ? dateFault(given.issuedOn) : null
    if (wrongDay) faults.push({ path: 'issuedOn', message: wrongDay })
    if ((given.issuedBy?.length ?? 0) > 200) faults.push({ path: 'issuedBy', message: 'Nơi cấp dài quá 200 ký tự; hãy rút gọn.' })
    return faults
  },
  missing: (question) => sentence('Xin ghi giấy tờ', question.label),
  jsonSchema: () => ({
    type: 'object',
    properties: {
      kind: { type: ['string', 'null'], title: 'Loại giấy tờ', examples: ID_DOCUMENT_KINDS.map(({ value }) => value) },
      number: { type: 'string', title: 'Số', maxLength: 40 },
      issuedOn: { type: ['string', 'null'], format: 'date', title: 'Ngày cấp' },
      issuedBy: { type: ['string', 'null'], title: 'Nơi cấp', maxLength: 200 },
    },
    required: ['number'],
    additionalProperties: false,
  }),
  show(_question, value) {
    const given: Partial<IdDocument> = isObject(value) ? value : {}
    const kind = ID_DOCUMENT_KINDS.find((one) => one.value === given.kind)?.label ?? given.kind ?? 'Giấy tờ'
    const parts = [
      given.number ? `${kind} số ${given.number}` : kind,
      given.issuedOn && `cấp ngày ${showDay(given.issuedOn)}`,
      given.issuedBy,
    ]
    return isObject(value) ? parts.filter(Boolean).join(', ') : ''
  },
  inputs: () => ['kind', 'number', 'issuedOn', 'issuedBy'],
  write: (_question, value) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, part]) => part !== null)
            .map(([key, part]) => [key, String(part)]),
        )
      : {},
}
