// A telephone number.

import { With } from '../surround.tsx'
import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function PhoneField(props: ReadyProps) {
  return <With>{({ words }) => <Line props={props} look={{ type: 'tel', inputMode: 'tel', chars: 16, hint: words.phoneHint }} />}</With>
}
