// A bad record is refused with a sentence that names the place and the remedy; the real ones pass without a murmur.

import { describe, expect, it } from 'vitest'
import { checkRecord, checkRecordText } from './check.ts'
import { formKeysIn } from './expressions.ts'
import { sayFault } from './faults.ts'
import { deps, inventedJson, recordTexts } from './testing/packs.ts'
import { copy, type Json, market } from './testing/spoil.ts'

const faultsOf = async (json: Json): Promise<string[]> => (await checkRecord(json, deps)).faults.map(sayFault)

describe('records that are right', () => {
  it.each([...recordTexts])('%s has no fault and no warning', async (_code, text) => {
    const { record, faults, warnings } = await checkRecordText(text, deps)
    expect([faults, warnings]).toEqual([[], []])
    expect(record).toEqual(JSON.parse(text))
  })

  it.each(['night-market.json', 'register-copy.json'])('%s too', async (name) => {
    expect(await checkRecord(inventedJson(name), deps)).toMatchObject({ faults: [], warnings: [] })
  })
})

describe('files that are no record', () => {
  it.each([
    ['', /^tệp trống/],
    [' \n\t', /^tệp trống/],
    ['<bpmn/>', /^tệp không phải JSON: /],
    ['{"format": "tinhso.procedure/1",', /^tệp không phải JSON: /],
    ['[]', /^phải là một nhóm mục, đang là \[\]$/],
    ['null', /^phải là một nhóm mục, đang là null$/],
  ])('%j', async (text, message) => {
    expect(await checkRecordText(text, deps)).toEqual({
      record: null,
      faults: [{ path: '', message: expect.stringMatching(message) }],
      warnings: [],
    })
  })

  it('a byte order mark in front does no harm', async () => {
    expect((await checkRecordText(`\uFEFF${recordTexts.get('2.000815')}`, deps)).faults).toEqual([])
  })
})

describe('faults', () => {
  it.each<[string, Json, RegExp[]]>([
    [
      'unknown role',
      market((_, step) => (step('ky').role = 'chuyenvien')),
      [/^steps\[7\]\.role: "chuyenvien" không phải vai trò; phải là một trong: mot_cua, /],
    ],
    [
      'negative fee',
      market((json) => (json.fees[0].amount = -1)),
      [/^fees\[0\]\.amount: phải là số nguyên đồng từ 0 trở lên, đang là -1$/],
    ],
    ['wrong code', market((json) => (json.code = 'TT-01')), [/^code: phải là mã thủ tục quốc gia/]],
    ['extra key', market((json) => (json.gia = 1)), [/^gia: mục này không có trong định dạng/]],
    [
      'twice',
      market((json, step) => {
        json.parts[1].id = 'so_do'
        json.channels[1].channel = 'truc_tuyen'
        json.fees.push({ ...json.fees[0] })
        step('ve_sinh').outcomes[1].key = 'dat'
        step('ve_sinh').silence.outcome = 'dat'
        json.reasons.refusal.push(json.reasons.refusal[0])
      }),
      [
        /^channels\[1\]\.channel: kênh "truc_tuyen" đã dùng/,
        /^parts\[1\]\.id: mã giấy tờ "so_do"/,
        /^fees\[1\]\.code: /,
        /^steps\[5\]\.outcomes\[1\]\.key: mã kết quả "dat"/,
        /^reasons\.refusal\[1\]\.code: /,
      ],
    ],
    [
      'dates',
      market((json) => (json.effectiveTo = '2026-01-04')),
      [/^effectiveTo: phải từ ngày bắt đầu hiệu lực 2026-01-05 trở đi, đang là 2026-01-04/],
    ],
    [
      'terms',
      copy((json) => {
        json.term.value = 9999
        json.channels[0].term.cutoff = '25:00'
        delete json.extension.when
        json.channels[1].term = { value: 1, unit: 'ngay_lam_viec', cutoff: '15:00' }
      }),
      [
        /^term: /,
        /^channels\[0\]\.term: Giờ chốt/,
        /^channels\[1\]\.term\.cutoff: giờ chốt nhận chỉ dùng khi mode là same_day/,
        /^extension\.when: /,
      ],
    ],
    [
      'a fee without amount',
      copy((json) => {
        delete json.fees[1].amount
        delete json.fees[0].formula
      }),
      [/^fees\[0\]: khoản thu "PHI-BS" chưa có mức thu; /, /^fees\[1\]: khoản thu "PHI-TIM" chưa có mức thu cho kênh truc_tiep; /],
    ],
    ['two amounts', copy((json) => (json.fees[0].amount = 1)), [/^fees\[0\]\.formula: đã có amount/]],
    [
      'channel amounts',
      copy((json) => (json.fees[1].channelAmounts = { truc_tuyen: -5, truc_tep: 1 })),
      [/truc_tuyen: phải là số nguyên đồng từ 0 trở lên, đang là -5/, /truc_tep: không có kênh "truc_tep"/],
    ],
    [
      'exemption of nothing',
      copy((json) => (json.exemptions[0].fees = ['PHI'])),
      [/^exemptions\[0\]\.fees\[0\]: không có khoản thu "PHI"; phải là một trong: PHI-BS, PHI-TIM$/],
    ],
    [
      'golden case',
      copy((json) => {
        json.cases[0].expect.fee = 1
        json.cases[1].expect.dueOn = '2026-07-15'
        json.cases[2].expect.valid = false
      }),
      [
        /^cases\[0\]\.expect\.fee: ca mẫu "Ba bản, sổ mới, nộp tại quầy": tổng phí, lệ phí phải là 1 đ, tính ra 24\.000 đ$/,
        /^cases\[1\]\.expect\.dueOn: ca mẫu "[^"]+": ngày hẹn trả phải là 2026-07-15, tính ra 2026-07-16 \(Nhận /,
        /^cases\[2\]\.expect\.valid: .* phải là không, tính ra có$/,
      ],
    ],
    [
      'golden route, papers, errors',
      market((json) => Object.assign(json.cases[0].expect, { route: ['ky'], requiredParts: ['so_do'], errors: ['food'] })),
      [
        /expect\.errors: .*phải là \[food\], tính ra \[\]/,
        /expect\.requiredParts: .*phải là \[so_do\], tính ra \[cam_ket, so_do\]/,
        /expect\.route: .*phải là ky, tính ra tiep_nhan → tham_dinh/,
      ],
    ],
    [
      'golden channel',
      market((json) => (json.cases[1].channel = 'bcci')),
      [/^cases\[1\]\.channel: .*không nhận qua kênh bcci; chỉ nhận qua: truc_tuyen, truc_tiep/],
    ],
    [
      'form',
      market((json) => (json.form.sections[0].questions[1].visibleWhen = 'form.foood = "co"')),
      [/^form\.sections\[0\]\.questions\[1\]\.visibleWhen: .*form\.foood/],
    ],
  ])('%s', async (_name, json, messages) => {
    expect(await faultsOf(json)).toEqual(messages.map((message) => expect.stringMatching(message)))
  })

  it.each<[string, (json: Json, text: string) => void]>([
    ['competence.by', (json, text) => (json.competence.by = text)],
    ['extension.when', (json, text) => (json.extension.when = text)],
    ['conditions[0].check', (json, text) => (json.conditions[0].check = text)],
    ['parts[1].requiredWhen', (json, text) => (json.parts[1].requiredWhen = text)],
    ['fees[0].formula', (json, text) => (json.fees[0].formula = text)],
    ['fees[1].when', (json, text) => (json.fees[1].when = text)],
    ['exemptions[0].when', (json, text) => (json.exemptions[0].when = text)],
    ['steps[1].unit', (json, text) => (json.steps[1].unit = text)],
    ['results[0].fields[0].value', (json, text) => (json.results[0].fields = [{ label: 'x', value: text }])],
    ['form.sections[0].questions[0].check', (json, text) => (json.form.sections[0].questions[0].check = text)],
  ])('FEEL at %s is read before anything runs', async (path, put) => {
    expect(await faultsOf(copy((json) => put(json, 'if form.year < then')))).toEqual([
      expect.stringMatching(`^${path.replace(/[[\]]/g, '\\$&')}: Biểu thức FEEL `),
    ])
    expect(await faultsOf(copy((json) => put(json, 'form.yaer = 5 or form.office.commune = "38"')))).toEqual([
      expect.stringMatching(/form\.yaer/),
    ])
  })
})

it('a key is read outside quotes only', () => {
  expect(formKeysIn('form.a = "form.b" or transform.c = form.d.e or form.a > 1 and "\\"form.f"')).toEqual(['a', 'd'])
})
