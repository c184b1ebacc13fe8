// Random processes run step by step in our engine, in bpmn-elements and in the oracle that made them; they must agree at every rest.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { xmlOf } from './drawing.testing.ts'
import { SecondEngine } from './elements.testing.ts'
import { parseBpmn } from './parse.ts'
import { leftOpen, Play } from './play.testing.ts'
import { anyProcess, drawnFrom, type Node, Oracle } from './structured.testing.ts'

const manySteps = 24

const sorted = (ids: Iterable<string>) => [...ids].sort().join(' ')

async function runAll(root: Node, picks: number[], withSecond: boolean): Promise<number> {
  const xml = xmlOf(drawnFrom(root))
  const { definition, report } = await parseBpmn(xml)
  expect(report).toEqual([])
  const ours = new Play(definition).act('start')
  const oracle = new Oracle(root)
  const second = withSecond ? await SecondEngine.start(xml) : null
  let steps = 0
  while (true) {
    const { tokens = [], status } = ours.state ?? {}
    const waiting = sorted(tokens.filter((token) => token.status === 'waiting').map((token) => token.element))
    const timers = sorted(tokens.filter((token) => token.status === 'armed').map((token) => token.element))
    const said = `${status === 'ended'} ${waiting} / ${timers}`
    expect(said).toBe(`${oracle.ended} ${sorted(oracle.waiting.keys())} / ${sorted(oracle.timers.keys())}`)
    if (second) expect(said).toBe(`${second.ended} ${sorted(second.waiting)} / ${sorted(second.timers.keys())}`)
    expect(new Set(tokens.map((token) => token.id)).size).toBe(tokens.length)
    expect(tokens.length).toBeLessThanOrEqual(2 * Object.keys(definition.elements).length)
    if (status === 'ended') break
    const pick = steps > manySteps ? 0 : (picks[steps % picks.length] ?? 0)
    const tasks = [...oracle.waiting.keys()].sort()
    const late = steps > manySteps ? [] : [...oracle.timers.keys()].sort()
    const chosen = [...tasks, ...late][pick % (tasks.length + late.length)] as string
    if (oracle.timers.has(chosen)) {
      oracle.timers.get(chosen)?.()
      ours.act(`timer ${chosen}`)
      second?.timeout(chosen)
    } else {
      const answers = oracle.answers.get(chosen) ?? ['']
      const answer = answers[(pick >> 4) % answers.length] ?? ''
      oracle.waiting.get(chosen)?.(answer)
      ours.act(`${chosen} ${answer}`.trim())
      second?.complete(chosen, answer === '' ? null : answer)
    }
    steps++
  }
  expect(ours.state).toMatchObject({ tokens: [], scopes: [] })
  expect(leftOpen(ours.all)).toEqual([])
  const taken = ours.all.filter((effect) => effect.type === 'flow.taken').map((effect) => effect.flow)
  if (second) expect(sorted(taken)).toBe(sorted(second.flows))
  return steps
}

const picks = fc.array(fc.nat({ max: 0xffff }), { minLength: 8, maxLength: 24 })

test('our engine, bpmn-elements and the oracle agree on 200 random processes', async () => {
  await fc.assert(
    fc.asyncProperty(anyProcess(true), picks, async (root, chosen) => void (await runAll(root, chosen, true))),
    { numRuns: 200, seed: 20261121 },
  )
}, 60_000)

test('our engine and the oracle agree on 400 more, with inclusive joins and choices inside parallel branches', async () => {
  await fc.assert(
    fc.asyncProperty(anyProcess(false), picks, async (root, chosen) => void (await runAll(root, chosen, false))),
    { numRuns: 400, seed: 20261121 },
  )
}, 60_000)
