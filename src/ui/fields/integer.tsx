// A whole number; not type=number, which scrolls away and hides what was wrongly typed.

import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function IntegerField(props: ReadyProps) {
  return <Line props={props} look={{ inputMode: 'numeric', chars: 8 }} />
}
