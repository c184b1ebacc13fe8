// Procedures of the pack and the platform's jobs, as the tests of reorganisation need them.

import { procedureTexts } from '#main/pack.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'

export { jobs } from '#main/modules.ts'

const records = new Map(procedureTexts().map(({ text }) => JSON.parse(text) as ProcedureRecord).map((record) => [record.code, record]))
export const procedureTextsOf = (code: string): ProcedureRecord => records.get(code)!
