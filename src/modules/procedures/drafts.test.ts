// Drafts on a real database: several hands in one draft lose nothing, the same save counts once, publishing happens once and by somebody else.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { as, type Ctx, systemCtx } from '#core/ctx.ts'
import type { Officer, Role } from '#core/policy/actor.ts'
import { makeEnv } from '#main/env.ts'
import { procedureTexts } from '#main/pack.ts'
import { freshDatabase, type TestDatabase } from '#test/support/db.ts'
import {
  beginDraft, checkDraft, clerkFault, diffRecords, DraftConflict, draftEdits, type DraftRecord, dropDraft, getDraft, getProcedure, getVersion, importRecord, inForceOn, lifecycleOf, listComing, listVersions, partOf, publishDraft, reviewProcedure,
  reviewStates, saveDraftPart, submitDraft, takeInVersion, withdrawVersion,
} from './index.ts'

const CODE = '1.004194'
let database: TestDatabase
let system: Ctx
const officer = (id: string, role: Role = 'quan_tri_he_thong'): Officer => ({
  kind: 'officer', id, name: `Ông ${id}`, posts: [{ id: `${id}/1`, role, title: '', unitId: 'x', unitCode: 'x', unitName: 'X', unitPath: 'x' }],
})
const at = (id: string, now = '2026-11-22T09:00:00+07:00'): Ctx => ({ ...as(system, officer(id)), now: new Date(now) })

beforeAll(async () => {
  database = await freshDatabase()
  system = { ...systemCtx(makeEnv(database.db, { publicUrl: 'http://x', dataDir: '/nonexistent', secret: 's' }), 'test'), now: new Date('2026-11-22T08:00:00+07:00') }
  for (const { text } of procedureTexts().filter(({ name }) => /^(1\.004194|1\.001193|2\.000815)/.test(name))) await importRecord(system, text)
})
afterAll(() => database.close())

const current = async () => getProcedure(system.db, CODE, '2026-11-22')
const begin = async (ctx: Ctx = at('an')) => (await beginDraft(ctx, { from: 'version', version: (await current()).id })).id
const drop = (id: string) => dropDraft(at('an'), { draft: id, note: 'thử' })
const put = async (ctx: Ctx, draft: string, part: 'basics' | 'decision' | 'cases' | 'process', change: (value: Record<string, never>) => object, more: object = {}) => {
  const now = await getDraft(ctx.db, draft)
  return saveDraftPart(ctx, { draft, part, base: now.revision, value: change(structuredClone(partOf(now.record, part)) as Record<string, never>) as never, ...more })
}
const decide = (draft: string, from: string, ctx = at('an'), more: object = {}) => put(ctx, draft, 'decision', () => ({ decision: { no: '12/QĐ-UBND', kind: 'sua_doi_bo_sung', ...more }, effectiveFrom: from }))
const codeOf = (error: unknown) => (error as { code?: string }).code

describe('one draft, several hands', () => {
  test('is one for a procedure, however many open it at once', async () => {
    const version = (await current()).id
    const ids = await Promise.all(['an', 'ba', 'chi'].map((who) => beginDraft(at(who), { from: 'version', version })))
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
    expect(ids.filter(({ existing }) => !existing)).toHaveLength(1)
    await drop(ids[0]!.id)
  })

  test('keeps what each has written, in other places and in the same row; asks only where both wrote the same', async () => {
    const id = await begin()
    const start = await getDraft(system.db, id)
    const value = partOf(start.record, 'basics') as { legalBasis: { no: string; name: string; articles?: string }[] } & Record<string, unknown>
    const mine = { ...value, summary: 'Tóm tắt của An', legalBasis: value.legalBasis.map((row, i) => (i === 0 ? { ...row, articles: 'Điều 1' } : row)) }
    const theirs = { ...value, notes: 'Ghi chú của Ba', legalBasis: [...value.legalBasis.map((row, i) => (i === 0 ? { ...row, name: 'Tên mới' } : row)), { no: '1/2026/NĐ-CP', name: 'Nghị định mới' }] }
    await saveDraftPart(at('ba'), { draft: id, part: 'basics', base: 0, value: theirs as never })
    const saved = await saveDraftPart(at('an'), { draft: id, part: 'basics', base: 0, value: mine as never })
    expect(saved).toMatchObject({ merged: true, value: { summary: 'Tóm tắt của An', notes: 'Ghi chú của Ba' } })
    expect((saved.value.legalBasis as object[])[0]).toMatchObject({ name: 'Tên mới', articles: 'Điều 1' })
    expect((saved.value.legalBasis as object[]).at(-1)).toMatchObject({ no: '1/2026/NĐ-CP' })
    const conflict = await saveDraftPart(at('ba'), { draft: id, part: 'basics', base: 1, value: { ...theirs, summary: 'Tóm tắt của Ba' } as never }).catch((error: unknown) => error)
    expect(conflict).toBeInstanceOf(DraftConflict)
    const { mine: his, theirs: hers, before, paths, revision } = conflict as DraftConflict
    expect([his.summary, hers.summary, before.summary, paths.map(({ path }) => path), (await getDraft(system.db, id)).record.summary]).toEqual(['Tóm tắt của Ba', 'Tóm tắt của An', value.summary, [['summary']], 'Tóm tắt của An'])
    const chosen = { draft: id, part: 'basics' as const, base: 1, value: { ...theirs, summary: 'Tóm tắt của Ba' } as never, picks: { summary: 'mine' as const }, seen: revision }
    expect((await saveDraftPart(at('ba'), chosen)).value).toMatchObject({ summary: 'Tóm tắt của Ba', notes: 'Ghi chú của Ba' })
    // A choice made before somebody else wrote again is no choice.
    await put(at('an'), id, 'basics', (now) => ({ ...now, summary: 'Lời thứ ba' }))
    await expect(saveDraftPart(at('ba'), { ...chosen, value: { ...theirs, summary: 'Lời thứ tư' } as never })).rejects.toBeInstanceOf(DraftConflict)
    await drop(id)
  })

  test('counts a save sent twice once, and refuses keys of other parts', async () => {
    const id = await begin()
    const value = { ...partOf((await getDraft(system.db, id)).record, 'basics'), summary: 'Một lần' }
    const save = () => saveDraftPart(at('an'), { draft: id, part: 'basics', base: 0, value: value as never, key: 'k1' })
    const both = await Promise.all([save(), save()])
    expect([both.map(({ revision }) => revision), (await draftEdits(system.db, id)).length]).toEqual([[1, 1], 2])
    expect(await saveDraftPart(at('an'), { draft: id, part: 'reasons', base: 1, value: { name: 'x' } as never }).catch((error: { status: number }) => error.status)).toBe(422)
    await drop(id)
    expect(await save().catch(codeOf)).toBe('procedures.draft_closed')
  })

  test('loses no word whatever the interleaving: three editors, late saves, dropped lines, own typing under way', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ who: fc.nat(2), act: fc.constantFrom('write', 'write', 'save', 'save', 'lost', 'reload'), field: fc.constantFrom('summary', 'notes', 'row') }), { minLength: 4, maxLength: 18 }), async (acts) => {
      const id = await begin()
      const start = partOf((await getDraft(system.db, id)).record, 'basics')
      const editors = ['an', 'ba', 'chi'].map((name) => ({ name, base: 0, seen: start as Record<string, unknown>, value: structuredClone(start) as Record<string, unknown> }))
      let n = 0
      // The last word of each place as the server acknowledged it, or as a person chose.
      const acknowledged = new Map<string, string>()
      const placeOf = (value: Record<string, unknown>, field: string) => (field === 'row' ? (value.legalBasis as { articles?: string }[])[0]!.articles : (value[field] as string | undefined))
      const send = async (editor: (typeof editors)[number], lost: boolean): Promise<void> => {
        const ask = { draft: id, part: 'basics' as const, base: editor.base, value: editor.value as never, key: `s${n++}` }
        const saved = await saveDraftPart(at(editor.name), ask).catch(async (error: unknown) => {
          if (!(error instanceof DraftConflict)) throw error
          return saveDraftPart(at(editor.name), { ...ask, key: `s${n++}`, seen: error.revision, picks: Object.fromEntries(error.paths.map(({ path }) => [path.join('/'), 'mine' as const])) })
        })
        for (const field of ['summary', 'notes', 'row']) if (placeOf(editor.value, field) !== placeOf(editor.seen, field)) acknowledged.set(field, placeOf(editor.value, field)!)
        if (lost) return // the answer never came: the editor still stands on the old base and sends again some day
        Object.assign(editor, { base: saved.revision, seen: saved.value, value: structuredClone(saved.value) })
      }
      for (const { who, act, field } of acts) {
        const editor = editors[who]!
        if (act === 'write') {
          const text = `${editor.name}${n++}`
          if (field === 'row') (editor.value.legalBasis as { articles?: string }[])[0]!.articles = text
          else editor.value[field] = text
        } else if (act === 'reload') {
          if (JSON.stringify(editor.value) !== JSON.stringify(editor.seen)) continue // what is unsent stays on the device
          const now = await getDraft(system.db, id)
          Object.assign(editor, { base: now.revision, seen: partOf(now.record, 'basics'), value: structuredClone(partOf(now.record, 'basics')) })
        } else await send(editor, act === 'lost')
      }
      for (const editor of editors) await send(editor, false)
      const end = partOf((await getDraft(system.db, id)).record, 'basics') as Record<string, unknown>
      for (const [field, word] of acknowledged) expect([field, placeOf(end, field)]).toEqual([field, word])
      // Every word that was ever saved can still be read in the saves.
      const said = JSON.stringify(await database.db.selectFrom('procedures.draft_edit').select('value').where('draft_id', '=', id).execute())
      for (const word of acknowledged.values()) expect(said).toContain(word)
      await drop(id)
    }), { numRuns: 25 })
  }, 60_000)
})

describe('publishing', () => {
  test('names every fault with its place, in a clerk’s words: loops, unreachable steps, no exit, cases', async () => {
    const id = await begin()
    expect((await checkDraft(at('an'), id)).faults.map(({ part, path }) => [part, path])).toEqual([['decision', 'decision.no'], ['decision', 'effectiveFrom']])
    await put(at('an'), id, 'process', (value: { steps?: never }) => {
      const steps = structuredClone(value.steps) as unknown as { id: string; name: string; outcomes: { next: unknown }[] }[]
      const last = steps.at(-1)!
      for (const outcome of last.outcomes) outcome.next = steps[0]!.id
      steps.push({ ...structuredClone(last), id: 'lac_loi', name: 'Bước lạc lối' })
      return { steps }
    })
    const { faults } = await checkDraft(at('an'), id)
    const { record } = await getDraft(system.db, id)
    const said = faults.map((fault) => clerkFault(fault, record))
    expect(faults.some(({ part, message }) => part === 'process' && message.includes('không có đường nào dẫn tới'))).toBe(true)
    expect(said.find(({ path }) => path.startsWith('steps['))).toMatchObject({ partLabel: 'Quy trình', where: expect.stringMatching(/^Bước “/) })
    expect(said.map(({ where, message }) => `${where}: ${message}`).join('\n')).not.toMatch(/\b(mot_cua|joins|effect|next|steps\[|lac_loi)\b|"/)
    await decide(id, '2026-12-01')
    expect(await publishDraft(at('ba'), { draft: id, revision: 2 }).catch((error: { status: number; fields: { key: string }[] }) => [error.status, error.fields.length > 0])).toEqual([422, true])
    await drop(id)
    const fees = await begin()
    await put(at('an'), fees, 'cases', (value: { cases?: never }) => ({ cases: (value.cases as unknown as { expect: object }[]).map((one, i) => (i === 0 ? { ...one, expect: { ...one.expect, dueOn: '2030-01-01' } } : one)) }))
    const { faults: wrong } = await checkDraft(at('an'), fees)
    expect(wrong.filter(({ part }) => part === 'cases').map(({ message }) => message)).toEqual([expect.stringContaining('ngày hẹn trả phải là 2030-01-01')])
    await drop(fees)
  })

  test('is by somebody else than who wrote, once for two presses and two publishers, and from a day to come', async () => {
    const id = await begin()
    await put(at('an'), id, 'basics', (value) => ({ ...value, summary: 'Bản mới, từ tháng sau.' }))
    await decide(id, '2026-12-22')
    await submitDraft(at('an'), { draft: id })
    expect((await getDraft(system.db, id)).submitted).toMatchObject({ byName: 'Ông an' })
    expect(await publishDraft(at('an'), { draft: id, revision: 2 }).catch(codeOf)).toBe('procedures.four_eyes')
    expect(await publishDraft(at('ba'), { draft: id, revision: 1 }).catch(codeOf)).toBe('procedures.draft_moved')
    const done = await Promise.all(['ba', 'ba', 'chi'].map((who) => publishDraft(at(who), { draft: id, revision: 2 })))
    expect([new Set(done.map(({ version }) => version)), done.filter(({ already }) => already === null).length]).toEqual([new Set([2]), 1])
    const versions = await listVersions(system.db, CODE)
    expect(versions.map((version) => [version.number, lifecycleOf(version, versions, '2026-11-22')])).toEqual([[2, 'cho_hieu_luc'], [1, 'hieu_luc']])
    expect([(await current()).number, (await getProcedure(system.db, CODE, '2026-12-22')).number]).toEqual([1, 2])
  })

  test('waits for a version still to come, which can be taken back before its day and not after', async () => {
    const id = await begin()
    await decide(id, '2026-12-01')
    expect(await publishDraft(at('ba'), { draft: id, revision: 1 }).catch(codeOf)).toBe('procedures.later_waits')
    const [coming] = await listVersions(system.db, CODE)
    expect((await listComing(system.db, '2026-11-22')).map(({ code, number }) => [code, number])).toEqual([[CODE, coming!.number]])
    expect(await listComing(system.db, coming!.effectiveFrom)).toEqual([])
    expect(await withdrawVersion(at('ba', '2026-12-22T00:10:00+07:00'), { version: coming!.id, reason: 'Quá muộn rồi' }).catch(codeOf)).toBe('procedures.in_force')
    await Promise.all([1, 2].map(() => withdrawVersion(at('ba'), { version: coming!.id, reason: 'Luật mới hoãn thi hành' })))
    expect((await getProcedure(system.db, CODE, '2027-01-05')).number).toBe(1)
    // The draft was begun after version 2, which no longer counts: it follows version 1 once that is taken in.
    expect(await publishDraft(at('ba'), { draft: id, revision: 1 }).catch(codeOf)).toBe('procedures.base_followed')
    expect(await takeInVersion(at('an'), { draft: id })).toMatchObject({ version: 1 })
    await drop(id)
  })

  test('with a day that has passed asks why; a version that came in between is taken in first', async () => {
    const id = await begin()
    await put(at('an'), id, 'basics', (value) => ({ ...value, summary: 'Lời của bản nháp' }))
    await decide(id, '2026-11-01')
    expect(await publishDraft(at('ba'), { draft: id, revision: 2 }).catch((error: { fields: { key: string }[] }) => error.fields[0]!.key)).toBe('backdated')
    const imported = JSON.parse(procedureTexts().find(({ name }) => name.startsWith(CODE))!.text) as Record<string, unknown>
    await importRecord(system, JSON.stringify({ ...imported, notes: 'Phiên bản chen vào', summary: 'Lời chen vào' }))
    expect(await publishDraft(at('ba'), { draft: id, revision: 2, backdated: 'Theo Điều 5 Quyết định 12' }).catch(codeOf)).toBe('procedures.base_followed')
    expect(await takeInVersion(at('an'), { draft: id })).toEqual({ version: 3, both: [['summary']] })
    const draft = await getDraft(system.db, id)
    expect([draft.record.summary, draft.record.notes]).toEqual(['Lời của bản nháp', 'Phiên bản chen vào'])
    const done = await publishDraft(at('ba'), { draft: id, revision: draft.revision, backdated: 'Theo Điều 5 Quyết định 12' })
    expect([done.version, (await current()).number]).toEqual([4, 4])
  })

  test('takes up a former version as a new act, and says in words what differs', async () => {
    const versions = await listVersions(system.db, CODE)
    const first = versions.find((version) => version.number === 1)!
    const { id } = await beginDraft(at('an'), { from: 'copy', version: first.id })
    const draft = await getDraft(system.db, id)
    expect([draft.source?.number, draft.base?.number, draft.origin]).toEqual([1, 4, 'copy'])
    const parts = diffRecords((await current()).record as unknown as DraftRecord, draft.record)
    expect(parts.find(({ part }) => part === 'basics')!.lines.map(({ kind, what, before }) => [kind, what, before])).toEqual([['changed', 'Tóm tắt', 'Lời của bản nháp'], ['changed', 'Ghi chú', 'Phiên bản chen vào']].map((line) => expect.arrayContaining(line)))
    await decide(id, '2026-11-22', at('an'), { kind: 'thay_the' })
    expect((await publishDraft(at('chi'), { draft: id, revision: 1 })).version).toBe(5)
    expect((await getVersion(system.db, (await current()).id)).record.summary).toBe((await getVersion(system.db, first.id)).record.summary)
  })

  test('abolishes: nothing is in force from that day, the way leads on, what runs keeps its version', async () => {
    const running = await current()
    const { id } = await beginDraft(at('an'), { from: 'abolition', code: CODE })
    await decide(id, '2026-12-01', at('an'), { kind: 'bai_bo', replacedBy: '1.001193' })
    await publishDraft(at('ba'), { draft: id, revision: 1 })
    expect((await getProcedure(system.db, CODE, '2026-11-30')).number).toBe(5)
    const gone = await getProcedure(system.db, CODE, '2026-12-01').catch((error: { code: string; message: string }) => error)
    expect(gone).toMatchObject({ code: 'procedures.abolished', replacement: { code: '1.001193' }, message: expect.stringContaining('Đăng ký khai sinh') })
    expect((await getVersion(system.db, running.id)).number).toBe(5)
    const versions = await listVersions(system.db, CODE)
    expect([inForceOn(versions, '2026-11-30')?.number, inForceOn(versions, '2026-12-01'), lifecycleOf(versions[0]!, versions, '2026-12-01')]).toEqual([5, null, 'bai_bo'])
  })
})

test('a commune’s controller and a clerk read and write nothing', async () => {
  const id = await begin()
  for (const role of ['mot_cua', 'chu_tich', 'quan_tri_don_vi'] as const) {
    const ctx = { ...as(system, officer('la', role)), now: system.now }
    const version = (await current()).id
    const tried = await Promise.all([
      beginDraft(ctx, { from: 'version', version }), dropDraft(ctx, { draft: id, note: '' }), submitDraft(ctx, { draft: id }), publishDraft(ctx, { draft: id, revision: 0 }), takeInVersion(ctx, { draft: id }),
      saveDraftPart(ctx, { draft: id, part: 'basics', base: 0, value: {} }), withdrawVersion(ctx, { version, reason: 'không được' }), reviewProcedure(ctx, { code: CODE, verdict: 'current' }), checkDraft(ctx, id),
    ].map((act) => Promise.resolve(act).then(() => 'xong', (error: { status?: number }) => error.status)))
    expect(tried).toEqual(tried.map(() => 403))
  }
  await drop(id)
})

test('a procedure is to be read again within its months, or counts as stale; so it does when somebody finds it so', async () => {
  const of = async (on: string) => (await reviewStates(system.db, on, '2.000815'))[0]!
  expect(await of('2026-11-22')).toMatchObject({ stale: false, confirmedOn: '2026-11-22', dueOn: '2027-11-22' })
  expect((await of('2027-11-23')).stale).toBe(true)
  await reviewProcedure(at('an', '2027-11-25T09:00:00+07:00'), { code: '2.000815', verdict: 'current' })
  expect(await of('2027-11-25')).toMatchObject({ stale: false, dueOn: '2028-11-25' })
  expect(await reviewProcedure(at('an'), { code: '2.000815', verdict: 'stale' }).catch((error: { status: number }) => error.status)).toBe(422)
  await reviewProcedure(at('an', '2027-12-01T09:00:00+07:00'), { code: '2.000815', verdict: 'stale', note: 'Phí đổi theo Thông tư mới' })
  expect(await of('2027-12-01')).toMatchObject({ stale: true, note: 'Phí đổi theo Thông tư mới' })
})
