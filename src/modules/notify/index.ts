// The face of notify: one outbox for all that the platform tells people, each message once for the fact that caused it.

export type { Contact, Reach } from './contact-store.ts'
export { chooseChannels, claimContact, type ContactsView, dropContact, maskAddress, myContacts, verifyContact } from './contacts.ts'
export { deliver, sweep } from './deliver.ts'
export { type Checked, checkMessage, closeReport, type FakeReport, listReports, reportFake, type Verdict } from './genuine.ts'
export { jobs } from './jobs.ts'
export { markTold, rerouteMessage, retryMessages } from './keeping.ts'
export { mayName, type OwnNotice, type OwnNoticeFault, ownNoticeFaults, renderExample, smsLength } from './own.ts'
export { tell, tellIn } from './outbox.ts'
export {
  countUndelivered, countUnread, inbox, type InboxPage, type KeptMessage, keptMessage, listMessages, listTemplates, markRead, outbox, type OutboxView, type TemplateRow, undelivered,
} from './queries.ts'
export { reactions } from './reacts.ts'
export { canClose, canHandleReports, canRetry, CHOOSABLE, outboxScope, templateOn } from './rules.ts'
export { CHANNELS, KINDS, type Message, MESSAGE_STATES, type MessageState, type NotifyChannel, type Telling, type Why, WHYS } from './schema.ts'
export { mailSender, type MailServer } from './senders/mail.ts'
export { type SmsGateway, smsSender } from './senders/sms.ts'
export { loadBook, previews, type Rendered } from './templates.ts'
export { messageTallies } from './tallies.ts'
export { notifyReorg } from './reorg-part.ts'
