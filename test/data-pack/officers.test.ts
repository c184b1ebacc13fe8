// The generated officers: a holder for every post, stable, with log-ins a person can guess.
import { describe, expect, it } from 'vitest'
import { ROLES } from '#core/policy/actor.ts'
import { generateOfficers } from '#packs/thanh-hoa/officers.ts'
import type { UnitsFile } from '#packs/thanh-hoa/types.ts'
import unitsJson from '#packs/thanh-hoa/units.json' with { type: 'json' }

const { units } = unitsJson as unknown as UnitsFile
const { officers, posts } = generateOfficers(units)
const now = posts.filter(({ to }) => to === null)
const rolesIn = (unitId: string) =>
  now
    .filter((post) => post.unitId === unitId)
    .map(({ role }) => role)
    .sort()

describe('officers of Thanh Hóa', () => {
  it('are the same every time, and a name does not depend on the other units', () => {
    expect(generateOfficers(units)).toEqual({ officers, posts })
    const alone = generateOfficers(units.filter(({ id }) => id.startsWith('th-15061')))
    const name = (login: string, list: typeof officers) => list.find((one) => one.login === login)?.fullName
    expect(name('motcua.15061', alone.officers)).toBe(name('motcua.15061', officers))
  })

  it('fill every live unit and no closed one', () => {
    const staffed = new Set(now.map(({ unitId }) => unitId))
    expect([...staffed].sort()).toEqual(
      units
        .filter(({ validTo }) => validTo === null)
        .map(({ id }) => id)
        .sort(),
    )
  })

  it('give a commune, a room, the police and the province the posts of the plan', () => {
    expect(rolesIn('th-14797')).toEqual([
      'chanh_van_phong',
      'chu_tich',
      'chuyen_vien',
      'chuyen_vien',
      'kiem_soat_tthc',
      'lanh_dao_don_vi',
      'lanh_dao_don_vi',
      'lanh_dao_phong',
      'mot_cua',
      'mot_cua',
      'quan_tri_don_vi',
      'thu_phi',
      'van_thu',
    ])
    expect(rolesIn('th-14797-vhxh')).toEqual(['chuyen_vien', 'chuyen_vien', 'lanh_dao_phong'])
    expect(rolesIn('th-14797-ca')).toEqual(['chuyen_vien', 'chuyen_vien', 'lanh_dao_don_vi', 'lanh_dao_phong', 'mot_cua', 'van_thu'])
    expect(new Set(rolesIn('th'))).toEqual(
      new Set([
        'chu_tich',
        'lanh_dao_don_vi',
        'chanh_van_phong',
        'van_thu',
        'mot_cua',
        'chuyen_vien',
        'lanh_dao_phong',
        'kiem_soat_tthc',
        'giam_sat',
        'quan_tri_he_thong',
        'an_toan_tt',
      ]),
    )
    expect(rolesIn('th-so-xay-dung')).not.toContain('chu_tich')
    for (const { role } of posts) expect(Object.keys(ROLES)).toContain(role)
  })

  it('sign in by log-ins that are unique and readable', () => {
    const logins = officers.map(({ login }) => login)
    expect(new Set(logins).size).toBe(logins.length)
    for (const login of logins) expect(login).toMatch(/^[a-z]+\d*(\.[a-z0-9]+)+$/)
    expect(logins).toEqual(
      expect.arrayContaining([
        'motcua.14797',
        'motcua2.14797',
        'chuyenvien.14797.vhxh',
        'vanthu.h56.07',
        'chutich.h56',
        'lanhdao.14797.ca',
        'quantriht.h56',
      ]),
    )
    expect(new Set(officers.map(({ phone }) => phone)).size).toBe(officers.length)
    for (const { phone } of officers) expect(phone).toMatch(/^09\d{8}$/)
  })

  it('hold two posts here and there, and some posts had an earlier holder', () => {
    const held = Map.groupBy(now, ({ holder }) => holder)
    expect([...held.values()].filter((list) => list.length > 1).length).toBeGreaterThanOrEqual(10)
    const earlier = posts.filter(({ to }) => to !== null)
    expect(earlier.length).toBeGreaterThanOrEqual(5)
    for (const post of earlier) {
      const next = now.find(({ seat }) => seat === post.seat)!
      expect(next.from > post.to!, post.id).toBe(true)
      expect(next.holder).not.toBe(post.holder)
    }
    expect(new Set(posts.map(({ id }) => id)).size).toBe(posts.length)
    const known = new Set(officers.map(({ id }) => id))
    for (const { holder } of posts) expect(known.has(holder)).toBe(true)
  })

  it('keep administration apart from approval: no administrator holds a second post', () => {
    for (const post of now.filter(({ role }) => role === 'quan_tri_don_vi' || role === 'quan_tri_he_thong')) {
      expect(now.filter(({ holder }) => holder === post.holder)).toEqual([post])
    }
  })
})
