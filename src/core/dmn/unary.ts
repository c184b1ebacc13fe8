// Unary tests (the cells under an input) rewritten as one FEEL condition each, so that they are compiled once like all our FEEL.

/** Pieces of a text outside quotes and brackets, cut at top-level commas. */
function pieces(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (sign === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++
    } else if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign)) depth--
    else if (sign === ',' && depth === 0) {
      found.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...found, text.slice(from)].map((piece) => piece.trim())
}

/** Whether the bracket that `text` opens with is closed by its last sign. */
function wraps(text: string, open: number): boolean {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    const sign = text[at]!
    if (sign === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++
    } else if (sign === '(') depth++
    else if (sign === ')' && --depth === 0) return at === text.length - 1
  }
  return false
}

const CONSTANT = /^(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|date\("[^"]*"\)|time\("[^"]*"\)|duration\("[^"]*"\))$/

/** `[1..3)`, and not a condition in brackets that has a range somewhere in it. */
function isRange(test: string): boolean {
  if (!/^[[\](].*[\])[]$/s.test(test)) return false
  const inner = test.slice(1, -1)
  let depth = 0
  for (const { 0: sign } of inner.matchAll(/"(?:[^"\\]|\\.)*"|\.\.|[([{]|[)\]}]/g)) {
    if (sign === '..' && depth === 0) return true
    if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign)) depth--
  }
  return false
}

/** The `?` of a test, outside texts, is the input itself. */
function inPlaceOfMark(test: string, input: string): string | null {
  let met = false
  const said = test.replace(/"(?:[^"\\]|\\.)*"|\?/g, (sign) => {
    if (sign !== '?') return sign
    met = true
    return `(${input})`
  })
  return met ? said : null
}

function condition(test: string, input: string): string {
  const marked = inPlaceOfMark(test, input)
  if (marked !== null) return `(${marked})`
  if (test === 'null') return `((${input}) = null)`
  const compared = /^(<=|>=|!=|<|>|=)\s*(.+)$/s.exec(test)
  if (compared) return `((${input}) ${compared[1]} (${compared[2]}))`
  if (CONSTANT.test(test)) return `((${input}) = ${test})`
  if (isRange(test)) return `((${input}) in (${test}))`
  // An expression: a condition by itself, a list that may hold the input, or a value it may equal.
  return `(if (${test}) instance of boolean and not((${input}) instance of boolean) then (${test}) else (${input}) in (${test}))`
}

/** `'> 5, [1..3]'` over the input `x` → `((x) > (5)) or ((x) in ([1..3]))`. '-' and nothing at all are always true. */
export function unaryCondition(tests: string, input: string): string {
  const text = tests.trim()
  if (text === '' || text === '-') return 'true'
  const negated = /^not\s*\(/.exec(text)
  if (negated && wraps(text, negated[0].length - 1)) return `not(${anyOf(text.slice(negated[0].length, -1), input)})`
  return anyOf(text, input)
}

const anyOf = (text: string, input: string): string => `(${pieces(text).map((test) => condition(test, input)).join(' or ')})`

/** Whether a test is a comparison, a constant or a range, and no expression of its own. */
export const isConstantTest = (test: string): boolean => test === 'null' || /^(<=|>=|!=|<|>|=)\s*(.+)$/s.test(test) || CONSTANT.test(test) || isRange(test)

/** The tests of a cell apart; null where the cell lets everything in. */
export function readTests(tests: string): { readonly negated: boolean; readonly pieces: readonly string[] | null } {
  const text = tests.trim()
  if (text === '' || text === '-') return { negated: false, pieces: null }
  const negated = /^not\s*\(/.exec(text)
  if (negated && wraps(text, negated[0].length - 1)) return { negated: true, pieces: pieces(text.slice(negated[0].length, -1)) }
  return { negated: false, pieces: pieces(text) }
}
