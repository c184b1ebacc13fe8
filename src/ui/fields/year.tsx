// A year of four digits.

import { With } from '../surround.tsx'
import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function YearField(props: ReadyProps) {
  return <With>{({ words }) => <Line props={props} look={{ inputMode: 'numeric', chars: 4, maxLength: 4, hint: words.yearHint }} />}</With>
}
