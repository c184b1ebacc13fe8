// What every component of a page may need without being handed it: the language's words and the CSRF token.

import { type ComponentChildren, createContext } from 'preact'
import { type Lang, WORDS, type Words } from './words.ts'

export interface Surround {
  readonly lang: Lang
  readonly words: Words
  readonly csrf?: string
}

export const SurroundContext = createContext<Surround>({ lang: 'vi', words: WORDS.vi })

/** Renders with the surround of the page; the kit's way of reading context without hooks. */
export function With({ children }: { children: (surround: Surround) => ComponentChildren }) {
  return <SurroundContext.Consumer>{(surround: Surround) => <>{children(surround)}</>}</SurroundContext.Consumer>
}
