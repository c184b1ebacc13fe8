// One advance in progress: a draft of the next state, the effects so far and the moves still to make. Gone when the advance returns.
import { holds, compute } from './conditions.ts'
import { BpmnError } from './errors.ts'
import type { Definition, Effect, ElementDef, ProcessState, Scope, Token, Variables } from './types.ts'

/** A token under way between two rests. `pass` marks one repetition of a looping activity and holds its own variables. */
export type Move =
  | { to: 'enter'; element: string; scope: string; via: string | null; outcome: string | null; pass?: Variables }
  | { to: 'leave'; element: string; scope: string; outcome: string | null }

export class Run {
  readonly definition: Definition
  readonly tokens = new Map<string, Token>()
  readonly scopes = new Map<string, Scope>()
  readonly effects: Effect[] = []
  queue: Move[] = []
  variables: Variables
  ended = false
  lastEnd: ProcessState['lastEnd'] = { element: null, outcome: null }
  private readonly process: string
  private next: number

  constructor(definition: Definition, from: ProcessState | { process: string }) {
    this.definition = definition
    this.process = from.process
    if ('tokens' in from) {
      for (const token of from.tokens) this.tokens.set(token.id, token)
      for (const scope of from.scopes) this.scopes.set(scope.id, scope)
      this.variables = from.variables
      this.next = from.next
      this.lastEnd = from.lastEnd
    } else {
      this.variables = {}
      this.next = 1
    }
  }

  state(): ProcessState {
    return {
      status: this.ended ? 'ended' : 'active',
      process: this.process,
      tokens: [...this.tokens.values()],
      scopes: [...this.scopes.values()],
      variables: this.variables,
      next: this.next,
      lastEnd: this.lastEnd,
    }
  }

  emit(effect: Effect): void {
    this.effects.push(effect)
  }

  element(id: string): ElementDef {
    const found = this.definition.elements[id]
    if (!found)
      throw new BpmnError('bpmn.unknown_element', `Quy trình không có phần tử “${id}”; chuyển hồ sơ sang đúng phiên bản quy trình.`, id)
    return found
  }

  put(token: Omit<Token, 'id'>): Token {
    const placed: Token = { id: `t${this.next++}`, ...token }
    this.tokens.set(placed.id, placed)
    return placed
  }

  openScope(scope: Omit<Scope, 'id'>): Scope {
    const opened: Scope = { id: `s${this.next++}`, ...scope }
    this.scopes.set(opened.id, opened)
    return opened
  }

  scope(id: string): Scope {
    const found = this.scopes.get(id)
    if (!found) throw new Error(`state is broken: no scope ${id}`)
    return found
  }

  ownerOf(scope: Scope): Token | null {
    return scope.owner === null ? null : (this.tokens.get(scope.owner) ?? null)
  }

  tokensIn(scope: string): Token[] {
    return [...this.tokens.values()].filter((token) => token.scope === scope)
  }

  isPass(token: Token): boolean {
    return this.scope(token.scope).kind === 'loop'
  }

  learn(variables: Variables | undefined): void {
    if (variables) this.variables = { ...this.variables, ...variables }
  }

  /** What an expression sees: process variables, those of the surrounding passes (inner ones win), and the outcome. */
  view(scope: string, outcome: string | null, local?: Variables): Variables {
    const layers: Variables[] = local ? [local] : []
    let at: Scope | undefined = this.scope(scope)
    while (at) {
      const owner = this.ownerOf(at)
      if (owner?.local) layers.unshift(owner.local)
      at = owner ? this.scope(owner.scope) : undefined
    }
    return Object.assign({}, this.variables, ...layers, { outcome })
  }

  holds(expression: string, scope: string, outcome: string | null, element: string): boolean {
    return holds(expression, this.view(scope, outcome), element)
  }

  compute(expression: string, scope: string, outcome: string | null, element: string): unknown {
    return compute(expression, this.view(scope, outcome), element)
  }
}
