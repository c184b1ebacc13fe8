// Walks every drawing through the engine beside a plain reading of the steps: both must always wait at the same steps.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, type Definition, parseBpmn, type ProcessState } from '#core/bpmn/index.ts'
import { buildBpmn } from './process.ts'
import { type ProcedureRecord, procedureRecord } from './record.ts'
import { Interpreter, type Place } from './testing/interpreter.ts'
import { all, invented } from './testing/nested.ts'
import { inventedJson, records } from './testing/packs.ts'

class Pair {
  readonly definition: Definition
  readonly plain: Interpreter
  constructor(definition: Definition, record: ProcedureRecord) {
    this.definition = definition
    this.plain = new Interpreter(record.steps)
  }

  /** Both after the same move; throws when they part. */
  move(
    place: Place,
    state: ProcessState,
    index: number,
    key: string,
    by: 'complete' | 'timer' = 'complete',
  ): { place: Place; state: ProcessState } {
    const step = this.plain.step(place.tokens[index]!.step)
    const outcome = step.outcomes.find((one) => one.key === key)!
    const task = state.tokens.find((token) => token.status === 'waiting' && this.stepOf(token.element) === step.id)!
    const timer = state.tokens.find((token) => token.status === 'armed' && token.host === task.id && token.element.startsWith('Silence_'))
    const after = advance(
      this.definition,
      state,
      by === 'timer' ? { kind: 'timer', token: timer!.id } : { kind: step.call ? 'called' : 'complete', token: task.id, outcome: key },
    )
    const moved = this.plain.move(place, index, outcome)
    expect([step.id, key, by, this.steps(after.state)]).toEqual([step.id, key, by, moved.tokens.map((token) => token.step).sort()])
    expect(after.state.status).toBe(moved.tokens.length ? 'active' : 'ended')
    const said = after.effects.filter((effect) => effect.type === 'flow.taken').filter((effect) => effect.attributes.outcome)
    expect(said.map((effect) => [effect.attributes.outcome, effect.attributes.label, effect.attributes.effect])).toEqual([
      [key, outcome.label, outcome.effect],
    ])
    return { place: moved, state: after.state }
  }

  start(): { place: Place; state: ProcessState } {
    const { state } = advance(this.definition, null, { kind: 'start' })
    const place = this.plain.start()
    expect(this.steps(state)).toEqual([place.tokens[0]!.step])
    return { place, state }
  }

  private stepOf(element: string): string | undefined {
    return this.definition.elements[element]?.attributes.stepId
  }

  private steps(state: ProcessState): (string | undefined)[] {
    return state.tokens
      .filter((token) => token.status === 'waiting')
      .map((token) => this.stepOf(token.element))
      .sort()
  }
}

const pairOf = async (record: ProcedureRecord): Promise<Pair> => new Pair((await parseBpmn(await buildBpmn(record))).definition, record)

describe.each(all.map((record) => [record.code, record] as const))('the drawing of %s', (_code, record) => {
  it('is one that the engine finds no fault with', async () => {
    expect((await parseBpmn(await buildBpmn(record))).report).toEqual([])
  })

  it('carries what the steps say', async () => {
    const { definition } = await parseBpmn(await buildBpmn(record))
    for (const step of record.steps) {
      const task = definition.elements[step.id]!
      expect(task.name).toBe(step.name)
      const { role, unit, hours, clock, status, stepId } = task.attributes
      expect({ role, unit, hours, clock, status, stepId }).toEqual({
        role: step.role,
        unit: step.unit,
        hours: step.hours,
        clock: step.clock,
        status: step.status,
        stepId: step.id,
      })
      expect(task.outcomes).toEqual(step.outcomes.map(({ key, label, effect }) => (effect ? { key, label, effect } : { key, label })))
      expect([task.does, task.prints]).toEqual([step.does ?? [], step.prints ?? []])
      const timer = task.boundary?.map((id) => definition.elements[id]!).find((event) => event.event?.kind === 'timer')
      const { silenceValue, silenceUnit, outcome } = timer?.attributes ?? {}
      expect({ value: silenceValue, unit: silenceUnit, outcome }).toEqual({
        value: step.silence?.value,
        unit: step.silence?.unit,
        outcome: step.silence?.outcome,
      })
    }
  })

  it('waits at the same steps as the list says, after every outcome of every step and every silence', async () => {
    const pair = await pairOf(record)
    const walked = new Set<string>()
    const seen = new Set<string>()
    const queue = [pair.start()]
    for (const at of queue) {
      const mark = JSON.stringify([
        at.place.tokens.map((token) => `${token.step}/${token.regions.length}`).sort(),
        at.place.regions.map((region) => region.waiting).slice(-2),
      ])
      if (seen.has(mark)) continue
      seen.add(mark)
      at.place.tokens.forEach((token, index) => {
        const step = pair.plain.step(token.step)
        for (const outcome of step.outcomes) {
          walked.add(`${step.id}/${outcome.key}`)
          queue.push(pair.move(at.place, at.state, index, outcome.key))
        }
        if (step.silence) queue.push(pair.move(at.place, at.state, index, step.silence.outcome, 'timer'))
      })
    }
    expect([...walked].sort()).toEqual(record.steps.flatMap((step) => step.outcomes.map((outcome) => `${step.id}/${outcome.key}`)).sort())
  })

  it('comes to an end from wherever chance led', async () => {
    const pair = await pairOf(record)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 60 }), (choices) => {
        let at = pair.start()
        const choose = (token: number, outcome: number) => {
          const index = token % at.place.tokens.length
          const { outcomes } = pair.plain.step(at.place.tokens[index]!.step)
          at = pair.move(at.place, at.state, index, outcomes[outcome % outcomes.length]!.key)
        }
        for (const [token, outcome] of choices) if (at.place.tokens.length) choose(token, outcome)
        for (let i = 0; i < 100 && at.place.tokens.length; i++) choose(0, 0)
        expect(at.state).toMatchObject({ status: 'ended', tokens: [] })
      }),
      { numRuns: 30 },
    )
  })
})

describe('what is drawn', () => {
  it('gives a step met inside and outside a region two tasks of one stepId', async () => {
    const { definition } = await parseBpmn(await buildBpmn(records.find((record) => record.code === '1.013225')!))
    const tasks = Object.values(definition.elements).filter((element) => element.attributes.stepId === 'tham_dinh_thuc_dia')
    expect(tasks.map((task) => task.id).sort()).toEqual(['tham_dinh_thuc_dia', 'tham_dinh_thuc_dia__2'])
  })

  it('uses a subprocess only where a branch may leave', async () => {
    const subprocesses = async (record: ProcedureRecord) =>
      Object.values((await parseBpmn(await buildBpmn(record))).definition.elements).filter((element) => element.type === 'subProcess')
        .length
    expect(await Promise.all(records.map(subprocesses))).toEqual(records.map(() => 0))
    expect(await subprocesses(invented[0]!)).toBe(2)
  })

  it('is the same text each time, and escapes what XML cannot hold', async () => {
    const json = inventedJson('register-copy.json')
    json.steps[0].name = 'Nhận "hồ sơ" <b>&\u0001 của người dân'
    const record = procedureRecord.parse(json)
    const text = await buildBpmn(record)
    expect(await buildBpmn(record)).toBe(text)
    expect((await parseBpmn(text)).definition.elements['tiep_nhan']!.name).toBe('Nhận "hồ sơ" <b>& của người dân')
  })

  it('goes three regions deep and says so when asked for more', async () => {
    const deep = (levels: number): ProcedureRecord => {
      const record = procedureRecord.parse(inventedJson('register-copy.json'))
      const step = (id: string, next: string | string[], joins?: true) => ({
        id,
        name: id,
        role: 'chuyen_vien' as const,
        hours: 1,
        outcomes: [{ key: 'xong', label: 'Xong', next, joins }],
      })
      const level = (n: number) => [
        step(`mo_${n}`, [n === levels ? 'giua' : `mo_${n + 1}`, `ben_${n}`]),
        step(`ben_${n}`, `gap_${n}`, true),
        step(`gap_${n}`, n === 1 ? 'end' : `gap_${n - 1}`, n === 1 ? undefined : true),
      ]
      record.steps = [...Array.from({ length: levels }, (_, i) => level(i + 1)).flat(), step('giua', `gap_${levels}`, true)]
      return record
    }
    expect((await parseBpmn(await buildBpmn(deep(3)))).report).toEqual([])
    await expect(buildBpmn(deep(4))).rejects.toThrow(/lồng nhau quá 3 lớp ở bước "mo_4"/)
  })
})
