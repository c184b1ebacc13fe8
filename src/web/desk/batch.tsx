// Several like pieces of work done at once: what each is, one outcome for all, and what could not be done and why.

import type { Ctx } from '#core/ctx.ts'
import type { WorkRow } from '#modules/dossiers/index.ts'
import type { OutcomeChoice } from '#modules/work/index.ts'
import { Button, EmptyState, Form, LinkButton, Notice, PageHeading, Table } from '#ui/index.ts'
import { Due, dossierHref, dueOfItem } from './words.tsx'

/** Outcomes that need reasons of their own, or tell one person one thing: never for many at once. */
const ONE_BY_ONE: ReadonlySet<string> = new Set(['refuse', 'request_supplement', 'reject', 'suspend_financial', 'return_unresolved', 'stop', 'apologise'])

export const inBatch = (outcome: OutcomeChoice): boolean => !ONE_BY_ONE.has(outcome.effect ?? '')

/** Work of one step with the same outcomes. */
export interface Batch {
  readonly key: string
  readonly step: string
  readonly outcomes: readonly OutcomeChoice[]
  readonly rows: readonly WorkRow[]
}

/** The rows by what may be done with them. Pure. */
export function batchesOf(rows: readonly WorkRow[]): Batch[] {
  const groups = new Map<string, WorkRow[]>()
  for (const row of rows) {
    const key = `${row.item.name} ${row.item.outcomes.map((one) => one.key).join(' ')}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups].map(([key, group]) => ({ key, step: group[0]!.item.name, outcomes: group[0]!.item.outcomes.filter(inBatch), rows: group }))
}

export interface BatchView {
  readonly ctx: Ctx
  readonly batches: readonly Batch[]
  /** Asked for, and why it is not here. */
  readonly refused: readonly { readonly code: string; readonly why: string }[]
  readonly returnTo: string
}

export function BatchScreen({ ctx, batches, refused, returnTo }: BatchView) {
  return (
    <>
      <PageHeading
        title="Làm nhiều việc cùng lúc"
        lead="Mỗi hồ sơ vẫn được ghi riêng, với tên và giờ của ông/bà. Bỏ dấu những hồ sơ cần xem kỹ. Từ chối, yêu cầu bổ sung và trả lại phải làm từng hồ sơ vì cần lý do riêng."
        action={<LinkButton look="quiet" href={returnTo}>Về danh sách</LinkButton>}
      />
      {refused.length > 0 && (
        <Notice tone="warn" title={`${refused.length} việc không làm cùng được`}>
          <ul>{refused.map(({ code, why }) => <li><b>{code}</b>: {why}</li>)}</ul>
        </Notice>
      )}
      {batches.length === 0 && <EmptyState title="Chưa chọn việc nào làm được" action={<LinkButton href={returnTo}>Về danh sách</LinkButton>}><p>Đánh dấu ô ở đầu dòng rồi bấm lại.</p></EmptyState>}
      {batches.map((batch, at) => <BatchForm ctx={ctx} batch={batch} at={at} returnTo={returnTo} />)}
    </>
  )
}

function BatchForm({ ctx, batch, at, returnTo }: { ctx: Ctx; batch: Batch; at: number; returnTo: string }) {
  return (
    <section class="batch" aria-labelledby={`batch-${at}`}>
      <h2 id={`batch-${at}`}>{batch.step} <span class="thin">{batch.rows.length} hồ sơ</span></h2>
      <Form action="/desk/work/completions" label={batch.step} guard>
        <input type="hidden" name="returnTo" value={returnTo} />
        <div class="batch-rows">
          <Table
            caption={batch.step} captionHidden rows={batch.rows} empty="" rowHref={({ dossier }) => dossierHref(dossier)}
            select={{ name: 'item', value: ({ item }) => item.id, label: ({ dossier }) => `Làm ${dossier.code}`, checked: true }}
            columns={[
              { key: 'due', label: 'Hạn', tight: true, cell: ({ item }) => <Due due={dueOfItem(item, ctx)} /> },
              { key: 'who', label: 'Người nộp', main: true, cell: ({ dossier }) => <span class="clip">{dossier.applicant.fullName}</span> },
              { key: 'what', label: 'Thủ tục', cell: ({ dossier }) => <span class="clip" title={dossier.procedureName}>{dossier.procedureName}</span> },
              { key: 'code', label: 'Mã hồ sơ', tight: true, cell: ({ dossier }) => dossier.code },
            ]}
          />
        </div>
        <div class="decide">
          <label class="sr" for={`note-${at}`}>Ghi chú chung</label>
          <textarea id={`note-${at}`} name="note" rows={1} placeholder="Ghi chú chung cho các hồ sơ này, nếu cần" maxLength={4000} />
          <div class="row">
            {batch.outcomes.map((outcome, n) => (
              <Button look={at === 0 && n === 0 ? 'primary' : 'secondary'} name="outcome" value={outcome.key} busyText="Đang ghi từng hồ sơ…">{outcome.label}</Button>
            ))}
            {batch.outcomes.length === 0 && <p class="soft">Bước này phải làm từng hồ sơ.</p>}
          </div>
        </div>
      </Form>
    </section>
  )
}
