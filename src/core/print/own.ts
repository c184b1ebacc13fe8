// A procedure's own template: what it may not do, and what the type-setter's complaints mean, with their lines, in Vietnamese.

/** A fault of a template; `line` counts from 1, null where it is of the whole. */
export interface TemplateFault {
  readonly line: number | null
  readonly message: string
  /** The field or name asked for in vain, when that is the fault. */
  readonly field: string | null
}

export const LONGEST_TEMPLATE = 60_000

// A template comes from an official's browser. It sets words; it neither loads other code (packages come from the network) nor makes code of text.
const FORBIDDEN = /\b(import|include|eval|plugin|std|dictionary)\b/g
const PARTS = /^import\s+"parts\.typ"/

/** What keeps a template from being tried at all: its length, and loading or making code. Comments and words in brackets count too. */
export function forbiddenIn(source: string): readonly TemplateFault[] {
  if (source.trim() === '') return [{ line: null, message: 'Mẫu còn trống; bắt đầu từ mẫu chung hoặc xóa mẫu riêng để dùng mẫu chung.', field: null }]
  if (source.length > LONGEST_TEMPLATE) return [{ line: null, message: `Mẫu dài ${source.length.toLocaleString('vi-VN')} ký tự, nhiều nhất ${LONGEST_TEMPLATE.toLocaleString('vi-VN')}; hãy rút gọn.`, field: null }]
  return [...source.matchAll(FORBIDDEN)].flatMap((found) =>
    PARTS.test(source.slice(found.index)) ? [] : [{ line: lineAt(source, found.index), message: `Mẫu của thủ tục không được dùng “${found[1]}”; chỉ nạp phần chung bằng #import "parts.typ": *.`, field: null }])
}

const lineAt = (source: string, at: number): number => source.slice(0, at).split('\n').length

const SAYINGS: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [/does not contain (?:key|field) "([^"]+)"/, ([, name]) => `không có trường “${name}”; chọn trường trong danh sách bên cạnh`],
  [/unknown variable: (\S+)/, ([, name]) => `không hiểu tên “${name}”; nếu là chữ thường thì bỏ dấu # ở trước, nếu là trường thì chọn trong danh sách bên cạnh`],
  [/cannot access fields on type (\S+)/, () => 'dấu chấm đứng sau một thứ không có trường con; bỏ phần sau dấu chấm'],
  [/unclosed (delimiter|raw text|string|label)/, ([, what]) => (what === 'string' ? 'có dấu nháy " mở mà chưa đóng' : 'có dấu mở mà chưa đóng: xem lại ngoặc ( [ {, dấu * hoặc _ (muốn in chính dấu ấy thì viết \\*, \\_)')],
  [/unexpected closing (\S+)/, () => 'thừa một dấu đóng ngoặc; bỏ đi, hoặc viết \\ trước nó nếu muốn in ra'],
  [/unexpected (.+?)(?:,|$)/, ([, what]) => `chỗ này viết sai, thừa “${what}”`],
  [/expected (.+?), found (.+)/, ([, wanted, found]) => `cần ${typeWords(wanted!)} nhưng đang là ${typeWords(found!)}`],
  [/expected (.+)/, ([, wanted]) => `chỗ này còn thiếu ${typeWords(wanted!)}`],
  [/missing argument: (\S+)/, ([, name]) => `thiếu phần “${name}”`],
  [/cannot (add|join|subtract|multiply|divide|compare) (\S+) (?:and|with|by|from) (\S+)/, ([, , a, b]) => `không nối được ${typeWords(a!)} với ${typeWords(b!)}; trường chưa có dữ liệu thì dùng field("Nhãn", trường)`],
  [/file not found/, () => 'mẫu nhắc tới một tệp không có; mẫu chỉ được nạp "parts.typ"'],
  [/loop seems to be infinite|condition is always true/, () => 'vòng lặp không bao giờ dừng'],
  [/maximum .*depth exceeded/, () => 'một phần của mẫu tự gọi lại chính nó mãi'],
  [/missing document title/, () => 'mẫu chưa có tên văn bản; giữ dòng #show: form.with(title: "…") ở đầu mẫu'],
  [/panicked with: (.+)/, ([, said]) => `mẫu tự báo lỗi: ${said}`],
]

const TYPES: Readonly<Record<string, string>> = { none: 'chỗ trống (chưa có dữ liệu)', string: 'chữ', integer: 'số', float: 'số', content: 'đoạn chữ', array: 'danh sách', dictionary: 'nhóm trường', expression: 'nội dung', comma: 'dấu phẩy', colon: 'dấu hai chấm' }
const typeWords = (raw: string): string => TYPES[raw.trim()] ?? raw.trim()

const WHERE = /\s*\(([^()]*?):(\d+)\)$/

/**
 * The type-setter's own words → faults a keeper of the template can act on. `file` is the template: a fault inside the shared parts is put where
 * the template called them, when the complaint says so.
 */
export function typstFaults(raw: string, file: string): readonly TemplateFault[] {
  const seen = raw.split('; ').map((one) => {
    const [, path, line] = WHERE.exec(one) ?? []
    return { text: one.replace(WHERE, '').replace(/,? hints?: .*$/, ''), line: path?.endsWith(file) ? Number(line) : null }
  })
  const own = seen.find(({ line }) => line !== null)?.line ?? null
  const found = seen.filter(({ text }) => !text.startsWith('while calling')).map(({ text, line }) => {
    for (const [pattern, say] of SAYINGS) {
      const match = pattern.exec(text)
      if (match) return { line: line ?? own, message: say(match), field: pattern === SAYINGS[0]![0] || pattern === SAYINGS[1]![0] ? match[1]! : null }
    }
    return { line: line ?? own, message: `mẫu viết sai (máy báo: ${text})`, field: null }
  })
  return found.filter(({ line, message }, at) => found.findIndex((one) => one.line === line && one.message === message) === at)
}

/** `Dòng 3: không có trường “x”.` */
export const sayTemplateFault = ({ line, message }: TemplateFault): string => `${line === null ? '' : `Dòng ${line}: `}${line === null ? message.charAt(0).toUpperCase() + message.slice(1) : message}${/[.!?…]$/.test(message) ? '' : '.'}`
