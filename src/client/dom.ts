// The few gestures all parts of the script share.

export const all = <E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E[] => [
  ...within.querySelectorAll<E>(selector),
]

/** Listens on the document, for elements that match now or later. */
export function on<K extends keyof DocumentEventMap, E extends Element = HTMLElement>(
  type: K,
  selector: string,
  act: (element: E, event: DocumentEventMap[K]) => void,
): void {
  document.addEventListener(type, (event) => {
    const element = event.target instanceof Element ? event.target.closest<E>(selector) : null
    if (element) act(element, event)
  })
}

/** A new element with its properties. */
export const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] => Object.assign(document.createElement(tag), properties)

/** The answers of a form as they would be posted, without files. */
export function answers(form: HTMLFormElement): URLSearchParams {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
  return body
}
