// Prints the forms of the one-stop service as accessible PDF: checked data in, bytes out, the same bytes for the same data.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import QRCode from 'qrcode'
import { z } from 'zod'
import { code128Svg } from './barcode.ts'
import { loadTinos } from './font.ts'
import { openOverlay } from './overlay.ts'
import { forbiddenIn, sayTemplateFault, type TemplateFault, typstFaults } from './own.ts'
import { openPress, type Press } from './press.ts'
import { printable } from './printable.ts'
import { schemas, type TemplateData, type TemplateName } from './schemas.ts'
import { openTrial, type Trial, type TrialAnswer } from './trial.ts'

export type * from './schemas.ts'
export { schemas } from './schemas.ts'
export { LONGEST_TEMPLATE, sayTemplateFault, type TemplateFault } from './own.ts'
export { samples } from './samples.ts'
export type { TrialAnswer } from './trial.ts'
export { type ChosenForm, formFor, type FormSet } from './sets.ts'

/** The data do not fit the form, or the form cannot be set. A bug or a broken template, never the citizen's fault. */
export class PrintError extends Error {
  readonly template: string
  /** The field of the data at fault, when it is one: 'applicant.name', or the name a template asks for in vain. */
  readonly field: string | null
  /** Of a procedure's own template: every fault with its line. */
  readonly faults: readonly TemplateFault[]
  constructor(template: string, message: string, { field, faults, ...options }: ErrorOptions & { field?: string | null; faults?: readonly TemplateFault[] } = {}) {
    super(`Không in được mẫu «${template}»: ${message}`, options)
    this.name = 'PrintError'
    this.template = template
    this.field = field ?? null
    this.faults = faults ?? []
  }
}

export interface PrintOptions {
  /** Creation date written into the PDF; without it there is none. Never read from the clock. */
  readonly createdAt?: Date
  /** Words across every page: 'BẢN XEM TRƯỚC', 'ĐÃ HỦY'. */
  readonly mark?: string
  /** A line above the head of the first page: 'Bản in lại lúc 14:05 ngày 22/11/2026'. */
  readonly stamp?: string
  /** A template of the procedure's own, in place of the file of that name. */
  readonly source?: string
}

export interface Printer {
  renderPdf<T extends TemplateName>(template: T, data: TemplateData<T>, options?: PrintOptions): Promise<Uint8Array>
  /** The same in a process apart, under a time limit: for templates that nobody has tried yet. Faults instead of a throw. */
  tryPdf<T extends TemplateName>(template: T, data: TemplateData<T>, options?: PrintOptions): Promise<TrialAnswer>
}

/** The templates of the country's pack. */
export const PACK_TEMPLATES = fileURLToPath(new URL('../../../packs/vn/templates', import.meta.url))

/**
 * A printer with the templates of `folder`, over which lie those that the province keeps in `own` (missing: none).
 * A file changed in `own` counts from the next print on. The type-setter starts with the first print.
 */
export function openPrinter(folder: string, own?: string): Printer {
  const overlay = own === undefined ? null : openOverlay(own)
  let laid: ReadonlyMap<string, Buffer> = new Map()
  let press: Press | undefined
  let trial: Trial | undefined

  const has = (path: string): boolean => laid.has(path) || existsSync(join(folder, path))

  return {
    tryPdf: (template, data, options = {}) => (trial ??= openTrial(folder, own)).ask({ template, data, options }),
    async renderPdf(template, data, { createdAt, mark = '', stamp = '', source } = {}) {
      if (!Object.hasOwn(schemas, template)) throw new PrintError(template, 'không có mẫu này')
      const checked = schemas[template].safeParse(data)
      if (!checked.success) {
        const field = checked.error.issues[0]?.path.join('.') || null
        throw new PrintError(template, z.prettifyError(checked.error), { cause: checked.error, field })
      }
      const inputs = {
        data: JSON.stringify(printable(checked.data, typeface().has)), ...(await pictures(checked.data)), dated: createdAt ? 'yes' : 'no', mark, stamp,
      }
      // The compiler's memory is given back only when the event loop turns: without this turn a loop of prints grows by 200 kB a print.
      await setImmediate()
      press ??= openPress(folder, typeface().files)
      const changed = overlay?.changed()
      if (changed) press.lay((laid = changed))
      const set = 'formSet' in checked.data ? checked.data.formSet : null
      const file = set && has(join(set, `${template}.typ`)) ? join(set, `${template}.typ`) : `${template}.typ`
      if (source !== undefined) return printOwn(press, { folder, template, source, inputs, createdAt })
      try {
        return press.print(join(folder, file), inputs, createdAt)
      } catch (error) {
        throw new PrintError(template, inWords((error as Error).message), { cause: error, field: fieldOf((error as Error).message) })
      }
    },
  }
}

const OWN = 'own.typ'

/** Prints on a procedure's own template. Its faults name its lines. */
function printOwn(press: Press, { folder, template, source, inputs, createdAt }: { folder: string; template: string; source: string; inputs: Record<string, string>; createdAt?: Date }): Uint8Array {
  const forbidden = forbiddenIn(source)
  const fail = (faults: readonly TemplateFault[], cause?: unknown): never => {
    throw new PrintError(template, `mẫu riêng của thủ tục có lỗi. ${faults.map(sayTemplateFault).join(' ')}`, { cause, field: faults.find((one) => one.field)?.field ?? null, faults })
  }
  if (forbidden.length > 0) return fail(forbidden)
  try {
    return press.print(join(folder, OWN), inputs, createdAt, source)
  } catch (error) {
    return fail(typstFaults((error as Error).message, OWN), error)
  }
}

let tinos: ReturnType<typeof loadTinos> | undefined
const typeface = () => (tinos ??= loadTinos())

/** QR and bar codes as SVG: of the one dossier, or of every letter. */
async function pictures(data: object): Promise<{ qr: string; bar: string; bars: string }> {
  const dossier = 'dossier' in data ? (data.dossier as { code: string; trackingUrl: string } | null) : null
  const letters = 'letters' in data ? (data.letters as readonly { code: string }[]) : []
  return {
    qr: dossier ? await QRCode.toString(dossier.trackingUrl, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 }) : '',
    bar: dossier ? code128Svg(dossier.code) : '',
    bars: JSON.stringify(Object.fromEntries(letters.map(({ code }) => [code, code128Svg(code)]))),
  }
}

const MISSING = /does not contain (?:key|field) "([^"]+)"|unknown variable: (\S+)/

/** The field or name that a template asks for and nobody gives. */
const fieldOf = (fault: string): string | null => {
  const [, field, name] = MISSING.exec(fault) ?? []
  return field ?? name ?? null
}

/** Typst's own words stay, with what they mean for whoever keeps the template. */
function inWords(fault: string): string {
  const [, field, name] = MISSING.exec(fault) ?? []
  if (field) return `mẫu dùng trường «${field}» mà dữ liệu không có; sửa tên trường trong mẫu. ${fault}`
  return name ? `mẫu dùng tên «${name}» chưa được khai báo. ${fault}` : fault
}

let shared: Printer | undefined

/**
 * Prints `template` with `data` on the pack's own templates, as the layout of NĐ 30/2020 asks: tagged PDF/UA-1, Tinos embedded, language vi.
 * Same arguments, same bytes. Throws PrintError naming the template and the faulty field or line.
 */
export const renderPdf: Printer['renderPdf'] = (template, data, options) => (shared ??= openPrinter(PACK_TEMPLATES)).renderPdf(template, data, options)
