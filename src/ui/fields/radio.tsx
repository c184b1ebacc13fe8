// One of a few, all in sight.

import { Choices } from './choices.tsx'
import type { ReadyProps } from './props.ts'

export function RadioField(props: ReadyProps) {
  return <Choices props={props} type="radio" options={props.question.options ?? []} />
}
