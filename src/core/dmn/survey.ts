// A DMN file of any tool looked over before it is taken: what of it can be used, what cannot and why. Nothing is refused as a whole but what cannot be read.

import { checkFeel } from '../feel/index.ts'
import type { DmnElement } from 'dmn-moddle'
import { DmnError } from './errors.ts'
import { readDecision, readXml } from './parse.ts'
import type { Decision, DecisionTable } from './types.ts'
import { unaryCondition } from './unary.ts'

export interface SurveyedDecision {
  readonly id: string
  readonly name: string
  readonly decision: Decision
  /** Its table, when it is one that can be looked at. */
  readonly table: DecisionTable | null
  /** Why it cannot be used, or what of it cannot. */
  readonly faults: readonly string[]
  /** Names of the decisions whose results it reads. */
  readonly needs: readonly string[]
}

export interface Survey {
  readonly name: string
  /** The tool that wrote the file, as it says. */
  readonly tool: string | null
  readonly decisions: readonly SurveyedDecision[]
  /** What is in the file and never taken, with the reason. */
  readonly left: readonly { readonly name: string; readonly what: string; readonly why: string }[]
}

const LEFT: Readonly<Record<string, readonly [what: string, why: string]>> = {
  'dmn:BusinessKnowledgeModel': ['Mô hình tri thức (BKM)', 'hàm dùng lại không chạy được ở đây; viết thẳng biểu thức vào bảng'],
  'dmn:DecisionService': ['Dịch vụ quyết định', 'chỉ các bảng bên trong được xem xét'],
  'dmn:KnowledgeSource': ['Nguồn tri thức', 'không ảnh hưởng kết quả; ghi văn bản vào cột căn cứ'],
  'dmn:TextAnnotation': ['Chú thích trên hình', 'không ảnh hưởng kết quả'],
}
const LOGIC: Readonly<Record<string, string>> = {
  'dmn:Invocation': 'gọi hàm (invocation)', 'dmn:FunctionDefinition': 'định nghĩa hàm', 'dmn:Context': 'bảng ngữ cảnh (context)', 'dmn:List': 'danh sách (list)', 'dmn:Relation': 'bảng quan hệ (relation)',
  'dmn:Conditional': 'biểu thức if (DMN 1.4)', 'dmn:For': 'vòng for (DMN 1.4)', 'dmn:Every': 'every (DMN 1.4)', 'dmn:Some': 'some (DMN 1.4)', 'dmn:Filter': 'lọc (DMN 1.4)',
}

/** Throws DmnError (dmn.unreadable) for what is no DMN file, too large, or declares entities. */
export async function surveyDmn(xml: string): Promise<Survey> {
  const root = await readXml(xml)
  const elements = (root.drgElement ?? []) as DmnElement[]
  const nameOf = new Map(elements.map((one) => [one.id ?? '', String(one.variable?.name ?? one.name ?? '')]))
  const decisions = elements.filter((one) => one.$type === 'dmn:Decision').map((one) => surveyed(one, nameOf))
  if (decisions.length === 0) throw new DmnError('dmn.unreadable', 'Tệp DMN không có quyết định nào; vẽ ít nhất một bảng quyết định rồi xuất lại.')
  const artifacts = (root.artifact ?? []) as DmnElement[]
  return {
    name: String(root.name ?? ''), tool: root.exporter ? String(root.exporter) : null, decisions,
    left: [...elements, ...artifacts].flatMap((one) => {
      const [what, why] = LEFT[one.$type] ?? []
      return what && why ? [{ name: String(one.name ?? one.text ?? one.id ?? ''), what, why }] : []
    }),
  }
}

function surveyed(element: DmnElement, nameOf: ReadonlyMap<string, string>): SurveyedDecision {
  const faults: string[] = []
  const logic = element.decisionLogic as DmnElement | undefined
  const strange = logic && logic.$type !== 'dmn:DecisionTable' && logic.$type !== 'dmn:LiteralExpression' ? (LOGIC[logic.$type] ?? logic.$type) : null
  if (strange) faults.push(`Quyết định này là ${strange}; ở đây chỉ dùng được bảng quyết định và biểu thức FEEL.`)
  if (!logic) faults.push('Quyết định này để trống.')
  if ((element.knowledgeRequirement ?? []).length > 0) faults.push('Quyết định này dùng mô hình tri thức (BKM), ở đây không chạy được.')
  const decision = readDecision(element, nameOf, strange || !logic ? [] : faults)
  const table = decision.logic.kind === 'table' ? decision.logic : null
  if (table) faults.push(...cellFaults(table, logic!))
  return { id: decision.id, name: decision.name || decision.id, decision, table, faults, needs: decision.requires.map((id) => nameOf.get(id) ?? id) }
}

const FEEL = /^(?:|feel|https?:\/\/www\.omg\.org\/spec\/(?:DMN\/\d+\/FEEL|FEEL\/\d+)\/?)$/i

function cellFaults(table: DecisionTable, element: DmnElement): string[] {
  const languages = new Set<string>()
  for (const part of [...((element.input ?? []) as DmnElement[]).map((one) => one.inputExpression as DmnElement | undefined), ...((element.rule ?? []) as DmnElement[]).flatMap((one) => [...(one.inputEntry ?? []), ...(one.outputEntry ?? [])] as DmnElement[])]) {
    const said = String(part?.expressionLanguage ?? '')
    if (!FEEL.test(said)) languages.add(said)
  }
  const names = [...new Set(table.inputs.flatMap((input) => input.expression.match(/[A-Za-z_]\w*/g) ?? []))]
  const cells = table.rules.flatMap((rule, at) => [
    ...rule.when.flatMap((tests, i) => {
      const problem = checkFeel(unaryCondition(tests, 'x'), [...names, 'x'])
      return problem ? [`Dòng ${at + 1}, cột “${table.inputs[i]?.label ?? i + 1}” (${tests}): ${problem}`] : []
    }),
    ...rule.gives.flatMap((text, i) => {
      const problem = text === '' || text === '-' ? null : checkFeel(text, names)
      return problem ? [`Dòng ${at + 1}, kết quả “${table.outputs[i]?.label ?? i + 1}” (${text}): ${problem}`] : []
    }),
  ])
  return [...[...languages].map((language) => `Biểu thức viết bằng ${language}; ở đây chỉ đọc FEEL.`), ...cells.slice(0, 12)]
}
