// A whole condition as a sentence an official reads, and as the rows of lists an official fills in; both ways.

import { type Condition, type Join, type Op, OPS, readCondition, type Test, writeCondition } from './condition.ts'
import { offersFor, operandText, readOperand, type Subject, testWords } from './offers.ts'

/** The sentence of a FEEL condition; null when only FEEL can say it. */
export function conditionSentence(feel: string, subjects: readonly Subject[]): string | null {
  const condition = readCondition(feel)
  if (!condition || !shown(condition, subjects)) return null
  const [outer, inner] = condition.join === 'all' ? [' và ', ' hoặc '] : [' hoặc ', ' và ']
  const several = condition.groups.length > 1
  return condition.groups
    .map((group) => {
      const said = group.map((test) => testWords(test, subjects)).join(inner)
      return several && group.length > 1 ? `(${said})` : said
    })
    .join(outer)
}

/** Whether lists can show every part of it: a question that is not there, or a test nobody offers, stays FEEL. */
const shown = (condition: Condition, subjects: readonly Subject[]): boolean =>
  condition.groups.flat().every((test) => {
    const subject = subjects.find(({ ref }) => ref === test.subject)
    const offer = subject && offersFor(subject.type).find(({ op }) => op === test.op)
    return offer !== undefined && readsBack(test, subject!)
  })

const readsBack = (test: Test, subject: Subject): boolean => {
  const offer = offersFor(subject.type).find(({ op }) => op === test.op)!
  return JSON.stringify(readOperand(operandText(test.operand), offer.operand, subject.type)) === JSON.stringify(test.operand)
}

/** A condition that lists can show, or null: then the page shows its FEEL. */
export function listed(feel: string | undefined, subjects: readonly Subject[]): Condition | null {
  const condition = readCondition(feel ?? '')
  return condition && shown(condition, subjects) ? condition : null
}

/** One row of the lists as posted; an empty subject is a row not filled in. */
export interface Row {
  readonly group: number
  readonly subject: string
  readonly op: string
  readonly value: string
}

export interface PostedCondition {
  readonly mode: 'words' | 'feel'
  readonly feel: string
  readonly join: Join
  readonly rows: readonly Row[]
}

type Body = Readonly<Record<string, unknown>>

const last = (value: unknown): string => {
  const one = Array.isArray(value) ? value.at(-1) : value
  return typeof one === 'string' ? one.normalize('NFC') : ''
}

/** A length of time is posted as a number and its unit: 18 and Y are P18Y. */
const spanned = (value: string, unit: string): string => (/^[DMY]$/.test(unit) && /^\d{1,4}$/.test(value.trim()) ? `P${value.trim()}${unit}` : value)

/** Reads `NAME.mode`, `NAME.feel`, `NAME.join`, `NAME.G.R.subject|op|value`; null when the page did not ask for this condition. */
export function readPosted(body: Body, name: string): PostedCondition | null {
  if (body[`${name}.mode`] === undefined) return null
  const rows = new Map<string, Row>()
  for (const key of Object.keys(body)) {
    if (!key.startsWith(`${name}.`)) continue
    const [, group, row] = /^(\d{1,2})\.(\d{1,2})\.subject$/.exec(key.slice(name.length + 1)) ?? []
    if (group === undefined || row === undefined) continue
    const at = `${name}.${group}.${row}`
    rows.set(`${group.padStart(2, '0')}.${row.padStart(2, '0')}`, { group: Number(group), subject: last(body[`${at}.subject`]), op: last(body[`${at}.op`]), value: spanned(last(body[`${at}.value`]), last(body[`${at}.unit`])) })
  }
  return {
    mode: last(body[`${name}.mode`]) === 'feel' ? 'feel' : 'words', feel: last(body[`${name}.feel`]).trim(), join: last(body[`${name}.join`]) === 'any' ? 'any' : 'all',
    rows: [...rows].sort(([a], [b]) => a.localeCompare(b)).map(([, row]) => row),
  }
}

/** The FEEL of what was posted. A row whose test does not fit its question takes the first that does; a row without a value waits and is left out. */
export function postedFeel(posted: PostedCondition, subjects: readonly Subject[]): string {
  if (posted.mode === 'feel') return posted.feel
  const groups = new Map<number, Test[]>()
  for (const row of posted.rows) {
    const test = testOf(row, subjects)
    if (test) groups.set(row.group, [...(groups.get(row.group) ?? []), test])
  }
  return writeCondition({ join: posted.join, groups: [...groups.values()] })
}

function testOf(row: Row, subjects: readonly Subject[]): Test | null {
  const subject = subjects.find(({ ref }) => ref === row.subject)
  if (!subject) return null
  const offers = offersFor(subject.type)
  const offer = offers.find(({ op }) => op === (OPS as readonly string[] as readonly Op[]).find((known) => known === row.op)) ?? offers[0]!
  if (offer.operand === 'none') return { subject: subject.ref, op: offer.op }
  const operand = readOperand(row.value, offer.operand, subject.type)
  return operand === undefined ? null : { subject: subject.ref, op: offer.op, operand }
}
