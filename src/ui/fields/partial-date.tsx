// A date of which only the month or the year may be known, as in old papers.

import { With } from '../surround.tsx'
import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function PartialDateField(props: ReadyProps) {
  return (
    <With>
      {({ words }) => (
        <Line props={props} look={{ chars: 12, hint: words.partialDateHint, placeholder: words.datePlaceholder, maxLength: 20 }} />
      )}
    </With>
  )
}
