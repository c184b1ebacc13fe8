// Our BPMN namespace for scripts in the browser: the same descriptor by which the server reads a drawing.

export { tinhsoModdle } from '#core/bpmn/tinhso-moddle.ts'
