// The national lists: as many divisions as the law has, and catalogues without a hole.
import { describe, expect, it } from 'vitest'
import catalogs from '#packs/vn/catalogs.json' with { type: 'json' }
import divisions from '#packs/vn/divisions.json' with { type: 'json' }
import dvcqg from '#packs/vn/dvcqg.json' with { type: 'json' }
import orgCodes from '#packs/vn/org-codes.json' with { type: 'json' }

describe('national lists', () => {
  it('hold 34 provinces and 3,321 communes, each in a known province', () => {
    expect([divisions.provinces.length, divisions.communes.length]).toEqual([34, 3321])
    const provinces = new Set(divisions.provinces.map(({ code }) => code))
    expect(divisions.communes.filter(({ province }) => !provinces.has(province))).toEqual([])
    expect(new Set(divisions.communes.map(({ code }) => code)).size).toBe(3321)
  })

  it('hold catalogues whose codes are unique and whose names are there', () => {
    expect([catalogs.dan_toc.length, catalogs.quoc_tich.length]).toEqual([54, 249])
    expect(catalogs.quoc_tich[0]).toEqual({ code: 'VN', name: 'Việt Nam' })
    for (const list of [catalogs.dan_toc, catalogs.quoc_tich, catalogs.ton_giao, catalogs.ngan_hang, catalogs.nganh_nghe]) {
      expect(new Set(list.map(({ code }) => code)).size).toBe(list.length)
      for (const { code, name } of list) expect(name.length > 1 && name !== code, code).toBe(true)
    }
    expect(catalogs.quoc_tich.find(({ code }) => code === 'LA')?.name).toBe('Lào')
    for (const { code } of catalogs.nganh_nghe) expect(code).toMatch(/^\d{4}$/)
  })

  it('hold the ten states of the national portal and the identifiers of the provinces', () => {
    expect(dvcqg.TrangThaiHoSo.map(({ code }) => code)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(orgCodes.provinces63).toHaveLength(63)
    expect(orgCodes.provinces63.find(({ id }) => id === 'H56')?.name).toBe('Thanh Hóa')
  })
})
