// Turns what the modules know into the shapes of the API; masks what the caller need not know.

import type { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import type { Refusal } from '#core/errors.ts'
import { maskEmail, maskPersonalId, maskPhone } from '#core/text/index.ts'
import { type Clocks, type Dossier, type DossierView, type PartView, type ShownAnswers, STATES, type WorkRow } from '#modules/dossiers/index.ts'
import { listUnitsById, type Resolution, type Unit } from '#modules/org/index.ts'
import type { Item } from '#modules/work/index.ts'
import type * as shapes from './shapes.ts'

export const BASE = '/api/v1'
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export const brief = (dossier: Dossier): z.input<typeof shapes.DossierBrief> => ({
  id: dossier.id, code: dossier.code, state: dossier.state, stateLabel: STATES[dossier.state].label, portalStatus: STATES[dossier.state].portal,
  procedure: dossier.procedureCode, procedureName: dossier.procedureName, channel: dossier.channel, createdAt: dossier.createdAt.toISOString(),
  submittedAt: iso(dossier.submittedAt), acceptedAt: iso(dossier.acceptedAt), receiptNo: dossier.receiptNo, dueAt: iso(dossier.dueAt), derivation: dossier.derivation,
  resultNo: dossier.resultNo,
})

type Person = Pick<Dossier, 'applicant'>['applicant']

function applicant(person: Person, full: boolean): z.input<typeof shapes.Applicant> {
  const cover = (value: string | null | undefined, mask: (text: string) => string) => (!value ? null : full ? value : mask(value))
  return {
    kind: person.kind, fullName: person.fullName, personalId: cover(person.personalId, maskPersonalId), businessId: person.businessId ?? null,
    birthDate: full ? (person.birthDate ?? null) : null, phone: cover(person.phone, maskPhone), email: cover(person.email, maskEmail),
    address: full ? (person.address ?? null) : null,
  }
}

/** Owner, filer and the desks that handle it see the applicant's numbers whole; those who supervise from above see them masked. */
function handles(ctx: Ctx, dossier: Dossier, items: readonly Item[]): boolean {
  const { actor } = ctx
  if (actor.kind === 'citizen') return dossier.citizenId === actor.id
  if (actor.kind !== 'officer') return false
  const desks = new Set([dossier.receivedUnitId, dossier.decidedUnitId, ...items.map((item) => item.unitId)])
  return dossier.filedBy === actor.id || actor.posts.some((post) => desks.has(post.unitId))
}

export const part = (one: PartView): z.input<typeof shapes.Part> => ({
  id: one.id, part: one.part, name: one.name, source: one.source, addedAt: one.addedAt.toISOString(),
  file: one.file && { id: one.file.id, name: one.file.name, type: one.file.type, size: one.file.size, sha256: one.file.sha256, href: `${BASE}/files/${one.file.id}` },
})

const clock = (one: Clocks['reception']) => ({ state: one.state, startedAt: iso(one.startedAt), dueAt: iso(one.dueAt), stoppedAt: iso(one.stoppedAt), late: one.late })

export const clocks = ({ reception, legal, delivery, lived }: Clocks): z.input<typeof shapes.Clocks> => ({
  reception: clock(reception),
  legal: { ...clock(legal), firstDueAt: iso(legal.firstDueAt), derivation: legal.derivation, pausedAt: iso(legal.pausedAt), pauseReason: legal.pauseReason },
  delivery: clock(delivery),
  lived: { startedAt: iso(lived.startedAt), stoppedAt: iso(lived.stoppedAt), days: lived.days },
})

const LEADERS_ACTS = ['supplement-permit', 'apology', 'extension', 'stop', 'financial-notice', 'financial-proof'] as const

/** The acts as addresses. The applicant's `return` is taking the result on line. */
function acts(ctx: Ctx, { dossier, acts: found }: DossierView): z.input<typeof shapes.Act>[] {
  const { edit, submission, acceptance, refusal, supplement, withdrawal, collection } = found
  const wanted: [string, Refusal | null][] = [
    ['edit', edit], ['parts', edit], ['submission', submission], ['acceptance', acceptance], ['refusal', refusal], ['supplement-request', found['supplement-request']],
    ['supplement', supplement], ['withdrawal', withdrawal], ['return', ctx.actor.kind === 'citizen' ? collection : found.return],
    ...(ctx.actor.kind === 'officer' ? LEADERS_ACTS.map((name): [string, Refusal | null] => [name, found[name]]) : []),
  ]
  const here = `${BASE}/dossiers/${encodeURIComponent(dossier.code ?? dossier.id)}`
  return wanted.map(([act, no]) => ({
    act, method: act === 'edit' ? 'PATCH' as const : 'POST' as const, href: act === 'edit' ? here : `${here}/${act}`, allowed: no === null, reason: no?.message ?? null,
  }))
}

export const workItem = (ctx: Ctx, { item, dossier }: WorkRow, unit: Unit | undefined): z.input<typeof shapes.WorkItem> => ({
  id: item.id, dossier: dossier.code ?? dossier.id, dossierId: dossier.id, procedure: dossier.procedureCode, step: item.step, name: item.name, role: item.role,
  unit: unit?.code ?? null, unitName: unit?.name ?? null, openedAt: item.openedAt.toISOString(), dueAt: iso(item.dueAt), state: item.state,
  claimedByMe: ctx.actor.kind === 'officer' && item.claimedBy === ctx.actor.id,
  outcomes: item.outcomes.map(({ key, label, effect }) => ({ key, label, effect: effect ?? null })), does: [...item.does],
})

export async function unitsOf(ctx: Ctx, ids: readonly (string | null)[]): Promise<Map<string, Unit>> {
  const units = await listUnitsById(ctx.db, ids.filter((id): id is string => id !== null))
  return new Map(units.map((unit) => [unit.id, unit]))
}

export async function workItems(ctx: Ctx, rows: readonly WorkRow[]): Promise<z.input<typeof shapes.WorkItem>[]> {
  const units = await unitsOf(ctx, rows.map((row) => row.item.unitId))
  return rows.map((row) => workItem(ctx, row, units.get(row.item.unitId ?? '')))
}

export async function dossierRows(ctx: Ctx, dossiers: readonly Dossier[]): Promise<z.input<typeof shapes.DossierRow>[]> {
  const units = await unitsOf(ctx, dossiers.flatMap((one) => [one.receivedUnitId, one.decidedUnitId]))
  return dossiers.map((one) => {
    const { kind, fullName, personalId } = applicant(one.applicant, ctx.actor.kind === 'citizen')
    const received = units.get(one.receivedUnitId)
    const decided = units.get(one.decidedUnitId ?? '')
    return {
      ...brief(one), receivedByUnit: received?.code ?? '', receivedByUnitName: received?.name ?? '', decidedByUnit: decided?.code ?? null,
      decidedByUnitName: decided?.name ?? null, applicant: { kind, fullName, personalId },
    }
  })
}

export async function dossier(ctx: Ctx, view: DossierView, answers: ShownAnswers): Promise<z.input<typeof shapes.Dossier>> {
  const { dossier: one, received, decided, fees } = view
  const open = acts(ctx, view)
  return {
    ...brief(one), procedureVersion: view.version.number, receivedByUnit: received.code, receivedByUnitName: received.name, decidedByUnit: decided?.code ?? null,
    decidedByUnitName: decided?.name ?? null, updatedAt: one.updatedAt.toISOString(), receptionDueAt: iso(one.receptionDueAt), firstDueAt: iso(one.firstDueAt),
    finishedAt: iso(one.finishedAt), returnedAt: iso(one.returnedAt), closedAt: iso(one.closedAt), supplements: one.supplements,
    breach: one.breach, apologisedAt: iso(one.apologisedAt), extendedAt: iso(one.extendedAt), receptionLateAt: iso(one.receptionLateAt), deliveryDueAt: iso(one.deliveryDueAt),
    applicant: applicant(one.applicant, handles(ctx, one, view.items)), form: { ...answers.form }, hiddenAnswers: [...answers.hidden], parts: view.parts.map(part),
    fees: fees.map(({ code, name, amount, collectAt, note }) => ({ code, name, amount, collectAt, note })), totalFee: fees.reduce((sum, fee) => sum + fee.amount, 0),
    clocks: clocks(view.clocks), work: await workItems(ctx, view.mine.map((item) => ({ item, dossier: one }))), acts: open,
    allowedActs: open.filter((act) => act.allowed).map((act) => act.act),
  }
}

export const unit = ({ code, name, shortName, level, kind, identifier, qcvn, adminCode, validFrom, validTo }: Unit): z.input<typeof shapes.Unit> => ({
  code, name, shortName, level, kind, identifier, qcvn, adminCode, validFrom, validTo,
})

export const resolved = ({ asked, live, successors, villages = [] }: Resolution): z.input<typeof shapes.UnitResolved> => ({
  ...unit(asked),
  inCharge: { code: live.code, name: live.name },
  successors: successors.map(({ unit: { code, name }, main, partial, on }) => ({ code, name, main, partial, on })),
  villages: [...villages],
})
