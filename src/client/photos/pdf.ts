// Photographs as one PDF: A4 pages, one JPEG each, as large as the page allows. Why no library: docs/decisions/020.

export interface Jpeg {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

/** A4 in points. */
const SHORT = 595.28
const LONG = 841.89
const MARGIN = 14.17

const encoder = new TextEncoder()

/** Deterministic: the same pictures give the same bytes. PDF 1.4, nothing compressed but the JPEGs themselves. */
export function pdfOf(pages: readonly Jpeg[]): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = []
  const offsets: number[] = []
  let length = 0
  const put = (part: string | Uint8Array) => {
    const bytes = typeof part === 'string' ? encoder.encode(part) : part
    chunks.push(bytes)
    length += bytes.length
  }
  const object = (id: number, dictionary: string, stream?: string | Uint8Array) => {
    offsets[id] = length
    put(`${id} 0 obj\n${dictionary}\n`)
    if (stream !== undefined) {
      put('stream\n')
      put(stream)
      put('\nendstream\n')
    }
    put('endobj\n')
  }

  // The four bytes above 127 tell programs on the way that this is no text.
  put('%PDF-1.4\n%')
  put(new Uint8Array([0xe2, 0xe3, 0xcf, 0xd3, 0x0a]))
  const idOf = (page: number) => 3 + page * 3
  object(1, '<< /Type /Catalog /Pages 2 0 R >>')
  object(2, `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${idOf(i)} 0 R`).join(' ')}] >>`)
  pages.forEach(({ bytes, width, height }, i) => {
    const id = idOf(i)
    const [across, down] = width > height ? [LONG, SHORT] : [SHORT, LONG]
    const scale = Math.min((across - 2 * MARGIN) / width, (down - 2 * MARGIN) / height)
    const [w, h] = [width * scale, height * scale]
    const drawing = `q ${n(w)} 0 0 ${n(h)} ${n((across - w) / 2)} ${n((down - h) / 2)} cm /P Do Q`
    object(
      id,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${across} ${down}] /Resources << /XObject << /P ${id + 2} 0 R >> >> /Contents ${id + 1} 0 R >>`,
    )
    object(id + 1, `<< /Length ${drawing.length} >>`, drawing)
    object(
      id + 2,
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${bytes.length} >>`,
      bytes,
    )
  })
  const xref = length
  const count = 3 + pages.length * 3
  put(`xref\n0 ${count}\n0000000000 65535 f \n`)
  for (let id = 1; id < count; id++) put(`${String(offsets[id]).padStart(10, '0')} 00000 n \n`)
  put(`trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`)

  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

const n = (value: number): string => value.toFixed(2)
