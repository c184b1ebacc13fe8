// Steps that would strand a dossier are refused by name; odd ones are pointed out.

import { describe, expect, it } from 'vitest'
import { checkRecord } from './check.ts'
import { sayFault } from './faults.ts'
import { deps } from './testing/packs.ts'
import { type Json, market } from './testing/spoil.ts'

describe('faults of the process', () => {
  it.each<[string, Json, RegExp[]]>([
    [
      'step to nowhere',
      market((_, step) => (step('cap_so').outcomes[0].next = 'hoan_thahn')),
      [/^steps\[8\]\.outcomes\[0\]\.next: không có bước "hoan_thahn"; phải là end hoặc một trong: tiep_nhan, tham_dinh, /],
    ],
    [
      'end as a branch',
      market((_, step) => (step('tham_dinh').outcomes[0].next = ['an_ninh', 've_sinh', 'end'])),
      [/"end" không thể là một nhánh/],
    ],
    [
      'step named end',
      market((_, step) => (step('hoan_thanh').id = 'end')),
      [/steps\[9\]\.id: "end" là chỗ kết thúc/, /không có bước "hoan_thanh"/],
    ],
    [
      'unreachable step',
      market((json) => json.steps.push({ ...json.steps[4], id: 'bo_quen', outcomes: [{ key: 'x', label: 'X', next: 'end' }] })),
      [/^steps\[13\]: không có đường nào dẫn tới bước "bo_quen"/],
    ],
    [
      'no way to the end',
      market((_, step) => (step('tra_ho_so').outcomes[0].next = 'ky_tu_choi')),
      [/^steps\[11\]: từ bước "ky_tu_choi" không thể đi tới "end"/, /^steps\[12\]: từ bước "tra_ho_so"/],
    ],
    [
      'first step',
      market((_, step) => {
        step('tiep_nhan').role = 'van_thu'
        delete step('tiep_nhan').outcomes[0].effect
      }),
      [/^steps\[0\]\.role: .*phải là mot_cua, đang là van_thu/, /^steps\[0\]\.outcomes: .*effect "accept"/],
    ],
    [
      'joins that do not meet',
      market((_, step) => (step('lap_bien_ban').outcomes[0].next = 'ky')),
      [
        /^steps\[1\]\.outcomes\[0\]\.next: các nhánh song song phải gặp nhau ở cùng một bước, .* dẫn tới: (tong_hop, ky|ky, tong_hop)$/,
        /^steps\[6\]\.outcomes\[1\]\.next: /,
      ],
    ],
    [
      'a branch that never joins',
      market((_, step) => delete step('lap_bien_ban').outcomes[0].joins),
      [
        /^steps\[1\]\.outcomes\[0\]\.next: nhánh bắt đầu ở bước "an_ninh" không có kết quả joins nào/,
        /^steps\[6\]\.outcomes\[1\]\.next: nhánh bắt đầu ở bước "an_ninh"/,
      ],
    ],
    [
      'joins without branches',
      market((_, step) => (step('cap_so').outcomes[0].joins = true)),
      [/^steps\[8\]\.outcomes\[0\]\.joins: bước "cap_so" không nằm trong nhánh song song nào/],
    ],
    [
      'one branch twice',
      market((_, step) => (step('tham_dinh').outcomes[0].next = ['ve_sinh', 've_sinh', 'an_ninh'])),
      [/bước "ve_sinh" được ghi hai lần/],
    ],
    [
      'own branch',
      market((_, step) => (step('tham_dinh').outcomes[0].next = ['tham_dinh', 've_sinh'])),
      [/bước "tham_dinh" không thể là một nhánh của chính nó/],
    ],
    [
      'silence',
      market((_, step) => (step('ve_sinh').silence = { value: 0, unit: 'ngay', outcome: 'dong_y' })),
      [
        /silence\.outcome: bước "ve_sinh" không có kết quả "dong_y"; phải là một trong: dat, im_lang, khong_dat/,
        /silence\.value: phải từ 1 ngày/,
      ],
    ],
  ])('%s', async (_name, json, messages) => {
    const { faults } = await checkRecord(json, deps)
    expect(faults.map(sayFault)).toEqual(messages.map((message) => expect.stringMatching(message)))
  })
})

describe('warnings', () => {
  const warningsOf = async (json: Json, known?: string[]) => {
    const { faults, warnings } = await checkRecord(json, { ...deps, knownUnitKeys: known && new Set(known) })
    expect(faults).toEqual([])
    return warnings.map(sayFault)
  }

  it('a unit that the province does not keep is no fault', async () => {
    expect(
      await warningsOf(
        market(() => {}),
        ['cong_an_xa'],
      ),
    ).toEqual([expect.stringMatching(/^steps\[5\]\.unit: tỉnh chưa có đơn vị mã "tram_y_te"/)])
    expect(
      await warningsOf(
        market(() => {}),
        ['cong_an_xa', 'tram_y_te'],
      ),
    ).toEqual([])
  })

  it.each<[string, Json, RegExp]>([
    ['number before sign', market((_, step) => delete step('ky').outcomes[0].effect), /^steps\[8\]\.outcomes\[0\]\.effect: .*cấp số/],
    [
      'return before finish',
      market((_, step) => delete step('hoan_thanh').outcomes[0].effect),
      /^steps\[10\]\.outcomes\[0\]\.effect: .*chưa hoàn thành/,
    ],
    [
      'end without return',
      market((_, step) => delete step('tra_ho_so').outcomes[0].effect),
      /^steps\[12\]\.outcomes\[0\]\.next: .*chưa trả kết quả/,
    ],
    [
      'waiting with a running clock',
      market((_, step) => (step('cho_bo_sung').clock = 'runs')),
      /^steps\[1\]\.outcomes\[1\]\.effect: .*clock: stops/,
    ],
    [
      'refuse after accept',
      market((_, step) => (step('ky_tu_choi').outcomes[0].effect = 'refuse')),
      /^steps\[11\]\.outcomes\[0\]\.effect: từ chối tiếp nhận/,
    ],
  ])('%s', async (_name, json, message) => {
    expect(await warningsOf(json)).toEqual(expect.arrayContaining([expect.stringMatching(message)]))
  })
})
