// Says what is wrong with a record in Vietnamese, naming the field and what is expected there, so that an official can mend it alone.

import type { z } from 'zod'

/** One thing wrong: where (`steps[3].role`) and what is expected there. */
export interface Fault {
  readonly path: string
  readonly message: string
}

/** `steps[3].role: "chuyenvien" không phải vai trò; phải là một trong: …`: the fault on one line. */
export const sayFault = (fault: Fault): string => (fault.path ? `${fault.path}: ${fault.message}` : fault.message)

/** `['steps', 3, 'role']` → `steps[3].role` */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((out, part) => (typeof part === 'number' ? `${out}[${part}]` : out ? `${out}.${String(part)}` : String(part)), '')

/** Faults of shape, in the order of the record. `json` is what was parsed, to show the wrong value itself. */
export function shapeFaults(issues: readonly z.core.$ZodIssue[], json: unknown): Fault[] {
  return issues.flatMap((issue) => {
    const value = valueAt(json, issue.path)
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((unknown) => ({
        path: pathText([...issue.path, unknown]),
        message: 'mục này không có trong định dạng; hãy xóa đi hoặc sửa lại tên mục',
      }))
    }
    return [{ path: pathText(issue.path), message: sentence(issue, value) }]
  })
}

const NOUNS: Readonly<Record<string, string>> = {
  role: 'vai trò',
  clock: 'cách tính giờ của bước',
  effect: 'tác dụng của kết quả',
  levels: 'cấp thực hiện',
  targets: 'đối tượng thực hiện',
  channel: 'kênh nộp',
  unit: 'đơn vị thời gian',
  mode: 'cách tính hạn',
  level: 'mức',
  kind: 'loại',
  collectAt: 'thời điểm thu',
  present: 'cách nộp giấy tờ',
  register: 'cơ sở dữ liệu',
  type: 'loại câu hỏi',
  sensitive: 'mức nhạy cảm',
  applies: 'lúc áp dụng',
  sure: 'độ tin cậy',
  format: 'định dạng',
  legacyLevel: 'mức độ cũ',
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'chữ',
  number: 'số',
  int: 'số nguyên',
  boolean: 'true hoặc false',
  array: 'danh sách',
  object: 'một nhóm mục',
  record: 'một nhóm mục',
}

const MONEY = new Set(['amount', 'channelAmounts', 'fee'])

function sentence(issue: z.core.$ZodIssue, value: unknown): string {
  const name = issue.path.filter((part) => typeof part === 'string').at(-1) ?? ''
  if (value === undefined) return `thiếu mục bắt buộc này; ${expected(issue, name)}`
  return issue.code === 'invalid_value' && issue.values.length > 1
    ? `${quoted(value)} không phải ${NOUNS[name] ?? 'giá trị được dùng ở đây'}; ${expected(issue, name)}`
    : `${expected(issue, name)}, đang là ${quoted(value)}`
}

function expected(issue: z.core.$ZodIssue, name: string): string {
  if (isMoney(issue)) return 'phải là số nguyên đồng từ 0 trở lên'
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.length > 1 ? `phải là một trong: ${issue.values.join(', ')}` : `phải là "${String(issue.values[0])}"`
    case 'invalid_type':
      return `phải là ${TYPES[issue.expected] ?? issue.expected}`
    case 'invalid_format':
      return `phải ${formatText(issue, name)}`
    case 'too_small':
      if (issue.origin === 'array') return `phải có ít nhất ${issue.minimum} mục`
      return issue.inclusive ? `phải từ ${issue.minimum} trở lên` : `phải lớn hơn ${issue.minimum}`
    case 'too_big':
      return `phải từ ${issue.maximum} trở xuống`
    case 'invalid_union':
      return name === 'next'
        ? 'phải là mã một bước, "end", hoặc danh sách ít nhất 2 mã bước (làm song song)'
        : 'phải theo một trong các dạng được phép'
    default:
      return 'chưa đúng dạng'
  }
}

function isMoney(issue: z.core.$ZodIssue): boolean {
  return (issue.code === 'too_small' || issue.code === 'invalid_type') && issue.path.some((part) => MONEY.has(String(part)))
}

function formatText(issue: z.core.$ZodIssue & { code: 'invalid_format' }, name: string): string {
  if (issue.format === 'date') return 'là ngày có thật dạng NNNN-TT-NN, ví dụ 2026-11-21'
  if (issue.format === 'datetime') return 'là thời điểm kèm múi giờ, ví dụ 2026-07-15T09:10:00+07:00'
  if (name === 'cutoff') return 'là giờ dạng GG:PP, ví dụ 15:00'
  if (name === 'code' && issue.path.length === 1) return 'là mã thủ tục quốc gia dạng n.nnnnnn, ví dụ 1.001193'
  return 'gồm chữ thường không dấu, số và gạch dưới, bắt đầu bằng chữ, ví dụ tiep_nhan'
}

function quoted(value: unknown): string {
  const shown = JSON.stringify(value) ?? String(value)
  return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, part) => (at !== null && typeof at === 'object' ? (at as Record<PropertyKey, unknown>)[part] : undefined),
    json,
  )
}
