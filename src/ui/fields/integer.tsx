// A whole number; not type=number, which scrolls away and hides what was wrongly typed.

import { With } from '../surround.tsx'
import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function IntegerField(props: ReadyProps) {
  return <With>{({ words }) => <Line props={props} look={{ inputMode: 'numeric', chars: 8, hint: words.integerHint }} />}</With>
}
