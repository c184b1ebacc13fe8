// One element of another tool's drawing turned into our kinds, where that can be done without guessing.

import type { ModdleElement } from 'bpmn-moddle'
import type { bpmnModdle } from '#core/bpmn/index.ts'
import { HOURS_A_DAY } from '#core/workdays/index.ts'
import type { Note } from './foreign-drawing.ts'
import { roleOfLane } from './foreign-lanes.ts'
import { keyFrom } from './read-drawing.ts'
import { writeExtension } from './tidy.ts'

/** Said of a box that runs a program; not true of a drawing that had to be made anew from the steps. */
export const STILL_THERE = 'Ô vẫn còn trên hình; đổi nó thành bước của một người, hoặc xóa.'
export const NOT_REDRAWN = 'Tệp không có phần hình nên ô này không được vẽ lại; cần thì thêm một bước của một người vào chỗ đó.'

type Moddle = ReturnType<typeof bpmnModdle>

const nameOf = (element: ModdleElement): string => element.name || element.id || ''

/** Changes the element in place and notes what was done. What has no counterpart is left as it is: the reader of the drawing names it. */
export function mapNode(node: ModdleElement, elements: ReadonlyMap<string, ModdleElement>, moddle: Moddle, note: Note): void {
  switch (node.$type) {
    case 'bpmn:Task':
    case 'bpmn:ManualTask':
    case 'bpmn:UserTask':
      return mapStep(node, elements, moddle, note)
    case 'bpmn:CallActivity':
      mapStep(node, elements, moddle, note)
      return mapCall(node, note)
    case 'bpmn:ScriptTask': {
      const script = String(node.script ?? '').trim()
      note('refused', node, `Việc chạy mã “${nameOf(node)}”: mã lệnh không được nhận và đã bỏ khỏi hình${script ? `: “${script.replace(/\s+/g, ' ').slice(0, 200)}”` : ''}. ${STILL_THERE}`)
      node.script = undefined
      node.scriptFormat = undefined
      return
    }
    case 'bpmn:StartEvent': {
      const kinds = (node.eventDefinitions ?? []) as ModdleElement[]
      if (kinds.length > 0 && node.$parent?.$type === 'bpmn:Process') {
        note('mapped', node, `Điểm bắt đầu “${nameOf(node)}” chờ ${sayEvent(kinds[0]!)} → bắt đầu khi có hồ sơ nộp.`)
        node.eventDefinitions = []
      }
      return
    }
    case 'bpmn:EndEvent': {
      const kinds = (node.eventDefinitions ?? []) as ModdleElement[]
      const plain = kinds.filter((kind) => /Message|Signal|Escalation/.test(kind.$type))
      if (plain.length > 0) {
        note('mapped', node, `Điểm kết thúc “${nameOf(node)}” có gửi ${sayEvent(plain[0]!)} → điểm kết thúc thường; hệ thống tự báo cho người nộp.`)
        node.eventDefinitions = kinds.filter((kind) => !plain.includes(kind))
      }
      return
    }
    case 'bpmn:ExclusiveGateway':
      return mapDecision(node, note)
    case 'bpmn:BoundaryEvent':
      return mapTimer(node, note)
    case 'bpmn:DataObjectReference':
    case 'bpmn:DataStoreReference':
      return note('kept', node, `Dữ liệu “${nameOf(node)}” giữ trên hình để xem; giấy tờ của thủ tục khai ở tab Giấy tờ.`)
  }
}

const sayEvent = (definition: ModdleElement): string =>
  /Message/.test(definition.$type) ? 'một thông điệp' : /Timer/.test(definition.$type) ? 'một mốc giờ' : /Signal/.test(definition.$type) ? 'một tín hiệu' : 'một sự kiện'

const PERFORMER = ['camunda:candidateGroups', 'camunda:assignee', 'flowable:candidateGroups', 'flowable:assignee', 'activiti:candidateGroups', 'activiti:assignee'] as const
const DUE = ['camunda:dueDate', 'flowable:dueDate', 'activiti:dueDate'] as const

function mapStep(node: ModdleElement, elements: ReadonlyMap<string, ModdleElement>, moddle: Moddle, note: Note): void {
  const performers = PERFORMER.map((name) => node.$attrs?.[name]).filter((one): one is string => typeof one === 'string')
  if (!node.role) {
    const role = performers.map(roleOfLane).find((one) => one !== null)
    if (role) {
      node.role = role.role
      note('mapped', node, `Người làm “${performers[0]}” → “${role.label}”.`)
    } else if (performers[0]) note('todo', node, `Người làm ghi là “${performers[0]}”, chưa rõ là ai trong cơ quan; chọn “Ai làm”.`)
  }
  const due = DUE.map((name) => node.$attrs?.[name]).find((one) => typeof one === 'string')
  const timed = due ? hoursIn(due) : null
  if (node.hours === undefined && timed !== null) {
    node.hours = timed
    note('mapped', node, `Hạn “${due}” của bước → ${timed.toLocaleString('vi-VN')} giờ làm việc.`)
  } else if (due && timed === null) note('todo', node, `Hạn “${due}” của bước không đổi được thành số giờ; ghi số giờ cho bước này.`)
  if (node.hours === undefined) reminder(node, elements, note)
  const words = ((node.documentation ?? []) as ModdleElement[]).map((one) => String(one.text ?? '').trim()).filter(Boolean)
  const has = ((node.extensionElements?.values ?? []) as ModdleElement[]).some((one) => one.$type === 'tinhso:Does')
  if (words.length > 0 && !has) {
    writeExtension(node, 'tinhso:Does', words.flatMap((text) => text.split('\n')).map((text) => text.trim()).filter(Boolean).map((text) => moddle.create('tinhso:Does', { text })), moddle)
    note('mapped', node, 'Mô tả của ô → các việc phải làm ở bước.')
  }
  const arrows = (node.outgoing ?? []) as ModdleElement[]
  if (arrows.length > 1 && arrows.every((arrow) => !arrow.conditionExpression)) {
    note('mapped', node, `${arrows.length} mũi tên ra khỏi bước “${nameOf(node)}” được hiểu là ${arrows.length} kết quả để chọn một. Nếu ý là làm cùng lúc, đặt một ô “Làm song song” sau bước.`)
  }
}

/** A timer on the border that only reminds tells how long the step may take. */
function reminder(node: ModdleElement, elements: ReadonlyMap<string, ModdleElement>, note: Note): void {
  for (const one of elements.values()) {
    if (one.$type !== 'bpmn:BoundaryEvent' || one.attachedToRef?.id !== node.id || one.cancelActivity !== false) continue
    const duration = timeOf(one)
    const hours = duration ? hoursIn(duration) : null
    if (hours === null) continue
    node.hours = hours
    note('mapped', node, `Hẹn giờ nhắc “${duration}” → ${hours.toLocaleString('vi-VN')} giờ làm việc cho bước; hệ thống tự nhắc khi sắp hết giờ, nên xóa ô hẹn giờ này.`)
  }
}

const timeOf = (event: ModdleElement): string | undefined => ((event.eventDefinitions ?? []) as ModdleElement[])[0]?.timeDuration?.body?.trim()

/** ISO 8601 as working hours: a day is a working day, hours within a day are working hours, whole days of 24 hours are days. Null when it is no fixed time. */
function hoursIn(text: string): number | null {
  const found = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text.trim())
  if (!found || text.trim() === 'P') return null
  const [weeks, days, hours, minutes] = found.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number]
  const own = hours >= 24 ? (hours / 24) * HOURS_A_DAY : hours
  const sum = (weeks * 5 + days) * HOURS_A_DAY + own + minutes / 60
  return sum > 0 ? Math.round(sum * 100) / 100 : null
}

function mapCall(node: ModdleElement, note: Note): void {
  const callee = String(node.calledElement ?? '')
  if (/^Process_\d_\d{6}$/.test(callee) || /^[a-z][a-z0-9_]*$/.test(callee)) return note('mapped', node, `Gọi quy trình “${callee}”; kiểm tra quy trình này đã có trong hệ thống.`)
  const name = keyFrom(callee || nameOf(node))
  node.calledElement = name || undefined
  note('todo', node, `Gọi quy trình “${callee || nameOf(node)}”: chọn đúng quy trình dùng chung trong hệ thống${name ? ` (tạm ghi “${name}”)` : ''}.`)
}

/** Conditions of another engine stand for a choice that a person makes: the words on the arrow become the outcome. */
function mapDecision(gateway: ModdleElement, note: Note): void {
  const arrows = (gateway.outgoing ?? []) as ModdleElement[]
  if (arrows.length < 2) return
  const taken = new Set<string>(arrows.map((arrow) => arrow.outcome).filter(Boolean))
  for (const arrow of arrows) {
    const condition = String(arrow.conditionExpression?.body ?? '').trim()
    if (arrow.outcome || /^(?:=|\$\{)?\s*outcome\s*==?\s*["'][^"']+["']\s*\}?$/.test(condition)) continue
    const label = arrow.name || sayCondition(condition) || (gateway.default?.id === arrow.id ? 'Trường hợp còn lại' : '')
    if (!label) {
      note('todo', arrow, `Mũi tên từ ô quyết định “${nameOf(gateway)}” tới “${nameOf(arrow.targetRef ?? arrow)}” chưa có tên; ghi kết quả mà nó thể hiện, ví dụ “Đạt”.`)
    }
    const plain = keyFrom(label) || 'ket_qua'
    let key = plain
    for (let n = 2; taken.has(key); n++) key = `${plain}_${n}`
    taken.add(key)
    Object.assign(arrow, { outcome: key, label: label || 'Kết quả', name: label || 'Kết quả', conditionExpression: undefined })
    if (condition) note('mapped', arrow, `Điều kiện tự động “${condition.slice(0, 160)}” → kết quả “${label}” mà người ở bước trước chọn. Xem lại cho đúng ý.`)
  }
  gateway.default = undefined
}

const sayCondition = (condition: string): string => condition.replace(/^(=|[$#]\{)|\}$/g, '').trim().slice(0, 60)

function mapTimer(event: ModdleElement, note: Note): void {
  const timer = ((event.eventDefinitions ?? []) as ModdleElement[])[0]
  if (timer?.$type !== 'bpmn:TimerEventDefinition' || event.cancelActivity === false || event.silenceValue !== undefined) return
  const text = timeOf(event) ?? ''
  const days = /^P(?:(\d+)W)?(?:(\d+)D)?$/.exec(text)
  const hours = /^PT(\d+)H$/.exec(text)
  const value = days && text !== 'P' ? Number(days[1] ?? 0) * 7 + Number(days[2] ?? 0) : hours && Number(hours[1]) % 24 === 0 ? Number(hours[1]) / 24 : 0
  if (value < 1) return note('todo', event, `Mốc giờ “${text || timer.timeDate?.body || timer.timeCycle?.body || nameOf(event)}” trên bước không đổi được thành số ngày im lặng; ghi số ngày ở khung bên phải.`)
  event.silenceValue = value
  event.silenceUnit = 'ngay'
  note('mapped', event, `Mốc giờ “${text}” → im lặng quá ${value} ngày; chọn kết quả được coi là đúng khi quá hạn.`)
}
