// What plans come to, and what is wrong with them, case by case.

import { describe, expect, test } from 'vitest'
import { heirFor, type Unit } from '#modules/org/index.ts'
import { atlasOf } from './assign.ts'
import { resolve } from './resolve.ts'
import { PlanInput, type PlanContent } from './schema.ts'

const unit = (id: string, level: Unit['level'], parentId: string | null, more: Partial<Unit> = {}): Unit => ({
  id, code: id.toUpperCase(), key: null, name: `Đơn vị ${id}`, shortName: id, kind: level, level, parentId, path: parentId === null ? id : parentId === 'th' ? `th.${id}` : `th.${parentId}.${id}`, validFrom: '2020-01-01', validTo: null,
  identifier: `H56.${id}`, qcvn: null, adminCode: null, outside: false, ...more,
})
const units = [
  unit('th', 'tinh', null), unit('d1', 'huyen', 'th'), unit('c1', 'xa', 'th', { adminCode: '101' }), unit('c2', 'xa', 'th', { adminCode: '102' }), unit('c3', 'xa', 'th', { adminCode: '103' }), unit('x9', 'xa', 'd1'),
  unit('c1-mc', 'phong', 'c1', { key: 'mot_cua' }), unit('c2-mc', 'phong', 'c2', { key: 'mot_cua' }), unit('c2-vh', 'phong', 'c2', { key: 'van_hoa' }),
]
const ended = new Map([['cu', unit('cu', 'xa', 'th', { validTo: '2025-06-30' })]])
const worked = (steps: unknown[]) => {
  const content = PlanInput.parse({ title: 'Thử', day: '2026-01-01', decisionNo: '1', decisionOn: '2025-12-01', steps }) as PlanContent
  return resolve(content, { units, ended })
}
const made = (id: string, more: object = {}) => ({ kind: 'create', unit: { id, code: id, name: `Ủy ban nhân dân ${id}`, kind: 'xa', level: 'xa', parent: 'th', ...more } })

describe('what is wrong with a plan', () => {
  test.each([
    ['a unit that ended', [{ kind: 'merge', from: ['c1', 'cu'], into: 'c2' }], 'reorg.unit_ended'],
    ['a unit nobody knows', [{ kind: 'merge', from: ['c1', 'zz'], into: 'c2' }], 'reorg.no_unit'],
    ['one that ends twice', [{ kind: 'merge', from: ['c1', 'c2'], into: 'c2' }, { kind: 'abolish', unit: 'c1', main: 'c3' }], 'reorg.named_twice'],
    ['into one another', [{ kind: 'merge', from: ['c1'], into: 'c2' }, { kind: 'merge', from: ['c2'], into: 'c1' }], 'reorg.heir_ends'],
    ['an heir that ends', [{ kind: 'merge', from: ['c1'], into: 'c2' }, { kind: 'abolish', unit: 'c2', main: 'c3' }], 'reorg.heir_ends'],
    ['a rule that keeps at a unit that ends', [{ kind: 'split', unit: 'c1', into: ['c2'], rules: [{ by: 'field', fields: ['A'], to: 'c1' }] }], 'reorg.heir_ends'],
    ['the root', [{ kind: 'abolish', unit: 'th', main: 'c1' }], 'reorg.root'],
    ['under itself', [{ kind: 'move', unit: 'd1', parent: 'x9' }], 'reorg.cycle'],
    ['a commune left under a district that ends', [{ kind: 'abolish', unit: 'd1', main: 'th' }], 'reorg.orphan'],
    ['a code that another bears', [made('n1', { code: 'C2' })], 'reorg.code_taken'],
    ['an id that is taken', [made('c3')], 'reorg.id_taken'],
    ['parents in a ring', [made('n1', { parent: 'n2' }), made('n2', { parent: 'n1' })], 'reorg.no_parent'],
    ['nothing to merge', [{ kind: 'merge', from: ['c1'], into: 'c1' }], 'reorg.nothing_merged'],
    ['a new name for what ends', [{ kind: 'merge', from: ['c1'], into: 'c2' }, { kind: 'rename', unit: 'c1', name: 'Khác' }], 'reorg.renames_ended'],
    ['a new unit that ends at once', [made('n1'), { kind: 'merge', from: ['n1'], into: 'c2' }], 'reorg.new_ends'],
  ])('%s', (_, steps, code) => {
    expect(worked(steps).faults.filter((fault) => fault.severity === 'stops').map((fault) => fault.code)).toContain(code)
  })

  test('a code that the ending unit gives up is free; codes may be exchanged', () => {
    expect(worked([made('n1', { code: 'C1', adminCode: '101' }), { kind: 'merge', from: ['c1', 'c2'], into: 'n1' }]).faults).toEqual([])
    expect(worked([{ kind: 'rename', unit: 'c1', code: 'C2', identifier: 'H56.c2' }, { kind: 'rename', unit: 'c2', code: 'C1', identifier: 'H56.c1' }]).faults).toEqual([])
  })
})

describe('where things go', () => {
  test('parts go to the part of the same key, else to the heir itself', () => {
    const { heir } = worked([made('n1', { like: 'c1' }), { kind: 'merge', from: ['c1', 'c2'], into: 'n1' }])
    expect(heir.get('c1-mc')?.id).toBe('n1-mc')
    expect(heir.get('c2-mc')?.id).toBe('n1-mc')
    expect(heir.get('c2-vh')?.id).toBe('n1')
  })

  test('a unit that takes another in lives on', () => {
    const { ending, heir } = worked([{ kind: 'merge', from: ['c1', 'c2'], into: 'c1' }])
    expect(ending.map((one) => one.id)).toEqual(['c2', 'c2-mc', 'c2-vh'])
    expect(heir.get('c2-mc')?.id).toBe('c1-mc')
  })

  const { divisions, created, heir } = worked([made('n1'), made('n2'), made('n3'), { kind: 'split', unit: 'c1', into: ['n1', 'n2', 'n3'], main: 'n1', rules: [
    { by: 'place', places: ['101'], villages: ['Thôn 3'], to: 'n2' }, { by: 'field', fields: ['LAND'], to: 'n3' }, { by: 'place', places: ['C2'], to: 'n2' },
  ] }])
  const atlas = atlasOf(units, created, heir)
  const place = (code: string, detail = '') => ({ codes: [code], detail })
  test.each([
    ['its village', { places: [place('101', 'Số 5, thôn 3')] }, 'n2'],
    ['not a village that only begins so', { places: [place('101', 'Thôn 30')] }, null],
    ['a field', { places: [place('101', 'Thôn 1')], field: 'LAND' }, 'n3'],
    ['another code of the same commune', { places: [place('102')] }, 'n2'],
    ['the first of its addresses on the ground', { places: [place('999'), place('102')] }, 'n2'],
    ['nothing that a rule names', { places: [] }, null],
  ])('a dossier by %s', (_, one, target) => {
    expect(heirFor(divisions[0]!, { procedure: 'P', field: null, receivedUnitId: 'c1', ...one }, atlas)).toBe(target)
  })
})
