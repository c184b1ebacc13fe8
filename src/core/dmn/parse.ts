// Reads a DMN 1.3 file, drawn in any tool, into decisions that can be run; all its faults at once, in words for who drew it.

import { DmnModdle, type DmnElement } from 'dmn-moddle'
import { checkFeel, FEEL_NAMES } from '../feel/index.ts'
import { DmnError } from './errors.ts'
import type { Decision, Decisions, DecisionTable, HitPolicy, InputClause, LiteralExpression, OutputClause, Rule } from './types.ts'
import { unaryCondition } from './unary.ts'

const MOST_BYTES = 2 * 1024 * 1024

const POLICIES: Readonly<Record<string, HitPolicy>> = {
  UNIQUE: 'U', ANY: 'A', PRIORITY: 'P', FIRST: 'F', 'RULE ORDER': 'R', 'OUTPUT ORDER': 'O', COLLECT: 'C',
}
const AGGREGATIONS: Readonly<Record<string, HitPolicy>> = { SUM: 'C+', COUNT: 'C#', MIN: 'C<', MAX: 'C>' }

const list = (value: DmnElement[] | undefined): DmnElement[] => value ?? []
const textOf = (element: DmnElement | undefined): string => String(element?.text ?? '').trim()

/** Throws DmnError naming every fault: not DMN, an unknown hit policy, an expression that cannot be read, a requirement that leads nowhere or in a circle. */
export async function parseDmn(xml: string): Promise<Decisions> {
  const root = await readXml(xml)
  const faults: string[] = []
  const elements = list(root.drgElement)
  const inputs = elements.filter((one) => one.$type === 'dmn:InputData').map((one) => String(one.variable?.name ?? one.name ?? ''))
  const drawn = elements.filter((one) => one.$type === 'dmn:Decision')
  for (const other of elements) {
    if (other.$type !== 'dmn:BusinessKnowledgeModel' && other.$type !== 'dmn:DecisionService') continue
    faults.push(`“${other.name ?? other.id}” là mô hình tri thức hoặc dịch vụ quyết định, chưa dùng được ở đây; viết lại thành bảng hoặc biểu thức.`)
  }
  const nameOf = new Map(elements.map((one) => [one.id ?? '', String(one.variable?.name ?? one.name ?? '')]))
  const decisions = drawn.map((one) => readDecision(one, nameOf, faults))
  if (decisions.length === 0) faults.push('Tệp DMN không có quyết định nào.')
  faults.push(...circles(decisions))
  const graph = { id: root.id ?? '', name: root.name ?? '', inputs, decisions }
  if (faults.length === 0) faults.push(...expressions(graph))
  if (faults.length > 0) throw new DmnError('dmn.faults', faults)
  return graph
}

/** The root of a file, not yet understood. Throws DmnError. */
export async function readXml(xml: string): Promise<DmnElement> {
  if (Buffer.byteLength(xml) > MOST_BYTES) throw new DmnError('dmn.unreadable', 'Tệp DMN lớn hơn 2 MB; bảng phí không bao giờ lớn như vậy.')
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw new DmnError('dmn.unreadable', 'Tệp DMN có khai báo DOCTYPE hoặc thực thể XML, không được nhận; xuất lại tệp từ công cụ vẽ.')
  const read = await new DmnModdle().fromXML(xml, 'dmn:Definitions').catch((cause: unknown) => {
    throw new DmnError('dmn.unreadable', 'Không đọc được tệp; cần một tệp DMN 1.3 (.dmn) còn nguyên vẹn.', { cause })
  })
  return read.rootElement
}

export function readDecision(element: DmnElement, nameOf: ReadonlyMap<string, string>, faults: string[]): Decision {
  const name = String(element.name ?? element.id ?? '')
  const requires: string[] = []
  const reads: string[] = []
  for (const requirement of list(element.informationRequirement)) {
    const [to, into] = requirement.requiredDecision ? [requirement.requiredDecision, requires] : [requirement.requiredInput, reads]
    const id = String(to?.href ?? '').replace(/^#/, '')
    if (!nameOf.has(id)) faults.push(`Quyết định “${name}” cần “${id}” nhưng tệp không có; vẽ lại đường nối.`)
    else into.push(into === reads ? nameOf.get(id)! : id)
  }
  const logic = element.decisionLogic as DmnElement | undefined
  return { id: element.id ?? '', name, variable: String(element.variable?.name ?? element.id ?? ''), requires, reads, logic: readLogic(logic, name, faults) }
}

function readLogic(logic: DmnElement | undefined, name: string, faults: string[]): DecisionTable | LiteralExpression {
  if (logic?.$type === 'dmn:LiteralExpression') return { kind: 'literal', text: textOf(logic) }
  if (logic?.$type === 'dmn:DecisionTable') return readTable(logic, name, faults)
  faults.push(`Quyết định “${name}” phải là bảng quyết định hoặc một biểu thức FEEL.`)
  return { kind: 'literal', text: 'null' }
}

function policyOf(table: DmnElement, name: string, faults: string[]): HitPolicy {
  const said = String(table.hitPolicy ?? 'UNIQUE')
  const policy = POLICIES[said]
  const aggregation = table.aggregation === undefined ? null : String(table.aggregation)
  if (!policy) faults.push(`Bảng “${name}”: không có cách chọn dòng “${said}”; chọn một trong ${Object.keys(POLICIES).join(', ')}.`)
  if (aggregation === null) return policy ?? 'U'
  if (policy !== 'C') faults.push(`Bảng “${name}”: cách gộp ${aggregation} chỉ dùng với COLLECT.`)
  const collect = AGGREGATIONS[aggregation]
  if (!collect) faults.push(`Bảng “${name}”: không có cách gộp “${aggregation}”; chọn một trong ${Object.keys(AGGREGATIONS).join(', ')}.`)
  return collect ?? 'C'
}

function readTable(table: DmnElement, name: string, faults: string[]): DecisionTable {
  const inputs = list(table.input).map((one): InputClause => {
    const expression = textOf(one.inputExpression)
    return { label: String(one.label ?? expression), expression, values: textOf(one.inputValues) || null }
  })
  const outputs = list(table.output).map((one): OutputClause => ({
    name: String(one.name ?? ''), label: String(one.label ?? one.name ?? name), values: split(textOf(one.outputValues)), fallback: textOf(one.defaultOutputEntry) || null,
  }))
  const rules = list(table.rule).map((one): Rule => ({
    id: one.id ?? '', when: list(one.inputEntry).map(textOf), gives: list(one.outputEntry).map(textOf), notes: list(one.annotationEntry).map(textOf),
  }))
  const hitPolicy = policyOf(table, name, faults)
  if (outputs.length === 0) faults.push(`Bảng “${name}” không có cột kết quả.`)
  if (outputs.length > 1 && outputs.some((one) => one.name === '')) faults.push(`Bảng “${name}” có nhiều cột kết quả nên mỗi cột phải có tên (name).`)
  if (outputs.length > 1 && hitPolicy.length > 1) faults.push(`Bảng “${name}”: gộp kết quả (${hitPolicy}) chỉ dùng với một cột kết quả.`)
  if ((hitPolicy === 'P' || hitPolicy === 'O') && outputs.every((one) => one.values.length === 0)) {
    faults.push(`Bảng “${name}” chọn theo ưu tiên (${hitPolicy}) nên cột kết quả phải ghi các giá trị, giá trị ưu tiên đứng trước.`)
  }
  for (const [at, rule] of rules.entries()) {
    if (rule.when.length !== inputs.length || rule.gives.length !== outputs.length) faults.push(`Bảng “${name}”, dòng ${at + 1}: số ô không khớp với số cột.`)
  }
  return { kind: 'table', hitPolicy, inputs, outputs, annotations: list(table.annotation).map((one) => String(one.name ?? '')), rules }
}

/** Values of an output, as FEEL, cut at commas outside texts. */
const split = (text: string): string[] => (text ? [...text.matchAll(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g)].map(([part]) => part.trim()).filter(Boolean) : [])

function circles(decisions: readonly Decision[]): string[] {
  const done = new Set<string>()
  const under = new Set<string>()
  const found: string[] = []
  const visit = (id: string): void => {
    const decision = decisions.find((one) => one.id === id)
    if (!decision || done.has(id)) return
    if (under.has(id)) {
      found.push(`Quyết định “${decision.name}” đi vòng về chính nó; bỏ một đường nối.`)
      return
    }
    under.add(id)
    decision.requires.forEach(visit)
    under.delete(id)
    done.add(id)
  }
  for (const one of decisions) visit(one.id)
  return found
}

/** Every expression that cannot be read, with the table and the row where it stands. */
function expressions(graph: Decisions): string[] {
  return graph.decisions.flatMap((decision) => {
    const variables = decision.requires.map((id) => graph.decisions.find((one) => one.id === id)!.variable)
    const names = [...new Set([...FEEL_NAMES, ...graph.inputs, ...variables])]
    const check = (text: string, where: string): string[] => {
      const problem = checkFeel(text, names)
      return problem ? [`“${decision.name}”, ${where}: ${problem}`] : []
    }
    if (decision.logic.kind === 'literal') return check(decision.logic.text, 'biểu thức')
    const { inputs, rules, outputs } = decision.logic
    const columns = inputs.flatMap((input) => check(input.expression, `cột “${input.label}”`))
    if (columns.length > 0) return columns
    return [
      ...outputs.flatMap((output) => (output.fallback === null ? [] : check(output.fallback, `mặc định của “${output.label}”`))),
      ...rules.flatMap((rule, at) => [
        ...rule.when.flatMap((tests, i) => check(unaryCondition(tests, inputs[i]!.expression), `dòng ${at + 1}, cột “${inputs[i]!.label}” (${tests})`)),
        ...rule.gives.flatMap((text, i) => (text === '' || text === '-' ? [] : check(text, `dòng ${at + 1}, kết quả “${outputs[i]!.label}”`))),
      ]),
    ]
  })
}
