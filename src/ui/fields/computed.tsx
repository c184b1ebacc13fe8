// A figure worked out from other answers; the client script puts the new one in when they change.

import { fieldType } from '#core/fields/index.ts'
import { With } from '../surround.tsx'
import type { ReadyProps } from './props.ts'

export function ComputedField(props: ReadyProps) {
  const { question, name, value, catalogs, visible } = props
  const shown = fieldType('computed').show(question, value ?? null, catalogs)
  return (
    <div class="q" data-question={name} hidden={visible === false}>
      <span class="label" id={`${name}--label`}>
        {question.label}
      </span>
      {question.help && <p class="hint">{question.help}</p>}
      <With>
        {({ words }) => (
          <output id={name} class={shown ? 'computed' : undefined} data-computed={name} aria-labelledby={`${name}--label`}>
            {shown || words.notComputed}
          </output>
        )}
      </With>
    </div>
  )
}
