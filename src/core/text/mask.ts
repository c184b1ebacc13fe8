// What of a person's data may be seen by those who need not know it (domain §19: lists, public look-up, exports).

import { nfc } from './fold.ts'

const bare = (s: string): string =>
  nfc(s)
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')

/** First `head` and last `tail` characters with stars between; all stars when that would leave fewer than four hidden. */
function middle(s: string, head: number, tail: number): string {
  if (MASKED.test(s.trim())) return s.trim()
  return covered(bare(s), head, tail)
}

/** What was masked already stays as it is. */
const MASKED = /^(?:\*+|[\p{L}\p{N}]{1,3}\*{4,}[\p{L}\p{N}]{3})$/u

function covered(s: string, head: number, tail: number): string {
  const signs = [...s]
  const hidden = signs.length - head - tail
  if (hidden < 4) return '*'.repeat(signs.length)
  return [...signs.slice(0, head), '*'.repeat(hidden), ...signs.slice(-tail)].join('')
}

/** 038196004512 → 0********512. Older numbers and passports likewise (first and last three); short ones wholly hidden. */
export const maskPersonalId = (id: string): string => middle(id, 1, 3)

/** 0912345678 and +84 912 345 678 → 091****678. Short numbers wholly hidden. */
export const maskPhone = (phone: string): string => (MASKED.test(phone.trim()) ? phone.trim() : covered(bare(phone).replace(/^(?:00)?84(?=\d{9}$)/, '0'), 3, 3))

/** hoa.nguyen@example.vn → h***@example.vn; what is no address → ***. */
export function maskEmail(email: string): string {
  const [, first, domain] = /^(.)[^@]*@([^@\s]+)$/su.exec(nfc(email).trim()) ?? []
  return first && first !== '@' && domain ? `${first}***@${domain}` : '***'
}

/** Nguyễn Thị Hoa → N* T* Hoa. The given name stays readable; a name of one word is reduced to its initial. */
export function maskName(name: string): string {
  const words = nfc(name).trim().split(/\s+/).filter(Boolean)
  return words.map((word, at) => (at > 0 && at === words.length - 1 ? word : `${[...word][0]}*`)).join(' ')
}

/** 113.160.24.7 → 113.160.*.*; of an IPv6 address the first two groups. Enough to tell an office from a stranger. */
export function maskAddress(ip: string): string {
  const four = /(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(ip)
  if (four) return `${four[1]}.${four[2]}.*.*`
  const groups = ip.split(':').filter(Boolean)
  return groups.length === 0 ? ip : `${groups.slice(0, 2).join(':')}:*`
}
