// The process in which templates are tried: asked over its channel, it answers with a PDF or with the template's faults.

import { openPrinter, PrintError } from './index.ts'
import type { TrialAnswer, TrialQuestion } from './trial.ts'

const [folder = '', own = ''] = process.argv.slice(2)
const printer = openPrinter(folder, own || undefined)

process.on('message', async ({ template, data, options }: TrialQuestion) => {
  let answer: TrialAnswer
  try {
    answer = { pdf: await printer.renderPdf(template as 'result', data as never, options) }
  } catch (error) {
    const faults = error instanceof PrintError ? error.faults : []
    answer = { faults: faults.length > 0 ? faults : [{ line: null, message: error instanceof Error ? error.message : String(error), field: null }] }
  }
  process.send!(answer)
})
process.send!('ready')
