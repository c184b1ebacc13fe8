// The process as an ordered list: what it is on a phone, without a script, and for whoever would rather write than draw.

import type { Step } from '#modules/procedures/index.ts'
import { Button, Form, Icon, LinkButton, StatusTag } from '#ui/index.ts'
import { draftHref } from '../tab-list.ts'
import { StepForm } from './step-form.tsx'
import { faultsOf, type ListView, stepsHref } from './view.ts'
import { hoursWord, leadsTo, roleWord, unitWord } from './words.ts'

export function StepList(view: ListView) {
  const { process: { steps }, write } = view
  if (steps.length === 0) return <p class="soft">Chưa có bước nào.</p>
  return (
    <ol class="process-list">
      {steps.map((step, i) => (
        <li id={`step-${step.id}`} class="process-step" data-step={step.id}>
          <span class="process-no" aria-hidden="true">{i + 1}</span>
          <div class="process-what">{view.open === step.id && write ? <StepForm {...view} step={view.typed ?? step} /> : <StepLine view={view} step={step} at={i} />}</div>
        </li>
      ))}
    </ol>
  )
}

function StepLine({ view, step, at }: { view: ListView; step: Step; at: number }) {
  const { draft, process: { steps, faults }, offers, write } = view
  const unit = unitWord(step, offers)
  const wrong = faultsOf(step, faults)
  const errors = wrong.filter((one) => one.level === 'error')
  return (
    <>
      <div class="process-head">
        <h3>{step.name || <span class="soft">Bước chưa có tên</span>}</h3>
        {errors.length > 0 ? <StatusTag tone="bad">{errors.length === 1 ? '1 lỗi' : `${errors.length} lỗi`}</StatusTag> : wrong.length > 0 && <StatusTag tone="warn">Nên xem lại</StatusTag>}
      </div>
      <p class="process-who">
        <span><Icon name="user" /> {step.call ? 'Gọi quy trình khác' : roleWord(step.role)}{unit && `, ${unit.charAt(0).toLowerCase()}${unit.slice(1)}`}</span>
        <span><Icon name="clock" /> {step.clock === 'stops' ? 'Giờ giải quyết tạm dừng' : hoursWord(step.hours)}</span>
        {step.silence && <span><Icon name="hourglass" /> Im lặng quá {step.silence.value} {step.silence.unit === 'ngay' ? 'ngày' : 'ngày làm việc'} là “{step.outcomes.find((one) => one.key === step.silence?.outcome)?.label}”</span>}
        {step.prints && step.prints.length > 0 && <span><Icon name="file" /> {step.prints.length === 1 ? step.prints[0] : `${step.prints.length} giấy tờ in ra`}</span>}
      </p>
      <ul class="process-ways">
        {step.outcomes.map((outcome) => {
          const to = leadsTo(outcome.next, steps)
          return <li><b>{outcome.label}</b> <Icon name="right" /> {to ? <>{outcome.joins && 'chờ các nhánh khác, rồi '}{to}</> : <span class="bad">chưa chọn bước tiếp theo</span>}</li>
        })}
      </ul>
      {write && <StepActs view={view} step={step} at={at} draft={draft} />}
    </>
  )
}

function StepActs({ view, step, at, draft }: { view: ListView; step: Step; at: number; draft: ListView['draft'] }) {
  const last = view.process.steps.length - 1
  const name = step.name || `bước ${at + 1}`
  return (
    <Form action={stepsHref(draft.id)} class="process-acts" attributes={{ 'data-process-act': '' }}>
      <input type="hidden" name="_base" value={String(draft.revision)} />
      <input type="hidden" name="_id" value={step.id} />
      <LinkButton look="quiet" icon="pen" href={`${draftHref(draft.id, 'process')}?step=${step.id}#step-${step.id}`}>Sửa<span class="sr"> {name}</span></LinkButton>
      <Button look="quiet" icon="plus" name="_act" value="add">Thêm bước sau<span class="sr"> {name}</span></Button>
      {at > 1 && <Button look="quiet" icon="up" name="_act" value="up"><span class="sr">Chuyển {name} lên</span></Button>}
      {at > 0 && at < last && <Button look="quiet" icon="down" name="_act" value="down"><span class="sr">Chuyển {name} xuống</span></Button>}
      {at > 0 && <Button look="quiet" icon="trash" name="_act" value="remove"><span class="sr">Bỏ {name}</span></Button>}
    </Form>
  )
}
