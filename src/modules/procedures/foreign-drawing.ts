// Takes up a BPMN file drawn in another tool: turns what can be turned into our kinds, and says of everything else what and where it is and what to do.

import type { ModdleElement } from 'bpmn-moddle'
import { type bpmnModdle, BpmnError, parseBpmn, readXml } from '#core/bpmn/index.ts'
import { extensionsReport } from './foreign-extensions.ts'
import { roleOfLane } from './foreign-lanes.ts'
import { mapNode, NOT_REDRAWN, STILL_THERE } from './foreign-nodes.ts'
import { drawAnew, remove } from './redraw.ts'
import { stepsOf } from './read-drawing.ts'
import { sayUnsupported } from './strange.ts'
import { edited, tidyDrawing } from './tidy.ts'
import type { Step } from './record.ts'

/** taken: as it is; mapped: turned into our kinds; kept: stays in the drawing unused; refused: taken out for safety; todo: somebody must decide. */
export type ImportKind = 'taken' | 'mapped' | 'kept' | 'refused' | 'todo'

export interface ImportEntry {
  readonly kind: ImportKind
  /** Id and name of the element; '' for the file as a whole. */
  readonly element: string
  readonly name: string
  readonly message: string
}

export interface Pool {
  readonly process: string
  readonly name: string
  readonly steps: number
}

export interface ForeignDrawing {
  /** The drawing in our kinds; null when the file holds nothing that could be drawn. */
  readonly bpmn: string | null
  readonly steps: readonly Step[]
  readonly report: readonly ImportEntry[]
  /** Every process in the file, when there are several: one is taken. */
  readonly pools: readonly Pool[]
  readonly chosen: string
}

/** Larger than any drawing of one procedure; a file of this size comes from a model of a whole office. */
export const MOST_ELEMENTS = 1500
export const LARGEST_FILE = 5 * 1024 * 1024

export type Note = (kind: ImportKind, element: ModdleElement | null, message: string) => void

const STEPS = new Set(['bpmn:UserTask', 'bpmn:ManualTask', 'bpmn:Task', 'bpmn:CallActivity'])

/** Reads a file of another tool. `pool` chooses among several processes. Throws BpmnError for what is no drawing at all: too large, not XML, entities, no process. */
export async function readForeign(record: { readonly code: string; readonly name: string }, xml: string, pool?: string): Promise<ForeignDrawing> {
  if (Buffer.byteLength(xml) > LARGEST_FILE) throw new BpmnError('bpmn.too_large', 'Tệp lớn hơn 5 MB. Bỏ hình ảnh nhúng, hoặc xuất riêng quy trình của thủ tục này rồi tải lại.')
  const text = xml.replace(/^\uFEFF/, '')
  const { rootElement, elementsById, warnings } = await readXml(text)
  const report: ImportEntry[] = []
  const note: Note = (kind, element, message) => report.push({ kind, element: element?.id ?? '', name: nameOf(element), message })
  const processes = ((rootElement.rootElements ?? []) as ModdleElement[]).filter((one) => one.$type === 'bpmn:Process')
  if (processes.length === 0) throw new BpmnError('bpmn.no_process', 'Tệp không có quy trình nào. Trong công cụ vẽ, kiểm tra đã chọn đúng sơ đồ rồi xuất lại dạng BPMN 2.0.')
  const count = Object.values(elementsById).filter((one) => one.$type.startsWith('bpmn:')).length
  if (count > MOST_ELEMENTS) throw new BpmnError('bpmn.too_large', `Tệp có ${count.toLocaleString('vi-VN')} phần tử; quy trình của một thủ tục không quá ${MOST_ELEMENTS.toLocaleString('vi-VN')}. Tách riêng quy trình của thủ tục này rồi tải lại.`)
  for (const warning of warnings) sayWarning(warning.message, warning.element, warning.value, note)

  const pools = processes.map((process) => ({ process: process.id ?? '', name: poolName(rootElement, process), steps: stepsIn(process) }))
  const chosen = pools.find((one) => one.process === pool)?.process ?? [...pools].sort((a, b) => b.steps - a.steps)[0]!.process
  const main = processes.find((process) => process.id === chosen)!

  const changed = await edited(text, (elements, moddle) => {
    const own = elements.get(chosen) ?? main
    extensionsReport(elements, note)
    takeLanes(own, elements, note)
    takeOtherPools(elements, chosen, pools, note)
    for (const node of flowNodes(own)) mapNode(node, elements, moddle as ReturnType<typeof bpmnModdle>, note)
    own.isExecutable = true
    if (!own.name) own.name = record.name
  })
  const tidy = await tidyDrawing(changed)
  const { definition, report: faults } = await parseBpmn(tidy)
  const { steps, faults: strange } = stepsOf(definition)
  for (const { element, message, level } of [...faults.map((entry) => sayUnsupported(definition, entry)), ...strange]) {
    if (level === 'error' || !/phần mở rộng|Tham chiếu tới|không rõ loại việc/.test(message)) report.push({ kind: 'todo', element, name: definition.elements[element]?.name ?? '', message })
  }
  for (const step of steps) {
    if (!report.some((entry) => entry.kind === 'todo' && entry.element === step.id)) report.push({ kind: 'taken', element: step.id, name: step.name, message: `Thành bước “${step.name || step.id}”, ${step.outcomes.length} kết quả.` })
  }
  const shaped = hasShapes(elementsById, chosen)
  const drawn = shaped ? tidy : await drawnFor(record, steps, tidy, note)
  const told = shaped ? report : report.map((entry) => ({ ...entry, message: entry.message.replace(STILL_THERE, NOT_REDRAWN) }))
  return { bpmn: drawn, steps, report: once(told), pools, chosen }
}

const nameOf = (element: ModdleElement | null): string => (typeof element?.name === 'string' ? element.name : '')

const poolName = (root: ModdleElement, process: ModdleElement): string => {
  const participants = ((root.rootElements ?? []) as ModdleElement[]).flatMap((one): ModdleElement[] => (one.$type === 'bpmn:Collaboration' ? (one.participants ?? []) : []))
  return participants.find((one) => one.processRef?.id === process.id)?.name || process.name || process.id || ''
}

export function* flowNodes(container: ModdleElement): Generator<ModdleElement> {
  for (const node of (container.flowElements ?? []) as ModdleElement[]) {
    yield node
    if (node.flowElements) yield* flowNodes(node)
  }
}

const stepsIn = (process: ModdleElement): number => [...flowNodes(process)].filter((node) => STEPS.has(node.$type)).length

function sayWarning(message: string, element: ModdleElement | undefined, value: string | undefined, note: Note): void {
  if (/^unknown attribute/.test(message)) return // named with its namespace by foreign-extensions.ts
  if (/^unresolved reference/.test(message)) {
    if (element?.$type === 'bpmn:SequenceFlow') return // an arrow with a loose end is named by the reader
    return note('todo', element ?? null, `Phần này nhắc tới “${value ?? ''}” mà tệp không có; phần nhắc tới bị bỏ. Xem lại ở công cụ đã vẽ.`)
  }
  const line = message.split('\n')[0] ?? ''
  if (/duplicate ID/.test(line)) return note('todo', element ?? null, `Hai phần tử cùng một mã (${line.replace(/^.*<|>.*$/g, '')}); mỗi phần tử phải có mã riêng. Xuất lại tệp từ công cụ vẽ.`)
  note('todo', element ?? null, `Có phần của tệp không đọc được: ${line.slice(0, 200)}.`)
}

/** Who works stands in the lanes of most tools; with us it stands on each step, and the lanes are not drawn. */
function takeLanes(process: ModdleElement, elements: ReadonlyMap<string, ModdleElement>, note: Note): void {
  const gone = new Set<string>()
  const walk = (lane: ModdleElement, outer: string) => {
    const title = [outer, lane.name].filter(Boolean).join(' / ')
    const inner = (lane.childLaneSet?.lanes ?? []) as ModdleElement[]
    const role = roleOfLane(String(lane.name ?? ''))
    const steps = ((lane.flowNodeRef ?? []) as ModdleElement[]).filter((node) => STEPS.has(node.$type))
    for (const step of steps) {
      step.role ??= role?.role
      if (role?.unit) step.unit ??= role.unit
    }
    if (steps.length > 0 && inner.length === 0) {
      if (role) note('mapped', lane, `Làn “${title}” → người làm là “${role.label}”, cho ${steps.length} bước.`)
      else note('todo', lane, `Làn “${title}” chưa rõ là ai trong cơ quan; ${steps.length} bước của làn này cần chọn “Ai làm”: ${steps.map((step) => `“${step.name || step.id}”`).join(', ').slice(0, 300)}.`)
    }
    if (lane.id) gone.add(lane.id)
    for (const one of inner) walk(one, title)
  }
  for (const set of (process.laneSets ?? []) as ModdleElement[]) {
    for (const lane of (set.lanes ?? []) as ModdleElement[]) walk(lane, '')
    if (set.id) gone.add(set.id)
  }
  process.laneSets = undefined
  dropShapes(elements, gone)
}

function takeOtherPools(elements: ReadonlyMap<string, ModdleElement>, chosen: string, pools: readonly Pool[], note: Note): void {
  const gone = new Set<string>()
  for (const pool of pools) {
    if (pool.process === chosen) continue
    const process = elements.get(pool.process)
    note('todo', process ?? null, `Tệp có thêm quy trình “${pool.name}” (${pool.steps} bước), không được lấy. ${pool.steps > 0 ? 'Muốn lấy quy trình này, chọn nó ở đầu trang; muốn cả hai, nhập nó thành quy trình dùng chung rồi gọi.' : ''}`)
    gone.add(pool.process)
    for (const node of process ? flowNodes(process) : []) gone.add(node.id ?? '')
    for (const set of (process?.laneSets ?? []) as ModdleElement[]) for (const lane of (set.lanes ?? []) as ModdleElement[]) gone.add(lane.id ?? '')
  }
  const root = [...elements.values()].find((one) => one.$type === 'bpmn:Process' && one.id === chosen)?.$parent
  for (const collaboration of [...elements.values()].filter((one) => one.$type === 'bpmn:Collaboration')) {
    for (const participant of (collaboration.participants ?? []) as ModdleElement[]) {
      gone.add(participant.id ?? '')
      if (!participant.processRef) note('kept', participant, `Bên ngoài “${participant.name ?? participant.id}” chỉ là một khung trống; không vẽ ở đây.`)
    }
    for (const flow of (collaboration.messageFlows ?? []) as ModdleElement[]) {
      gone.add(flow.id ?? '')
      note('todo', flow, `Thông điệp “${flow.name || flow.id}” giữa hai bên không được dùng: hệ thống tự báo cho người nộp khi qua bước. Nếu đây là hỏi ý kiến một đơn vị, thêm bước “Hỏi ý kiến”.`)
    }
    gone.add(collaboration.id ?? '')
  }
  if (root?.rootElements) root.rootElements = (root.rootElements as ModdleElement[]).filter((one) => !gone.has(one.id ?? ''))
  dropShapes(elements, gone)
  for (const diagram of (root?.diagrams ?? []) as ModdleElement[]) if (diagram.plane) diagram.plane.bpmnElement = elements.get(chosen)
  // A file may have a page for each pool: ours has one.
  if (root?.diagrams?.length > 1) {
    const shapes = (root!.diagrams as ModdleElement[]).flatMap((diagram) => (diagram.plane?.planeElement ?? []) as ModdleElement[])
    root!.diagrams = [root!.diagrams[0]]
    if (root!.diagrams[0].plane) root!.diagrams[0].plane.planeElement = shapes
  }
}

function dropShapes(elements: ReadonlyMap<string, ModdleElement>, gone: ReadonlySet<string>): void {
  remove(elements, new Set([...gone].filter(Boolean)))
}

const hasShapes = (elements: Readonly<Record<string, ModdleElement>>, chosen: string): boolean => {
  const drawn = new Set(Object.values(elements).flatMap((one) => (one.$type === 'bpmndi:BPMNShape' && one.bpmnElement?.id ? [one.bpmnElement.id as string] : [])))
  const process = elements[chosen]
  return process !== undefined && [...flowNodes(process)].every((node) => node.$type === 'bpmn:SequenceFlow' || /Data|Association|TextAnnotation/.test(node.$type) || drawn.has(node.id ?? ''))
}

async function drawnFor(record: { code: string; name: string }, steps: readonly Step[], tidy: string, note: Note): Promise<string | null> {
  const drawn = await drawAnew({ ...record, steps: [...steps] })
  note('mapped', null, drawn ? 'Tệp không có (hoặc thiếu) phần hình; hình được vẽ lại theo các bước. Những phần không thành bước được nêu ở dưới.' : 'Tệp không có phần hình và các bước chưa nối được với nhau.')
  return drawn ?? (steps.length > 0 ? tidy : null)
}

function once(entries: readonly ImportEntry[]): ImportEntry[] {
  const seen = new Set<string>()
  return entries.filter((entry) => {
    const key = `${entry.kind}\0${entry.element}\0${entry.message}`
    return seen.has(key) ? false : (seen.add(key), true)
  })
}
