// Figures of equal width: Be Vietnam Pro has none, so its ten digits are set on one width as a tiny font of their own, made at start.

import { inflateSync } from 'node:zlib'

type Tables = ReadonlyMap<string, Buffer>

const DIGITS = Array.from({ length: 10 }, (_, i) => 0x30 + i)

/** Tables of a WOFF 1.0 file (W3C WOFF File Format 1.0, §4–5). */
function unpack(woff: Buffer): Tables {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('Tệp phông chữ không phải WOFF 1.0.')
  const tables = new Map<string, Buffer>()
  for (let at = 44, i = 0; i < woff.readUInt16BE(12); i++, at += 20) {
    const [offset, packed, length] = [woff.readUInt32BE(at + 4), woff.readUInt32BE(at + 8), woff.readUInt32BE(at + 12)]
    const data = woff.subarray(offset, offset + packed)
    tables.set(woff.toString('latin1', at, at + 4), packed < length ? inflateSync(data) : data)
  }
  return tables
}

function table(tables: Tables, tag: string): Buffer {
  const found = tables.get(tag)
  if (!found) throw new Error(`Phông chữ thiếu bảng ${tag}.`)
  return found
}

/** Glyph of each digit, from the format 4 subtable of the character map. */
function glyphIds(cmap: Buffer): readonly number[] {
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, i) => cmap.subarray(cmap.readUInt32BE(8 + i * 8)))
  const map = subtables.find((one) => one.readUInt16BE(0) === 4)
  if (!map) throw new Error('Phông chữ thiếu bảng mã định dạng 4.')
  const segments = map.readUInt16BE(6) / 2
  return DIGITS.map((code) => {
    let i = 0
    while (map.readUInt16BE(14 + i * 2) < code) i++
    const start = map.readUInt16BE(16 + segments * 2 + i * 2)
    const delta = map.readUInt16BE(16 + segments * 4 + i * 2)
    const at = 16 + segments * 6 + i * 2
    const range = map.readUInt16BE(at)
    return range === 0 ? (code + delta) & 0xffff : map.readUInt16BE(at + range + (code - start) * 2)
  })
}

/** A simple glyph moved sideways and freed of its hinting: only its box and its first point name absolute places. */
function moved(glyph: Buffer, by: number): Buffer {
  const contours = glyph.readInt16BE(0)
  if (contours < 1) throw new Error('Chữ số trong phông là hình ghép; chưa hỗ trợ.')
  const head = Buffer.from(glyph.subarray(0, 10 + contours * 2))
  head.writeInt16BE(head.readInt16BE(2) + by, 2)
  head.writeInt16BE(head.readInt16BE(6) + by, 6)
  const body = glyph.subarray(12 + contours * 2 + glyph.readUInt16BE(10 + contours * 2))
  const [SHORT, REPEAT, SAME] = [2, 8, 16]
  const flag = body.readUInt8(0)
  const repeats = flag & REPEAT ? body.readUInt8(1) : 0
  const bare = flag & ~REPEAT
  const first = [bare & ~SHORT & ~SAME, ...(repeats > 1 ? [bare | REPEAT, repeats - 1] : repeats === 1 ? [bare] : [])]
  const restOfFlags = flag & REPEAT ? 2 : 1
  // The last contour's end is the number of points less one: the first is spoken for.
  let points = head.readUInt16BE(8 + contours * 2) - repeats
  let end = restOfFlags
  while (points > 0) {
    points -= 1 + (body.readUInt8(end) & REPEAT ? body.readUInt8(end + 1) : 0)
    end += body.readUInt8(end) & REPEAT ? 2 : 1
  }
  const size = flag & SHORT ? 1 : flag & SAME ? 0 : 2
  const x = flag & SHORT ? body.readUInt8(end) * (flag & SAME ? 1 : -1) : flag & SAME ? 0 : body.readInt16BE(end)
  const x0 = Buffer.alloc(2)
  x0.writeInt16BE(x + by)
  return Buffer.concat([head, Buffer.alloc(2), Buffer.from(first), body.subarray(restOfFlags, end), x0, body.subarray(end + size)])
}

const u16 = (...values: number[]) => Buffer.from(values.flatMap((value) => [(value >> 8) & 255, value & 255]))
const u32 = (...values: number[]) => u16(...values.flatMap((value) => [value >>> 16, value & 0xffff]))
const padded = (data: Buffer) => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)])
const checksum = (data: Buffer) => {
  let sum = 0
  for (let at = 0; at < data.length; at += 4) sum = (sum + data.readUInt32BE(at)) >>> 0
  return sum
}

function pack(tables: readonly (readonly [string, Buffer])[]): Buffer {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1))
  const power = 2 ** Math.floor(Math.log2(sorted.length))
  let offset = 12 + sorted.length * 16
  const directory = sorted.map(([tag, data]) => {
    const entry = Buffer.concat([Buffer.from(tag, 'latin1'), u32(checksum(padded(data)), offset, data.length)])
    offset += padded(data).length
    return entry
  })
  const head = Buffer.concat([u32(0x00010000), u16(sorted.length, power * 16, Math.log2(power), (sorted.length - power) * 16)])
  const font = Buffer.concat([head, ...directory, ...sorted.map(([, data]) => padded(data))])
  const at = font.readUInt32BE(12 + sorted.findIndex(([tag]) => tag === 'head') * 16 + 8)
  font.writeUInt32BE((0xb1b0afba - checksum(padded(font))) >>> 0, at + 8)
  return font
}

/** A TrueType font of the ten digits, all as wide as the zero, from a WOFF 1.0 file that has them. About 2 kB. */
export function tabularFigures(woff: Buffer): Buffer {
  const source = unpack(woff)
  const [loca, glyf, hmtx] = [table(source, 'loca'), table(source, 'glyf'), table(source, 'hmtx')]
  const [head, hhea, maxp, os2] = ['head', 'hhea', 'maxp', 'OS/2'].map((tag) => Buffer.from(table(source, tag))) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ]
  const long = head.readInt16BE(50) === 1
  const place = (id: number) => (long ? loca.readUInt32BE(id * 4) : loca.readUInt16BE(id * 2) * 2)
  const metrics = hhea.readUInt16BE(34)
  const advance = (id: number) => hmtx.readUInt16BE(Math.min(id, metrics - 1) * 4)
  const ids = glyphIds(table(source, 'cmap'))
  const width = advance(ids[0] ?? 0)
  const glyphs = ids.map((id) => padded(moved(glyf.subarray(place(id), place(id + 1)), Math.round((width - advance(id)) / 2))))
  const offsets = glyphs.reduce((all, glyph) => [...all, (all.at(-1) ?? 0) + glyph.length], [0, 0])
  head.writeUInt32BE(0, 8)
  head.writeInt16BE(1, 50)
  hhea.writeUInt16BE(width, 10)
  hhea.writeUInt16BE(glyphs.length + 1, 34)
  maxp.writeUInt16BE(glyphs.length + 1, 4)
  const cmap = Buffer.concat([
    u16(0, 1, 3, 1),
    u32(12),
    u16(4, 32, 0, 4, 4, 1, 0, 0x39, 0xffff, 0, 0x30, 0xffff, (1 - 0x30) & 0xffff, 1, 0, 0),
  ])
  return pack([
    ['head', head],
    ['hhea', hhea],
    ['maxp', maxp],
    ['OS/2', os2],
    ['cmap', cmap],
    ['hmtx', Buffer.concat([u16(width, 0), ...glyphs.map((glyph) => u16(width, glyph.readInt16BE(2) & 0xffff))])],
    ['loca', u32(...offsets)],
    ['glyf', Buffer.concat(glyphs)],
    ['post', u32(0x00030000, 0, 0, 0, 0, 0, 0, 0)],
    ['name', u16(0, 0, 6)],
  ])
}
