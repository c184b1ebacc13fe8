// Which form on which day: the two sets of the country's pack, their borders, and dossiers that live through the change.
import { describe, expect, test } from 'vitest'
import pack from '#packs/vn/forms.json' with { type: 'json' }
import { type FormSet, formFor } from './sets.ts'

const sets = pack.sets as unknown as readonly FormSet[]

describe('forms by date', () => {
  test.each([
    ['receipt', '2026-11-22', undefined, 'tt-03-2025 Mẫu số 01'],
    ['receipt', '2025-09-15', undefined, 'tt-03-2025 Mẫu số 01'],
    ['receipt', '2025-09-14', undefined, 'tt-01-2018 Mẫu số 01'],
    ['receipt', '2019-01-08', undefined, 'tt-01-2018 Mẫu số 01'],
    ['receipt', '2019-01-07', undefined, null],
    ['supplement_request', '2024-06-01', undefined, 'tt-01-2018 Mẫu số 02'],
    ['refusal', '2024-06-01', undefined, 'tt-01-2018 Mẫu số 03'],
    ['apology', '2025-09-20', '2025-08-01', 'tt-01-2018 Mẫu số 04'],
    ['apology', '2025-09-20', '2025-09-16', 'tt-03-2025 Mẫu số 04'],
    ['stop_notice', '2025-09-14', undefined, null],
    ['stop_notice', '2025-09-20', '2025-08-01', 'tt-03-2025 Mẫu số 05'],
    ['control_slip', '2025-09-14', undefined, 'tt-01-2018 Mẫu số 05'],
    ['control_slip', '2026-01-05', '2025-09-01', 'tt-01-2018 Mẫu số 05'],
    ['control_slip', '2025-09-15', undefined, 'tt-03-2025 Mẫu số 06'],
    ['tracking_book', '2020-01-01', undefined, 'tt-01-2018 Mẫu số 06'],
    ['tracking_book', '2026-01-01', undefined, 'tt-03-2025 Mẫu số 07'],
    ['result', '2026-01-01', undefined, null],
    // a received day after the act is a slip of the pen: the act counts
    ['receipt', '2025-09-14', '2026-01-01', 'tt-01-2018 Mẫu số 01'],
  ])('%s on %s, received %s: %s', (kind, on, receivedOn, expected) => {
    const form = formFor(sets, kind, on, receivedOn)
    expect(form && `${form.set} ${form.no}`).toBe(expected)
  })

  test('sets do not overlap, and seven and six forms are told', () => {
    const byDate = [...sets].sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom))
    for (const [i, set] of byDate.entries()) if (i > 0) expect(byDate[i - 1]!.effectiveTo! < set.effectiveFrom).toBe(true)
    expect(byDate.map((set) => Object.keys(set.forms).length)).toEqual([6, 7])
  })
})
