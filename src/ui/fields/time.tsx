// A time of day in 24 hours; the browser's own control may ask for AM and PM.

import { With } from '../surround.tsx'
import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function TimeField(props: ReadyProps) {
  return (
    <With>
      {({ words }) => <Line props={props} look={{ chars: 8, hint: words.timeHint, placeholder: words.timePlaceholder, maxLength: 12 }} />}
    </With>
  )
}
