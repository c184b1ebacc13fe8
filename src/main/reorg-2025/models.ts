// Model dossiers: each made by the platform's own acts up to one point of its way, so that every state a loaded dossier stands in is one that real code made.

import { type Ctx, type Env, makeCtx, systemCtx } from '#core/ctx.ts'
import { AppError, Invalid } from '#core/errors.ts'
import type { Channel, Values } from '#core/form/types.ts'
import type { Actor } from '#core/policy/actor.ts'
import { addPaperPart, addPart, begin, consult, type Dossier, evaluateDossier, needDossier, submit, withdrawConsultation } from '#modules/dossiers/index.ts'
import { stageBytes } from '#modules/files/index.ts'
import { knowCitizen } from '#modules/identity/index.ts'
import { deskFor, getUnit, type Unit } from '#modules/org/index.ts'
import { getVersion, type ProcedureRecord } from '#modules/procedures/index.ts'
import { claimsOf } from '#twins/vneid/index.ts'
import { type CitizenSeed, procedureTexts } from '../pack.ts'
import { type Hands, openHands } from './acts.ts'
import type { Taken } from './rows.ts'

export type Level = 'xa' | 'huyen' | 'tinh'

export interface Model {
  readonly procedure: string
  readonly level: Level
  readonly state: string
  readonly online: boolean
  /** how it came to stand there */
  readonly way: string
  /** its rows as they stood then */
  readonly taken: Taken
}

/** Where the models are filed: a commune with its district; copies are moved to all the others. */
export interface Place {
  readonly commune: Unit
  readonly district: Unit | null
}

/** The applicant of every model. No name, number or address of his is anybody's, so that each can be found and replaced. */
export const NOBODY: CitizenSeed = {
  id: 'cd-mau', login: null, fullName: 'Khuôn Mẫu Hồ Sơ', sex: 'female', birthOn: '1991-02-03', personalId: '038191900000', ethnicity: '01', nationality: 'VN', level: 2,
  phone: '0900999999', email: null, address: { province: '38', commune: '00000', detail: 'Số nhà của khuôn mẫu' }, business: null,
}

const SCAN = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

type Golden = ProcedureRecord['cases'][number]
const usable = (golden: Golden): boolean => golden.expect.valid !== false && !golden.applicant
const MOST_STEPS = 24

/** The same answers, lived in the model's commune. */
function moved(value: unknown, communes: ReadonlySet<string>, to: string): unknown {
  if (typeof value === 'string') return communes.has(value) ? to : value
  if (Array.isArray(value)) return value.map((one) => moved(one, communes, to))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, moved(one, communes, to)]))
  return value
}

export interface ModelOptions {
  /** how many golden cases of each procedure */
  readonly cases: number
  /** at most so many procedures of each level */
  readonly procedures: number
}

export function openWorkshop(env: Env, clock: Hands, place: Place, communes: ReadonlySet<string>) {
  const records = procedureTexts(env.pack.id).map(({ text }) => JSON.parse(text) as ProcedureRecord)
  let applicant: Promise<Actor> | null = null
  const citizen = async (): Promise<Ctx> => makeCtx(env, { ...(await (applicant ??= knowCitizen(systemCtx(env, 'Nạp dữ liệu'), claimsOf(NOBODY)))), level: 2 } as Actor)

  const { officer, later, openItems, step, offers } = openHands(env, clock, citizen)

  const filer = async (channel: Channel, unit: Unit): Promise<Ctx> => {
    const ctx = channel === 'truc_tuyen' ? await citizen() : await officer((await deskFor(env.db, unit, 'mot_cua')).id, 'mot_cua')
    if (!ctx) throw new Error(`Không có công chức một cửa ở ${unit.name}`)
    return ctx
  }

  /** A draft with all its papers. */
  async function begun(record: ProcedureRecord, golden: Golden, channel: Channel, unit: Unit): Promise<Dossier> {
    const ctx = await filer(channel, unit)
    const applicant = { fullName: NOBODY.fullName, personalId: NOBODY.personalId, birthDate: NOBODY.birthOn, phone: NOBODY.phone, email: null, address: { ...NOBODY.address, commune: place.commune.adminCode! } }
    const draft = await begin(ctx, { procedure: record.code, unit: unit.code, channel, applicant, form: moved(golden.form, communes, place.commune.adminCode!) as Values, clientKey: null } as never)
    const version = await getVersion(env.db, draft.versionId)
    for (const part of evaluateDossier(ctx, draft, version, []).requiredParts) {
      if (channel === 'truc_tuyen') await addPart(ctx, { dossier: draft.id, part, file: await stageBytes(ctx, SCAN, `${part}.pdf`) })
      else await addPaperPart(ctx, { dossier: draft.id, part })
    }
    return draft
  }

  const file = async (draft: Dossier, channel: Channel): Promise<Dossier> => submit(await filer(channel, await getUnit(env.db, draft.receivedUnitId)), { dossier: draft.id })

  const stands = async (dossier: Dossier): Promise<Dossier> => needDossier(env.db, systemCtx(env, 'Nạp dữ liệu'), dossier.id)

  async function levelOf(dossier: Dossier): Promise<Level> {
    let unit = await getUnit(env.db, dossier.decidedUnitId ?? dossier.receivedUnitId)
    for (;;) {
      if (unit.level === 'xa' || unit.level === 'huyen' || unit.level === 'tinh') return unit.level
      if (!unit.parentId) return 'tinh'
      unit = await getUnit(env.db, unit.parentId)
    }
  }

  /** Models of one case of a procedure: as filed, after each step, and wherever the way goes aside (supplement before and after acceptance,
   *  opinion asked, financial duty; with `nothing`, proposed and signed as not to be granted). */
  async function models(record: ProcedureRecord, golden: Golden, channel: Channel, unit: Unit, { take, nothing, made }: { take: (id: string) => Promise<Taken>; nothing: boolean; made: Model[] }): Promise<void> {
    const seen = new Set<string>()
    const draft = await begun(record, golden, channel, unit)
    const before = nothing ? await take(draft.id) : null
    const dossier = await file(draft, channel)
    const level = await levelOf(dossier)
    if (before) made.push({ procedure: record.code, level, state: draft.state, online: channel === 'truc_tuyen', way: 'nháp', taken: before })
    const keep = async (way: string): Promise<boolean> => {
      const [now, items] = [await stands(dossier), await openItems(dossier.id)]
      if (items.length === 0) return false
      const mark = `${now.state} ${items.map((item) => `${item.step}${item.waits}`).join(' ')}`
      if (!seen.has(mark)) made.push({ procedure: record.code, level, state: now.state, online: channel === 'truc_tuyen', way, taken: await take(dossier.id) })
      seen.add(mark)
      return true
    }
    const aside = async (effect: string): Promise<void> => {
      if (!(await offers(dossier, effect)) || !(await step(dossier, effect))) return
      await keep(effect)
      if (effect !== 'reject') await step(dossier)
    }
    await keep('nộp')
    let [askedBefore, askedAfter, paid, opinion] = [false, false, false, false]
    for (let n = 0; n < MOST_STEPS; n++) {
      const accepted = (await stands(dossier)).acceptedAt !== null
      if (!nothing && !accepted && !askedBefore) {
        askedBefore = true
        await aside('request_supplement')
      }
      if (!nothing && accepted && !askedAfter && (await offers(dossier, 'request_supplement'))) {
        askedAfter = true
        await aside('request_supplement')
      }
      if (!nothing && !paid && (await offers(dossier, 'suspend_financial'))) {
        paid = true
        await aside('suspend_financial')
      }
      if (nothing && accepted && (await offers(dossier, 'reject'))) await aside('reject')
      if (!nothing && accepted && !opinion) opinion = await asks(dossier, keep)
      if (!(await step(dossier)) || !(await keep(`${n + 1} bước`))) break
    }
  }

  /** Asks the district or province for an opinion beside the specialist's step, then has it answered so that the way goes on. */
  async function asks(dossier: Dossier, keep: (way: string) => Promise<boolean>): Promise<boolean> {
    const item = (await openItems(dossier.id)).find((one) => one.role === 'chuyen_vien')
    const ctx = item && (await officer(item.unitId!, 'chuyen_vien'))
    if (!ctx) return false
    later(0.5)
    // an opinion may not be due after the dossier itself: short terms leave no room for one
    const asked = await consult(makeCtx(env, ctx.actor), {
      item: item.id, asks: [{ unit: place.district?.code ?? 'H56', question: 'Đề nghị cho biết nơi này có tranh chấp, khiếu nại gì không.', days: 1, silence: 'alarm' }],
    }).catch((error: unknown) => {
      if (error instanceof Invalid) return []
      throw error
    })
    if (asked.length === 0) return true
    await keep('lấy ý kiến')
    await withdrawConsultation(makeCtx(env, ctx.actor), { consultation: asked[0]!.id, reason: 'Đã có ý kiến trong hồ sơ gửi kèm.' })
    return true
  }

  return { records, usable, models }
}

export type Workshop = ReturnType<typeof openWorkshop>

/** Models of all procedures, by both ways of filing, each begun on one of the last working days before the day of the change. */
export async function makeModels(
  workshop: Workshop, clock: Hands, place: Place, begins: readonly Date[], { cases, procedures, take }: ModelOptions & { take: (id: string) => Promise<Taken> },
): Promise<{ models: Model[]; failed: string[] }> {
  const models: Model[] = []
  const failed: string[] = []
  const taken = new Map<string, number>()
  let turn = 0
  for (const record of workshop.records) {
    const { level } = record.competence as { level: string }
    if ((taken.get(level) ?? 0) >= procedures) continue
    taken.set(level, (taken.get(level) ?? 0) + 1)
    // one walk more than asked for ends with nothing granted
    for (let [walks, tries] = [0, 0]; walks <= cases && tries < record.cases.length * 2; tries++) {
      const golden = record.cases.filter(workshop.usable)[tries % Math.max(1, record.cases.filter(workshop.usable).length)]
      if (!golden) break
      const nothing = walks === cases
      const offered = record.channels.map(({ channel }) => channel)
      const channel: Channel = turn % 2 === 0 && offered.includes('truc_tuyen') ? 'truc_tuyen' : offered.includes('truc_tiep') ? 'truc_tiep' : offered[0]!
      clock.to(begins[turn % begins.length]!)
      turn++
      try {
        await workshop.models(record, golden, channel, level === 'huyen' && place.district ? place.district : place.commune, { take, nothing, made: models })
        walks++
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error
        failed.push(`${record.code} ${golden.title}: ${error.message} ${JSON.stringify((error as { fields?: unknown }).fields ?? '')}`)
      }
    }
  }
  return { models, failed }
}
