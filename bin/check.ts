// The quick look before a commit: types, lint, drift of the generated types, walls and fast tests. Under a minute.

import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const local = (...path: string[]) => join(root, 'node_modules', ...path)
const node = process.execPath

interface Look {
  readonly name: string
  readonly command: readonly string[]
}

const LOOKS: readonly Look[] = [
  { name: 'kiểu (tsc)', command: [node, local('typescript/bin/tsc'), '-p', '.'] },
  { name: 'văn phong mã (biome)', command: [node, local('@biomejs/biome/bin/biome'), 'lint', '.', '--diagnostic-level=error'] },
  { name: 'db/types.ts khớp db/migrations', command: [node, '--import', 'tsx', 'bin/db-types.ts', '--check'] },
  { name: 'GLOSSARY.md khớp docs/glossary.yml', command: [node, '--import', 'tsx', 'bin/glossary.ts', '--check'] },
  { name: 'tường nhà và kiểm thử nhanh (vitest)', command: [node, local('vitest/vitest.mjs'), 'run', '--project', 'fast', '--reporter', 'default', '--silent'] },
]

function look({ name, command }: Look): Promise<boolean> {
  const began = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command[0]!, command.slice(1), { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0' } })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('close', (code) => {
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} giây)`)
      if (code !== 0) console.log(output.trimEnd())
      resolve(code === 0)
    })
  })
}

// Two at a time: the tests on one core, the rest one after the other on the other.
const [tests] = LOOKS.slice(-1)
const rest = async (): Promise<boolean> => {
  let good = true
  for (const one of LOOKS.slice(0, -1)) good = (await look(one)) && good
  return good
}
const results = await Promise.all([look(tests!), rest()])
process.exitCode = results.every(Boolean) ? 0 : 1
