// Writes decisions as a DMN 1.3 file with a diagram, so that any DMN tool opens what the platform decides by.

import { type DmnElement, DmnModdle } from 'dmn-moddle'
import type { Decision, Decisions, DecisionTable, HitPolicy } from './types.ts'

const POLICY: Readonly<Record<HitPolicy, readonly [policy: string, aggregation?: string]>> = {
  U: ['UNIQUE'], A: ['ANY'], P: ['PRIORITY'], F: ['FIRST'], R: ['RULE ORDER'], O: ['OUTPUT ORDER'], C: ['COLLECT'],
  'C+': ['COLLECT', 'SUM'], 'C#': ['COLLECT', 'COUNT'], 'C<': ['COLLECT', 'MIN'], 'C>': ['COLLECT', 'MAX'],
}

/** The file as text; the same decisions give the same text. */
export async function writeDmn(graph: Decisions): Promise<string> {
  const moddle = new DmnModdle()
  const make = (type: string, attributes: Record<string, unknown> = {}): DmnElement => moddle.create(type, attributes)
  const inputId = (name: string) => `Input_${name}`
  const tests = (id: string, text: string) => make('dmn:UnaryTests', { id, text })
  const expression = (id: string, text: string) => make('dmn:LiteralExpression', { id, text })

  const table = (id: string, { hitPolicy, inputs, outputs, annotations, rules }: DecisionTable): DmnElement => {
    const [policy, aggregation] = POLICY[hitPolicy]
    return make('dmn:DecisionTable', {
      id: `Table_${id}`, hitPolicy: policy, ...(aggregation ? { aggregation } : {}),
      input: inputs.map((input, i) => make('dmn:InputClause', {
        id: `${id}_in_${i + 1}`, label: input.label, inputExpression: expression(`${id}_in_${i + 1}_expression`, input.expression),
        ...(input.values === null ? {} : { inputValues: tests(`${id}_in_${i + 1}_values`, input.values) }),
      })),
      output: outputs.map((output, i) => make('dmn:OutputClause', {
        id: `${id}_out_${i + 1}`, name: output.name, label: output.label,
        ...(output.values.length > 0 ? { outputValues: tests(`${id}_out_${i + 1}_values`, output.values.join(', ')) } : {}),
        ...(output.fallback === null ? {} : { defaultOutputEntry: expression(`${id}_out_${i + 1}_default`, output.fallback) }),
      })),
      annotation: annotations.map((name) => make('dmn:RuleAnnotationClause', { name })),
      rule: rules.map((rule) => make('dmn:DecisionRule', {
        id: rule.id, inputEntry: rule.when.map((text, i) => tests(`${rule.id}_when_${i + 1}`, text)), outputEntry: rule.gives.map((text, i) => expression(`${rule.id}_then_${i + 1}`, text)),
        annotationEntry: rule.notes.map((text) => make('dmn:RuleAnnotation', { text })),
      })),
    })
  }

  const requirement = (decision: Decision, href: string, i: number, kind: 'requiredDecision' | 'requiredInput') =>
    make('dmn:InformationRequirement', { id: `Needs_${decision.id}_${kind}_${i + 1}`, [kind]: make('dmn:DMNElementReference', { href: `#${href}` }) })

  const elements = [
    ...graph.inputs.map((name) => make('dmn:InputData', { id: inputId(name), name, variable: make('dmn:InformationItem', { id: `${inputId(name)}_variable`, name }) })),
    ...graph.decisions.map((decision) => make('dmn:Decision', {
      id: decision.id, name: decision.name, variable: make('dmn:InformationItem', { id: `${decision.id}_variable`, name: decision.variable }),
      informationRequirement: [
        ...decision.requires.map((id, i) => requirement(decision, id, i, 'requiredDecision')),
        ...decision.reads.map((name, i) => requirement(decision, inputId(name), i, 'requiredInput')),
      ],
      decisionLogic: decision.logic.kind === 'literal' ? expression(`Literal_${decision.id}`, decision.logic.text) : table(decision.id, decision.logic),
    })),
  ]
  const root = make('dmn:Definitions', {
    id: graph.id, name: graph.name, namespace: 'https://tinhso.vn/dmn/1', exporter: 'tinhso', drgElement: elements,
    dmnDI: make('dmndi:DMNDI', { diagrams: [make('dmndi:DMNDiagram', { id: 'Diagram_1', diagramElements: shapes(graph, elements, make) })] }),
  })
  return (await moddle.toXML(root, { format: true })).xml
}

const WIDE = 180
const HIGH = 80

type Make = (type: string, attributes?: Record<string, unknown>) => DmnElement

/** Inputs at the foot, each decision one row above those it needs, a line from each to what needs it. */
function shapes(graph: Decisions, elements: readonly DmnElement[], make: Make): DmnElement[] {
  const rowOf = (decision: Decision): number => 1 + Math.max(0, ...decision.requires.map((id) => rowOf(graph.decisions.find((one) => one.id === id)!)))
  const top = Math.max(1, ...graph.decisions.map(rowOf))
  const taken = new Map<number, number>()
  const places = new Map<string, { x: number; y: number }>()
  for (const element of elements) {
    const decision = graph.decisions.find((one) => one.id === element.id)
    const row = decision ? rowOf(decision) : 0
    const at = taken.get(row) ?? 0
    taken.set(row, at + 1)
    places.set(element.id!, { x: 60 + at * (WIDE + 40), y: 60 + (top - row) * (HIGH + 80) })
  }
  const boxes = elements.map((element) =>
    make('dmndi:DMNShape', { id: `Shape_${element.id}`, dmnElementRef: element, bounds: make('dc:Bounds', { ...places.get(element.id!)!, width: WIDE, height: HIGH }) }))
  const lines = elements.flatMap((element) =>
    ((element.informationRequirement ?? []) as DmnElement[]).map((need) => {
      const from = places.get(String((need.requiredDecision ?? need.requiredInput).href).slice(1))!
      const to = places.get(element.id!)!
      const waypoint = [make('dc:Point', { x: from.x + WIDE / 2, y: from.y }), make('dc:Point', { x: to.x + WIDE / 2, y: to.y + HIGH })]
      return make('dmndi:DMNEdge', { id: `Edge_${need.id}`, dmnElementRef: need, waypoint })
    }))
  return [...boxes, ...lines]
}
