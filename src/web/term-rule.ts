// Where the figures of one dossier come from: its procedure's term and fees, in the version by which it is settled (not always that of its day: it may have been moved).

type Case = { readonly procedureCode: string; readonly versionId: string; readonly submittedAt: Date | null }
const on = ({ submittedAt, versionId }: Case): string => (submittedAt ? `?phien-ban=${versionId}` : '')

/** The rule of a dossier's term, as addresses name it. */
export const termRule = (dossier: Case): string => `thu-tuc/${dossier.procedureCode}/thoi-han${on(dossier)}`

/** The rule of one of its fee lines. */
export const feeRule = (dossier: Case, code: string): string => `thu-tuc/${dossier.procedureCode}/phi-${encodeURIComponent(code)}${on(dossier)}`
