// A day as people write it, 21/11/2026. Native boxes of date follow the language of the browser, and where that is English the month comes first.

import { showDay } from '#core/fields/index.ts'

interface DayInputProps {
  readonly name: string
  readonly id?: string
  /** 'YYYY-MM-DD', or whatever was typed; `day()` of a body or query reads either. */
  readonly value?: string | null | undefined
  readonly 'aria-label'?: string
  readonly 'aria-invalid'?: boolean | 'true' | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly required?: boolean
  readonly placeholder?: string
}

export const DayInput = ({ value, placeholder = 'ngày/tháng/năm', ...own }: DayInputProps) => (
  <input type="text" inputMode="numeric" autocomplete="off" class="w12" data-typing="date" maxLength={20} placeholder={placeholder} value={showDay(value ?? '')} {...own} />
)
