// A process drawn by hand: saved beside what others write, published, and run as it was drawn, up to the returned result.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseBpmn } from '#core/bpmn/index.ts'
import { type Ctx, systemCtx } from '#core/ctx.ts'
import { beginDraft, bringDrawing, checkDraft, editDraftSteps, getBrought, getDraft, getProcedure, getVersion, partOf, processOfDraft, publishDraft, readDrawing, saveDraftPart, type Step, submitDraft, takeBrought } from '#modules/procedures/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { file, walk } from '../support/walk.ts'

const clock = new MovableClock('2026-07-15T09:10:00+07:00')
let app: TestApp
let writer: Ctx
let other: Ctx

beforeAll(async () => {
  app = await testApp({ clock })
  writer = await app.as('quantriht.h56')
  other = await app.as('kiemsoat.h56')
})
afterAll(() => app.close())

const escaped = (text: string) => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The steps as somebody draws them who knows no gateways: boxes, and an arrow with words for each outcome. */
function drawnByHand(steps: readonly Step[]): string {
  const id = (step: string) => (step === 'end' ? 'TheEnd' : `Box_${step}`)
  const boxes = steps.map((step) => `<userTask id="${id(step.id)}" name="${escaped(step.name)}" tinhso:stepId="${step.id}" tinhso:role="${step.role}" tinhso:hours="${step.hours}"${step.unit ? ` tinhso:unit="${step.unit}"` : ''}${step.clock ? ` tinhso:clock="${step.clock}"` : ''}${step.status ? ` tinhso:status="${step.status}"` : ''}><extensionElements><tinhso:outcomes>${step.outcomes.map((one) => `<tinhso:outcome key="${one.key}" label="${escaped(one.label)}"${one.effect ? ` effect="${one.effect}"` : ''} />`).join('')}</tinhso:outcomes></extensionElements></userTask>`)
  const arrows = steps.flatMap((step) => step.outcomes.map((one) => `<sequenceFlow id="Arrow_${step.id}_${one.key}" sourceRef="${id(step.id)}" targetRef="${id(String(one.next))}" name="${escaped(one.label)}" />`))
  return `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tinhso="https://tinhso.vn/bpmn/1" id="d" targetNamespace="x"><process id="p" name="Vẽ tay"><startEvent id="Begin" />${boxes.join('')}<endEvent id="TheEnd" /><sequenceFlow id="Arrow_0" sourceRef="Begin" targetRef="${id(steps[0]!.id)}" />${arrows.join('')}</process></definitions>`
}

test('is published and walked by a dossier, with the step that was drawn in', async () => {
  const version = await getProcedure(app.env.db, '2.000815', '2026-07-15')
  const { id } = await beginDraft(writer, { from: 'version', version: version.id })
  const start = await getDraft(app.env.db, id)
  const steps = (await processOfDraft(start)).steps
  const last = steps.find((step) => step.outcomes.some((one) => one.effect === 'return'))!
  const before = steps.find((step) => step.outcomes[0]!.next === last.id)!
  const added: Step = { id: 'luu_so', name: 'Vào sổ theo dõi', role: 'van_thu', hours: 1, outcomes: [{ key: 'da_vao', label: 'Đã vào sổ', next: last.id }] }
  const drawn = drawnByHand([...steps.map((step) => (step.id === before.id ? { ...step, outcomes: step.outcomes.map((one, i) => (i === 0 ? { ...one, next: added.id } : one)) } : step)), added])

  const read = await readDrawing(start, drawn)
  expect(read.faults.filter((one) => one.level === 'error')).toEqual([])
  // Meanwhile a colleague has changed a step in the list: both stay, and the drawing says both.
  await editDraftSteps(systemCtx(app.env, 'test'), { draft: id, base: 0, act: { act: 'write', step: { ...steps[1]!, name: 'Tên đã sửa ở danh sách' } } })
  const saved = await saveDraftPart(writer, { draft: id, part: 'process', base: 0, value: { steps: read.steps, bpmn: read.bpmn } as never })
  expect(saved.merged).toBe(true)
  const merged = await processOfDraft(await getDraft(app.env.db, id))
  expect(merged.steps.map((step) => step.name)).toEqual(expect.arrayContaining(['Tên đã sửa ở danh sách', 'Vào sổ theo dõi']))
  expect(merged.bpmn).toContain('Box_luu_so')
  expect((saved.value.steps as unknown as Step[]).map((step) => step.id)).toEqual(merged.steps.map((step) => step.id))

  const now = await getDraft(app.env.db, id)
  const cases = (partOf(now.record, 'cases').cases as unknown as { expect: { route?: string[] } }[]).map((one) =>
    one.expect.route ? { ...one, expect: { ...one.expect, route: one.expect.route.flatMap((step) => (step === before.id ? [step, 'luu_so'] : [step])) } } : one)
  await saveDraftPart(writer, { draft: id, part: 'cases', base: now.revision, value: { cases } as never })
  const decided = await saveDraftPart(writer, { draft: id, part: 'decision', base: now.revision + 1, value: { decision: { no: '77/QĐ-UBND', kind: 'sua_doi_bo_sung' }, effectiveFrom: '2026-07-20' } as never })
  expect((await checkDraft(writer, id)).faults).toEqual([])
  await submitDraft(writer, { draft: id })
  await publishDraft(other, { draft: id, revision: decided.revision })

  clock.to('2026-07-21T09:00:00+07:00')
  const fresh = await getProcedure(app.env.db, '2.000815', '2026-07-21')
  expect((await getVersion(app.env.db, fresh.id)).bpmn).toContain('Box_luu_so')
  const golden = fresh.record.cases.find((one) => one.expect.valid !== false)!
  const ctx = await app.as(golden.channel === 'truc_tuyen' ? 'congdan1' : 'motcua.14797')
  const { route, last: done } = await walk(app, await file(ctx, { procedure: '2.000815', unit: '14797', channel: golden.channel, form: golden.form, applicant: golden.applicant }))
  expect(route).toContain('luu_so')
  expect(done.state).toBe('DA_TRA')
})

test('a file of another tool is kept, read, taken into the draft; what cannot be taken changes nothing', async () => {
  clock.to('2026-07-22T09:00:00+07:00')
  const [w, o] = [await app.as('quantriht.h56'), await app.as('chuyenvien.14797')]
  const version = await getProcedure(app.env.db, '1.004194', '2026-07-22')
  const { id } = await beginDraft(w, { from: 'version', version: version.id })
  const content = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x"><process id="p"><laneSet id="ls"><lane id="l" name="Bộ phận Một cửa"><flowNodeRef>a</flowNodeRef></lane></laneSet><startEvent id="s" /><task id="a" name="Nhận" /><endEvent id="e" /><sequenceFlow id="f" sourceRef="s" targetRef="a" /><sequenceFlow id="g" sourceRef="a" targetRef="e" name="Xong" /></process></definitions>'
  await expect(bringDrawing(o, { draft: id, fileName: 'a.bpmn', content })).rejects.toMatchObject({ status: 403 })
  await expect(bringDrawing(w, { draft: id, fileName: 'a.bpmn', content: `<!DOCTYPE x>${content}` })).rejects.toMatchObject({ status: 422, fields: [{ message: expect.stringContaining('DOCTYPE') }] })
  expect((await getDraft(app.env.db, id)).revision).toBe(0)
  const brought = await bringDrawing(w, { draft: id, fileName: 'quy trình.bpmn', content })
  const { row, found } = await getBrought(app.env.db, await getDraft(app.env.db, id), brought.id)
  expect([row.fileName, row.content, found.steps.length]).toEqual(['quy trình.bpmn', content, 1])
  await takeBrought(w, { draft: id, id: brought.id, base: 0 })
  const taken = await processOfDraft(await getDraft(app.env.db, id))
  expect(taken.steps.map(({ name, role }) => [name, role])).toEqual([['Nhận', 'mot_cua']])
  expect(taken.faults.some((one) => one.level === 'error')).toBe(true) // the tab goes on saying what is missing
  expect((await parseBpmn(taken.bpmn!)).report).toEqual([])
  await expect(getBrought(app.env.db, { id: '00000000-0000-4000-8000-000000000000', code: '1.004194', record: {} }, brought.id)).rejects.toMatchObject({ status: 404 })
})
