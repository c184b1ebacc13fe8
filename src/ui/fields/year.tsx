// A year of four digits.

import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function YearField(props: ReadyProps) {
  return <Line props={props} look={{ inputMode: 'numeric', chars: 4, maxLength: 4 }} />
}
