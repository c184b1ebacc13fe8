// Views are one's own, carry only filters that their list knows, and are replaced by the same name.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '#test/support/app.ts'
import { dropView, keepView, listViews, queryOfList } from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

test.each([
  ['hand=mine&due=late', 'hand=mine&due=late'],
  ['due=late&hand=mine&cursor=abc&evil=1', 'hand=mine&due=late'],
  ['', ''],
  ['step=Thẩm tra', 'step=Th%E1%BA%A9m+tra'],
])('of "%s" a worklist keeps "%s"', (given, kept) => expect(queryOfList('worklist', given)).toBe(kept))

test('the same name replaces; others neither see nor drop it', async () => {
  const [mine, theirs] = [await app.as('motcua.14797'), await app.as('chuyenvien.14797')]
  await keepView(mine, { list: 'worklist', name: 'Quá hạn', query: 'due=late' })
  const kept = await keepView(mine, { list: 'worklist', name: 'Quá hạn', query: 'due=late&hand=all' })
  await keepView(mine, { list: 'dossiers', name: 'Chưa xong', query: 'open=1' })
  expect(await listViews(mine, 'worklist')).toEqual([kept])
  expect(await listViews(theirs, 'worklist')).toEqual([])
  await dropView(theirs, { id: kept.id })
  expect(await listViews(mine, 'worklist')).toHaveLength(1)
  await dropView(mine, { id: kept.id })
  await dropView(mine, { id: kept.id })
  expect(await listViews(mine, 'worklist')).toEqual([])
})

test('a nameless view, a list without views, a citizen: refused in words', async () => {
  const mine = await app.as('motcua.14797')
  await expect(keepView(mine, { list: 'worklist', name: '  ', query: '' })).rejects.toMatchObject({ fields: [{ key: 'name' }] })
  await expect(keepView(mine, { list: 'board' as never, name: 'x', query: '' })).rejects.toMatchObject({ fields: [{ key: 'list' }] })
  await expect(keepView(await app.as('congdan1'), { list: 'worklist', name: 'x', query: '' })).rejects.toMatchObject({ code: 'views.officers_only' })
})

test('twenty of a list and no more, even when asked for at once', async () => {
  const mine = await app.as('lanhdao.14797')
  const asked = await Promise.allSettled(Array.from({ length: 24 }, (_, n) => keepView(mine, { list: 'worklist', name: `Cách ${n}`, query: `step=${n}` })))
  const kept = await listViews(mine, 'worklist')
  expect(kept).toHaveLength(20)
  await expect(keepView(mine, { list: 'worklist', name: 'Thêm', query: '' })).rejects.toMatchObject({ code: 'views.too_many' })
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
})
