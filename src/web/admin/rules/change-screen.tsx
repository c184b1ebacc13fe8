// One plan: what it says, what it touches, the second person's yes, and after its day what came of it.

import type { Ctx } from '#core/ctx.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { RULE_WHAT, type RuleFinding } from '#modules/dossiers/index.ts'
import { type RuleChange, sayChange, TRANSITIONS } from '#modules/rules/index.ts'
import { Actions, Button, Details, FieldView, Form, KeyFigures, LinkButton, Notice, PageHeading, StatusTag, SummaryList, Table } from '#ui/index.ts'
import { type Asked, base, State } from './screens.tsx'
import type { Touches } from './touches.ts'
import { said, TouchesView, Verdict } from './touches-view.tsx'

const Facts = ({ ctx, change }: { ctx: Ctx; change: Omit<RuleChange, 'state'> }) => (
  <SummaryList
    rows={[
      { label: 'Đổi', value: <span data-rule={change.rule}>{sayChange(ctx, change.target, change.was)} → <b>{sayChange(ctx, change.target, change.value)}</b></span> },
      { label: 'Có hiệu lực', value: <>{formatDate(change.validFrom)}{change.backDated && <> <StatusTag tone="warn">Ghi lùi ngày</StatusTag></>}</> },
      { label: 'Văn bản', value: `${change.document}. ${change.clause}` },
      ...(change.target.kind === 'document' ? [] : [{ label: 'Áp dụng', value: `${TRANSITIONS[change.transition]}${change.transitionClause ? ` (${change.transitionClause})` : ''}` }]),
      ...(change.note ? [{ label: 'Ghi chú', value: change.note }] : []),
    ]}
  />
)

/** The form of a new plan, filled in with what this one said. */
function planAnew({ target, rule, value, document, clause, validFrom, transition, transitionClause, note }: RuleChange): string {
  const [said, unit] = typeof value === 'object' ? [String(value.value), value.unit] : [String(value), '']
  return `${base}/changes/new?${new URLSearchParams({ rule, value: target.kind === 'fee' ? said : said.replace('.', ','), unit, document, clause, validFrom, transition, transitionClause: transitionClause ?? '', note: note ?? '' })}`
}

/** Before anything is kept. */
export function PreviewScreen({ ctx, title, change, touches, asked }: { ctx: Ctx; title: string; change: Omit<RuleChange, 'state'>; touches: Touches; asked: Asked }) {
  return (
    <>
      <PageHeading title={`Xem trước: ${title}`} lead="Chưa ghi gì. Xem mọi thứ bị chạm tới, rồi lập kế hoạch để người thứ hai xác nhận." />
      <Facts ctx={ctx} change={change} />
      <TouchesView ctx={ctx} touches={touches} change={change} />
      <Form action={`${base}/changes`} label="Lập kế hoạch">
        {Object.entries(asked).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
        <Actions>
          {touches.faults.length === 0 && <Button look="primary" busyText="Đang ghi…">Lập kế hoạch thay đổi</Button>}
          <Button formAction={`${base}/changes/edit`} look="quiet">Sửa lại</Button>
          <LinkButton look="quiet" href={base}>Không ghi</LinkButton>
        </Actions>
      </Form>
    </>
  )
}

function Findings({ findings, change, names, may }: { findings: readonly RuleFinding[]; change: RuleChange; names: ReadonlyMap<string, string>; may: boolean }) {
  if (findings.length === 0) return change.backDated && change.state === 'applied' ? <p>Không hồ sơ đã xong nào có kết luận hay khoản thu khác đi.</p> : null
  const uncounted = findings.some((one) => one.before === '')
  return (
    <section aria-labelledby="at-findings" data-rule="here">
      <h2 id="at-findings">{uncounted ? 'Cần người quyết định' : 'Việc đã xong: cần người quyết định'}</h2>
      <p class="soft measure">{uncounted ? 'Việc đã xong không bị sửa; hồ sơ chưa tính lại được thì xem và tính tay.' : 'Hồ sơ không bị sửa.'} Mỗi mục ghi rõ đã làm gì, ai quyết định.</p>
      <Table
        caption="Cần người quyết định" captionHidden rows={findings} empty=""
        columns={[
          { key: 'code', label: 'Hồ sơ', main: true, tight: true, cell: (one) => <><a href={`/desk/dossiers/${one.code}`}>{one.code}</a><span class="soft clause">{names.get(one.unitId)}</span></> },
          { key: 'what', label: 'Con số', cell: (one) => <span>{RULE_WHAT[one.what]}: {said(one.what, one.before)} → <b>{said(one.what, one.after)}</b></span> },
          { key: 'was', label: 'Đã kết luận', cell: (one) => <Verdict late={one.wasLate} /> },
          { key: 'would', label: 'Theo mới', cell: (one) => <Verdict late={one.wouldBeLate} /> },
          { key: 'do', label: 'Đề nghị', cell: (one) => <>{one.proposal}{one.amountVnd !== null && one.amountVnd > 0 && <span class="soft clause">{formatVnd(one.amountVnd)}</span>}</> },
          {
            key: 'act', label: 'Xử lý', cell: (one) => one.state !== 'open' || !may ? <>{one.state === 'settled' ? <StatusTag tone="good">Đã xử lý</StatusTag> : one.state === 'left' ? <StatusTag>Để nguyên</StatusTag> : <StatusTag tone="wait">Chờ xử lý</StatusTag>}{one.settledNote && <span class="soft clause">{one.settledNote} ({one.settledByName})</span>}</> : (
              <Details summary={`Xử lý ${one.code}`}>
                <Form action={`${base}/findings/${one.id}`} label={`Xử lý ${one.code}`}>
                  <input type="hidden" name="change" value={change.id} />
                  <FieldView question={{ key: 'note', type: 'text', required: true, label: 'Đã làm gì, hoặc vì sao để nguyên', maxLength: 300 }} value="" errors={[]} />
                  <Actions><Button name="state" value="settled">Đã xử lý</Button><Button look="quiet" name="state" value="left">Để nguyên</Button></Actions>
                </Form>
              </Details>
            ),
          },
        ]}
      />
    </section>
  )
}

export interface ChangeView {
  readonly ctx: Ctx
  readonly change: RuleChange
  readonly title: string
  readonly touches: Touches | null
  readonly refused: string | null
  readonly mayWithdraw: boolean
  readonly mayRetry: boolean
  readonly mayDecide: boolean
  readonly appeals: { readonly moved: number; readonly kept: number }
  readonly outcome: { readonly moved: number; readonly kept: number; readonly awaits: number; readonly findings: number; readonly open: number }
  readonly findings: readonly RuleFinding[]
  readonly names: ReadonlyMap<string, string>
}

export function ChangeScreen({ ctx, change, title, touches, refused, mayWithdraw, mayRetry, mayDecide, outcome, appeals, findings, names }: ChangeView) {
  return (
    <>
      <PageHeading title={title} lead={`${change.plannedByName} lập ${formatDateTime(change.plannedAt)}${change.confirmedAt ? `; ${change.confirmedByName} xác nhận ${formatDateTime(change.confirmedAt)}` : ''}.`} meta={<State change={change} />} />
      <Facts ctx={ctx} change={change} />
      {change.state === 'withdrawn' && <Notice tone="warn" title={`Đã bỏ ${change.withdrawnAt ? formatDateTime(change.withdrawnAt) : ''}`}><p>{change.withdrawnByName}: {change.withdrawnWhy}</p></Notice>}
      {change.state === 'withdrawn' && mayDecide && <Actions><LinkButton href={planAnew(change)}>Lập kế hoạch mới từ kế hoạch này</LinkButton></Actions>}
      {change.state === 'halted' && (
        <Notice tone="bad" title={`Chưa áp dụng được${change.haltedAt ? `, từ ${formatDateTime(change.haltedAt)}` : ''}`}>
          <p>{change.haltedWhy}</p>
          <p>Chưa có gì thay đổi. Gỡ chỗ vướng ở {'code' in change.target ? <a href={`/admin/procedures/${change.target.code}`}>trang thủ tục</a> : 'trang thủ tục'} rồi bấm “Thử áp dụng lại”; hoặc bỏ kế hoạch này rồi lập kế hoạch khác.</p>
          {mayRetry && <Form action={`${base}/changes/${change.id}/retrials`} label="Thử áp dụng lại"><Actions><Button look="primary" busyText="Đang thử…">Thử áp dụng lại</Button></Actions></Form>}
        </Notice>
      )}
      {change.state === 'confirmed' && <Notice tone="info" title={`Chờ đến ${formatDate(change.validFrom)}`}><p>Đến ngày ấy hệ thống tự áp dụng và tính lại những hồ sơ được áp dụng, mỗi hồ sơ một lần, có nhật ký và tin báo.</p></Notice>}
      {change.state === 'applied' && (
        <section data-rule="here" aria-labelledby="at-done">
          <h2 id="at-done">Đã áp dụng</h2>
          <KeyFigures items={[{ label: 'Hồ sơ đã tính lại', value: outcome.moved }, { label: 'Giữ như đã hẹn', value: outcome.kept }, ...(outcome.awaits > 0 ? [{ label: 'Chờ tiếp nhận theo thời hạn mới', value: outcome.awaits }] : []), ...(appeals.moved + appeals.kept > 0 ? [{ label: 'Đề nghị xem xét lại đổi hạn', value: appeals.moved, note: `${appeals.kept} giữ như đã hẹn` }] : []), ...(change.backDated ? [{ label: 'Việc đã xong có khác', value: outcome.findings, note: `${outcome.open} chờ xử lý`, hot: outcome.open > 0 }] : [])]} />
        </section>
      )}
      <Findings findings={findings} change={change} names={names} may={mayDecide} />
      {touches && !(change.state === 'halted' && touches.faults.length > 0) && <TouchesView ctx={ctx} touches={touches} change={change} stuck={change.state === 'confirmed' ? 'Đến ngày ấy sẽ không áp dụng được' : undefined} />}
      {change.state === 'planned' && (refused ? <Notice tone="info"><p>{refused}</p></Notice> : touches && touches.faults.length === 0 && (
        <Form action={`${base}/changes/${change.id}/confirmation`} label="Xác nhận">
          <Actions><Button look="primary" busyText="Đang xác nhận…">{change.backDated ? 'Xác nhận và áp dụng ngay' : `Xác nhận, có hiệu lực từ ${formatDate(change.validFrom)}`}</Button></Actions>
        </Form>
      ))}
      {mayWithdraw && (
        <Details summary="Bỏ kế hoạch này">
          <Form action={`${base}/changes/${change.id}/withdrawal`} label="Bỏ kế hoạch">
            <FieldView question={{ key: 'why', type: 'text', required: true, label: 'Vì sao bỏ', maxLength: 300 }} value="" errors={[]} />
            <Actions><Button look="danger">Bỏ kế hoạch</Button></Actions>
          </Form>
        </Details>
      )}
      <Actions><LinkButton look="quiet" href={`${base}/changes`}>Mọi thay đổi</LinkButton></Actions>
    </>
  )
}
