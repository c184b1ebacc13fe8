// The whole proof: what `npm test` runs. Installs the system programs that the tests look with, or names them.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

const NEEDED = [
  { program: '/usr/bin/chromium', debian: 'chromium', why: 'thử màn hình trong trình duyệt thật' },
  { program: '/usr/bin/pdftotext', debian: 'poppler-utils', why: 'đọc lại các bản in PDF' },
] as const
/** Makes browsers in tests about twice as quick; without it the whole Chromium serves. */
const QUICKER = { program: '/usr/bin/chromium-headless-shell', debian: 'chromium-headless-shell' } as const

function ensurePrograms(): void {
  const lacking = [...NEEDED, QUICKER].filter((one) => !existsSync(one.program))
  if (lacking.length === 0) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(`Cài gói Debian để kiểm thử: ${lacking.map((one) => one.debian).join(', ')}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env })
    // one by one: a package that is not to be had keeps none of the others away
    for (const { debian } of lacking) spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debian], { stdio: ['ignore', 'ignore', 'inherit'], env })
  }
  const still = NEEDED.filter((one) => !existsSync(one.program))
  if (still.length === 0) return
  console.error('Máy còn thiếu chương trình để kiểm thử:')
  for (const one of still) console.error(`  ${one.debian} (${one.why})`)
  console.error(`Trên Debian: sudo apt-get install ${still.map((one) => one.debian).join(' ')}`)
  process.exit(1)
}

function run(name: string, args: readonly string[]): void {
  console.log(`\n── ${name}`)
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) {
    console.error(`\n✗ ${name}`)
    process.exit(done.status ?? 1)
  }
}

ensurePrograms()
const local = (...path: string[]) => join(root, 'node_modules', ...path)
run('Kiểu', [local('typescript/bin/tsc'), '-p', '.'])
run('Văn phong mã', [local('@biomejs/biome/bin/biome'), 'lint', '.', '--diagnostic-level=error'])
run('Kiểu của cơ sở dữ liệu', ['--import', 'tsx', 'bin/db-types.ts', '--check'])
run('Từ điển', ['--import', 'tsx', 'bin/glossary.ts', '--check'])
run('Kiểm thử', [local('vitest/vitest.mjs'), 'run', ...process.argv.slice(2)])
console.log('\n✓ Tất cả đều đạt.')
