// A short answer in one line, as wide as the longest answer allowed.

import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

const widthFor = (maxLength = 200) => (maxLength <= 6 ? 4 : maxLength <= 12 ? 12 : maxLength <= 20 ? 16 : undefined)

export function TextField(props: ReadyProps) {
  return <Line props={props} look={{ chars: widthFor(props.question.maxLength) }} />
}
