// Finds the figures on a page that name no rule: a sum, a term or a due date, with no link to its rule in its own row, line or column.

interface Node {
  readonly tag: string
  readonly attributes: string
  readonly children: (Node | string)[]
  readonly parent: Node | null
}

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr', 'path', 'rect', 'circle', 'use'])

/** Our pages are well formed, so a stack is enough. */
function parse(html: string): Node {
  const root: Node = { tag: 'root', attributes: '', children: [], parent: null }
  let at = root
  for (const [, close, tag, attributes = '', text] of html.matchAll(/<(\/)?([a-zA-Z][\w-]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*\/?>|([^<]+)/g)) {
    if (text !== undefined) at.children.push(text)
    else if (close) for (let up: Node | null = at; up; up = up.parent) {
      if (up.tag === tag!.toLowerCase()) { at = up.parent ?? root; break }
    }
    else {
      const node: Node = { tag: tag!.toLowerCase(), attributes, children: [], parent: at }
      at.children.push(node)
      if (!VOID.has(node.tag)) at = node
    }
  }
  return root
}

const texts = (node: Node): string => node.children.map((child) => (typeof child === 'string' ? child : texts(child))).join('')
const marked = (node: Node): boolean => /\sdata-(rule|figure)=/.test(node.attributes) || node.children.some((child) => typeof child !== 'string' && marked(child))

/** A sum of money, a term, or a due date said as one. */
const FIGURE = /\d[\d.]*\s?(đ|đồng)(?!\p{L})|\d+([.,]\d+)?\s(giờ|ngày) làm việc(?!\p{L})|(hẹn trả|trả lời trước|chậm nhất|hạn trả lời)[^.;]{0,40}\d{1,2}\/\d{1,2}\/\d{4}/iu
const HOLDERS = new Set(['li', 'p', 'tr', 'div', 'dd', 'dt', 'h1', 'h2', 'h3', 'caption', 'section', 'summary', 'label'])
/** Words of people, history, and forms that are being filled in say figures that are no promise of ours. */
const SKIPPED = /\sclass="[^"]*\b(timeline|answers|choices|q|foot|rail|nav|flash|btn)\b/

/** The column's head of a cell, when the table has one. */
function headOf(cell: Node): Node | null {
  const row = cell.parent!
  let table: Node | null = row
  while (table && table.tag !== 'table') table = table.parent
  const index = row.children.filter((child) => typeof child !== 'string').indexOf(cell)
  const find = (node: Node): Node | null => node.tag === 'thead' ? node : node.children.reduce<Node | null>((found, child) => found ?? (typeof child === 'string' ? null : find(child)), null)
  const head = table && find(table)
  const heads = head ? head.children.flatMap((child) => (typeof child === 'string' ? [] : child.children.filter((one): one is Node => typeof one !== 'string'))) : []
  return heads[index] ?? null
}

/** The nearest line, row or paragraph, and whether anything in it leads to a rule. */
function excused(node: Node): boolean {
  for (let up: Node | null = node; up; up = up.parent) {
    if (/\sdata-(rule|figure)=/.test(up.attributes) || SKIPPED.test(up.attributes) || ['header', 'footer', 'nav', 'form', 'head', 'svg', 'style', 'script', 'title', 'time-line'].includes(up.tag)) return true
    if (up.tag === 'td' || up.tag === 'th') {
      const head = headOf(up)
      if (marked(up) || (head && marked(head))) return true
      let wide: Node | null = up // a whole table may stand under one rule
      while (wide && !/\sdata-(rule|figure)=/.test(wide.attributes)) wide = wide.parent
      return wide !== null
    }
    if (HOLDERS.has(up.tag) && marked(up)) return up.tag !== 'section' && texts(up).length < 900
  }
  return false
}

/** What each unmarked figure says, with the words around it. */
export function unmarked(html: string): string[] {
  const found: string[] = []
  const look = (node: Node): void => {
    if (['style', 'script', 'svg', 'title', 'head'].includes(node.tag)) return
    for (const child of node.children) {
      if (typeof child !== 'string') look(child)
      else if (FIGURE.test(child) && !excused(node)) found.push(child.trim().replace(/\s+/g, ' ').slice(0, 120))
    }
    // a figure broken over elements: "<b>8</b> giờ làm việc"
  }
  look(parse(html))
  return found
}
