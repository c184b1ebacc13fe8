// Processes out of chance, of every shape that steps can have: choices, ways back, silences, calls, branches side by side and branches that leave.

import fc from 'fast-check'
import { EFFECTS, type Outcome, type ProcedureRecord, ROLES, type Step } from '../record.ts'
import { records } from './packs.ts'

type Plan = { readonly kind: 'step'; readonly look: Look; readonly extra: 'none' | 'end' | 'back' | 'same' } | { readonly kind: 'fork'; readonly look: Look; readonly branches: readonly Plan[][] }

interface Look {
  readonly name: string
  readonly role: Step['role']
  readonly unit: string | undefined
  readonly hours: number
  readonly clock: Step['clock']
  readonly status: number | undefined
  readonly does: string[] | undefined
  readonly effect: Outcome['effect']
  readonly silent: boolean
  readonly call: 'none' | 'process' | 'procedure'
}

const words = fc.constantFrom('Tiếp nhận', 'Thẩm định "hồ sơ"', 'Ký <số> & đóng dấu', 'Hỏi ý kiến', 'Đi thực địa', 'Họp', 'Trả kết quả')
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

const look: fc.Arbitrary<Look> = fc.record({
  name: words,
  role: fc.constantFrom(...ROLES),
  unit: maybe(fc.constantFrom('noi_nop', 'tham_quyen', 'cong_an_xa', 'form.noi_o.commune')),
  hours: fc.constantFrom(0, 0.5, 4, 16),
  clock: maybe(fc.constantFrom('runs' as const, 'stops' as const)),
  status: maybe(fc.integer({ min: 1, max: 10 })),
  does: maybe(fc.array(words, { minLength: 1, maxLength: 2 })),
  effect: maybe(fc.constantFrom(...EFFECTS)),
  silent: fc.boolean(),
  call: fc.constantFrom('none', 'none', 'none', 'process', 'procedure'),
})

const { seq } = fc.letrec<{ item: Plan; seq: Plan[] }>((tie) => ({
  item: fc.oneof(
    { depthSize: 'small', withCrossShrink: true, maxDepth: 2 },
    fc.record({ kind: fc.constant('step' as const), look, extra: fc.constantFrom('none', 'end', 'back', 'same') }),
    fc.record({ kind: fc.constant('fork' as const), look, branches: fc.array(tie('seq'), { minLength: 2, maxLength: 2 }) }),
  ) as fc.Arbitrary<Plan>,
  seq: fc.array(tie('item'), { minLength: 1, maxLength: 2 }),
}))

const plain: Look = { name: 'Bước nối', role: 'chuyen_vien', unit: undefined, hours: 1, clock: undefined, status: undefined, does: undefined, effect: undefined, silent: false, call: 'none' }
const link = (): Plan => ({ kind: 'step', look: plain, extra: 'none' })

class Writer {
  readonly steps: Step[] = []
  private count = 0

  /** Writes a plan so that its last step goes to `next`; gives the id of its first step. */
  seq(items: readonly Plan[], next: string, joins: boolean): string {
    // Branches meet at a step and a way begins and ends at one.
    const all = items.flatMap((item, i): Plan[] => (item.kind === 'fork' && (i === items.length - 1 || items[i + 1]!.kind === 'fork') ? [item, link()] : [item]))
    const ids = all.map(() => `b${++this.count}`)
    all.forEach((item, i) => {
      const last = i === all.length - 1
      this.item(item, ids[i]!, { next: last ? next : ids[i + 1]!, joins: last && joins }, ids[0]!)
    })
    return ids[0]!
  }

  private item(item: Plan, id: string, way: { next: string; joins: boolean }, head: string): void {
    const { effect, silent, call, ...said } = item.look
    const main: Outcome = { key: 'xong', label: 'Làm "xong"', next: way.next, ...(way.joins ? { joins: true } : {}), ...(effect ? { effect } : {}) }
    const step: Step = { ...said, id, outcomes: [main] }
    for (const key of Object.keys(step) as (keyof Step)[]) if (step[key] === undefined) delete step[key]
    this.steps.push(step)
    if (item.kind === 'fork') {
      step.outcomes[0] = { ...main, next: item.branches.map((branch) => this.seq(branch, way.next, true)) }
      delete step.outcomes[0].joins
      return
    }
    if (item.extra === 'end') step.outcomes.push({ key: 'dung', label: 'Dừng', next: 'end', effect: 'refuse' })
    if (item.extra === 'back') step.outcomes.push({ key: 'lam_lai', label: 'Làm lại', next: head })
    if (item.extra === 'same') step.outcomes.push({ ...main, key: 'xong_khac', label: 'Xong cách khác' })
    if (silent) step.silence = { value: 3, unit: step.hours > 1 ? 'ngay' : 'ngay_lam_viec', outcome: step.outcomes.at(-1)!.key }
    if (call === 'process') step.call = { process: 'dang_ky_chung', outcomes: { 'đồng ý': 'xong' } }
    if (call === 'procedure') step.call = { procedure: '1.000001' }
  }
}

/** A record whose steps run without fault. */
export const processes: fc.Arbitrary<ProcedureRecord> = seq.map((items) => {
  const writer = new Writer()
  writer.seq([link(), ...items, link()], 'end', false)
  const [first] = writer.steps
  first!.role = 'mot_cua'
  first!.outcomes[0]!.effect = 'accept'
  return { ...records[0]!, code: '9.000009', steps: writer.steps }
})
