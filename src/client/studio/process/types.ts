// What we use of bpmn-js, typed as narrowly as we use it: its own services come as they please.

export interface Business {
  id: string
  readonly $type: string
  name?: string
  readonly extensionElements?: { readonly values?: readonly Business[] }
  readonly get: (property: string) => unknown
  readonly set: (property: string, value: unknown) => void
  $parent?: unknown
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Drawn extends Point {
  readonly id: string
  readonly type: string
  readonly businessObject: Business
  readonly width: number
  readonly height: number
  readonly incoming: readonly Drawn[]
  readonly outgoing: readonly Drawn[]
  readonly attachers?: readonly Drawn[]
  readonly source?: Drawn
  readonly target?: Drawn
  readonly parent?: Drawn
  readonly host?: Drawn
  readonly labelTarget?: Drawn
}

export interface Modeling {
  updateProperties(element: Drawn, properties: object): void
  updateModdleProperties(element: Drawn, business: unknown, properties: object): void
  updateLabel(element: Drawn, text: string): void
  connect(source: Drawn, target: Drawn, attributes?: object): Drawn
  reconnectEnd(connection: Drawn, target: Drawn, at: Point): void
  reconnectStart(connection: Drawn, source: Drawn, at: Point): void
  createShape(shape: object, at: Point, parent: Drawn, hints?: object): Drawn
  removeElements(elements: readonly Drawn[]): void
  moveElements(elements: readonly Drawn[], delta: Point): void
  layoutConnection(connection: Drawn, hints: object): void
  createSpace(moving: readonly Drawn[], resizing: readonly Drawn[], delta: Point, direction: string, start: number): void
}

export interface Registry {
  get(id: string): Drawn | undefined
  getGraphics(element: Drawn): SVGElement
  filter(test: (element: Drawn) => boolean): Drawn[]
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Canvas {
  zoom(level?: number | 'fit-viewport', at?: 'auto' | Point): number
  viewbox(box?: object): Box & { readonly scale: number; readonly inner: Box; readonly outer: { readonly width: number; readonly height: number } }
  addMarker(element: Drawn | string, marker: string): void
  removeMarker(element: Drawn | string, marker: string): void
  scrollToElement(element: Drawn | string): void
  getRootElement(): Drawn
  focus(): void
  resized(): void
}

export interface BusEvent {
  readonly context?: { readonly connection?: Drawn; readonly shape?: Drawn; readonly element?: Drawn; readonly source?: Drawn; readonly target?: Drawn; readonly targetFlow?: Drawn }
  readonly element?: Drawn
  readonly newSelection?: readonly Drawn[]
  /** What lies under the pointer while something is dragged; a listener may put another in its place. */
  hover?: Drawn
  hoverGfx?: SVGElement
  readonly keyEvent?: KeyboardEvent
  readonly propertyName?: string
}

export interface Bus {
  on(events: string | readonly string[], priority: number, listener: (event: BusEvent) => unknown): void
  on(events: string | readonly string[], listener: (event: BusEvent) => unknown): void
}

export interface Moddle {
  create(type: string, properties?: object): Business
}

export interface Factory {
  createShape(attributes: object): Drawn
}

export interface Replacer {
  replaceElement(element: Drawn, target: { readonly type: string }): Drawn
}

export interface Stack {
  registerHandler(command: string, handler: unknown): void
  execute(command: string, context: object): void
  undo(): void
  redo(): void
  canUndo(): boolean
  canRedo(): boolean
  clear(): void
}

export interface Selection {
  select(element: Drawn | readonly Drawn[] | null): void
  get(): Drawn[]
}

export interface SpaceTool {
  calculateAdjustments(elements: readonly Drawn[], axis: 'x' | 'y', delta: number, start: number): { readonly movingShapes: readonly Drawn[]; readonly resizingShapes: readonly Drawn[] }
}

export interface Overlays {
  add(element: Drawn, type: string, overlay: { readonly position: object; readonly html: HTMLElement; readonly show?: object }): string
  remove(filter: object): void
}

/** Every service, by the name under which bpmn-js keeps it. */
export interface Services {
  readonly modeling: Modeling
  readonly elementRegistry: Registry
  readonly canvas: Canvas
  readonly eventBus: Bus
  readonly moddle: Moddle
  readonly elementFactory: Factory
  readonly commandStack: Stack
  readonly selection: Selection
  readonly overlays: Overlays
  readonly spaceTool: SpaceTool
  readonly bpmnReplace: Replacer
}

export interface Easel {
  get<Name extends keyof Services>(name: Name): Services[Name]
  importXML(xml: string): Promise<unknown>
  saveXML(options: { format: boolean }): Promise<{ xml?: string }>
}
