// Draws small BPMN files for tests: `draw('start s; user a; end e; s>a; a>e')` is quicker to read than forty lines of XML.
import { parseBpmn } from './parse.ts'
import type { Definition } from './types.ts'

const head =
  '<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" ' +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:tinhso="https://tinhso.vn/bpmn/1" id="defs" targetNamespace="https://tinhso.vn">\n'

const roots =
  '<message id="M_tra_loi" name="tra_loi"/><signal id="S_dung" name="dung"/><error id="E_loi" errorCode="LOI"/>' +
  '<error id="E_khac" errorCode="KHAC"/><escalation id="X_tre" escalationCode="TRE"/>\n'

const tags: Record<string, string> = {
  start: 'startEvent',
  end: 'endEvent',
  user: 'userTask',
  manual: 'manualTask',
  service: 'serviceTask',
  send: 'sendTask',
  receive: 'receiveTask',
  rule: 'businessRuleTask',
  task: 'task',
  script: 'scriptTask',
  call: 'callActivity',
  sub: 'subProcess',
  xor: 'exclusiveGateway',
  or: 'inclusiveGateway',
  and: 'parallelGateway',
  race: 'eventBasedGateway',
  catch: 'intermediateCatchEvent',
  throw: 'intermediateThrowEvent',
  on: 'boundaryEvent',
}

const events: Record<string, (value: string) => string> = {
  timer: (value) =>
    `<timerEventDefinition><timeDuration xsi:type="tFormalExpression">${value || 'PT1H'}</timeDuration></timerEventDefinition>`,
  cycle: (value) => `<timerEventDefinition><timeCycle xsi:type="tFormalExpression">${value}</timeCycle></timerEventDefinition>`,
  silence: () => '<timerEventDefinition/>',
  message: () => '<messageEventDefinition messageRef="M_tra_loi"/>',
  signal: () => '<signalEventDefinition signalRef="S_dung"/>',
  error: (value) => `<errorEventDefinition${value === 'any' ? '' : ` errorRef="E_${value || 'loi'}"`}/>`,
  escalation: (value) => `<escalationEventDefinition${value === 'any' ? '' : ' escalationRef="X_tre"'}/>`,
  terminate: () => '<terminateEventDefinition/>',
  link: (value) => `<linkEventDefinition name="${value}"/>`,
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/**
 * One statement a line or between semicolons:
 *   `user a outcomes=yes,no role=x`   an element; key=value pairs are event kinds, loops, or attributes
 *   `a>b if=outcome = "yes"`          a flow; `default` and `outcome=key` also go here
 *   `sub s {` … `}`                   a subprocess, `sub s byEvent {` an event subprocess
 */
export function xmlOf(text: string): string {
  const lines = text
    .split(/[;\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return `${head}${roots}<process id="P" isExecutable="true">\n${body(lines)}</process>\n</definitions>`
}

function body(lines: string[]): string {
  const defaults = new Map<string, string>()
  for (const line of lines) if (/ default$/.test(line)) defaults.set(line.split('>')[0] ?? '', flowId(line))
  let out = ''
  while (lines.length > 0) {
    const line = lines.shift() as string
    if (line === '}') return out
    out += />/.test(line.split(' ')[0] ?? '') ? flow(line) : element(line, defaults, lines)
  }
  return out
}

const flowId = (line: string) => (line.split(' ')[0] ?? '').replace('>', '_')

function flow(line: string): string {
  const [from, to] = (line.split(' ')[0] ?? '').split('>')
  const condition = / if=(.*)$/.exec(line)?.[1]
  const outcome = / outcome=(\S+)/.exec(line)?.[1]
  const inner = condition ? `<conditionExpression xsi:type="tFormalExpression">${escaped(condition)}</conditionExpression>` : ''
  return `<sequenceFlow id="${flowId(line)}" sourceRef="${from}" targetRef="${to}"${outcome && !condition ? ` tinhso:outcome="${outcome}"` : ''}>${inner}</sequenceFlow>\n`
}

function element(line: string, defaults: Map<string, string>, rest: string[]): string {
  const [kind = '', id = '', ...words] = line.split(' ')
  const tag = tags[kind]
  if (!tag) throw new Error(`drawing: what is “${line}”?`)
  let attributes = defaults.has(id) ? ` default="${defaults.get(id)}"` : ''
  let extension = ''
  let inner = ''
  for (const word of words) {
    const [key = '', ...values] = word.split('=')
    const value = values.join('=').replaceAll('~', ' ')
    if (key === 'outcomes')
      extension += `<tinhso:outcomes>${value
        .split(',')
        .map((each) => `<tinhso:outcome key="${each}" label="${each}"/>`)
        .join('')}</tinhso:outcomes>`
    else if (key === 'at') attributes += ` attachedToRef="${value}"`
    else if (key === 'keep') attributes += kind === 'on' ? ' cancelActivity="false"' : ' isInterrupting="false"'
    else if (key === 'byEvent') attributes += ' triggeredByEvent="true"'
    else if (key === 'callee') attributes += ` calledElement="${value}"`
    else if (key === 'awaits') attributes += ' messageRef="M_tra_loi"'
    else if (key === 'each' || key === 'times' || key === 'while') inner += loop(key, value, words)
    else if (key in events) inner += events[key]?.(value) ?? ''
    else if (key !== 'sequential' && key !== 'until' && key !== 'collect' && key !== '{') attributes += ` tinhso:${key}="${escaped(value)}"`
  }
  if (words.at(-1) === '{') inner += body(rest)
  const extensions = extension ? `<extensionElements>${extension}</extensionElements>` : ''
  return `<${tag} id="${id}"${attributes}>${extensions}${inner}</${tag}>\n`
}

function loop(key: string, value: string, words: string[]): string {
  const expression = (tag: string, body: string) => `<${tag} xsi:type="tFormalExpression">${escaped(body)}</${tag}>`
  if (key === 'while') return `<standardLoopCharacteristics>${expression('loopCondition', value)}</standardLoopCharacteristics>`
  const word = (name: string) =>
    words
      .find((each) => each.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replaceAll('~', ' ')
  const until = word('until')
  const attributes = `${words.includes('sequential') ? ' isSequential="true"' : ''}${key === 'each' ? ` tinhso:collection="${value}" tinhso:item="item"` : ''}`
  const collect = word('collect') ? ` tinhso:collect="${word('collect')}"` : ''
  const inner = `${key === 'times' ? expression('loopCardinality', value) : ''}${until ? expression('completionCondition', until) : ''}`
  return `<multiInstanceLoopCharacteristics${attributes}${collect}>${inner}</multiInstanceLoopCharacteristics>`
}

export async function draw(text: string): Promise<Definition> {
  const { definition, report } = await parseBpmn(xmlOf(text))
  const errors = report.filter((entry) => entry.level === 'error')
  if (errors.length > 0) throw new Error(`drawing has faults: ${JSON.stringify(errors)}`)
  return definition
}
