// Linked work on the whole platform: one dossier through three agencies, opinions asked beside a step, the slip of every hand-over.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Ctx, systemCtx } from '#core/ctx.ts'
import type { Invalid } from '#core/errors.ts'
import {
  answerConsultation, completeStep, consult, controlSlipPdf, type Dossier, moveFromEnded, remind, viewDossier, withdraw, withdrawConsultation,
} from '#modules/dossiers/index.ts'
import { findItem, type Item, listItems, listProcesses } from '#modules/work/index.ts'
import { jobs } from '#main/modules.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { MovableClock } from '#test/support/clock.ts'
import { doerOf, file, openItems, walk } from '#test/support/walk.ts'

const record = JSON.parse(readFileSync(new URL('../../packs/thanh-hoa/procedures/2.000986.json', import.meta.url), 'utf8'))
const form = { ...record.cases[1].form, child_birth_date: '2026-11-10' }

let app: TestApp
const clock = new MovableClock('2026-11-23T08:00:00+07:00')
beforeAll(async () => {
  app = await testApp({ clock })
})
afterAll(() => app.close())

const filed = (unit = '14812', counter = 'motcua.14812') => app.as(counter).then((ctx) => file(ctx, { procedure: '2.000986', unit, channel: 'truc_tiep', form }))

describe('a linked procedure', () => {
  test('is received in one commune, decided in another, done by three agencies, returned where it was handed in', async () => {
    const dossier = await filed()
    expect([dossier.receivedUnitId, dossier.decidedUnitId]).toEqual(['th-14812', 'th-14797'])
    const seen: [string, string | null][] = []
    const { route, last } = await walk(app, dossier, (item) => {
      seen.push([item.step, item.unitId])
      return undefined
    })
    expect(last.state).toBe('DA_TRA')
    expect(new Set(route)).toEqual(new Set(['tiep_nhan', 'tham_tra', 'ghi_so', 'ky', 'dong_dau', 'tiep_nhan_cu_tru', 'tham_dinh_bhyt', 'duyet_cu_tru', 'duyet_bhyt', 'cap_nhat_cu_tru', 'gui_the', 'tong_hop', 'tra_ket_qua']))
    const unit = Object.fromEntries(seen)
    expect([unit.tiep_nhan, unit.tiep_nhan_cu_tru, unit.duyet_bhyt, unit.tra_ket_qua]).toEqual(['th-14812', 'th-14797-ca', 'th-bao-hiem-xa-hoi', 'th-14812'])
    expect((await listProcesses(app.env.db, dossier.id)).map((one) => [one.link, one.status])).toEqual([[null, 'ended'], ['call', 'ended'], ['call', 'ended']])
  })
})

/** A dossier of the linked procedure, accepted, with the specialist who examines it. */
async function examined() {
  const dossier = await filed()
  await walkTo(dossier, 'tham_tra')
  const item = (await openItems(app, dossier)).find((one) => one.step === 'tham_tra')!
  return { dossier, item, officer: await app.as(await doerOf(app, item)) }
}

async function walkTo(dossier: Dossier, step: string): Promise<void> {
  for (let guard = 0; guard < 20; guard++) {
    const [item] = await openItems(app, dossier)
    if (!item || item.step === step) return
    await completeStep(await app.as(await doerOf(app, item)), { item: item.id, outcome: item.outcomes[0]!.key })
  }
}

type Consultation = Awaited<ReturnType<typeof consult>>[number]
const POLICE = '14797.CA'
const INSURANCE = 'G12.BHXH.H56'
const HEALTH = 'so_y_te'
const view = async (dossier: Dossier, ctx: Ctx) => viewDossier(ctx, dossier.id)
const asker = (item: Item, asks: object[], clientKey?: string) => ({ item: item.id, clientKey, asks: asks.map((ask) => ({ question: 'Chỗ ở này có hợp pháp không?', days: 2, ...ask })) as never })
const answerer = async (one: Consultation) => app.as(await doerOf(app, (await findItem(app.env.db, one.answerItemId))!))
const CLAUSE = 'Khoản 3 Điều 102 Luật Xây dựng 50/2014/QH13'
const timerOf = async (one: Consultation) => {
  const { rows } = await app.database.pool.query(`select id as token from work.token where process_id = $1 and fires_at is not null`, [one.processId])
  return { process: one.processId, token: rows[0]?.token as string }
}
const fire = (payload: { process: string; token: string }) => jobs.find((job) => job.name === 'dossiers.timer')!.run(systemCtx(app.env, 'Hệ thống'), payload as never)
beforeEach(() => clock.to('2026-11-23T08:00:00+07:00'))

describe('opinions of other agencies', () => {
  test('are asked at once, each an item on its own desk; the step waits for all of them, the clock runs on', async () => {
    const { dossier, item, officer } = await examined()
    const due = (await view(dossier, officer)).dossier.dueAt
    const [police, insurance] = await consult(officer, asker(item, [{ unit: POLICE }, { unit: INSURANCE, question: 'Mã số bảo hiểm của mẹ có đúng không?', days: 1 }]))
    const during = await view(dossier, officer)
    expect(during.dossier).toMatchObject({ state: 'LAY_Y_KIEN', pausedAt: null, dueAt: due })
    expect((await openItems(app, dossier)).map((one) => [one.step, one.unitId, one.role, one.link, one.waits])).toEqual([
      ['tham_tra', expect.any(String), 'chuyen_vien', null, 2], ['tra_loi', 'th-14797-ca', 'co_quan_phoi_hop', 'beside', 0], ['tra_loi', 'th-bao-hiem-xa-hoi', 'co_quan_phoi_hop', 'beside', 0],
    ])
    expect((await findItem(app.env.db, insurance!.answerItemId))!.dueAt).toEqual(insurance!.dueAt)
    await expect(completeStep(officer, { item: item.id, outcome: 'hop_le' })).rejects.toMatchObject({ code: 'work.waits', message: expect.stringMatching(/đang chờ ý kiến của 2 đơn vị.*rút/) })
    clock.to('2026-11-23T10:00:00+07:00')
    await answerConsultation(await answerer(police!), { consultation: police!.id, opinion: 'disagree', text: 'Chỗ ở chưa đủ giấy tờ.' })
    expect((await view(dossier, officer)).dossier.state).toBe('LAY_Y_KIEN')
    await answerConsultation(await answerer(insurance!), { consultation: insurance!.id, opinion: 'agree' })
    const after = await view(dossier, officer)
    expect(after.dossier).toMatchObject({ state: 'DANG_XU_LY', dueAt: due })
    expect(after.consultations.map((one) => [one.unitName, one.state, one.opinion, one.late])).toEqual([
      ['Công an phường Hạc Thành', 'answered', 'disagree', false], ['Bảo hiểm xã hội tỉnh Thanh Hóa', 'answered', 'agree', false],
    ])
    await completeStep(await app.as(await doerOf(app, item)), { item: item.id, outcome: 'hop_le' })
  })

  test('asked twice by a double click are asked once; each fault is named in its place', async () => {
    const { dossier, item, officer } = await examined()
    const twice = await Promise.all([1, 2].map(async () => consult(await app.as(await doerOf(app, item)), asker(item, [{ unit: POLICE }], 'k1'))))
    expect(twice[0]![0]!.id).toBe(twice[1]![0]!.id)
    expect((await openItems(app, dossier)).length).toBe(2)
    const faults = await consult(officer, asker(item, [{ unit: POLICE }, { unit: 'Sở Không Có' }, { unit: HEALTH, silence: 'agree' }, { unit: INSURANCE, days: 30 }])).catch((error: Invalid) => error.fields.map((one) => one.key))
    expect(faults).toEqual(['asks.0.unit', 'asks.1.unit', 'asks.2.unit', 'asks.3.days'])
    const [clause] = await consult(officer, asker(item, [{ unit: INSURANCE, silence: 'agree' }])).catch((error: Invalid) => error.fields.map((one) => one.key))
    expect(clause).toBe('asks.0.clause')
  })

  test('only the officer of the step asks, only the asked unit answers, consent alone needs no words', async () => {
    const { dossier, item, officer } = await examined()
    await expect(consult(await app.as('motcua.14812'), asker(item, [{ unit: POLICE }]))).rejects.toMatchObject({ status: 403 })
    const [one] = await consult(officer, asker(item, [{ unit: POLICE }]))
    await expect(answerConsultation(officer, { consultation: one!.id, opinion: 'agree' })).rejects.toMatchObject({ code: 'dossiers.not_asked' })
    await expect(answerConsultation(await app.as('chuyenvien.14923'), { consultation: one!.id, opinion: 'agree' })).rejects.toMatchObject({ status: 404 })
    await expect(withdrawConsultation(await answerer(one!), { consultation: one!.id })).rejects.toMatchObject({ code: 'dossiers.not_asking' })
    await expect(answerConsultation(await answerer(one!), { consultation: one!.id, opinion: 'other', text: ' ' })).rejects.toMatchObject({ fields: [{ key: 'text' }] })
    await remind(officer, { consultation: one!.id })
    await expect(remind(officer, { consultation: one!.id })).rejects.toMatchObject({ code: 'dossiers.reminded' })
    await completeStep(await answerer(one!), { item: one!.answerItemId, outcome: 'dong_y' })
    expect((await view(dossier, officer)).consultations[0]).toMatchObject({ state: 'answered', opinion: 'agree' })
    await expect(answerConsultation(await answerer(one!), { consultation: one!.id, opinion: 'agree' })).rejects.toMatchObject({ code: 'dossiers.consultation_answered' })
  })

  test('silence is an alarm only; the late answer still ends the waiting and the dossier keeps its day', async () => {
    const { dossier, item, officer } = await examined()
    const due = (await view(dossier, officer)).dossier.dueAt
    const [one] = await consult(officer, asker(item, [{ unit: POLICE }]))
    clock.to(one!.dueAt)
    await fire(await timerOf(one!))
    const alarmed = await view(dossier, officer)
    expect(alarmed.consultations[0]).toMatchObject({ state: 'open', alarmedAt: one!.dueAt })
    expect(alarmed.dossier).toMatchObject({ state: 'LAY_Y_KIEN', dueAt: due })
    expect(alarmed.timeline.at(-1)!.sentence).toContain('chưa trả lời ý kiến đúng hạn')
    clock.to('2026-11-27T09:00:00+07:00')
    await answerConsultation(await answerer(one!), { consultation: one!.id, opinion: 'agree' })
    expect((await view(dossier, officer)).consultations[0]).toMatchObject({ state: 'answered', late: true })
    expect((await view(dossier, officer)).dossier.dueAt).toEqual(due)
  })

  test('silence is consent by its clause; an answer after that is kept and changes nothing', async () => {
    const { dossier, item, officer } = await examined()
    const [one] = await consult(officer, asker(item, [{ unit: POLICE, silence: 'agree', clause: CLAUSE }]))
    clock.to(one!.dueAt)
    await fire(await timerOf(one!))
    expect((await view(dossier, officer)).dossier.state).toBe('DANG_XU_LY')
    clock.to('2026-11-27T09:00:00+07:00')
    await answerConsultation(await answerer(one!), { consultation: one!.id, opinion: 'disagree', text: 'Không đồng ý vì chỗ ở đang tranh chấp.' })
    const after = await view(dossier, officer)
    expect(after.consultations[0]).toMatchObject({ state: 'silent', opinion: 'disagree', late: true, clause: CLAUSE })
    expect(after.dossier.state).toBe('DANG_XU_LY')
    expect(after.timeline.at(-1)!.sentence).toContain('sau khi đã hết hạn')
    await completeStep(officer, { item: item.id, outcome: 'hop_le' })
  })

  test('an answer in the very second of silence: one of them wins, the other is kept as what it is', async () => {
    for (let round = 0; round < 2; round++) {
      clock.to('2026-11-23T08:00:00+07:00')
      const { dossier, item, officer } = await examined()
      const [one] = await consult(officer, asker(item, [{ unit: POLICE, silence: 'agree', clause: CLAUSE }]))
      const timer = await timerOf(one!)
      clock.to(one!.dueAt)
      const police = await answerer(one!)
      const acts = [() => fire(timer), () => answerConsultation(police, { consultation: one!.id, opinion: 'disagree', text: 'Không đủ điều kiện.' })]
      await Promise.all((round % 2 ? acts.reverse() : acts).map((act) => act()))
      const after = await view(dossier, officer)
      expect(after.consultations[0]).toMatchObject({ opinion: 'disagree', state: expect.stringMatching(/^(answered|silent)$/) })
      expect(after.items.find((one) => one.id === item.id)!.waits).toBe(0)
      expect(after.slip.filter((row) => row.kind === 'opinion').length).toBe(1)
    }
  })

  test('a dossier withdrawn while three agencies are asked: their work goes away, nobody answers any more', async () => {
    const { dossier, item, officer } = await examined()
    const three = await consult(officer, asker(item, [{ unit: POLICE }, { unit: INSURANCE }, { unit: 'Sở Y tế tỉnh Thanh Hóa', silence: 'agree', clause: CLAUSE }]))
    const police = await answerer(three[0]!)
    await withdraw(await app.as('motcua.14812'), { dossier: dossier.id, note: 'Gia đình đổi ý.' })
    expect(await openItems(app, dossier)).toEqual([])
    const { consultations } = await view(dossier, await app.as('motcua.14812'))
    expect(consultations.map((one) => one.state)).toEqual(['withdrawn', 'withdrawn', 'withdrawn'])
    await expect(answerConsultation(police, { consultation: three[0]!.id, opinion: 'agree' })).rejects.toMatchObject({ code: 'dossiers.consultation_withdrawn' })
    const { rows } = await app.database.pool.query(`select 1 from graphile_worker.jobs where key = any($1)`, [three.map((one) => `timer:${one.processId}:t3`)])
    expect(rows).toEqual([])
  })

  test('the asked unit is abolished meanwhile: its successor finds the question on its desk and may read the dossier', async () => {
    const { dossier, item, officer } = await examined()
    const [one] = await consult(officer, asker(item, [{ unit: '14812.CA' }]))
    await app.database.pool.query(`update org.unit set valid_to = '2026-11-23' where id = 'th-14812-ca'`)
    await app.database.pool.query(`insert into org.succession (from_id, to_id, on_date, partial, main) values ('th-14812-ca', 'th-14797-ca', '2026-11-24', false, true)`)
    try {
      clock.to('2026-11-24T08:00:00+07:00')
      expect(await moveFromEnded(systemCtx(app.env, 'Hệ thống'))).toBeGreaterThan(0)
      expect(await moveFromEnded(systemCtx(app.env, 'Hệ thống'))).toBe(0)
      expect(await findItem(app.env.db, one!.answerItemId)).toMatchObject({ unitId: 'th-14797-ca', state: 'open' })
      await answerConsultation(await answerer(one!), { consultation: one!.id, opinion: 'agree' })
      expect((await view(dossier, officer)).consultations[0]).toMatchObject({ state: 'answered', deskUnitId: 'th-14797-ca' })
    } finally {
      await app.database.pool.query(`delete from org.succession where from_id = 'th-14812-ca'`)
      await app.database.pool.query(`update org.unit set valid_to = null where id = 'th-14812-ca'`)
    }
  })

  test('answered, silent, taken back in any order: none is lost, none doubled, the process goes on', async () => {
    const units = [POLICE, INSURANCE, 'Sở Y tế tỉnh Thanh Hóa', 'Sở Tư pháp tỉnh Thanh Hóa']
    const way = fc.record({ how: fc.constantFrom('answer', 'fire', 'withdraw', 'late'), silence: fc.constantFrom('alarm', 'agree'), order: fc.nat() })
    await fc.assert(
      fc.asyncProperty(fc.array(way, { minLength: 1, maxLength: 4 }), async (ways) => {
        clock.to('2026-11-23T08:00:00+07:00')
        const { dossier, item, officer } = await examined()
        const asked = await consult(officer, asker(item, ways.map((one, i) => ({ unit: units[i], silence: one.silence, clause: CLAUSE }))))
        const acts = ways.flatMap((one, i) => {
          const it = asked[i]!
          const answer = async () => void (await answerConsultation(await answerer(it), { consultation: it.id, opinion: 'agree' }))
          const over = async () => fire(await timerOf(it).then((timer) => ({ ...timer, token: timer.token ?? 't0' })))
          const last = async () => void (await withdrawConsultation(officer, { consultation: it.id }).catch(() => answer().catch(() => undefined)))
          return one.how === 'answer' ? [answer, over] : one.how === 'withdraw' ? [async () => void (await withdrawConsultation(officer, { consultation: it.id })), over] : one.how === 'fire' ? [over, last] : [over, answer]
        })
        clock.to(asked[0]!.dueAt)
        const order = ways.map((one) => one.order).join('').split('').map(Number)
        // pairs keep their own order, the pairs are interleaved at random
        const queues = ways.map((_, i) => acts.slice(i * 2, i * 2 + 2))
        for (let step = 0; queues.some((queue) => queue.length > 0); step++) {
          const open = queues.filter((queue) => queue.length > 0)
          await open[order[step % order.length]! % open.length]!.shift()!()
        }
        const after = await view(dossier, officer)
        expect(after.consultations).toHaveLength(ways.length)
        expect(after.consultations.every((one) => one.state !== 'open')).toBe(true)
        for (const [i, one] of ways.entries()) {
          const it = after.consultations.find((each) => each.id === asked[i]!.id)!
          const expected = one.how === 'answer' ? 'answered' : one.how === 'withdraw' ? 'withdrawn' : one.silence === 'agree' ? 'silent' : one.how === 'late' ? 'answered' : 'withdrawn'
          expect([one, it.state]).toEqual([one, expected])
        }
        expect(after.items.find((each) => each.id === item.id)).toMatchObject({ waits: 0 })
        expect(after.slip.filter((row) => row.kind === 'consultation')).toHaveLength(ways.length)
        expect(after.slip.filter((row) => row.kind === 'opinion')).toHaveLength(after.consultations.filter((one) => one.state !== 'withdrawn').length)
        await completeStep(officer, { item: item.id, outcome: 'hop_le' })
      }),
      { numRuns: 5, seed: 20261122 },
    )
  }, 60_000)
})

describe('hand-overs', () => {
  test('every passing is a row, from the counter to the return; nothing can be taken out or changed', async () => {
    const dossier = await filed()
    await walk(app, dossier)
    const { slip } = await view(dossier, await app.as('motcua.14812'))
    expect(slip.slice(0, 2).map((row) => [row.kind, row.from.agency, row.to.agency, row.standing])).toEqual([
      ['transfer', expect.stringContaining('Bỉm Sơn'), expect.stringContaining('Hạc Thành'), 'on_time'], ['step', expect.any(String), expect.any(String), 'on_time'],
    ])
    expect(slip.at(-1)).toMatchObject({ kind: 'return', to: { agency: 'Người nộp hồ sơ' } })
    expect(slip.every((row) => row.receivedAt !== null)).toBe(true)
    const opened = (await listItems(app.env.db, dossier.id)).filter((item) => item.step !== 'tiep_nhan')
    const listed = new Set(slip.map((row) => row.itemId))
    expect(opened.filter((item) => !listed.has(item.id))).toEqual([])
    await expect(app.database.pool.query('delete from dossiers.handover where id = $1', [slip[0]!.id])).rejects.toThrow(/append-only/)
    await expect(app.database.pool.query(`update dossiers.handover set note = 'khác' where id = $1`, [slip[0]!.id])).rejects.toThrow(/append-only/)
  })

  test('accepted after 15:00 must be there early on the next working morning (24/11 is a day off); taken later it is late, with the clause', async () => {
    clock.to('2026-11-23T15:10:00+07:00')
    const dossier = await filed()
    await walkTo(dossier, 'tham_tra')
    const [item] = await openItems(app, dossier)
    const officer = await app.as(await doerOf(app, item!))
    expect((await view(dossier, officer)).slip[0]).toMatchObject({ dueAt: new Date('2026-11-25T08:30:00+07:00'), receivedAt: null, rule: expect.stringContaining('61/2018/NĐ-CP') })
    clock.to('2026-11-25T09:00:00+07:00')
    await completeStep(await app.as(await doerOf(app, item!)), { item: item!.id, outcome: 'hop_le' })
    expect((await view(dossier, officer)).slip[0]).toMatchObject({ standing: 'late', to: { name: expect.any(String) } })
  })

  test('the slip is set as a PDF at any time, for the office only', async () => {
    const { dossier, officer } = await examined()
    const { pdf, name } = await controlSlipPdf(officer, dossier.id)
    expect([Buffer.from(pdf.slice(0, 5)).toString(), name]).toEqual(['%PDF-', `phieu-kiem-soat-qua-trinh-giai-quyet-ho-so-${dossier.code}.pdf`])
  })
})
