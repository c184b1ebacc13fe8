import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPersonalId, checkPersonalIdAgainst, readPersonalId } from './index.ts'

describe('the shape of a personal number', () => {
  it.each([
    ['038196004512', null],
    [' 038 196 004 512 ', null],
    ['038.196.004.512', null],
    ['038196004512\u200b\u00a0', null],
    ['０３８１９６００４５１２', null],
    ['001300000001', null],
    ['101099000001', null],
    ['', 'personal_id.empty'],
    [' \u200b', 'personal_id.empty'],
    ['03819600451', 'personal_id.length'],
    ['0381960045123', 'personal_id.length'],
    ['170123456', 'personal_id.old_number'],
    ['03819600451O', 'personal_id.not_digits'],
    ['000196004512', 'personal_id.birthplace'],
    ['028196004512', 'personal_id.birthplace'],
    ['099196004512', 'personal_id.birthplace'],
    ['038496004512', 'personal_id.century'],
    ['038996004512', 'personal_id.century'],
  ])('%j: %s', (id, code) => expect(checkPersonalId(id)?.code ?? null).toBe(code))

  it('says what to do', () => {
    expect(checkPersonalId('03819600451')?.message).toBe('Số định danh cá nhân có 12 chữ số; bạn đã nhập 11 chữ số.')
    expect(checkPersonalId('170123456')?.message).toContain('nhập số định danh cá nhân 12 số')
  })

  it('takes any text without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (s) => void expect(checkPersonalId(s) === null).toBe(readPersonalId(s) !== null)))
  })
})

describe('what it says of birth and sex', () => {
  it.each([
    ['038083005511', { sex: 'male', birthYear: 1983 }],
    ['038196004512', { sex: 'female', birthYear: 1996 }],
    ['038206007777', { sex: 'male', birthYear: 2006 }],
    ['038308008888', { sex: 'female', birthYear: 2008 }],
    ['038', null],
  ])('%s', (id, expected) => expect(readPersonalId(id)).toEqual(expected))

  it.each([
    [{ id: '038196004512', birthDate: '1996-04-12', sex: 'female' }, null],
    [{ id: '038196004512', birthDate: '1996', sex: 'nu' }, null],
    [{ id: '038196004512', birthDate: '1996-04' }, null],
    [{ id: '038196004512' }, null],
    [{ id: '038196004512', birthDate: '', sex: 'khac' }, null],
    [{ id: '038196004512', birthDate: null, sex: null }, null],
    [{ id: '038196004512', birthDate: '1995-04-12' }, 'personal_id.birth_year'],
    [{ id: '038196004512', birthDate: '2096' }, 'personal_id.birth_year'],
    [{ id: '038196004512', birthDate: '1996-04-12', sex: 'nam' }, 'personal_id.sex'],
    [{ id: '038196004512', sex: 'male' }, 'personal_id.sex'],
    // A malformed number is another fault, said elsewhere.
    [{ id: '0381', birthDate: '1995-04-12', sex: 'male' }, null],
  ])('%o: %s', (input, code) => expect(checkPersonalIdAgainst(input)?.code ?? null).toBe(code))
})
