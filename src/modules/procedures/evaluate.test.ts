// Golden cases of every record, and what they leave open: exemptions, channels, who decides, papers to show, answers of any kind.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate, type Filing } from './evaluate.ts'
import { feeDecisions } from './dmn.ts'
import { goldenCases } from './golden.ts'
import { type ProcedureRecord, procedureRecord } from './record.ts'
import { mainRoute } from './route.ts'
import { deps, inventedJson, records } from './testing/packs.ts'

const drawn = (record: ProcedureRecord) => ({ record, feeTables: feeDecisions(record) })
const recordOf = (code: string): ProcedureRecord => records.find((record) => record.code === code)!
const copies = procedureRecord.parse(inventedJson('register-copy.json'))

const filing = (golden: ProcedureRecord['cases'][number], changed: Record<string, unknown> = {}): Filing => ({
  form: { ...golden.form, ...changed },
  channel: golden.channel,
  receivedAt: new Date(golden.receivedAt),
})

describe('golden cases', () => {
  it.each(records.map((record) => [record.code, record] as const))('%s gives what it promises', (_code, record) => {
    expect(record.cases.length).toBeGreaterThan(1)
    expect(goldenCases(drawn(record), deps)).toEqual([])
  })

  it.each(['night-market.json', 'register-copy.json'])('%s too', (name) => {
    expect(goldenCases(drawn(procedureRecord.parse(inventedJson(name))), deps)).toEqual([])
  })
})

describe('fees', () => {
  const fees = (form: Record<string, unknown>, more: Partial<Filing> = {}) =>
    evaluate(drawn(copies), { ...filing(copies.cases[0]!, form), ...more }, deps).fees

  it('are whole đồng, with the largest exemption alone', () => {
    expect(fees({ copies: 6 })).toEqual([
      {
        code: 'PHI-BS',
        name: 'Phí cấp bản sao',
        kind: 'phi',
        amount: 47500,
        fullAmount: 47500,
        collectAt: 'tra_ket_qua',
        note: null,
      },
    ])
    expect(fees({ copies: 10, poor: true })[0]).toMatchObject({
      amount: 38751,
      fullAmount: 77502,
      note: 'Hộ nghèo được giảm một nửa phí bản sao.',
    })
    expect(fees({ copies: 10 })[0]).toMatchObject({ amount: 69752, note: 'Người xin từ 10 bản được giảm một phần mười.' })
  })

  it('say when they cannot be told yet', () => {
    expect(fees({ copies: null })[0]).toMatchObject({ amount: 0, fullAmount: 0, note: expect.stringContaining('Chưa tính được') })
  })

  it('follow the channel and end after their last day', () => {
    expect(fees({ year: 1970 }).map((line) => [line.code, line.amount])).toEqual([
      ['PHI-BS', 24000],
      ['PHI-TIM', 20000],
    ])
    expect(fees({ year: 1970 }, { channel: 'truc_tuyen' }).at(-1)!.amount).toBe(10000)
    expect(fees({ year: 1970 }, { receivedAt: new Date('2026-12-31T23:59:00+07:00') })).toHaveLength(2)
    expect(fees({ year: 1970 }, { receivedAt: new Date('2027-01-01T00:00:00+07:00') })).toHaveLength(1)
  })

  it('are never negative', () => {
    const record = { ...copies, fees: [{ ...copies.fees[0]!, formula: '5000 - 8000' }] }
    expect(evaluate(drawn(record), filing(copies.cases[0]!), deps).totalFee).toBe(0)
  })
})

describe('what else is told', () => {
  it('the unit that decides: a commune, the place of filing, the province', () => {
    const by = (record: ProcedureRecord) => evaluate(drawn(record), filing(record.cases[0]!), deps).decidedBy
    expect(by(recordOf('1.001193'))).toEqual({ by: expect.stringMatching(/^\d{5}$/), level: 'xa', department: null })
    expect(by(recordOf('2.000815'))).toEqual({ by: 'noi_nop', level: 'xa', department: null })
    expect(by(recordOf('2.001583'))).toEqual({ by: 'tinh', level: 'tinh', department: 'so_tai_chinh' })
    expect(
      evaluate(drawn(recordOf('1.001193')), { form: {}, channel: 'truc_tuyen', receivedAt: new Date('2026-07-15T09:00:00+07:00') }, deps).decidedBy
        .by,
    ).toBeNull()
  })

  it('papers to hand in, to show, to add', () => {
    expect(evaluate(drawn(copies), filing(copies.cases[0]!), deps)).toMatchObject({
      requiredParts: [],
      shownParts: ['giay_to_tuy_than'],
      optionalParts: ['ban_cu'],
    })
    const counter = recordOf('3.000333').cases.find((one) => one.channel === 'truc_tiep')!
    expect(evaluate(drawn(recordOf('3.000333')), filing(counter), deps).shownParts).toContain('LL06')
  })

  it('conditions: met, not met, for a person to judge', () => {
    const met = (province: string) =>
      evaluate(drawn(copies), filing(copies.cases[0]!, { office: { province, commune: '16378', detail: 'x' } }), deps).conditions
    expect(met('38')).toEqual([{ text: 'Giấy được cấp ở trong tỉnh.', met: true }])
    expect(met('01')).toEqual([{ text: 'Giấy được cấp ở trong tỉnh.', met: false }])
    expect(evaluate(drawn(recordOf('1.001193')), filing(recordOf('1.001193').cases[0]!), deps).conditions.map((one) => one.met)).toEqual([
      null,
      true,
    ])
  })

  it('the term of the channel, and an extension known at filing', () => {
    expect(evaluate(drawn(copies), filing(copies.cases[1]!), deps)).toMatchObject({
      term: { mode: 'same_day', cutoff: '10:00' },
      extension: { adds: true, term: { value: 3 } },
      dueOn: '2026-07-16',
      derivation: expect.stringContaining('gia hạn'),
    })
    const byDecision = recordOf('2.000815')
    expect(byDecision.extension!.applies).toBe('by_decision')
    expect(byDecision.cases.every((golden) => evaluate(drawn(byDecision), filing(golden), deps).extension === null)).toBe(true)
  })
})

describe('the usual road', () => {
  it('goes round no loop and ends', () => {
    const steps = structuredClone(copies.steps)
    steps[2]!.outcomes[0]!.next = 'tim_so'
    expect(mainRoute({ steps })).toEqual(['tiep_nhan', 'tim_so', 'tong_hop'])
  })

  it('follows a branch that leaves', () => {
    const { steps } = procedureRecord.parse(inventedJson('night-market.json'))
    steps.find((step) => step.id === 've_sinh')!.outcomes.reverse()
    expect(mainRoute({ steps })).toEqual(['tiep_nhan', 'tham_dinh', 'an_ninh', 'lap_bien_ban', 've_sinh', 'ky_tu_choi', 'tra_ho_so'])
  })
})

describe('whatever is answered', () => {
  const now = new Date('2026-07-15T09:00:00+07:00')
  const judged = (record: ProcedureRecord, answer: () => unknown, channel: Filing['channel']) => {
    const keys = record.form.sections.flatMap((section) => section.questions.map((question) => question.key))
    return evaluate(drawn(record), { form: Object.fromEntries(keys.map((key) => [key, answer()])), channel, receivedAt: now }, deps)
  }

  it("nothing is thrown, amounts are whole, papers are the record's", () => {
    const plausible = fc.constantFrom('2026-07-15', '38', 'co', true, 12, [{}], { province: '38', commune: '16378' })
    const anything = fc.infiniteStream(fc.oneof(fc.jsonValue(), plausible))
    const all = [...records, copies]
    fc.assert(
      fc.property(fc.nat(all.length - 1), anything, fc.constantFrom('truc_tuyen', 'truc_tiep', 'bcci'), (index, answers, channel) => {
        const record = all[index]!
        const told = judged(record, () => answers.next().value, channel)
        const ids = record.parts.map((part) => part.id)
        expect([...told.requiredParts, ...told.shownParts, ...told.optionalParts].filter((id) => !ids.includes(id))).toEqual([])
        for (const line of told.fees) {
          expect(Number.isSafeInteger(line.amount) && line.amount >= 0 && line.amount <= line.fullAmount).toBe(true)
        }
        expect(told.totalFee).toBe(told.fees.reduce((sum, line) => sum + line.amount, 0))
        expect(told.valid).toBe(told.errors.length === 0)
        expect(told.dueAt.getTime()).toBeGreaterThan(now.getTime())
      }),
      { numRuns: 300 },
    )
  })

  it('an amount that no number holds exactly is not told', () => {
    const told = judged(recordOf('1.001193'), () => 9.87e177, 'bcci')
    expect(told.fees.find((line) => line.code === 'PHI_BAN_SAO')).toMatchObject({
      amount: 0,
      note: expect.stringContaining('Chưa tính được'),
    })
  })
})
