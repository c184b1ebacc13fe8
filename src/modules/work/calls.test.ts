// Processes that call others, on a real database: against another engine that runs the same steps in one piece, and case by case.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestOf } from '#core/bpmn/index.ts'
import { xmlOf } from '#core/bpmn/drawing.testing.ts'
import { SecondEngine } from '#core/bpmn/elements.testing.ts'
import { anyProcess, drawnFrom, type Node, Oracle } from '#core/bpmn/structured.testing.ts'
import { makeCtx, type Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { listEvents } from '#core/events/index.ts'
import { system } from '#core/policy/actor.ts'
import { makeEnv } from '#main/env.ts'
import { MovableClock } from '#test/support/clock.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import { type Call, type Calls, deliver, endProcess, fireTimer, listProcesses, start, startBeside, terminate } from './index.ts'
import { move } from './engine.ts'
import * as store from './store.ts'

let database: TestDatabase
let ctx: Ctx
const clock = new MovableClock('2026-11-23T08:00:00+07:00')

beforeAll(async () => {
  database = await freshDatabase()
  ctx = makeCtx(makeEnv(database.db, { publicUrl: 'http://x', dataDir: '/nonexistent', secret: 'test' }, clock), system('test'))
})
afterAll(() => database.close())

const inTx = <R>(run: (tx: Tx) => Promise<R>): Promise<R> => inTransaction(database.db, run)
const defined = (text: string) => ({ digest: digestOf(xmlOf(text)), bpmn: xmlOf(text) })

/** The drawing with each subprocess cut out into a process of its own that is called. */
function cut(lines: string[]): { text: string; calls: Record<string, Call> } {
  const kept: string[] = []
  const calls: Record<string, Call> = {}
  for (let line = lines.shift(); line !== undefined && line !== '}'; line = lines.shift()) {
    const [, id] = /^sub (\S+) \{$/.exec(line) ?? []
    if (!id) kept.push(line)
    else {
      const inner = cut(lines)
      calls[id] = { name: id, definition: defined(inner.text), places: {}, calls: inner.calls }
      kept.push(`call ${id} callee=${id}`)
    }
  }
  return { text: kept.join('\n'), calls }
}

let count = 0

class House {
  readonly subject = `s${count++}`
  async start(text: string, calls: Calls = {}): Promise<this> {
    await inTx((tx) => start(tx, ctx, { subject: this.subject, definition: defined(text), places: {}, citizenId: null, timerJob: 'test.timer', calls }))
    return this
  }
  private async rows() {
    const processes = await listProcesses(database.db, this.subject)
    return Promise.all(processes.filter((one) => one.status === 'active').map((one) => store.readProcess(database.db, one.id)))
  }
  async at(status: 'waiting' | 'armed'): Promise<string[]> {
    const called = new Set((await listProcesses(database.db, this.subject)).map((one) => one.name))
    return (await this.rows()).flatMap((row) => row.state.tokens.filter((token) => token.status === status && !called.has(token.element)).map((token) => token.element)).sort()
  }
  private async find(element: string) {
    for (const row of await this.rows()) for (const token of row.state.tokens) if (token.element === element) return { process: row.id, token: token.id }
    throw new Error(`nothing at ${element}`)
  }
  async complete(element: string, outcome?: string): Promise<void> {
    const { process, token } = await this.find(element)
    await inTx(async (tx) => {
      const row = (await store.lockProcess(tx, { id: process }))!
      const item = (await store.openItems(tx, process)).find((one) => one.token === token)!
      await store.finishItem(tx, item.id, { id: null, name: 'test' }, outcome ?? '', null, ctx.now)
      return move(tx, ctx, row, false, { kind: 'complete', token, ...(outcome ? { outcome } : {}) }, null)
    })
  }
  async timer(element: string) {
    const at = await this.find(element)
    return inTx((tx) => fireTimer(tx, ctx, at))
  }
  get over(): Promise<boolean> {
    return store.isOver(database.db, this.subject)
  }
  open = () => store.openItemsOf(database.db, this.subject)
}

const withSub = (node: Node): boolean =>
  node.kind === 'sub' || node.kind === 'orOpen' || ('parts' in node && node.parts.some(withSub)) || ('branches' in node && node.branches.some(withSub)) ||
  ('body' in node && withSub(node.body)) || (node.kind === 'timed' && withSub(node.late))

test('called processes and bpmn-elements with the same steps in one piece agree at every rest', async () => {
  const picks = fc.array(fc.nat({ max: 0xffff }), { minLength: 6, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(anyProcess(true).filter(withSub), picks, async (root, chosen) => {
      const drawn = drawnFrom(root)
      const { text, calls } = cut(drawn.split('\n').filter(Boolean))
      const oracle = new Oracle(root)
      const second = await SecondEngine.start(xmlOf(drawn))
      const house = await new House().start(text, calls)
      for (let steps = 0; ; steps++) {
        const waits = [...oracle.waiting.keys()].sort()
        expect(await house.at('waiting')).toEqual(waits)
        expect([...second.waiting].filter((id) => !(id in calls)).sort().filter((id) => oracle.waiting.has(id))).toEqual(waits)
        expect(await house.at('armed')).toEqual([...oracle.timers.keys()].sort())
        expect([...second.timers.keys()].sort()).toEqual([...oracle.timers.keys()].sort())
        expect([await house.over, second.ended]).toEqual([oracle.ended, oracle.ended])
        expect((await house.open()).map((item) => item.step).sort()).toEqual(waits)
        if (oracle.ended) break
        const pick = steps > 10 ? 0 : chosen[steps % chosen.length]!
        const late = steps > 10 ? [] : [...oracle.timers.keys()].sort()
        const next = [...waits, ...late][pick % (waits.length + late.length)]!
        if (oracle.timers.has(next)) {
          oracle.timers.get(next)!()
          await house.timer(next)
          second.timeout(next)
        } else {
          const answers = oracle.answers.get(next) ?? ['']
          const answer = answers[(pick >> 4) % answers.length]!
          oracle.waiting.get(next)!(answer)
          await house.complete(next, answer || undefined)
          second.complete(next, answer || null)
        }
      }
    }),
    { numRuns: 12, seed: 20261122 },
  )
}, 60_000)

const child = (name: string, text: string, more: Partial<Call> = {}): Call => ({ name, definition: defined(text), places: {}, ...more })
const CHILD = 'start s; user b outcomes=yes,no; end e; s>b; b>e'

describe('calls', () => {
  test('two at once; the caller goes on with the outcome of each, in its own words', async () => {
    const text = 'start s; and f; call c1 callee=x; call c2 callee=y; xor g; user ok; user bad; xor h; and j; user z; end e; s>f; f>c1; f>c2; c1>g; g>ok outcome=done; g>bad default; ok>h; bad>h; h>j; c2>j; j>z; z>e'
    const house = await new House().start(text, { c1: child('một', CHILD, { outcomes: { yes: 'done' } }), c2: child('hai', 'start s; user d; end e outcome=v; s>d; d>e') })
    expect(await house.at('waiting')).toEqual(['b', 'c1', 'c2', 'd'])
    expect((await house.open()).map((item) => [item.step, item.link])).toEqual([['b', 'call'], ['d', 'call']])
    await house.complete('b', 'yes')
    expect(await house.at('waiting')).toEqual(['c2', 'd', 'ok'])
    await house.complete('ok')
    await house.complete('d')
    expect(await house.at('waiting')).toEqual(['z'])
    await house.complete('z')
    expect(await house.over).toBe(true)
  })

  test('a process that calls what is not given does not begin, and says what to do', async () => {
    const begun = new House().start('start s; call c callee=khong_co; end e; s>c; c>e')
    await expect(begun).rejects.toMatchObject({ code: 'work.no_callee', message: expect.stringMatching(/“khong_co”.*Người quản trị thủ tục cần nhập/) })
  })

  test('whoever ends the whole ends what it called, timers and all', async () => {
    const house = await new House().start('start s; call c callee=x; end e; s>c; c>e', {
      c: child('x', 'start s; call d callee=y; end e; s>d; d>e', { calls: { d: child('y', 'start s; user b; on t at=b timer; end e; s>b; b>e; t>e') } }),
    })
    expect(await house.at('armed')).toEqual(['t'])
    const jobs = () => database.pool.query(`select 1 from graphile_worker.jobs where key like 'timer:%'`).then((found) => found.rowCount)
    const before = (await jobs())!
    await inTx((tx) => terminate(tx, ctx, house.subject, 'rút'))
    expect(await house.open()).toEqual([])
    expect((await listProcesses(database.db, house.subject)).map((one) => one.status)).toEqual(['ended', 'ended', 'ended'])
    expect(await jobs()).toBe(before - 1)
  })

  test('a boundary timer of the calling step ends the called process', async () => {
    const house = await new House().start('start s; call c callee=x; on t at=c timer; user late; end e; s>c; c>e; t>late; late>e', { c: child('x', CHILD) })
    await house.timer('t')
    expect((await house.open()).map((item) => item.step)).toEqual(['late'])
    expect((await listProcesses(database.db, house.subject)).map((one) => [one.name, one.status])).toEqual([['', 'active'], ['x', 'ended']])
  })

  test('timers inside are heard; an error nobody catches inside is caught by the calling step', async () => {
    const house = await new House().start('start s; call c callee=x; on t at=c error=any; user mend; end e; s>c; c>e; t>mend; mend>e', {
      c: child('x', 'start s; user b; on t1 at=b timer; end bad error; end e; s>b; b>e; t1>bad'),
    })
    await house.timer('t1')
    expect((await house.open()).map((item) => item.step)).toEqual(['mend'])
  })

  test('an escalation goes up to the calling step, and by the root to whoever keeps the subject', async () => {
    const house = await new House().start('start s; call c callee=x; on t at=c escalation keep; user boss; end e; end e2; s>c; c>e; t>boss; boss>e2', {
      c: child('x', 'start s; user b; throw x escalation; user d; end e; s>b; b>x; x>d; d>e'),
    })
    await house.complete('b')
    expect((await house.open()).map((item) => item.step).sort()).toEqual(['boss', 'd'])
    const lone = await new House().start('start s; user b; throw x escalation; user d; end e; s>b; b>x; x>d; d>e')
    await lone.complete('b')
    expect((await listEvents(database.db, lone.subject)).map((event) => [event.name, event.data['code']])).toEqual([['work.escalated', 'TRE']])
  })

  test('messages and signals are carried between the processes of a subject, and come in from outside', async () => {
    const house = await new House().start('start s; and f; call c callee=x; catch w message; and j; end e; s>f; f>c; f>w; c>j; w>j; j>e', {
      c: child('x', 'start s; user b; throw m message; user d; on g at=d signal; end e; s>b; b>m; m>d; d>e; g>e'),
    })
    expect(await house.at('waiting')).toEqual(['b', 'c', 'w'].filter((id) => id !== 'x'))
    await house.complete('b')
    expect(await house.at('waiting')).toEqual(['c', 'd'])
    expect(await inTx((tx) => deliver(tx, ctx, { subject: house.subject, kind: 'message', name: 'tra_loi' }))).toBeNull()
    await inTx((tx) => deliver(tx, ctx, { subject: house.subject, kind: 'signal', name: 'dung' }))
    expect(await house.over).toBe(true)
  })
})

describe('beside a step', () => {
  test('the step waits for all that stands beside it', async () => {
    const house = await new House().start('start s; user a outcomes=yes; end e; s>a; a>e')
    const [item] = await house.open()
    const first = await inTx((tx) => startBeside(tx, ctx, { item: item!.id, call: child('ý kiến 1', CHILD) }))
    const second = await inTx((tx) => startBeside(tx, ctx, { item: item!.id, call: child('ý kiến 2', CHILD) }))
    expect((await store.findItem(database.db, item!.id))!.waits).toBe(2)
    await house.complete('b', 'yes')
    expect((await store.findItem(database.db, item!.id))!.waits).toBe(1)
    const over = await Promise.all([first, second].map(async ({ process }) => (await store.readProcess(database.db, process)).state.status === 'ended'))
    const [gone, left] = over[0] ? [first, second] : [second, first]
    expect(await inTx((tx) => endProcess(tx, ctx, { process: gone.process, reason: 'rút' }))).toBeNull()
    expect(await inTx((tx) => endProcess(tx, ctx, { process: left.process, reason: 'rút' }))).toMatchObject({ ended: false })
    expect((await store.findItem(database.db, item!.id))!.waits).toBe(0)
    await house.complete('a', 'yes')
    expect(await house.over).toBe(true)
  })

  test('what stands beside a step that goes away goes with it', async () => {
    const house = await new House().start('start s; user a; on t at=a timer; user z; end e; s>a; a>z; t>z; z>e')
    const [item] = await house.open()
    await inTx((tx) => startBeside(tx, ctx, { item: item!.id, call: child('ý kiến', CHILD) }))
    await house.timer('t')
    expect((await house.open()).map((one) => one.step)).toEqual(['z'])
  })
})
