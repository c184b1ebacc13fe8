// Runs a drawing through the engine in every direction beforehand: no dossier may get stuck in it, or stand elsewhere than the list says.

import { advance, BpmnError, type Definition, type Input, type ProcessState, type ReportEntry, type Token } from '#core/bpmn/index.ts'
import { isStep, stepIdOf } from './landing.ts'
import type { Step } from './record.ts'

/** More situations than any internal process has; beyond it branches side by side have been seen often enough. */
const MOST = 4000

/** What goes wrong when the drawing runs, each once. Only for drawings in which nothing else is at fault. */
export function walkFaults(definition: Definition, steps: readonly Step[]): ReportEntry[] {
  const faults = new Map<string, string>()
  const seen = new Set<string>()
  const byId = new Map(steps.map((step) => [step.id, step]))
  const open: ProcessState[] = []
  const arrive = (state: ProcessState) => {
    const mark = state.tokens.map(({ element, status, via }) => `${element}/${status}/${via ?? ''}`).sort().join(' ')
    if (seen.has(mark)) return
    seen.add(mark)
    open.push(state)
  }
  const move = (state: ProcessState | null, input: Input, at: string): ProcessState | null => {
    try {
      return advance(definition, state, input).state
    } catch (error) {
      if (!(error instanceof BpmnError)) throw error
      const stuck = `Hồ sơ sẽ kẹt ở ô gom “${definition.elements[error.element ?? '']?.name || error.element}”: ô này chờ nhiều mũi tên hơn số nhánh đang chạy. Mỗi nhánh chỉ nối một mũi tên vào ô gom.`
      faults.set(error.element ?? at, error.code === 'bpmn.stuck' ? stuck : error.message)
      return null
    }
  }
  const first = move(null, { kind: 'start' }, definition.main)
  if (first) arrive(first)
  for (let state = open.pop(); state && seen.size < MOST && faults.size < 20; state = open.pop()) {
    const waiting = state.tokens.filter((token) => token.status === 'waiting')
    const twice = waiting.find((token) => waiting.some((other) => other !== token && other.element === token.element))
    if (twice) faults.set(twice.element, `Hồ sơ có thể nằm hai lần cùng lúc ở bước “${nameOf(definition, twice)}”: một nhánh đi ra khỏi chỗ làm song song mà các nhánh kia chưa xong. Bấm “Vẽ lại” để hệ thống đặt khung, hoặc nối nhánh đó vào ô gom.`)
    if (twice) continue
    for (const token of waiting) {
      const element = definition.elements[token.element]!
      const step = byId.get(stepIdOf(element))
      if (!isStep(element) || !step) continue
      for (const outcome of step.outcomes) {
        const after = move(state, { kind: element.type === 'callActivity' ? 'called' : 'complete', token: token.id, outcome: outcome.key }, element.id)
        if (!after) continue
        judge(state, after, token, step, outcome.next)
        arrive(after)
      }
      const timer = state.tokens.find((one) => one.status === 'armed' && one.host === token.id && definition.elements[one.element]?.event?.kind === 'timer')
      const after = timer && move(state, { kind: 'timer', token: timer.id }, timer.element)
      if (after) arrive(after)
    }
  }

  function judge(before: ProcessState, after: ProcessState, token: Token, step: Step, next: Step['outcomes'][number]['next']): void {
    const still = after.tokens.filter((one) => one.status === 'waiting')
    const alone = before.tokens.filter((one) => one.status === 'waiting' || one.status === 'joining').length === 1
    const said = [next].flat().filter((id) => id !== 'end').sort()
    const found = still.map((one) => stepOf(definition, one)).sort()
    if (alone && said.join() !== found.join()) {
      faults.set(token.element, `Khi chạy, bước “${step.name || step.id}” đi tới “${found.join(', ') || 'kết thúc'}”, khác danh sách bước (“${said.join(', ') || 'kết thúc'}”). Bấm “Vẽ lại” để vẽ theo danh sách.`)
    }
  }

  return [...faults].map(([element, message]) => ({ level: 'error', element, message }))
}

const nameOf = (definition: Definition, token: Token): string => definition.elements[token.element]?.name || token.element

function stepOf(definition: Definition, token: Token): string {
  const element = definition.elements[token.element]
  return element ? stepIdOf(element) : token.element
}
