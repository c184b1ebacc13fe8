// Judges the steps that call another process: that it is there, that every way it may end leads on here, that nothing calls itself.

import type { Fault } from './faults.ts'
import { END } from './flow.ts'
import type { ProcedureRecord, Step } from './record.ts'

/** What is known of a process that may be called. */
export interface Callee {
  readonly title: string
  /** Outcomes by which it may end. */
  readonly ends: readonly string[]
  /** What it calls in turn: `process:NAME` or `procedure:CODE`. */
  readonly calls: readonly string[]
}

/** By `process:NAME` or `procedure:CODE`. */
export type Callees = ReadonlyMap<string, Callee>

/** The key of what a step calls, or null. */
export const calleeKey = (step: Pick<Step, 'call'>): string | null =>
  step.call?.process ? `process:${step.call.process}` : step.call?.procedure ? `procedure:${step.call.procedure}` : null

export const calleesIn = (record: Pick<ProcedureRecord, 'steps'>): string[] => [...new Set(record.steps.map(calleeKey).filter((key): key is string => key !== null))]

/** Outcomes that end the process of a record. */
export const endsOf = (record: Pick<ProcedureRecord, 'steps'>): string[] =>
  [...new Set(record.steps.flatMap((step) => step.outcomes.filter((outcome) => outcome.next === END).map((outcome) => outcome.key)))]

const sayCallee = (key: string): string => (key.startsWith('process:') ? `quy trình dùng chung “${key.slice(8)}”` : `quy trình của thủ tục ${key.slice(10)}`)

const eachCall = (record: ProcedureRecord, find: (step: Step, path: string) => Fault[]): Fault[] =>
  record.steps.flatMap((step, i) => (step.call ? find(step, `steps[${i}].call`) : []))

/** Faults that the record shows by itself. */
export function callFaults(record: ProcedureRecord): Fault[] {
  return eachCall(record, (step, path) => {
    const faults: Fault[] = []
    const { process, procedure, outcomes = {} } = step.call!
    if ((process === undefined) === (procedure === undefined)) {
      faults.push({ path, message: 'phải ghi đúng một trong hai: process (quy trình dùng chung) hoặc procedure (mã thủ tục có quy trình được gọi)' })
    }
    if (procedure === record.code) faults.push({ path: `${path}.procedure`, message: 'thủ tục không thể gọi quy trình của chính nó; hãy dùng các bước thường' })
    if (step.silence) faults.push({ path: path.replace(/call$/, 'silence'), message: `bước "${step.id}" gọi quy trình khác nên không có im lặng; hãy đặt im lặng ở bước trong quy trình được gọi` })
    if (step.clock === 'stops') faults.push({ path: path.replace(/call$/, 'clock'), message: `bước "${step.id}" gọi cơ quan khác; thời gian của cơ quan phối hợp vẫn nằm trong thời hạn, hãy bỏ clock: stops` })
    const keys = step.outcomes.map((outcome) => outcome.key)
    for (const [from, to] of Object.entries(outcomes)) {
      if (!keys.includes(to)) faults.push({ path: `${path}.outcomes.${from}`, message: `bước "${step.id}" không có kết quả "${to}"; phải là một trong: ${keys.join(', ')}` })
    }
    return faults
  })
}

/** Faults that show only beside what the province keeps: an unknown process, a way of ending that leads nowhere, a circle of calls. */
export function calleeFaults(record: ProcedureRecord, known: Callees): Fault[] {
  return eachCall(record, (step, path) => {
    const key = calleeKey(step)
    if (!key) return []
    const callee = known.get(key)
    if (!callee) {
      const todo = key.startsWith('process:')
        ? 'người quản trị thủ tục cần nhập tệp quy trình (.bpmn) mang tên này trước, rồi nhập lại bản ghi'
        : 'người quản trị thủ tục cần nhập thủ tục đó trước, rồi nhập lại bản ghi'
      return [{ path, message: `bước "${step.id}" gọi ${sayCallee(key)} mà hệ thống chưa có; ${todo}` }]
    }
    const keys = step.outcomes.map((outcome) => outcome.key)
    const lost = callee.ends.filter((end) => !keys.includes(step.call!.outcomes?.[end] ?? end))
    const faults = lost.map((end): Fault => ({
      path: `${path}.outcomes`,
      message: `${sayCallee(key)} có thể kết thúc bằng "${end}" mà bước "${step.id}" không có kết quả nào cho nó; hãy thêm kết quả "${end}", hoặc ghi call.outcomes để đổi sang một trong: ${keys.join(', ')}`,
    }))
    const circle = reaches(key, `procedure:${record.code}`, known)
    return circle ? [...faults, { path, message: `${sayCallee(key)} lại gọi về thủ tục ${record.code}; các quy trình không được gọi vòng nhau` }] : faults
  })
}

/** Whether calls that begin at `from` come to `to`. */
export function reaches(from: string, to: string, known: Callees): boolean {
  const seen = new Set<string>()
  const open = [from]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true
    if (seen.has(at)) continue
    seen.add(at)
    open.push(...(known.get(at)?.calls ?? []))
  }
  return false
}
