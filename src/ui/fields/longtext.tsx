// An answer of several lines.

import { control, Labelled } from './frame.tsx'
import { type ReadyProps, text } from './props.ts'

export function LongtextField(props: ReadyProps) {
  const { maxLength = 2000 } = props.question
  return (
    <Labelled props={props}>
      <textarea {...control(props)} rows={maxLength > 1000 ? 8 : 4}>
        {text(props)}
      </textarea>
    </Labelled>
  )
}
