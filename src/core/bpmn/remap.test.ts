// A running process put onto another drawing: stands where it stood, ends as the new drawing ends, or says why it cannot.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance } from './advance.ts'
import { draw } from './drawing.testing.ts'
import { explore } from './explore.ts'
import { leftOpen } from './play.testing.ts'
import { keyOfElement, type Remapped, remap } from './remap.ts'
import { anyProcess, drawnFrom, type Node } from './structured.testing.ts'
import type { Definition, Effect, Input, ProcessState } from './types.ts'

const same = (to: Definition) => (element: { id: string }) => (to.elements[element.id] ? element.id : undefined)
const onto = (from: Definition, to: Definition, state: ProcessState, names: Record<string, string | null> = {}) =>
  remap(from, to, state, (element) => (element.id in names ? names[element.id] : same(to)(element)), explore(to, null))

const run = (definition: Definition, inputs: readonly Input[]): ProcessState => inputs.reduce<ProcessState | null>((state, input) => advance(definition, state, input).state, null)!
const at = (state: ProcessState, status = 'waiting') => state.tokens.filter((token) => token.status === status).map((token) => token.element).sort()
const tokenAt = (state: ProcessState, element: string) => state.tokens.find((token) => token.element === element && token.status !== 'joining')!.id
const good = (found: ReturnType<typeof remap>): Remapped => {
  if ('stuck' in found) throw new Error(JSON.stringify(found.stuck))
  return found
}

describe('one token', () => {
  it('goes on under its own id at the step of the same key, or the one chosen', async () => {
    const a = await draw('start s; user a; user b; end e; s>a; a>b; b>e')
    const b = await draw('start s; user a; user x; user b; end e; s>a; a>x; x>b; b>e')
    const state = run(a, [{ kind: 'start' }])
    const moved = good(onto(a, b, state))
    expect(moved.kept).toEqual([{ token: state.tokens[0]!.id, from: 'a', to: 'a' }])
    expect(at(advance(b, moved.state, { kind: 'complete', token: state.tokens[0]!.id }).state)).toEqual(['x'])
    expect(at(good(onto(a, b, state, { a: 'x' })).state)).toEqual(['x'])
  })

  it.each([
    ['no step of that key', 'start s; user z; end e; s>z; z>e', {}, 'no_counterpart'],
    ['nothing left', 'start s; user a; end e; s>a; a>e', { a: null }, 'nothing_left'],
    ['a call instead of a task', 'start s; call a callee=chung; end e; s>a; a>e', {}, 'other_kind'],
    ['only one branch of two that must meet', 'start s; and f; user a; user b; and j; end e; s>f; f>a; f>b; a>j; b>j; j>e', {}, 'unsound'],
  ])('stays where it is: %s', async (_why, drawing, names, reason) => {
    const a = await draw('start s; user a; end e; s>a; a>e')
    expect(onto(a, await draw(drawing), run(a, [{ kind: 'start' }]), names as Record<string, string | null>)).toMatchObject({ stuck: { reason } })
  })

  it('a timer goes on under its token, one that is new is armed, one that is gone is not', async () => {
    const a = await draw('start s; user a; on t at=a timer=P5D; end e; end e2; s>a; a>e; t>e2')
    const b = await draw('start s; user a; on t at=a timer=P3D; end e; end e2; s>a; a>e; t>e2')
    const none = await draw('start s; user a; end e; s>a; a>e')
    const state = run(a, [{ kind: 'start' }])
    expect(good(onto(a, b, state)).timers).toMatchObject([{ token: tokenAt(state, 't'), was: 't', spec: { duration: 'P3D' }, host: tokenAt(state, 'a') }])
    expect(good(onto(a, none, state)).state.tokens).toHaveLength(1)
    expect(good(onto(none, b, run(none, [{ kind: 'start' }]))).timers).toMatchObject([{ was: null, spec: { duration: 'P3D' } }])
  })

  it('a call goes on only where the same is called', async () => {
    const a = await draw('start s; call c callee=chung outcomes=yes,no; end e; s>c; c>e')
    const other = await draw('start s; call c callee=khac outcomes=yes,no; end e; s>c; c>e')
    const more = await draw('start s; call c callee=chung outcomes=yes,no,again; user z; end e; s>c; c>z; z>e')
    const state = run(a, [{ kind: 'start' }])
    expect(onto(a, other, state)).toMatchObject({ stuck: { reason: 'other_kind' } })
    expect(good(onto(a, more, state)).kept).toHaveLength(1)
  })
})

describe('branches side by side', () => {
  const both = 'start s; and f; user a; user b; and j; user c; end e; s>f; f>a; f>b; a>j; b>j; j>c; c>e'

  it('a branch that is done stays done, by its own door', async () => {
    const from = await draw(both)
    const to = await draw(`${both.replace('user c', 'user c; user x').replace('b>j', 'b>x; x>j')}`)
    const begun = run(from, [{ kind: 'start' }])
    const done = advance(from, begun, { kind: 'complete', token: tokenAt(begun, 'b') }).state
    const moved = good(onto(from, to, done))
    expect(at(moved.state)).toEqual(['a'])
    expect(at(advance(to, moved.state, { kind: 'complete', token: tokenAt(moved.state, 'a') }).state)).toEqual(['c'])
  })

  it('two branches put one after the other would meet a step twice, unless one falls away', async () => {
    const from = await draw(both)
    const to = await draw('start s; user a; user b; user c; end e; s>a; a>b; b>c; c>e')
    const state = run(from, [{ kind: 'start' }])
    expect(onto(from, to, state)).toMatchObject({ stuck: { reason: 'unsound', fault: { kind: 'twice' } } })
    const moved = good(onto(from, to, state, { b: null }))
    expect([at(moved.state), moved.dropped]).toEqual([['a'], [tokenAt(state, 'b')]])
  })

  it('a subprocess drawn around them is opened, and one that is gone is left', async () => {
    const flat = await draw(both)
    const sub = await draw('start s; sub p {\nstart ps; and f; user a; user b; and j; end pe; ps>f; f>a; f>b; a>j; b>j; j>pe\n}\nuser c; end e; s>p; p>c; c>e')
    const state = run(flat, [{ kind: 'start' }])
    const there = good(onto(flat, sub, state))
    expect([at(there.state), at(there.state, 'inside')]).toEqual([['a', 'b'], ['p']])
    const back = good(onto(sub, flat, there.state))
    expect([at(back.state), back.state.scopes.length]).toEqual([['a', 'b'], 1])
    expect(back.state.tokens).toEqual(state.tokens)
  })
})

it('what may have been done when a step is met', async () => {
  const found = explore(await draw('start s; user a outcomes=yes; user b outcomes=ok,no; end e; s>a; a>b; b>e'), null)
  expect([...found.met.keys()].sort()).toEqual(['a', 'b'])
  expect(found).toMatchObject({ whole: true, faults: [] })
})

/** The process changed as an official changes one: steps taken out, put in, put side by side. */
function changed(node: Node, pick: (n: number) => number): Node {
  let fresh = 0
  const walk = (each: Node): Node => {
    if (each.kind === 'task') {
      const how = pick(8)
      if (how === 0) return { kind: 'task', id: `${each.id}new${fresh++}` }
      if (how === 1) return { kind: 'seq', parts: [each, { kind: 'task', id: `z${fresh++}` }] }
      if (how === 2) return { kind: 'and', id: `y${fresh++}`, branches: [each, { kind: 'task', id: `z${fresh++}` }] }
      if (how === 3) return { kind: 'sub', id: `y${fresh++}`, body: each }
      return each
    }
    if (each.kind === 'seq') return { ...each, parts: pick(6) === 0 ? each.parts.toReversed().map(walk) : each.parts.map(walk) }
    if ('branches' in each) return { ...each, branches: each.branches.map(walk) }
    if (each.kind === 'timed') return { ...each, late: walk(each.late) }
    return { ...each, body: walk(each.body) }
  }
  return walk(node)
}

/** The drawing with the answers that each deciding step knows, as drawings of officials have them. */
function drawing(root: Node): string {
  const answers = new Map<string, string>()
  const walk = (node: Node): void => {
    if (node.kind === 'xor') answers.set(node.id, node.branches.map((_, index) => `b${index}`).join(','))
    if (node.kind === 'or' || node.kind === 'orOpen') answers.set(node.id, [...node.branches.map((_, index) => `${index}`), node.branches.map((_, index) => index).join('')].join(','))
    if (node.kind === 'loop') answers.set(node.id, 'done,again')
    if (node.kind === 'seq') node.parts.forEach(walk)
    if ('branches' in node) node.branches.forEach(walk)
    if ('body' in node) walk(node.body)
    if (node.kind === 'timed') walk(node.late)
  }
  walk(root)
  return drawnFrom(root).split('\n').map((line) => { const known = /^user (\S+)$/.exec(line)?.[1]; return known && answers.has(known) ? `${line} outcomes=${answers.get(known)}` : line }).join('\n')
}

function inputs(definition: Definition, state: ProcessState): Input[] {
  return state.tokens.flatMap((token): Input[] => {
    const element = definition.elements[token.element]!
    if (element.event?.kind === 'timer' && token.status === 'armed') return [{ kind: 'timer', token: token.id }]
    if (token.status !== 'waiting') return []
    if (element.outcomes.length === 0) return [{ kind: 'complete', token: token.id }]
    return element.outcomes.map(({ key }) => ({ kind: 'complete', token: token.id, outcome: key }))
  })
}

/** Walks on by chance; the effects on the way. Loops are left in the end. */
function wander(definition: Definition, from: ProcessState | null, steps: number, pick: (n: number) => number): { state: ProcessState; effects: Effect[] } {
  let { state, effects } = from ? { state: from, effects: [] as Effect[] } : advance(definition, null, { kind: 'start' })
  const all = [...effects]
  for (let step = 0; step < steps && state.status === 'active'; step++) {
    const offered = inputs(definition, state).filter((input) => step < 60 || (input as { outcome?: string }).outcome !== 'again')
    ;({ state, effects } = advance(definition, state, offered[pick(offered.length)]!))
    all.push(...effects)
  }
  return { state, effects: all }
}

/** Numbers by chance, the same for the same seed. */
function chance(seed: number): (n: number) => number {
  let at = seed
  return (n) => {
    at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0
    return n <= 0 ? 0 : Math.floor((at / 2 ** 32) * n)
  }
}

it('whatever moves ends properly, both ways, and a way there and back stands where it stood', { timeout: 60_000 }, async () => {
  let moves = 0
  await fc.assert(
    fc.asyncProperty(anyProcess(false).filter((node) => drawnFrom(node).length < 420), fc.nat(1 << 30), fc.nat(6), async (node, seed, steps) => {
      const pick = chance(seed)
      const from = await draw(drawing(node))
      const to = await draw(drawing(changed(node, pick)))
      const { state } = wander(from, null, steps, pick)
      if (state.status === 'ended') return
      const normal = explore(to, null)
      const still = onto(from, from, state)
      if (!('stuck' in still)) expect(new Set(still.state.tokens)).toEqual(new Set(state.tokens))
      const found = onto(from, to, state)
      if ('stuck' in found) return
      moves++
      expect(new Set(found.state.tokens.map((token) => token.id)).size).toBe(found.state.tokens.length)
      const on = wander(to, found.state, 400, pick)
      if (normal.whole) expect(on.state.status).toBe('ended')
      // what lies open after it ended is nothing but what was open when it moved and was closed since
      expect(leftOpen(on.effects)).toEqual([])
      const back = onto(to, from, found.state)
      if (!('stuck' in back) && found.dropped.length === 0) expect(at(back.state)).toEqual(at(state))
    }),
    { numRuns: 60 },
  )
  expect(moves).toBeGreaterThan(3)
})

it('keys are those of the steps', async () => {
  const { elements } = await draw('start s; user a stepId=buoc; end e; s>a; a>e')
  expect(keyOfElement(elements['a']!)).toBe('buoc')
})
