// Dossiers at rest at the places that pages differ for: one that waits for its first look, one that waits for the citizen, one that is done.

import { completeStep } from '#modules/dossiers/index.ts'
import { doerOf, file, openItems, walk } from '../../support/walk.ts'
import type { Plan } from './cases.ts'
import type { House } from './house.ts'
import { citizenNamed } from './people.ts'

export interface Stages {
  readonly waiting: string
  readonly asked: string
  readonly done: string
}

/** Files `plan` twice and `over` once, all as the citizen; the clock stands at the time of `plan` afterwards. */
export async function stagesOf({ app, clock }: House, login: string, plan: Plan, over: Plan): Promise<Stages> {
  const { fullName } = citizenNamed(login)
  const filed = async ({ record, golden }: Plan) =>
    file(await app.as(login), { procedure: record.code, unit: '14797', channel: 'truc_tuyen', form: golden.form, applicant: { fullName } })
  clock.to(over.golden.receivedAt)
  const done = await filed(over)
  await walk(app, done)
  clock.to(plan.golden.receivedAt)
  const [waiting, asked] = [await filed(plan), await filed(plan)]
  for (const effect of ['accept', 'request_supplement']) {
    const [item] = await openItems(app, asked)
    const outcome = item!.outcomes.find((one) => one.effect === effect)!.key
    const note = 'Xin gửi thêm hợp đồng thuê nhà có chữ ký của chủ nhà.'
    await completeStep(await app.as(await doerOf(app, item!)), { item: item!.id, outcome, note })
  }
  return { waiting: waiting.code!, asked: asked.code!, done: done.code! }
}
