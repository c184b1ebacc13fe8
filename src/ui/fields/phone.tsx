// A telephone number.

import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function PhoneField(props: ReadyProps) {
  return <Line props={props} look={{ type: 'tel', inputMode: 'tel', chars: 16 }} />
}
