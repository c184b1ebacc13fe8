// Facts are appended and never rewritten; they exist exactly when their act does, and each reaction is one job of the same transaction.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { systemCtx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { makeEnv } from '#main/env.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import { defineEvent, emit, listEvents, react, registerReactions } from './index.ts'

const happened = defineEvent('test.happened', z.object({ what: z.string() }))
let database: TestDatabase
let ctx: ReturnType<typeof systemCtx>
const heard: string[] = []

beforeAll(async () => {
  database = await freshDatabase()
  ctx = systemCtx(makeEnv(database.db, { publicUrl: 'http://x', dataDir: '/nonexistent', secret: 's' }), 'test')
  registerReactions([{ event: 'test.happened', name: 'test.hear', run: async (_ctx, event) => void heard.push(String(event.data['what'])) }])
})
afterAll(() => database.close())

const jobs = async () => (await database.pool.query('select count(*)::int as n from graphile_worker.jobs')).rows[0].n as number

describe('a fact', () => {
  test('is written with its act and queues its reactions', async () => {
    const id = await inTransaction(ctx.db, (tx) => emit(tx, ctx, happened, 'thing:1', { what: 'một' }))
    expect(await listEvents(ctx.db, 'thing:1')).toMatchObject([{ id, name: 'test.happened', actorKind: 'system', data: { what: 'một' } }])
    expect(await jobs()).toBe(1)
    await react(ctx, { event: id, reaction: 'test.hear' })
    expect(heard).toEqual(['một'])
  })

  test('is not there when its act fails, nor are its reactions', async () => {
    const before = await jobs()
    await expect(inTransaction(ctx.db, async (tx) => {
      await emit(tx, ctx, happened, 'thing:2', { what: 'hai' })
      throw new Error('thôi')
    })).rejects.toThrow('thôi')
    expect(await listEvents(ctx.db, 'thing:2')).toEqual([])
    expect(await jobs()).toBe(before)
  })

  test.each([
    ["update core.event set data = '{}'"],
    ['delete from core.event'],
    ['truncate core.event'],
  ])('cannot be changed: %s', async (statement) => {
    await expect(database.pool.query(statement)).rejects.toThrow(/không được sửa hay xóa/)
  })

  test('with data of the wrong shape is a bug, not a row', async () => {
    await expect(inTransaction(ctx.db, (tx) => emit(tx, ctx, happened, 'thing:3', { what: 3 } as never))).rejects.toThrow()
    expect(await listEvents(ctx.db, 'thing:3')).toEqual([])
  })

  test('two reactions of one name are refused', () => {
    const twin = { event: 'test.happened', name: 'test.hear', run: async () => {} }
    expect(() => registerReactions([twin, twin])).toThrow(/test\.hear/)
  })
})
