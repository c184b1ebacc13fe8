// Types for the two bpmn.io packages that ship none; only what we call.
declare module 'bpmn-moddle' {
  /** Any element of a read file; `$attrs` holds attributes of unknown namespaces. */
  export interface ModdleElement {
    readonly $type: string
    readonly $attrs: Record<string, string>
    readonly $parent?: ModdleElement
    id?: string
    name?: string
    // biome-ignore lint/suspicious/noExplicitAny: the meta-model is not typed
    [property: string]: any
  }
  export interface ModdleReference {
    element: ModdleElement
    property: string
    id: string
  }
  export interface ModdleWarning {
    message: string
    element?: ModdleElement
    property?: string
    value?: string
    error?: Error
  }
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>)
    fromXML(xml: string): Promise<{
      rootElement: ModdleElement
      references: ModdleReference[]
      warnings: ModdleWarning[]
      elementsById: Record<string, ModdleElement>
    }>
    toXML(element: ModdleElement, options?: { format?: boolean; preamble?: boolean }): Promise<{ xml: string }>
    create(type: string, attributes?: Record<string, unknown>): ModdleElement
  }
}

declare module 'bpmn-auto-layout' {
  export function layoutProcess(xml: string): Promise<string>
}
