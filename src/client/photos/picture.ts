// A photograph on the device: opened the right way up, shrunk, cut to its sheet, turned, and measured.

import { type Box, type Fault, faultOf, type Grey, measure, sheetIn } from './judge.ts'

/** Long side of what is kept: 170 dots an inch on A4, enough to read the smallest print of a paper. */
const LONG_SIDE = 2000
const JUDGED = 1600
const SEARCHED = 256
/** Bytes of one page at most; quality goes down until it fits. */
const PAGE_LIMIT = 1_000_000

export interface Picture {
  readonly name: string
  /** As opened and shrunk; kept packed, because ten open photographs are more than a cheap phone has memory for. */
  readonly base: Blob
  readonly sheet: Box | null
  cut: boolean
  /** Quarter turns to the right. */
  turn: number
}

type Canvas = HTMLCanvasElement

function canvasOf(width: number, height: number): { canvas: Canvas; draw: CanvasRenderingContext2D } {
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) })
  const draw = canvas.getContext('2d', { willReadFrequently: true })!
  // What is transparent in a PNG would be black in a JPEG.
  draw.fillStyle = '#fff'
  draw.fillRect(0, 0, canvas.width, canvas.height)
  draw.imageSmoothingQuality = 'high'
  return { canvas, draw }
}

const packed = (canvas: Canvas, quality: number): Promise<Blob> =>
  new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('toBlob'))), 'image/jpeg', quality))

/** Scaled so that the long side is at most `most`; step by step, or small print would drop out. */
function shrunk(source: ImageBitmap | Canvas, most: number): Canvas {
  let { width, height } = source
  let from: ImageBitmap | Canvas = source
  for (;;) {
    const scale = Math.max(0.5, Math.min(1, most / Math.max(width, height)))
    const { canvas, draw } = canvasOf(width * scale, height * scale)
    draw.drawImage(from, 0, 0, canvas.width, canvas.height)
    ;({ width, height } = canvas)
    from = canvas
    if (Math.max(width, height) <= most) return canvas
  }
}

function greyOf(canvas: Canvas): Grey {
  const { width, height } = canvas
  const { data } = canvas.getContext('2d', { willReadFrequently: true })!.getImageData(0, 0, width, height)
  const grey = new Uint8ClampedArray(width * height)
  for (let at = 0; at < grey.length; at++) grey[at] = data[at * 4]! * 0.299 + data[at * 4 + 1]! * 0.587 + data[at * 4 + 2]! * 0.114
  return { width, height, data: grey }
}

/** Opens a photograph, turned as its EXIF says. Null when this browser does not know the format (HEIC outside Apple's). */
export async function open(file: File): Promise<Picture | null> {
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return null
  }
  const small = shrunk(bitmap, LONG_SIDE)
  bitmap.close()
  const sheet = sheetIn(greyOf(shrunk(small, SEARCHED)))
  return { name: file.name, base: await packed(small, 0.92), sheet, cut: sheet !== null, turn: 0 }
}

/** The page as it will be sent: cut and turned. */
async function drawn({ base, sheet, cut, turn }: Picture): Promise<Canvas> {
  const bitmap = await createImageBitmap(base)
  const box = cut && sheet ? sheet : { left: 0, top: 0, width: 1, height: 1 }
  const [x, y, w, h] = [box.left * bitmap.width, box.top * bitmap.height, box.width * bitmap.width, box.height * bitmap.height]
  const { canvas, draw } = turn % 2 === 0 ? canvasOf(w, h) : canvasOf(h, w)
  draw.translate(canvas.width / 2, canvas.height / 2)
  draw.rotate((turn * Math.PI) / 2)
  draw.drawImage(bitmap, x, y, w, h, -w / 2, -h / 2, w, h)
  bitmap.close()
  return canvas
}

export interface Shown {
  readonly blob: Blob
  readonly fault: Fault | null
}

/** For the screen, with what the measures say of it. */
export async function show(picture: Picture): Promise<Shown> {
  const canvas = await drawn(picture)
  return { blob: await packed(shrunk(canvas, 480), 0.8), fault: faultOf(measure(greyOf(shrunk(canvas, JUDGED)))) }
}

export async function finished(picture: Picture): Promise<{ bytes: Uint8Array<ArrayBuffer>; width: number; height: number }> {
  const canvas = await drawn(picture)
  let blob = await packed(canvas, 0.8)
  for (let quality = 0.7; blob.size > PAGE_LIMIT && quality > 0.35; quality -= 0.1) blob = await packed(canvas, quality)
  return { bytes: new Uint8Array(await blob.arrayBuffer()), width: canvas.width, height: canvas.height }
}
