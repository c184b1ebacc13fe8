// The committed units and successions of the demo province: complete, consistent, and every old code leads to one living unit.
import { describe, expect, it } from 'vitest'
import { mainRows, mainSuccessor } from '#packs/thanh-hoa/follow.ts'
import successionsJson from '#packs/thanh-hoa/successions.json' with { type: 'json' }
import type { SuccessionsFile, Unit, UnitKind, UnitsFile } from '#packs/thanh-hoa/types.ts'
import unitsJson from '#packs/thanh-hoa/units.json' with { type: 'json' }

const { units } = unitsJson as unknown as UnitsFile
const { successions } = successionsJson as unknown as SuccessionsFile
const byId = new Map(units.map((unit) => [unit.id, unit]))
const live = units.filter(({ validTo }) => validTo === null)
const count = (...kinds: UnitKind[]) => units.filter(({ kind }) => kinds.includes(kind)).length

describe('units of Thanh Hóa', () => {
  it('count what the law counts', () => {
    expect([count('xa'), count('phuong')]).toEqual([147, 19])
    expect(count('huyen', 'thi_xa', 'thanh_pho')).toBe(27)
    expect([count('xa_cu'), count('phuong_cu'), count('thi_tran')]).toEqual([452, 63, 32])
    expect(units.filter(({ level, validTo }) => level === 'tinh' && validTo === null)).toHaveLength(16)
  })

  it('stand in one tree without circles; only a central body stands alone', () => {
    expect(units.filter(({ parent }) => parent === null).map(({ id }) => id)).toEqual(['th', 'vn-cuc-csgt'])
    for (const unit of units) {
      let above: Unit | undefined = unit
      for (let depth = 0; above; depth++) {
        expect(depth, unit.id).toBeLessThan(5)
        if (above.parent !== null) expect(byId.has(above.parent), above.id).toBe(true)
        above = above.parent === null ? undefined : byId.get(above.parent)
      }
    }
  })

  it('let no child outlive or precede its parent', () => {
    for (const unit of units) {
      const parent = unit.parent === null ? undefined : byId.get(unit.parent)
      if (!parent) continue
      expect(unit.validFrom >= parent.validFrom, unit.id).toBe(true)
      expect(parent.validTo === null || (unit.validTo !== null && unit.validTo <= parent.validTo), unit.id).toBe(true)
    }
  })

  it('have ids and codes of their own, and identifiers in the form of QĐ 20/2020 and QCVN 102', () => {
    expect(byId.size).toBe(units.length)
    expect(new Set(units.map(({ code }) => code)).size).toBe(units.length)
    const identifiers = units.map(({ identifier }) => identifier).filter((one) => one !== null)
    expect(new Set(identifiers).size).toBe(identifiers.length)
    for (const one of identifiers) {
      expect(one).toMatch(/^[0-9A-Z]+(\.[0-9A-Z]+)*$/)
      expect(one.length).toBeLessThanOrEqual(35)
    }
    const old = units.map(({ qcvn }) => qcvn).filter((one) => one !== null)
    expect(new Set(old).size).toBe(old.length)
    for (const one of old) expect(one).toMatch(/^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}$/)
  })

  it('give each commune its six bodies, the police outside its command', () => {
    for (const commune of units.filter(({ kind }) => kind === 'xa' || kind === 'phuong')) {
      const below = units.filter(({ parent }) => parent === commune.id)
      expect(below.map(({ key }) => key).sort(), commune.name).toEqual([
        'cong_an_xa',
        commune.kind === 'xa' ? 'phong_kinh_te' : 'phong_kinh_te_ha_tang_do_thi',
        'phong_van_hoa_xa_hoi',
        'thon_to_dan_pho',
        'trung_tam_phuc_vu_hanh_chinh_cong',
        'van_phong_hdnd_ubnd',
      ])
      expect(below.filter(({ outside }) => outside).map(({ key }) => key)).toEqual(['cong_an_xa'])
    }
  })
})

describe('successions', () => {
  it('name units that exist, the day after the old one ended', () => {
    for (const { from, to, on } of successions) {
      const [before, after] = [byId.get(from), byId.get(to)]
      expect(before?.validTo, from).toBe(new Date(Date.parse(on) - 86_400_000).toISOString().slice(0, 10))
      expect(after !== undefined && after.validFrom <= on, to).toBe(true)
    }
  })

  it('lead every closed unit to exactly one living unit', () => {
    const main = mainRows(successions)
    const closed = units.filter(({ validTo }) => validTo !== null)
    expect([...main.keys()].sort()).toEqual(closed.map(({ id }) => id).sort())
    for (const { id } of closed) expect(mainSuccessor(id, byId, main), id).not.toBeNull()
  })

  it('give every commune of 2026 at least one predecessor, and mark the divided ones as partial', () => {
    const reached = new Set(successions.map(({ to }) => to))
    expect(live.filter(({ kind, id }) => (kind === 'xa' || kind === 'phuong') && !reached.has(id))).toEqual([])
    for (const [from, rows] of Map.groupBy(successions, (row) => row.from)) {
      expect(
        rows.every(({ partial }) => partial === rows.length > 1),
        from,
      ).toBe(true)
    }
  })

  it('know the hard cases', () => {
    const to = (id: string) => successions.filter(({ from }) => from === id).map((row) => row.to)
    expect(to('th-old-14773')).toEqual(['th-14797']) // phường Lam Sơn of the city, not of Bỉm Sơn
    expect(to('th-old-14815')).toEqual(['th-14812'])
    expect(to('th-old-15556')).toEqual(['th-15544']) // thị trấn Lam Sơn
    expect(to('th-old-15064')).toEqual(['th-15124']) // xã Lam Sơn of Ngọc Lặc
    expect(to('th-old-16603')).toEqual(['th-16624']) // xã Phú Sơn of Nghi Sơn
    expect(to('th-old-14823')).toEqual(['th-14818']) // phường Phú Sơn of Bỉm Sơn
    expect(to('th-old-14872')).toEqual(['th-14872']) // xã Thành Sơn of Quan Hóa
    expect(to('th-old-14938')).toEqual(['th-14956']) // xã Thành Sơn of Bá Thước
    expect(to('th-old-15886')).toEqual(['th-15880']) // Hoằng Quỳ, not Hoằng Quý
    expect(to('th-old-15916')).toEqual(['th-15889'])
    expect(to('th-old-15772')).toHaveLength(3) // thị trấn Thiệu Hóa was divided
  })
})
