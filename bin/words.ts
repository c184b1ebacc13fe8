// Finds every Vietnamese sentence that a citizen's page can say and holds it against the English catalogue: `npm run words` writes what is missing.

import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync } from '@swc/core'

const root = join(import.meta.dirname, '..')
/** Where the sentences of citizens' pages stand; of modules the files that speak to them. */
const PLACES = [
  'src/web/portal', 'src/web/form', 'src/web/session', 'src/web/language', 'src/web/aloud', 'src/web/payments', 'src/web/errors.tsx', 'src/ui', 'src/core/fields', 'src/core/form',
  'src/core/text', 'src/core/errors.ts', 'src/modules/files', 'src/modules/identity', 'src/modules/org/became.ts',
  ...['schema', 'timeline', 'rules', 'actions', 'steps', 'pending', 'uploads', 'contest', 'queries', 'views-queries'].map((name) => `src/modules/dossiers/${name}.ts`),
  ...['schema', 'orders', 'queries'].map((name) => `src/modules/payments/${name}.ts`), ...['schema', 'rules', 'actions'].map((name) => `src/modules/appeals/${name}.ts`),
]
const APART = /\/core\/form\/build\/|\/stub\.ts$|\.test\.tsx?$|\/testing|\/gallery|\/words\.ts$|\/src\/client\//
const LETTERS = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/i

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value
const clean = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ')

/** JSX text as JSX reads it: lines trimmed, joined by one space. */
function jsxText(raw: string): string {
  const lines = raw.split('\n')
  return lines.map((line, at) => (at === 0 ? line : line.replace(/^\s+/, ''))).map((line, at) => (at === lines.length - 1 ? line : line.replace(/\s+$/, ''))).filter(Boolean).join(' ')
}

const isElement = (node: Node): boolean => node.type === 'JSXElement' || node.type === 'JSXFragment'

function holdsElement(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsElement)
  if (!isNode(value)) return typeof value === 'object' && value !== null && Object.values(value).some(holdsElement)
  return isElement(value) || Object.values(value).some(holdsElement)
}

/** The messages of a file: string literals, templates with `{}` for what changes, runs of JSX text with `{}` for what stands between. */
export function messagesOf(code: string, tsx: boolean): string[] {
  const found: string[] = []
  const add = (text: string, always = false): void => {
    const message = clean(text).trim()
    if (/\p{L}/u.test(message.replaceAll('{}', '')) && (always || LETTERS.test(message))) found.push(message)
  }
  const children = (list: readonly unknown[]): void => {
    let run = ''
    for (const child of list as Node[]) {
      if (child.type === 'JSXText') run += jsxText(child['value'] as string)
      else if (child.type === 'JSXExpressionContainer' && !holdsElement(child['expression'])) {
        const inner = child['expression'] as Node
        if (inner.type === 'JSXEmptyExpression') continue
        run += inner.type === 'StringLiteral' ? (inner['value'] as string) : '{}'
      } else {
        add(run, true)
        run = ''
      }
    }
    add(run, true)
  }
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (typeof value !== 'object' || value === null) return
    const node = value as Node
    if (node.type === 'ImportDeclaration' || node.type === 'RegExpLiteral') return
    if (node.type === 'StringLiteral') add(node['value'] as string)
    if (node.type === 'TemplateLiteral') add((node['quasis'] as { cooked?: string; raw: string }[]).map(({ cooked, raw }) => cooked ?? raw).join('{}'))
    if (isElement(node)) children(node['children'] as unknown[])
    for (const one of Object.values(node)) visit(one)
  }
  visit(parseSync(code, { syntax: 'typescript', tsx, target: 'es2022' }))
  return [...new Set(found)].filter((message) => message !== '{}')
}

function* filesOf(path: string): Generator<string> {
  if (!statSync(path, { throwIfNoEntry: false })) return
  if (statSync(path).isFile()) yield path
  else for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name))
}

/** Every message with the files that say it. */
export function allMessages(): Map<string, string[]> {
  const all = new Map<string, string[]>()
  for (const place of PLACES) {
    for (const file of filesOf(join(root, place))) {
      if (!/\.tsx?$/.test(file) || APART.test(file)) continue
      for (const message of messagesOf(readFileSync(file, 'utf8'), file.endsWith('x'))) all.set(message, [...(all.get(message) ?? []), relative(root, file)])
    }
  }
  return all
}

export const CATALOGUE = join(root, 'packs/vn/words/en.json')

if (import.meta.main) {
  const known = JSON.parse(readFileSync(CATALOGUE, 'utf8')) as Record<string, string>
  const all = allMessages()
  const missing = [...all].filter(([message]) => !(message in known))
  const stale = Object.keys(known).filter((message) => !all.has(message))
  const sorted = Object.fromEntries(Object.entries(known).filter(([message]) => all.has(message)).sort(([a], [b]) => a.localeCompare(b, 'vi')))
  if (process.argv.includes('--write')) writeFileSync(CATALOGUE, `${JSON.stringify(sorted, null, 1)}\n`)
  for (const [message, files] of missing) console.log(JSON.stringify({ message, in: files[0] }))
  console.error(`${all.size} câu; thiếu bản tiếng Anh: ${missing.length}; thừa: ${stale.length}${process.argv.includes('--write') ? ' (đã bỏ)' : ''}.`)
}
