// Golden cases of a draft as its author sees them: what comes out, and a case whose form was left unfinished.

import { describe, expect, it } from 'vitest'
import { runCases } from './case-runs.ts'
import type { DraftRecord } from './draft-parts.ts'
import { deps, recordJson } from './testing/packs.ts'

const draftOf = (change: (cases: any[]) => void): DraftRecord => {
  const json = recordJson('2.000815')
  change(json.cases)
  return json
}

describe('a case with an unfinished form', () => {
  const missing = (cases: any[], expected: Record<string, unknown>) => cases.splice(0, cases.length, { ...cases[0], form: {}, expect: expected })

  it('names the questions at fault, so that nobody fixes it unawares', async () => {
    const [run] = await runCases(draftOf((cases) => missing(cases, {})), deps)
    expect(run).toMatchObject({ ok: false, outcome: { valid: false } })
    expect(run!.unmeant.length).toBeGreaterThan(0)
    expect(run!.unmeant).not.toContain('')
  })

  it.each([{ valid: false }, { errors: ['x'] }])('is meant when it fixes %o', async (expected) => {
    const [run] = await runCases(draftOf((cases) => missing(cases, expected)), deps)
    expect(run!.unmeant).toEqual([])
  })

  it('every case of the record as published is whole or meant', async () => {
    for (const run of await runCases(draftOf(() => {}), deps)) expect([run.title, run.unmeant]).toEqual([run.title, []])
  })
})
