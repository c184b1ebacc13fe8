// The face of the process engine.
export { advance } from './advance.ts'
export { type Diagram, diagramOf } from './diagram.ts'
export { BpmnError, type BpmnErrorCode } from './errors.ts'
export { definitionOf, digestOf, type Parsed, parseBpmn, readXml } from './parse.ts'
export type { Callout } from './svg-callouts.ts'
export { type SvgOptions, toSvg } from './svg.ts'
export { bpmnModdle, tinhsoModdle, tinhsoUri } from './tinhso-moddle.ts'
export type * from './types.ts'
