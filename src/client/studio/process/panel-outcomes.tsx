// Outcomes of a step in the panel: what each is called, where it leads, what it means; silence; the process that a step calls.

import { Choose, Words } from './panel-fields.tsx'
import { arrowsOf, type OutcomeModel, outcomesOf, textOf } from './model.ts'
import type { PanelProps } from './panel.tsx'
import type { Business, Drawn } from './types.ts'

type StepProps = PanelProps & { readonly step: Drawn }

/** Where an outcome may lead: steps by their names, ends, diamonds. */
function targets({ hand, step }: StepProps): { value: string; label: string }[] {
  const all = hand.easel.get('elementRegistry').filter((one) => !one.labelTarget && one.parent === step.parent && one !== step)
  const steps = all.filter((one) => /Task$|CallActivity$/.test(one.type))
  const ends = all.filter((one) => one.type === 'bpmn:EndEvent')
  const others = all.filter((one) => one.type === 'bpmn:ParallelGateway' || one.type === 'bpmn:SubProcess')
  const word = (one: Drawn, plain: string) => ({ value: one.id, label: one.businessObject.name || plain })
  return [
    ...steps.map((one) => word(one, 'Bước chưa có tên')),
    ...others.map((one) => word(one, one.incoming.length > 1 ? 'Chỗ gom các nhánh song song' : 'Làm song song')),
    ...ends.map((one) => word(one, 'Kết thúc')),
  ]
}

export function Outcomes(props: StepProps) {
  const { hand, step } = props
  const outcomes = outcomesOf(step)
  const to = targets(props)
  return (
    <fieldset class="panel-outcomes">
      <legend>Kết quả và nơi đi tiếp</legend>
      {outcomes.length === 0 && <p class="soft">Chưa có kết quả nào.</p>}
      {outcomes.map((one, i) => <OutcomeRow {...props} outcome={one} at={i} last={outcomes.length - 1} to={to} />)}
      <button type="button" class="btn secondary" onClick={() => hand.addOutcome(step, outcomes.length === 0 ? 'Xong' : `Kết quả ${outcomes.length + 1}`)}>Thêm kết quả</button>
    </fieldset>
  )
}

function OutcomeRow({ hand, step, offers, outcome, at, last, to }: StepProps & { outcome: OutcomeModel; at: number; last: number; to: readonly { value: string; label: string }[] }) {
  const { key, label, effect, arrow } = outcome
  const id = `panel-out-${at}`
  const registry = hand.easel.get('elementRegistry')
  if (!key) {
    return (
      <div class="panel-outcome">
        <p>Có mũi tên chưa mang kết quả nào. <button type="button" class="panel-link" onClick={() => arrow && hand.adopt(arrow)}>Đặt kết quả cho mũi tên này</button></p>
      </div>
    )
  }
  const now = arrow?.target?.id ?? ''
  const known = now === '' || to.some((one) => one.value === now)
  return (
    <div class="panel-outcome" key={key}>
      <Words id={`${id}-label`} label={at === 0 ? 'Kết quả thường gặp' : `Kết quả ${at + 1}`} value={label} change={(text) => hand.writeOutcome(step, key, { label: text || label })} />
      <Choose
        id={`${id}-to`} label="Đi tới" value={now} none="Chưa chọn" offers={known ? to : [...to, { value: now, label: arrow?.target?.businessObject.name || 'Ô trên hình' }]}
        change={(target) => { const found = registry.get(target); if (found) hand.lead(step, key, found) }}
      />
      <Choose id={`${id}-effect`} label="Ý nghĩa với hồ sơ" value={effect} offers={offers.effects} none="Không có" change={(value) => hand.writeOutcome(step, key, { effect: value })} />
      <div class="panel-acts">
        {at > 0 && <button type="button" class="panel-link" onClick={() => hand.moveOutcome(step, key, -1)}>Lên trên</button>}
        {at < last && <button type="button" class="panel-link" onClick={() => hand.moveOutcome(step, key, 1)}>Xuống dưới</button>}
        <button type="button" class="panel-link bad" onClick={() => hand.removeOutcome(step, key)}>Bỏ kết quả này</button>
      </div>
    </div>
  )
}

export function Silence({ hand, step }: StepProps) {
  const mark = hand.silenceOf(step)
  const outcomes = outcomesOf(step).filter((one) => one.key)
  const drawn = mark ? (((mark.businessObject.get('eventDefinitions') as readonly Business[] | undefined) ?? [])[0]?.get('timeDuration') as Business | undefined) : undefined
  const days = mark ? textOf(mark.businessObject, 'silenceValue') || (/^P(\d+)D$/.exec(drawn ? textOf(drawn, 'body') : '')?.[1] ?? '') : ''
  const unit = mark ? textOf(mark.businessObject, 'silenceUnit') || 'ngay' : 'ngay_lam_viec'
  const key = (mark && textOf(mark.businessObject, 'outcome')) || outcomes[0]?.key || ''
  return (
    <details class="panel-more" open={mark !== null}>
      <summary>{mark ? `Im lặng quá ${days} ${unit === 'ngay' ? 'ngày' : 'ngày làm việc'}` : 'Im lặng quá hạn'}</summary>
      <p class="hint">Quá số ngày mà không trả lời thì coi như một kết quả.</p>
      <div class="panel-pair">
        <Words id="panel-silence" label="Số ngày" value={days} number change={(text) => hand.writeSilence(step, Math.round(Number(text.replace(',', '.'))) || 0, unit, key)} />
        <Choose id="panel-silence-unit" label="Đơn vị" value={unit} none="ngày làm việc" offers={[{ value: 'ngay_lam_viec', label: 'ngày làm việc' }, { value: 'ngay', label: 'ngày' }]} change={(value) => mark && hand.writeSilence(step, Number(days) || 1, value || 'ngay_lam_viec', key)} />
      </div>
      {mark && <Choose id="panel-silence-key" label="Coi như" value={key} none="– Chọn –" offers={outcomes.map((one) => ({ value: one.key, label: one.label }))} change={(value) => hand.writeSilence(step, Number(days) || 1, unit, value)} />}
    </details>
  )
}

export function Calling({ hand, step, offers }: StepProps) {
  const { businessObject } = step
  const callee = textOf(businessObject, 'calledElement')
  const procedure = /^Process_(\d)_(\d{6})$/.exec(callee)
  const answers = Object.entries(readAnswers(textOf(businessObject, 'answers'))).map(([end, key]) => `${end} = ${key}`)
  const keys = arrowsOf(step).map((one) => textOf(one.businessObject, 'outcome')).filter(Boolean)
  return (
    <div class="panel-call">
      <Choose id="panel-callee" label="Quy trình được gọi" value={procedure ? '' : callee} none={procedure ? 'Quy trình của một thủ tục' : '– Chọn –'} offers={offers.shared} change={(value) => hand.write(step, { calledElement: value || undefined })} />
      <Words id="panel-procedure" label="Hoặc quy trình của thủ tục mã" value={procedure ? `${procedure[1]}.${procedure[2]}` : ''} example="1.004222" change={(code) => /^\d\.\d{6}$/.test(code) && hand.write(step, { calledElement: `Process_${code.replace('.', '_')}` })} />
      <details class="panel-more" open={answers.length > 0}>
        <summary>Kết quả bên kia ứng với kết quả ở đây</summary>
        <Words id="panel-answers" label="Mỗi dòng: mã bên kia = mã ở đây" hint={keys.length > 0 ? `Mã ở đây: ${keys.join(', ')}` : undefined} rows={2} value={answers.join('\n')} change={(text) => hand.write(step, { answers: writeAnswers(text) })} />
      </details>
    </div>
  )
}

function readAnswers(text: string): Record<string, string> {
  try {
    return text ? (JSON.parse(text) as Record<string, string>) : {}
  } catch {
    return {}
  }
}

function writeAnswers(text: string): string | undefined {
  const pairs = text.split('\n').map((line) => line.split('=').map((part) => part.trim())).filter((pair) => pair.length === 2 && pair.every(Boolean))
  return pairs.length > 0 ? JSON.stringify(Object.fromEntries(pairs)) : undefined
}
