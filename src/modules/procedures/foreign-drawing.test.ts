// Files of other tools come in with a full account: nothing is dropped in silence, nothing that runs code stays, and what is no drawing is refused in a sentence.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bpmnModdle, parseBpmn } from '#core/bpmn/index.ts'
import { readForeign } from './foreign-drawing.ts'
import { roleOfLane } from './foreign-lanes.ts'
import { buildBpmn } from './process.ts'
import { stepsOf } from './read-drawing.ts'
import { sameSteps } from './redraw.ts'
import { records } from './testing/packs.ts'

const file = (name: string) => readFileSync(new URL(`./testing/foreign/${name}.bpmn`, import.meta.url), 'utf8')
const record = { code: '9.000001', name: 'Thử' }
const read = (xml: string, pool?: string) => readForeign(record, xml, pool)
const said = (found: Awaited<ReturnType<typeof read>>, kind: string) => found.report.filter((one) => one.kind === kind).map((one) => `${one.element}: ${one.message}`).join('\n')

describe('a file of Camunda', () => {
  it('gives its steps, who works and how long, what it does; code is named and gone', async () => {
    const found = await read(file('camunda'))
    expect(found.steps.map(({ id, name, role, hours, does }) => ({ id, name, role, hours, does }))).toEqual([
      { id: 'tiep_nhan', name: 'Tiếp nhận', role: 'mot_cua', hours: 4, does: undefined },
      { id: 'tham_dinh', name: 'Thẩm định', role: 'chuyen_vien', hours: 16, does: ['Đối chiếu giấy tờ', 'Lập tờ trình'] },
    ])
    expect(found.steps[1]!.outcomes.map(({ label, next }) => [label, next])).toEqual([['Đạt', ''], ['Trường hợp còn lại', 'end']])
    expect(said(found, 'refused')).toMatch(/Process_permit: .*camunda:executionListener.*vn\.evil\.Listener/)
    expect(said(found, 'refused')).toMatch(/Review: .*camunda:taskListener/)
    expect(said(found, 'refused')).toMatch(/Number: .*execution\.setVariable/)
    expect(found.bpmn).not.toMatch(/evil|System\.exit|setVariable/)
    expect(said(found, 'mapped')).toMatch(/f4: Điều kiện tự động “\$\{dat\}” → kết quả “Đạt”/)
    expect(said(found, 'mapped')).toMatch(/Start: .*một thông điệp → bắt đầu khi có hồ sơ nộp/)
    expect(said(found, 'todo')).toMatch(/Number: “Sinh số”: Hệ thống không chạy mã lệnh/)
    expect(said(found, 'kept')).toMatch(/Camunda ở \d+ chỗ .*formData/)
    expect(found.bpmn).toContain('camunda:formData')
    expect(found.bpmn).toContain('x="400"') // its layout
    expect(said(found, 'refused')).toMatch(/Ô vẫn còn trên hình/)
  })

  it('without shapes does not say that a box is still there which the new drawing has not', async () => {
    const found = await read(file('camunda').replace(/<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/, ''))
    expect(said(found, 'refused')).toMatch(/Number: .*không được vẽ lại/)
    expect(said(found, 'refused')).not.toMatch(/Ô vẫn còn trên hình/)
  })
})

describe('a file of Signavio', () => {
  it('with several pools takes one, and the other when asked', async () => {
    const found = await read(file('signavio'))
    expect(found.pools).toEqual([{ process: 'sid-1', name: 'UBND xã', steps: 4 }, { process: 'sid-2', name: 'Công an xã', steps: 1 }])
    expect(found.steps.map((step) => [step.name, step.role])).toEqual([['Nhận hồ sơ', 'mot_cua'], ['Kiểm tra', 'chuyen_vien'], ['Ký', 'lanh_dao_don_vi'], ['Trả', '']])
    expect(found.steps[1]!.silence).toEqual({ value: 5, unit: 'ngay', outcome: 'dat' })
    expect(said(found, 'todo')).toMatch(/sid-l4: Làn “Tổ X” chưa rõ là ai/)
    expect(said(found, 'todo')).toMatch(/sid-g: .*“một hay nhiều nhánh” chưa được dùng/)
    expect(said(found, 'todo')).toMatch(/sid-f8: Luồng không nối đủ hai đầu/)
    expect(said(found, 'todo')).toMatch(/sid-2: Tệp có thêm quy trình “Công an xã” \(1 bước\)/)
    expect(said(found, 'todo')).toMatch(/sid-mf: Thông điệp “Xin ý kiến”/)
    expect(said(found, 'kept')).toMatch(/sid-p2: Bên ngoài “Người dân”/)
    expect(said(found, 'mapped')).toMatch(/hình được vẽ lại theo các bước/)
    // Every step is in the drawing, also the one that no arrow reaches yet.
    expect(sameSteps(stepsOf((await parseBpmn(found.bpmn!)).definition).steps, found.steps)).toBe(true)
    const other = await read(file('signavio'), 'sid-2')
    expect(other.steps.map((step) => step.name)).toEqual(['Cho ý kiến'])
  })
})

describe('a file of ARIS', () => {
  it('with extensions nobody knows is taken, and they are named', async () => {
    const found = await read(file('aris'))
    expect(found.steps.map((step) => step.name)).toEqual(['Tiếp nhận hồ sơ', 'Xác minh cư trú'])
    expect(said(found, 'kept')).toMatch(/ARIS ở \d chỗ/)
    expect(said(found, 'todo')).toMatch(/a_2: Gọi quy trình “sub:Verify-42”/)
  })
})

describe('our own file', () => {
  it('comes back as it went out, and every BPMN tool can read it', async () => {
    for (const own of records.slice(0, 6)) {
      const found = await read(await buildBpmn(own))
      expect(sameSteps(found.steps, own.steps)).toBe(true)
      expect(found.report.filter((one) => one.kind !== 'taken' && one.kind !== 'mapped')).toEqual([])
      const { warnings } = await bpmnModdle().fromXML(found.bpmn!)
      expect(warnings).toEqual([])
      expect((await parseBpmn(found.bpmn!)).report).toEqual([])
    }
  })
})

describe('what is no drawing', () => {
  const open = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">'
  it.each([
    ['not XML', '%PDF-1.7 …', /Không đọc được tệp/],
    ['a half file', file('camunda').slice(0, 900), /Không đọc được tệp|không có quy trình/],
    ['HTML', '<html><body>x</body></html>', /không phải quy trình BPMN|Không đọc được/],
    ['nothing', '', /Không đọc được tệp/],
    ['an external entity', `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${open}<process id="p" name="&e;"/></definitions>`, /DOCTYPE/],
    ['a billion laughs', `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${open}<process id="p" name="&b;"/></definitions>`, /DOCTYPE/],
    ['no process', `${open}</definitions>`, /không có quy trình nào/],
    ['more than 5 MB', `${open}<process id="p"><documentation>${'x'.repeat(5_300_000)}</documentation></process></definitions>`, /lớn hơn 5 MB/],
    ['a whole office', `${open}<process id="p">${Array.from({ length: 1600 }, (_, i) => `<task id="t${i}" />`).join('')}</process></definitions>`, /1\.60\d phần tử/],
  ])('%s is refused in a sentence', async (_what, xml, message) => {
    await expect(read(xml)).rejects.toThrow(message)
  })

  it('a file just under 5 MB of words is read in good time', async () => {
    const started = performance.now()
    const found = await read(file('aris').replace('name="Tiếp nhận hồ sơ"', `name="Tiếp nhận hồ sơ"><semantic:documentation>${'Việc phải làm. '.repeat(200_000)}</semantic:documentation`).replace('aris:cost="3">', '>').replace('</semantic:documentation >', '</semantic:documentation>'))
    expect(found.steps.length).toBeGreaterThan(0)
    expect(performance.now() - started).toBeLessThan(8000)
  })

  it('twisted graphs do not hang it', async () => {
    const nodes = Array.from({ length: 300 }, (_, i) => `<exclusiveGateway id="g${i}" />`).join('')
    const flows = Array.from({ length: 300 }, (_, i) => `<sequenceFlow id="a${i}" sourceRef="g${i}" targetRef="g${(i + 1) % 300}" /><sequenceFlow id="b${i}" sourceRef="g${i}" targetRef="g${(i * 7 + 3) % 300}" />`).join('')
    const started = performance.now()
    const found = await read(`${open}<process id="p"><startEvent id="s" /><userTask id="t" name="Làm" />${nodes}<endEvent id="e" /><sequenceFlow id="x" sourceRef="s" targetRef="t" /><sequenceFlow id="y" sourceRef="t" targetRef="g0" />${flows}</process></definitions>`)
    expect(found.report.some((one) => one.kind === 'todo')).toBe(true)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

it('lanes are known by the words of the office, with or without accents', () => {
  expect(['Bộ phận Một cửa', 'TTPVHCC xã', 'Cán bộ thụ lý', 'Trưởng phòng TN&MT', 'Phó Chủ tịch', 'VAN THU', 'Người dân', 'lanh_dao_phong', 'Khác'].map((name) => roleOfLane(name)?.role ?? null)).toEqual([
    'mot_cua', 'mot_cua', 'chuyen_vien', 'lanh_dao_phong', 'lanh_dao_don_vi', 'van_thu', 'cong_dan', 'lanh_dao_phong', null,
  ])
})
