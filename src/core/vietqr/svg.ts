// The QR code as an SVG of one path, crisp at any size, dark on white in either colour scheme so that every scanner reads it.

import QRCode from 'qrcode'

const QUIET = 4

/** The same as a picture to keep on the phone that pays: a bank's app reads it from the gallery. */
export const qrPng = (text: string): Promise<Buffer> => QRCode.toBuffer(text, { errorCorrectionLevel: 'M', margin: QUIET, scale: 10, type: 'png' })

/** A whole SVG element; level M, quiet zone of four modules as ISO/IEC 18004 asks. `label` is what a screen reader says. */
export function qrSvg(text: string, label: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const size = modules.size + 2 * QUIET
  let path = ''
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (!modules.get(y, x)) continue
      let width = 1
      while (x + width < modules.size && modules.get(y, x + width)) width++
      path += `M${x + QUIET} ${y + QUIET}h${width}v1h-${width}z`
      x += width - 1
    }
  }
  const said = label.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="264" height="264" role="img" aria-label="${said}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${path}"/></svg>`
}
