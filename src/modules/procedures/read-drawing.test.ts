// Drawing and list are two faces of one process: what is drawn of a list reads back as the list, and a strange hand is told what is wrong.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBpmn } from '#core/bpmn/index.ts'
import { flowFaults } from './check-flow.ts'
import { buildBpmn } from './process.ts'
import { keyFrom, stepsOf } from './read-drawing.ts'
import type { ProcedureRecord } from './record.ts'
import { all } from './testing/nested.ts'
import { processes } from './testing/processes.ts'

const readBack = async (record: ProcedureRecord) => stepsOf((await parseBpmn(await buildBpmn(record))).definition)

describe('the steps of a drawing', () => {
  it.each(all.map((record) => [record.code, record] as const))('of %s are those it was drawn of', async (_code, record) => {
    const reading = await readBack(record)
    expect(reading.faults).toEqual([])
    expect(reading.steps).toEqual(record.steps)
  })

  it('are those it was drawn of, whatever the process', async () => {
    await fc.assert(
      fc.asyncProperty(processes, async (record) => {
        fc.pre(flowFaults(record).length === 0)
        const reading = await readBack(record)
        expect(reading.faults).toEqual([])
        expect(reading.steps).toEqual(record.steps)
        expect(await buildBpmn({ ...record, steps: [...reading.steps] })).toBe(await buildBpmn(record))
      }),
      { numRuns: 40 },
    )
  })
})

it('keys are made of words', () => {
  expect(['Đủ điều kiện', 'Từ chối – trả lại', '2 bên', '!!!'].map(keyFrom)).toEqual(['du_dieu_kien', 'tu_choi_tra_lai', 'ben', ''])
})
