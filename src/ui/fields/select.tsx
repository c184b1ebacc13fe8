// One of some options: laid open while they are few, because a list one can see is easier than one that opens.

import { Choices } from './choices.tsx'
import { Dropdown } from './dropdown.tsx'
import type { ReadyProps } from './props.ts'

const LAID_OPEN = 7

export function SelectField(props: ReadyProps) {
  const options = props.question.options ?? []
  const inTable = /\.\d+\./.test(props.name)
  return options.length > LAID_OPEN || inTable ? (
    <Dropdown props={props} options={options} />
  ) : (
    <Choices props={props} type="radio" options={options} />
  )
}
