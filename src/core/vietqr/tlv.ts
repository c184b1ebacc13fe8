// The field format of EMVCo merchant QR codes: two digits of id, two of length, the value; and the check sum that closes the whole.

/** A value's id and text, in the order written. */
export type Tlv = readonly [id: string, value: string]

/** `['54', '79000']` → `540579000`. Throws RangeError on a value that two digits of length cannot hold. */
export function field(id: string, value: string): string {
  if (value.length > 99) throw new RangeError(`Trường ${id} của mã QR dài ${value.length} ký tự; tối đa 99.`)
  return `${id}${String(value.length).padStart(2, '0')}${value}`
}

export const fields = (list: readonly Tlv[]): string => list.map(([id, value]) => field(id, value)).join('')

/** The fields of a payload, or null where it is not one: a length that is no number, or text that ends too early. */
export function readFields(text: string): Tlv[] | null {
  const found: Tlv[] = []
  for (let at = 0; at < text.length; ) {
    const id = text.slice(at, at + 2)
    const length = text.slice(at + 2, at + 4)
    if (!/^\d\d$/.test(id) || !/^\d\d$/.test(length)) return null
    const end = at + 4 + Number(length)
    if (end > text.length) return null
    found.push([id, text.slice(at + 4, end)])
    at = end
  }
  return found
}

/** CRC-16/CCITT-FALSE as EMVCo asks: polynomial 1021, start FFFF, not reflected; four capital hexadecimal digits. */
export function crc16(text: string): string {
  let crc = 0xffff
  for (const byte of Buffer.from(text, 'utf8')) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}
