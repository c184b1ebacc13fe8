// A file handed in with the form: its reference in the file store, or its name; the bytes are another module's business.

import { cleanText, isObject, ownAny, writeScalar } from './clean.ts'
import { fault, NO_FAULT, sentence, type FieldType } from './types.ts'

const LIMIT = 255

export const file: FieldType = {
  read: (raw) => cleanText(isObject(raw) ? ownAny(raw, ['id', 'ref', 'name', 'filename']) : raw),
  check: (_question, value) =>
    typeof value === 'string' && value.length <= LIMIT ? NO_FAULT : fault('Không nhận ra tệp đính kèm; hãy đính kèm lại.'),
  missing: (question) => sentence('Xin đính kèm tệp', question.label),
  jsonSchema: () => ({ type: 'string', maxLength: LIMIT, description: 'mã tệp trong kho tệp' }),
  show: (_question, value) => (typeof value === 'string' ? value : ''),
  inputs: () => [],
  write: (_question, value) => writeScalar(value),
}
