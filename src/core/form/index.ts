// The face of forms: evaluate, read what a browser posts, refill, describe, review.

export { evaluateForm } from './evaluate.ts'
export type * from './types.ts'
