// What a posted page of the form says: its answers, and which of its buttons was pressed.

import { readBody } from '#core/form/index.ts'
import { type Address, choicesFor, NO_OLD_PLACES, settleOld } from '#core/fields/index.ts'
import type { Catalogs, FormState, Values } from '#core/form/types.ts'
import type { Applicant } from '#modules/dossiers/index.ts'
import { type FilingPage, questionsOf } from './pages.ts'

export type Body = Record<string, unknown>

export type Pressed = { readonly kind: 'next' | 'later' | 'back' | 'parts' | 'single' } | { readonly kind: 'addRow' | 'removeRow' | 'refresh'; readonly at: string }

export interface PageAnswers {
  readonly answers: Values
  readonly pressed: Pressed
}

const text = (value: unknown): string | null => {
  const last = Array.isArray(value) ? value.at(-1) : value
  return typeof last === 'string' && last !== '' ? last : null
}

const OTHER = ['later', 'back', 'parts', 'single'] as const

function pressedOf(body: Body): Pressed {
  for (const kind of ['addRow', 'removeRow', 'refresh'] as const) {
    const at = text(body[`_${kind}`])
    if (at && /^[a-z][a-z0-9_]*(\.\d{1,4})?(\.[a-z][a-z0-9_]*)?$/.test(at)) return { kind, at }
  }
  const pressed = text(body['_do'])
  return { kind: OTHER.find((one) => one === pressed) ?? 'next' }
}

/** Empty rows fall away in reading, so a row is removed while it still has its number. */
const without = (body: Body, row: string): Body => Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith(`${row}.`)))

/** Old names of places that lead to one new name are led there at once. */
export function readPage(page: FilingPage, body: Body, catalogs: Catalogs): PageAnswers {
  const pressed = pressedOf(body)
  const answers = readBody(questionsOf(page), pressed.kind === 'removeRow' ? without(body, pressed.at) : body)
  for (const { key, type } of questionsOf(page)) {
    if (type === 'address' && catalogs.oldPlaces && answers[key]) answers[key] = settleOld(answers[key] as Address, catalogs.oldPlaces)
  }
  return { answers, pressed }
}

/** Addresses whose old names have just been led to new ones, or wait for a choice: the page must show it. */
export const toRedraw = (page: FilingPage, body: Body, answers: Values, { oldPlaces = NO_OLD_PLACES }: Catalogs): string[] =>
  questionsOf(page).flatMap(({ key, type }) => {
    const address = type === 'address' ? (answers[key] as Address | null) : null
    if (!address) return []
    const sent = (part: string) => text(body[`${key}.${part}`])
    const asSent = sent('commune') === address.commune && sent('province') === address.province && sent('old_code') === (address.old?.code ?? null)
    return asSent && choicesFor(address, oldPlaces).length === 0 ? [] : [key]
  })

const CONTACT = { 'identity.phone': 'phone', 'identity.email': 'email', 'identity.address': 'address' } as const

/** How to reach the applicant, as just written in the form; undefined when the page does not ask. */
export function contactIn(page: FilingPage, answers: Values, applicant: Applicant): Partial<Applicant> | undefined {
  const told = questionsOf(page).flatMap((question) => {
    const name = CONTACT[question.prefill as keyof typeof CONTACT]
    const value = answers[question.key]
    return name && value !== null && value !== undefined ? [[name, typeof value === 'string' ? value.slice(0, 200) : value] as const] : []
  })
  return told.length > 0 ? { kind: applicant.kind, ...Object.fromEntries(told.filter(([name, value]) => fits(name, value))) } : undefined
}

const fits = (name: string, value: unknown): boolean => name !== 'phone' || (typeof value === 'string' && value.length <= 20)

/** Questions of the page that these answers have brought up: they were not on the screen when it was sent. */
export function newlyAsked(page: FilingPage, before: FormState, after: FormState): string[] {
  return questionsOf(page)
    .map((question) => question.key)
    .filter((key) => after.visible.has(key) && !before.visible.has(key))
}
