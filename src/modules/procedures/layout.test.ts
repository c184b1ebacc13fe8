// The diagram shows everything once and lays nothing over anything.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Drawing, Scope } from './drawing.ts'
import { layout } from './layout.ts'
import { buildBpmn } from './process.ts'
import { all } from './testing/nested.ts'

describe('the diagram', () => {
  it.each(all.map((record) => [record.code, record] as const))('of %s shows every element and flow once', async (_code, record) => {
    const text = await buildBpmn(record)
    const ids = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!).sort()
    expect(ids(/<bpmndi:BPMNEdge [^>]*bpmnElement="([^"]+)"/g)).toEqual(ids(/<bpmn:sequenceFlow id="([^"]+)"/g))
    expect(ids(/<bpmndi:BPMNShape [^>]*bpmnElement="([^"]+)"/g)).toEqual(
      ids(/<bpmn:(?:userTask|startEvent|endEvent|boundaryEvent|exclusiveGateway|parallelGateway|subProcess|callActivity) id="([^"]+)"/g),
    )
    const numbers = [...text.matchAll(/ (?:x|y|width|height)="([^"]*)"/g)].map((match) => Number(match[1]))
    expect(numbers.every((number) => Number.isFinite(number) && number >= 0)).toBe(true)
  })

  it('never lays one box of a scope over another, whatever the flows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 }), (size, flows) => {
        const drawing = new Drawing()
        const names = Array.from({ length: size }, (_, i) =>
          drawing.node(drawing.root, i % 3 ? 'bpmn:userTask' : 'bpmn:exclusiveGateway', `n${i}`),
        )
        for (const [from, to] of flows) drawing.flow(drawing.root, names[from % size]!, names[to % size]!)
        const inner = new Scope()
        drawing.node(inner, 'bpmn:userTask', 'inside')
        drawing.node(drawing.root, 'bpmn:subProcess', 'sub', {}, { inner })
        const { boxes, lines } = layout(drawing.root)
        expect(boxes).toHaveLength(size + 2)
        expect(lines).toHaveLength(flows.length)
        const scope = boxes.filter((box) => box.node.id !== 'inside')
        for (const a of scope)
          for (const b of scope) {
            const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
            expect(a === b || apart).toBe(true)
          }
      }),
    )
  })
})
