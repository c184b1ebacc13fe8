// VietQR: what a bank's app reads to fill in a transfer (EMVCo MPM with NAPAS 247, domain reference section 17), built and read back.

import { crc16, field, fields, readFields, type Tlv } from './tlv.ts'

export { crc16 } from './tlv.ts'
export { qrPng, qrSvg } from './svg.ts'

export interface VietQr {
  /** Six digits of the bank. */
  readonly bin: string
  readonly account: string
  /** Whole đồng; without one the payer types it (a static code). */
  readonly amountVnd?: number | null
  /** What the bank writes on the statement; letters, digits, space, full stop and hyphen, at most 25. */
  readonly purpose?: string | null
  /** QRIBFTTA for an account (the default), QRIBFTTC for a card. */
  readonly service?: 'QRIBFTTA' | 'QRIBFTTC'
}

const NAPAS = 'A000000727'
const VND = '704'

/** The text of the QR code. Throws RangeError on what no bank would take. */
export function buildVietQr({ bin, account, amountVnd = null, purpose = null, service = 'QRIBFTTA' }: VietQr): string {
  if (!/^\d{6}$/.test(bin)) throw new RangeError(`Mã ngân hàng (BIN) phải có 6 chữ số: ${bin}.`)
  if (!/^[A-Za-z0-9]{1,19}$/.test(account)) throw new RangeError('Số tài khoản gồm 1 đến 19 chữ và số.')
  if (amountVnd !== null && (!Number.isSafeInteger(amountVnd) || amountVnd <= 0 || String(amountVnd).length > 13)) throw new RangeError(`Số tiền phải là số đồng nguyên, lớn hơn 0: ${amountVnd}.`)
  if (purpose !== null && !/^[A-Za-z0-9 .-]{1,25}$/.test(purpose)) throw new RangeError('Nội dung chuyển khoản gồm 1 đến 25 chữ không dấu, số, dấu chấm, gạch ngang.')
  const payee = fields([['00', NAPAS], ['01', fields([['00', bin], ['01', account]])], ['02', service]])
  const body: Tlv[] = [['00', '01'], ['01', amountVnd === null ? '11' : '12'], ['38', payee], ['53', VND]]
  if (amountVnd !== null) body.push(['54', String(amountVnd)])
  body.push(['58', 'VN'])
  if (purpose !== null) body.push(['62', field('08', purpose)])
  const open = `${fields(body)}6304`
  return open + crc16(open)
}

export interface ReadVietQr {
  readonly bin: string
  readonly account: string
  readonly amountVnd: number | null
  readonly purpose: string | null
}

/** Reads a payload as a bank's app does. A sentence says what is wrong with one that cannot be paid. */
export function readVietQr(text: string): ReadVietQr | { readonly fault: string } {
  const payload = text.trim()
  const top = readFields(payload)
  if (!top || top.length === 0) return { fault: 'Đây không phải nội dung mã QR thanh toán; chép lại cho đủ.' }
  const [closing] = top.slice(-1)
  if (closing?.[0] !== '63' || crc16(payload.slice(0, -4)) !== closing[1].toUpperCase()) return { fault: 'Mã QR hỏng hoặc đã bị sửa (mã kiểm tra không khớp); quét lại.' }
  const get = (list: readonly Tlv[] | null | undefined, id: string): string | undefined => list?.find(([key]) => key === id)?.[1]
  const payee = readFields(get(top, '38') ?? '')
  const place = readFields(get(payee, '01') ?? '')
  const bin = get(place, '00')
  const account = get(place, '01')
  if (get(payee, '00') !== NAPAS || !bin || !account) return { fault: 'Mã QR này không phải VietQR chuyển khoản NAPAS 247.' }
  if (get(top, '53') !== VND) return { fault: 'Mã QR này không tính bằng đồng Việt Nam.' }
  const amount = get(top, '54')
  if (amount !== undefined && !/^\d{1,13}$/.test(amount)) return { fault: 'Số tiền trong mã QR không phải số đồng nguyên.' }
  return { bin, account, amountVnd: amount === undefined ? null : Number(amount), purpose: get(readFields(get(top, '62') ?? ''), '08') ?? null }
}
