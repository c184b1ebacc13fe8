// An e-mail address.

import { With } from '../surround.tsx'
import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function EmailField(props: ReadyProps) {
  return <With>{({ words }) => <Line props={props} look={{ type: 'email', inputMode: 'email', hint: words.emailHint }} />}</With>
}
