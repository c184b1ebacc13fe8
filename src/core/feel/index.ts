// FEEL (the expression language of DMN) in one place: compiled once, never throwing while a case runs, plain values out.
// Records give dates as 'YYYY-MM-DD' strings and write `date(x)` themselves; a temporal result comes back as such a string.

import { evaluate, FeelFunction, SyntaxError as FeelSyntaxError, type Warning } from 'feelin'

export interface FeelWarning {
  readonly type: string
  readonly message: string
}

export interface FeelResult {
  readonly value: unknown
  readonly warnings: readonly FeelWarning[]
}

interface Compiled {
  readonly fn: (...args: unknown[]) => unknown
  readonly warnings: Warning[]
}

/** Names that every expression of a procedure record may use. */
export const FEEL_NAMES = ['form', 'applicant', 'channel', 'receivedOn', 'parts', 'value'] as const

const IDENTIFIER = /^[A-Za-z_]\w*$/
const CLOCK = ['now', 'today'] as const
const LIMIT = 4000
const cache = new Map<string, Compiled | FeelSyntaxError>()

// Trap: feelin parses anew at each call (150 µs). `function(a, b) body` makes it hand out its compiled closure (8 µs a call),
// and, as a second gain, names inside user data cannot change how an expression is read. The list of warnings stays the same
// array for the closure's whole life, hence the reset before each call. `now` and `today` are parameters so as to hide the wall clock.
const head = (names: readonly string[]) => `function(${[...names, ...CLOCK].join(', ')}) `

function compile(expression: string, names: readonly string[]): Compiled | FeelSyntaxError {
  const key = `${names.join(',')}\n${expression}`
  const known = cache.get(key)
  if (known) return known
  if (cache.size >= LIMIT) cache.clear()
  const made = make(expression, names)
  cache.set(key, made)
  return made
}

function make(expression: string, names: readonly string[]): Compiled | FeelSyntaxError {
  if (!expression.trim()) return new FeelSyntaxError('empty', { input: expression, position: { from: 0, to: 0 } })
  try {
    const { value, warnings } = evaluate(head(names) + expression)
    if (value instanceof FeelFunction) return { fn: value.fn, warnings }
    return new FeelSyntaxError('not an expression', { input: expression, position: { from: 0, to: expression.length } })
  } catch (error) {
    if (error instanceof FeelSyntaxError) return error
    throw error
  }
}

/**
 * Value of an expression over a scope (names in the scope that are not identifiers are not seen).
 * Never throws: a wrong expression gives null and a warning. Functions and ranges are not values: null.
 */
export function feel(expression: string, scope: Readonly<Record<string, unknown>> = {}): FeelResult {
  const names = Object.keys(scope).filter((name) => IDENTIFIER.test(name) && name !== 'now' && name !== 'today')
  const compiled = compile(expression, names)
  if (compiled instanceof Error) return { value: null, warnings: [{ type: 'SYNTAX_ERROR', message: compiled.message }] }
  compiled.warnings.length = 0
  try {
    const value = plain(compiled.fn(...names.map((name) => scope[name] ?? null), null, null))
    const warnings = compiled.warnings.map(({ type, message }) => ({ type, message }))
    return { value, warnings }
  } catch (error) {
    return { value: null, warnings: [{ type: 'FAILED', message: error instanceof Error ? error.message : String(error) }] }
  }
}

/** Whether a condition is true. Null, unknown and wrong expressions are not true. */
export const holds = (expression: string, scope: Readonly<Record<string, unknown>> = {}): boolean => feel(expression, scope).value === true

/** What is wrong with an expression's writing, with the place (first character is 1); null when it can be read. Does not run it. */
export function checkFeel(expression: string, names: readonly string[] = FEEL_NAMES): string | null {
  if (!expression.trim()) return 'Biểu thức FEEL đang trống; ghi điều kiện hoặc bỏ mục này.'
  const used = /\b(now|today)\s*\(\s*\)/.exec(expression)
  if (used) return `Biểu thức FEEL dùng ${used[0]} ở ký tự ${used.index + 1}; dùng receivedOn để kết quả không đổi theo giờ máy chủ.`
  const twice = expression.replace(/"(?:[^"\\]|\\.)*"/g, (text) => '"'.repeat(text.length)).indexOf('==')
  // feelin reads it and then gives null for ever
  if (twice >= 0) return `Biểu thức FEEL dùng “==” ở ký tự ${twice + 1}; so sánh bằng viết một dấu “=”.`
  const compiled = compile(expression, names)
  if (!(compiled instanceof Error)) return null
  const from = Math.min(Math.max(compiled.position.from - head(names).length, 0), expression.length)
  const near = expression.slice(from, from + 20)
  return near
    ? `Biểu thức FEEL sai ở ký tự ${from + 1}, gần “${near}”; kiểm tra dấu ngoặc, dấu nháy và từ khóa.`
    : `Biểu thức FEEL chưa viết hết (dừng ở ký tự ${from + 1}); viết nốt phần còn thiếu.`
}

function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object') return typeof value === 'function' ? null : value
  if (Array.isArray(value)) return value.map(plain)
  if (Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]))
  }
  return 'iso' in value && typeof value.iso === 'string' ? value.iso : null
}
