// Reads a FEEL condition as logic over comparisons, so that what a table leaves open can be reckoned without running it.

import { parseExpression } from 'feelin'

/** A literal of FEEL as data; a date is its text. */
export type Constant = { readonly kind: 'number'; readonly value: number } | { readonly kind: 'string' | 'date'; readonly value: string } | { readonly kind: 'boolean'; readonly value: boolean } | { readonly kind: 'null'; readonly value: null }

/** A term compared with constants only: its truth depends on that one term. `before` and `after` are the text round the term. */
export interface AtomOfOne {
  readonly op: 'one'
  readonly term: string
  /** The atom's own text with `v` in place of the term. */
  readonly text: string
  readonly constants: readonly Constant[]
}

/** Two terms compared with each other. `sign` is as read from `left` to `right`, which stand in the order of their texts. */
export interface AtomOfTwo {
  readonly op: 'two'
  readonly left: string
  readonly right: string
  readonly sign: '<' | '<=' | '>' | '>=' | '=' | '!='
}

/** What nothing is known of: a condition by itself. */
export interface Opaque {
  readonly op: 'opaque'
  readonly text: string
}

export type Formula =
  | { readonly op: 'const'; readonly value: boolean | null }
  | { readonly op: 'and' | 'or'; readonly parts: readonly Formula[] }
  | { readonly op: 'not'; readonly part: Formula }
  | { readonly op: 'if'; readonly when: Formula; readonly yes: Formula; readonly no: Formula }
  | AtomOfOne | AtomOfTwo | Opaque

export const TRUE: Formula = { op: 'const', value: true }

type Tree = ReturnType<typeof parseExpression>
type Node = Tree['topNode']

const tidy = (text: string): string => text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, quoted: string | undefined) => quoted ?? ' ').trim()
const PUNCTUATION = new Set(['(', ')', '[', ']', ',', '..', 'and', 'or', 'if', 'then', 'else', 'in', 'between', 'ArithOp', 'CompareOp'])

function children(node: Node): Node[] {
  const found: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child)
  return found
}
const meaning = (node: Node): Node[] => children(node).filter((child) => !PUNCTUATION.has(child.name))

/** The node inside brackets and wrappers of one. */
function bare(node: Node): Node {
  if (['Expression', 'Expressions', 'ParenthesizedExpression', 'PositiveUnaryTest'].includes(node.name)) {
    const [only, more] = meaning(node)
    if (only && !more) return bare(only)
  }
  return node
}

class Reader {
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }

  said(node: Node): string {
    return this.text.slice(node.from, node.to)
  }

  constant(given: Node): Constant | null {
    const node = bare(given)
    const said = this.said(node)
    if (node.name === 'NumericLiteral') return { kind: 'number', value: Number(said.replace(/\s/g, '')) }
    if (node.name === 'StringLiteral') return { kind: 'string', value: text(said) }
    if (node.name === 'BooleanLiteral') return { kind: 'boolean', value: said === 'true' }
    if (node.name === 'null' || node.name === 'NullLiteral' || said === 'null') return { kind: 'null', value: null }
    const day = /^date\s*\(\s*"(\d{4}-\d\d-\d\d)"\s*\)$/.exec(said)
    return day ? { kind: 'date', value: day[1]! } : null
  }

  /** All constants of a list, a range or a list of tests; null when anything else is in it. */
  private constantsIn(given: Node): Constant[] | null {
    const node = bare(given)
    const one = this.constant(node)
    if (one) return [one]
    if (!['List', 'Interval', 'PositiveUnaryTests', 'PositiveUnaryTest', 'SimplePositiveUnaryTest'].includes(node.name)) return null
    const all = meaning(node).map((child) => this.constantsIn(child))
    return all.includes(null) || all.length === 0 ? null : all.flatMap((part) => part!)
  }

  private one(whole: Node, term: Node, constants: readonly Constant[]): Formula {
    const inner = bare(term)
    const text = `${this.text.slice(whole.from, term.from)}(v)${this.text.slice(term.to, whole.to)}`
    return { op: 'one', term: tidy(this.said(inner)), text, constants }
  }

  private opaque(node: Node): Formula {
    return { op: 'opaque', text: tidy(this.said(node)) }
  }

  formula(given: Node): Formula {
    const node = bare(given)
    const parts = meaning(node)
    const constant = this.constant(node)
    if (constant) return { op: 'const', value: constant.kind === 'boolean' ? constant.value : null }
    switch (node.name) {
      case 'Conjunction':
        return { op: 'and', parts: parts.map((part) => this.formula(part)) }
      case 'Disjunction':
        return { op: 'or', parts: parts.map((part) => this.formula(part)) }
      case 'IfExpression': {
        const [when, yes, no] = parts
        return when && yes && no ? { op: 'if', when: this.formula(when), yes: this.formula(yes), no: this.formula(no) } : this.opaque(node)
      }
      case 'Comparison':
        return this.comparison(node)
      case 'FunctionInvocation':
        return this.invocation(node)
      case 'VariableName':
      case 'PathExpression':
        return this.one(node, node, [{ kind: 'boolean', value: true }])
      default:
        return this.opaque(node)
    }
  }

  private invocation(node: Node): Formula {
    const [name, list] = meaning(node)
    const given = list ? meaning(list) : []
    const called = name ? tidy(this.said(name)) : ''
    if (called === 'not' && given.length === 1) return { op: 'not', part: this.formula(given[0]!) }
    if (called === 'list contains' && given.length === 2) {
      const constants = this.constantsIn(given[0]!)
      if (constants && !this.constant(given[1]!)) return this.one(node, given[1]!, constants)
    }
    return this.opaque(node)
  }

  private comparison(node: Node): Formula {
    const [left, right, third] = meaning(node)
    if (!left || !right) return this.opaque(node)
    const sign = children(node).find((child) => child.name === 'CompareOp')
    if (!sign) {
      const constants = [right, ...(third ? [third] : [])].map((part) => this.constantsIn(part))
      if (!constants.includes(null) && !this.constant(left)) return this.one(node, left, constants.flatMap((part) => part!))
      return this.opaque(node)
    }
    const [one, other] = [this.constant(left), this.constant(right)]
    if (one && other) return this.opaque(node)
    if (other) return this.one(node, left, [other])
    if (one) return this.one(node, right, [one])
    return two(tidy(this.said(bare(left))), tidy(this.said(bare(right))), this.said(sign).trim()) ?? this.opaque(node)
  }
}

const TURNED: Readonly<Record<string, AtomOfTwo['sign']>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=', '!=': '!=' }

function two(left: string, right: string, sign: string): AtomOfTwo | null {
  if (!(sign in TURNED)) return null
  return left <= right ? { op: 'two', left, right, sign: sign as AtomOfTwo['sign'] } : { op: 'two', left: right, right: left, sign: TURNED[sign]! }
}

function text(literal: string): string {
  try {
    return JSON.parse(literal) as string
  } catch {
    return literal.slice(1, -1)
  }
}

/** The logic of a condition. What cannot be read into is opaque: it may be true or not. */
export function readCondition(condition: string): Formula {
  return new Reader(condition).formula(parseExpression(condition, {}, undefined).topNode)
}

/** Whether an expression says yes or no by itself, or names a value to be compared with. */
export function isCondition(expression: string): boolean {
  const node = bare(parseExpression(expression, {}, undefined).topNode)
  if (['Comparison', 'Conjunction', 'Disjunction', 'QuantifiedExpression'].includes(node.name)) return true
  return node.name === 'FunctionInvocation' && /^(?:not|list contains|contains|starts with|ends with|matches|every|some|all|any)\s*\(/.test(expression.trim().replace(/^\(+/, ''))
}

/** Names that an expression reads: `form.x`, `channel`. */
export const namesIn = (expression: string): string[] =>
  [...new Set([...expression.replace(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/(?<![\w.])(?!(?:date|duration|time|count|not|if|then|else|and|or|in|true|false|null|list|sum|min|max|floor|for|return)\b)([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)/g)].map((match) => match[1]!))]
