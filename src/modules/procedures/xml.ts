// Writes XML trees as indented text; no more than what a drawing needs.

export type Attributes = Readonly<Record<string, string | number | undefined>>

export interface Xml {
  readonly tag: string
  readonly attributes: Attributes
  /** Elements, or one text. */
  readonly inner: readonly Xml[] | string
}

/** An element; attributes that are undefined are not written. */
export const xml = (tag: string, attributes: Attributes = {}, inner: readonly Xml[] | string = []): Xml => ({ tag, attributes, inner })

/** The element as text, two spaces a level. Texts stay on the line of their element, so that no white space is added to them. */
export function xmlText(node: Xml, indent = ''): string {
  const attributes = Object.entries(node.attributes).flatMap(([name, value]) =>
    value === undefined ? [] : ` ${name}="${escaped(String(value))}"`,
  )
  const open = `${indent}<${node.tag}${attributes.join('')}`
  if (typeof node.inner === 'string') return `${open}>${escaped(node.inner)}</${node.tag}>`
  if (node.inner.length === 0) return `${open} />`
  return [`${open}>`, ...node.inner.map((child) => xmlText(child, `${indent}  `)), `${indent}</${node.tag}>`].join('\n')
}

// Control characters cannot stand in XML 1.0 at all; line breaks inside attributes would be read back as spaces.
const escaped = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replace(/[&<>"\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)
