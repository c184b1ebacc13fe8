// The decision by which a procedure is published, changed or abolished, and from when it holds.

import { decisionKindLabels, type DraftRecord } from '#modules/procedures/index.ts'
import { Details, Notice } from '#ui/index.ts'
import { Block, choicesOf, Day, Select, Text } from './fields.tsx'

export function DecisionFields({ record, today }: { record: DraftRecord; today: string }) {
  const decision = (record.decision ?? {}) as { readonly [key: string]: unknown }
  const past = typeof record.effectiveFrom === 'string' && record.effectiveFrom < today
  return (
    <>
      <Block id="decision" title="Quyết định công bố" lead="Bộ hoặc Chủ tịch Ủy ban nhân dân tỉnh ký (Nghị định 63/2010/NĐ-CP, Điều 13, 15).">
        <div class="pair">
          <Text name="decision.no" label="Số, ký hiệu" value={decision.no} example="163/QĐ-BTP" />
          <Day name="decision.on" label="Ngày ký" value={decision.on} />
        </div>
        <Select name="decision.kind" label="Quyết định này" value={decision.kind} choices={choicesOf(decisionKindLabels)} />
        <Details summary="Bãi bỏ: thủ tục làm thay" open={decision.kind === 'bai_bo'}>
          <Text
            name="decision.replacedBy" label="Mã thủ tục làm thay" value={decision.replacedBy} chars={12} example="1.001193"
            hint="Người dân mở thủ tục cũ được chỉ sang thủ tục này; hồ sơ đang giải quyết vẫn theo phiên bản của mình tới cùng."
          />
        </Details>
      </Block>
      <Block id="effect" title="Hiệu lực" lead="Hồ sơ nộp từ ngày này theo phiên bản này. Có thể là một ngày sắp tới.">
        <div class="pair">
          <Day name="effectiveFrom" label="Có hiệu lực từ" value={record.effectiveFrom} />
          <Day name="effectiveTo" label="Hết hiệu lực (nếu đã biết)" value={record.effectiveTo} hint="Ngày cuối cùng còn áp dụng." />
        </div>
        {past && <Notice tone="warn"><p>Ngày bắt đầu đã qua. Công bố được, nhưng phải ghi lý do và điều khoản cho phép hiệu lực trở về trước; hồ sơ đã nhận giữ phiên bản của mình.</p></Notice>}
      </Block>
    </>
  )
}
