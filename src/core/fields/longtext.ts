// Several lines of text: stories, reasons, lists in the person's own words.

import { cleanText } from './clean.ts'
import { checkText, text, textSchema } from './text.ts'
import type { FieldType } from './types.ts'

const LIMIT = 10_000

export const longtext: FieldType = {
  ...text,
  read: (raw) => cleanText(raw, 'many'),
  check: (question, value) => checkText(question, value, LIMIT),
  jsonSchema: (question) => textSchema(question, LIMIT),
}
