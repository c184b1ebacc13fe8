// Which unit decides a dossier, and on whose desk each step of its process lies.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { NotFound } from '#core/errors.ts'
import { feel } from '#core/feel/index.ts'
import type { Channel, Values } from '#core/form/types.ts'
import { localDate } from '#core/workdays/index.ts'
import { deskFor, findUnitByKey, getUnit, liveUnit, type Unit } from '#modules/org/index.ts'
import { type Called, type CalledStep, type Competence, competenceOf, type DecidedBy, type ProcedureRecord } from '#modules/procedures/index.ts'
import type { Call, Calls } from '#modules/work/index.ts'
import type { Applicant } from './schema.ts'

/** The addresses of the answers that lie in a place, in words; in the order of the form. */
function wordsAt(answers: unknown, place: string): string[] {
  if (typeof answers !== 'object' || answers === null) return []
  const { commune, detail, old } = answers as { commune?: unknown; detail?: unknown; old?: { text?: unknown } | null }
  const own = commune === place ? [[detail, old?.text].filter((text): text is string => typeof text === 'string').join(', ')] : []
  return [...own, ...Object.values(answers).flatMap((value) => wordsAt(value, place))]
}

/** The unit competent to decide, with its clause; where the place was divided by villages, by the village that the answers name. Throws Invalid when the answers name no unit of the province. */
export const competentUnit = (ctx: Ctx, reader: Reader, record: ProcedureRecord, decidedBy: DecidedBy, received: Unit, form: Values): Promise<Competence> =>
  competenceOf(reader, { record, decidedBy, on: localDate(ctx.now), received, words: (decidedBy.by && wordsAt(form, decidedBy.by)[0]) || '' })

/** The desk that receives for a unit: the unit itself, its centre, or the one above. */
export const receivingUnit = (reader: Reader, unit: Unit): Promise<Unit> => deskFor(reader, unit, 'mot_cua')

export interface Filed {
  readonly form: Values
  readonly applicant: Applicant
  readonly channel: Channel
  readonly received: Unit
  readonly decided: Unit
}

/** Unit id for each step: `noi_nop`, `tham_quyen` (default), a department's key near the deciding unit, or FEEL giving a code. */
export async function placesOf(ctx: Ctx, reader: Reader, steps: readonly CalledStep[], filed: Filed): Promise<Record<string, string>> {
  const places: Record<string, string> = { '': filed.decided.id }
  for (const step of steps) places[step.id] = (await placeOf(ctx, reader, step, filed)).id
  return places
}

/** What the steps call, with the desks of all that is called; inside, the unit of the calling step is the one that decides. */
export async function callsOf(ctx: Ctx, reader: Reader, called: Readonly<Record<string, Called>>, filed: Filed): Promise<Calls> {
  const calls: Record<string, Call> = {}
  for (const [step, one] of Object.entries(called)) {
    const inside = { ...filed, decided: await placeOf(ctx, reader, one.by, filed) }
    calls[step] = {
      name: one.name, definition: one.definition, places: await placesOf(ctx, reader, one.steps, inside), outcomes: one.outcomes,
      calls: await callsOf(ctx, reader, one.calls, inside),
    }
  }
  return calls
}

async function placeOf(ctx: Ctx, reader: Reader, step: CalledStep, filed: Filed): Promise<Unit> {
  if (step.unit === 'noi_nop') return filed.received
  if (step.unit === undefined || step.unit === 'tham_quyen') {
    if (step.role === 'cong_dan') return filed.received
    return step.role === 'thue' ? ((await findUnitByKey(reader, 'co_quan_thue', filed.decided)) ?? filed.decided) : filed.decided
  }
  if (/^[a-z][a-z0-9_]*$/.test(step.unit)) return (await findUnitByKey(reader, step.unit, filed.decided)) ?? filed.decided
  const scope = { form: filed.form, applicant: filed.applicant, channel: filed.channel, receivedOn: localDate(ctx.now), parts: [] }
  const { value } = feel(step.unit, scope)
  if (typeof value !== 'string' || value === '') return filed.decided
  try {
    return await liveUnit(reader, value)
  } catch (error) {
    if (error instanceof NotFound) return filed.decided // e.g. a commune of another province: the deciding unit writes to it
    throw error
  }
}

export const unitOf = (reader: Reader, id: string): Promise<Unit> => getUnit(reader, id)
