import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskEmail, maskName, maskPersonalId, maskPhone } from './index.ts'

describe('masks', () => {
  it.each([
    [maskPersonalId('038196004512'), '0********512'],
    [maskPersonalId(' 038 196 004 512 '), '0********512'],
    [maskPersonalId('038196004512\u200b'), '0********512'],
    [maskPersonalId('０３８１９６００４５１２'), '0********512'],
    [maskPersonalId('170123456'), '1*****456'],
    [maskPersonalId('C1234567'), 'C****567'],
    [maskPersonalId('12345'), '*****'],
    [maskPersonalId(''), ''],
    [maskPhone('0912345678'), '091****678'],
    [maskPhone('0912.345.678'), '091****678'],
    [maskPhone('+84 912 345 678'), '091****678'],
    [maskPhone('0084912345678'), '091****678'],
    [maskPhone('02373852246'), '023*****246'],
    [maskPhone('113'), '***'],
    [maskEmail('hoa.nguyen@example.vn'), 'h***@example.vn'],
    [maskEmail('h@example.vn'), 'h***@example.vn'],
    [maskEmail('not an address'), '***'],
    [maskEmail('@example.vn'), '***'],
    [maskEmail('a@b@example.vn'), '***'],
    [maskEmail(''), '***'],
    [maskName('Nguyễn Thị Hoa'), 'N* T* Hoa'],
    [maskName('  Lê\u00a0 Văn  Đức '), 'L* V* Đức'],
    [maskName('Đỗ Ân'.normalize('NFD')), 'Đ* Ân'],
    [maskName('Hoa'), 'H*'],
    [maskName(''), ''],
  ])('%s', (got, expected) => expect(got).toBe(expected))

  const digits = (n: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: n, maxLength: n })

  it('say nothing of the hidden digits', () => {
    fc.assert(
      fc.property(digits(1), digits(8), digits(8), digits(3), (head, one, other, tail) => {
        expect(maskPersonalId(head + one + tail)).toBe(maskPersonalId(head + other + tail))
        expect(maskPersonalId(head + one + tail)).toBe(`${head}********${tail}`)
      }),
    )
    fc.assert(fc.property(digits(4), digits(4), (one, other) => void expect(maskPhone(`091${one}678`)).toBe(maskPhone(`091${other}678`))))
  })

  it('hide at least four characters of anything not wholly hidden, and never show a whole name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (s) => {
        for (const masked of [maskPersonalId(s), maskPhone(s)]) expect(masked).toMatch(/^(?:\**|.{1,3}\*{4,}.{3})$/su)
        const name = s.trim()
        // what bears a star was masked before, and stays
        if (name && !name.includes('*')) expect(maskName(s)).not.toBe(name)
        expect(maskName(maskName(s))).toBe(maskName(s))
      }),
    )
  })
})
