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
const RANGE = /^[[\](].*\.\..*[\])[]$/s

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
  if (RANGE.test(test)) return `((${input}) in (${test}))`
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
