// The desks where a dossier may be handed in, and the question that chooses one.

import type { Ctx } from '#core/ctx.ts'
import { compareVi } from '#core/text/index.ts'
import { listUnits } from '#modules/org/index.ts'
import { FieldView } from '#ui/index.ts'

/** Desks that receive, the province's own first, then by name of commune. */
export async function receivingUnits(ctx: Ctx) {
  const units = await listUnits(ctx.db, { receiving: true, limit: 1000 })
  const plain = (name: string) => name.replace(/^(Ủy ban nhân dân|Trung tâm Phục vụ hành chính công)\s+(tỉnh|xã|phường|đặc khu)?\s*/i, '')
  return units
    .map((unit) => ({
      value: unit.code,
      label: unit.name,
      own: unit.identifier !== null && !/^\d{5}/.test(unit.code),
      sort: plain(unit.name),
    }))
    .sort((a, b) => Number(b.own) - Number(a.own) || compareVi(a.sort, b.sort))
    .map(({ value, label }) => ({ value, label }))
}

export function UnitField({
  units,
  value,
  errors,
}: {
  units: readonly { value: string; label: string }[]
  value: string
  errors: readonly { key: string; message: string }[]
}) {
  return (
    <FieldView
      value={value}
      errors={errors}
      question={{
        key: 'unit',
        type: 'select',
        required: true,
        label: 'Nơi nhận hồ sơ',
        options: units,
        help: 'Chọn nơi nào trong tỉnh cũng được. Nơi này kiểm tra, trả lời, và trả bản giấy nếu cần; giải quyết vẫn là cơ quan có thẩm quyền.',
      }}
    />
  )
}

/** A text of a posted form, cut at what any of its fields may hold. */
export const text = (body: unknown, name: string): string => {
  const value = (body as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? value.slice(0, 200) : ''
}
