// One canonical form of Vietnamese text: as stored, as searched, as sorted, as an address.

// Invisible marks that copying brings along and that make equal words unequal: zero-width and soft-hyphen, byte-order and direction marks.
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
const HARD_SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g

/** The form text is stored in: NFC, no invisible marks, ordinary spaces in place of hard ones. Keeps line breaks, doubled and outer spaces. */
export const nfc = (s: string): string => s.replace(INVISIBLE, '').replace(HARD_SPACES, ' ').normalize('NFC')

/** The form text is searched in: lower case, no diacritics, đ → d, single spaces, trimmed. Idempotent. 'Nguyễn  ĐỨC' → 'nguyen duc'. */
export function fold(s: string): string {
  let folded = s
  // Compatibility characters (℡, Ⅳ, ﬁ) may unfold into capitals and marks again, so it is done until nothing changes.
  for (let before = ''; before !== folded; ) {
    before = folded
    folded = folded
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\p{M}\p{Cf}]/gu, '')
      .replace(/đ/g, 'd')
      .replace(/\s+/g, ' ')
      .trim()
  }
  return folded
}

/** Words joined by hyphens for addresses and file names: 'Thành phố Thanh Hóa' → 'thanh-pho-thanh-hoa'. Empty when nothing is left. */
export const slug = (s: string): string =>
  fold(s)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

const collator = new Intl.Collator('vi', { numeric: true })

/** Vietnamese order (a ă â … d đ …, tones after letters), numbers by value: 'Thôn 2' before 'Thôn 10'. For Array.sort. */
export const compareVi = (a: string, b: string): number => collator.compare(a, b)

const givenName = (name: string): string => nfc(name).trim().split(/\s+/).at(-1) ?? ''

/** Order of a list of persons: by given name, then by the whole name. */
export const comparePersonNames = (a: string, b: string): number => compareVi(givenName(a), givenName(b)) || compareVi(a, b)
