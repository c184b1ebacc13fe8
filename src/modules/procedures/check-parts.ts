// Whether the papers of a record and the cases they are grouped by make sense together.

import type { Fault } from './faults.ts'
import type { ProcedureRecord } from './record.ts'

/** Unknown and repeated cases. */
export function partFaults({ parts, partCases = [] }: Pick<ProcedureRecord, 'parts' | 'partCases'>): Fault[] {
  const keys = partCases.map((one) => one.key)
  return [
    ...keys.flatMap((key, i) => (keys.indexOf(key) < i ? [{ path: `partCases[${i}].key`, message: `mã trường hợp "${key}" đã dùng ở trên; mỗi trường hợp một mã` }] : [])),
    ...parts.flatMap((part, i) => (part.cases ?? []).flatMap((key, j) => (keys.includes(key) ? [] : [{ path: `parts[${i}].cases[${j}]`, message: `không có trường hợp "${key}"; chọn một trường hợp của thủ tục hoặc bỏ đi` }]))),
  ]
}

/** What lets an applicant wonder: a case without papers, a paper of which no copy at all is asked for. */
export function partWarnings({ parts, partCases = [] }: Pick<ProcedureRecord, 'parts' | 'partCases'>): Fault[] {
  return [
    ...partCases.flatMap(({ key, name }, i) => (parts.some((part) => part.cases?.includes(key)) ? [] : [{ path: `partCases[${i}]`, message: `trường hợp “${name}” chưa có giấy tờ nào` }])),
    ...parts.flatMap((part, i): Fault[] => {
      const none = (part.originals ?? 0) + (part.copies ?? 0) + (part.certified ?? 0) === 0
      const path = `parts[${i}]`
      return [
        ...(none && part.present !== 'xuat_trinh' && part.originals !== undefined ? [{ path, message: `“${part.name}” không ghi phải nộp bản nào; ghi số bản chính, bản sao có chứng thực hoặc bản sao` }] : []),
      ]
    }),
  ]
}
