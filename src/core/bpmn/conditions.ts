// Conditions and values drawn in a process are FEEL; this file is the only place of the engine that knows how they are evaluated.
import { evaluate } from 'feelin'
import { BpmnError } from './errors.ts'
import type { Variables } from './types.ts'

/** `=expr`, `${expr}` and bare FEEL are the same expression. */
export function bareExpression(text: string): string {
  const trimmed = text.trim()
  if (trimmed.startsWith('${') && trimmed.endsWith('}')) return trimmed.slice(2, -1).trim()
  return trimmed.startsWith('=') ? trimmed.slice(1).trim() : trimmed
}

/** The value of an expression. feelin keeps no parsed form, so this costs about 0.1 ms. Throws bpmn.bad_condition when it is not FEEL. */
export function compute(expression: string, scope: Variables, element: string): unknown {
  try {
    return evaluate(bareExpression(expression), scope).value
  } catch (cause) {
    throw new BpmnError(
      'bpmn.bad_condition',
      `Biểu thức “${expression}” tại “${element}” không đọc được; sửa lại theo cú pháp FEEL.`,
      element,
      { cause },
    )
  }
}

/** True only when the expression is exactly true: a missing variable makes it null, which is not true. */
export function holds(expression: string, scope: Variables, element: string): boolean {
  return compute(expression, scope, element) === true
}

/** What is wrong with the syntax of an expression; null when nothing. */
export function syntaxFault(expression: string): string | null {
  try {
    evaluate(bareExpression(expression), {})
    return null
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault)
  }
}
