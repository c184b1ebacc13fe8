// The packs as data: what each holds, what is refused by name, and that a province of either time is whole.

import { describe, expect, test } from 'vitest'
import { loadCalendar, loadCatalogs, loadForms, loadPack, loadProvinceSeed, loadSeatSeed, packIds, procedureTexts } from '#main/pack.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'

test('both packs are known, the present one first; a wrong name is answered with the right ones', () => {
  expect(packIds()).toEqual(['hai-cap', 'ba-cap'])
  expect(() => loadPack('bon-cap')).toThrow(/Không có gói quy định “bon-cap”.*[\s\S]*hai-cap[\s\S]*ba-cap/)
  expect(() => loadPack('../vn')).toThrow(/Không có gói/)
  expect(loadPack()).toMatchObject({ id: 'hai-cap', to: null, demo: null })
  expect(loadPack('ba-cap')).toMatchObject({ from: '2018-06-21', to: '2025-06-30', demo: { begins: '2025-05-05' } })
})

describe('three tiers on 30/6/2025', () => {
  const { units, officers, posts, successions } = loadProvinceSeed('ba-cap')
  const alive = units.filter(({ validTo }) => validTo === null)

  test('26 living districts of 27, 547 communes under them, offices for all', () => {
    const districts = units.filter(({ level }) => level === 'huyen')
    expect(districts).toHaveLength(27)
    expect(alive.filter(({ level }) => level === 'huyen')).toHaveLength(26)
    const communes = alive.filter(({ level }) => level === 'xa')
    expect(communes).toHaveLength(547)
    const living = new Set(districts.filter(({ validTo }) => validTo === null).map(({ id }) => id))
    expect(communes.every(({ parent }) => living.has(parent!))).toBe(true)
    for (const unit of [...communes, ...alive.filter(({ level }) => level === 'huyen')])
      expect(alive.some(({ parent, key }) => parent === unit.id && key === 'bo_phan_mot_cua'), unit.name).toBe(true)
  })

  test('codes of the living are unique, of five digits at communes and three at districts; identifiers of both schemes', () => {
    expect(new Set(alive.map(({ code }) => code)).size).toBe(alive.length)
    for (const unit of alive.filter(({ level }) => level === 'xa')) expect([unit.code, unit.adminCode, unit.qcvn]).toEqual([expect.stringMatching(/^\d{5}$/), unit.code, expect.stringMatching(/^000\.\d\d\.\d\d\.H56$/)])
    for (const unit of alive.filter(({ level }) => level === 'huyen')) expect(unit.code).toMatch(/^\d{3}$/)
  })

  test('every district and commune can receive, decide, sign, number and collect', () => {
    const held = Map.groupBy(posts, ({ unitId }) => unitId)
    for (const unit of alive.filter(({ level }) => level === 'xa' || level === 'huyen'))
      expect((held.get(unit.id) ?? []).map(({ role }) => role), unit.name).toEqual(expect.arrayContaining(['mot_cua', 'chuyen_vien', 'lanh_dao_don_vi', 'chu_tich', 'van_thu', 'thu_phi', 'quan_tri_don_vi']))
    const known = new Set(officers.map(({ id }) => id))
    expect(posts.every(({ holders }) => holders.every(({ officer }) => known.has(officer)))).toBe(true)
    expect(new Set(officers.map(({ login }) => login)).size).toBe(officers.length)
  })

  test('whoever had ended by then has a successor in the file; nothing ends after the day', () => {
    const ids = new Set(units.map(({ id }) => id))
    for (const unit of units.filter(({ validTo }) => validTo !== null)) {
      expect(unit.validTo! <= '2025-06-30', unit.name).toBe(true)
      if (unit.level !== 'phong') expect(successions.some((row) => row.from === unit.id && ids.has(row.to)), unit.name).toBe(true)
    }
  })

  test('places: the districts of the time in the lists, a seat for each, the days off since 2018', () => {
    const catalogs = loadCatalogs('ba-cap')
    expect(catalogs.name('xa', '14797')).toMatch(/Phường Đông Hải, thành phố Thanh Hóa/i)
    expect(catalogs.list('tinh')).toHaveLength(63)
    const seats = new Set(loadSeatSeed('ba-cap').map(({ unitId }) => unitId))
    for (const unit of alive.filter(({ level }) => level === 'xa' || level === 'huyen')) expect(seats.has(unit.id), unit.name).toBe(true)
    const days = loadCalendar('ba-cap').days
    expect(new Set(days.map(({ date }) => date)).size).toBe(days.length)
    for (let year = 2018; year <= 2025; year++) expect(days.filter(({ date, type }) => date.startsWith(`${year}-`) && type === 'holiday').length, String(year)).toBeGreaterThanOrEqual(7)
  })

  test('six forms of TT 01/2018 on a day of May 2025', () => {
    const [set] = loadForms('ba-cap').filter((one) => one.effectiveFrom <= '2025-05-05' && (one.effectiveTo === null || one.effectiveTo >= '2025-05-05'))
    expect(set!.id).toBe('tt-01-2018')
    expect(Object.keys(set!.forms)).toHaveLength(6)
  })

  test('its procedures are those valid then, under the decree of then, and name nothing that came later', () => {
    const records = procedureTexts('ba-cap').map(({ text }) => JSON.parse(text) as ProcedureRecord)
    expect(records.length).toBeGreaterThanOrEqual(7)
    expect(records.filter(({ competence }) => competence.level === 'huyen').length).toBeGreaterThanOrEqual(3)
    for (const record of records) {
      expect(record.effectiveFrom <= '2025-05-05' && record.effectiveTo === '2025-06-30', record.code).toBe(true)
      expect(record.legalBasis.map(({ no }) => no), record.code).toEqual(expect.arrayContaining(['61/2018/NĐ-CP', '01/2018/TT-VPCP']))
      const later = [...new Set(JSON.stringify(record).match(/\d[\d.]*\/(2026|2025)\/[A-ZĐ]+(-[A-ZĐ]+)?/g) ?? [])].filter((no) => no !== '07/2025/NĐ-CP')
      expect(later, record.code).toEqual([])
      expect(record.online.legacyLevel, record.code).toBeGreaterThanOrEqual(3)
    }
  })
})
