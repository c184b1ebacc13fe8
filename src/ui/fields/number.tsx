// A number that may have a fraction, written with a comma.

import { With } from '../surround.tsx'
import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function NumberField(props: ReadyProps) {
  return <With>{({ words }) => <Line props={props} look={{ inputMode: 'decimal', chars: 12, hint: words.numberHint }} />}</With>
}
