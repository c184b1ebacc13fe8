// The command line: start, server, worker, migrate, import, token, demo.

import { run } from '../src/main/cli.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0) // the reader, such as `head`, has had enough
})

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: Error) => {
    console.error(error.message)
    if (process.env['LOG_LEVEL'] === 'debug') console.error(error)
    process.exitCode = 1
  },
)
