// Vietnamese text: canonical forms, order, dates, joining, masking, the personal number.

export { formatDate, formatDateTime, formatTime, formatWeekday, longDate, shortDate, type DateLike } from './dates.ts'
export { compareVi, comparePersonNames, fold, nfc, slug } from './fold.ts'
export { listVi } from './join.ts'
export { maskAddress, maskEmail, maskName, maskPersonalId, maskPhone } from './mask.ts'
export { checkPersonalId, checkPersonalIdAgainst, cleanPersonalId, readPersonalId, type Problem, type Sex } from './personal-id.ts'
export { relativeDue } from './relative.ts'
