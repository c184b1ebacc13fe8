// Who may be away, lend a post and sign for whom: the rules as tables.

import { describe, expect, test } from 'vitest'
import type { Officer, Post, Role } from '#core/policy/actor.ts'
import { canLend, canRecordAbsence, canRevoke, type Lending, scopeCovers, spanFaults } from './lent-rules.ts'

const post = (role: Role, unitPath = 'th.xa', more: Partial<Post> = {}): Post => ({ id: `${role}-${unitPath}`, role, title: role, unitId: unitPath, unitCode: '', unitName: '', unitPath, ...more })
const officer = (id: string, ...posts: Post[]): Officer => ({ kind: 'officer', id, name: id, posts })
const chair = officer('chair', post('chu_tich'))
const lent = post('chu_tich', 'th.xa', { onBehalfOf: { delegationId: 'd', officerId: 'chair', officerName: 'chair', prefix: 'KT.', scope: 'all', ownTitle: 'Phó Chủ tịch', until: '2026-12-01' } })

const lending = (more: Partial<Lending> = {}): Lending => ({
  post: { role: 'chu_tich', unitPath: 'th.xa', validTo: null }, holder: 'chair', to: 'vice', deputyPosts: [post('lanh_dao_don_vi')], prefix: 'KT.', scope: 'all', ...more,
})

describe('lending a post', () => {
  test.each<[string, Partial<Lending>, Officer | 'admin' | 'platform', string | null]>([
    ['by its holder to a deputy of the unit', {}, chair, null],
    ['by the unit\'s administrator, on paper', {}, officer('adm', post('quan_tri_don_vi')), null],
    ['by an administrator of another unit', {}, officer('adm', post('quan_tri_don_vi', 'th.khac')), 'org.lend_not_yours'],
    ['by a colleague', {}, officer('x', post('chuyen_vien')), 'org.lend_not_yours'],
    ['to oneself', { to: 'chair' }, chair, 'org.lend_to_self'],
    ['to the administrator who records it', { to: 'adm' }, officer('adm', post('quan_tri_don_vi')), 'org.not_yourself'],
    ['on and on', { to: 'third' }, officer('vice', post('lanh_dao_don_vi'), lent), 'org.no_chain'],
    ['of the platform', { post: { role: 'quan_tri_he_thong', unitPath: 'th.xa', validTo: null }, holder: 'adm', prefix: null }, officer('adm', post('quan_tri_he_thong')), 'org.never_lent'],
    ['that nobody holds', { holder: null }, officer('adm', post('quan_tri_don_vi')), 'org.nobody_holds'],
    ['that has ended', { post: { role: 'chu_tich', unitPath: 'th.xa', validTo: '2026-01-01' } }, chair, 'org.post_ended'],
    ['to somebody without any post', { deputyPosts: [] }, chair, 'org.deputy_without_post'],
    ['KT. to a specialist', { deputyPosts: [post('chuyen_vien')] }, chair, 'org.prefix_unfit'],
    ['KT. to the head of a room below', { deputyPosts: [post('lanh_dao_phong', 'th.xa.phong')] }, chair, 'org.prefix_unfit'],
    ['TL. to the head of a room below', { deputyPosts: [post('lanh_dao_phong', 'th.xa.phong')], prefix: 'TL.' }, chair, null],
    ['TUQ. to the head of the office', { deputyPosts: [post('chanh_van_phong')], prefix: 'TUQ.' }, chair, null],
    ['TUQ. to another commune', { deputyPosts: [post('lanh_dao_don_vi', 'th.khac')], prefix: 'TUQ.' }, chair, 'org.prefix_unfit'],
    ['of a leader without a prefix', { prefix: null }, chair, 'org.prefix_needed'],
    ['of a clerk without a prefix', { post: { role: 'van_thu', unitPath: 'th.xa', validTo: null }, holder: 'clerk', deputyPosts: [post('chuyen_vien')], prefix: null }, officer('clerk', post('van_thu')), null],
    ['of a clerk with one', { post: { role: 'van_thu', unitPath: 'th.xa', validTo: null }, holder: 'clerk', deputyPosts: [post('chuyen_vien')] }, officer('clerk', post('van_thu')), 'org.prefix_not_needed'],
  ])('%s', (_what, more, actor, code) => {
    expect(canLend(lending(more), actor as Officer)?.code ?? null).toBe(code)
  })

  test.each<[Officer, boolean]>([
    [chair, true], [officer('vice', post('lanh_dao_don_vi')), true], [officer('adm', post('quan_tri_don_vi')), true], [officer('x', post('chuyen_vien')), false], [officer('adm2', post('quan_tri_don_vi', 'th.khac')), false],
  ])('%# may end it', (actor, may) => {
    expect(canRevoke({ fromOfficer: 'chair', toOfficer: 'vice', unitPath: 'th.xa' }, actor) === null).toBe(may)
  })
})

describe('an absence is recorded by', () => {
  const away = { id: 'x', paths: ['th.xa.phong'] }
  test.each<[string, Officer, boolean]>([
    ['oneself', officer('x', post('chuyen_vien', 'th.xa.phong')), true], ['the head of the room', officer('h', post('lanh_dao_phong', 'th.xa.phong')), true], ['the chair above', chair, true],
    ['a colleague', officer('y', post('chuyen_vien', 'th.xa.phong')), false], ['the head of another room', officer('h', post('lanh_dao_phong', 'th.xa.khac')), false],
    ['the administrator', officer('a', post('quan_tri_don_vi')), true], ['the platform', officer('a', post('quan_tri_he_thong', 'th')), true], ['another commune', officer('a', post('quan_tri_don_vi', 'th.khac')), false],
  ])('%s', (_who, actor, may) => {
    expect(canRecordAbsence(away, actor) === null).toBe(may)
  })
})

test.each([['all', true, true], ['all', false, true], ['sign', true, true], ['sign', false, false], ['run', true, false], ['run', false, true]] as const)('scope %s over a deciding step %s: %s', (scope, decides, covers) => {
  expect(scopeCovers(scope, decides)).toBe(covers)
})

test.each([['2026-11-24', '2026-11-23', 1], ['2026-11-01', '2026-11-20', 1], ['2026-11-23', '2026-11-23', 0], ['2026-11-23', '2027-11-23', 1]])('%s to %s on the 23rd: %i faults', (from, to, n) => {
  expect(spanFaults(from, to, '2026-11-23')).toHaveLength(n)
})
