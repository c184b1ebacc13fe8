// Work under a reorganisation: open steps go to the heir's desk, steps to come are placed anew where a unit is divided, nobody keeps work whose post has gone.

import { sql } from 'kysely'
import { update } from '#core/db/journal.ts'
import type { Reader } from '#core/db/index.ts'
import { deskFor, doersOf, getUnit, listUnits, type Moving, type ReorgFault, type ReorgPart, rolesAt, seatedAt } from '#modules/org/index.ts'
import { stepRolesOf } from './rules.ts'
import { type Role, ROLES } from '#core/policy/actor.ts'

const ITEM = { table: 'work.item', key: ['id'] } as const

/** Items that this run has moved and that are still open. */
const movedItems = (run: string) => sql`work.item i join core.journal j on j.run = ${run}::uuid and j.table_name = 'work.item' and i.id = (j.key ->> 'id')::uuid and i.state in ('open', 'claimed')`

/** Roles that open steps wait for and that nobody holds in the new order, at the unit they go to or in any part of it. */
async function nobodyThere(reader: Reader, moving: Moving): Promise<ReorgFault[]> {
  const { rows } = await sql<{ unit: string; role: string; n: number }>`select coalesce(s.to_id, d.to_id) as unit, t.role, count(*)::int as n from work.item t
    left join core.unit_move d on d.run = ${moving.run}::uuid and d.from_id = t.unit_id and d.subject = ''
    left join core.unit_move s on s.run = ${moving.run}::uuid and s.from_id = t.unit_id and s.subject = t.subject
    where t.state in ('open', 'claimed') and t.role <> 'cong_dan' and coalesce(s.to_id, d.to_id) <> t.unit_id group by 1, 2 order by 3 desc, 1, 2`.execute(reader)
  const heads = new Map<string, ReadonlySet<string>>()
  const sums = new Map<string, { head: string; role: string; n: number }>()
  for (const { unit, role, n } of rows) {
    const doers = doersOf(role)
    let head = moving.unit(unit)
    while (head?.level === 'phong' && head.parentId && moving.unit(head.parentId)) head = moving.unit(head.parentId)
    if (!head || doers.length === 0) continue
    const agency = heads.get(head.id) ?? (await agencyOf(reader, moving, head))
    heads.set(head.id, agency)
    if (doers.some((doer) => agency.has(doer))) continue
    const sum = sums.get(`${head.id} ${role}`) ?? { head: head.id, role, n: 0 }
    sums.set(`${head.id} ${role}`, { ...sum, n: sum.n + n })
  }
  return [...sums.values()].map(({ head, role, n }) => ({
    code: 'work.nobody', severity: 'warns' as const, unitId: head,
    message: `${moving.unit(head)!.name}: ${n} việc đang mở chờ ${ROLES[doersOf(role)[0] as Role].toLowerCase()}, mà trong tổ chức mới chưa ai ở đó giữ vai trò ấy. Bổ nhiệm trong kế hoạch, hoặc giao chức danh ngay ngày thi hành, kẻo việc đứng lại hoặc lên cấp trên.`,
  }))
}

/** Who holds which role in a unit and its parts once the plan is carried out. */
async function agencyOf(reader: Reader, { created, ending, given, day }: Moving, head: { readonly id: string; readonly path: string }): Promise<ReadonlySet<string>> {
  const gone = new Set(ending.map((unit) => unit.id))
  const parts = [...created, ...(await listUnits(reader, { within: head.path, limit: 10_000 }))].filter((unit) => !gone.has(unit.id) && (unit.id === head.id || (unit.level === 'phong' && unit.path.startsWith(`${head.path}.`))))
  const units = new Set([head.id, ...parts.map((unit) => unit.id)])
  return new Set([...given, ...(await seatedAt(reader, [...units], day))].flatMap((one) => (units.has(one.unitId) ? [one.role] : [])))
}

export const workReorg: ReorgPart = {
  key: 'work', label: 'Việc đang mở trên bàn',
  spots: [{ ...ITEM, unit: 'unit_id', path: 'unit_path', subject: 'subject', open: `t.state in ('open', 'claimed')`, noun: 'việc đang mở' }],
  preview: async (reader, _ctx, moving, { count }) => ({
    faults: count === 0 ? [] : await nobodyThere(reader, moving),
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
