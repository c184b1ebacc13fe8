import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { evaluate } from 'feelin'
import { describe, expect, it } from 'vitest'
import { deadline, localDate } from './index.ts'
import { national } from './testing.ts'
import type { Term } from './types.ts'

// The procedure records lie beside the project while it is built; without them there is nothing to compare.
const folder = new URL('../../../../shared/procedures/', import.meta.url)
const present = existsSync(folder)

interface Procedure {
  readonly code: string
  readonly term: Term
  readonly channels: readonly { channel: string; term?: Term }[]
  readonly extension?: { term: Term; when?: string; whenText: string; applies: 'at_filing' | 'by_decision'; adds: boolean }
  readonly cases: readonly {
    title: string
    form: Record<string, unknown>
    applicant?: Record<string, unknown>
    receivedAt: string
    channel: string
    expect: { dueOn?: string }
  }[]
}

const records: Procedure[] = present
  ? readdirSync(folder)
      .filter((name) => /^\d.*\.json$/.test(name))
      .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Procedure)
  : []
const cases = records.flatMap((record) =>
  record.cases.flatMap((one) => (one.expect.dueOn ? [{ ...one, record, code: record.code, dueOn: one.expect.dueOn }] : [])),
)

describe.skipIf(!present)('the golden cases of the procedure records', () => {
  it('are all there', () => expect(cases.length).toBeGreaterThan(100))

  it.each(cases)('$code $receivedAt $title: $dueOn', ({ record, form, applicant, receivedAt: received, channel, dueOn }) => {
    const receivedAt = new Date(received)
    const { extension } = record
    const scope = { form, applicant: applicant ?? {}, channel, receivedOn: localDate(receivedAt), parts: {} }
    const longer = extension?.applies === 'at_filing' && (!extension.when || evaluate(extension.when, scope).value === true)
    const result = deadline({
      term: record.channels.find((one) => one.channel === channel)?.term ?? record.term,
      receivedAt,
      calendar: national(),
      extension: extension && longer ? { term: extension.term, adds: extension.adds, reason: extension.whenText } : null,
    })
    expect(result.dueOn).toBe(dueOn)
  })
})
