// Files as they come: ours, other tools', drawn wrong, or meant to hurt.
import { describe, expect, test } from 'vitest'
import { xmlOf } from './drawing.testing.ts'
import { bpmnModdle, definitionOf, digestOf, parseBpmn } from './index.ts'

const faults = async (drawn: string) =>
  (await parseBpmn(xmlOf(drawn))).report.map((entry) => `${entry.level} ${entry.element}: ${entry.message}`)
const bpmn = (inner: string, more = '') =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x" ${more}>${inner}</definitions>`

const ours = bpmn(
  `<process id="P" isExecutable="true"><startEvent id="s"/><userTask id="a" name="Thẩm tra" tinhso:role="chuyen_vien" tinhso:unit="noi_nop" tinhso:hours="3.5"
     tinhso:clock="stops" tinhso:status="4" tinhso:stepId="tham_tra" tinhso:more="thêm"><documentation>Đọc kỹ</documentation><extensionElements>
     <tinhso:does>Soát tờ khai.\n  Tra dữ liệu dân cư. </tinhso:does><tinhso:prints>Mẫu số 02</tinhso:prints><tinhso:prints>Mẫu số 04</tinhso:prints>
     <tinhso:outcomes><tinhso:outcome key="du" label="Đủ điều kiện" effect="sign"/><tinhso:outcome key="thieu" label="Thiếu"/></tinhso:outcomes></extensionElements></userTask>
   <endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/><sequenceFlow id="g" name="Đủ" sourceRef="a" targetRef="e" tinhso:outcome="du" tinhso:label="Đủ điều kiện" tinhso:effect="sign"/></process>`,
  'xmlns:tinhso="https://tinhso.vn/bpmn/1"',
)

describe('our namespace', () => {
  test('reaches the definition', async () => {
    const { definition, report } = await parseBpmn(ours)
    expect(report).toEqual([])
    expect(definition.elements.a).toMatchObject({
      name: 'Thẩm tra',
      documentation: 'Đọc kỹ',
      attributes: { role: 'chuyen_vien', unit: 'noi_nop', hours: 3.5, clock: 'stops', status: 4, stepId: 'tham_tra', more: 'thêm' },
      does: ['Soát tờ khai.', 'Tra dữ liệu dân cư.'],
      prints: ['Mẫu số 02', 'Mẫu số 04'],
      outcomes: [
        { key: 'du', label: 'Đủ điều kiện', effect: 'sign' },
        { key: 'thieu', label: 'Thiếu' },
      ],
    })
    expect(definition.flows.g).toMatchObject({ name: 'Đủ', attributes: { outcome: 'du', label: 'Đủ điều kiện', effect: 'sign' } })
    expect(definition.digest).toBe(digestOf(ours))
    expect(JSON.parse(JSON.stringify(definition))).toEqual(definition)
  })

  test('is written back by moddle, to the same definition', async () => {
    const moddle = bpmnModdle()
    const { rootElement } = await moddle.fromXML(ours)
    const { xml } = await moddle.toXML(rootElement, { format: true })
    const [before, after] = [await parseBpmn(ours), await parseBpmn(xml)]
    expect({ ...after.definition, digest: '' }).toEqual({ ...before.definition, digest: '' })
  })

  test('another prefix for our uri is still ours', async () => {
    const { definition } = await parseBpmn(ours.replaceAll('tinhso:', 'ts:').replace('xmlns:tinhso', 'xmlns:ts'))
    expect(definition.elements.a?.attributes.role).toBe('chuyen_vien')
  })
})

describe('files of other tools', () => {
  test('parse, run, and have their extensions reported once', async () => {
    const { definition, report } = await parseBpmn(
      bpmn(
        `<bpmn2:process xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL" id="P" isExecutable="true" camunda:historyTimeToLive="30">
         <laneSet id="ls"><lane id="l1" name="Một cửa"><flowNodeRef>s</flowNodeRef><flowNodeRef>a</flowNodeRef></lane></laneSet><dataObject id="dof"/><textAnnotation id="ta"><text>!</text></textAnnotation>
         <startEvent id="s"/><userTask id="a" camunda:assignee="x"><extensionElements><zeebe:formDefinition formId="f"/><camunda:properties><camunda:property name="a" value="b"/></camunda:properties></extensionElements>
         <multiInstanceLoopCharacteristics camunda:collection="\${list}" camunda:elementVariable="one"/></userTask>
         <endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/><sequenceFlow id="g" sourceRef="a" targetRef="e"/></bpmn2:process>`,
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
      ),
    )
    expect(report.filter((entry) => entry.level === 'error')).toEqual([])
    expect(report.filter((entry) => entry.message.includes('“camunda”'))).toHaveLength(1)
    expect(report.filter((entry) => entry.message.includes('“zeebe”'))).toHaveLength(1)
    expect(definition.elements.a).toMatchObject({ lane: 'Một cửa', loop: { collection: '${list}', item: 'one' } })
  })

  test('the standard way to name the list of a loop', async () => {
    const loop =
      '<multiInstanceLoopCharacteristics><loopDataInputRef>units</loopDataInputRef><loopDataOutputRef>answers</loopDataOutputRef><inputDataItem id="i" name="unit"/><outputDataItem id="o" name="answer"/></multiInstanceLoopCharacteristics>'
    const { definition } = await parseBpmn(
      xmlOf('start s; user a; end e; s>a; a>e').replace('<userTask id="a">', `<userTask id="a">${loop}`),
    )
    expect(definition.elements.a?.loop).toEqual({
      mode: 'parallel',
      collection: 'units',
      item: 'unit',
      collect: 'answers',
      collectItem: 'answer',
    })
  })
})

describe('faults of a drawing', () => {
  test.each([
    ['nothing wrong', 'start s; user a; end e; s>a; a>e', []],
    ['a script', 'start s; script a; end e; s>a; a>e', [/^error a: Không chạy mã lệnh.*ScriptTask/]],
    ['unreachable', 'start s; user a; user b; end e; s>a; a>e; b>e', [/^error b: Không có đường nào từ điểm bắt đầu/]],
    [
      'no end in reach',
      'start s; xor x; user a; user b; end e; s>x; x>e if=a; x>a default; a>b; b>a',
      [/^error a: Từ “a” không có đường/, /^error b: /],
    ],
    ['no start', 'user a; end e; a>e', [/^error P: .*không có điểm bắt đầu/, /^error a: Không có đường/]],
    ['no end', 'start s; user a; s>a', [/^error P: .*không có điểm kết thúc/, /^warning a: .*không có luồng ra/]],
    ['a flow to nowhere', 'start s; user a; end e; s>a; a>e; a>nowhere', [/^error a_nowhere: Luồng không nối đủ hai đầu/]],
    ['ids used twice', 'start s; user a; user a; end e; s>a; a>e', [/^error a: Mã “a” được dùng hai lần/]],
    [
      'a condition that is not FEEL',
      'start s; xor g; user a; end e; s>g; g>a if=${n == 1 && m}; g>e default; a>e',
      [/^error g_a: Điều kiện/],
    ],
    ['a choice without conditions', 'start s; xor g; user a; user b; end e; s>g; g>a; g>b; a>e; b>e', [/^error g: Các luồng “g_a”, “g_b”/]],
    ['a choice with one flow free', 'start s; xor g; user a; user b; end e; s>g; g>a if=n; g>b; a>e; b>e', [/^warning g: Luồng “g_b”/]],
    ['a task of no kind', 'start s; task a; end e; s>a; a>e', [/^warning a: .*không rõ loại việc/]],
    ['a timer without time', 'start s; catch a silence; end e; s>a; a>e', [/^error a: Hẹn giờ/]],
    ['a link without other end', 'start s; throw a link=L; end e; s>a; s>e', [/^error a: Liên kết/]],
    ['a boundary event that leads nowhere', 'start s; user a; on t at=a timer; end e; s>a; a>e', [/^error t: .*không có luồng ra/]],
    ['a call of nothing', 'start s; call a; end e; s>a; a>e', [/^error a: .*chưa chỉ ra quy trình được gọi/]],
    ['a task after an event gateway', 'start s; race g; user a; end e; s>g; g>a; a>e', [/^error g: Sau cổng chờ sự kiện/]],
    ['a list without list', 'start s; user a each=; end e; s>a; a>e', [/^error a: .*chưa chỉ ra danh sách/]],
    [
      'a flow out of a subprocess',
      'start s; sub p {; start u; user a; end v; u>a; a>v; a>e; }; end e; s>p; p>e',
      [/^error a_e: Luồng nối ra ngoài/],
    ],
  ])('%s', async (_, drawn, expected) => {
    const found = await faults(drawn)
    expect(found).toHaveLength(expected.length)
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern)
  })
})

describe('files meant to hurt', () => {
  const refused = (xml: string) =>
    parseBpmn(xml).then(
      () => 'taken',
      (error) => `${error.status} ${error.code}`,
    )

  test.each([
    ['nothing', ''],
    ['not XML', 'xin chào'],
    ['cut off', ours.slice(0, 300)],
    ['HTML', '<html><body/></html>'],
    ['binary', String.fromCharCode(0, 1, 2, 60, 63)],
  ])('%s is unreadable', async (_, xml) => expect(await refused(xml)).toBe('422 bpmn.unreadable'))

  test('no process', async () => expect(await refused(bpmn(''))).toBe('422 bpmn.no_process'))

  test('entities are refused unread', async () => {
    const bomb = `<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>${ours}`
    expect(await refused(bomb)).toBe('422 bpmn.entities')
  })

  test('11 MB are refused unread', async () =>
    expect(await refused(`${ours}<!--${'x'.repeat(11 * 1024 * 1024)}-->`)).toBe('422 bpmn.too_large'))

  test('200,000 subprocesses one inside the other', async () => {
    const deep = 100_000
    let nested = ''
    for (let level = 0; level < deep; level++) nested += `<subProcess id="n${level}">`
    expect(await refused(bpmn(`<process id="P">${nested}${'</subProcess>'.repeat(deep)}</process>`))).toBe('422 bpmn.unreadable')
  }, 20_000)

  test('ids out of the prototype of all objects', async () => {
    const { definition } = await parseBpmn(
      xmlOf('start constructor; user __proto__; end toString; constructor>__proto__; __proto__>toString'),
    )
    expect(Object.keys(definition.elements)).toEqual(['constructor', '__proto__', 'toString'])
  })

  test('5 MB of honest process is read in seconds', async () => {
    const many = 9_000
    const parts = ['start s', 'end e', 's>u0', `u${many - 1}>e`]
    for (let i = 0; i < many; i++) parts.push(`user u${i} role=${'r'.repeat(400)}`)
    for (let i = 1; i < many; i++) parts.push(`u${i - 1}>u${i}`)
    const xml = xmlOf(parts.join('\n'))
    expect(xml.length).toBeGreaterThan(4_500_000)
    const began = performance.now()
    const { report } = await parseBpmn(xml)
    expect(report).toEqual([])
    expect(performance.now() - began).toBeLessThan(8_000)
  }, 30_000)
})

test('a definition is parsed once', async () => {
  const xml = xmlOf('start s; user a; end e; s>a; a>e')
  const digest = digestOf(xml)
  expect(await definitionOf(digest, xml)).toBe(await definitionOf(digest, 'never read'))
  await expect(definitionOf('other', 'not xml')).rejects.toThrow('BPMN')
  await expect(definitionOf('other', xml)).resolves.toBeDefined()
})
