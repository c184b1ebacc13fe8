// Types for dmn-moddle, which ships none; only what we call.
declare module 'dmn-moddle' {
  export interface DmnElement {
    readonly $type: string
    id?: string
    name?: string
    // biome-ignore lint/suspicious/noExplicitAny: the meta-model is not typed
    [property: string]: any
  }
  export class DmnModdle {
    fromXML(xml: string, type: string): Promise<{ rootElement: DmnElement; warnings: { message: string }[] }>
    toXML(element: DmnElement, options?: { format?: boolean }): Promise<{ xml: string }>
    create(type: string, attributes?: Record<string, unknown>): DmnElement
  }
}
