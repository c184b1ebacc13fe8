// All plans, and the form that begins or changes one: name, day, decision.

import { formatDate } from '#core/text/index.ts'
import { type Plan, PLAN_STATES } from '#modules/reorg/index.ts'
import { Actions, Button, EmptyState, ErrorSummary, FieldView, Form, LinkButton, Notice, PageHeading, type ShownError, StatusTag, Table } from '#ui/index.ts'
import type { Question } from '#core/form/types.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Basics } from './edit.ts'
import { type Ran, ranWords } from './ran.tsx'
import { count, decisionText, HOME, planHref, TONES } from './words.ts'

export const PlanTag = ({ plan }: { plan: Pick<Plan, 'state'> }) => <StatusTag tone={TONES[plan.state]}>{PLAN_STATES[plan.state].label}</StatusTag>

const waits = (plan: Plan): string => {
  if (plan.state === 'cho_xac_nhan') return `${plan.sentByName ?? plan.madeByName} gửi, chờ người thứ hai`
  if (plan.state === 'da_xac_nhan') return `thi hành từ ${formatDate(plan.day)}`
  if (plan.state === 'da_thi_hanh' && plan.rollBackUntil) return `hoàn tác được đến ${formatDate(plan.rollBackUntil)}`
  return plan.state === 'nhap' ? `${plan.madeByName} đang soạn` : '—'
}

export function PlansScreen({ plans, mayPlan, ran }: { plans: readonly Plan[]; mayPlan: boolean; ran: Ran | null }) {
  return (
    <>
      <PageHeading
        title="Sắp xếp đơn vị" lead="Sáp nhập, chia, đổi tên, chuyển, giải thể đơn vị theo một kế hoạch: vẽ ra, xem trước mọi thứ sẽ đổi, người thứ hai xác nhận, thi hành một lần, hoàn tác được trong thời hạn."
        action={mayPlan ? <LinkButton look="primary" icon="plus" href={`${HOME}/new`}>Lập kế hoạch</LinkButton> : undefined}
      />
      {plans.length === 0 ? (
        <EmptyState icon="building" title="Chưa có kế hoạch nào" action={mayPlan ? <LinkButton href={`${HOME}/new`}>Lập kế hoạch đầu tiên</LinkButton> : undefined}>Bản nháp không đổi gì trong hệ thống; cứ vẽ thử.</EmptyState>
      ) : (
        <Table
          caption="Kế hoạch sắp xếp" captionHidden rows={plans} empty="" rowHref={(plan) => planHref(plan.id)}
          columns={[
            { key: 'title', label: 'Kế hoạch', main: true, cell: (plan) => plan.title },
            { key: 'state', label: 'Trạng thái', cell: (plan) => <PlanTag plan={plan} /> },
            { key: 'day', label: 'Có hiệu lực', tight: true, cell: (plan) => formatDate(plan.day) },
            { key: 'decision', label: 'Căn cứ', cell: decisionText },
            { key: 'steps', label: 'Số bước', num: true, cell: (plan) => count(plan.steps.length) },
            { key: 'waits', label: 'Tiếp theo', cell: waits },
          ]}
        />
      )}
      {ran && <Notice><p>{ranWords(ran)}{!ran.own && ' Không phải số liệu của hệ thống này.'} <a href={`${HOME}/2025`}>{ran.own ? 'Xem báo cáo lần chạy' : 'Xem tư liệu'}</a></p></Notice>}
    </>
  )
}

export const QUESTIONS: readonly Question[] = [
  { key: 'title', label: 'Tên kế hoạch', type: 'text', required: true, help: 'Ví dụ: Sắp xếp đơn vị hành chính cấp xã huyện Thọ Xuân năm 2025.' },
  { key: 'decisionNo', label: 'Số nghị quyết, quyết định', type: 'text', required: true, help: 'Ví dụ: 1686/NQ-UBTVQH15.' },
  { key: 'decisionOn', label: 'Ngày ký', type: 'date', required: true },
  { key: 'day', label: 'Ngày có hiệu lực', type: 'date', required: true, help: 'Ngày đầu tiên các đơn vị mới làm việc.' },
  { key: 'windowDays', label: 'Số ngày còn hoàn tác được', type: 'integer', required: true, help: 'Tính từ khi thi hành, nhiều nhất 90 ngày.' },
  { key: 'note', label: 'Ghi chú', type: 'longtext' },
]

export interface BasicsView {
  readonly ctx: Ctx
  readonly plan: Plan | null
  readonly values: Readonly<Record<string, unknown>>
  /** What the form showed when it was opened: travels along, so that only what was changed is written. */
  readonly seen: Basics | null
  readonly errors: readonly ShownError[]
  readonly clashes?: readonly { readonly label: string; readonly mine: string; readonly theirs: string }[]
}

export function BasicsScreen({ ctx, plan, values, seen, errors, clashes = [] }: BasicsView) {
  return (
    <div class="measure">
      <ErrorSummary errors={errors} />
      <PageHeading title={plan ? 'Sửa thông tin kế hoạch' : 'Lập kế hoạch sắp xếp'} lead={plan?.title ?? 'Ghi căn cứ và ngày trước; vẽ các bước ở trang sau. Bản nháp chưa đổi gì trong hệ thống.'} />
      {clashes.length > 0 && (
        <Notice tone="warn" title="Người khác vừa sửa cùng chỗ">
          <ul>{clashes.map(({ label, mine, theirs }) => <li>{label}: ông/bà ghi “{mine}”, bản đang lưu là “{theirs}”.</li>)}</ul>
          <p>Xem lại các ô dưới đây rồi lưu; chưa có gì của ai bị mất.</p>
        </Notice>
      )}
      <Form action={plan ? planHref(plan.id, '/basics') : HOME} guard>
        {seen && <input type="hidden" name="seen" value={JSON.stringify(seen)} />}
        {QUESTIONS.map((question) => <FieldView question={question} value={values[question.key]} errors={errors} catalogs={ctx.catalogs} />)}
        <label class="choice"><input type="checkbox" name="follow" value="1" checked={values['follow'] !== false} /><span>Cán bộ đi theo công việc: ai đang giữ việc gì thì giữ vai trò ấy ở đơn vị nhận</span></label>
        <Actions><Button look="primary">{plan ? 'Lưu' : 'Lập bản nháp'}</Button><LinkButton look="quiet" href={plan ? planHref(plan.id) : HOME}>Không lưu</LinkButton></Actions>
      </Form>
    </div>
  )
}
