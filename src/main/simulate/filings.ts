// Who comes with what: a golden case of a procedure, lived by somebody else somewhere else, on line or at the counter.

import type { Ctx, Env } from '#core/ctx.ts'
import type { Channel, Values } from '#core/form/types.ts'
import { AppError } from '#core/errors.ts'
import { addPaperPart, addPart, begin, type Dossier, evaluateDossier, submit } from '#modules/dossiers/index.ts'
import { stageBytes } from '#modules/files/index.ts'
import { getVersion, type ProcedureRecord } from '#modules/procedures/index.ts'
import { procedureTexts } from '../pack.ts'
import { chance, choose, happens, weigh } from './chance.ts'
import type { Centre, Town } from './town.ts'

export interface Filed {
  readonly dossier: Dossier
  /** The citizen's number, for those who file on line. */
  readonly citizen: number | null
}

type Golden = ProcedureRecord['cases'][number]

const records = procedureTexts().map(({ text }) => JSON.parse(text) as ProcedureRecord)

/** A small real PDF: what somebody scanned. */
const SCAN = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

/** The same answers, lived in another commune of the province. */
function moved(value: unknown, communes: ReadonlySet<string>, to: string): unknown {
  if (typeof value === 'string') return communes.has(value) ? to : value
  if (Array.isArray(value)) return value.map((one) => moved(one, communes, to))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, moved(one, communes, to)]))
  return value
}

interface Chosen {
  readonly record: ProcedureRecord
  readonly golden: Golden
  readonly channel: Channel
}

/** A provincial centre is asked for provincial things; a commune mostly for its own, and for anything at times: any desk of the province receives. */
function chosen(centre: Centre, key: string): Chosen {
  const wanted = centre.commune && !happens(0.1, key, 'elsewhere') ? 'xa' : 'tinh'
  const fitting = records.filter((record) => record.cases.some(usable) && (record.competence.level === wanted || (wanted === 'xa' && record.competence.level !== 'tinh')))
  const record = choose(fitting.length > 0 ? fitting : records.filter((one) => one.cases.some(usable)), key, 'procedure')
  const golden = choose(record.cases.filter(usable), key, 'case')
  const offered = record.channels.map((one) => one.channel)
  const channel = weigh(([['truc_tuyen', 5], ['truc_tiep', 4], ['bcci', 1]] as const).filter(([one]) =>
    offered.includes(one) && (one !== 'truc_tuyen' || record.online.level !== 'thong_tin')), key, 'channel')
  return { record, golden, channel }
}

const usable = (golden: Golden): boolean => golden.expect.valid !== false && !golden.applicant

/** Somebody comes to a centre and files, with all papers. Null when the day's rules do not let the case be filed now (its dates have passed). */
export async function fileOne(env: Env, town: Town, centre: Centre, seed: string, n: number): Promise<Filed | null> {
  const key = `${seed}/${n}`
  const { record, golden, channel } = chosen(centre, key)
  const home = centre.commune ?? choose(town.centres.flatMap(({ commune }) => commune ?? []), key, 'home')
  const form = moved(golden.form, town.communes, home) as Values
  const online = channel === 'truc_tuyen'
  const number = 100 + Math.floor(chance(key, 'who') * 2000)
  const who = town.seedOf(number)
  const ctx: Ctx | null = online ? await town.citizen(number) : await town.officer(centre.desk.id, 'mot_cua', n)
  if (!ctx) return null
  try {
    const applicant = { fullName: who.fullName, personalId: who.personalId, birthDate: who.birthOn, phone: who.phone, email: who.email, address: who.address }
    const draft = await begin(ctx, { procedure: record.code, unit: centre.unit.code, channel, applicant, form, clientKey: `mo-phong-${n}` })
    const version = await getVersion(env.db, draft.versionId)
    for (const part of evaluateDossier(ctx, draft, version, []).requiredParts) {
      if (online) await addPart(ctx, { dossier: draft.id, part, file: await stageBytes(ctx, SCAN, `${part}.pdf`) })
      else await addPaperPart(ctx, { dossier: draft.id, part })
    }
    const dossier = await submit(ctx, { dossier: draft.id })
    // The double click, the line that dropped after sending: the same dossier comes back.
    if (happens(0.05, key, 'twice')) await submit(ctx, { dossier: draft.id })
    return { dossier, citizen: online ? number : null }
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return null
    throw error
  }
}

