// Text on a drawing: escaped, and broken into lines that fit their box, since SVG does neither.
const wide = 0.56

export const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are not allowed in XML
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')

/** Lines no wider than `width` at this font size, by an average letter; the last line ends in … when there is more. */
export function wrap(text: string, width: number, fontSize: number, mostLines: number): string[] {
  const most = Math.max(4, Math.floor(width / (fontSize * wide)))
  const lines: string[] = []
  let line = ''
  for (const word of text
    .normalize('NFC')
    .trim()
    .split(/\s+/)
    .flatMap((each) => pieces(each, most))) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  if (line !== '') lines.push(line)
  if (lines.length <= mostLines) return lines
  const last = lines[mostLines - 1] ?? ''
  return [...lines.slice(0, mostLines - 1), `${last.slice(0, most - 1).trimEnd()}…`]
}

function pieces(word: string, most: number): string[] {
  const found: string[] = []
  for (let at = 0; at < word.length; at += most) found.push(word.slice(at, at + most))
  return found
}

/** Centred lines around a middle, or hanging from a top. */
export function textLines(lines: string[], x: number, y: number, fontSize: number, from: 'middle' | 'top', className: string): string {
  if (lines.length === 0) return ''
  const step = fontSize * 1.25
  const first = from === 'middle' ? y - ((lines.length - 1) * step) / 2 + fontSize * 0.35 : y + fontSize
  const spans = lines.map((line, index) => `<tspan x="${round(x)}" y="${round(first + index * step)}">${escapeXml(line)}</tspan>`).join('')
  return `<text class="${className}" font-size="${fontSize}" text-anchor="middle" fill="var(--bpmn-text, #1d1d1b)">${spans}</text>`
}

export const round = (value: number): number => Math.round(value * 10) / 10
