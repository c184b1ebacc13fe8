// Heavy editors are built when asked for, served under a digest, and need nothing that the CSP forbids.

import { expect, test } from 'vitest'
import { HEAVY_ENTRIES, heavy } from './heavy.ts'

test.each(Object.keys(HEAVY_ENTRIES))('the editor %s is built once and lies where its name points', async (name) => {
  const script = HEAVY_ENTRIES[name]!.some((entry) => /\.tsx?$/.test(entry))
  const js = await heavy(script ? `${name}.js` : `${name}.css`)
  expect(js).toMatchObject({ at: expect.stringMatching(new RegExp(`^/assets/heavy/${name}\\.[\\w-]{10}\\.(js|css)$`)) })
  const at = (js as { at: string }).at
  expect(await heavy(script ? `${name}.js` : `${name}.css`)).toEqual(js)
  const file = await heavy(at.slice('/assets/heavy/'.length))
  expect(file && 'file' in file && file.file.body.length).toBeGreaterThan(400)

  const css = await heavy(`${name}.css`)
  const style = await heavy((css as { at: string }).at.slice('/assets/heavy/'.length))
  const text = style && 'file' in style ? style.file.body.toString() : ''
  expect(text).not.toMatch(/url\(["']?data:(font|application)/) // the CSP lets fonts come from us only
  for (const [, url] of text.matchAll(/url\(["']?(\/assets\/heavy\/[^"')?#]+)/g)) {
    expect(await heavy(url!.slice('/assets/heavy/'.length))).toHaveProperty('file')
  }
}, 30_000)

test('an address of yesterday leads to what there is today, a stranger to nothing', async () => {
  expect(await heavy('process.AAAAAAAAAA.js')).toEqual(await heavy('process.js'))
  expect(await heavy('other.js')).toBeNull()
  expect(await heavy('constructor.js')).toBeNull()
  expect(await heavy('../assets.ts')).toBeNull()
}, 30_000)
