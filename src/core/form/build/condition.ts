// Conditions as a person puts them together from lists, and the FEEL that they are kept as: one can always be made of the other, or it stays FEEL.

export type Join = 'all' | 'any'

/** `=` … `>=` compare; `answered`, `open`: there is an answer or none; `has`: a choice among several; `count`, `length`: how many rows, choices, letters. */
export const OPS = [
  '=', '!=', '<', '<=', '>', '>=', 'answered', 'open', 'has', 'has_not',
  'count>=', 'count<=', 'length>=', 'length<=',
  'date<', 'date<=', 'date>', 'date>=', 'past', 'within', 'aged', 'under',
] as const
export type Op = (typeof OPS)[number]

/** A text, a number, yes or no, another answer (`{ ref: 'form.x' }`), or a length of time (`{ span: 'P18Y' }`). */
export type Operand = string | number | boolean | { readonly ref: string } | { readonly span: string }

export interface Test {
  /** `form.key`, `form.key.commune`, `channel`, `receivedOn`, `value`, `applicant.kind`, `row.key` */
  readonly subject: string
  readonly op: Op
  /** Absent for `answered` and `open`. */
  readonly operand?: Operand
}

/** Groups are joined by `join`, the tests inside each group by the other word. */
export interface Condition {
  readonly join: Join
  readonly groups: readonly (readonly Test[])[]
}

const REF = /^(?:(?:form|applicant|row)\.[A-Za-z_]\w*(?:\.[a-z_]+)?|value(?:\.[a-z_]+)?|channel|receivedOn)$/
const SPAN = /^P\d{1,4}[DMY]$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

export const isSubject = (text: string): boolean => REF.test(text)
export const isSpan = (text: string): boolean => SPAN.test(text)

// ---- writing ----

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const isRef = (operand: Operand | undefined): operand is { ref: string } => typeof operand === 'object' && 'ref' in operand
const spanOf = (operand: Operand | undefined): string => (typeof operand === 'object' && 'span' in operand ? operand.span : 'P0D')

const literal = (operand: Operand | undefined): string => {
  if (operand === undefined) return 'null'
  if (typeof operand === 'string') return quoted(operand)
  return isRef(operand) ? operand.ref : String(operand)
}

/** The day something is compared with: today is the day of filing. */
const dayOf = (operand: Operand | undefined): string => `date(${literal(operand)})`

function testFeel({ subject, op, operand }: Test): string {
  switch (op) {
    case 'answered': return `${subject} != null`
    case 'open': return `${subject} = null`
    case 'has': return `list contains(${subject}, ${literal(operand)})`
    case 'has_not': return `not(list contains(${subject}, ${literal(operand)}))`
    case 'count>=': case 'count<=': return `count(${subject}) ${op.slice(5)} ${literal(operand)}`
    case 'length>=': case 'length<=': return `string length(${subject}) ${op.slice(6)} ${literal(operand)}`
    case 'date<': case 'date<=': case 'date>': case 'date>=': return `date(${subject}) ${op.slice(4)} ${dayOf(operand)}`
    case 'past': return `date(receivedOn) > date(${subject}) + duration(${quoted(spanOf(operand))})`
    case 'within': return `date(receivedOn) <= date(${subject}) + duration(${quoted(spanOf(operand))})`
    case 'aged': return `date(${subject}) <= date(receivedOn) - duration(${quoted(spanOf(operand))})`
    case 'under': return `date(${subject}) > date(receivedOn) - duration(${quoted(spanOf(operand))})`
    default: return `${subject} ${op} ${literal(operand)}`
  }
}

/** The condition as FEEL; '' when it tests nothing. */
export function writeCondition({ join, groups }: Condition): string {
  const some = groups.filter((group) => group.length > 0)
  const [outer, inner] = join === 'all' ? [' and ', ' or '] : [' or ', ' and ']
  // `and` binds closer than `or`, so only groups of `or` need their brackets.
  const bracket = (group: readonly Test[]) => (group.length > 1 && join === 'all' && some.length > 1 ? (text: string) => `(${text})` : (text: string) => text)
  return some.map((group) => bracket(group)(group.map(testFeel).join(inner))).join(outer)
}

// ---- reading ----

type Tree = { readonly join: Join; readonly of: readonly Tree[] } | { readonly test: Test }

type Token = { readonly kind: 'text' | 'number' | 'word' | 'sign'; readonly text: string }

const TOKEN = /\s*(?:("(?:[^"\\]|\\["\\])*")|(-?\d+(?:\.\d+)?)(?![\w.])|([A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*)|(<=|>=|!=|[=<>(),+-]))/y

function tokens(text: string): Token[] | null {
  const found: Token[] = []
  TOKEN.lastIndex = 0
  const source = text.trimEnd()
  for (let at = 0; at < source.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(source)
    if (!match) return null
    const [, quote, number, word, sign] = match
    if (quote !== undefined) found.push({ kind: 'text', text: quote.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') })
    else if (number !== undefined) found.push({ kind: 'number', text: number })
    else if (word !== undefined) found.push({ kind: 'word', text: word })
    else found.push({ kind: 'sign', text: sign! })
  }
  return found
}

class NotSimple extends Error {}

/** A side of a comparison: an answer, a value, a day with a length of time, a count. */
type Side =
  | { readonly kind: 'ref'; readonly ref: string }
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'day'; readonly of: string | { readonly ref: string }; readonly span: string | null; readonly sign: '+' | '-' | null }
  | { readonly kind: 'count' | 'length'; readonly ref: string }

const FLIP = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const
type Sign = keyof typeof FLIP

function parse(list: readonly Token[]): Tree {
  let at = 0
  const peek = (text: string, ahead = 0) => list[at + ahead]?.text === text && list[at + ahead]?.kind !== 'text'
  const take = (text: string): boolean => peek(text) && ++at > 0
  const need = (text: string): void => {
    if (!take(text)) throw new NotSimple(text)
  }
  const next = (): Token => {
    const token = list[at++]
    if (!token) throw new NotSimple('end')
    return token
  }
  const ref = (): string => {
    const { kind, text } = next()
    if (kind !== 'word' || !isSubject(text)) throw new NotSimple(text)
    return text
  }
  const call = <T>(read: () => T): T => {
    need('(')
    const got = read()
    need(')')
    return got
  }

  function side(): Side {
    const { kind, text } = next()
    if (kind === 'text') return { kind: 'value', value: text }
    if (kind === 'number') return { kind: 'value', value: Number(text) }
    if (kind !== 'word') throw new NotSimple(text)
    if (text === 'null') return { kind: 'value', value: null }
    if (text === 'true' || text === 'false') return { kind: 'value', value: text === 'true' }
    if (text === 'count') return { kind: 'count', ref: call(ref) }
    if (text === 'string' && take('length')) return { kind: 'length', ref: call(ref) }
    if (text === 'date') return day()
    if (!isSubject(text)) throw new NotSimple(text)
    return { kind: 'ref', ref: text }
  }

  function day(): Side {
    const of = call(() => (list[at]?.kind === 'text' ? next().text : { ref: ref() }))
    if (typeof of === 'string' && !DAY.test(of)) throw new NotSimple(of)
    const sign = peek('+') ? '+' : peek('-') ? '-' : null
    if (!sign) return { kind: 'day', of, span: null, sign }
    at++
    need('duration')
    const span = call(() => next().text)
    if (!isSpan(span)) throw new NotSimple(span)
    return { kind: 'day', of, span, sign }
  }

  function test(): Test {
    if (peek('list') && peek('contains', 1)) {
      at += 2
      return call(() => {
        const subject = ref()
        need(',')
        return { subject, op: 'has' as const, operand: operandOf(side()) }
      })
    }
    const left = side()
    const { text } = next()
    if (!(text in FLIP)) throw new NotSimple(text)
    return compared(left, text as Sign, side())
  }

  function unit(): Tree {
    if (peek('not') && peek('(', 1)) {
      at++
      return call(() => ({ test: negated(test()) }))
    }
    return take('(') ? closed() : { test: test() }
  }
  function closed(): Tree {
    const tree = either()
    need(')')
    return tree
  }
  const chain = (word: 'and' | 'or', join: Join, of: () => Tree) => (): Tree => {
    const found = [of()]
    while (take(word)) found.push(of())
    return found.length === 1 ? found[0]! : { join, of: found }
  }
  const both = chain('and', 'all', unit)
  const either = chain('or', 'any', both)
  const tree = either()
  if (at < list.length) throw new NotSimple(list[at]!.text)
  return tree
}

/** Only what is the same for a missing answer too may be turned round. */
function negated(test: Test): Test {
  const other = { '=': '!=', '!=': '=', has: 'has_not', answered: 'open', open: 'answered' }[test.op as string]
  if (!other) throw new NotSimple(test.op)
  return { ...test, op: other as Op }
}

function operandOf(side: Side): Operand {
  if (side.kind === 'ref') return { ref: side.ref }
  if (side.kind === 'value' && side.value !== null) return side.value
  throw new NotSimple(side.kind)
}

function compared(left: Side, sign: Sign, right: Side): Test {
  if (left.kind === 'day' || right.kind === 'day') return comparedDays(left, sign, right)
  if (left.kind === 'value') return right.kind === 'value' ? fail() : compared(right, FLIP[sign], left)
  if (left.kind === 'count' || left.kind === 'length') {
    if ((sign !== '>=' && sign !== '<=') || right.kind !== 'value' || typeof right.value !== 'number') return fail()
    return { subject: left.ref, op: `${left.kind}${sign}`, operand: right.value }
  }
  if (right.kind === 'value' && right.value === null) {
    return sign === '=' ? { subject: left.ref, op: 'open' } : sign === '!=' ? { subject: left.ref, op: 'answered' } : fail()
  }
  return { subject: left.ref, op: sign, operand: operandOf(right) }
}

const fail = (): never => {
  throw new NotSimple('comparison')
}

const TODAY = 'receivedOn'

function comparedDays(left: Side, sign: Sign, right: Side): Test {
  if (left.kind !== 'day' || right.kind !== 'day' || sign === '=' || sign === '!=') return fail()
  const of = (side: typeof left) => (typeof side.of === 'string' ? side.of : side.of.ref)
  // today > day + span
  if (of(left) === TODAY && right.span && typeof right.of !== 'string' && !left.span && right.sign === '+') {
    return sign === '>' ? { subject: right.of.ref, op: 'past', operand: { span: right.span } } : sign === '<=' ? { subject: right.of.ref, op: 'within', operand: { span: right.span } } : fail()
  }
  // day <= today - span
  if (of(right) === TODAY && right.span && typeof left.of !== 'string' && !left.span && right.sign === '-') {
    return sign === '<=' ? { subject: left.of.ref, op: 'aged', operand: { span: right.span } } : sign === '>' ? { subject: left.of.ref, op: 'under', operand: { span: right.span } } : fail()
  }
  if (left.span || right.span) return fail()
  if (typeof left.of === 'string') return typeof right.of === 'string' ? fail() : comparedDays(right, FLIP[sign], left)
  return { subject: left.of.ref, op: `date${sign}`, operand: right.of }
}

/** The tests of a tree as groups, when it is no deeper than "all of (any of …)" or the other way round. */
function groupsOf(tree: Tree): Condition | null {
  if ('test' in tree) return { join: 'all', groups: [[tree.test]] }
  const groups = flat(tree, tree.join).map((branch) => {
    if ('test' in branch) return [branch.test]
    const tests = flat(branch, branch.join)
    return tests.every((one) => 'test' in one) ? tests.map((one) => (one as { test: Test }).test) : null
  })
  return groups.includes(null) ? null : { join: tree.join, groups: groups as Test[][] }
}

/** `a and (b and c)` is one list of three. */
const flat = (tree: Tree, join: Join): readonly Tree[] =>
  'test' in tree || tree.join !== join ? [tree] : tree.of.flatMap((branch) => flat(branch, join))

/** The condition that this FEEL says, or null when it says more than lists can show: then it stays FEEL. Never throws. */
export function readCondition(feel: string): Condition | null {
  if (feel.trim() === '') return { join: 'all', groups: [] }
  const list = feel.length > 4000 ? null : tokens(feel)
  if (!list) return null
  try {
    return groupsOf(parse(list))
  } catch (error) {
    if (error instanceof NotSimple) return null
    throw error
  }
}
