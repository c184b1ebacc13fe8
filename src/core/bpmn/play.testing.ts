// Plays a drawn process in tests by the names of its elements, and tells in one line where it stands.
import { advance } from './advance.ts'
import type { Definition, Effect, Input, ProcessState, Token } from './types.ts'

const frozen = <T>(value: T): T => {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) frozen(inner)
  return Object.freeze(value)
}

export class Play {
  state: ProcessState | null = null
  effects: Effect[] = []
  readonly all: Effect[] = []
  private readonly definition: Definition

  constructor(definition: Definition) {
    this.definition = frozen(definition)
  }

  /** Every step runs twice, on a frozen state that has been through JSON: an advance that is not pure fails here. */
  give(input: Input): this {
    const before = frozen(JSON.parse(JSON.stringify(this.state)))
    const { state, effects } = advance(this.definition, before, frozen(input))
    const again = advance(this.definition, before, input)
    if (JSON.stringify(again) !== JSON.stringify({ state, effects })) throw new Error('the same question got two answers')
    this.state = state
    this.effects = effects
    this.all.push(...effects)
    return this
  }

  token(element: string): Token {
    const here = this.state?.tokens.filter((token) => token.element === element) ?? []
    const found =
      here.find((token) => token.status === 'waiting' || token.status === 'armed') ?? here.find((token) => token.status === 'inside')
    if (!found) throw new Error(`nothing at ${element}; stands at ${this.where()}`)
    return found
  }

  /** `start`, `a yes`, `timer t`, `message tra_loi`, `signal dung`, `error a LOI`, `escalation a TRE`, `called c`, `terminate`. */
  act(line: string, variables?: Record<string, unknown>): this {
    const [verb = '', what = '', more = ''] = line.split(' ')
    const extra = variables ? { variables } : {}
    if (verb === 'start') return this.give({ kind: 'start', ...(what ? { element: what } : {}), ...extra })
    if (verb === 'message' || verb === 'signal') return this.give({ kind: verb, name: what, ...extra })
    if (verb === 'timer') return this.give({ kind: 'timer', token: this.token(what).id })
    if (verb === 'error' || verb === 'escalation') return this.give({ kind: verb, token: this.token(what).id, code: more })
    if (verb === 'called') return this.give({ kind: 'called', token: this.token(what).id, ...extra })
    if (verb === 'terminate') return this.give({ kind: 'terminate', reason: 'rút hồ sơ' })
    return this.give({ kind: 'complete', token: this.token(verb).id, ...(what ? { outcome: what } : {}), ...extra })
  }

  /** Waiting elements in order of name, `[joining]` and `(armed)` ones after; or how it ended. */
  where(): string {
    const { state } = this
    if (!state) return 'nowhere'
    if (state.status === 'ended') {
      const end = this.all.findLast((effect) => effect.type === 'ended')
      return `${end?.how}${end?.element ? ` at ${end.element}` : ''}`
    }
    const at = (status: Token['status']) =>
      state.tokens
        .filter((token) => token.status === status)
        .map((token) => token.element)
        .sort()
    return [...at('waiting'), ...at('joining').map((id) => `[${id}]`), ...at('armed').map((id) => `(${id})`)].join(' ')
  }
}

/** Opened tasks, timers and awaited events that were never closed; empty after every ended instance. */
export function leftOpen(effects: Effect[]): string[] {
  const open = new Set<string>()
  for (const effect of effects) {
    if (['task.opened', 'timer.armed', 'event.awaited', 'call.started'].includes(effect.type) && 'token' in effect) open.add(effect.token)
    if (/completed|cancelled|disarmed|dropped|call\.ended/.test(effect.type) && 'token' in effect) open.delete(effect.token)
  }
  return [...open]
}
