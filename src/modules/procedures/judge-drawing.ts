// Judges a drawing for the official at the easel: what it says as steps, what is still missing, each with the element to click on.

import { BpmnError, parseBpmn, type ReportEntry } from '#core/bpmn/index.ts'
import { flowFaults, flowWarnings } from './check-flow.ts'
import { callFaults } from './check-calls.ts'
import type { Fault } from './faults.ts'
import { Flow } from './flow.ts'
import { effectLabels, roleLabels } from './labels.ts'
import type { Drawn } from './process.ts'
import { sameSteps } from './redraw.ts'
import { stepsOf } from './read-drawing.ts'
import type { ProcedureRecord, Step } from './record.ts'
import { sayUnsupported } from './strange.ts'
import { tidyDrawing } from './tidy.ts'
import { walkFaults } from './walk-drawing.ts'

export interface Judged {
  /** The drawing put in order; the given text when it cannot be read. */
  readonly bpmn: string
  /** Null when the file cannot be read. */
  readonly steps: readonly Step[] | null
  readonly faults: readonly ReportEntry[]
}

/** Reads a drawing and says everything that is wrong with it, in the words of the office. Never throws for what is in the file. */
export async function judgeDrawing(record: Pick<Drawn, 'code' | 'name'>, xml: string): Promise<Judged> {
  try {
    const bpmn = await tidyDrawing(xml)
    const { definition, report } = await parseBpmn(bpmn)
    const { steps, faults, elements } = stepsOf(definition)
    // A step without outcomes is named as such; that it has no way out says the same again.
    const bare = new Set(steps.filter((step) => step.outcomes.length === 0).map((step) => elements[step.id]))
    const own = [...report.filter((entry) => entry.level === 'error' || !bare.has(entry.element)).map((entry) => sayUnsupported(definition, entry)), ...faults, ...stepFaults({ ...record, steps: [...steps] } as Drawn).map((fault) => ({ ...fault, element: elements[fault.element] ?? fault.element }))]
    const all = own.some((fault) => fault.level === 'error') ? own : [...own, ...walkFaults(definition, steps)]
    return { bpmn, steps, faults: once(all) }
  } catch (error) {
    if (!(error instanceof BpmnError)) throw error
    return { bpmn: xml, steps: null, faults: [{ level: 'error', element: error.element ?? '', message: error.message }] }
  }
}

/** What is missing in a list of steps, before the wider checks of a record; `element` is the step's id. */
export function stepFaults(record: Drawn): ReportEntry[] {
  const { steps } = record
  if (steps.length === 0) return [{ level: 'error', element: '', message: 'Quy trình chưa có bước nào; thêm bước tiếp nhận trước.' }]
  const missing = steps.flatMap((step): ReportEntry[] => {
    const say = (message: string): ReportEntry => ({ level: 'error', element: step.id, message })
    return [
      ...(step.name.trim() ? [] : [say('Có bước chưa có tên; ghi việc phải làm, ví dụ “Thẩm định hồ sơ”.')]),
      ...(step.role ? [] : [say(`Bước “${step.name || step.id}” chưa ghi ai làm; chọn ở mục “Ai làm”.`)]),
      ...(step.hours > 0 || step.clock === 'stops' || isGivingBack(step) ? [] : [say(`Bước “${step.name || step.id}” chưa ghi số giờ; ghi số giờ làm việc được dùng cho bước này.`)]),
      ...step.outcomes.filter((outcome) => outcome.next === '').map((outcome) => say(`Kết quả “${outcome.label}” của bước “${step.name || step.id}” chưa dẫn tới đâu; chọn bước tiếp theo.`)),
    ]
  })
  if (steps.some((step) => step.outcomes.length === 0 || step.outcomes.some((outcome) => outcome.next === ''))) return missing
  const whole = record as ProcedureRecord // the checks of the flow read code and steps only
  const placed = (level: ReportEntry['level']) => (fault: Fault): ReportEntry => {
    const step = steps[Number(/^steps\[(\d+)\]/.exec(fault.path)?.[1] ?? -1)]
    return { level, element: step?.id ?? '', message: inWords(fault.message, step, steps) }
  }
  const flow = [...flowFaults(whole), ...callFaults(whole)].map(placed('error'))
  return [...missing, ...flow, ...(flow.length > 0 ? [] : flowWarnings(whole).map(placed('warning')))]
}

/** The counter gives back whenever the applicant comes, a called process has its own hours: 0 is a true number there. */
const isGivingBack = (step: Step): boolean => step.call !== undefined || step.role === 'cong_dan' || step.outcomes.some((outcome) => outcome.effect === 'return' || outcome.effect === 'return_unresolved')

/** The same sentence with names in place of codes. */
function inWords(message: string, step: Step | undefined, steps: readonly Step[]): string {
  const name = (id: string) => steps.find((one) => one.id === id)?.name || id
  const said = message
    .replace(/"end"/g, 'kết thúc')
    .replace(/effect "(\w+)"(?: \([^)]*\))?/g, (_, effect: string) => `ý nghĩa “${effectLabels[effect as keyof typeof effectLabels] ?? effect}”`)
    .replace(/"([a-z][a-z0-9_]*)"/g, (_, id: string) => `“${name(id)}”`)
    .replace(/ ?\((?:sign|reject|approve|finish|return|number|refuse)\)/g, '')
    .replace(/\b(mot_cua|chuyen_vien|lanh_dao_phong|lanh_dao_don_vi|chanh_van_phong|van_thu|thu_phi|co_quan_phoi_hop|bcci|cong_dan)\b/g, (role) => `“${roleLabels[role as keyof typeof roleLabels]}”`)
    .replace(/“Bộ phận một cửa” \(“Bộ phận một cửa”\)|Bộ phận một cửa \(“Bộ phận một cửa”\)/g, 'Bộ phận một cửa')
    .replace(/clock: stops/g, 'giờ tạm dừng')
    .replace(/\bjoins: true\b|\bjoins\b/g, '“chờ các nhánh khác”')
    .replace(/dùng reject hoặc return_unresolved/, 'dùng “Không đồng ý” hoặc “Trả hồ sơ không giải quyết”')
  const start = said.charAt(0).toUpperCase() + said.slice(1)
  return step && !start.includes(`“${step.name}”`) ? `Bước “${step.name || step.id}”: ${said}.` : `${start}.`
}

function once(entries: readonly ReportEntry[]): ReportEntry[] {
  const seen = new Set<string>()
  return entries.filter(({ element, message }) => {
    const key = `${element}\0${message.replace(/[.;].*$/, '')}`
    return seen.has(key) ? false : (seen.add(key), true)
  }).map((entry) => ({ ...entry, message: plainly(entry.message) }))
}

/** Words of BPMN in those of the office; what stands in quotes is somebody's own. */
const plainly = (message: string): string =>
  message.split(/(“[^”]*”)/).map((piece, i) => (i % 2 ? piece : piece.replaceAll('luồng', 'mũi tên').replaceAll('Luồng', 'Mũi tên').replaceAll('cổng', 'ô rẽ nhánh').replaceAll('sự kiện biên', 'mốc trên viền').replaceAll('Sự kiện biên', 'Mốc trên viền').replaceAll('sự kiện bắt đầu thường', 'điểm bắt đầu').replaceAll('sự kiện bắt đầu', 'điểm bắt đầu').replaceAll('sự kiện kết thúc', 'điểm kết thúc'))).join('')

/** What a record's own drawing says against it; none when it brings no drawing. */
export async function drawingFaults(record: ProcedureRecord): Promise<Fault[]> {
  if (record.bpmn === undefined) return []
  const say = ({ element, message }: ReportEntry): Fault => ({ path: 'bpmn', message: element ? `${message} (phần tử ${element})` : message })
  try {
    const { definition, report } = await parseBpmn(record.bpmn)
    const { steps, faults } = stepsOf(definition)
    const errors = [...report.filter((entry) => entry.level === 'error'), ...faults]
    if (errors.length > 0) return once(errors).map(say)
    const differs = difference(steps, record.steps)
    return differs ? [{ path: 'bpmn', message: `hình vẽ và danh sách bước không khớp: ${differs}. Mở tab Quy trình, lưu lại hình hoặc bấm “Vẽ lại” theo danh sách` }] : walkFaults(definition, steps).map(say)
  } catch (error) {
    if (!(error instanceof BpmnError)) throw error
    return [{ path: 'bpmn', message: error.message }]
  }
}

function difference(drawn: readonly Step[], listed: readonly Step[]): string | null {
  if (sameSteps(drawn, listed)) return null
  const extra = drawn.find((step) => !listed.some((one) => one.id === step.id))
  if (extra) return `hình có bước “${extra.name || extra.id}” mà danh sách không có`
  const lost = listed.find((step) => !drawn.some((one) => one.id === step.id))
  if (lost) return `danh sách có bước “${lost.name || lost.id}” mà hình không có`
  const other = listed.find((step) => !sameSteps([step], drawn.filter((one) => one.id === step.id)))
  return other ? `bước “${other.name || other.id}” ghi khác nhau ở hai nơi` : 'thứ tự các bước khác nhau'
}

/** Working hours on the usual road (first outcomes), the longest branch where work runs side by side; steps with a stopped clock count nothing. */
export function usualHours(steps: readonly Step[]): number {
  const flow = new Flow(steps)
  const walk = (from: string, stop: string | null, seen: readonly string[]): number => {
    if (from === 'end' || from === stop || seen.includes(from)) return 0
    const step = flow.steps.get(from)
    const outcome = step?.outcomes[0]
    if (!step || !outcome) return 0
    const own = step.clock === 'stops' ? 0 : step.hours
    const region = flow.region(step.id, outcome)
    const on = [...seen, from]
    if (!region) return own + walk(String(outcome.next), stop, on)
    const longest = Math.max(...region.heads.map((head) => walk(head, region.target, on)))
    return own + longest + (region.target ? walk(region.target, stop, on) : 0)
  }
  return walk(flow.first, null, [])
}
