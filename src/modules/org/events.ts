// Facts about who holds which post, from when to when.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const holding = { post: z.string(), unit: z.string(), role: z.string(), officer: z.string() }

export const holdingGiven = defineEvent('org.holding_given', z.object({ ...holding, from: z.iso.date(), to: z.iso.date().nullable() }))
export const holdingEnded = defineEvent('org.holding_ended', z.object({ ...holding, to: z.iso.date() }))

const span = { from: z.iso.date(), to: z.iso.date() }

export const absenceRecorded = defineEvent('org.absence_recorded', z.object({ absence: z.uuid(), officer: z.string(), deputy: z.string().nullable(), ...span, reason: z.string() }))
export const absenceEnded = defineEvent('org.absence_ended', z.object({ absence: z.uuid(), officer: z.string(), on: z.iso.date() }))
export const delegated = defineEvent(
  'org.post_delegated',
  z.object({ delegation: z.uuid(), ...holding, from_officer: z.string(), ...span, prefix: z.string().nullable(), scope: z.string(), basis: z.string() }),
)
export const delegationRevoked = defineEvent('org.delegation_revoked', z.object({ delegation: z.uuid(), ...holding }))
export const postsUnmanned = defineEvent('org.posts_unmanned', z.object({ unit: z.string(), on: z.iso.date(), posts: z.array(z.string()) }))
export const handedOver = defineEvent('org.post_handed_over', z.object({ handover: z.uuid(), ...holding, to: z.iso.date(), groups: z.record(z.string(), z.number().int()) }))
export const seatPlaced = defineEvent(
  'org.seat_placed',
  z.object({ unit: z.string(), latitude: z.number(), longitude: z.number(), sure: z.string(), source: z.string(), people: z.number().int().nullable() }),
)

export const unitOpened = defineEvent('org.unit_opened', z.object({ unit: z.string(), template: z.string(), parent: z.string(), decision: z.string(), parts: z.number().int(), posts: z.number().int() }))
export const villagesOpened = defineEvent('org.villages_opened', z.object({ unit: z.string(), villages: z.array(z.string()), heads: z.number().int() }))
export const rolloutPlanned = defineEvent('org.rollout_planned', z.object({ unit: z.string(), wave: z.number().int().nullable(), on: z.string().nullable() }))
export const unitWentLive = defineEvent('org.unit_went_live', z.object({ unit: z.string() }))
export const itContactAdded = defineEvent('org.it_contact_added', z.object({ contact: z.uuid(), unit: z.string(), fullTime: z.boolean() }))
export const itContactEnded = defineEvent('org.it_contact_ended', z.object({ contact: z.uuid(), unit: z.string() }))
export const itDutySet = defineEvent('org.it_duty_set', z.object({ contact: z.uuid(), from: z.string(), to: z.string() }))
