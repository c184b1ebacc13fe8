// The command line: start, server, worker, migrate, import, token, demo.

import { run } from '../src/main/cli.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0) // the reader, such as `head`, has had enough
})

/** Ends once all is said, whatever timer a library has left running. */
const end = (code: number) => process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))

run(process.argv.slice(2)).then(end, (error: Error) => {
  console.error(process.env['LOG_LEVEL'] === 'debug' ? error : error.message)
  end(1)
})
