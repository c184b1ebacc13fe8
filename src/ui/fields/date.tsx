// A full date in one input; three inputs are slower to fill in and the browser's own calendar is wrong for years long past.

import { With } from '../surround.tsx'
import { Line } from './line.tsx'
import type { ReadyProps } from './props.ts'

export function DateField(props: ReadyProps) {
  return (
    <With>
      {({ words }) => (
        <Line
          props={props}
          look={{
            inputMode: 'numeric',
            chars: 12,
            hint: words.dateHint,
            placeholder: words.datePlaceholder,
            maxLength: 20,
            typing: 'date',
          }}
        />
      )}
    </With>
  )
}
