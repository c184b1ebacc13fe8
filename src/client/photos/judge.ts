// Whether a photograph of a paper can be read: measured on its grey picture, block by block, before anything is sent. Pure.

export interface Grey {
  readonly width: number
  readonly height: number
  /** Luminance, row by row. */
  readonly data: Uint8ClampedArray | Uint8Array
}

export interface Measure {
  /** Luminance that a tenth of the picture exceeds: the paper's, when there is one. */
  readonly light: number
  /** Share of blocks with anything on them. */
  readonly drawn: number
  /** How steep the drawn blocks are against their own contrast, in the best fifth of them; near 0 when everything is smeared. */
  readonly sharp: number
}

export type Fault = 'dark' | 'blank' | 'blurred'

const BLOCK = 16
/** What lies along the edge (shadow, table, fingers) says nothing of the page. */
const RIM = 0.03
/** Standard deviation of luminance above which a block has something on it; grain and shadow stay below. */
const DRAWN = 9

/** Measured on pictures of text: sharp ones lie above 0.5, ones that cannot be read below 0.1 (photos.test.ts). */
export const LIMITS = { light: 90, drawn: 0.004, sharp: 0.2 } as const

export function measure({ width, height, data }: Grey): Measure {
  const tall = new Uint32Array(256)
  for (const value of data) tall[value] = (tall[value] ?? 0) + 1
  const sharpness: number[] = []
  let blocks = 0
  const [across, down] = [Math.max(1, Math.round(width * RIM)), Math.max(1, Math.round(height * RIM))]
  for (let top = down; top + BLOCK < height - down; top += BLOCK) {
    for (let left = across; left + BLOCK < width - across; left += BLOCK) {
      blocks++
      const { deviation, steepness } = block(data, width, left, top)
      if (deviation > DRAWN) sharpness.push(steepness)
    }
  }
  sharpness.sort((a, b) => b - a)
  return {
    light: brightest(tall, data.length / 10),
    drawn: blocks === 0 ? 0 : sharpness.length / blocks,
    sharp: sharpness[Math.floor(sharpness.length / 5)] ?? 0,
  }
}

function brightest(tall: Uint32Array, share: number): number {
  let above = 0
  for (let value = 255; value > 0; value--) {
    above += tall[value] ?? 0
    if (above >= share) return value
  }
  return 0
}

/** Deviation of luminance, and variance of the Laplacian in parts of that of luminance. */
function block(data: Grey['data'], width: number, left: number, top: number): { deviation: number; steepness: number } {
  let [sum, squares, laplace, laplaceSquares] = [0, 0, 0, 0]
  for (let y = top; y < top + BLOCK; y++) {
    for (let x = left; x < left + BLOCK; x++) {
      const at = y * width + x
      const here = data[at]!
      const bend = data[at - 1]! + data[at + 1]! + data[at - width]! + data[at + width]! - 4 * here
      sum += here
      squares += here * here
      laplace += bend
      laplaceSquares += bend * bend
    }
  }
  const n = BLOCK * BLOCK
  const variance = squares / n - (sum / n) ** 2
  const bends = laplaceSquares / n - (laplace / n) ** 2
  return { deviation: Math.sqrt(Math.max(variance, 0)), steepness: bends / Math.max(variance, 1) }
}

/** What keeps the page from being read, the first that holds; null when it can be read. */
export function faultOf({ light, drawn, sharp }: Measure): Fault | null {
  if (light < LIMITS.light) return 'dark'
  if (drawn < LIMITS.drawn) return 'blank'
  return sharp < LIMITS.sharp ? 'blurred' : null
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Threshold that parts the picture best into dark and light (Otsu). */
function parting(data: Grey['data']): number {
  const tall = new Float64Array(256)
  for (const value of data) tall[value]! += 1
  const all = data.length
  const total = tall.reduce((sum, count, value) => sum + count * value, 0)
  let [below, belowSum, best, at] = [0, 0, 0, 127]
  for (let value = 0; value < 256; value++) {
    below += tall[value]!
    belowSum += tall[value]! * value
    const above = all - below
    if (below === 0 || above === 0) continue
    const between = below * above * (belowSum / below - (total - belowSum) / above) ** 2
    if (between > best) [best, at] = [between, value]
  }
  return at
}

/** Longest run of places where `share` is at least half: from, to (exclusive). */
function run(share: readonly number[]): [number, number] {
  let best: [number, number] = [0, 0]
  let from = -1
  for (let at = 0; at <= share.length; at++) {
    if (at < share.length && share[at]! >= 0.5) {
      if (from < 0) from = at
    } else if (from >= 0) {
      if (at - from > best[1] - best[0]) best = [from, at]
      from = -1
    }
  }
  return best
}

/** The light sheet on a darker table, in parts of the picture (0–1); null when there is no such edge, or nothing to cut. */
export function sheetIn({ width, height, data }: Grey): Box | null {
  const limit = parting(data)
  const isLight = (x: number, y: number) => (data[y * width + x]! > limit ? 1 : 0)
  const range = (n: number) => Array.from({ length: n }, (_, i) => i)
  const rows = range(height).map((y) => range(width).reduce((sum, x) => sum + isLight(x, y), 0) / width)
  // Lines of text darken a row by little; the sheet's own width against the picture's sets the measure.
  const widest = Math.max(...rows)
  const [top, bottom] = run(rows.map((share) => share / widest))
  const tall = bottom - top
  if (tall === 0) return null
  const columns = range(width).map((x) => range(tall).reduce((sum, i) => sum + isLight(x, top + i), 0) / tall)
  const [left, right] = run(columns)
  const [inside, outside] = means({ width, height, data }, { left, top, right, bottom })
  const share = ((right - left) * tall) / (width * height)
  if (share < 0.2 || share > 0.97 || inside - outside < 40) return null
  // A little inside, or a line of the table would stay along the edge.
  const [x, y] = [Math.max(1, width / 100), Math.max(1, height / 100)]
  return { left: (left + x) / width, top: (top + y) / height, width: (right - left - 2 * x) / width, height: (tall - 2 * y) / height }
}

function means({ width, height, data }: Grey, box: { left: number; top: number; right: number; bottom: number }): [number, number] {
  const sums = [0, 0]
  const counts = [0, 0]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const side = y >= box.top && y < box.bottom && x >= box.left && x < box.right ? 0 : 1
      sums[side]! += data[y * width + x]!
      counts[side]! += 1
    }
  }
  return [sums[0]! / Math.max(counts[0]!, 1), sums[1]! / Math.max(counts[1]!, 1)]
}
