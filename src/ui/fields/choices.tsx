// Choices laid open: one of them (radio) or several (checkboxes).

import type { Option } from '#core/form/types.ts'
import { Grouped, told } from './frame.tsx'
import { type ReadyProps, texts } from './props.ts'

/** The first choice bears the question's id: there the error summary leads. */
export function Choices({ props, type, options }: { props: ReadyProps; type: 'radio' | 'checkbox'; options: readonly Option[] }) {
  const chosen = texts(props)[''] ?? []
  const { wrong } = told({ props })
  const isChosen = (value: string) => (typeof chosen === 'string' ? chosen === value : chosen.includes(value))
  return (
    <Grouped props={props}>
      {type === 'checkbox' && <input type="hidden" name={`${props.name}__present`} value="1" />}
      <div class="choices">
        {options.map(({ value, label }, i) => (
          <label class="choice">
            <input
              type={type}
              name={props.name}
              value={value}
              id={i === 0 ? props.name : `${props.name}--${value}`}
              checked={isChosen(value)}
              aria-invalid={wrong || undefined}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </Grouped>
  )
}
