// Runs decisions: the requirement graph from its leaves, tables by their hit policy, cells in FEEL. Pure, and never silent about a fault.

import { feel } from '../feel/index.ts'
import { DmnError } from './errors.ts'
import type { Decision, Decisions, DecisionTable, Rule } from './types.ts'
import { unaryCondition } from './unary.ts'

export type Scope = Readonly<Record<string, unknown>>

/** A rule that held, and what it gave. */
export interface Hit {
  readonly decision: string
  readonly rule: string
  /** From 1, as the table shows it. */
  readonly at: number
}

export interface Decided {
  readonly value: unknown
  /** Which rules held, in the order in which the decisions were taken. */
  readonly hits: readonly Hit[]
}

interface Run {
  readonly graph: Decisions
  readonly scope: Scope
  readonly known: Map<string, unknown>
  readonly hits: Hit[]
}

/**
 * The result of one decision over the inputs. Contexts where a table has several outputs, plain values where it has one; lists for R, O
 * and C. Values that pass from one decision to the next are plain: a date is its text.
 * Throws DmnError: overlapping rules under U, differing results under A, no rule at all under U, A, P, F without a default (a hole), an
 * input that the table does not allow, a result without a place in the order of P or O.
 */
export function decide(graph: Decisions, decision: string, scope: Scope): Decided {
  const run: Run = { graph, scope, known: new Map(), hits: [] }
  return { value: resultOf(run, decision), hits: run.hits }
}

function resultOf(run: Run, id: string): unknown {
  if (run.known.has(id)) return run.known.get(id)
  const decision = run.graph.decisions.find((one) => one.id === id)
  if (!decision) throw new DmnError('dmn.no_decision', `Không có quyết định “${id}” trong tệp DMN.`)
  const scope: Record<string, unknown> = { ...run.scope }
  for (const required of decision.requires) {
    const value = resultOf(run, required)
    scope[run.graph.decisions.find((one) => one.id === required)!.variable] = value
  }
  const value = decision.logic.kind === 'literal' ? feel(decision.logic.text, scope).value : tableResult(run, decision, decision.logic, scope)
  run.known.set(id, value)
  return value
}

const true_ = (condition: string, scope: Scope): boolean => feel(condition, scope).value === true

function tableResult(run: Run, decision: Decision, table: DecisionTable, scope: Scope): unknown {
  for (const input of table.inputs) {
    if (input.values !== null && !true_(unaryCondition(input.values, input.expression), scope)) {
      const given = JSON.stringify(feel(input.expression, scope).value)
      throw new DmnError('dmn.input', `Bảng “${decision.name}”: cột “${input.label}” không nhận giá trị ${given}; chỉ nhận ${input.values}.`)
    }
  }
  const met = table.rules
    .map((rule, at) => ({ rule, at: at + 1 }))
    .filter(({ rule }) => rule.when.every((tests, i) => true_(unaryCondition(tests, table.inputs[i]!.expression), scope)))
  const note = (found: readonly { rule: Rule; at: number }[]) => run.hits.push(...found.map(({ rule, at }) => ({ decision: decision.id, rule: rule.id, at })))
  const give = (rule: Rule): unknown => outcome(table, rule.gives, scope)
  const single = ['U', 'A', 'P', 'F'].includes(table.hitPolicy)
  if (single && met.length === 0) return hole(decision, table, scope)
  switch (table.hitPolicy) {
    case 'U':
      if (met.length > 1) {
        throw new DmnError('dmn.overlap', `Bảng “${decision.name}” chỉ cho một dòng khớp (U) nhưng các dòng ${met.map((one) => one.at).join(', ')} cùng khớp; sửa điều kiện cho rời nhau.`)
      }
      note(met)
      return give(met[0]!.rule)
    case 'F':
      note(met.slice(0, 1))
      return give(met[0]!.rule)
    case 'A': {
      const given = met.map(({ rule }) => give(rule))
      const other = given.findIndex((value) => JSON.stringify(value) !== JSON.stringify(given[0]))
      if (other > 0) throw new DmnError('dmn.any', `Bảng “${decision.name}” đòi các dòng cùng khớp cho cùng kết quả (A), nhưng dòng ${met[0]!.at} và dòng ${met[other]!.at} khác nhau.`)
      note(met)
      return given[0]
    }
    case 'P': {
      const [best] = byPriority(decision, table, met, scope)
      note([best!])
      return give(best!.rule)
    }
    case 'R':
    case 'C':
      note(met)
      return met.map(({ rule }) => give(rule))
    case 'O': {
      const sorted = byPriority(decision, table, met, scope)
      note(sorted)
      return sorted.map(({ rule }) => give(rule))
    }
    default:
      note(met)
      return collected(decision, table.hitPolicy, met.map(({ rule }) => give(rule)))
  }
}

function outcome(table: DecisionTable, cells: readonly string[], scope: Scope): unknown {
  const values = cells.map((cell) => (cell.trim() === '' || cell.trim() === '-' ? null : feel(cell, scope).value))
  return table.outputs.length === 1 ? values[0] : Object.fromEntries(table.outputs.map((output, i) => [output.name, values[i]]))
}

function hole(decision: Decision, table: DecisionTable, scope: Scope): unknown {
  if (table.outputs.some((output) => output.fallback !== null)) return outcome(table, table.outputs.map((output) => output.fallback ?? 'null'), scope)
  const given = table.inputs.map((input) => `${input.label} = ${JSON.stringify(feel(input.expression, scope).value)}`).join(', ')
  throw new DmnError('dmn.hole', `Bảng “${decision.name}” không có dòng nào cho ${given || 'dữ liệu này'}; thêm dòng hoặc giá trị mặc định.`)
}

/** Sorted by the outputs' own order of values, the first output first; equal ones stay as drawn. */
function byPriority(decision: Decision, table: DecisionTable, met: readonly { rule: Rule; at: number }[], scope: Scope) {
  const orders = table.outputs.map((output) => output.values.map((value) => JSON.stringify(feel(value, scope).value)))
  const ranked = met.map((one) => ({
    ...one,
    ranks: one.rule.gives.map((cell, i) => {
      if (orders[i]!.length === 0) return 0
      const rank = orders[i]!.indexOf(JSON.stringify(feel(cell, scope).value))
      if (rank < 0) throw new DmnError('dmn.priority', `Bảng “${decision.name}”, dòng ${one.at}: ${cell} không có trong thứ tự ưu tiên của cột “${table.outputs[i]!.label}”.`)
      return rank
    }),
  }))
  return ranked.sort((one, other) => {
    for (const [i, rank] of one.ranks.entries()) if (rank !== other.ranks[i]) return rank - other.ranks[i]!
    return 0
  })
}

function collected(decision: Decision, policy: string, values: readonly unknown[]): unknown {
  if (policy === 'C#') return new Set(values.map((value) => JSON.stringify(value))).size
  if (values.length === 0) return policy === 'C+' ? 0 : null
  if (!values.every((value) => typeof value === 'number')) {
    throw new DmnError('dmn.expression', `Bảng “${decision.name}” (${policy}) cần các kết quả là số; có dòng không cho số.`)
  }
  if (policy === 'C+') return values.reduce((sum, value) => sum + value, 0)
  return policy === 'C<' ? Math.min(...values) : Math.max(...values)
}
