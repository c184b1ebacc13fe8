// An amount in whole đồng.

import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function MoneyField(props: ReadyProps) {
  return <Line props={props} look={{ inputMode: 'numeric', chars: 16, unit: 'đ', typing: 'money' }} />
}
