// The whole plan over the procedures of the pack, changed by chance, at points of their lives reached by chance: whatever moves is accepted once,
// ends as the new drawing ends, and owes no more and waits no longer than before.

import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { advance, type Definition, definitionOf, digestOf, type ElementDef, explore, type Input, type ProcessState } from '#core/bpmn/index.ts'
import { deadline } from '#core/workdays/index.ts'
import { loadCalendar, loadCatalogs, procedureTexts } from '#main/pack.ts'
import type { Dossier, MovingCase, TermUnder } from '#modules/dossiers/index.ts'
import { buildBpmn, evaluate, feeDecisions, type ProcedureRecord, type Version } from '#modules/procedures/index.ts'
import { type Chosen, planCase, sidesOf } from './plan.ts'

const calendar = loadCalendar()
const catalogs = loadCatalogs()
const CODES = ['1.004873', '1.001612', '1.013225', '2.000815', '3.000347', '1.001776']
const accepted = new Date('2026-11-16T09:00:00+07:00')

const chance = (seed: number) => { let at = seed; return (n: number): number => { at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0; return Math.floor((at / 2 ** 32) * n) } }
type Pick = (n: number) => number

/** The record as an official might change it: terms, fees, hours, names, a step renamed or taken out where one leads past it. */
function changed(record: ProcedureRecord, pick: Pick): ProcedureRecord {
  const next = structuredClone(record) as ProcedureRecord & { steps: { id: string; name: string; hours: number; outcomes: { key: string; next: string | string[]; effect?: string; joins?: boolean }[] }[] }
  next.term = { ...next.term, value: 1 + pick(20) }
  for (const fee of next.fees) if (fee.amount !== undefined) fee.amount = pick(3) * 10_000
  for (const step of next.steps) if (step.hours > 0) step.hours = 1 + pick(12)
  const plain = next.steps.filter((step, i) => i > 0 && step.outcomes.length === 1 && !step.outcomes[0]!.effect && typeof step.outcomes[0]!.next === 'string' && !step.outcomes[0]!.joins && step.outcomes[0]!.next !== 'end')
  const gone = plain[pick(plain.length + 1)]
  if (gone) {
    const to = gone.outcomes[0]!.next as string
    next.steps = next.steps.filter((step) => step !== gone) as never
    for (const step of next.steps) for (const outcome of step.outcomes) if (outcome.next === gone.id) outcome.next = to
  }
  const renamed = next.steps[1 + pick(next.steps.length - 1)]!
  const id = `${renamed.id}_moi`
  for (const step of next.steps) for (const outcome of step.outcomes) outcome.next = (typeof outcome.next === 'string' ? (outcome.next === renamed.id ? id : outcome.next) : outcome.next.map((one) => (one === renamed.id ? id : one))) as never
  renamed.id = id
  if (pick(2) === 0) renamed.name = `${renamed.name} theo quy định mới`
  return next
}

async function versionOf(record: ProcedureRecord, number: number): Promise<Version> {
  const bpmn = await buildBpmn(record)
  return { id: `${record.code}-${number}`, code: record.code, number, name: record.name, record, bpmn, bpmnDigest: digestOf(bpmn), dmn: null, feeTables: feeDecisions(record) } as unknown as Version
}
const drawn = (version: Version): Promise<Definition> => definitionOf(version.bpmnDigest, version.bpmn)

interface Life {
  state: ProcessState
  accepts: number
  ended: boolean
  rejection: Dossier['rejection']
  signed: boolean
}

/** Goes on by chance, a step at a time; what the dossier learns of it. */
function live(definition: Definition, life: Life, steps: number, pick: Pick): void {
  for (let n = 0; n < steps && life.state.status === 'active'; n++) {
    const offered = life.state.tokens.flatMap((token): { input: Input; element: ElementDef; effect?: string }[] => {
      const element = definition.elements[token.element]!
      if (token.status !== 'waiting' || (element.type !== 'task' && element.type !== 'callActivity')) return []
      return element.outcomes.map(({ key, effect }) => ({ input: { kind: element.type === 'task' ? 'complete' : 'called', token: token.id, outcome: key } as Input, element, effect }))
    })
    // in the end the first answers lead out of every circle
    const { input, effect, element } = offered[n > 60 ? 0 : pick(offered.length)]!
    life.state = advance(definition, life.state, input).state
    if (effect === 'accept') life.accepts++
    if (effect === 'approve') life.rejection = null
    if (effect === 'reject') life.rejection = ['lanh_dao_don_vi', 'chu_tich'].includes(element.attributes.role ?? '') ? 'signed' : 'proposed'
    if (effect === 'sign') life.signed = true
  }
}

let versions: Version[] = []
beforeAll(async () => {
  versions = await Promise.all(procedureTexts().map(({ text }) => JSON.parse(text) as ProcedureRecord).filter((record) => CODES.includes(record.code)).map((record) => versionOf(record, 1)))
})

test('over generated changes and histories', { timeout: 60_000 }, async () => {
  const seen = { moves: 0, choice: 0, stuck: 0 }
  await fc.assert(fc.asyncProperty(fc.nat(1 << 30), fc.nat(12), fc.boolean(), async (seed, steps, back) => {
    const pick = chance(seed)
    const one = versions[pick(versions.length)]!
    const other = await versionOf(changed(one.record, pick), 2)
    const [from, to] = back ? [other, one] : [one, other]
    const [here, there] = [await drawn(from), await drawn(to)]
    const life: Life = { state: advance(here, null, { kind: 'start' }).state, accepts: 0, ended: false, rejection: null, signed: false }
    live(here, life, steps, pick)
    if (life.state.status === 'ended') return
    const golden = one.record.cases.find((each) => each.expect.valid !== false)!
    const by = (version: Version): TermUnder => ({ also: [], term: { term: version.record.term, extension: null, decided: null, version: version.number }, due: deadline({ term: version.record.term, receivedAt: accepted, calendar }) })
    const look = (version: Version, form: Record<string, unknown>, parts: readonly string[]) => evaluate(version, { form, applicant: golden.applicant ?? null, channel: golden.channel, receivedAt: accepted, parts: [...parts] }, { calendar, catalogs })
    const dossier = {
      id: 'd', state: life.accepts ? 'DANG_XU_LY' : 'MOI_DANG_KY', channel: golden.channel, form: golden.form, applicant: golden.applicant ?? { fullName: 'A' }, submittedAt: accepted, acceptedAt: life.accepts ? accepted : null,
      dueAt: life.accepts ? by(from).due.dueAt : null, pausedAt: null, breach: null, extendedAt: null, apologisedAt: null, signedAt: life.signed ? accepted : null, rejection: life.rejection, finishedAt: null, kept: null,
    } as unknown as Dossier
    const fees = look(from, golden.form, []).fees
    const found: MovingCase = { dossier, parts: [], pending: null, fees, paidVnd: 0, asked: pick(3) === 0 ? 1 : 0, standing: { process: 'p', definition: here, state: life.state, items: [], children: [] } }
    const sides = sidesOf(from, to, here, there, (definition) => explore(definition, null))
    const chosen: Chosen = { steps: {}, answers: {}, clauses: {} }
    const around = { now: new Date(accepted.getTime() + pick(20) * 86_400_000), catalogs, unitName: '', terms: { before: by(from), after: by(to) }, evaluate: look }
    const plan = planCase(sides, found, chosen, around)
    expect(planCase(sides, found, chosen, around)).toEqual(plan)
    seen[plan.verdict]++
    expect(plan.verdict === 'moves').toBe(plan.change !== null)
    if (plan.verdict !== 'moves') expect(plan.preview.reasons.length).toBeGreaterThan(0)
    if (life.signed || found.asked > 0) expect(plan.verdict).toBe('stuck')
    if (!plan.change) return
    expect(plan.preview.fee.after).toBeLessThanOrEqual(plan.preview.fee.before)
    if (dossier.dueAt) expect(new Date(plan.preview.due.after!).getTime()).toBeLessThanOrEqual(dossier.dueAt.getTime())
    if (dossier.dueAt && dossier.dueAt < around.now) expect(plan.preview.due).toMatchObject({ how: 'late', after: dossier.dueAt.toISOString() })
    // everything it answered is still there
    expect(Object.values(plan.change.form)).toEqual(expect.arrayContaining(Object.values(golden.form)))
    const on: Life = { ...life, state: plan.change.remapped.state }
    live(there, on, 400, pick)
    expect(on.state.status).toBe('ended')
    // back to the desk is a second look at the same papers: only where the drawing it came from led there as well
    if (life.accepts > 0 && on.accepts !== life.accepts) {
      const ahead = [...explore(here, life.state).met.keys()].map((id) => here.elements[id]!)
      expect(ahead.some((element) => element.type === 'task' && element.outcomes.some(({ effect }) => effect === 'accept'))).toBe(true)
    }
  }), { numRuns: 60, examples: [[234028722, 2, false]] })
  expect(seen.moves).toBeGreaterThan(10)
  expect(seen.stuck + seen.choice).toBeGreaterThan(0)
})
