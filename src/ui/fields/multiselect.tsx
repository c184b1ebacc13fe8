// Any number of a few; the hidden marker tells "none of them" from "not asked".

import { Choices } from './choices.tsx'
import type { ReadyProps } from './props.ts'

export function MultiselectField(props: ReadyProps) {
  return <Choices props={props} type="checkbox" options={props.question.options ?? []} />
}
