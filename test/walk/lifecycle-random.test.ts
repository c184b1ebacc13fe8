// Random acts by random people at random times: no undefined state, what is final stays final, what may be done once is done once, time only moves forward.

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '#core/errors.ts'
import type { Ctx } from '#core/ctx.ts'
import { systemCtx } from '#core/ctx.ts'
import { addDays, localDate, workingHoursBetween } from '#core/workdays/index.ts'
import { decideAppeal, lodgeAppeal } from '#modules/appeals/index.ts'
import {
  accept, apologise, collect, completeStep, type Dossier, extendTerm, needDossier, permitSupplement, refuse, requestSupplement, returnResult, save, STATES, stopDossier, supplement, viewDossier, withdraw,
} from '#modules/dossiers/index.ts'
import { procedureTexts } from '#main/pack.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { doerOf, file, openItems, saying } from '../support/walk.ts'

const record = procedureTexts().map(({ text }) => JSON.parse(text) as ProcedureRecord).find((one) => one.code === '1.001612')!
const golden = record.cases.find((one) => JSON.stringify(one.form).includes('14797') && one.channel === 'truc_tuyen')!
const PEOPLE = ['motcua.14797', 'chuyenvien.14797', 'truongphong.14797', 'lanhdao.14797', 'chutich.14797', 'chutich.15865', 'congdan1', 'congdan2', 'lanhdao.h56.04'] as const
const clock = new MovableClock('2026-07-20T08:00:00+07:00')
let app: TestApp

beforeAll(async () => {
  app = await testApp({ clock })
})
afterAll(() => app.close())

const reasonsOf = (list: { code: string }[]) => ({ reasons: [list[0]!.code], explanation: 'Đến bước này mới phát hiện điều đó.' })

type Deed = (ctx: Ctx, dossier: Dossier, pick: number) => Promise<unknown>
const DEEDS: readonly Deed[] = [
  (ctx, { id }) => accept(ctx, { dossier: id }),
  (ctx, { id }) => refuse(ctx, { dossier: id, ...reasonsOf(record.reasons.refusal) }),
  (ctx, { id }) => requestSupplement(ctx, { dossier: id, ...reasonsOf(record.reasons.supplement) }),
  (ctx, { id }) => supplement(ctx, { dossier: id }),
  (ctx, { id }) => save(ctx, { dossier: id, form: {} }),
  (ctx, { id }) => permitSupplement(ctx, { dossier: id, reason: 'Phát hiện mâu thuẫn khi xác minh.' }),
  (ctx, { id, dueAt }, pick) => apologise(ctx, { dossier: id, reasons: ['chung_su_co'], newDueOn: addDays(localDate(dueAt ?? ctx.now), pick % 9) }),
  (ctx, { id }) => extendTerm(ctx, { dossier: id, note: 'Cần xác minh thêm ở nơi khác.' }),
  (ctx, { id }, pick) => (pick % 4 === 0 ? stopDossier(ctx, { dossier: id, reasons: ['chung_nguoi_nop_de_nghi'] }) : Promise.resolve()),
  (ctx, { id }, pick) => (pick % 5 === 0 ? withdraw(ctx, { dossier: id }) : Promise.resolve()),
  (ctx, { id }) => returnResult(ctx, { dossier: id }),
  (ctx, { id }) => collect(ctx, { dossier: id }),
  async (ctx, { id }, pick) => {
    const appeal = await lodgeAppeal(ctx, { dossier: id })
    const judge = { ...(await app.as('lanhdao.h56.04')), now: ctx.now }
    await decideAppeal(judge, pick % 2 ? { appeal: appeal.id, how: 'overturn', reasons: ['ngoai_thanh_phan'] } : { appeal: appeal.id, how: 'uphold', reasons: [{ code: 'dung_quy_dinh', detail: 'Đúng quy định.' }] })
  },
]

/** Whoever may do the open step does it, with any of its outcomes. */
async function anyStep(dossier: Dossier, pick: number): Promise<void> {
  const items = await openItems(app, dossier)
  const item = items[pick % Math.max(1, items.length)]
  if (!item) return
  const outcome = item.outcomes[pick % item.outcomes.length]!.key
  await completeStep({ ...(await app.as(await doerOf(app, item))), now: clock.now() }, { item: item.id, outcome, ...(await saying(app, dossier, item, outcome)) })
}

test('whatever is tried, the dossier stays sound', async () => {
  const move = fc.record({ who: fc.nat(PEOPLE.length - 1), deed: fc.nat(DEEDS.length * 2 - 1), pick: fc.nat(40), minutes: fc.integer({ min: 1, max: 600 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 25, maxLength: 40 }), async (moves) => {
      clock.to('2026-07-20T08:00:00+07:00')
      let before = await file({ ...(await app.as('congdan1')), now: clock.now() }, { procedure: record.code, unit: '14797', channel: 'truc_tuyen', form: golden.form, applicant: golden.applicant })
      for (const { who, deed, pick, minutes } of moves) {
        clock.to(new Date(clock.now().getTime() + minutes * 60_000))
        const ctx = { ...(await app.as(PEOPLE[who]!)), now: clock.now() }
        const appealed = deed === DEEDS.length - 1
        await (deed < DEEDS.length ? DEEDS[deed]!(ctx, before, pick) : anyStep(before, pick)).catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error
        })
        const now = await needDossier(app.env.db, systemCtx(app.env, 'test'), before.id)
        expect(Object.keys(STATES)).toContain(now.state)
        if (STATES[before.state].final && !appealed) expect(now.state, 'final is final').toBe(before.state)
        expect((now.closedAt !== null) === STATES[now.state].final).toBe(true)
        if (now.dueAt) expect(now.dueAt >= now.firstDueAt!, 'never due before the first date').toBe(true)
        if (before.firstDueAt) expect(now.firstDueAt).toEqual(before.firstDueAt)
        if (before.breach) expect(now.breach).toBe(before.breach)
        if (STATES[now.state].final || now.finishedAt) expect(now.pausedAt).toBeNull()
        if (STATES[now.state].final) expect(await openItems(app, now)).toEqual([])
        before = now
      }
      const view = await viewDossier(systemCtx(app.env, 'test'), before.id)
      const unpermitted = view.around.supplements.filter((one) => !one.before && !one.permitted && one.revokedAt === null)
      expect(unpermitted.length).toBeLessThanOrEqual(1)
      expect(view.around.supplements.filter((one) => one.permitted).length).toBeLessThanOrEqual(view.around.permits.length)
      expect(view.papers.filter((one) => one.kind === 'apology').length).toBeLessThanOrEqual(1)
      expect(view.papers.filter((one) => one.kind === 'receipt').length).toBeLessThanOrEqual(1)
      // every working hour since acceptance either counted or stood still, none twice
      const { acceptedAt } = before
      if (acceptedAt) {
        const end = before.finishedAt ?? before.closedAt ?? clock.now()
        const hours = (a: Date, b: Date) => Math.max(0, workingHoursBetween(a, b, app.env.calendar))
        const still = view.pauses.reduce((sum, pause) => sum + hours(pause.from, pause.to && pause.to < end ? pause.to : end), 0)
        expect(still).toBeLessThanOrEqual(hours(acceptedAt, end) + 1e-6)
        const sorted = [...view.pauses].sort((a, b) => a.from.getTime() - b.from.getTime())
        for (const [i, pause] of sorted.entries()) if (i > 0) expect(sorted[i - 1]!.to! <= pause.from).toBe(true)
      }
    }),
    { numRuns: 5, endOnFailure: true },
  )
}, 120_000)
