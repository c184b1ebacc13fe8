// One step as a plain form: who, how long, what is done and printed, every outcome and where it leads.

import type { Outcome, Step } from '#modules/procedures/index.ts'
import { Actions, Alert, Button, Details, Form, LinkButton } from '#ui/index.ts'
import { type Choice, Rows, Select, Text } from '../fields.tsx'
import { draftHref } from '../tab-list.ts'
import { type ListView, stepsHref } from './view.ts'

const joined = (next: Outcome['next']): string => [next].flat().join('+')

/** Where an outcome may lead: every step, the end, and the sets of steps that run side by side now. */
function targets(steps: readonly Step[]): Choice[] {
  const word = (id: string) => {
    const at = steps.findIndex((step) => step.id === id)
    return at < 0 ? id : `${at + 1}. ${steps[at]!.name || 'bước chưa có tên'}`
  }
  const several = new Set(steps.flatMap((step) => step.outcomes.flatMap((outcome) => (Array.isArray(outcome.next) ? [joined(outcome.next)] : []))))
  return [
    ...steps.map((step) => ({ value: step.id, label: word(step.id) })),
    { value: 'end', label: 'Kết thúc' },
    ...[...several].map((value) => ({ value, label: `Cùng lúc: ${value.split('+').map(word).join(' và ')}` })),
  ]
}

export function StepForm({ draft, process: { steps }, offers, step, said }: ListView & { step: Step }) {
  const to = targets(steps)
  const answers = Object.entries(step.call?.outcomes ?? {}).map(([end, outcome]) => `${end} = ${outcome}`)
  return (
    <Form action={stepsHref(draft.id)} class="process-form" guard>
      {said && said.length > 0 && <Alert title="Chưa lưu được">{said.map((one) => <p>{one}</p>)}</Alert>}
      <input type="hidden" name="_base" value={String(draft.revision)} />
      <input type="hidden" name="_act" value="write" />
      <input type="hidden" name="id" value={step.id} />
      <Text name="name" label="Tên bước" value={step.name} example="Thẩm định hồ sơ" />
      <div class="pair">
        <Select name="role" label="Ai làm" value={step.role} choices={offers.roles} />
        <Select name="unit" label="Ở đâu" value={step.unit ?? ''} choices={offers.units} none="Cơ quan giải quyết" />
        <Text name="hours:n" label="Số giờ làm việc" value={step.hours} chars={4} />
        <Select name="clock" label="Giờ giải quyết" value={step.clock === 'stops' ? 'stops' : ''} none="Vẫn chạy" choices={[{ value: 'stops', label: 'Tạm dừng (chờ người nộp)' }]} />
      </div>
      {step.call && (
        <div class="pair">
          <Select name="call.process" label="Quy trình được gọi" value={step.call.process ?? ''} choices={offers.shared} none={step.call.procedure ? 'Quy trình của thủ tục bên cạnh' : '– Chọn –'} />
          <Text name="call.procedure" label="Hoặc quy trình của thủ tục mã" value={step.call.procedure ?? ''} chars={8} example="1.004222" />
          <Text name="_answers" label="Kết quả bên kia = kết quả ở đây" value={answers} rows={2} hint="Mỗi dòng một cặp mã; bỏ trống nếu trùng nhau." />
        </div>
      )}
      <div class="pair">
        <Text name="does:l" label="Việc phải làm" value={step.does} rows={3} hint="Mỗi dòng một việc; người làm thấy khi mở hồ sơ." />
        <Text name="prints:l" label="Giấy tờ in ra" value={step.prints} rows={3} hint="Mỗi dòng một giấy tờ, ghi tên và số mẫu." />
      </div>
      <fieldset class="process-outcomes">
        <legend class="label">Kết quả của bước và nơi đi tiếp</legend>
        <p class="hint">Kết quả đầu tiên là đường đi thường gặp.</p>
        <Rows
          name="outcomes" rows={step.outcomes} add="Thêm kết quả" tight
          each={(at, row, no) => (
            <div class="process-outcome">
              <input type="hidden" name={`${at}.key`} value={row?.key ?? ''} />
              <Text name={`${at}.label`} label="Kết quả" hidden={no} value={row?.label ?? ''} example="Đủ điều kiện" />
              <Select name={`${at}.next`} label="Đi tới" hidden={no} value={row ? joined(row.next) : ''} choices={to} none="Chưa chọn" />
              <Select name={`${at}.effect`} label="Ý nghĩa với hồ sơ" hidden={no} value={row?.effect ?? ''} choices={offers.effects} none="Không có" />
              <Details summary={row?.joins ? 'Chờ các nhánh khác' : 'Làm song song'} open={row?.joins}>
                <Select name={`${at}.with`} label="Cùng lúc với bước" hidden={no} value="" choices={to.filter((one) => one.value !== 'end' && !one.value.includes('+'))} none="Không" />
                <Select name={`${at}.joins:b`} label="Đi tiếp khi" hidden={no} value={row?.joins ? 'true' : ''} choices={[{ value: 'true', label: 'Các nhánh khác cũng xong' }]} none="Xong bước này" />
              </Details>
            </div>
          )}
        />
      </fieldset>
      <Details summary={step.silence ? `Im lặng quá ${step.silence.value} ngày` : 'Im lặng quá hạn, tình trạng trên Cổng'} open={step.silence !== undefined}>
        <div class="pair">
          <Text name="silence.value:n" label="Im lặng quá" value={step.silence?.value ?? ''} chars={4} hint="Để trống nếu không có." />
          <Select name="silence.unit" label="Đơn vị" value={step.silence?.unit ?? ''} choices={[{ value: 'ngay_lam_viec', label: 'ngày làm việc' }, { value: 'ngay', label: 'ngày' }]} />
          <Select name="silence.outcome" label="Coi như" value={step.silence?.outcome ?? ''} choices={step.outcomes.map(({ key, label }) => ({ value: key, label }))} />
          <Select name="status:n" label="Tình trạng trên Cổng dịch vụ công" value={step.status === undefined ? '' : String(step.status)} choices={offers.statuses} none="Theo trạng thái hồ sơ" />
        </div>
      </Details>
      <Actions>
        <Button look="primary" busyText="Đang lưu…">Lưu bước</Button>
        <LinkButton look="quiet" href={`${draftHref(draft.id, 'process')}#step-${step.id}`}>Thôi</LinkButton>
      </Actions>
    </Form>
  )
}
