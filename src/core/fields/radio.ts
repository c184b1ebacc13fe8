// One choice among the question's options, all in sight.

import { select } from './select.ts'
import type { FieldType } from './types.ts'

export const radio: FieldType = { ...select }
