// A month of working days as one looks at it on a wall: seven columns, what is special in words below.

import { dayOfWeek, monthGrid } from './dates.ts'
import type { Calendar } from '#core/workdays/index.ts'
import { isWorkingDay, localTime, officeSessions } from '#core/workdays/index.ts'
import { formatDate } from '#core/text/index.ts'
import type { Entry } from '#modules/calendars/index.ts'
import { Icon } from '#ui/index.ts'

export interface MonthView {
  /** 'YYYY-MM' */
  readonly month: string
  readonly today: string
  readonly calendar: Calendar
  /** the calendar without any change of the province, to see what differs */
  readonly national: Calendar
  readonly entries: readonly Entry[]
  /** Where a day may be changed; null when the reader may not. */
  readonly dayHref: ((date: string) => string) | null
}

const WEEK = ['Hai', 'Ba', 'Tư', 'Năm', 'Sáu', 'Bảy', 'CN'] as const

export const hoursText = (date: string, calendar: Calendar): string => officeSessions(date, calendar).map(({ from, to }) => `${localTime(from)}–${localTime(to)}`).join(', ')

export interface DayWords {
  readonly date: string
  readonly works: boolean
  readonly name: string | null
  /** Something differs from an ordinary week. */
  readonly special: boolean
  readonly ours: boolean
  readonly hours: string
}

/** What a day is, and whether the province or the unit made it so. */
export function dayWords(date: string, view: Pick<MonthView, 'calendar' | 'national' | 'entries'>): DayWords {
  const works = isWorkingDay(date, view.calendar)
  const hours = hoursText(date, view.calendar)
  const entry = view.entries.findLast((one) => one.kind !== 'hours' && one.from <= date && (one.to ?? one.from) >= date)
  const nationalDay = view.calendar.days.findLast((one) => one.date === date)
  const ours = entry !== undefined || hours !== hoursText(date, view.national)
  const weekend = dayOfWeek(date) > 5
  return { date, works, hours, ours, name: entry?.name ?? nationalDay?.name ?? null, special: ours || (nationalDay !== undefined && works === weekend) || nationalDay !== undefined }
}

export function Month(view: MonthView) {
  const weeks = monthGrid(view.month)
  return (
    <div class="month-wrap">
      <table class="month">
        <caption class="sr">Lịch làm việc tháng {view.month.slice(5)}/{view.month.slice(0, 4)}</caption>
        <thead><tr>{WEEK.map((name) => <th scope="col">{name}</th>)}</tr></thead>
        <tbody>
          {weeks.map((week) => (
            <tr>
              {week.map((date) => {
                if (!date.startsWith(view.month)) return <td class="outside" aria-hidden="true" />
                const day = dayWords(date, view)
                const label = `${formatDate(date)}: ${day.works ? `làm việc ${day.hours}` : 'nghỉ'}${day.name ? `, ${day.name}` : ''}`
                const inside = (
                  <>
                    <b aria-hidden="true">{Number(date.slice(8))}</b><span class="sr">{label}</span>
                    {!day.works && <span class="off" aria-hidden="true"><Icon name="cross" /><span>Nghỉ</span></span>}
                    {day.works && day.ours && <span class="own" aria-hidden="true"><Icon name="pen" /><span>{day.hours}</span></span>}
                    {day.name && <span class="name" aria-hidden="true">{day.name}</span>}
                  </>
                )
                return (
                  <td class={[day.works ? 'works' : 'rest', day.ours && 'ours', date === view.today && 'today'].filter(Boolean).join(' ')} aria-current={date === view.today ? 'date' : undefined}>
                    {view.dayHref ? <a href={view.dayHref(date)}>{inside}</a> : <span class="day">{inside}</span>}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
