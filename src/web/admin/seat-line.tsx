// A seat in a line of a unit's page, with how sure it is.

import { type Seat, SURE } from '#modules/org/index.ts'

export const degrees = (value: number): string => value.toLocaleString('vi-VN', { minimumFractionDigits: 5, maximumFractionDigits: 5 })

/** A seat in a line of a unit's page. */
export const SeatLine = ({ seat, href }: { seat: Seat | null; href: string | null }) => (
  <>
    {seat ? `${seat.address ? `${seat.address}; ` : ''}${degrees(seat.latitude)}, ${degrees(seat.longitude)} (${SURE[seat.sure].toLowerCase()})` : 'Chưa có vị trí'}
    {href && <> <a href={href}>{seat?.sure === 'measured' ? 'Sửa' : 'Ghi vị trí thật'}</a></>}
  </>
)
