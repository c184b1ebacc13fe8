// Whole đồng as Vietnamese readers write, read and spell them.

function whole(vnd: number): number {
  if (!Number.isSafeInteger(vnd)) throw new RangeError(`Số tiền phải là số đồng nguyên: ${vnd}.`)
  return vnd
}

/** 12000 → '12.000 đ'. Throws RangeError unless whole. */
export const formatVnd = (vnd: number): string => `${String(whole(vnd)).replace(/\B(?=(\d{3})+$)/g, '.')} đ`

/** '12.000', '12,000 đ', '12 000 VNĐ', '12000đồng' → 12000. Null for anything that is not plainly a whole non-negative amount:
 *  decimals, uneven groups ('12.50', '1.2345'), mixed separators, signs, nothing at all. */
export function parseVnd(text: string): number | null {
  const bare = text
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ ?(?:đồng|vnđ|vnd|đ|₫)\.?$/iu, '')
  if (!/^(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)$/.test(bare)) return null
  const vnd = Number(bare.replace(/[., ]/g, ''))
  return Number.isSafeInteger(vnd) ? vnd : null
}

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']
const digit = (n: number): string => DIGITS[n] ?? ''

/** The last digit after a ten: mốt, tư, lăm. After mười it stays một and bốn. */
function unitAfter(tens: number, unit: number): string {
  if (unit === 5) return 'lăm'
  if (tens > 1 && unit === 1) return 'mốt'
  if (tens > 1 && unit === 4) return 'tư'
  return digit(unit)
}

/** 1–999; `full` says the empty hundreds and tens too, as inside a longer number: không trăm linh năm. */
function below1000(n: number, full: boolean): string[] {
  const [hundreds, tens, unit] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10]
  const words = hundreds > 0 || full ? [digit(hundreds), 'trăm'] : []
  if (tens === 0) return unit === 0 ? words : [...words, ...(words.length > 0 ? ['linh'] : []), digit(unit)]
  words.push(...(tens === 1 ? ['mười'] : [digit(tens), 'mươi']))
  return unit === 0 ? words : [...words, unitAfter(tens, unit)]
}

const BILLION = 1_000_000_000

function words(n: number, full: boolean): string[] {
  if (n >= BILLION) {
    const rest = n % BILLION
    return [...words(Math.floor(n / BILLION), full), 'tỷ', ...(rest > 0 ? words(rest, true) : [])]
  }
  const groups: [number, string][] = [
    [Math.floor(n / 1_000_000), 'triệu'],
    [Math.floor(n / 1000) % 1000, 'nghìn'],
    [n % 1000, ''],
  ]
  const said: string[] = []
  for (const [value, name] of groups) {
    if (value > 0) said.push(...below1000(value, full || said.length > 0), ...(name ? [name] : []))
  }
  return said
}

/** 12000 → 'Mười hai nghìn đồng', as receipts and decisions spell it; up to thousands of tỷ. Throws RangeError unless whole. */
export function amountInWords(vnd: number): string {
  const said = whole(vnd) === 0 ? 'không' : `${vnd < 0 ? 'âm ' : ''}${words(Math.abs(vnd), false).join(' ')}`
  return `${said.charAt(0).toUpperCase()}${said.slice(1)} đồng`
}
