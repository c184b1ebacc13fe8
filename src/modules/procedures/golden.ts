// Runs the golden cases that a record carries: a filled-in form and what must come of it. A record that fails them is not published.

import { formatVnd } from '#core/money/index.ts'
import { type EvaluateDeps, evaluate, type Evaluation } from './evaluate.ts'
import type { Fault } from './faults.ts'
import type { Published } from './fees.ts'
import type { GoldenCase } from './record.ts'

/** Every difference between what the cases expect and what the record gives: which case, which field, expected and got. */
export function goldenCases(published: Published, deps: EvaluateDeps): Fault[] {
  return published.record.cases.flatMap((golden, i) =>
    differences(published, golden, deps).map(({ path, message }) => ({
      path: `cases[${i}].${path}`,
      message: `ca mẫu "${golden.title}": ${message}`,
    })),
  )
}

function differences(published: Published, golden: GoldenCase, deps: EvaluateDeps): Fault[] {
  const { record } = published
  if (!record.channels.some((one) => one.channel === golden.channel)) {
    const offered = record.channels.map((one) => one.channel).join(', ')
    return [{ path: 'channel', message: `thủ tục không nhận qua kênh ${golden.channel}; chỉ nhận qua: ${offered}` }]
  }
  const { form, applicant, channel, receivedAt, expect } = golden
  let got: Evaluation
  try {
    got = evaluate(published, { form, applicant, channel, receivedAt: new Date(receivedAt) }, deps)
  } catch (error) {
    return [{ path: 'expect', message: `không tính được (${error instanceof Error ? error.message : String(error)})` }]
  }
  const said = got.errors.length ? ` (${got.errors.map((error) => `${error.key}: ${error.message}`).join(' · ')})` : ''
  return [
    ...same('valid', 'tờ khai hợp lệ', expect.valid, got.valid, said),
    ...sameSet(
      'errors',
      'các câu bị lỗi',
      expect.errors,
      got.errors.map((error) => error.key),
      said,
    ),
    ...sameSet('requiredParts', 'giấy tờ phải nộp', expect.requiredParts, got.requiredParts),
    ...same('fee', 'tổng phí, lệ phí', expect.fee, got.totalFee),
    ...same('dueOn', 'ngày hẹn trả', expect.dueOn, got.dueOn, ` (${got.derivation})`),
    ...same('route', 'các bước đi qua', expect.route?.join(' → '), got.route.join(' → ')),
  ]
}

function same<T extends string | number | boolean>(field: string, name: string, expected: T | undefined, got: T, more = ''): Fault[] {
  if (expected === undefined || expected === got) return []
  return [{ path: `expect.${field}`, message: `${name} phải là ${shown(expected)}, tính ra ${shown(got)}${more}` }]
}

/** Order and repetition do not matter: an author lists papers as they come to mind. */
function sameSet(field: string, name: string, expected: readonly string[] | undefined, got: readonly string[], more = ''): Fault[] {
  if (!expected) return []
  const list = (items: readonly string[]) => [...new Set(items)].sort().join(', ')
  return same(field, name, `[${list(expected)}]`, `[${list(got)}]`, more)
}

function shown(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'có' : 'không'
  return typeof value === 'number' ? formatVnd(value) : value
}
