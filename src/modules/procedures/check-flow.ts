// Judges the steps of a record as a process: that it begins at the counter, goes somewhere, comes together again and ends.

import type { Fault } from './faults.ts'
import { END, Flow, nextKey, stepsOf, type Region } from './flow.ts'
import type { Effect, Outcome, ProcedureRecord, Step } from './record.ts'

interface Placed {
  readonly step: Step
  readonly outcome: Outcome
  readonly path: string
}

/** Faults that would leave a dossier stranded. `path` names the step or outcome. */
export function flowFaults(record: ProcedureRecord): Fault[] {
  const flow = new Flow(record.steps)
  const all = outcomesOf(record)
  const unknown = all.flatMap((place) => unknownNext(place, flow))
  const start = startFaults(record)
  if (unknown.length > 0) return [...start, ...unknown] // the rest would only repeat them
  return [...start, ...reachFaults(record, flow), ...silenceFaults(record), ...parallelFaults(flow, all)]
}

function startFaults(record: ProcedureRecord): Fault[] {
  const first = record.steps[0]!
  const faults: Fault[] = []
  if (first.role !== 'mot_cua') {
    faults.push({ path: 'steps[0].role', message: `bước đầu tiên là bước tiếp nhận nên vai trò phải là mot_cua, đang là ${first.role}` })
  }
  if (!first.outcomes.some((outcome) => outcome.effect === 'accept')) {
    faults.push({
      path: 'steps[0].outcomes',
      message: `bước đầu tiên "${first.id}" phải có một kết quả mang effect "accept" (tiếp nhận hồ sơ); hãy thêm vào`,
    })
  }
  return faults
}

function unknownNext({ outcome, path }: Placed, flow: Flow): Fault[] {
  const known = [...flow.steps.keys()].join(', ')
  const missing = stepsOf(outcome.next).filter((id) => !flow.steps.has(id))
  const faults = missing.map((id) => ({ path: `${path}.next`, message: `không có bước "${id}"; phải là end hoặc một trong: ${known}` }))
  if (typeof outcome.next !== 'string' && outcome.next.includes(END)) {
    faults.push({ path: `${path}.next`, message: '"end" không thể là một nhánh song song; hãy chỉ ghi mã các bước' })
  }
  return faults
}

function reachFaults(record: ProcedureRecord, flow: Flow): Fault[] {
  const reached = flow.reachable(flow.first)
  const ends = (id: string) => [...flow.reachable(id)].some((at) => flow.steps.get(at)?.outcomes.some((outcome) => outcome.next === END))
  return record.steps.flatMap((step, i) => {
    if (!reached.has(step.id))
      return [{ path: `steps[${i}]`, message: `không có đường nào dẫn tới bước "${step.id}"; hãy nối nó vào một kết quả hoặc xóa đi` }]
    if (!ends(step.id)) return [{ path: `steps[${i}]`, message: `từ bước "${step.id}" không thể đi tới "end"; hồ sơ sẽ mắc kẹt ở đây` }]
    return []
  })
}

function silenceFaults(record: ProcedureRecord): Fault[] {
  return record.steps.flatMap((step, i) => {
    if (!step.silence) return []
    const keys = step.outcomes.map((outcome) => outcome.key)
    const faults: Fault[] = []
    if (!keys.includes(step.silence.outcome)) {
      faults.push({
        path: `steps[${i}].silence.outcome`,
        message: `bước "${step.id}" không có kết quả "${step.silence.outcome}"; phải là một trong: ${keys.join(', ')}`,
      })
    }
    if (step.silence.value < 1)
      faults.push({ path: `steps[${i}].silence.value`, message: `phải từ 1 ngày trở lên, đang là ${step.silence.value}` })
    return faults
  })
}

function parallelFaults(flow: Flow, all: readonly Placed[]): Fault[] {
  const regions = flow.regions()
  const pathOf = (region: Region) => all.find(({ step, outcome }) => step.id === region.step && outcome.key === region.outcome)!.path
  const within = new Set(regions.flatMap((region) => region.branches.flatMap((branch) => [...branch])))
  const faults = regions.flatMap((region) => regionFaults(region, `${pathOf(region)}.next`))
  for (const { step, outcome, path } of all) {
    if (!outcome.joins) continue
    if (typeof outcome.next !== 'string')
      faults.push({ path: `${path}.next`, message: 'sau khi chờ các nhánh khác (joins) chỉ được đi tới một bước hoặc end' })
    if (!within.has(step.id) && flow.reachable(flow.first).has(step.id)) {
      faults.push({
        path: `${path}.joins`,
        message: `bước "${step.id}" không nằm trong nhánh song song nào; hãy bỏ joins hoặc mở các nhánh bằng next là danh sách`,
      })
    }
  }
  return faults
}

function regionFaults(region: Region, path: string): Fault[] {
  const repeated = region.heads.find((head, i) => region.heads.indexOf(head) !== i)
  if (repeated) return [{ path, message: `bước "${repeated}" được ghi hai lần trong các nhánh song song` }]
  if (region.heads.includes(region.step)) return [{ path, message: `bước "${region.step}" không thể là một nhánh của chính nó` }]
  if (region.targets.length > 1) {
    const places = region.targets.map(nextKey).join(', ')
    return [{ path, message: `các nhánh song song phải gặp nhau ở cùng một bước, nhưng các kết quả joins dẫn tới: ${places}` }]
  }
  return region.heads.flatMap((head, i) =>
    region.branches[i]!.has(head)
      ? []
      : [
          {
            path,
            message: `nhánh bắt đầu ở bước "${head}" không có kết quả joins nào để gặp các nhánh kia; hãy đặt joins: true ở cuối nhánh`,
          },
        ],
  )
}

/** What looks wrong in the order of effects, though it runs. */
export function flowWarnings(record: ProcedureRecord): Fault[] {
  const flow = new Flow(record.steps)
  const all = outcomesOf(record)
  const before = (...effects: Effect[]) => reachedWithout(record, effects)
  const early = (effect: Effect, needed: Effect[], message: string): Fault[] => {
    const reached = before(...needed)
    return all
      .filter(({ step, outcome }) => outcome.effect === effect && reached.has(step.id))
      .map(({ path }) => ({ path: `${path}.effect`, message }))
  }
  return [
    ...early('number', ['sign', 'reject'], 'có đường tới việc cấp số mà chưa qua ký (sign) hay ký từ chối (reject)'),
    ...early('finish', ['sign', 'approve'], 'có đường tới hoàn thành (finish) mà chưa qua ký (sign) hay duyệt (approve)'),
    ...early('return', ['finish'], 'có đường tới trả kết quả (return) mà chưa hoàn thành (finish): giờ giải quyết sẽ không dừng'),
    ...endsUnreturned(record, all),
    ...all.flatMap((place) => outcomeWarnings(place, flow, before('accept'))),
    ...record.steps.flatMap((step, i) =>
      step.role === 'cong_dan' && step.clock !== 'stops'
        ? [{ path: `steps[${i}].clock`, message: `bước "${step.id}" chờ người dân nhưng giờ giải quyết vẫn chạy; thường phải là stops` }]
        : [],
    ),
  ]
}

function outcomeWarnings({ step, outcome, path }: Placed, flow: Flow, beforeAccept: ReadonlySet<string>): Fault[] {
  const at = `${path}.effect`
  if (outcome.effect === 'accept' && step.role !== 'mot_cua')
    return [{ path: at, message: `chỉ Bộ phận một cửa (mot_cua) tiếp nhận hồ sơ, bước này giao cho ${step.role}` }]
  if (outcome.effect === 'refuse' && !beforeAccept.has(step.id)) {
    return [{ path: at, message: 'từ chối tiếp nhận (refuse) sau khi đã tiếp nhận; dùng reject hoặc return_unresolved' }]
  }
  const waits = stepsOf(outcome.next).every((id) => flow.steps.get(id)?.clock === 'stops')
  if ((outcome.effect === 'request_supplement' || outcome.effect === 'suspend_financial') && !waits) {
    return [{ path: at, message: 'yêu cầu bổ sung hoặc nghĩa vụ tài chính phải dẫn tới một bước chờ có clock: stops' }]
  }
  return []
}

function endsUnreturned(record: ProcedureRecord, all: readonly Placed[]): Fault[] {
  const closing: Effect[] = ['refuse', 'return', 'return_unresolved']
  const reached = reachedWithout(record, closing)
  return all
    .filter(({ step, outcome }) => outcome.next === END && reached.has(step.id) && !closing.includes(outcome.effect!))
    .map(({ path }) => ({ path: `${path}.next`, message: 'hồ sơ có thể kết thúc ở đây mà chưa trả kết quả, trả hồ sơ hay từ chối' }))
}

/** Steps that can be reached without ever choosing an outcome of one of these effects. */
function reachedWithout(record: ProcedureRecord, effects: readonly Effect[]): Set<string> {
  const open = record.steps.map((step) => ({
    ...step,
    outcomes: step.outcomes.filter((outcome) => !outcome.effect || !effects.includes(outcome.effect)),
  }))
  const flow = new Flow(open)
  return flow.reachable(flow.first)
}

const outcomesOf = (record: ProcedureRecord): Placed[] =>
  record.steps.flatMap((step, i) => step.outcomes.map((outcome, j) => ({ step, outcome, path: `steps[${i}].outcomes[${j}]` })))
