// The drawing: everything drawn is there, says its state in words, fits its box, and carries nothing that could run.
import { expect, test } from 'vitest'
import { xmlOf } from './drawing.testing.ts'
import { diagramOf, parseBpmn, toSvg } from './index.ts'
import { escapeXml, wrap } from './svg-text.ts'

const drawn =
  'start s; user a; on t at=a timer; xor g; sub p {; start u; user b; end v; u>b; b>v; }; end e; s>a; a>g; t>e; g>p if=n > 1; g>e default; p>e'
const named = xmlOf(drawn).replace(
  '<userTask id="a">',
  '<userTask id="a" name="Thẩm tra &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; ký">',
)

/** Names of tags in order; throws when one is not closed. */
function tagsOf(svg: string): string[] {
  const open: string[] = []
  const all: string[] = []
  for (const [, slash, name = '', , self] of svg.matchAll(/<(\/?)([a-z]+)((?:\s[a-zA-Z:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (slash) expect(open.pop()).toBe(name)
    else {
      all.push(name)
      if (!self) open.push(name)
    }
  }
  expect(open).toEqual([])
  expect(svg.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/)
  return all
}

test('a file without diagram is laid out and every element is drawn once', async () => {
  const svg = await toSvg(named, { lit: [] })
  const ids = [...svg.matchAll(/data-element="([^"]*)"/g)].map((found) => found[1])
  const { definition } = await parseBpmn(named)
  const inside = ['u', 'b', 'v', 'u_b', 'b_v']
  expect([...ids].sort()).toEqual(
    [...Object.keys(definition.elements), ...Object.keys(definition.flows)].filter((id) => !inside.includes(id)).sort(),
  )
  expect(svg).not.toMatch(/NaN|undefined|Infinity/)
})

test('it is one image with a name that says where the process stands', async () => {
  const svg = await toSvg(named, { lit: ['a'], done: ['s', 's_a'], title: 'Đăng ký kết hôn', labels: { s: 'Nộp hồ sơ' } })
  expect(svg).toMatch(
    /^<svg [^>]*role="img"[^>]*><title>Sơ đồ quy trình Đăng ký kết hôn\. Đang ở: Thẩm tra [^<]*\. Đã qua: Nộp hồ sơ\.<\/title>/,
  )
  expect(svg).toMatch(/class="bpmn-task bpmn-lit" data-element="a"[^>]*><title>[^<]*\(đang ở đây\)<\/title>/)
  expect(svg).toMatch(/class="bpmn-event bpmn-done" data-element="s"/)
  expect(svg).toMatch(/class="bpmn-flow bpmn-done" data-element="s_a"/)
  expect(svg).toContain('class="bpmn-gateway" data-element="g"')
})

test('nothing in it can run, and it is well formed', async () => {
  const tags = tagsOf(await toSvg(named, { lit: ['a'], labels: { e: '"><img src=x onerror=alert(1)>' } }))
  expect(new Set(tags)).toEqual(new Set(['svg', 'title', 'g', 'path', 'circle', 'rect', 'polygon', 'text', 'tspan']))
})

test('a token inside a closed subprocess lights the subprocess', async () => {
  expect(await toSvg(named, { lit: ['b'] })).toContain('class="bpmn-subprocess bpmn-lit" data-element="p"')
})

test('a diagram in the file is followed to the point', async () => {
  const shape = (id: string, x: number, width: number) =>
    `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="80" width="${width}" height="${width === 36 ? 36 : 80}"/></bpmndi:BPMNShape>`
  const plane = `${shape('s', 100, 36)}${shape('a', 200, 100)}${shape('e', 400, 36)}<bpmndi:BPMNEdge id="f_di" bpmnElement="s_a"><di:waypoint x="136" y="98"/><di:waypoint x="200" y="98"/></bpmndi:BPMNEdge>`
  const spaces =
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
  const xml = xmlOf('start s; user a; end e; s>a; a>e').replace(
    '</definitions>',
    `<bpmndi:BPMNDiagram ${spaces} id="D"><bpmndi:BPMNPlane id="pl" bpmnElement="P">${plane}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>`,
  )
  const svg = await toSvg(xml, { lit: [] })
  expect(svg).toContain('<rect x="200" y="80" width="100" height="80"')
  expect(svg).toContain('d="M136 98L200 98"')
  expect(await toSvg(await diagramOf(xml), { lit: [] })).toBe(svg)
})

test('too much to lay out is refused with a way on', async () => {
  const many = Array.from({ length: 300 }, (_, index) => `user u${index}; u${index}>u${index + 1}`).join('; ')
  await expect(toSvg(xmlOf(`start s; s>u0; ${many}; end u300`), { lit: [] })).rejects.toThrow('lưu kèm hình')
})

test('long names break into lines and end in …', () => {
  expect(wrap('Tiếp nhận, kiểm tra, số hóa hồ sơ', 88, 12, 4)).toEqual(['Tiếp nhận,', 'kiểm tra, số', 'hóa hồ sơ'])
  expect(wrap('một hai ba bốn năm sáu bảy', 40, 12, 2).at(-1)).toMatch(/…$/)
  expect(wrap('Nghiêngnghiêngnghiêng', 50, 12, 9).every((line) => line.length <= 7)).toBe(true)
  expect(wrap('', 50, 12, 3)).toEqual([])
  expect(escapeXml(`<a b="c" d='e'>&\u0007`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;')
})
