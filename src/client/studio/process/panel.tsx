// The panel beside the drawing: what is selected, in the words of the office; every field is one act that can be undone.

import { type ComponentChildren, Fragment } from 'preact'
import { Calling, Outcomes, Silence } from './panel-outcomes.tsx'
import { Choose, type Offer, Words } from './panel-fields.tsx'
import { type Hand, isDecision, isStep, linesOf, stepOfArrow, textOf } from './model.ts'
import type { Drawn } from './types.ts'

export interface Offers {
  readonly roles: readonly Offer[]
  readonly units: readonly Offer[]
  readonly effects: readonly Offer[]
  readonly statuses: readonly Offer[]
  readonly shared: readonly Offer[]
}

export interface PanelProps {
  readonly hand: Hand
  readonly offers: Offers
  readonly selected: readonly Drawn[]
  readonly faults: readonly { readonly element: string; readonly level: string; readonly message: string }[]
  readonly select: (element: Drawn) => void
}

export function Panel(props: PanelProps) {
  const { selected } = props
  const [element, another] = selected
  if (another) return <Blank title={`Đang chọn ${selected.length} ô`}>Kéo để dời cùng nhau, hoặc bấm Delete để xóa.</Blank>
  const own = element?.labelTarget ?? element
  if (!own || own.type === 'bpmn:Process') return <Help />
  return (
    <Fragment key={own.id}>
      <Said {...props} element={own} />
      {isStep(own) ? <StepPanel {...props} step={own} /> : own.type === 'bpmn:SequenceFlow' ? <ArrowPanel {...props} arrow={own} /> : <OtherPanel {...props} element={own} />}
    </Fragment>
  )
}

/** What is wrong with what is selected, above its fields. */
function Said({ faults, element }: PanelProps & { element: Drawn }) {
  const own = faults.filter((one) => one.element === element.id)
  if (own.length === 0) return null
  return <ul class="panel-faults">{own.map((one) => <li class={one.level === 'error' ? 'bad' : 'warn'}>{one.message}</li>)}</ul>
}

function Blank({ title, children }: { title: string; children: ComponentChildren }) {
  return <div class="panel-blank"><h3>{title}</h3><p class="soft">{children}</p></div>
}

function Help() {
  return (
    <div class="panel-blank">
      <h3>Cách vẽ</h3>
      <ol>
        <li>Bấm một ô trên hình để ghi ai làm, mấy giờ, in gì.</li>
        <li>Chen một bước vào giữa: kéo “Bước của một người” từ bảng bên trái thả lên mũi tên.</li>
        <li>Nối thêm ở cuối: bấm một ô, rồi bấm dấu hiện ra bên cạnh ô đó.</li>
        <li>Mỗi mũi tên ra khỏi bước là một kết quả; ghi tên lên mũi tên.</li>
      </ol>
      <h3>Phím tắt</h3>
      <dl class="panel-keys">
        <dt><kbd>Ctrl</kbd> <kbd>Z</kbd></dt><dd>Hoàn tác</dd>
        <dt><kbd>Ctrl</kbd> <kbd>Y</kbd></dt><dd>Làm lại</dd>
        <dt><kbd>Delete</kbd></dt><dd>Xóa ô đang chọn</dd>
        <dt><kbd>E</kbd></dt><dd>Ghi tên ô</dd>
        <dt><kbd>C</kbd></dt><dd>Nối hai ô</dd>
        <dt><kbd>H</kbd> <kbd>L</kbd></dt><dd>Kéo hình, chọn nhiều ô</dd>
        <dt><kbd>←</kbd> <kbd>↑</kbd> <kbd>→</kbd> <kbd>↓</kbd></dt><dd>Dời ô đang chọn</dd>
        <dt><kbd>Ctrl</kbd> <kbd>0</kbd></dt><dd>Về cỡ thật</dd>
        <dt><kbd>Ctrl</kbd> <kbd>F</kbd></dt><dd>Tìm ô theo tên</dd>
      </dl>
    </div>
  )
}

function StepPanel(props: PanelProps & { step: Drawn }) {
  const { hand, offers, step } = props
  const { businessObject } = step
  const value = (name: string) => textOf(businessObject, name)
  const write = (properties: object) => hand.write(step, properties)
  const hours = value('hours')
  return (
    <div class="panel-step">
      <Words id="panel-name" label="Tên bước" value={businessObject.name ?? ''} change={(name) => write({ name })} example="Thẩm định hồ sơ" />
      <Choose id="panel-role" label="Ai làm" value={value('role')} offers={offers.roles} none="– Chọn –" change={(role) => write({ role: role || undefined })} />
      <Choose id="panel-unit" label="Ở đâu" value={value('unit') === 'tham_quyen' ? '' : value('unit')} offers={offers.units.filter((one) => one.value !== 'tham_quyen')} none="Cơ quan giải quyết" change={(unit) => write({ unit: unit || undefined })} />
      <div class="panel-pair">
        <Words id="panel-hours" label="Số giờ làm việc" value={hours.replace('.', ',')} number change={(text) => write({ hours: Number(text.replace(',', '.')) || 0 })} />
        <Choose id="panel-clock" label="Giờ giải quyết" value={value('clock') === 'stops' ? 'stops' : ''} none="Vẫn chạy" offers={[{ value: 'stops', label: 'Tạm dừng' }]} change={(clock) => write({ clock: clock || undefined })} />
      </div>
      {step.type === 'bpmn:CallActivity' && <Calling {...props} />}
      <Outcomes {...props} />
      <details class="panel-more" open={linesOf(step, 'tinhso:Does').length + linesOf(step, 'tinhso:Prints').length > 0}>
        <summary>Việc phải làm, giấy tờ in ra</summary>
        <Words id="panel-does" label="Việc phải làm" hint="Mỗi dòng một việc." rows={3} value={linesOf(step, 'tinhso:Does').join('\n')} change={(text) => hand.writeLines(step, 'tinhso:Does', linesIn(text))} />
        <Words id="panel-prints" label="Giấy tờ in ra" hint="Mỗi dòng một giấy tờ, ghi tên và số mẫu." rows={2} value={linesOf(step, 'tinhso:Prints').join('\n')} change={(text) => hand.writeLines(step, 'tinhso:Prints', linesIn(text))} />
      </details>
      {step.type !== 'bpmn:CallActivity' && <Silence {...props} />}
      <details class="panel-more" open={value('status') !== ''}>
        <summary>Tình trạng trên Cổng dịch vụ công</summary>
        <Choose id="panel-status" label="Khi hồ sơ ở bước này, người dân thấy" value={value('status')} none="Theo trạng thái hồ sơ" offers={offers.statuses} change={(status) => write({ status: status ? Number(status) : undefined })} />
      </details>
    </div>
  )
}

const linesIn = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)

function ArrowPanel({ hand, offers, arrow, select }: PanelProps & { arrow: Drawn }) {
  const step = stepOfArrow(arrow)
  const key = textOf(arrow.businessObject, 'outcome')
  if (!step) return <Blank title="Mũi tên">Mũi tên này chỉ nối hai ô; kết quả ghi trên mũi tên ra khỏi một bước.</Blank>
  return (
    <div class="panel-step">
      <p class="soft">Kết quả của bước <button type="button" class="panel-link" onClick={() => select(step)}>{step.businessObject.name || 'chưa có tên'}</button></p>
      <Words id="panel-label" label="Kết quả" value={arrow.businessObject.name ?? ''} change={(label) => (key ? hand.writeOutcome(step, key, { label }) : hand.adopt(arrow))} example="Đủ điều kiện" />
      {key && <Choose id="panel-effect" label="Ý nghĩa với hồ sơ" value={textOf(arrow.businessObject, 'effect')} offers={offers.effects} none="Không có" change={(effect) => hand.writeOutcome(step, key, { effect })} />}
    </div>
  )
}

const OTHERS: Readonly<Record<string, readonly [string, string]>> = {
  'bpmn:StartEvent': ['Bắt đầu', 'Quy trình bắt đầu khi có hồ sơ nộp; nối tới bước tiếp nhận của Bộ phận một cửa.'],
  'bpmn:EndEvent': ['Kết thúc', 'Hồ sơ xong ở đây. Trước đó phải có bước trả kết quả, trả hồ sơ hoặc từ chối.'],
  'bpmn:ExclusiveGateway': ['Quyết định', 'Mỗi mũi tên ra là một kết quả mà người ở bước ngay trước chọn. Bấm vào mũi tên để ghi tên kết quả.'],
  'bpmn:ParallelGateway': ['Làm song song', 'Nhiều mũi tên ra: các nhánh làm cùng lúc. Nhiều mũi tên vào: chờ đủ các nhánh rồi mới đi tiếp. Mỗi nhánh chỉ nối một mũi tên vào ô gom.'],
  'bpmn:BoundaryEvent': ['Mốc trên viền', 'Im lặng quá hạn thì coi như một kết quả; sửa số ngày ở bước mà mốc này gắn vào.'],
  'bpmn:SubProcess': ['Khung làm song song', 'Nhánh nào đi ra khỏi khung thì các nhánh còn lại trong khung dừng.'],
}

function OtherPanel({ hand, element, select }: PanelProps & { element: Drawn }) {
  const [title, words] = OTHERS[element.type] ?? ['Ô này', 'Loại ô này không chạy được ở đây. Xóa đi, hoặc thay bằng một bước.']
  return (
    <div class="panel-step">
      <h3>{title}</h3>
      <p class="soft">{words}</p>
      {element.host && <p><button type="button" class="panel-link" onClick={() => select(element.host!)}>Mở bước “{element.host.businessObject.name}”</button></p>}
      {!isDecision(element) || element.incoming.length < 2 ? null : <p class="warn">Ô này nhận {element.incoming.length} mũi tên, nên không rõ ai chọn; đặt ô quyết định ngay sau một bước.</p>}
      <Words id="panel-name" label="Tên trên hình" value={element.businessObject.name ?? ''} change={(name) => hand.easel.get('modeling').updateLabel(element, name)} />
    </div>
  )
}
