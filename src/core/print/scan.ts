// Reads QR and bar codes off a picture with a foreign reader (zxing), so that tests can say what a scanner would read.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

let ready = false

/** 'QRCode https://…', 'Code128 H56.…' for every code on the picture (PNG), sorted. */
export async function codesIn(picture: Uint8Array): Promise<string[]> {
  if (!ready) {
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
    const wasmBinary = new Uint8Array(readFileSync(wasm)).buffer
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
    ready = true
  }
  const found = await readBarcodes(new Blob([new Uint8Array(picture)]), { formats: ['QRCode', 'Code128'], maxNumberOfSymbols: 50 })
  return found.map(({ format, text }) => `${format} ${text}`).sort()
}
