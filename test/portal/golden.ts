// The first golden case of a procedure that is filed on line and has nothing wrong with it.

import { procedureTexts } from '#main/pack.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'

export const recordOf = (code: string): ProcedureRecord =>
  procedureTexts()
    .map(({ text }) => JSON.parse(text) as ProcedureRecord)
    .find((record) => record.code === code)!

export const goldenOf = (code: string) => recordOf(code).cases.find((one) => one.channel === 'truc_tuyen' && one.expect.valid !== false)!
