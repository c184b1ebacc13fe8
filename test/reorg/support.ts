// What the tests of reorganisation share: the whole state of a database as text, plans in few words, people who draw and confirm.

import { sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import type { Db } from '#core/db/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { confirmPlan, draftPlan, executePlan, type Executed, type PlanInput, previewRollBack, rollBackPlan, sendPlan, type Undone } from '#modules/reorg/index.ts'
import type { TestApp } from '../support/app.ts'

/** Tables that a plan and its undoing leave different, and why. */
export const APART: Readonly<Record<string, string>> = {
  'core.event': 'facts are append-only: what was done stays told',
  'core.journal': 'the journal of the run itself, append-only',
  'core.unit_move': 'the chart of the run itself',
  'reorg.plan': 'the plan, its state and report',
  'reorg.seal': 'what is to be done about seals, kept with the plan',
  'notify.message': 'what people were told cannot be untold; they are told again',
  'identity.token': 'made by the tests as they go',
}

/** Every row of every table of ours, in the order of its text. */
export async function dump(db: Db): Promise<Map<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`select table_schema || '.' || table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema', 'graphile_worker', 'public') order by 1`.execute(db)
  const found = new Map<string, string[]>()
  for (const { name } of tables.filter((one) => !(one.name in APART))) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t order by 1`.execute(db)
    found.set(name, rows.map((one) => one.row))
  }
  return found
}

/** Tables that differ, with the first rows that do. */
export function differences(before: Map<string, string[]>, after: Map<string, string[]>): string[] {
  return [...before].flatMap(([table, rows]) => {
    const other = after.get(table) ?? []
    const [was, is] = [new Set(rows), new Set(other)]
    const [gone, come] = [rows.filter((row) => !is.has(row)), other.filter((row) => !was.has(row))]
    return gone.length + come.length === 0 ? [] : [`${table}\n  − ${gone.slice(0, 2).join('\n  − ')}\n  + ${come.slice(0, 2).join('\n  + ')} (${gone.length}/${come.length})`]
  })
}

export const plan = (content: Partial<z.input<typeof PlanInput>> & Pick<z.input<typeof PlanInput>, 'steps' | 'day'>): z.input<typeof PlanInput> => ({
  title: 'Sắp xếp thử', decisionNo: '01/NQ-HĐND', decisionOn: '2026-11-01', ...content,
})

export interface People {
  readonly drawer: () => Promise<Ctx>
  readonly second: () => Promise<Ctx>
}

const now = async (app: TestApp, login: string): Promise<Ctx> => ({ ...(await app.as(login)), now: app.env.clock.now() })

export const peopleOf = (app: TestApp): People => ({ drawer: () => now(app, 'quantriht.h56'), second: () => now(app, 'chutich.h56') })

/** Draws, sends and has confirmed. */
export async function confirmed(app: TestApp, content: z.input<typeof PlanInput>): Promise<string> {
  const { drawer, second } = peopleOf(app)
  const { id } = await draftPlan(await drawer(), content)
  const { digest } = await sendPlan(await drawer(), { plan: id, revision: 0 })
  await confirmPlan(await second(), { plan: id, digest })
  return id
}

export async function carriedOut(app: TestApp, content: Omit<z.input<typeof PlanInput>, 'day' | 'title' | 'decisionNo' | 'decisionOn'> & { day?: string }): Promise<{ id: string; done: Executed }> {
  const id = await confirmed(app, plan({ day: localDate(app.env.clock.now()), ...content }))
  return { id, done: await executePlan(await peopleOf(app).drawer(), { plan: id }) }
}

export async function broughtBack(app: TestApp, id: string, keepers: Record<string, string> = {}): Promise<Undone> {
  const ctx = await peopleOf(app).drawer()
  const { digest } = await previewRollBack(ctx, { plan: id, keepers })
  return rollBackPlan(ctx, { plan: id, reason: 'Quyết định dừng sắp xếp', keepers, digest })
}
