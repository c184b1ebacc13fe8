// SQL of consultations.

import type { Reader, Tx } from '#core/db/index.ts'
import type { ConsultationState, Opinion } from './consult-rules.ts'

export interface Consultation {
  readonly id: string
  readonly dossierId: string
  /** The step that asks. */
  readonly itemId: string
  readonly processId: string
  /** The question on the asked unit's desk. */
  readonly answerItemId: string
  readonly unitId: string
  readonly deskUnitId: string
  readonly askingUnitId: string | null
  readonly askedBy: string
  readonly askedByName: string
  readonly question: string
  readonly days: number
  readonly silence: 'alarm' | 'agree'
  readonly clause: string | null
  readonly askedAt: Date
  readonly dueAt: Date
  readonly state: ConsultationState
  readonly alarmedAt: Date | null
  readonly remindedAt: Date | null
  readonly settledAt: Date | null
  readonly opinion: Opinion | null
  readonly answer: string | null
  readonly answeredAt: Date | null
  readonly answeredByName: string | null
  readonly fileId: string | null
  readonly withdrawnReason: string | null
}

const columns = ['id', 'dossier_id', 'item_id', 'process_id', 'answer_item_id', 'asked_unit_id', 'desk_unit_id', 'asking_unit_id', 'asked_by', 'asked_by_name', 'question',
  'days', 'silence', 'clause', 'asked_at', 'due_at', 'state', 'alarmed_at', 'reminded_at', 'settled_at', 'opinion', 'answer', 'answered_at', 'answered_by_name', 'file_id',
  'withdrawn_reason'] as const

type Row = { [K in (typeof columns)[number]]: unknown }

const consultationOf = (row: Row): Consultation => ({
  id: row.id as string, dossierId: row.dossier_id as string, itemId: row.item_id as string, processId: row.process_id as string, answerItemId: row.answer_item_id as string,
  unitId: row.asked_unit_id as string, deskUnitId: row.desk_unit_id as string, askingUnitId: row.asking_unit_id as string | null, askedBy: row.asked_by as string,
  askedByName: row.asked_by_name as string, question: row.question as string, days: row.days as number, silence: row.silence as Consultation['silence'],
  clause: row.clause as string | null, askedAt: row.asked_at as Date, dueAt: row.due_at as Date, state: row.state as ConsultationState,
  alarmedAt: row.alarmed_at as Date | null, remindedAt: row.reminded_at as Date | null, settledAt: row.settled_at as Date | null, opinion: row.opinion as Opinion | null,
  answer: row.answer as string | null, answeredAt: row.answered_at as Date | null, answeredByName: row.answered_by_name as string | null,
  fileId: row.file_id as string | null, withdrawnReason: row.withdrawn_reason as string | null,
})

export interface NewConsultation {
  readonly dossierId: string
  readonly itemId: string
  readonly processId: string
  readonly answerItemId: string
  readonly clientKey: string | null
  readonly unitId: string
  readonly deskUnitId: string
  readonly askingUnitId: string | null
  readonly by: { readonly id: string; readonly name: string }
  readonly question: string
  readonly days: number
  readonly silence: 'alarm' | 'agree'
  readonly clause: string | null
  readonly askedAt: Date
  readonly dueAt: Date
}

export async function insertConsultation(tx: Tx, one: NewConsultation): Promise<Consultation> {
  const row = await tx
    .insertInto('dossiers.consultation')
    .values({
      dossier_id: one.dossierId, item_id: one.itemId, process_id: one.processId, answer_item_id: one.answerItemId, client_key: one.clientKey, asked_unit_id: one.unitId,
      desk_unit_id: one.deskUnitId, asking_unit_id: one.askingUnitId, asked_by: one.by.id, asked_by_name: one.by.name, question: one.question, days: one.days,
      silence: one.silence, clause: one.clause, asked_at: one.askedAt, due_at: one.dueAt, state: 'open',
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return consultationOf(row)
}

const from = (reader: Reader) => reader.selectFrom('dossiers.consultation').select(columns)

/** By its own id, that of the question on the desk, or that of its process. */
export async function findConsultation(reader: Reader, by: { id: string } | { answerItem: string } | { process: string }): Promise<Consultation | null> {
  const row = await from(reader)
    .$if('id' in by, (q) => q.where('id', '=', (by as { id: string }).id))
    .$if('answerItem' in by, (q) => q.where('answer_item_id', '=', (by as { answerItem: string }).answerItem))
    .$if('process' in by, (q) => q.where('process_id', '=', (by as { process: string }).process))
    .executeTakeFirst()
  return row ? consultationOf(row) : null
}

export const consultations = async (reader: Reader, dossier: string): Promise<Consultation[]> =>
  (await from(reader).where('dossier_id', '=', dossier).orderBy('seq').execute()).map(consultationOf)

/** What one sending of the form asked. */
export const byClientKey = async (reader: Reader, item: string, key: string): Promise<Consultation[]> =>
  (await from(reader).where('item_id', '=', item).where('client_key', '=', key).orderBy('seq').execute()).map(consultationOf)

export interface ConsultationChange {
  readonly state?: ConsultationState
  readonly settledAt?: Date
  readonly alarmedAt?: Date
  readonly remindedAt?: Date
  readonly answer?: { readonly opinion: Opinion; readonly text: string | null; readonly at: Date; readonly by: string; readonly byName: string; readonly fileId: string | null }
  readonly withdrawnReason?: string
  readonly deskUnitId?: string
}

export async function changeConsultation(tx: Tx, id: string, change: ConsultationChange): Promise<Consultation> {
  const { answer } = change
  const row = await tx
    .updateTable('dossiers.consultation')
    .set({
      ...(change.state ? { state: change.state } : {}), ...(change.settledAt ? { settled_at: change.settledAt } : {}), ...(change.alarmedAt ? { alarmed_at: change.alarmedAt } : {}),
      ...(change.remindedAt ? { reminded_at: change.remindedAt } : {}), ...(change.withdrawnReason === undefined ? {} : { withdrawn_reason: change.withdrawnReason }),
      ...(change.deskUnitId ? { desk_unit_id: change.deskUnitId } : {}),
      ...(answer ? { opinion: answer.opinion, answer: answer.text, answered_at: answer.at, answered_by: answer.by, answered_by_name: answer.byName, file_id: answer.fileId } : {}),
    })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
  return consultationOf(row)
}
