// Runs a draft until every token rests: moves first, then inclusive joins, then the closing of emptied scopes.
import { enter } from './enter.ts'
import { BpmnError } from './errors.ts'
import { leave } from './leave.ts'
import { cancelScope } from './listen.ts'
import { finish } from './loops.ts'
import { reachableFlows } from './paths.ts'
import type { Run } from './run.ts'
import type { Token } from './types.ts'

const mostMoves = 20_000

export function settle(run: Run): void {
  let moves = 0
  while (!run.ended) {
    const move = run.queue.shift()
    if (move) {
      if (++moves > mostMoves) {
        throw new BpmnError(
          'bpmn.endless',
          `Quy trình chạy vòng mãi qua “${move.element}” mà không dừng ở bước nào; sửa điều kiện của vòng lặp.`,
          move.element,
        )
      }
      if (move.to === 'enter') enter(run, move)
      else leave(run, move.element, move.scope, move.outcome)
    } else if (!joinInclusive(run) && !closeScope(run)) break
  }
  if (!run.ended) refuseStuck(run)
}

/** Lets the first inclusive join go for which no token is still on its way. */
function joinInclusive(run: Run): boolean {
  for (const token of run.tokens.values()) {
    if (token.status !== 'joining' || run.element(token.element).type !== 'inclusiveGateway') continue
    const here = run.tokensIn(token.scope)
    const arrived = here.filter((other) => other.element === token.element && other.status === 'joining')
    if (here.some((other) => isOnTheWay(run, other, token.element, arrived))) continue
    const one = [...new Map(arrived.toReversed().map((each) => [each.via, each])).values()]
    for (const each of one) run.tokens.delete(each.id)
    leave(run, token.element, token.scope, arrived.at(-1)?.outcome ?? null)
    return true
  }
  return false
}

/**
 * BPMN 2.0, 13.3.3: a token elsewhere holds the join up if it can reach a flow of the join that is still empty, unless it could
 * as well reach one that already has a token.
 */
function isOnTheWay(run: Run, other: Token, gateway: string, arrived: Token[]): boolean {
  if (other.element === gateway || other.status === 'armed') return false
  const filled = new Set(arrived.map((token) => token.via))
  const flows = reachableFlows(run.definition, other.element, gateway)
  const incoming = run.element(gateway).incoming.filter((flow) => flows.has(flow))
  return incoming.length > 0 && !incoming.some((flow) => filled.has(flow))
}

/** A scope that holds nothing but listening event subprocesses is over. */
function closeScope(run: Run): boolean {
  const busy = new Set<string>()
  for (const token of run.tokens.values()) if (token.status !== 'armed') busy.add(token.scope)
  for (const scope of run.scopes.values()) {
    if (busy.has(scope.id) || scope.kind === 'loop') continue
    const owner = run.ownerOf(scope)
    cancelScope(run, scope.id)
    if (owner) finish(run, owner, owner.outcome)
    else if (scope.kind === 'process') {
      run.ended = true
      run.emit({ type: 'ended', how: 'completed', ...run.lastEnd })
    }
    return true
  }
  return false
}

function refuseStuck(run: Run): void {
  for (const token of run.tokens.values()) if (token.status === 'waiting' || token.status === 'armed') return
  const at = [...run.tokens.values()].find((token) => token.status === 'joining')
  const name = at ? run.element(at.element).name || at.element : ''
  throw new BpmnError(
    'bpmn.stuck',
    `Sau bước này quy trình sẽ kẹt ở cổng “${name}”, chờ một nhánh không bao giờ tới; sửa quy trình.`,
    at?.element ?? null,
  )
}
