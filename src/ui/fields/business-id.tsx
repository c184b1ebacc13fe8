// Number of an enterprise, a cooperative or a household business.

import { With } from '../surround.tsx'
import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function BusinessIdField(props: ReadyProps) {
  return <With>{({ words }) => <Line props={props} look={{ chars: 16, hint: words.businessIdHint }} />}</With>
}
