// A drawing made by hand and the list beside it stay one process: small changes keep the layout, disagreement is named, traps are found by walking.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SecondEngine } from '#core/bpmn/elements.testing.ts'
import { parseBpmn } from '#core/bpmn/index.ts'
import { checkRecord } from './check.ts'
import { drawingFaults, judgeDrawing, usualHours } from './judge-drawing.ts'
import { buildBpmn } from './process.ts'
import { stepsOf } from './read-drawing.ts'
import type { ProcedureRecord, Step } from './record.ts'
import { redraw, sameSteps } from './redraw.ts'
import { deps, records } from './testing/packs.ts'
import { processes } from './testing/processes.ts'
import { tidyDrawing } from './tidy.ts'

const record = records.find((one) => one.code === '1.001193')!
const read = async (bpmn: string) => stepsOf((await parseBpmn(bpmn)).definition)

/** A drawing as somebody makes it who writes no codes: elements and arrows only. */
function sketch(nodes: string, arrows: readonly (readonly [string, string, string?])[]): string {
  const flows = arrows.map(([from, to, name], i) => `<sequenceFlow id="f${i}" sourceRef="${from}" targetRef="${to}"${name ? ` name="${name}"` : ''} />`).join('')
  return `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tinhso="https://tinhso.vn/bpmn/1" id="d" targetNamespace="x"><process id="p"><startEvent id="s" />${nodes}<endEvent id="e" />${flows}</process></definitions>`
}
const task = (id: string, name: string, role = 'chuyen_vien', hours = 4) => `<userTask id="${id}" name="${name}" tinhso:role="${role}" tinhso:hours="${hours}" />`

describe('a drawing made by hand', () => {
  const nodes = `${task('A1', 'Tiếp nhận hồ sơ', 'mot_cua') + task('A2', 'Thẩm định')}<exclusiveGateway id="g" />`
  const arrows = [['s', 'A1'], ['A1', 'A2', 'Nhận'], ['A2', 'g'], ['g', 'e', 'Đạt'], ['g', 'A1', 'Làm lại']] as const

  it('is read by the names on its arrows, and coded', async () => {
    const tidy = await tidyDrawing(sketch(nodes, arrows))
    const { steps, faults } = await read(tidy)
    expect(faults).toEqual([])
    expect(steps.map(({ id, outcomes }) => [id, outcomes.map(({ key, next }) => `${key}→${next}`)])).toEqual([
      ['tiep_nhan_ho_so', ['nhan→tham_dinh']],
      ['tham_dinh', ['dat→end', 'lam_lai→tiep_nhan_ho_so']],
    ])
    expect(await tidyDrawing(tidy)).toBe(tidy)
    expect(Object.values((await parseBpmn(tidy)).definition.flows).map((flow) => flow.condition).filter(Boolean)).toEqual(['outcome = "dat"', 'outcome = "lam_lai"'])
  })

  it('may have its arrows straight from the step, without a diamond', async () => {
    const { steps } = await judgeDrawing(record, sketch(nodes.replace('<exclusiveGateway id="g" />', ''), [['s', 'A1'], ['A1', 'A2', 'Nhận'], ['A2', 'e', 'Đạt'], ['A2', 'A1', 'Làm lại']]))
    expect(steps![1]!.outcomes.map((one) => one.next)).toEqual(['end', 'tiep_nhan_ho_so'])
  })

  it('runs in another engine as in ours', async () => {
    const second = await SecondEngine.start(await tidyDrawing(sketch(nodes, arrows)))
    const told: string[] = []
    for (const [box, outcome] of [['A1', 'nhan'], ['A2', 'lam_lai'], ['A1', 'nhan'], ['A2', 'dat']] as const) {
      told.push([...second.waiting].join())
      second.complete(box, outcome)
    }
    expect([...told, second.ended]).toEqual(['A1', 'A2', 'A1', 'A2', true])
  })

  const said = async (nodes: string, arrows: readonly (readonly [string, string, string?])[]) =>
    (await judgeDrawing(record, sketch(nodes, arrows))).faults.filter((one) => one.level === 'error').map((one) => `${one.element}: ${one.message}`)

  it('is told what is missing, at the element', async () => {
    const bare = '<userTask id="A1" name="Nhận" /><userTask id="A2" name="Xem" />'
    const all = await said(bare, [['s', 'A1'], ['A1', 'A2', 'Nhận']])
    for (const fault of [/^A2: Bước “Xem” chưa có kết quả nào/, /^A1: Bước “Nhận” chưa ghi ai làm/, /^A1: Bước “Nhận” chưa ghi số giờ/, /^A2: Bước “Xem” chưa ghi ai làm/]) {
      expect(all).toContainEqual(expect.stringMatching(fault))
    }
  })

  it.each([
    ['an unreachable step', nodes + task('A3', 'Bỏ quên'), [...arrows, ['A3', 'e', 'Xong']], /A3: Không có đường nào từ điểm bắt đầu tới “Bỏ quên”/],
    ['a loop without exit', nodes, [['s', 'A1'], ['A1', 'A2', 'Nhận'], ['A2', 'g'], ['g', 'A2', 'Nữa'], ['g', 'A1', 'Làm lại']], /không có đường tới điểm kết thúc|không thể đi tới/],
    ['a first step that is not the counter', nodes.replace('mot_cua', 'van_thu'), arrows, /A1: .*bước tiếp nhận nên vai trò phải là “Bộ phận một cửa”, đang là “Văn thư”/],
    ['an outcome without target', nodes.replace('tinhso:hours="4" /><exclusiveGateway', 'tinhso:hours="4"><extensionElements><tinhso:outcomes><tinhso:outcome key="dat" label="Đạt" /><tinhso:outcome key="tu_choi" label="Từ chối" /></tinhso:outcomes></extensionElements></userTask><exclusiveGateway'), [['s', 'A1'], ['A1', 'A2', 'Nhận'], ['A2', 'g'], ['g', 'e', 'Đạt'], ['g', 'A1', 'Làm lại']], /A2: Kết quả “Từ chối” của bước “Thẩm định” chưa dẫn tới đâu/],
  ] as const)('%s is found', async (_what, drawn, ways, fault) => {
    expect((await said(drawn, ways as unknown as [string, string, string?][])).join('\n')).toMatch(fault)
  })

  it('in which a branch would wait for ever is found by walking it', async () => {
    const par = `${task('A1', 'Tiếp nhận', 'mot_cua') + task('B1', 'Bên một') + task('B2', 'Bên hai') + task('C', 'Trả')}<parallelGateway id="fork" /><parallelGateway id="join" />`
    const accept = par.replace('tinhso:hours="4" />', 'tinhso:hours="4"><extensionElements><tinhso:outcomes><tinhso:outcome key="nhan" label="Nhận" effect="accept" /></tinhso:outcomes></extensionElements></userTask>')
    const good = [['s', 'A1'], ['A1', 'fork', 'Nhận'], ['fork', 'B1'], ['fork', 'B2'], ['B1', 'join', 'Xong'], ['B2', 'join', 'Xong'], ['join', 'C'], ['C', 'e', 'Trả']] as const
    expect(await said(accept, good)).toEqual([])
    expect((await said(accept, [...good, ['B1', 'join', 'Xong cách khác']])).join()).toMatch(/kẹt ở ô gom/)
    expect((await said(accept, [...good, ['B1', 'C', 'Đi ngay']])).join()).toMatch(/nằm hai lần|khác danh sách|kẹt ở ô gom/)
  })
})

describe('list and drawing', () => {
  const moved = async () => (await buildBpmn(record)).replace(/<dc:Bounds x="(\d+)"/, '<dc:Bounds x="7$1"')

  it('agree after any change of the list, and words leave the layout alone', async () => {
    await fc.assert(
      fc.asyncProperty(processes, processes, fc.nat(), async (before, after, at) => {
        const drawn = await buildBpmn(before)
        const words = before.steps.map((step, i): Step => (i === at % before.steps.length ? { ...step, name: 'Tên mới', hours: 7, does: ['Việc mới'], outcomes: step.outcomes.map((one) => ({ ...one, label: `${one.label}!` })) } : step))
        const same = await redraw(drawn, { ...before, steps: words })
        expect(same?.kept).toBe(true)
        expect(sameSteps((await read(same!.bpmn)).steps, words)).toBe(true)
        expect(same!.bpmn.match(/<dc:Bounds [^>]*>/g)).toEqual((await redraw(drawn, before))!.bpmn.match(/<dc:Bounds [^>]*>/g))
        const other = await redraw(drawn, { ...before, steps: after.steps })
        expect(sameSteps((await read(other!.bpmn)).steps, after.steps)).toBe(true)
      }),
      { numRuns: 12 },
    )
  })

  it('an unfinished list is drawn as far as it goes', async () => {
    const steps = record.steps.map((step, i) => (i === 1 ? { ...step, outcomes: step.outcomes.map((one, j) => (j === 0 ? { ...one, next: '' } : one)) } : step))
    const drawn = await redraw(null, { ...record, steps })
    const { steps: back, faults } = await read(drawn!.bpmn)
    expect(sameSteps(back.filter((one) => one.id === steps[1]!.id), [steps[1]!])).toBe(true)
    expect(faults.map((one) => one.message)).toEqual([expect.stringMatching(/chưa dẫn tới đâu/)])
  })

  it('a record may bring its drawing; one that says something else is refused with the place', async () => {
    const bpmn = await moved()
    expect(await checkRecord({ ...record, bpmn }, deps)).toMatchObject({ faults: [] })
    const renamed = { ...record, bpmn, steps: record.steps.map((step, i) => (i === 2 ? { ...step, hours: step.hours + 1 } : step)) } as ProcedureRecord
    expect((await checkRecord(renamed, deps)).faults).toEqual([{ path: 'bpmn', message: expect.stringContaining(`bước “${record.steps[2]!.name}” ghi khác nhau`) }])
    expect(await drawingFaults({ ...record, bpmn: '<x' })).toEqual([{ path: 'bpmn', message: expect.stringContaining('Không đọc được tệp') }])
  })

  it('the usual road is added up, side by side as the longest branch', () => {
    const step = (id: string, hours: number, next: Step['outcomes'][number]['next'], more: Partial<Step> = {}, joins?: true): Step => ({ id, name: id, role: 'chuyen_vien', hours, outcomes: [{ key: 'x', label: 'x', next, joins }], ...more })
    expect(usualHours([step('a', 1, ['b', 'c']), step('b', 2, 'd', {}, true), step('c', 5, 'd', {}, true), step('d', 3, 'e'), step('e', 100, 'end', { clock: 'stops' })])).toBe(9)
  })
})
