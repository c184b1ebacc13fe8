// The browser that tests look with: Debian's Chromium without its own windows where it is installed, which starts and turns pages in half the time; else the whole one.

import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const SHELL = '/usr/bin/chromium-headless-shell'
export const CHROMIUM = existsSync(SHELL) ? SHELL : '/usr/bin/chromium'
export const hasChromium = existsSync(CHROMIUM)

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] })
