// Work under a reorganisation: open steps go to the heir's desk, steps to come are placed anew where a unit is divided, nobody keeps work whose post has gone.

import { sql } from 'kysely'
import { update } from '#core/db/journal.ts'
import { deskFor, doersOf, getUnit, type ReorgPart, rolesAt, seatedAt } from '#modules/org/index.ts'
import { stepRolesOf } from './rules.ts'
import type { Role } from '#core/policy/actor.ts'

const ITEM = { table: 'work.item', key: ['id'] } as const

/** Items that this run has moved and that are still open. */
const movedItems = (run: string) => sql`work.item i join core.journal j on j.run = ${run}::uuid and j.table_name = 'work.item' and i.id = (j.key ->> 'id')::uuid and i.state in ('open', 'claimed')`

export const workReorg: ReorgPart = {
  key: 'work', label: 'Việc đang mở trên bàn',
  spots: [{ ...ITEM, unit: 'unit_id', path: 'unit_path', subject: 'subject', open: `t.state in ('open', 'claimed')`, noun: 'việc đang mở' }],
  preview: async (_reader, _ctx, _moving, { count }) => ({
    sentences: count === 0 ? [] : [`${count} việc đang mở chuyển nguyên bước, nguyên hạn sang bàn của đơn vị kế tục; ai đi theo việc thì giữ việc đang làm, việc của người không theo về danh sách chung.`],
  }),
  async finish(journal, _ctx, moving) {
    const { tx, run } = journal
    await update(journal, {
      table: 'work.process', key: ['id'], set: { places: sql`core.moved_values(t.places, ${run}::uuid, t.subject)`, calls: sql`core.moved_values(t.calls, ${run}::uuid, t.subject)` },
      where: sql`t.status = 'active' and exists (select 1 from core.unit_move m where m.run = ${run}::uuid and m.subject = t.subject)`,
    })
    // desks without a post of the step's role: the part of the unit, or the one above, that has it
    const { rows: kinds } = await sql<{ unit: string; role: string }>`select distinct i.unit_id as unit, i.role from ${movedItems(run)} where i.role <> 'cong_dan'`.execute(tx)
    const roles = await rolesAt(tx, [...new Set(kinds.map((one) => one.unit))])
    for (const { unit, role } of kinds) {
      const doers = doersOf(role)
      if (doers.length === 0 || doers.some((one) => roles.get(unit)?.has(one))) continue
      const desk = await deskFor(tx, await getUnit(tx, unit), role)
      if (desk.id === unit) continue
      await update(journal, {
        ...ITEM, set: { unit_id: sql`${desk.id}::text`, unit_path: sql`${desk.outside ? desk.id.replaceAll(/[^A-Za-z0-9_]/g, '_') : desk.path}::ltree` },
        where: sql`t.unit_id = ${unit} and t.role = ${role} and t.id in (select i.id from ${movedItems(run)})`,
      })
    }
    const { rows: taken } = await sql<{ id: string; officer: string; unit: string; role: string }>`select distinct i.id, i.claimed_by as officer, i.unit_id as unit, i.role from ${movedItems(run)} where i.state = 'claimed'`.execute(tx)
    const seats = new Set((await seatedAt(tx, [...new Set(taken.map((one) => one.unit))], moving.day)).flatMap((one) => stepRolesOf(one.role as Role).map((role) => `${one.officer} ${one.unitId} ${role}`)))
    const left = taken.filter((one) => !seats.has(`${one.officer} ${one.unit} ${one.role}`)).map((one) => one.id)
    if (left.length > 0) {
      await update(journal, {
        ...ITEM, set: { state: sql`'open'::text`, claimed_by: sql`null::text`, claimed_at: sql`null::timestamptz`, assigned_by_name: sql`null::text` }, where: sql`t.id = any(${left}::uuid[]) and t.state = 'claimed'`,
      })
    }
  },
}
