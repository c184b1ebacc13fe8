// Reads the steps out of a drawn process: the inverse of process.ts, for drawings of any hand that keep to what our processes know.

import type { Definition, ElementDef, FlowDef, OutcomeDef, ReportEntry } from '#core/bpmn/index.ts'
import { isStep, type Landing, stepIdOf, Ways } from './landing.ts'
import { type Outcome, type Step, EFFECTS, ROLES } from './record.ts'
import { strangeThings } from './strange.ts'

/** What a drawing says. Unfinished drawings can be read: what is missing is '' (role, next) or 0, and a fault says so. */
export interface Reading {
  /** In the order the official gave them, else in the order of the way. */
  readonly steps: readonly Step[]
  readonly faults: readonly ReportEntry[]
  /** Id of the element drawn for each step (the first, when it is drawn at several places). */
  readonly elements: Readonly<Record<string, string>>
}

/** The steps of a drawing. Pure; reads only what `parseBpmn` made of the file. `stepsOf(parse(buildBpmn(record)))` is `record.steps` again. */
export function stepsOf(definition: Definition): Reading {
  const ways = new Ways(definition)
  const drawn = Object.values(definition.elements).filter((element) => isStep(element) && within(definition, element))
  const first = firstStep(definition, ways)
  const places = Map.groupBy(drawn, stepIdOf)
  const read = new Map([...places].map(([id, elements]) => [id, readStep(id, elements, definition, ways)]))
  const steps = ordered(read, places, first)
  return {
    steps,
    faults: [...strangeThings(definition), ...ways.faults.values()],
    elements: Object.fromEntries([...places].map(([id, elements]) => [id, elements[0]!.id])),
  }
}

const within = (definition: Definition, element: ElementDef) => definition.processes[definition.main]?.elements.includes(element.id) ?? false

function firstStep(definition: Definition, ways: Ways): string | null {
  const start = definition.elements[definition.processes[definition.main]?.starts[0] ?? '']
  if (!start) return null
  const flows = ways.flowsOf(start)
  if (flows.length !== 1) {
    ways.fault(start.id, flows.length === 0 ? 'Điểm bắt đầu chưa nối tới bước nào; nối tới bước tiếp nhận.' : 'Điểm bắt đầu chỉ được có một mũi tên, tới bước tiếp nhận.')
    return null
  }
  const { next } = ways.follow(flows[0]!)
  return typeof next === 'string' ? next : null
}

/** The order of the list: as written on the steps; a step without a number stands behind the one that leads to it. The first is always the first. */
function ordered(read: ReadonlyMap<string, Step>, places: ReadonlyMap<string, readonly ElementDef[]>, first: string | null): Step[] {
  const numbered = (id: string) => places.get(id)?.find((element) => element.attributes.order !== undefined)?.attributes.order
  const listed = [...read.keys()].filter((id) => numbered(id) !== undefined).sort((a, b) => Number(numbered(a)) - Number(numbered(b)))
  const way = new Set(first && read.has(first) ? [first] : [])
  for (const id of way) for (const outcome of read.get(id)!.outcomes) for (const next of [outcome.next].flat()) if (read.has(next)) way.add(next)
  let before: string | null = null
  for (const id of new Set([...way, ...read.keys()])) {
    if (!listed.includes(id)) listed.splice(before === null ? 0 : listed.indexOf(before) + 1, 0, id)
    before = id
  }
  const head = first && read.has(first) ? [first] : []
  return [...head, ...listed.filter((id) => id !== first)].map((id) => read.get(id)!)
}

function readStep(id: string, elements: readonly ElementDef[], definition: Definition, ways: Ways): Step {
  const [element] = elements as [ElementDef, ...ElementDef[]]
  const { role, unit, hours, clock, status } = element.attributes
  const read = elements.map((one) => readOutcomes(one, ways))
  const outcomes = agreed(element, read, ways)
  const silence = silenceOf(element, outcomes, definition, ways)
  const step: Step = {
    id, name: element.name,
    role: (ROLES as readonly string[]).includes(role ?? '') ? (role as Step['role']) : ('' as Step['role']),
    ...(unit === undefined || unit === '' ? {} : { unit }),
    hours: typeof hours === 'number' ? hours : 0,
    ...(clock === 'runs' || clock === 'stops' ? { clock } : {}),
    ...(silence ? { silence } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(element.does.length > 0 ? { does: element.does } : {}),
    ...(element.prints.length > 0 ? { prints: element.prints } : {}),
    ...(element.type === 'callActivity' ? { call: callOf(element, ways) } : {}),
    outcomes,
  }
  return step
}

function callOf(element: ElementDef, ways: Ways): NonNullable<Step['call']> {
  const callee = element.callee ?? ''
  const procedure = /^Process_(\d)_(\d{6})$/.exec(callee)
  return { ...(procedure ? { procedure: `${procedure[1]}.${procedure[2]}` } : { process: callee }), ...answersOf(element, ways) }
}

/** How the ends of a called process are answered here, as written by process.ts. */
function answersOf(element: ElementDef, ways: Ways): { outcomes?: Record<string, string> } {
  const text = element.attributes.answers
  if (typeof text !== 'string' || text === '') return {}
  try {
    const found: unknown = JSON.parse(text)
    if (typeof found === 'object' && found !== null && Object.values(found).every((one) => typeof one === 'string')) return { outcomes: found as Record<string, string> }
  } catch {}
  ways.fault(element.id, `“${element.name || element.id}”: phần ghi kết quả của quy trình được gọi ứng với kết quả nào ở đây không đọc được; ghi lại ở khung bên phải.`)
  return {}
}

/** Where each outcome of one drawn step leads: arrows out of it, or out of the decision right behind it. */
function readOutcomes(element: ElementDef, ways: Ways): Outcome[] {
  const name = element.name || element.id
  const own = ways.flowsOf(element)
  const decision = own.length === 1 ? ways.follow(own[0]!, true).decision : undefined
  const arrows = decision ? ways.flowsOf(decision) : own
  const free = arrows.filter((flow) => keyOf(flow) === null && !flow.condition)
  const found = new Map<string, { landing: Landing; said: OutcomeDef }>()
  for (const flow of arrows) {
    const key = keyOf(flow)
    if (key === null && flow.condition && flow.id !== (decision ?? element).default) {
      ways.fault(flow.id, `Mũi tên “${flow.name || flow.id}” có điều kiện tự động (${flow.condition}) chưa được dùng; để người ở bước “${name}” chọn kết quả, hoặc bỏ điều kiện.`)
    }
    const said = said_(flow, key ?? keyFor(flow, element, found))
    if (found.has(said.key)) ways.fault(flow.id, `Kết quả “${said.label}” của bước “${name}” có hai mũi tên; mỗi kết quả một mũi tên (muốn nhiều việc cùng lúc thì dùng ô làm song song).`)
    else found.set(said.key, { landing: ways.follow(flow), said })
  }
  const listed = element.outcomes.length > 0 ? element.outcomes : [...found.values()].map(({ said }) => said)
  // One arrow for all: the outcomes differ in what they mean, not in where they lead.
  const shared = arrows.length === 1 && free.length === 1 ? ways.follow(free[0]!) : null
  const outcomes = listed.map((outcome) => readOutcome(outcome, shared ?? found.get(outcome.key)?.landing, element, ways))
  const unlisted = shared ? [] : [...found.values()].filter(({ said }) => !listed.some((one) => one.key === said.key))
  for (const { said, landing } of unlisted) outcomes.push(readOutcome(said, landing, element, ways))
  if (outcomes.length === 0) ways.fault(element.id, `Bước “${name}” chưa có kết quả nào; thêm ít nhất một kết quả và nối tới bước tiếp theo.`)
  return outcomes
}

function readOutcome({ key, label, effect }: OutcomeDef, landing: Landing | undefined, element: ElementDef, ways: Ways): Outcome {
  if (!landing) ways.fault(element.id, `Kết quả “${label}” của bước “${element.name || element.id}” chưa dẫn tới đâu; chọn bước tiếp theo.`)
  return {
    key, label, next: landing?.next ?? '',
    ...(landing?.joins ? { joins: true } : {}),
    ...((EFFECTS as readonly string[]).includes(effect ?? '') ? { effect: effect as Outcome['effect'] } : {}),
  }
}

/** The outcome that an arrow stands for: as written, or by the condition that drawing tools write. */
export function keyOf(flow: FlowDef): string | null {
  if (flow.attributes.outcome) return flow.attributes.outcome
  return /^(?:=|\$\{)?\s*outcome\s*==?\s*["']([^"']+)["']\s*\}?$/.exec(flow.condition ?? '')?.[1] ?? null
}

/** Key for an arrow that names none: the step's only outcome, else made of what stands on the arrow. */
function keyFor(flow: FlowDef, element: ElementDef, taken: ReadonlyMap<string, unknown>): string {
  if (element.outcomes.length === 1 && taken.size === 0) return element.outcomes[0]!.key
  const named = element.outcomes.find((outcome) => outcome.label === flow.name && !taken.has(outcome.key))
  if (named) return named.key
  const plain = keyFrom(flow.name) || 'xong'
  let key = plain
  for (let n = 2; taken.has(key); n++) key = `${plain}_${n}`
  return key
}

/** A key out of words: `Đủ điều kiện` → `du_dieu_kien`. Empty when nothing is left. */
export const keyFrom = (words: string): string =>
  words.toLowerCase().replaceAll('đ', 'd').normalize('NFD').replace(/[^a-z0-9]+/g, (sign) => (/^[\u0300-\u036f]+$/.test(sign) ? '' : '_')).replace(/^[^a-z]+|_+$/g, '').slice(0, 40).replace(/_+$/, '')

const said_ = (flow: FlowDef, key: string): OutcomeDef => {
  const { label, effect } = flow.attributes
  return { key, label: label || flow.name || 'Xong', ...(effect ? { effect } : {}) }
}

/** A step drawn at several places is one step: it must lead to the same there and here, but that it waits for companions in one of them. */
function agreed(element: ElementDef, read: readonly Outcome[][], ways: Ways): Outcome[] {
  const [first, ...others] = read as [Outcome[], ...Outcome[][]]
  return first.map((outcome) => {
    let joins = outcome.joins
    for (const other of others) {
      const twin = other.find((one) => one.key === outcome.key)
      if (twin && String(twin.next) === String(outcome.next)) joins ||= twin.joins
      else ways.fault(element.id, `Bước “${element.name || element.id}” được vẽ ở nhiều chỗ nhưng kết quả “${outcome.label}” dẫn tới các nơi khác nhau; sửa cho giống nhau, hoặc tách thành bước riêng.`)
    }
    return joins ? { ...outcome, joins } : outcome
  })
}

function silenceOf(element: ElementDef, outcomes: readonly Outcome[], definition: Definition, ways: Ways): Step['silence'] {
  const timers = (element.boundary ?? []).map((id) => definition.elements[id]!).filter((one) => one.event?.kind === 'timer' && one.interrupting !== false)
  const [timer, another] = timers
  if (!timer) return undefined
  if (another) ways.fault(another.id, `Bước “${element.name || element.id}” có hai mốc im lặng; chỉ giữ một.`)
  const { silenceValue, silenceUnit, outcome } = timer.attributes
  const drawn = timer.event?.kind === 'timer' ? timer.event.timer.duration : undefined
  const days = /^P(?:(\d+)W)?(?:(\d+)D)?$/.exec(drawn ?? '')
  const value = typeof silenceValue === 'number' ? silenceValue : days ? Number(days[1] ?? 0) * 7 + Number(days[2] ?? 0) : 0
  if (value < 1) ways.fault(timer.id, `Mốc im lặng của bước “${element.name || element.id}” chưa ghi số ngày; ghi số ngày từ 1 trở lên.`)
  const flows = ways.flowsOf(timer)
  const landing = flows.length === 1 ? ways.follow(flows[0]!) : null
  const same = (one: Outcome) => landing !== null && String(one.next) === String(landing.next)
  const chosen = outcomes.find((one) => one.key === outcome) ?? outcomes.find(same)
  if (!landing || !chosen || !same(chosen)) {
    ways.fault(timer.id, `Mốc im lặng của bước “${element.name || element.id}” phải dẫn tới cùng chỗ với một kết quả của bước; chọn kết quả được coi là đúng khi quá hạn.`)
  }
  return { value, unit: silenceUnit === 'ngay_lam_viec' ? 'ngay_lam_viec' : 'ngay', outcome: chosen?.key ?? String(outcome ?? '') }
}
