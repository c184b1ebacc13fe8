// The demo's citizens: numbers that keep the rule of the personal identifier, names that exercise every letter.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CitizenSeed, citizen, demoCitizens } from '#packs/thanh-hoa/citizens.ts'
import divisions from '#packs/vn/divisions.json' with { type: 'json' }

const communes = new Set(divisions.communes.filter(({ province }) => province === '38').map(({ code }) => code))

function expectSound(one: CitizenSeed): void {
  const year = Number(one.birthOn.slice(0, 4))
  const digit = (year < 2000 ? 0 : 2) + (one.sex === 'female' ? 1 : 0)
  expect(one.personalId).toMatch(new RegExp(`^038${digit}${one.birthOn.slice(2, 4)}9\\d{5}$`))
  expect(new Date(`${one.birthOn}T00:00:00Z`).toISOString().slice(0, 10)).toBe(one.birthOn)
  expect(one.phone).toMatch(/^09\d{8}$/)
  expect(communes.has(one.address.commune)).toBe(true)
  expect(one.fullName.normalize('NFC')).toBe(one.fullName)
}

describe('demo citizens', () => {
  it('are twelve with a log-in, of both levels, from 16 to 82 years old, two with a company', () => {
    expect(demoCitizens.map(({ login }) => login)).toEqual(Array.from({ length: 12 }, (_, n) => `congdan${n + 1}`))
    expect(new Set(demoCitizens.map(({ level }) => level))).toEqual(new Set([1, 2]))
    expect(demoCitizens.filter(({ business }) => business)).toHaveLength(2)
    const ages = demoCitizens.map(({ birthOn }) => 2026 - Number(birthOn.slice(0, 4)))
    expect([Math.min(...ages), Math.max(...ages)]).toEqual([16, 82])
    demoCitizens.forEach(expectSound)
  })

  it('hold every accented letter of Vietnamese', () => {
    const text = demoCitizens
      .map(({ fullName, address }) => `${fullName} ${address.detail}`)
      .join(' ')
      .toLowerCase()
    const letters = 'áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ'
    expect([...letters].filter((letter) => !text.includes(letter))).toEqual([])
  })

  it('the crowd is sound, stable, and nobody shares a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 89_999 }), (n) => {
        expectSound(citizen(n))
        expect(citizen(n)).toEqual(citizen(n))
      }),
      { numRuns: 300 },
    )
    const crowd = Array.from({ length: 5000 }, (_, n) => citizen(n + 1))
    expect(new Set(crowd.map(({ personalId }) => personalId)).size).toBe(5000)
    expect(new Set(crowd.map(({ phone }) => phone)).size).toBe(5000)
    expect(() => citizen(0)).toThrow(RangeError)
  })
})
