// Walks the text of a rendered page: what a person reads, apart from the tags around it. Only for pages that we rendered ourselves.

/** One piece of a page, in order: a tag as it stands, or text between tags (still escaped). */
export type Piece = { readonly kind: 'tag'; readonly text: string; readonly name: string; readonly closes: boolean } | { readonly kind: 'text'; readonly text: string }

const PIECES = /<(script|style)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->|<(\/?)([a-zA-Z][\w-]*)(?:"[^"]*"|[^">])*>|<![^>]*>|[^<]+/g
const VOID: ReadonlySet<string> = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr'])

export function* piecesOf(html: string): Generator<Piece> {
  for (const [text, raw, slash, name] of html.matchAll(PIECES)) {
    if (text.startsWith('<')) yield { kind: 'tag', text, name: (raw ?? name ?? '').toLowerCase(), closes: slash === '/' }
    else yield { kind: 'text', text }
  }
}

/** Whether a tag opens something that a later tag closes. */
export const opens = (piece: Extract<Piece, { kind: 'tag' }>): boolean =>
  !piece.closes && piece.name !== '' && piece.name !== 'script' && piece.name !== 'style' && !VOID.has(piece.name) && !piece.text.endsWith('/>')

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' }

export const unescapeHtml = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, named?: string) =>
    decimal ? String.fromCodePoint(Number(decimal)) : hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (NAMED[named!] ?? whole))

export const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
