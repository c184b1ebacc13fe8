// Reads a plain HTML form as the JSON it stands for: names are paths (`legalBasis[0].no`), so that page, script and server agree without a schema.

type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain }

/**
 * `a.b` and `a[2].b` name places, `a[]` adds to a list. A suffix says how the text is read: `:n` number (1.234,5 or 1234.5), `:b` true when ticked,
 * `:d` a date as people write it (24/11/2026), `:l` one entry a line, `:j` JSON carried along unseen, `:a` a list that is there even when empty. What is left empty is left out; rows of lists that
 * are wholly empty are dropped. Names that begin with `_` are the page's own.
 */
export function readPartForm(pairs: Iterable<readonly [string, unknown]>): { [key: string]: Plain } {
  const root: { [key: string]: Plain } = {}
  for (const [name, raw] of pairs) {
    if (name.startsWith('_') || typeof raw !== 'string') continue
    const [path = '', kind = ''] = name.split(':')
    const value = read(raw, kind)
    if (value !== undefined) put(root, [...path.matchAll(/[^.[\]]+|\[\]/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step)), value)
  }
  return tidy(root) as { [key: string]: Plain }
}

function read(raw: string, kind: string): Plain | undefined {
  const text = raw.replaceAll('\r\n', '\n').trim()
  if (kind === 'a') return []
  if (text === '') return undefined
  if (kind === 'n') return number(text)
  if (kind === 'd') return date(text)
  if (kind === 'b') return text === 'true'
  if (kind === 'l') return text.split('\n').map((line) => line.trim()).filter(Boolean)
  if (kind !== 'j') return text
  try {
    return JSON.parse(text) as Plain
  } catch {
    return undefined
  }
}

/** What is no number stays as it was written: the check says so, and nothing is lost. */
function number(text: string): number | string {
  const bare = text.replaceAll(/\s/g, '')
  const plain = /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare) ? bare.replaceAll('.', '').replace(',', '.') : bare.replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text
}

function date(text: string): string {
  const found = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(text)
  return found ? `${found[3]}-${found[2]!.padStart(2, '0')}-${found[1]!.padStart(2, '0')}` : text
}

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

function put(root: { [key: string]: Plain }, path: readonly (string | number)[], value: Plain): void {
  if (path.length === 0 || path.some((step) => FORBIDDEN.has(String(step)))) return
  let at: { [key: string]: Plain } | Plain[] = root
  path.forEach((step, i) => {
    const last = i === path.length - 1
    const next = path[i + 1]
    const fresh = (): Plain => (typeof next === 'number' || next === '[]' ? [] : {})
    if (Array.isArray(at)) {
      const index = step === '[]' ? at.length : Number(step)
      if (!(index < 2000)) return
      if (last) at[index] = value
      else at = (at[index] ??= fresh()) as typeof at
    } else if (last) {
      const before = at[step]
      at[step] = Array.isArray(value) && value.length === 0 && Array.isArray(before) ? before : value
    } else at = (at[step] ??= fresh()) as typeof at
  })
}

/** Rows that nobody has filled in go; lists keep their order without holes. */
function tidy(value: Plain): Plain {
  if (Array.isArray(value)) return value.filter((one) => one !== undefined && one !== null).map(tidy).filter((one) => !isEmpty(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, tidy(one)] as const).filter(([, one]) => !(isEmpty(one) && !Array.isArray(one))))
}

/** A row with nothing but its own hidden code is empty too. */
const isEmpty = (value: Plain): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.entries(value).every(([key, one]) => key === 'code' && Object.keys(value).length === 1 && typeof one === 'string' && one.startsWith('moi_'))
