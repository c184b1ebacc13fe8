// Before a rule takes effect: which running dossiers it would move or be read for, by unit and case, and for a back-dated one which finished ones would differ. Writes nothing.

import type { Ctx } from '#core/ctx.ts'
import { inBook } from '#core/law/index.ts'
import { atLocal } from '#core/workdays/index.ts'
import { listUnitsById } from '#modules/org/index.ts'
import { laidOf, type RuleChange } from '#modules/rules/index.ts'
import { countFinished, countOpen, type Found, type RuleChangeAsked } from './rule-count.ts'
import { knownOf, versionsUnder } from './rule-moves.ts'
import { readBy, type Seen, UNREAD } from './rule-reads.ts'
import * as rows from './rule-store.ts'
import * as store from './store.ts'

export interface OpenCase extends Seen {
  readonly code: string
  readonly unitId: string
  readonly unitName: string
  readonly procedureName: string
}
export interface OverCase extends Found {
  readonly code: string
  readonly unitName: string
  readonly procedureName: string
}
export interface UnitImpact {
  readonly unitId: string
  readonly unitName: string
  readonly moved: number
  readonly kept: number
  /** not accepted yet: reckoned by the new term once they are */
  readonly awaits: number
}
export interface RuleImpact {
  /** why nothing of what runs is counted by this rule; null when it was counted */
  readonly unread: string | null
  /** dossiers that the rule binds and that are open, and how many of them were looked at */
  readonly open: number
  readonly looked: number
  readonly units: readonly UnitImpact[]
  readonly cases: readonly OpenCase[]
  readonly over: { readonly bound: number; readonly looked: number; readonly cases: readonly OverCase[]; readonly refundVnd: number }
}

const MOST = 2000
const SHOWN = 200

/** The change as dossiers see it. */
export const asked = (ctx: Pick<Ctx, 'law'>, change: Pick<RuleChange, 'id' | 'target' | 'validFrom' | 'transition' | 'backDated' | 'clause'>, until: string | null): RuleChangeAsked | null => {
  const { target } = change
  if (target.kind === 'document') return null
  return {
    id: change.id, kind: target.kind, moves: target.kind === 'register' ? (ctx.law.find(target.key)?.moves ?? null) : null,
    procedure: target.kind === 'register' ? null : target.code, validFrom: change.validFrom, until, open: change.transition === 'all_open', backDated: change.backDated, words: '', basis: change.clause,
  }
}

/** Nothing looked at, and why. */
export const noImpact = (unread: string | null): RuleImpact => ({ unread, open: 0, looked: 0, units: [], cases: [], over: { bound: 0, looked: 0, cases: [], refundVnd: 0 } })

/** Counts as if the change held, at its first day or now, whichever is later. `until`: first day on which another version sets the figure itself, for rules of procedures. */
export async function previewRule(ctx: Ctx, change: Omit<RuleChange, 'state'>, until: string | null = null): Promise<RuleImpact> {
  const about = asked(ctx, change, until)
  const { target } = change
  if (!about) return noImpact('Ghi văn bản thay thế không đổi hạn hay khoản thu của hồ sơ nào.')
  const unread = target.kind === 'register' ? (UNREAD[target.key] ?? null) : null
  if (unread) return noImpact(unread)
  const at = new Date(Math.max(atLocal(change.validFrom, '00:00').getTime(), ctx.now.getTime()))
  const was: Ctx = { ...ctx, now: at }
  const then: Ctx = { ...was, law: about.kind === 'register' ? inBook(ctx.law, laidOf(change as RuleChange)) : ctx.law }
  const versions = versionsUnder(about.kind === 'register' ? null : change)
  const key = target.kind === 'register' ? target.key : null
  const open: { unitId: string; row: Omit<OpenCase, 'unitName'> }[] = []
  const count = async (over: boolean): Promise<number> => Number((await rows.touchedBy(ctx.db, about, over).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n)
  const each = async (over: boolean, look: (id: string) => Promise<void>): Promise<number> => {
    const ids = await rows.touchedBy(ctx.db, about, over).select('id').orderBy('id').limit(MOST).execute()
    for (const { id } of ids) await look(id)
    return ids.length
  }
  const bound = await count(false)
  const looked = await each(false, async (id) => {
    const dossier = (await store.find(ctx.db, id))!
    const known = await knownOf(ctx.db, then, dossier, versions)
    const counted = key === null ? countOpen(then, known, about) : await readBy(ctx.db, key, { was, then }, known, about)
    if (counted) open.push({ unitId: dossier.decidedUnitId ?? dossier.receivedUnitId, row: { code: dossier.code!, unitId: dossier.decidedUnitId ?? dossier.receivedUnitId, procedureName: dossier.procedureName, what: counted.what, before: counted.before, after: counted.after, how: counted.how } })
  })
  const over: { unitId: string; row: Omit<OverCase, 'unitName'> }[] = []
  const overBound = change.backDated ? await count(true) : 0
  const overLooked = change.backDated
    ? await each(true, async (id) => {
        const dossier = (await store.find(ctx.db, id))!
        const found = countFinished(then, await knownOf(ctx.db, then, dossier, versions), about)
        if (found) over.push({ unitId: dossier.decidedUnitId ?? dossier.receivedUnitId, row: { ...found, code: dossier.code!, procedureName: dossier.procedureName } })
      })
    : 0
  const names = new Map((await listUnitsById(ctx.db, [...new Set([...open, ...over].map((one) => one.unitId))])).map((unit) => [unit.id, unit.name]))
  const name = (id: string) => names.get(id) ?? id
  const groups = Map.groupBy(open, (one) => one.unitId)
  return {
    unread: null, open: bound, looked,
    units: [...groups].map(([unitId, list]) => ({ unitId, unitName: name(unitId), moved: list.filter((one) => one.row.how === 'moved').length, kept: list.filter((one) => one.row.how === 'kept').length, awaits: list.filter((one) => one.row.how === 'awaits').length }))
      .sort((a, b) => b.moved + b.kept + b.awaits - (a.moved + a.kept + a.awaits)),
    cases: open.slice(0, SHOWN).map(({ unitId, row }) => ({ ...row, unitName: name(unitId) })),
    over: {
      bound: overBound, looked: overLooked, cases: over.slice(0, SHOWN).map(({ unitId, row }) => ({ ...row, unitName: name(unitId) })),
      refundVnd: over.reduce((sum, { row }) => sum + Math.max(0, row.amountVnd ?? 0), 0),
    },
  }
}
