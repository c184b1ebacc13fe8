// Every route of the desk and of administration as every role: who comes in, who is told to sign in, who is refused, and never a fault.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Dossier } from '#modules/dossiers/index.ts'
import { listItems } from '#modules/work/index.ts'
import { getPaper } from '#modules/dossiers/index.ts'
import { addPart, begin } from '#modules/dossiers/index.ts'
import { stageBytes } from '#modules/files/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { PDF } from '../support/walk.ts'
import { fileCase, MovableClock, records, stepOn } from './people.ts'
import { Visitor } from './visitor.ts'

const clock = new MovableClock('2026-07-15T08:30:00+07:00')
let app: TestApp
let dossier: Dossier
let draft: Dossier
let item = ''
let file = ''
let paper = ''

/** One officer of each role; `post` chooses among several. */
const PEOPLE = {
  counter: ['motcua.14797'], specialist: ['chuyenvien.14797'], head: ['truongphong.14797'], leader: ['lanhdao.14797'], chair: ['chutich.14797'], chief: ['chanhvp.14797', /HĐND và UBND, Ủy ban/],
  clerk: ['vanthu.14797'], cashier: ['thuphi.14797'], unitAdmin: ['quantri.14797'], systemAdmin: ['quantriht.h56'], control: ['kiemsoat.h56'],
  communeControl: ['chuyenvien2.14797.vp', /Cán bộ đầu mối kiểm soát/], overseer: ['giamsat.h56'], security: ['antoan.h56'], stranger: ['motcua.14758', undefined],
} as const
type Role = keyof typeof PEOPLE
const visitors = {} as Record<Role, Visitor>

beforeAll(async () => {
  app = await testApp({ clock })
  const record = records.find((one) => one.code === '2.000815')!
  dossier = await fileCase(app, clock, record, '2026-07-15T08:30:00+07:00', 1)
  await stepOn(app, clock, dossier)
  const ctx = { ...(await app.as('motcua.14797')), now: clock.now() }
  paper = (await getPaper(ctx, dossier.id, { kind: 'receipt' })).paper.id
  item = (await listItems(app.env.db, dossier.id)).find((one) => one.state === 'open')!.id
  draft = await begin(ctx, { procedure: '2.000815', unit: '14797', channel: 'truc_tiep', applicant: { fullName: 'Lê Thị Nháp' } })
  file = (await addPart(ctx, { dossier: draft.id, part: 'ban_chinh', file: await stageBytes(ctx, PDF, 'a.pdf') })).fileId!
  for (const [role, [login, post]] of Object.entries(PEOPLE)) visitors[role as Role] = await Visitor.at(app, login, post)
}, 120_000)
afterAll(() => app.close())

const at = (path: string) => path.replace(':code', dossier.code!).replace(':item', item).replace(':file', file).replace(':paper', paper).replace(':draft', draft.id)

/** 200 unless said otherwise; `else` for all roles not named. */
const all = (status: number, but: Partial<Record<Role, number>> = {}) => (role: Role) => but[role] ?? status
const only = (roles: readonly Role[], other: number) => (role: Role) => (roles.includes(role) ? 200 : other)

const PARTIES: readonly Role[] = ['counter', 'specialist', 'head', 'leader', 'chair', 'chief', 'clerk', 'cashier', 'communeControl', 'control', 'overseer']
/** Parties with work on this dossier, or its one-stop; the others say first why they look. */
const AT_WORK: readonly Role[] = ['counter', 'specialist', 'leader', 'chair']
const looking = (role: Role) => (AT_WORK.includes(role) ? 200 : PARTIES.includes(role) ? 403 : 404)
const HEADS: readonly Role[] = ['leader', 'chair']
/** Who takes money or decides on it, each in their own unit. */
const CASH: readonly Role[] = ['counter', 'leader', 'chair', 'cashier', 'stranger']
const BOOK: readonly Role[] = ['counter', 'head', 'leader', 'chair', 'chief', 'clerk', 'communeControl', 'control', 'overseer', 'stranger']
const ORG: readonly Role[] = ['unitAdmin', 'systemAdmin']
const BOARD: readonly Role[] = ['head', 'leader', 'chair', 'chief']
const PROCEDURES: readonly Role[] = ['control', 'communeControl', 'systemAdmin']

const GETS: readonly (readonly [string, (role: Role) => number])[] = [
  ['/desk', all(200)], ['/desk?hand=all&due=late', all(200)], ['/desk/dossiers', all(200)], ['/desk/dossiers?late=1', all(200)], ['/desk/search?q=le', all(200)], ['/desk/next', all(200)],
  ['/desk/dossiers/:code', looking], ['/desk/dossiers/:code/papers/:paper.pdf', looking], ['/desk/dossiers/:code/receipt.pdf', looking],
  ['/desk/dossiers/:code/slip', looking], ['/desk/dossiers/:code/slip.pdf', looking],
  ['/desk/dossiers/:code/consultations/new?item=:item', (role) => (role === 'specialist' ? 200 : PARTIES.includes(role) ? 403 : 404)],
  ['/desk/dossiers/:code/value/personalId', looking], ['/desk/dossiers/:code/access', looking],
  ['/desk/access', only(['security'], 403)], ['/desk/access/cb-motcua.14797/2026-07-15', only(['security'], 403)], ['/desk/access/questions', only([...HEADS, 'security'], 403)],
  ['/desk/book', only(BOOK, 403)], ['/desk/book.pdf', only(BOOK, 403)], ['/desk/letters', only(['counter', 'clerk', 'stranger'], 403)], ['/admin/papers', only(PROCEDURES, 403)],
  ['/desk/dossiers/:code/papers/:paper/replacement', (role) => (role === 'counter' ? 200 : PARTIES.includes(role) ? 403 : 404)],
  ['/desk/dossiers/:code/refusal', (role) => (role === 'counter' ? 409 : PARTIES.includes(role) ? 403 : 404)],
  ['/desk/dossiers/:code/supplement-request', (role) => (role === 'specialist' ? 200 : PARTIES.includes(role) ? 403 : 404)],
  ['/desk/dossiers/:code/return', (role) => (AT_WORK.includes(role) ? 409 : PARTIES.includes(role) ? 403 : 404)],
  ['/desk/dossiers/:code/withdrawal', (role) => (role === 'counter' ? 200 : PARTIES.includes(role) ? 403 : 404)],
  ['/desk/work/:item/completion?outcome=yeu_cau_bo_sung', (role) => (role === 'specialist' ? 200 : PARTIES.includes(role) ? 403 : 404)],
  ['/desk/work/:item/completion', (role) => (PARTIES.includes(role) ? 422 : 404)],
  ['/desk/work/:item/draft?outcome=yeu_cau_bo_sung', (role) => (role === 'specialist' ? 200 : PARTIES.includes(role) ? 403 : 404)],
  ['/desk/files/:file', only(['counter'], 404)],
  ['/desk/cash', only(CASH, 403)], ['/desk/cash/days/2026-07-15', only(CASH, 403)], ['/desk/cash/days/xyz', all(404)], ['/desk/cash/suspense', only(CASH, 403)],
  ['/desk/cash/reconciliation', only(CASH, 403)], ['/desk/cash/orders/TS2222222222', (role) => (CASH.includes(role) ? 404 : 403)], ['/desk/cash/receipts/x', (role) => (CASH.includes(role) ? 404 : 403)],
  ['/desk/cash/days/2026-07-15/report.pdf', (role) => (CASH.includes(role) ? 409 : 403)],
  ['/desk/watch', only(['head', 'leader', 'chair', 'chief', 'control', 'communeControl', 'overseer'], 403)],
  ['/desk/appeals', only(['leader', 'chair', 'chief', 'control', 'communeControl'], 403)],
  ['/desk/appeals/00000000-0000-4000-8000-000000000000', all(404)],
  ['/desk/dossiers/:code/stop', (role) => (['leader', 'chair'].includes(role) ? 200 : PARTIES.includes(role) ? 403 : 404)],
  ['/desk/dossiers/:code/apology', (role) => (['leader', 'chair'].includes(role) ? 409 : PARTIES.includes(role) ? 403 : 404)],
  ['/desk/dossiers/:code/supplement-permit', (role) => (['leader', 'chair'].includes(role) ? 409 : PARTIES.includes(role) ? 403 : 404)],
  ['/desk/dossiers/:code/financial-proof', (role) => (AT_WORK.includes(role) ? 409 : PARTIES.includes(role) ? 403 : 404)],
  ['/desk/counter', only(['counter', 'stranger'], 403)], ['/desk/counter/2.000815', only(['counter', 'stranger'], 403)],
  ['/desk/counter/filings/:draft/form', (role) => (role === 'counter' ? 200 : role === 'stranger' ? 404 : 403)],
  ['/desk/counter/filings/:draft/papers', (role) => (role === 'counter' ? 200 : role === 'stranger' ? 404 : 403)],
  ['/desk/counter/filings/:draft/review', (role) => (role === 'counter' ? 200 : role === 'stranger' ? 404 : 403)],
  ['/desk/dossiers/:draft', only(['counter'], 404)],
  ['/admin', only([...ORG, ...PROCEDURES], 403)],
  ['/admin/units', only(ORG, 403)], ['/admin/units?q=hac+thanh&ended=1', only(ORG, 403)], ['/admin/units?code=387&on=01/01/2025', only(ORG, 403)],
  ['/admin/units/th-14797', only(ORG, 403)], ['/admin/units/th-14797/seat', only(ORG, 403)], ['/admin/units/th/seat', (role) => (role === 'systemAdmin' ? 200 : role === 'unitAdmin' ? 404 : 403)], ['/admin/units/th', (role) => (role === 'systemAdmin' ? 200 : role === 'unitAdmin' ? 404 : 403)],
  ['/admin/posts', only(ORG, 403)], ['/admin/posts/th-14797%2Fmot_cua%2F1', only(ORG, 403)],
  ['/admin/posts/th%2Fmot_cua%2F1', (role) => (role === 'systemAdmin' ? 200 : role === 'unitAdmin' ? 404 : 403)],
  ['/admin/accounts', only(ORG, 403)], ['/admin/accounts?q=mot', only(ORG, 403)], ['/admin/accounts/cb-motcua.14797', only(ORG, 403)],
  ['/admin/accounts/cb-quantriht.h56', (role) => (role === 'systemAdmin' ? 200 : role === 'unitAdmin' ? 404 : 403)],
  ['/admin/procedures', only(PROCEDURES, 403)], ['/admin/procedures/2.000815', only(PROCEDURES, 403)],
  ['/admin/procedures/9.999999', (role) => (PROCEDURES.includes(role) ? 404 : 403)],
  ['/admin/procedures/imports', only(['control', 'systemAdmin'], 403)],
  ['/admin/procedures/2.000815/moves', only(['control', 'systemAdmin'], 403)],
  ['/admin/procedures/2.000815/moves/00000000-0000-4000-8000-000000000000', (role) => (role === 'control' || role === 'systemAdmin' ? 404 : 403)],
  ['/admin/procedures/2.000815/moves/00000000-0000-4000-8000-000000000000/cases/x', (role) => (role === 'control' || role === 'systemAdmin' ? 404 : 403)],
  ...['', '/levels', '/roadmaps', '/sayings', '/entries'].map((page): [string, (role: Role) => number] => [`/admin/catalogue${page}`, only(PROCEDURES, 403)]),
  ['/admin/catalogue/roadmaps/00000000-0000-4000-8000-000000000000', (role) => (PROCEDURES.includes(role) ? 404 : 403)],
  ['/desk/board', only(BOARD, 403)], ['/desk/board/work?due=late', only(BOARD, 403)], ['/desk/absence', all(200)], ['/desk/absence/new', all(200)],
  ['/desk/absence/new?officer=cb-motcua.14797', only(['counter', 'head', 'leader', 'chair', 'chief', ...ORG], 403)],
  ['/desk/absence/delegations/new', all(200)], ['/desk/absence/delegations/new?post=th-14797%2Fchu_tich%2F1', only(['chair', ...ORG], 403)],
  ['/admin/units/new', only(ORG, 403)], ['/admin/units/th-14797/opening', only(ORG, 403)], ['/admin/units/th-14758/opening', only(['systemAdmin'], 403)], ['/admin/rollout', only(ORG, 403)], ['/admin/it-staff', only(ORG, 403)],
  ['/admin/calendars', only(ORG, 403)], ['/admin/calendars?unit=', only(ORG, 403)], ['/admin/calendars?unit=th-14797&month=2026-08', only(ORG, 403)],
  ['/admin/calendars?unit=th-14758', (role) => (role === 'systemAdmin' ? 200 : role === 'unitAdmin' ? 404 : 403)],
  ['/admin/calendars/changes/new?unit=th-14797', only(ORG, 403)], ['/admin/calendars/changes/new?unit=th-14797&kind=hours', only(ORG, 403)], ['/admin/calendars/changes/new?unit=', only(['systemAdmin'], 403)],
  ['/admin/calendars/entries/00000000-0000-4000-8000-000000000000', (role) => (ORG.includes(role) ? 404 : 403)],
  ['/admin/posts/th-14797%2Fmot_cua%2F1/handovers/new', only(ORG, 403)], ['/admin/posts/th%2Fmot_cua%2F1/handovers/new', (role) => (role === 'systemAdmin' ? 200 : role === 'unitAdmin' ? 404 : 403)],
  ['/admin/handovers/00000000-0000-4000-8000-000000000000', (role) => (ORG.includes(role) ? 404 : 403)],
  ...['', '/new'].map((page): [string, (role: Role) => number] => [`/admin/reorganisations${page}`, only(['systemAdmin'], 403)]),
  ...['', '/basics', '/steps/new?kind=merge', '/table', '/report', '/report.xlsx', '/report/dossiers', '/run', '/rollback'].map((page): [string, (role: Role) => number] => [`/admin/reorganisations/00000000-0000-4000-8000-000000000000${page}`, (role) => (role === 'systemAdmin' ? 404 : 403)]),
  ['/desk/khong-co', all(404)], ['/admin/khong-co', (role) => ([...ORG, ...PROCEDURES].includes(role) ? 404 : 403)],
]

describe('pages', () => {
  for (const [path, expected] of GETS) {
    test(path, async () => {
      const got: Record<string, number> = {}
      const want: Record<string, number> = {}
      for (const role of Object.keys(PEOPLE) as Role[]) {
        const { status, html, url } = await visitors[role].get(at(path))
        got[role] = url.startsWith('/account') || url.startsWith('/sign-in') ? 303 : status
        want[role] = expected(role)
        if (status >= 400) expect(html).toContain('class="rail"') // in the desk's own frame, saying what to do next
      }
      expect(got).toEqual(want)
    })
  }

  test('nobody signed in is led to the sign-in and back; a citizen is refused', async () => {
    for (const [path] of GETS) {
      const nobody = new Visitor(app)
      const { url } = await nobody.get(at(path))
      expect([path, url.startsWith('/sign-in?returnTo=')]).toEqual([path, true])
      const citizen = await app.server.inject({ url: at(path), headers: { accept: 'text/html', authorization: `Bearer ${await app.token('congdan1')}` } })
      expect([path, citizen.statusCode]).toEqual([path, 403])
    }
  })

  test('an officer with several posts and none chosen is led to choose one', async () => {
    const several = await Visitor.at(app, 'motcua2.14797')
    for (const path of ['/desk', '/desk/dossiers', '/admin']) {
      await several.get(path)
      expect(several.page.url).toMatch(/^\/account\/post\?returnTo=/)
    }
  })
})

const POSTS: readonly string[] = [
  '/desk/dossiers/:code/consultations', '/desk/dossiers/:code/consultations/rows', '/desk/consultations/00000000-0000-4000-8000-000000000000/answer',
  '/desk/consultations/00000000-0000-4000-8000-000000000000/reminder', '/desk/consultations/00000000-0000-4000-8000-000000000000/withdrawal',
  '/desk/work/:item/claim', '/desk/work/:item/release', '/desk/work/:item/completion', '/desk/work/:item/draft',
  '/desk/dossiers/:code/acceptance', '/desk/dossiers/:code/refusal', '/desk/dossiers/:code/supplement-request', '/desk/dossiers/:code/return',
  '/desk/dossiers/:code/stop', '/desk/dossiers/:code/apology', '/desk/dossiers/:code/extension', '/desk/dossiers/:code/supplement-permit', '/desk/dossiers/:code/financial-notice',
  '/desk/dossiers/:code/financial-proof', '/desk/appeals/00000000-0000-4000-8000-000000000000/decision',
  '/desk/dossiers/:code/withdrawal', '/desk/counter/2.000815', '/desk/counter/filings/:draft/submission',
  '/desk/counter/filings/:draft/form/all', '/desk/work/claims',
  '/desk/dossiers/:code/papers/:paper/reprints', '/desk/dossiers/:code/papers/:paper/replacement', '/desk/letters', '/admin/papers',
  '/admin/units/th-14797/seat', '/admin/reorganisations', ...['basics', 'steps?kind=merge', 'steps/draw?kind=merge', 'steps/removal', 'table', 'table/steps', 'run/sending', 'run/confirmation', 'run/return', 'run/cancellation', 'run/execution', 'run/seals', 'rollback'].map((noun) => `/admin/reorganisations/00000000-0000-4000-8000-000000000000/${noun}`),
  '/admin/posts/th-14797%2Fmot_cua%2F1/holdings', '/admin/posts/th-14797%2Fmot_cua%2F1/endings', '/admin/procedures/imports',
  '/admin/procedures/2.000815/moves', ...['choices', 'trials', 'requests', 'confirmations', 'returns', 'droppings', 'undos', 'undo-confirmations', 'undo-droppings'].map((noun) => `/admin/procedures/2.000815/moves/00000000-0000-4000-8000-000000000000/${noun}`),
  '/admin/catalogue/essentials', '/admin/catalogue/roadmaps', '/admin/catalogue/roadmaps/00000000-0000-4000-8000-000000000000/targets', '/admin/catalogue/roadmaps/00000000-0000-4000-8000-000000000000/approval',
  '/admin/units/new', '/admin/units/th-14797/opening/people', '/admin/units/th-14797/opening/passwords', '/admin/units/th-14797/opening/villages', '/admin/units/th-14797/opening/plan', '/admin/units/th-14797/opening/live', '/admin/rollout', '/admin/it-staff',
  '/admin/catalogue/sayings', '/admin/catalogue/entries', '/admin/catalogue/changes/1/seen',
  '/admin/catalogue/sync', '/admin/catalogue/intakes/00000000-0000-4000-8000-000000000000/confirmation', '/admin/catalogue/intakes/00000000-0000-4000-8000-000000000000/removal',
  '/desk/absence', '/desk/absence/delegations', '/desk/board/assignments', '/admin/calendars/changes', '/admin/calendars/changes/preview', '/admin/posts/th-14797%2Fmot_cua%2F1/handovers',
  '/desk/absence/00000000-0000-4000-8000-000000000000/endings', '/desk/absence/delegations/00000000-0000-4000-8000-000000000000/endings',
]

describe('acts', () => {
  test('without the token of the session nothing happens, whoever asks', async () => {
    for (const path of POSTS) {
      for (const role of ['counter', 'specialist', 'systemAdmin'] as const) {
        const { status } = await visitors[role].send('POST', at(path), [['outcome', 'dung_ban_chinh']], false)
        expect([path, role, [403, 422].includes(status)]).toEqual([path, role, true])
      }
    }
    expect((await listItems(app.env.db, dossier.id)).find((one) => one.id === item)!.state).toBe('open')
  })

  test('with it, strangers learn nothing and colleagues of another desk are refused', async () => {
    const tokenOf = async (visitor: Visitor) => /name="csrf-token" content="([^"]+)"/.exec((await visitor.get('/desk/dossiers')).html)?.[1] ?? /name="csrf-token" content="([^"]+)"/.exec((await visitor.get('/admin')).html)![1]!
    const got: Record<string, number> = {}
    for (const [role, path] of [
      ['stranger', '/desk/work/:item/claim'], ['stranger', '/desk/work/:item/completion'], ['stranger', '/desk/dossiers/:code/acceptance'], ['stranger', '/desk/dossiers/:code/withdrawal'],
      ['clerk', '/desk/work/:item/claim'], ['clerk', '/desk/work/:item/completion'], ['chair', '/desk/work/:item/completion'], ['overseer', '/desk/dossiers/:code/supplement-request'],
      ['unitAdmin', '/desk/work/:item/completion'], ['specialist', '/desk/dossiers/:code/withdrawal'], ['counter', '/desk/dossiers/:code/acceptance'],
      ['counter', '/admin/posts/th-14797%2Fmot_cua%2F1/endings'], ['unitAdmin', '/admin/posts/th%2Fmot_cua%2F1/endings'],
      ['specialist', '/admin/calendars/changes'], ['control', '/admin/calendars/changes'], ['counter', '/admin/posts/th-14797%2Fmot_cua%2F1/handovers'], ['unitAdmin', '/admin/posts/th%2Fmot_cua%2F1/handovers'],
      ['clerk', '/desk/absence/delegations/00000000-0000-4000-8000-000000000000/endings'],
      ['communeControl', '/admin/procedures/2.000815/moves'], ['communeControl', '/admin/procedures/2.000815/moves/00000000-0000-4000-8000-000000000000/confirmations'], ['unitAdmin', '/admin/procedures/2.000815/moves/00000000-0000-4000-8000-000000000000/requests'],
      ['communeControl', '/admin/catalogue/sayings'], ['communeControl', '/admin/catalogue/roadmaps'], ['unitAdmin', '/admin/catalogue/essentials'],
      ['control', '/admin/units/new'], ['control', '/admin/it-staff'], ['unitAdmin', '/admin/units/th-14758/opening/villages'],
    ] as const) {
      const visitor = visitors[role]
      const { status } = await visitor.send('POST', at(path), [['_csrf', await tokenOf(visitor)], ['outcome', 'dung_ban_chinh']], false)
      got[`${role} ${path}`] = status
    }
    expect(got).toEqual({
      'stranger /desk/work/:item/claim': 404, 'stranger /desk/work/:item/completion': 404, 'stranger /desk/dossiers/:code/acceptance': 404, 'stranger /desk/dossiers/:code/withdrawal': 404,
      'clerk /desk/work/:item/claim': 403, 'clerk /desk/work/:item/completion': 403, 'chair /desk/work/:item/completion': 403, 'overseer /desk/dossiers/:code/supplement-request': 403,
      'unitAdmin /desk/work/:item/completion': 404, 'specialist /desk/dossiers/:code/withdrawal': 403, 'counter /desk/dossiers/:code/acceptance': 409,
      'counter /admin/posts/th-14797%2Fmot_cua%2F1/endings': 403, 'unitAdmin /admin/posts/th%2Fmot_cua%2F1/endings': 404,
      'specialist /admin/calendars/changes': 403, 'control /admin/calendars/changes': 403, 'counter /admin/posts/th-14797%2Fmot_cua%2F1/handovers': 403, 'unitAdmin /admin/posts/th%2Fmot_cua%2F1/handovers': 404,
      'clerk /desk/absence/delegations/00000000-0000-4000-8000-000000000000/endings': 404,
      'communeControl /admin/procedures/2.000815/moves': 403, 'communeControl /admin/procedures/2.000815/moves/00000000-0000-4000-8000-000000000000/confirmations': 403, 'unitAdmin /admin/procedures/2.000815/moves/00000000-0000-4000-8000-000000000000/requests': 403,
      'communeControl /admin/catalogue/sayings': 422, 'communeControl /admin/catalogue/roadmaps': 422, 'unitAdmin /admin/catalogue/essentials': 403,
      'control /admin/units/new': 403, 'control /admin/it-staff': 403, 'unitAdmin /admin/units/th-14758/opening/villages': 403,
    })
  })
})
