// Tests run on real PostgreSQL: one embedded server for the whole run, a fresh database for each file that asks.
// Three rooms: `fast` for rules and modules, `platform` for the whole house without a person, `journeys` for a person in a browser.
import { defineConfig } from 'vitest/config'

const shared = {
  globalSetup: ['test/support/postgres.ts'],
  testTimeout: 30_000,
  hookTimeout: 90_000,
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    maxWorkers: 2,
    projects: [
      { extends: true, test: { ...shared, name: 'fast', include: ['src/core/**/*.test.ts', 'src/modules/**/*.test.ts', 'src/main/**/*.test.ts', 'test/arch/**/*.test.ts', 'test/data-pack/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          ...shared, name: 'platform', testTimeout: 60_000,
          include: ['src/{ui,client,web,twins}/**/*.test.{ts,tsx}', 'test/{walk,api,portal,desk,policy,bad-days,catalogue,reorg,rules}/**/*.test.{ts,tsx}'],
        },
      },
      // people in a browser, two at a time; then, alone, what is started and killed as a process of its own
      { extends: true, test: { ...shared, name: 'journeys', testTimeout: 120_000, sequence: { groupOrder: 1 }, include: ['test/journeys/**/*.test.ts'] } },
      { extends: true, test: { ...shared, name: 'running', testTimeout: 120_000, fileParallelism: false, sequence: { groupOrder: 2 }, include: ['test/running/**/*.test.ts'] } },
    ],
  },
})
