// `npm run simulate -- --days 22 --seed S`: lives a month of eleven one-stop centres on a database of its own and reconciles it.

import { simulate } from '#main/simulate/index.ts'

process.exitCode = await simulate(process.argv.slice(2))
