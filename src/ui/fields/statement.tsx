// Something to read among the questions.

import type { ReadyProps } from './props.ts'

export function StatementField({ question, name, visible }: ReadyProps) {
  return (
    <div class="q inset" data-question={name} hidden={visible === false} id={name} tabIndex={-1}>
      <p>{question.help ? <b>{question.label}</b> : question.label}</p>
      {question.help && <p>{question.help}</p>}
    </div>
  )
}
