// SQL of the dated rules of competence: the narrowest in force on a day.

import { type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import { listUnits, type Unit } from '#modules/org/index.ts'
import type { ProcedureRecord } from './record.ts'

export interface CompetenceRule {
  readonly level: 'tinh' | 'huyen' | 'xa' | null
  readonly department: string | null
  readonly clause: string
  readonly note: string | null
  readonly sure: 'found' | 'memory'
}

/** Procedure before field before ministry before all; of two alike the later begun. */
export async function ruleFor(reader: Reader, record: Pick<ProcedureRecord, 'code' | 'field' | 'ministry'>, on: string): Promise<CompetenceRule | null> {
  const row = await reader
    .selectFrom('procedures.competence')
    .select(['level', 'department', 'clause', 'note', 'sure'])
    .where(sql<SqlBool>`valid_from <= ${on}::date and (valid_to is null or valid_to >= ${on}::date)`)
    .where((eb) => eb.or([eb('procedure_code', 'is', null), eb('procedure_code', '=', record.code)]))
    .where((eb) => eb.or([eb('field_code', 'is', null), eb('field_code', '=', record.field.code)]))
    .where((eb) => eb.or([eb('ministry_code', 'is', null), eb('ministry_code', '=', record.ministry.code)]))
    .orderBy(sql`procedure_code is null`)
    .orderBy(sql`field_code is null`)
    .orderBy(sql`ministry_code is null`)
    .orderBy('valid_from', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row ? { level: row.level as CompetenceRule['level'], department: row.department, clause: row.clause, note: row.note, sure: row.sure as CompetenceRule['sure'] } : null
}

export async function keepRules(
  tx: Tx,
  rules: readonly { id: string; procedure?: string; field?: string; ministry?: string; level?: string; department?: string; from: string; to?: string; clause: string; note?: string; sure: string }[],
): Promise<number> {
  let changed = 0
  for (const rule of rules) {
    const row = {
      procedure_code: rule.procedure ?? null, field_code: rule.field ?? null, ministry_code: rule.ministry ?? null, level: rule.level ?? null, department: rule.department ?? null,
      valid_from: rule.from, valid_to: rule.to ?? null, clause: rule.clause, note: rule.note ?? null, sure: rule.sure,
    }
    const done = await tx
      .insertInto('procedures.competence')
      .values({ id: rule.id, ...row })
      .onConflict((c) => c.column('id').doUpdateSet(row).where(sql<SqlBool>`(competence.procedure_code, competence.field_code, competence.ministry_code, competence.level,
        competence.department, competence.valid_from, competence.valid_to, competence.clause, competence.note, competence.sure)
        is distinct from (excluded.procedure_code, excluded.field_code, excluded.ministry_code, excluded.level, excluded.department, excluded.valid_from,
        excluded.valid_to, excluded.clause, excluded.note, excluded.sure)`))
      .returning('id')
      .executeTakeFirst()
    if (done) changed += 1
  }
  return changed
}

/** The head of the tree, near which provincial departments are looked for. */
export const anyUnit = async (reader: Reader): Promise<Unit | null> => (await listUnits(reader, { level: 'tinh', limit: 1 }))[0] ?? null
