// The face of calendars: the working days and office hours of each unit, and the changes that made them so.

export { type Change, changeCalendar, ChangeInput, weigh as weighChange, type Weighed } from './actions.ts'
export { datesOf } from './layers.ts'
export { calendarOf, entriesFor, proposed as proposedCalendars, shareCalendars } from './queries.ts'
export { canKeepCalendar, changedDays, draftWords, LATE_DAYS } from './rules.ts'
export { type Draft, type Entry, ENTRY_KINDS, type EntryKind, type Proposal, type Sessions } from './schema.ts'
export { findEntry, historyOf as calendarHistory, liveOwn as ownEntries } from './store.ts'
export { calendarsReorg } from './reorg-part.ts'
