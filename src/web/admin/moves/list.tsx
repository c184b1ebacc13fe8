// Moves of a procedure: what is under way by version, a form that begins a plan, and the plans there were.

import { formatDateTime } from '#core/text/index.ts'
import type { RunningVersion } from '#modules/dossiers/index.ts'
import type { PlanRow } from '#modules/moves/index.ts'
import type { VersionSummary } from '#modules/procedures/index.ts'
import { Actions, Button, EmptyState, ErrorSummary, Form, LinkButton, PageHeading, type ShownError, StatusTag, Table } from '#ui/index.ts'
import { span } from '../units.tsx'
import { movesHref, PlanTag } from './words.tsx'

export interface MovesView {
  readonly code: string
  readonly name: string
  readonly versions: readonly VersionSummary[]
  readonly inForce: number | null
  readonly running: readonly RunningVersion[]
  readonly plans: readonly PlanRow[]
  readonly from: number | null
  readonly to: number | null
  readonly errors?: readonly ShownError[]
}

export function MovesScreen({ code, name, versions, inForce, running, plans, from, to, errors = [] }: MovesView) {
  const total = running.reduce((sum, one) => sum + one.total, 0)
  const open = versions.filter((one) => !one.withdrawn && !one.abolishes)
  // Offered first: from where dossiers still lie to the version in force, or to the newest when they lie in that one.
  const begin = from ?? running.find((each) => each.number !== inForce && each.number !== to)?.number ?? running.find((each) => each.number !== to)?.number ?? versions[1]?.number
  const end = to ?? (inForce !== begin ? inForce : null) ?? open.find((one) => one.number !== begin)?.number
  return (
    <>
      <link rel="stylesheet" href="/assets/heavy/moves.css" />
      <PageHeading
        title="Chuyển hồ sơ sang phiên bản khác" lead={`${name}. Hồ sơ đang giải quyết giữ phiên bản lúc nộp. Ở đây chuyển từng hồ sơ sang phiên bản khác khi quy định chuyển tiếp đòi hỏi, sau khi chạy thử; hoàn lại được.`}
        meta={<><b>{code}</b><span>{total.toLocaleString('vi-VN')} hồ sơ đang giải quyết</span></>}
        action={<LinkButton look="quiet" href={`/admin/procedures/${code}`}>Về thủ tục</LinkButton>}
      />
      <ErrorSummary errors={errors} />
      <section aria-labelledby="at-running">
        <h2 id="at-running">Đang giải quyết theo phiên bản nào</h2>
        {running.length === 0 ? <EmptyState icon="folder" title="Không có hồ sơ nào đang giải quyết"><p>Khi có hồ sơ đang giải quyết theo một phiên bản cũ, số lượng và các bước hiện ở đây.</p></EmptyState> : (
          <ul class="standing">
            {running.map((one) => {
              const version = versions.find((each) => each.id === one.versionId)
              return (
                <li>
                  <p><b>Phiên bản {one.number}</b> {one.number === inForce && <StatusTag tone="good">Đang áp dụng</StatusTag>} <span class="soft">{version ? span(version.effectiveFrom, version.effectiveTo) : ''}</span></p>
                  <p class="count"><b>{one.total.toLocaleString('vi-VN')}</b> hồ sơ</p>
                  <ul class="bars">{one.steps.slice(0, 6).map((step) => <li><span>{step.name}</span><meter min={0} max={one.total} value={step.count} aria-label={`${step.name}: ${step.count} hồ sơ`} /><b>{step.count}</b></li>)}</ul>
                </li>
              )
            })}
          </ul>
        )}
      </section>
      {versions.length < 2 ? <p class="soft">Thủ tục mới có một phiên bản nên chưa có gì để chuyển. <a href={`/admin/procedures/${code}`}>Xem thủ tục</a>.</p> : (
        <section aria-labelledby="at-begin">
          <h2 id="at-begin">Lập đợt chuyển</h2>
          <Form action={movesHref(code)} class="begin-move">
            <label><span>Từ phiên bản</span>
              <select name="from" id="from">{versions.map((one) => <option value={one.number} selected={one.number === begin}>Phiên bản {one.number} · {running.find((each) => each.versionId === one.id)?.total ?? 0} hồ sơ</option>)}</select>
            </label>
            <span class="arrow" aria-hidden="true">→</span>
            <label><span>Sang phiên bản</span>
              <select name="to" id="to">{open.map((one) => <option value={one.number} selected={one.number === end}>Phiên bản {one.number}{one.number === inForce ? ' · đang áp dụng' : ''}</option>)}</select>
            </label>
            <Actions><Button look="primary" icon="search" busyText="Đang chạy thử…">Chạy thử</Button></Actions>
          </Form>
          <p class="soft">Chạy thử chỉ xem, chưa đổi gì ở hồ sơ nào.</p>
        </section>
      )}
      <section aria-labelledby="at-plans">
        <h2 id="at-plans">Các đợt chuyển</h2>
        <Table<PlanRow>
          caption="Các đợt chuyển" captionHidden rows={plans} empty="Chưa có đợt chuyển nào." rowHref={({ plan }) => movesHref(code, plan.id)} strong={({ plan }) => plan.state === 'waiting'}
          columns={[
            { key: 'way', label: 'Đợt', main: true, cell: (row) => `Phiên bản ${row.from} → ${row.to}` },
            { key: 'state', label: 'Nay', tight: true, cell: ({ plan }) => <PlanTag state={plan.state} /> },
            { key: 'count', label: 'Hồ sơ', cell: ({ plan, counts }) => (plan.state === 'drafting' ? `${counts.verdicts.moves} chuyển được trong ${counts.total}` : plan.state === 'waiting' ? `${counts.chosen} chờ chuyển` : `${counts.states.moved + counts.states.undone + counts.states.stayed} đã chuyển${counts.states.left ? `, ${counts.states.left} để lại` : ''}${counts.states.undone ? `, ${counts.states.undone} đã hoàn lại` : ''}`) },
            { key: 'decision', label: 'Căn cứ', cell: ({ plan }) => plan.decision ?? '—' },
            { key: 'who', label: 'Ai lập', cell: ({ plan }) => `${plan.madeByName}, ${formatDateTime(plan.madeAt)}` },
          ]}
        />
      </section>
    </>
  )
}
