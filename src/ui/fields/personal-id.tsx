// The personal identification number of twelve digits; room for spaces that people copy along.

import { With } from '../surround.tsx'
import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function PersonalIdField(props: ReadyProps) {
  return <With>{({ words }) => <Line props={props} look={{ inputMode: 'numeric', chars: 16, maxLength: 20, hint: words.personalIdHint }} />}</With>
}
