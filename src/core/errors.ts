// The five kinds of error a user can meet; anything else thrown is a bug.

/** Why something may not be done: a stable code and a Vietnamese sentence that says what to do next. */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly kind: 'forbidden' | 'conflict'
}

/** One field that must be mended. `key` is the dotted path of the field. */
export interface FieldError {
  readonly key: string
  readonly message: string
}

export class AppError extends Error {
  readonly code: string
  readonly status: number
  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.status = status
    this.code = code
  }
}

/** 404: the thing is not there, or this reader may not know that it is. */
export class NotFound extends AppError {
  constructor(code: string, message: string) {
    super(404, code, message)
  }
}

/** 403: known and seen, but not this actor's to do. 401 when nobody is signed in. */
export class Forbidden extends AppError {
  constructor(code: string, message: string, status: 401 | 403 = 403) {
    super(status, code, message)
  }
}

/** 422: the input has faults; each names its field and says what to do. */
export class Invalid extends AppError {
  readonly fields: readonly FieldError[]
  constructor(fields: readonly FieldError[], message = 'Thông tin chưa đúng; xem các mục được đánh dấu và sửa lại.', status = 422) {
    super(status, 'invalid', message)
    this.fields = fields
  }
}

/** 409: somebody else was first, or the state has moved on. */
export class Conflict extends AppError {
  constructor(code: string, message: string) {
    super(409, code, message)
  }
}

/** 503: another system does not answer; trying again later is right. */
export class Unavailable extends AppError {
  readonly system: string
  /** Seconds after which it is worth trying again. */
  readonly afterS: number
  constructor(system: string, message: string, { afterS = 3, ...options }: ErrorOptions & { afterS?: number } = {}) {
    super(503, `unavailable.${system}`, message, options)
    this.system = system
    this.afterS = afterS
  }
}

/** The state of the thing does not allow it (409). */
export const refusal = (code: string, message: string): Refusal => ({ code, message, kind: 'conflict' })

/** The actor may not do it, whatever the state (403). */
export const denial = (code: string, message: string): Refusal => ({ code, message, kind: 'forbidden' })

/** Throws the refusal as the error of its kind; does nothing when there is none. */
export function orThrow(found: Refusal | null): void {
  if (!found) return
  throw found.kind === 'forbidden' ? new Forbidden(found.code, found.message) : new Conflict(found.code, found.message)
}
