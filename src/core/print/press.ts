// Turns a Typst file and its inputs into a PDF; the only file that knows the Typst compiler.
import { join } from 'node:path'
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler'

export interface Press {
  /** Lays these files (path inside the folder → bytes) over those of the folder, in place of those laid before. */
  lay(files: ReadonlyMap<string, Buffer>): void
  /** Sets `file` (or `source` in its place) with `inputs` (sys.inputs) as PDF/UA-1. Blocks for some milliseconds a page. Throws Error with Typst's own words. */
  print(file: string, inputs: Record<string, string>, createdAt?: Date, source?: string): Uint8Array
}

/** Results unused for this many prints are forgotten, so that a long-running worker keeps its size. */
const KEEP_FOR = 8

/** One compiler for the life of the process: starting it takes tens of milliseconds. `folder` is all that templates can read. */
export function openPress(folder: string, fonts: readonly Buffer[]): Press {
  const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: [...fonts] }] })
  return {
    lay(files) {
      compiler.resetShadow()
      for (const [path, bytes] of files) compiler.mapShadow(join(folder, path), bytes)
      compiler.evictCache(0)
    },
    // Synchronous from end to end: two callers can never be inside the compiler at once.
    print(file, inputs, createdAt, source) {
      if (source !== undefined) compiler.mapShadow(file, Buffer.from(source))
      const compiled = compiler.compile({ mainFilePath: file, inputs })
      const document = compiled.result
      if (!document) {
        const said = faults(compiler, compiled)
        if (source !== undefined) compiler.unmapShadow(file)
        throw new Error(said)
      }
      const stamp = createdAt && { creationTimestamp: Math.floor(createdAt.getTime() / 1000) }
      try {
        return compiler.pdf(document, { pdfStandard: PdfStandard.UA_1, ...stamp })
      } catch (error) {
        throw new Error(pdfFaults(error), { cause: error })
      } finally {
        if (source !== undefined) compiler.unmapShadow(file)
        compiler.evictCache(KEEP_FOR)
      }
    },
  }
}

function faults(compiler: NodeCompiler, compiled: ReturnType<NodeCompiler['compile']>): string {
  const error = compiled.takeDiagnostics()
  const found: { message: string; path: string; range?: { start: { line: number } } }[] = error ? compiler.fetchDiagnostics(error) : []
  return found.map((f) => `${f.message} (${f.path}${f.range ? `:${f.range.start.line + 1}` : ''})`).join('; ') || 'unknown Typst error'
}

// The PDF writer throws an Error whose `code` is a debug print of its diagnostics.
function pdfFaults(error: unknown): string {
  const raw = String((error as { code?: unknown }).code ?? error)
  return [...raw.matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map((m) => m[1]).join('; ') || raw
}
