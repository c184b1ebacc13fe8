// What a short message costs and may hold: its coding and parts (3GPP TS 23.038, 23.040), and no address anybody could be led to.

const GSM7 = new Set([...'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'])
const GSM7_DOUBLE = new Set([...'^{}\\[~]|€\f'])

export interface SmsSize {
  readonly coding: 'gsm7' | 'ucs2'
  /** Septets or UTF-16 units. */
  readonly units: number
  readonly parts: number
}

/** How the text is coded and into how many parts it is split: one letter with a Vietnamese mark makes the whole text UCS-2, 70 units a
 *  part, 67 when there are several. */
export function smsSize(text: string): SmsSize {
  const signs = [...text]
  const plain = signs.every((sign) => GSM7.has(sign) || GSM7_DOUBLE.has(sign))
  const units = plain ? signs.reduce((sum, sign) => sum + (GSM7_DOUBLE.has(sign) ? 2 : 1), 0) : text.length
  const [whole, part] = plain ? [160, 153] : [70, 67]
  return { coding: plain ? 'gsm7' : 'ucs2', units, parts: units <= whole ? 1 : Math.ceil(units / part) }
}

const LINK = /\b(?:https?|ftp):|\bwww\.|[\p{L}\p{N}-]+\.(?:vn|com|net|org|info|top|xyz|me|ly|app|site|online|gov|link|click|cc|io|asia|shop|vip|page)(?![\p{L}\p{N}]|\.[\p{L}\p{N}])/iu

/** Whether the text holds anything that a phone would make a link of (users.md P23: no links in SMS). */
export const holdsLink = (text: string): boolean => LINK.test(text)

/** A Vietnamese mobile number as ten digits, or null: only those receive short messages. */
export function mobileNumber(phone: string): string | null {
  const digits = phone.replace(/[^\d+]/g, '').replace(/^(?:\+|00)?84(?=\d{9}$)/, '0')
  return /^0[35789]\d{8}$/.test(digits) ? digits : null
}
