// Brings the faults of a record's form, which core/form finds, to the paths of the record.

import { checkForm } from '#core/form/index.ts'
import { type Fault, pathText } from './faults.ts'
import type { ProcedureRecord } from './record.ts'

/** Keys, FEEL, patterns and choices of the questions; `path` as in `form.sections[0].questions[3].check`. */
export const formFaults = (record: ProcedureRecord): Fault[] =>
  checkForm(record.form).map(({ path, message }) => ({
    path: pathText(['form', ...path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))]),
    message,
  }))
