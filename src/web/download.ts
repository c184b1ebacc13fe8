// How an answer says what its file is called, and whether it is shown or kept.

/** The header of RFC 6266. A name that is not plain ASCII is given twice: made plain for old readers, and encoded as it is. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}

const KEPT = 'attachment; filename='

/** The same for names that we make ourselves of letters, digits, dots and dashes. */
export const asDownload = (name: string): string => `${KEPT}"${name}"`
