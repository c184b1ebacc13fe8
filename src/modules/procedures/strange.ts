// Names what a drawing holds beyond what our processes know, with what to do about it; nothing strange passes in silence.

import type { Definition, ElementDef, ReportEntry } from '#core/bpmn/index.ts'
import { isStep } from './landing.ts'

const TASKS: Readonly<Record<string, string>> = {
  service: 'Việc máy tự làm chưa được dùng; đổi thành bước của một người, hoặc bỏ nếu hệ thống đã tự làm việc này.',
  businessRule: 'Bảng quyết định trong quy trình chưa được dùng; mức phí đặt ở tab Phí, điều kiện khác để người ở bước đó chọn kết quả.',
  send: 'Thông báo được hệ thống tự gửi khi qua bước; bỏ ô gửi thông điệp này.',
  receive: 'Ô chờ thông điệp chưa được dùng; thay bằng bước chờ của người nộp hoặc bước hỏi ý kiến một đơn vị.',
}

const KINDS: Readonly<Record<string, string>> = {
  inclusiveGateway: 'Ô rẽ “một hay nhiều nhánh” chưa được dùng; thay bằng ô quyết định (một nhánh) hoặc ô làm song song (mọi nhánh).',
  eventGateway: 'Ô rẽ theo sự kiện chưa được dùng; thay bằng một bước có các kết quả, thêm “im lặng quá hạn” nếu chờ có hạn.',
  catchEvent: 'Ô chờ giữa đường chưa được dùng; thay bằng bước chờ (giờ giải quyết tạm dừng), thêm “im lặng quá hạn” nếu chờ có hạn.',
  throwEvent: 'Ô phát sự kiện chưa được dùng; bỏ đi, hệ thống tự thông báo khi qua bước.',
}

/** One entry for each thing that our processes do not have. The drawing keeps it; it cannot be published while it is there. */
export function strangeThings(definition: Definition): ReportEntry[] {
  const found: ReportEntry[] = []
  const own = Object.values(definition.elements)
  for (const element of own) {
    const message = strange(element, definition)
    if (message) found.push({ level: 'error', element: element.id, message: `“${element.name || element.id}”: ${message}` })
  }
  const others = Object.values(definition.processes).filter((process) => process.id !== definition.main && process.elements.length > 0)
  for (const process of others) {
    found.push({ level: 'error', element: process.id, message: `Tệp có thêm quy trình “${process.name || process.id}”; một thủ tục có một quy trình. Đưa các bước của nó vào quy trình chính, hoặc nhập nó thành quy trình dùng chung.` })
  }
  return found
}

function strange(element: ElementDef, definition: Definition): string | null {
  if (element.loop) return 'Việc lặp lại nhiều lượt chưa được dùng; vẽ thành một bước, người làm tự làm đủ các lượt.'
  if (isStep(element)) return element.type === 'task' && element.event ? (TASKS.receive ?? null) : null
  switch (element.type) {
    case 'task':
      return TASKS[element.task ?? 'service'] ?? null
    case 'startEvent':
      return element.event?.kind === 'none' || !isContainer(element, definition) ? null : 'Quy trình bắt đầu khi có hồ sơ nộp; đổi thành điểm bắt đầu thường.'
    case 'endEvent':
      return endStrange(element, definition)
    case 'throwEvent':
      return element.event?.kind === 'none' || element.event?.kind === 'link' ? null : (KINDS.throwEvent ?? null)
    case 'catchEvent':
      return element.event?.kind === 'link' ? null : (KINDS.catchEvent ?? null)
    case 'boundaryEvent':
      return boundaryStrange(element, definition)
    case 'subProcess':
      return element.byEvent ? 'Khung chạy theo sự kiện chưa được dùng; thay bằng bước thường.' : null
    case 'unsupported':
      return null // the reader of the file has named it
    default:
      return KINDS[element.type] ?? null
  }
}

const isContainer = (element: ElementDef, definition: Definition) => element.parent in definition.containers

function endStrange(element: ElementDef, definition: Definition): string | null {
  const kind = element.event?.kind
  if (kind === 'none' || kind === 'terminate') return null
  if (kind === 'error' && element.parent !== definition.main) return null
  return 'Điểm kết thúc có kèm sự kiện chưa được dùng; đổi thành điểm kết thúc thường.'
}

function boundaryStrange(element: ElementDef, definition: Definition): string | null {
  const host = definition.elements[element.attachedTo ?? '']
  const kind = element.event?.kind
  if (host?.type === 'subProcess' && kind === 'error') return null
  if (host && isStep(host) && kind === 'timer') {
    return element.interrupting === false ? 'Hẹn giờ nhắc mà không dừng bước: hệ thống tự nhắc khi sắp hạn; bỏ đi, hoặc đổi thành im lặng quá hạn.' : null
  }
  return 'Sự kiện trên viền này chưa được dùng; thay bằng một kết quả của bước.'
}

/** What the reader of a file says of a kind it cannot run, for the official who has to do something about it. */
export function sayUnsupported(definition: Definition, entry: ReportEntry): ReportEntry {
  const element = definition.elements[entry.element]
  if (element?.type !== 'unsupported') return entry
  const what = element.bpmnType === 'bpmn:ScriptTask' ? 'Hệ thống không chạy mã lệnh trong quy trình' : 'Loại ô này không chạy được ở đây'
  return { ...entry, message: `“${element.name || element.id}”: ${what}; đổi thành bước của một người, hoặc xóa đi.` }
}
