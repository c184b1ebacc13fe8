// `npm run reorganise-2025 -- --dossiers 50000`: carries 1 July 2025 out over a loaded province of three tiers and says what came of it.

import { reorganise2025 } from '#main/reorg-2025/index.ts'

process.exitCode = await reorganise2025(process.argv.slice(2))
