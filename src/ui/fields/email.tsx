// An e-mail address.

import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function EmailField(props: ReadyProps) {
  return <Line props={props} look={{ type: 'email', inputMode: 'email' }} />
}
