// The face of forms: evaluate, read what a browser posts, refill, describe, check a definition, review, prefill.

export { flatten, readBody } from './body.ts'
export { checkForm, type DefinitionFault } from './check.ts'
export { evaluateForm, usedKeys } from './evaluate.ts'
export { prefill } from './prefill.ts'
export { review, type ReviewRow, type ReviewSection } from './review.ts'
export { toJsonSchema } from './schema.ts'
export { QUESTION_TYPES } from './types.ts'
export type * from './types.ts'
