// What is wrong with a drawing, said so that the person who drew it can mend it; runs in time linear in the file.
import { syntaxFault } from './conditions.ts'
import { waysOut } from './paths.ts'
import type { ContainerDef, Definition, ElementDef, ReportEntry } from './types.ts'

const activities = new Set(['task', 'subProcess', 'callActivity'])

export function check(definition: Definition): ReportEntry[] {
  const report: ReportEntry[] = []
  const byParent = Map.groupBy(Object.values(definition.elements), (element) => element.parent)
  for (const container of Object.values(definition.containers))
    report.push(...checkContainer(definition, container, byParent.get(container.id) ?? []))
  for (const element of Object.values(definition.elements)) report.push(...checkElement(definition, element))
  for (const flow of Object.values(definition.flows)) {
    const fault = flow.condition && syntaxFault(flow.condition)
    if (fault) report.push(error(flow.id, `Điều kiện “${flow.condition}” không đọc được theo FEEL; sửa lại (${fault}).`))
  }
  return report
}

const error = (element: string, message: string): ReportEntry => ({ level: 'error', element, message })
const warning = (element: string, message: string): ReportEntry => ({ level: 'warning', element, message })

function checkContainer(definition: Definition, container: ContainerDef, inside: ElementDef[]): ReportEntry[] {
  const report: ReportEntry[] = []
  const title = container.name || container.id
  const nones = container.starts.filter((id) => definition.elements[id]?.event?.kind === 'none')
  if (container.starts.length === 0)
    report.push(error(container.id, `Quy trình “${title}” không có điểm bắt đầu; thêm một sự kiện bắt đầu.`))
  if (nones.length > 1)
    report.push(warning(container.id, `Quy trình “${title}” có ${nones.length} điểm bắt đầu thường; chỉ “${nones[0]}” được dùng.`))
  const isProcess = container.id in definition.processes
  if (!isProcess && !definition.elements[container.id]?.byEvent && container.starts.length > 0 && nones.length === 0) {
    report.push(error(container.id, `Quy trình con “${title}” phải bắt đầu bằng một sự kiện bắt đầu thường.`))
  }
  const ends = inside.filter((element) => element.type === 'endEvent')
  if (ends.length === 0) report.push(error(container.id, `Quy trình “${title}” không có điểm kết thúc; thêm một sự kiện kết thúc.`))
  report.push(...checkPaths(definition, container, inside))
  return report
}

function checkPaths(definition: Definition, container: ContainerDef, inside: ElementDef[]): ReportEntry[] {
  const report: ReportEntry[] = []
  const target = (flow: string) => definition.flows[flow]?.target ?? ''
  const ahead = (id: string) => (definition.elements[id] ? waysOut(definition, definition.elements[id]).map(target) : [])
  const boundaryOf = (id: string) => definition.elements[id]?.boundary ?? []
  const reached = spread([...container.starts, ...container.eventSubs], (id) => [
    ...ahead(id),
    ...boundaryOf(id),
    ...linkOf(definition, id),
  ])
  const behind = new Map<string, string[]>()
  for (const element of inside) {
    for (const next of ahead(element.id)) {
      const known = behind.get(next)
      if (known) known.push(element.id)
      else behind.set(next, [element.id])
    }
  }
  const stops = inside.filter((element) => waysOut(definition, element).length === 0).map((element) => element.id)
  const finishing = spread(stops, (id) => behind.get(id) ?? [])
  const lost = inside.filter((element) => !reached.has(element.id))
  for (const { id, name } of firstOf(lost, ahead, boundaryOf)) {
    report.push(error(id, `Không có đường nào từ điểm bắt đầu tới “${name || id}”; nối luồng vào hoặc xóa đi.`))
  }
  for (const element of inside) {
    const name = element.name || element.id
    if (reached.has(element.id) && !finishing.has(element.id)) {
      report.push(error(element.id, `Từ “${name}” không có đường tới điểm kết thúc; nối thêm luồng ra.`))
    }
    const mayStop = element.type === 'endEvent' || element.type === 'boundaryEvent' || element.byEvent || element.event?.kind === 'link'
    if (element.outgoing.length === 0 && !mayStop) report.push(warning(element.id, `“${name}” không có luồng ra; nhánh sẽ dừng tại đây.`))
  }
  return report
}

/** Of elements cut off, those that cut off the others: mending one flow should clear the whole list. */
function firstOf(lost: ElementDef[], ahead: (id: string) => string[], boundaryOf: (id: string) => string[]): ElementDef[] {
  const next = (id: string) => [...ahead(id), ...boundaryOf(id)]
  const behindAnother = new Set(lost.flatMap((element) => next(element.id).filter((id) => id !== element.id)))
  const first = lost.filter((element) => !behindAnother.has(element.id))
  const covered = spread(
    first.map((element) => element.id),
    next,
  )
  for (const element of lost) {
    if (covered.has(element.id)) continue
    first.push(element)
    for (const id of spread([element.id], next)) covered.add(id)
  }
  return first
}

const linkOf = (definition: Definition, id: string): string[] => {
  const to = definition.elements[id]?.linkTo
  return to ? [to] : []
}

function spread(from: string[], next: (id: string) => string[]): Set<string> {
  const seen = new Set<string>()
  const open = [...from]
  while (open.length > 0) {
    const id = open.pop() as string
    if (seen.has(id)) continue
    seen.add(id)
    for (const each of next(id)) open.push(each)
  }
  return seen
}

function checkElement(definition: Definition, element: ElementDef): ReportEntry[] {
  const report: ReportEntry[] = []
  const name = element.name || element.id
  const event = element.event
  if (element.type === 'boundaryEvent') {
    const host = definition.elements[element.attachedTo ?? '']
    if (!host || !activities.has(host.type)) report.push(error(element.id, `Sự kiện biên “${name}” không gắn vào việc nào; gắn lại.`))
    if (element.outgoing.length === 0) report.push(error(element.id, `Sự kiện biên “${name}” không có luồng ra; nối tới bước tiếp theo.`))
    if (event?.kind === 'error' && element.interrupting === false)
      report.push(warning(element.id, 'Sự kiện lỗi luôn ngắt việc nó gắn vào.'))
  }
  if (event?.kind === 'timer' && Object.keys(event.timer).length === 0 && element.attributes.silenceValue === undefined) {
    report.push(error(element.id, `Hẹn giờ “${name}” chưa có thời gian; ghi thời hạn.`))
  }
  if ((event?.kind === 'message' || event?.kind === 'signal') && event.name === '' && element.type !== 'task') {
    report.push(error(element.id, `“${name}” chưa chỉ ra thông điệp hoặc tín hiệu nào; chọn một.`))
  }
  if (element.type === 'throwEvent' && event?.kind === 'link' && !element.linkTo) {
    report.push(error(element.id, `Liên kết “${name}” không có điểm nhận cùng tên; thêm điểm nhận.`))
  }
  if (element.type === 'callActivity' && !element.callee)
    report.push(error(element.id, `“${name}” chưa chỉ ra quy trình được gọi; chọn một.`))
  if (element.bpmnType === 'bpmn:Task') report.push(warning(element.id, `“${name}” không rõ loại việc; được coi là việc làm tay.`))
  if (element.type === 'eventGateway') report.push(...checkRace(definition, element))
  if (element.type === 'exclusiveGateway' && element.outgoing.length > 1) report.push(...checkChoice(definition, element))
  if (element.loop) report.push(...checkLoop(element))
  return report
}

function checkRace(definition: Definition, gateway: ElementDef): ReportEntry[] {
  return gateway.outgoing
    .map((flow) => definition.elements[definition.flows[flow]?.target ?? ''])
    .filter((target) => target && target.type !== 'catchEvent' && target.task !== 'receive')
    .map((target) =>
      error(gateway.id, `Sau cổng chờ sự kiện chỉ được là sự kiện chờ hoặc việc nhận tin; “${target?.name || target?.id}” không phải.`),
    )
}

function checkChoice(definition: Definition, gateway: ElementDef): ReportEntry[] {
  const open = gateway.outgoing.filter((id) => {
    const flow = definition.flows[id]
    return id !== gateway.default && !flow?.condition && !flow?.attributes.outcome
  })
  if (open.length === 0) return []
  if (open.length === 1) return [warning(gateway.id, `Luồng “${open[0]}” không có điều kiện; được coi là luồng mặc định.`)]
  return [error(gateway.id, `Các luồng ${open.map((id) => `“${id}”`).join(', ')} đều không có điều kiện; ghi điều kiện cho từng luồng.`)]
}

function checkLoop(element: ElementDef): ReportEntry[] {
  const { loop } = element
  if (!loop) return []
  const name = element.name || element.id
  const report: ReportEntry[] = []
  if (loop.mode !== 'while' && !loop.collection && !loop.cardinality) {
    report.push(error(element.id, `“${name}” làm nhiều lần nhưng chưa chỉ ra danh sách hay số lần; ghi một trong hai.`))
  }
  if (loop.mode === 'while' && !loop.condition && !loop.maximum)
    report.push(error(element.id, `“${name}” lặp lại nhưng chưa có điều kiện dừng.`))
  for (const expression of [loop.collection, loop.cardinality, loop.completion, loop.condition]) {
    const fault = expression && syntaxFault(expression)
    if (fault) report.push(error(element.id, `Biểu thức “${expression}” của “${name}” không đọc được theo FEEL; sửa lại.`))
  }
  return report
}
