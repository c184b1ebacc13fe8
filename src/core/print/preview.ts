// Writes every form with its sample data to a folder and says how long a page takes: node src/core/print/preview.ts [folder]
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderPdf, type TemplateName } from './index.ts'
import { samples } from './samples.ts'

const folder = process.argv[2] ?? 'tmp/print'
const ROUNDS = 50
mkdirSync(folder, { recursive: true })

for (const name of Object.keys(samples) as TemplateName[]) {
  const data = samples[name] as never
  const cold = await timed(async () => writeFileSync(join(folder, `${name}.pdf`), await renderPdf(name, data)))
  const warm = await timed(async () => {
    for (let i = 0; i < ROUNDS; i++) await renderPdf(name, { ...(samples[name] as object), number: `${i}/TNHS` } as never)
  })
  console.log(`${name.padEnd(24)} first ${cold.toFixed(0).padStart(4)} ms   then ${(warm / ROUNDS).toFixed(1).padStart(5)} ms`)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
