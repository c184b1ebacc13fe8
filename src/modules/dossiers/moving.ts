// A dossier goes on by another version of its procedure: what is known of it for the plan, and carrying the plan out in the transaction of the act.

import type { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { emit } from '#core/events/index.ts'
import type { Values } from '#core/form/types.ts'
import { type Deadline, localDate } from '#core/workdays/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { calledBy, type Version } from '#modules/procedures/index.ts'
import { paymentsOf } from '#modules/payments/index.ts'
import { relocate, type Relocation, setItemDue, type Standing, whereStands } from '#modules/work/index.ts'
import { consultations } from './consult-store.ts'
import * as facts from './events.ts'
import { handAcross } from './handover.ts'
import { type Kept, type KeptTerm, NOTHING_KEPT } from './kept.ts'
import { deciding, reckon, settle, termBy } from './lifecycle.ts'
import { callsOf, placesOf } from './routing.ts'
import { type Dossier, type DossierPart, STATES } from './schema.ts'
import * as store from './store.ts'

/** One dossier under way with all that a plan needs to know of it. */
export interface MovingCase {
  readonly dossier: Dossier
  /** Parts handed in, and those of a supplement under way. */
  readonly parts: readonly DossierPart[]
  readonly pending: Values | null
  readonly fees: readonly store.FeeRow[]
  /** Money received for it so far, đồng. */
  readonly paidVnd: number
  readonly standing: Standing
  /** Opinions asked that nobody has answered. */
  readonly asked: number
}

/** The dossier as it stands, or null when it is over or was never handed in. The caller has its own policy. */
export async function movingCase(reader: Reader, id: string): Promise<MovingCase | null> {
  const dossier = await store.find(reader, id)
  if (!dossier?.submittedAt || dossier.closedAt || STATES[dossier.state].final) return null
  const standing = await whereStands(reader, id)
  if (!standing || standing.state.status === 'ended') return null
  const [sent, waiting, pending, fees, payments, questions] = await Promise.all([
    store.parts(reader, id), store.parts(reader, id, 'pending'), store.pending(reader, id), store.fees(reader, id), paymentsOf(reader, id), consultations(reader, id),
  ])
  const parts = [...sent, ...waiting.filter((part) => !sent.some((one) => one.id === part.id))]
  return { dossier, parts, pending: pending?.form ?? null, fees, paidVnd: payments.paidVnd, standing, asked: questions.filter((one) => one.state === 'open').length }
}

export interface TermUnder {
  readonly term: KeptTerm
  /** Terms of versions before, that count beside it. */
  readonly also: readonly KeptTerm[]
  /** With the pauses so far, from acceptance; for one not accepted, as if it were accepted now. */
  readonly due: Deadline
}

/** The term and due instant by a version, and by what the dossier keeps. */
export async function termsUnder(reader: Reader, ctx: Ctx, dossier: Dossier, from: Version, to: Version): Promise<{ readonly before: TermUnder; readonly after: TermUnder }> {
  const [calendar, pauses] = [await deciding(reader, ctx, dossier), await store.pauses(reader, dossier.id)]
  const at = dossier.acceptedAt ?? ctx.now
  const closed = pauses.map((pause) => (pause.to ? pause : { ...pause, to: ctx.now }))
  const under = (term: KeptTerm, also: readonly KeptTerm[], version: Version): TermUnder => ({ term, also, due: reckon(ctx, { ...dossier, kept: { ...NOTHING_KEPT, term, also } }, version, at, closed, calendar) })
  return { before: under(dossier.kept?.term ?? termBy(ctx, dossier, from, at, calendar), dossier.kept?.also ?? [], from), after: under(termBy(ctx, dossier, to, at, calendar), [], to) }
}

/** What a plan changes of one dossier. */
export interface VersionChange {
  readonly version: Version
  readonly form: Values
  readonly pending: Values | null
  /** New names of parts, by the id of the part's row. */
  readonly parts: Readonly<Record<string, string>>
  readonly fees: readonly store.FeeRow[]
  readonly kept: Kept | null
  /** The due instant when it changes. */
  readonly due: { readonly dueAt: Date; readonly derivation: string } | null
  readonly remapped: Relocation['remapped']
  readonly fact: z.input<typeof facts.versionChanged.data>
}

/** Carries one change out. The caller holds the dossier and has planned it under that lock. Throws Conflict when the version's drawing calls what nobody keeps. */
export async function changeVersion(tx: Tx, ctx: Ctx, dossier: Dossier, change: VersionChange): Promise<Dossier> {
  const { version } = change
  const [received, decided] = [await getUnit(tx, dossier.receivedUnitId), await getUnit(tx, dossier.decidedUnitId ?? dossier.receivedUnitId)]
  const filed = { form: change.form, applicant: dossier.applicant, channel: dossier.channel, received, decided }
  const before = (await whereStands(tx, dossier.id))!.items
  const moved = await relocate(tx, ctx, {
    subject: dossier.id, definition: { digest: version.bpmnDigest, bpmn: version.bpmn }, places: await placesOf(ctx, tx, version.record.steps, filed),
    calls: await callsOf(ctx, tx, await calledBy(tx, version.record, localDate(ctx.now)), filed), remapped: change.remapped,
  })
  if (!dossier.acceptedAt && dossier.receptionDueAt) for (const item of moved.open) if (item.role === 'mot_cua' && item.link === null) await setItemDue(tx, item.id, dossier.receptionDueAt)
  const known = await store.pending(tx, dossier.id)
  if (known && change.pending) await store.setPending(tx, dossier.id, { form: change.pending, applicant: known.applicant }, known.changedAt)
  for (const [id, part] of Object.entries(change.parts)) await store.renamePart(tx, id, part)
  await store.setFees(tx, dossier.id, change.fees)
  if (change.due) await store.addDeadline(tx, dossier.id, change.due, 'version', ctx.now)
  const renewed = await store.update(tx, dossier, {
    version: { id: version.id, name: version.name }, form: change.form, kept: change.kept, ...(change.due ? { dueAt: change.due.dueAt, derivation: change.due.derivation } : {}),
  }, ctx.now)
  await handAcross(tx, ctx, renewed, before, moved.open, `Hồ sơ chuyển sang phiên bản ${version.number} của thủ tục.`)
  await emit(tx, ctx, facts.versionChanged, dossier.id, change.fact)
  return settle(tx, ctx, renewed, version, { opened: moved.open, open: moved.open, ended: false }, lastEffect(dossier))
}

/** What last put the dossier into its state, where the open steps alone do not say it. */
const lastEffect = ({ state }: Dossier): string | undefined => (state === 'DA_TIEP_NHAN' ? 'accept' : state === 'YC_TAI_CHINH' ? 'suspend_financial' : undefined)
