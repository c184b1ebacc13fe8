// Reads a BPMN 2.0 file, drawn in any tool, into a Definition the engine can run, with a report of what it found wrong.
import { createHash } from 'node:crypto'
import type { ModdleElement, ModdleWarning } from 'bpmn-moddle'
import { check } from './check.ts'
import { BpmnError } from './errors.ts'
import { GraphReader } from './graph.ts'
import { extensionsOf } from './read.ts'
import { bpmnModdle } from './tinhso-moddle.ts'
import type { Definition, ReportEntry } from './types.ts'

export const maxBytes = 10 * 1024 * 1024

export interface Parsed {
  definition: Definition
  report: ReportEntry[]
}

export const digestOf = (xml: string): string => createHash('sha256').update(xml).digest('hex')

/**
 * Faults of the drawing are in the report (a definition with an `error` entry should not be published; `advance` refuses to pass an
 * unsupported element). Throws BpmnError when there is nothing to report on: over 10 MB, a DOCTYPE or entity, not XML, no process.
 */
export async function parseBpmn(xml: string): Promise<Parsed> {
  const { rootElement, references, warnings } = await readXml(xml)
  const reader = new GraphReader(references)
  const definition = reader.read(rootElement, digestOf(xml))
  const report = [...warnings.flatMap(fromModdle), ...foreignExtensions(rootElement, warnings), ...reader.report]
  return { definition, report: [...report, ...check(definition)] }
}

/** The raw moddle tree after the same guards; for those who draw or rewrite a file. */
export async function readXml(xml: string) {
  if (Buffer.byteLength(xml) > maxBytes) {
    throw new BpmnError('bpmn.too_large', 'Tệp quy trình lớn hơn 10 MB; bỏ bớt hình ảnh nhúng hoặc tách thành nhiều quy trình rồi tải lại.')
  }
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) {
    throw new BpmnError(
      'bpmn.entities',
      'Tệp quy trình có khai báo DOCTYPE hoặc thực thể XML, không được nhận; xuất lại tệp từ công cụ vẽ.',
    )
  }
  const read = await bpmnModdle()
    .fromXML(xml)
    .catch((cause: unknown) => {
      throw new BpmnError('bpmn.unreadable', 'Không đọc được tệp; cần một tệp BPMN 2.0 (.bpmn) còn nguyên vẹn.', null, { cause })
    })
  if (read.rootElement?.$type !== 'bpmn:Definitions') throw new BpmnError('bpmn.unreadable', 'Tệp không phải quy trình BPMN 2.0.')
  return read
}

function fromModdle(warning: ModdleWarning): ReportEntry[] {
  const element = warning.element?.id ?? ''
  const duplicate = /duplicate ID <([^>]*)>/.exec(warning.message)
  if (duplicate)
    return [{ level: 'error', element: duplicate[1] ?? '', message: `Mã “${duplicate[1]}” được dùng hai lần; đổi mã của một phần tử.` }]
  if (warning.property === 'bpmn:sourceRef' || warning.property === 'bpmn:targetRef') return []
  if (/loopData(In|Out)putRef$/.test(warning.property ?? '') || /^unknown attribute/.test(warning.message)) return []
  if (/^unresolved reference/.test(warning.message)) {
    return [{ level: 'warning', element, message: `Tham chiếu tới “${warning.value}” không có trong tệp; bỏ qua.` }]
  }
  return [{ level: 'warning', element, message: `Có phần không đọc được, bỏ qua: ${warning.message.split('\n')[0]}` }]
}

/** One line for each foreign namespace: its content stays in the file and is not used. */
function foreignExtensions(root: ModdleElement, warnings: ModdleWarning[]): ReportEntry[] {
  const prefixes = new Set<string>()
  for (const [name] of Object.entries(root.$attrs ?? {}))
    if (!/^(xmlns|xsi)/.test(name) && name.includes(':')) prefixes.add(name.split(':')[0] ?? '')
  for (const warning of warnings) {
    const found = /^unknown attribute <([^:>]+):/.exec(warning.message)
    if (found?.[1]) prefixes.add(found[1])
  }
  const walk = (element: ModdleElement): void => {
    for (const extension of extensionsOf(element)) prefixes.add(extension.$type.split(':')[0] ?? '')
    for (const attribute of Object.keys(element.$attrs ?? {})) if (attribute.includes(':')) prefixes.add(attribute.split(':')[0] ?? '')
    for (const child of [...(element.rootElements ?? []), ...(element.flowElements ?? [])]) walk(child)
  }
  walk(root)
  for (const ours of ['tinhso', 'xmlns', 'xsi', 'bioc', 'color', 'modeler', 'bpmn']) prefixes.delete(ours)
  return [...prefixes].map((prefix) => ({
    level: 'warning',
    element: '',
    message: `Tệp có phần mở rộng “${prefix}” của công cụ khác; được giữ nguyên trong tệp nhưng không dùng khi chạy.`,
  }))
}

const cache = new Map<string, Promise<Definition>>()
const cacheSize = 200

/** The definition of a file whose digest is known; parsed once, the 200 last used are kept. */
export function definitionOf(digest: string, xml: string | (() => Promise<string>)): Promise<Definition> {
  const known = cache.get(digest)
  cache.delete(digest)
  const found =
    known ??
    Promise.resolve(typeof xml === 'string' ? xml : xml())
      .then(parseBpmn)
      .then((parsed) => parsed.definition)
  cache.set(digest, found)
  if (!known) found.catch(() => cache.delete(digest))
  const oldest = cache.keys().next().value
  if (cache.size > cacheSize && oldest !== undefined) cache.delete(oldest)
  return found
}
