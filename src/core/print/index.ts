// Prints the forms of the one-stop service as accessible PDF: checked data in, bytes out, the same bytes for the same data.
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import QRCode from 'qrcode'
import { z } from 'zod'
import { loadTinos } from './font.ts'
import { openPress } from './press.ts'
import { printable } from './printable.ts'
import { schemas, type TemplateData, type TemplateName } from './schemas.ts'

export type * from './schemas.ts'
export { schemas } from './schemas.ts'

/** The data do not fit the form, or the form cannot be set. A bug or a broken template, never the citizen's fault. */
export class PrintError extends Error {
  readonly template: string
  constructor(template: string, message: string, options?: ErrorOptions) {
    super(`Không in được mẫu «${template}»: ${message}`, options)
    this.name = 'PrintError'
    this.template = template
  }
}

export interface PrintOptions {
  /** Creation date written into the PDF; without it there is none. Never read from the clock. */
  readonly createdAt?: Date
}

export interface Printer {
  renderPdf<T extends TemplateName>(template: T, data: TemplateData<T>, options?: PrintOptions): Promise<Uint8Array>
}

/** A printer with the templates of a folder: a province may keep its own copy of packs/vn/templates. */
export function openPrinter(folder: string): Printer {
  const typeface = loadTinos()
  const press = openPress(folder, typeface.files)
  return {
    async renderPdf(template, data, { createdAt } = {}) {
      if (!Object.hasOwn(schemas, template)) throw new PrintError(template, 'không có mẫu này')
      const checked = schemas[template].safeParse(data)
      if (!checked.success) throw new PrintError(template, z.prettifyError(checked.error), { cause: checked.error })
      const { dossier } = checked.data
      const inputs = {
        data: JSON.stringify(printable(checked.data, typeface.has)),
        qr: dossier ? await qrSvg(dossier.trackingUrl) : '',
        dated: createdAt ? 'yes' : 'no',
      }
      // The compiler's memory is given back only when the event loop turns: without this turn a loop of prints grows by 200 kB a print.
      await setImmediate()
      try {
        return press.print(join(folder, `${template}.typ`), inputs, createdAt)
      } catch (error) {
        throw new PrintError(template, (error as Error).message, { cause: error })
      }
    },
  }
}

const qrSvg = (url: string) => QRCode.toString(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 })

let shared: Printer | undefined

/**
 * Prints `template` with `data` on A4 as the layout of NĐ 30/2020 asks: tagged PDF/UA-1, Tinos embedded, language vi.
 * Same arguments, same bytes. Throws PrintError naming the template and the faulty field or line.
 */
export const renderPdf: Printer['renderPdf'] = (template, data, options) => {
  shared ??= openPrinter(fileURLToPath(new URL('../../../packs/vn/templates', import.meta.url)))
  return shared.renderPdf(template, data, options)
}
