// Gives a rendered page in the second language: each sentence by the catalogue, what it does not know stays Vietnamese and is marked as such.

import type { Translator } from './catalogue.ts'
import { escapeHtml, opens, piecesOf, unescapeHtml } from './html.ts'

/** Attributes that a person reads or hears. */
const SPOKEN = /\s(aria-label|aria-description|title|placeholder|alt|label|data-words-[\w-]+)="([^"]*)"/g
/** Where no element can stand, so that nothing can be marked. */
const PLAIN_INSIDE: ReadonlySet<string> = new Set(['title', 'option', 'textarea', 'svg', 'text', 'tspan'])
/** Letters that only Vietnamese has. */
const VIETNAMESE = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/i

/** Parts of a page that keep their own language: what is in `lang`, what says `translate="no"`, and what somebody typed. */
const keeps = (tag: string): boolean => / lang="| translate="no"/.test(tag) && !/^<html/.test(tag)

/** A page of ours in the other language. Its `lang` attribute is the caller's affair. */
export function translatePage(html: string, translate: Translator): string {
  const stack: { name: string; kept: boolean }[] = []
  let out = ''
  for (const piece of piecesOf(html)) {
    const inside = stack.at(-1)
    if (piece.kind === 'tag') {
      const kept = inside?.kept === true || keeps(piece.text)
      if (piece.closes) {
        const at = stack.findLastIndex(({ name }) => name === piece.name)
        if (at >= 0) stack.length = at
      } else if (opens(piece)) stack.push({ name: piece.name, kept: kept || piece.name === 'textarea' })
      out += kept || piece.closes ? piece.text : spoken(piece.text, translate)
    } else out += inside?.kept ? piece.text : said(piece.text, translate, stack.some(({ name }) => PLAIN_INSIDE.has(name)))
  }
  return out
}

function spoken(tag: string, translate: Translator): string {
  const isButton = /^<input\b[^>]*\btype="(submit|button)"/.test(tag)
  const done = tag.replaceAll(SPOKEN, (whole, name: string, value: string) => {
    const answer = translate(unescapeHtml(value))
    return answer === null ? whole : ` ${name}="${escapeHtml(answer)}"`
  })
  return isButton ? done.replace(/\svalue="([^"]*)"/, (whole, value: string) => {
    const answer = translate(unescapeHtml(value))
    return answer === null ? whole : ` value="${escapeHtml(answer)}"`
  }) : done
}

function said(text: string, translate: Translator, plain: boolean): string {
  const [, before = '', body = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  if (!/\p{L}/u.test(body)) return text
  const answer = translate(unescapeHtml(body))
  if (answer !== null) return before + escapeHtml(answer) + after
  return plain || !VIETNAMESE.test(body) ? text : `${before}<span lang="vi">${body}</span>${after}`
}
