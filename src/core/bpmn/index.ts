// The face of the process engine.
export { advance } from './advance.ts'
export { BpmnError, type BpmnErrorCode } from './errors.ts'
export { definitionOf, digestOf, parseBpmn, type Parsed } from './parse.ts'
export { bpmnModdle, tinhsoModdle, tinhsoUri } from './tinhso-moddle.ts'
export type * from './types.ts'
export { type Diagram, diagramOf } from './diagram.ts'
export { type SvgOptions, toSvg } from './svg.ts'
