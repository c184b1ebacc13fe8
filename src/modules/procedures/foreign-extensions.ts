// Extensions of other tools in a BPMN file: what could run is taken out and named, the rest stays in the file and is named by its tool.

import type { ModdleElement } from 'bpmn-moddle'
import type { Note } from './foreign-drawing.ts'

const TOOLS: Readonly<Record<string, string>> = {
  camunda: 'Camunda', zeebe: 'Camunda 8', flowable: 'Flowable', activiti: 'Activiti', signavio: 'Signavio', aris: 'ARIS', bizagi: 'Bizagi', drools: 'jBPM', tns: 'jBPM', modeler: 'Camunda Modeler', trisotech: 'Trisotech',
}

/** What an engine of another tool would run: never ours to keep. */
const RUNS = /(script|listener|connector|taskDefinition|class|expression|delegate|inputOutput|ioMapping|field|in$|out$|properties$)/i
const CODE = /(executionListener|taskListener|script|class$|delegateExpression|connector)/i

const OURS = new Set(['tinhso', 'xmlns', 'xsi', 'bioc', 'color', 'bpmn', 'bpmndi', 'dc', 'di'])

/** Names every extension of other tools, tool by tool; scripts, listeners and the like are taken out with the place where they stood. */
export function extensionsReport(elements: ReadonlyMap<string, ModdleElement>, note: Note): void {
  const kept = new Map<string, { places: number; names: Set<string> }>()
  const keep = (name: string) => {
    const [prefix = '', local = ''] = name.split(':')
    if (OURS.has(prefix)) return
    const found = kept.get(prefix) ?? { places: 0, names: new Set<string>() }
    found.places += 1
    found.names.add(local)
    kept.set(prefix, found)
  }
  for (const element of elements.values()) {
    const values = (element.extensionElements?.values ?? []) as ModdleElement[]
    const code = values.filter((one) => !one.$type.startsWith('tinhso:') && CODE.test(one.$type))
    for (const one of code) note('refused', element, `Mã lệnh hoặc trình nghe “${one.$type}” không được nhận và đã bỏ khỏi hình${quoted(one)}. Hệ thống không chạy mã trong tệp; việc nào cần người làm thì ghi thành một bước.`)
    if (code.length > 0) element.extensionElements.values = values.filter((one) => !code.includes(one))
    for (const one of values) if (!code.includes(one)) keep(one.$type)
    for (const name of Object.keys(element.$attrs ?? {})) {
      if (!name.includes(':') || name.startsWith('xmlns')) continue
      if (!name.startsWith('tinhso:') && CODE.test(name)) {
        note('refused', element, `Lời gọi mã “${name}” (${String(element.$attrs[name]).slice(0, 120)}) không được nhận và đã bỏ khỏi hình.`)
        delete element.$attrs[name]
      } else keep(name)
    }
  }
  for (const [prefix, { places, names }] of kept) {
    const tool = TOOLS[prefix] ?? `“${prefix}”`
    const runs = [...names].some((name) => RUNS.test(name)) ? ' Những gì công cụ kia tự chạy (biến, ánh xạ dữ liệu, lời gọi dịch vụ) không chạy ở đây.' : ''
    note('kept', null, `Phần mở rộng của ${tool} ở ${places} chỗ (${[...names].slice(0, 8).join(', ')}${names.size > 8 ? '…' : ''}): giữ nguyên trong tệp, không dùng khi chạy.${runs}`)
  }
}

/** The first words of what was taken out, so that the report keeps them. */
function quoted(one: ModdleElement): string {
  const inner = one.$children as ModdleElement[] | undefined
  const text = String(one.$body ?? one.body ?? inner?.map((child) => child.$body ?? '').join(' ') ?? '').trim()
  const named = [one.class, one.expression, one.delegateExpression, one.event].filter((word) => typeof word === 'string').join(', ')
  const said = (text || named).replace(/\s+/g, ' ').slice(0, 200)
  return said ? `: “${said}”` : ''
}
