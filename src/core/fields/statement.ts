// Words to read between questions; it has no answer.

import { NO_FAULT, type FieldType } from './types.ts'

export const statement: FieldType = {
  read: () => null,
  check: () => NO_FAULT,
  missing: () => '',
  jsonSchema: () => ({ type: 'null' }),
  show: () => '',
  inputs: () => [],
  write: () => ({}),
}
