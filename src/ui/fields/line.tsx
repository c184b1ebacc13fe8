// One line of text, the control behind most question types; they differ in keyboard, width and how the answer is written.

import type { ComponentChildren } from 'preact'
import { control, Labelled } from './frame.tsx'
import { type ReadyProps, text } from './props.ts'

export interface LineLook {
  readonly inputMode?: 'numeric' | 'decimal' | 'tel' | 'email' | 'text'
  readonly type?: 'text' | 'tel' | 'email'
  /** Room for about so many characters; full width when absent. */
  readonly chars?: 4 | 8 | 12 | 16
  readonly hint?: string
  readonly placeholder?: string
  /** A unit after the input, such as đ. */
  readonly unit?: string
  readonly spellCheck?: boolean
  /** Only where nothing longer can be meant: what a person pastes must not be cut unseen, the check says it is too long. */
  readonly maxLength?: number
  /** What the client script may help with while typing. */
  readonly typing?: 'date' | 'money'
}

/** Standing in a person's own data, so that the browser can fill it in (WCAG 1.3.5). */
const AUTOCOMPLETE: Readonly<Record<string, 'name' | 'tel' | 'email'>> = {
  'identity.full_name': 'name',
  'identity.phone': 'tel',
  'identity.email': 'email',
}

export function Line({ props, look: given = {} }: { props: ReadyProps; look?: LineLook }) {
  const { question } = props
  // In a table the same hint would stand in every row, and beside help of the question's own it would say it twice.
  const look = /\.\d+\./.test(props.name) || (question.help && !given.placeholder) ? { ...given, hint: undefined } : given
  const input = (
    <input
      {...control(props, look.hint)}
      type={(look.type ?? 'text') as 'text'}
      inputMode={look.inputMode}
      class={look.chars ? `w${look.chars}` : undefined}
      placeholder={look.placeholder}
      spellcheck={look.spellCheck ?? false}
      autocomplete={question.prefill ? (AUTOCOMPLETE[question.prefill] ?? 'off') : 'off'}
      maxLength={look.maxLength}
      data-typing={look.typing}
      value={text(props)}
    />
  )
  return (
    <Labelled props={props} hint={look.hint}>
      {look.unit ? <Unit unit={look.unit}>{input}</Unit> : input}
    </Labelled>
  )
}

function Unit({ unit, children }: { unit: string; children: ComponentChildren }) {
  return (
    <span class="unit">
      {children}
      <span aria-hidden="true">{unit}</span>
    </span>
  )
}
