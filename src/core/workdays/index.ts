// Legal time in Viet Nam: working days and hours, deadlines with their derivation, pauses. Pure; always +07:00.

export { defaultOfficeHours, isWorkingDay, officeSessions } from './calendar.ts'
export { deadline, type DeadlineInput } from './deadline.ts'
export { addDays, addMonths, atLocal, localDate, localTime } from './local.ts'
export { resume, type ResumeInput } from './suspension.ts'
export { checkTerm, elapsedText, HOURS_A_DAY, termText, workingTimeText } from './terms.ts'
export { addWorkingTime, nextWorkingMoment, workingHoursBetween } from './working-time.ts'
export type { Calendar, CalendarDay, DayKind, Deadline, Extension, OfficeHours, Suspension, Term, TermUnit } from './types.ts'
