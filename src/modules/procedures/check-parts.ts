// Whether the papers of a record and the cases they are grouped by make sense together.

import { checkFeel } from '#core/feel/index.ts'
import { questionsIn, readDraftForm } from '#core/form/build/index.ts'
import type { DraftRecord } from './draft-parts.ts'
import { formKeysIn } from './expressions.ts'
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

const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null && !Array.isArray(one)) : [])

/** The same for a draft that may be unfinished, with what its conditions read in vain: what the papers' page says while they are written. */
export function partNotes(record: DraftRecord): { faults: readonly Fault[]; warnings: readonly Fault[] } {
  const keys = new Set(questionsIn(readDraftForm(record['form'])).map(({ key }) => key))
  const conditions = [
    ...list(record['parts']).map((one, i) => ({ path: `parts[${i}].requiredWhen`, feel: one['requiredWhen'] })), ...list(record['partCases']).map((one, i) => ({ path: `partCases[${i}].when`, feel: one['when'] })),
  ]
  const papers = { parts: list(record['parts']), partCases: list(record['partCases']) } as never as Parameters<typeof partFaults>[0]
  const ids = papers.parts.map((part) => part.id)
  return {
    faults: [
      ...papers.parts.flatMap((part, i) => [
        ...(part.name?.trim() ? [] : [{ path: `parts[${i}]`, message: 'giấy tờ chưa có tên' }]),
        ...(ids.indexOf(part.id) < i ? [{ path: `parts[${i}]`, message: `mã giấy tờ “${part.id}” đã dùng cho giấy khác` }] : []),
      ]),
      ...partFaults(papers),
      ...conditions.flatMap(({ path, feel }): Fault[] => {
        if (typeof feel !== 'string') return []
        const wrong = checkFeel(feel)
        return wrong ? [{ path, message: wrong }] : formKeysIn(feel).filter((key) => !keys.has(key)).map((key) => ({ path, message: `điều kiện nhắc tới câu “${key}” mà tờ khai không có; chọn câu khác` }))
      }),
    ],
    warnings: partWarnings(papers),
  }
}
