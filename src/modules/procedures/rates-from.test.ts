// Older fees as rows: what people pay stays what it was; DMN files come back as rows where rows can say them; files of other tools are taken column by column.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DmnError, parseDmn, surveyDmn } from '#core/dmn/index.ts'
import { buildDmn, feeDecisions } from './dmn.ts'
import { feeLines } from './fees.ts'
import { feeRecord } from './fee-draft.ts'
import { amountColumn, guessColumn, policyNote, takeTable } from './foreign.ts'
import { adoptDmn, asTable, ratesFrom } from './rates-from.ts'
import { type ProcedureRecord, procedureRecord } from './record.ts'
import { recordJson, records } from './testing/packs.ts'

const land = procedureRecord.parse(recordJson('1.013831'))
const tabled = (record: ProcedureRecord): ProcedureRecord => ({ ...record, fees: record.fees.map((fee) => asTable(fee, record.channels.map((one) => one.channel))) })
const sums = (record: ProcedureRecord, scope: Parameters<typeof feeLines>[1]) => Object.fromEntries(feeLines({ record, feeTables: feeDecisions(record) }, scope).filter((line) => line.amount > 0).map((line) => [line.code, line.amount]))

describe('older fees as tables', () => {
  it('cost the same in every golden case and around it', () => {
    let seen = 0
    for (const record of records) {
      const table = tabled(record)
      for (const golden of record.cases.filter((one) => one.expect.valid !== false)) {
        for (const { channel } of record.channels) for (const receivedOn of ['2025-12-31', '2026-11-22', '2027-01-02']) {
          const blank = Object.fromEntries(record.form.sections.flatMap((section) => section.questions.map((question) => [question.key, null])))
          const scope = { form: { ...blank, ...golden.form }, applicant: null, channel, receivedOn, parts: [] }
          expect([record.code, golden.title, sums(table, scope)]).toEqual([record.code, golden.title, sums(record, scope)])
          seen++
        }
      }
    }
    expect(seen).toBeGreaterThan(300)
  })

  it('a formula of branches becomes rows', () => {
    expect(ratesFrom(land.fees[0]!).map(({ when, amount }) => [when, amount])).toEqual([['form.land_area <= 500', 300_000], ['form.land_area > 500', 500_000]])
    expect(ratesFrom(land.fees[2]!).map(({ when, amount }) => [when, amount])).toEqual([
      ['form.new_certificate = "cap_moi" and form.has_house = "co"', 100_000], ['form.new_certificate = "cap_moi" and form.has_house != "co"', 25_000], ['form.new_certificate != "cap_moi"', 15_000],
    ])
  })

  it('branches of numbers cost the same, whatever they are', () => {
    const branch = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.integer({ min: 0, max: 9 }).map((n) => String(n * 1000)), fc.tuple(fc.constantFrom('form.a', 'form.b'), fc.constantFrom('<=', '<', '>=', '>', '=', '!='), fc.integer({ min: 0, max: 4 }), tie('node'), tie('node')).map(([key, sign, n, then, otherwise]) => `if ${key} ${sign} ${n} then (${then}) else (${otherwise})`)),
    })).node
    const form = { title: 'T', sections: [{ key: 's', title: 'S', questions: ['a', 'b'].map((key) => ({ key, label: key, type: 'integer' as const, required: true })) }] }
    fc.assert(fc.property(branch, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), (formula, a, b) => {
      const record = { ...land, form, exemptions: [], fees: [{ code: 'P', name: 'P', kind: 'phi' as const, collectAt: 'tiep_nhan' as const, formula }] }
      const scope = { form: { a, b }, applicant: null, channel: 'truc_tuyen', receivedOn: '2026-11-22', parts: [] }
      expect(sums(tabled(record), scope)).toEqual(sums(record, scope))
    }), { numRuns: 80 })
  })
})

describe('a DMN file of ours', () => {
  it('changed in a cell comes back as rows', async () => {
    const record = tabled(land)
    const xml = (await buildDmn(record)).replace('300000', '350000')
    const { plain, fees, feeDmn } = await adoptDmn(record, xml.replaceAll('\n', '\r\n'))
    expect([plain, feeDmn, fees[0]!.rates![0]!.amount]).toEqual([true, undefined, 350_000])
  })
  it('that says more than rows is kept as it is, with fees that only name their lines', async () => {
    const record = tabled(land)
    const xml = (await buildDmn(record)).replace('floor(line.full + 0.5)', 'floor(line.full * 2)')
    const part = await adoptDmn(record, xml)
    expect(part).toMatchObject({ plain: false, feeDmn: xml })
    expect(part.fees[0]).not.toHaveProperty('rates')
    expect(await parseDmn(part.feeDmn!)).toBeTruthy()
  })
  it('that is broken is refused in words', () => expect(adoptDmn(land, '<a/>')).rejects.toThrow(DmnError))
})

const FOREIGN = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Phí đất" namespace="http://camunda.org/schema/1.0/dmn" exporter="Camunda Modeler" exporterVersion="5.28.0">
  <decision id="Phi" name="Phí thẩm định đất">
    <decisionTable id="T" hitPolicy="FIRST">
      <input id="i1" label="Loại đất"><inputExpression id="e1" typeRef="string"><text>loaiDat</text></inputExpression></input>
      <input id="i2" label="Diện tích chuyển (m²)"><inputExpression id="e2" typeRef="number"><text>dienTich</text></inputExpression></input>
      <input id="i3" label="Kênh nộp"><inputExpression id="e3" typeRef="string"><text>kenh</text></inputExpression></input>
      <output id="o1" label="Mức thu" name="muc" typeRef="number" />
      <annotation name="Căn cứ" />
      <rule id="r1"><inputEntry id="a1"><text>"Đất ở"</text></inputEntry><inputEntry id="a2"><text>[0..500]</text></inputEntry><inputEntry id="a3"><text>"Nộp trực tuyến"</text></inputEntry><outputEntry id="b1"><text>250000</text></outputEntry><annotationEntry><text>NQ 12/2026</text></annotationEntry></rule>
      <rule id="r2"><inputEntry id="a4"><text>not("Đất ở")</text></inputEntry><inputEntry id="a5"><text>&gt; 500</text></inputEntry><inputEntry id="a6"><text>-</text></inputEntry><outputEntry id="b2"><text>form.land_area * 1000</text></outputEntry><annotationEntry><text /></annotationEntry></rule>
    </decisionTable>
  </decision>
  <decision id="Ham" name="Hàm"><variable id="v" name="Ham" /><invocation id="inv"><literalExpression id="lx"><text>phi</text></literalExpression></invocation></decision>
  <businessKnowledgeModel id="bkm" name="Bảng giá đất" />
</definitions>`

describe('a file of another tool', () => {
  it('is looked over: what can be taken, what cannot and why', async () => {
    const survey = await surveyDmn(FOREIGN)
    expect(survey).toMatchObject({ name: 'Phí đất', tool: 'Camunda Modeler', left: [{ name: 'Bảng giá đất', what: 'Mô hình tri thức (BKM)' }] })
    expect(survey.decisions.map((one) => [one.id, one.table !== null, one.faults.length > 0])).toEqual([['Phi', true, false], ['Ham', false, true]])
    expect(policyNote(survey.decisions[0]!.table!)).toContain('FIRST')
    const own = await surveyDmn(FOREIGN.replace('<text>[0..500]</text>', '<text>[0..</text>'))
    expect(own.decisions[0]!.faults.join()).toMatch(/Dòng 1, cột “Diện tích/)
    const groovy = await surveyDmn(FOREIGN.replace('<inputExpression id="e2" ', '<inputExpression id="e2" expressionLanguage="groovy" '))
    expect(groovy.decisions[0]!.faults.join()).toContain('groovy')
  })
  it('becomes rows once its columns are known', async () => {
    const table = (await surveyDmn(FOREIGN)).decisions[0]!.table!
    const columns = table.inputs.map((input) => guessColumn(land, input))
    expect(columns).toEqual([{ question: 'land_use' }, { question: 'land_area' }, 'channel'])
    expect(takeTable(land, table, columns, amountColumn(table))).toEqual({
      faults: [],
      rates: [
        { id: 'dong_1', channels: ['truc_tuyen'], when: 'form.land_use = "dat_o" and form.land_area >= 0 and form.land_area <= 500', amount: 250_000, legal: 'NQ 12/2026' },
        { id: 'dong_2', when: 'not(form.land_use = "dat_o") and form.land_area > 500', amount: 1000, per: { count: 'land_area', word: 'đơn vị' }, formula: undefined },
      ].map((rate) => JSON.parse(JSON.stringify(rate))),
    })
  })
  it.each<[string, (xml: string) => string, RegExp]>([
    ['an option that the form has not', (xml) => xml.replace('"Đất ở"</text></inputEntry><inputEntry id="a2"', '"Đất rừng"</text></inputEntry><inputEntry id="a2"'), /Đất rừng/],
    ['an amount that reads something else', (xml) => xml.replace('form.land_area * 1000', 'giaDat * 2'), /giaDat/],
    ['no amount', (xml) => xml.replace('<text>250000</text>', '<text></text>'), /Dòng 1: chưa có mức thu/],
  ])('%s is named', async (_, spoil, message) => {
    const table = (await surveyDmn(spoil(FOREIGN))).decisions[0]!.table!
    expect(takeTable(land, table, table.inputs.map((input) => guessColumn(land, input))).faults.join('\n')).toMatch(message)
  })
  it('a column without a question is named', async () => {
    const table = (await surveyDmn(FOREIGN)).decisions[0]!.table!
    expect(takeTable(land, table, [null, { question: 'land_area' }, 'channel']).faults[0]).toContain('Loại đất')
  })
  it.each<[string, string, RegExp]>([
    ['entities', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><definitions/>', /DOCTYPE/],
    ['no DMN', '<html/>', /DMN 1.3/],
    ['broken off', FOREIGN.slice(0, 900), /DMN|không có quyết định|nguyên vẹn/],
    ['five megabytes', `${FOREIGN}<!--${'x'.repeat(5_000_000)}-->`, /2 MB/],
    ['nothing', '', /DMN 1.3/],
  ])('%s: refused in words', async (_, xml, message) => expect(surveyDmn(xml)).rejects.toThrow(message))
})

describe('an unfinished draft', () => {
  it.each([{}, { fees: 'x' }, { fees: [null, { rates: [{}] }], form: { sections: 3 }, channels: [{}] }, { exemptions: [{}], fees: [{ code: 'A' }] }])('%j can be looked at', (record) => expect(() => feeDecisions(feeRecord(record as never))).not.toThrow())
})
