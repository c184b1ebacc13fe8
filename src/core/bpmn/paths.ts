// Which flows a token can still travel: the one question behind inclusive joins and behind the checks of a drawing.
import type { Definition, ElementDef } from './types.ts'

/** Flows that a token resting on the element may leave by: its own, those of its boundary events, those behind a link. */
export function waysOut(definition: Definition, element: ElementDef): string[] {
  const ways = [...element.outgoing]
  for (const id of element.boundary ?? []) for (const flow of definition.elements[id]?.outgoing ?? []) ways.push(flow)
  if (element.linkTo) ways.push(...(definition.elements[element.linkTo]?.outgoing ?? []))
  return ways
}

/** All flows reachable from an element without passing through `barrier`. */
export function reachableFlows(definition: Definition, from: string, barrier: string): Set<string> {
  const seen = new Set<string>()
  const start = definition.elements[from]
  const open = start && from !== barrier ? waysOut(definition, start) : []
  while (open.length > 0) {
    const id = open.pop() as string
    if (seen.has(id)) continue
    seen.add(id)
    const target = definition.elements[definition.flows[id]?.target ?? '']
    if (!target || target.id === barrier) continue
    for (const way of waysOut(definition, target)) open.push(way)
  }
  return seen
}
