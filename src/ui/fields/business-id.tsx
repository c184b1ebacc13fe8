// Number of an enterprise, a cooperative or a household business.

import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function BusinessIdField(props: ReadyProps) {
  return <Line props={props} look={{ chars: 16 }} />
}
