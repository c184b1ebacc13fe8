// Dossiers under a reorganisation: each open one goes to the heir with its code, its steps and its term; registers and promises keep the unit they were of.

import { sql } from 'kysely'
import { insert, update } from '#core/db/journal.ts'
import { listHolders, type ReorgPart } from '#modules/org/index.ts'
import { STATES } from './schema.ts'

const FINAL = Object.entries(STATES).flatMap(([state, { final }]) => (final ? [state] : []))
/** SQL of dossiers that are still somebody's business; the row is `t`. */
export const UNFINISHED = `t.state not in (${FINAL.map((state) => `'${state}'`).join(', ')})`

const DOSSIER = { table: 'dossiers.dossier', key: ['id'] } as const
export const dossiersReorg: ReorgPart = {
  key: 'dossiers', label: 'Hồ sơ',
  spots: [
    { ...DOSSIER, unit: 'received_unit_id', path: 'received_unit_path', subject: 'id', open: UNFINISHED, noun: 'hồ sơ ở nơi nhận' },
    { ...DOSSIER, unit: 'decided_unit_id', path: 'decided_unit_path', subject: 'id', open: UNFINISHED, noun: 'hồ sơ ở cơ quan giải quyết' },
    { table: 'dossiers.consultation', key: ['id'], unit: 'asked_unit_id', subject: 'dossier_id', open: `t.state = 'open'`, noun: 'ý kiến được hỏi' },
    { table: 'dossiers.consultation', key: ['id'], unit: 'desk_unit_id', subject: 'dossier_id', open: `t.state = 'open'`, noun: 'ý kiến trên bàn' },
    { table: 'dossiers.consultation', key: ['id'], unit: 'asking_unit_id', subject: 'dossier_id', open: `t.state = 'open'`, noun: 'ý kiến đã hỏi' },
    { table: 'dossiers.alert', key: ['id'], unit: 'unit_id', path: 'unit_path', subject: 'dossier_id', open: 't.cleared_at is null', noun: 'cảnh báo', tells: true },
    { table: 'dossiers.view_question', key: ['id'], unit: 'unit_id', path: 'unit_path', subject: 'dossier_id', open: 't.answered_at is null', noun: 'câu hỏi của người dân' },
    { table: 'dossiers.party', key: ['dossier_id', 'unit_id'], unit: 'unit_id', path: 'unit_path', open: 'false', noun: 'đơn vị liên quan' },
    { table: 'dossiers.view', key: ['id'], unit: 'unit_id', path: 'unit_path', open: 'false', noun: 'lượt xem', tells: true },
  ],
  marks: [
    { ...DOSSIER, unit: 'registered_unit_id', noun: 'hồ sơ trong sổ' },
    { ...DOSSIER, unit: 'promised_unit_id', noun: 'hạn đã hẹn' },
    { table: 'dossiers.handover', key: ['id'], unit: 'from_unit_id', noun: 'dòng phiếu kiểm soát' },
    { table: 'dossiers.handover', key: ['id'], unit: 'to_unit_id', noun: 'dòng phiếu kiểm soát' },
    { table: 'dossiers.permit', key: ['id'], unit: 'unit_id', noun: 'lần đồng ý' },
    { table: 'dossiers.reason', key: ['id'], unit: 'unit_id', noun: 'lý do đã ghi' },
    { table: 'dossiers.supplement', key: ['id'], unit: 'unit_id', noun: 'yêu cầu bổ sung' },
  ],
  async preview(reader, _ctx, moving) {
    const ids = moving.ending.map((one) => one.id)
    const { rows: [sum] } = await sql<{ dossiers: number; drafts: number; signed: number; late: number }>`select count(*) filter (where t.code is not null)::int as dossiers, count(*) filter (where t.code is null)::int as drafts,
      count(*) filter (where t.signed_at is not null)::int as signed from dossiers.dossier t
      where ${sql.raw(UNFINISHED)} and (t.received_unit_id = any(${ids}::text[]) or t.decided_unit_id = any(${ids}::text[]))`.execute(reader)
    if (!sum || sum.dossiers + sum.drafts === 0) return { count: 0, sentences: [] }
    return {
      count: sum.dossiers + sum.drafts,
      sentences: [
        ...(sum.dossiers > 0 ? [`${sum.dossiers} hồ sơ đang mở chuyển sang đơn vị kế tục; mã hồ sơ, bước đang làm và hạn trả giữ nguyên, không hồ sơ nào phải nộp lại.`] : []),
        ...(sum.signed > 0 ? [`${sum.signed} hồ sơ đã ký: chữ ký của đơn vị cũ giữ nguyên giá trị; việc trả kết quả về đơn vị kế tục.`] : []),
        ...(sum.drafts > 0 ? [`${sum.drafts} bản nháp đổi nơi nộp sang đơn vị kế tục.`] : []),
        'Số tiếp nhận đã cấp ở lại trong sổ của đơn vị cũ; đơn vị kế tục mở dãy số riêng.',
      ],
    }
  },
  // both units, register and promise in one statement: a dossier's row is written once
  async prepare(journal) {
    const move = (alias: string, unit: string) => sql`left join core.unit_move ${sql.raw(`${alias}d`)} on ${sql.raw(`${alias}d`)}.run = ${journal.run}::uuid and ${sql.raw(`${alias}d`)}.from_id = ${sql.raw(unit)} and ${sql.raw(`${alias}d`)}.subject = ''
      left join core.unit_move ${sql.raw(`${alias}s`)} on ${sql.raw(`${alias}s`)}.run = ${journal.run}::uuid and ${sql.raw(`${alias}s`)}.from_id = ${sql.raw(unit)} and ${sql.raw(`${alias}s`)}.subject = t.id::text`
    const to = (alias: string, column: string) => sql.raw(`coalesce(${alias}s.${column}, ${alias}d.${column})`)
    const [received, decided] = [to('r', 'to_id'), to('w', 'to_id')]
    const decides = sql`coalesce(t.decided_unit_id, t.received_unit_id)`
    const now = sql`case when t.decided_unit_id is null then coalesce(${received}, t.received_unit_id) else coalesce(${decided}, t.decided_unit_id) end`
    await update(journal, {
      ...DOSSIER, join: sql`${move('r', 't.received_unit_id')} ${move('w', 't.decided_unit_id')}`,
      set: {
        received_unit_id: sql`coalesce(${received}, t.received_unit_id)`, received_unit_path: sql`coalesce(${to('r', 'to_path')}, t.received_unit_path)`,
        decided_unit_id: sql`coalesce(${decided}, t.decided_unit_id)`, decided_unit_path: sql`coalesce(${to('w', 'to_path')}, t.decided_unit_path)`,
        registered_unit_id: sql`case when t.receipt_no is not null and ${received} <> t.received_unit_id then coalesce(t.registered_unit_id, t.received_unit_id) else t.registered_unit_id end`,
        promised_unit_id: sql`case when t.accepted_at is not null and t.finished_at is null and ${now} <> ${decides} then coalesce(t.promised_unit_id, ${decides}) else t.promised_unit_id end`,
      },
      where: sql`${sql.raw(UNFINISHED)} and (${received} is not null or ${decided} is not null)`,
    })
  },
  async finish(journal, ctx, moving) {
    const { tx, run } = journal
    // whoever follows a unit answers for what it ever had in hand
    await insert(journal, {
      table: 'dossiers.party', key: ['dossier_id', 'unit_id'], columns: ['dossier_id', 'unit_id', 'unit_path', 'since'],
      from: sql`select distinct on (p.dossier_id, coalesce(s.to_id, d.to_id)) p.dossier_id, coalesce(s.to_id, d.to_id), coalesce(s.to_path, d.to_path), ${ctx.now}::timestamptz from dossiers.party p
        left join core.unit_move d on d.run = ${run}::uuid and d.from_id = p.unit_id and d.subject = ''
        left join core.unit_move s on s.run = ${run}::uuid and s.from_id = p.unit_id and s.subject = p.dossier_id::text
        where coalesce(s.to_id, d.to_id) <> p.unit_id`,
    })
    const gone = moving.staff.filter((one) => one.role === 'mot_cua' && one.next === null)
    for (const unitId of new Set(gone.map((one) => one.unitId))) {
      const heir = moving.heir.get(unitId)
      const [desk] = heir ? await listHolders(tx, heir.id, 'mot_cua', moving.day) : []
      if (!desk) continue
      const filers = gone.filter((one) => one.unitId === unitId).map((one) => one.officer)
      await update(journal, {
        ...DOSSIER, set: { filed_by: sql`${desk.id}::text`, client_key: sql`null::text` },
        where: sql`t.state = 'NHAP' and t.filed_by = any(${filers}::text[]) and t.id in (select (j.key ->> 'id')::uuid from core.journal j where j.run = ${run}::uuid and j.table_name = 'dossiers.dossier' and j.before ->> 'received_unit_id' = ${unitId})`,
      })
    }
  },
  async check(tx, _ctx, moving) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from dossiers.dossier t join core.journal j on j.run = ${moving.run}::uuid and j.table_name = 'dossiers.dossier' and t.id = (j.key ->> 'id')::uuid
      where t.state <> 'NHAP' and (not exists (select 1 from dossiers.party p where p.dossier_id = t.id and p.unit_id = t.received_unit_id)
        or (t.decided_unit_id is not null and not exists (select 1 from dossiers.party p where p.dossier_id = t.id and p.unit_id = t.decided_unit_id)))`.execute(tx)
    return rows[0]!.n > 0 ? [`${rows[0]!.n} hồ sơ đã chuyển mà đơn vị mới không mở được.`] : []
  },
}
