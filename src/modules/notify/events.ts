// The facts of telling people. No words of a message and no number or address is in them: the subject is the message's or citizen's id.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const coded = { template: z.string(), channel: z.string(), about: z.string().nullable(), unitId: z.string().nullable() }

export const messageDied = defineEvent('notify.message_died', z.object({ ...coded, why: z.string(), subject: z.string() }))
export const messageRetried = defineEvent('notify.message_retried', z.object({ template: z.string(), channel: z.string() }))
export const messageRerouted = defineEvent('notify.message_rerouted', z.object({ template: z.string(), from: z.string(), to: z.string() }))
export const toldOtherwise = defineEvent('notify.told_otherwise', z.object({ template: z.string(), channel: z.string(), about: z.string().nullable(), note: z.string() }))
export const channelWentDown = defineEvent('notify.channel_went_down', z.object({ channel: z.string(), why: z.string() }))
export const channelCameBack = defineEvent('notify.channel_came_back', z.object({ channel: z.string() }))
export const contactClaimed = defineEvent('notify.contact_claimed', z.object({ channel: z.string() }))
export const contactVerified = defineEvent('notify.contact_verified', z.object({ channel: z.string() }))
export const choiceMade = defineEvent('notify.choice_made', z.object({ off: z.array(z.string()) }))
export const fakeReported = defineEvent('notify.fake_reported', z.object({ verdict: z.string() }))
export const reportClosed = defineEvent('notify.report_closed', z.object({ note: z.string() }))
