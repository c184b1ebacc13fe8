// Reasons that officers may choose when they refuse, ask for more or give back unresolved: each in words for the citizen, each with its clause.

import type { DraftRecord } from '#modules/procedures/index.ts'
import { Block, Rows, Text } from './fields.tsx'

interface ReasonRow {
  readonly code?: unknown
  readonly text?: unknown
  readonly clause?: unknown
}

const KINDS = [
  { key: 'refusal', title: 'Từ chối tiếp nhận hoặc từ chối giải quyết', lead: 'Phải trả lời bằng văn bản, nêu rõ lý do (Nghị định 118/2025/NĐ-CP).', optional: false },
  { key: 'supplement', title: 'Yêu cầu bổ sung', lead: 'Chỉ được yêu cầu một lần, nêu đủ những gì còn thiếu.', optional: false },
  { key: 'unresolved', title: 'Trả hồ sơ không giải quyết', lead: 'Khi người nộp không bổ sung hoặc không thực hiện nghĩa vụ.', optional: true },
] as const

export function ReasonsFields({ record }: { record: DraftRecord }) {
  const reasons = (record.reasons ?? {}) as { readonly [key: string]: readonly ReasonRow[] | undefined }
  return (
    <>
      {KINDS.map(({ key, title, lead, optional }) => (
        <Block id={`reasons.${key}`} title={title} lead={lead}>
          <Rows<ReasonRow>
            name={`reasons.${key}`} rows={reasons[key] ?? []} add="Thêm lý do" empty="Chưa có lý do nào." optional={optional}
            each={(at, row, no) => (
              <>
                <input type="hidden" name={`${at}.code`} value={row === null ? '__code__' : String(row.code ?? '')} />
                <Text name={`${at}.text`} label="Lý do, nói với người dân" hidden={no} value={row?.text} rows={2} hint={row === null ? 'Nói rõ vì sao, và người dân làm gì tiếp.' : undefined} />
                <Text name={`${at}.clause`} label="Điều khoản" hidden={no} value={row?.clause} example="Điều 13 Luật Hộ tịch 60/2014/QH13" />
              </>
            )}
          />
        </Block>
      ))}
    </>
  )
}
