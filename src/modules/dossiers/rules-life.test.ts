// Who may decide what in the turns of a life: tables of states, posts and what went before.

import { describe, expect, test } from 'vitest'
import type { Actor, Role } from '#core/policy/actor.ts'
import type { Item } from '#modules/work/index.ts'
import { canApologise, canAskSupplement, canExtend, canNoticeDuty, canPermitSupplement, canStop, type Surroundings } from './rules-life.ts'
import type { Dossier, DossierState } from './schema.ts'
import { STATES } from './schema.ts'

const NOW = new Date('2026-11-17T02:00:00Z')
const officer = (...posts: [Role, string][]): Actor => ({
  kind: 'officer', id: 'a', name: 'A', posts: posts.map(([role, unitId]) => ({ id: `${unitId}/${role}`, role, title: role, unitId, unitCode: unitId, unitName: unitId, unitPath: unitId })),
})
const head = officer(['chu_tich', 'xa'])
const around: Surroundings = { leaderUnit: 'xa', permit: false, asked: 0, free: 1, apologyUntil: new Date('2026-11-18T10:30:00Z'), extendable: true, duty: false }
const dossier = (more: Partial<Dossier> = {}): Dossier => ({
  state: 'DANG_XU_LY', acceptedAt: NOW, dueAt: new Date('2026-11-19T10:30:00Z'), firstDueAt: new Date('2026-11-19T10:30:00Z'), finishedAt: null, signedAt: null, pausedAt: null, apologisedAt: null,
  extendedAt: null, receivedUnitId: 'xa', ...more,
} as Dossier)
const code = (found: { code: string } | null) => found?.code ?? null

describe('a further supplement', () => {
  test.each([
    [{ acceptedAt: null }, { asked: 5 }, null], [{}, { asked: 0 }, null], [{}, { asked: 1 }, 'dossiers.supplement_once'], [{}, { asked: 1, permit: true }, null], [{}, { asked: 2 }, 'dossiers.supplement_once'],
  ] as const)('%j with %j → %s', (has, more, expected) => expect(code(canAskSupplement(dossier(has), { ...around, ...more }))).toBe(expected))

  test.each([
    [head, {}, {}, 'dossiers.permit_needless'], [head, {}, { asked: 1 }, null], [head, {}, { asked: 1, permit: true }, 'dossiers.permit_open'], [head, { state: 'YC_BO_SUNG' as const }, { asked: 1 }, 'dossiers.waiting'],
    [officer(['chu_tich', 'khac']), {}, { asked: 1 }, 'dossiers.not_leader'], [officer(['lanh_dao_phong', 'xa']), {}, { asked: 1 }, 'dossiers.not_leader'],
    [officer(['mot_cua', 'xa'], ['lanh_dao_don_vi', 'xa']), {}, { asked: 1 }, null],
  ])('consent: case %#', (actor, has, more, expected) => expect(code(canPermitSupplement(dossier(has), { ...around, ...more }, actor))).toBe(expected))
})

describe('an apology', () => {
  test.each([
    [head, {}, {}, null], [head, { apologisedAt: NOW }, {}, 'dossiers.apology_once'], [head, { pausedAt: NOW }, {}, 'dossiers.paused'], [head, { signedAt: NOW }, {}, 'dossiers.signed'],
    [head, { acceptedAt: null }, {}, 'dossiers.not_accepted'], [head, {}, { apologyUntil: new Date(NOW.getTime() - 1) }, 'dossiers.apology_late'], [head, {}, { apologyUntil: NOW }, null],
    [officer(['chuyen_vien', 'xa']), {}, {}, 'dossiers.not_leader'], [{ kind: 'citizen', id: 'c', name: 'C', personalId: '1', level: 2 } as Actor, {}, {}, 'dossiers.not_leader'],
  ])('case %#', (actor, has, more, expected) => expect(code(canApologise(dossier(has), { ...around, ...more }, actor, NOW))).toBe(expected))
})

describe('an extension', () => {
  test.each([
    [{}, {}, null], [{}, { extendable: false }, 'dossiers.no_extension'], [{ extendedAt: NOW }, {}, 'dossiers.extended'], [{ apologisedAt: NOW }, {}, 'dossiers.apologised'], [{ dueAt: new Date(0) }, {}, 'dossiers.overdue'],
  ])('case %#', (has, more, expected) => expect(code(canExtend(dossier(has), { ...around, ...more }, head, NOW))).toBe(expected))
})

describe('a stop', () => {
  test.each(Object.keys(STATES) as DossierState[])('in %s', (state) => {
    const before = ['NHAP', 'MOI_DANG_KY', 'YC_BS_TIEP_NHAN'].includes(state)
    const found = code(canStop(dossier({ state, acceptedAt: before ? null : NOW }), around, head))
    expect(found).toBe(STATES[state].final ? 'dossiers.closed' : before ? 'dossiers.not_accepted' : state === 'DA_CO_KET_QUA' ? 'dossiers.has_result' : null)
  })
})

describe('a duty', () => {
  const step = { state: 'open', portalStatus: 6, unitId: 'thue', role: 'thue' } as Item
  test.each([
    [officer(['chuyen_vien', 'thue']), [step], { duty: true }, null], [officer(['mot_cua', 'xa']), [step], { duty: true }, null], [officer(['thu_phi', 'xa']), [step], { duty: true }, null],
    [officer(['chuyen_vien', 'xa']), [step], { duty: true }, 'dossiers.not_money'], [head, [step], { duty: true }, 'dossiers.not_money'], [officer(['mot_cua', 'xa']), [], { duty: true }, 'dossiers.no_duty'],
    [officer(['mot_cua', 'xa']), [step], { duty: false }, 'dossiers.no_duty'],
  ])('case %#', (actor, open, more, expected) => expect(code(canNoticeDuty(dossier(), { ...around, ...more }, open, actor))).toBe(expected))
})
