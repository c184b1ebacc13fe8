// Where the figures of one dossier come from: its procedure's term and fees, as they were on its day.

import { localDate } from '#core/workdays/index.ts'

type Case = { readonly procedureCode: string; readonly submittedAt: Date | null }
const on = ({ submittedAt }: Case): string => (submittedAt ? `?ngay=${localDate(submittedAt)}` : '')

/** The rule of a dossier's term, as addresses name it. */
export const termRule = (dossier: Case): string => `thu-tuc/${dossier.procedureCode}/thoi-han${on(dossier)}`

/** The rule of one of its fee lines. */
export const feeRule = (dossier: Case, code: string): string => `thu-tuc/${dossier.procedureCode}/phi-${encodeURIComponent(code)}${on(dossier)}`
