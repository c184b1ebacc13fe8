// What of a page is worth hearing: its main part, section by section, in words a voice says well.

import { piecesOf, unescapeHtml } from '../language/html.ts'

export interface Section {
  /** The heading it stands under. */
  readonly title: string
  readonly text: string
}

/** Where a sentence ends even without a full stop. */
const BLOCKS: ReadonlySet<string> = new Set(['p', 'li', 'tr', 'dt', 'dd', 'h1', 'h2', 'h3', 'legend', 'label', 'div', 'section', 'summary', 'button', 'option', 'time'])
/** Nothing to hear in here; scripts and styles are whole pieces of their own. */
const SILENT: ReadonlySet<string> = new Set(['svg', 'nav', 'select', 'textarea', 'iframe', 'template'])

/** The sections of a rendered page, in order; what stands before the second heading belongs to the first. */
export function sectionsOf(html: string): Section[] {
  const found: { title: string; lines: string[] }[] = []
  let silent = 0
  let inMain = false
  let heading = false
  let line = ''
  const end = () => {
    const text = line.replaceAll(/\s+/g, ' ').trim()
    line = ''
    if (!text || !/[\p{L}\d]/u.test(text)) return
    if (heading || found.length === 0) found.push({ title: text, lines: [] })
    else found.at(-1)!.lines.push(text)
  }
  for (const piece of piecesOf(html)) {
    if (piece.kind === 'text') {
      if (inMain && silent === 0) line += unescapeHtml(piece.text)
      continue
    }
    if (piece.name === 'main') inMain = !piece.closes
    if (SILENT.has(piece.name) && !piece.text.endsWith('/>')) silent = Math.max(0, silent + (piece.closes ? -1 : 1))
    if (!BLOCKS.has(piece.name)) continue
    end()
    heading = (piece.name === 'h1' || piece.name === 'h2') && !piece.closes
  }
  end()
  return found.map(({ title, lines }) => ({ title, text: lines.join('\n') }))
}

const SHORT: Readonly<Record<string, string>> = {
  UBND: 'Ủy ban nhân dân', HĐND: 'Hội đồng nhân dân', TTHC: 'thủ tục hành chính', CCCD: 'căn cước công dân', BHYT: 'bảo hiểm y tế', 'NĐ-CP': 'nghị định Chính phủ',
}
const SHORT_FORMS = new RegExp(`(?<![\\p{L}\\d])(${Object.keys(SHORT).join('|')})(?![\\p{L}\\d])`, 'gu')
const DONG = /(\d)\s?đ(?=\s|$|[.,;)])/g

/** A sentence as a voice should read it: short forms written out, dates and amounts in full. */
export function spelled(text: string, lang: 'vi' | 'en'): string {
  const plain = text
    .replaceAll(/(\d)\.(?=\d{3}(?!\d))/g, '$1')
    .replaceAll(/\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g, (_whole, day: string, month: string, year: string) =>
      lang === 'vi' ? `ngày ${Number(day)} tháng ${Number(month)} năm ${year}` : `${Number(day)}/${Number(month)}/${year}`)
    .replaceAll(/(?<!\d)(\d{1,2}):(\d{2})(?!\d)/g, (_whole, hour: string, minute: string) =>
      lang === 'vi' ? `${Number(hour)} giờ${minute === '00' ? '' : ` ${Number(minute)}`}` : `${Number(hour)}:${minute}`)
    .replaceAll(/ngày ngày/gi, 'ngày')
  return lang === 'vi' ? plain.replaceAll(SHORT_FORMS, (short) => SHORT[short]!).replaceAll(DONG, '$1 đồng') : plain
}

/** All that is said of a section, each line a sentence. */
export const spoken = ({ title, text }: Section, lang: 'vi' | 'en'): string =>
  [title, ...text.split('\n')].map((line) => spelled(line, lang)).map((line) => (/[.!?…:;]$/.test(line) ? line : `${line}.`)).join('\n')
