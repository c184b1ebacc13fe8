// What the State already knows of the person at the form: taken over from VNeID, marked as such, and compared with what is written.

import type { Ctx } from '#core/ctx.ts'
import { fieldType } from '#core/fields/index.ts'
import { prefill } from '#core/form/index.ts'
import type { Catalogs, FormDefinition, Question, Values } from '#core/form/types.ts'
import type { Dossier } from '#modules/dossiers/index.ts'
import { CitizenClaims, findCitizen } from '#modules/identity/index.ts'
import type { FieldSource } from '#ui/index.ts'
import { digestOf } from './merge.ts'

export type Claims = ReturnType<typeof CitizenClaims.parse>

/** What VNeID last said of the signed-in citizen; null for officers, who write down what somebody shows them. */
export async function claimsOf(ctx: Ctx): Promise<Claims | null> {
  const known = ctx.actor.kind === 'citizen' ? await findCitizen(ctx.db, ctx.actor.id) : null
  return known ? (CitizenClaims.safeParse(known.claims).data ?? null) : null
}

/** The same in the shape that forms are prefilled from. */
export function factsOf(claims: Claims | null): { identity: Values; registers: Values } {
  if (!claims) return { identity: {}, registers: {} }
  const { organization } = claims
  const business = organization && { name: organization.name, business_id: organization.code, address: organization.address }
  return { identity: { ...claims, address: claims.address ?? undefined }, registers: business ? { doanh_nghiep: business } : {} }
}

/** Answers that VNeID gives for this form, for the citizen whose dossier it is. */
export async function knownAnswers(ctx: Ctx, dossier: Dossier, form: FormDefinition): Promise<Values> {
  if (ctx.actor.kind !== 'citizen' || dossier.citizenId !== ctx.actor.id) return {}
  const { identity, registers } = factsOf(await claimsOf(ctx))
  return prefill(form, identity, registers)
}

/** Where each answer comes from: as VNeID has it, or otherwise, and then what VNeID has. Questions VNeID says nothing of are absent. */
export function sourcesOf(questions: readonly Question[], form: Values, known: Values, catalogs: Catalogs): Readonly<Record<string, FieldSource>> {
  return Object.fromEntries(
    questions.flatMap((question) => {
      const given = known[question.key]
      if (given === undefined || given === null) return []
      const type = fieldType(question.type)
      const same = digestOf(type.read(form[question.key], question)) === digestOf(given)
      return [[question.key, same ? { from: 'vneid' as const } : { from: 'other' as const, known: type.show(question, given, catalogs) }]]
    }),
  )
}
