// An amount in whole đồng.

import { With } from '../surround.tsx'
import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function MoneyField(props: ReadyProps) {
  return <With>{({ words }) => <Line props={props} look={{ inputMode: 'numeric', chars: 16, unit: 'đ', typing: 'money', hint: words.moneyHint }} />}</With>
}
