// One plan: its steps as sentences, the same drawn beside them, and what is to be done next.

import type { ComponentChildren } from 'preact'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { type Plan, PLAN_STATES, STEP_KINDS, type StepKind } from '#modules/reorg/index.ts'
import { Actions, Button, EmptyState, Form, Icon, LinkButton, Notice, PageHeading, Tabs } from '#ui/index.ts'
import { markOf } from './edit.ts'
import { PlanTag } from './list.tsx'
import type { Picture } from './picture.ts'
import { Ribbons } from './ribbons.tsx'
import { SeatMap } from './seat-map.tsx'
import { count, decisionText, planHref, sentenceOf, STEP_ICONS } from './words.ts'

export type PlanTab = 'plan' | 'report' | 'run'

export function PlanFrame({ plan, tab, children }: { plan: Plan; tab: PlanTab; children: ComponentChildren }) {
  return (
    <>
      <PageHeading
        title={plan.title}
        meta={<><PlanTag plan={plan} /><span>Có hiệu lực từ {formatDate(plan.day)}</span><span>{decisionText(plan)}</span></>}
      />
      <Tabs
        label="Phần của kế hoạch"
        items={[
          { label: 'Các bước', href: planHref(plan.id), current: tab === 'plan', count: plan.steps.length },
          { label: plan.report ? 'Báo cáo' : 'Xem trước', href: planHref(plan.id, '/report'), current: tab === 'report' },
          { label: 'Xác nhận, thi hành', href: planHref(plan.id, '/run'), current: tab === 'run' },
        ]}
      />
      {children}
    </>
  )
}

/** So many steps are shown at once; the rest is drawn, and found by district. */
const MOST_STEPS = 60

export interface PlanView {
  readonly plan: Plan
  /** Why it cannot be changed; null when it can. */
  readonly refused: string | null
  readonly picture: Picture
  readonly named: (id: string) => string
  readonly zoom: string
  /** Steps that concern what is looked at. */
  readonly shown: Plan['steps']
}

export function PlanScreen({ plan, refused, picture, named, zoom, shown }: PlanView) {
  const editable = refused === null
  return (
    <PlanFrame plan={plan} tab="plan">
      {!editable && PLAN_STATES[plan.state].open && <Notice><p>{refused}</p></Notice>}
      {plan.returnedNote && plan.state === 'nhap' && <Notice tone="warn" title="Kế hoạch được trả lại để sửa"><p>{plan.returnedNote}</p></Notice>}
      {plan.note && <p class="measure">{plan.note}</p>}
      {editable && (
        <div class="toolbar" role="group" aria-label="Thêm bước">
          {(Object.keys(STEP_KINDS) as StepKind[]).map((kind) => <LinkButton icon={STEP_ICONS[kind]} href={planHref(plan.id, `/steps/new?kind=${kind}`)}>{STEP_KINDS[kind]}</LinkButton>)}
          <LinkButton icon="copy" href={planHref(plan.id, '/table')}>Dán bảng mã</LinkButton>
          <LinkButton look="quiet" icon="pen" href={planHref(plan.id, '/basics')}>Sửa thông tin</LinkButton>
        </div>
      )}
      {plan.steps.length === 0 ? (
        <EmptyState icon="building" title="Chưa có bước nào">{editable ? 'Chọn một việc ở trên: sáp nhập, chia, đổi tên… Với kế hoạch lớn, dán cả bảng mã cũ – mã mới.' : 'Kế hoạch này chưa có gì để thi hành.'}</EmptyState>
      ) : (
        <div class="drawing-board">
          <section aria-labelledby="steps-title">
            <h2 id="steps-title">{zoom === '' ? `${count(plan.steps.length)} bước` : `${count(shown.length)} bước ở ${named(zoom)}`}</h2>
            <ol class="plan-steps">
              {shown.slice(0, MOST_STEPS).map((step) => (
                <li>
                  <Icon name={STEP_ICONS[step.kind]} />
                  <span><b>{STEP_KINDS[step.kind]}.</b> {sentenceOf(step, named)}</span>
                  {editable && (
                    <Form action={planHref(plan.id, '/steps/removal')}>
                      <input type="hidden" name="mark" value={markOf(step)} />
                      <Button look="quiet" icon="trash"><span class="sr">Bỏ bước này: {sentenceOf(step, named)}</span></Button>
                    </Form>
                  )}
                </li>
              ))}
            </ol>
            {shown.length > MOST_STEPS && <p class="soft">Còn {count(shown.length - MOST_STEPS)} bước nữa; chọn một địa bàn ở bên để xem hết.</p>}
          </section>
          <section aria-labelledby="picture-title">
            <h2 id="picture-title">Bản vẽ: {count(picture.counts.before)} đơn vị thành {count(picture.counts.after)}</h2>
            <Drawing plan={plan} picture={picture} zoom={zoom} />
          </section>
        </div>
      )}
      {editable && plan.steps.length > 0 && (
        <Actions>
          <LinkButton look="primary" icon="right" href={planHref(plan.id, '/report')}>Xem trước mọi thứ sẽ đổi</LinkButton>
        </Actions>
      )}
      <p class="soft">Lập bởi {plan.madeByName}, {formatDateTime(plan.madeAt)}. Bản số {plan.revision}.</p>
    </PlanFrame>
  )
}

export function Drawing({ plan, picture, zoom }: { plan: Pick<Plan, 'id' | 'title'>; picture: Picture; zoom: string }) {
  return (
    <>
      {picture.zooms.length > 0 && (
        <form class="picks" method="get" action={planHref(plan.id)} aria-label="Xem gần một địa bàn">
          <select name="zoom" aria-label="Địa bàn">
            <option value="">Cả tỉnh</option>
            {picture.zooms.map((one) => <option value={one.id} selected={one.current}>{one.name}: {one.before} thành {one.after}</option>)}
          </select>
          <Button>Xem</Button>
          {zoom !== '' && <a href={planHref(plan.id)}>Về cả tỉnh</a>}
        </form>
      )}
      <Ribbons
        label={`Bản vẽ ${plan.title}: đơn vị trước ở bên trái, đơn vị sau ở bên phải`} before={picture.before} after={picture.after} links={picture.links}
        headings={[`Trước (${count(picture.counts.before)})`, `Sau (${count(picture.counts.after)})`]}
      />
      {picture.dots.length > 1 && (
        <>
          <h3>Trụ sở trước và sau</h3>
          <SeatMap label={`Trụ sở các đơn vị của ${plan.title}`} dots={picture.dots} links={picture.ways} />
        </>
      )}
    </>
  )
}
