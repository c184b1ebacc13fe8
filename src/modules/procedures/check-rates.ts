// Whether the rows of fee tables make sense one by one; whether they do together is for fee-faults.ts.

import type { Fault } from './faults.ts'
import type { Fee, ProcedureRecord, Rate } from './record.ts'

const COUNTED = ['number', 'integer', 'money', 'table']

function rowFaults(record: ProcedureRecord, rate: Rate, path: string): Fault[] {
  const faults: Fault[] = []
  const offered: readonly string[] = record.channels.map((one) => one.channel)
  for (const channel of rate.channels ?? []) if (!offered.includes(channel)) faults.push({ path: `${path}.channels`, message: `thủ tục không nhận qua kênh "${channel}"; chỉ nhận qua: ${offered.join(', ')}` })
  if (rate.from && rate.until && rate.from > rate.until) faults.push({ path: `${path}.until`, message: `ngày cuối ${rate.until} đứng trước ngày đầu ${rate.from}; hãy sửa một trong hai` })
  if (rate.amount === undefined && rate.formula === undefined) faults.push({ path: `${path}.amount`, message: 'dòng này chưa có mức thu; hãy ghi số đồng (không thu thì ghi 0)' })
  if (rate.amount !== undefined && rate.formula !== undefined) faults.push({ path: `${path}.formula`, message: 'đã có số đồng thì không ghi công thức; hãy bỏ một trong hai' })
  if (rate.per) {
    const question = record.form.sections.flatMap((section) => section.questions).find((one) => one.key === rate.per!.count)
    if (!question) faults.push({ path: `${path}.per.count`, message: `tờ khai không có câu hỏi "${rate.per.count}" để đếm` })
    else if (!COUNTED.includes(question.type)) faults.push({ path: `${path}.per.count`, message: `câu hỏi “${question.label}” không phải là số hay bảng nên không đếm được` })
    if (rate.formula !== undefined) faults.push({ path: `${path}.per`, message: 'tính theo số lượng thì ghi số đồng, không ghi công thức' })
  }
  return faults
}

function feeFaults(record: ProcedureRecord, fee: Fee, at: number): Fault[] {
  if (!fee.rates) return []
  const said = (['amount', 'formula', 'channelAmounts', 'until'] as const).filter((key) => fee[key] !== undefined)
  const ids = fee.rates.map((rate) => rate.id)
  return [
    ...said.map((key) => ({ path: `fees[${at}].${key}`, message: 'mức thu đã nằm trong bảng của khoản này (rates); hãy bỏ mục này' })),
    ...ids.flatMap((id, j) => (ids.indexOf(id) < j ? [{ path: `fees[${at}].rates[${j}].id`, message: `mã dòng "${id}" đã dùng ở trên; mỗi dòng một mã` }] : [])),
    ...fee.rates.flatMap((rate, j) => rowFaults(record, rate, `fees[${at}].rates[${j}]`)),
  ]
}

/** Faults of the rows of all fee tables, each with its place. */
export const rateFaults = (record: ProcedureRecord): Fault[] => record.fees.flatMap((fee, at) => feeFaults(record, fee, at))
