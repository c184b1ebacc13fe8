// Where the national database of procedures is reached.

export interface NationalCatalogue {
  /** Without a trailing slash; the list is asked for at `/v1/procedures` below it. */
  readonly url: string
  readonly key: string
  readonly timeoutMs?: number
}
