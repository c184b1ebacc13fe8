// Random processes whose meaning is plain from their making: drawn for engines to run, and walked here by a few lines that need no engine.
import fc from 'fast-check'

export type Node =
  | { kind: 'task'; id: string }
  | { kind: 'seq'; parts: Node[] }
  /** A person decides first: outcome `b0`, `b1` … for xor; `done` or `again` for loop; `012` names the chosen branches of or. */
  | { kind: 'xor' | 'or' | 'orOpen'; id: string; branches: Node[] }
  | { kind: 'and'; id: string; branches: Node[] }
  | { kind: 'loop'; id: string; body: Node }
  | { kind: 'sub'; id: string; body: Node }
  /** A task with a timer on its border: late instead of, or (`keep`) beside, the task. */
  | { kind: 'timed'; id: string; keep: boolean; late: Node }

/**
 * `pure` leaves out what bpmn-elements does otherwise: it has no inclusive join, and it sends skipped paths on as "discards", which
 * set parallel joins downstream off early; so in one scope there are either choices or parallel branches.
 */
export function anyProcess(pure: boolean): fc.Arbitrary<Node> {
  const names = (node: Node): Node => {
    let next = 0
    const walk = (each: Node): Node => {
      if (each.kind === 'seq') return { ...each, parts: each.parts.map(walk) }
      const id = `n${next++}`
      if ('branches' in each) return { ...each, id, branches: each.branches.map(walk) }
      if (each.kind === 'timed') return { ...each, id, late: walk(each.late) }
      if ('body' in each) return { ...each, id, body: walk(each.body) }
      return { ...each, id }
    }
    return walk(node)
  }
  const task = fc.constant<Node>({ kind: 'task', id: '' })
  const grow = (depth: number, scope: 'choices' | 'parallels' | 'any'): fc.Arbitrary<Node> => {
    if (depth === 0) return task
    const inner = grow(depth - 1, scope)
    const fresh = pure ? fc.oneof(grow(depth - 1, 'choices'), grow(depth - 1, 'parallels')) : inner
    const branches = fc.array(inner, { minLength: 2, maxLength: 3 })
    const open = fc.array(pure ? grow(depth - 1, 'choices') : inner, { minLength: 2, maxLength: 3 })
    const kinds: fc.Arbitrary<Node>[] = [
      task,
      branches.map((parts): Node => ({ kind: 'seq', parts })),
      fresh.map((body): Node => ({ kind: 'sub', id: '', body })),
      open.map((each): Node => ({ kind: 'orOpen', id: '', branches: each })),
    ]
    if (scope !== 'choices') kinds.push(branches.map((each): Node => ({ kind: 'and', id: '', branches: each })))
    if (scope !== 'parallels') {
      kinds.push(
        branches.map((each): Node => ({ kind: 'xor', id: '', branches: each })),
        inner.map((body): Node => ({ kind: 'loop', id: '', body })),
        inner.map((late): Node => ({ kind: 'timed', id: '', keep: false, late })),
      )
    }
    if (!pure) {
      kinds.push(
        branches.map((each): Node => ({ kind: 'or', id: '', branches: each })),
        inner.map((late): Node => ({ kind: 'timed', id: '', keep: true, late })),
      )
    }
    return fc.oneof({ depthSize: 'small' }, ...kinds)
  }
  const root = pure ? fc.oneof(grow(4, 'choices'), grow(4, 'parallels')) : grow(4, 'any')
  return root.map(names)
}

/** The process as a drawing for drawing.testing. */
export function drawnFrom(root: Node): string {
  const lines: string[] = []
  const put = (line: string) => lines.push(line)
  /** Draws the node after `from`; answers where it comes out. `via` is what stands on the flow into it. */
  const place = (node: Node, from: string, via = ''): string => {
    switch (node.kind) {
      case 'task':
        put(`user ${node.id}`)
        put(`${from}>${node.id}${via}`)
        return node.id
      case 'seq':
        return node.parts.reduce((at, part, index) => place(part, at, index === 0 ? via : ''), from)
      case 'and': {
        put(`and ${node.id}f`)
        put(`and ${node.id}j`)
        put(`${from}>${node.id}f${via}`)
        for (const branch of node.branches) put(`${place(branch, `${node.id}f`)}>${node.id}j`)
        return `${node.id}j`
      }
      case 'xor':
      case 'or': {
        const open = node.kind === 'xor' ? 'xor' : 'or'
        put(`user ${node.id}`)
        put(`${open} ${node.id}f`)
        put(`${open} ${node.id}j`)
        put(`${from}>${node.id}${via}`)
        put(`${node.id}>${node.id}f`)
        for (const [index, branch] of node.branches.entries()) put(`${place(branch, `${node.id}f`, choice(node.kind, index))}>${node.id}j`)
        return `${node.id}j`
      }
      case 'orOpen': {
        put(`sub ${node.id}p {`)
        for (const line of [`start ${node.id}s`, `user ${node.id}`, `or ${node.id}f`, `${node.id}s>${node.id}`, `${node.id}>${node.id}f`])
          put(line)
        node.branches.forEach((branch, index) => {
          put(`end ${node.id}e${index}`)
          put(`${place(branch, `${node.id}f`, choice('or', index))}>${node.id}e${index}`)
        })
        put('}')
        put(`${from}>${node.id}p${via}`)
        return `${node.id}p`
      }
      case 'loop': {
        put(`xor ${node.id}m`)
        put(`xor ${node.id}x`)
        put(`user ${node.id}`)
        put(`${from}>${node.id}m${via}`)
        put(`${place(node.body, `${node.id}m`)}>${node.id}`)
        put(`${node.id}>${node.id}x`)
        put(`${node.id}x>${node.id}m if=outcome = "again"`)
        put(`xor ${node.id}o`)
        put(`${node.id}x>${node.id}o default`)
        return `${node.id}o`
      }
      case 'sub': {
        put(`sub ${node.id} {`)
        put(`start ${node.id}s`)
        put(`end ${node.id}e`)
        put(`${place(node.body, `${node.id}s`)}>${node.id}e`)
        put('}')
        put(`${from}>${node.id}${via}`)
        return node.id
      }
      case 'timed': {
        const out = node.keep ? `${node.id}p` : `${node.id}j`
        if (node.keep) {
          put(`sub ${out} {`)
          put(`start ${node.id}s`)
          put(`end ${node.id}e`)
        } else put(`xor ${out}`)
        put(`user ${node.id}`)
        put(`on ${node.id}t at=${node.id} timer${node.keep ? ' keep' : ''}`)
        put(node.keep ? `${node.id}s>${node.id}` : `${from}>${node.id}${via}`)
        put(`${node.id}>${node.keep ? `${node.id}e` : out}`)
        const late = place(node.late, `${node.id}t`)
        put(node.keep ? `end ${node.id}l` : '')
        put(`${late}>${node.keep ? `${node.id}l` : out}`)
        if (node.keep) {
          put('}')
          put(`${from}>${out}${via}`)
        }
        return out
      }
    }
  }
  put('start s')
  put('end e')
  put(`${place(root, 's')}>e`)
  return lines.join('\n')
}

const choice = (kind: Node['kind'], index: number) => (kind === 'xor' ? ` if=outcome = "b${index}"` : ` if=contains(outcome, "${index}")`)

/** What a process so made means: who waits, and what follows. */
export class Oracle {
  readonly waiting = new Map<string, (outcome: string) => void>()
  readonly timers = new Map<string, () => void>()
  /** What each deciding task may answer; others need no outcome. */
  readonly answers = new Map<string, string[]>()
  ended = false

  constructor(root: Node) {
    this.begin(root, () => {
      this.ended = true
    })
  }

  private wait(id: string, then: (outcome: string) => void): void {
    this.waiting.set(id, (outcome) => {
      this.waiting.delete(id)
      then(outcome)
    })
  }

  private all(nodes: Node[], then: () => void): void {
    let left = nodes.length
    for (const node of nodes) this.begin(node, () => --left === 0 && then())
  }

  private begin(node: Node, then: () => void): void {
    if (node.kind === 'task') this.wait(node.id, then)
    else if (node.kind === 'seq') node.parts.reduceRight<() => void>((rest, part) => () => this.begin(part, rest), then)()
    else if (node.kind === 'and') this.all(node.branches, then)
    else if (node.kind === 'sub') this.begin(node.body, then)
    else if (node.kind === 'loop') {
      this.answers.set(node.id, ['done', 'again'])
      this.begin(node.body, () => this.wait(node.id, (outcome) => (outcome === 'again' ? this.begin(node, then) : then())))
    } else if (node.kind === 'timed') {
      let left = 1
      const part = () => --left === 0 && then()
      this.timers.set(`${node.id}t`, () => {
        this.timers.delete(`${node.id}t`)
        if (node.keep) left++
        else this.waiting.delete(node.id)
        this.begin(node.late, part)
      })
      this.wait(node.id, () => {
        this.timers.delete(`${node.id}t`)
        part()
      })
    } else {
      const indexes = node.branches.map((_, index) => index)
      const subsets = indexes.flatMap((a) => [`${a}`, ...indexes.filter((b) => b > a).map((b) => `${a}${b}`)])
      this.answers.set(node.id, node.kind === 'xor' ? indexes.map((index) => `b${index}`) : [...subsets, indexes.join('')])
      this.wait(node.id, (outcome) =>
        this.all(
          node.branches.filter((_, index) => outcome.includes(String(index))),
          then,
        ),
      )
    }
  }
}
