// Our BPMN namespace as a moddle descriptor: the same object teaches bpmn-moddle on the server and bpmn-js in the browser.
import { BpmnModdle } from 'bpmn-moddle'

export const tinhsoUri = 'https://tinhso.vn/bpmn/1'

const text = (name: string) => ({ name, isAttr: true, type: 'String' })
const lines = (name: string) => ({ name, superClass: ['Element'], properties: [{ name: 'text', isBody: true, type: 'String' }] })

export const tinhsoModdle = {
  name: 'TinhSo',
  prefix: 'tinhso',
  uri: tinhsoUri,
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'Step',
      extends: ['bpmn:FlowNode'],
      properties: [
        text('role'),
        text('unit'),
        { name: 'hours', isAttr: true, type: 'Real' },
        text('clock'),
        { name: 'status', isAttr: true, type: 'Integer' },
        text('stepId'),
        { name: 'silenceValue', isAttr: true, type: 'Real' },
        text('silenceUnit'),
        text('outcome'),
        { name: 'order', isAttr: true, type: 'Integer' },
        text('answers'),
      ],
    },
    { name: 'Route', extends: ['bpmn:SequenceFlow'], properties: [text('outcome'), text('label'), text('effect')] },
    {
      name: 'Repeat',
      extends: ['bpmn:MultiInstanceLoopCharacteristics'],
      properties: [text('collection'), text('item'), text('collect'), text('collectItem')],
    },
    lines('Does'),
    lines('Prints'),
    { name: 'Outcomes', superClass: ['Element'], properties: [{ name: 'outcomes', type: 'Outcome', isMany: true }] },
    { name: 'Outcome', superClass: ['Element'], properties: [text('key'), text('label'), text('effect')] },
  ],
}

/** A bpmn-moddle that reads and writes our attributes; use it wherever BPMN XML is built or changed. */
export const bpmnModdle = (): BpmnModdle => new BpmnModdle({ tinhso: tinhsoModdle })
