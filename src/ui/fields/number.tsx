// A number that may have a fraction, written with a comma.

import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function NumberField(props: ReadyProps) {
  return <Line props={props} look={{ inputMode: 'decimal', chars: 12 }} />
}
