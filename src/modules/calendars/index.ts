// The face of calendars: the working days and office hours of each unit.

export { calendarOf } from './queries.ts'
