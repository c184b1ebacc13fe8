// The fee tables drawn with dmn-js: opened from the file in the page's text field, put back there while somebody draws, saved by the form.

import Modeler from 'dmn-js/lib/Modeler'
import Viewer from 'dmn-js/lib/NavigatedViewer'

interface View {
  readonly element: { readonly id: string; readonly name?: string }
  readonly type: string
}
interface Drawing {
  importXML(xml: string): Promise<unknown>
  saveXML(options: { format: boolean }): Promise<{ xml: string }>
  getViews(): readonly View[]
  open(view: View): Promise<unknown>
  getActiveViewer(): { on?(event: string, act: () => void): void; get(name: string, strict?: boolean): { on(event: string, act: () => void): void } | undefined } | null
  on(event: string, act: () => void): void
}

const host = document.querySelector<HTMLElement>('[data-dmn]')
const field = document.querySelector<HTMLTextAreaElement>('#dmn-xml')
const state = document.querySelector<HTMLElement>('[data-dmn-state]')
const form = document.querySelector<HTMLFormElement>('[data-dmn-form]')

const WORDS: Readonly<Record<string, string>> = {
  When: 'Khi', And: 'và', Then: 'thì', 'Hit policy:': 'Chọn dòng:', 'Hit policy': 'Chọn dòng', 'Aggregation:': 'Gộp:', Annotations: 'Ghi chú', Annotation: 'Ghi chú', Input: 'Điều kiện', Output: 'Kết quả',
  Unique: 'Chỉ một dòng khớp', First: 'Dòng khớp đầu tiên', Priority: 'Theo ưu tiên kết quả', Any: 'Các dòng khớp như nhau', Collect: 'Gom mọi dòng khớp', 'Rule order': 'Mọi dòng khớp, theo thứ tự', 'Output order': 'Mọi dòng khớp, theo ưu tiên',
  'Collect (Sum)': 'Cộng các dòng khớp', 'Collect (Min)': 'Lấy nhỏ nhất', 'Collect (Max)': 'Lấy lớn nhất', 'Collect (Count)': 'Đếm các dòng khớp',
  'Add rule': 'Thêm dòng', 'Add input': 'Thêm cột điều kiện', 'Add output': 'Thêm cột kết quả', Delete: 'Bỏ', Add: 'Thêm', Cut: 'Cắt', Copy: 'Sao', Paste: 'Dán', Rule: 'Dòng', 'Add above': 'Thêm ở trên', 'Add below': 'Thêm ở dưới', 'Add left': 'Thêm bên trái', 'Add right': 'Thêm bên phải',
  Remove: 'Bỏ', 'Paste above': 'Dán ở trên', 'Paste below': 'Dán ở dưới', Clear: 'Để trống', Expression: 'Biểu thức', 'Expression language': 'Ngôn ngữ', Name: 'Tên', Type: 'Kiểu', 'Input label': 'Tên cột', 'Output label': 'Tên cột', 'Output name': 'Khóa kết quả', 'Input expression': 'Biểu thức của cột',
  'Predefined values': 'Giá trị định sẵn', 'Variable name': 'Tên biến', 'Variable type': 'Kiểu của biến', 'Result variable': 'Biến kết quả', 'Edit': 'Sửa', 'Rules': 'Các dòng',
}
const translate = (text: string, values: Readonly<Record<string, string>> = {}): string => (WORDS[text] ?? text).replace(/\{([^}]+)\}/g, (_, key: string) => values[key] ?? `{${key}}`)

/** The table that people look for first: prices before exemptions before how they come together. */
const rank = ({ type, element }: View): number => (type !== 'decisionTable' ? 9 : /^rates_/.test(element.id) ? 0 : element.id === 'lines' ? 1 : 2)

async function show(target: HTMLElement, source: HTMLTextAreaElement): Promise<void> {
  const write = target.dataset.dmnWrite !== undefined
  const box = document.createElement('div')
  box.className = 'dmn-box'
  const tabs = document.createElement('nav')
  tabs.className = 'dmn-tabs'
  tabs.setAttribute('aria-label', 'Các bảng trong tệp')
  const Kind = (write ? Modeler : Viewer) as unknown as new (options: object) => Drawing
  const ours = { additionalModules: [{ translate: ['value', translate] }] }
  const drawing = new Kind({ container: box, decisionTable: ours, drd: ours, literalExpression: ours, boxedExpression: ours })
  target.replaceChildren(tabs, box)
  let opening = false
  let typed = false
  const keep = async (): Promise<void> => {
    if (opening || !write) return
    const { xml } = await drawing.saveXML({ format: true })
    if (xml === source.value) return
    source.value = xml
    if (state) state.textContent = 'Có thay đổi chưa lưu.'
  }
  const listen = (): void => {
    const bus = drawing.getActiveViewer()?.get('eventBus', false)
    bus?.on('commandStack.changed', () => void keep())
  }
  const open = async (view: View): Promise<void> => {
    if (!opening) await keep()
    opening = true
    await drawing.open(view)
    opening = false
    listen()
    for (const button of tabs.querySelectorAll('button')) button.setAttribute('aria-current', String(button.dataset.view === `${view.type}:${view.element.id}`))
  }
  const draw = async (): Promise<void> => {
    opening = true
    await drawing.importXML(source.value)
    const views = [...drawing.getViews()].filter((view) => view.type !== 'drd').sort((a, b) => rank(a) - rank(b))
    const graph = drawing.getViews().find((view) => view.type === 'drd')
    tabs.replaceChildren(...[...views, ...(graph ? [graph] : [])].map((view) => {
      const button = document.createElement('button')
      button.type = 'button'
      button.dataset.view = `${view.type}:${view.element.id}`
      button.textContent = view.type === 'drd' ? 'Sơ đồ các bảng' : (view.element.name ?? view.element.id)
      button.addEventListener('click', () => void open(view))
      return button
    }))
    if (views[0]) await open(views[0])
    opening = false
  }
  await draw()
  source.addEventListener('input', () => {
    typed = true
  })
  source.addEventListener('change', () => {
    if (typed) void draw().catch((error: unknown) => state && (state.textContent = `Chưa đọc được tệp vừa sửa: ${String(error)}`))
    typed = false
  })
  form?.addEventListener('submit', (event) => {
    event.preventDefault()
    event.stopImmediatePropagation()
    // a cell in which somebody still writes gives its text up when it is left
    ;(document.activeElement as HTMLElement | null)?.blur()
    // sent without a further event: the page's guard against double clicks has seen this press already
    void keep().finally(() => HTMLFormElement.prototype.submit.call(form))
  }, { capture: true })
}

if (host && field) {
  show(host, field).catch((error: unknown) => {
    const wait = document.createElement('p')
    wait.className = 'error'
    wait.textContent = `Chưa vẽ được bảng này (${error instanceof Error ? error.message : String(error)}). Xem tệp ở mục “Xem tệp DMN”, hoặc dùng bảng thường.`
    host.replaceChildren(wait)
  })
}
